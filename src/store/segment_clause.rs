//! A segment's rule as a condition of SQL on `subscribers m`, nowhere else.
//!
//! Both databases must pick the same people. What they would read differently
//! (case outside of ASCII, numbers in text, JSON values as text, odd keys) is
//! therefore said in terms that mean the same in each.

use std::time::Duration;

use super::Db;
use super::attribute_clause::{compared, contains, dated, is, is_set};
use super::engagement_clause::{self, AGREED};
use super::sql_clause::{Clause, Value};
use crate::clock::Timestamp;
use crate::model::list::ListSlug;
use crate::model::segment::{Condition, Match, Membership, Part, Rule};

/// A rule as SQL, with parameters after the first `before`.
pub(super) fn clause(db: &Db, rule: &Rule, now: Timestamp, before: usize) -> Clause {
    let mut clause = Clause {
        engine: db.engine(),
        engagement_months: db.engagement_months(),
        sql: String::new(),
        values: Vec::new(),
        before,
    };
    clause.sql = group(&mut clause, rule, now);
    clause
}

fn group(clause: &mut Clause, rule: &Rule, now: Timestamp) -> String {
    let parts: Vec<String> = rule
        .conditions
        .iter()
        .map(|part| match part {
            Part::Condition(one) => condition(clause, one, now),
            Part::Group(rule) => group(clause, rule, now),
        })
        .collect();
    if parts.is_empty() {
        // Nobody rather than everybody.
        return "1 = 0".to_owned();
    }
    match rule.all_or_any {
        Match::All => format!("({})", parts.join(" AND ")),
        Match::Any => format!("({})", parts.join(" OR ")),
        // Of people who have not agreed nobody knows what they did not do.
        Match::None if rule.is_about_engagement() => {
            format!("(NOT ({}) AND {AGREED})", parts.join(" OR "))
        }
        Match::None => format!("NOT ({})", parts.join(" OR ")),
    }
}

fn condition(clause: &mut Clause, condition: &Condition, now: Timestamp) -> String {
    let days_ago = |days: u32| {
        Value::Whole(
            now.before(Duration::from_secs(24 * 3600 * u64::from(days)))
                .millis(),
        )
    };
    match condition {
        Condition::AttributeIs { key, value } => is(clause, key, value),
        Condition::AttributeIsNot { key, value } => format!("NOT {}", is(clause, key, value)),
        Condition::AttributeContains { key, value } => contains(clause, key, value),
        Condition::AttributeAbove { key, value } => compared(clause, key, ">", *value),
        Condition::AttributeBelow { key, value } => compared(clause, key, "<", *value),
        Condition::AttributeBefore { key, value } => dated(clause, key, "<", &value.to_string()),
        Condition::AttributeSince { key, value } => dated(clause, key, ">=", &value.to_string()),
        Condition::AttributeSet { key } => is_set(clause, key),
        Condition::AttributeMissing { key } => format!("NOT {}", is_set(clause, key)),
        Condition::Language { value } => format!("m.language = {}", clause.text(value.tag())),
        Condition::Frequency { value } => {
            format!("m.frequency = {}", clause.text(value.as_str()))
        }
        Condition::Paused { value } => {
            let now = clause.parameter(Value::Whole(now.millis()));
            let side = if *value { ">" } else { "<=" };
            format!("COALESCE(m.paused_until, 0) {side} {now}")
        }
        Condition::OnList { value } => on_list(clause, value.as_str(), Some("confirmed")),
        Condition::NotOnList { value } => {
            format!("NOT {}", on_list(clause, value.as_str(), Some("confirmed")))
        }
        Condition::Membership { list, value } => match value {
            Membership::Never => format!("NOT {}", on_list(clause, list.as_str(), None)),
            state => on_list(clause, list.as_str(), Some(state.as_str())),
        },
        Condition::Tag { value } => tagged(clause, value),
        Condition::NotTag { value } => format!("NOT {}", tagged(clause, value)),
        Condition::JoinedBefore { value } => {
            let at = clause.parameter(Value::Whole(value.millis()));
            format!("m.created_at < {at}")
        }
        Condition::JoinedSince { value } => {
            let at = clause.parameter(Value::Whole(value.millis()));
            format!("m.created_at >= {at}")
        }
        Condition::JoinedWithin { value } => {
            format!("m.created_at >= {}", clause.parameter(days_ago(*value)))
        }
        Condition::ConfirmedBefore { list, value } => {
            confirmed(clause, list.as_ref().map(ListSlug::as_str), "<", *value)
        }
        Condition::ConfirmedSince { list, value } => {
            confirmed(clause, list.as_ref().map(ListSlug::as_str), ">=", *value)
        }
        Condition::SentCampaign { value } => sent(clause, value.0),
        Condition::NotSentCampaign { value } => {
            let campaign = clause.parameter(Value::Whole(value.0));
            // Once its deliveries are folded, nobody is known not to have got it.
            format!(
                "(NOT {} AND NOT EXISTS (SELECT 1 FROM campaigns k
                      WHERE k.id = {campaign} AND k.folded_at IS NOT NULL))",
                sent(clause, value.0)
            )
        }
        Condition::EverMailed { value } => {
            let not = if *value { "" } else { "NOT " };
            format!(
                "{not}(m.was_mailed OR EXISTS (SELECT 1 FROM deliveries d
                      WHERE d.subscriber_id = m.id AND d.state IN ({TAKEN})))"
            )
        }
        Condition::SoftBounced { value } => {
            let times = clause.parameter(Value::Whole(i64::from(*value)));
            format!(
                "(SELECT COUNT(DISTINCT COALESCE(f.delivery_id, -f.id)) FROM feedback_events f
                  WHERE f.subscriber_id = m.id AND f.verdict = 'soft' AND f.is_final
                    AND f.party IN ('mailbox', 'domain', 'unclear')) >= {times}"
            )
        }
        Condition::MailedWithin { value } => {
            delivered(&clause.parameter(days_ago(*value)), "'sent', 'complained'")
        }
        Condition::NotMailedWithin { value } => {
            let at = clause.parameter(days_ago(*value));
            format!("NOT {}", delivered(&at, "'sent', 'complained'"))
        }
        Condition::FailedWithin { value } => {
            delivered(&clause.parameter(days_ago(*value)), "'failed', 'bounced'")
        }
        Condition::EngagementAgreed {}
        | Condition::OpenedCampaign { .. }
        | Condition::NotOpenedCampaign { .. }
        | Condition::OpenedWithin { .. }
        | Condition::NotOpenedWithin { .. }
        | Condition::FollowedLinkOf { .. }
        | Condition::FollowedUrl { .. }
        | Condition::ActiveWithin { .. }
        | Condition::InactiveFor { .. } => engagement_clause::of(clause, condition, now),
    }
}

