//! One SMTP session (RFC 5321) or LMTP session (RFC 2033) as a state machine: bytes in, actions
//! out.
//!
//! Only `CR LF` ends a line, so a lone `LF` can neither end a message nor smuggle a command
//! into it.

use std::sync::atomic::Ordering::Relaxed;

/// Bytes per message, announced as SIZE (RFC 1870).
pub const SIZE_LIMIT: usize = 25 * 1024 * 1024;
/// Bytes per command line: RFC 5321 §4.5.3.1.4, with room for extensions.
const LINE_LIMIT: usize = 2048;
/// Bytes per line of a message: RFC 5321 §4.5.3.1.6.
const TEXT_LIMIT: usize = 998;
/// Rejected commands after which a session ends.
const ERROR_LIMIT: usize = 50;
const RECIPIENT_LIMIT: usize = 100;

/// The sender and the recipients of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Empty for a null sender.
    pub mail_from: String,
    /// At least one.
    pub rcpt_to: Vec<String>,
}

/// What the listener must do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Write a reply line.
    Reply(String),
    /// Process a message, then write the replies.
    Message(Envelope, Vec<u8>),
    /// Close the connection.
    Close,
}

/// Accepts a recipient, or returns the reply that rejects it.
pub type Accepts = std::sync::Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// A budget of bytes that all sessions of a listener share.
#[derive(Debug, Clone)]
pub struct Budget(std::sync::Arc<std::sync::atomic::AtomicUsize>);

impl Budget {
    pub fn new(bytes: usize) -> Self {
        Self(std::sync::Arc::new(bytes.into()))
    }

    /// Reserves bytes; `false` if there are not enough.
    fn reserve(&self, bytes: usize) -> bool {
        let left = |left: usize| left.checked_sub(bytes);
        self.0.fetch_update(Relaxed, Relaxed, left).is_ok()
    }

    fn release_bytes(&self, bytes: usize) {
        self.0.fetch_add(bytes, Relaxed);
    }
}

/// The message received so far.
#[derive(Default)]
struct Data {
    bytes: Vec<u8>,
    /// The reply that will reject it when it ends.
    refusal: Option<&'static str>,
}

pub struct Session {
    greeting: &'static str,
    accepts: Accepts,
    budget: Budget,
    /// Bytes that this session has reserved.
    reserved: usize,
    is_lmtp: bool,
    /// The line received so far.
    line: Vec<u8>,
    /// Whether the start of this line was already added to the message.
    is_continued: bool,
    has_greeted: bool,
    mail_from: Option<String>,
    rcpt_to: Vec<String>,
    data: Option<Data>,
    errors: usize,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.release();
    }
}

impl Session {
    /// The greeting is the server name and a description.
    pub fn new(greeting: &'static str, accepts: Accepts, budget: Budget) -> Self {
        Self {
            greeting,
            accepts,
            budget,
            reserved: 0,
            is_lmtp: false,
            line: Vec::new(),
            is_continued: false,
            has_greeted: false,
            mail_from: None,
            rcpt_to: Vec::new(),
            data: None,
            errors: 0,
        }
    }

    /// The greeting line.
    pub fn greeting(&self) -> String {
        format!("220 {}", self.greeting)
    }

    /// Whether the client expects one reply per recipient (RFC 2033 §4.2).
    pub fn is_lmtp(&self) -> bool {
        self.is_lmtp
    }

    /// Releases the memory of the last message; call it once that message has been dropped.
    pub fn release(&mut self) {
        self.budget
            .release_bytes(std::mem::take(&mut self.reserved));
    }

