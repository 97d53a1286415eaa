//! Signing in by a one-time link.

use std::time::Duration;

use super::audit;
use super::credentials::{self, Next, Tokens};
use super::secret::Secret;
use super::session::Browser;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAccess, AuditAction};
use crate::model::transactional::EmailContent;
use crate::model::user::Role;
use crate::store::accounts::{self, User};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{self, Db, Result, invitations, users};

/// How long a sign-in link works that the command line prints.
pub const PRINTED_LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How long a mailed sign-in link works.
pub const MAILED_LINK_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Records a failed sign-in in the log and, for the address of a user, in the
/// audit log.
pub async fn note_failed_sign_in(cx: &Context, email: &EmailAddress, network: &str, how: &str) {
    tracing::warn!(network, how, "a sign-in failed");
    metrics::counter!("sign_ins_failed_total").increment(1);
    let recorded = async {
        let user = accounts::user_by_email(&mut cx.store.read().await?, email).await?;
        // Addresses of strangers are not stored.
        let Some(user) = user else { return Ok(()) };
        let (by, subject) = (Actor::User(user.email), format!("{how} from {network}"));
        audit::record_access(cx, &by, AuditAccess::SignInFailed, subject).await
    };
    if let Err(error) = recorded.await {
        tracing::error!(%error, "a failed sign-in could not be recorded");
    }
}

/// Adds a user, or sets the role of an existing one, and makes a sign-in link.
pub async fn add_user(cx: &Context, email: &EmailAddress, role: Role) -> Result<Secret> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let user = accounts::upsert_user(&mut db, email, role, now).await?;
    let secret = Secret::generate("");
    let expires_at = now.after(PRINTED_LINK_LIFETIME);
    accounts::insert_sign_in_link(&mut db, &secret.digest(), user.id, expires_at).await?;
    audit::record(
        &mut db,
        &Actor::CommandLine,
        AuditAction::UserAdd,
        email,
        now,
    )
    .await?;
    db.commit().await?;
    Ok(secret)
}

/// Resets a user's credentials and makes a sign-in link; `None` where there is no
/// such user.
pub async fn reset_user(
    cx: &Context,
    email: &EmailAddress,
    tokens: Tokens,
) -> Result<Option<Secret>> {
    let found = accounts::user_by_email(&mut cx.store.read().await?, email).await?;
    let Some(user) = found else { return Ok(None) };
    credentials::reset(cx, &Actor::CommandLine, user.id, &user.email, tokens).await?;
    add_user(cx, email, user.role).await.map(Some)
}

/// Mails a sign-in link to a user. For any other address, for an invitation that has expired,
/// and for users who are kept out or sign in by the provider only, it does nothing, and the
/// caller cannot tell the difference.
pub async fn mail_sign_in_link(cx: &Context, email: &EmailAddress) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(user) = accounts::user_by_email(&mut db, email).await?
        && may_sign_in(cx, &mut db, &user).await?
    {
        queue_link(cx, &mut db, user).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// Whether a user may be mailed a link: an invitation that has expired must be sent again.
async fn may_sign_in(cx: &Context, db: &mut Db, user: &User) -> Result<bool> {
    if !cx.config().allows_local_sign_in(user.role)
        || users::disabled_by(db, user.id).await?.is_some()
    {
        return Ok(false);
    }
    let invitation = invitations::of_user(db, user.id).await?;
    Ok(invitation.is_none_or(|invitation| invitation.expires_at > cx.clock.now()))
}

/// Queues the email with a sign-in link, within the caller's transaction.
async fn queue_link(cx: &Context, db: &mut Db, user: User) -> Result<()> {
    let now = cx.clock.now();
    let secret = Secret::generate("");
    let expires_at = now.after(MAILED_LINK_LIFETIME);
    accounts::insert_sign_in_link(db, &secret.digest(), user.id, expires_at).await?;
    let new_email = NewEmail {
        email: user.email,
        language: user.language.unwrap_or(cx.config().language),
        content: EmailContent::SignIn {
            secret: secret.reveal().to_owned(),
        },
    };
    transactional_emails::insert(db, &new_email, now).await?;
    Ok(())
}

/// Whether a sign-in link, or that of an invitation, is valid, without using it up.
pub async fn sign_in_link_is_good(cx: &Context, secret: &Secret) -> Result<bool> {
    let (digest, now) = (secret.digest(), cx.clock.now());
    let mut db = cx.store.read().await?;
    if accounts::sign_in_link_is_good(&mut db, &digest, now).await? {
        return Ok(true);
    }
    let invitation = invitations::of_link(&mut db, &digest).await?;
    Ok(invitation.is_some_and(|invitation| invitation.expires_at > now))
}

/// Uses up a sign-in link, or that of an invitation; `None` where it is invalid or expired.
/// Who signs in by the provider only is invited all the same, and accepts there.
pub async fn sign_in(cx: &Context, secret: &Secret, browser: &Browser) -> Result<Option<Next>> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let digest = secret.digest();
    let taken = match accounts::take_sign_in_link(&mut db, &digest, now).await? {
        Some(user) => Some(user),
        None => {
            let invited = invitations::take_link(&mut db, &digest, now).await?;
            if let Some(user) = invited
                && let Some(found) = store::credentials::of_user(&mut db, user).await?
                && !cx.config().allows_local_sign_in(found.role)
            {
                // Uncommitted: the invitation stays.
                return Ok(Some(Next::ByProvider));
            }
            invited
        }
    };
    let Some(user) = taken else { return Ok(None) };
    let next = match store::credentials::of_user(&mut db, user).await? {
        Some(found) => Some(credentials::next(cx, &mut db, &found, browser).await?),
        None => None,
    };
    db.commit().await?;
    Ok(next)
}
