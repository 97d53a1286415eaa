//! Sign-in by a one-time link or a password, with two-factor sign-in if set
//! up, and sign-out.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use serde::Deserialize;

use crate::account::credentials::{self, CredentialError};
use crate::account::passkeys;
use crate::account::session::Browser;
use crate::account::{self, MAILED_LINK_LIFETIME, Next, Secret, invitation, users};
use crate::address::EmailAddress;
use crate::content::site;
use crate::net;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::session;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// The cookie that keeps the page asked for until the user is signed in.
pub(super) const RETURN_TO: &str = "jarshy_return_to";
pub(super) const PATH: &str = "/admin/sign-in";
const HOME: &str = "/admin";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(form).post(ask))
        .route("/sign-in/code", post(second_step))
        .route("/sign-in/{secret}", get(offer).post(sign_in))
        .route("/sign-out", post(sign_out))
}

/// The path if it is an admin page, otherwise the dashboard: no open
/// redirects.
pub(super) fn admin_path(path: &str) -> &str {
    let is_admin_page = path
        .strip_prefix(HOME)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let is_plain = path.chars().all(|c| !c.is_control() && c != '\\');
    if is_admin_page && is_plain && !path.starts_with("/admin/sign-") {
        path
    } else {
        HOME
    }
}

/// The steps of the sign-in.
enum Stage {
    /// Address and optional password.
    Form { email: String, error: String },
    /// The second factor.
    Code { ticket: String, error: String },
    /// "Check your inbox".
    Sent { minutes: u64 },
    /// The button that uses the link, so that mail scanners do not.
    Offer { secret: String },
    /// The link was used or has expired.
    Used,
    /// The link is that of an invitation that has expired.
    InvitationExpired { inviter: String, at: String },
}

#[derive(Template)]
#[template(path = "admin/sign_in.html")]
struct SignInPage {
    /// In the language of the browser.
    viewer: Wording,
    site: String,
    stage: Stage,
    next: String,
    has_mailbox: bool,
    /// Whether one can sign in by a passkey.
    has_passkeys: bool,
    /// How the provider is called; empty where there is none.
    provider: String,
    /// Whether only owners sign in by password or link.
    is_for_owners: bool,
}

impl SignInPage {
    /// What was wrong with the form, for the summary.
    fn errors(&self) -> FormErrors {
        match &self.stage {
            Stage::Form { error, .. } => FormErrors::one("email", error),
            Stage::Code { error, .. } => FormErrors::one("code", error),
            _ => FormErrors::default(),
        }
    }
}

async fn render(
    web: &Web,
    wording: Wording,
    stage: Stage,
    next: &str,
) -> Result<Html<String>, HttpError> {
    let site = site::load(&web.cx).await?;
    let config = web.cx.config();
    render_page(&SignInPage {
        provider: config.provider_name().unwrap_or_default(),
        is_for_owners: config.has_provider() && !config.local_sign_in,
        site: site.name(wording.language()).to_owned(),
        viewer: wording,
        stage,
        next: next.to_owned(),
        has_mailbox: web.mailbox.is_some(),
        has_passkeys: passkeys::are_possible(&web.cx),
    })
}

#[derive(Deserialize)]
struct SignInQuery {
    #[serde(default)]
    next: String,
}

async fn form(
    State(web): State<Web>,
    wording: Wording,
    Query(query): Query<SignInQuery>,
) -> Result<Response, HttpError> {
    let stage = Stage::Form {
        email: String::new(),
        error: String::new(),
    };
    let html = render(&web, wording, stage, admin_path(&query.next)).await?;
    Ok(html.into_response())
}

