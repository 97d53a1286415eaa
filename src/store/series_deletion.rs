//! What goes when a series is deleted, or a segment for which one asked that has ended.

use super::{Db, Result, execute};
use crate::model::{SegmentId, SeriesId};

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
