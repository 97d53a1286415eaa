//! One session with one client.

use std::io::{Error, Result};
use std::sync::atomic::Ordering;
use std::time::Instant;

use tokio::net::TcpStream;

use super::script::{Act, Moment, Offer, Pipelining, Stage, StartTls};
use super::wire::Wire;
use super::{Shared, Taken};

const GARBAGE: &[u8] = b"\x00\xff\x16\x03 it is no relay\r\n\x80\x81 at all\r\n";

/// How a step went.
#[derive(PartialEq, Eq)]
enum Step {
    /// A reply of 2xx or 3xx.
    Granted,
    /// Another reply.
    Refused,
}

struct Session<'a> {
    shared: &'a Shared,
    wire: Wire,
    offer: Offer,
    pipelining: bool,
    connection: u64,
    messages: u64,
    is_secure: bool,
    is_greeted: bool,
    mail: Option<(String, Instant)>,
    recipient: String,
}

/// Serves one client until either side hangs up.
pub(super) async fn run(stream: TcpStream, shared: &Shared) {
    let offer = *shared.offer.lock().unwrap();
    let connection = shared.connections.fetch_add(1, Ordering::SeqCst);
    let mut session = Session {
        shared,
        wire: Wire::new(stream, offer.single_octets),
        pipelining: match offer.pipelining {
            Pipelining::Yes => true,
            Pipelining::No => false,
            Pipelining::Changing => connection.is_multiple_of(2),
        },
        offer,
        connection,
        messages: 0,
        is_secure: false,
        is_greeted: false,
        mail: None,
        recipient: String::new(),
    };
    // However it ends, the client sees the connection close.
    let _ = session.talk().await;
    session.is_over();
    session.wire.close().await;
}

