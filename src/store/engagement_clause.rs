//! Conditions on what is seen of readers as SQL on `subscribers m`. They hold only for people who
//! agreed to it, and for nobody where the site has turned it off.

use std::time::Duration;

use super::Engine;
use super::engagement::RETENTION_MONTH;
use super::sql_clause::{Clause, Value};
use crate::clock::Timestamp;
use crate::model::segment::Condition;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Whether a subscriber agreed.
pub(super) const AGREED: &str =
    "EXISTS (SELECT 1 FROM engagement_agreements g WHERE g.subscriber_id = m.id)";

/// Deliveries that came to a subscriber who had agreed by then, of campaigns whose emails show
/// that they are opened.
const SEEN_DELIVERY: &str = "engagement_agreements g
     JOIN deliveries d ON d.subscriber_id = g.subscriber_id
     JOIN engagement_campaigns k ON k.campaign_id = d.campaign_id
     WHERE g.subscriber_id = m.id AND d.state = 'sent' AND d.changed_at >= g.agreed_at";

/// Whether a subscriber opened a campaign for which `what` holds.
fn opened(what: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM engagement_agreements g
                 JOIN campaign_engagement e ON e.agreement_id = g.id
                 WHERE g.subscriber_id = m.id AND {what})"
    )
}

/// Whether a subscriber followed a link for which `what` holds.
fn followed(what: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM engagement_agreements g
                 JOIN followed_links f ON f.agreement_id = g.id
                 JOIN campaign_links u ON u.campaign_id = f.campaign_id AND u.number = f.number
                 WHERE g.subscriber_id = m.id AND {what})"
    )
}

/// A condition on what is seen of a reader.
pub(super) fn of(clause: &mut Clause, condition: &Condition, now: Timestamp) -> String {
    let Some(months) = clause.engagement_months else {
        return "1 = 0".to_owned();
    };
    // What was seen before has been deleted, or is about to be.
    let kept_since = now.before(RETENTION_MONTH * months);
    let days_ago = |days: u32| Value::Whole(now.before(DAY * days).millis());
    // What somebody did not do is known for no longer than what is seen is kept.
    let is_known = |days: u32| now.before(DAY * days) >= kept_since;
    match condition {
        Condition::OpenedCampaign { value } => {
            let campaign = clause.parameter(Value::Whole(value.0));
            opened(&format!("e.campaign_id = {campaign}"))
        }
        Condition::NotOpenedCampaign { value } => {
            let campaign = clause.parameter(Value::Whole(value.0));
            let kept = clause.parameter(Value::Whole(kept_since.millis()));
            format!(
                "EXISTS (SELECT 1 FROM {SEEN_DELIVERY}
                           AND d.campaign_id = {campaign} AND d.changed_at >= {kept}
                           AND NOT EXISTS (SELECT 1 FROM campaign_engagement e
                                           WHERE e.agreement_id = g.id
                                             AND e.campaign_id = d.campaign_id))"
            )
        }
        Condition::OpenedWithin { value } | Condition::ActiveWithin { value } => {
            let since = clause.parameter(days_ago(*value));
            opened(&format!("e.last_at >= {since}"))
        }
        Condition::NotOpenedWithin { value } | Condition::InactiveFor { value }
            if !is_known(*value) =>
        {
            "1 = 0".to_owned()
        }
        Condition::NotOpenedWithin { value } | Condition::InactiveFor { value } => {
            let since = clause.parameter(days_ago(*value));
            let agreed = match condition {
                Condition::InactiveFor { .. } => format!("AND g.agreed_at < {since}"),
                _ => String::new(),
            };
            format!(
                "(EXISTS (SELECT 1 FROM {SEEN_DELIVERY} AND d.changed_at >= {since} {agreed})
                  AND NOT {})",
                opened(&format!("e.last_at >= {since}"))
            )
        }
        Condition::FollowedLinkOf { value } => {
            let campaign = clause.parameter(Value::Whole(value.0));
            opened(&format!(
                "e.campaign_id = {campaign} AND e.clicked_at IS NOT NULL"
            ))
        }
        Condition::FollowedUrl { value } => {
            let part = clause.text(value.as_str());
            followed(&match clause.engine {
                Engine::Sqlite => format!("instr(u.url, {part}) > 0"),
                Engine::Postgres => format!("strpos(u.url, {part}) > 0"),
            })
        }
        _ => AGREED.to_owned(),
    }
}
