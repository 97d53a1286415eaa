//! Inbound emails that could not be processed: kept for a person, so that one of them never
//! blocks the others.

use super::Result;
use super::arrival::Arrival;
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::failed_inbound_mails::{self, NewSetAside, SetAside};

/// Bytes stored per email.
const SIZE: usize = 256 * 1024;
/// Emails stored; anyone can send them.
const LIMIT: i64 = 500;

pub(super) async fn keep(
    cx: &Context,
    arrival: &Arrival<'_>,
    digest: [u8; 32],
    reason: &str,
) -> Result<()> {
    let mail = NewSetAside {
        digest,
        source: arrival.source,
        mail_to: &super::parse::one_line(arrival.mail_to.unwrap_or_default()),
        reason: &super::parse::one_line(reason),
        bytes: &arrival.bytes[..arrival.bytes.len().min(SIZE)],
    };
    let mut db = cx.store.write().await?;
    failed_inbound_mails::insert(&mut db, &mail, LIMIT, cx.clock.now()).await?;
    db.commit().await?;
    metrics::counter!("jarshy_mails_set_aside_total").increment(1);
    tracing::error!(source = %arrival.source, reason, "a returned mail is set aside");
    Ok(())
}

/// Records a retry that failed, with its new reason.
pub(super) async fn keep_again(cx: &Context, by: &Actor, id: i64, reason: &str) -> Result<()> {
    let reason = super::parse::one_line(reason);
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    failed_inbound_mails::set_reason(&mut db, id, &reason, now).await?;
    let subject = format!("{id} failed");
    audit::record(&mut db, by, AuditAction::SetAsideRetry, subject, now).await?;
    db.commit().await?;
    tracing::error!(id, reason, "a returned mail stays set aside");
    Ok(())
}

/// Ends what a retry has processed.
pub(super) async fn resolve(cx: &Context, by: &Actor, id: i64) -> Result<()> {
    let mut db = cx.store.write().await?;
    failed_inbound_mails::delete(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::SetAsideRetry, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// The emails that were set aside, newest first.
pub async fn all(cx: &Context) -> Result<Vec<SetAside>> {
    page(cx, None, LIMIT).await
}

/// Up to `limit` of them before number `before`, newest first.
pub async fn page(cx: &Context, before: Option<i64>, limit: i64) -> Result<Vec<SetAside>> {
    let before = before.unwrap_or(i64::MAX);
    Ok(failed_inbound_mails::page(&mut cx.store.read().await?, before, limit).await?)
}

/// An email, and its bytes as received or the first of them.
pub async fn by_id(cx: &Context, id: i64) -> Result<Option<(SetAside, Vec<u8>)>> {
    Ok(failed_inbound_mails::by_id(&mut cx.store.read().await?, id).await?)
}

/// Deletes an email; `false` if it does not exist.
pub async fn delete(cx: &Context, by: &Actor, id: i64) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let is_deleted = failed_inbound_mails::delete(&mut db, id).await?;
    if is_deleted {
        audit::record(&mut db, by, AuditAction::SetAsideDelete, id, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(is_deleted)
}
