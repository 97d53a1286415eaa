//! What series keep from being deleted, and what goes when one is deleted itself, or a segment for
//! which one asked that has ended.

use sqlx::types::Json;

use super::{Db, Result, execute, run};
use crate::model::list::ListSlug;
use crate::model::series::Step;
use crate::model::{ListId, SegmentId, SeriesId};

/// Deletes a draft, or one that has ended; `false` where it goes on.
pub async fn delete(db: &mut Db, id: SeriesId) -> Result<bool> {
    let deleted = execute!(
        db,
        sqlx::query("DELETE FROM series WHERE id = $1 AND state IN ('draft', 'ended')").bind(id)
    )?;
    Ok(deleted == 1)
}

/// Deletes up to `limit` readers of a series that has ended, with the steps that were taken for
/// them; how many it has deleted.
pub async fn delete_readers(db: &mut Db, series: SeriesId, limit: i64) -> Result<u64> {
    execute!(
        db,
        sqlx::query(
            "DELETE FROM series_readers WHERE id IN (
                 SELECT r.id FROM series_readers r JOIN series z ON z.id = r.series_id
                 WHERE r.series_id = $1 AND z.state = 'ended' ORDER BY r.id LIMIT $2)",
        )
        .bind(series)
        .bind(limit)
    )
}

/// Takes a segment that is being deleted out of the series that have ended: they ask for nothing
/// any more, and must not keep it. What their steps say stays as it was.
pub async fn forget_segment(db: &mut Db, segment: SegmentId) -> Result<()> {
    for statement in [
        "UPDATE series SET goal_id = NULL WHERE goal_id = $1 AND state = 'ended'",
        "UPDATE series SET start_segment_id = NULL WHERE start_segment_id = $1 AND state = 'ended'",
        "UPDATE series_steps SET segment_id = NULL
         WHERE segment_id = $1
           AND series_id IN (SELECT z.id FROM series z WHERE z.state = 'ended')",
    ] {
        execute!(db, sqlx::query(statement).bind(segment))?;
    }
    Ok(())
}

/// The name of a series of this list that is not over.
pub async fn open_on_list(db: &mut Db, list: ListId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT name FROM series
         WHERE list_id = $1 AND state IN ('running', 'paused', 'drained') ORDER BY id LIMIT 1",
    )
    .bind(list)
    .fetch_optional(c))
}

/// The name of a series that was started and is not over, a step of which adds readers to a list:
/// one of the version that new readers get, or that somebody goes through.
pub async fn adding_to(db: &mut Db, list: &ListSlug) -> Result<Option<String>> {
    let steps: Vec<(String, Json<Step>)> = run!(db, c => sqlx::query_as(
        "SELECT z.name, x.step FROM series z JOIN series_steps x ON x.series_id = z.id
         WHERE z.state IN ('running', 'paused', 'drained')
           AND (x.version = z.version
                OR EXISTS (SELECT 1 FROM series_readers r
                           WHERE r.series_id = z.id AND r.version = x.version
                             AND r.state = 'inside'))
         ORDER BY z.id",
    )
    .fetch_all(c))?;
    let adds = |step: &Step| matches!(step, Step::AddToList { list: to } if to == list);
    let found = steps.into_iter().find(|(_, step)| adds(step));
    Ok(found.map(|(name, _)| name))
}

/// The name of a series that has not ended, and whose start, goal or steps ask for this segment.
pub async fn asking_for(db: &mut Db, segment: SegmentId) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT name FROM series z
         WHERE state <> 'ended' AND (
             goal_id = $1 OR start_segment_id = $1
             OR EXISTS (SELECT 1 FROM series_steps x
                        WHERE x.series_id = z.id AND x.segment_id = $1))
         ORDER BY id LIMIT 1",
    )
    .bind(segment)
    .fetch_optional(c))
}
