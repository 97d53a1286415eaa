//! The rule of a segment in words.

use crate::model::segment::{Condition, Match, Part, Rule};
use crate::web::admin::segments::row::Row;
use crate::web::admin::wording::Wording;

/// A rule in words.
pub fn rule_text(rule: &Rule, wording: &Wording) -> String {
    let parts: Vec<String> = rule
        .conditions
        .iter()
        .map(|part| match part {
            Part::Condition(condition) => condition_text(condition, wording),
            Part::Group(rule) => format!("({})", rule_text(rule, wording)),
        })
        .collect();
    match rule.all_or_any {
        Match::All => joined(parts, "admin-segment-and", wording),
        Match::Any => joined(parts, "admin-segment-or", wording),
        Match::None => {
            let none = wording.say("admin-segment-none-of");
            none.text("conditions", parts.join("; ")).to_string()
        }
    }
}

/// The parts, each put after those before it by the phrase under `key`.
fn joined(parts: Vec<String>, key: &str, wording: &Wording) -> String {
    let pair = |first: String, second: String| {
        let both = wording.say(key).text("first", first);
        both.text("second", second).to_string()
    };
    parts.into_iter().reduce(pair).unwrap_or_default()
}

fn condition_text(condition: &Condition, wording: &Wording) -> String {
    let row = Row::of(condition, wording);
    // An attribute or a list.
    let said = wording.say(phrase(condition)).text("name", row.key);
    let said = match condition {
        Condition::JoinedWithin { value }
        | Condition::SoftBounced { value }
        | Condition::MailedWithin { value }
        | Condition::NotMailedWithin { value }
        | Condition::FailedWithin { value }
        | Condition::OpenedWithin { value }
        | Condition::NotOpenedWithin { value }
        | Condition::ActiveWithin { value }
        | Condition::InactiveFor { value } => said.number("count", value),
        Condition::Frequency { value } => {
            said.text("value", wording.word("admin-segment-frequency", value))
        }
        Condition::Membership { value, .. } => {
            said.text("value", wording.word("admin-segment-membership", value))
        }
        Condition::Paused { value } | Condition::EverMailed { value } => {
            let answer = if *value { "admin-yes" } else { "admin-no" };
            said.text("value", wording.t(answer))
        }
        _ => said.text("value", row.value),
    };
    said.to_string()
}

/// The phrase of a condition.
fn phrase(condition: &Condition) -> &'static str {
    match condition {
        Condition::AttributeIs { .. } => "admin-segment-attribute-is",
        Condition::AttributeIsNot { .. } => "admin-segment-attribute-is-not",
        Condition::AttributeContains { .. } => "admin-segment-attribute-contains",
        Condition::AttributeAbove { .. } => "admin-segment-attribute-above",
        Condition::AttributeBelow { .. } => "admin-segment-attribute-below",
        Condition::AttributeBefore { .. } => "admin-segment-attribute-before",
        Condition::AttributeSince { .. } => "admin-segment-attribute-since",
        Condition::AttributeSet { .. } => "admin-segment-attribute-set",
        Condition::AttributeMissing { .. } => "admin-segment-attribute-missing",
        Condition::Language { .. } => "admin-segment-language",
        Condition::Frequency { .. } => "admin-segment-mail-frequency",
        Condition::Paused { .. } => "admin-segment-paused",
        Condition::OnList { .. } => "admin-segment-on-list",
        Condition::NotOnList { .. } => "admin-segment-not-on-list",
        Condition::Membership { .. } => "admin-segment-subscription",
        Condition::Tag { .. } => "admin-segment-tag",
        Condition::NotTag { .. } => "admin-segment-not-tag",
        Condition::JoinedBefore { .. } => "admin-segment-joined-before",
        Condition::JoinedSince { .. } => "admin-segment-joined-since",
        Condition::JoinedWithin { .. } => "admin-segment-joined-within",
        Condition::ConfirmedBefore { list: None, .. } => "admin-segment-any-list-before",
        Condition::ConfirmedBefore { .. } => "admin-segment-list-before",
        Condition::ConfirmedSince { list: None, .. } => "admin-segment-any-list-since",
        Condition::ConfirmedSince { .. } => "admin-segment-list-since",
        Condition::SentCampaign { .. } => "admin-segment-sent-campaign",
        Condition::NotSentCampaign { .. } => "admin-segment-not-sent-campaign",
        Condition::EverMailed { .. } => "admin-segment-ever-mailed",
        Condition::SoftBounced { .. } => "admin-segment-soft-bounced",
        Condition::MailedWithin { .. } => "admin-segment-mailed-within",
        Condition::NotMailedWithin { .. } => "admin-segment-not-mailed-within",
        Condition::FailedWithin { .. } => "admin-segment-failed-within",
        Condition::EngagementAgreed {} => "admin-segment-engagement-agreed",
        Condition::OpenedCampaign { .. } => "admin-segment-opened-campaign",
        Condition::NotOpenedCampaign { .. } => "admin-segment-not-opened-campaign",
        Condition::OpenedWithin { .. } => "admin-segment-opened-within",
        Condition::NotOpenedWithin { .. } => "admin-segment-not-opened-within",
        Condition::FollowedLinkOf { .. } => "admin-segment-followed-link-of",
        Condition::FollowedUrl { .. } => "admin-segment-followed-url",
        Condition::ActiveWithin { .. } => "admin-segment-active-within",
        Condition::InactiveFor { .. } => "admin-segment-inactive-for",
    }
}
