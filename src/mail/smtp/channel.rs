//! The transmission channel of an SMTP session: commands out, replies in.
//!
//! Several commands are written at once where the relay allows it (PIPELINING, RFC 2920), and
//! the ledger must know what was sent and what was answered. That is why lettre, whose
//! transport waits for a reply to each line, does not do this.

use std::time::Duration;

use memchr::memchr;
use tokio::time::timeout;

use super::Reply;
use super::stream::Stream;
use crate::tls::Trust;

/// RFC 5321 §4.5.3.1.5 limits the line of a reply to 512 bytes.
const LINE_LIMIT: usize = 4_096;
const LINES_LIMIT: usize = 200;
/// The length at which the text of a reply is cut.
const TEXT_LIMIT: usize = 1_000;
const CHUNK: usize = 4_096;
/// The cause of an error where the relay does not reply in time.
pub(super) const NO_REPLY: &str = "no answer in time";

/// The connection broke, or the other side does not speak SMTP.
#[derive(Debug, Clone)]
pub(super) struct ConnectionError(pub(super) String);

pub(super) struct Channel {
    stream: Stream,
    /// How long the reply to a command may take.
    pub(super) timeout: Duration,
    incoming: Vec<u8>,
    /// Bytes of `incoming` that were parsed as replies.
    read: usize,
}

impl Channel {
    pub(super) fn new(stream: Stream, timeout: Duration) -> Self {
        Self {
            stream,
            timeout,
            incoming: Vec::with_capacity(CHUNK),
            read: 0,
        }
    }

    /// Starts TLS. What the relay sent in plain text after its reply to STARTTLS is dropped: it
    /// must not count as received under TLS.
    pub(super) async fn start_tls(self, host: &str, trust: &Trust) -> std::io::Result<Self> {
        let stream = self.stream.start_tls(host, trust).await?;
        Ok(Self::new(stream, self.timeout))
    }

    pub(super) fn is_tls(&self) -> bool {
        self.stream.is_tls()
    }

    /// Writes bytes, in one packet where the system allows it.
    pub(super) async fn write(
        &mut self,
        bytes: &[u8],
        limit: Duration,
    ) -> Result<(), ConnectionError> {
        match timeout(limit, self.stream.write_all(bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ConnectionError(error.to_string())),
            Err(_) => Err(no_reply()),
        }
    }

    /// Sends a command and reads its reply.
    pub(super) async fn command(&mut self, line: &str) -> Result<Reply, ConnectionError> {
        self.write(line.as_bytes(), self.timeout).await?;
        self.read_reply(self.timeout).await
    }

    /// Reads the next reply, its lines joined into one.
    pub(super) async fn read_reply(&mut self, limit: Duration) -> Result<Reply, ConnectionError> {
        let mut reply = self.read_reply_lines(limit).await?;
        if reply.text.contains('\n') {
            reply.text = reply.text.replace('\n', " ");
        }
        Ok(reply)
    }

    /// Reads the next reply, its lines kept apart.
    pub(super) async fn read_reply_lines(
        &mut self,
        limit: Duration,
    ) -> Result<Reply, ConnectionError> {
        match self.buffered_reply()? {
            Some(reply) => Ok(reply),
            None => timeout(limit, self.wait_for_reply())
                .await
                .unwrap_or_else(|_| Err(no_reply())),
        }
    }

    async fn wait_for_reply(&mut self) -> Result<Reply, ConnectionError> {
        loop {
            if self.read > 0 {
                self.incoming.drain(..self.read);
                self.read = 0;
            }
            let held = self.incoming.len();
            if held > LINE_LIMIT * LINES_LIMIT {
                return Err(ConnectionError("the relay's answer does not end".into()));
            }
            match self.stream.read_buf(&mut self.incoming).await {
                Ok(0) => return Err(ConnectionError("the relay closed the connection".into())),
                Ok(_) => {}
                Err(error) => return Err(ConnectionError(error.to_string())),
            }
            if let Some(reply) = self.buffered_reply()? {
                return Ok(reply);
            }
        }
    }

