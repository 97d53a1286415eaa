//! Why a person got a campaign, or did not: one reason, concluded from the circumstances.
//!
//! What decides is the same as in the freeze of the audience and in a claim: a confirmed
//! subscription to one of the lists, the segment, no suppression, no pause.

use super::circumstances::{Circumstances, OnList};
use crate::campaign::audience::DigestPolicy;
use crate::clock::Timestamp;
use crate::model::campaign::CampaignState;
use crate::model::delivery::{DeliveryState, SkipReason};
use crate::model::recipient::{RecipientOutcome, RecipientVerdict};
use crate::model::subscription::{SubscriptionState, SuppressionReason};
use crate::store::recipients::RecipientDelivery;

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    pub verdict: RecipientVerdict,
    pub reason: Reason,
}

/// Why a person got a campaign, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    Sent {
        at: Timestamp,
    },
    SentInDigest {
        at: Timestamp,
    },
    Complained {
        at: Timestamp,
    },
    Bounced {
        at: Timestamp,
    },
    Failed {
        at: Timestamp,
    },
    Uncertain {
        at: Timestamp,
    },
    Sending,
    /// Until a moment that is still to come, if one is known.
    Waiting {
        until: Option<Timestamp>,
    },
    Deferred {
        until: Timestamp,
    },
    WaitingForDigest,
    CampaignPaused,
    /// When; `None` where it had not started.
    CampaignCancelled {
        at: Option<Timestamp>,
    },
    /// When it is scheduled for.
    Eligible {
        at: Option<Timestamp>,
    },
    EligibleForDigest,
    NotOnLists,
    NotConfirmed {
        list: String,
    },
    Unsubscribed {
        list: String,
        at: Timestamp,
    },
    /// They left all lists of the campaign; when is not kept.
    LeftLists,
    JoinedLater {
        list: String,
        at: Timestamp,
    },
    Suppressed {
        reason: SuppressionReason,
        since: Timestamp,
    },
    /// A suppression that is lifted. When, where it is only concluded from that.
    WasSuppressed {
        lifted_at: Option<Timestamp>,
    },
    Paused {
        until: Option<Timestamp>,
    },
    NotInSegment {
        segment: String,
        /// Whether they are in it now.
        is_now: bool,
    },
    NothingKept,
    NoDigest,
    Skipped {
        words: String,
    },
    Erased,
    NotASubscriber,
    NotRecorded,
    Unexplained,
}

impl Reason {
    /// The reason as the API names it.
    pub fn outcome(&self) -> RecipientOutcome {
        match self {
            Self::Sent { .. } => RecipientOutcome::Sent,
            Self::SentInDigest { .. } => RecipientOutcome::SentInDigest,
            Self::Complained { .. } => RecipientOutcome::Complained,
            Self::Bounced { .. } => RecipientOutcome::Bounced,
            Self::Failed { .. } => RecipientOutcome::Failed,
            Self::Uncertain { .. } => RecipientOutcome::Uncertain,
            Self::Sending => RecipientOutcome::Sending,
            Self::Waiting { .. } => RecipientOutcome::Waiting,
            Self::Deferred { .. } => RecipientOutcome::Deferred,
            Self::WaitingForDigest => RecipientOutcome::WaitingForDigest,
            Self::CampaignPaused => RecipientOutcome::CampaignPaused,
            Self::CampaignCancelled { .. } => RecipientOutcome::CampaignCancelled,
            Self::Eligible { .. } => RecipientOutcome::Eligible,
            Self::EligibleForDigest => RecipientOutcome::EligibleForDigest,
            Self::NotOnLists => RecipientOutcome::NotOnLists,
            Self::NotConfirmed { .. } => RecipientOutcome::NotConfirmed,
            Self::Unsubscribed { .. } | Self::LeftLists => RecipientOutcome::Unsubscribed,
            Self::JoinedLater { .. } => RecipientOutcome::JoinedLater,
            Self::Suppressed { .. } | Self::WasSuppressed { .. } => RecipientOutcome::Suppressed,
            Self::Paused { .. } => RecipientOutcome::Paused,
            Self::NotInSegment { .. } => RecipientOutcome::NotInSegment,
            Self::NothingKept => RecipientOutcome::NothingKept,
            Self::NoDigest => RecipientOutcome::NoDigest,
            Self::Skipped { .. } => RecipientOutcome::Skipped,
            Self::Erased => RecipientOutcome::Erased,
            Self::NotASubscriber => RecipientOutcome::NotASubscriber,
            Self::NotRecorded => RecipientOutcome::NotRecorded,
            Self::Unexplained => RecipientOutcome::Unexplained,
        }
    }

    fn so(self, verdict: RecipientVerdict) -> Conclusion {
        Conclusion {
            verdict,
            reason: self,
        }
    }
}

