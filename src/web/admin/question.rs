//! Asking before something is destroyed: what `assets/js/confirm.js` asks in a
//! dialog is asked here on a page, for those without the script.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::frame::{Desk, show};
use crate::web::Failure;
use crate::web::form::Form;

/// The field that says that the person was asked and agreed.
const CONFIRMED: &str = "confirmed";

/// A question with two answers.
pub struct Question {
    /// The question itself.
    pub title: String,
    /// What will happen, naming what it touches.
    pub text: String,
    /// The answer that does it.
    pub yes: &'static str,
    /// The answer that does not.
    pub no: &'static str,
    /// Where the second answer leads.
    pub back: String,
    /// A box to tick beside the first: its field, and what it says.
    pub choice: Option<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "admin/question.html")]
struct QuestionPage<'a> {
    desk: Desk,
    question: &'a Question,
    fields: Vec<(&'a str, &'a str)>,
}

impl Question {
    /// The page that asks, where the form does not bring the answer: `None`
    /// once the person has agreed.
    ///
    /// # Errors
    /// [`Failure::Internal`] where the template fails.
    pub fn unless_answered(&self, desk: &Desk, form: &Form) -> Result<Option<Response>, Failure> {
        if form.text(CONFIRMED) == "yes" {
            return Ok(None);
        }
        let html = show(&QuestionPage {
            desk: desk.clone(),
            question: self,
            fields: form
                .pairs()
                .filter(|(name, _)| *name != CONFIRMED)
                .collect(),
        })?;
        Ok(Some(html.into_response()))
    }
}
