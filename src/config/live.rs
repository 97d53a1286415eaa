//! The configuration in force, which may change while the process runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::watch;

use super::Config;
use super::stored::Problems;

/// What was given at the start, and what is in force now.
pub struct LiveConfig {
    given: Config,
    stored: Mutex<Stored>,
    current: watch::Sender<Arc<Config>>,
}

/// The settings that are stored, as they were last read.
#[derive(Clone, Default)]
pub struct Stored {
    /// Changes with every change of a setting.
    pub version: Option<i64>,
    pub values: BTreeMap<String, Value>,
    /// Those that cannot be used.
    pub problems: Problems,
}

impl LiveConfig {
    pub fn new(given: Config) -> Self {
        Self {
            current: watch::Sender::new(Arc::new(given.clone())),
            stored: Mutex::default(),
            given,
        }
    }

    /// What flags, environment and file have given.
    pub fn given(&self) -> &Config {
        &self.given
    }

    pub fn stored(&self) -> Stored {
        self.stored.lock().clone()
    }

    pub fn current(&self) -> Arc<Config> {
        self.current.borrow().clone()
    }

    /// Puts stored settings in force. `unreadable` are those that could not even be read.
    pub fn apply(
        &self,
        version: Option<i64>,
        values: BTreeMap<String, Value>,
        unreadable: Problems,
    ) {
        let (config, mut problems) = self.given.with_stored(&values);
        problems.extend(unreadable);
        *self.stored.lock() = Stored {
            version,
            values,
            problems,
        };
        self.current.send_replace(Arc::new(config));
    }

    /// The configuration in force, and a notice of each that replaces it.
    pub fn changes(&self) -> watch::Receiver<Arc<Config>> {
        self.current.subscribe()
    }
}
