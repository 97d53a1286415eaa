//! Changes of what campaigns that have not started mail, and to whom: counted, so that it is
//! known whether what was checked or approved is still what goes out.

use super::campaigns::Campaign;
use super::snippet_uses::{self, shows_snippet};
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::campaign::ChangedPart;
use crate::model::{CampaignId, EventId, PostId, SegmentId};

/// What was changed.
#[derive(Debug, Clone, Copy)]
pub enum Changed<'a> {
    /// A campaign itself.
    Campaign(CampaignId),
    /// The segment that one campaign goes to was chosen.
    Audience(CampaignId),
    Post(PostId),
    Event(EventId),
    /// A layout, by its name.
    Layout(&'a str),
    /// A snippet, by its name.
    Snippet(&'a str),
    Segment(SegmentId),
}

impl Changed<'_> {
    fn part(self) -> ChangedPart {
        match self {
            Self::Campaign(_) => ChangedPart::Campaign,
            Self::Post(_) => ChangedPart::Post,
            Self::Event(_) => ChangedPart::Event,
            Self::Layout(_) => ChangedPart::Layout,
            Self::Snippet(_) => ChangedPart::Snippet,
            Self::Audience(_) | Self::Segment(_) => ChangedPart::Segment,
        }
    }
}

/// Updates the campaigns that have not started, of those behind the table's name.
macro_rules! count {
    ($($which:tt)+) => {
        concat!(
            "UPDATE campaigns SET change_count = change_count + 1, changed_by = $2,
                    changed_part = $3, updated_at = $4
             WHERE state IN ('draft', 'scheduled', 'failed_to_start') AND ",
            $($which)+,
            " RETURNING id"
        )
    };
}

/// Counts a change by `by` in the campaigns that it changes; returns these.
pub async fn count(
    db: &mut Db,
    changed: Changed<'_>,
    by: &str,
    now: Timestamp,
) -> Result<Vec<CampaignId>> {
    let part = changed.part();
    match changed {
        Changed::Campaign(id) | Changed::Audience(id) => {
            run!(db, c => sqlx::query_scalar(count!("id = $1"))
                .bind(id).bind(by).bind(part).bind(now)
                .fetch_all(c))
        }
        Changed::Post(id) => run!(db, c => sqlx::query_scalar(count!(
                "(post_id = $1 OR id IN (SELECT campaign_id FROM campaign_items WHERE post_id = $1))"
            ))
            .bind(id).bind(by).bind(part).bind(now)
            .fetch_all(c)),
        Changed::Event(id) => run!(db, c => sqlx::query_scalar(count!(
                "id IN (SELECT campaign_id FROM campaign_items WHERE event_id = $1)"
            ))
            .bind(id).bind(by).bind(part).bind(now)
            .fetch_all(c)),
        Changed::Layout(name) => run!(db, c => sqlx::query_scalar(count!("layout = $1"))
            .bind(name).bind(by).bind(part).bind(now)
            .fetch_all(c)),
        Changed::Snippet(name) => {
            run!(db, c => sqlx::query_scalar(count!(shows_snippet!("campaigns")))
            .bind(snippet_uses::pattern(name)).bind(by).bind(part).bind(now)
            .fetch_all(c))
        }
        Changed::Segment(id) => run!(db, c => sqlx::query_scalar(count!("segment_id = $1"))
            .bind(id).bind(by).bind(part).bind(now)
            .fetch_all(c)),
    }
}

/// Locks a campaign until the end of the transaction; `false` where its state, its time or what
/// it mails has changed since it was read.
pub async fn lock_as_seen(db: &mut Db, seen: &Campaign) -> Result<bool> {
    let locked = execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET change_count = change_count
             WHERE id = $1 AND state = $2 AND change_count = $3
               AND scheduled_at IS NOT DISTINCT FROM $4",
        )
        .bind(seen.id)
        .bind(seen.state)
        .bind(seen.change_count)
        .bind(seen.scheduled_at)
    )?;
    Ok(locked == 1)
}

/// A campaign that is scheduled, approved, or both.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingCampaign {
    pub id: CampaignId,
    pub subject: String,
    /// When it starts, where it is scheduled.
    pub scheduled_at: Option<Timestamp>,
    /// Who has approved it as it is.
    pub approved_by: Option<String>,
}

/// Reads the waiting campaigns of those behind `c`, the campaign.
macro_rules! waiting {
    ($($which:tt)+) => {
        concat!(
            "SELECT c.id, c.subject,
                    CASE WHEN c.state = 'scheduled' THEN c.scheduled_at END AS scheduled_at,
                    a.approved_by
             FROM campaigns c LEFT JOIN campaign_approvals a
                  ON a.campaign_id = c.id AND a.approved_change = c.change_count
             WHERE (c.state = 'scheduled'
                    OR c.state IN ('draft', 'failed_to_start') AND a.approved_by IS NOT NULL)
               AND ",
            $($which)+,
            " ORDER BY c.id"
        )
    };
}

/// The campaigns that are scheduled or approved, and that a change would change.
pub async fn waiting(db: &mut Db, changed: Changed<'_>) -> Result<Vec<WaitingCampaign>> {
    match changed {
        Changed::Campaign(id) | Changed::Audience(id) => {
            run!(db, c => sqlx::query_as(waiting!("c.id = $1")).bind(id).fetch_all(c))
        }
        Changed::Post(id) => run!(db, c => sqlx::query_as(waiting!(
                "(c.post_id = $1 OR EXISTS (
                 SELECT 1 FROM campaign_items i WHERE i.campaign_id = c.id AND i.post_id = $1))"
            ))
            .bind(id)
            .fetch_all(c)),
        Changed::Event(id) => run!(db, c => sqlx::query_as(waiting!(
                "EXISTS (
                 SELECT 1 FROM campaign_items i WHERE i.campaign_id = c.id AND i.event_id = $1)"
            ))
            .bind(id)
            .fetch_all(c)),
        Changed::Layout(name) => {
            run!(db, c => sqlx::query_as(waiting!("c.layout = $1")).bind(name).fetch_all(c))
        }
        Changed::Snippet(name) => run!(db, c => sqlx::query_as(waiting!(shows_snippet!("c")))
            .bind(snippet_uses::pattern(name))
            .fetch_all(c)),
        Changed::Segment(id) => {
            run!(db, c => sqlx::query_as(waiting!("c.segment_id = $1")).bind(id).fetch_all(c))
        }
    }
}
