//! Queries on addresses and domains that are never mailed.
//!
//! An address may stand here for several reasons; the strongest is what counts
//! and what pages show. A key that begins with `@` is a whole domain's.

use sqlx::AssertSqlSafe;

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
    // With one reason an index has the order of addresses, and an address comes once.
    let beyond = match which.reason {
        Some(_) => "email_key > $6 AND $7 IS NOT NULL",
        None => "(email_key, reason) > ($6, $7)",
    };
    // A count, since PostgreSQL would read all others beside them to find out that there is none.
    let strongest = concat!(
        "0 = (SELECT COUNT(*) FROM suppressions other
              WHERE other.email_key = s.email_key AND ",
        strength!("other.reason"),
        " > ",
        strength!("s.reason"),
        ")"
    );
    let strongest = if which.is_narrow() { "TRUE" } else { strongest };
    let sql = AssertSqlSafe(format!(
        "SELECT email_key, reason, note, source, campaign_id, created_at FROM suppressions s
         WHERE {} AND {beyond} AND {strongest}
         ORDER BY email_key, reason LIMIT $8",
        which.condition()
    ));
    run!(db, c => bound!(sqlx::query_as(sql), which)
        .bind(after.0)
        .bind(after.1)
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

    /// What is asked for and nothing else, so that the planner sees which index leads to it.
    fn condition(&self) -> String {
        // Both databases want every parameter named somewhere.
        let named = (1..=5).map(|number| format!("${number} IS NOT NULL"));
        let mut parts: Vec<String> = named.collect();
        let wanted = [
            (
                !self.part.trim().is_empty(),
                r"email_key LIKE '%' || $1 || '%' ESCAPE '\'",
            ),
            (self.reason.is_some(), "reason = $2"),
            (self.campaign.is_some(), "campaign_id = $3"),
            (self.since.is_some(), "created_at >= $4"),
            (self.until.is_some(), "created_at < $5"),
        ];
        let wanted = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted);
        parts.extend(wanted.map(|(_, condition)| condition.to_owned()));
        parts.join(" AND ")
    }

    /// What may be undone of it: complaints and people's own requests only where the reason names
    /// them.
    fn undoable(&self) -> String {
        let condition = self.condition();
        match self.reason {
            Some(_) => condition,
            None => format!("{condition} AND reason IN ('hard_bounce', 'manual')"),
        }
    }
}

/// How many suppressions are meant, complaints and people's own requests only
/// where the reason names them.
pub async fn count_to_undo(db: &mut Db, which: &Which) -> Result<i64> {
    let sql = AssertSqlSafe(format!(
        "SELECT COUNT(*) FROM suppressions WHERE {}",
        which.undoable()
    ));
    run!(db, c => bound!(sqlx::query_scalar(sql), which).fetch_one(c))
}

/// Takes back what [`count_to_undo`] counts; returns how many.
pub async fn undo(db: &mut Db, which: &Which) -> Result<u64> {
    let sql = AssertSqlSafe(format!(
        "DELETE FROM suppressions WHERE {}",
        which.undoable()
    ));
    execute!(db, bound!(sqlx::query(sql), which))
}
