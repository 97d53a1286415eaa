//! Managing users, for owners.

use super::audit;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::{DisabledBy, Role};
use crate::store::users::{self, Person};
use crate::store::{Db, Result, credentials};
use crate::text::locale::Language;

/// Every user.
pub async fn all(cx: &Context) -> Result<Vec<Person>> {
    users::all(&mut cx.store.read().await?).await
}

/// A user's address.
pub async fn email_of(cx: &Context, id: UserId) -> Result<Option<EmailAddress>> {
    users::email(&mut cx.store.read().await?, id).await
}

async fn email_within(db: &mut Db, id: UserId) -> Result<String> {
    let email = users::email(db, id).await?;
    Ok(email.map_or_else(String::new, String::from))
}

/// Sets the language of a user's own pages and mail; `None` follows their browser.
pub async fn set_language(cx: &Context, id: UserId, language: Option<Language>) -> Result<()> {
    let mut db = cx.store.write().await?;
    users::set_language(&mut db, id, language).await?;
    db.commit().await
}

/// Sets whether single keys are shortcuts on a user's own pages.
pub async fn set_key_shortcuts(cx: &Context, id: UserId, are_on: bool) -> Result<()> {
    let mut db = cx.store.write().await?;
    users::set_key_shortcuts(&mut db, id, are_on).await?;
    db.commit().await
}

/// Sets a user's role; `false` for the last owner.
pub async fn set_role(cx: &Context, by: &Actor, id: UserId, role: Role) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let email = email_within(&mut db, id).await?;
    let set = users::set_role(&mut db, id, role).await?;
    if set {
        audit::record(
            &mut db,
            by,
            AuditAction::UserRole,
            format!("{email} {role}"),
            cx.clock.now(),
        )
        .await?;
    }
    db.commit().await?;
    Ok(set)
}

/// Removes a user with their sessions and tokens; `false` for the last owner.
pub async fn remove(cx: &Context, by: &Actor, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let email = email_within(&mut db, id).await?;
    let removed = users::delete(&mut db, id).await?;
    if removed {
        audit::record(&mut db, by, AuditAction::UserRemove, &email, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(removed)
}

/// Keeps a user out, with their sessions and tokens, until an owner lets them in again; `false`
/// for the last owner.
pub async fn disable(cx: &Context, by: &Actor, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let disabled = users::disable(&mut db, id, DisabledBy::Owner).await?;
    if disabled {
        let email = email_within(&mut db, id).await?;
        credentials::end_sessions(&mut db, id, None).await?;
        credentials::end_sign_in_links(&mut db, id).await?;
        let action = AuditAction::UserDisable;
        audit::record(&mut db, by, action, email, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(disabled)
}

/// Lets a user in again.
pub async fn enable(cx: &Context, by: &Actor, id: UserId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if users::enable(&mut db, id).await? {
        let email = email_within(&mut db, id).await?;
        let action = AuditAction::UserEnable;
        audit::record(&mut db, by, action, email, cx.clock.now()).await?;
    }
    db.commit().await
}
