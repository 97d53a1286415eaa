//! Reauthentication before credentials change: somebody at an unlocked
//! computer must not take the account over.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use crate::account::credentials::{self, CredentialError};
use crate::account::{self, PROOF_LASTS, Secret};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::session;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PASSWORD: &str = "proof_password";
const CODE: &str = "proof_code";

#[derive(Template)]
#[template(path = "admin/reauthentication.html")]
struct ProofPage<'a> {
    viewer: Viewer,
    has_password: bool,
    has_codes: bool,
    /// Where a sign-in by link leads back to.
    back: &'a str,
    minutes: u64,
    fields: Vec<(&'a str, &'a str)>,
    errors: FormErrors,
}

/// The page that asks for password or code; `None` if the user has
/// authenticated recently or does so now.
pub async fn unless_recent(
    web: &Web,
    viewer: &Viewer,
    jar: &CookieJar,
    form: &Form,
    back: &str,
) -> Result<Option<Response>, HttpError> {
    let session: Secret = session::secret(web, jar).ok_or(HttpError::Unauthorized)?;
    if account::is_freshly_proved(&web.cx, &session).await? {
        return Ok(None);
    }
    let known = credentials::of_user(&web.cx, viewer.user.id).await?;
    let known = known.ok_or(HttpError::Unauthorized)?;
    let mut errors = FormErrors::default();
    if form.has(PASSWORD) || form.has(CODE) {
        may_try(web, viewer)?;
        let (password, code) = (form.text(PASSWORD), form.text(CODE));
        let user = viewer.user.id;
        match credentials::reauthenticate(&web.cx, user, &session, password, code).await {
            Ok(()) => return Ok(None),
            Err(CredentialError::Store(error)) => return Err(error.into()),
            Err(error @ CredentialError::Wrong) => errors.add(PASSWORD, error),
            Err(error) => errors.add(CODE, error),
        }
    }
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let html = render_page(&ProofPage {
        viewer: viewer.clone(),
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

/// Counts one more attempt of a signed-in user. Attempts at the sign-in page
/// do not count here.
pub fn may_try(web: &Web, viewer: &Viewer) -> Result<(), HttpError> {
    let account = format!("signed in: {}", viewer.user.email.lookup_key());
    if web.limits.check_guess(&account, &account) {
        Ok(())
    } else {
        Err(HttpError::TooMany)
    }
}
