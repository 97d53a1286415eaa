//! Secrets of sessions, sign-in links and API tokens. Their holder sees them once;
//! the database stores digests.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::store::accounts::Digest;

/// A secret that its holder sees once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub(super) fn generate(prefix: &str) -> Self {
        Self(format!(
            "{prefix}{}",
            BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
        ))
    }

    /// The secret as its holder presents it.
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret, to be shown to its holder.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn digest(&self) -> Digest {
        // A plain hash is enough for 256 random bits.
        Sha256::digest(self.0.as_bytes()).into()
    }
}
