//! Queries on subscribers.

use serde_json::Value;
use sqlx::types::Json;

use super::{Db, Result, execute, growth, run, series_pauses};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::growth::ChangeSource;
use crate::model::mail_frequency::Frequency;
use crate::text::locale::Language;

/// A subscriber as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Subscriber {
    /// Its id; never used again for another person.
    pub id: SubscriberId,
    /// The address, local part as typed.
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of mail to them.
    pub language: Language,
    /// A JSON object for segments and personal texts.
    #[sqlx(json)]
    pub attributes: Value,
    /// When the row was made.
    pub created_at: Timestamp,
    /// How often they want mail.
    pub frequency: Frequency,
    /// No campaign's mail goes to them before this moment, which may have come.
    pub paused_until: Option<Timestamp>,
}

impl Subscriber {
    /// Until when no campaign's mail goes to them; `None` where it does.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| *until > now)
    }
}

/// A subscriber to be made.
#[derive(Debug, Clone)]
pub struct NewSubscriber {
    /// The address.
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of mail to them.
    pub language: Language,
    /// A JSON object.
    pub attributes: Value,
}

/// Adds a subscriber, or finds the one with this address unchanged. The flag
/// returns whether it was added.
pub async fn insert_or_find(
    db: &mut Db,
    new: &NewSubscriber,
    now: Timestamp,
) -> Result<(Subscriber, bool)> {
    let inserted: Option<Subscriber> = run!(db, c => sqlx::query_as(
        "INSERT INTO subscribers (email, email_key, name, language, attributes, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (email_key) DO NOTHING
         RETURNING id, email, name, language, attributes, created_at, frequency, paused_until",
    )
    .bind(&new.email)
    .bind(new.email.lookup_key())
    .bind(&new.name)
    .bind(new.language)
    .bind(Json(&new.attributes))
    .bind(now)
    .fetch_optional(c))?;
    if let Some(subscriber) = inserted {
        return Ok((subscriber, true));
    }
    let found = run!(db, c => sqlx::query_as(
        "SELECT id, email, name, language, attributes, created_at, frequency, paused_until
         FROM subscribers WHERE email_key = $1",
    )
    .bind(new.email.lookup_key())
    .fetch_one(c))?;
    Ok((found, false))
}

/// The subscriber in this row.
pub async fn by_id(db: &mut Db, id: SubscriberId) -> Result<Option<Subscriber>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, email, name, language, attributes, created_at, frequency, paused_until
         FROM subscribers WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// The subscriber with this address.
pub async fn by_email(db: &mut Db, email: &EmailAddress) -> Result<Option<Subscriber>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, email, name, language, attributes, created_at, frequency, paused_until
         FROM subscribers WHERE email_key = $1",
    )
    .bind(email.lookup_key())
    .fetch_optional(c))
}

/// Sets name and language.
pub async fn update_profile(
    db: &mut Db,
    id: SubscriberId,
    name: &str,
    language: Language,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE subscribers SET name = $2, language = $3 WHERE id = $1")
            .bind(id)
            .bind(name)
            .bind(language)
    )?;
    Ok(())
}

/// Sets the address.
///
/// # Errors
/// [`Exists`](super::StoreError::Exists) where it is another subscriber's.
pub async fn set_address(db: &mut Db, id: SubscriberId, email: &EmailAddress) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE subscribers SET email = $2, email_key = $3 WHERE id = $1")
            .bind(id)
            .bind(email)
            .bind(email.lookup_key())
    )?;
    Ok(())
}

/// The attributes of the newest `limit` subscribers.
pub async fn newest_attributes(db: &mut Db, limit: i64) -> Result<Vec<Json<Value>>> {
    run!(db, c => sqlx::query_scalar("SELECT attributes FROM subscribers ORDER BY id DESC LIMIT $1")
        .bind(limit)
        .fetch_all(c))
}

/// Sets the attributes.
pub async fn update_attributes(db: &mut Db, id: SubscriberId, attributes: &Value) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE subscribers SET attributes = $2 WHERE id = $1")
            .bind(id)
            .bind(Json(attributes))
    )?;
    Ok(())
}

/// What users have written down about a subscriber; empty where there is none.
pub async fn note(db: &mut Db, id: SubscriberId) -> Result<String> {
    let note: Option<String> = run!(db, c => sqlx::query_scalar(
        "SELECT note FROM subscribers WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(note.unwrap_or_default())
}

/// Sets what users have written down about a subscriber; `false` where that is the same.
pub async fn set_note(db: &mut Db, id: SubscriberId, note: &str) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query("UPDATE subscribers SET note = $2 WHERE id = $1 AND note <> $2")
            .bind(id)
            .bind(note)
    )?;
    Ok(set == 1)
}

/// Sets how often a subscriber gets mail.
pub async fn set_frequency(db: &mut Db, id: SubscriberId, frequency: Frequency) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE subscribers SET frequency = $2 WHERE id = $1")
            .bind(id)
            .bind(frequency)
    )?;
    Ok(())
}

/// Sets or ends a subscriber's pause. Series in which they wait for its end look at them again.
pub async fn set_pause(
    db: &mut Db,
    id: SubscriberId,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE subscribers SET paused_until = $2 WHERE id = $1")
            .bind(id)
            .bind(until)
    )?;
    series_pauses::changed(db, id, now).await
}

/// Erases a subscriber with subscriptions and consent records; deliveries stay
/// as numbers that name nobody.
pub async fn erase(
    db: &mut Db,
    id: SubscriberId,
    source: ChangeSource,
    now: Timestamp,
) -> Result<()> {
    growth::count_deletion(db, id, source, now).await?;
    execute!(
        db,
        sqlx::query("DELETE FROM subscribers WHERE id = $1").bind(id)
    )?;
    Ok(())
}
