//! Passkeys: adding and removing one's own, and signing in by one.
//!
//! The browser's part needs a script, `assets/js/passkeys.js`: it passes the challenge on to the
//! authenticator, and sends the answer as a field of a form.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use serde_json::{Value, json};

use crate::account::Secret;
use crate::account::passkeys::{self, PasskeyError};
use crate::model::PasskeyId;
use crate::net;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::reauthentication::{self, may_try};
use crate::web::admin::sign_in;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/account/passkeys", post(add))
        .route("/account/passkeys/new", post(start))
        .route("/account/passkeys/{id}/remove", post(remove))
        .route("/sign-in/passkey", post(enter))
        .route("/sign-in/passkey/challenge", post(challenge))
}

const ACCOUNT: &str = "/admin/account";

/// The page whose script asks the authenticator for a new passkey.
#[derive(Template)]
#[template(path = "admin/passkey.html")]
struct NewPage {
    viewer: Viewer,
    typed_name: String,
    challenge: String,
    options: String,
}

async fn start(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let asked = reauthentication::unless_recent(&web, &viewer, &jar, &form, ACCOUNT).await?;
    if let Some(page) = asked {
        return Ok(page);
    }
    let challenge = match passkeys::start_adding(&web.cx, &viewer.user, &viewer.brand.name).await {
        Ok(challenge) => challenge,
        Err(error) => return not_added(&web, &viewer, error),
    };
    let typed_name = match form.trimmed("passkey_name") {
        "" => viewer.t("admin-passkey-default-name"),
        name => name.to_owned(),
    };
    let page = NewPage {
        viewer,
        typed_name,
        challenge: challenge.id.reveal().to_owned(),
        options: challenge.options.to_string(),
    };
    Ok(render_page(&page)?.into_response())
}

async fn add(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let asked = reauthentication::unless_recent(&web, &viewer, &jar, &form, ACCOUNT).await?;
    if let Some(page) = asked {
        return Ok(page);
    }
    may_try(&web, &viewer)?;
    let challenge = Secret::given(form.text("challenge"));
    let (name, answer) = (form.text("passkey_name"), form.text("answer"));
    match passkeys::add(&web.cx, &viewer.user, name, &challenge, answer).await {
        Ok(()) => {
            let flash = Flash::good(viewer.t("admin-passkey-added"));
            let flash = flash.with(viewer.t("admin-passkey-added-next"));
            Ok(redirect(&web, ACCOUNT, &flash))
        }
        Err(error) => not_added(&web, &viewer, error),
    }
}

fn not_added(web: &Web, viewer: &Viewer, error: PasskeyError) -> Result<Response, HttpError> {
    match error {
        PasskeyError::Store(error) => Err(error.into()),
        error => {
            let flash = Flash::bad(viewer.t("admin-passkey-not-added"));
            Ok(redirect(web, ACCOUNT, &flash.with(viewer.explain(error))))
        }
    }
}

async fn remove(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    Path(id): Path<PasskeyId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let asked = reauthentication::unless_recent(&web, &viewer, &jar, &form, ACCOUNT).await?;
    if let Some(page) = asked {
        return Ok(page);
    }
    if !passkeys::remove(&web.cx, &viewer.user, id).await? {
        return Err(HttpError::NotFound);
    }
    let flash = Flash::good(viewer.t("admin-passkey-removed"));
    Ok(redirect(&web, ACCOUNT, &flash))
}

/// A challenge for the script of the sign-in page.
async fn challenge(State(web): State<Web>, visitor: Visitor) -> Result<Json<Value>, HttpError> {
    may_ask(&web, &visitor)?;
    let challenge = passkeys::start_sign_in(&web.cx).await.map_err(failure)?;
    Ok(Json(json!({
        "challenge": challenge.id.reveal(),
        "options": challenge.options,
    })))
}

async fn enter(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    may_ask(&web, &visitor)?;
    let browser = sign_in::browser(&web, &visitor, &jar);
    let challenge = Secret::given(form.text("challenge"));
    match passkeys::sign_in(&web.cx, &challenge, form.text("answer"), &browser).await {
        Ok(session) => {
            // The step before may have kept a page to return to.
            let jar = match form.text("next") {
                "" | "/admin" => jar,
                next => jar.add(sign_in::return_to(&web, next)),
            };
            Ok(sign_in::enter(&web, jar, &session))
        }
        Err(PasskeyError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(network = browser.network, "a sign-in by passkey failed");
            metrics::counter!("sign_ins_failed_total").increment(1);
            let why = wording.explain(error);
            let html = sign_in::again(&web, wording, why, form.text("next")).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Each challenge is a row, and each answer a guess.
fn may_ask(web: &Web, visitor: &Visitor) -> Result<(), HttpError> {
    let network = net::network(visitor.address);
    if web.limits.check_unnamed_guess(&network) {
        Ok(())
    } else {
        tracing::warn!(network, "passkeys are tried over their limit");
        Err(HttpError::TooMany)
    }
}

fn failure(error: PasskeyError) -> HttpError {
    match error {
        PasskeyError::Store(error) => error.into(),
        other => HttpError::Unprocessable(other.to_string()),
    }
}
