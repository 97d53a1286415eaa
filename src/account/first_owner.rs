//! The first owner: by a one-time address that a new installation prints.

use std::time::Duration;

use super::Secret;
use super::audit;
use super::password::{self, PasswordError};
use super::session::{self, Browser};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::Role;
use crate::store::{Db, Result, StoreError, accounts, credentials, settings, users};
use crate::token::Token;

/// How long the set-up address works; every start prints a new one.
pub const SETUP_LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);
/// When the first owner was made. Its row makes others that try wait.
const SETTING: &str = "first_owner_at";

/// Why the first owner is not made.
#[derive(Debug, thiserror::Error)]
pub enum FirstOwnerError {
    #[error("there is an owner already; sign in, or ask them")]
    Exists,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The path of the set-up pages; `None` once there is an owner.
pub async fn setup_path(cx: &Context) -> Result<Option<String>> {
    if users::has_owner(&mut cx.store.read().await?).await? {
        return Ok(None);
    }
    let at = cx.clock.now();
    Ok(Some(format!(
        "/setup/{}",
        cx.keys.sign(&Token::Setup { at })
    )))
}

/// What a set-up address is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupAddress {
    Valid,
    /// There is an owner.
    Used,
    Expired,
    /// None of ours.
    Forged,
}

pub async fn setup_address(cx: &Context, token: &str) -> Result<SetupAddress> {
    let Ok(Token::Setup { at }) = cx.keys.open(token) else {
        return Ok(SetupAddress::Forged);
    };
    if users::has_owner(&mut cx.store.read().await?).await? {
        Ok(SetupAddress::Used)
    } else if cx.clock.now() > at.after(SETUP_LIFETIME) {
        Ok(SetupAddress::Expired)
    } else {
        Ok(SetupAddress::Valid)
    }
}

/// Makes the first owner and signs them in.
///
/// # Errors
/// [`FirstOwnerError::Exists`] where another was faster.
pub async fn create(
    cx: &Context,
    email: &EmailAddress,
    password: &str,
    browser: &Browser,
) -> std::result::Result<Secret, FirstOwnerError> {
    password::check(password, email)?;
    let hashed = password::hash(password.to_owned()).await?;
    let mut db = cx.store.write().await?;
    let user = insert(cx, &mut db, email, &Actor::User(email.clone())).await?;
    credentials::set_password(&mut db, user.id, &hashed).await?;
    let session = session::begin(cx, &mut db, user.id, browser).await?;
    db.commit().await?;
    Ok(session)
}

/// Makes the first owner, with a sign-in link.
///
/// # Errors
/// [`FirstOwnerError::Exists`] where there is one.
pub async fn create_with_link(
    cx: &Context,
    email: &EmailAddress,
) -> std::result::Result<Secret, FirstOwnerError> {
    let mut db = cx.store.write().await?;
    let user = insert(cx, &mut db, email, &Actor::CommandLine).await?;
    let secret = Secret::generate("");
    let expires_at = cx.clock.now().after(super::PRINTED_LINK_LIFETIME);
    accounts::insert_sign_in_link(&mut db, &secret.digest(), user.id, expires_at).await?;
    db.commit().await?;
    Ok(secret)
}

async fn insert(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    by: &Actor,
) -> std::result::Result<accounts::User, FirstOwnerError> {
    let now = cx.clock.now();
    settings::set(db, SETTING, &now.millis()).await?;
    if users::has_owner(db).await? {
        return Err(FirstOwnerError::Exists);
    }
    let user = accounts::upsert_user(db, email, Role::Owner, now).await?;
    audit::record(db, by, AuditAction::UserAdd, format!("{email} owner"), now).await?;
    Ok(user)
}
