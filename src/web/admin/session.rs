//! Signing in by a one-time link or a password, with a second step where its
//! owner has set one up, and signing out.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::frame::sentence;
use crate::account::credentials::{self, CredentialError};
use crate::account::{self, MAILED_LINK_LIFETIME, Next, Secret, users};
use crate::address::EmailAddress;
use crate::content::site;
use crate::text::locale::Language;
use crate::web::failure::page;
use crate::web::form::Form;
use crate::web::{Failure, Visitor, Web, visitor};

/// Where the page wanted is kept while its reader fetches the link.
const WANTED: &str = "jarshy_wanted";
const HOME: &str = "/admin";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(form).post(ask))
        .route("/sign-in/code", post(second_step))
        .route("/sign-in/{secret}", get(offer).post(sign_in))
        .route("/sign-out", post(sign_out))
}

/// The session cookie's name. Browsers take `__Host-` only over https, and then
/// only from this very host and for all of it.
fn name(web: &Web) -> &'static str {
    let has_host_to_itself = web.cx.config.public_path().is_empty();
    match (web.cx.config.is_https(), has_host_to_itself) {
        (true, true) => "__Host-jarshy",
        (true, false) => "__Secure-jarshy",
        (false, _) => "jarshy_session",
    }
}

fn cookie(web: &Web, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .secure(web.cx.config.is_https())
        .same_site(SameSite::Lax)
        .build()
}

/// The session's secret that a request carries.
pub fn secret(web: &Web, jar: &CookieJar) -> Option<Secret> {
    Some(Secret::given(jar.get(name(web))?.value()))
}

/// The path as the browser asked for it.
pub fn original_path(parts: &Parts) -> String {
    parts
        .extensions
        .get::<OriginalUri>()
        .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.path().to_owned())
}

/// Leads to the sign-in page, and from there back to the page wanted.
pub fn invite(parts: &Parts) -> Response {
    let wanted = match (&parts.method, parts.extensions.get::<OriginalUri>()) {
        (&Method::GET, Some(uri)) => uri.path_and_query().map(ToString::to_string),
        _ => None,
    };
    let target = match wanted.as_deref().filter(|wanted| *wanted != HOME) {
        Some(wanted) => {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", wanted)
                .finish();
            format!("/admin/sign-in?{query}")
        }
        None => "/admin/sign-in".to_owned(),
    };
    Redirect::to(&target).into_response()
}

/// A path of the desk; whatever else a link names, nobody is sent there.
fn of_desk(path: &str) -> &str {
    let is_of_desk = path
        .strip_prefix(HOME)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let is_plain = path.chars().all(|c| !c.is_control() && c != '\\');
    match is_of_desk && is_plain && !path.starts_with("/admin/sign-") {
        true => path,
        false => HOME,
    }
}

