//! What a conclusion rests on, fact by fact, in the order in which sending decides.

use serde::Serialize;

use super::circumstances::{Chosen, Circumstances, OnList, Suppressed};
use crate::campaign::delay::Delay;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::delivery::DeliveryState;
use crate::model::domain_limit::DomainLimit;
use crate::model::subscription::{SubscriptionState, SuppressionReason};
use crate::store::feedback::Event;
use crate::store::recipients::RecipientDelivery;
use crate::text::locale::{Language, Preference};

/// What a fact says for the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It lets the email through.
    For,
    /// It prevents the email, or did.
    Against,
    /// It is only to be known.
    Neutral,
}

/// A fact about a person and a campaign.
#[derive(Debug, Clone, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Fact {
    /// How far the campaign is.
    Campaign {
        state: CampaignState,
        /// When it started, or is scheduled for.
        at: Option<Timestamp>,
        /// Why the system paused it, or it could not start.
        reason: String,
    },
    /// When its audience was put together.
    Audience {
        at: Timestamp,
    },
    /// Its audience is being put together, and has not come to the person.
    AudienceToCome,
    /// The lists of the campaign were deleted.
    NoLists,
    /// A list: the state that counts, and since when.
    List {
        list: String,
        state: Option<SubscriptionState>,
        since: Option<Timestamp>,
        is_for: bool,
    },
    /// A list that they joined, or left, after that.
    ListSince {
        list: String,
        state: SubscriptionState,
        at: Timestamp,
    },
    /// The segment, as it is now.
    Segment {
        segment: String,
        picks: bool,
    },
    /// What stands against the address.
    Suppression {
        /// The address, or `@` and its domain.
        key: String,
        reason: SuppressionReason,
        since: Timestamp,
        note: String,
        /// Whether it was there when the audience was put together.
        counts: bool,
    },
    NotSuppressed,
    /// A suppression was lifted since the campaign started.
    SuppressionLifted {
        at: Timestamp,
    },
    /// Email is paused, or was.
    Pause {
        until: Timestamp,
    },
    NotPaused,
    /// The weekly digest brings it, or would.
    Digest {
        /// The digest, where it is made.
        campaign: Option<CampaignId>,
        is_over: bool,
    },
    WouldBeInDigest,
    /// How many campaigns are kept for them in this digest.
    KeptInDigest {
        count: i64,
    },
    /// The language that they asked for, and the one of the email.
    Language {
        own: Language,
        used: Language,
    },
    /// When it is due by their own clock.
    LocalTime {
        at: Timestamp,
    },
    /// They are among the recipients, in this state since.
    Delivery {
        state: DeliveryState,
        at: Timestamp,
    },
    /// It was tried so often, first at this moment.
    Attempts {
        count: i64,
        first_at: Option<Timestamp>,
    },
    /// When it is due.
    NextAttempt {
        at: Timestamp,
    },
    /// The relay's reply.
    Reply {
        reply: String,
    },
    /// Why it was skipped, or is uncertain, in the words of the ledger.
    Note {
        words: String,
    },
    /// They are not among the recipients.
    NoDelivery,
    /// Single deliveries are not kept any more.
    Folded,
    /// What holds up the whole campaign.
    Delayed {
        delay: Delay,
    },
    /// What the operator allows their domain.
    DomainLimited {
        domain: String,
        limit: DomainLimit,
    },
    /// What came back.
    Feedback {
        event: Event,
    },
    /// Their address was changed after the start.
    AddressChanged {
        at: Timestamp,
    },
}

impl Fact {
    /// The kind of fact, as the API names it.
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// When it came about, if that is known.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Campaign { at, .. } => *at,
            Self::List { since, .. } => *since,
            Self::Attempts { first_at, .. } => *first_at,
            Self::Audience { at }
            | Self::ListSince { at, .. }
            | Self::Suppression { since: at, .. }
            | Self::SuppressionLifted { at }
            | Self::LocalTime { at }
            | Self::Delivery { at, .. }
            | Self::NextAttempt { at }
            | Self::AddressChanged { at } => Some(*at),
            Self::Delayed { delay } => Some(delay.since),
            Self::Feedback { event } => Some(event.at),
            _ => None,
        }
    }

    pub fn weight(&self) -> Weight {
        use CampaignState::{Cancelled, FailedToStart, Paused};
        match self {
            Self::Campaign {
                state: Cancelled | FailedToStart | Paused,
                ..
            } => Weight::Against,
            Self::Campaign { .. } => Weight::Neutral,
            Self::List { state, is_for, .. } => match (state, is_for) {
                (_, true) => Weight::For,
                (Some(SubscriptionState::Confirmed), false) | (None, _) => Weight::Neutral,
                _ => Weight::Against,
            },
            Self::Segment { picks, .. } if *picks => Weight::For,
            Self::Segment { .. } => Weight::Against,
            Self::Suppression { counts, .. } if *counts => Weight::Against,
            Self::Pause { .. } | Self::NoLists | Self::Delayed { .. } => Weight::Against,
            Self::KeptInDigest { count } if *count == 0 => Weight::Against,
            Self::NotSuppressed | Self::NotPaused => Weight::For,
            Self::Delivery { state, .. } => match state {
                DeliveryState::Sent => Weight::For,
                DeliveryState::Failed
                | DeliveryState::Bounced
                | DeliveryState::Complained
                | DeliveryState::Skipped
                | DeliveryState::Uncertain => Weight::Against,
                _ => Weight::Neutral,
            },
            _ => Weight::Neutral,
        }
    }
}

