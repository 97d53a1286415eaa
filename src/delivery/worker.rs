//! The worker: everything that sends, as one task to run and to stop.

use std::io;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;
use crate::mail::smtp::Endpoints;

use super::courier::Relays;
use super::ledger::HeldSlices;
use super::status::Status;
use super::{housekeeping, notice, pipeline, thread};

/// Sends mail over `endpoints` until `stop`; returns once what was on the wire
/// has ended and is recorded.
///
/// Any number of workers may share a PostgreSQL database.
pub async fn run(cx: Context, endpoints: Endpoints, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    for relay in endpoints.iter() {
        tracing::info!(worker = %owner, %relay, connections = relay.connections, "worker started");
    }
    let relays = Relays::new(&cx, &endpoints);
    let held = HeldSlices::default();
    let status = Status::default();
    // Leases are renewed until the last mail is recorded.
    let keep = CancellationToken::new();
    let keeper = tokio::spawn(housekeeping::run(
        cx.clone(),
        owner,
        held.clone(),
        relays.clone(),
        status.clone(),
        stop.clone(),
        keep.clone(),
    ));
    let notices = tokio::spawn(notice::run(cx.clone(), relays.clone(), owner, stop.clone()));
    let is_alone = thread::is_better_alone(&cx).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the keys cannot be looked at");
        false
    });
    let campaigns = move || pipeline::run(cx, relays, owner, held, status, stop);
    let ended = match is_alone {
        true => thread::run_alone(campaigns).await,
        false => tokio::spawn(campaigns()).await.map_err(io::Error::other),
    };
    if let Err(error) = ended {
        tracing::error!(%error, "sending campaigns failed");
    }
    if let Err(error) = notices.await {
        tracing::error!(%error, "sending notices failed");
    }
    keep.cancel();
    if let Err(error) = keeper.await {
        tracing::error!(%error, "the worker's housekeeping failed");
    }
    tracing::info!(worker = %owner, "worker stopped");
}
