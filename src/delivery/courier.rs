//! The way to the relay: one connection, opened when needed, kept while it
//! works; what all connections know of the relay's health; and the pace.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::campaign::report::RELAY_SETTING;
use crate::context::Context;
use crate::mail::smtp::{Connection, Endpoint, Envelope, Reply, SendError, Stage};
use crate::store::settings;

const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What is known of a relay; shared by its connections.
pub struct Relay {
    cx: Context,
    /// Where it is.
    pub endpoint: Endpoint,
    health: Mutex<Health>,
    next_slot: Mutex<Instant>,
}

#[derive(Default)]
struct Health {
    failures: u32,
    wait_until: Option<Instant>,
    trouble: String,
}

impl Relay {
    /// A relay of which nothing bad is known.
    pub fn new(cx: Context, endpoint: Endpoint) -> Arc<Self> {
        Arc::new(Self {
            cx,
            endpoint,
            health: Mutex::new(Health {
                trouble: "?".into(),
                ..Health::default()
            }),
            next_slot: Mutex::new(Instant::now()),
        })
    }

    /// Whether it failed so lately that nothing should be claimed for it.
    pub async fn is_resting(&self) -> bool {
        self.health
            .lock()
            .await
            .wait_until
            .is_some_and(|until| until > Instant::now())
    }

    /// Waits for this message's turn under the endpoint's rate.
    pub async fn pace(&self) {
        let Some(rate) = self.endpoint.rate else {
            return;
        };
        let slot = {
            let mut next = self.next_slot.lock().await;
            let slot = (*next).max(Instant::now());
            *next = slot + Duration::from_secs(1) / rate;
            slot
        };
        tokio::time::sleep_until(slot).await;
    }

    async fn note_success(&self) {
        let mut health = self.health.lock().await;
        if health.failures > 0 {
            tracing::info!(relay = %self.endpoint, "the relay works again");
        }
        health.failures = 0;
        health.wait_until = None;
        self.set_trouble(&mut health, String::new()).await;
    }

    async fn note_failure(&self, error: &SendError) {
        let mut health = self.health.lock().await;
        // One failure of many connections at once is one failure.
        if health
            .wait_until
            .is_some_and(|until| until > Instant::now())
        {
            return;
        }
        let wait = FIRST_WAIT
            .saturating_mul(1 << health.failures.min(6))
            .min(LONGEST_WAIT);
        health.failures += 1;
        health.wait_until = Some(Instant::now() + wait);
        tracing::error!(relay = %self.endpoint, %error, ?wait, "the relay cannot be used");
        self.set_trouble(&mut health, format!("{}: {error}", self.endpoint))
            .await;
    }

    /// Tells the desk; written only when it changes.
    async fn set_trouble(&self, health: &mut Health, trouble: String) {
        if health.trouble == trouble {
            return;
        }
        let written = async {
            let mut db = self.cx.store.write().await?;
            settings::set(&mut db, RELAY_SETTING, &trouble).await?;
            db.commit().await
        };
        match written.await {
            Ok(()) => health.trouble = trouble,
            Err(error) => tracing::error!(%error, "the relay's state cannot be noted"),
        }
    }
}

/// One connection to the relay.
pub struct Courier {
    relay: Arc<Relay>,
    connection: Option<Connection>,
}

impl Courier {
    /// A courier that has not set out.
    pub fn new(relay: Arc<Relay>) -> Self {
        Self {
            relay,
            connection: None,
        }
    }

    /// Makes sure of an open connection, before a delivery is marked as
    /// `sending`.
    ///
    /// # Errors
    /// [`SendError::Relay`] where none is to be had.
    pub async fn ready(&mut self) -> Result<(), SendError> {
        if self.connection.as_ref().is_some_and(Connection::is_usable) {
            return Ok(());
        }
        match Connection::open(&self.relay.endpoint).await {
            Ok(connection) => {
                self.connection = Some(connection);
                self.relay.note_success().await;
                Ok(())
            }
            Err(error) => {
                self.relay.note_failure(&error).await;
                Err(error)
            }
        }
    }

    /// Hands a message over. A connection that turns out to be dead, or that
    /// the relay closes before it took anything (421), is replaced once.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken the message.
    pub async fn deliver(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<Reply, SendError> {
        match self.try_once(envelope, message).await {
            Err(error) if is_stale(&error) => {
                self.connection = None;
                self.ready().await?;
                self.try_once(envelope, message).await
            }
            result => result,
        }
    }

    async fn try_once(&mut self, envelope: &Envelope, message: &[u8]) -> Result<Reply, SendError> {
        match self.connection.as_mut() {
            Some(connection) => connection.send(envelope, message).await,
            None => Err(SendError::NotSent {
                stage: Stage::Connect,
                cause: "the connection was closed".into(),
            }),
        }
    }

    /// Says goodbye, if there is somebody to say it to.
    pub async fn quit(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.quit().await;
        }
    }
}

fn is_stale(error: &SendError) -> bool {
    match error {
        SendError::NotSent { .. } => true,
        SendError::Refused {
            stage: Stage::Mail,
            reply,
        } => reply.code == 421,
        _ => false,
    }
}
