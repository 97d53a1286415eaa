//! Queries on the readers of series: who comes in, whose step is due, what was done.

use super::suppressions::not_suppressed;
use super::{Db, Engine, Result, claiming, execute, run, series_webhooks};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::mail_frequency::Frequency;
use crate::model::series::{ReaderState, SeriesState, StepOutcome, edition};
use crate::model::{CampaignId, ListId, SeriesId, SeriesReaderId, SubscriberId};

/// Lets the subscriber `$1` at the time `$4` into the series `z` for which a condition holds, which
/// may ask for `$2`; `$3` is their edition.
macro_rules! enter_at_once {
    ($condition:literal) => {
        concat!(
            "INSERT INTO series_readers
                 (series_id, subscriber_id, round, edition, version, position, due_at, state,
                  entered_at, changed_at)
             SELECT z.id, CAST($1 AS BIGINT), 0, CAST($3 AS BIGINT), z.version, 1,
                    CAST($4 AS BIGINT), 'inside', CAST($4 AS BIGINT), CAST($4 AS BIGINT)
             FROM series z
             WHERE z.state IN ('running', 'paused') AND NOT z.is_closed
               AND NOT EXISTS (SELECT 1 FROM series_readers x
                               WHERE x.series_id = z.id AND x.subscriber_id = $1
                                 AND (x.state = 'inside' OR x.edition = $3))
               AND ",
            $condition,
            "
             ON CONFLICT (series_id, subscriber_id, round) DO NOTHING
             RETURNING id"
        )
    };
}

/// Lets a subscriber into the series that a confirmation starts, and into those of a tag that
/// they have already. In the transaction of the confirmation.
pub async fn enter_confirmed(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    now: Timestamp,
) -> Result<()> {
    let entered: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(enter_at_once!(
        "z.list_id = $2
         AND (z.start_kind = 'confirmed'
              OR z.start_kind = 'tag' AND EXISTS (
                  SELECT 1 FROM subscriber_tags t
                  WHERE t.subscriber_id = $1 AND t.tag_key = z.start_key))"
    ))
    .bind(subscriber)
    .bind(list)
    .bind(edition(now))
    .bind(now)
    .fetch_all(c))?;
    series_webhooks::entered(db, &entered, now).await
}

/// Lets a subscriber into the series that a tag starts, where they are on the list. In the
/// transaction that sets the tag.
pub async fn enter_tagged(
    db: &mut Db,
    subscriber: SubscriberId,
    tag_key: &str,
    now: Timestamp,
) -> Result<()> {
    let entered: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(enter_at_once!(
        "z.start_kind = 'tag' AND z.start_key = $2
         AND EXISTS (SELECT 1 FROM subscriptions s
                     WHERE s.subscriber_id = $1 AND s.list_id = z.list_id
                       AND s.state = 'confirmed')"
    ))
    .bind(subscriber)
    .bind(tag_key)
    .bind(edition(now))
    .bind(now)
    .fetch_all(c))?;
    series_webhooks::entered(db, &entered, now).await
}

/// A reader who comes in by a date or a call.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub series: SeriesId,
    pub subscriber: SubscriberId,
    /// The year of a date that comes again, or the day of an event; 0 for one who comes in once.
    pub round: i64,
    /// Whether one comes in who is still inside for an earlier round, or who came in otherwise for
    /// the same edition.
    pub overlaps: bool,
    /// When their first step is due.
    pub due_at: Timestamp,
}

/// Lets a subscriber of the list into a series that lets readers in; `None` where they are in it
/// already, are not on its list, or nobody comes in.
pub async fn enter(db: &mut Db, entry: &Entry, now: Timestamp) -> Result<Option<SeriesReaderId>> {
    let of_entry = match entry.round {
        0 => edition(now),
        round => round,
    };
    let entered: Option<SeriesReaderId> = run!(db, c => sqlx::query_scalar(concat!(
        "INSERT INTO series_readers
             (series_id, subscriber_id, round, edition, version, position, due_at, state,
              entered_at, changed_at)
         SELECT z.id, m.id, CAST($3 AS BIGINT), CAST($4 AS BIGINT), z.version, 1,
                CAST($5 AS BIGINT), 'inside', CAST($6 AS BIGINT), CAST($6 AS BIGINT)
         FROM series z JOIN subscribers m ON m.id = $2
         WHERE z.id = $1 AND z.state IN ('running', 'paused') AND NOT z.is_closed
           AND EXISTS (SELECT 1 FROM subscriptions s
                       WHERE s.subscriber_id = m.id AND s.list_id = z.list_id
                         AND s.state = 'confirmed')
           AND ($7 OR NOT EXISTS (SELECT 1 FROM series_readers x
                                  WHERE x.series_id = z.id AND x.subscriber_id = m.id
                                    AND (x.state = 'inside' OR x.edition = $4)))
           AND ", not_suppressed!(), "
         ON CONFLICT (series_id, subscriber_id, round) DO NOTHING
         RETURNING id",
    ))
    .bind(entry.series)
    .bind(entry.subscriber)
    .bind(entry.round)
    .bind(of_entry)
    .bind(entry.due_at)
    .bind(now)
    .bind(entry.overlaps)
    .fetch_optional(c))?;
    series_webhooks::entered(db, entered.as_slice(), now).await?;
    Ok(entered)
}

