//! One connection to a relay, kept open for message after message.

use std::time::Duration;

use data_encoding::BASE64;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::extension::ClientId;
use memchr::memmem;
use tokio::time::timeout;

use super::dialogue::{Dialogue, Lost};
use super::stream::Stream;
use super::{Endpoint, Reply, SendError, Stage, Tls};
use crate::address::EmailAddress;

// RFC 5321 §4.5.3.2 asks for minutes; the longest is for the answer to a whole
// message, when a relay may be scanning it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(600);
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// Who sends to whom, for the relay's eyes (RFC 5321 §2.3.1).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Where bounces go.
    pub mail_from: String,
    /// The recipient.
    pub rcpt_to: EmailAddress,
}

/// An open session with a relay.
pub struct Connection {
    dialogue: Dialogue,
    features: Features,
    outgoing: Vec<u8>,
    is_broken: bool,
    has_message_under_way: bool,
    sent: u32,
}

/// What a relay offers in its answer to EHLO.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Features {
    pipelining: bool,
    eight_bit_mime: bool,
    smtp_utf8: bool,
    start_tls: bool,
    mechanisms: Vec<Mechanism>,
}

impl Features {
    fn read(reply: &Reply) -> Self {
        let mut features = Features::default();
        // The first line greets.
        for line in reply.text.split('\n').skip(1) {
            let mut words = line.split([' ', '=']);
            match words
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase()
                .as_str()
            {
                "PIPELINING" => features.pipelining = true,
                "8BITMIME" => features.eight_bit_mime = true,
                "SMTPUTF8" => features.smtp_utf8 = true,
                "STARTTLS" => features.start_tls = true,
                "AUTH" => {
                    let known = words.filter_map(|word| match word.to_ascii_uppercase().as_str() {
                        "PLAIN" => Some(Mechanism::Plain),
                        "LOGIN" => Some(Mechanism::Login),
                        _ => None,
                    });
                    features.mechanisms.extend(known);
                }
                _ => {}
            }
        }
        features
    }
}

