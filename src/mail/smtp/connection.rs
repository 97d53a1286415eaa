//! One connection to a relay, kept open for message after message.
//!
//! A message takes three steps: its [envelope](Connection::send_envelope) by MAIL, RCPT and
//! DATA, its [body](Connection::write_body), and the dot that [ends](Connection::end_data) it.
//! The relay accepts it only with the dot (RFC 5321 §4.1.1.4); a connection that closes before
//! leaves nothing behind. Where the relay offers PIPELINING, the three commands are sent in one
//! write, and the envelope of the next message may be sent in the same write as the dot (RFC
//! 2920 §3.1).

use std::time::Duration;

use super::channel::{Channel, ConnectionError, NO_REPLY};
use super::dot_stuffing::{needs_stuffing, stuff};
use super::handshake::{self, Features};
use super::{Reply, SendError, Stage};
use crate::address::EmailAddress;
use crate::relay::Relay;

/// A relay may scan a message before it replies (RFC 5321 §4.5.3.2.6): the reply may take this
/// many times as long as that to a command.
const MESSAGE_TIMEOUT_FACTOR: u32 = 10;
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// The sender and the recipient of a message (RFC 5321 §2.3.1).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Where bounces go.
    pub mail_from: String,
    /// The recipient.
    pub rcpt_to: EmailAddress,
}

/// The state of the mail transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    None,
    /// The envelope was sent with the end of the message before; its replies are not read yet.
    Pipelined,
    /// The relay has replied 354 to DATA.
    Open,
    /// The body was written without the dot that ends it.
    BodyResult,
}

/// An open session with a relay.
pub struct Connection {
    channel: Channel,
    features: Features,
    outgoing: Vec<u8>,
    transaction: Transaction,
    is_broken: bool,
    awaits_final_reply: bool,
    broke_pipelining: bool,
    envelopes: u32,
}

impl Connection {
    /// Opens a session: TCP, TLS as the relay URL asks, authentication.
    ///
    /// # Errors
    /// [`SendError::Relay`] with the stage that failed.
    pub async fn open(relay: &Relay) -> Result<Self, SendError> {
        let (channel, features) = handshake::open(relay).await?;
        Ok(Self {
            channel,
            features,
            outgoing: Vec::new(),
            transaction: Transaction::None,
            is_broken: false,
            awaits_final_reply: false,
            broke_pipelining: false,
            envelopes: 0,
        })
    }

    /// Whether another message may be sent.
    pub fn is_usable(&self) -> bool {
        !self.is_broken
    }

    /// Whether a message was ended whose reply has not been read.
    pub fn awaits_final_reply(&self) -> bool {
        self.awaits_final_reply
    }

    /// How many envelopes were sent.
    pub fn envelopes(&self) -> u32 {
        self.envelopes
    }

    /// Whether a transaction is open.
    pub fn has_open_transaction(&self) -> bool {
        self.transaction != Transaction::None
    }

    /// Whether the relay offers PIPELINING.
    pub fn may_pipeline(&self) -> bool {
        self.features.pipelining
    }

    /// Whether the relay supports this address (RFC 6531).
    pub fn accepts_recipient(&self, envelope: &Envelope) -> bool {
        self.features.smtp_utf8 || !envelope.rcpt_to.needs_smtputf8()
    }

    /// Whether the relay rejected or ignored a pipelined envelope: it violates RFC 2920.
    pub fn has_broken_pipelining(&self) -> bool {
        self.broke_pipelining
    }

    /// Sends an envelope and reads its replies; where it was pipelined with the message before,
    /// only reads them.
    ///
    /// # Errors
    /// [`SendError`]; the relay has accepted nothing.
    pub async fn send_envelope(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        let result = match self.transaction {
            Transaction::Pipelined => {
                let result = self.read_envelope_replies(Ok(())).await;
                self.broke_pipelining = result.as_ref().is_err_and(is_pipelining_failure);
                result
            }
            _ if !self.accepts_recipient(envelope) => return Err(SendError::NoSmtpUtf8),
            _ => {
                self.outgoing.clear();
                self.envelopes += 1;
                let commands = self.commands(envelope);
                if self.features.pipelining {
                    for (_, line) in &commands {
                        self.outgoing.extend_from_slice(line.as_bytes());
                    }
                    let timeout = self.channel.timeout;
                    let sent_commands = self.channel.write(&self.outgoing, timeout).await;
                    self.read_envelope_replies(sent_commands).await
                } else {
                    self.send_commands_in_turn(&commands).await
                }
            }
        };
        self.transaction = match result {
            Ok(()) => Transaction::Open,
            Err(_) => Transaction::None,
        };
        result
    }

