//! Credentials: a password (Argon2id, RFC 9106) besides the mailed link, and a
//! second factor for both.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE32_NOPAD;
use tokio::sync::Semaphore;

use super::audit;
use super::change_notice::notify;
use super::second_factor::{self, RECOVERY_CODES, recovery_code, recovery_digest, step, totp};
use super::secret::Secret;
use super::session;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::UserId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::user::CredentialChange;
use crate::store::account::Digest;
use crate::store::credentials::{self, Credentials};
use crate::store::{Db, Result, StoreError, account, people};
use crate::token::{Purpose, Token};

/// The minimum length of a password: by NIST SP 800-63B §5.1.1.2 length
/// counts, and no composition rules apply.
pub const MIN_PASSWORD_LENGTH: usize = 12;
const MAX_PASSWORD_LENGTH: usize = 200;
/// How long the second step of a sign-in may take.
const SECOND_STEP_LIFETIME: std::time::Duration = std::time::Duration::from_secs(10 * 60);
/// Concurrent hashes: each takes 19 MiB.
static HASHING_PERMITS: Semaphore = Semaphore::const_new(2);
/// The hash that is compared where there is no password, so that it takes as long.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$aWwzcGY0bm9ib2R5cyBwYXNzd29yZCBoYXNoISEhISE";

/// Why a credential is rejected.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// Too short.
    #[error("must have at least {MIN_PASSWORD_LENGTH} characters")]
    Short,
    /// Too long.
    #[error("must have at most {MAX_PASSWORD_LENGTH} characters")]
    Long,
    /// Easy to guess.
    #[error("is easy to guess; take several words that do not belong together")]
    Guessable,
    /// The current password is wrong.
    #[error("the current password is wrong")]
    Wrong,
    /// The one-time code is wrong or was used before.
    #[error("the code is wrong; enter the next one that the app shows")]
    Code,
    /// The hash function failed.
    #[error("the password could not be hashed")]
    Hash,
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
}

fn hasher() -> Argon2<'static> {
    // OWASP's Password Storage Cheat Sheet: 19 MiB, two rounds, one lane.
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

async fn hash(password: String) -> Outcome<String> {
    let _permit = HASHING_PERMITS.acquire().await;
    let hashed = tokio::task::spawn_blocking(move || {
        hasher()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    });
    let hashed = hashed.await.map_err(|_| CredentialError::Hash)?;
    hashed.map_err(|_| CredentialError::Hash)
}

/// Whether a password matches a hash; takes the same time where
/// there is none.
async fn verify(password: String, kept: String) -> bool {
    let _permit = HASHING_PERMITS.acquire().await;
    let compared = tokio::task::spawn_blocking(move || {
        let is_set = !kept.is_empty();
        let kept = if is_set { kept.as_str() } else { DUMMY_HASH };
        let fits = PasswordHash::new(kept)
            .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
        is_set && fits
    });
    compared.await.unwrap_or(false)
}

/// Characters of a password that are checked for strength: more
/// would only take longer.
const CHECKED_LENGTH: usize = 72;

/// Checks a new password: how soon a program that knows words, names, dates,
/// keyboards and the address would guess it.
///
/// # Errors
/// [`CredentialError`] says what is wrong with it.
pub fn check_password(password: &str, email: &EmailAddress) -> Outcome {
    match password.chars().count() {
        count if count < MIN_PASSWORD_LENGTH => return Err(CredentialError::Short),
        count if count > MAX_PASSWORD_LENGTH => return Err(CredentialError::Long),
        _ => {}
    }
    let address = email.as_str().to_lowercase();
    let known: Vec<&str> = [address.as_str(), "jarshy"]
        .into_iter()
        .chain(address.split(['@', '.']))
        .collect();
    let judged: String = password.chars().take(CHECKED_LENGTH).collect();
    // The rest without the parts of the address.
    let parts = address
        .split(['@', '.', '-', '+'])
        .filter(|part| part.len() > 2);
    let rest = parts.fold(judged.to_lowercase(), |rest, part| rest.replace(part, ""));
    let is_address = rest.chars().filter(|c| c.is_alphanumeric()).count() < 6;
    let mut letters: Vec<char> = judged.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let is_strong = zxcvbn::zxcvbn(&judged, &known).score() >= zxcvbn::Score::Three;
    // zxcvbn's lists are English; it takes a walk along a Cyrillic keyboard for noise.
    let is_walk = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "әіңғүұқөһ"]
        .iter()
        .any(|row| longest_walk(&judged.to_lowercase(), row) >= 6);
    if !is_strong || is_address || is_walk || letters.len() < 5 {
        Err(CredentialError::Guessable)
    } else {
        Ok(())
    }
}

/// The longest run of adjacent keys of a keyboard row in a text.
fn longest_walk(text: &str, row: &str) -> usize {
    let keys: Vec<char> = row.chars().collect();
    let place = |letter: char| keys.iter().position(|key| *key == letter);
    let (mut longest, mut walk, mut before) = (0, 0, None);
    for letter in text.chars() {
        let at = place(letter);
        walk = match (before, at) {
            (Some(before), Some(at)) if at == before + 1 => walk + 1,
            (_, Some(_)) => 1,
            (_, None) => 0,
        };
        longest = longest.max(walk);
        before = at;
    }
    longest
}

