//! Credentials: signing in by password besides the mailed link, a second factor for
//! both, and changing them.

use data_encoding::BASE32_NOPAD;

use super::audit;
use super::change_notice::notify;
use super::password::{self, PasswordError};
use super::second_factor::{self, RECOVERY_CODES, recovery_code, recovery_digest, step, totp};
use super::secret::Secret;
use super::session::{self, Browser};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::CredentialChange;
use crate::store::accounts::Digest;
use crate::store::credentials::{self, Credentials};
use crate::store::{Db, Result, StoreError, accounts, identities, passkeys, users};
use crate::token::{Purpose, Token};

/// How long the second step of a sign-in may take.
const SECOND_STEP_LIFETIME: std::time::Duration = std::time::Duration::from_secs(10 * 60);

/// Why a credential is rejected.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// An invalid new password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The current password is wrong.
    #[error("the current password is wrong")]
    Wrong,
    /// The one-time code is wrong or was used before.
    #[error("the code is wrong; enter the next one that the app shows")]
    Code,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

type Outcome<T = ()> = std::result::Result<T, CredentialError>;

/// The next step of a sign-in.
pub enum Next {
    /// A session.
    SignedIn(Secret),
    /// A code is required, with this ticket.
    SecondStep(String),
    /// The user signs in by the provider only.
    ByProvider,
}

/// The credentials of a user.
pub async fn of_user(cx: &Context, id: UserId) -> Result<Option<Credentials>> {
    credentials::of_user(&mut cx.store.read().await?, id).await
}

/// Signs in by password; `None` where address or password is wrong.
pub async fn sign_in(
    cx: &Context,
    email: &EmailAddress,
    password: &str,
    browser: &Browser,
) -> Result<Option<Next>> {
    let found = credentials::by_email(&mut cx.store.read().await?, email).await?;
    let kept = found.as_ref().map(|found| found.password.clone());
    let fits = password::verify(password.to_owned(), kept.unwrap_or_default()).await;
    match found.filter(|_| fits) {
        Some(found) if !cx.config().allows_local_sign_in(found.role) => Ok(Some(Next::ByProvider)),
        Some(found) => {
            let mut db = cx.store.write().await?;
            let next = next(cx, &mut db, &found, browser).await?;
            db.commit().await?;
            Ok(Some(next))
        }
        None => Ok(None),
    }
}

/// A session after the first factor, or the request for the
/// second one, within the caller's transaction.
pub(super) async fn next(
    cx: &Context,
    db: &mut Db,
    found: &Credentials,
    browser: &Browser,
) -> Result<Next> {
    let at = cx.clock.now();
    match found.totp_secret {
        Some(_) => Ok(Next::SecondStep(cx.keys.sign(&Token::SecondStep {
            user: found.id.0,
            at,
        }))),
        None => {
            let session = session::begin(cx, db, found.id, browser).await?;
            Ok(Next::SignedIn(session))
        }
    }
}

/// The user of a ticket for the second step; `None` for an invalid or expired one.
pub fn user_of_ticket(cx: &Context, ticket: &str) -> Option<UserId> {
    match cx.keys.open(ticket) {
        Ok(Token::SecondStep { user, at }) if cx.clock.now() <= at.after(SECOND_STEP_LIFETIME) => {
            Some(UserId(user))
        }
        _ => None,
    }
}

/// Completes the second step by a code of the app or a recovery code.
///
/// # Errors
/// [`CredentialError::Code`] where it is wrong.
pub async fn take_second_step(
    cx: &Context,
    user: UserId,
    code: &str,
    browser: &Browser,
) -> Outcome<Secret> {
    let mut db = cx.store.write().await?;
    require_code(cx, &mut db, user, code).await?;
    let session = session::begin(cx, &mut db, user, browser).await?;
    db.commit().await?;
    Ok(session)
}

async fn require_code(cx: &Context, db: &mut Db, user: UserId, code: &str) -> Outcome {
    if second_factor::use_code(cx, db, user, code).await? {
        Ok(())
    } else {
        Err(CredentialError::Code)
    }
}

/// What happens to a user's API tokens when their password changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tokens {
    /// They are revoked, as sessions are ended.
    Revoke,
    /// They stay valid, since programs depend on them.
    Keep,
}

