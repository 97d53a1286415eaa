//! What the queue holds for domains that cannot take it now.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::{Duration, Instant};

use super::ReadyQueue;
use crate::delivery::queued_delivery::{Blocked, QueuedDelivery};
use crate::model::CampaignId;
use crate::model::delay::DelayReason;

/// How many deliveries of a blocked domain stay in memory.
const DOMAIN_BACKLOG: usize = 20;
/// How long the others are deferred.
const EVICTION_DELAY: Duration = Duration::from_secs(20);

impl ReadyQueue {
    /// The campaigns that wait for domains alone while connections have nothing
    /// to do.
    pub(in crate::delivery) fn blocked(&self) -> Vec<Blocked> {
        let now = Instant::now();
        let queues = self.queues();
        if queues.idle == 0 || queues.waiting == 0 {
            return Vec::new();
        }
        let mut moving = HashSet::new();
        let mut blocked: HashMap<CampaignId, Blocked> = HashMap::new();
        for (domain, domain_queue) in &queues.by_domain {
            let campaigns: HashSet<CampaignId> = domain_queue
                .queue
                .iter()
                .map(|item| item.campaign)
                .collect();
            if domain_queue.throttle.admit(now, false).is_ok() {
                moving.extend(campaigns);
                continue;
            }
            let is_slowed = domain_queue.throttle.is_slowed(now);
            for campaign in campaigns {
                let entry = blocked.entry(campaign).or_insert_with(|| Blocked {
                    campaign,
                    reason: DelayReason::DomainLimit,
                    domains: BTreeSet::new(),
                });
                if is_slowed {
                    entry.reason = DelayReason::Throttled;
                }
                entry.domains.insert(domain.clone());
            }
        }
        blocked.retain(|campaign, _| !moving.contains(campaign));
        blocked.into_values().collect()
    }

    /// Removes what blocks the queue while connections are idle: deliveries to domains
    /// that are backing off or at their limit, each with its delay and the reason.
    pub(in crate::delivery) fn evict(&self) -> Vec<(QueuedDelivery, Duration, DelayReason)> {
        let now = Instant::now();
        let mut queues = self.queues();
        if queues.idle == 0 {
            return Vec::new();
        }
        let mut out = Vec::new();
        for domain_queue in queues.by_domain.values_mut() {
            if domain_queue.throttle.admit(now, false).is_ok() {
                continue;
            }
            let (retain, wait) = match domain_queue.throttle.backoff_until(now) {
                Some(until) => (0, until - now),
                None => (DOMAIN_BACKLOG, EVICTION_DELAY),
            };
            let reason = if domain_queue.throttle.is_slowed(now) {
                DelayReason::Throttled
            } else {
                DelayReason::DomainLimit
            };
            let kept = domain_queue.queue.len().min(retain);
            out.extend(
                domain_queue
                    .queue
                    .drain(kept..)
                    .map(|item| (item, wait, reason)),
            );
        }
        queues.removed(out.len());
        out
    }
}
