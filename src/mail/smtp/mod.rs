//! An SMTP client (RFC 5321) for sending over a relay, with TLS where the relay has it.
//!
//! The ledger must know at which stage a transaction failed, so the stages are separate and
//! [`SendError`] says whether the relay may have accepted the message.

mod channel;
mod connection;
mod dot_stuffing;
mod handshake;
mod stream;

pub use connection::{Connection, Envelope};

/// A reply of the relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// The text, with the enhanced status code (RFC 3463) if there is one.
    pub text: String,
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

/// Parses the reply at the start of `bytes` and returns its length; `None` where it is
/// incomplete or invalid.
pub fn parse_reply(bytes: &[u8]) -> Option<(Reply, usize)> {
    channel::parse(bytes).ok().flatten()
}

/// A stage of an SMTP session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// TCP, and implicit TLS.
    Connect,
    /// The greeting and EHLO.
    Greeting,
    /// The `STARTTLS` command and the TLS handshake.
    StartTls,
    /// The `AUTH` command.
    Auth,
    Mail,
    Rcpt,
    /// `DATA`, before the message.
    Data,
    /// The message and the dot that ends it.
    Message,
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Stage::Connect => "connecting",
            Stage::Greeting => "the greeting",
            Stage::StartTls => "STARTTLS",
            Stage::Auth => "AUTH",
            Stage::Mail => "MAIL FROM",
            Stage::Rcpt => "RCPT TO",
            Stage::Data => "DATA",
            Stage::Message => "the message",
        })
    }
}

/// A message was not accepted by the relay, or may not have been.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SendError {
    /// The relay rejected this message or recipient.
    #[error("{reply} (at {stage})")]
    Rejected { stage: Stage, reply: Reply },
    /// The relay cannot be reached or rejects everything: the message is not to blame.
    #[error("the relay cannot be used: {cause} (at {stage})")]
    Relay {
        stage: Stage,
        cause: String,
        /// Whether a retry may help (a full or restarting relay), or an operator must act
        /// (rejected credentials, a bad certificate).
        is_temporary: bool,
        /// The reply code, if there was a reply.
        code: Option<u16>,
    },
    /// The connection broke before the message had ended.
    #[error("the connection was lost: {cause} (at {stage})")]
    NotSent { stage: Stage, cause: String },
    /// The connection broke after the message had ended: the relay may have accepted it.
    #[error("the relay's answer was lost: {cause}")]
    InDoubt { cause: String },
    /// The recipient's address needs SMTPUTF8 (RFC 6531), which the relay lacks.
    #[error("the relay does not support this address (no SMTPUTF8)")]
    NoSmtpUtf8,
}
