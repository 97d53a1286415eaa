//! How much an email may weigh by its files.

use serde::{Deserialize, Serialize};

/// Megabytes (of 2^20 bytes): all files of an email together, as they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct AttachmentLimit(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be at most {}", AttachmentLimit::MOST)]
pub struct TooMuch;

impl AttachmentLimit {
    pub const MOST: u64 = 50;

    /// In megabytes.
    pub fn megabytes(self) -> u64 {
        self.0
    }

    /// In bytes; 0 where no file can be sent.
    pub fn bytes(self) -> u64 {
        self.0 * 1024 * 1024
    }
}

impl Default for AttachmentLimit {
    fn default() -> Self {
        Self(5)
    }
}

impl TryFrom<u64> for AttachmentLimit {
    type Error = TooMuch;

    fn try_from(megabytes: u64) -> Result<Self, TooMuch> {
        if megabytes > Self::MOST {
            return Err(TooMuch);
        }
        Ok(Self(megabytes))
    }
}

impl From<AttachmentLimit> for u64 {
    fn from(limit: AttachmentLimit) -> u64 {
        limit.0
    }
}
