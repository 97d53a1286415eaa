//! An inbound email, however it arrived.

use crate::model::feedback::Source;

/// An email from a listener, a mailbox or a command.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// How it arrived.
    pub source: Source,
    /// The envelope recipient, if known. The envelope sender is in `Return-Path` (RFC 5321
    /// §4.4).
    pub mail_to: Option<&'a str>,
    /// As received.
    pub bytes: &'a [u8],
}
