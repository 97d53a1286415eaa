//! Queries on series, and their steps by version.

use std::ops::Range;

use sqlx::types::Json;

use super::series_starts::StartRow;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::series::{SeriesState, Start, Step};
use crate::model::{ListId, SegmentId, SeriesId};

/// A series as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// What admins call it.
    pub name: String,
    /// The list whose readers it is for.
    pub list_id: ListId,
    /// That list's slug.
    pub list: ListSlug,
    /// The layout of its emails.
    pub layout: String,
    /// The sender of its emails; `None` for the site's.
    pub from_mailbox: Option<String>,
    #[sqlx(flatten)]
    start: StartRow,
    /// How often the address that lets readers in was changed.
    pub address_number: i64,
    /// Who fulfils this leaves it.
    pub goal_id: Option<SegmentId>,
    /// Whether readers who do anything on the page of their preferences have reached the goal too.
    pub ends_on_answer: bool,
    /// Its state.
    pub state: SeriesState,
    /// Whether no new readers come in, also once it goes on after a pause.
    pub is_closed: bool,
    /// Why the system paused it; empty where a person did it.
    pub pause_reason: String,
    /// The version that new readers get.
    pub version: i64,
    /// How far the dates of its readers were looked at.
    #[sqlx(flatten)]
    pub dates: DateScan,
    /// How often it was saved.
    pub edit_count: i64,
    /// Who changed it last, more than its name.
    pub changed_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// How far the dates of the readers of a series were looked at; days are counted since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct DateScan {
    /// All of them up to this day.
    #[sqlx(rename = "dates_day")]
    pub day: i64,
    /// The look that is under way goes up to this day …
    #[sqlx(rename = "dates_until")]
    pub until: i64,
    /// … and has come to this subscriber.
    #[sqlx(rename = "dates_after")]
    pub after: i64,
}

impl Series {
    /// What lets readers in.
    pub fn start(&self) -> Start {
        self.start.start()
    }

    /// The same with another start, as it is being saved.
    pub fn starting(mut self, start: &Start) -> Self {
        self.start = StartRow::from(start);
        self
    }

    /// Whether new readers come in.
    pub fn lets_in(&self) -> bool {
        self.state.lets_in() && !self.is_closed
    }
}

/// What a user sets of a series, besides its steps.
#[derive(Debug, Clone)]
pub struct SeriesFields {
    pub name: String,
    pub list: ListId,
    pub layout: String,
    pub from_mailbox: Option<String>,
    pub start: Start,
    pub goal: Option<SegmentId>,
    pub ends_on_answer: bool,
}

/// Binds what a user sets, as `$1` to `$13`, who does so, as `$14`, and when, as `$15`.
macro_rules! bind_fields {
    ($query:expr, $fields:expr, $start:expr, $by:expr, $now:expr) => {
        $query
            .bind(&$fields.name)
            .bind($fields.list)
            .bind(&$fields.layout)
            .bind(&$fields.from_mailbox)
            .bind($fields.goal)
            .bind($fields.ends_on_answer)
            .bind($start.start_kind)
            .bind(&$start.start_key)
            .bind(&$start.start_value)
            .bind($start.start_days)
            .bind($start.start_hour)
            .bind($start.is_yearly)
            .bind($start.start_segment_id)
            .bind($by)
            .bind($now)
    };
}

/// Adds a draft.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn insert(
    db: &mut Db,
    fields: &SeriesFields,
    by: &str,
    now: Timestamp,
) -> Result<SeriesId> {
    const TEXT: &str = "INSERT INTO series
             (name, list_id, layout, from_mailbox, goal_id, ends_on_answer, start_kind, start_key,
              start_value, start_days, start_hour, is_yearly, start_segment_id, changed_by,
              created_at, updated_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, 'draft')
         RETURNING id";
    let start = StartRow::from(&fields.start);
    run!(db, c => bind_fields!(sqlx::query_scalar(TEXT), fields, start, by, now).fetch_one(c))
}

/// Changes a series that was saved `seen` times, and sets the version that new readers get and who
/// has changed it last; `false` where somebody else has saved it since.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the name is taken.
pub async fn update(
    db: &mut Db,
    id: SeriesId,
    fields: &SeriesFields,
    (seen, version): (i64, i64),
    by: &str,
    now: Timestamp,
) -> Result<bool> {
    const TEXT: &str = "UPDATE series SET name = $1, list_id = $2, layout = $3, from_mailbox = $4,
                goal_id = $5, ends_on_answer = $6, start_kind = $7, start_key = $8,
                start_value = $9, start_days = $10, start_hour = $11, is_yearly = $12,
                start_segment_id = $13, changed_by = $14, updated_at = $15, version = $16,
                edit_count = edit_count + 1
         WHERE id = $17 AND edit_count = $18 AND state <> 'ended'";
    let start = StartRow::from(&fields.start);
    let updated = execute!(
        db,
        bind_fields!(sqlx::query(TEXT), fields, start, by, now)
            .bind(version)
            .bind(id)
            .bind(seen)
    )?;
    Ok(updated == 1)
}

/// Reads series: what stands behind the table's name.
macro_rules! select {
    ($($rest:tt)+) => {
        concat!(
            "SELECT z.id, z.name, z.list_id, l.slug AS list, z.layout, z.from_mailbox, z.start_kind,
                    z.start_key, z.start_value, z.start_days, z.start_hour, z.is_yearly,
                    z.start_segment_id, z.address_number, z.goal_id, z.ends_on_answer, z.state,
                    z.is_closed, z.pause_reason, z.version, z.dates_day, z.dates_until,
                    z.dates_after, z.edit_count, z.changed_by, z.created_at, z.updated_at
             FROM series z JOIN lists l ON l.id = z.list_id ",
            $($rest)+
        )
    };
}

