//! Why a campaign that is being sent makes no progress, and the state of its relays.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Result;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::campaign::CampaignState;
use crate::model::delay::DelayReason;
use crate::store::campaigns::Campaign;
use crate::store::workers;

/// How long after its last heartbeat a worker counts as running.
pub const WORKER_LIFETIME: Duration = Duration::from_secs(30);

/// What a campaign waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// The reason.
    pub reason: DelayReason,
    /// Details: a relay's reply, the domains, a limit. May be empty.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
}

/// A relay as a worker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayStatus {
    /// Its URL, without the password.
    pub relay: String,
    /// The configured limit of connections.
    pub connections: usize,
    /// Connections that the relay accepts, if it has rejected more.
    pub connection_limit: Option<usize>,
    /// When it rejected more, in milliseconds since 1970.
    pub limited_since: Option<i64>,
}

/// What delays a campaign; `None` if it makes progress, is not being sent, or a
/// person paused it.
pub async fn of(cx: &Context, campaign: &Campaign) -> Result<Option<Delay>> {
    if campaign.state == CampaignState::Paused && !campaign.pause_reason.is_empty() {
        let since = campaign.paused_at.or(campaign.started_at);
        return Ok(Some(Delay {
            reason: DelayReason::Paused,
            detail: campaign.pause_reason.clone(),
            since: since.unwrap_or(campaign.created_at),
        }));
    }
    if campaign.state != CampaignState::Sending {
        return Ok(None);
    }
    let now = cx.clock.now();
    let since = now.before(WORKER_LIFETIME);
    let mut db = cx.store.read().await?;
    let (alive, last_seen) = workers::alive(&mut db, since).await?;
    if alive == 0 {
        let started = campaign.started_at.unwrap_or_default();
        let since = started.max(last_seen.unwrap_or_default());
        // A worker that started with the campaign has not reported yet.
        let is_missing = now.since(since) > WORKER_LIFETIME;
        return Ok(is_missing.then(|| Delay {
            reason: DelayReason::NoWorker,
            detail: "Start jarshy serve with a relay, or jarshy worker.".to_owned(),
            since,
        }));
    }
    let delays = workers::delays(&mut db, campaign.id, since).await?;
    // One worker that can send is enough. One without a lease of the campaign
    // has nothing left to claim.
    let is_held_up = (delays.len() as i64) >= alive
        || (!delays.is_empty()
            && workers::undelayed_holders(&mut db, campaign.id, since, now).await? == 0);
    if !is_held_up {
        return Ok(None);
    }
    Ok(delays.into_iter().next().map(|delay| Delay {
        reason: delay.reason,
        detail: delay.detail,
        since: delay.since,
    }))
}

/// The relays of all running workers, each once.
pub async fn relays(cx: &Context) -> Result<Vec<RelayStatus>> {
    let since = cx.clock.now().before(WORKER_LIFETIME);
    let reports = workers::relays(&mut cx.store.read().await?, since).await?;
    let mut found: Vec<RelayStatus> = Vec::new();
    for report in reports {
        // A worker of another version may write more.
        let relays: Vec<RelayStatus> = serde_json::from_str(&report).unwrap_or_default();
        for relay in relays {
            match found.iter_mut().find(|known| known.relay == relay.relay) {
                Some(known) if known.connection_limit.is_none() => *known = relay,
                Some(_) => {}
                None => found.push(relay),
            }
        }
    }
    Ok(found)
}
