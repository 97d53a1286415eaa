//! One's own account: password, second step, sessions.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use qrcode::QrCode;
use qrcode::render::svg;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, counted, go, show};
use super::proof::{self, may_try};
use super::session;
use crate::account::credentials::{self, CredentialError, LEAST};
use crate::account::{Secret, Tokens, users};
use crate::store::credentials::Credentials;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/account", get(index))
        .route("/account/password", post(set_password))
        .route("/account/password/drop", post(drop_password))
        .route("/account/second-step", get(enrol).post(confirm))
        .route("/account/second-step/drop", post(drop_second_step))
}

const HOME: &str = "/admin/account";
const SECOND_STEP: &str = "/admin/account/second-step";

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    desk: Desk,
    known: Credentials,
    /// How many API tokens are theirs.
    tokens: i64,
    errors: Errors,
}

impl AccountPage {
    fn tokens_counted(&self) -> String {
        counted(self.tokens, "API token", "API tokens")
    }

    fn has_password(&self) -> bool {
        !self.known.password.is_empty()
    }

    fn length_hint(&self) -> String {
        format!(
            "At least {LEAST} characters; several words are easy to remember and hard to guess."
        )
    }
}

async fn page(web: &Web, desk: Desk, errors: Errors) -> Result<Html<String>, Failure> {
    let known = credentials::of_user(&web.cx, desk.user.id).await?;
    let tokens = users::tokens(&web.cx, Some(desk.user.id)).await?.len();
    show(&AccountPage {
        tokens: i64::try_from(tokens).unwrap_or(i64::MAX),
        known: known.ok_or(Failure::Unauthorized)?,
        desk,
        errors,
    })
}

async fn index(State(web): State<Web>, desk: Desk) -> Result<Html<String>, Failure> {
    page(&web, desk, Errors::default()).await
}

/// Says that it was done, or what is wrong beside its field.
async fn done(
    web: &Web,
    desk: Desk,
    outcome: Result<(), CredentialError>,
    action: &str,
    flash: Flash,
) -> Result<Response, Failure> {
    let field = match &outcome {
        Ok(()) => {
            desk.note(web, action, desk.user.email.as_str()).await?;
            return Ok(go(web, HOME, &flash));
        }
        Err(CredentialError::Wrong) => "present",
        Err(CredentialError::Code) => "code",
        Err(_) => "new",
    };
    match outcome {
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(CredentialError::Hash) => Err(Failure::Internal),
        Err(error) => {
            let mut errors = Errors::default();
            errors.add(field, error);
            let html = page(web, desk, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Ok(()) => Err(Failure::Internal),
    }
}

async fn set_password(
    State(web): State<Web>,
    desk: Desk,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let known = credentials::of_user(&web.cx, desk.user.id).await?;
    // Who has a password shows it in this very form.
    if known.is_some_and(|known| known.password.is_empty())
        && let Some(page) = proof::unless_fresh(&web, &desk, &jar, &form, HOME).await?
    {
        return Ok(page);
    }
    may_try(&web, &desk)?;
    let session: Secret = session::secret(&web, &jar).ok_or(Failure::Unauthorized)?;
    let tokens = match form.has("keep_tokens") {
        true => Tokens::Keep,
        false => Tokens::Revoke,
    };
    let set = credentials::set_password(
        &web.cx,
        desk.user.id,
        &desk.user.email,
        form.text("present"),
        form.text("new"),
        &session,
        tokens,
    );
    let outcome = set.await;
    let flash = Flash::good("Password set").with(match tokens {
        Tokens::Revoke => "Your other sessions and your API tokens have ended.",
        Tokens::Keep => "Your other sessions have ended; your API tokens keep working.",
    });
    done(&web, desk, outcome, "account.password", flash).await
}

async fn drop_password(
    State(web): State<Web>,
    desk: Desk,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    may_try(&web, &desk)?;
    let (user, email) = (desk.user.id, &desk.user.email);
    let outcome = credentials::drop_password(&web.cx, user, email, form.text("present")).await;
    let flash = Flash::good("Password removed").with("You now sign in with a link sent by email.");
    done(&web, desk, outcome, "account.password_dropped", flash).await
}

#[derive(Template)]
#[template(path = "admin/second_step.html")]
struct EnrolPage {
    desk: Desk,
    secret: String,
    /// An SVG.
    code: String,
    errors: Errors,
}

impl EnrolPage {
    fn new(desk: Desk, secret: Option<&str>, errors: Errors) -> Result<Self, Failure> {
        let enrolment = credentials::enrol(&desk.user.email, &desk.brand.name, secret);
        let enrolment = enrolment.ok_or_else(|| {
            Failure::BadRequest("the secret cannot be read; start again".to_owned())
        })?;
        let code = QrCode::new(&enrolment.url).map_err(|_| Failure::Internal)?;
        let drawing = code.render::<svg::Color>().min_dimensions(220, 220).build();
        let start = drawing.find("<svg").unwrap_or(0);
        Ok(Self {
            secret: enrolment.secret,
            code: drawing[start..].replacen("<svg", "<svg role=\"img\" aria-label=\"QR code\"", 1),
            desk,
            errors,
        })
    }

    /// The secret in groups that can be typed.
    fn groups(&self) -> String {
        let letters: Vec<char> = self.secret.chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|four| four.iter().collect())
            .collect();
        groups.join(" ")
    }
}

async fn enrol(desk: Desk) -> Result<Html<String>, Failure> {
    show(&EnrolPage::new(desk, None, Errors::default())?)
}

#[derive(Template)]
#[template(path = "admin/recovery_codes.html")]
struct CodesPage {
    desk: Desk,
    codes: Vec<String>,
}

async fn confirm(
    State(web): State<Web>,
    desk: Desk,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    if let Some(page) = proof::unless_fresh(&web, &desk, &jar, &form, SECOND_STEP).await? {
        return Ok(page);
    }
    may_try(&web, &desk)?;
    // Whoever has found an open browser must not put their own app in its place.
    let known = credentials::of_user(&web.cx, desk.user.id).await?;
    if known.is_some_and(|known| known.totp_secret.is_some()) {
        return Err(Failure::Conflict(
            "turn off two-factor sign-in first, with one of its codes".to_owned(),
        ));
    }
    let secret = form.text("secret");
    let (user, email) = (desk.user.id, &desk.user.email);
    let set = credentials::confirm_enrolment(&web.cx, user, email, secret, form.text("code"));
    match set.await {
        Ok(codes) => {
            desk.note(&web, "account.second_step", desk.user.email.as_str())
                .await?;
            Ok(show(&CodesPage { desk, codes })?.into_response())
        }
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(error) => {
            let mut errors = Errors::default();
            errors.add("code", error);
            let html = show(&EnrolPage::new(desk, Some(secret), errors)?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn drop_second_step(
    State(web): State<Web>,
    desk: Desk,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    may_try(&web, &desk)?;
    let (user, email) = (desk.user.id, &desk.user.email);
    let outcome = credentials::drop_second_step(&web.cx, user, email, form.text("code")).await;
    let flash = Flash::warn("Two-factor sign-in is off");
    done(&web, desk, outcome, "account.second_step_dropped", flash).await
}
