//! Polls a mailbox at another provider for returned mail.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Arrival, InboundError, process_email};
use crate::context::Context;
use crate::mailbox_url::{MailboxUrl, MailboxUrlError, Protocol};
use crate::model::feedback::Source;
use crate::oauth::TokenError;

mod imap;
mod pop3;
pub mod status;
mod timed;

use timed::Timed;

/// How long a server may stay silent.
const READ_TIMEOUT: Duration = Duration::from_secs(60);
/// For one visit, which processes a bounded number of emails.
const VISIT_TIMEOUT: Duration = Duration::from_secs(600);

/// The person who waits for it sees no page before.
const CHECK_TIMEOUT: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// The URL.
    #[error("JARSHY_MAILBOX_URL: {0}")]
    Url(#[from] MailboxUrlError),
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

trait MailboxStream: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> MailboxStream for T {}

async fn connect(address: &MailboxUrl) -> Result<Box<dyn MailboxStream>, MailboxError> {
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
    let mut changes = cx.live.changes();
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let config = changes.borrow_and_update().clone();
        let address = config.mailbox().unwrap_or_else(|error| {
            tracing::error!(%error, "the mailbox is not polled");
            None
        });
        let interval = address.as_ref().map(|_| config.mailbox_interval.max(1));
        if let Some(address) = address {
            tokio::select! {
                emptied = empty(&cx, &address) => {
                    match &emptied {
                        Ok(0) => {}
                        Ok(taken) => tracing::info!(taken, "returned mail from the mailbox"),
                        Err(error) => tracing::error!(%error, "the mailbox of returned mail"),
                    }
                    if let Err(error) = status::note(&cx, &address, emptied.as_ref().err()).await {
                        tracing::error!(%error, "how the visit to the mailbox went is not noted");
                    }
                },
                () = stop.cancelled() => return,
            }
        }
        let changed = async {
            while let Ok(()) = changes.changed().await {
                if !changes.borrow_and_update().polls_like(&config) {
                    return;
                }
            }
            std::future::pending().await
        };
        let wait = async {
            let ended = stop.cancelled();
            tokio::select! {
                () = ended => {}
                () = changed => {}
                () = elapsed(interval) => {}
            }
        };
        cx.health.with_heartbeats(TASK, wait).await;
    }
}

/// Ends after so many seconds; without an interval never.
async fn elapsed(interval: Option<u64>) {
    match interval {
        Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds)).await,
        None => std::future::pending().await,
    }
}

/// Signs in to the configured mailbox, changes nothing, and returns how many emails it has;
/// `None` without a mailbox.
pub async fn check(cx: &Context) -> Result<Option<u32>, MailboxError> {
    let Some(address) = cx.config().mailbox()? else {
        return Ok(None);
    };
    let opened = async {
        let stream = connect(&address).await?;
        match address.protocol {
            Protocol::Imap => imap::check(stream, &address).await,
            Protocol::Pop3 => pop3::check(stream, &address).await,
        }
    };
    let opened = timeout(CHECK_TIMEOUT, opened).await;
    opened.unwrap_or(Err(MailboxError::Silent)).map(Some)
}

/// Processes the emails in the mailbox and removes those that were processed; returns how
/// many. The others stay.
pub async fn empty(cx: &Context, address: &MailboxUrl) -> Result<usize, MailboxError> {
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
