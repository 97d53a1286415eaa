//! The pipeline that sends campaigns: claim → [ready queue](super::ready_queue) → write
//! and send → record. The queue holds a few seconds of mail only, so that a slow relay
//! slows the claims.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use metrics::counter;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::context::Context;
use crate::health::panic_message;

use super::automatic_pause::RejectionMonitor;
use super::failed_emails::FailedEmails;
use super::ledger::{LeasedSlices, Ledger};
use super::ready_queue::ReadyQueue;
use super::relay_pool::RelayPool;
use super::relay_state::RelayState;
use super::sender::Sender;
use super::sending_campaigns::SendingCampaigns;
use super::status::Status;
use super::taken::TakenDeliveries;
use super::writing::SigningCores;

/// How long a stopping worker waits for replies of relays.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(7);
/// How long a connection rests that died.
const REOPENED_AFTER: Duration = Duration::from_secs(1);

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
    let mut writer = tokio::spawn(writer);
    let limits = cx.config().domain_limits.clone();
    let sender = Arc::new(Sender {
        ready_queue: ReadyQueue::new(limits, connections),
        status,
        cx,
        relays,
        ledger,
        taken: TakenDeliveries::default(),
        campaigns: SendingCampaigns::default(),
        signing_cores: SigningCores::default(),
        rejections: RejectionMonitor::default(),
        failed_emails: FailedEmails::default(),
        owner,
        connections,
        give_up: CancellationToken::new(),
        stop,
    });
    let mut sessions = JoinSet::new();
    for relay in sender.relays.iter() {
        for _ in 0..relay.relay.connections {
            sessions.spawn(keep_connection(sender.clone(), relay.clone()));
        }
    }
    tokio::select! {
        () = sender.claim_loop() => {}
        // Without it nothing can be sent: the supervisor starts all of it again.
        ended = &mut writer => {
            if let Err(error) = ended && error.is_panic() {
                std::panic::resume_unwind(error.into_panic());
            }
            return;
        }
    }
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

/// Sends over one connection. A message that makes it panic ends no other one's.
async fn keep_connection(sender: Arc<Sender>, relay: Arc<RelayState>) {
    let run = || AssertUnwindSafe(sender.clone().run_connection(relay.clone())).catch_unwind();
    while let Err(panic) = run().await {
        counter!("jarshy_task_restarts_total", "task" => "connection").increment(1);
        let outcome = panic_message(&*panic);
        tracing::error!(outcome, "a connection to a relay died; it is opened again");
        let _ = tokio::time::timeout(REOPENED_AFTER, sender.stop.cancelled()).await;
    }
}
