//! Reauthentication before credentials, secrets or the ways of mail change: somebody at an
//! unlocked computer must not take over the account, or the mail.
//!
//! The page that asks carries the form that was sent, encrypted: a password in it is not sent
//! back in the open. A handler reads its form by [`form`], and asks by [`unless_recent`].

use askama::Template;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::account::credentials::{self, CredentialError};
use crate::account::{self, PROOF_LASTS, Secret, provider};
use crate::model::UserId;
use crate::token::Purpose;
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::session;
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const PASSWORD: &str = "proof_password";
const CODE: &str = "proof_code";
/// The form that was sent before the question.
const HELD: &str = "proof_form";

/// What [`HELD`] holds, and for whom and where it may be sent once more.
#[derive(Serialize, Deserialize)]
struct HeldForm {
    user: UserId,
    path: String,
    pairs: Vec<(String, String)>,
}

/// The form of a request; after the question, the one that was sent before it.
pub fn form(web: &Web, viewer: &Viewer, body: &Bytes) -> Result<Form, HttpError> {
    let form = Form::parse(body)?;
    let Some(held) = form.get(HELD) else {
        return Ok(form);
    };
    let held = BASE64URL_NOPAD.decode(held.as_bytes()).ok();
    let held = held.and_then(|held| web.cx.keys.decrypt(Purpose::Form, &held).ok());
    let held = held.and_then(|held| serde_json::from_slice::<HeldForm>(&held).ok());
    let held = held.filter(|held| held.user == viewer.user.id && held.path == viewer.path);
    let held = held.ok_or_else(|| {
        HttpError::BadRequest("this page is out of date; enter the form again".to_owned())
    })?;
    // That there was a question stays known.
    let asked = [PASSWORD, CODE, HELD]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), form.get(name)?.to_owned())));
    Ok(held.pairs.into_iter().chain(asked).collect())
}

/// The form for [`HELD`], without the answers to the question.
fn held(web: &Web, viewer: &Viewer, form: &Form) -> Result<String, HttpError> {
    let pairs = form
        .pairs()
        .filter(|(name, _)| ![PASSWORD, CODE, HELD].contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let held = HeldForm {
        user: viewer.user.id,
        path: viewer.path.clone(),
        pairs: pairs.collect(),
    };
    let text = serde_json::to_vec(&held).map_err(|_| HttpError::Internal)?;
    let encrypted = web.cx.keys.encrypt(Purpose::Form, &text);
    Ok(BASE64URL_NOPAD.encode(&encrypted))
}

#[derive(Template)]
#[template(path = "admin/reauthentication.html")]
struct ProofPage<'a> {
    viewer: Viewer,
    has_password: bool,
    has_codes: bool,
    /// Where a sign-in by link leads back to.
    back: &'a str,
    minutes: u64,
    /// How the provider is called, if the user can sign in by it; otherwise empty.
    provider: String,
    /// Whether the user may have a link sent.
    takes_link: bool,
    held: String,
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
    let can_answer = !known.password.is_empty() || known.totp_secret.is_some();
    if form.has(HELD) && !can_answer {
        errors.add(WHOLE, viewer.t("admin-reauth-not-yet"));
    } else if form.has(PASSWORD) || form.has(CODE) {
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
    let config = web.cx.config();
    let is_linked = provider::linked(&web.cx, viewer.user.id).await?.is_some();
    let html = render_page(&ProofPage {
        provider: config
            .provider_name()
            .filter(|_| is_linked)
            .unwrap_or_default(),
        takes_link: config.allows_local_sign_in(viewer.user.role),
        viewer: viewer.clone(),
        has_password: !known.password.is_empty(),
        has_codes: known.totp_secret.is_some(),
        back,
        minutes: PROOF_LASTS.as_secs() / 60,
        held: held(web, viewer, form)?,
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
