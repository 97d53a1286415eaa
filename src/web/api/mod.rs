//! The API: JSON under `/api/v1`, bearer tokens, problem documents (RFC 9457),
//! cursor paging, idempotency keys; described by `/api/v1/openapi.json`.

use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use request_check::Operations;

use crate::web::http::error::HttpError;
use crate::web::http::retry;
use crate::web::state::Web;

mod ab_tests;
pub(super) mod bearer;
mod campaign_body;
mod campaign_drafts;
mod campaign_reports;
mod campaign_templates;
mod campaign_transitions;
mod campaigns;
mod comments;

mod email_templates;
mod events;
mod feeds;
mod growth;
mod idempotency;
mod imports;
pub(super) mod join;
mod layouts;
mod lists;
pub(super) mod media;
mod notifications;
mod openapi;
mod paging;
mod phrases;
mod post_imports;
mod posts;
mod preview_reader;
mod recurring_campaigns;
pub(super) mod request;
mod request_check;
mod revisions;
mod segments;
mod senders;
mod series;
mod series_readers;
mod series_trial;
mod set_aside;
mod settings;
mod site;
mod snippets;
mod subscribers;
mod suppression_bulk;
mod suppressions;
mod system_check;
mod tags;
mod takeout;
mod texts;
pub(super) mod transactional;
mod trash;
mod webhooks;

pub(super) fn router(web: &Web) -> Router<Web> {
    let (routes, collected) = described().split_for_parts();
    let document = document(collected);
    let operations = Operations::of(&document);
    let document = format!("{document:#}");
    routes
        .layer(from_fn(retry::after_deadlock))
        .layer(from_fn_with_state(web.clone(), idempotency::repeat))
        .layer(from_fn_with_state(
            (web.clone(), operations),
            request_check::check,
        ))
        .route(
            "/openapi.json",
            get(move |State(web): State<Web>| async move {
                let config = web.cx.config();
                let path = format!("\"{}/api/v1\"", config.public_path());
                let document = document.replacen("\"/api/v1\"", &path, 1);
                (
                    [(axum::http::header::CONTENT_TYPE, "application/json")],
                    document,
                )
            }),
        )
        .fallback(|| async { HttpError::NotFound })
}

/// The OpenAPI document as JSON.
pub fn openapi() -> String {
    let (_, collected) = described().split_for_parts();
    format!("{:#}", document(collected))
}

