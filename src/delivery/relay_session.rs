//! One session with a relay: it is opened when it is needed, kept open for
//! message after message, and replaced when it breaks.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::connection_limit::ConnectFailure;
use super::connection_slot::ConnectionSlot;
use super::relay_state::{INITIAL_BACKOFF, MAX_BACKOFF, RelayState, is_permanent_relay_failure};
use crate::mail::smtp::{Connection, Envelope, Reply, SendError, Stage};

/// The result of [`RelaySession::write_body`], which [`RelaySession::deliver`] takes.
pub struct BodyResult(Result<(), SendError>);

impl From<SendError> for BodyResult {
    fn from(error: SendError) -> Self {
        Self(Err(error))
    }
}

pub struct RelaySession {
    relay: Arc<RelayState>,
    connection: Option<Connection>,
    slot: Option<ConnectionSlot>,
    /// Gets a slot before campaigns do.
    has_priority: bool,
    /// Connections in a row that failed to open while others work.
    connect_failures: u32,
    /// No connection is tried before.
    retry_at: Option<Instant>,
}

impl RelaySession {
    /// A session that is not open yet.
    pub fn new(relay: Arc<RelayState>) -> Self {
        Self {
            relay,
            connection: None,
            slot: None,
            has_priority: false,
            connect_failures: 0,
            retry_at: None,
        }
    }

    /// A session for transactional email, which must not wait for campaigns.
    pub fn with_priority(relay: Arc<RelayState>) -> Self {
        Self {
            has_priority: true,
            ..Self::new(relay)
        }
    }

    /// Waits until it may open a connection.
    pub async fn wait_for_slot(&mut self) {
        if let Some(until) = self.retry_at {
            tokio::time::sleep_until(until).await;
            self.retry_at = None;
        }
        if self.slot.is_none() {
            self.slot = Some(ConnectionSlot::wait(&self.relay.slots).await);
        }
    }

    /// Closes an idle connection whose slot another session needs.
    pub async fn yield_slot(&mut self) {
        if self.relay.slots.must_yield() {
            self.quit().await;
        }
    }

    /// Closes an idle connection to a relay that limits its connections.
    pub async fn close_if_limited(&mut self) {
        let is_limited = self.relay.slots.known_limit().is_some();
        if is_limited {
            self.quit().await;
        }
    }

    /// Whether a connection is open that takes another message.
    pub fn is_open(&self) -> bool {
        let takes_more = |open: &Connection| open.has_open_transaction() || self.has_room(open);
        let open = self.connection.as_ref();
        open.is_some_and(|open| open.is_usable() && takes_more(open))
    }

    /// Opens a connection unless one is open. Called before a delivery is marked as
    /// `sending`.
    ///
    /// # Errors
    /// [`SendError::Relay`].
    pub async fn ensure_open(&mut self) -> Result<(), SendError> {
        if self.is_open() {
            return Ok(());
        }
        if let Some(ended) = self.connection.take() {
            ended.quit().await;
        }
        let mut slot = match (self.slot.take(), self.has_priority) {
            (Some(slot), _) => slot,
            (None, true) => ConnectionSlot::wait_with_priority(&self.relay.slots).await,
            (None, false) => ConnectionSlot::reserve(&self.relay.slots).map_err(|_| no_slot())?,
        };
        slot.connecting();
        let error = match Connection::open(&self.relay.relay).await {
            Ok(connection) => {
                slot.opened();
                self.slot = Some(slot);
                self.connection = Some(connection);
                self.connect_failures = 0;
                self.relay.record_success().await;
                return Ok(());
            }
            Err(error) => error,
        };
        let failure = if is_connection_refusal(&error) {
            slot.refused()
        } else {
            slot.failed()
        };
        match failure {
            ConnectFailure::Limit
                if is_connection_refusal(&error) || !is_permanent_relay_failure(&error) =>
            {
                let wait = INITIAL_BACKOFF.saturating_mul(1 << self.connect_failures.min(6));
                self.retry_at = Some(Instant::now() + wait.min(MAX_BACKOFF));
                self.connect_failures += 1;
                tracing::info!(relay = %self.relay.relay, %error, "no further connection can be opened; those that are open continue");
            }
            _ => self.relay.record_failure(&error).await,
        }
        Err(error)
    }

