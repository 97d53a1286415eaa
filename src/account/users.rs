//! What owners do with the people at the desk, and what each does with their
//! own sessions and tokens.

use data_encoding::HEXLOWER;

use super::{Result, SEEN_EVERY, SESSION_IDLE, Secret, mail_sign_in_link, tell};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::user::{CredentialChange, Role, Scopes};
use crate::model::{TokenId, UserId};
use crate::store::account::{self, NewToken, User};
use crate::store::people::{self, AuditRow, Person, Session, Token};

/// Everybody at the desk.
pub async fn all(cx: &Context) -> Result<Vec<Person>> {
    people::all(&mut cx.store.read().await?).await
}

/// Somebody's address.
pub async fn email_of(cx: &Context, id: UserId) -> Result<Option<EmailAddress>> {
    let everybody = people::all(&mut cx.store.read().await?).await?;
    let found = everybody.into_iter().find(|person| person.id == id);
    Ok(found.map(|person| person.email))
}

/// Adds somebody and mails them a sign-in link; `false` where they are there
/// already.
pub async fn invite(cx: &Context, email: &EmailAddress, role: Role) -> Result<bool> {
    let mut db = cx.store.write().await?;
    if account::user_by_email(&mut db, email).await?.is_some() {
        return Ok(false);
    }
    account::upsert_user(&mut db, email, role, cx.clock.now()).await?;
    db.commit().await?;
    mail_sign_in_link(cx, email).await?;
    Ok(true)
}

/// Sets somebody's role; `false` where the house would be left without an owner.
pub async fn set_role(cx: &Context, id: UserId, role: Role) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let set = people::set_role(&mut db, id, role).await?;
    db.commit().await?;
    Ok(set)
}

/// Removes somebody with their sessions and tokens; `false` where the house
/// would be left without an owner.
pub async fn remove(cx: &Context, id: UserId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let removed = people::delete(&mut db, id).await?;
    db.commit().await?;
    Ok(removed)
}

/// Notes which browser a session is in.
pub async fn describe(
    cx: &Context,
    session: &Secret,
    network: &str,
    user_agent: &str,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    people::describe_session(&mut db, &session.digest(), network, user_agent).await?;
    db.commit().await
}

/// Notes, now and then, that a session is used.
pub async fn see(cx: &Context, session: &Secret) -> Result<()> {
    let (digest, now) = (session.digest(), cx.clock.now());
    let seen = people::session_seen_at(&mut cx.store.read().await?, &digest).await?;
    if seen.is_some_and(|seen| now.since(seen) > SEEN_EVERY) {
        let mut db = cx.store.write().await?;
        people::see_session(&mut db, &digest, now).await?;
        db.commit().await?;
    }
    Ok(())
}

/// Somebody's live sessions; the flag marks the one that asks.
pub async fn sessions(
    cx: &Context,
    user: UserId,
    asking: &Secret,
) -> Result<Vec<(String, Session, bool)>> {
    let mut db = cx.store.read().await?;
    let asking = asking.digest();
    let now = cx.clock.now();
    let sessions = people::sessions(&mut db, user, now, now.before(SESSION_IDLE)).await?;
    Ok(sessions
        .into_iter()
        .map(|session| {
            let is_this = session.digest == asking;
            (HEXLOWER.encode(&session.digest), session, is_this)
        })
        .collect())
}

/// Ends one of somebody's sessions by the name that [`sessions`] gave it.
pub async fn end_session(cx: &Context, user: UserId, name: &str) -> Result<bool> {
    let Ok(digest) = HEXLOWER.decode(name.as_bytes()) else {
        return Ok(false);
    };
    let mut db = cx.store.write().await?;
    let ended = people::end_session(&mut db, user, &digest).await?;
    db.commit().await?;
    Ok(ended)
}

/// The tokens of somebody, or with `None` everybody's.
pub async fn tokens(cx: &Context, user: Option<UserId>) -> Result<Vec<Token>> {
    people::tokens(&mut cx.store.read().await?, user).await
}

/// Makes a token for somebody; its secret leaves here once.
pub async fn make_token(
    cx: &Context,
    user: &User,
    name: &str,
    scopes: Scopes,
    expires_at: Option<Timestamp>,
) -> Result<Secret> {
    let secret = Secret::generate("jarshy_");
    let token = NewToken {
        digest: secret.digest(),
        user: user.id,
        name: name.to_owned(),
        scopes,
        expires_at,
    };
    let mut db = cx.store.write().await?;
    account::insert_token(&mut db, &token, cx.clock.now()).await?;
    tell(cx, &mut db, &user.email, CredentialChange::TokenMade).await?;
    db.commit().await?;
    Ok(secret)
}

/// Revokes a token of somebody, or with `None` anybody's.
pub async fn revoke(cx: &Context, id: TokenId, user: Option<UserId>) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let revoked = people::revoke(&mut db, id, user).await?;
    db.commit().await?;
    Ok(revoked)
}

/// Up to `limit` lines of the audit log before row `before`, newest first, and
/// everybody who stands in it.
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
