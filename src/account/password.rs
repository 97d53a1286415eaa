//! Passwords: strength, and hashes by Argon2id (RFC 9106).

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::address::EmailAddress;

/// The minimum length of a password: by NIST SP 800-63B §5.1.1.2 length
/// counts, and no composition rules apply.
pub const MIN_LENGTH: usize = 12;
const MAX_LENGTH: usize = 200;
/// Concurrent hashes: each takes 19 MiB.
static HASHING_PERMITS: Semaphore = Semaphore::const_new(2);
/// The hash that is compared where there is no password, so that it takes as long.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$aWwzcGY0bm9ib2R5cyBwYXNzd29yZCBoYXNoISEhISE";
/// Characters of a password that are checked for strength: more
/// would only take longer.
const CHECKED_LENGTH: usize = 72;

/// Why a password is rejected.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("must have at least {MIN_LENGTH} characters")]
    Short,
    /// Too long.
    #[error("must have at most {MAX_LENGTH} characters")]
    Long,
    /// Easy to guess.
    #[error("is easy to guess; take several words that do not belong together")]
    Guessable,
    /// The hash function failed.
    #[error("the password could not be hashed")]
    Hash,
}

fn hasher() -> Argon2<'static> {
    // OWASP's Password Storage Cheat Sheet: 19 MiB, two rounds, one lane.
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

pub(super) async fn hash(password: String) -> Result<String, PasswordError> {
    let _permit = HASHING_PERMITS.acquire().await;
    let hashed = tokio::task::spawn_blocking(move || {
        hasher()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    });
    let hashed = hashed.await.map_err(|_| PasswordError::Hash)?;
    hashed.map_err(|_| PasswordError::Hash)
}

/// Whether a password matches a hash; takes the same time where
/// there is none.
pub(super) async fn verify(password: String, kept: String) -> bool {
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

/// Checks a new password: how soon a program that knows words, names, dates,
/// keyboards and the address would guess it.
///
/// # Errors
/// [`PasswordError`] says what is wrong with it.
pub fn check(password: &str, email: &EmailAddress) -> Result<(), PasswordError> {
    match password.chars().count() {
        count if count < MIN_LENGTH => return Err(PasswordError::Short),
        count if count > MAX_LENGTH => return Err(PasswordError::Long),
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
        Err(PasswordError::Guessable)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_rejected_and_long_ones_accepted() {
        let email: EmailAddress = "aigul@example.kz".parse().unwrap();
        let check = |password: &str| super::check(password, &email);
        for good in ["correct horse battery", "үш көк тұлпар", "J7$kd9-xQ2p!"] {
            assert!(check(good).is_ok(), "{good}");
        }
        assert!(matches!(check("short"), Err(PasswordError::Short)));
        assert!(matches!(
            check(&"long ".repeat(50)),
            Err(PasswordError::Long)
        ));
        assert!(matches!(check("J7$kd9-xQ2p"), Err(PasswordError::Short)));
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
                matches!(check(guessed), Err(PasswordError::Guessable)),
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
