//! How many readers of series stand where. The database counts them as they move, since a page
//! that counts a million takes seconds.

use super::{Db, Engine, Result, execute, run};
use crate::model::SeriesId;
use crate::model::series::ReaderState;

/// Rows of one count that are left as they are, so that not each step sums them up.
const LEFT: i64 = 16;

/// How many readers stand at a step, in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Standing {
    pub version: i64,
    pub position: i64,
    pub state: ReaderState,
    pub readers: i64,
}

/// Reads no reader.
pub const STANDINGS: &str =
    "SELECT version, position, state, CAST(SUM(readers) AS BIGINT) AS readers
     FROM series_counts WHERE series_id = $1
     GROUP BY version, position, state HAVING SUM(readers) <> 0
     ORDER BY version, position, state";

/// Reads no reader.
pub const TOTALS: &str = "SELECT series_id, state, CAST(SUM(readers) AS BIGINT)
     FROM series_counts GROUP BY series_id, state";

/// How many readers stand where in a series.
pub async fn standings(db: &mut Db, series: SeriesId) -> Result<Vec<Standing>> {
    run!(db, c => sqlx::query_as(STANDINGS).bind(series).fetch_all(c))
}

/// How many readers are in each state, of every series.
pub async fn totals(db: &mut Db) -> Result<Vec<(SeriesId, ReaderState, i64)>> {
    run!(db, c => sqlx::query_as(TOTALS).fetch_all(c))
}

/// How many readers who are inside stand behind the last step, by series and version.
pub async fn behind_last(db: &mut Db) -> Result<Vec<(SeriesId, i64, i64)>> {
    run!(db, c => sqlx::query_as(
        // Summed up first: PostgreSQL may have many rows of a count.
        "SELECT c.series_id, c.version, CAST(SUM(c.readers) AS BIGINT)
         FROM (SELECT series_id, version, position, SUM(readers) AS readers
               FROM series_counts WHERE state = 'inside'
               GROUP BY series_id, version, position) AS c
         WHERE c.position > (SELECT COUNT(*) FROM series_steps s
                             WHERE s.series_id = c.series_id AND s.version = c.version)
         GROUP BY c.series_id, c.version HAVING SUM(c.readers) <> 0",
    )
    .fetch_all(c))
}

/// Sums up the rows of each count that has many, and drops those of series that are gone. Any
/// number of processes may do so at once: each sums up exactly the rows that it has deleted.
pub async fn fold(db: &mut Db) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM series_counts
             WHERE NOT EXISTS (SELECT 1 FROM series z WHERE z.id = series_counts.series_id)",
        )
    )?;
    // SQLite has one row of each.
    if db.engine() == Engine::Postgres {
        execute!(
            db,
            sqlx::query(
                "WITH gone AS (
                     DELETE FROM series_counts
                     WHERE (series_id, version, position, state) IN (
                         SELECT series_id, version, position, state FROM series_counts
                         GROUP BY series_id, version, position, state HAVING COUNT(*) > $1)
                     RETURNING series_id, version, position, state, readers)
                 INSERT INTO series_counts (series_id, version, position, state, readers)
                 SELECT series_id, version, position, state, SUM(readers) FROM gone
                 GROUP BY series_id, version, position, state HAVING SUM(readers) <> 0",
            )
            .bind(LEFT)
        )?;
    }
    Ok(())
}
