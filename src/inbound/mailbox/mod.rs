//! Polls a mailbox at another provider for returned mail.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Arrival, InboundError, process_email};
use crate::config::Config;
use crate::context::Context;
use crate::mail::oauth::{TokenError, TokenSource, TokenSourceError};
use crate::model::feedback::Source;
use crate::service_url::ServiceUrl;
use crate::tls::Trust;

mod imap;
mod pop3;
mod timed;

use timed::Timed;

/// How long a server may stay silent.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// For one visit, which processes a bounded number of emails.
const VISIT_TIMEOUT: Duration = Duration::from_secs(600);

#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// The URL.
    #[error("JARSHY_MAILBOX_URL: {0}")]
    Url(String),
    /// The source of tokens.
    #[error("JARSHY_MAILBOX_OAUTH: {0}")]
    Tokens(TokenSourceError),
    /// No token could be obtained.
    #[error("the mailbox cannot be opened: {0}")]
    Token(#[from] TokenError),
    /// The network.
    #[error("the mailbox cannot be reached: {0}")]
    Network(#[from] std::io::Error),
    /// The server did not reply in time.
    #[error("the mailbox does not answer")]
    Silent,
    /// The server's reply.
    #[error("the mailbox refuses: {0}")]
    Refused(String),
    /// The database cannot be reached; the email stays in the mailbox.
    #[error(transparent)]
    Feedback(#[from] InboundError),
}

/// A parsed mailbox URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    protocol: Protocol,
    is_tls: bool,
    host: String,
    port: u16,
    user: String,
    secret: Secret,
    folder: String,
    trust: Trust,
}

/// Credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Secret {
    Password(String),
    /// XOAUTH2.
    Tokens(Option<TokenSource>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Imap,
    Pop3,
}

impl Address {
    /// Reads `imaps://user:password@host:port/folder`, with `?auth=xoauth2` for
    /// a mailbox that takes tokens instead of a password, and `?ca=FILE` or
    /// `?fingerprint=sha256:…` for what its certificate must be.
    ///
    /// # Errors
    /// [`MailboxError::Url`] says what is missing.
    pub fn parse(text: &str) -> Result<Self, MailboxError> {
        let wrong = |cause: &str| MailboxError::Url(cause.to_owned());
        let url = ServiceUrl::parse(text).map_err(|error| wrong(&error.to_string()))?;
        let (protocol, is_tls, port) = match url.scheme.as_str() {
            "imaps" => (Protocol::Imap, true, 993),
            "imap" => (Protocol::Imap, false, 143),
            "pop3s" => (Protocol::Pop3, true, 995),
            "pop3" => (Protocol::Pop3, false, 110),
            _ => {
                return Err(wrong(
                    "must start with imaps://, imap://, pop3s:// or pop3://",
                ));
            }
        };
        if url.user.is_empty() {
            return Err(wrong("names no user"));
        }
        let mut address = Self {
            protocol,
            is_tls,
            port: url.port.unwrap_or(port),
            host: url.host,
            user: url.user,
            secret: Secret::Password(url.password.unwrap_or_default()),
            folder: match url.path.as_str() {
                "" => "INBOX".to_owned(),
                folder => folder.to_owned(),
            },
            trust: Trust::system(),
        };
        for (key, value) in &url.settings {
            match (key.as_str(), value.as_str()) {
                ("auth", "xoauth2") => address.secret = Secret::Tokens(None),
                ("ca", path) => {
                    let trust = Trust::of_file(path);
                    address.trust = trust.map_err(|error| wrong(&error.to_string()))?;
                }
                ("fingerprint", text) => {
                    let trust = address.trust.clone().and_fingerprint(text);
                    address.trust = trust.map_err(|error| wrong(&error.to_string()))?;
                }
                _ => {
                    return Err(wrong(
                        "has an unknown setting; known are auth=xoauth2, ca and fingerprint",
                    ));
                }
            }
        }
        if address.secret == Secret::Password(String::new()) {
            return Err(wrong(
                "names a user without a password; write user:password@host, or auth=xoauth2 for a mailbox that takes tokens",
            ));
        }
        Ok(address)
    }

    /// The configured mailbox, if there is one.
    ///
    /// # Errors
    /// [`MailboxError`] says which setting to fix.
    pub fn of(config: &Config) -> Result<Option<Self>, MailboxError> {
        let Some(url) = &config.mailbox_url else {
            return Ok(None);
        };
        let tokens = config.mailbox_oauth.as_ref().or(config.smtp_oauth.as_ref());
        let tokens = tokens.map(|text| TokenSource::parse(text)).transpose();
        let tokens = tokens.map_err(MailboxError::Tokens)?;
        Self::parse(url)?.with_tokens(tokens).map(Some)
    }

    /// Sets the source of tokens, if it is needed.
    ///
    /// # Errors
    /// [`MailboxError::Url`] where one is needed and there is none.
    pub fn with_tokens(mut self, source: Option<TokenSource>) -> Result<Self, MailboxError> {
        if let Secret::Tokens(tokens) = &mut self.secret {
            let missing =
                "asks for XOAUTH2; set JARSHY_MAILBOX_OAUTH to where its tokens come from";
            *tokens = Some(source.ok_or_else(|| MailboxError::Url(missing.to_owned()))?);
        }
        Ok(self)
    }
}

trait MailboxStream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> MailboxStream for T {}

async fn connect(address: &Address) -> Result<Box<dyn MailboxStream>, MailboxError> {
    let stream = TcpStream::connect((address.host.as_str(), address.port)).await?;
    if !address.is_tls {
        return Ok(Box::new(Timed::new(stream, READ_TIMEOUT)));
    }
    let stream = address.trust.connect(&address.host, stream).await?;
    Ok(Box::new(Timed::new(stream, READ_TIMEOUT)))
}

/// The name of the task.
pub const TASK: &str = "mailbox";

/// Empties the configured mailbox, if there is one, at its interval until `stop`.
pub async fn poll(cx: Context, stop: CancellationToken) {
    let address = Address::of(&cx.config).unwrap_or_else(|error| {
        tracing::error!(%error, "the mailbox is not polled");
        None
    });
    let Some(address) = address else {
        return cx.health.with_heartbeats(TASK, stop.cancelled()).await;
    };
    let interval = Duration::from_secs(cx.config.mailbox_interval.max(1));
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        tokio::select! {
            emptied = empty(&cx, &address) => match emptied {
                Ok(0) => {}
                Ok(taken) => tracing::info!(taken, "returned mail from the mailbox"),
                Err(error) => tracing::error!(%error, "the mailbox of returned mail"),
            },
            () = stop.cancelled() => return,
        }
        let waited = timeout(interval, stop.cancelled());
        let _ = cx.health.with_heartbeats(TASK, waited).await;
    }
}

