//! Queries on recurring campaigns.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::model::list::ListSlug;
use crate::model::{CampaignId, EventId, ListId, RecurringId, SegmentId};

/// A recurring campaign as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RecurringCampaign {
    pub id: RecurringId,
    #[sqlx(flatten)]
    pub fields: RecurringFields,
    pub is_paused: bool,
    /// Times up to this moment are none of its.
    pub counted_from: Timestamp,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub changed_by: String,
}

/// What a user sets of a recurring campaign, but for its lists.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RecurringFields {
    /// Unique.
    pub name: String,
    /// The template that it mails, by name or number.
    pub template: Option<String>,
    /// The campaign whose content it mails instead.
    pub source_id: Option<CampaignId>,
    /// Empty: that of what it mails.
    pub subject: String,
    /// Empty: that of what it mails.
    pub layout: String,
    pub from_mailbox: Option<String>,
    pub segment_id: Option<SegmentId>,
    #[sqlx(flatten)]
    pub times: RecurringTimes,
    /// Whether each waits for a person instead of starting.
    pub needs_approval: bool,
    /// Whether its blocks show only what is new since the last one.
    pub only_new: bool,
}

/// When a recurring campaign comes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RecurringTimes {
    /// The first time.
    pub starts_at: Timestamp,
    pub repeats: Repetition,
    /// Each time, each second time, …
    pub repeat_every: i64,
    /// None comes after this moment.
    pub repeat_until: Option<Timestamp>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, template, source_id, subject, layout, from_mailbox, segment_id,
                    starts_at, repeats, repeat_every, repeat_until, needs_approval, only_new,
                    is_paused, counted_from, created_at, changed_at, changed_by
             FROM recurring_campaigns ",
            $rest
        )
    };
}

/// Binds what a user sets, as `$1` to `$13`.
macro_rules! bind_fields {
    ($query:expr, $fields:ident) => {
        $query
            .bind(&$fields.name)
            .bind(&$fields.template)
            .bind($fields.source_id)
            .bind(&$fields.subject)
            .bind(&$fields.layout)
            .bind(&$fields.from_mailbox)
            .bind($fields.segment_id)
            .bind($fields.times.starts_at)
            .bind($fields.times.repeats)
            .bind($fields.times.repeat_every)
            .bind($fields.times.repeat_until)
            .bind($fields.needs_approval)
            .bind($fields.only_new)
    };
}

/// Every recurring campaign, by name.
pub async fn all(db: &mut Db) -> Result<Vec<RecurringCampaign>> {
    run!(db, c => sqlx::query_as(select!("ORDER BY name")).fetch_all(c))
}

/// A recurring campaign by its number.
pub async fn by_id(db: &mut Db, id: RecurringId) -> Result<Option<RecurringCampaign>> {
    run!(db, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c))
}

/// Adds a recurring campaign that counts its times from `now`.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(
    db: &mut Db,
    fields: &RecurringFields,
    by: &str,
    now: Timestamp,
) -> Result<RecurringId> {
    run!(db, c => bind_fields!(sqlx::query_scalar(
        "INSERT INTO recurring_campaigns
             (name, template, source_id, subject, layout, from_mailbox, segment_id, starts_at,
              repeats, repeat_every, repeat_until, needs_approval, only_new, is_paused,
              counted_from, created_at, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE, $14, $14, $14, $15)
         RETURNING id",
    ), fields)
    .bind(now)
    .bind(by)
    .fetch_one(c))
}

/// Changes a recurring campaign.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn update(
    db: &mut Db,
    id: RecurringId,
    fields: &RecurringFields,
    counted_from: Timestamp,
    by: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        bind_fields!(
            sqlx::query(
                "UPDATE recurring_campaigns
                 SET name = $1, template = $2, source_id = $3, subject = $4, layout = $5,
                     from_mailbox = $6, segment_id = $7, starts_at = $8, repeats = $9,
                     repeat_every = $10, repeat_until = $11, needs_approval = $12, only_new = $13,
                     counted_from = $14, changed_at = $15, changed_by = $16
                 WHERE id = $17",
            ),
            fields
        )
        .bind(counted_from)
        .bind(now)
        .bind(by)
        .bind(id)
    )?;
    Ok(())
}

/// Pauses a recurring campaign, or resumes it from `now` on; `false` where it was so already.
pub async fn set_paused(
    db: &mut Db,
    id: RecurringId,
    is_paused: bool,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE recurring_campaigns
             SET is_paused = $2, changed_at = $3,
                 counted_from = CASE WHEN $2 THEN counted_from ELSE $3 END
             WHERE id = $1 AND is_paused <> $2",
        )
        .bind(id)
        .bind(is_paused)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Pauses every recurring campaign; returns how many were not.
pub async fn pause_all(db: &mut Db) -> Result<u64> {
    execute!(
        db,
        sqlx::query("UPDATE recurring_campaigns SET is_paused = TRUE WHERE NOT is_paused")
    )
}

/// Locks a recurring campaign until the end of the transaction; `false` where it has changed since
/// it was seen, or was deleted.
pub async fn lock_as_seen(db: &mut Db, seen: &RecurringCampaign) -> Result<bool> {
    let locked = execute!(
        db,
        sqlx::query(
            "UPDATE recurring_campaigns SET changed_at = changed_at
             WHERE id = $1 AND changed_at = $2 AND is_paused = $3",
        )
        .bind(seen.id)
        .bind(seen.changed_at)
        .bind(seen.is_paused)
    )?;
    Ok(locked == 1)
}

/// Deletes a recurring campaign; the campaigns that were made stay.
pub async fn delete(db: &mut Db, id: RecurringId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM recurring_campaigns WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// The lists that it goes to.
pub async fn lists(db: &mut Db, id: RecurringId) -> Result<Vec<ListSlug>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT l.slug FROM recurring_lists r JOIN lists l ON l.id = r.list_id
         WHERE r.recurring_id = $1 ORDER BY l.slug",
    )
    .bind(id)
    .fetch_all(c))
}

/// Sets the lists that it goes to.
pub async fn set_lists(db: &mut Db, id: RecurringId, lists: &[ListId]) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM recurring_lists WHERE recurring_id = $1").bind(id)
    )?;
    for list in lists {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO recurring_lists (recurring_id, list_id) VALUES ($1, $2)
                 ON CONFLICT (recurring_id, list_id) DO NOTHING",
            )
            .bind(id)
            .bind(*list)
        )?;
    }
    Ok(())
}

/// The events that it has shown.
pub async fn shown_events(db: &mut Db, id: RecurringId) -> Result<Vec<EventId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT event_id FROM recurring_events WHERE recurring_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// Notes an event that one of its campaigns shows; `false` where another has shown it.
pub async fn show_event(
    db: &mut Db,
    id: RecurringId,
    event: EventId,
    campaign: CampaignId,
) -> Result<bool> {
    let noted = execute!(
        db,
        sqlx::query(
            "INSERT INTO recurring_events (recurring_id, event_id, campaign_id)
             VALUES ($1, $2, $3) ON CONFLICT (recurring_id, event_id) DO NOTHING",
        )
        .bind(id)
        .bind(event)
        .bind(campaign)
    )?;
    Ok(noted == 1)
}
