//! Invitations: a new user gets a link by email, names a person to ask, and has a week.

use std::time::Duration;

use super::audit;
use super::list_access;
use super::secret::Secret;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::ListSlug;
use crate::model::transactional::EmailContent;
use crate::model::user::Role;
use crate::store::accounts::{self, User};
use crate::store::invitations::{self, Invitation};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, Result, users};

/// How long the link of an invitation works.
pub const INVITATION_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// Adds a user, limited to some lists or to none, and mails them an invitation; `false` for an
/// existing user. An owner is never limited.
pub async fn invite(
    cx: &Context,
    by: &Actor,
    email: &EmailAddress,
    role: Role,
    lists: Option<&[ListSlug]>,
) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if accounts::user_by_email(&mut db, email).await?.is_some() {
        return Ok(false);
    }
    let user = accounts::upsert_user(&mut db, email, role, now).await?;
    let subject = format!("{email} {role}");
    let id = user.id;
    send(cx, &mut db, by, user).await?;
    audit::record(&mut db, by, AuditAction::UserAdd, subject, now).await?;
    if lists.is_some() {
        list_access::set_within(cx, &mut db, by, id, lists).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
}

/// Sends an invitation again, with a new link and another week; the link before it ends.
/// `false` where the user has accepted, or is none.
pub async fn send_again(cx: &Context, by: &Actor, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let Some(user) = pending(&mut db, id).await? else {
        return Ok(false);
    };
    let email = user.email.clone();
    send(cx, &mut db, by, user).await?;
    let (action, now) = (AuditAction::UserInviteAgain, cx.clock.now());
    audit::record(&mut db, by, action, email, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
}

/// Withdraws an invitation: the user is none any more. `false` where they have accepted.
pub async fn withdraw(cx: &Context, by: &Actor, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let Some(user) = pending(&mut db, id).await? else {
        return Ok(false);
    };
    let withdrawn = users::delete(&mut db, id).await?;
    if withdrawn {
        let (action, now) = (AuditAction::UserInviteWithdraw, cx.clock.now());
        audit::record(&mut db, by, action, user.email, now).await?;
    }
    db.commit().await?;
    Ok(withdrawn)
}

/// Those that were not accepted yet.
pub async fn all(cx: &Context) -> Result<Vec<Invitation>> {
    invitations::all(&mut cx.store.read().await?).await
}

/// The invitation whose link has expired, where it was not sent again since.
pub async fn expired(cx: &Context, link: &Secret) -> Result<Option<Invitation>> {
    let mut db = cx.store.read().await?;
    let found = invitations::of_link(&mut db, &link.digest()).await?;
    let now = cx.clock.now();
    Ok(found.filter(|invitation| invitation.expires_at <= now))
}

/// The user of an invitation that was not accepted.
async fn pending(db: &mut Db, id: UserId) -> Result<Option<User>> {
    if invitations::of_user(db, id).await?.is_none() {
        return Ok(None);
    }
    match users::email(db, id).await? {
        Some(email) => accounts::user_by_email(db, &email).await,
        None => Ok(None),
    }
}

/// Queues the email, within the caller's transaction.
async fn send(cx: &Context, db: &mut Db, by: &Actor, user: User) -> Result<()> {
    let now = cx.clock.now();
    let secret = Secret::generate("");
    let expires_at = now.after(INVITATION_LIFETIME);
    let inviter = by.as_str();
    invitations::set(db, user.id, &secret.digest(), inviter, now, expires_at).await?;
    let new_email = NewEmail {
        email: user.email,
        language: user.language.unwrap_or(cx.config().language),
        content: EmailContent::Invitation {
            secret: secret.reveal().to_owned(),
            inviter: inviter.to_owned(),
        },
    };
    transactional_emails::insert(db, &new_email, now).await?;
    Ok(())
}