fn document(collected: utoipa::openapi::OpenApi) -> Value {
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    openapi::complete(&mut document);
    document
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
        .routes(routes!(lists::show, lists::change, lists::delete))
        .routes(routes!(subscribers::index, subscribers::save))
        .routes(routes!(
            subscribers::show,
            subscribers::change,
            subscribers::erase
        ))
        .routes(routes!(subscribers::personal_data))
        .routes(routes!(subscribers::withdraw_engagement))
        .routes(routes!(subscribers::subscribe))
        .routes(routes!(growth::report))
        .routes(routes!(tags::index))
        .routes(routes!(tags::rename, tags::delete))
        .routes(routes!(suppressions::index, suppressions::create))
        .routes(routes!(suppressions::lift))
        .routes(routes!(suppression_bulk::undo))
        .routes(routes!(suppression_bulk::export))
        .routes(routes!(suppression_bulk::import))
        .routes(routes!(set_aside::index))
        .routes(routes!(set_aside::show, set_aside::delete))
        .routes(routes!(set_aside::raw))
        .routes(routes!(set_aside::retry))
        .routes(routes!(segments::index, segments::create))
        .routes(routes!(segments::show, segments::change, segments::delete))
        .routes(routes!(imports::index, imports::upload))
        .routes(routes!(imports::show))
        .routes(routes!(imports::check))
        .routes(routes!(imports::run))
        .routes(routes!(imports::cancel))
        .routes(routes!(imports::undo))
        .routes(routes!(imports::notes))
        .routes(routes!(post_imports::import))
        .routes(routes!(posts::index, posts::create))
        .routes(routes!(posts::show, posts::change, posts::delete))
        .routes(routes!(comments::of_post, comments::add_to_post))
        .routes(routes!(comments::resolve_on_post, comments::delete_on_post))
        .routes(routes!(revisions::of_post))
        .routes(routes!(revisions::restore_post))
        .routes(routes!(comments::of_campaign, comments::add_to_campaign))
        .routes(routes!(
            comments::resolve_on_campaign,
            comments::delete_on_campaign
        ))
        .routes(routes!(revisions::of_campaign))
        .routes(routes!(revisions::restore_campaign))
        .routes(routes!(email_templates::index))
        .routes(routes!(
            email_templates::show,
            email_templates::save,
            email_templates::delete
        ))
        .routes(routes!(
            campaign_templates::index,
            campaign_templates::create
        ))
        .routes(routes!(
            campaign_templates::show,
            campaign_templates::delete
        ))
        .routes(routes!(campaign_templates::start))
        .routes(routes!(
            recurring_campaigns::index,
            recurring_campaigns::create
        ))
        .routes(routes!(
            recurring_campaigns::show,
            recurring_campaigns::change,
            recurring_campaigns::delete
        ))
        .routes(routes!(recurring_campaigns::pause))
        .routes(routes!(recurring_campaigns::resume))
        .routes(routes!(recurring_campaigns::make))
        .routes(routes!(events::index, events::create))
        .routes(routes!(events::show, events::change, events::delete))
        .routes(routes!(feeds::index, feeds::create))
        .routes(routes!(feeds::show, feeds::change, feeds::delete))
        .routes(routes!(feeds::pause))
        .routes(routes!(feeds::resume))
        .routes(routes!(layouts::index))
        .routes(routes!(layouts::show, layouts::save, layouts::delete))
        .routes(routes!(site::show, site::change))
        .routes(routes!(snippets::index))
        .routes(routes!(snippets::show, snippets::save, snippets::delete))
        .routes(routes!(texts::index, texts::change))
        .routes(routes!(phrases::index, phrases::change))
        .routes(routes!(phrases::export))
        .routes(routes!(phrases::import))
        .routes(routes!(settings::index, settings::change))
        .routes(routes!(settings::export))
        .routes(routes!(settings::test_relay))
        .routes(routes!(senders::index))
        .routes(routes!(senders::check))
        .routes(routes!(system_check::show))
        .routes(routes!(notifications::index))
        .routes(routes!(notifications::read))
        .routes(routes!(takeout::download))
        .routes(routes!(settings::check_mailbox))
        .routes(routes!(media::index, media::upload))
        .routes(routes!(media::change, media::delete))
        .routes(routes!(trash::index))
        .routes(routes!(trash::restore))
        .routes(routes!(trash::delete))
        .routes(routes!(campaigns::index, campaigns::create))
        .routes(routes!(
            campaigns::show,
            campaign_drafts::change,
            campaign_drafts::delete
        ))
        .routes(routes!(ab_tests::show, ab_tests::set, ab_tests::remove))
        .routes(routes!(ab_tests::decide))
        .routes(routes!(campaign_drafts::preflight))
        .routes(routes!(campaign_drafts::preview))
        .routes(routes!(campaign_drafts::unschedule))
        .routes(routes!(campaign_drafts::request_approval))
        .routes(routes!(campaign_drafts::duplicate))
        .routes(routes!(campaign_drafts::resend_unopened))
        .routes(routes!(campaign_transitions::announce_event))
        .routes(routes!(campaign_transitions::limit))
        .routes(routes!(campaign_transitions::start))
        .routes(routes!(campaign_transitions::schedule))
        .routes(routes!(campaign_transitions::pause))
        .routes(routes!(campaign_transitions::resume))
        .routes(routes!(campaign_transitions::cancel))
        .routes(routes!(campaign_transitions::resend))
        .routes(routes!(campaign_transitions::retry_failed))
        .routes(routes!(campaign_transitions::decide_rejections))
        .routes(routes!(campaign_transitions::test))
        .routes(routes!(campaign_reports::report))
        .routes(routes!(campaign_reports::deliveries))
        .routes(routes!(campaign_reports::recipient))
        .routes(routes!(series::index, series::create))
        .routes(routes!(series::show, series::change, series::delete))
        .routes(routes!(series::start))
        .routes(routes!(series::pause))
        .routes(routes!(series::resume))
        .routes(routes!(series::drain))
        .routes(routes!(series::end))
        .routes(routes!(series_trial::test))
        .routes(routes!(series_trial::walk_through))
        .routes(routes!(
            series_readers::address,
            series_readers::renew_address
        ))
        .routes(routes!(series_trial::rehearse))
        .routes(routes!(series_readers::readers, series_readers::enter))
        .routes(routes!(transactional::send))
        .routes(routes!(webhooks::index, webhooks::create))
        .routes(routes!(webhooks::show, webhooks::change, webhooks::remove))
}
