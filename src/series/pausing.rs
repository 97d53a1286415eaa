//! Pausing a series with a reason that its page shows.

use super::Result;
use crate::account::audit;
use crate::clock::Timestamp;
use crate::model::audit::{Actor, AuditAction};
use crate::model::notification::Notice;
use crate::model::series::{SeriesAction, next};
use crate::notifications;
use crate::store::Db;
use crate::store::series::{self, Series};

/// Pauses a series that is as it was `seen`, and tells users why, where it `tells`; `false` where
/// somebody else has moved it since. Its emails are paused after the transaction.
///
/// # Errors
/// [`SeriesError::Forbidden`](super::SeriesError::Forbidden) where its state does not permit it.
pub(super) async fn pause(
    db: &mut Db,
    by: &Actor,
    seen: &Series,
    (reason, tells): (&str, bool),
    now: Timestamp,
) -> Result<bool> {
    let to = next((seen.state, seen.is_closed), SeriesAction::Pause)?;
    if !series::set_state(db, seen.id, (seen.state, to), reason, now).await? {
        return Ok(false);
    }
    audit::record(db, by, AuditAction::SeriesPause, &seen.name, now).await?;
    if tells {
        let notice = Notice::series_paused(seen.id, &seen.name, reason, now);
        notifications::record(db, &notice, now).await?;
    }
    Ok(true)
}
