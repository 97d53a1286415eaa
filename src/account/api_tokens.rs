//! API tokens (RFC 6750 bearer tokens).

use std::time::Duration;

use super::audit;
use super::change_notice::notify;
use super::secret::Secret;
use super::session::SEEN_EVERY;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::{CredentialChange, Scopes};
use crate::model::{TokenId, UserId};
use crate::store::Result;
use crate::store::accounts::{self, Bearer, NewToken, User};
use crate::store::users::{self, Token};

/// Creates an API token on the command line; `None` where there is no
/// such user. It expires after `lifetime`, or with `None` never.
pub async fn add_token(
    cx: &Context,
    email: &EmailAddress,
    scopes: impl Into<Scopes>,
    lifetime: Option<Duration>,
) -> Result<Option<Secret>> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(user) = accounts::user_by_email(&mut db, email).await? else {
        return Ok(None);
    };
    let secret = Secret::generate("jarshy_");
    let token = NewToken {
        digest: secret.digest(),
        user: user.id,
        name: String::new(),
        scopes: scopes.into(),
        expires_at: lifetime.map(|lifetime| now.after(lifetime)),
    };
    accounts::insert_token(&mut db, &token, now).await?;
    notify(cx, &mut db, email, CredentialChange::TokenMade).await?;
    audit::record(
        &mut db,
        &Actor::CommandLine,
        AuditAction::TokenAdd,
        email,
        now,
    )
    .await?;
    db.commit().await?;
    Ok(Some(secret))
}

/// The holder of an API token; records now and then that it is used.
pub async fn bearer(cx: &Context, token: &Secret) -> Result<Option<Bearer>> {
    let now = cx.clock.now();
    let found = accounts::bearer(&mut cx.store.read().await?, &token.digest(), now).await?;
    if let Some(bearer) = &found {
        let seen = bearer.used_at;
        if seen.is_none_or(|seen| now.since(seen) > SEEN_EVERY) {
            let mut db = cx.store.write().await?;
            accounts::see_token(&mut db, bearer.token_id, now).await?;
            db.commit().await?;
        }
    }
    Ok(found)
}

/// The tokens of a user, or of all users.
pub async fn tokens(cx: &Context, user: Option<UserId>) -> Result<Vec<Token>> {
    users::tokens(&mut cx.store.read().await?, user).await
}

/// Makes a token for a user; this is the only time its secret is known.
pub async fn make_token(
    cx: &Context,
    user: &User,
    name: &str,
    scopes: Scopes,
    expires_at: Option<Timestamp>,
) -> Result<Secret> {
    let secret = Secret::generate("jarshy_");
    let subject = format!("{name} {scopes}");
    let token = NewToken {
        digest: secret.digest(),
        user: user.id,
        name: name.to_owned(),
        scopes,
        expires_at,
    };
    let mut db = cx.store.write().await?;
    accounts::insert_token(&mut db, &token, cx.clock.now()).await?;
    notify(cx, &mut db, &user.email, CredentialChange::TokenMade).await?;
    audit::record(
        &mut db,
        &Actor::User(user.email.clone()),
        AuditAction::TokenAdd,
        subject,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(secret)
}

/// Revokes a token of a user, or of any user; `false` where it is revoked already.
pub async fn revoke(cx: &Context, by: &Actor, id: TokenId, user: Option<UserId>) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let tokens = users::tokens(&mut db, user).await?;
    let Some(token) = tokens.into_iter().find(|token| token.id == id) else {
        return Ok(false);
    };
    let revoked = users::revoke(&mut db, id, user).await?;
    if revoked {
        let subject = format!("{} of {}", label(&token), token.email);
        let (action, now) = (AuditAction::TokenRevoke, cx.clock.now());
        audit::record(&mut db, by, action, subject, now).await?;
    }
    db.commit().await?;
    Ok(revoked)
}

/// A token's name; tokens created on the command line have none.
pub fn label(token: &Token) -> String {
    if token.name.is_empty() {
        format!("token {}", token.id)
    } else {
        token.name.clone()
    }
}
