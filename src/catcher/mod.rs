//! The mail catcher: a real SMTP listener that keeps what it gets, so that a
//! demo or a test sees the very octets that a relay would.
//!
//! Owns its listener and its mailbox of files. Never relays, and knows nothing
//! of the rest of Jarshy. The way in is [`listener::Listener`]; what was caught
//! is read through [`mailbox::Mailbox`].

pub mod listener;
pub mod mailbox;
pub mod view;