/// Sets a password, and ends the user's other sessions and, depending on
/// `tokens`, revokes their tokens.
///
/// # Errors
/// [`CredentialError`] where the current one is wrong or the new one
/// invalid.
pub async fn set_password(
    cx: &Context,
    user: UserId,
    email: &EmailAddress,
    present: &str,
    new: &str,
    session: &Secret,
    tokens: Tokens,
) -> Outcome {
    password::check(new, email)?;
    check_current_password(cx, user, present).await?;
    let hashed = password::hash(new.to_owned()).await?;
    let mut db = cx.store.write().await?;
    credentials::set_password(&mut db, user, &hashed).await?;
    credentials::end_sessions(&mut db, user, Some(&session.digest())).await?;
    if tokens == Tokens::Revoke {
        users::revoke_all(&mut db, user).await?;
    }
    accounts::prove_session(&mut db, &session.digest(), cx.clock.now()).await?;
    notify(cx, &mut db, email, CredentialChange::PasswordSet).await?;
    audit::record(
        &mut db,
        &Actor::User(email.clone()),
        AuditAction::AccountPassword,
        email,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Checks the password of a signed-in user again, or without one
/// a code of their app, so that they may change credentials.
///
/// # Errors
/// [`CredentialError::Wrong`] or [`CredentialError::Code`].
pub async fn reauthenticate(
    cx: &Context,
    user: UserId,
    session: &Secret,
    password: &str,
    code: &str,
) -> Outcome {
    let found = credentials::of_user(&mut cx.store.read().await?, user).await?;
    let kept = found.map(|found| found.password).unwrap_or_default();
    let has_password = !kept.is_empty();
    if has_password && !password::verify(password.to_owned(), kept).await {
        return Err(CredentialError::Wrong);
    }
    let mut db = cx.store.write().await?;
    if !has_password {
        require_code(cx, &mut db, user, code).await?;
    }
    accounts::prove_session(&mut db, &session.digest(), cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Removes a password: the user signs in by mailed link only.
///
/// # Errors
/// [`CredentialError::Wrong`] where the current one is wrong.
pub async fn drop_password(
    cx: &Context,
    user: UserId,
    email: &EmailAddress,
    present: &str,
) -> Outcome {
    check_current_password(cx, user, present).await?;
    let mut db = cx.store.write().await?;
    credentials::set_password(&mut db, user, "").await?;
    notify(cx, &mut db, email, CredentialChange::PasswordRemoved).await?;
    audit::record(
        &mut db,
        &Actor::User(email.clone()),
        AuditAction::AccountPasswordRemoved,
        email,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// An unattended browser must not suffice to take over the account.
async fn check_current_password(cx: &Context, user: UserId, present: &str) -> Outcome {
    let found = credentials::of_user(&mut cx.store.read().await?, user).await?;
    let kept = found.map(|found| found.password).unwrap_or_default();
    if kept.is_empty() || password::verify(present.to_owned(), kept).await {
        Ok(())
    } else {
        Err(CredentialError::Wrong)
    }
}

/// Enables the second factor if its first code is right; gives the
/// recovery codes, which are shown once.
///
/// # Errors
/// [`CredentialError::Code`] where the code is wrong.
pub async fn confirm_enrolment(
    cx: &Context,
    user: UserId,
    email: &EmailAddress,
    secret: &str,
    code: &str,
) -> Outcome<Vec<String>> {
    let bytes = BASE32_NOPAD
        .decode(secret.as_bytes())
        .map_err(|_| CredentialError::Code)?;
    let totp = totp(&bytes).ok_or(CredentialError::Code)?;
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = step(&totp, &code, cx.clock.now()).ok_or(CredentialError::Code)?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let digests: Vec<Digest> = codes
        .iter()
        .map(|code| recovery_digest(&code.replace('-', "")))
        .collect();
    let mut db = cx.store.write().await?;
    credentials::set_totp(
        &mut db,
        user,
        Some(&cx.keys.encrypt(Purpose::SecondStep, &bytes)),
        step,
        &digests,
    )
    .await?;
    notify(cx, &mut db, email, CredentialChange::SecondStepOn).await?;
    audit::record(
        &mut db,
        &Actor::User(email.clone()),
        AuditAction::AccountSecondFactor,
        email,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(codes)
}

/// Disables the second factor.
///
/// # Errors
/// [`CredentialError::Code`] where the code is wrong.
pub async fn drop_second_step(
    cx: &Context,
    user: UserId,
    email: &EmailAddress,
    code: &str,
) -> Outcome {
    let mut db = cx.store.write().await?;
    require_code(cx, &mut db, user, code).await?;
    credentials::set_totp(&mut db, user, None, 0, &[]).await?;
    notify(cx, &mut db, email, CredentialChange::SecondStepOff).await?;
    audit::record(
        &mut db,
        &Actor::User(email.clone()),
        AuditAction::AccountSecondFactorRemoved,
        email,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Resets the credentials of a user who has lost them: password, second factor, passkeys and the
/// link to an account at the provider are removed, and sessions, sign-in links and, depending on
/// `tokens`, API tokens end.
pub async fn reset(
    cx: &Context,
    by: &Actor,
    user: UserId,
    email: &EmailAddress,
    tokens: Tokens,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    credentials::set_password(&mut db, user, "").await?;
    credentials::set_totp(&mut db, user, None, 0, &[]).await?;
    passkeys::delete_all(&mut db, user).await?;
    credentials::end_sessions(&mut db, user, None).await?;
    credentials::end_sign_in_links(&mut db, user).await?;
    identities::delete(&mut db, user).await?;
    if tokens == Tokens::Revoke {
        users::revoke_all(&mut db, user).await?;
    }
    notify(cx, &mut db, email, CredentialChange::Reset).await?;
    audit::record(&mut db, by, AuditAction::UserReset, email, cx.clock.now()).await?;
    db.commit().await
}
