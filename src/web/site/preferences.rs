//! A subscriber's own page: what they get, what we hold, and the ways out.

use askama::Template;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::frame::{Brand, Frame};
use super::join::{self, Question};
use super::links;
use crate::audience::join_fields::{self, AnswerError, FieldKind, JoinField};
use crate::audience::preferences::{self, Wishes};
use crate::model::SubscriberId;
use crate::model::line::PersonName;
use crate::model::subscription::SubscriptionState;
use crate::text::locale::Language;
use crate::text::phrase::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

struct ListChoice {
    slug: String,
    name: String,
    hint: String,
    is_on: bool,
}

/// What the page says of what was just done.
#[derive(Default)]
enum Flash {
    #[default]
    Nothing,
    Saved,
    Left,
    Refused,
}

/// What is wrong with the form, beside its field.
#[derive(Default)]
struct Errors {
    name: String,
    language: String,
    /// By field.
    answers: Vec<(String, String)>,
}

impl Errors {
    fn answer(&self, name: &str) -> &str {
        let found = self.answers.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, error)| error)
    }
}

#[derive(Template)]
#[template(path = "site/preferences.html")]
struct PreferencesPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    email: String,
    wording: String,
    person_name: String,
    language: Language,
    choices: Vec<ListChoice>,
    questions: Vec<Question>,
    is_suppressed: bool,
    flash: Flash,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "site/erase.html")]
struct ErasePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    path: String,
    error: String,
}

impl PreferencesPage {
    /// The address of one of the page's actions.
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

impl ErasePage {
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

/// Whose page it is; `None` for a test mail's link.
fn open(web: &Web, token: &str) -> Result<Option<SubscriberId>, Failure> {
    match links::open(web, token)? {
        Token::Preferences { subscriber } => Ok(Some(SubscriberId(subscriber))),
        Token::Sample => Ok(None),
        _ => Err(Failure::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    match open(&web, &token)? {
        Some(subscriber) => {
            let outcome = (Flash::Nothing, Errors::default());
            render(&web, frame, &token, subscriber, outcome).await
        }
        None => Ok(links::sample(frame)?.into_response()),
    }
}

pub async fn save(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let form = Form::parse(&body)?;
    let Some(current) = preferences::look(&web.cx, id).await? else {
        return gone(frame);
    };
    let subscriber = current.subscriber;
    let phrases = frame.phrases.clone();
    let mut errors = Errors::default();
    // What a form leaves out stays as it is.
    let name = PersonName::parse(form.get("name").unwrap_or(&subscriber.name))
        .inspect_err(|error| errors.name = join::name_error(&phrases, *error));
    let language = form
        .language(subscriber.language)
        .inspect_err(|_| errors.language = phrases.say("field-language-unknown"));
    let fields = match form.get("asking") {
        Some(_) => join_fields::all(&web.cx).await?,
        None => Vec::new(),
    };
    let answers = join_fields::answers(&fields, |name| form.text(name)).inspect_err(|faults| {
        let fault = |(name, fault): &(String, AnswerError)| {
            (name.clone(), join::answer_error(&phrases, *fault))
        };
        errors.answers = faults.iter().map(fault).collect();
    });
    let outcome = match (name, language, answers) {
        (Ok(name), Ok(language), Ok(attributes)) => {
            let wishes = Wishes {
                name,
                language,
                lists: form.all("lists").flat_map(str::parse).collect(),
                attributes,
                wording: frame.consent_wording(),
            };
            let origin = frame.visitor.origin();
            preferences::change(&web.cx, id, &wishes, &origin).await?;
            (Flash::Saved, errors)
        }
        _ => (Flash::Refused, errors),
    };
    render(&web, frame, &token, id, outcome).await
}

pub async fn leave_everything(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    preferences::leave_everything(&web.cx, id, &frame.visitor.origin()).await?;
    render(&web, frame, &token, id, (Flash::Left, Errors::default())).await
}

pub async fn come_back(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    preferences::come_back(&web.cx, id).await?;
    render(&web, frame, &token, id, (Flash::Nothing, Errors::default())).await
}

/// Asks once more before what cannot be undone.
pub async fn erase(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let form = Form::parse(&body)?;
    if form.text("confirmed") == "yes" {
        preferences::erase(&web.cx, id).await?;
        return Ok(links::notice(frame, "erased", "", "/", "error-home")?.into_response());
    }
    let (status, error) = match form.get("asked") {
        Some(_) => {
            let missing = frame.phrases.say("erase-confirm-missing");
            (StatusCode::UNPROCESSABLE_ENTITY, missing)
        }
        None => (StatusCode::OK, String::new()),
    };
    let html = page(&ErasePage {
        path: format!("/preferences/{token}"),
        error,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })?;
    Ok((status, html).into_response())
}

pub async fn export(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let Some(data) = preferences::personal_data(&web.cx, id).await? else {
        return gone(frame);
    };
    let name = "attachment; filename=\"my-data.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], Json(data)).into_response())
}

/// The page of somebody who is no longer known. It says nothing of who it was.
fn gone(frame: Frame) -> Result<Response, Failure> {
    let html = links::notice(frame, "gone", "", "/join", "expired-button")?;
    Ok((StatusCode::GONE, html).into_response())
}

async fn render(
    web: &Web,
    frame: Frame,
    token: &str,
    id: SubscriberId,
    (flash, errors): (Flash, Errors),
) -> Result<Response, Failure> {
    let Some(current) = preferences::look(&web.cx, id).await? else {
        return gone(frame);
    };
    let status = match flash {
        Flash::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let phrases = frame.phrases.clone();
    let choices = current
        .choices
        .iter()
        .map(|choice| {
            let (name, description) = choice.list.text(frame.visitor.language);
            let hint = match choice.state {
                Some(SubscriptionState::Pending) => phrases.say("preferences-state-pending"),
                _ => description.to_owned(),
            };
            ListChoice {
                slug: choice.list.slug.to_string(),
                name: name.to_owned(),
                hint,
                is_on: choice.is_on(),
            }
        })
        .collect();
    let fields = join_fields::all(&web.cx).await?;
    let language = frame.visitor.language;
    let question = |field: &JoinField| {
        Question::new(field, language, field.shown(&current.subscriber.attributes))
    };
    let html = page(&PreferencesPage {
        questions: fields.iter().map(question).collect(),
        path: format!("/preferences/{token}"),
        wording: frame.consent_wording(),
        email: current.subscriber.email.to_string(),
        person_name: current.subscriber.name,
        language: current.subscriber.language,
        choices,
        is_suppressed: current.is_suppressed,
        flash,
        errors,
        visitor: frame.visitor,
        phrases,
        brand: frame.brand,
    })?;
    Ok((status, html).into_response())
}
