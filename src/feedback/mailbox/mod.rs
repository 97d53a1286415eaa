//! A mailbox at another provider that is polled for what came back.

use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::{Arrival, FeedbackError, take_mail};
use crate::context::Context;
use crate::model::feedback::Source;

mod imap;
mod pop3;

/// For a server to answer one command, or send the next line.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// For one visit, which takes a bounded number of mails.
const VISIT_TIMEOUT: Duration = Duration::from_secs(600);

/// Why a mailbox could not be emptied.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// The URL.
    #[error("JARSHY_MAILBOX_URL: {0}")]
    Url(&'static str),
    /// The network.
    #[error("the mailbox cannot be reached: {0}")]
    Network(#[from] std::io::Error),
    /// It took too long.
    #[error("the mailbox does not answer")]
    Silent,
    /// The server's own words.
    #[error("the mailbox refuses: {0}")]
    Refused(String),
    /// The database is out of reach; the mail stays where it is.
    #[error(transparent)]
    Feedback(#[from] FeedbackError),
}

/// What a mailbox URL says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    protocol: Protocol,
    is_tls: bool,
    host: String,
    port: u16,
    user: String,
    password: String,
    folder: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Imap,
    Pop3,
}

impl Address {
    /// Reads `imaps://user:password@host:port/folder`.
    ///
    /// # Errors
    /// [`MailboxError::Url`] says what is missing.
    pub fn parse(text: &str) -> Result<Self, MailboxError> {
        let url = Url::parse(text).map_err(|_| MailboxError::Url("is no URL"))?;
        let (protocol, is_tls, port) = match url.scheme() {
            "imaps" => (Protocol::Imap, true, 993),
            "imap" => (Protocol::Imap, false, 143),
            "pop3s" => (Protocol::Pop3, true, 995),
            "pop3" => (Protocol::Pop3, false, 110),
            _ => {
                return Err(MailboxError::Url(
                    "must start with imaps://, imap://, pop3s:// or pop3://",
                ));
            }
        };
        let plain = |part: &str| {
            let decoded =
                url::form_urlencoded::parse(format!("p={}", part.replace('+', "%2B")).as_bytes())
                    .next()
                    .map(|(_, value)| value.into_owned());
            decoded.unwrap_or_default()
        };
        let host = url
            .host_str()
            .ok_or(MailboxError::Url("names no host"))?
            .to_owned();
        if url.username().is_empty() {
            return Err(MailboxError::Url("names no user"));
        }
        Ok(Self {
            protocol,
            is_tls,
            port: url.port().unwrap_or(port),
            user: plain(url.username()),
            password: plain(url.password().unwrap_or_default()),
            folder: match url.path().trim_matches('/') {
                "" => "INBOX".to_owned(),
                folder => plain(folder),
            },
            host,
        })
    }
}

/// A connection, over TLS or not.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

async fn connect(address: &Address) -> Result<Box<dyn Wire>, MailboxError> {
    let stream = TcpStream::connect((address.host.as_str(), address.port)).await?;
    if !address.is_tls {
        return Ok(Box::new(stream));
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(address.host.clone())
        .map_err(|_| MailboxError::Url("names a host that TLS cannot check"))?;
    let connector = TlsConnector::from(Arc::new(config));
    Ok(Box::new(connector.connect(name, stream).await?))
}

/// Takes every mail in the mailbox and removes what was taken. Tells how many.
///
/// # Errors
/// [`MailboxError`]; what was not taken stays in the mailbox.
pub async fn empty(cx: &Context, address: &Address) -> Result<usize, MailboxError> {
    let emptied = async {
        let wire = within(connect(address)).await??;
        match address.protocol {
            Protocol::Imap => imap::empty(cx, wire, address).await,
            Protocol::Pop3 => pop3::empty(cx, wire, address).await,
        }
    };
    timeout(VISIT_TIMEOUT, emptied)
        .await
        .unwrap_or(Err(MailboxError::Silent))
}

/// What a server does within the time for one answer.
async fn within<T>(answer: impl Future<Output = T>) -> Result<T, MailboxError> {
    timeout(READ_TIMEOUT, answer)
        .await
        .map_err(|_| MailboxError::Silent)
}

async fn take(cx: &Context, octets: &[u8]) -> Result<(), MailboxError> {
    let arrival = Arrival {
        source: Source::Mailbox,
        mail_to: None,
        octets,
    };
    take_mail(cx, arrival).await?;
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
        assert_eq!(address.password, "p:w");
        assert_eq!(address.folder, "Returned mail");
        assert_eq!(Address::parse("pop3://u:p@h").unwrap().folder, "INBOX");
        for wrong in ["http://u:p@h", "imaps://host", "nonsense"] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }
}