/// A reader whose step is due, and what holds of them now.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DueReader {
    /// Their row.
    pub id: SeriesReaderId,
    /// Who.
    pub subscriber_id: SubscriberId,
    /// The address.
    pub email: EmailAddress,
    /// The edition of their emails.
    pub edition: i64,
    /// The version that they go through.
    pub version: i64,
    /// The step that comes next.
    pub position: i64,
    /// Whether they are on the list.
    pub is_on_list: bool,
    /// Whether their address is suppressed.
    pub is_suppressed: bool,
    /// They get no mail before this time.
    pub paused_until: Option<Timestamp>,
    /// Their attributes, a JSON object.
    #[sqlx(json)]
    pub attributes: serde_json::Value,
    /// How often they want mail.
    pub frequency: Frequency,
}

/// Finds what is due by what is due.
pub const DUE: &str = "SELECT id FROM series_readers
     WHERE series_id = $1 AND due_at <= $2 AND state = 'inside'
     ORDER BY due_at, id LIMIT $3";

/// The readers of a series whose step is due, who waits longest first.
pub async fn due(
    db: &mut Db,
    series: SeriesId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<SeriesReaderId>> {
    run!(db, c => sqlx::query_scalar(DUE)
        .bind(series)
        .bind(now)
        .bind(limit)
        .fetch_all(c))
}

/// Holds a reader whose step is due until the transaction ends, with their series and their
/// subscriber, always in this order; `None` where another worker has them, or nothing is due any
/// more.
pub async fn hold(
    db: &mut Db,
    series: SeriesId,
    id: SeriesReaderId,
    now: Timestamp,
) -> Result<Option<(DueReader, SeriesState)>> {
    // A transaction of SQLite that writes is alone.
    let (of_series, of_subscriber) = match db.engine() {
        Engine::Sqlite => (
            "SELECT state FROM series WHERE id = $1",
            "SELECT subscriber_id FROM series_readers WHERE id = $1",
        ),
        // Who pauses the series waits for this step, and who changes or erases the subscriber:
        // a pause of theirs that ends meanwhile must find that they wait for its end.
        Engine::Postgres => (
            "SELECT state FROM series WHERE id = $1 FOR SHARE",
            "SELECT m.id FROM subscribers m
             JOIN series_readers r ON r.subscriber_id = m.id
             WHERE r.id = $1 FOR NO KEY UPDATE OF m SKIP LOCKED",
        ),
    };
    let state: Option<SeriesState> = run!(db, c => sqlx::query_scalar(of_series)
        .bind(series)
        .fetch_optional(c))?;
    let subscriber: Option<SubscriberId> = run!(db, c => sqlx::query_scalar(of_subscriber)
        .bind(id)
        .fetch_optional(c))?;
    let statement = claiming!(
        db,
        "SELECT id FROM series_readers WHERE id = $1 AND state = 'inside' AND due_at <= $2",
        ""
    );
    let held: Option<SeriesReaderId> = run!(db, c => sqlx::query_scalar(statement)
        .bind(id)
        .bind(now)
        .fetch_optional(c))?;
    let (Some(state), Some(_), Some(_)) = (state, subscriber, held) else {
        return Ok(None);
    };
    let reader: Option<DueReader> = run!(db, c => sqlx::query_as(concat!(
        "SELECT r.id, r.subscriber_id, m.email, r.edition, r.version, r.position,
                EXISTS (SELECT 1 FROM subscriptions s
                        WHERE s.subscriber_id = m.id AND s.list_id = z.list_id
                          AND s.state = 'confirmed') AS is_on_list,
                NOT (", not_suppressed!(), ") AS is_suppressed,
                m.paused_until, m.attributes, m.frequency
         FROM series_readers r
         JOIN series z ON z.id = r.series_id
         JOIN subscribers m ON m.id = r.subscriber_id
         WHERE r.id = $1",
    ))
    .bind(id)
    .fetch_optional(c))?;
    Ok(reader.map(|reader| (reader, state)))
}

/// When the next step of a reader is due.
#[derive(Debug, Clone, Copy)]
pub enum Due {
    At(Timestamp),
    /// When the pause of their email ends: now at this time, and earlier if they end it.
    AfterPause(Timestamp),
}

/// Says which step comes next for a reader, and when.
pub async fn set_next(
    db: &mut Db,
    id: SeriesReaderId,
    position: i64,
    due: Due,
    now: Timestamp,
) -> Result<()> {
    let (due_at, awaits_pause) = match due {
        Due::At(at) => (at, false),
        Due::AfterPause(until) => (until, true),
    };
    execute!(
        db,
        sqlx::query(
            "UPDATE series_readers
             SET position = $2, due_at = $3, awaits_pause = $4, changed_at = $5 WHERE id = $1",
        )
        .bind(id)
        .bind(position)
        .bind(due_at)
        .bind(awaits_pause)
        .bind(now)
    )?;
    Ok(())
}

/// Ends a series for a reader, at a step.
pub async fn end(
    db: &mut Db,
    id: SeriesReaderId,
    position: i64,
    state: ReaderState,
    now: Timestamp,
) -> Result<()> {
    let ended: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(
        "UPDATE series_readers SET position = $2, state = $3, changed_at = $4
         WHERE id = $1 AND state = 'inside' RETURNING id",
    )
    .bind(id)
    .bind(position)
    .bind(state)
    .bind(now)
    .fetch_all(c))?;
    series_webhooks::finished(db, &ended, now).await
}