/// What the sign-in pages show.
enum Stage {
    /// The form that asks for an address and perhaps a password.
    Form { email: String, error: &'static str },
    /// The form that asks for a code.
    Code { ticket: String, error: String },
    /// Check your inbox.
    Sent { minutes: u64 },
    /// The button that uses the link up.
    Offer { secret: String },
    /// The link does not work any more.
    Used,
}

#[derive(Template)]
#[template(path = "admin/sign_in.html")]
struct SignInPage {
    site: String,
    stage: Stage,
    next: String,
    has_mailbox: bool,
}

async fn render(web: &Web, stage: Stage, next: &str) -> Result<Html<String>, Failure> {
    let site = site::look(&web.cx).await?;
    page(&SignInPage {
        site: site.name(Language::En).to_owned(),
        stage,
        next: next.to_owned(),
        has_mailbox: web.mailbox.is_some(),
    })
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

async fn form(State(web): State<Web>, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    let stage = Stage::Form {
        email: String::new(),
        error: "",
    };
    Ok(render(&web, stage, of_desk(&wanted.next))
        .await?
        .into_response())
}

async fn ask(
    State(web): State<Web>,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let next = of_desk(form.text("next"));
    let email = match EmailAddress::parse(form.trimmed("email")) {
        Ok(email) => email,
        Err(_) => {
            let stage = Stage::Form {
                email: form.text("email").to_owned(),
                error: "Enter your address, such as name@example.org.",
            };
            let html = render(&web, stage, next).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let network = visitor::network(visitor.address);
    if !form.text("password").is_empty() && form.text("by") != "link" {
        return by_password(&web, &visitor, jar, &email, &form).await;
    }
    if web.gate.lets_sign_in(&network, &email.lookup_key()) {
        // Beside the answer, which must take the same time whether or not the
        // address is a user's.
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
    let html = render(&web, stage, next).await?;
    let jar = jar.add(cookie(&web, WANTED, next.to_owned()));
    Ok((jar, html).into_response())
}

async fn by_password(
    web: &Web,
    visitor: &Visitor,
    jar: CookieJar,
    email: &EmailAddress,
    form: &Form,
) -> Result<Response, Failure> {
    let next = of_desk(form.text("next"));
    let network = visitor::network(visitor.address);
    if !web.gate.lets_try(&network, &email.lookup_key()) {
        tracing::warn!(network, "passwords are tried over their limit");
        return Err(Failure::TooMany);
    }
    match credentials::sign_in(&web.cx, email, form.text("password")).await? {
        Some(found) => {
            let jar = jar.add(cookie(web, WANTED, next.to_owned()));
            go_on(web, visitor, jar, found).await
        }
        None => {
            // Beside the answer, which takes the same time for every address.
            let (cx, email_tried, network) = (web.cx.clone(), email.clone(), network.clone());
            tokio::spawn(async move {
                account::note_failed_sign_in(&cx, &email_tried, &network, "password").await;
            });
            let stage = Stage::Form {
                email: email.to_string(),
                error: "Address and password do not fit. A link by mail works always.",
            };
            let html = render(web, stage, next).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Into the desk, or on to the second step.
async fn go_on(
    web: &Web,
    visitor: &Visitor,
    jar: CookieJar,
    next: Next,
) -> Result<Response, Failure> {
    match next {
        Next::In(session) => enter(web, visitor, jar, &session).await,
        Next::SecondStep(ticket) => {
            let stage = Stage::Code {
                ticket,
                error: String::new(),
            };
            Ok((jar, render(web, stage, HOME).await?).into_response())
        }
    }
}

async fn second_step(
    State(web): State<Web>,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let ticket = form.text("ticket");
    let Some(user) = credentials::user_of_ticket(&web.cx, ticket) else {
        return gone(&web).await;
    };
    let network = visitor::network(visitor.address);
    if !web
        .gate
        .lets_try(&network, &format!("second step of {user}"))
    {
        tracing::warn!(network, "codes are tried over their limit");
        return Err(Failure::TooMany);
    }
    match credentials::take_second_step(&web.cx, user, form.text("code")).await {
        Ok(session) => enter(&web, &visitor, jar, &session).await,
        Err(CredentialError::Store(error)) => Err(error.into()),
        Err(error) => {
            if let Some(email) = users::email_of(&web.cx, user).await? {
                account::note_failed_sign_in(&web.cx, &email, &network, "second step").await;
            }
            let stage = Stage::Code {
                ticket: ticket.to_owned(),
                error: sentence(&error.to_string()),
            };
            let html = render(&web, stage, HOME).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn offer(State(web): State<Web>, Path(secret): Path<String>) -> Result<Response, Failure> {
    match account::sign_in_link_is_good(&web.cx, &Secret::given(&secret)).await? {
        true => {
            let html = render(&web, Stage::Offer { secret }, HOME).await?;
            Ok(html.into_response())
        }
        false => gone(&web).await,
    }
}

async fn gone(web: &Web) -> Result<Response, Failure> {
    let html = render(web, Stage::Used, HOME).await?;
    Ok((StatusCode::GONE, html).into_response())
}

async fn sign_in(
    State(web): State<Web>,
    visitor: Visitor,
    jar: CookieJar,
    Path(link): Path<String>,
) -> Result<Response, Failure> {
    match account::sign_in(&web.cx, &Secret::given(&link)).await? {
        Some(next) => go_on(&web, &visitor, jar, next).await,
        None => gone(&web).await,
    }
}

/// Begins a session in this browser.
async fn enter(
    web: &Web,
    visitor: &Visitor,
    jar: CookieJar,
    session: &Secret,
) -> Result<Response, Failure> {
    let network = visitor::network(visitor.address);
    users::describe(&web.cx, session, &network, &visitor.user_agent).await?;
    if let Some(user) = account::user_of_session(&web.cx, session).await? {
        let subject = format!("from {network}");
        account::audit(&web.cx, user.email.as_str(), "sign_in", &subject).await?;
    }
    // Whoever was signed in here before is not any more.
    if let Some(before) = secret(web, &jar) {
        account::sign_out(&web.cx, &before).await?;
    }
    let next = jar
        .get(WANTED)
        .map(|wanted| of_desk(wanted.value()).to_owned());
    let jar = jar
        .add(cookie(web, name(web), session.reveal().to_owned()))
        .remove(Cookie::build(WANTED).path("/").build());
    let target = next.unwrap_or_else(|| HOME.to_owned());
    Ok((jar, Redirect::to(&target)).into_response())
}

async fn sign_out(State(web): State<Web>, jar: CookieJar) -> Result<Response, Failure> {
    if let Some(session) = secret(&web, &jar) {
        account::sign_out(&web.cx, &session).await?;
    }
    // The attributes must be those it was set with: browsers ignore a
    // `__Host-` cookie that is not secure, even one that ends it.
    let jar = jar.remove(cookie(&web, name(&web), String::new()));
    Ok((jar, Redirect::to("/admin/sign-in")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for good in ["/admin", "/admin/posts/7?language=ru", "/admin?x=1"] {
            assert_eq!(of_desk(good), good);
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
            assert_eq!(of_desk(bad), HOME, "{bad}");
        }
    }
}
