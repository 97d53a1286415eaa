//! The join form: additional questions (answers become attributes) and proof
//! of work.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::audience::AudienceError;
use crate::audience::join_fields::{self, FieldKind, JoinField};
use crate::audience::join_rules;
use crate::model::list::FormWork;
use crate::text::locale::{Language, Languages};
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/join-form", get(index).post(create))
        .route("/join-form/work", post(ask_for_work))
        .route("/join-form/{key}", get(edit).post(change))
        .route("/join-form/{key}/delete", post(delete))
}

const HOME: &str = "/admin/join-form";

/// A question as entered.
struct FormInput {
    key: String,
    kind: FieldKind,
    /// Label and choices (one a line), in the order of the site's languages.
    words: Vec<(Language, String, String)>,
    is_required: bool,
}

impl FormInput {
    fn blank(languages: &Languages) -> Self {
        Self {
            key: String::new(),
            kind: FieldKind::Text,
            words: languages
                .iter()
                .map(|language| (language, String::new(), String::new()))
                .collect(),
            is_required: false,
        }
    }

    fn of(languages: &Languages, field: &JoinField) -> Self {
        // A language that was turned off keeps its choices as well as its label.
        let known = field.label.keys().chain(field.choices.keys());
        let words = |language: Language| {
            let label = field.label.get(language.tag()).cloned().unwrap_or_default();
            let choices = field.choices.get(language.tag());
            (
                language,
                label,
                choices.map_or_else(String::new, |choices| choices.join("\n")),
            )
        };
        Self {
            key: field.key.clone(),
            kind: field.kind,
            words: languages.and_tags(known).into_iter().map(words).collect(),
            is_required: field.is_required,
        }
    }

    fn read(languages: &Languages, form: &Form) -> Self {
        let languages = form.languages(languages, "label-");
        let words = |language: Language| {
            let label = form.trimmed(&format!("label-{language}")).to_owned();
            (
                language,
                label,
                form.trimmed(&format!("choices-{language}")).to_owned(),
            )
        };
        Self {
            key: form.trimmed("key").to_owned(),
            kind: form.text("kind").parse().unwrap_or(FieldKind::Text),
            words: languages.into_iter().map(words).collect(),
            is_required: form.has("is_required"),
        }
    }

    /// The field that a refused question should correct, in the order in which they are
    /// checked.
    fn wrong_field(&self, is_taken: bool) -> String {
        let is_letter = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit();
        let is_key = (1..=40).contains(&self.key.len())
            && self
                .key
                .bytes()
                .all(|octet| is_letter(octet) || octet == b'_');
        let first = self.words.first().map(|(language, _, _)| *language);
        let named = |name: &str| match first {
            Some(language) => format!("{name}-{language}"),
            None => WHOLE.to_owned(),
        };
        if is_taken || !is_key || matches!(self.key.as_str(), "new" | "work") {
            "key".to_owned()
        } else if self.words.iter().all(|(_, label, _)| label.is_empty()) {
            named("label")
        } else if self.kind == FieldKind::Choice {
            named("choices")
        } else {
            WHOLE.to_owned()
        }
    }

    fn field(&self) -> JoinField {
        let mut label = BTreeMap::new();
        let mut choices = BTreeMap::new();
        for (language, text, lines) in &self.words {
            if !text.is_empty() {
                label.insert(language.tag().to_owned(), text.clone());
            }
            let lines: Vec<String> = lines
                .lines()
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect();
            if self.kind == FieldKind::Choice && !lines.is_empty() {
                choices.insert(language.tag().to_owned(), lines);
            }
        }
        JoinField {
            key: self.key.clone(),
            kind: self.kind,
            label,
            choices,
            is_required: self.is_required,
        }
    }
}

#[derive(Template)]
#[template(path = "admin/join_form.html")]
struct IndexPage {
    viewer: Viewer,
    fields: Vec<JoinField>,
    join_url: String,
    work: FormWork,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        fields: join_fields::all(&web.cx).await?,
        join_url: format!("{}/join", web.cx.config().public_url()),
        work: join_rules::load(&web.cx).await?.work(),
        viewer,
    })
}

async fn ask_for_work(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let work = Form::parse(&body)?.text("work").parse::<FormWork>();
    let work = work.map_err(|error| HttpError::Unprocessable(error.to_string()))?;
    join_rules::ask_for_work(&web.cx, &viewer.actor(), work).await?;
    let flash = Flash::good(viewer.t("admin-saved"));
    Ok(redirect(&web, HOME, &flash))
}

#[derive(Template)]
#[template(path = "admin/join_field.html")]
struct FieldPage {
    viewer: Viewer,
    /// The attribute of an existing question.
    known: Option<String>,
    input: FormInput,
    errors: FormErrors,
}

async fn find(web: &Web, key: &str) -> Result<JoinField, HttpError> {
    let fields = join_fields::all(&web.cx).await?;
    fields
        .into_iter()
        .find(|field| field.key == key)
        .ok_or(HttpError::NotFound)
}

/// The form of a question; the key `new` is a new one.
async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(key): Path<String>,
) -> Result<Html<String>, HttpError> {
    let (known, input) = match key.as_str() {
        "new" => (None, FormInput::blank(&web.languages())),
        key => (
            Some(key.to_owned()),
            FormInput::of(&web.languages(), &find(&web, key).await?),
        ),
    };
    render_page(&FieldPage {
        viewer,
        known,
        input,
        errors: FormErrors::default(),
    })
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, None, &body).await
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    find(&web, &key).await?;
    save(&web, viewer, Some(key), &body).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    known: Option<String>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let mut input = FormInput::read(&web.languages(), &Form::parse(body)?);
    let is_taken = match &known {
        // Existing answers are stored under the key.
        Some(key) => {
            input.key = key.clone();
            false
        }
        None => join_fields::all(&web.cx)
            .await?
            .iter()
            .any(|field| field.key == input.key),
    };
    // These keys are routes of this page.
    let saved = if is_taken || matches!(input.key.as_str(), "new" | "work") {
        Err(AudienceError::JoinField(
            "another question already uses this attribute",
        ))
    } else {
        join_fields::save(&web.cx, &viewer.actor(), input.field()).await
    };
    match saved {
        Ok(()) => {
            let flash =
                Flash::good(viewer.t("admin-saved")).with(viewer.t("admin-join-form-asked-now"));
            Ok(redirect(web, HOME, &flash))
        }
        Err(error @ AudienceError::JoinField(_)) => {
            let html = render_page(&FieldPage {
                errors: FormErrors::one(&input.wrong_field(is_taken), &viewer.explain(error)),
                viewer,
                known,
                input,
            })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let field = find(&web, &key).await?;
    let question = field.label(viewer.phrases().reader());
    let title = viewer.say("admin-join-form-delete-title");
    let text = viewer.say("admin-join-form-delete-text");
    let confirmation = Confirmation {
        title: title.text("question", question).into(),
        text: text.text("key", &key).into(),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    join_fields::delete(&web.cx, &viewer.actor(), &key).await?;
    let flash = Flash::good(viewer.t("admin-join-form-deleted"));
    Ok(redirect(&web, HOME, &flash))
}
