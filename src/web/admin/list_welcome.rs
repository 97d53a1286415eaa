//! The welcome email of a list: its text in each language, whether it is sent, and a test.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::audience::list_admin;
use crate::campaign::subjects::PREHEADER_LIMIT;
use crate::delivery::WriteError;
use crate::store::list_welcomes::WelcomeText;
use crate::store::lists::List;
use crate::text::line::{LineError, Title};
use crate::text::locale::{Language, Languages};
use crate::transactional::welcome::{self, BODY_LIMIT, WelcomeError};
use crate::web::admin::email_preview::{
    Part, READER, TestOrder, name_tag, preview_reader, preview_response, test_order, test_refusal,
};
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/lists/{slug}/welcome", get(edit).post(save))
        .route("/lists/{slug}/welcome/preview", post(preview))
}

/// The form as entered.
struct FormInput {
    is_sent: bool,
    /// The language whose text is shown.
    language: Language,
    texts: Vec<WelcomeText>,
}

fn is_empty(text: &WelcomeText) -> bool {
    text.subject.is_empty() && text.preheader.is_empty() && text.body.trim().is_empty()
}

impl FormInput {
    fn of(languages: &Languages, list: &List, stored: &[WelcomeText]) -> Self {
        let text = |language| {
            let found = stored.iter().find(|text| text.language == language);
            found.cloned().unwrap_or(WelcomeText {
                language,
                subject: String::new(),
                preheader: String::new(),
                body: String::new(),
            })
        };
        let known = stored.iter().map(|text| text.language);
        let texts: Vec<_> = languages.and(known).into_iter().map(text).collect();
        let is_written = |one: &&WelcomeText| !one.body.is_empty();
        let shown = texts.iter().find(is_written).or(texts.first());
        Self {
            is_sent: list.options.sends_welcome,
            language: shown.map_or(Language::EN, |text| text.language),
            texts,
        }
    }

    fn read(languages: &Languages, form: &Form) -> Self {
        let text = |language: Language| WelcomeText {
            language,
            subject: form.trimmed(&format!("subject_{language}")).to_owned(),
            preheader: form.trimmed(&format!("preheader_{language}")).to_owned(),
            body: form.text(&format!("body_{language}")).to_owned(),
        };
        let texts = form.languages(languages, "subject_");
        Self {
            is_sent: form.has("sends_welcome"),
            language: form.text("language").parse().unwrap_or_default(),
            texts: texts.into_iter().map(text).collect(),
        }
    }

    /// The texts that are written.
    fn check(&self, viewer: &Viewer) -> Result<Vec<WelcomeText>, FormErrors> {
        let mut errors = FormErrors::default();
        let mut texts = Vec::new();
        for text in &self.texts {
            if is_empty(text) {
                continue;
            }
            let WelcomeText {
                language,
                subject,
                preheader,
                body,
            } = text;
            if preheader.chars().count() > PREHEADER_LIMIT {
                let why = viewer.explain("the preheader has more than 300 characters");
                errors.add(&format!("preheader_{language}"), why);
            }
            if let Err(error) = Title::parse(subject) {
                let why = match error {
                    LineError::Missing => viewer.t("admin-welcome-subject-missing"),
                    error => viewer.explain(error),
                };
                errors.add(&format!("subject_{language}"), why);
            }
            if body.trim().is_empty() {
                let why = viewer.t("admin-welcome-text-missing");
                errors.add(&format!("body_{language}"), why);
            } else if body.len() > BODY_LIMIT {
                let why = viewer.t("admin-welcome-text-too-long");
                errors.add(&format!("body_{language}"), why);
            }
            texts.push(WelcomeText {
                language: *language,
                subject: subject.clone(),
                preheader: preheader.split_whitespace().collect::<Vec<_>>().join(" "),
                body: body.replace("\r\n", "\n"),
            });
        }
        if errors.is_empty() {
            Ok(texts)
        } else {
            Err(errors)
        }
    }
}

#[derive(Template)]
#[template(path = "admin/list_welcome.html")]
struct WelcomePage {
    viewer: Viewer,
    list: List,
    input: FormInput,
    errors: FormErrors,
}

impl WelcomePage {
    fn path(&self) -> String {
        path(&self.list)
    }

    fn preview_path(&self) -> String {
        format!("{}/preview", self.path())
    }

