//! One connection to a relay, kept open for message after message.
//!
//! A message takes three steps: it is [announced](Connection::send_envelope) by
//! MAIL, RCPT and DATA, its octets are [poured](Connection::write_body), and the dot
//! [ends](Connection::end_data) it. Only with the dot does the relay take it (RFC
//! 5321 §4.1.1.4); a connection that closes before leaves nothing behind. Where
//! the relay offers PIPELINING, the three commands go out in one write, and the
//! next message may be announced in the same write as the dot of the one before
//! (RFC 2920 §3.1).

use std::time::Duration;

use memchr::memmem;

use super::channel::{Channel, ConnectionError, NO_REPLY};
use super::handshake::{self, Features};
use super::{Relay, Reply, SendError, Stage};
use crate::address::EmailAddress;

/// A relay may be scanning a message before it answers (RFC 5321 §4.5.3.2.6):
/// so many times as long as for a command it may take.
const MESSAGE_TIMEOUT_FACTOR: u32 = 10;
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// Who sends to whom, for the relay's eyes (RFC 5321 §2.3.1).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Where bounces go.
    pub mail_from: String,
    /// The recipient.
    pub rcpt_to: EmailAddress,
}

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    /// None is announced.
    None,
    /// Announced in the same write as the message before; the answers are still
    /// to be heard.
    Pipelined,
    /// The relay waits for the message.
    Open,
    /// The relay has the message but for the dot that ends it.
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
    /// Opens a session: TCP, TLS as the endpoint asks, sign-in.
    ///
    /// # Errors
    /// [`SendError::Relay`] with the step that failed.
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

    /// Whether the relay may have got a message that it has not answered.
    pub fn awaits_final_reply(&self) -> bool {
        self.awaits_final_reply
    }

    /// How many messages it has announced.
    pub fn envelopes(&self) -> u32 {
        self.envelopes
    }

    /// Whether an announcement waits for its answers, or for its message.
    pub fn has_open_transaction(&self) -> bool {
        self.transaction != Transaction::None
    }

    /// Whether messages may be announced together with the message before.
    pub fn may_pipeline(&self) -> bool {
        self.features.pipelining
    }

    /// Whether the relay can carry mail to this recipient (RFC 6531).
    pub fn accepts_recipient(&self, envelope: &Envelope) -> bool {
        self.features.smtp_utf8 || !envelope.rcpt_to.needs_smtputf8()
    }

    /// Whether the relay refused or never answered an announcement that came
    /// with the message before: it does not keep to RFC 2920.
    pub fn has_broken_pipelining(&self) -> bool {
        self.broke_pipelining
    }

    /// Announces a message and waits until the relay is ready for it. Where it
    /// was announced together with the message before, only waits.
    ///
    /// # Errors
    /// [`SendError`]; the relay has taken nothing.
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
                match self.features.pipelining {
                    true => {
                        for (_, line) in &commands {
                            self.outgoing.extend_from_slice(line.as_bytes());
                        }
                        let timeout = self.channel.timeout;
                        let sent_commands = self.channel.write(&self.outgoing, timeout).await;
                        self.read_envelope_replies(sent_commands).await
                    }
                    false => self.send_commands_in_turn(&commands).await,
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
        let utf8 = match envelope.rcpt_to.needs_smtputf8() {
            true => " SMTPUTF8",
            false => "",
        };
        let body = match self.features.eight_bit_mime {
            true => " BODY=8BITMIME",
            false => "",
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
                return Err(self.refused(*stage, reply));
            }
        }
        Ok(())
    }

    /// RFC 2920 §3.1: every answer must be read, whatever the first ones say.
    async fn read_envelope_replies(
        &mut self,
        sent_commands: Result<(), ConnectionError>,
    ) -> Result<(), SendError> {
        let mut refusal = None;
        for stage in [Stage::Mail, Stage::Rcpt, Stage::Data] {
            let answer = match &sent_commands {
                Ok(()) => self.channel.read_reply(self.channel.timeout).await,
                Err(lost) => Err(lost.clone()),
            };
            let reply = match self.before_message(stage, answer) {
                Ok(reply) => reply,
                // A relay may hang up right after it has refused.
                Err(lost) => return Err(refusal.unwrap_or(lost)),
            };
            let is_positive = is_positive(stage, &reply);
            if stage == Stage::Data && is_positive && refusal.is_some() {
                // It waits for a message that must not be sent. An empty one
                // could be taken for a message: hang up instead.
                self.is_broken = true;
            }
            if !is_positive && refusal.is_none() {
                refusal = Some(self.refused(stage, reply));
            }
        }
        match refusal {
            None => Ok(()),
            Some(refusal) => {
                self.reset().await;
                Err(refusal)
            }
        }
    }

    /// Hands over the announced message without the dot that ends it: the relay
    /// cannot take it yet.
    ///
    /// # Errors
    /// [`SendError`]; the relay has taken nothing.
    pub async fn write_body(&mut self, message: &[u8]) -> Result<(), SendError> {
        self.transaction = Transaction::BodyResult;
        let timeout = self.channel.timeout * MESSAGE_TIMEOUT_FACTOR;
        let written = match needs_stuffing(message) {
            false => self.channel.write(message, timeout).await,
            true => {
                self.outgoing.clear();
                stuff(message, &mut self.outgoing);
                self.channel.write(&self.outgoing, timeout).await
            }
        };
        let Err(ConnectionError(cause)) = written else {
            return Ok(());
        };
        // A relay that refuses a message in its midst may say so and hang up:
        // its words are worth more than the broken pipe.
        self.is_broken = true;
        self.transaction = Transaction::None;
        Err(match self.channel.read_reply(QUIT_TIMEOUT).await {
            Ok(reply) => self.early_reply_error(reply),
            Err(_) => lost_before_end(cause),
        })
    }

    /// Ends the message that was poured, and announces the next with it, where
    /// there is one; the relay must allow it and be able to carry it.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken it.
    pub async fn end_data(&mut self, next: Option<&Envelope>) -> Result<Reply, SendError> {
        self.transaction = Transaction::None;
        // A relay that has hung up, or says goodbye, while it was kept waiting
        // has not got the message: better known before than after.
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
            Ok(reply) if reply.code >= 400 => Err(self.refused(Stage::Message, reply)),
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

    /// What a relay says before a message has ended: a refusal is one of the
    /// message, save for 421, which is goodbye to all of them.
    fn early_reply_error(&mut self, reply: Reply) -> SendError {
        match reply.code {
            421 | ..400 => lost_before_end(reply.to_string()),
            _ => self.refused(Stage::Message, reply),
        }
    }

    /// Takes back what was announced: there is no command for it once the relay
    /// waits for the message, so that the connection must end.
    pub fn abort(&mut self) {
        self.is_broken |= self.has_open_transaction();
    }

    /// An answer before the message is under way.
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

    fn refused(&mut self, stage: Stage, reply: Reply) -> SendError {
        // 421 announces that the relay hangs up (RFC 5321 §3.8).
        self.is_broken |= reply.code == 421;
        match reply.code {
            400.. => SendError::Refused { stage, reply },
            _ => {
                self.is_broken = true;
                SendError::NotSent {
                    stage,
                    cause: format!("an answer that means nothing: {reply}"),
                }
            }
        }
    }

    /// Brings the session back to its start after a refusal.
    async fn reset(&mut self) {
        if !self.is_broken {
            let answer = self.channel.command("RSET\r\n").await;
            self.is_broken = !answer.is_ok_and(|reply| is_success(&reply));
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        self.abort();
        if !self.is_broken && self.channel.write(b"QUIT\r\n", QUIT_TIMEOUT).await.is_ok() {
            let _ = self.channel.read_reply(QUIT_TIMEOUT).await;
        }
    }
}

/// A message was lost on its way before it ended.
fn lost_before_end(cause: String) -> SendError {
    SendError::NotSent {
        stage: Stage::Data,
        cause,
    }
}

fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.code)
}

