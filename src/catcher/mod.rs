//! The mail catcher: a real SMTP listener that stores what it receives, so that a demo or a
//! test sees the very bytes that a relay would.
//!
//! Owns its listener and its mailbox of files. It never relays, and knows nothing of the rest
//! of Jarshy. The way in is [`listener::Listener`]; the messages are read through
//! [`mailbox::Mailbox`].

pub mod listener;
pub mod mailbox;
pub mod view;
