//! Parsing a join form.

use std::time::Duration;

use crate::address::{AddressError, EmailAddress};
use crate::audience::join::JoinRequest;
use crate::audience::join_fields::{self, AnswerError, FieldKind, JoinField};
use crate::model::list::ListSlug;
use crate::model::subscription::ConsentMethod;
use crate::text::line::{LineError, PersonName};
use crate::text::locale::Preference;
use crate::text::phrases::Phrases;
use crate::web::http::form::Form;
use crate::web::public::page_context::PageContext;

/// Errors of a join form, by field; empty texts if valid.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct JoinErrors {
    pub email: String,
    pub name: String,
    pub lists: String,
    pub language: String,
    /// Errors of additional questions, by field.
    pub answers: Vec<(String, String)>,
    /// The error of the form as a whole.
    pub form: String,
}

impl JoinErrors {
    /// Errors with the id of their field.
    pub fn fields(&self) -> Vec<(&str, &str)> {
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

    /// The error of an additional question.
    pub fn answer(&self, name: &str) -> &str {
        let found = self.answers.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, error)| error)
    }

    pub fn title(&self, phrases: &Phrases) -> String {
        phrases.count("form-errors-title", "count", self.fields().len() as i64)
    }
}

/// An additional question in the reader's language.
pub struct Question {
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    /// Values and labels.
    pub options: Vec<(String, String)>,
    pub answer: String,
    pub is_required: bool,
}

impl Question {
    /// The question with its current answer.
    pub fn new(field: &JoinField, reader: Preference, answer: String) -> Self {
        let owned = |(value, called): (&str, &str)| (value.to_owned(), called.to_owned());
        Self {
            name: field.name(),
            label: field.label(reader).to_owned(),
            kind: field.kind,
            options: field.options(reader).into_iter().map(owned).collect(),
            answer,
            is_required: field.is_required,
        }
    }
}

/// The message for an invalid answer.
pub fn answer_error(phrases: &Phrases, error: AnswerError) -> String {
    match error {
        AnswerError::Missing => phrases.translate("field-answer-missing"),
        AnswerError::Unknown => phrases.translate("field-answer-unknown"),
        AnswerError::TooLong => phrases.count(
            "field-answer-too-long",
            "max",
            join_fields::ANSWER_LIMIT as i64,
        ),
    }
}

pub fn read(
    form: &Form,
    context: &PageContext,
    fields: &[JoinField],
) -> Result<JoinRequest, Box<JoinErrors>> {
    let phrases = context.phrases.clone();
    let mut errors = JoinErrors::default();
    let email = EmailAddress::parse(form.text("email"))
        .inspect_err(|error| errors.email = address_error(&phrases, *error));
    let name = PersonName::parse(form.text("name"))
        .inspect_err(|error| errors.name = name_error(&phrases, *error));
    let language = form
        .language(&context.visitor.languages, context.visitor.language)
        .inspect_err(|_| errors.language = phrases.translate("field-language-unknown"));
    let lists: Result<Vec<ListSlug>, _> = form.all("lists").map(str::parse).collect();
    match &lists {
        Err(_) => errors.lists = phrases.translate("field-list-unknown"),
        // Only a form with a choice of lists requires one.
        Ok(lists) if lists.is_empty() && form.get("choosing").is_some() => {
            errors.lists = phrases.translate("field-lists-missing");
        }
        Ok(_) => {}
    }
    let attributes = join_fields::answers(fields, |name| form.text(name));
    let attributes = attributes.inspect_err(|answer_errors| {
        let message =
            |(name, error): &(String, AnswerError)| (name.clone(), answer_error(&phrases, *error));
        errors.answers = answer_errors.iter().map(message).collect();
    });
    match (email, name, language, lists, attributes) {
        (Ok(email), Ok(name), Ok(language), Ok(lists), Ok(attributes))
            if errors == JoinErrors::default() =>
        {
            Ok(JoinRequest {
                email,
                name,
                language,
                lists,
                attributes,
                method: ConsentMethod::Form,
                wording: context.consent_wording(),
                engagement: form.has("engagement").then(|| context.engagement_wording()),
                source: context.visitor.consent_source(),
                delay: Duration::ZERO,
            })
        }
        _ => Err(Box::new(errors)),
    }
}

/// The message for an invalid address.
pub fn address_error(phrases: &Phrases, error: AddressError) -> String {
    match error {
        AddressError::Missing => phrases.translate("field-email-missing"),
        AddressError::Malformed => phrases.translate("field-email-malformed"),
        AddressError::TooLong => phrases.count("field-email-too-long", "max", 254),
    }
}

/// The message for an invalid name.
pub fn name_error(phrases: &Phrases, error: LineError) -> String {
    match error {
        LineError::TooLong(max) => phrases.count("field-name-too-long", "max", max as i64),
        _ => phrases.translate("field-name-malformed"),
    }
}
