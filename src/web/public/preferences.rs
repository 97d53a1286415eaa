//! The preferences page: lists, frequency, name, language, unsubscribe from
//! all.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use strum::VariantArray as _;

use crate::audience::engagement;
use crate::audience::join_fields::{self, AnswerError, FieldKind, JoinField};
use crate::audience::preferences::{self, PreferencesUpdate};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::list::ListSlug;
use crate::model::mail_frequency::{Frequency, PauseSpan};
use crate::model::subscription::SubscriptionState;
use crate::text::line::PersonName;
use crate::text::locale::Language;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::join::form_input::{self, Question};
use crate::web::public::left::Leaving;
use crate::web::public::page_context::PageContext;
use crate::web::public::saved::{Deed, Flash, Saved};
use crate::web::public::{links, notice, saved};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

struct ListChoice {
    slug: String,
    name: String,
    hint: String,
    is_on: bool,
}

/// Errors by field.
#[derive(Default)]
pub(super) struct Errors {
    name: String,
    language: String,
    /// The end of a pause as entered, and its error.
    pub(super) until: (String, String),
    /// By field.
    answers: Vec<(String, String)>,
}

impl Errors {
    /// Errors with the id of their field.
    fn fields(&self) -> Vec<(&str, &str)> {
        let known = [
            ("name", self.name.as_str()),
            ("language", &self.language),
            ("until", &self.until.1),
        ];
        let answers = self
            .answers
            .iter()
            .map(|(name, error)| (name.as_str(), error.as_str()));
        known
            .into_iter()
            .chain(answers)
            .filter(|(_, error)| !error.is_empty())
            .collect()
    }

    fn answer(&self, name: &str) -> &str {
        let found = self.answers.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, error)| error)
    }
}

/// What the page answers to.
#[derive(Default)]
pub(super) struct Outcome {
    /// What was saved.
    pub(super) saved: Option<Saved>,
    /// Why nothing was saved.
    pub(super) refused: Option<Flash>,
    pub(super) errors: Errors,
}

#[derive(Template)]
#[template(path = "public/preferences.html")]
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
    /// The end of a pause, if paused.
    paused_until: Option<String>,
    questions: Vec<Question>,
    is_suppressed: bool,
    /// The sentence by which opens and followed links are seen, and whether they agree; `None`
    /// where the site does not ask, and they have not agreed before.
    engagement: Option<(String, bool)>,
    flash: Option<Flash>,
    errors: Errors,
}

impl PreferencesPage {
    /// Those of the site, and the subscriber's own.
    fn languages(&self) -> Vec<Language> {
        self.visitor.languages.and([self.language])
    }

    /// Why nothing was saved, where no field says so itself.
    fn refusal(&self) -> &str {
        match &self.flash {
            Some(flash) if self.errors.fields().is_empty() => &flash.text,
            _ => "",
        }
    }

    /// The path of one of the page's actions.
    fn below(&self, action: &str) -> String {
        self.visitor.link(&format!("{}/{action}", self.path))
    }
}

/// The subscriber of a link; `None` for a link in a test email.
pub(super) fn open(web: &Web, token: &str) -> Result<Option<SubscriberId>, HttpError> {
    match links::open(web, token)? {
        Token::Preferences { subscriber } => Ok(Some(SubscriberId(subscriber))),
        Token::Sample => Ok(None),
        _ => Err(HttpError::NotFound),
    }
}

pub async fn show(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    match open(&web, &token)? {
        Some(subscriber) => {
            let outcome = Outcome::default();
            render(&web, context, &token, subscriber, outcome).await
        }
        None => Ok(notice::sample(context)?.into_response()),
    }
}

/// The page, which says what was just saved.
pub async fn show_saved(
    State(web): State<Web>,
    context: PageContext,
    Path((token, note)): Path<(String, String)>,
) -> Result<Response, HttpError> {
    let subscriber = open(&web, &token)?.ok_or(HttpError::NotFound)?;
    let saved = saved::open(&web, subscriber, &note)?;
    if saved.is_none() {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    }
    let outcome = Outcome {
        saved,
        ..Outcome::default()
    };
    render(&web, context, &token, subscriber, outcome).await
}

/// Addresses that only take forms, asked for by somebody who switches the language or goes
/// back: the page itself.
pub async fn back(visitor: Visitor, Path(token): Path<String>) -> Response {
    links::see_other(&visitor, &path(&token))
}

pub(super) fn path(token: &str) -> String {
    format!("/preferences/{token}")
}