/// Whether a subscriber has any row for a list, or one in a state.
fn on_list(clause: &mut Clause, slug: &str, state: Option<&str>) -> String {
    let slug = clause.text(slug);
    let state = match state {
        Some(state) => format!(" AND o.state = {}", clause.text(state)),
        None => String::new(),
    };
    format!(
        "EXISTS (SELECT 1 FROM subscriptions o JOIN lists l ON l.id = o.list_id
                 WHERE o.subscriber_id = m.id AND l.slug = {slug}{state})"
    )
}

fn tagged(clause: &mut Clause, tag: &str) -> String {
    let tag = clause.text(crate::model::tag::key(tag));
    format!(
        "EXISTS (SELECT 1 FROM subscriber_tags t
                 WHERE t.subscriber_id = m.id AND t.tag_key = {tag})"
    )
}

/// States of a delivery that the relay has taken, whatever came back later.
const TAKEN: &str = "'sent', 'bounced', 'complained'";

fn sent(clause: &mut Clause, campaign: i64) -> String {
    let campaign = clause.parameter(Value::Whole(campaign));
    format!(
        "EXISTS (SELECT 1 FROM deliveries d
                 WHERE d.subscriber_id = m.id AND d.campaign_id = {campaign}
                   AND d.state IN ({TAKEN}))"
    )
}

/// Whether a subscriber came onto a list, or this one, before or since a moment.
fn confirmed(clause: &mut Clause, list: Option<&str>, side: &str, at: Timestamp) -> String {
    let at = clause.parameter(Value::Whole(at.millis()));
    let list = match list {
        Some(slug) => format!(" AND l.slug = {}", clause.text(slug)),
        None => String::new(),
    };
    format!(
        "EXISTS (SELECT 1 FROM subscriptions o JOIN lists l ON l.id = o.list_id
                 WHERE o.subscriber_id = m.id AND o.state = 'confirmed'
                   AND o.changed_at {side} {at}{list})"
    )
}

fn delivered(since: &str, states: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM deliveries d
                 WHERE d.subscriber_id = m.id AND d.state IN ({states}) AND d.changed_at >= {since})"
    )
}
