//! Sessions of signed-in users.

use std::time::Duration;

use data_encoding::HEXLOWER;

use super::audit;
use super::secret::Secret;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAction};
use crate::store::accounts::{self, NewSession, User};
use crate::store::users::{self, Session};
use crate::store::{Db, Result, invitations};

const SESSION_LIFETIME: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long an unused session lasts.
pub(super) const SESSION_IDLE: Duration = Duration::from_secs(12 * 3600);
/// How long after signing in, or entering the password again, credentials may be
/// changed.
pub const PROOF_LASTS: Duration = Duration::from_secs(15 * 60);
/// How often the use of a session or token is recorded: each record is a write.
pub(super) const SEEN_EVERY: Duration = Duration::from_secs(10 * 60);

/// The browser that signs in.
#[derive(Clone, Default)]
pub struct Browser {
    /// Its network; addresses are not stored.
    pub network: String,
    pub user_agent: String,
    /// Its session so far, which the new one replaces.
    pub session: Option<Secret>,
}

/// Starts a session, within the caller's transaction.
pub(super) async fn begin(
    cx: &Context,
    db: &mut Db,
    user: UserId,
    browser: &Browser,
) -> Result<Secret> {
    let now = cx.clock.now();
    let session = Secret::generate("");
    let expires_at = now.after(SESSION_LIFETIME);
    let new = NewSession {
        digest: session.digest(),
        user,
        expires_at,
        network: &browser.network,
        user_agent: &browser.user_agent,
    };
    accounts::insert_session(db, &new, now).await?;
    invitations::accept(db, user).await?;
    if let Some(replaced) = &browser.session {
        accounts::delete_session(db, &replaced.digest()).await?;
    }
    if let Some(email) = users::email(db, user).await? {
        let subject = format!("from {}", browser.network);
        audit::record(db, &Actor::User(email), AuditAction::SignIn, subject, now).await?;
    }
    Ok(session)
}

/// Whether the holder of a session has recently entered a credential.
pub async fn is_freshly_proved(cx: &Context, session: &Secret) -> Result<bool> {
    let mut db = cx.store.read().await?;
    let proved = accounts::session_authenticated_at(&mut db, &session.digest()).await?;
    Ok(proved.is_some_and(|at| cx.clock.now().since(at) < PROOF_LASTS))
}

/// The user of a session.
pub async fn user_of_session(cx: &Context, session: &Secret) -> Result<Option<User>> {
    let mut db = cx.store.read().await?;
    let now = cx.clock.now();
    accounts::user_of_session(&mut db, &session.digest(), now, now.before(SESSION_IDLE)).await
}

/// Ends a session at its user's request.
pub async fn sign_out(cx: &Context, session: &Secret) -> Result<()> {
    let (digest, now) = (session.digest(), cx.clock.now());
    let mut db = cx.store.write().await?;
    let idle_since = now.before(SESSION_IDLE);
    let user = accounts::user_of_session(&mut db, &digest, now, idle_since).await?;
    accounts::delete_session(&mut db, &digest).await?;
    if let Some(user) = user {
        let by = Actor::User(user.email);
        audit::record(&mut db, &by, AuditAction::SignOut, "", now).await?;
    }
    db.commit().await
}

/// Records, now and then, that a session is used.
pub async fn touch(cx: &Context, session: &Secret) -> Result<()> {
    let (digest, now) = (session.digest(), cx.clock.now());
    let seen = users::session_seen_at(&mut cx.store.read().await?, &digest).await?;
    if seen.is_some_and(|seen| now.since(seen) > SEEN_EVERY) {
        let mut db = cx.store.write().await?;
        users::see_session(&mut db, &digest, now).await?;
        db.commit().await?;
    }
    Ok(())
}

/// A user's live sessions; the flag marks the one that makes the request.
pub async fn sessions(
    cx: &Context,
    user: UserId,
    asking: &Secret,
) -> Result<Vec<(String, Session, bool)>> {
    let mut db = cx.store.read().await?;
    let asking = asking.digest();
    let now = cx.clock.now();
    let sessions = users::sessions(&mut db, user, now, now.before(SESSION_IDLE)).await?;
    Ok(sessions
        .into_iter()
        .map(|session| {
            let is_this = session.digest == asking;
            (HEXLOWER.encode(&session.digest), session, is_this)
        })
        .collect())
}

/// Ends one of a user's sessions by the id that [`sessions`] gives it.
pub async fn end_session(cx: &Context, user: &User, name: &str) -> Result<bool> {
    let Ok(digest) = HEXLOWER.decode(name.as_bytes()) else {
        return Ok(false);
    };
    let mut db = cx.store.write().await?;
    let ended = users::end_session(&mut db, user.id, &digest).await?;
    if ended {
        let by = Actor::User(user.email.clone());
        audit::record(&mut db, &by, AuditAction::SessionEnd, "", cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(ended)
}
