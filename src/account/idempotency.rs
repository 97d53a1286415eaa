//! Idempotency keys: the work under a key is done once, whatever happens to
//! the connection that requested it.
//!
//! A key in use is held by a lease that is renewed while the work continues. If a
//! process dies, the lease expires, and the next attempt does the work.

use std::time::Duration;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::context::Context;
use crate::model::TokenId;
use crate::model::lease::Lease;
use crate::store::accounts::Digest;
use crate::store::idempotency::{self, StoredResponse};
use crate::store::{Engine, Result};
use crate::token::Purpose;

/// The longest time that the key of a dead process stays locked.
const LEASE_LASTS: Duration = Duration::from_secs(15);
const RENEWAL: Duration = Duration::from_secs(5);

/// The digest of a request: method, URL and body.
#[derive(Clone)]
pub struct RequestDigest(Sha256);

impl RequestDigest {
    /// The digest of a request before its body.
    pub fn new(method: &str, address: &str) -> Self {
        let mut digest = Sha256::new();
        for part in [method, address] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Self(digest)
    }

    /// Adds a part of the body.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> Digest {
        self.0.clone().finalize().into()
    }
}

/// What an idempotency key means for a request.
pub enum Repeat {
    /// The first request with this key: do the work, then [`Work::settle`].
    First(Work),
    /// The key has a response. It is for this request if
    /// [`Answer::is_to`] says so of the whole request.
    Answered(Answer),
    /// The first request is in progress.
    UnderWay,
    /// The key is held by another request.
    OtherRequest,
}

/// A stored response.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
    digest: Vec<u8>,
}

impl Answer {
    /// Whether it answers a request with this digest.
    pub fn is_to(&self, request: &RequestDigest) -> bool {
        self.digest == request.finish()
    }
}

/// The work under a key; the key stays locked while this lives.
pub struct Work {
    cx: Context,
    token: TokenId,
    key: String,
    owner: Uuid,
    _renewal: DropGuard,
}

/// Looks up a key and locks it if it is free. `digest` is of the whole request,
/// or `None` where its body is too large to have been read yet.
pub async fn begin(
    cx: &Context,
    token: TokenId,
    key: &str,
    digest: Option<&RequestDigest>,
) -> Result<Repeat> {
    let digest = digest.map(RequestDigest::finish);
    let lease = Lease::new(Uuid::new_v4(), cx.clock.now(), LEASE_LASTS);
    let mut db = cx.store.write().await?;
    let id = (token, key);
    let stored = idempotency::take(&mut db, id, digest.as_ref(), &lease).await?;
    db.commit().await?;
    Ok(match stored {
        None => Repeat::First(Work {
            cx: cx.clone(),
            token,
            key: key.to_owned(),
            owner: lease.owner,
            _renewal: renew(cx.clone(), lease.owner),
        }),
        Some(mut stored) => {
            stored.body = decrypted(cx, stored.body);
            classify(stored, digest.as_ref())
        }
    })
}

/// Unlocks the keys of an earlier process when a process starts. Only
/// SQLite has one server at a time; elsewhere the leases expire.
pub async fn free_abandoned(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    if db.engine() == Engine::Sqlite {
        idempotency::free_all(&mut db).await?;
    }
    db.commit().await
}

/// A response as stored: encrypted, since it may hold a secret that is shown once, such as a
/// webhook's.
fn encrypted(cx: &Context, body: &str) -> String {
    BASE64.encode(&cx.keys.encrypt(Purpose::Answer, body.as_bytes()))
}

/// A response as sent. Those of an earlier version are stored unencrypted.
fn decrypted(cx: &Context, stored: String) -> String {
    let encrypted = BASE64.decode(stored.as_bytes()).ok();
    let decrypted =
        encrypted.and_then(|encrypted| cx.keys.decrypt(Purpose::Answer, &encrypted).ok());
    let text = decrypted.and_then(|decrypted| String::from_utf8(decrypted).ok());
    text.unwrap_or(stored)
}

fn classify(stored: StoredResponse, digest: Option<&Digest>) -> Repeat {
    let is_other = |digest: &Digest| !stored.digest.is_empty() && stored.digest != digest;
    match stored.status {
        _ if digest.is_some_and(is_other) => Repeat::OtherRequest,
        None => Repeat::UnderWay,
        Some(status) => Repeat::Answered(Answer {
            status: status.try_into().unwrap_or(200),
            body: stored.body,
            digest: stored.digest,
        }),
    }
}

/// Renews the lease until the guard is dropped.
fn renew(cx: Context, owner: Uuid) -> DropGuard {
    let done = CancellationToken::new();
    let guard = done.clone().drop_guard();
    tokio::spawn(async move {
        while tokio::time::timeout(RENEWAL, done.cancelled())
            .await
            .is_err()
        {
            let renewed = async {
                let lease = Lease::new(owner, cx.clock.now(), LEASE_LASTS);
                let mut db = cx.store.write().await?;
                idempotency::renew(&mut db, &lease).await?;
                db.commit().await
            };
            if let Err(error) = renewed.await {
                tracing::error!(%error, "the lease of an idempotency key cannot be renewed");
            }
        }
    });
    guard
}

impl Work {
    /// Stores the response for a day; `None`, for a failed request, unlocks the
    /// key for another attempt.
    pub async fn settle(self, digest: &RequestDigest, answer: Option<(u16, &str)>) -> Result<()> {
        let id = (self.token, self.key.as_str());
        let mut db = self.cx.store.write().await?;
        match answer {
            Some((status, body)) => {
                let body = encrypted(&self.cx, body);
                let answer = (status, body.as_str());
                idempotency::keep(&mut db, id, self.owner, &digest.finish(), answer).await?;
            }
            None => idempotency::free(&mut db, id, self.owner).await?,
        }
        db.commit().await
    }
}