/// The credentials of a user.
pub async fn of_user(cx: &Context, id: UserId) -> Result<Option<Credentials>> {
    credentials::of_user(&mut cx.store.read().await?, id).await
}

/// Signs in by password; `None` where address or password is wrong.
pub async fn sign_in(cx: &Context, email: &EmailAddress, password: &str) -> Result<Option<Next>> {
    let found = credentials::by_email(&mut cx.store.read().await?, email).await?;
    let kept = found.as_ref().map(|found| found.password.clone());
    let fits = verify(password.to_owned(), kept.unwrap_or_default()).await;
    match found.filter(|_| fits) {
        Some(found) => {
            let mut db = cx.store.write().await?;
            let next = next(cx, &mut db, &found).await?;
            db.commit().await?;
            Ok(Some(next))
        }
        None => Ok(None),
    }
}

/// A session after the first factor, or the request for the
/// second one, within the caller's transaction.
pub(super) async fn next(cx: &Context, db: &mut Db, found: &Credentials) -> Result<Next> {
    let at = cx.clock.now();
    match found.totp_secret {
        Some(_) => Ok(Next::SecondStep(cx.keys.sign(&Token::SecondStep {
            user: found.id.0,
            at,
        }))),
        None => Ok(Next::SignedIn(session::begin(cx, db, found.id).await?)),
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
pub async fn take_second_step(cx: &Context, user: UserId, code: &str) -> Outcome<Secret> {
    let mut db = cx.store.write().await?;
    require_code(cx, &mut db, user, code).await?;
    let session = session::begin(cx, &mut db, user).await?;
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
    check_password(new, email)?;
    check_current_password(cx, user, present).await?;
    let hashed = hash(new.to_owned()).await?;
    let mut db = cx.store.write().await?;
    credentials::set_password(&mut db, user, &hashed).await?;
    credentials::end_sessions(&mut db, user, Some(&session.digest())).await?;
    if tokens == Tokens::Revoke {
        people::revoke_all(&mut db, user).await?;
    }
    account::prove_session(&mut db, &session.digest(), cx.clock.now()).await?;
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
    if has_password && !verify(password.to_owned(), kept).await {
        return Err(CredentialError::Wrong);
    }
    let mut db = cx.store.write().await?;
    if !has_password {
        require_code(cx, &mut db, user, code).await?;
    }
    account::prove_session(&mut db, &session.digest(), cx.clock.now()).await?;
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
    if kept.is_empty() || verify(present.to_owned(), kept).await {
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
    let octets = BASE32_NOPAD
        .decode(secret.as_bytes())
        .map_err(|_| CredentialError::Code)?;
    let totp = totp(&octets).ok_or(CredentialError::Code)?;
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
        Some(&cx.keys.encrypt(Purpose::SecondStep, &octets)),
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

/// Resets the credentials of a user who has lost them: password and second factor are
/// removed, and sessions, sign-in links and, depending on `tokens`, API tokens end.
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
    credentials::end_sessions(&mut db, user, None).await?;
    credentials::end_sign_in_links(&mut db, user).await?;
    if tokens == Tokens::Revoke {
        people::revoke_all(&mut db, user).await?;
    }
    notify(cx, &mut db, email, CredentialChange::Reset).await?;
    audit::record(&mut db, by, AuditAction::UserReset, email, cx.clock.now()).await?;
    db.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_rejected_and_long_ones_accepted() {
        let email: EmailAddress = "aigul@example.kz".parse().unwrap();
        let check = |password: &str| check_password(password, &email);
        for good in ["correct horse battery", "үш көк тұлпар", "J7$kd9-xQ2p!"] {
            assert!(check(good).is_ok(), "{good}");
        }
        assert!(matches!(check("short"), Err(CredentialError::Short)));
        assert!(matches!(
            check(&"long ".repeat(50)),
            Err(CredentialError::Long)
        ));
        assert!(matches!(check("J7$kd9-xQ2p"), Err(CredentialError::Short)));
        for guessed in [
            "aaaaaaaaaaaa",
            "123456789012",
            "password1234",
            "Passw0rd2024",
            "qwertyuiop12",
            "iloveyou2024",
            "aigul@example.kz1",
            "aigul.example",
            "administrator",
            "йцукенгшщз!!",
            "abcabcabcabc",
        ] {
            assert!(
                matches!(check(guessed), Err(CredentialError::Guessable)),
                "{guessed}"
            );
        }
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone() {
        let kept = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert!(verify("correct horse battery".to_owned(), kept.clone()).await);
        assert!(!verify("correct horse batterz".to_owned(), kept).await);
        assert!(!verify(String::new(), String::new()).await);
        assert!(
            PasswordHash::new(DUMMY_HASH).is_ok(),
            "no password takes as long as a wrong one"
        );
    }
}
