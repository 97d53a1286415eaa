//! Joining. Whoever asks, and whatever is known of the address, the answer is
//! the same page.

use std::time::Duration;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::form::Form;
use super::frame::{Brand, Frame};
use crate::address::{AddressError, EmailAddress};
use crate::audience::AudienceError;
use crate::audience::join::{self, JoinRequest};
use crate::audience::join_fields::{self, AnswerError, FieldKind, JoinField};
use crate::model::line::{LineError, PersonName};
use crate::model::list::ListSlug;
use crate::model::subscription::ConsentMethod;
use crate::text::locale::Language;
use crate::text::phrase::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

/// The field that people do not see and scripts fill in.
const TRAP: &str = "website";
/// Nobody reads a form and fills it in faster.
const QUICKEST: Duration = Duration::from_secs(1);

/// The short form that stands beside other pages.
pub struct JoinBox {
    /// The sentence that one agrees to.
    pub wording: String,
    /// When it was shown, signed.
    pub shown: String,
}

impl JoinBox {
    /// The form as this reader sees it now.
    pub fn new(web: &Web, frame: &Frame) -> Self {
        Self {
            wording: frame.consent_wording(),
            shown: shown_now(web),
        }
    }
}

/// The mark of when a form was shown.
pub fn shown_now(web: &Web) -> String {
    let at = web.cx.clock.now();
    web.cx.keys.sign(&Token::FormShown { at })
}

/// What is wrong with a form, each beside its field; empty where nothing is.
#[derive(Debug, Default, PartialEq, Eq)]
struct Errors {
    email: String,
    name: String,
    lists: String,
    language: String,
    /// What is wrong with the answers to further questions, by field.
    answers: Vec<(String, String)>,
    /// What is wrong with the form as a whole.
    form: String,
}

impl Errors {
    /// The errors that stand beside a field, with the field's id.
    fn fields(&self) -> Vec<(&str, &str)> {
        let all = [
            ("email", self.email.as_str()),
            ("name", &self.name),
            ("lists", &self.lists),
            ("language", &self.language),
        ];
        let answers = self
            .answers
            .iter()
            .map(|(name, error)| (name.as_str(), error.as_str()));
        all.into_iter()
            .filter(|(_, error)| !error.is_empty())
            .chain(answers)
            .collect()
    }

    /// What is wrong with the answer to a further question; empty for nothing.
    fn answer(&self, name: &str) -> &str {
        let found = self.answers.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, error)| error)
    }

    fn title(&self, phrases: &Phrases) -> String {
        phrases.count("form-errors-title", "count", self.fields().len() as i64)
    }
}

/// A further question, as this reader sees it.
pub struct Question {
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    /// Values and what they are called.
    pub options: Vec<(String, String)>,
    pub answer: String,
    pub is_required: bool,
}

impl Question {
    /// The question with the answer so far.
    pub fn new(field: &JoinField, language: Language, answer: String) -> Self {
        let owned = |(value, called): (&str, &str)| (value.to_owned(), called.to_owned());
        Self {
            name: field.name(),
            label: field.label(language).to_owned(),
            kind: field.kind,
            options: field.options(language).into_iter().map(owned).collect(),
            answer,
            is_required: field.is_required,
        }
    }
}

/// What is wrong with an answer, in the reader's words.
pub fn answer_error(phrases: &Phrases, error: AnswerError) -> String {
    match error {
        AnswerError::Missing => phrases.say("field-answer-missing"),
        AnswerError::Unknown => phrases.say("field-answer-unknown"),
        AnswerError::TooLong => phrases.count(
            "field-answer-too-long",
            "max",
            join_fields::ANSWER_LIMIT as i64,
        ),
    }
}

struct Choice {
    slug: String,
    name: String,
    description: String,
    is_ticked: bool,
}

#[derive(Template)]
#[template(path = "site/join.html")]
struct JoinPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    wording: String,
    shown: String,
    email: String,
    person_name: String,
    language: Language,
    choices: Vec<Choice>,
    questions: Vec<Question>,
    errors: Errors,
    errors_title: String,
}

#[derive(Template)]
#[template(path = "site/check_inbox.html")]
struct CheckInboxPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    expiry: String,
}

pub async fn show(State(web): State<Web>, frame: Frame) -> Result<Html<String>, Failure> {
    form_page(&web, frame, &Form::default(), Errors::default()).await
}

