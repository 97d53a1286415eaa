//! Why the campaigns of a worker are delayed, reported to the database for pages and the
//! API. Sending does not depend on it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use uuid::Uuid;

use super::relay_pool::RelayPool;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delay::DelayReason;
use crate::store::StoreError;
use crate::store::workers::{self, DelayRow};

/// How often a worker reports even if nothing has changed.
const REPORT_INTERVAL: Duration = Duration::from_secs(5);
/// How long a reason is valid unless it is noted again.
const DELAY_TTL: Duration = Duration::from_secs(5);
/// How long a campaign has sent nothing before domains' limits are named as the
/// reason: one that goes on slowly is not held up.
const STANDSTILL: Duration = Duration::from_secs(2);
/// How long the row of a worker that was killed is kept.
const WORKER_RETENTION: Duration = Duration::from_secs(24 * 3600);

/// The delays of campaigns; cheap to clone.
#[derive(Clone, Default)]
pub struct Status(Arc<Mutex<Campaigns>>);

#[derive(Default)]
struct Campaigns {
    delays: HashMap<CampaignId, Delay>,
    /// When a message was last taken.
    moved: HashMap<CampaignId, Timestamp>,
}

impl Campaigns {
    fn makes_progress(&self, campaign: CampaignId, now: Timestamp) -> bool {
        self.moved
            .get(&campaign)
            .is_some_and(|at| now.since(*at) < STANDSTILL)
    }
}

struct Delay {
    reason: DelayReason,
    detail: String,
    since: Timestamp,
    until: Timestamp,
}

impl Status {
    fn campaigns(&self) -> MutexGuard<'_, Campaigns> {
        self.0.lock()
    }

    /// A campaign cannot move now, nor for `wait` from now on. The same reason
    /// again keeps its beginning.
    pub fn note(
        &self,
        campaign: CampaignId,
        reason: DelayReason,
        detail: &str,
        wait: Duration,
        now: Timestamp,
    ) {
        let mut all = self.campaigns();
        let since = match all.delays.get(&campaign) {
            Some(delays) if delays.reason == reason && delays.until >= now => delays.since,
            _ => now,
        };
        let delays = Delay {
            reason,
            detail: detail.to_owned(),
            since,
            until: now.after(wait + DELAY_TTL),
        };
        all.delays.insert(campaign, delays);
    }

    /// A message of a campaign was taken. Domains that must wait still do, which
    /// counts again when nothing else is left to send.
    pub fn clear(&self, campaign: CampaignId, now: Timestamp) {
        let mut all = self.campaigns();
        all.moved.insert(campaign, now);
        match all.delays.get_mut(&campaign) {
            Some(delays) if is_of_domains(delays.reason) => delays.since = now,
            Some(_) => drop(all.delays.remove(&campaign)),
            None => {}
        }
    }

    /// Whether a reason is known that will still stand for a moment.
    pub fn is_noted(&self, campaign: CampaignId, now: Timestamp) -> bool {
        let all = self.campaigns();
        all.delays
            .get(&campaign)
            .is_some_and(|delays| delays.until > now.after(DELAY_TTL))
    }

    fn rows(&self, now: Timestamp) -> Vec<DelayRow> {
        let mut all = self.campaigns();
        all.delays.retain(|_, delays| delays.until >= now);
        all.moved.retain(|_, at| now.since(*at) < STANDSTILL);
        let mut rows: Vec<DelayRow> = all
            .delays
            .iter()
            .filter(|(campaign, delays)| {
                !is_of_domains(delays.reason) || !all.makes_progress(**campaign, now)
            })
            .map(|(campaign, delays)| DelayRow {
                campaign_id: *campaign,
                reason: delays.reason,
                detail: delays.detail.clone(),
                since: delays.since,
            })
            .collect();
        rows.sort_by_key(|row| row.campaign_id.0);
        rows
    }
}

/// Whether it holds up a part of the campaign's messages only.
fn is_of_domains(reason: DelayReason) -> bool {
    matches!(reason, DelayReason::DomainLimit | DelayReason::Throttled)
}

pub struct Reporter {
    cx: Context,
    worker: Uuid,
    relays: Arc<RelayPool>,
    status: Status,
    last: Option<(Timestamp, String, Vec<DelayRow>)>,
}

impl Reporter {
    pub fn new(cx: &Context, worker: Uuid, relays: Arc<RelayPool>, status: Status) -> Self {
        Self {
            cx: cx.clone(),
            worker,
            relays,
            status,
            last: None,
        }
    }

    /// Reports what has changed, or that the worker still runs. Where the database fails,
    /// the next call reports it again.
    pub async fn report(&mut self) -> Result<(), StoreError> {
        let now = self.cx.clock.now();
        let relays = self.relays.status();
        let relays = serde_json::to_string(&relays).unwrap_or_default();
        let delays = self.status.rows(now);
        let is_reported = self.last.as_ref().is_some_and(|(at, reported, rows)| {
            *at <= now && now.since(*at) < REPORT_INTERVAL && *reported == relays && *rows == delays
        });
        if is_reported {
            return Ok(());
        }
        let mut db = self.cx.store.write().await?;
        workers::report(&mut db, self.worker, &relays, &delays, now).await?;
        db.commit().await?;
        self.last = Some((now, relays, delays));
        Ok(())
    }

    /// Removes the worker from the database. Without it the row expires after a while.
    pub async fn sign_off(self) -> Result<(), StoreError> {
        let before = self.cx.clock.now().before(WORKER_RETENTION);
        let mut db = self.cx.store.write().await?;
        workers::forget(&mut db, self.worker, before).await?;
        db.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn a_reason_keeps_its_beginning_until_something_moves() {
        let (status, campaign) = (Status::default(), CampaignId(7));
        let note = |reason, now| status.note(campaign, reason, "", Duration::ZERO, at(now));
        let since = |now| {
            status
                .rows(at(now))
                .first()
                .map(|row| (row.reason, row.since))
        };
        note(DelayReason::RelayAway, 10);
        note(DelayReason::RelayAway, 14);
        assert_eq!(since(15), Some((DelayReason::RelayAway, at(10))));
        note(DelayReason::QuietHours, 16);
        assert_eq!(since(16), Some((DelayReason::QuietHours, at(16))));
        status.clear(campaign, at(16));
        assert_eq!(since(16), None);
        note(DelayReason::RelayAway, 20);
        assert_eq!(since(40), None, "it was not noted again");
    }

    #[test]
    fn a_domain_limit_shows_when_nothing_else_is_left_to_send() {
        let (status, campaign) = (Status::default(), CampaignId(7));
        let limit = DelayReason::DomainLimit;
        status.note(campaign, limit, "", Duration::from_secs(20), at(10));
        status.clear(campaign, at(12));
        assert!(status.rows(at(13)).is_empty(), "it goes on");
        let rows = status.rows(at(15));
        assert_eq!((rows[0].reason, rows[0].since), (limit, at(12)));
    }
}