/// All facts, in order.
pub fn of(of: &Circumstances) -> Vec<Fact> {
    let mut facts = Vec::new();
    let campaign = &of.campaign;
    let is_frozen = campaign.started_at.is_some() && campaign.is_frozen;
    let then = match campaign.started_at.filter(|_| is_frozen) {
        Some(started) => started,
        None => of.now,
    };
    facts.push(Fact::Campaign {
        state: campaign.state,
        at: campaign.started_at.or(campaign.scheduled_at),
        reason: campaign.reason.clone(),
    });
    match campaign.frozen_at {
        Some(at) if is_frozen => facts.push(Fact::Audience { at }),
        _ if campaign.started_at.is_some() && !is_frozen => facts.push(Fact::AudienceToCome),
        _ => {}
    }
    lists(of, then, &mut facts);
    if let Some(segment) = &of.segment {
        facts.push(Fact::Segment {
            segment: segment.name.clone(),
            picks: segment.picks,
        });
    }
    if let Some(count) = of.kept_in_digest {
        facts.push(Fact::KeptInDigest { count });
    }
    suppressions(of, then, &mut facts);
    let pause_from = match (is_frozen, campaign.scheduled_at) {
        (false, Some(at)) => at.max(then),
        _ => then,
    };
    // A pause that began later has stopped what was still to come.
    match of.pause_at(pause_from).or_else(|| of.pause_at(of.now)) {
        Some(until) => facts.push(Fact::Pause { until }),
        None => facts.push(Fact::NotPaused),
    }
    let reader = Preference {
        reader: of.language,
        site: of.site_language,
    };
    let used = reader.pick(&of.languages, |language| *language);
    if let Some(used) = used {
        facts.push(Fact::Language {
            own: of.language,
            used: *used,
        });
    }
    digest(of, is_frozen, &mut facts);
    facts.extend(of.local_time.map(|at| Fact::LocalTime { at }));
    match &of.delivery {
        Some(one) => delivery(of, one, &mut facts),
        None if is_frozen && of.digest.is_none() => facts.push(if campaign.is_folded {
            Fact::Folded
        } else {
            Fact::NoDelivery
        }),
        None => {}
    }
    let events = of.feedback.iter().cloned();
    facts.extend(events.map(|event| Fact::Feedback { event }));
    let changed = of.choices.iter().filter(|choice| {
        choice.what == Chosen::NewAddress && campaign.started_at.is_some_and(|at| choice.at > at)
    });
    facts.extend(changed.map(|choice| Fact::AddressChanged { at: choice.at }));
    facts
}

fn lists(of: &Circumstances, then: Timestamp, facts: &mut Vec<Fact>) {
    if of.lists.is_empty() {
        facts.push(Fact::NoLists);
    }
    for list in &of.lists {
        let state = list.at(then);
        facts.push(Fact::List {
            list: list.name.clone(),
            state: state.map(|(state, _)| state),
            since: state.map(|(_, since)| since),
            is_for: state.is_some_and(|(state, _)| state == SubscriptionState::Confirmed),
        });
    }
    facts.extend(of.lists.iter().filter_map(|list| since(list, then)));
}

/// What has become of a subscription since a moment.
fn since(list: &OnList, then: Timestamp) -> Option<Fact> {
    let (state, at) = list.now.filter(|(_, at)| *at > then)?;
    Some(Fact::ListSince {
        list: list.name.clone(),
        state,
        at,
    })
}

fn suppressions(of: &Circumstances, then: Timestamp, facts: &mut Vec<Fact>) {
    let fact = |one: &Suppressed| Fact::Suppression {
        key: one.key.clone(),
        reason: one.reason,
        since: one.since,
        note: one.note.clone(),
        counts: one.since <= then,
    };
    facts.extend(of.suppressions.iter().map(fact));
    facts.extend(of.lifted_at.map(|at| Fact::SuppressionLifted { at }));
    if of.suppressions.is_empty() && of.lifted_at.is_none() {
        facts.push(Fact::NotSuppressed);
    }
}

fn digest(of: &Circumstances, is_frozen: bool, facts: &mut Vec<Fact>) {
    match &of.digest {
        Some(digest) => {
            facts.push(Fact::Digest {
                campaign: digest.campaign,
                is_over: digest.is_over,
            });
            if let Some((itself, delivery_of_it)) = digest
                .itself
                .as_ref()
                .and_then(|itself| Some((itself, itself.delivery.as_ref()?)))
            {
                delivery(itself, delivery_of_it, facts);
                let events = itself.feedback.iter().cloned();
                facts.extend(events.map(|event| Fact::Feedback { event }));
            }
        }
        None if !is_frozen && of.reads_weekly() => facts.push(Fact::WouldBeInDigest),
        None => {}
    }
}

fn delivery(of: &Circumstances, one: &RecipientDelivery, facts: &mut Vec<Fact>) {
    use DeliveryState::{Deferred, Queued, Sending, Skipped, Uncertain};
    facts.push(Fact::Delivery {
        state: one.state,
        at: one.changed_at,
    });
    if one.attempts > 0 {
        facts.push(Fact::Attempts {
            count: one.attempts,
            first_at: one.first_attempt_at,
        });
    }
    if !one.reply.is_empty() {
        facts.push(match one.state {
            Skipped | Uncertain => Fact::Note {
                words: one.reply.clone(),
            },
            _ => Fact::Reply {
                reply: one.reply.clone(),
            },
        });
    }
    if !matches!(one.state, Queued | Deferred | Sending) {
        return;
    }
    if one.next_attempt_at > of.now {
        facts.push(Fact::NextAttempt {
            at: one.next_attempt_at,
        });
    }
    if let Some(delay) = &of.delay {
        facts.push(Fact::Delayed {
            delay: delay.clone(),
        });
    }
    if of.domain_limit != DomainLimit::default() {
        facts.push(Fact::DomainLimited {
            domain: of.domain.clone(),
            limit: of.domain_limit,
        });
    }
}
