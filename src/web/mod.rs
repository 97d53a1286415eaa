//! HTTP: parse the request, call one service, render.
//!
//! [`public`] holds the visitors' pages, [`admin`] the admin pages, [`api`] the
//! JSON API, [`listmonk`] the part of listmonk's that its clients use. [`http`] holds what they share: errors, forms, CSRF, rate limits,
//! headers, the server. This layer never decides what may happen and never
//! has_language SQL. The way in is [`router`].

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::OriginalUri;
use axum::middleware::from_fn;
use tower::util::MapRequest;

use http::{base_path, https_redirect, layers, mangled_links, retry};
use state::Web;

mod admin;
pub mod api;
mod assets;
mod brand;
mod calendar_day;
mod comment_blocks;
mod growth_query;
mod health;
pub mod http;
mod inbound;
mod inbound_series;
mod list_limits;
mod listmonk;
mod mail_catcher;
pub mod page_cache;
mod public;
mod recipient_words;
pub mod state;
mod takeout;
mod theme;
mod visitor;

/// Every route.
pub fn router(web: Web) -> Router {
    let cx = web.cx.clone();
    let application = layers::wrap(routes(&web), &web).with_state(web);
    // Around the routes, not among them: the path changes before it is matched.
    Router::new().fallback_service(MapRequest::new(application, move |request| {
        let config = cx.config();
        let languages = config.site_languages();
        let request = base_path::without_prefix(config.public_path(), request);
        let mut request = mangled_links::without_trailing_marks(&languages, request);
        // Links to other languages are made from the path that the visitor asked for.
        let asked = OriginalUri(request.uri().clone());
        request.extensions_mut().insert(asked);
        public::old_links::without_root(visitor::without_language(&languages, request))
    }))
}

/// What a server of HTTPS answers in plain HTTP: probes, which ask by address and have
/// nothing to hide, and redirects.
pub fn plain_router(web: Web) -> Router {
    let cx = web.cx.clone();
    let routes = Router::new()
        .merge(health::probes())
        .fallback(https_redirect::redirect)
        .with_state(web);
    Router::new().fallback_service(MapRequest::new(routes, move |request| {
        base_path::without_prefix(cx.config().public_path(), request)
    }))
}

/// The paths of every route, read from the router itself, so that the test of
/// roles cannot miss one.
pub fn paths(web: &Web) -> BTreeSet<String> {
    // Only the debug output of a router lists its routes.
    let routes = format!("{:?}", routes(web));
    let quoted = routes.split('"').skip(1).step_by(2);
    let is_route = |path: &&str| path.starts_with('/') && !path.contains("__private__");
    quoted.filter(is_route).map(str::to_owned).collect()
}

fn routes(web: &Web) -> Router<Web> {
    Router::new()
        .merge(public::router(web))
        .merge(assets::router())
        .merge(health::router())
        .merge(mail_catcher::router(web))
        .merge(inbound::router())
        .merge(inbound_series::router())
        // The others have it inside their own rendering of errors.
        .layer(from_fn(retry::after_deadlock))
        .merge(admin::first_owner(web))
        .nest("/admin", admin::router(web))
        .nest("/api/v1", api::router(web))
        .merge(listmonk::router(web))
        .fallback(public::former_paths::redirect)
}