    fn name(&self) -> &'static str {
        self.greeting.split(' ').next().unwrap_or_default()
    }

    /// Processes bytes in pieces of any size. Each byte is looked at once, however long a line
    /// is.
    pub fn feed(&mut self, mut bytes: &[u8]) -> Vec<Action> {
        let mut actions = Vec::new();
        while !bytes.is_empty() {
            let limit = match self.data {
                Some(_) => TEXT_LIMIT,
                None => LINE_LIMIT,
            };
            let room = (limit + 2).saturating_sub(self.line.len()).max(1);
            let window = &bytes[..bytes.len().min(room)];
            let end = memchr::memchr(b'\n', window).map_or(window.len(), |at| at + 1);
            self.line.extend_from_slice(&window[..end]);
            bytes = &bytes[end..];
            if self.line.ends_with(b"\r\n") {
                let mut line = std::mem::take(&mut self.line);
                line.truncate(line.len() - 2);
                if self.data.is_some() {
                    actions.extend(self.data_line(&line))
                } else {
                    actions.extend(self.command(&line))
                }
                self.is_continued = false;
                line.clear();
                self.line = line;
            } else if self.line.len() >= limit + 2 {
                if self.data.is_none() {
                    actions.push(reply("500 5.5.2 line too long"));
                    actions.push(Action::Close);
                } else {
                    self.break_line();
                }
            }
            if actions.last() == Some(&Action::Close) {
                return actions;
            }
        }
        actions
    }

    /// Splits a line that is longer than RFC 5321 §4.5.3.1.6 allows. Returned mail quotes what
    /// others wrote, so such lines must not cost a bounce.
    fn break_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        // What follows the limit may be the end of the line, or half of it.
        let rest = line.split_off(TEXT_LIMIT);
        self.add_to_message(&line);
        self.is_continued = true;
        self.line = rest;
    }

    fn data_line(&mut self, line: &[u8]) -> Option<Action> {
        if line != b"." || self.is_continued {
            self.add_to_message(line);
            return None;
        }
        let data = self.data.take().unwrap_or_default();
        let envelope = self.take_envelope();
        let Some(refusal) = data.refusal else {
            return Some(Action::Message(envelope, data.bytes));
        };
        self.release();
        let replies = if self.is_lmtp {
            envelope.rcpt_to.len()
        } else {
            1
        };
        Some(reply(&vec![refusal; replies].join("\r\n")))
    }

    fn add_to_message(&mut self, line: &[u8]) {
        // RFC 5321 §4.5.2: one dot was added for transparency.
        let line = if self.is_continued {
            line
        } else {
            line.strip_prefix(b".").unwrap_or(line)
        };
        let Some(data) = &mut self.data else { return };
        if data.refusal.is_some() {
            return;
        }
        let length = line.len() + 2;
        if data.bytes.len() + length > SIZE_LIMIT {
            data.refusal = Some("552 5.3.4 message too large");
        } else if self.budget.reserve(length) {
            self.reserved += length;
            data.bytes.extend_from_slice(line);
            data.bytes.extend_from_slice(b"\r\n");
            return;
        } else {
            data.refusal = Some("452 4.3.1 too much mail at the moment, try again later");
        }
        // It will be rejected: what was received is no longer needed.
        data.bytes = Vec::new();
        self.release();
    }

    fn command(&mut self, line: &[u8]) -> Vec<Action> {
        let mut actions = self.answer(line);
        let is_refused =
            matches!(actions.first(), Some(Action::Reply(line)) if line.starts_with(['4', '5']));
        self.errors += usize::from(is_refused);
        if self.errors > ERROR_LIMIT {
            actions = vec![reply("421 4.7.0 too many errors"), Action::Close];
        }
        actions
    }

    fn answer(&mut self, line: &[u8]) -> Vec<Action> {
        let Ok(line) = std::str::from_utf8(line) else {
            return vec![reply("500 5.5.2 not UTF-8")];
        };
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            verb @ ("EHLO" | "LHLO") => {
                self.reset();
                self.has_greeted = true;
                self.is_lmtp = verb == "LHLO";
                vec![Action::Reply(format!(
                    "250-{}\r\n250-PIPELINING\r\n250-SIZE {SIZE_LIMIT}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES",
                    self.name()
                ))]
            }
            "HELO" => {
                self.reset();
                self.has_greeted = true;
                self.is_lmtp = false;
                vec![Action::Reply(format!("250 {}", self.name()))]
            }
            "MAIL" => vec![self.mail(rest)],
            "RCPT" => vec![self.rcpt(rest)],
            "DATA" => vec![self.begin_data()],
            "RSET" => {
                self.reset();
                vec![reply("250 2.0.0 reset")]
            }
            "NOOP" => vec![reply("250 2.0.0 noted")],
            "VRFY" => vec![reply("252 2.5.0 send and see")],
            "QUIT" => vec![reply("221 2.0.0 goodbye"), Action::Close],
            _ => vec![reply("500 5.5.1 unknown command")],
        }
    }

    fn mail(&mut self, rest: &str) -> Action {
        if !self.has_greeted {
            return reply("503 5.5.1 say EHLO first");
        }
        if self.mail_from.is_some() {
            return reply("503 5.5.1 a sender was given already");
        }
        let Some((path, parameters)) = path(rest, "FROM:") else {
            return reply("501 5.5.4 MAIL FROM:<address>");
        };
        let announced = parameters.split(' ').find_map(|parameter| {
            parameter
                .to_ascii_uppercase()
                .strip_prefix("SIZE=")?
                .parse()
                .ok()
        });
        if announced.is_some_and(|size: usize| size > SIZE_LIMIT) {
            return reply("552 5.3.4 message too large");
        }
        self.mail_from = Some(path.to_owned());
        reply("250 2.1.0 sender ok")
    }

    fn rcpt(&mut self, rest: &str) -> Action {
        if self.mail_from.is_none() {
            return reply("503 5.5.1 MAIL comes first");
        }
        match path(rest, "TO:") {
            Some((path, _)) if !path.is_empty() => {
                if self.rcpt_to.len() == RECIPIENT_LIMIT {
                    return reply("452 4.5.3 too many recipients");
                }
                if let Err(refusal) = (self.accepts)(path) {
                    return Action::Reply(refusal);
                }
                self.rcpt_to.push(path.to_owned());
                reply("250 2.1.5 recipient ok")
            }
            _ => reply("501 5.5.4 RCPT TO:<address>"),
        }
    }

    fn begin_data(&mut self) -> Action {
        if self.rcpt_to.is_empty() {
            return reply("503 5.5.1 RCPT comes first");
        }
        self.release();
        self.data = Some(Data::default());
        reply("354 end with a dot on a line of its own")
    }

    fn take_envelope(&mut self) -> Envelope {
        Envelope {
            mail_from: self.mail_from.take().unwrap_or_default(),
            rcpt_to: std::mem::take(&mut self.rcpt_to),
        }
    }

    fn reset(&mut self) {
        self.mail_from = None;
        self.rcpt_to.clear();
    }
}

fn reply(line: &str) -> Action {
    Action::Reply(line.to_owned())
}

/// The address between angle brackets after `keyword`, and the parameters that follow.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let rest = rest.trim();
    let start = rest.get(..keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let inner = rest[keyword.len()..].trim_start().strip_prefix('<')?;
    let (path, parameters) = inner.split_once('>')?;
    Some((path, parameters.trim()))
}

#[cfg(test)]
mod tests;
