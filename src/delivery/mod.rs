//! Sends campaigns: from a row of the delivery ledger to the relay's reply.
//!
//! The [claim loop](claim_loop) claims due rows into the [`ready_queue`]; each
//! [connection](connection_loop) takes one and [prepares](run_ahead) the next: it has the
//! [`mailer`] write the message, marks it in the [`ledger`] as begun before the message ends,
//! sends it over its [session](relay_session) with the relay and records the reply. Nothing in
//! memory has to survive: the ledger holds the state. The way in is [`pipeline::run`].

mod automatic_pause;
mod batch_sizer;
mod claim_loop;
mod connection_limit;
mod connection_loop;
mod connection_slot;
pub mod dedicated_thread;
mod failed_emails;
mod hourly_limit;
pub mod ledger;
mod mailer;
pub mod pipeline;
mod prepared;
mod queued_delivery;
mod ready_queue;
pub mod recipients;
pub mod relay_pool;
pub mod relay_session;
pub mod relay_state;
pub mod retry;
mod run_ahead;
mod sender;
mod sending_campaigns;
pub mod signing;
pub mod status;
mod taken;
pub mod throttle;
mod writing;

pub use mailer::sample_message;

/// The name of the task.
pub const TASK: &str = "campaigns";
/// How often the claim loop looks for due deliveries.
pub const POLL_INTERVAL: Duration = Duration::from_millis(500);

use crate::address::mailbox::MailboxError;
use std::time::Duration;

use crate::campaign::CampaignError;
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
    #[error("the campaign has no text")]
    NoText,
    #[error("no sender is configured; enter it under Settings, Sending")]
    NoSender,
    /// The content of a queued email cannot be parsed.
    #[error("the queued email cannot be parsed: {0}")]
    Payload(#[from] serde_json::Error),
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A text names a snippet that is not there.
    #[error("there is no snippet “{0}”; create it, or take it out of the text")]
    MissingSnippet(String),
    /// A link that finds no safe place in its mail.
    #[error("the link has no place in the mail that only its reader sees")]
    Link,
    #[error(transparent)]
    Compose(#[from] ComposeError),
    #[error(transparent)]
    Bulk(#[from] BulkError),
    #[error(transparent)]
    Dkim(#[from] DkimError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its writer panicked.
    #[error("writing it failed: {0}")]
    Stopped(String),
}

impl WriteError {
    /// Whether the same message may be written later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Campaign(error) => error.is_temporary(),
            Self::Render(error) => error.is_temporary(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentError;
    use crate::store::StoreError;

    /// A database that gives no connection in time, in the middle of reading a campaign, must
    /// not pause it: nobody could mend anything.
    #[test]
    fn what_passes_by_itself_is_temporary_wherever_it_arises() {
        let busy = || StoreError::from(sqlx::Error::PoolTimedOut);
        let in_content = || CampaignError::from(ContentError::from(busy()));
        let temporary = [
            WriteError::from(busy()),
            WriteError::from(CampaignError::from(busy())),
            WriteError::from(in_content()),
            WriteError::from(RenderError::Busy),
            WriteError::from(CampaignError::from(ContentError::from(RenderError::Busy))),
        ];
        for error in temporary {
            assert!(error.is_temporary(), "{error:?}");
        }
        assert!(in_content().is_internal());
        let lasting = [
            WriteError::NoSender,
            WriteError::from(CampaignError::NoPost),
            WriteError::from(StoreError::from(sqlx::Error::RowNotFound)),
        ];
        for error in lasting {
            assert!(!error.is_temporary(), "{error:?}");
        }
        let defect = CampaignError::from(StoreError::from(sqlx::Error::RowNotFound));
        assert!(defect.is_internal() && !CampaignError::Overtaken.is_internal());
    }
}
