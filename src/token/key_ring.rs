//! The keys that sign tokens and encrypt stored secrets.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use data_encoding::{BASE32_DNSSEC, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::payload::{InvalidToken, Token, read_number, write_number};

const MAC_LENGTH: usize = 16;
const ENVELOPE_MAC_LENGTH: usize = 8;
/// Longer than any token we make: what is longer costs no work.
const TEXT_LIMIT: usize = 512;

/// The purpose of an encrypted secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing mail.
    DkimKey,
    /// Making the codes of a second step.
    SecondStep,
    /// Signing webhook requests.
    Webhook,
    /// Saying on the next page what was done.
    Flash,
    /// Answering a repeated request.
    Answer,
    /// Configuring the application.
    Setting,
    /// Asking a certificate authority.
    AcmeAccount,
    /// Speaking HTTPS.
    Certificate,
    /// Sending a form once more after the user has proved who they are.
    Form,
    /// Verifying what a sign-in brings back from the provider.
    ProviderSignIn,
}

impl Purpose {
    fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::DkimKey => b"dkim key",
            Self::SecondStep => b"second step",
            Self::Webhook => b"webhook",
            Self::Flash => b"flash",
            Self::Answer => b"answer",
            Self::Setting => b"setting",
            Self::AcmeAccount => b"acme account",
            Self::Certificate => b"certificate",
            Self::Form => b"form",
            Self::ProviderSignIn => b"provider sign-in",
        }
    }
}

/// A secret key text is too weak to sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No key at all.
    #[error("the secret key is empty")]
    Empty,
    /// Fewer than 32 characters.
    #[error("a secret key must have at least 32 characters")]
    TooShort,
}

/// The keys that sign and check tokens, newest first.
///
/// The first signs; all of them check, so that links in old emails keep working
/// after a new key was added.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: u8,
    tokens: [u8; 32],
    encryption: [u8; 32],
}

impl Key {
    fn derive(secret: &[u8]) -> Self {
        let tokens = mac(secret, &[b"jarshy tokens"]);
        Self {
            id: Sha256::digest(tokens)[0],
            tokens,
            encryption: mac(secret, &[b"jarshy sealing"]),
        }
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length (RFC 2104 §2), so this cannot fail.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn same(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}

impl KeyRing {
    /// Reads one key, or several comma-separated ones, newest first.
    ///
    /// # Errors
    /// [`KeyError`] where a key is missing or short.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for secret in text.split(',').map(str::trim) {
            match secret.len() {
                0 => return Err(KeyError::Empty),
                1..32 => return Err(KeyError::TooShort),
                _ => keys.push(Key::derive(secret.as_bytes())),
            }
        }
        Ok(Self { keys })
    }

    /// A new random key, as text for a configuration file.
    pub fn generate() -> String {
        HEXLOWER.encode(&rand::random::<[u8; 32]>())
    }

    fn newest(&self) -> &Key {
        // `parse` makes no ring without a key.
        &self.keys[0]
    }

    /// The name by which an installation knows itself; says nothing of the key.
    pub fn installation(&self) -> String {
        // The oldest key, so that a new one in front changes nothing.
        let key = &self.keys[self.keys.len() - 1];
        HEXLOWER.encode(&mac(&key.tokens, &[b"jarshy installation"])[..MAC_LENGTH])
    }

    /// Signs `token` for use in a link.
    pub fn sign(&self, token: &Token) -> String {
        let key = self.newest();
        let mut bytes = vec![key.id];
        token.write(&mut bytes);
        let mac = mac(&key.tokens, &[&bytes]);
        bytes.extend_from_slice(&mac[..MAC_LENGTH]);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads a token from a link.
    ///
    /// # Errors
    /// [`InvalidToken`] for what this ring did not sign.
    pub fn open(&self, text: &str) -> Result<Token, InvalidToken> {
        if text.len() > TEXT_LIMIT {
            return Err(InvalidToken);
        }
        let bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| InvalidToken)?;
        let signed = self.checked(&bytes, MAC_LENGTH, &[])?;
        Token::read(&signed[1..]).ok_or(InvalidToken)
    }