/// What follows from the circumstances.
pub fn conclude(of: &Circumstances) -> Conclusion {
    if let Some(delivery) = &of.delivery {
        return of_delivery(of, delivery);
    }
    if let Some(digest) = &of.digest {
        return match (&digest.itself, digest.is_over) {
            (Some(itself), _) => in_digest(itself),
            (None, true) => Reason::NoDigest.so(RecipientVerdict::NotReceived),
            (None, false) if of.campaign.state == CampaignState::Cancelled => cancelled(of),
            (None, false) if of.campaign.state == CampaignState::Paused => {
                Reason::CampaignPaused.so(RecipientVerdict::Pending)
            }
            (None, false) => Reason::WaitingForDigest.so(RecipientVerdict::Pending),
        };
    }
    match (of.campaign.started_at, of.campaign.state) {
        (Some(started), _) if of.campaign.is_frozen => missed(of, started),
        (_, CampaignState::Cancelled) => cancelled(of),
        _ => prospect(of),
    }
}

fn in_digest(itself: &Circumstances) -> Conclusion {
    let Conclusion { verdict, reason } = conclude(itself);
    match reason {
        Reason::Sent { at } => Reason::SentInDigest { at }.so(verdict),
        Reason::Eligible { .. } => Reason::WaitingForDigest.so(RecipientVerdict::Pending),
        other => other.so(verdict),
    }
}

fn cancelled(of: &Circumstances) -> Conclusion {
    let started = of.campaign.started_at;
    let at = of.campaign.finished_at.filter(|_| started.is_some());
    Reason::CampaignCancelled { at }.so(RecipientVerdict::NotReceived)
}

fn of_delivery(of: &Circumstances, delivery: &RecipientDelivery) -> Conclusion {
    use RecipientVerdict::{NotReceived, Pending, Received, Unknown};
    let at = delivery.changed_at;
    match delivery.state {
        DeliveryState::Sent => Reason::Sent { at }.so(Received),
        DeliveryState::Complained => Reason::Complained { at }.so(Received),
        DeliveryState::Bounced => Reason::Bounced { at }.so(NotReceived),
        DeliveryState::Failed => Reason::Failed { at }.so(NotReceived),
        DeliveryState::Uncertain => Reason::Uncertain { at }.so(Unknown),
        DeliveryState::Sending => Reason::Sending.so(Pending),
        DeliveryState::Skipped => skipped(of, delivery).so(NotReceived),
        DeliveryState::Queued | DeliveryState::Deferred => open(of, delivery),
    }
}

/// A delivery that is still to come, unless something has come between.
fn open(of: &Circumstances, delivery: &RecipientDelivery) -> Conclusion {
    match of.campaign.state {
        CampaignState::Cancelled => return cancelled(of),
        CampaignState::Paused => return Reason::CampaignPaused.so(RecipientVerdict::Pending),
        _ => {}
    }
    if let Some(reason) = unlisted(of, of.now)
        .or_else(|| suppressed(of, of.now))
        .or_else(|| paused(of, of.now))
    {
        return reason.so(RecipientVerdict::WouldNotReceive);
    }
    let next = delivery.next_attempt_at;
    let until = (next > of.now).then_some(next);
    let was_tried = delivery.state == DeliveryState::Deferred && delivery.attempts > 0;
    let reason = match until {
        Some(until) if was_tried => Reason::Deferred { until },
        until => Reason::Waiting { until },
    };
    reason.so(RecipientVerdict::Pending)
}

fn skipped(of: &Circumstances, delivery: &RecipientDelivery) -> Reason {
    let at = delivery.changed_at;
    match delivery.reply.parse() {
        Ok(SkipReason::Unsubscribed | SkipReason::EmptyDigest) => {
            last_left(of, at).unwrap_or(Reason::LeftLists)
        }
        Ok(SkipReason::Suppressed) => {
            suppressed(of, at).unwrap_or(Reason::WasSuppressed { lifted_at: None })
        }
        Ok(SkipReason::Paused) => Reason::Paused {
            until: of.pause_at(at),
        },
        Ok(SkipReason::Cancelled) => Reason::CampaignCancelled {
            at: of.campaign.finished_at.or(Some(at)),
        },
        Ok(SkipReason::Deleted | SkipReason::Erased) => Reason::Erased,
        Err(_) => Reason::Skipped {
            words: delivery.reply.clone(),
        },
    }
}

