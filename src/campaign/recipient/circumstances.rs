//! What is known of one person and one campaign, before anything is concluded from it.

use crate::campaign::audience::DigestPolicy;
use crate::campaign::delay::Delay;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::domain_limit::DomainLimit;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{ConsentAction, SubscriptionState, SuppressionReason};
use crate::store::feedback::Event;
use crate::store::recipients::RecipientDelivery;
use crate::store::subscriptions::ConsentRow;
use crate::text::locale::Language;

/// What is known of a subscriber and a campaign.
#[derive(Debug, Clone)]
pub struct Circumstances {
    pub now: Timestamp,
    pub campaign: Progress,
    /// The lists that the campaign goes to.
    pub lists: Vec<OnList>,
    pub segment: Option<InSegment>,
    /// Everything that stands against the address, the strongest first.
    pub suppressions: Vec<Suppressed>,
    /// When a suppression of the address was last lifted, since the campaign started.
    pub lifted_at: Option<Timestamp>,
    /// The subscriber's choices about all mail, oldest first.
    pub choices: Vec<Choice>,
    pub frequency: Frequency,
    pub paused_until: Option<Timestamp>,
    pub language: Language,
    /// That of the site, for those whose own the campaign lacks.
    pub site_language: Language,
    pub delivery: Option<RecipientDelivery>,
    /// How many campaigns are kept for the subscriber in the digest that this one is; `None`
    /// where it is none.
    pub kept_in_digest: Option<i64>,
    /// Where the campaign is kept for the subscriber's weekly digest.
    pub digest: Option<Digest>,
    /// Those that the campaign is written in.
    pub languages: Vec<Language>,
    /// When it is due by the subscriber's own clock.
    pub local_time: Option<Timestamp>,
    /// What holds up the whole campaign.
    pub delay: Option<Delay>,
    pub domain: String,
    pub domain_limit: DomainLimit,
    /// What came back of this email, oldest first.
    pub feedback: Vec<Event>,
}

/// How far a campaign is, as seen from the subscriber.
#[derive(Debug, Clone)]
pub struct Progress {
    pub state: CampaignState,
    /// Why the system paused it, or it could not start.
    pub reason: String,
    pub scheduled_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Whether the freeze of its audience has come past the subscriber.
    pub is_frozen: bool,
    /// When all of its audience was frozen.
    pub frozen_at: Option<Timestamp>,
    /// Whether only numbers are kept of its deliveries, or of some.
    pub is_folded: bool,
    pub digest_policy: DigestPolicy,
}

/// A list, and the subscriber's way on it.
#[derive(Debug, Clone)]
pub struct OnList {
    pub name: String,
    /// The state now and since when.
    pub now: Option<(SubscriptionState, Timestamp)>,
    /// The states that it came into, oldest first.
    pub history: Vec<(SubscriptionState, Timestamp)>,
}

/// The segment of a campaign.
#[derive(Debug, Clone)]
pub struct InSegment {
    pub name: String,
    /// Whether it picks the subscriber now. Who was in it before is not kept.
    pub picks: bool,
}

/// A reason against an address.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The address, or `@` and its domain.
    pub key: String,
    pub reason: SuppressionReason,
    pub note: String,
    pub since: Timestamp,
}

/// A choice about all mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub at: Timestamp,
    pub what: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    PausedUntil(Timestamp),
    Resumed,
    NewAddress,
}

/// The digest that a campaign is kept for.
#[derive(Debug, Clone)]
pub struct Digest {
    /// `None` while it is still to be made, or where it was never sent.
    pub campaign: Option<CampaignId>,
    /// Whether its week has come.
    pub is_over: bool,
    /// What is known of the subscriber and the digest itself.
    pub itself: Option<Box<Circumstances>>,
}

impl OnList {
    /// The state at a moment, and since when.
    pub fn at(&self, at: Timestamp) -> Option<(SubscriptionState, Timestamp)> {
        if let Some(now) = self.now.filter(|(_, since)| *since <= at) {
            return Some(now);
        }
        let before = self.history.iter().rev();
        before.copied().find(|(_, since)| *since <= at)
    }

    /// When it first came into a state after a moment and not after another.
    pub fn first_within(
        &self,
        state: SubscriptionState,
        after: Timestamp,
        until: Timestamp,
    ) -> Option<Timestamp> {
        let within = |(one, at): &(SubscriptionState, Timestamp)| {
            (*one == state && *at > after && *at <= until).then_some(*at)
        };
        let recorded = self.history.iter().find_map(within);
        recorded.or_else(|| self.now.as_ref().and_then(within))
    }

    /// The states that consent records tell of; `None` for those that change none.
    pub fn history_of(records: &[ConsentRow], slug: &str) -> Vec<(SubscriptionState, Timestamp)> {
        let own = records.iter().filter(|record| record.list == slug);
        own.filter_map(|record| {
            let state = match record.action {
                ConsentAction::Requested => SubscriptionState::Pending,
                ConsentAction::Confirmed => SubscriptionState::Confirmed,
                ConsentAction::Unsubscribed | ConsentAction::Expired => {
                    SubscriptionState::Unsubscribed
                }
                _ => return None,
            };
            Some((state, record.at))
        })
        .collect()
    }
}

impl Choice {
    /// The choices that consent records tell of.
    pub fn all_of(records: &[ConsentRow]) -> Vec<Self> {
        let choice = |record: &ConsentRow| {
            let what = match record.action {
                ConsentAction::Paused => {
                    let until = record.detail.strip_prefix("until=")?;
                    Chosen::PausedUntil(Timestamp::parse_rfc3339(until).ok()?)
                }
                ConsentAction::Resumed => Chosen::Resumed,
                ConsentAction::Profile if record.detail == "address" => Chosen::NewAddress,
                _ => return None,
            };
            Some(Self {
                at: record.at,
                what,
            })
        };
        records.iter().filter_map(choice).collect()
    }
}

impl Circumstances {
    /// Until when email was paused at a moment, if it was.
    pub fn pause_at(&self, at: Timestamp) -> Option<Timestamp> {
        let mut until = None;
        let mut is_recorded = false;
        for choice in &self.choices {
            match choice.what {
                Chosen::PausedUntil(end) => {
                    is_recorded = true;
                    if choice.at <= at {
                        until = Some(end);
                    }
                }
                Chosen::Resumed if choice.at <= at => until = None,
                Chosen::Resumed | Chosen::NewAddress => {}
            }
        }
        if at >= self.now || !is_recorded {
            until = self.paused_until;
        }
        until.filter(|end| *end > at)
    }

    /// The strongest reason that has stood against the address since before a moment. What was
    /// lifted since then is not kept.
    pub fn suppression_at(&self, at: Timestamp) -> Option<(SuppressionReason, Timestamp)> {
        let known = self.suppressions.iter().find(|one| one.since <= at);
        known.map(|one| (one.reason, one.since))
    }

    /// Whether the campaign would reach them in a weekly digest if it were frozen now.
    pub fn reads_weekly(&self) -> bool {
        self.frequency == Frequency::Weekly && self.campaign.digest_policy == DigestPolicy::InDigest
    }
}
