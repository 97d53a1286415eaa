//! The admins' desk. Each file is a family of pages with a router of its own:
//! it parses the request, asks one service and renders a template of
//! `templates/admin/`.
//!
//! [`frame::Desk`] is what every page begins with; [`flash`] says once what was
//! done; [`question`] asks before anything is destroyed.

use axum::Router;
use axum::http::HeaderMap;
use axum::middleware::{from_fn, from_fn_with_state};
use axum_extra::extract::CookieJar;

use super::{Failure, Web, middleware};

mod account;
mod audit;
mod campaigns;
mod chart;
mod dashboard;
mod deliverability;
mod errors;
mod events;
mod flash;
mod forms;
mod frame;
mod imports;
mod join_form;
mod layouts;
mod lists;
mod mail_view;
mod media;
mod people;
mod posts;
mod proof;
mod question;
mod rhythm;
mod segments;
mod session;
mod sessions;
mod set_aside;
mod signing_keys;
mod site;
mod subscribers;
mod suppressions;
mod table;
mod tags;
mod tokens;
mod webhooks;
mod words;

/// Whether a request comes from a browser in which somebody is signed in.
pub(super) async fn is_signed_in(web: &Web, headers: &HeaderMap) -> bool {
    let jar = CookieJar::from_headers(headers);
    match session::secret(web, &jar) {
        Some(secret) => crate::account::user_of_session(&web.cx, &secret)
            .await
            .is_ok_and(|user| user.is_some()),
        None => false,
    }
}

/// Every page of the desk, behind the guards that they share.
pub(super) fn router(web: &Web) -> Router<Web> {
    Router::new()
        .merge(session::router())
        .merge(account::router())
        .merge(dashboard::router())
        .merge(deliverability::router())
        .merge(imports::router())
        .merge(join_form::router())
        .merge(layouts::router())
        .merge(posts::router())
        .merge(campaigns::router())
        .merge(lists::router())
        .merge(forms::router())
        .merge(media::router())
        .merge(people::router())
        .merge(site::router())
        .merge(sessions::router())
        .merge(set_aside::router())
        .merge(signing_keys::router())
        .merge(tokens::router())
        .merge(webhooks::router())
        .merge(words::router())
        .merge(audit::router())
        .merge(events::router())
        .merge(segments::router())
        .merge(subscribers::router())
        .merge(tags::router())
        .merge(rhythm::router())
        .merge(suppressions::router())
        .fallback(|| async { Failure::NotFound })
        .layer(from_fn_with_state(web.clone(), frame::wrap))
        .layer(from_fn(middleware::same_origin_only))
}
