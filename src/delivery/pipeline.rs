//! The way of campaigns' mail: claim → write → connections → record, with
//! bounded channels between, so that a slow relay slows the claims.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::campaign::lifecycle;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::smtp::{SendError, Stage};
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delivery::DeliveryState;
use crate::store::campaigns::Campaign;
use crate::store::deliveries::{self, Claimed, Outcome};
use crate::store::{StoreError, campaigns};

use super::courier::{Courier, Relay};
use super::ledger::Ledger;
use super::mailer::{Letter, Mailer};
use super::notice::judgement;

const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// An idle connection is closed before the relay does it.
const IDLE: Duration = Duration::from_secs(20);

/// A message on its way to a connection.
struct Prepared {
    campaign: CampaignId,
    claimed: Claimed,
    letter: Letter,
}

/// Sends campaigns' mail until told to stop; then lets what is on the wire end.
pub async fn run(cx: Context, relay: Arc<Relay>, owner: Uuid, stop: CancellationToken) {
    let connections = relay.endpoint.connections;
    let (ledger, pen) = Ledger::open(cx.clone(), owner);
    let pen = tokio::spawn(pen);
    let (sender, receiver) = mpsc::channel(2 * connections);
    let receiver = Arc::new(Mutex::new(receiver));
    let mut couriers = JoinSet::new();
    for _ in 0..connections {
        couriers.spawn(carry(
            cx.clone(),
            relay.clone(),
            ledger.clone(),
            receiver.clone(),
            stop.clone(),
        ));
    }
    feed(&cx, &relay, &ledger, owner, &sender, &stop).await;
    drop(sender);
    while couriers.join_next().await.is_some() {}
    // What was written but not carried goes back to the queue.
    let mut left = receiver.lock().await;
    while let Some(prepared) = left.recv().await {
        ledger.release(prepared.claimed.id.0).await;
    }
    drop(left);
    drop(ledger);
    if let Err(error) = pen.await {
        tracing::error!(%error, "the ledger's task failed");
    }
}