/// Whether an announcement that came with the message before failed in a way
/// that it might not have failed by itself. 421 is no such way: any relay may
/// have enough of a connection.
fn is_pipelining_failure(error: &SendError) -> bool {
    match error {
        SendError::NotSent { cause, .. } => cause == NO_REPLY,
        SendError::Refused {
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

/// Whether a message must be changed on its way to be what DATA wants.
fn needs_stuffing(message: &[u8]) -> bool {
    !message.ends_with(b"\r\n")
        || message.starts_with(b".")
        || memmem::find(message, b"\n.").is_some()
}

/// Writes a message as DATA wants it: dots at the start of a line doubled, and
/// its last line ended (RFC 5321 §4.5.2).
fn stuff(message: &[u8], out: &mut Vec<u8>) {
    out.reserve(message.len() + 64);
    if message.starts_with(b".") {
        out.push(b'.');
    }
    let mut from = 0;
    for at in memmem::find_iter(message, b"\n.") {
        out.extend_from_slice(&message[from..=at]);
        out.push(b'.');
        from = at + 1;
    }
    out.extend_from_slice(&message[from..]);
    if !message.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuffed(message: &str) -> String {
        let mut out = Vec::new();
        stuff(message.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn dots_at_the_start_of_a_line_are_doubled() {
        assert_eq!(
            stuffed("a\r\n.b\r\n..\r\nc.\r\n"),
            "a\r\n..b\r\n...\r\nc.\r\n"
        );
        assert_eq!(stuffed("."), "..\r\n");
        assert_eq!(stuffed(""), "\r\n");
        assert_eq!(stuffed("a"), "a\r\n");
    }

    proptest::proptest! {
        #[test]
        fn what_needs_no_stuffing_stays_as_it_is(message in "[.a\r\n]{0,12}") {
            let changes = stuffed(&message) != message;
            proptest::prop_assert_eq!(needs_stuffing(message.as_bytes()), changes);
        }
    }
}
