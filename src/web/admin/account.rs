//! The user's own account: language, password, passkeys, two-factor sign-in.

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

use crate::account::credentials::{self, CredentialError};
use crate::account::password::{MIN_LENGTH, PasswordError};
use crate::account::{Secret, Tokens, api_tokens, passkeys, provider, second_factor, users};
use crate::content::text_overrides;
use crate::store::credentials::Credentials;
use crate::store::identities::Identity;
use crate::store::passkeys::StoredPasskey;
use crate::text::locale::Language;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication::{self, may_try};
use crate::web::admin::session;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/account", get(index))
        .route("/account/language", post(set_language))
        .route("/account/shortcuts", post(set_shortcuts))
        .route("/account/password", post(set_password))
        .route("/account/password/drop", post(drop_password))
        .route("/account/two-factor", get(enrol).post(confirm))
        .route("/account/two-factor/drop", post(drop_second_step))
}

const HOME: &str = "/admin/account";
const SECOND_STEP: &str = "/admin/account/two-factor";

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    viewer: Viewer,
    known: Credentials,
    passkeys: Vec<StoredPasskey>,
    /// Whether there can be passkeys.
    can_have_passkeys: bool,
    /// Number of the user's API tokens.
    tokens: i64,
    /// How the provider is called; empty where there is none.
    provider: String,
    /// The account there that the user has linked.
    identity: Option<Identity>,
    errors: FormErrors,
}

impl AccountPage {
    fn has_password(&self) -> bool {
        !self.known.password.is_empty()
    }

    /// When a passkey was last used.
    fn used(&self, passkey: &StoredPasskey) -> String {
        match passkey.used_at {
            Some(at) => {
                let used = self.viewer.say("admin-passkey-used");
                used.text("at", self.viewer.when(&at)).into()
            }
            None => self.viewer.t("admin-passkey-never-used"),
        }
    }

    /// The languages to choose from.
    fn languages(&self) -> Vec<Language> {
        self.viewer.phrases().admin_languages().iter().collect()
    }

    fn length_hint(&self) -> String {
        let hint = self.viewer.say("admin-account-length-hint");
        hint.number("count", MIN_LENGTH).to_string()
    }
}

async fn page(web: &Web, viewer: Viewer, errors: FormErrors) -> Result<Html<String>, HttpError> {
    let known = credentials::of_user(&web.cx, viewer.user.id).await?;
    let tokens = api_tokens::tokens(&web.cx, Some(viewer.user.id))
        .await?
        .len();
    render_page(&AccountPage {
        provider: web.cx.config().provider_name().unwrap_or_default(),
        identity: provider::linked(&web.cx, viewer.user.id).await?,
        tokens: i64::try_from(tokens).unwrap_or(i64::MAX),
        known: known.ok_or(HttpError::Unauthorized)?,
        passkeys: passkeys::of_user(&web.cx, viewer.user.id).await?,
        can_have_passkeys: passkeys::are_possible(&web.cx),
        viewer,
        errors,
    })
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    page(&web, viewer, FormErrors::default()).await
}