impl Connection {
    /// Opens a session: TCP, TLS as the endpoint asks, sign-in.
    ///
    /// # Errors
    /// [`SendError::Relay`] with the step that failed.
    pub async fn open(endpoint: &Endpoint) -> Result<Self, SendError> {
        let mut stream = connect(endpoint).await?;
        if endpoint.tls == Tls::Implicit {
            let upgrade = stream.start_tls(&endpoint.host);
            stream = within(upgrade, Stage::Connect).await?;
        }
        let mut dialogue = Dialogue::new(stream);
        let greeting = dialogue.hear(COMMAND_TIMEOUT).await;
        expect(Stage::Greeting, greeting, 220)?;
        let mut features = hello(&mut dialogue).await?;
        match endpoint.tls {
            Tls::Required if !features.start_tls => {
                return Err(SendError::Relay {
                    stage: Stage::StartTls,
                    cause: "the relay offers no TLS; add ?tls=none if it is on a safe network"
                        .into(),
                    is_temporary: false,
                });
            }
            Tls::Required | Tls::Opportunistic if features.start_tls => {
                let answer = ask(&mut dialogue, "STARTTLS\r\n").await;
                expect(Stage::StartTls, answer, 220)?;
                let upgrade = dialogue.start_tls(&endpoint.host);
                dialogue = within(upgrade, Stage::StartTls).await?;
                features = hello(&mut dialogue).await?;
            }
            _ => {}
        }
        if let Some((user, password)) = &endpoint.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            sign_in(&mut dialogue, &features, &credentials).await?;
        }
        Ok(Self {
            dialogue,
            features,
            outgoing: Vec::new(),
            is_broken: false,
            has_message_under_way: false,
            sent: 0,
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

    /// How many messages it has carried.
    pub fn sent(&self) -> u32 {
        self.sent
    }

    /// Hands one message to the relay: MAIL, RCPT and DATA in one write where
    /// the relay allows it, then the message.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken it.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<Reply, SendError> {
        let needs_utf8 = envelope.rcpt_to.needs_smtputf8();
        if needs_utf8 && !self.features.smtp_utf8 {
            return Err(SendError::NoSmtpUtf8);
        }
        let utf8 = if needs_utf8 { " SMTPUTF8" } else { "" };
        let body = match self.features.eight_bit_mime {
            true => " BODY=8BITMIME",
            false => "",
        };
        let commands = [
            (
                Stage::Mail,
                format!("MAIL FROM:<{}>{body}{utf8}\r\n", envelope.mail_from),
            ),
            (Stage::Rcpt, format!("RCPT TO:<{}>\r\n", envelope.rcpt_to)),
            (Stage::Data, "DATA\r\n".to_owned()),
        ];
        self.sent += 1;
        match self.features.pipelining {
            true => self.say_together(&commands).await?,
            false => self.say_in_turn(&commands).await?,
        }
        self.outgoing.clear();
        stuff(message, &mut self.outgoing);
        self.has_message_under_way = true;
        let said = self.dialogue.say(&self.outgoing, MESSAGE_TIMEOUT).await;
        // A relay that refuses a message in its midst may say so and hang up:
        // its words are worth more than the broken pipe.
        let answer = match said {
            Ok(()) => self.dialogue.hear(MESSAGE_TIMEOUT).await,
            Err(lost) => match self.dialogue.hear(QUIT_TIMEOUT).await {
                Ok(reply) => {
                    self.is_broken = true;
                    Ok(reply)
                }
                Err(_) => Err(lost),
            },
        };
        self.has_message_under_way = false;
        match answer {
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
        }
    }

    async fn say_in_turn(&mut self, commands: &[(Stage, String)]) -> Result<(), SendError> {
        for (stage, line) in commands {
            let answer = match self.dialogue.say(line.as_bytes(), COMMAND_TIMEOUT).await {
                Ok(()) => self.dialogue.hear(COMMAND_TIMEOUT).await,
                Err(lost) => Err(lost),
            };
            let reply = self.kept(*stage, answer)?;
            if !goes_on(*stage, &reply) {
                self.reset().await;
                return Err(self.refused(*stage, reply));
            }
        }
        Ok(())
    }

    /// RFC 2920 §3.1: every answer must be read, whatever the first ones say.
    async fn say_together(&mut self, commands: &[(Stage, String)]) -> Result<(), SendError> {
        self.outgoing.clear();
        for (_, line) in commands {
            self.outgoing.extend_from_slice(line.as_bytes());
        }
        let said = self.dialogue.say(&self.outgoing, COMMAND_TIMEOUT).await;
        let mut refusal = None;
        for (stage, _) in commands {
            let answer = match &said {
                Ok(()) => self.dialogue.hear(COMMAND_TIMEOUT).await,
                Err(Lost(cause)) => Err(Lost(cause.clone())),
            };
            let reply = match self.kept(*stage, answer) {
                Ok(reply) => reply,
                // A relay may hang up right after it has refused.
                Err(lost) => return Err(refusal.unwrap_or(lost)),
            };
            let goes_on = goes_on(*stage, &reply);
            if *stage == Stage::Data && goes_on && refusal.is_some() {
                // It waits for a message that must not be sent. An empty one
                // could be taken for a message: hang up instead.
                self.is_broken = true;
            }
            if !goes_on && refusal.is_none() {
                refusal = Some(self.refused(*stage, reply));
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
            let answer = ask(&mut self.dialogue, "RSET\r\n").await;
            self.is_broken = !answer.is_ok_and(|reply| is_success(&reply));
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        if !self.is_broken && self.dialogue.say(b"QUIT\r\n", QUIT_TIMEOUT).await.is_ok() {
            let _ = self.dialogue.hear(QUIT_TIMEOUT).await;
        }
    }
}

fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.code)
}

fn goes_on(stage: Stage, reply: &Reply) -> bool {
    match stage {
        Stage::Data => reply.code == 354,
        _ => is_success(reply),
    }
}

/// Writes a message as DATA wants it: dots at the start of a line doubled, and
/// the dot that ends it (RFC 5321 §4.5.2).
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
    out.extend_from_slice(b".\r\n");
}

async fn connect(endpoint: &Endpoint) -> Result<Stream, SendError> {
    let connecting = Stream::connect(&endpoint.host, endpoint.port);
    let cause = match timeout(CONNECT_TIMEOUT, connecting).await {
        Ok(Ok(stream)) => return Ok(stream),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer in time".into(),
    };
    Err(SendError::Relay {
        stage: Stage::Connect,
        cause,
        is_temporary: true,
    })
}