    /// The local part of a delivery's envelope sender (VERP): a bounce to it identifies the delivery.
    pub fn sign_envelope(&self, delivery: i64) -> String {
        let key = self.newest();
        let mut bytes = vec![key.id];
        write_number(&mut bytes, delivery);
        let mac = mac(&key.tokens, &[ENVELOPE_PURPOSE, &bytes]);
        bytes.extend_from_slice(&mac[..ENVELOPE_MAC_LENGTH]);
        format!("{ENVELOPE_PREFIX}{}", BASE32_DNSSEC.encode(&bytes))
    }

    /// The delivery of an envelope sender's local part.
    ///
    /// # Errors
    /// [`InvalidToken`] for what [`KeyRing::sign_envelope`] did not make.
    pub fn open_envelope(&self, local_part: &str) -> Result<i64, InvalidToken> {
        self.open_delivery(local_part, ENVELOPE_PREFIX, ENVELOPE_PURPOSE)
    }

    /// The local part of a delivery's Message-ID, which a report on it may quote:
    /// a correct quote proves that the message was seen.
    ///
    /// It is made with the oldest key, so that a resend has the same one after a
    /// new key was added.
    pub fn sign_message_id(&self, delivery: i64) -> String {
        // `parse` makes no ring without a key.
        let key = &self.keys[self.keys.len() - 1];
        let mut bytes = vec![key.id];
        write_number(&mut bytes, delivery);
        let mac = mac(&key.tokens, &[MESSAGE_ID_PURPOSE, &bytes]);
        bytes.extend_from_slice(&mac[..ENVELOPE_MAC_LENGTH]);
        format!("{MESSAGE_ID_PREFIX}{}", BASE32_DNSSEC.encode(&bytes))
    }

    /// The delivery of a Message-ID's local part.
    ///
    /// # Errors
    /// [`InvalidToken`] for what [`KeyRing::sign_message_id`] did not make.
    pub fn open_message_id(&self, local_part: &str) -> Result<i64, InvalidToken> {
        self.open_delivery(local_part, MESSAGE_ID_PREFIX, MESSAGE_ID_PURPOSE)
    }

    /// The delivery in a local part, whatever the case of its letters.
    fn open_delivery(
        &self,
        local_part: &str,
        prefix: &str,
        purpose: &[u8],
    ) -> Result<i64, InvalidToken> {
        if local_part.len() > TEXT_LIMIT {
            return Err(InvalidToken);
        }
        let lower = local_part.to_ascii_lowercase();
        let text = lower.strip_prefix(prefix).ok_or(InvalidToken)?;
        let bytes = BASE32_DNSSEC
            .decode(text.as_bytes())
            .map_err(|_| InvalidToken)?;
        let signed = self.checked(&bytes, ENVELOPE_MAC_LENGTH, purpose)?;
        let mut rest = &signed[1..];
        let delivery = read_number(&mut rest).ok_or(InvalidToken)?;
        if rest.is_empty() {
            Ok(delivery)
        } else {
            Err(InvalidToken)
        }
    }

