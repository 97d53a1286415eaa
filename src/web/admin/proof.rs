//! Asking once more who somebody is, before they change how they prove it:
//! whoever has found an open browser must not take the account over.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use super::errors::Errors;
use super::frame::{Desk, show};
use super::session;
use crate::account::credentials::{self, CredentialError};
use crate::account::{self, PROOF_LASTS, Secret};
use crate::web::form::Form;
use crate::web::{Failure, Web};

const PASSWORD: &str = "proof_password";
const CODE: &str = "proof_code";

#[derive(Template)]
#[template(path = "admin/proof.html")]
struct ProofPage<'a> {
    desk: Desk,
    has_password: bool,
    has_codes: bool,
    /// Where whoever signs in by link comes back to.
    back: &'a str,
    minutes: u64,
    fields: Vec<(&'a str, &'a str)>,
    errors: Errors,
}

/// The page that asks, unless they have shown of late who they are or show it
/// now; `back` is where a mailed link leads.
///
/// # Errors
/// [`Failure`] where too much was tried.
pub async fn unless_fresh(
    web: &Web,
    desk: &Desk,
    jar: &CookieJar,
    form: &Form,
    back: &str,
) -> Result<Option<Response>, Failure> {
    let session: Secret = session::secret(web, jar).ok_or(Failure::Unauthorized)?;
    if account::is_freshly_proved(&web.cx, &session).await? {
        return Ok(None);
    }
    let known = credentials::of_user(&web.cx, desk.user.id).await?;
    let known = known.ok_or(Failure::Unauthorized)?;
    let mut errors = Errors::default();
    if form.has(PASSWORD) || form.has(CODE) {
        may_try(web, desk)?;
        let (password, code) = (form.text(PASSWORD), form.text(CODE));
        let user = desk.user.id;
        match credentials::prove_again(&web.cx, user, &session, password, code).await {
            Ok(()) => return Ok(None),
            Err(CredentialError::Store(error)) => return Err(error.into()),
            Err(error @ CredentialError::Wrong) => errors.add(PASSWORD, error),
            Err(error) => errors.add(CODE, error),
        }
    }
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let html = show(&ProofPage {
        desk: desk.clone(),
        has_password: !known.password.is_empty(),
        has_codes: known.totp_secret.is_some(),
        back,
        minutes: PROOF_LASTS.as_secs() / 60,
        fields: form
            .pairs()
            .filter(|(name, _)| ![PASSWORD, CODE].contains(name))
            .collect(),
        errors,
    })?;
    Ok(Some((status, html).into_response()))
}

/// Whether one more password or code of whoever is signed in may be tried. What
/// strangers try at the sign-in page does not count against them here.
///
/// # Errors
/// [`Failure::TooMany`] where it may not.
pub fn may_try(web: &Web, desk: &Desk) -> Result<(), Failure> {
    let account = format!("signed in: {}", desk.user.email.lookup_key());
    match web.gate.lets_try(&account, &account) {
        true => Ok(()),
        false => Err(Failure::TooMany),
    }
}
