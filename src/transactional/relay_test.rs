//! A test email over one relay, at once, with the relay's reply.

use std::time::Duration;

use tokio::time::timeout;

use crate::address::EmailAddress;
use crate::context::Context;
use crate::delivery::{WriteError, signing};
use crate::mail::Mailbox;
use crate::mail::attachment::Attachments;
use crate::mail::message::{self, Draft};
use crate::mail::smtp::{Connection, Envelope, Reply, SendError};
use crate::relay::{Relay, RelayUrlError, Relays};
use crate::text::locale::Language;

/// The person who waits for it sees no page before.
const LIMIT: Duration = Duration::from_secs(25);

/// Why a test did not go out.
#[derive(Debug, thiserror::Error)]
pub enum RelayTestError {
    #[error("enter the sender first; a relay takes no mail without one")]
    NoSender,
    #[error("the email cannot be written: {0}")]
    Write(#[from] WriteError),
    /// The relay's own words.
    #[error(transparent)]
    Send(#[from] SendError),
    #[error("the relay did not answer within {} seconds", LIMIT.as_secs())]
    Silent,
    #[error("there is no relay number {0}")]
    Unknown(usize),
    /// A relay that cannot be used.
    #[error(transparent)]
    Relay(#[from] RelayUrlError),
}

/// Sends a test over one of the relays in force, counted from 1.
///
/// # Errors
/// [`RelayTestError`] says what the relay said.
pub async fn send_over(
    cx: &Context,
    number: usize,
    to: &EmailAddress,
) -> Result<Reply, RelayTestError> {
    let relays = cx.config().relays()?;
    let relay = relays
        .iter()
        .flat_map(Relays::iter)
        .nth(number.wrapping_sub(1));
    send(cx, relay.ok_or(RelayTestError::Unknown(number))?, to).await
}

/// Sends a test over a relay that is not in force yet.
///
/// # Errors
/// [`RelayTestError`] says what the relay said.
pub async fn send_by(cx: &Context, url: &str, to: &EmailAddress) -> Result<Reply, RelayTestError> {
    let relays = cx.config().complete(url.parse::<Relay>()?.into())?;
    send(
        cx,
        relays.iter().next().ok_or(RelayTestError::Unknown(1))?,
        to,
    )
    .await
}

/// Sends a test over exactly this relay, and returns its reply.
async fn send(cx: &Context, relay: &Relay, to: &EmailAddress) -> Result<Reply, RelayTestError> {
    let from = cx.sender().ok_or(RelayTestError::NoSender)?;
    let domain = from.address.domain();
    let text = format!(
        "This is a test of the relay {relay}.\n\nIt was sent from the settings of {}.\n",
        cx.config().public_url()
    );
    let html = format!(
        "<p>{}</p>",
        crate::text::escape::escape_html(&text)
            .trim()
            .replace("\n\n", "</p><p>")
    );
    let bytes = message::compose(&Draft {
        from: &from,
        to: &Mailbox::bare(to.clone()),
        reply_to: None,
        subject: &format!("Test of {}", relay.host),
        date: cx.clock.now(),
        message_id: &format!("<r{:x}@{domain}>", rand::random::<u128>()),
        language: Language::EN,
        html: &html,
        text: &text,
        list: None,
        calendar: None,
        attachments: &Attachments::default(),
    })
    .map_err(WriteError::from)?;
    let signer = signing::signer(cx, domain).await?;
    let bytes = signer.sign(bytes).map_err(WriteError::from)?;
    let envelope = Envelope {
        mail_from: from.address.to_string(),
        rcpt_to: to.clone(),
    };
    let reply = timeout(LIMIT, deliver(relay, &envelope, &bytes)).await;
    Ok(reply.map_err(|_| RelayTestError::Silent)??)
}

async fn deliver(relay: &Relay, envelope: &Envelope, bytes: &[u8]) -> Result<Reply, SendError> {
    let mut connection = Connection::open(relay).await?;
    connection.send_envelope(envelope).await?;
    connection.write_body(bytes).await?;
    let reply = connection.end_data(None).await?;
    connection.quit().await;
    Ok(reply)
}
