//! Readers of series whose next email waits for the end of a pause of their mail.

use super::{Db, Result, execute};
use crate::clock::Timestamp;
use crate::model::{SeriesReaderId, SubscriberId};

/// Lets a reader wait at a step for the end of the pause of their mail.
pub async fn await_end(
    db: &mut Db,
    id: SeriesReaderId,
    position: i64,
    until: Timestamp,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE series_readers
             SET position = $2, due_at = $3, awaits_pause = TRUE, changed_at = $4 WHERE id = $1",
        )
        .bind(id)
        .bind(position)
        .bind(until)
        .bind(now)
    )?;
    Ok(())
}

/// Has the series that a subscriber waits in for the end of their pause look at them again, since
/// it has ended or ends at another time. Waits of the series themselves go on.
pub(super) async fn changed(db: &mut Db, subscriber: SubscriberId, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE series_readers SET due_at = $2, awaits_pause = FALSE
             WHERE subscriber_id = $1 AND state = 'inside' AND awaits_pause",
        )
        .bind(subscriber)
        .bind(now)
    )?;
    Ok(())
}
