//! The worker: everything that sends, as one task to run and to stop.

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;
use crate::mail::smtp::Endpoint;

use super::courier::Relay;
use super::{housekeeping, notice, pipeline};

/// Sends mail over `endpoint` until `stop`; returns once what was on the wire
/// has ended and is recorded.
///
/// Any number of workers may share a PostgreSQL database.
pub async fn run(cx: Context, endpoint: Endpoint, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    tracing::info!(worker = %owner, relay = %endpoint, connections = endpoint.connections, "worker started");
    let relay = Relay::new(cx.clone(), endpoint);
    let keeper = tokio::spawn(housekeeping::run(cx.clone(), owner, stop.clone()));
    let notices = tokio::spawn(notice::run(cx.clone(), relay.clone(), owner, stop.clone()));
    let campaigns = tokio::spawn(pipeline::run(cx, relay, owner, stop));
    for (task, name) in [
        (campaigns, "campaigns"),
        (notices, "notices"),
        (keeper, "housekeeping"),
    ] {
        if let Err(error) = task.await {
            tracing::error!(%error, name, "a part of the worker failed");
        }
    }
    tracing::info!(worker = %owner, "worker stopped");
}
