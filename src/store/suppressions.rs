//! Queries on addresses and domains that are never mailed.
//!
//! An address may stand here for several reasons; the strongest is what counts
//! and what pages show. A key that begins with `@` is a whole domain's.

use super::{Db, Result, escape_like, execute, run, series_exits};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::subscription::{SuppressionReason, SuppressionSource};

/// Whether the subscriber `m` may be mailed. Two conditions, so that PostgreSQL
/// can answer each by a hash.
macro_rules! not_suppressed {
    () => {
        "NOT EXISTS (SELECT 1 FROM suppressions p WHERE p.email_key = m.email_key)
           AND NOT EXISTS (SELECT 1 FROM suppressions p
                           WHERE p.email_key = substr(m.email_key, instr(m.email_key, '@')))"
    };
}
pub(super) use not_suppressed;

/// How strong a reason is.
macro_rules! strength {
    ($column:literal) => {
        concat!(
            "CASE ",
            $column,
            " WHEN 'complaint' THEN 4 WHEN 'hard_bounce' THEN 3 WHEN 'manual' THEN 2 ELSE 1 END"
        )
    };
}
pub(super) use strength;

/// A reason why an address or a domain is never mailed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Suppression {
    /// The address in lower case, or `@` and a domain.
    pub email_key: String,
    /// Why it is never mailed.
    pub reason: SuppressionReason,
    /// What an admin or a relay said of it.
    pub note: String,
    /// Where it came from.
    pub source: SuppressionSource,
    /// The campaign whose mail led to it.
    pub campaign_id: Option<CampaignId>,
    /// Since when.
    pub created_at: Timestamp,
}

/// A suppression to be added.
#[derive(Debug, Clone)]
pub struct NewSuppression {
    /// The address in lower case, or `@` and a domain.
    pub email_key: String,
    /// Why.
    pub reason: SuppressionReason,
    /// What was said of it.
    pub note: String,
    /// Where it comes from.
    pub source: SuppressionSource,
    /// The campaign whose mail led to it.
    pub campaign: Option<CampaignId>,
}

/// Which suppressions are meant; what is not named does not matter.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// A part of the address.
    pub part: String,
    /// The reason.
    pub reason: Option<SuppressionReason>,
    /// The campaign whose mail led to them.
    pub campaign: Option<CampaignId>,
    /// Made at this time or later …
    pub since: Option<Timestamp>,
    /// … and before this one.
    pub until: Option<Timestamp>,
}

/// Binds what a [`Which`] asks for to the first five parameters.
macro_rules! bound {
    ($query:expr, $which:expr) => {
        $query
            .bind(escape_like(&$which.part.trim().to_lowercase()))
            .bind($which.reason.map_or("", |reason| reason.as_str()))
            .bind($which.campaign.unwrap_or(CampaignId(0)))
            .bind($which.since.unwrap_or(Timestamp::from_millis(i64::MIN)))
            .bind($which.until.unwrap_or(Timestamp::from_millis(i64::MAX)))
    };
}

/// Adds a suppression; one for the same reason keeps its time and words. Tells
/// whether it was added.
pub async fn add(db: &mut Db, new: &NewSuppression, now: Timestamp) -> Result<bool> {
    let added = execute!(
        db,
        sqlx::query(
            "INSERT INTO suppressions (email_key, reason, note, source, campaign_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (email_key, reason) DO NOTHING",
        )
        .bind(&new.email_key)
        .bind(new.reason)
        .bind(&new.note)
        .bind(new.source)
        .bind(new.campaign)
        .bind(now)
    )?;
    series_exits::leave_suppressed(db, &new.email_key, now).await?;
    Ok(added == 1)
}

/// Lifts what stands against an address or a domain; returns whether there was
/// anything. What stands against an address's domain stays.
pub async fn lift(db: &mut Db, email_key: &str) -> Result<bool> {
    let lifted = execute!(
        db,
        sqlx::query("DELETE FROM suppressions WHERE email_key = $1").bind(email_key)
    )?;
    Ok(lifted > 0)
}

/// Lifts one reason of an address where it has this note.
pub async fn lift_noted(
    db: &mut Db,
    email_key: &str,
    reason: SuppressionReason,
    note: &str,
) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM suppressions WHERE email_key = $1 AND reason = $2 AND note = $3")
            .bind(email_key)
            .bind(reason)
            .bind(note)
    )?;
    Ok(())
}