    fn commands(&self, envelope: &Envelope) -> [(Stage, String); 3] {
        let utf8 = if envelope.rcpt_to.needs_smtputf8() {
            " SMTPUTF8"
        } else {
            ""
        };
        let body = if self.features.eight_bit_mime {
            " BODY=8BITMIME"
        } else {
            ""
        };
        [
            (
                Stage::Mail,
                format!("MAIL FROM:<{}>{body}{utf8}\r\n", envelope.mail_from),
            ),
            (Stage::Rcpt, format!("RCPT TO:<{}>\r\n", envelope.rcpt_to)),
            (Stage::Data, "DATA\r\n".to_owned()),
        ]
    }

    async fn send_commands_in_turn(
        &mut self,
        commands: &[(Stage, String)],
    ) -> Result<(), SendError> {
        for (stage, line) in commands {
            let answer = self.channel.command(line).await;
            let reply = self.before_message(*stage, answer)?;
            if !is_positive(*stage, &reply) {
                self.reset().await;
                return Err(self.rejected(*stage, reply));
            }
        }
        Ok(())
    }

    /// RFC 2920 §3.1: every reply must be read, whatever the first ones say.
    async fn read_envelope_replies(
        &mut self,
        sent_commands: Result<(), ConnectionError>,
    ) -> Result<(), SendError> {
        let mut rejection = None;
        for stage in [Stage::Mail, Stage::Rcpt, Stage::Data] {
            let answer = match &sent_commands {
                Ok(()) => self.channel.read_reply(self.channel.timeout).await,
                Err(lost) => Err(lost.clone()),
            };
            let reply = match self.before_message(stage, answer) {
                Ok(reply) => reply,
                // A relay may close the connection right after a rejection.
                Err(lost) => return Err(rejection.unwrap_or(lost)),
            };
            let is_positive = is_positive(stage, &reply);
            if stage == Stage::Data && is_positive && rejection.is_some() {
                // It expects a message that must not be sent. An empty one could be taken for a
                // message: close the connection instead.
                self.is_broken = true;
            }
            if !is_positive && rejection.is_none() {
                rejection = Some(self.rejected(stage, reply));
            }
        }
        match rejection {
            None => Ok(()),
            Some(rejection) => {
                self.reset().await;
                Err(rejection)
            }
        }
    }

    /// Writes the message without the dot that ends it: the relay cannot accept it yet.
    ///
    /// # Errors
    /// [`SendError`]; the relay has accepted nothing.
    pub async fn write_body(&mut self, message: &[u8]) -> Result<(), SendError> {
        self.transaction = Transaction::BodyResult;
        let timeout = self.channel.timeout * MESSAGE_TIMEOUT_FACTOR;
        let written = if needs_stuffing(message) {
            self.outgoing.clear();
            stuff(message, &mut self.outgoing);
            self.channel.write(&self.outgoing, timeout).await
        } else {
            self.channel.write(message, timeout).await
        };
        let Err(ConnectionError(cause)) = written else {
            return Ok(());
        };
        // A relay that rejects a message early may reply and close the connection: the reply
        // says more than the broken pipe.
        self.is_broken = true;
        self.transaction = Transaction::None;
        Err(match self.channel.read_reply(QUIT_TIMEOUT).await {
            Ok(reply) => self.early_reply_error(reply),
            Err(_) => lost_before_end(cause),
        })
    }

