//! The second factor: one-time codes of an authenticator app (TOTP, RFC 6238) and
//! recovery codes.

use data_encoding::BASE32_NOPAD;
use totp_rs::{Builder, Totp};

use super::secret::Secret;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::UserId;
use crate::store::accounts::Digest;
use crate::store::{Db, Result, credentials};
use crate::token::Purpose;

pub(super) const RECOVERY_CODES: usize = 10;

/// Uses up a code of the app or a recovery code; `false` where it is wrong or was
/// used before.
pub(super) async fn use_code(cx: &Context, db: &mut Db, user: UserId, code: &str) -> Result<bool> {
    let code: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let Some(found) = credentials::of_user(db, user).await? else {
        return Ok(false);
    };
    let Some(totp) = found
        .totp_secret
        .as_deref()
        .and_then(|encrypted| decrypted(cx, encrypted))
    else {
        return Ok(false);
    };
    match step(&totp, &code, cx.clock.now()) {
        Some(step) => credentials::use_step(db, user, step).await,
        None => credentials::use_recovery_code(db, user, &recovery_digest(&code)).await,
    }
}

fn decrypted(cx: &Context, encrypted: &[u8]) -> Option<Totp> {
    totp(&cx.keys.decrypt(Purpose::SecondStep, encrypted).ok()?)
}

pub(super) fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret.to_vec()).build().ok()
}

/// The time step whose code this is, one to either side included (RFC 6238 §5.2).
pub(super) fn step(totp: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let is_code = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = u64::try_from(now.seconds()).ok().filter(|_| is_code)?;
    i64::try_from(totp.check(code, seconds)?).ok()
}

pub(super) fn recovery_digest(code: &str) -> Digest {
    Secret::given(&code.to_ascii_uppercase()).digest()
}

/// A second factor that its first code has not confirmed yet.
pub struct Enrolment {
    /// The secret in base32, for typing into an app.
    pub secret: String,
    /// The same as an `otpauth://` URL for a QR code.
    pub url: String,
}

/// Starts an enrolment; with `secret`, shows one that was started before.
pub fn enrol(email: &EmailAddress, site: &str, secret: Option<&str>) -> Option<Enrolment> {
    let bytes = match secret {
        Some(secret) => BASE32_NOPAD.decode(secret.as_bytes()).ok()?,
        None => rand::random::<[u8; 20]>().to_vec(),
    };
    let plain = |text: &str| text.replace(':', " ");
    let named = Builder::new()
        .with_secret(bytes.clone())
        .with_account_name(plain(email.as_str()))
        .with_issuer(Some(plain(site)))
        .build()
        .ok()?;
    Some(Enrolment {
        secret: BASE32_NOPAD.encode(&bytes),
        url: named.to_url().ok()?,
    })
}

/// 80 random bits, in four groups that can be read out.
pub(super) fn recovery_code() -> String {
    let text = BASE32_NOPAD.encode(&rand::random::<[u8; 10]>());
    let groups: Vec<&str> = (0..4).map(|at| &text[4 * at..4 * at + 4]).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_specification() {
        let totp = totp(b"12345678901234567890").unwrap();
        let step = |code: &str, at: i64| step(&totp, code, Timestamp::from_millis(at * 1000));
        assert_eq!(step("287082", 59), Some(1));
        assert_eq!(step("081804", 1_111_111_109), Some(37_037_036));
        assert_eq!(step("287082", 59 + 30), Some(1), "a slow reader");
        assert_eq!(step("287082", 59 + 90), None);
        assert_eq!(step("28708", 59), None);
        assert_eq!(step("28708a", 59), None);
    }
}
