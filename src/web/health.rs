//! Health probes and Prometheus metrics.

use std::net::IpAddr;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::get;

use crate::deliverability::public_url;
use crate::render;
use crate::web::api::bearer;
use crate::web::http::error::HttpError;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

pub(super) fn router() -> Router<Web> {
    Router::new()
        .merge(probes())
        .route(public_url::PATH, get(installation))
        .route("/metrics", get(metrics))
}

/// For supervisors.
pub(super) fn probes() -> Router<Web> {
    Router::new()
        .route("/health/live", get(|| async { "alive\n" }))
        .route("/health/ready", get(ready))
}

/// By which the public address is told from another site.
async fn installation(State(web): State<Web>) -> String {
    format!("{}\n", web.cx.keys.installation())
}

/// Metrics, for callers with the token or, if none is configured, from this
/// machine: they tell how much mail goes out and how often it fails.
async fn metrics(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<String, HttpError> {
    let is_allowed = match &web.cx.config().metrics_token {
        None => visitor.address.is_loopback() && is_direct(&headers),
        Some(token) => {
            let given = bearer::token(&headers);
            let given = given.as_ref().map_or("", |given| given.reveal());
            aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), token.as_bytes())
                .is_ok()
        }
    };
    if is_allowed {
        Ok(web.metrics.render())
    } else {
        Err(HttpError::Forbidden(
            "set JARSHY_METRICS_TOKEN and send it as a bearer token",
        ))
    }
}

/// Whether the request came without a proxy. Behind a proxy that does not
/// forward the client's address, every client seems to be local.
fn is_direct(headers: &HeaderMap) -> bool {
    const PASSED_ON: [&str; 5] = [
        "forwarded",
        "via",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-real-ip",
    ];
    let host = headers.get(header::HOST).map(|host| host.to_str());
    let host = host.and_then(Result::ok).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_here = name == "localhost" || address.is_ok_and(|address| address.is_loopback());
    is_here && !PASSED_ON.iter().any(|name| headers.contains_key(*name))
}

async fn ready(State(web): State<Web>) -> (StatusCode, String) {
    let mut failing = web.cx.health.failing();
    if let Err(error) = web.cx.store.ping().await {
        tracing::error!(%error, "not ready: the database does not answer");
        failing.push("the database does not answer".to_owned());
    }
    if render::load().is_exhausted {
        failing.push("rendering is stuck".to_owned());
    }
    if failing.is_empty() {
        let mut text = "ready\n".to_owned();
        for (task, problem) in web.cx.health.problems() {
            text.push_str(&format!("warning: {task}: {problem}\n"));
        }
        (StatusCode::OK, text)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, failing.join("\n") + "\n")
    }
}
