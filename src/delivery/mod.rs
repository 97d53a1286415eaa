//! Delivery: from a row in the ledger to a relay's answer.
//!
//! Owns the worker: it [claims](crate::store::deliveries::claim) due rows, lets
//! them wait in the [`ready_queue`] for their domain's turn, [writes](mailer) their
//! messages, marks them in the [`ledger`] before their end is on the wire,
//! hands them to a [relay](relay_session) and records the answer. Nothing in its memory
//! matters: whatever is lost with it, the ledger knows. The way in is [`pipeline::run`].

mod brake;
mod connection_limit;
mod connection_slot;
pub mod dedicated_thread;
mod hourly_limit;
pub mod ledger;
mod mailer;
pub mod pipeline;
mod ready_queue;
pub mod relay_session;
pub mod retry;
pub mod signing;
pub mod status;
pub mod throttle;

pub use mailer::sample_message;

use crate::campaign::CampaignError;
use crate::mail::address_line::MailboxError;
use crate::mail::bulk::BulkError;
use crate::mail::dkim::DkimError;
use crate::mail::layout::LayoutError;
use crate::mail::message::ComposeError;
use crate::mail::personalise::TemplateError;
use crate::render::RenderError;
use crate::store::StoreError;
use crate::text::bounds::TooComplex;

/// A message cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The campaign has no text that could be sent.
    #[error("the campaign has no text")]
    NoText,
    /// Nobody to send it as.
    #[error("no sender is configured; set JARSHY_FROM")]
    NoSender,
    /// The queued notice is not of its kind's shape.
    #[error("the notice cannot be read: {0}")]
    Payload(#[from] serde_json::Error),
    /// The sender.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// The campaign.
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    /// A text that is too deep, too long or too laborious.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    /// A rendering that came to nothing.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A personal part.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The layout.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A link that finds no safe place in its mail.
    #[error("the link has no place in the mail that only its reader sees")]
    Link,
    /// The MIME text.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// One of a campaign's messages.
    #[error(transparent)]
    Bulk(#[from] BulkError),
    /// The signature.
    #[error(transparent)]
    Dkim(#[from] DkimError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
