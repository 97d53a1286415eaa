//! The pages that links in mail lead to. Each link carries a signed token; one
//! that we did not sign, or signed for another page, is not found.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::campaign::ab_test::placing::Part;
use crate::campaign::{clicks, engagement, lifecycle, preview};
use crate::model::CampaignId;
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::public::links::open;
use crate::web::public::{
    archive, confirm, engagement as engagement_page, left, my_data, never_mail, pause, preferences,
    results, unsubscribe,
};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/confirm/{token}", get(confirm::show).post(confirm::submit))
        .route(
            "/unsubscribe/{token}",
            get(unsubscribe::show).post(unsubscribe::submit),
        )
        .route("/left/{token}", get(left::show).post(left::say_why))
        .route("/left/{token}/rejoin", post(left::rejoin))
        .route("/done/{token}", get(results::show_done))
        .route(
            "/preferences/{token}",
            get(preferences::show).post(preferences::save),
        )
        .route(
            "/preferences/{token}/leave",
            get(preferences::back).post(preferences::unsubscribe_from_all),
        )
        .route(
            "/preferences/{token}/come-back",
            get(preferences::back).post(preferences::allow_mail_again),
        )
        .route(
            "/preferences/{token}/pause",
            get(preferences::back).post(pause::begin),
        )
        .route(
            "/preferences/{token}/resume",
            get(preferences::back).post(pause::end),
        )
        .route(
            "/preferences/{token}/engagement",
            get(preferences::back).post(engagement_page::choose),
        )
        .route(
            "/preferences/{token}/saved/{note}",
            get(preferences::show_saved),
        )
        .route(
            "/never/{token}",
            get(never_mail::show).post(never_mail::submit),
        )
        .route("/l/{token}", get(follow))
        .route("/o/{token}", get(picture))
        .route("/letter/{token}", get(letter))
        .route(
            "/preferences/{token}/erase",
            get(my_data::ask_to_erase).post(my_data::erase),
        )
        .route("/preferences/{token}/export", get(my_data::export))
        .route("/preferences/{token}/address", get(my_data::show))
        .route("/my-data/{token}", get(my_data::show).post(my_data::ask))
        .route(
            "/my-data/{token}/address",
            get(my_data::show).post(my_data::change_address),
        )
        .route(
            "/my-data/{token}/erase",
            get(my_data::ask_to_erase).post(my_data::erase),
        )
        .route(results::MY_DATA_SENT, get(results::my_data_sent))
        .route(results::NEW_ADDRESS_SENT, get(results::new_address_sent))
        .route(results::OLD_LINK_SENT, get(results::old_link_sent))
        .route("/my-data/{token}/export", get(my_data::export))
        .layer(map_response(keep_private))
}

/// The same for other routes of links in emails.
pub fn private(routes: Router<Web>) -> Router<Web> {
    routes.layer(map_response(keep_private))
}

/// These pages are for one person: not for caches, not for search engines.
async fn keep_private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    response
}

/// A campaign outside the public archive, for those who have the link; without
/// personal data.
async fn letter(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Token::Letter { campaign } = open(&web, &token)? else {
        return Err(HttpError::NotFound);
    };
    let campaign = lifecycle::by_id(&web.cx, CampaignId(campaign)).await?;
    if campaign.started_at.is_none() {
        return Err(HttpError::NotFound);
    }
    let filled = preview::mail_of_campaign(&web.cx, &campaign, visitor.language).await?;
    Ok(archive::mail_alone(&filled.html))
}

/// The smallest transparent picture there is.
const PICTURE: [u8; 43] = *b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// The picture in the email of a reader who agreed that it is seen that they open it. It is the
/// same for any address, known or not. HEAD requests are not counted.
async fn picture(State(web): State<Web>, method: Method, Path(token): Path<String>) -> Response {
    if method == Method::GET {
        let mark = token.strip_suffix(".gif").unwrap_or(&token);
        engagement::see_open(&web.cx, mark).await;
    }
    let kind = HeaderValue::from_static("image/gif");
    ([(header::CONTENT_TYPE, kind)], PICTURE.to_vec()).into_response()
}

/// Redirects a tracked link and counts the click. HEAD requests are not
/// counted. After a dot the address may name the agreement of a reader; whatever is there, it
/// leads to the same place.
async fn follow(
    State(web): State<Web>,
    method: Method,
    Path(token): Path<String>,
) -> Result<Redirect, HttpError> {
    let (token, reader) = match token.split_once('.') {
        Some((token, reader)) => (token, Some(reader)),
        None => (token.as_str(), None),
    };
    let (token, part) = Part::split(token);
    let Token::Link { campaign, number } = open(&web, token)? else {
        return Err(HttpError::NotFound);
    };
    let is_followed = method == Method::GET;
    let link = (number, part);
    let url = clicks::follow(&web.cx, CampaignId(campaign), link, is_followed, reader).await?;
    Ok(Redirect::temporary(&url.ok_or(HttpError::NotFound)?))
}