/// Waits for TLS. A bad certificate is for a person to mend; a lost connection
/// is not.
async fn within<T>(
    handshake: impl Future<Output = std::io::Result<T>>,
    stage: Stage,
) -> Result<T, SendError> {
    let (cause, is_temporary) = match timeout(COMMAND_TIMEOUT, handshake).await {
        Ok(Ok(done)) => return Ok(done),
        // rustls tells its own errors, bad certificates among them, as invalid
        // data.
        Ok(Err(error)) => (
            error.to_string(),
            error.kind() != std::io::ErrorKind::InvalidData,
        ),
        Err(_) => ("no answer in time".into(), true),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
    })
}

async fn ask(dialogue: &mut Dialogue, line: &str) -> Result<Reply, Lost> {
    dialogue.say(line.as_bytes(), COMMAND_TIMEOUT).await?;
    dialogue.hear(COMMAND_TIMEOUT).await
}

async fn hello(dialogue: &mut Dialogue) -> Result<Features, SendError> {
    let name = ClientId::default();
    let ehlo = format!("EHLO {name}\r\n");
    let mut answer = match dialogue.say(ehlo.as_bytes(), COMMAND_TIMEOUT).await {
        Ok(()) => dialogue.hear_lines(COMMAND_TIMEOUT).await,
        Err(lost) => Err(lost),
    };
    if answer
        .as_ref()
        .is_ok_and(|reply| matches!(reply.code, 500..=504))
    {
        answer = ask(dialogue, &format!("HELO {name}\r\n")).await;
    }
    Ok(Features::read(&expect(Stage::Greeting, answer, 250)?))
}

async fn sign_in(
    dialogue: &mut Dialogue,
    features: &Features,
    credentials: &Credentials,
) -> Result<(), SendError> {
    let broken = |cause: String, is_temporary: bool| SendError::Relay {
        stage: Stage::Auth,
        cause,
        is_temporary,
    };
    let offered = |wanted: &Mechanism| features.mechanisms.contains(wanted);
    let mechanism = [Mechanism::Plain, Mechanism::Login]
        .into_iter()
        .find(offered)
        .ok_or_else(|| {
            broken(
                "the relay offers no sign-in that Jarshy knows".into(),
                false,
            )
        })?;
    let respond = |challenge: Option<&str>| {
        mechanism
            .response(credentials, challenge)
            .map(|answer| BASE64.encode(answer.as_bytes()))
            .map_err(|error| broken(words(&error), false))
    };
    let first = match mechanism.supports_initial_response() {
        true => format!("AUTH {mechanism} {}\r\n", respond(None)?),
        false => format!("AUTH {mechanism}\r\n"),
    };
    let mut answer = ask(dialogue, &first).await;
    for _ in 0..3 {
        let Ok(Reply { code: 334, text }) = &answer else {
            break;
        };
        let challenge = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
        let response = respond(Some(&String::from_utf8_lossy(&challenge)))?;
        answer = ask(dialogue, &format!("{response}\r\n")).await;
    }
    expect(Stage::Auth, answer, 235).map(drop)
}

/// The reply to a step of opening a session, which must have this code.
fn expect(stage: Stage, answer: Result<Reply, Lost>, code: u16) -> Result<Reply, SendError> {
    let (cause, is_temporary) = match answer {
        Ok(reply) if reply.code == code => return Ok(reply),
        Ok(reply) => (reply.to_string(), reply.code < 500),
        Err(Lost(cause)) => (cause, true),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
    })
}

/// The other side's words, or the system's: the innermost cause.
fn words(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
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
            "a\r\n..b\r\n...\r\nc.\r\n.\r\n"
        );
        assert_eq!(stuffed("."), "..\r\n.\r\n");
        assert_eq!(stuffed(""), "\r\n.\r\n");
        assert_eq!(stuffed("a"), "a\r\n.\r\n");
    }

    #[test]
    fn offers_are_read_from_the_answer_to_ehlo() {
        let reply = Reply {
            code: 250,
            text: "relay\npipelining\n8BITMIME\nSTARTTLS\nAUTH=LOGIN PLAIN CRAM-MD5\nSIZE 1".into(),
        };
        let features = Features::read(&reply);
        assert!(features.pipelining && features.eight_bit_mime && features.start_tls);
        assert!(!features.smtp_utf8);
        assert_eq!(features.mechanisms, [Mechanism::Login, Mechanism::Plain]);
        let bare = Features::read(&Reply {
            code: 250,
            text: "PIPELINING".into(),
        });
        assert_eq!(bare, Features::default());
    }
}