    /// Where the texts are that a list without its own uses.
    fn texts_path(&self) -> String {
        let (list, language) = (&self.list.slug, self.input.language);
        format!("/admin/texts?group=welcome-mail&list={list}&language={language}")
    }
}

fn path(list: &List) -> String {
    format!("/admin/lists/{}/welcome", list.slug)
}

async fn find(web: &Web, slug: &str) -> Result<List, HttpError> {
    let slug = slug.parse().map_err(|_| HttpError::NotFound)?;
    let found = list_admin::by_slug(&web.cx, &slug).await?;
    found.ok_or(HttpError::NotFound)
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(slug): Path<String>,
) -> Result<Html<String>, HttpError> {
    let list = find(&web, &slug).await?;
    let stored = welcome::of_list(&web.cx, &list).await?;
    render_page(&WelcomePage {
        input: FormInput::of(&web.languages(), &list, &stored),
        errors: FormErrors::default(),
        viewer,
        list,
    })
}

/// Saves the email; with the button for that, a test of the text shown goes to the user.
async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(slug): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let list = find(&web, &slug).await?;
    let form = Form::parse(&body)?;
    let mut input = FormInput::read(&web.languages(), &form);
    let texts = match input.check(&viewer) {
        Ok(texts) => texts,
        Err(errors) => return refused(viewer, list, input, errors),
    };
    match welcome::save(&web.cx, &viewer.actor(), &list, input.is_sent, &texts).await {
        Ok(()) => {}
        Err(WelcomeError::Text { language, error }) => {
            let mut errors = FormErrors::default();
            errors.add(&format!("body_{language}"), viewer.explain(error));
            input.language = language;
            return refused(viewer, list, input, errors);
        }
        Err(WelcomeError::Store(error)) => return Err(error.into()),
    }
    let mut flash = Flash::good(viewer.t("admin-saved"));
    if form.text("action") == "test" {
        let text = texts.iter().find(|text| text.language == input.language);
        let Some(text) = text.or(texts.first()) else {
            let mut errors = FormErrors::default();
            let why = viewer.t("admin-welcome-text-missing");
            errors.add(&format!("body_{}", input.language), why);
            return refused(viewer, list, input, errors);
        };
        flash = match test_order(&web, &viewer, &form).await? {
            Ok(TestOrder { to, reader }) => {
                let what = (&list, text);
                let by = viewer.actor();
                let sent = welcome::send_test(&web.cx, &by, what, &to, reader.as_ref()).await;
                match sent {
                    Ok(()) => {
                        let tested = viewer.say("admin-welcome-tested");
                        flash.with(tested.text("email", to.listed()))
                    }
                    Err(WriteError::Campaign(error)) => {
                        not_sent(&viewer, test_refusal(&viewer, error)?)
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Err(why) => not_sent(&viewer, why),
        };
    }
    Ok(redirect(&web, &path(&list), &flash))
}

fn not_sent(viewer: &Viewer, why: String) -> Flash {
    Flash::bad(viewer.t("admin-post-not-tested")).with(why)
}

fn refused(
    viewer: Viewer,
    list: List,
    mut input: FormInput,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let is_wrong = |language: &Language| {
        ["subject", "preheader", "body"]
            .iter()
            .any(|field| !errors.at(&format!("{field}_{language}")).is_empty())
    };
    let mut languages = input.texts.iter().map(|text| text.language);
    if let Some(wrong) = languages.find(is_wrong) {
        input.language = wrong;
    }
    let html = render_page(&WelcomePage {
        viewer,
        list,
        input,
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The email with the text as entered, in the language shown.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    Path(slug): Path<String>,
    part: Part,
    body: Bytes,
) -> Result<Response, HttpError> {
    find(&web, &slug).await?;
    let form = Form::parse(&body)?;
    let input = FormInput::read(&web.languages(), &form);
    let reader = preview_reader(&web, &viewer, form.trimmed(READER)).await?;
    let texts = input.texts.into_iter();
    let mut text = texts.filter(|text| text.language == input.language);
    let mail = match (text.next_back(), reader) {
        (_, Err(why)) => Err(why),
        (Some(text), Ok(reader)) if !text.body.trim().is_empty() => {
            let sample = welcome::sample(&web.cx, &text, reader.as_ref()).await;
            sample.map_err(|error| error.to_string())
        }
        _ => Err(viewer.t("admin-welcome-no-text")),
    };
    preview_response(&web, &viewer, mail, part).await
}
