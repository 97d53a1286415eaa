//! Signed tokens for links: short values that prove that this installation made
//! them, and need no row in the database.
//!
//! A token is `key id (1 byte) ‖ purpose (1) ‖ payload ‖ MAC (16)`, where the
//! MAC is HMAC-SHA-256 (RFC 2104) over the bytes before it, truncated to 128 bits,
//! which RFC 2104 §5 allows. Links carry it in base64url, envelope senders in
//! base32, since relays may change the case of a local part.

mod key_ring;
mod payload;

pub use key_ring::{KeyError, KeyRing, Purpose};
pub use payload::{InvalidToken, Token};
