//! Managing users, for owners.

use super::sign_in::queue_link;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::UserId;
use crate::model::user::Role;
use crate::store::people::{self, AuditRow, Person};
use crate::store::{Result, account};

/// Every user.
pub async fn all(cx: &Context) -> Result<Vec<Person>> {
    people::all(&mut cx.store.read().await?).await
}

/// A user's address.
pub async fn email_of(cx: &Context, id: UserId) -> Result<Option<EmailAddress>> {
    let everybody = people::all(&mut cx.store.read().await?).await?;
    let found = everybody.into_iter().find(|user| user.id == id);
    Ok(found.map(|user| user.email))
}

/// Adds a user and mails them a sign-in link; `false` for an existing user.
pub async fn invite(cx: &Context, email: &EmailAddress, role: Role) -> Result<bool> {
    let mut db = cx.store.write().await?;
    if account::user_by_email(&mut db, email).await?.is_some() {
        return Ok(false);
    }
    let user = account::upsert_user(&mut db, email, role, cx.clock.now()).await?;
    queue_link(cx, &mut db, user).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
}

/// Sets a user's role; `false` for the last owner.
pub async fn set_role(cx: &Context, id: UserId, role: Role) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let set = people::set_role(&mut db, id, role).await?;
    db.commit().await?;
    Ok(set)
}

/// Removes a user with their sessions and tokens; `false` for the last owner.
pub async fn remove(cx: &Context, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let removed = people::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(removed)
}

/// Up to `limit` audit entries before row `before`, newest first, and every actor
/// in the log.
pub async fn audit_log(
    cx: &Context,
    actor: &str,
    action: &str,
    before: i64,
    limit: i64,
) -> Result<(Vec<AuditRow>, Vec<String>)> {
    let mut db = cx.store.read().await?;
    let rows = people::audit_log(&mut db, actor, action, before, limit).await?;
    Ok((rows, people::actors(&mut db).await?))
}