pub async fn submit(
    State(web): State<Web>,
    frame: Frame,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    if !form.text(TRAP).is_empty() {
        return check_inbox(&web, frame);
    }
    // The short form beside other pages does not ask further questions.
    let fields = match form.get("asking") {
        Some(_) => join_fields::all(&web.cx).await?,
        None => Vec::new(),
    };
    let request = match read(&form, &frame, &fields) {
        Ok(_) if is_too_quick(&web, &form) => Err(Box::new(Errors {
            form: frame.phrases.say("form-too-quick"),
            ..Errors::default()
        })),
        other => other,
    };
    let request = match request {
        Ok(request) => request,
        Err(errors) => return refused(&web, frame, &form, *errors).await,
    };
    let network = &request.origin.network;
    if !web.gate.lets_join(network) {
        tracing::warn!(network, "joins of this network are over their limit");
        return check_inbox(&web, frame);
    }
    match web.joins.join(&web.cx, request).await {
        Ok(()) => check_inbox(&web, frame),
        Err(AudienceError::UnknownList(_) | AudienceError::NoList) => {
            let errors = Errors {
                lists: frame.phrases.say("field-list-unknown"),
                ..Errors::default()
            };
            refused(&web, frame, &form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Forms that other sites embed have no token, so only ours are timed.
fn is_too_quick(web: &Web, form: &Form) -> bool {
    match web.cx.keys.open(form.text("shown")) {
        Ok(Token::FormShown { at }) => web.cx.clock.now().since(at) < QUICKEST,
        _ => false,
    }
}

fn read(form: &Form, frame: &Frame, fields: &[JoinField]) -> Result<JoinRequest, Box<Errors>> {
    let phrases = frame.phrases.clone();
    let mut errors = Errors::default();
    let email = EmailAddress::parse(form.text("email"))
        .inspect_err(|error| errors.email = address_error(&phrases, *error));
    let name = PersonName::parse(form.text("name"))
        .inspect_err(|error| errors.name = name_error(&phrases, *error));
    let language = form
        .language(frame.visitor.language)
        .inspect_err(|_| errors.language = phrases.say("field-language-unknown"));
    let lists: Result<Vec<ListSlug>, _> = form.all("lists").map(str::parse).collect();
    match &lists {
        Err(_) => errors.lists = phrases.say("field-list-unknown"),
        // Only a form that offers lists asks for one.
        Ok(lists) if lists.is_empty() && form.get("choosing").is_some() => {
            errors.lists = phrases.say("field-lists-missing");
        }
        Ok(_) => {}
    }
    let attributes = join_fields::answers(fields, |name| form.text(name));
    let attributes = attributes.inspect_err(|faults| {
        let fault =
            |(name, fault): &(String, AnswerError)| (name.clone(), answer_error(&phrases, *fault));
        errors.answers = faults.iter().map(fault).collect();
    });
    match (email, name, language, lists, attributes) {
        (Ok(email), Ok(name), Ok(language), Ok(lists), Ok(attributes))
            if errors == Errors::default() =>
        {
            Ok(JoinRequest {
                email,
                name,
                language,
                lists,
                attributes,
                method: ConsentMethod::Form,
                wording: frame.consent_wording(),
                origin: frame.visitor.origin(),
            })
        }
        _ => Err(Box::new(errors)),
    }
}

fn address_error(phrases: &Phrases, error: AddressError) -> String {
    match error {
        AddressError::Missing => phrases.say("field-email-missing"),
        AddressError::Malformed => phrases.say("field-email-malformed"),
        AddressError::TooLong => phrases.count("field-email-too-long", "max", 254),
    }
}

/// What is wrong with a person's name.
pub fn name_error(phrases: &Phrases, error: LineError) -> String {
    match error {
        LineError::TooLong(max) => phrases.count("field-name-too-long", "max", max as i64),
        _ => phrases.say("field-name-malformed"),
    }
}

fn check_inbox(web: &Web, frame: Frame) -> Result<Response, Failure> {
    let html = page(&CheckInboxPage {
        expiry: frame
            .phrases
            .span("sent-expiry", web.cx.config.confirmation_lifetime),
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })?;
    Ok(html.into_response())
}

async fn refused(
    web: &Web,
    frame: Frame,
    form: &Form,
    errors: Errors,
) -> Result<Response, Failure> {
    let html = form_page(web, frame, form, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn form_page(
    web: &Web,
    frame: Frame,
    form: &Form,
    errors: Errors,
) -> Result<Html<String>, Failure> {
    let wanted: Vec<&str> = form.all("lists").collect();
    let language = frame.visitor.language;
    let choices = join::public_lists(&web.cx)
        .await?
        .iter()
        .enumerate()
        .map(|(at, list)| {
            let (name, description) = list.text(language);
            Choice {
                slug: list.slug.to_string(),
                name: name.to_owned(),
                description: description.to_owned(),
                is_ticked: (wanted.is_empty() && at == 0) || wanted.contains(&list.slug.as_str()),
            }
        })
        .collect();
    let fields = join_fields::all(&web.cx).await?;
    let question =
        |field: &JoinField| Question::new(field, language, form.text(&field.name()).to_owned());
    page(&JoinPage {
        questions: fields.iter().map(question).collect(),
        wording: frame.consent_wording(),
        shown: shown_now(web),
        email: form.text("email").to_owned(),
        person_name: form.text("name").to_owned(),
        language: form.language(language).unwrap_or(language),
        choices,
        errors_title: errors.title(&frame.phrases),
        errors,
        visitor: frame.visitor,
        phrases: frame.phrases,
        brand: frame.brand,
    })
}
