//! Queries on addresses that came to the addresses of series, until a worker has looked for them.

use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::SeriesId;

/// An address that came to a series.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SeriesEntry {
    pub id: i64,
    pub series_id: SeriesId,
    pub email: EmailAddress,
}

/// Keeps an address for a worker, whether or not it is of a subscriber.
pub async fn queue(
    db: &mut Db,
    series: SeriesId,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO series_entries (series_id, email, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (series_id, email) DO NOTHING",
        )
        .bind(series)
        .bind(email)
        .bind(now)
    )?;
    Ok(())
}

/// Up to `limit` of them, the oldest first.
pub async fn waiting(db: &mut Db, limit: i64) -> Result<Vec<SeriesEntry>> {
    run!(db, c => sqlx::query_as(
        "SELECT id, series_id, email FROM series_entries ORDER BY id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(c))
}

/// Takes one; `false` where another worker has taken it.
pub async fn take(db: &mut Db, id: i64) -> Result<bool> {
    let taken = execute!(
        db,
        sqlx::query("DELETE FROM series_entries WHERE id = $1").bind(id)
    )?;
    Ok(taken == 1)
}
