//! Queries on how many test emails users have sent.

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;

/// Counts test emails of a user in an hour, counted since 1970; how many there are then. Hours
/// before it are forgotten.
pub async fn add(db: &mut Db, user: &EmailAddress, hour: i64, emails: i64) -> Result<i64> {
    execute!(
        db,
        sqlx::query("DELETE FROM test_email_counts WHERE hour < $1").bind(hour)
    )?;
    run!(db, c => sqlx::query_scalar(
        "INSERT INTO test_email_counts (user_email, hour, emails) VALUES ($1, $2, $3)
         ON CONFLICT (user_email, hour)
         DO UPDATE SET emails = test_email_counts.emails + excluded.emails
         RETURNING emails",
    )
    .bind(user.lookup_key())
    .bind(hour)
    .bind(emails)
    .fetch_one(c))
}