pub async fn save(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let form = Form::parse(&body)?;
    let Some(current) = preferences::load(&web.cx, id).await? else {
        return gone(context);
    };
    let subscriber = current.subscriber;
    let phrases = context.phrases.clone();
    let mut errors = Errors::default();
    // Missing fields stay unchanged.
    let name = PersonName::parse(form.get("name").unwrap_or(&subscriber.name))
        .inspect_err(|error| errors.name = form_input::name_error(&phrases, *error));
    let language = form
        .language(&context.visitor.languages, subscriber.language)
        .inspect_err(|_| errors.language = phrases.translate("field-language-unknown"));
    let fields = match form.get("asking") {
        Some(_) => join_fields::all(&web.cx).await?,
        None => Vec::new(),
    };
    let answers =
        join_fields::answers(&fields, |name| form.text(name)).inspect_err(|answer_errors| {
            let message = |(name, error): &(String, AnswerError)| {
                (name.clone(), form_input::answer_error(&phrases, *error))
            };
            errors.answers = answer_errors.iter().map(message).collect();
        });
    match (name, language, answers) {
        (Ok(name), Ok(language), Ok(attributes)) => {
            let frequency = form.text("frequency").parse();
            let update = PreferencesUpdate {
                frequency: frequency.unwrap_or(subscriber.frequency),
                name,
                language,
                lists: lists_of(&form)?,
                attributes,
                wording: context.consent_wording(),
            };
            let origin = context.visitor.consent_source();
            let changes = preferences::change(&web.cx, id, &update, &origin).await?;
            let said = Saved::Choices(changes.iter().map(Deed::of).collect());
            Ok(saved::see(&web, &context.visitor, id, &said))
        }
        _ => {
            let outcome = Outcome {
                refused: Some(Flash::refused(&phrases, String::new())),
                errors,
                saved: None,
            };
            render(&web, context, &token, id, outcome).await
        }
    }
}

/// The lists chosen. A slug that cannot be read is an error: to drop it would
/// unsubscribe the person from that list.
fn lists_of(form: &Form) -> Result<Vec<ListSlug>, HttpError> {
    let slugs = form.all("lists").map(str::parse);
    slugs
        .collect::<Result<_, _>>()
        .map_err(|error| HttpError::field("lists", &error))
}

pub async fn unsubscribe_from_all(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let wording = context.phrases.translate("unsubscribed-all-body");
    let source = context.visitor.consent_source();
    let left = Leaving {
        lists: preferences::unsubscribe_from_all(&web.cx, id, &wording, &source).await?,
        subscriber: id,
        is_everything: true,
    };
    Ok(left.see(&web, &context.visitor))
}

pub async fn allow_mail_again(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let wording = context.phrases.translate("preferences-came-back");
    let origin = context.visitor.consent_source();
    if preferences::allow_mail_again(&web.cx, id, &wording, &origin).await? {
        return Ok(saved::see(&web, &context.visitor, id, &Saved::CameBack));
    }
    let title = context.phrases.translate("preferences-stays-suppressed");
    let outcome = Outcome {
        refused: Some(Flash::bad(title, String::new())),
        ..Outcome::default()
    };
    render(&web, context, &token, id, outcome).await
}

/// The page for an erased subscriber, without any detail.
pub(super) fn gone(context: PageContext) -> Result<Response, HttpError> {
    let html = notice::notice(context, "gone", "", "/join", "expired-button")?;
    Ok((StatusCode::GONE, html).into_response())
}

pub(super) fn paused_until(web: &Web, context: &PageContext, until: Timestamp) -> String {
    let day = web.calendar_of(&context.phrases).date(until);
    context
        .phrases
        .translate_with("preferences-paused", "date", &day)
}

pub(super) async fn render(
    web: &Web,
    context: PageContext,
    token: &str,
    id: SubscriberId,
    outcome: Outcome,
) -> Result<Response, HttpError> {
    let Some(current) = preferences::load(&web.cx, id).await? else {
        return gone(context);
    };
    let status = match outcome.refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let phrases = context.phrases.clone();
    let choices = current
        .choices
        .iter()
        .map(|choice| {
            let (name, description) = choice.list.text(context.visitor.language);
            let hint = match choice.state {
                Some(SubscriptionState::Pending) => phrases.translate("preferences-state-pending"),
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
    let reader = context.phrases.reader();
    let question = |field: &JoinField| {
        Question::new(field, reader, field.shown(&current.subscriber.attributes))
    };
    let until = current.subscriber.paused_until(web.cx.clock.now());
    let paused_until = until.map(|until| paused_until(web, &context, until));
    let flash = match &outcome.saved {
        Some(saved) => saved::flash(web, &context, saved, paused_until.as_deref()).await?,
        None => outcome.refused,
    };
    let has_agreed = engagement::agreement(&web.cx, id).await?.is_some();
    let is_asked = has_agreed || web.cx.config().engagement;
    let html = render_page(&PreferencesPage {
        engagement: is_asked.then(|| (context.engagement_wording(), has_agreed)),
        frequency: current.subscriber.frequency,
        paused_until,
        questions: fields.iter().map(question).collect(),
        path: path(token),
        wording: context.consent_wording(),
        email: current.subscriber.email.shown().into_owned(),
        person_name: current.subscriber.name,
        language: current.subscriber.language,
        choices,
        is_suppressed: current.is_suppressed,
        flash,
        errors: outcome.errors,
        visitor: context.visitor,
        phrases,
        brand: context.brand,
    })?;
    Ok((status, html).into_response())
}
