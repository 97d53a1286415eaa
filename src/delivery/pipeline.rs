//! The pipeline that sends campaigns: claim → [ready queue](super::ready_queue) → write
//! and send → record. The queue holds a few seconds of mail only, so that a slow relay
//! slows the claims.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;

use super::automatic_pause::RejectionMonitor;
use super::ledger::{LeasedSlices, Ledger};
use super::ready_queue::ReadyQueue;
use super::relay_pool::RelayPool;
use super::sender::Sender;
use super::status::Status;

/// How long a stopping worker waits for replies of relays.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(7);

/// Sends campaigns until `stop`; then completes the messages that are being sent.
pub async fn run(
    cx: Context,
    relays: Arc<RelayPool>,
    owner: Uuid,
    held: LeasedSlices,
    status: Status,
    stop: CancellationToken,
) {
    let connections = relays.iter().map(|relay| relay.relay.connections).sum();
    let (ledger, writer) = Ledger::start(cx.clone(), owner, held);
    let writer = tokio::spawn(writer);
    let limits = cx.config().domain_limits.clone();
    let sender = Arc::new(Sender {
        ready_queue: ReadyQueue::new(limits, connections),
        status,
        cx,
        relays,
        ledger,
        rejections: RejectionMonitor::default(),
        owner,
        connections,
        give_up: CancellationToken::new(),
        stop,
    });
    let mut sessions = JoinSet::new();
    for relay in sender.relays.iter() {
        for _ in 0..relay.relay.connections {
            sessions.spawn(sender.clone().run_connection(relay.clone()));
        }
    }
    sender.claim_loop().await;
    let give_up = sender.give_up.clone();
    let grace = tokio::spawn(async move {
        tokio::time::sleep(SHUTDOWN_GRACE).await;
        give_up.cancel();
    });
    sender.release_all(sender.ready_queue.close());
    while sessions.join_next().await.is_some() {}
    grace.abort();
    drop(sender);
    if let Err(error) = writer.await {
        tracing::error!(%error, "the ledger's task failed");
    }
}
