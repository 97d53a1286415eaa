//! Queries on calendar events.

use super::variants::{self, VariantTimes};
use super::{Db, Result, execute, run, trash};
use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::model::list::Slug;
use crate::model::{EventId, MediaId};
use crate::text::locale::{Language, Preference};

/// An event with its words in one language.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Its name in addresses and calendars.
    pub slug: Slug,
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The moment after its last.
    pub ends_at: Timestamp,
    /// Whether it has days and no hours.
    pub all_day: bool,
    /// Whether it comes again.
    #[sqlx(flatten)]
    pub recurrence: Recurrence,
    /// Whether visitors may see it.
    pub is_published: bool,
    /// Its picture …
    pub picture_id: Option<MediaId>,
    /// … and that file's name; `None` where it is in the trash.
    pub picture: Option<String>,
    /// What calendars know it by.
    pub uid: String,
    /// Grows with each change of time, place or title.
    pub sequence: i64,
    /// The language of what follows.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// What it is about.
    pub description: String,
}

impl Event {
    /// Its page in a language, below the site's address.
    pub fn path_in(&self, language: Language) -> String {
        format!("/events/{}?language={language}", self.slug)
    }
}

/// Whether and how an event comes again.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Recurrence {
    /// A [`Repetition`]; empty for an event that does not.
    pub repeats: String,
    /// Each time, each second time, …
    pub repeat_every: i64,
    /// None begins after this moment.
    pub repeat_until: Option<Timestamp>,
}

impl Recurrence {
    /// Of an event that comes once.
    pub fn once() -> Self {
        Self {
            repeats: String::new(),
            repeat_every: 1,
            repeat_until: None,
        }
    }

    /// How often it comes again; `None` for once.
    pub fn frequency(&self) -> Option<Repetition> {
        self.repeats.parse().ok()
    }
}

/// Events in one language.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.id, e.slug, e.starts_at, e.ends_at, e.all_day,
                    e.repeats, e.repeat_every, e.repeat_until,
                    e.is_published, e.picture_id, m.file_name AS picture,
                    e.uid, e.sequence,
                    v.language, v.title, v.place, v.description
             FROM untrashed_events e JOIN event_variants v ON v.event_id = e.id
             LEFT JOIN untrashed_media m ON m.id = e.picture_id ",
            $rest
        )
    };
}

/// Which events a list has.
#[derive(Debug, Clone, Copy)]
pub struct EventSelection {
    /// Whom it is for; an event that lacks their language comes in another.
    pub reader: Preference,
    /// Whether drafts are among them.
    pub with_drafts: bool,
    /// How many at most.
    pub limit: i64,
}

/// Events that touch the span from `from` to `to`, or may come again in it,
/// earliest first.
pub async fn between(
    db: &mut Db,
    from: Timestamp,
    to: Timestamp,
    selection: EventSelection,
) -> Result<Vec<Event>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE e.starts_at < $2 AND (e.is_published OR $5)
           AND (e.ends_at > $1
                OR (e.repeats <> '' AND (e.repeat_until IS NULL OR e.repeat_until > $1 - 86400000)))
           AND v.language = (
               SELECT w.language FROM event_variants w WHERE w.event_id = e.id
               ORDER BY CASE w.language WHEN $3 THEN 0 WHEN $6 THEN 1 WHEN $7 THEN 2
                                        WHEN 'en' THEN 3 ELSE 4 END, w.language
               LIMIT 1)
         ORDER BY e.starts_at, e.id LIMIT $4"
    ))
    .bind(from)
    .bind(to)
    .bind(selection.reader.reader)
    .bind(selection.limit)
    .bind(selection.with_drafts)
    .bind(selection.reader.wider())
    .bind(selection.reader.site)
    .fetch_all(c))
}

/// Events that ended before `at`, latest first.
pub async fn before(db: &mut Db, at: Timestamp, selection: EventSelection) -> Result<Vec<Event>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE e.ends_at <= $1 AND (e.is_published OR $4)
           AND (e.repeats = '' OR e.repeat_until <= $1 - 86400000)
           AND v.language = (
               SELECT w.language FROM event_variants w WHERE w.event_id = e.id
               ORDER BY CASE w.language WHEN $2 THEN 0 WHEN $5 THEN 1 WHEN $6 THEN 2
                                        WHEN 'en' THEN 3 ELSE 4 END, w.language
               LIMIT 1)
         ORDER BY e.starts_at DESC, e.id DESC LIMIT $3"
    ))
    .bind(at)
    .bind(selection.reader.reader)
    .bind(selection.limit)
    .bind(selection.with_drafts)
    .bind(selection.reader.wider())
    .bind(selection.reader.site)
    .fetch_all(c))
}

