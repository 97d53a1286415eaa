//! Approval by a second person, where the installation asks for it: a series is started by another
//! user than who has changed it last, and one that is changed waits until another user resumes it.

use super::{Result, SeriesError, pausing};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::store::series::Series;
use crate::store::{Db, series_approvals};

/// Why it is paused then.
pub const WAITS: &str =
    "it was changed; another user than who did so has to look at it and resume it";

/// Refuses to set a series going that only one person has seen as it is.
///
/// # Errors
/// [`SeriesError::OwnStart`].
pub(super) async fn require(cx: &Context, db: &mut Db, by: &Actor, series: &Series) -> Result<()> {
    let is_own = cx.config().approval && series.changed_by == by.as_str();
    if is_own && !series_approvals::is_approved(db, series.id).await? {
        return Err(SeriesError::OwnStart);
    }
    Ok(())
}

/// Takes the approval from a series that `by` changes, and pauses it where it goes on, in the
/// transaction of the change; whether it has paused it.
pub(super) async fn void(
    cx: &Context,
    db: &mut Db,
    by: &Actor,
    changed: &Series,
    now: Timestamp,
) -> Result<bool> {
    if !cx.config().approval {
        return Ok(false);
    }
    series_approvals::void(db, changed.id).await?;
    if !changed.state.goes_on() {
        return Ok(false);
    }
    if !pausing::pause(db, by, changed, (WAITS, true), now).await? {
        return Err(SeriesError::Overtaken);
    }
    Ok(true)
}
