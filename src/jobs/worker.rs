//! The worker: everything that sends, as one task to run and to stop.

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;
use crate::delivery::ledger::LeasedSlices;
use crate::delivery::relay_pool::RelayPool;
use crate::delivery::status::Status;
use crate::delivery::{dedicated_thread, pipeline};
use crate::relay::Relays;
use crate::transactional::sender;

use super::{CAMPAIGNS, MAINTENANCE, TRANSACTIONAL, maintenance};

/// Sends email over the configured relays until `stop`; returns once the messages in flight
/// have ended and are recorded. When the relays change, it begins anew with the new ones. Any
/// number of workers may share a PostgreSQL database.
pub async fn run(cx: Context, stop: CancellationToken) {
    let mut changes = cx.live.changes();
    while !stop.is_cancelled() {
        let config = changes.borrow_and_update().clone();
        let changed = async {
            while let Ok(()) = changes.changed().await {
                if !changes.borrow_and_update().sends_like(&config) {
                    return;
                }
            }
            std::future::pending().await
        };
        let over = match config.relays() {
            Ok(relays) => relays,
            Err(error) => {
                tracing::error!(%error, "no email is sent");
                None
            }
        };
        let ended = stop.child_token();
        let stopping = async {
            tokio::select! {
                () = changed => tracing::info!("the relays have changed"),
                () = stop.cancelled() => {}
            }
            ended.cancel();
        };
        match over {
            Some(relays) => {
                tokio::join!(send_over(cx.clone(), relays, ended.clone()), stopping);
            }
            None => {
                tracing::warn!("no relay is configured: pages work, emails stay queued");
                stopping.await;
            }
        }
    }
}

/// Sends email over `relays` until `stop`.
async fn send_over(cx: Context, relays: Relays, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    for relay in relays.iter() {
        tracing::info!(worker = %owner, %relay, connections = relay.connections, "worker started");
    }
    let relays = RelayPool::new(&cx, &relays);
    let leased = LeasedSlices::default();
    let status = Status::default();
    // Leases are renewed until the last message is recorded.
    let keep = CancellationToken::new();
    let maintenance_task = {
        let (cx, leased, relays) = (cx.clone(), leased.clone(), relays.clone());
        let (status, stop, keep) = (status.clone(), stop.clone(), keep.clone());
        tokio::spawn(async move {
            let make = || {
                maintenance::run(
                    cx.clone(),
                    owner,
                    leased.clone(),
                    relays.clone(),
                    status.clone(),
                    stop.clone(),
                    keep.clone(),
                )
            };
            MAINTENANCE.run(&cx, &keep, make).await;
        })
    };
    let transactional = {
        let (cx, relays, stop) = (cx.clone(), relays.clone(), stop.clone());
        tokio::spawn(async move {
            let make = || sender::run(cx.clone(), relays.clone(), owner, stop.clone());
            TRANSACTIONAL.run(&cx, &stop, make).await;
        })
    };
    let on_dedicated_thread = dedicated_thread::prefers_dedicated_thread(cx.store.engine());
    let make = || {
        // What an earlier run had leased is released when the leases expire.
        leased.clear();
        let (cx, relays, leased) = (cx.clone(), relays.clone(), leased.clone());
        // Stops a run on a thread of its own when the supervisor gives it up.
        let (status, stop) = (status.clone(), stop.child_token());
        let given_up = stop.clone().drop_guard();
        let campaigns = move || pipeline::run(cx, relays, owner, leased, status, stop);
        async move {
            let _given_up = given_up;
            if on_dedicated_thread {
                if let Err(error) = dedicated_thread::run_on_dedicated_thread(campaigns).await {
                    tracing::error!(%error, "sending campaigns failed");
                }
            } else {
                campaigns().await;
            }
        }
    };
    CAMPAIGNS.run(&cx, &stop, make).await;
    if let Err(error) = transactional.await {
        tracing::error!(%error, "sending transactional email failed");
    }
    keep.cancel();
    if let Err(error) = maintenance_task.await {
        tracing::error!(%error, "the worker's maintenance failed");
    }
    tracing::info!(worker = %owner, "worker stopped");
}
