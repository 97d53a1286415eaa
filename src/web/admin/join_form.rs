//! The join form: what else it asks, to fill attributes, and what stands before it.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::flash::Flash;
use super::frame::{Desk, Editor, go, sentence, show};
use super::question::Question;
use crate::audience::AudienceError;
use crate::audience::join_fields::{self, FieldKind, JoinField};
use crate::audience::join_rules;
use crate::model::list::FormWork;
use crate::text::locale::Language;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/join-form", get(index).post(create))
        .route("/join-form/work", post(ask_for_work))
        .route("/join-form/{key}", get(edit).post(change))
        .route("/join-form/{key}/delete", post(delete))
}

const HOME: &str = "/admin/join-form";

/// A question as it was typed.
struct Typed {
    key: String,
    kind: FieldKind,
    /// What it asks and its choices, one a line; in the order of [`Language::ALL`].
    words: Vec<(Language, String, String)>,
    is_required: bool,
}

impl Typed {
    fn blank() -> Self {
        Self {
            key: String::new(),
            kind: FieldKind::Text,
            words: Language::ALL
                .map(|language| (language, String::new(), String::new()))
                .to_vec(),
            is_required: false,
        }
    }

    fn of(field: &JoinField) -> Self {
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
            words: Language::ALL.map(words).to_vec(),
            is_required: field.is_required,
        }
    }

    fn read(form: &Form) -> Self {
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
            words: Language::ALL.map(words).to_vec(),
            is_required: form.has("is_required"),
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
    desk: Desk,
    fields: Vec<JoinField>,
    join_url: String,
    work: FormWork,
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    show(&IndexPage {
        fields: join_fields::all(&web.cx).await?,
        join_url: format!("{}/join", web.cx.config.public_url()),
        work: join_rules::look(&web.cx).await?.work(),
        desk,
    })
}

async fn ask_for_work(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let work = Form::parse(&body)?.text("work").parse::<FormWork>();
    let work = work.map_err(|error| Failure::Unprocessable(error.to_string()))?;
    join_rules::ask_for_work(&web.cx, work).await?;
    desk.note(&web, "join_form.work", work.as_str()).await?;
    Ok(go(&web, HOME, &Flash::good("Saved")))
}

#[derive(Template)]
#[template(path = "admin/join_field.html")]
struct FieldPage {
    desk: Desk,
    /// The attribute, where the question is there already.
    known: Option<String>,
    typed: Typed,
    fault: String,
}

async fn find(web: &Web, key: &str) -> Result<JoinField, Failure> {
    let fields = join_fields::all(&web.cx).await?;
    fields
        .into_iter()
        .find(|field| field.key == key)
        .ok_or(Failure::NotFound)
}

/// The form of a question; `new` stands for one to be added.
async fn edit(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(key): Path<String>,
) -> Result<Html<String>, Failure> {
    let (known, typed) = match key.as_str() {
        "new" => (None, Typed::blank()),
        key => (Some(key.to_owned()), Typed::of(&find(&web, key).await?)),
    };
    show(&FieldPage {
        desk,
        known,
        typed,
        fault: String::new(),
    })
}

async fn create(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    save(&web, desk, None, &body).await
}

async fn change(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    find(&web, &key).await?;
    save(&web, desk, Some(key), &body).await
}

async fn save(
    web: &Web,
    desk: Desk,
    known: Option<String>,
    body: &[u8],
) -> Result<Response, Failure> {
    let mut typed = Typed::read(&Form::parse(body)?);
    let is_taken = match &known {
        // Answers stand under it.
        Some(key) => {
            typed.key = key.clone();
            false
        }
        None => join_fields::all(&web.cx)
            .await?
            .iter()
            .any(|field| field.key == typed.key),
    };
    // These are addresses of the desk.
    let saved = match is_taken || matches!(typed.key.as_str(), "new" | "work") {
        true => Err(AudienceError::JoinField(
            "another question already uses this attribute",
        )),
        false => join_fields::save(&web.cx, typed.field()).await,
    };
    match saved {
        Ok(()) => {
            desk.note(web, "join_form.save", &typed.key).await?;
            let flash = Flash::good("Saved").with("It is asked from now on.");
            Ok(go(web, HOME, &flash))
        }
        Err(error @ AudienceError::JoinField(_)) => {
            let html = show(&FieldPage {
                desk,
                known,
                typed,
                fault: sentence(&error.to_string()),
            })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn delete(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let field = find(&web, &key).await?;
    let question = Question {
        title: format!("Delete the question “{}”?", field.label(Language::En)),
        text: format!("The form no longer asks it. Existing answers stay in the attribute {key}."),
        yes: "Delete",
        no: "Cancel",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &Form::parse(&body)?)? {
        return Ok(page);
    }
    join_fields::delete(&web.cx, &key).await?;
    desk.note(&web, "join_form.delete", &key).await?;
    Ok(go(&web, HOME, &Flash::good("Question deleted")))
}
