//! The API: JSON under `/api/v1`, bearer tokens, problem documents (RFC 9457),
//! cursor paging, idempotency keys; described by `/api/v1/openapi.json`.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;

pub(super) mod bearer;
mod campaigns;
mod content;
mod idempotency;
mod join;
mod lists;
mod media;
mod paging;
mod request;
mod subscribers;
mod suppression_sets;
mod suppressions;
mod transactional;
mod webhooks;

pub(super) use media::body as media_body;

pub(super) fn router(web: &Web) -> Router<Web> {
    let (routes, _) = described().split_for_parts();
    let path = web.cx.config.public_path();
    let document = openapi().replacen("\"/api/v1\"", &format!("\"{path}/api/v1\""), 1);
    routes
        .layer(from_fn_with_state(web.clone(), idempotency::repeat))
        .route(
            "/openapi.json",
            get(move || async move {
                (
                    [(axum::http::header::CONTENT_TYPE, "application/json")],
                    document,
                )
            }),
        )
        .fallback(|| async { super::Failure::NotFound })
}

/// The OpenAPI document as JSON.
pub fn openapi() -> String {
    let (_, mut document) = described().split_for_parts();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    document
        .components
        .get_or_insert_default()
        .add_security_scheme("bearer", SecurityScheme::Http(bearer));
    document.to_pretty_json().unwrap_or_default()
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Jarshy", description = "Lists, subscribers, posts and campaigns."),
    servers((url = "/api/v1"))
)]
struct Document;

fn described() -> OpenApiRouter<Web> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(join::join))
        .routes(routes!(lists::index, lists::create))
        .routes(routes!(lists::show))
        .routes(routes!(subscribers::index, subscribers::save))
        .routes(routes!(subscribers::show, subscribers::erase))
        .routes(routes!(subscribers::subscribe))
        .routes(routes!(suppressions::index, suppressions::create))
        .routes(routes!(suppressions::lift))
        .routes(routes!(suppression_sets::undo))
        .routes(routes!(suppression_sets::export))
        .routes(routes!(suppression_sets::import))
        .routes(routes!(content::posts, content::create_post))
        .routes(routes!(content::post))
        .routes(routes!(content::events, content::create_event))
        .routes(routes!(content::media, media::upload))
        .routes(routes!(media::delete))
        .routes(routes!(campaigns::index, campaigns::create))
        .routes(routes!(campaigns::show))
        .routes(routes!(campaigns::limit))
        .routes(routes!(campaigns::start))
        .routes(routes!(campaigns::schedule))
        .routes(routes!(campaigns::pause))
        .routes(routes!(campaigns::resume))
        .routes(routes!(campaigns::cancel))
        .routes(routes!(campaigns::resend))
        .routes(routes!(campaigns::resend_unreached))
        .routes(routes!(campaigns::test))
        .routes(routes!(campaigns::report))
        .routes(routes!(campaigns::deliveries))
        .routes(routes!(transactional::send))
        .routes(routes!(webhooks::index, webhooks::create))
        .routes(routes!(webhooks::show, webhooks::change, webhooks::remove))
}