/// Processes the emails in the mailbox and removes those that were processed; returns how
/// many. The others stay.
pub async fn empty(cx: &Context, address: &Address) -> Result<usize, MailboxError> {
    let emptied = async {
        let stream = within(connect(address)).await??;
        match address.protocol {
            Protocol::Imap => imap::empty(cx, stream, address).await,
            Protocol::Pop3 => pop3::empty(cx, stream, address).await,
        }
    };
    timeout(VISIT_TIMEOUT, emptied)
        .await
        .unwrap_or(Err(MailboxError::Silent))
}

/// Waits for one command or line, which must end in time as a whole.
async fn within<T>(answer: impl Future<Output = T>) -> Result<T, MailboxError> {
    timeout(READ_TIMEOUT, answer)
        .await
        .map_err(|_| MailboxError::Silent)
}

async fn process(cx: &Context, bytes: &[u8]) -> Result<(), MailboxError> {
    let arrival = Arrival {
        source: Source::Mailbox,
        mail_to: None,
        bytes,
    };
    process_email(cx, arrival).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_everything() {
        let address =
            Address::parse("imaps://bounces%40embassy.example:p%3Aw@mail.example/Returned%20mail")
                .unwrap();
        assert_eq!((address.port, address.is_tls), (993, true));
        assert_eq!(address.user, "bounces@embassy.example");
        assert_eq!(address.secret, Secret::Password("p:w".to_owned()));
        assert_eq!(address.folder, "Returned mail");
        assert_eq!(Address::parse("pop3://u:p@h").unwrap().folder, "INBOX");
        let address = Address::parse("pop3://us&er:pa&ss@[::1]:110").unwrap();
        assert_eq!(
            (address.user.as_str(), address.host.as_str()),
            ("us&er", "::1")
        );
        assert_eq!(address.secret, Secret::Password("pa&ss".to_owned()));
        let address = Address::parse("imaps://u:p@[fe80::1%25eth0]").unwrap();
        assert_eq!((address.host.as_str(), address.port), ("fe80::1%eth0", 993));
        let tokens = Address::parse("imaps://u@h?auth=xoauth2").unwrap();
        assert_eq!(tokens.secret, Secret::Tokens(None));
        assert!(tokens.with_tokens(None).is_err());
        for wrong in [
            "http://u:p@h",
            "imaps://host",
            "nonsense",
            "imaps://u:p@h?auth=gssapi",
            "imaps://u@h",
            "pop3s://u:@h",
        ] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }
}
