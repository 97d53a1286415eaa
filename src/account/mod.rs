//! The people at the desk: who they are, how they sign in, what they may do.
//!
//! Owns users, one-time sign-in links, sessions, API tokens and the answers to
//! repeated requests.
//! Never knows of cookies or headers. Secrets leave here once, as
//! text for their holder; the database keeps digests.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::notice::NoticeKind;
use crate::model::user::{CredentialChange, Role, Scopes};
use crate::store::account::{self, Bearer, Digest, NewToken, User};
use crate::store::notices::{self, NewNotice};
use crate::store::settings;
use crate::store::{self, Db};

pub mod credentials;
pub mod idempotency;
pub mod users;

pub use crate::store::{Result, StoreError};
pub use credentials::Next;

/// How long a sign-in link works that was printed for an operator.
pub const PRINTED_LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How long a sign-in link works that was sent by mail.
pub const MAILED_LINK_LIFETIME: Duration = Duration::from_secs(15 * 60);
const SESSION_LIFETIME: Duration = Duration::from_secs(14 * 24 * 3600);
/// How long a session lasts that nobody uses.
const SESSION_IDLE: Duration = Duration::from_secs(12 * 3600);
/// How long whoever has just signed in, or shown their password once more, may
/// change how they prove who they are.
pub const PROOF_LASTS: Duration = Duration::from_secs(15 * 60);
/// How long the use of a session or token goes unnoted: each note is a write.
const SEEN_EVERY: Duration = Duration::from_secs(10 * 60);
/// How long an answer is kept for repeats of its request.
const ANSWER_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// A secret that its holder sees once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    fn generate(prefix: &str) -> Self {
        Self(format!(
            "{prefix}{}",
            BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
        ))
    }

    /// The secret as its holder gave it.
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret, for its holder's eyes.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn digest(&self) -> Digest {
        // The secrets are 256 random bits: a plain hash keeps them safe.
        Sha256::digest(self.0.as_bytes()).into()
    }
}

/// What the worker needs to write a sign-in mail.
#[derive(Serialize, Deserialize)]
pub struct SignInNotice {
    /// The link's secret.
    pub secret: Secret,
}

/// What becomes of a user's API tokens when their password is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    /// They stop working, as sessions do.
    Revoke,
    /// They go on, since programs depend on them.
    Keep,
}

/// What the worker needs to tell somebody of a change.
#[derive(Serialize, Deserialize)]
pub struct ChangeNotice {
    /// What was changed.
    pub change: CredentialChange,
}

/// Tells somebody by mail that their credentials were changed, within the
/// caller's transaction: where it was not them, they learn of it.
pub(crate) async fn tell(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    change: CredentialChange,
) -> Result<()> {
    let notice = NewNotice {
        kind: NoticeKind::AccountChanged,
        email: email.clone(),
        language: cx.config.language,
        payload: serde_json::to_value(ChangeNotice { change }).unwrap_or_default(),
    };
    notices::insert(db, &notice, cx.clock.now()).await?;
    Ok(())
}

/// Whether whoever holds a session has proved of late who they are.
pub async fn is_freshly_proved(cx: &Context, session: &Secret) -> Result<bool> {
    let mut db = cx.store.read().await?;
    let proved = account::session_proved_at(&mut db, &session.digest()).await?;
    Ok(proved.is_some_and(|at| cx.clock.now().since(at) < PROOF_LASTS))
}

/// Notes an attempt to sign in that failed, in the log for whoever watches the
/// server and, for an address that is a user's, in the audit log.
pub async fn note_failed_sign_in(cx: &Context, email: &EmailAddress, network: &str, how: &str) {
    tracing::warn!(network, how, "a sign-in failed");
    metrics::counter!("sign_ins_failed_total").increment(1);
    let noted = async {
        let mut db = cx.store.write().await?;
        // What strangers type is not kept.
        if account::user_by_email(&mut db, email).await?.is_some() {
            let (subject, now) = (format!("{how} from {network}"), cx.clock.now());
            settings::audit(&mut db, email.as_str(), "sign_in.failed", &subject, now).await?;
        }
        db.commit().await
    };
    if let Err(error) = noted.await {
        tracing::error!(%error, "a failed sign-in could not be noted");
    }
}

/// Adds a user, or sets the role of one who is there, and makes a sign-in link
/// for them.
pub async fn add_user(cx: &Context, email: &EmailAddress, role: Role) -> Result<Secret> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let user = account::upsert_user(&mut db, email, role, now).await?;
    let secret = Secret::generate("");
    let expires_at = now.after(PRINTED_LINK_LIFETIME);
    account::insert_sign_in_link(&mut db, &secret.digest(), user.id, expires_at).await?;
    settings::audit(&mut db, "command line", "user.add", email.as_str(), now).await?;
    db.commit().await?;
    Ok(secret)
}

