//! An email as it arrives, however it came.

use crate::model::feedback::Source;

/// An email that a listener, a mailbox or a command hands over.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The way in.
    pub source: Source,
    /// The envelope's recipient, where the way in knows it. Its sender stands
    /// in `Return-Path`, as RFC 5321 §4.4 asks of whoever makes final delivery.
    pub mail_to: Option<&'a str>,
    /// The mail as received.
    pub bytes: &'a [u8],
}
