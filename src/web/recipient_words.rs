//! Why a person got a campaign, or did not, in words: in a user's language on the admin pages,
//! in English in the API.

use std::fmt::Display;

use crate::campaign::recipient::facts::Fact;
use crate::campaign::recipient::reason::{Conclusion, Reason};
use crate::clock::Timestamp;
use crate::model::campaign::CampaignState;
use crate::model::domain_limit::DomainLimit;
use crate::model::recipient::RecipientVerdict;
use crate::model::subscription::SubscriptionState;
use crate::text::datetime::Calendar;
use crate::text::messages;
use crate::text::phrase::Phrase;
use crate::text::phrases::Phrases;

/// The words of one language, with times in the site's zone.
pub struct RecipientWords<'a> {
    pub phrases: &'a Phrases,
    pub calendar: &'a Calendar,
}

impl RecipientWords<'_> {
    /// The answer in one sentence.
    pub fn sentence(&self, of: &Conclusion) -> String {
        use RecipientVerdict::{WouldNotReceive, WouldReceive};
        let is_now = matches!(of.verdict, WouldReceive | WouldNotReceive);
        let either = |past: &'static str, now: &'static str| if is_now { now } else { past };
        match &of.reason {
            Reason::Sent { at } => self.dated("admin-why-sent", *at),
            Reason::SentInDigest { at } => self.dated("admin-why-sent-in-digest", *at),
            Reason::Complained { at } => self.dated("admin-why-complained", *at),
            Reason::Bounced { at } => self.dated("admin-why-bounced", *at),
            Reason::Failed { at } => self.dated("admin-why-failed", *at),
            Reason::Uncertain { at } => self.dated("admin-why-uncertain", *at),
            Reason::Sending => self.t("admin-why-sending"),
            Reason::Waiting { until: None } => self.t("admin-why-waiting"),
            Reason::Waiting { until: Some(at) } => self.dated("admin-why-waiting-until", *at),
            Reason::Deferred { until } => self.dated("admin-why-deferred", *until),
            Reason::WaitingForDigest => self.t("admin-why-waiting-for-digest"),
            Reason::CampaignPaused => self.t("admin-why-campaign-paused"),
            Reason::CampaignCancelled { at: None } => self.t("admin-why-never-started"),
            Reason::CampaignCancelled { at: Some(at) } => {
                self.dated("admin-why-campaign-cancelled", *at)
            }
            Reason::Eligible { at: None } => self.t("admin-why-eligible"),
            Reason::Eligible { at: Some(at) } => self.dated("admin-why-eligible-on", *at),
            Reason::EligibleForDigest => self.t("admin-why-eligible-for-digest"),
            Reason::NotOnLists => self.t(either(
                "admin-why-not-on-lists",
                "admin-why-now-not-on-lists",
            )),
            Reason::NotConfirmed { list } => self
                .say(either(
                    "admin-why-not-confirmed",
                    "admin-why-now-not-confirmed",
                ))
                .text("list", list)
                .into(),
            Reason::Unsubscribed { list, at } => self
                .say(either(
                    "admin-why-unsubscribed",
                    "admin-why-now-unsubscribed",
                ))
                .text("list", list)
                .text("date", self.when(*at))
                .into(),
            Reason::LeftLists => self.t("admin-why-left-lists"),
            Reason::JoinedLater { list, at } => self
                .say("admin-why-joined-later")
                .text("list", list)
                .text("date", self.when(*at))
                .into(),
            Reason::Suppressed { reason, since } => self
                .say(either("admin-why-suppressed", "admin-why-now-suppressed"))
                .text("reason", self.word("admin-suppression", reason))
                .text("date", self.when(*since))
                .into(),
            Reason::WasSuppressed { lifted_at: None } => self.t("admin-why-was-suppressed"),
            Reason::WasSuppressed {
                lifted_at: Some(at),
            } => self.dated("admin-why-was-suppressed-lifted", *at),
            Reason::Paused { until: Some(until) } => {
                self.dated(either("admin-why-paused", "admin-why-now-paused"), *until)
            }
            Reason::Paused { until: None } => self.t("admin-why-paused-then"),
            Reason::NotInSegment {
                segment,
                is_now: now,
            } => {
                let key = if *now {
                    "admin-why-was-not-in-segment"
                } else {
                    either("admin-why-not-in-segment", "admin-why-now-not-in-segment")
                };
                self.say(key).text("segment", self.named(segment)).into()
            }
            Reason::NothingKept => self.t(either(
                "admin-why-nothing-kept",
                "admin-why-now-nothing-kept",
            )),
            Reason::NoDigest => self.t("admin-why-no-digest"),
            Reason::Skipped { words } => self
                .say("admin-why-skipped")
                .text("words", self.clause(words))
                .into(),
            Reason::Erased => self.t("admin-why-erased"),
            Reason::NotASubscriber => self.t("admin-why-not-a-subscriber"),
            Reason::NotRecorded => self.t("admin-why-not-recorded"),
            Reason::Unexplained => self.t("admin-why-unexplained"),
        }
    }

    /// A fact, as a sentence or a line.
    pub fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Campaign { state, at, reason } => self.campaign(*state, *at, reason),
            Fact::Audience { at } => self.dated("admin-why-fact-audience", *at),
            Fact::AudienceToCome => self.t("admin-why-fact-audience-to-come"),
            Fact::NoLists => self.t("admin-why-fact-no-lists"),
            Fact::List {
                list, state, since, ..
            } => {
                let key = match state {
                    Some(SubscriptionState::Confirmed) => "admin-why-fact-list-confirmed",
                    Some(SubscriptionState::Pending) => "admin-why-fact-list-pending",
                    Some(SubscriptionState::Unsubscribed) => "admin-why-fact-list-unsubscribed",
                    None => "admin-why-fact-list-none",
                };
                let date = since.map_or_else(String::new, |at| self.when(at));
                self.say(key).text("list", list).text("date", date).into()
            }
            Fact::ListSince { list, state, at } => {
                let key = match state {
                    SubscriptionState::Confirmed => "admin-why-fact-since-confirmed",
                    SubscriptionState::Pending => "admin-why-fact-since-pending",
                    SubscriptionState::Unsubscribed => "admin-why-fact-since-unsubscribed",
                };
                self.say(key)
                    .text("list", list)
                    .text("date", self.when(*at))
                    .into()
            }
            Fact::Segment { segment, picks } => {
                let key = if *picks {
                    "admin-why-fact-segment-in"
                } else {
                    "admin-why-fact-segment-out"
                };
                self.say(key).text("segment", self.named(segment)).into()
            }
            Fact::Suppression {
                key,
                reason,
                since,
                note,
                counts,
            } => self
                .say(match (counts, note.is_empty()) {
                    (true, true) => "admin-why-fact-suppressed",
                    (true, false) => "admin-why-fact-suppressed-note",
                    (false, true) => "admin-why-fact-suppressed-later",
                    (false, false) => "admin-why-fact-suppressed-later-note",
                })
                .text("key", key)
                .text("reason", self.word("admin-suppression", reason))
                .text("date", self.when(*since))
                .text("note", self.clause(note))
                .into(),
            Fact::NotSuppressed => self.t("admin-why-fact-not-suppressed"),
            Fact::SuppressionLifted { at } => self.dated("admin-why-fact-suppression-lifted", *at),
            Fact::Pause { until } => self.dated("admin-why-fact-pause", *until),
            Fact::NotPaused => self.t("admin-why-fact-not-paused"),
            Fact::Digest { campaign, is_over } => self.t(match (campaign, is_over) {
                (Some(_), _) => "admin-why-fact-digest-made",
                (None, true) => "admin-why-fact-digest-none",
                (None, false) => "admin-why-fact-digest-to-come",
            }),
            Fact::WouldBeInDigest => self.t("admin-why-fact-would-be-in-digest"),
            Fact::KeptInDigest { count } => self
                .say("admin-why-fact-kept")
                .number("count", count)
                .into(),
            Fact::Language { own, used } => self
                .say(if own == used {
                    "admin-why-fact-language-own"
                } else {
                    "admin-why-fact-language-other"
                })
                .text("own", own.endonym())
                .text("used", used.endonym())
                .into(),
            Fact::LocalTime { at } => self.dated("admin-why-fact-local-time", *at),
            Fact::Delivery { state, at } => self
                .say("admin-why-fact-delivery")
                .text("state", self.word("admin-delivery", state))
                .text("date", self.when(*at))
                .into(),
            Fact::Attempts {
                count,
                first_at: None,
            } => self
                .say("admin-why-fact-attempts")
                .number("count", count)
                .into(),
            Fact::Attempts {
                count,
                first_at: Some(at),
            } => self
                .say("admin-why-fact-attempts-since")
                .number("count", count)
                .text("date", self.when(*at))
                .into(),
            Fact::NextAttempt { at } => self.dated("admin-why-fact-next-attempt", *at),
            Fact::Reply { reply } => self.say("admin-why-fact-reply").text("reply", reply).into(),
            Fact::Note { words } => self.clause(words),
            Fact::NoDelivery => self.t("admin-why-fact-no-delivery"),
            Fact::Folded => self.t("admin-why-fact-folded"),
            Fact::Delayed { delay } => self
                .say(if delay.detail.is_empty() {
                    "admin-why-fact-delayed"
                } else {
                    "admin-why-fact-delayed-detail"
                })
                .text("date", self.when(delay.since))
                .text("reason", self.clause(delay.reason.title()))
                .text("detail", self.clause(&delay.detail))
                .into(),
            Fact::DomainLimited { domain, limit } => self.domain_limit(domain, limit),
            Fact::Feedback { event } => self
                .say(if event.reason.is_empty() {
                    "admin-why-fact-feedback"
                } else {
                    "admin-why-fact-feedback-reason"
                })
                .text("what", self.clause(event.says()))
                .text("date", self.when(event.at))
                .text("reason", self.clause(&event.reason))
                .into(),
            Fact::AddressChanged { at } => self.dated("admin-why-fact-address-changed", *at),
        }
    }

    fn campaign(&self, state: CampaignState, at: Option<Timestamp>, reason: &str) -> String {
        let key = match (state, at) {
            (CampaignState::Draft, _) => return self.t("admin-why-fact-draft"),
            (CampaignState::FailedToStart, _) => {
                let why = self.say("admin-why-fact-failed-to-start");
                return why.text("reason", self.clause(reason)).into();
            }
            (CampaignState::Cancelled, None) => return self.t("admin-why-fact-never-started"),
            (CampaignState::Scheduled, _) => "admin-why-fact-scheduled",
            (CampaignState::Cancelled, _) => "admin-why-fact-cancelled",
            (CampaignState::Paused, _) if reason.is_empty() => "admin-why-fact-paused",
            (CampaignState::Paused, _) => "admin-why-fact-paused-why",
            (CampaignState::Sending | CampaignState::Finished, _) => "admin-why-fact-started",
        };
        self.say(key)
            .text("date", at.map_or_else(String::new, |at| self.when(at)))
            .text("reason", self.clause(reason))
            .into()
    }

    fn domain_limit(&self, domain: &str, limit: &DomainLimit) -> String {
        let at_once = limit.connections.map(|connections| {
            self.say("admin-why-fact-domain")
                .number("connections", connections)
                .text("domain", domain)
                .to_string()
        });
        let a_second = limit.rate.map(|rate| {
            self.say("admin-why-fact-domain-rate")
                .number("rate", rate)
                .text("domain", domain)
                .to_string()
        });
        let sentences: Vec<String> = at_once.into_iter().chain(a_second).collect();
        sentences.join(" ")
    }

    fn t(&self, key: &str) -> String {
        self.phrases.translate(key)
    }

    fn say<'k>(&'k self, key: &'k str) -> Phrase<'k> {
        self.phrases.say(key)
    }

    /// The name of a segment; the conditions of one campaign have none.
    fn named(&self, segment: &str) -> String {
        match segment {
            "" => self.t("admin-segment-own"),
            name => name.to_owned(),
        }
    }

    fn dated(&self, key: &str, at: Timestamp) -> String {
        self.say(key).text("date", self.when(at)).into()
    }

    fn when(&self, at: Timestamp) -> String {
        self.calendar.date_time(at)
    }

    fn word(&self, kind: &str, word: impl Display) -> String {
        let word = word.to_string().replace('_', "-");
        self.phrases.translate(&format!("{kind}-{word}"))
    }

    fn clause(&self, message: impl Display) -> String {
        let said = messages::translated(self.phrases, &message.to_string());
        self.calendar.with_local_times(&said)
    }
}