async fn ask(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let next = admin_path(form.text("next"));
    let email = match EmailAddress::parse(form.trimmed("email")) {
        Ok(email) => email,
        Err(_) => {
            let stage = Stage::Form {
                email: form.text("email").to_owned(),
                error: wording.t("admin-sign-in-address-missing"),
            };
            let html = render(&web, wording, stage, next).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let network = net::network(visitor.address);
    if !form.text("password").is_empty() && form.text("by") != "link" {
        return by_password(&web, wording, &visitor, jar, &email, &form).await;
    }
    if web.limits.check_sign_in(&network, &email.lookup_key()) {
        // In the background: the response must take the same time whether or
        // not the address is a user's.
        let cx = web.cx.clone();
        tokio::spawn(async move {
            if let Err(error) = account::mail_sign_in_link(&cx, &email).await {
                tracing::error!(%error, "a sign-in link could not be made");
            }
        });
    } else {
        tracing::warn!(network, "sign-in links are over their limit");
    }
    let stage = Stage::Sent {
        minutes: MAILED_LINK_LIFETIME.as_secs() / 60,
    };
    let html = render(&web, wording, stage, next).await?;
    let jar = jar.add(session::cookie(&web, RETURN_TO, next.to_owned()));
    Ok((jar, html).into_response())
}

async fn by_password(
    web: &Web,
    wording: Wording,
    visitor: &Visitor,
    jar: CookieJar,
    email: &EmailAddress,
    form: &Form,
) -> Result<Response, HttpError> {
    let next = admin_path(form.text("next"));
    let network = net::network(visitor.address);
    if !web.limits.check_guess(&network, &email.lookup_key()) {
        tracing::warn!(network, "passwords are tried over their limit");
        return Err(HttpError::TooMany);
    }
    let browser = browser(web, visitor, &jar);
    match credentials::sign_in(&web.cx, email, form.text("password"), &browser).await? {
        Some(found) => {
            let jar = jar.add(session::cookie(web, RETURN_TO, next.to_owned()));
            go_on(web, wording, jar, found).await
        }
        None => {
            // In the background: the response takes the same time for every
            // address.
            let (cx, email_tried, network) = (web.cx.clone(), email.clone(), network.clone());
            tokio::spawn(async move {
                account::note_failed_sign_in(&cx, &email_tried, &network, "password").await;
            });
            let stage = Stage::Form {
                email: email.to_string(),
                error: wording.t("admin-sign-in-wrong"),
            };
            let html = render(web, wording, stage, next).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// To the dashboard, or on to the second factor.
pub(super) async fn go_on(
    web: &Web,
    wording: Wording,
    jar: CookieJar,
    next: Next,
) -> Result<Response, HttpError> {
    match next {
        Next::SignedIn(session) => Ok(enter(web, jar, &session)),
        Next::SecondStep(ticket) => {
            let stage = Stage::Code {
                ticket,
                error: String::new(),
            };
            Ok((jar, render(web, wording, stage, HOME).await?).into_response())
        }
        Next::ByProvider => {
            let name = web.cx.config().provider_name().unwrap_or_default();
            let stage = Stage::Form {
                email: String::new(),
                error: wording.say("admin-provider-only").text("name", name).into(),
            };
            let html = render(web, wording, stage, HOME).await?;
            Ok((StatusCode::FORBIDDEN, jar, html).into_response())
        }
    }
}

async fn second_step(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let ticket = form.text("ticket");
    let Some(user) = credentials::user_of_ticket(&web.cx, ticket) else {
        return gone(&web, wording).await;
    };
    let network = net::network(visitor.address);
    if !web
        .limits
        .check_guess(&network, &format!("second step of {user}"))
    {
        tracing::warn!(network, "codes are tried over their limit");
        return Err(HttpError::TooMany);
    }
    let browser = browser(&web, &visitor, &jar);
    match credentials::take_second_step(&web.cx, user, form.text("code"), &browser).await {
        Ok(session) => Ok(enter(&web, jar, &session)),
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(error) => {
            if let Some(email) = users::email_of(&web.cx, user).await? {
                account::note_failed_sign_in(&web.cx, &email, &network, "second step").await;
            }
            let stage = Stage::Code {
                ticket: ticket.to_owned(),
                error: wording.explain(error),
            };
            let html = render(&web, wording, stage, HOME).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn offer(
    State(web): State<Web>,
    wording: Wording,
    Path(secret): Path<String>,
) -> Result<Response, HttpError> {
    if account::sign_in_link_is_good(&web.cx, &Secret::given(&secret)).await? {
        let html = render(&web, wording, Stage::Offer { secret }, HOME).await?;
        Ok(html.into_response())
    } else {
        useless(&web, wording, &Secret::given(&secret)).await
    }
}

/// Why a link does not work, and how to get a new one.
async fn useless(web: &Web, wording: Wording, link: &Secret) -> Result<Response, HttpError> {
    let Some(expired) = invitation::expired(&web.cx, link).await? else {
        return gone(web, wording).await;
    };
    let stage = Stage::InvitationExpired {
        inviter: expired.invited_by,
        at: wording.when(&expired.expires_at),
    };
    let html = render(web, wording, stage, HOME).await?;
    Ok((StatusCode::GONE, html).into_response())
}

async fn gone(web: &Web, wording: Wording) -> Result<Response, HttpError> {
    let html = render(web, wording, Stage::Used, HOME).await?;
    Ok((StatusCode::GONE, html).into_response())
}

async fn sign_in(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    Path(link): Path<String>,
) -> Result<Response, HttpError> {
    let browser = browser(&web, &visitor, &jar);
    let link = Secret::given(&link);
    match account::sign_in(&web.cx, &link, &browser).await? {
        Some(next) => go_on(&web, wording, jar, next).await,
        None => useless(&web, wording, &link).await,
    }
}

pub(super) fn browser(web: &Web, visitor: &Visitor, jar: &CookieJar) -> Browser {
    Browser {
        network: net::network(visitor.address),
        user_agent: visitor.user_agent.clone(),
        session: session::secret(web, jar),
    }
}

/// The cookie of the page that was asked for, where that is one of ours.
pub(super) fn return_to(web: &Web, next: &str) -> Cookie<'static> {
    session::cookie(web, RETURN_TO, admin_path(next).to_owned())
}

/// The form once more, with why nobody is signed in.
pub(super) async fn again(
    web: &Web,
    wording: Wording,
    error: String,
    next: &str,
) -> Result<Html<String>, HttpError> {
    let stage = Stage::Form {
        email: String::new(),
        error,
    };
    render(web, wording, stage, admin_path(next)).await
}

/// Gives the browser the cookie of its new session.
pub(super) fn enter(web: &Web, jar: CookieJar, session: &Secret) -> Response {
    let next = jar
        .get(RETURN_TO)
        .map(|query| admin_path(query.value()).to_owned());
    let jar = jar
        .add(session::cookie(
            web,
            session::cookie_name(web),
            session.reveal().to_owned(),
        ))
        .remove(Cookie::build(RETURN_TO).path("/").build());
    let target = next.unwrap_or_else(|| HOME.to_owned());
    (jar, Redirect::to(&target)).into_response()
}

async fn sign_out(State(web): State<Web>, jar: CookieJar) -> Result<Response, HttpError> {
    if let Some(session) = session::secret(&web, &jar) {
        account::sign_out(&web.cx, &session).await?;
    }
    // The attributes must be those it was set with: browsers ignore a
    // `__Host-` cookie that is not secure, even one that expires it.
    let jar = jar.remove(session::cookie(
        &web,
        session::cookie_name(&web),
        String::new(),
    ));
    Ok((jar, Redirect::to(PATH)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for good in ["/admin", "/admin/posts/7?language=ru", "/admin?x=1"] {
            assert_eq!(admin_path(good), good);
        }
        for bad in [
            "",
            "//evil.kz",
            "https://evil.kz",
            "/adminevil",
            "/admin\\evil",
            "/admin/\r\nSet-Cookie: a=b",
            "/posts",
            "/admin/sign-in",
        ] {
            assert_eq!(admin_path(bad), HOME, "{bad}");
        }
    }
}
