//! How many people joined and left each list, counted by the hour in the transaction of each
//! change. Consent records are not read for it, and the numbers stay when people are erased.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::growth::{ChangeSource, SizeChange};
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::model::{ListId, SubscriberId};
use crate::text::locale::Language;

/// Milliseconds of an hour.
const HOUR: i64 = 3600 * 1000;

/// What changes of one kind have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The list.
    pub list: ListId,
    /// By what way, as text, so that kinds have an order.
    pub source: &'static str,
    /// The language of the people.
    pub language: Language,
}

impl Kind {
    /// Of these parts.
    pub fn new(list: ListId, source: ChangeSource, language: Language) -> Self {
        Self {
            list,
            source: source.as_str(),
            language,
        }
    }
}

/// Adds people who joined and left.
pub async fn add(db: &mut Db, kind: Kind, at: Timestamp, (joined, left): (i64, i64)) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO list_hourly_changes
                 (hour, list_id, source, language, confirmed, unsubscribed)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (hour, list_id, source, language) DO UPDATE
             SET confirmed = list_hourly_changes.confirmed + excluded.confirmed,
                 unsubscribed = list_hourly_changes.unsubscribed + excluded.unsubscribed",
        )
        .bind(at.millis().div_euclid(HOUR))
        .bind(kind.list)
        .bind(kind.source)
        .bind(kind.language)
        .bind(joined)
        .bind(left)
    )?;
    Ok(())
}

/// Counts the change of one subscription. Who confirms has come by the way of their request.
pub async fn count(
    db: &mut Db,
    subscriber: SubscriberId,
    list: ListId,
    change: SizeChange,
    method: ConsentMethod,
    at: Timestamp,
) -> Result<()> {
    let known: Option<(Language, Option<ConsentMethod>)> = run!(db, c => sqlx::query_as(
        "SELECT m.language,
                (SELECT r.method FROM consent_records r
                 WHERE r.subscriber_id = m.id AND r.list_id = $2 AND r.action = 'requested'
                 ORDER BY r.id DESC LIMIT 1)
         FROM subscribers m WHERE m.id = $1",
    )
    .bind(subscriber)
    .bind(list)
    .fetch_optional(c))?;
    let Some((language, requested)) = known else {
        return Ok(());
    };
    let method = match method {
        ConsentMethod::ConfirmationLink => requested.unwrap_or(method),
        method => method,
    };
    let numbers = match change {
        SizeChange::Joined => (1, 0),
        SizeChange::Left => (0, 1),
    };
    let kind = Kind::new(list, method.into(), language);
    add(db, kind, at, numbers).await
}

/// Counts that a subscriber leaves every list that they are on, before they are deleted.
pub async fn count_deletion(
    db: &mut Db,
    subscriber: SubscriberId,
    source: ChangeSource,
    at: Timestamp,
) -> Result<()> {
    let lists: Vec<(ListId, Language)> = run!(db, c => sqlx::query_as(
        "SELECT s.list_id, m.language
         FROM subscriptions s JOIN subscribers m ON m.id = s.subscriber_id
         WHERE s.subscriber_id = $1 AND s.state = $2 ORDER BY s.list_id",
    )
    .bind(subscriber)
    .bind(SubscriptionState::Confirmed)
    .fetch_all(c))?;
    for (list, language) in lists {
        add(db, Kind::new(list, source, language), at, (0, 1)).await?;
    }
    Ok(())
}

/// A stretch of time within which the clocks of a zone are not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first hour since 1970 …
    pub from: i64,
    /// … and the first after it.
    pub until: i64,
    /// Hours that the zone is ahead of UTC.
    pub ahead: i64,
}

/// Which changes. `None` admits all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection {
    /// Of this list.
    pub list: Option<ListId>,
    /// By this way.
    pub source: Option<ChangeSource>,
    /// Of people with this language.
    pub language: Option<Language>,
}

/// The changes of one day that have list, way and language in common.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DayRow {
    /// The zone's day since 1970.
    pub day: i64,
    /// The list.
    pub list_id: ListId,
    /// By what way.
    pub source: ChangeSource,
    /// The language of the people.
    pub language: Language,
    /// Who joined.
    #[sqlx(rename = "confirmed")]
    pub joined: i64,
    /// Who left.
    #[sqlx(rename = "unsubscribed")]
    pub left: i64,
}

/// Reads the changes of one list.
pub const NET_BY_DAY: &str = "SELECT (hour + $4) / 24 AS day,
            CAST(SUM(confirmed - unsubscribed) AS BIGINT)
     FROM list_hourly_changes WHERE list_id = $1 AND hour >= $2 AND hour < $3 GROUP BY 1";

/// By how many a list grew on each day of a stretch on which somebody came or went.
pub async fn net_by_day(db: &mut Db, list: ListId, stretch: Stretch) -> Result<Vec<(i64, i64)>> {
    run!(db, c => sqlx::query_as(NET_BY_DAY)
        .bind(list)
        .bind(stretch.from)
        .bind(stretch.until)
        .bind(stretch.ahead)
        .fetch_all(c))
}

/// The changes of a stretch by day, list, way and language, in this order.
pub async fn days(db: &mut Db, stretch: Stretch, selection: Selection) -> Result<Vec<DayRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT (hour + $3) / 24 AS day, list_id, source, language,
                CAST(SUM(confirmed) AS BIGINT) AS confirmed,
                CAST(SUM(unsubscribed) AS BIGINT) AS unsubscribed
         FROM list_hourly_changes
         WHERE hour >= $1 AND hour < $2
           AND ($4 = 0 OR list_id = $4) AND ($5 = '' OR source = $5)
           AND ($6 = '' OR language = $6)
         GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
    )
    .bind(stretch.from)
    .bind(stretch.until)
    .bind(stretch.ahead)
    .bind(selection.list.unwrap_or(ListId(0)))
    .bind(selection.source.map_or("", ChangeSource::as_str))
    .bind(selection.language.map_or("", Language::tag))
    .fetch_all(c))
}
