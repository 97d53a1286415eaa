//! Notifications: what users of the admin learn of, each as they choose: on the admin pages,
//! by mail, both or neither.
//!
//! What happens is [recorded](record) in the transaction of its cause, by whatever causes it;
//! what lasts, such as a full disk, is [settled](conditions::settle) by who looks at it.
//! [`distribution`] then shows each to the users who want it and queues their emails.
//! [`inbox`] is what one user sees. Never knows what a campaign or a domain is.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::notification::Notice;
use crate::store::{Db, Result, notifications};

pub mod choices;
pub mod conditions;
pub mod distribution;
pub mod inbox;
pub mod wording;

/// How long notifications are kept.
const RETENTION: Duration = Duration::from_secs(90 * 24 * 3600);

/// Records what has happened, within the caller's transaction; tells whether it is new. The same is
/// recorded once.
pub async fn record(db: &mut Db, notice: &Notice, now: Timestamp) -> Result<bool> {
    notifications::insert(db, notice, now).await
}

/// Deletes what is older than 90 days; returns how many.
pub async fn prune(cx: &Context) -> Result<u64> {
    let before = cx.clock.now().before(RETENTION);
    // Mostly there is nothing; then it must not wait for SQLite's one writer.
    if !notifications::has_older(&mut cx.store.read().await?, before).await? {
        return Ok(0);
    }
    let mut db = cx.store.write().await?;
    let deleted = notifications::delete_older(&mut db, before).await?;
    db.commit().await?;
    Ok(deleted)
}