    /// An unsolicited reply, or that the relay has closed the connection; does not wait.
    pub(super) fn poll_unsolicited(&mut self) -> Option<Result<Reply, ConnectionError>> {
        if self.incoming.is_empty() {
            match self.stream.read_ready(&mut self.incoming)? {
                Ok(0) => {
                    return Some(Err(ConnectionError(
                        "the relay closed the connection".into(),
                    )));
                }
                Ok(_) => {}
                Err(error) => return Some(Err(ConnectionError(error.to_string()))),
            }
        }
        Some(match self.buffered_reply() {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => Err(not_smtp(&self.incoming)),
            Err(lost) => Err(lost),
        })
    }

    /// A complete reply in the buffer, if there is one.
    fn buffered_reply(&mut self) -> Result<Option<Reply>, ConnectionError> {
        match parse(&self.incoming[self.read..])? {
            Some((reply, length)) => {
                self.read += length;
                if self.read == self.incoming.len() {
                    self.incoming.clear();
                    self.read = 0;
                }
                Ok(Some(reply))
            }
            None => Ok(None),
        }
    }
}

fn no_reply() -> ConnectionError {
    ConnectionError(NO_REPLY.into())
}

/// Parses one reply (RFC 5321 §4.2) and returns its length; `None` where it is incomplete.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Reply, usize)>, ConnectionError> {
    let mut text = String::new();
    let (mut at, mut first, mut lines) = (0, None, 0);
    loop {
        let rest = &bytes[at..];
        let Some(end) = memchr(b'\n', rest) else {
            return if rest.len() > LINE_LIMIT {
                Err(not_smtp(rest))
            } else {
                Ok(None)
            };
        };
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        let (code, is_last, words) = parse_line(line).ok_or_else(|| not_smtp(line))?;
        if *first.get_or_insert(code) != code || lines == LINES_LIMIT || end > LINE_LIMIT {
            return Err(not_smtp(line));
        }
        lines += 1;
        at += end + 1;
        if text.len() < TEXT_LIMIT {
            if lines > 1 {
                text.push('\n');
            }
            push_text(&mut text, words);
        }
        if is_last {
            return Ok(Some((Reply { code, text }, at)));
        }
    }
}

fn parse_line(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (digits, rest) = line.split_at_checked(3)?;
    let code = std::str::from_utf8(digits).ok()?.parse::<u16>().ok()?;
    if !(200..600).contains(&code) {
        return None;
    }
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b' ', words)) => Some((code, true, words)),
        Some((b'-', words)) => Some((code, false, words)),
        Some(_) => None,
    }
}

/// Adds the text of a reply, without control characters.
fn push_text(text: &mut String, words: &[u8]) {
    let words = String::from_utf8_lossy(words);
    text.extend(
        words
            .trim_end()
            .chars()
            .take(TEXT_LIMIT)
            .map(|c| if c.is_control() { ' ' } else { c }),
    );
}

fn not_smtp(line: &[u8]) -> ConnectionError {
    let mut words = String::new();
    push_text(&mut words, &line[..line.len().min(60)]);
    ConnectionError(format!("the relay does not speak SMTP: {words:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Option<(u16, String, usize)> {
        let (reply, length) = parse(text).unwrap()?;
        Some((reply.code, reply.text, length))
    }

    #[test]
    fn replies_are_read_one_at_a_time() {
        let bytes = b"250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go\r\n";
        assert_eq!(read(bytes), Some((250, "2.1.0 Ok".into(), 14)));
        assert_eq!(read(&bytes[14..]), Some((250, "2.1.5 Ok".into(), 14)));
        assert_eq!(
            read(b"550-5.7.1 no\r\n550 5.7.1 really\r\n"),
            Some((550, "5.7.1 no\n5.7.1 really".into(), 32))
        );
        assert_eq!(read(b"250\r\n"), Some((250, String::new(), 5)));
    }

    #[test]
    fn half_a_reply_is_waited_for() {
        for text in ["", "25", "250 Ok", "250-a\r\n", "250-a\r\n250 b\r"] {
            assert_eq!(read(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_reply_is_refused() {
        for text in [
            "hello\r\n",
            "25\r\n",
            "999 x\r\n",
            "250x\r\n",
            "250-a\r\n550 b\r\n",
            "\r\n",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(parse(&[b'2'; LINE_LIMIT + 1]).is_err());
    }

    #[test]
    fn words_lose_what_could_harm_a_terminal() {
        assert_eq!(read(b"250 a\x1b[2Jb\xff\r\n").unwrap().1, "a [2Jb\u{fffd}");
    }

    proptest::proptest! {
        #[test]
        fn no_octets_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = parse(&bytes);
        }
    }
}
