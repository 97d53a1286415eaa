//! The end of the series that what is seen of readers has let them into, in the transaction in which
//! an agreement that it is seen is withdrawn.

use super::{Db, Result, execute, run, segments, series_webhooks};
use crate::clock::Timestamp;
use crate::model::delivery::SkipReason;
use crate::model::{SegmentId, SeriesId, SeriesReaderId, SubscriberId};

/// Ends the series for a subscriber that what was seen of them has let them into, and forgets that
/// they were in. What is queued there is not sent.
pub async fn end(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    for series in started_by_engagement(db, subscriber).await? {
        let ended: Vec<SeriesReaderId> = run!(db, c => sqlx::query_scalar(
            "UPDATE series_readers SET state = 'ended', changed_at = $3
             WHERE series_id = $1 AND subscriber_id = $2 AND state = 'inside' RETURNING id",
        )
        .bind(series)
        .bind(subscriber)
        .bind(now)
        .fetch_all(c))?;
        series_webhooks::finished(db, &ended, now).await?;
        execute!(
            db,
            sqlx::query("DELETE FROM series_readers WHERE series_id = $1 AND subscriber_id = $2")
                .bind(series)
                .bind(subscriber)
        )?;
        // The reason must not tell what was seen, either.
        execute!(
            db,
            sqlx::query(
                "UPDATE deliveries SET state = 'skipped', lease_owner = NULL, lease_until = NULL,
                                       changed_at = $3, reply = $4
                 WHERE subscriber_id = $2 AND state IN ('queued', 'deferred')
                   AND campaign_id IN (SELECT x.campaign_id FROM series_emails x
                                       WHERE x.series_id = $1)",
            )
            .bind(series)
            .bind(subscriber)
            .bind(now)
            .bind(SkipReason::Cancelled.as_str())
        )?;
    }
    Ok(())
}

/// The series with a row of a subscriber that a followed link starts, or a segment by what is seen.
async fn started_by_engagement(db: &mut Db, subscriber: SubscriberId) -> Result<Vec<SeriesId>> {
    let found: Vec<(SeriesId, Option<SegmentId>)> = run!(db, c => sqlx::query_as(
        "SELECT z.id, z.start_segment_id FROM series z
         WHERE z.start_kind IN ('link', 'segment')
           AND EXISTS (SELECT 1 FROM series_readers r
                       WHERE r.series_id = z.id AND r.subscriber_id = $1)
         ORDER BY z.id",
    )
    .bind(subscriber)
    .fetch_all(c))?;
    let mut started = Vec::new();
    for (series, segment) in found {
        let is_seen = match segment {
            None => true,
            Some(id) => segments::by_id(db, id)
                .await?
                .is_some_and(|segment| segment.rule.is_about_engagement()),
        };
        if is_seen {
            started.push(series);
        }
    }
    Ok(started)
}