    /// Sends the envelope, unless it was pipelined with the message before, and waits
    /// for the reply to DATA.
    ///
    /// # Errors
    /// [`SendError`], to be passed to [`write_body`](Self::write_body).
    pub async fn send_envelope(&mut self, envelope: &Envelope) -> Result<(), SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let sent = connection.send_envelope(envelope).await;
        if connection.has_broken_pipelining() && self.relay.pipelines.swap(false, Ordering::Relaxed)
        {
            tracing::warn!(relay = %self.relay.relay, "the relay violates RFC 2920; pipelining across messages is off");
        }
        sent
    }

    /// Writes the message without the dot that ends it: the relay cannot accept it yet.
    pub async fn write_body(
        &mut self,
        message: &[u8],
        envelope_result: Result<(), SendError>,
    ) -> BodyResult {
        let written = async {
            envelope_result?;
            let connection = self.connection.as_mut().ok_or_else(closed)?;
            connection.write_body(message).await
        };
        BodyResult(written.await)
    }

    /// Ends the message whose body was written, and sends the envelope of the `next` in
    /// the same packet. A connection that turned out to be dead, or that the relay
    /// closed with 421 before it accepted anything, is replaced once.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have accepted the message.
    pub async fn deliver(
        &mut self,
        envelope: &Envelope,
        message: &[u8],
        body_result: BodyResult,
        next: Option<&Envelope>,
    ) -> Result<Reply, SendError> {
        let connection = self.connection.as_mut().ok_or_else(closed)?;
        let was_pipelined = connection.has_broken_pipelining();
        let sent = match body_result.0 {
            Ok(()) => connection.end_data(next).await,
            Err(error) => Err(error),
        };
        match sent {
            Err(error) if was_pipelined || is_worth_reconnecting(&error) => {
                self.connection = None;
                self.ensure_open().await?;
                let connection = self.connection.as_mut().ok_or_else(closed)?;
                connection.send_envelope(envelope).await?;
                connection.write_body(message).await?;
                connection.end_data(None).await
            }
            result => result,
        }
    }

    /// Whether the connection is below the limit of messages per connection.
    fn has_room(&self, open: &Connection) -> bool {
        let limit = self.relay.relay.messages;
        limit.is_none_or(|limit| open.envelopes() < limit)
    }

    /// Whether another message may be prepared behind the one that is being sent and those
    /// that are `prepared` already.
    pub fn may_run_ahead(&self, prepared: usize) -> bool {
        let limit = self.relay.relay.messages;
        let has_room = |open: &Connection| {
            let ahead = u32::try_from(prepared)
                .unwrap_or(u32::MAX)
                .saturating_add(2);
            limit.is_none_or(|limit| open.envelopes().saturating_add(ahead) <= limit)
        };
        self.connection.as_ref().is_some_and(has_room) && !self.relay.slots.must_yield()
    }

    /// Whether the next envelope may be sent together with the end of this message.
    pub fn may_pipeline(&self) -> bool {
        let may = |open: &Connection| self.has_room(open) && open.may_pipeline();
        self.relay.pipelines.load(Ordering::Relaxed)
            && self.connection.as_ref().is_some_and(may)
            && !self.relay.slots.must_yield()
    }

    /// Whether the relay supports this recipient's address.
    pub fn accepts_recipient(&self, envelope: &Envelope) -> bool {
        let open = self.connection.as_ref();
        open.is_some_and(|open| open.accepts_recipient(envelope))
    }

    /// Cancels a transaction that was begun.
    pub fn abort(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.abort();
        }
    }

    /// Drops the connection, whatever its state, and says what that means for the
    /// message.
    pub fn disconnect(&mut self) -> SendError {
        let cause = "the worker was stopped before the relay answered".to_owned();
        self.slot = None;
        match self.connection.take() {
            Some(connection) if connection.awaits_final_reply() => SendError::InDoubt { cause },
            _ => SendError::NotSent {
                stage: Stage::Mail,
                cause,
            },
        }
    }

    /// Ends the session with QUIT.
    pub async fn quit(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.quit().await;
        }
        self.slot = None;
    }
}

fn no_slot() -> SendError {
    SendError::Relay {
        stage: Stage::Connect,
        cause: "the relay takes no more connections for now".into(),
        is_temporary: true,
        code: None,
    }
}

/// Whether a relay that can be reached refuses one connection. A refusal of the
/// credentials is not one.
fn is_connection_refusal(error: &SendError) -> bool {
    match error {
        SendError::Relay {
            code: Some(code),
            stage,
            ..
        } => *code < 500 || *stage == Stage::Greeting,
        _ => false,
    }
}

fn closed() -> SendError {
    SendError::NotSent {
        stage: Stage::Connect,
        cause: "the connection was closed".into(),
    }
}

fn is_worth_reconnecting(error: &SendError) -> bool {
    match error {
        SendError::NotSent { .. } => true,
        SendError::Rejected {
            stage: Stage::Mail,
            reply,
        } => reply.code == 421,
        _ => false,
    }
}
