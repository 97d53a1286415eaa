//! HTTP: parse the request, call one service, render.
//!
//! Owns pages, forms, the API's shapes and the rules of the browser (cookies,
//! policies, caching). Never decides what may happen and never speaks SQL. The
//! way in is [`router`].

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{FromRef, OriginalUri};
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;
use tower::util::MapRequest;

use crate::audience::join_queue::JoinQueue;
use crate::catcher::mailbox::Mailbox;
use crate::context::Context;
use crate::text::datetime::Calendar;
use crate::text::locale::Language;

pub mod admin;
pub mod api;
mod assets;
mod challenge;
mod failure;
mod form;
mod gate;
mod inbound;
mod join_sender;
mod mailbox;
mod middleware;
pub mod mount;
mod probes;
mod range;
pub mod server;
pub mod site;
mod stray;
mod upload;
mod visitor;

pub use failure::Failure;
pub use gate::Gate;
pub use visitor::Visitor;

/// What every handler can reach; cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The services' needs.
    pub cx: Context,
    /// The site's time zone.
    pub zone: TimeZone,
    /// Who has joined too often.
    pub gate: Gate,
    /// Where joins wait for one another.
    pub joins: JoinQueue,
    /// Pages as they were just given out.
    pub pages: site::Pages,
    /// Set off when the server is to stop: whoever is still being told something
    /// is told no more.
    pub stop: CancellationToken,
    /// The mail catcher's mailbox, in a demo.
    pub mailbox: Option<Mailbox>,
    /// The numbers that `/metrics` shows.
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}

impl Web {
    /// Dates as readers of `language` write them.
    pub fn calendar(&self, language: Language) -> Calendar {
        Calendar::new(language, self.zone.clone())
    }
}

impl FromRef<Web> for Context {
    fn from_ref(web: &Web) -> Self {
        web.cx.clone()
    }
}

/// Every route.
pub fn router(web: Web) -> Router {
    let prefix = web.cx.config.public_path().to_owned();
    let house = middleware::wrap(routes(&web), &web).with_state(web);
    // Around the routes, not among them: it must come before the routing.
    Router::new().fallback_service(MapRequest::new(house, move |request| {
        let mut request = stray::without_stray(mount::without_prefix(&prefix, request));
        // What visitors are said to have asked for: links to other languages are made from it.
        let asked = OriginalUri(request.uri().clone());
        request.extensions_mut().insert(asked);
        visitor::without_language(request)
    }))
}

/// The paths of every route, as the router has them: what the test of roles
/// goes through, so that no route can be forgotten there.
pub fn paths(web: &Web) -> BTreeSet<String> {
    // The router tells its routes in its debug output alone.
    let routes = format!("{:?}", routes(web));
    let quoted = routes.split('"').skip(1).step_by(2);
    let is_route = |path: &&str| path.starts_with('/') && !path.contains("__private__");
    quoted.filter(is_route).map(str::to_owned).collect()
}

fn routes(web: &Web) -> Router<Web> {
    Router::new()
        .merge(site::router(web))
        .merge(assets::router())
        .merge(probes::router())
        .merge(mailbox::router(web))
        .merge(inbound::router())
        .nest("/admin", admin::router(web))
        .nest("/api/v1", api::router(web))
        .fallback(|| async { Failure::NotFound })
}