/// When and under what name an event stands in the calendar.
#[derive(Debug, Clone)]
pub struct EventFields {
    /// Its name in addresses and calendars.
    pub slug: Slug,
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The moment after its last.
    pub ends_at: Timestamp,
    /// Whether it has days and no hours.
    pub all_day: bool,
    /// Whether it comes again.
    pub recurrence: Recurrence,
    /// Its picture.
    pub picture_id: Option<MediaId>,
    /// Whether visitors may see it.
    pub is_published: bool,
}

/// An event's words in one language.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EventVariant {
    /// The language.
    pub language: Language,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// What it is about.
    pub description: String,
}

/// Adds an event.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the slug is taken.
pub async fn insert(db: &mut Db, fields: &EventFields, now: Timestamp) -> Result<EventId> {
    let mut uid = fields.slug.to_string();
    // A slug may be used again; what calendars know an event by never is.
    if trash::has_event_of(db, &uid).await? {
        uid = format!("{uid}-{}", uuid::Uuid::new_v4().simple());
    }
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO events (slug, starts_at, ends_at, all_day, created_at,
                             repeats, repeat_every, repeat_until, picture_id, is_published, uid)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                 $11) RETURNING id",
    )
    .bind(&fields.slug)
    .bind(fields.starts_at)
    .bind(fields.ends_at)
    .bind(fields.all_day)
    .bind(now)
    .bind(&fields.recurrence.repeats)
    .bind(fields.recurrence.repeat_every)
    .bind(fields.recurrence.repeat_until)
    .bind(fields.picture_id)
    .bind(fields.is_published)
    .bind(uid)
    .fetch_one(c))
}

/// Changes an event.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where the new slug is taken.
pub async fn update(db: &mut Db, id: EventId, fields: &EventFields) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE events SET slug = $2, starts_at = $3, ends_at = $4, all_day = $5,
                           repeats = $6, repeat_every = $7, repeat_until = $8,
                           picture_id = $9, is_published = $10,
                           sequence = sequence + CASE
                               WHEN starts_at = $3 AND ends_at = $4 AND all_day = $5
                                    AND repeats = $6 AND repeat_every = $7
                               THEN 0 ELSE 1 END
         WHERE id = $1",
        )
        .bind(id)
        .bind(&fields.slug)
        .bind(fields.starts_at)
        .bind(fields.ends_at)
        .bind(fields.all_day)
        .bind(&fields.recurrence.repeats)
        .bind(fields.recurrence.repeat_every)
        .bind(fields.recurrence.repeat_until)
        .bind(fields.picture_id)
        .bind(fields.is_published)
    )?;
    Ok(())
}

/// Takes a number, at least `least`, that is higher than all that calendars were told of an event,
/// and lower than all that they will be. `None` for an event that was deleted for good.
pub async fn take_sequence(db: &mut Db, id: EventId, least: i64) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar(
        "UPDATE events SET sequence = CASE WHEN sequence < $2 THEN $2 ELSE sequence + 1 END + 1
         WHERE id = $1 RETURNING sequence - 1",
    )
    .bind(id)
    .bind(least)
    .fetch_optional(c))
}

/// Sets an event's words in one language. Its time of change stays where they are the same, and
/// calendars count a change of what it is called or where it is.
pub async fn set_variant(
    db: &mut Db,
    id: EventId,
    variant: &EventVariant,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE events SET sequence = sequence + 1
             WHERE id = $1 AND EXISTS (
                 SELECT 1 FROM event_variants
                 WHERE event_id = $1 AND language = $2 AND (title <> $3 OR place <> $4))",
        )
        .bind(id)
        .bind(variant.language)
        .bind(&variant.title)
        .bind(&variant.place)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO event_variants AS v
                 (event_id, language, title, place, description, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)
             ON CONFLICT (event_id, language) DO UPDATE
             SET title = excluded.title, place = excluded.place,
                 description = excluded.description,
                 changed_at = CASE
                     WHEN v.title = excluded.title AND v.place = excluded.place
                          AND v.description = excluded.description
                     THEN v.changed_at ELSE excluded.changed_at END",
        )
        .bind(id)
        .bind(variant.language)
        .bind(&variant.title)
        .bind(&variant.place)
        .bind(&variant.description)
        .bind(now)
    )?;
    Ok(())
}