/// Lifts one reason of an address.
pub async fn lift_reason(db: &mut Db, email_key: &str, reason: SuppressionReason) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM suppressions WHERE email_key = $1 AND reason = $2")
            .bind(email_key)
            .bind(reason)
    )?;
    Ok(())
}

/// The strongest reason why an address is suppressed, its domain's among them.
pub async fn of(db: &mut Db, email: &EmailAddress) -> Result<Option<Suppression>> {
    let key = email.lookup_key();
    let domain = format!("@{}", email.domain());
    run!(db, c => sqlx::query_as(concat!(
        "SELECT email_key, reason, note, source, campaign_id, created_at FROM suppressions
         WHERE email_key IN ($1, $2) ORDER BY ", strength!("reason"), " DESC, email_key LIMIT 1",
    ))
    .bind(key)
    .bind(domain)
    .fetch_optional(c))
}

/// The strongest reason that is kept under a key.
pub async fn strongest(db: &mut Db, email_key: &str) -> Result<Option<Suppression>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT email_key, reason, note, source, campaign_id, created_at FROM suppressions
         WHERE email_key = $1 ORDER BY ", strength!("reason"), " DESC LIMIT 1",
    ))
    .bind(email_key)
    .fetch_optional(c))
}

/// Every reason why an address is suppressed, its domain's among them, the
/// strongest first.
pub async fn all_of(db: &mut Db, email: &EmailAddress) -> Result<Vec<Suppression>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT email_key, reason, note, source, campaign_id, created_at FROM suppressions
         WHERE email_key IN ($1, $2) ORDER BY ", strength!("reason"), " DESC, email_key",
    ))
    .bind(email.lookup_key())
    .bind(format!("@{}", email.domain()))
    .fetch_all(c))
}

/// Up to `limit` suppressions after `after`, in the order of addresses. Where no
/// reason, campaign or time is asked for, each address comes once, with its
/// strongest reason.
pub async fn page(
    db: &mut Db,
    which: &Which,
    after: (&str, &str),
    limit: i64,
) -> Result<Vec<Suppression>> {
    const SQL: &str = concat!(
        r"SELECT email_key, reason, note, source, campaign_id, created_at FROM suppressions s
          WHERE ($1 = '' OR email_key LIKE '%' || $1 || '%' ESCAPE '\')
            AND ($2 = '' OR reason = $2)
            AND ($3 = 0 OR campaign_id = $3)
            AND created_at >= $4 AND created_at < $5
            AND (email_key, reason) > ($6, $7)
            AND ($8 OR NOT EXISTS (
                    SELECT 1 FROM suppressions other
                    WHERE other.email_key = s.email_key AND ",
        strength!("other.reason"),
        " > ",
        strength!("s.reason"),
        "))
          ORDER BY email_key, reason LIMIT $9",
    );
    run!(db, c => bound!(sqlx::query_as(SQL), which)
        .bind(after.0)
        .bind(after.1)
        .bind(which.is_narrow())
        .bind(limit)
        .fetch_all(c))
}

impl Which {
    /// Whether it asks for suppressions by what made them.
    pub fn is_narrow(&self) -> bool {
        self.reason.is_some()
            || self.campaign.is_some()
            || self.since.is_some()
            || self.until.is_some()
    }
}

/// How many suppressions are meant, complaints and people's own requests only
/// where the reason names them.
pub async fn count_to_undo(db: &mut Db, which: &Which) -> Result<i64> {
    const SQL: &str = r"SELECT COUNT(*) FROM suppressions
          WHERE ($1 = '' OR email_key LIKE '%' || $1 || '%' ESCAPE '\')
            AND (reason = $2 OR $2 = '' AND reason IN ('hard_bounce', 'manual'))
            AND ($3 = 0 OR campaign_id = $3)
            AND created_at >= $4 AND created_at < $5";
    run!(db, c => bound!(sqlx::query_scalar(SQL), which).fetch_one(c))
}

/// Takes back what [`count_to_undo`] counts; returns how many.
pub async fn undo(db: &mut Db, which: &Which) -> Result<u64> {
    const SQL: &str = r"DELETE FROM suppressions
          WHERE ($1 = '' OR email_key LIKE '%' || $1 || '%' ESCAPE '\')
            AND (reason = $2 OR $2 = '' AND reason IN ('hard_bounce', 'manual'))
            AND ($3 = 0 OR campaign_id = $3)
            AND created_at >= $4 AND created_at < $5";
    execute!(db, bound!(sqlx::query(SQL), which))
}
