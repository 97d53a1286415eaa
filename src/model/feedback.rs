//! Feedback on sent messages: bounces, complaints and replies, and their effect on
//! delivery, address and campaign.

use std::time::Duration;

use super::delivery::DeliveryState;
use super::string_enum::string_enum;
use crate::clock::Timestamp;
use crate::text::numbers::in_english;

string_enum! {
    /// What a mail or a provider's report that came back says.
    pub enum Verdict {
        /// The address does not exist.
        Hard,
        /// This message was not delivered, or not yet; another may be.
        Soft,
        /// Marked as spam by the recipient.
        Complaint,
        /// The recipient asks to unsubscribe.
        Unsubscribe,
        /// An automatic reply: out of office, a receipt, a challenge.
        AutoReply,
        /// A reply by a person.
        Reply,
        /// Not recognised.
        Unknown,
    }
}

string_enum! {
    /// Who a rejection is about.
    pub enum Party {
        /// The recipient's mailbox.
        Mailbox,
        /// The recipient's domain.
        Domain,
        /// The sender's address or its domain.
        SenderAddress,
        /// The EHLO name of the sending relay.
        SenderHelo,
        /// SPF, DKIM, DMARC, or missing authentication.
        SenderAuth,
        /// The sender's IP address or reputation.
        SenderReputation,
        /// The content or form of the message.
        SenderContent,
        /// The size of the message.
        SenderSize,
        /// The sending rate.
        SenderRate,
        /// A policy of the receiving server.
        SenderPolicy,
        /// The relay: relaying denied, or an error of its own.
        Relay,
        /// The path: DNS, connections, timeouts.
        Path,
        /// Unknown.
        Unclear,
    }
}

impl Party {
    /// Whether it is the recipient: nothing else may suppress an address.
    pub const fn is_recipient(self) -> bool {
        matches!(self, Party::Mailbox | Party::Domain)
    }

    /// In a few words, for pages.
    pub const fn says(self) -> &'static str {
        match self {
            Party::Mailbox => "the recipient's mailbox",
            Party::Domain => "the recipient's domain",
            Party::SenderAddress => "the sender's address",
            Party::SenderHelo => "the relay's name (HELO)",
            Party::SenderAuth => "the sender's authentication",
            Party::SenderReputation => "the sender's reputation",
            Party::SenderContent => "the message's content",
            Party::SenderSize => "the message's size",
            Party::SenderRate => "the sending rate",
            Party::SenderPolicy => "a rule of the receiving server",
            Party::Relay => "the relay",
            Party::Path => "the route to the server",
            Party::Unclear => "unclear",
        }
    }
}

string_enum! {
    /// By what way it came back.
    pub enum Source {
        /// The relay's own answer to the message.
        Relay,
        /// Our own SMTP and LMTP listener.
        Listener,
        /// `jarshy inbound`.
        Pipe,
        /// A mailbox that is polled.
        Mailbox,
        /// Amazon SES over SNS.
        Ses,
        /// Postmark's webhook.
        Postmark,
        /// SendGrid's webhook.
        Sendgrid,
        /// Mailgun's webhook.
        Mailgun,
        /// Brevo's webhook.
        Brevo,
    }
}

string_enum! {
    /// A user's decision on the recipients whose rejections paused a campaign.
    pub enum Decision {
        /// They are suppressed after all.
        Kept,
        /// They are mailed again.
        PutBack,
    }
}

/// A short description for the admin.
pub fn says(verdict: Verdict, source: Source, is_final: bool) -> &'static str {
    match (verdict, source) {
        (Verdict::Hard, Source::Relay) => "Rejected permanently",
        (Verdict::Soft, Source::Relay) => "Rejected",
        (Verdict::Hard, _) => "Hard bounce",
        (Verdict::Soft, _) if is_final => "Soft bounce",
        (Verdict::Soft, _) => "Delayed",
        (Verdict::Complaint, _) => "Spam complaint",
        (Verdict::Unsubscribe, _) => "Unsubscribe request",
        (Verdict::AutoReply, _) => "Auto-reply",
        (Verdict::Reply, _) => "Reply",
        (Verdict::Unknown, _) => "Unclear response",
    }
}

/// The state of a delivery after a verdict that is `final` for its message;
/// `None` where nothing changes.
///
/// This is the one place that decides on the effect of feedback. A report
/// may overtake the record of the relay's own reply, so what is still
/// `sending` changes too.
pub fn next(state: DeliveryState, verdict: Verdict, is_final: bool) -> Option<DeliveryState> {
    use DeliveryState::*;
    match (verdict, state) {
        (Verdict::Hard | Verdict::Soft, Sending | Sent | Deferred | Uncertain) if is_final => {
            Some(Bounced)
        }
        (Verdict::Complaint, Sending | Sent | Deferred | Uncertain | Bounced) => Some(Complained),
        _ => None,
    }
}

/// The half-life of a soft bounce.
const HALF_LIFE: Duration = Duration::from_secs(30 * 24 * 3600);
/// Soft bounces older than this have a negligible weight.
pub const SOFT_MEMORY: Duration = Duration::from_secs(180 * 24 * 3600);

