//! Handing a message to a relay by SMTP (RFC 5321), over TLS where the relay
//! has it.
//!
//! The ledger depends on knowing at which step something went wrong, so the
//! steps are taken one by one and [`SendError`] says whether the message can
//! have been taken.

mod channel;
mod connection;
mod handshake;
mod relay;
mod stream;

pub use connection::{Connection, Envelope};
pub use relay::{Auth, Relay, RelayUrlError, Relays, Tls, is_helo_name};

/// A relay's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// The other side's words, an enhanced status code (RFC 3463) among them.
    pub text: String,
}

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

/// One reply at the head of what came from a relay, and how long it is; `None`
/// where it is not whole, or no reply.
pub fn parse_reply(bytes: &[u8]) -> Option<(Reply, usize)> {
    channel::parse(bytes).ok().flatten()
}

/// A step of an SMTP session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// TCP, and TLS where it comes first.
    Connect,
    /// The greeting and EHLO.
    Greeting,
    /// Changing over to TLS.
    StartTls,
    /// Signing in.
    Auth,
    /// `MAIL FROM`.
    Mail,
    /// `RCPT TO`.
    Rcpt,
    /// `DATA`, before the message.
    Data,
    /// The message itself.
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

/// A message did not arrive at the relay, or may not have.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SendError {
    /// The relay refused this message or recipient.
    #[error("{reply} (at {stage})")]
    Refused {
        /// The step that was refused.
        stage: Stage,
        /// The relay's own words.
        reply: Reply,
    },
    /// The relay is out of reach or refuses everything: no message is to blame.
    #[error("the relay cannot be used: {cause} (at {stage})")]
    Relay {
        /// The step that failed.
        stage: Stage,
        /// What the relay or the system said.
        cause: String,
        /// Whether trying again by itself may help (a full or restarting relay),
        /// or a person must act (refused sign-in, a bad certificate).
        is_temporary: bool,
        /// The code of the relay's reply, where it was a reply.
        code: Option<u16>,
    },
    /// The connection broke before the message was under way.
    #[error("the connection was lost: {cause} (at {stage})")]
    NotSent {
        /// The step that failed.
        stage: Stage,
        /// What the system said.
        cause: String,
    },
    /// The connection broke with the message under way: the relay may have
    /// taken it.
    #[error("the relay's answer was lost: {cause}")]
    InDoubt {
        /// What the system said.
        cause: String,
    },
    /// The recipient's address needs SMTPUTF8 (RFC 6531), which the relay lacks.
    #[error("the relay does not support this address (no SMTPUTF8)")]
    NoSmtpUtf8,
}
