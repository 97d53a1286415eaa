//! A subscriber's own page: what they get, what we hold, and the ways out.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::form::Form;
use super::frame::{Brand, Frame};
use super::join::{self, Question};
use super::links;
use crate::audience::join_fields::{self, AnswerError, FieldKind, JoinField};
use crate::audience::preferences::{self, Change, Wishes};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::line::PersonName;
use crate::model::mail_frequency::{Frequency, PauseSpan};
use crate::model::subscription::SubscriptionState;
use crate::store::lists::List;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
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
pub(super) struct Flash {
    /// `good` or `bad`.
    kind: &'static str,
    title: String,
    text: String,
}

impl Flash {
    pub(super) fn good(title: String) -> Option<Self> {
        let (kind, text) = ("good", String::new());
        Some(Self { kind, title, text })
    }

    pub(super) fn refused(phrases: &Phrases, why: &str) -> Option<Self> {
        let title = phrases.say("error-422-title");
        let (kind, text) = ("bad", why.to_owned());
        Some(Self { kind, title, text })
    }
}

/// What is wrong with the form, beside its field.
#[derive(Default)]
pub(super) struct Errors {
    name: String,
    language: String,
    /// The day that a pause was to end on, as typed, and what is wrong with it.
    pub(super) until: (String, String),
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
    frequency: Frequency,
    /// The day until which mail is paused, where it is.
    paused_until: Option<String>,
    questions: Vec<Question>,
    is_suppressed: bool,
    flash: Option<Flash>,
    errors: Errors,
}

impl PreferencesPage {
    /// The address of one of the page's actions.
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

/// Whose page it is; `None` for a test mail's link.
pub(super) fn open(web: &Web, token: &str) -> Result<Option<SubscriberId>, Failure> {
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
            let outcome = (None, Errors::default());
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
            let frequency = form.text("frequency").parse();
            let wishes = Wishes {
                frequency: frequency.unwrap_or(subscriber.frequency),
                name,
                language,
                lists: form.all("lists").flat_map(str::parse).collect(),
                attributes,
                wording: frame.consent_wording(),
            };
            let origin = frame.visitor.origin();
            let changes = preferences::change(&web.cx, id, &wishes, &origin).await?;
            (Some(saved(&frame, &changes)), errors)
        }
        _ => (Flash::refused(&phrases, ""), errors),
    };
    render(&web, frame, &token, id, outcome).await
}

/// What has been changed, change by change.
fn saved(frame: &Frame, changes: &[Change]) -> Flash {
    let phrases = &frame.phrases;
    let list = |key, list: &List| phrases.say1(key, "list", list.text(frame.visitor.language).0);
    let told = |change: &Change| match change {
        Change::Joined(one) => list("preferences-changed-joined", one),
        Change::Left(one) => list("preferences-changed-left", one),
        Change::Name => phrases.say("preferences-changed-name"),
        Change::Language(language) => phrases.say1(
            "preferences-changed-language",
            "language",
            language.endonym(),
        ),
        Change::Answers => phrases.say("preferences-changed-answers"),
        Change::Frequency(frequency) => phrases.say(&format!("preferences-changed-{frequency}")),
    };
    let text: Vec<String> = changes.iter().map(told).collect();
    Flash {
        kind: "good",
        title: match changes.is_empty() {
            true => phrases.say("preferences-unchanged"),
            false => phrases.say("preferences-saved"),
        },
        text: text.join(" "),
    }
}

pub async fn leave_everything(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let wording = frame.phrases.say("unsubscribed-all-body");
    preferences::leave_everything(&web.cx, id, &wording, &frame.visitor.origin()).await?;
    let outcome = (Flash::good(wording), Errors::default());
    render(&web, frame, &token, id, outcome).await
}

pub async fn come_back(
    State(web): State<Web>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::sample(frame)?.into_response());
    };
    let wording = frame.phrases.say("preferences-came-back");
    let origin = frame.visitor.origin();
    let flash = match preferences::come_back(&web.cx, id, &wording, &origin).await? {
        true => Flash::good(wording),
        false => Some(Flash {
            kind: "bad",
            title: frame.phrases.say("preferences-stays-suppressed"),
            text: String::new(),
        }),
    };
    render(&web, frame, &token, id, (flash, Errors::default())).await
}

/// The page of somebody who is no longer known. It says nothing of who it was.
pub(super) fn gone(frame: Frame) -> Result<Response, Failure> {
    let html = links::notice(frame, "gone", "", "/join", "expired-button")?;
    Ok((StatusCode::GONE, html).into_response())
}

pub(super) fn paused_until(web: &Web, frame: &Frame, until: Timestamp) -> String {
    let day = web.calendar(frame.visitor.language).date(until);
    frame.phrases.say1("preferences-paused", "date", &day)
}

pub(super) async fn render(
    web: &Web,
    frame: Frame,
    token: &str,
    id: SubscriberId,
    (flash, errors): (Option<Flash>, Errors),
) -> Result<Response, Failure> {
    let Some(current) = preferences::look(&web.cx, id).await? else {
        return gone(frame);
    };
    let status = match &flash {
        Some(flash) if flash.kind == "bad" => StatusCode::UNPROCESSABLE_ENTITY,
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
    let until = current.subscriber.paused_until(web.cx.clock.now());
    let html = page(&PreferencesPage {
        frequency: current.subscriber.frequency,
        paused_until: until.map(|until| paused_until(web, &frame, until)),
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
