//! One connection to a relay, kept open for message after message.
//!
//! A message takes three steps: it is [announced](Connection::announce) by
//! MAIL, RCPT and DATA, its octets are [poured](Connection::pour), and the dot
//! [ends](Connection::finish) it. Only with the dot does the relay take it (RFC
//! 5321 §4.1.1.4); a connection that closes before leaves nothing behind. Where
//! the relay offers PIPELINING, the three commands go out in one write, and the
//! next message may be announced in the same write as the dot of the one before
//! (RFC 2920 §3.1).

use std::time::Duration;

use memchr::memmem;

use super::dialogue::{Dialogue, Lost, SILENCE};
use super::opening::{self, Features};
use super::{Endpoint, Reply, SendError, Stage};
use crate::address::EmailAddress;

/// A relay may be scanning a message before it answers (RFC 5321 §4.5.3.2.6):
/// so many times as long as for a command it may take.
const MESSAGE_PATIENCE: u32 = 10;
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
    Ahead,
    /// The relay waits for the message.
    Open,
    /// The relay has the message but for the dot that ends it.
    Poured,
}

/// An open session with a relay.
pub struct Connection {
    dialogue: Dialogue,
    features: Features,
    outgoing: Vec<u8>,
    transaction: Transaction,
    is_broken: bool,
    has_message_under_way: bool,
    lost_announcement: bool,
    announced: u32,
}

impl Connection {
    /// Opens a session: TCP, TLS as the endpoint asks, sign-in.
    ///
    /// # Errors
    /// [`SendError::Relay`] with the step that failed.
    pub async fn open(endpoint: &Endpoint) -> Result<Self, SendError> {
        let (dialogue, features) = opening::open(endpoint).await?;
        Ok(Self {
            dialogue,
            features,
            outgoing: Vec::new(),
            transaction: Transaction::None,
            is_broken: false,
            has_message_under_way: false,
            lost_announcement: false,
            announced: 0,
        })
    }

    /// Whether another message may be sent.
    pub fn is_usable(&self) -> bool {
        !self.is_broken
    }

    /// Whether the relay may have got a message that it has not answered.
    pub fn has_message_under_way(&self) -> bool {
        self.has_message_under_way
    }

    /// How many messages it has announced.
    pub fn announced(&self) -> u32 {
        self.announced
    }

    /// Whether an announcement waits for its answers, or for its message.
    pub fn has_announcement(&self) -> bool {
        self.transaction != Transaction::None
    }

    /// Whether messages may be announced together with the message before.
    pub fn may_announce_ahead(&self) -> bool {
        self.features.pipelining
    }

    /// Whether the relay can carry mail to this recipient (RFC 6531).
    pub fn can_carry(&self, envelope: &Envelope) -> bool {
        self.features.smtp_utf8 || !envelope.rcpt_to.needs_smtputf8()
    }

    /// Whether the relay refused or never answered an announcement that came
    /// with the message before: it does not keep to RFC 2920.
    pub fn has_lost_announcement(&self) -> bool {
        self.lost_announcement
    }