/// Drops a user's password and second step, ends their sessions and, unless told
/// otherwise, their tokens, and makes a sign-in link; `None` where there is no
/// such user.
pub async fn reset_user(
    cx: &Context,
    email: &EmailAddress,
    tokens: Tokens,
) -> Result<Option<Secret>> {
    let found = account::user_by_email(&mut cx.store.read().await?, email).await?;
    let Some(user) = found else { return Ok(None) };
    credentials::reset(cx, user.id, &user.email, tokens).await?;
    add_user(cx, email, user.role).await.map(Some)
}

/// Mails a sign-in link to a user; does nothing for an address that is no
/// user's, and tells nobody which it was.
pub async fn mail_sign_in_link(cx: &Context, email: &EmailAddress) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if let Some(user) = account::user_by_email(&mut db, email).await? {
        let secret = Secret::generate("");
        let expires_at = now.after(MAILED_LINK_LIFETIME);
        account::insert_sign_in_link(&mut db, &secret.digest(), user.id, expires_at).await?;
        let notice = NewNotice {
            kind: NoticeKind::SignIn,
            email: user.email,
            language: cx.config.language,
            payload: serde_json::to_value(SignInNotice { secret }).unwrap_or_default(),
        };
        notices::insert(&mut db, &notice, now).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// Whether a sign-in link would work; does not use it up.
pub async fn sign_in_link_is_good(cx: &Context, secret: &Secret) -> Result<bool> {
    let mut db = cx.store.read().await?;
    account::sign_in_link_is_good(&mut db, &secret.digest(), cx.clock.now()).await
}

/// Uses a sign-in link up; `None` where it does not work.
pub async fn sign_in(cx: &Context, secret: &Secret) -> Result<Option<Next>> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(user) = account::take_sign_in_link(&mut db, &secret.digest(), now).await? else {
        return Ok(None);
    };
    let next = match store::credentials::of_user(&mut db, user).await? {
        Some(found) => Some(credentials::next(cx, &mut db, &found).await?),
        None => None,
    };
    db.commit().await?;
    Ok(next)
}

/// The user of a session.
pub async fn user_of_session(cx: &Context, session: &Secret) -> Result<Option<User>> {
    let mut db = cx.store.read().await?;
    let now = cx.clock.now();
    account::user_of_session(&mut db, &session.digest(), now, now.before(SESSION_IDLE)).await
}

/// Ends a session.
pub async fn sign_out(cx: &Context, session: &Secret) -> Result<()> {
    let mut db = cx.store.write().await?;
    account::delete_session(&mut db, &session.digest()).await?;
    db.commit().await
}

/// Makes an API token for a user on the command line; `None` where there is no
/// such user. It ends after `lifetime`, or with `None` never.
pub async fn add_token(
    cx: &Context,
    email: &EmailAddress,
    scopes: impl Into<Scopes>,
    lifetime: Option<Duration>,
) -> Result<Option<Secret>> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(user) = account::user_by_email(&mut db, email).await? else {
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
    account::insert_token(&mut db, &token, now).await?;
    tell(cx, &mut db, email, CredentialChange::TokenMade).await?;
    settings::audit(&mut db, "command line", "token.add", email.as_str(), now).await?;
    db.commit().await?;
    Ok(Some(secret))
}

/// The holder of an API token, whose use is noted now and then.
pub async fn bearer(cx: &Context, token: &Secret) -> Result<Option<Bearer>> {
    let now = cx.clock.now();
    let found = account::bearer(&mut cx.store.read().await?, &token.digest(), now).await?;
    if let Some(bearer) = &found {
        let seen = bearer.used_at;
        if seen.is_none_or(|seen| now.since(seen) > SEEN_EVERY) {
            let mut db = cx.store.write().await?;
            account::see_token(&mut db, bearer.token_id, now).await?;
            db.commit().await?;
        }
    }
    Ok(found)
}

/// Notes who did what.
pub async fn audit(cx: &Context, actor: &str, action: &str, subject: &str) -> Result<()> {
    let mut db = cx.store.write().await?;
    settings::audit(&mut db, actor, action, subject, cx.clock.now()).await?;
    db.commit().await
}

/// Drops links, sessions and answers that have run out.
pub async fn sweep(cx: &Context) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let answers_before = now.before(ANSWER_LIFETIME);
    account::sweep(&mut db, now, now.before(SESSION_IDLE), answers_before).await?;
    db.commit().await
}