    /// Ends the message, and sends the envelope of the next with it if there is one; the relay
    /// must support PIPELINING and its address.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have accepted the message.
    pub async fn end_data(&mut self, next: Option<&Envelope>) -> Result<Reply, SendError> {
        self.transaction = Transaction::None;
        // A relay that has closed the connection, or replied 421, does not have the message:
        // better to know before the dot than after it.
        if let Some(result) = self.channel.poll_unsolicited() {
            self.is_broken = true;
            return Err(match result {
                Ok(reply) => self.early_reply_error(reply),
                Err(ConnectionError(cause)) => lost_before_end(cause),
            });
        }
        self.outgoing.clear();
        self.outgoing.extend_from_slice(b".\r\n");
        if let Some(next) = next {
            for (_, line) in self.commands(next) {
                self.outgoing.extend_from_slice(line.as_bytes());
            }
            self.envelopes += 1;
        }
        self.awaits_final_reply = true;
        let timeout = self.channel.timeout * MESSAGE_TIMEOUT_FACTOR;
        let sent_commands = self.channel.write(&self.outgoing, timeout).await;
        let answer = match sent_commands {
            Ok(()) => self.channel.read_reply(timeout).await,
            Err(lost) => match self.channel.read_reply(QUIT_TIMEOUT).await {
                Ok(reply) => {
                    self.is_broken = true;
                    Ok(reply)
                }
                Err(_) => Err(lost),
            },
        };
        self.awaits_final_reply = false;
        let sent = match answer {
            Ok(reply) if is_success(&reply) => Ok(reply),
            Ok(reply) if reply.code >= 400 => Err(self.rejected(Stage::Message, reply)),
            Ok(reply) => {
                self.is_broken = true;
                Err(SendError::InDoubt {
                    cause: format!("an answer that means nothing: {reply}"),
                })
            }
            Err(ConnectionError(cause)) => {
                self.is_broken = true;
                Err(SendError::InDoubt { cause })
            }
        };
        if next.is_some() && !self.is_broken {
            self.transaction = Transaction::Pipelined;
        }
        sent
    }

    /// The error for a reply before the end of a message: a rejection of the message, except
    /// for 421, which closes the connection.
    fn early_reply_error(&mut self, reply: Reply) -> SendError {
        match reply.code {
            421 | ..400 => lost_before_end(reply.to_string()),
            _ => self.rejected(Stage::Message, reply),
        }
    }

    /// Aborts an open transaction: there is no command for it after 354, so the connection must
    /// be closed.
    pub fn abort(&mut self) {
        self.is_broken |= self.has_open_transaction();
    }

    /// Before the message has ended, a lost reply means that it was not sent.
    fn before_message(
        &mut self,
        stage: Stage,
        answer: Result<Reply, ConnectionError>,
    ) -> Result<Reply, SendError> {
        answer.map_err(|ConnectionError(cause)| {
            self.is_broken = true;
            SendError::NotSent { stage, cause }
        })
    }

    fn rejected(&mut self, stage: Stage, reply: Reply) -> SendError {
        // 421: the relay closes the connection (RFC 5321 §3.8).
        self.is_broken |= reply.code == 421;
        match reply.code {
            400.. => SendError::Rejected { stage, reply },
            _ => {
                self.is_broken = true;
                SendError::NotSent {
                    stage,
                    cause: format!("an answer that means nothing: {reply}"),
                }
            }
        }
    }

    /// Resets the session after a rejection.
    async fn reset(&mut self) {
        if !self.is_broken {
            let answer = self.channel.command("RSET\r\n").await;
            self.is_broken = !answer.is_ok_and(|reply| is_success(&reply));
        }
    }

    pub async fn quit(mut self) {
        self.abort();
        if !self.is_broken && self.channel.write(b"QUIT\r\n", QUIT_TIMEOUT).await.is_ok() {
            let _ = self.channel.read_reply(QUIT_TIMEOUT).await;
        }
    }
}

/// The connection was lost before the message had ended.
fn lost_before_end(cause: String) -> SendError {
    SendError::NotSent {
        stage: Stage::Data,
        cause,
    }
}

fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.code)
}

/// Whether a pipelined envelope failed in a way that suggests broken pipelining. 421 does not:
/// any relay may close a connection.
fn is_pipelining_failure(error: &SendError) -> bool {
    match error {
        SendError::NotSent { cause, .. } => cause == NO_REPLY,
        SendError::Rejected {
            stage: Stage::Mail,
            reply,
        } => reply.code != 421,
        _ => false,
    }
}

fn is_positive(stage: Stage, reply: &Reply) -> bool {
    match stage {
        Stage::Data => reply.code == 354,
        _ => is_success(reply),
    }
}
