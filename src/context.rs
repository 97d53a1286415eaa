//! What every service needs to do its work.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;
use crate::health::Health;
use crate::mail::Mailbox;
use crate::store::Store;
use crate::token::KeyRing;

/// The parts that the whole house shares; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The keys of signed links.
    pub keys: Arc<KeyRing>,
    /// What the operator set.
    pub config: Arc<Config>,
    /// Rung when mail was queued, so that a worker in this process need not
    /// wait for its next look at the database.
    pub mail_queued: Arc<Notify>,
    /// What runs in the background.
    pub health: Health,
}

impl Context {
    /// The configured sender of mail.
    pub fn sender(&self) -> Option<Mailbox> {
        self.config.from.clone()
    }
}