/// The series of this number.
pub async fn by_id(db: &mut Db, id: SeriesId) -> Result<Option<Series>> {
    run!(db, c => sqlx::query_as(select!("WHERE z.id = $1")).bind(id).fetch_optional(c))
}

/// Every series of the lists within reach, by name.
pub async fn all(db: &mut Db, access: &ListAccess) -> Result<Vec<Series>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE $1 = 0 OR z.list_id IN (SELECT u.list_id FROM user_lists u WHERE u.user_id = $1)
         ORDER BY z.name, z.id"
    ))
    .bind(access.limited_user())
    .fetch_all(c))
}

/// Up to `limit` series of the lists within reach behind the one of a number, by number.
pub async fn page(
    db: &mut Db,
    access: &ListAccess,
    after: SeriesId,
    limit: i64,
) -> Result<Vec<Series>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE ($1 = 0 OR z.list_id IN (SELECT u.list_id FROM user_lists u WHERE u.user_id = $1))
           AND z.id > $2
         ORDER BY z.id LIMIT $3"
    ))
    .bind(access.limited_user())
    .bind(after)
    .bind(limit)
    .fetch_all(c))
}

/// The series whose readers go on.
pub async fn going_on(db: &mut Db) -> Result<Vec<Series>> {
    run!(db, c => sqlx::query_as(select!("WHERE z.state IN ('running', 'drained') ORDER BY z.id"))
        .fetch_all(c))
}

/// Moves a series from one state to another; `false` where somebody else moved it first.
pub async fn set_state(
    db: &mut Db,
    id: SeriesId,
    (from, to): (SeriesState, SeriesState),
    reason: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE series SET state = $3, pause_reason = $4, updated_at = $5,
                    is_closed = CASE $3 WHEN 'running' THEN FALSE WHEN 'drained' THEN TRUE
                                        ELSE is_closed END
             WHERE id = $1 AND state = $2",
        )
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(reason)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Gives a series another address that lets readers in: the one before is worth nothing then.
pub async fn renew_address(db: &mut Db, id: SeriesId) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE series SET address_number = address_number + 1 WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Sets how far dates were looked at, where nobody else has gone on meanwhile.
pub async fn set_dates(db: &mut Db, id: SeriesId, seen: DateScan, new: DateScan) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query(
            "UPDATE series SET dates_day = $2, dates_until = $3, dates_after = $4
             WHERE id = $1 AND dates_day = $5 AND dates_until = $6 AND dates_after = $7",
        )
        .bind(id)
        .bind(new.day)
        .bind(new.until)
        .bind(new.after)
        .bind(seen.day)
        .bind(seen.until)
        .bind(seen.after)
    )?;
    Ok(set == 1)
}

/// The steps of a version, in order.
pub async fn steps(db: &mut Db, id: SeriesId, version: i64) -> Result<Vec<Step>> {
    let rows: Vec<(Json<Step>,)> = run!(db, c => sqlx::query_as(
        "SELECT step FROM series_steps WHERE series_id = $1 AND version = $2 ORDER BY position",
    )
    .bind(id)
    .bind(version)
    .fetch_all(c))?;
    Ok(rows.into_iter().map(|(step,)| step.0).collect())
}

/// Sets the steps of a version that has not run.
///
/// # Errors
/// [`Dangling`](super::StoreError::Dangling) where a segment does not exist.
pub async fn set_steps(db: &mut Db, id: SeriesId, version: i64, steps: &[Step]) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM series_steps WHERE series_id = $1 AND version = $2")
            .bind(id)
            .bind(version)
    )?;
    for (position, step) in (1_i64..).zip(steps) {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO series_steps (series_id, version, position, step, segment_id)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(id)
            .bind(version)
            .bind(position)
            .bind(Json(step))
            .bind(step.segment())
        )?;
    }
    Ok(())
}

/// Drops the steps of versions that were never saved.
pub async fn drop_steps(db: &mut Db, id: SeriesId, versions: Range<i64>) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM series_steps WHERE series_id = $1 AND version >= $2 AND version < $3",
        )
        .bind(id)
        .bind(versions.start)
        .bind(versions.end)
    )?;
    Ok(())
}

/// A version that no step and no email of the series has, not even one that is being saved: what
/// is rendered for that one must not be sent for another.
pub async fn unused_version(db: &mut Db, id: SeriesId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT 1 + MAX(version) FROM (
             SELECT version FROM series WHERE id = $1
             UNION ALL SELECT version FROM series_steps WHERE series_id = $1
             UNION ALL SELECT version FROM series_emails WHERE series_id = $1) AS versions",
    )
    .bind(id)
    .fetch_one(c))
}

/// Holds a series until the transaction ends: who changes it and who moves it wait for each other.
pub async fn lock(db: &mut Db, id: SeriesId) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE series SET edit_count = edit_count WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Pauses every series that takes steps, in a database that was restored; returns how many.
pub async fn hold(db: &mut Db, reason: &str, now: Timestamp) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "UPDATE series SET state = 'paused', pause_reason = $1, updated_at = $2
             WHERE state IN ('running', 'drained')",
        )
        .bind(reason)
        .bind(now)
    )
}
