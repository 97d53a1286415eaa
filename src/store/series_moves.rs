//! Queries that move the readers of a series to another version.

use sqlx::types::Json;

use super::series_readers::DueReader;
use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::SeriesId;
use crate::model::series::Step;

/// The versions that somebody goes through.
pub async fn versions_inside(db: &mut Db, series: SeriesId) -> Result<Vec<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT version FROM series_readers
         WHERE series_id = $1 AND state = 'inside' ORDER BY version",
    )
    .bind(series)
    .fetch_all(c))
}

/// Moves everybody who is inside from one version to another: the first of the places is for those
/// for whom the first step comes next, the last for those behind the last step.
pub async fn to_version(
    db: &mut Db,
    series: SeriesId,
    (from, to): (i64, i64),
    places: &[i64],
    now: Timestamp,
) -> Result<()> {
    for (position, place) in (1_i64..).zip(places) {
        execute!(
            db,
            sqlx::query(
                "UPDATE series_readers SET version = $4, position = $5, changed_at = $6
                 WHERE series_id = $1 AND state = 'inside' AND version = $2 AND position = $3",
            )
            .bind(series)
            .bind(from)
            .bind(position)
            .bind(to)
            .bind(place)
            .bind(now)
        )?;
    }
    Ok(())
}

/// The steps of other versions by which a reader has got an email.
pub async fn sent_before(db: &mut Db, reader: &DueReader, series: SeriesId) -> Result<Vec<Step>> {
    let steps: Vec<(Json<Step>,)> = run!(db, c => sqlx::query_as(
        "SELECT s.step FROM series_steps_taken t
         JOIN series_steps s
             ON s.series_id = $3 AND s.version = t.version AND s.position = t.position
         WHERE t.reader_id = $1 AND t.version <> $2 AND t.outcome = 'queued'
         ORDER BY t.version, t.position",
    )
    .bind(reader.id)
    .bind(reader.version)
    .bind(series)
    .fetch_all(c))?;
    Ok(steps.into_iter().map(|(step,)| step.0).collect())
}