impl Session<'_> {
    async fn talk(&mut self) -> Result<()> {
        self.step(Stage::Greeting, "220 relay.example ESMTP ready")
            .await?;
        self.is_greeted = true;
        self.shared.greeted.fetch_add(1, Ordering::SeqCst);
        loop {
            let line = self.wire.line().await?;
            let verb = line
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase();
            if !self.pipelining && self.wire.has_more() {
                self.violation(format!("{verb} with more behind it, unasked"));
            }
            match verb.as_str() {
                "EHLO" | "HELO" => {
                    let name = line.split(' ').nth(1).unwrap_or_default();
                    self.shared.hellos.lock().unwrap().push(name.to_owned());
                    self.ehlo().await?;
                }
                "STARTTLS" => self.starttls().await?,
                "AUTH" => self.auth(&line).await?,
                "MAIL" => self.mail(&line).await?,
                "RCPT" => self.rcpt(&line).await?,
                "DATA" => self.data().await?,
                "RSET" => {
                    self.mail = None;
                    self.recipient.clear();
                    self.wire.write(b"250 2.0.0 Ok\r\n").await?;
                }
                "NOOP" => self.wire.write(b"250 2.0.0 Ok\r\n").await?,
                "QUIT" => {
                    self.wire.write(b"221 2.0.0 Bye\r\n").await?;
                    return Ok(());
                }
                _ => {
                    self.violation(format!("unknown command {line:?}"));
                    self.wire.write(b"500 5.5.2 What?\r\n").await?;
                }
            }
        }
    }

    fn is_over(&mut self) {
        if std::mem::take(&mut self.is_greeted) {
            self.shared.greeted.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn violation(&self, what: String) {
        self.shared.violations.lock().unwrap().push(what);
    }

    fn act(&self, stage: Stage) -> Act {
        let script = self.shared.script.lock().unwrap().clone();
        script(&Moment {
            stage,
            connection: self.connection,
            message: self.messages,
            recipient: &self.recipient,
            others: self.shared.greeted.load(Ordering::SeqCst) - usize::from(self.is_greeted),
        })
    }

    /// Does what the script says at a step whose good reply is `good`.
    async fn step(&mut self, stage: Stage, good: &str) -> Result<Step> {
        let act = self.act(stage);
        self.perform(stage, act, good).await
    }

    async fn perform(&mut self, stage: Stage, act: Act, good: &str) -> Result<Step> {
        let act = match act {
            Act::ReplyAt(sign, reply) => {
                sign.cancelled().await;
                Act::Reply(reply)
            }
            act => act,
        };
        match act {
            Act::Answer => {}
            Act::Stall(span) => tokio::time::sleep(span).await,
            Act::Reply(reply) | Act::ReplyAt(_, reply) => {
                self.wire.write(format!("{reply}\r\n").as_bytes()).await?;
                if reply.starts_with("421") || (stage == Stage::Greeting && reply.starts_with('5'))
                {
                    return Err(Error::other("said goodbye"));
                }
                return Ok(if reply.starts_with(['2', '3']) {
                    Step::Granted
                } else {
                    Step::Refused
                });
            }
            Act::Drop | Act::TakeAndDrop => return Err(Error::other("dropped")),
            Act::Silence => {
                self.wire.closed().await;
                return Err(Error::other("the client gave up"));
            }
            Act::Garbage => {
                self.wire.write(GARBAGE).await?;
                self.wire.closed().await;
                return Err(Error::other("nonsense"));
            }
            Act::HalfReply => {
                self.wire.write(&good.as_bytes()[..good.len() / 2]).await?;
                return Err(Error::other("half a reply"));
            }
        }
        self.wire.write(format!("{good}\r\n").as_bytes()).await?;
        Ok(Step::Granted)
    }

    async fn ehlo(&mut self) -> Result<()> {
        self.mail = None;
        let mut lines = vec!["relay.example", "SIZE 30000000", "8BITMIME", "SMTPUTF8"];
        if self.pipelining {
            lines.push("PIPELINING");
        }
        if self.offer.starttls != StartTls::No && !self.is_secure {
            lines.push("STARTTLS");
        }
        if self.offer.auth {
            lines.push("AUTH PLAIN LOGIN");
        }
        lines.push("ENHANCEDSTATUSCODES");
        let last = lines.len() - 1;
        let reply: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| format!("250{}{line}", if n == last { ' ' } else { '-' }))
            .collect();
        self.step(Stage::Ehlo, &reply.join("\r\n")).await?;
        Ok(())
    }

    async fn starttls(&mut self) -> Result<()> {
        if self.step(Stage::StartTls, "220 2.0.0 Go ahead").await? == Step::Refused {
            return Ok(());
        }
        let certificates = &self.shared.certificates;
        let acceptor = match self.offer.starttls {
            StartTls::Strange => certificates.strange.clone(),
            _ => certificates.good.clone(),
        };
        // Nobody talks to this end of a pair: it only holds the place.
        let (placeholder, _) = tokio::io::duplex(1);
        let plain = std::mem::replace(&mut self.wire, Wire::new(placeholder, false));
        let single_octets = plain.single_octets;
        let (stream, early) = plain.into_parts();
        if !early.is_empty() {
            self.violation("said more after STARTTLS".to_owned());
        }
        let secure = acceptor.accept(stream).await?;
        self.wire = Wire::new(secure, single_octets);
        self.is_secure = true;
        Ok(())
    }

    async fn auth(&mut self, line: &str) -> Result<()> {
        // PLAIN brings its answer along or is asked for it; LOGIN is asked twice.
        let words: Vec<&str> = line.split(' ').collect();
        let asked = match (words.get(1).copied(), words.len()) {
            (Some("PLAIN"), 3) => 0,
            (Some("PLAIN"), _) => 1,
            (_, 3) => 1,
            _ => 2,
        };
        for _ in 0..asked {
            self.wire.write(b"334 \r\n").await?;
            self.wire.line().await?;
        }
        self.step(Stage::Auth, "235 2.7.0 Welcome").await?;
        Ok(())
    }

    async fn mail(&mut self, line: &str) -> Result<()> {
        if self.mail.is_some() {
            self.violation("MAIL within a message".to_owned());
        }
        self.shared.begun.fetch_add(1, Ordering::SeqCst);
        let begun = Instant::now();
        self.recipient.clear();
        if self.step(Stage::Mail, "250 2.1.0 Ok").await? == Step::Granted {
            self.mail = Some((path(line), begun));
        }
        Ok(())
    }

    async fn rcpt(&mut self, line: &str) -> Result<()> {
        if self.mail.is_none() {
            return self.wire.write(b"503 5.5.1 MAIL first\r\n").await;
        }
        self.recipient = path(line);
        if self.step(Stage::Rcpt, "250 2.1.5 Ok").await? == Step::Refused {
            self.recipient.clear();
        }
        Ok(())
    }

    async fn data(&mut self) -> Result<()> {
        // RFC 2920 §3.1: DATA is the last of its group.
        if self.wire.has_more() {
            self.violation("said more after DATA".to_owned());
        }
        if self.mail.is_none() {
            return self.wire.write(b"503 5.5.1 MAIL first\r\n").await;
        }
        if self.recipient.is_empty() && !self.offer.eager_data {
            self.wire
                .write(b"554 5.5.1 No valid recipients\r\n")
                .await?;
            return Ok(());
        }
        if self
            .step(Stage::Data, "354 End data with <CR><LF>.<CR><LF>")
            .await?
            == Step::Refused
        {
            return Ok(());
        }
        self.wire.message_begins().await?;
        match self.act(Stage::Body) {
            Act::Answer => {}
            Act::Stall(span) => tokio::time::sleep(span).await,
            act => {
                self.perform(Stage::Body, act, "").await?;
                return Err(Error::other("the message was cut off"));
            }
        }
        let message = self.wire.message().await?;
        if self.offer.forgets_what_follows {
            self.wire.forget();
        }
        self.dot(&message).await
    }

    async fn dot(&mut self, message: &[u8]) -> Result<()> {
        let (mail_from, begun) = self
            .mail
            .take()
            .unwrap_or_else(|| (String::new(), Instant::now()));
        if self.recipient.is_empty() {
            if !message.is_empty() {
                self.violation("a message without a recipient".to_owned());
            }
            return self.wire.write(b"554 5.5.1 No valid recipients\r\n").await;
        }
        let act = self.act(Stage::Dot);
        if let Act::Stall(span) = act {
            tokio::time::sleep(span).await;
        }
        let (is_taken, is_answered) = match &act {
            Act::Answer | Act::Stall(_) => (true, true),
            Act::Reply(reply) | Act::ReplyAt(_, reply) => (reply.starts_with('2'), true),
            Act::TakeAndDrop | Act::Garbage | Act::HalfReply => (true, false),
            Act::Drop | Act::Silence => (false, false),
        };
        let mut queued_as = String::new();
        if is_taken {
            // Kept before it is answered, as a good relay would.
            let mut taken = self.shared.taken.lock().unwrap();
            queued_as = format!("Q{:07}", taken.len());
            taken.push(Taken {
                recipient: std::mem::take(&mut self.recipient),
                mail_from,
                message_id: header(message, "message-id"),
                subject: header(message, "subject"),
                queued_as: queued_as.clone(),
                begun,
                at: Instant::now(),
                is_answered,
            });
        }
        self.recipient.clear();
        self.messages += 1;
        let good = format!("250 2.0.0 Ok: queued as {queued_as}");
        let act = match act {
            Act::Stall(_) => Act::Answer,
            act => act,
        };
        self.perform(Stage::Dot, act, &good).await?;
        Ok(())
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.is_over();
    }
}

/// The address between the angle brackets of a command.
fn path(line: &str) -> String {
    let inner = line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(path, _)| path.to_owned()).unwrap_or_default()
}

/// A header's value; those looked for here are never folded before it.
fn header(message: &[u8], name: &str) -> String {
    String::from_utf8_lossy(message)
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
        .unwrap_or_default()
}