/// Why there is no delivery although the audience was frozen.
fn missed(of: &Circumstances, started: Timestamp) -> Conclusion {
    let is_digest = of.campaign.digest_policy == DigestPolicy::IsDigest;
    if is_digest && of.kept_in_digest == Some(0) {
        return Reason::NothingKept.so(RecipientVerdict::NotReceived);
    }
    if of.lists.is_empty() {
        // Its lists were deleted, and what was known of them with them.
        return if of.campaign.is_folded {
            Reason::NotRecorded.so(RecipientVerdict::Unknown)
        } else {
            Reason::Unexplained.so(RecipientVerdict::NotReceived)
        };
    }
    let frozen = of.campaign.frozen_at.unwrap_or(of.now);
    let certain = unlisted(of, started)
        .map(|reason| joined_after(of, started).unwrap_or(reason))
        .or_else(|| suppressed(of, started))
        .or_else(|| paused(of, started));
    if of.campaign.is_folded {
        // Who came on a list while the audience was being frozen may have got it.
        let is_certain = certain
            .filter(|reason| !matches!(reason, Reason::JoinedLater { at, .. } if *at <= frozen));
        return match is_certain {
            Some(reason) => reason.so(RecipientVerdict::NotReceived),
            None => Reason::NotRecorded.so(RecipientVerdict::Unknown),
        };
    }
    // What came between the start and the freeze.
    let between = || {
        unlisted(of, frozen)
            .or_else(|| suppressed(of, frozen))
            .or_else(|| paused(of, frozen))
    };
    let not_picked = || {
        let segment = of.segment.as_ref()?;
        (!segment.picks || of.lifted_at.is_none()).then(|| Reason::NotInSegment {
            segment: segment.name.clone(),
            is_now: segment.picks,
        })
    };
    let lifted = || {
        let lifted_at = of.lifted_at?;
        Some(Reason::WasSuppressed {
            lifted_at: Some(lifted_at),
        })
    };
    let reason = certain
        .or_else(between)
        .or_else(not_picked)
        .or_else(lifted)
        .unwrap_or(Reason::Unexplained);
    reason.so(RecipientVerdict::NotReceived)
}

/// What would happen if the audience were frozen now, or when the campaign is scheduled for.
fn prospect(of: &Circumstances) -> Conclusion {
    let then = of.campaign.scheduled_at.map_or(of.now, |at| at.max(of.now));
    let is_digest = of.campaign.digest_policy == DigestPolicy::IsDigest;
    let nothing_kept = (is_digest && of.kept_in_digest == Some(0)).then_some(Reason::NothingKept);
    let not_picked = || {
        let segment = of.segment.as_ref().filter(|segment| !segment.picks)?;
        Some(Reason::NotInSegment {
            segment: segment.name.clone(),
            is_now: false,
        })
    };
    let against = nothing_kept
        .or_else(|| unlisted(of, of.now))
        .or_else(not_picked)
        .or_else(|| suppressed(of, of.now))
        .or_else(|| paused(of, then));
    match against {
        Some(reason) => reason.so(RecipientVerdict::WouldNotReceive),
        None if of.campaign.state == CampaignState::Paused => {
            Reason::CampaignPaused.so(RecipientVerdict::Pending)
        }
        // Its audience is being frozen.
        None if of.campaign.started_at.is_some() && of.reads_weekly() => {
            Reason::WaitingForDigest.so(RecipientVerdict::Pending)
        }
        None if of.campaign.started_at.is_some() => {
            Reason::Waiting { until: None }.so(RecipientVerdict::Pending)
        }
        None if of.reads_weekly() => Reason::EligibleForDigest.so(RecipientVerdict::WouldReceive),
        None => {
            let at = of.campaign.scheduled_at;
            Reason::Eligible {
                at: at.filter(|_| of.campaign.state == CampaignState::Scheduled),
            }
            .so(RecipientVerdict::WouldReceive)
        }
    }
}

/// Why none of the lists has the person as confirmed at a moment; what is nearest to it first.
fn unlisted(of: &Circumstances, at: Timestamp) -> Option<Reason> {
    let states = || {
        of.lists
            .iter()
            .filter_map(|list| Some((list, list.at(at)?)))
    };
    let is = |state| move |(_, (one, _)): &(&OnList, (SubscriptionState, Timestamp))| *one == state;
    if states().any(|one| is(SubscriptionState::Confirmed)(&one)) {
        return None;
    }
    if let Some((list, _)) = states().find(is(SubscriptionState::Pending)) {
        return Some(Reason::NotConfirmed {
            list: list.name.clone(),
        });
    }
    Some(last_left(of, at).unwrap_or(Reason::NotOnLists))
}

/// The list that they left last before a moment.
fn last_left(of: &Circumstances, at: Timestamp) -> Option<Reason> {
    let left = of.lists.iter().filter_map(|list| match list.at(at)? {
        (SubscriptionState::Unsubscribed, since) => Some((since, list)),
        _ => None,
    });
    let (at, list) = left.max_by_key(|(since, _)| *since)?;
    Some(Reason::Unsubscribed {
        list: list.name.clone(),
        at,
    })
}

/// The list that somebody who was on none joined first after the start.
fn joined_after(of: &Circumstances, started: Timestamp) -> Option<Reason> {
    if of.lists.iter().any(|list| list.at(started).is_some()) {
        return None;
    }
    let confirmed = SubscriptionState::Confirmed;
    let joined = of.lists.iter().filter_map(|list| {
        let at = list.first_within(confirmed, started, of.now)?;
        Some((at, list))
    });
    let (at, list) = joined.min_by_key(|(at, _)| *at)?;
    Some(Reason::JoinedLater {
        list: list.name.clone(),
        at,
    })
}

fn suppressed(of: &Circumstances, at: Timestamp) -> Option<Reason> {
    let (reason, since) = of.suppression_at(at)?;
    Some(Reason::Suppressed { reason, since })
}

fn paused(of: &Circumstances, at: Timestamp) -> Option<Reason> {
    let until = of.pause_at(at)?;
    Some(Reason::Paused { until: Some(until) })
}

#[cfg(test)]
mod tests;
