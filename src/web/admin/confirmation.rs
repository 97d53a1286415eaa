//! A confirmation page before something is destroyed or concerns many, for browsers without
//! `assets/js/confirm.js`, which shows a dialog.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;

/// The field that says that the user has confirmed.
const CONFIRMED: &str = "confirmed";

pub struct Confirmation {
    pub title: String,
    /// What will happen and to what.
    pub text: String,
    /// The button that confirms.
    pub yes: String,
    /// The button that cancels.
    pub no: String,
    /// Where cancelling leads.
    pub back: String,
    /// An optional checkbox: field and label.
    pub choice: Option<(&'static str, String)>,
}

/// Whether a form confirms what it asks for.
pub fn is_confirmed(form: &Form) -> bool {
    form.text(CONFIRMED) == "yes"
}

#[derive(Template)]
#[template(path = "admin/confirmation.html")]
struct ConfirmationPage<'a> {
    viewer: Viewer,
    confirmation: &'a Confirmation,
    /// Of the button that confirms.
    look: &'static str,
    fields: Vec<(&'a str, &'a str)>,
}

impl Confirmation {
    /// The confirmation page; `None` if the form confirms already.
    pub fn unless_confirmed(
        &self,
        viewer: &Viewer,
        form: &Form,
    ) -> Result<Option<Response>, HttpError> {
        self.ask(viewer, form, "button--danger")
    }

    /// The same before what destroys nothing, but concerns many.
    pub fn unless_agreed(
        &self,
        viewer: &Viewer,
        form: &Form,
    ) -> Result<Option<Response>, HttpError> {
        self.ask(viewer, form, "button--primary")
    }

    fn ask(
        &self,
        viewer: &Viewer,
        form: &Form,
        look: &'static str,
    ) -> Result<Option<Response>, HttpError> {
        if is_confirmed(form) {
            return Ok(None);
        }
        let html = render_page(&ConfirmationPage {
            viewer: viewer.clone(),
            confirmation: self,
            look,
            fields: form
                .pairs()
                .filter(|(name, _)| *name != CONFIRMED)
                .collect(),
        })?;
        Ok(Some(html.into_response()))
    }
}
