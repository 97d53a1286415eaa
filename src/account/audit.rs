//! Writing the audit log.
//!
//! A service function records its change in the transaction that makes it: a
//! change without an entry, or an entry without its change, cannot be committed.
//! Only an [`AuditAccess`], which changes nothing, has a transaction of its own.

use std::fmt::Display;

use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAccess, AuditAction};
use crate::store::audit_records::{self, AuditRow};
use crate::store::{Db, Result};

/// Records a change, within the transaction that makes it.
pub async fn record(
    db: &mut Db,
    by: &Actor,
    action: AuditAction,
    subject: impl Display,
    now: Timestamp,
) -> Result<()> {
    let (actor, subject) = (by.as_str(), subject.to_string());
    audit_records::insert(db, actor, action.as_str(), &subject, now).await?;
    Ok(())
}

/// The one entry of a change that takes several transactions, such as an import
/// of a large file: begun with the first, brought up to date with each.
#[derive(Debug, Default)]
pub struct OngoingEntry(Option<i64>);

impl OngoingEntry {
    /// Records what was changed so far, within the transaction that changes more.
    pub async fn record(
        &mut self,
        db: &mut Db,
        by: &Actor,
        action: AuditAction,
        subject: impl Display,
        now: Timestamp,
    ) -> Result<()> {
        let subject = subject.to_string();
        match self.0 {
            Some(id) => audit_records::set_subject(db, id, &subject).await,
            None => {
                let (actor, action) = (by.as_str(), action.as_str());
                let id = audit_records::insert(db, actor, action, &subject, now).await?;
                self.0 = Some(id);
                Ok(())
            }
        }
    }
}

/// Records what changes nothing, such as an export.
pub async fn record_access(
    cx: &Context,
    by: &Actor,
    access: AuditAccess,
    subject: impl Display,
) -> Result<()> {
    let (actor, subject) = (by.as_str(), subject.to_string());
    let mut db = cx.store.write().await?;
    audit_records::insert(&mut db, actor, access.as_str(), &subject, cx.clock.now()).await?;
    db.commit().await
}

/// Up to `limit` entries before row `before`, newest first, and every actor in the
/// log.
pub async fn entries(
    cx: &Context,
    actor: &str,
    action: &str,
    before: i64,
    limit: i64,
) -> Result<(Vec<AuditRow>, Vec<String>)> {
    let mut db = cx.store.read().await?;
    let rows = audit_records::page(&mut db, actor, action, before, limit).await?;
    Ok((rows, audit_records::actors(&mut db).await?))
}
