//! The configuration in force, which may change while the process runs.

use std::sync::Arc;

use tokio::sync::watch;

use super::Config;

/// What was given at the start, and what is in force now.
pub struct LiveConfig {
    given: Config,
    current: watch::Sender<Arc<Config>>,
}

impl LiveConfig {
    pub fn new(given: Config) -> Self {
        let current = watch::Sender::new(Arc::new(given.clone()));
        Self { given, current }
    }

    /// What flags, environment and file have given.
    pub fn given(&self) -> &Config {
        &self.given
    }

    pub fn current(&self) -> Arc<Config> {
        self.current.borrow().clone()
    }

    /// Puts another configuration in force.
    pub fn replace(&self, config: Config) {
        self.current.send_replace(Arc::new(config));
    }

    /// The configuration in force, and a notice of each that replaces it.
    pub fn changes(&self) -> watch::Receiver<Arc<Config>> {
        self.current.subscribe()
    }
}