/// Ends a series for everybody who is inside.
pub async fn end_all(db: &mut Db, series: SeriesId, now: Timestamp) -> Result<()> {
    let ended: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(
        "UPDATE series_readers SET state = 'ended', changed_at = $2
         WHERE series_id = $1 AND state = 'inside' RETURNING id",
    )
    .bind(series)
    .bind(now)
    .fetch_all(c))?;
    series_webhooks::finished(db, &ended, now).await
}

/// Writes that a step was taken for a reader.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where it was taken before.
pub async fn record_step(
    db: &mut Db,
    reader: &DueReader,
    position: i64,
    outcome: StepOutcome,
    campaign: Option<CampaignId>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO series_steps_taken (reader_id, position, version, outcome, campaign_id, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(reader.id)
        .bind(position)
        .bind(reader.version)
        .bind(outcome)
        .bind(campaign)
        .bind(now)
    )?;
    Ok(())
}

/// Puts one more recipient of an email into the ledger, to be sent at once. The email must be
/// one that its state lets take recipients.
pub async fn queue_email(
    db: &mut Db,
    campaign: CampaignId,
    subscriber: SubscriberId,
    now: Timestamp,
) -> Result<()> {
    // Deferred, and so claimed row by row: a slice would be cut in the order of subscribers. Due
    // since ever, since a clock that is set back must not hold it.
    let queued = execute!(
        db,
        sqlx::query(
            "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
             VALUES ($1, $2, 'deferred', 0, $3)
             ON CONFLICT (campaign_id, subscriber_id) DO NOTHING",
        )
        .bind(campaign)
        .bind(subscriber)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns
             SET frozen_count = frozen_count + $2, claimed_count = claimed_count + $2
             WHERE id = $1",
        )
        .bind(campaign)
        .bind(queued as i64)
    )?;
    Ok(())
}

/// Whether anybody is inside a series.
pub async fn has_inside(db: &mut Db, series: SeriesId) -> Result<bool> {
    // Not by `EXISTS`: PostgreSQL would read the whole table where it expects to find one soon.
    let first = due(db, series, Timestamp::from_millis(i64::MAX), 1).await?;
    Ok(!first.is_empty())
}

/// A reader, to be shown.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReaderRow {
    /// Their row.
    pub id: SeriesReaderId,
    /// Which series.
    pub series_id: SeriesId,
    /// Its name.
    pub series: String,
    /// Who.
    pub subscriber_id: SubscriberId,
    /// The address.
    pub email: EmailAddress,
    /// The version that they go through.
    pub version: i64,
    /// The step that comes next, or at which it ended.
    pub position: i64,
    /// When it is due.
    pub due_at: Timestamp,
    /// Where they stand.
    pub state: ReaderState,
    /// When they came in.
    pub entered_at: Timestamp,
}

