//! Passkeys (WebAuthn, <https://www.w3.org/TR/webauthn-3/>): a key in a device or a password
//! manager, which checks its user by a fingerprint, face or PIN. So one is enough to sign in, in
//! place of password and second factor; these and mailed links go on working beside it.
//!
//! A challenge is kept in the database, since another process may get the answer, and is used up
//! by the first answer, right or wrong.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

use super::audit;
use super::change_notice::notify;
use super::secret::Secret;
use super::session::{self, Browser};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::CredentialChange;
use crate::model::{PasskeyId, UserId};
use crate::store::accounts::User;
use crate::store::passkeys::{self, NewPasskey, StoredPasskey};
use crate::store::{Db, Result, StoreError};
use crate::text::line::{LineError, Title};

/// How long an authenticator has for its answer.
const CHALLENGE_LIFETIME: Duration = Duration::from_secs(5 * 60);
/// Passkeys of one user: a few devices have one each.
const MOST: usize = 20;

/// Why a passkey is not added or does not sign in.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error(
        "passkeys need a public address with a host name, such as https://lists.example.org; an owner sets it under Settings"
    )]
    NoHostName,
    #[error(transparent)]
    Name(#[from] LineError),
    #[error("{MOST} passkeys are enough; remove one first")]
    TooMany,
    /// A wrong, late or repeated answer, one from another site, or a passkey of nobody.
    #[error("the passkey was not accepted; try again")]
    Refused,
    /// The user signs in by the provider only.
    #[error("here you sign in with your organisation's account")]
    ByProvider,
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Outcome<T = ()> = std::result::Result<T, PasskeyError>;

/// What the browser passes on to an authenticator.
pub struct Challenge {
    /// Names the challenge in the answer.
    pub id: Secret,
    /// The options of `navigator.credentials`, in their JSON form.
    pub options: Value,
}

/// Whether the public address has a host name, which passkeys are bound to.
pub fn are_possible(cx: &Context) -> bool {
    relying_party(cx, "").is_ok()
}

/// The passkeys of a user, oldest first.
pub async fn of_user(cx: &Context, user: UserId) -> Result<Vec<StoredPasskey>> {
    passkeys::of_user(&mut cx.store.read().await?, user).await
}

/// Starts to add a passkey.
///
/// # Errors
/// [`PasskeyError`] where there may be none, or no more.
pub async fn start_adding(cx: &Context, user: &User, site: &str) -> Outcome<Challenge> {
    let party = relying_party(cx, site)?;
    let mut db = cx.store.write().await?;
    let known = passkeys::of_user(&mut db, user.id).await?;
    if known.len() >= MOST {
        return Err(PasskeyError::TooMany);
    }
    let created_at = passkeys::user_created_at(&mut db, user.id).await?;
    let handle = handle(user.id, created_at.ok_or(PasskeyError::Refused)?);
    let known: Vec<Vec<u8>> = known
        .iter()
        .filter_map(|one| parsed::<Passkey>(&one.credential).ok())
        .map(|one| one.cred_id().clone())
        .collect();
    let email = user.email.as_str();
    let (asked, state) = party
        .start_passkey_registration(handle, email, email, Some(known))
        .map_err(refused)?;
    let mut options = serde_json::to_value(asked.public_key).map_err(refused)?;
    // The authenticator finds it by itself at the sign-in, where nobody has said who they are.
    if let Some(selection) = options.get_mut("authenticatorSelection") {
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
    }
    let challenge = keep(cx, &mut db, Some(user.id), &state, options).await?;
    db.commit().await?;
    Ok(challenge)
}

/// Adds the passkey that an authenticator has made.
///
/// # Errors
/// [`PasskeyError`] where name or answer are not accepted.
pub async fn add(cx: &Context, user: &User, name: &str, id: &Secret, answer: &str) -> Outcome {
    let name = Title::parse(name)?;
    let party = relying_party(cx, "")?;
    let state: PasskeyRegistration = take(cx, id, Some(user.id)).await?;
    let answer: RegisterPublicKeyCredential = parsed(answer)?;
    let passkey = party
        .finish_passkey_registration(&answer, &state)
        .map_err(refused)?;
    let credential = serde_json::to_string(&passkey).map_err(refused)?;
    let new = NewPasskey {
        user: user.id,
        credential_id: passkey.cred_id(),
        name: name.as_str(),
        credential: &credential,
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if passkeys::of_user(&mut db, user.id).await?.len() >= MOST {
        return Err(PasskeyError::TooMany);
    }
    passkeys::insert(&mut db, &new, now)
        .await
        .map_err(|error| match error {
            StoreError::Exists => PasskeyError::Refused,
            other => other.into(),
        })?;
    notify(cx, &mut db, &user.email, CredentialChange::PasskeyAdded).await?;
    let by = Actor::User(user.email.clone());
    audit::record(&mut db, &by, AuditAction::AccountPasskey, &name, now).await?;
    db.commit().await?;
    Ok(())
}

/// Removes a passkey of a user; `false` where it is removed already.
pub async fn remove(cx: &Context, user: &User, id: PasskeyId) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(name) = passkeys::delete(&mut db, user.id, id).await? else {
        return Ok(false);
    };
    notify(cx, &mut db, &user.email, CredentialChange::PasskeyRemoved).await?;
    let by = Actor::User(user.email.clone());
    let action = AuditAction::AccountPasskeyRemoved;
    audit::record(&mut db, &by, action, name, now).await?;
    db.commit().await?;
    Ok(true)
}

/// Starts a sign-in. It is the same for everybody: the authenticator knows whose it is.
///
/// # Errors
/// [`PasskeyError::NoHostName`] where passkeys are not possible.
pub async fn start_sign_in(cx: &Context) -> Outcome<Challenge> {
    let party = relying_party(cx, "")?;
    let (asked, state) = party.start_discoverable_authentication().map_err(refused)?;
    let options = serde_json::to_value(asked.public_key).map_err(refused)?;
    let mut db = cx.store.write().await?;
    let challenge = keep(cx, &mut db, None, &state, options).await?;
    db.commit().await?;
    Ok(challenge)
}

/// Signs in by the answer of an authenticator.
///
/// # Errors
/// [`PasskeyError::Refused`] where it is not accepted, [`PasskeyError::ByProvider`] where the user
/// must sign in otherwise.
pub async fn sign_in(
    cx: &Context,
    id: &Secret,
    answer: &str,
    browser: &Browser,
) -> Outcome<Secret> {
    let party = relying_party(cx, "")?;
    let state: DiscoverableAuthentication = take(cx, id, None).await?;
    let answer: PublicKeyCredential = parsed(answer)?;
    let (claimed, credential_id) = party
        .identify_discoverable_authentication(&answer)
        .map_err(refused)?;
    let mut db = cx.store.write().await?;
    let known = passkeys::by_credential_id(&mut db, credential_id).await?;
    let known = known.ok_or(PasskeyError::Refused)?;
    if !cx.config().allows_local_sign_in(known.role) {
        return Err(PasskeyError::ByProvider);
    }
    if handle(known.user_id, known.user_created_at) != claimed {
        return Err(PasskeyError::Refused);
    }
    let mut passkey: Passkey = parsed(&known.credential)?;
    // Checks challenge, origin, signature and counter.
    let proved = party
        .finish_discoverable_authentication_v2(&answer, state, &passkey)
        .map_err(refused)?;
    if !proved.user_verified() {
        return Err(PasskeyError::Refused);
    }
    passkey.update_credential(&proved);
    let credential = serde_json::to_string(&passkey).map_err(refused)?;
    if !passkeys::see(&mut db, &known, &credential, cx.clock.now()).await? {
        return Err(PasskeyError::Refused);
    }
    let session = session::begin(cx, &mut db, known.user_id, browser).await?;
    db.commit().await?;
    Ok(session)
}

/// Passkeys are bound to the host of the public address, answers to its origin.
fn relying_party(cx: &Context, site: &str) -> Outcome<Webauthn> {
    let url = Url::parse(&cx.config().public_url()).map_err(|_| PasskeyError::NoHostName)?;
    let host = url.domain().ok_or(PasskeyError::NoHostName)?;
    let builder = WebauthnBuilder::new(host, &url).map_err(|_| PasskeyError::NoHostName)?;
    let builder = match site {
        "" => builder,
        site => builder.rp_name(site),
    };
    builder.build().map_err(refused)
}

/// What an authenticator knows its user by: nothing about them, and another one in every
/// installation, where row numbers are the same.
fn handle(user: UserId, created_at: Timestamp) -> Uuid {
    let [number, time] = [user.0, created_at.millis()].map(i64::to_be_bytes);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&time);
    bytes[8..].copy_from_slice(&number);
    Uuid::from_bytes(bytes)
}

async fn keep(
    cx: &Context,
    db: &mut Db,
    user: Option<UserId>,
    state: &impl Serialize,
    options: Value,
) -> Outcome<Challenge> {
    let id = Secret::generate("");
    let state = serde_json::to_string(state).map_err(refused)?;
    let expires_at = cx.clock.now().after(CHALLENGE_LIFETIME);
    passkeys::insert_challenge(db, &id.digest(), user, &state, expires_at).await?;
    Ok(Challenge { id, options })
}

/// In a transaction of its own: a wrong answer uses the challenge up, too.
async fn take<T: DeserializeOwned>(cx: &Context, id: &Secret, user: Option<UserId>) -> Outcome<T> {
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    let state = passkeys::take_challenge(&mut db, &id.digest(), user, now).await?;
    db.commit().await?;
    parsed(&state.ok_or(PasskeyError::Refused)?)
}

fn parsed<T: DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text).map_err(refused)
}

fn refused(error: impl std::fmt::Display) -> PasskeyError {
    tracing::warn!(%error, "a passkey was not accepted");
    PasskeyError::Refused
}
