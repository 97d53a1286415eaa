//! The admin pages. Each file is a family of pages with a router of its own:
//! it parses the request, calls one service and renders a template of
//! `templates/admin/`.
//!
//! [`viewer`] holds the extractors that handlers begin with, [`flash`] the
//! message shown once after a redirect, [`confirmation`] the question before
//! anything is destroyed.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::web::http::error::HttpError;
use crate::web::http::{csrf, retry};
use crate::web::state::Web;

mod account;
mod audit;
mod autosaves;
mod campaign_templates;
mod campaigns;
mod chart;
mod confirmation;
mod dashboard;
mod deliverability;
mod document;
mod email_preview;
mod email_templates;
mod error_page;
mod events;
mod feeds;
mod flash;
mod form_errors;
mod growth;
mod imports;
mod join_form;
mod layouts;
mod list_forms;
mod list_growth;
mod list_welcome;
mod lists;
mod media;
mod nav;
mod needs;
mod notifications;
mod passkeys;
mod phrases;
mod post_imports;
mod posts;
mod provider_sign_in;
mod reauthentication;
mod recipient_view;
mod recurring;
mod search;
mod segments;
mod series;
pub(super) mod session;
mod sessions;
mod set_aside;
mod settings;
mod setup;
mod sign_in;
mod signing_keys;
mod site;
mod snippets;
mod styleguide;
mod subscriber_filter;
mod subscriber_table;
mod subscribers;
mod suppressions;
mod system;
mod tags;
mod takeout;
mod texts;
mod together;
mod tokens;
mod translations;
mod trash;
mod users;
mod viewer;
mod waiting_campaigns;
mod webhooks;
mod weekly_for_all;
mod wording;

/// The page of the first owner, for whom there is no session yet.
pub(super) fn first_owner(web: &Web) -> Router<Web> {
    setup::first_owner()
        .layer(from_fn(retry::after_deadlock))
        .layer(from_fn_with_state(web.clone(), error_page::wrap))
        .layer(from_fn(csrf::same_origin_only))
}

/// Every admin page, behind the checks that they share.
pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .merge(sign_in::router())
        .merge(account::router())
        .merge(notifications::router())
        .merge(dashboard::router())
        .merge(deliverability::router())
        .merge(growth::router())
        .merge(imports::router())
        .merge(join_form::router())
        .merge(layouts::router())
        .merge(snippets::router())
        .merge(passkeys::router())
        .merge(email_templates::router())
        .merge(post_imports::router())
        .merge(posts::router())
        .merge(provider_sign_in::router())
        .merge(campaigns::router())
        .merge(campaign_templates::router())
        .merge(recurring::router())
        .merge(feeds::router())
        .merge(lists::router())
        .merge(list_forms::router())
        .merge(list_welcome::router())
        .merge(media::router())
        .merge(users::router())
        .merge(settings::router())
        .merge(setup::router())
        .merge(site::router())
        .merge(sessions::router())
        .merge(set_aside::router())
        .merge(signing_keys::router())
        .merge(tokens::router())
        .merge(trash::router())
        .merge(webhooks::router())
        .merge(weekly_for_all::router())
        .merge(texts::router())
        .merge(phrases::router())
        .merge(audit::router())
        .merge(events::router())
        .merge(search::router())
        .merge(segments::router())
        .merge(series::router())
        .merge(styleguide::router())
        .merge(subscribers::router())
        .merge(system::router())
        .merge(document::router())
        .merge(tags::router())
        .merge(takeout::router())
        .merge(suppressions::router())
        .fallback(|| async { HttpError::NotFound })
        .layer(from_fn(retry::after_deadlock))
        .layer(from_fn_with_state(web.clone(), error_page::wrap))
        .layer(from_fn(csrf::same_origin_only))
}
