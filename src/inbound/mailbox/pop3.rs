//! POP3 (RFC 1939): the commands that emptying a mailbox needs.

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use super::{MailboxError, MailboxStream, process, within};
use crate::context::Context;
use crate::mail::receive::SIZE_LIMIT;
use crate::mailbox_url::{MailboxUrl, MailboxUrlError, Secret};
use crate::oauth;

/// Emails per visit.
const MAX_PER_VISIT: usize = 200;
const LINE_LIMIT: u64 = 4096;

struct Session(BufReader<Box<dyn MailboxStream>>);

/// Processes the emails of a mailbox and deletes each that was processed.
pub async fn empty(
    cx: &Context,
    stream: Box<dyn MailboxStream>,
    address: &MailboxUrl,
) -> Result<usize, MailboxError> {
    let (mut session, count) = open(stream, address).await?;
    for number in 1..=count.min(MAX_PER_VISIT) {
        session.command(&format!("RETR {number}")).await?;
        let bytes = session.bytes().await?;
        if let Err(error) = process(cx, &bytes).await {
            // RFC 1939 §6: only QUIT deletes what was marked so far.
            session.command("QUIT").await?;
            return Err(error);
        }
        session.command(&format!("DELE {number}")).await?;
    }
    session.command("QUIT").await?;
    Ok(count.min(MAX_PER_VISIT))
}

/// Counts the emails of a mailbox, and leaves them as they are.
pub async fn check(
    stream: Box<dyn MailboxStream>,
    address: &MailboxUrl,
) -> Result<u32, MailboxError> {
    let (mut session, count) = open(stream, address).await?;
    session.command("QUIT").await?;
    Ok(count.try_into().unwrap_or(u32::MAX))
}

/// Signs in, and counts the emails.
async fn open(
    stream: Box<dyn MailboxStream>,
    address: &MailboxUrl,
) -> Result<(Session, usize), MailboxError> {
    let mut session = Session(BufReader::new(stream));
    session.ok_reply().await?;
    session.sign_in(address).await?;
    let status = session.command("STAT").await?;
    let count = status
        .split(' ')
        .next()
        .and_then(|count| count.parse().ok());
    Ok((session, count.unwrap_or(0)))
}

impl Session {
    async fn sign_in(&mut self, address: &MailboxUrl) -> Result<(), MailboxError> {
        let tokens = match &address.secret {
            Secret::Password(password) => {
                self.command(&format!("USER {}", address.user)).await?;
                self.command(&format!("PASS {password}")).await?;
                return Ok(());
            }
            Secret::Tokens(tokens) => tokens.as_ref(),
        };
        let tokens = tokens.ok_or(MailboxUrlError::NoTokens)?;
        let token = tokens.token().await?;
        let initial_response = oauth::xoauth2(&address.user, &token);
        // RFC 5034: `+ ` asks for the initial response, and a second time says why it is
        // rejected.
        self.write("AUTH XOAUTH2").await?;
        let mut answer = self.reply().await?;
        if answer.starts_with('+') && !answer.starts_with("+OK") {
            self.write(&BASE64.encode(initial_response.as_bytes()))
                .await?;
            answer = self.reply().await?;
        }
        let mut why = String::new();
        if let Some(challenge) = answer.strip_prefix("+ ") {
            let challenge = BASE64
                .decode(challenge.trim().as_bytes())
                .unwrap_or_default();
            why = oauth::challenge_words(&challenge);
            self.write("").await?;
            answer = self.reply().await?;
        }
        if answer.starts_with("+OK") {
            Ok(())
        } else {
            // The next visit gets a fresh one.
            tokens.forget(&token).await;
            Err(MailboxError::Refused(format!("{answer} {why}")))
        }
    }

    async fn command(&mut self, line: &str) -> Result<String, MailboxError> {
        if line.contains(['\r', '\n']) {
            return Err(MailboxError::Url(MailboxUrlError::LineBreak));
        }
        self.write(line).await?;
        self.ok_reply().await
    }

    async fn write(&mut self, line: &str) -> Result<(), MailboxError> {
        let line = format!("{line}\r\n");
        within(self.0.write_all(line.as_bytes())).await??;
        within(self.0.flush()).await??;
        Ok(())
    }

    async fn line(&mut self) -> Result<Vec<u8>, MailboxError> {
        use tokio::io::AsyncReadExt;
        let mut line = Vec::new();
        // Long lines of a message are read in pieces.
        let mut limited = (&mut self.0).take(LINE_LIMIT);
        within(limited.read_until(b'\n', &mut line)).await??;
        if line.is_empty() {
            Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into())
        } else {
            Ok(line)
        }
    }

    async fn reply(&mut self) -> Result<String, MailboxError> {
        let line = self.line().await?;
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    async fn ok_reply(&mut self) -> Result<String, MailboxError> {
        let line = self.reply().await?;
        match line.strip_prefix("+OK") {
            Some(rest) => Ok(rest.trim_start().to_owned()),
            None => Err(MailboxError::Refused(line)),
        }
    }

    /// Reads a message up to the line with a single dot.
    async fn bytes(&mut self) -> Result<Vec<u8>, MailboxError> {
        let mut bytes = Vec::new();
        let mut is_line_start = true;
        loop {
            let line = self.line().await?;
            if is_line_start && line.trim_ascii_end() == b"." {
                return Ok(bytes);
            }
            let text = if is_line_start {
                line.strip_prefix(b".").unwrap_or(&line)
            } else {
                &line
            };
            is_line_start = line.ends_with(b"\n");
            // An email that is too large to be a report is read to its end and truncated.
            if bytes.len() + text.len() <= SIZE_LIMIT {
                bytes.extend_from_slice(text);
            }
        }
    }
}
