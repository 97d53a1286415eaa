//! What every service needs.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;
use crate::config::live::LiveConfig;
use crate::health::Health;
use crate::mail::Mailbox;
use crate::store::Store;
use crate::text::locale::{Language, Preference};
use crate::token::KeyRing;

/// What all services share; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The keys of signed links.
    pub keys: Arc<KeyRing>,
    /// The configuration, which can change while the process runs: see [`Context::config`].
    pub live: Arc<LiveConfig>,
    /// Notified when mail is queued, so that a worker in this process need not
    /// wait for its next poll of the database.
    pub mail_queued: Arc<Notify>,
    /// The state of background tasks.
    pub health: Health,
}

impl Context {
    /// The configuration in force. What must not change in the course of one piece of work
    /// asks once.
    pub fn config(&self) -> Arc<Config> {
        self.live.current()
    }

    /// How a text is chosen for a reader of this language.
    pub fn reader(&self, language: Language) -> Preference {
        Preference {
            reader: language,
            site: self.config().language,
        }
    }

    /// The configured sender of mail.
    pub fn sender(&self) -> Option<Mailbox> {
        self.config().from.clone()
    }
}
