//! Writing the audit log.
//!
//! A service function records its change in the transaction that makes it: a
//! change without an entry, or an entry without its change, cannot be committed.

use std::fmt::Display;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::{Db, Result, settings};

/// Records a change, within the transaction that makes it.
pub async fn record(
    db: &mut Db,
    by: &Actor,
    action: AuditAction,
    subject: impl Display,
    now: Timestamp,
) -> Result<()> {
    settings::audit(db, by.as_str(), action.as_str(), &subject.to_string(), now).await
}

/// Records what changes nothing, such as an export, in a transaction of its own.
pub async fn record_access(
    cx: &Context,
    by: &Actor,
    action: AuditAction,
    subject: impl Display,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    record(&mut db, by, action, subject, cx.clock.now()).await?;
    db.commit().await
}