/// Reads readers: what stands behind the joined tables.
macro_rules! shown {
    ($($rest:tt)+) => {
        concat!(
            "SELECT r.id, r.series_id, z.name AS series, r.subscriber_id, m.email, r.version,
                    r.position, r.due_at, r.state, r.entered_at
             FROM series_readers r JOIN series z ON z.id = r.series_id
             JOIN subscribers m ON m.id = r.subscriber_id ",
            $($rest)+
        )
    };
}

/// One page of all readers reads one page of an index …
pub const PAGE: &str = shown!("WHERE r.series_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3");

/// … and so does one of those in a state.
pub const PAGE_IN_STATE: &str =
    shown!("WHERE r.series_id = $1 AND r.id > $2 AND r.state = $4 ORDER BY r.id LIMIT $3");

/// Up to `limit` readers of a series after row `after`, in one state or in all.
pub async fn page(
    db: &mut Db,
    series: SeriesId,
    state: Option<ReaderState>,
    after: i64,
    limit: i64,
) -> Result<Vec<ReaderRow>> {
    let Some(state) = state else {
        return run!(db, c => sqlx::query_as(PAGE)
            .bind(series)
            .bind(after)
            .bind(limit)
            .fetch_all(c));
    };
    run!(db, c => sqlx::query_as(PAGE_IN_STATE)
        .bind(series)
        .bind(after)
        .bind(limit)
        .bind(state)
        .fetch_all(c))
}

/// The series that a subscriber is or was in, the latest first.
pub async fn of_subscriber(
    db: &mut Db,
    subscriber: SubscriberId,
    limit: i64,
) -> Result<Vec<ReaderRow>> {
    run!(db, c => sqlx::query_as(shown!(
        "WHERE r.subscriber_id = $1 ORDER BY r.id DESC LIMIT $2"
    ))
    .bind(subscriber)
    .bind(limit)
    .fetch_all(c))
}

/// A step that was taken for a reader.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TakenStep {
    /// Whose row of the series.
    pub reader_id: SeriesReaderId,
    /// Which step.
    pub position: i64,
    /// What came of it.
    pub outcome: StepOutcome,
    /// When.
    pub at: Timestamp,
}

/// The steps that were taken for a subscriber in all series, in their order.
pub async fn taken_by(db: &mut Db, subscriber: SubscriberId, limit: i64) -> Result<Vec<TakenStep>> {
    run!(db, c => sqlx::query_as(
        "SELECT t.reader_id, t.position, t.outcome, t.at
         FROM series_readers r JOIN series_steps_taken t ON t.reader_id = r.id
         WHERE r.subscriber_id = $1 ORDER BY t.reader_id, t.position LIMIT $2",
    )
    .bind(subscriber)
    .bind(limit)
    .fetch_all(c))
}

/// The reader of this row.
pub async fn by_id(db: &mut Db, id: SeriesReaderId) -> Result<Option<ReaderRow>> {
    run!(db, c => sqlx::query_as(shown!("WHERE r.id = $1")).bind(id).fetch_optional(c))
}

/// A subscriber of a list with their attributes.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Member {
    pub subscriber_id: SubscriberId,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: serde_json::Value,
}

/// Up to `limit` subscribers of a list after one of them, with their attributes.
pub async fn members_after(
    db: &mut Db,
    list: ListId,
    after: i64,
    limit: i64,
) -> Result<Vec<Member>> {
    run!(db, c => sqlx::query_as(
        "SELECT s.subscriber_id, m.attributes
         FROM subscriptions s JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.list_id = $1 AND s.state = 'confirmed' AND s.subscriber_id > $2
         ORDER BY s.subscriber_id LIMIT $3",
    )
    .bind(list)
    .bind(after)
    .bind(limit)
    .fetch_all(c))
}

/// Up to `limit` confirmations of a list since a time, as they came; not those of imports, which
/// let nobody into a series. Of those who have a tag, where one is named.
pub async fn confirmations_since(
    db: &mut Db,
    list: ListId,
    tag_key: Option<&str>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(SubscriberId, Timestamp)>> {
    run!(db, c => sqlx::query_as(
        "SELECT r.subscriber_id, MIN(r.at) FROM consent_records r
         WHERE r.list_id = $1 AND r.action = 'confirmed' AND r.method <> 'import' AND r.at >= $2
           AND r.subscriber_id IS NOT NULL
           AND ($3 = '' OR EXISTS (SELECT 1 FROM subscriber_tags t
                                   WHERE t.subscriber_id = r.subscriber_id AND t.tag_key = $3))
         GROUP BY r.subscriber_id ORDER BY MIN(r.at) LIMIT $4",
    )
    .bind(list)
    .bind(since)
    .bind(tag_key.unwrap_or_default())
    .bind(limit)
    .fetch_all(c))
}
