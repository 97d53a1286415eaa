//! Queries on what came of each time of recurring campaigns.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::campaign::CampaignState;
use crate::model::recurring::OccurrenceState;
use crate::model::{CampaignId, RecurringId};

/// What came of one time.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Occurrence {
    /// When it was due; of one that a person asked for, when they did.
    pub due_at: Timestamp,
    pub state: OccurrenceState,
    pub is_extra: bool,
    pub campaign_id: Option<CampaignId>,
    /// Why it failed, in English.
    pub reason: String,
    pub settled_at: Timestamp,
    /// Of its campaign.
    pub campaign_state: Option<CampaignState>,
}

impl Occurrence {
    /// What came of it in the end: a campaign that could not start is a failure, too.
    pub fn outcome(&self) -> OccurrenceState {
        if self.campaign_state == Some(CampaignState::FailedToStart) {
            OccurrenceState::Failed
        } else {
            self.state
        }
    }
}

/// What is noted of a time.
#[derive(Debug, Clone, Copy)]
pub struct NewOccurrence<'a> {
    pub due_at: Timestamp,
    pub state: OccurrenceState,
    pub is_extra: bool,
    pub campaign: Option<CampaignId>,
    pub reason: &'a str,
}

/// Notes what came of a time; `false` where it is noted already.
pub async fn insert(
    db: &mut Db,
    id: RecurringId,
    new: NewOccurrence<'_>,
    now: Timestamp,
) -> Result<bool> {
    let noted = execute!(
        db,
        sqlx::query(
            "INSERT INTO recurring_occurrences
                 (recurring_id, due_at, state, is_extra, campaign_id, reason, settled_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (recurring_id, due_at) DO NOTHING",
        )
        .bind(id)
        .bind(new.due_at)
        .bind(new.state)
        .bind(new.is_extra)
        .bind(new.campaign)
        .bind(new.reason)
        .bind(now)
    )?;
    Ok(noted == 1)
}

/// What came of its last times, newest first.
pub async fn last(db: &mut Db, id: RecurringId, limit: i64) -> Result<Vec<Occurrence>> {
    run!(db, c => sqlx::query_as(
        "SELECT o.due_at, o.state, o.is_extra, o.campaign_id, o.settled_at,
                c.state AS campaign_state,
                CASE WHEN c.state = 'failed_to_start' THEN c.pause_reason ELSE o.reason END AS reason
         FROM recurring_occurrences o LEFT JOIN campaigns c ON c.id = o.campaign_id
         WHERE o.recurring_id = $1 ORDER BY o.due_at DESC LIMIT $2",
    )
    .bind(id)
    .bind(limit)
    .fetch_all(c))
}

/// The last of its own times that something came of.
pub async fn last_due(db: &mut Db, id: RecurringId) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(due_at) FROM recurring_occurrences WHERE recurring_id = $1 AND NOT is_extra",
    )
    .bind(id)
    .fetch_one(c))
}

/// When the last campaign was made that is still there.
pub async fn last_made(db: &mut Db, id: RecurringId) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(settled_at) FROM recurring_occurrences
         WHERE recurring_id = $1 AND campaign_id IS NOT NULL",
    )
    .bind(id)
    .fetch_one(c))
}

/// The recurring campaign that a campaign comes from.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<(RecurringId, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT r.id, r.name FROM recurring_occurrences o
         JOIN recurring_campaigns r ON r.id = o.recurring_id WHERE o.campaign_id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}
