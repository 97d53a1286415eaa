//! The pages that links in mail lead to. Each link carries a signed token; one
//! that we did not sign, or signed for another page, leads nowhere.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::map_response;
use axum::response::{Html, Redirect, Response};
use axum::routing::{get, post};

use super::frame::{Brand, Frame};
use super::{archive, confirm, my_data, never, pause, preferences, unsubscribe};
use crate::campaign::{clicks, lifecycle, preview};
use crate::model::{CampaignId, SubscriberId};
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::failure::page;
use crate::web::{Failure, Visitor, Web};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/confirm/{token}", get(confirm::show).post(confirm::submit))
        .route(
            "/unsubscribe/{token}",
            get(unsubscribe::show).post(unsubscribe::submit),
        )
        .route("/unsubscribe/{token}/rejoin", post(unsubscribe::rejoin))
        .route(
            "/preferences/{token}",
            get(preferences::show).post(preferences::save),
        )
        .route(
            "/preferences/{token}/leave",
            post(preferences::leave_everything),
        )
        .route(
            "/preferences/{token}/come-back",
            post(preferences::come_back),
        )
        .route("/preferences/{token}/pause", post(pause::begin))
        .route("/preferences/{token}/resume", post(pause::end))
        .route("/never/{token}", get(never::show).post(never::submit))
        .route("/l/{token}", get(follow))
        .route("/letter/{token}", get(letter))
        .route("/preferences/{token}/erase", post(my_data::erase))
        .route("/preferences/{token}/export", get(my_data::export))
        .route("/my-data/{token}", get(my_data::show).post(my_data::ask))
        .route("/my-data/{token}/erase", post(my_data::erase))
        .route("/my-data/{token}/export", get(my_data::export))
        .layer(map_response(keep_private))
}

/// What stands behind a token is for one person: not for caches, not for
/// search engines.
async fn keep_private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    response
}

/// What a link in mail stands for.
pub fn open(web: &Web, token: &str) -> Result<Token, Failure> {
    web.cx.keys.open(token).map_err(|_| Failure::NotFound)
}

/// A campaign that is not in the public archive, for those who were sent the
/// link; filled in for nobody in particular.
async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Token::Letter { campaign } = open(&web, &token)? else {
        return Err(Failure::NotFound);
    };
    let campaign = lifecycle::by_id(&web.cx, CampaignId(campaign)).await?;
    if campaign.started_at.is_none() {
        return Err(Failure::NotFound);
    }
    let filled = preview::of_campaign(&web.cx, &campaign, visitor.language).await?;
    Ok(archive::mail_alone(&filled.html))
}

/// Leads on from a link whose followers are counted. A look that fetches no
/// page is not counted.
async fn follow(
    State(web): State<Web>,
    method: Method,
    Path(token): Path<String>,
) -> Result<Redirect, Failure> {
    let Token::Link { campaign, number } = open(&web, &token)? else {
        return Err(Failure::NotFound);
    };
    let is_followed = method == Method::GET;
    let url = clicks::follow(&web.cx, CampaignId(campaign), number, is_followed).await?;
    Ok(Redirect::temporary(&url.ok_or(Failure::NotFound)?))
}

/// The address of a subscriber's preferences.
pub fn preferences_path(web: &Web, subscriber: SubscriberId) -> String {
    let token = Token::Preferences {
        subscriber: subscriber.0,
    };
    format!("/preferences/{}", web.cx.keys.sign(&token))
}

/// A page of one message.
#[derive(Template)]
#[template(path = "site/notice.html")]
struct NoticePage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    title: String,
    body: String,
    hint: String,
    /// Where the button leads, and what it says.
    action: (String, String),
}

/// A page that says `{name}-title` and `{name}-body`, with a button to `path`.
pub fn notice(
    frame: Frame,
    name: &str,
    hint: &str,
    path: &str,
    button: &str,
) -> Result<Html<String>, Failure> {
    let phrases = frame.phrases.clone();
    page(&NoticePage {
        title: phrases.say(&format!("{name}-title")),
        body: phrases.say(&format!("{name}-body")),
        hint: match hint {
            "" => String::new(),
            key => phrases.say(key),
        },
        action: (frame.visitor.link(path), phrases.say(button)),
        visitor: frame.visitor,
        phrases,
        brand: frame.brand,
    })
}

/// What a link in a test mail shows.
pub fn sample(frame: Frame) -> Result<Html<String>, Failure> {
    notice(frame, "sample", "", "/", "error-home")
}
