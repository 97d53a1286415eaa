//! Readers of series whose next email waits for the end of a pause of their mail.

use super::{Db, Result, execute};
use crate::clock::Timestamp;
use crate::model::SubscriberId;

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
