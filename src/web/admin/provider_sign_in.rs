//! Sign-in by the organisation's provider, and the link between an account there and a user.
//!
//! Forms may be sent to our own pages only, which browsers hold redirects to as well. So the
//! way to the provider is a page that leads on at once, with a link for those it does not.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;

use crate::account::Secret;
use crate::account::provider::{self, Arrival, Departing, ProviderError, Return};
use crate::content::site;
use crate::model::UserId;
use crate::net;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::reauthentication;
use crate::web::admin::session;
use crate::web::admin::sign_in::{self, RETURN_TO, admin_path, browser};
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// The cookie that binds a sign-in to the browser that began it.
const BEGUN_HERE: &str = "jarshy_provider";
const ACCOUNT: &str = "/admin/account";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/sign-in/provider", post(begin))
        .route("/sign-in/provider/callback", get(come_back))
        .route("/account/provider/link", post(link))
        .route("/account/provider/unlink", post(unlink))
}

enum Stage {
    /// On to the provider.
    Leave { name: String, url: String },
    /// Nobody is signed in.
    Failed { title: String, text: String },
}

#[derive(Template)]
#[template(path = "admin/provider_sign_in.html")]
struct ProviderPage {
    viewer: Wording,
    site: String,
    stage: Stage,
    /// Where to try again.
    back: &'static str,
}

async fn page(
    web: &Web,
    wording: Wording,
    stage: Stage,
    back: &'static str,
) -> Result<Html<String>, HttpError> {
    let site = site::load(&web.cx).await?;
    render_page(&ProviderPage {
        site: site.name(wording.language()).to_owned(),
        viewer: wording,
        stage,
        back,
    })
}

async fn begin(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let next = admin_path(form.text("next")).to_owned();
    leave(&web, wording, &visitor, jar, None, next).await
}

/// Links an account to the user, who has proved lately who they are.
async fn link(
    State(web): State<Web>,
    viewer: Viewer,
    visitor: Visitor,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, ACCOUNT).await?
    {
        return Ok(question);
    }
    let user = viewer.user.id;
    let next = ACCOUNT.to_owned();
    leave(&web, viewer.wording, &visitor, jar, Some(user), next).await
}

async fn leave(
    web: &Web,
    wording: Wording,
    visitor: &Visitor,
    jar: CookieJar,
    link_to: Option<UserId>,
    next: String,
) -> Result<Response, HttpError> {
    let network = net::network(visitor.address);
    if !web.limits.check_provider(&network) {
        tracing::warn!(network, "sign-ins by the provider are over their limit");
        return Err(HttpError::TooMany);
    }
    let back = if link_to.is_some() {
        ACCOUNT
    } else {
        sign_in::PATH
    };
    match provider::begin(&web.cx, link_to).await {
        Ok(Departing { url, browser }) => {
            let url = String::from(url);
            let onwards = [(HeaderName::from_static("refresh"), format!("0; url={url}"))];
            let stage = Stage::Leave {
                name: web.cx.config().provider_name().unwrap_or_default(),
                url,
            };
            let html = page(web, wording, stage, back).await?;
            let jar = jar
                .add(session::cookie(web, RETURN_TO, next))
                .add(session::cookie(
                    web,
                    BEGUN_HERE,
                    browser.reveal().to_owned(),
                ));
            Ok((jar, onwards, html).into_response())
        }
        Err(error) => failed(web, wording, jar, error, back).await,
    }
}

/// Where the provider sends people back to. This GET does change something: it takes what the
/// state in it, known to this browser only, is for, once.
async fn come_back(
    State(web): State<Web>,
    wording: Wording,
    visitor: Visitor,
    jar: CookieJar,
    Query(back): Query<Return>,
) -> Result<Response, HttpError> {
    let kept = jar.get(BEGUN_HERE);
    let kept = kept.map(|cookie| Secret::given(cookie.value()));
    let by = browser(&web, &visitor, &jar);
    let came = provider::finish(&web.cx, back, kept.as_ref(), &by).await;
    let jar = jar.remove(Cookie::build(BEGUN_HERE).path("/").build());
    match came {
        Ok(Arrival::SignedIn(next)) => sign_in::go_on(&web, wording, jar, next).await,
        Ok(Arrival::Linked) => {
            let jar = jar.remove(Cookie::build(RETURN_TO).path("/").build());
            let flash = Flash::good(wording.t("admin-provider-linked"));
            Ok((jar, redirect(&web, ACCOUNT, &flash)).into_response())
        }
        Err(error) => failed(&web, wording, jar, error, sign_in::PATH).await,
    }
}

async fn failed(
    web: &Web,
    wording: Wording,
    jar: CookieJar,
    error: ProviderError,
    back: &'static str,
) -> Result<Response, HttpError> {
    let status = match error {
        ProviderError::Store(error) => return Err(error.into()),
        ProviderError::NotConfigured => StatusCode::NOT_FOUND,
        ProviderError::Expired => StatusCode::GONE,
        ProviderError::Unavailable(_) | ProviderError::Invalid(_) => StatusCode::BAD_GATEWAY,
        ProviderError::Declined(_) | ProviderError::Refused(_) => StatusCode::FORBIDDEN,
    };
    let stage = Stage::Failed {
        title: wording.t("admin-provider-failed"),
        text: wording.word("admin-provider-error", error.word()),
    };
    let html = page(web, wording, stage, back).await?;
    Ok((status, jar, html).into_response())
}

async fn unlink(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, ACCOUNT).await?
    {
        return Ok(question);
    }
    if !provider::unlink(&web.cx, &viewer.user).await? {
        let why = "you could not sign in any more: sign-in by password and link is turned off";
        return Err(HttpError::Conflict(why.to_owned()));
    }
    let flash = Flash::good(viewer.t("admin-provider-unlinked"));
    Ok(redirect(&web, ACCOUNT, &flash))
}