/// When an event's words were written in each language, and when they last changed.
pub async fn variant_times(db: &mut Db, id: EventId) -> Result<Vec<VariantTimes>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, created_at, changed_at FROM event_variants WHERE event_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// Notes that an event's words in one language are up to date.
pub async fn touch_variant(
    db: &mut Db,
    id: EventId,
    language: Language,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE event_variants SET changed_at = $3 WHERE event_id = $1 AND language = $2",
        )
        .bind(id)
        .bind(language)
        .bind(now)
    )?;
    Ok(())
}

/// Deletes an event's texts in other languages than these.
pub async fn keep_variants(db: &mut Db, id: EventId, kept: &[Language]) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM event_variants
             WHERE event_id = $1 AND $2 NOT LIKE '%,' || language || ',%'",
        )
        .bind(id)
        .bind(variants::among(kept))
    )?;
    Ok(())
}

/// The event with this slug, in the best language for a reader.
pub async fn by_slug(db: &mut Db, slug: &Slug, reader: Preference) -> Result<Option<Event>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE e.slug = $1
         ORDER BY CASE v.language WHEN $2 THEN 0 WHEN $3 THEN 1 WHEN $4 THEN 2
                                  WHEN 'en' THEN 3 ELSE 4 END, v.language LIMIT 1"
    ))
    .bind(slug)
    .bind(reader.reader)
    .bind(reader.wider())
    .bind(reader.site)
    .fetch_optional(c))
}

/// The event in this row, in the best language for a reader.
pub async fn by_id(db: &mut Db, id: EventId, reader: Preference) -> Result<Option<Event>> {
    run!(db, c => sqlx::query_as(select!(
        "WHERE e.id = $1
         ORDER BY CASE v.language WHEN $2 THEN 0 WHEN $3 THEN 1 WHEN $4 THEN 2
                                  WHEN 'en' THEN 3 ELSE 4 END, v.language LIMIT 1"
    ))
    .bind(id)
    .bind(reader.reader)
    .bind(reader.wider())
    .bind(reader.site)
    .fetch_optional(c))
}

/// An event's words, in every language it has.
pub async fn variants(db: &mut Db, id: EventId) -> Result<Vec<EventVariant>> {
    run!(db, c => sqlx::query_as(
        "SELECT language, title, place, description FROM event_variants
         WHERE event_id = $1 ORDER BY language",
    )
    .bind(id)
    .fetch_all(c))
}

/// Public events that end after `from`, in each of their languages, latest first.
pub async fn addresses(db: &mut Db, from: Timestamp, limit: i64) -> Result<Vec<(String, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT e.slug, v.language
         FROM untrashed_events e JOIN event_variants v ON v.event_id = e.id
         WHERE e.is_published
           AND (e.ends_at > $1
                OR (e.repeats <> '' AND (e.repeat_until IS NULL OR e.repeat_until > $1)))
         ORDER BY e.starts_at DESC, e.id DESC, v.language LIMIT $2",
    )
    .bind(from)
    .bind(limit)
    .fetch_all(c))
}

/// Copies an event's words in every language to another event, with their times.
pub async fn copy_variants(db: &mut Db, from: EventId, to: EventId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO event_variants (event_id, language, title, place, description,
                                         created_at, changed_at)
             SELECT CAST($2 AS BIGINT), language, title, place, description,
                    created_at, changed_at
             FROM event_variants WHERE event_id = $1",
        )
        .bind(from)
        .bind(to)
    )?;
    Ok(())
}

/// Sets an event's title in one language; the time of its words stays.
pub async fn set_title(db: &mut Db, id: EventId, language: Language, title: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE event_variants SET title = $3 WHERE event_id = $1 AND language = $2")
            .bind(id)
            .bind(language)
            .bind(title)
    )?;
    Ok(())
}