/// The score of an address's soft bounces: each counts one and decays by half
/// in thirty days, so that a full mailbox does not suppress an address and
/// an abandoned one does.
pub fn soft_score(bounces: &[Timestamp], now: Timestamp) -> f64 {
    let half_lives = |at: &Timestamp| now.since(*at).as_secs_f64() / HALF_LIFE.as_secs_f64();
    bounces.iter().map(|at| 0.5_f64.powf(half_lives(at))).sum()
}

/// The deliverability of a campaign.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliverabilityStats {
    /// Messages accepted by a relay.
    pub sent: i64,
    /// Messages that no relay accepted.
    pub rejected: i64,
    /// Hard bounces.
    pub hard: i64,
    /// Spam complaints.
    pub complaints: i64,
}

/// The thresholds at which a campaign is paused, per thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Hard bounces, of messages tried.
    pub hard: u32,
    /// Complaints, of messages sent.
    pub complaints: u32,
}

/// Fewer than this are no rate.
const LEAST_HARD: i64 = 5;
const LEAST_COMPLAINTS: i64 = 3;

impl DeliverabilityStats {
    /// Messages of which hard bounces are a part: some come back later, others are rejected.
    pub fn tried(&self) -> i64 {
        self.sent + self.rejected
    }

    /// The threshold that is exceeded, described for
    /// the author; `None` if none is.
    pub fn threshold_exceeded(&self, limits: Limits) -> Option<String> {
        let over = |count: i64, least: i64, all: i64, limit: u32| {
            count >= least && count * 1000 > all * i64::from(limit)
        };
        let percent = |count: i64, all: i64| 100.0 * count as f64 / all.max(1) as f64;
        if over(
            self.complaints,
            LEAST_COMPLAINTS,
            self.sent,
            limits.complaints,
        ) {
            return Some(format!(
                "{} of {} recipients called it spam ({:.1} %, the limit is {:.1} %): ask whether they wanted this mail before you go on",
                in_english(self.complaints),
                in_english(self.sent),
                percent(self.complaints, self.sent),
                f64::from(limits.complaints) / 10.0
            ));
        }
        over(self.hard, LEAST_HARD, self.tried(), limits.hard).then(|| {
            format!(
                "{} of {} addresses do not exist ({:.1} %, the limit is {:.1} %): check where these addresses came from before you go on",
                in_english(self.hard),
                in_english(self.tried()),
                percent(self.hard, self.tried()),
                f64::from(limits.hard) / 10.0
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray as _;

    use super::*;

    #[test]
    fn a_returned_message_is_bounced_and_a_delayed_one_is_not() {
        use DeliveryState::*;
        assert_eq!(next(Sent, Verdict::Hard, true), Some(Bounced));
        assert_eq!(next(Uncertain, Verdict::Soft, true), Some(Bounced));
        assert_eq!(next(Sent, Verdict::Soft, false), None);
        assert_eq!(next(Bounced, Verdict::Hard, true), None);
        assert_eq!(next(Bounced, Verdict::Complaint, true), Some(Complained));
        for verdict in Verdict::VARIANTS {
            for ended in [Queued, Failed, Skipped, Complained] {
                assert_eq!(next(ended, *verdict, true), None, "{ended} {verdict}");
            }
        }
        for nothing in [
            Verdict::AutoReply,
            Verdict::Reply,
            Verdict::Unknown,
            Verdict::Unsubscribe,
        ] {
            assert_eq!(next(Sent, nothing, true), None);
        }
    }

    #[test]
    fn soft_bounces_fade() {
        let day = Duration::from_secs(24 * 3600);
        let now = Timestamp::from_millis(1_187_427_600_000);
        let ago = |days: u32| now.before(day * days);
        assert!((soft_score(&[now, ago(30), ago(60)], now) - 1.75).abs() < 0.001);
        assert!(soft_score(&[ago(180)], now) < 0.02);
        assert_eq!(soft_score(&[], now), 0.0);
    }

    #[test]
    fn a_campaign_is_held_over_the_limit_and_not_for_bad_luck() {
        let limits = Limits {
            hard: 50,
            complaints: 3,
        };
        let threshold_exceeded = |sent, hard, complaints| {
            DeliverabilityStats {
                sent,
                rejected: 0,
                hard,
                complaints,
            }
            .threshold_exceeded(limits)
        };
        assert_eq!(threshold_exceeded(10, 4, 2), None, "too few to tell");
        assert_eq!(threshold_exceeded(100, 5, 0), None, "at the limit");
        assert!(
            threshold_exceeded(100, 6, 0)
                .unwrap()
                .contains("6 of 100 addresses do not exist")
        );
        let refused = DeliverabilityStats {
            sent: 5,
            rejected: 95,
            hard: 6,
            complaints: 0,
        };
        let said = refused.threshold_exceeded(limits).unwrap();
        assert!(
            said.starts_with("6 of 100 addresses do not exist (6.0 %"),
            "{said}"
        );
        assert_eq!(threshold_exceeded(1000, 0, 3), None);
        assert!(
            threshold_exceeded(999, 0, 3)
                .unwrap()
                .contains("called it spam")
        );
    }
}