/// Sets the language of the user's pages; an empty one follows their browser.
async fn set_language(
    State(web): State<Web>,
    viewer: Viewer,
    browser: Wording,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let chosen = match form.trimmed("language") {
        "" => Ok(None),
        tag => viewer.phrases().admin_languages().find(tag).map(Some),
    };
    let Some(language) = errors.take("language", chosen) else {
        let html = page(&web, viewer, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    users::set_language(&web.cx, viewer.user.id, language).await?;
    let wording = match language {
        Some(language) => {
            let own = text_overrides::read_with_admin(&web.cx).await?;
            Wording::new(&web, language, own)
        }
        None => browser,
    };
    let flash = Flash::good(wording.t("admin-saved"));
    Ok(redirect(&web, HOME, &flash))
}

/// Turns shortcuts of single keys on or off.
async fn set_shortcuts(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let are_on = Form::parse(&body)?.has("key_shortcuts");
    users::set_key_shortcuts(&web.cx, viewer.user.id, are_on).await?;
    Ok(redirect(&web, HOME, &Flash::good(viewer.t("admin-saved"))))
}

/// Reports success, or the error beside its field.
async fn done(
    web: &Web,
    viewer: Viewer,
    outcome: Result<(), CredentialError>,
    flash: Flash,
) -> Result<Response, HttpError> {
    let field = match &outcome {
        Ok(()) => {
            return Ok(redirect(web, HOME, &flash));
        }
        Err(CredentialError::Wrong) => "present",
        Err(CredentialError::Code) => "code",
        Err(_) => "new",
    };
    match outcome {
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(CredentialError::Password(PasswordError::Hash)) => Err(HttpError::Internal),
        Err(error) => {
            let mut errors = FormErrors::default();
            errors.add(field, error);
            let html = page(web, viewer, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Ok(()) => Err(HttpError::Internal),
    }
}

async fn set_password(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let known = credentials::of_user(&web.cx, viewer.user.id).await?;
    // A user with a password gives it in this form.
    if known.is_some_and(|known| known.password.is_empty())
        && let Some(page) =
            reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(page);
    }
    may_try(&web, &viewer)?;
    let session: Secret = session::secret(&web, &jar).ok_or(HttpError::Unauthorized)?;
    let tokens = if form.has("keep_tokens") {
        Tokens::Keep
    } else {
        Tokens::Revoke
    };
    let set = credentials::set_password(
        &web.cx,
        viewer.user.id,
        &viewer.user.email,
        form.text("present"),
        form.text("new"),
        &session,
        tokens,
    );
    let outcome = set.await;
    let flash = Flash::good(viewer.t("admin-account-password-set")).with(match tokens {
        Tokens::Revoke => viewer.t("admin-account-tokens-ended"),
        Tokens::Keep => viewer.t("admin-account-tokens-kept"),
    });
    done(&web, viewer, outcome, flash).await
}

async fn drop_password(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    may_try(&web, &viewer)?;
    let (user, email) = (viewer.user.id, &viewer.user.email);
    let outcome = credentials::drop_password(&web.cx, user, email, form.text("present")).await;
    let flash = Flash::good(viewer.t("admin-account-password-removed"))
        .with(viewer.t("admin-account-password-removed-next"));
    done(&web, viewer, outcome, flash).await
}

#[derive(Template)]
#[template(path = "admin/two_factor.html")]
struct EnrolPage {
    viewer: Viewer,
    secret: String,
    /// An SVG.
    code: String,
    errors: FormErrors,
}

impl EnrolPage {
    fn new(viewer: Viewer, secret: Option<&str>, errors: FormErrors) -> Result<Self, HttpError> {
        let enrolment = second_factor::enrol(&viewer.user.email, &viewer.brand.name, secret);
        let enrolment = enrolment.ok_or_else(|| {
            HttpError::BadRequest("the secret cannot be read; start again".to_owned())
        })?;
        let code = QrCode::new(&enrolment.url).map_err(|_| HttpError::Internal)?;
        let drawing = code.render::<svg::Color>().min_dimensions(220, 220).build();
        let start = drawing.find("<svg").unwrap_or(0);
        let label = viewer.t("admin-account-qr-code");
        let named = format!("<svg role=\"img\" aria-label=\"{label}\"");
        Ok(Self {
            secret: enrolment.secret,
            code: drawing[start..].replacen("<svg", &named, 1),
            viewer,
            errors,
        })
    }

    /// The secret in groups of four, to type.
    fn groups(&self) -> String {
        let letters: Vec<char> = self.secret.chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|four| four.iter().collect())
            .collect();
        groups.join(" ")
    }
}

async fn enrol(viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&EnrolPage::new(viewer, None, FormErrors::default())?)
}

#[derive(Template)]
#[template(path = "admin/recovery_codes.html")]
struct CodesPage {
    viewer: Viewer,
    codes: Vec<String>,
}

async fn confirm(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(page) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, SECOND_STEP).await?
    {
        return Ok(page);
    }
    may_try(&web, &viewer)?;
    // Somebody at an unlocked computer must not replace the authenticator app.
    let known = credentials::of_user(&web.cx, viewer.user.id).await?;
    if known.is_some_and(|known| known.totp_secret.is_some()) {
        return Err(HttpError::Conflict(
            "turn off two-factor sign-in first, with one of its codes".to_owned(),
        ));
    }
    let secret = form.text("secret");
    let (user, email) = (viewer.user.id, &viewer.user.email);
    let set = credentials::confirm_enrolment(&web.cx, user, email, secret, form.text("code"));
    match set.await {
        Ok(codes) => Ok(render_page(&CodesPage { viewer, codes })?.into_response()),
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(error) => {
            let mut errors = FormErrors::default();
            errors.add("code", error);
            let html = render_page(&EnrolPage::new(viewer, Some(secret), errors)?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn drop_second_step(
    State(web): State<Web>,
    viewer: Viewer,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    may_try(&web, &viewer)?;
    let (user, email) = (viewer.user.id, &viewer.user.email);
    let outcome = credentials::drop_second_step(&web.cx, user, email, form.text("code")).await;
    let flash = Flash::warn(viewer.t("admin-account-two-factor-is-off"));
    done(&web, viewer, outcome, flash).await
}