    /// Announces a message and waits until the relay is ready for it. Where it
    /// was announced together with the message before, only waits.
    ///
    /// # Errors
    /// [`SendError`]; the relay has taken nothing.
    pub async fn announce(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        let heard = match self.transaction {
            Transaction::Ahead => {
                let heard = self.hear_announcement(Ok(())).await;
                self.lost_announcement = heard.as_ref().is_err_and(is_out_of_step);
                heard
            }
            _ if !self.can_carry(envelope) => return Err(SendError::NoSmtpUtf8),
            _ => {
                self.outgoing.clear();
                self.announced += 1;
                let commands = self.commands(envelope);
                match self.features.pipelining {
                    true => {
                        for (_, line) in &commands {
                            self.outgoing.extend_from_slice(line.as_bytes());
                        }
                        let timeout = self.dialogue.timeout;
                        let said = self.dialogue.say(&self.outgoing, timeout).await;
                        self.hear_announcement(said).await
                    }
                    false => self.announce_in_turn(&commands).await,
                }
            }
        };
        self.transaction = match heard {
            Ok(()) => Transaction::Open,
            Err(_) => Transaction::None,
        };
        heard
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

    async fn announce_in_turn(&mut self, commands: &[(Stage, String)]) -> Result<(), SendError> {
        for (stage, line) in commands {
            let answer = self.dialogue.ask(line).await;
            let reply = self.kept(*stage, answer)?;
            if !goes_on(*stage, &reply) {
                self.reset().await;
                return Err(self.refused(*stage, reply));
            }
        }
        Ok(())
    }

    /// RFC 2920 §3.1: every answer must be read, whatever the first ones say.
    async fn hear_announcement(&mut self, said: Result<(), Lost>) -> Result<(), SendError> {
        let mut refusal = None;
        for stage in [Stage::Mail, Stage::Rcpt, Stage::Data] {
            let answer = match &said {
                Ok(()) => self.dialogue.hear(self.dialogue.timeout).await,
                Err(lost) => Err(lost.clone()),
            };
            let reply = match self.kept(stage, answer) {
                Ok(reply) => reply,
                // A relay may hang up right after it has refused.
                Err(lost) => return Err(refusal.unwrap_or(lost)),
            };
            let goes_on = goes_on(stage, &reply);
            if stage == Stage::Data && goes_on && refusal.is_some() {
                // It waits for a message that must not be sent. An empty one
                // could be taken for a message: hang up instead.
                self.is_broken = true;
            }
            if !goes_on && refusal.is_none() {
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
    pub async fn pour(&mut self, message: &[u8]) -> Result<(), SendError> {
        self.transaction = Transaction::Poured;
        let timeout = self.dialogue.timeout * MESSAGE_PATIENCE;
        let poured = match needs_stuffing(message) {
            false => self.dialogue.say(message, timeout).await,
            true => {
                self.outgoing.clear();
                stuff(message, &mut self.outgoing);
                self.dialogue.say(&self.outgoing, timeout).await
            }
        };
        let Err(Lost(cause)) = poured else {
            return Ok(());
        };
        // A relay that refuses a message in its midst may say so and hang up:
        // its words are worth more than the broken pipe.
        self.is_broken = true;
        self.transaction = Transaction::None;
        Err(match self.dialogue.hear(QUIT_TIMEOUT).await {
            Ok(reply) => self.cut_short(reply),
            Err(_) => not_taken(cause),
        })
    }

    /// Ends the message that was poured, and announces the next with it, where
    /// there is one; the relay must allow it and be able to carry it.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken it.
    pub async fn finish(&mut self, next: Option<&Envelope>) -> Result<Reply, SendError> {
        self.transaction = Transaction::None;
        // A relay that has hung up, or says goodbye, while it was kept waiting
        // has not got the message: better known before than after.
        if let Some(heard) = self.dialogue.overheard() {
            self.is_broken = true;
            return Err(match heard {
                Ok(reply) => self.cut_short(reply),
                Err(Lost(cause)) => not_taken(cause),
            });
        }
        self.outgoing.clear();
        self.outgoing.extend_from_slice(b".\r\n");
        if let Some(next) = next {
            for (_, line) in self.commands(next) {
                self.outgoing.extend_from_slice(line.as_bytes());
            }
            self.announced += 1;
        }
        self.has_message_under_way = true;
        let timeout = self.dialogue.timeout * MESSAGE_PATIENCE;
        let said = self.dialogue.say(&self.outgoing, timeout).await;
        let answer = match said {
            Ok(()) => self.dialogue.hear(timeout).await,
            Err(lost) => match self.dialogue.hear(QUIT_TIMEOUT).await {
                Ok(reply) => {
                    self.is_broken = true;
                    Ok(reply)
                }
                Err(_) => Err(lost),
            },
        };
        self.has_message_under_way = false;
        let sent = match answer {
            Ok(reply) if is_success(&reply) => Ok(reply),
            Ok(reply) if reply.code >= 400 => Err(self.refused(Stage::Message, reply)),
            Ok(reply) => {
                self.is_broken = true;
                Err(SendError::InDoubt {
                    cause: format!("an answer that means nothing: {reply}"),
                })
            }
            Err(Lost(cause)) => {
                self.is_broken = true;
                Err(SendError::InDoubt { cause })
            }
        };
        if next.is_some() && !self.is_broken {
            self.transaction = Transaction::Ahead;
        }
        sent
    }

    /// What a relay says before a message has ended: a refusal is one of the
    /// message, save for 421, which is goodbye to all of them.
    fn cut_short(&mut self, reply: Reply) -> SendError {
        match reply.code {
            421 | ..400 => not_taken(reply.to_string()),
            _ => self.refused(Stage::Message, reply),
        }
    }

    /// Takes back what was announced: there is no command for it once the relay
    /// waits for the message, so that the connection must end.
    pub fn withdraw(&mut self) {
        self.is_broken |= self.has_announcement();
    }

    /// An answer before the message is under way.
    fn kept(&mut self, stage: Stage, answer: Result<Reply, Lost>) -> Result<Reply, SendError> {
        answer.map_err(|Lost(cause)| {
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
            let answer = self.dialogue.ask("RSET\r\n").await;
            self.is_broken = !answer.is_ok_and(|reply| is_success(&reply));
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        self.withdraw();
        if !self.is_broken && self.dialogue.say(b"QUIT\r\n", QUIT_TIMEOUT).await.is_ok() {
            let _ = self.dialogue.hear(QUIT_TIMEOUT).await;
        }
    }
}

/// A message was lost on its way before it ended.
fn not_taken(cause: String) -> SendError {
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
fn is_out_of_step(error: &SendError) -> bool {
    match error {
        SendError::NotSent { cause, .. } => cause == SILENCE,
        SendError::Refused {
            stage: Stage::Mail,
            reply,
        } => reply.code != 421,
        _ => false,
    }
}

fn goes_on(stage: Stage, reply: &Reply) -> bool {
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
