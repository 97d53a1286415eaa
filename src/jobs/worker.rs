//! The worker: everything that sends, as one task to run and to stop.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;
use crate::delivery::ledger::LeasedSlices;
use crate::delivery::relay_pool::RelayPool;
use crate::delivery::status::Status;
use crate::delivery::{self, dedicated_thread, pipeline};
use crate::mail::smtp::Relays;
use crate::transactional::sender;

use super::maintenance;

/// How long what sends may give no sign of life: longer than a database may be slow.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// Sends mail over `endpoints` until `stop`; returns once what was on the wire
/// has ended and is recorded.
///
/// Any number of workers may share a PostgreSQL database.
pub async fn run(cx: Context, endpoints: Relays, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    for relay in endpoints.iter() {
        tracing::info!(worker = %owner, %relay, connections = relay.connections, "worker started");
    }
    let relays = RelayPool::new(&cx, &endpoints);
    let held = LeasedSlices::default();
    let status = Status::default();
    // Leases are renewed until the last mail is recorded.
    let keep = CancellationToken::new();
    let maintenance_task = {
        let (cx, held, relays) = (cx.clone(), held.clone(), relays.clone());
        let (status, stop, keep) = (status.clone(), stop.clone(), keep.clone());
        tokio::spawn(async move {
            let make = || {
                maintenance::run(
                    cx.clone(),
                    owner,
                    held.clone(),
                    relays.clone(),
                    status.clone(),
                    stop.clone(),
                    keep.clone(),
                )
            };
            let silence = maintenance::HEARTBEAT_TIMEOUT;
            cx.health
                .supervise(maintenance::TASK, silence, &keep, make)
                .await;
        })
    };
    let notices = {
        let (cx, relays, stop) = (cx.clone(), relays.clone(), stop.clone());
        tokio::spawn(async move {
            let make = || sender::run(cx.clone(), relays.clone(), owner, stop.clone());
            cx.health
                .supervise(sender::TASK, HEARTBEAT_TIMEOUT, &stop, make)
                .await;
        })
    };
    let on_dedicated_thread = dedicated_thread::prefers_dedicated_thread(&cx)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "the keys cannot be looked at");
            false
        });
    let make = || {
        // What a run before this one held is free when its lease ends.
        held.clear();
        let (cx, relays, held) = (cx.clone(), relays.clone(), held.clone());
        // A run on a thread of its own is told by it that it was given up.
        let (status, stop) = (status.clone(), stop.child_token());
        let given_up = stop.clone().drop_guard();
        let campaigns = move || pipeline::run(cx, relays, owner, held, status, stop);
        async move {
            let _given_up = given_up;
            match on_dedicated_thread {
                true => {
                    if let Err(error) = dedicated_thread::run_on_dedicated_thread(campaigns).await {
                        tracing::error!(%error, "sending campaigns failed");
                    }
                }
                false => campaigns().await,
            }
        }
    };
    cx.health
        .supervise(delivery::TASK, HEARTBEAT_TIMEOUT, &stop, make)
        .await;
    if let Err(error) = notices.await {
        tracing::error!(%error, "sending notices failed");
    }
    keep.cancel();
    if let Err(error) = maintenance_task.await {
        tracing::error!(%error, "the worker's housekeeping failed");
    }
    tracing::info!(worker = %owner, "worker stopped");
}