/// Claims and writes messages, each sending campaign in its turn.
async fn feed(
    cx: &Context,
    relay: &Relay,
    ledger: &Ledger,
    owner: Uuid,
    ready: &mpsc::Sender<Prepared>,
    stop: &CancellationToken,
) {
    let mut mailers: HashMap<CampaignId, Arc<Mailer>> = HashMap::new();
    while !stop.is_cancelled() {
        let queued = cx.mail_queued.notified();
        let fed = match relay.is_resting().await {
            true => Ok(0),
            false => feed_once(cx, relay, ledger, owner, ready, stop, &mut mailers).await,
        };
        match fed {
            Ok(0) => {
                tokio::select! {
                    () = queued => {}
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                    () = stop.cancelled() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "deliveries cannot be claimed");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
}

async fn feed_once(
    cx: &Context,
    relay: &Relay,
    ledger: &Ledger,
    owner: Uuid,
    ready: &mpsc::Sender<Prepared>,
    stop: &CancellationToken,
    mailers: &mut HashMap<CampaignId, Arc<Mailer>>,
) -> Result<usize, StoreError> {
    let sending = campaigns::in_state(&mut cx.store.read().await?, CampaignState::Sending).await?;
    mailers.retain(|id, _| sending.iter().any(|campaign| campaign.id == *id));
    let mut fed = 0;
    for campaign in sending {
        let id = campaign.id;
        let Some(mailer) = mailer(cx, mailers, campaign).await else {
            continue;
        };
        let now = cx.clock.now();
        let until = now.after(Duration::from_secs(cx.config.lease));
        let slice = (4 * relay.endpoint.connections).clamp(16, 400) as i64;
        let mut db = cx.store.write().await?;
        let claimed = deliveries::claim(&mut db, id, owner, slice, now, until).await?;
        db.commit().await?;
        fed += claimed.len();
        for (claimed, letter) in write_all(mailer, claimed, now).await {
            match letter {
                Ok(letter) if !stop.is_cancelled() => {
                    let prepared = Prepared {
                        campaign: id,
                        claimed,
                        letter,
                    };
                    if let Err(unsent) = ready.send(prepared).await {
                        ledger.release(unsent.0.claimed.id.0).await;
                    }
                }
                Ok(_) => ledger.release(claimed.id.0).await,
                Err(reason) => give_up(cx, ledger, &claimed, reason).await,
            }
        }
    }
    Ok(fed)
}

/// The writer of a campaign's messages, made once. Where it cannot be made, the
/// campaign is held with the reason.
async fn mailer(
    cx: &Context,
    mailers: &mut HashMap<CampaignId, Arc<Mailer>>,
    campaign: Campaign,
) -> Option<Arc<Mailer>> {
    let id = campaign.id;
    if let Some(mailer) = mailers.get(&id) {
        return Some(mailer.clone());
    }
    match Mailer::load(cx, campaign).await {
        Ok(mailer) => {
            let mailer = Arc::new(mailer);
            mailers.insert(id, mailer.clone());
            Some(mailer)
        }
        Err(super::WriteError::Store(error)) => {
            tracing::error!(campaign = %id, %error, "a campaign cannot be loaded");
            None
        }
        Err(error) => {
            hold(cx, id, &error.to_string()).await;
            None
        }
    }
}

async fn hold(cx: &Context, id: CampaignId, reason: &str) {
    tracing::error!(campaign = %id, reason, "the campaign is paused");
    if let Err(error) = lifecycle::pause(cx, id, reason).await {
        tracing::warn!(campaign = %id, %error, "the campaign could not be paused");
    }
}

type Written = (Claimed, Result<Letter, String>);

/// Writes and signs a slice away from the tasks that wait for the network.
async fn write_all(mailer: Arc<Mailer>, claimed: Vec<Claimed>, now: Timestamp) -> Vec<Written> {
    let written = tokio::task::spawn_blocking(move || {
        claimed
            .into_iter()
            .map(|one| {
                let letter = mailer.write(&one, now).map_err(|error| error.to_string());
                (one, letter)
            })
            .collect()
    });
    written.await.unwrap_or_else(|error| {
        tracing::error!(%error, "writing messages failed");
        Vec::new()
    })
}

/// Ends a delivery whose message cannot be written.
async fn give_up(cx: &Context, ledger: &Ledger, claimed: &Claimed, reason: String) {
    tracing::error!(delivery = %claimed.id, reason, "a message cannot be written");
    if ledger.begin(claimed.id.0).await {
        let outcome = Outcome {
            id: claimed.id.0,
            state: DeliveryState::Failed,
            reply: reason,
            next_attempt_at: cx.clock.now().millis(),
        };
        ledger.record(outcome).await;
    }
}

/// One connection's work.
async fn carry(
    cx: Context,
    relay: Arc<Relay>,
    ledger: Ledger,
    ready: Arc<Mutex<mpsc::Receiver<Prepared>>>,
    stop: CancellationToken,
) {
    let mut courier = Courier::new(relay.clone());
    loop {
        let next = async { ready.lock().await.recv().await };
        let prepared = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            next = tokio::time::timeout(IDLE, next) => match next {
                Ok(Some(prepared)) => prepared,
                Ok(None) => break,
                Err(_) => {
                    courier.quit().await;
                    continue;
                }
            },
        };
        let id = prepared.claimed.id.0;
        tokio::select! {
            () = relay.pace() => {}
            () = stop.cancelled() => {
                ledger.release(id).await;
                break;
            }
        }
        if let Err(error) = courier.ready().await {
            ledger.release(id).await;
            if is_for_a_person(&error) {
                hold(&cx, prepared.campaign, &error.to_string()).await;
            }
            continue;
        }
        if !ledger.begin(id).await {
            ledger.release(id).await;
            continue;
        }
        let sent = courier
            .deliver(&prepared.letter.envelope, &prepared.letter.octets)
            .await;
        if let Err(error) = &sent
            && is_for_a_person(error)
        {
            hold(&cx, prepared.campaign, &error.to_string()).await;
        }
        ledger.record(judge(&cx, &prepared.claimed, sent)).await;
    }
    courier.quit().await;
}

/// Whether the relay refuses not this message but all of them, for good: going
/// on would burn through the list.
fn is_for_a_person(error: &SendError) -> bool {
    match error {
        SendError::Relay { is_temporary, .. } => !is_temporary,
        SendError::Refused {
            stage: Stage::Mail,
            reply,
        } => reply.code >= 500,
        _ => false,
    }
}

fn judge(
    cx: &Context,
    claimed: &Claimed,
    sent: Result<crate::mail::smtp::Reply, SendError>,
) -> Outcome {
    let now = cx.clock.now();
    let (state, reply, next) = match sent {
        Ok(reply) => (DeliveryState::Sent, reply.to_string(), now),
        // The message is not to blame: it waits for the campaign to go on.
        Err(error) if is_for_a_person(&error) => (DeliveryState::Deferred, error.to_string(), now),
        Err(error) => {
            let first = claimed.first_attempt_at.map_or(now, Timestamp::from_millis);
            let (state, wait) = judgement(&error, claimed.attempts, now.since(first));
            (state, error.to_string(), now.after(wait))
        }
    };
    Outcome {
        id: claimed.id.0,
        state,
        reply,
        next_attempt_at: next.millis(),
    }
}