    fn checked<'a>(
        &self,
        bytes: &'a [u8],
        mac_length: usize,
        context: &[u8],
    ) -> Result<&'a [u8], InvalidToken> {
        let cut = bytes.len().checked_sub(mac_length).ok_or(InvalidToken)?;
        let (signed, given) = bytes.split_at(cut);
        let id = *signed.first().ok_or(InvalidToken)?;
        // Two keys may share an id; either may have signed.
        let ours = self
            .keys
            .iter()
            .filter(|key| key.id == id)
            .any(|key| same(&mac(&key.tokens, &[context, signed])[..mac_length], given));
        if ours { Ok(signed) } else { Err(InvalidToken) }
    }

    /// A keyed digest of a campaign and a subscriber, which sorts the subscriber into the campaign's
    /// A/B test: nobody outside can foresee it, and it is independent of everything that is known
    /// of them.
    ///
    /// It is made with the oldest key, so that it stays the same after a new key was added.
    pub fn ab_digest(&self, campaign: i64, subscriber: i64) -> [u8; 32] {
        // `parse` makes no ring without a key.
        let key = &self.keys[self.keys.len() - 1];
        let (campaign, subscriber) = (campaign.to_be_bytes(), subscriber.to_be_bytes());
        mac(&key.tokens, &[b"a/b test", &campaign, &subscriber])
    }

    /// A keyed digest, to recognise a value without storing it.
    pub fn digest(&self, value: &[u8]) -> [u8; 32] {
        mac(&self.newest().tokens, &[b"digest", value])
    }

    /// The keyed digests of a value by each key, newest first: what was stored before the
    /// keys were rotated is found by one of the others.
    pub fn digests(&self, value: &[u8]) -> impl Iterator<Item = [u8; 32]> {
        let keys = self.keys.iter();
        keys.map(move |key| mac(&key.tokens, &[b"digest", value]))
    }

    /// Encrypts a secret for the database (AES-256-GCM), bound to its purpose: it
    /// cannot be decrypted in another's place.
    pub fn encrypt(&self, purpose: Purpose, secret: &[u8]) -> Vec<u8> {
        self.encrypt_with(purpose.as_bytes(), secret)
    }

    /// As earlier versions encrypted.
    #[cfg(test)]
    pub(crate) fn encrypt_without_purpose(&self, secret: &[u8]) -> Vec<u8> {
        self.encrypt_with(&[], secret)
    }

    fn encrypt_with(&self, purpose: &[u8], secret: &[u8]) -> Vec<u8> {
        let key = self.newest();
        let nonce = rand::random::<[u8; NONCE_LEN]>();
        let mut encrypted = secret.to_vec();
        // Encryption fails only for texts of more than 64 GiB.
        let _ = cipher(key).seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(purpose),
            &mut encrypted,
        );
        [&[key.id], nonce.as_slice(), &encrypted].concat()
    }

    /// Decrypts what [`KeyRing::encrypt`] made under any key of this ring.
    ///
    /// # Errors
    /// [`InvalidToken`] where no key of the ring opens it for this purpose.
    pub fn decrypt(&self, purpose: Purpose, encrypted: &[u8]) -> Result<Vec<u8>, InvalidToken> {
        self.decrypt_with(purpose.as_bytes(), encrypted)
    }

    /// Encrypts again what an earlier version encrypted without a purpose; `None` for
    /// what has one, and for what cannot be decrypted.
    pub fn reencrypt(&self, purpose: Purpose, encrypted: &[u8]) -> Option<Vec<u8>> {
        if self.decrypt(purpose, encrypted).is_ok() {
            return None;
        }
        let secret = self.decrypt_with(&[], encrypted).ok()?;
        Some(self.encrypt(purpose, &secret))
    }

    fn decrypt_with(&self, purpose: &[u8], encrypted: &[u8]) -> Result<Vec<u8>, InvalidToken> {
        let (id, rest) = encrypted.split_first().ok_or(InvalidToken)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(InvalidToken)?;
        for key in self.keys.iter().filter(|key| key.id == *id) {
            let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| InvalidToken)?;
            let mut text = text.to_vec();
            if let Ok(opened) = cipher(key).open_in_place(nonce, Aad::from(purpose), &mut text) {
                return Ok(opened.to_vec());
            }
        }
        Err(InvalidToken)
    }
}

fn cipher(key: &Key) -> LessSafeKey {
    // The key has the 32 bytes that AES-256 requires.
    LessSafeKey::new(
        UnboundKey::new(&AES_256_GCM, &key.encryption).unwrap_or_else(|_| unreachable!()),
    )
}

const ENVELOPE_PREFIX: &str = "b-";
/// Separates the MAC of an envelope sender from that of a link.
const ENVELOPE_PURPOSE: &[u8] = b"envelope";
const MESSAGE_ID_PREFIX: &str = "m-";
/// Separates the MAC of a Message-ID from that of an envelope sender: mail clients
/// quote Message-IDs in replies to whole lists, and envelope senders nowhere.
const MESSAGE_ID_PURPOSE: &[u8] = b"message-id";

#[cfg(test)]
mod tests;
