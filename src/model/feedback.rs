//! What comes back after a message went out, and what it means for its
//! delivery, its address and its campaign.

use std::time::Duration;

use super::delivery::DeliveryState;
use super::string_enum::{UnknownValue, string_enum, unknown_value};
use crate::clock::Timestamp;

/// What a mail or a provider's report that came back says.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Verdict>)]
pub enum Verdict {
    /// The address takes no mail and never will.
    Hard,
    /// This message did not get through, or not yet; another may.
    Soft,
    /// The recipient called it spam.
    Complaint,
    /// The recipient asks to leave.
    Unsubscribe,
    /// A machine answered: out of office, a receipt, a challenge.
    AutoReply,
    /// A person answered.
    Reply,
    /// Nothing that could be made out.
    Unknown,
}
string_enum!(Verdict);

/// Whom a refusal is about.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Party>)]
pub enum Party {
    /// The recipient's mailbox.
    Mailbox,
    /// The recipient's domain.
    Domain,
    /// The sender's address or its domain.
    SenderAddress,
    /// The name that a relay of ours gives itself.
    SenderHelo,
    /// SPF, DKIM, DMARC, or a sign-in that is missing.
    SenderAuth,
    /// Where the mail comes from.
    SenderReputation,
    /// What the message says, or its form.
    SenderContent,
    /// How large the message is.
    SenderSize,
    /// How much is sent.
    SenderRate,
    /// A rule of the receiving server.
    SenderPolicy,
    /// The relay: it does not relay for us, or has trouble of its own.
    Relay,
    /// The way: name servers, connections, time.
    Path,
    /// It does not say.
    Unclear,
}
string_enum!(Party);

impl Party {
    /// Whether it is the recipient: nothing else may cost an address its mail.
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

/// By what way it came back.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Source>)]
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
string_enum!(Source);

/// What a person decides of the recipients whose refusals paused a campaign.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
    strum::Display,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[strum(parse_err_ty = UnknownValue, parse_err_fn = unknown_value::<Decision>)]
pub enum Decision {
    /// They are suppressed after all.
    Kept,
    /// They are mailed again.
    PutBack,
}
string_enum!(Decision);

/// What happened, in a few words for the desk.
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

/// Where a delivery stands after a verdict that is `final` for its message;
/// `None` where nothing changes.
///
/// This is the one place that decides how feedback moves a delivery. A report
/// may overtake the record of the relay's own answer, so what is still
/// `sending` moves too.
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

/// After this time a soft bounce weighs half.
const HALF_LIFE: Duration = Duration::from_secs(30 * 24 * 3600);
/// Soft bounces older than this weigh nothing that could be seen.
pub const SOFT_MEMORY: Duration = Duration::from_secs(180 * 24 * 3600);

/// What an address's soft bounces weigh now: each counts one and fades by half
/// in thirty days, so that a full mailbox costs nobody their subscription and
/// an abandoned one does.
pub fn soft_score(bounces: &[Timestamp], now: Timestamp) -> f64 {
    let half_lives = |at: &Timestamp| now.since(*at).as_secs_f64() / HALF_LIFE.as_secs_f64();
    bounces.iter().map(|at| 0.5_f64.powf(half_lives(at))).sum()
}

/// How a campaign is received.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reception {
    /// Messages that a relay has taken.
    pub sent: i64,
    /// Addresses that turned out not to exist.
    pub hard: i64,
    /// Recipients who called it spam.
    pub complaints: i64,
}

/// What a campaign may meet before it is held, in thousandths of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of addresses that do not exist.
    pub hard: u32,
    /// Of complaints.
    pub complaints: u32,
}

/// Fewer than this are bad luck and not a rate.
const LEAST_HARD: i64 = 5;
const LEAST_COMPLAINTS: i64 = 3;

impl Reception {
    /// Why a campaign that is received like this should be held, in words for
    /// its author; `None` while it may go on.
    pub fn trouble(&self, limits: Limits) -> Option<String> {
        let over = |count: i64, least: i64, limit: u32| {
            count >= least && count * 1000 > self.sent * i64::from(limit)
        };
        let percent = |count: i64| 100.0 * count as f64 / self.sent.max(1) as f64;
        if over(self.complaints, LEAST_COMPLAINTS, limits.complaints) {
            return Some(format!(
                "{} of {} recipients called it spam ({:.1} %, the limit is {:.1} %): ask whether they wanted this mail before you go on",
                self.complaints,
                self.sent,
                percent(self.complaints),
                f64::from(limits.complaints) / 10.0
            ));
        }
        over(self.hard, LEAST_HARD, limits.hard).then(|| {
            format!(
                "{} of {} addresses do not exist ({:.1} %, the limit is {:.1} %): check where these addresses came from before you go on",
                self.hard,
                self.sent,
                percent(self.hard),
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
    fn what_came_back_is_bounced_and_what_is_late_is_not() {
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
        let trouble = |sent, hard, complaints| {
            Reception {
                sent,
                hard,
                complaints,
            }
            .trouble(limits)
        };
        assert_eq!(trouble(10, 4, 2), None, "too few to tell");
        assert_eq!(trouble(100, 5, 0), None, "at the limit");
        assert!(
            trouble(100, 6, 0)
                .unwrap()
                .contains("6 of 100 addresses do not exist")
        );
        assert_eq!(trouble(1000, 0, 3), None);
        assert!(trouble(999, 0, 3).unwrap().contains("called it spam"));
    }
}
