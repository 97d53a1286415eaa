//! Group commit of joins that arrive at the same time.
//!
//! SQLite has one writer, and each commit waits for the disk. The first request
//! writes for all that wait, in one transaction; each is answered only after the
//! commit.
//! PostgreSQL groups commits by itself.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::oneshot;

use super::Result;
use super::join::{JoinRequest, join, public_lists_within, take};
use crate::context::Context;
use crate::store::Engine;

/// Joins of one transaction: few enough that none waits long.
const BATCH: usize = 128;

/// The queue of waiting joins; cheap to clone.
#[derive(Clone, Default)]
pub struct JoinQueue {
    waiting: Arc<Mutex<VecDeque<Ticket>>>,
    /// Held by the request that writes.
    turn: Arc<tokio::sync::Mutex<()>>,
}

struct Ticket {
    request: JoinRequest,
    answer: oneshot::Sender<Result<()>>,
}

impl JoinQueue {
    /// Takes a request to join, as [`join`] does.
    ///
    /// # Errors
    /// As [`join`].
    pub async fn join(&self, cx: &Context, request: JoinRequest) -> Result<()> {
        if cx.store.engine() != Engine::Sqlite {
            return join(cx, &request).await;
        }
        let (answer, mut answered) = oneshot::channel();
        let ticket = Ticket {
            request: request.clone(),
            answer,
        };
        self.waiting().push_back(ticket);
        loop {
            let turn = self.turn.lock().await;
            match answered.try_recv() {
                Ok(answer) => return answer,
                Err(oneshot::error::TryRecvError::Empty) => self.write_batch(cx).await,
                // The writing request failed or was cancelled; nothing was stored.
                Err(oneshot::error::TryRecvError::Closed) => {
                    drop(turn);
                    return join(cx, &request).await;
                }
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Ticket>> {
        self.waiting.lock()
    }

    /// Writes the first joins of the queue. A dropped ticket makes its owner retry
    /// alone, so that one join cannot fail another.
    async fn write_batch(&self, cx: &Context) {
        let tickets: Vec<Ticket> = {
            let mut waiting = self.waiting();
            let count = waiting.len().min(BATCH);
            waiting.drain(..count).collect()
        };
        if let Err(error) = write(cx, tickets).await {
            tracing::warn!(%error, "joins could not be written together; each is tried alone");
        }
    }
}

async fn write(cx: &Context, tickets: Vec<Ticket>) -> Result<()> {
    let mut db = cx.store.write().await?;
    let public = public_lists_within(&mut db).await?;
    let mut answers = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let taken = match take(cx, &mut db, &public, &ticket.request).await {
            Err(super::AudienceError::Store(error)) => return Err(error.into()),
            taken => taken,
        };
        answers.push((ticket.answer, taken));
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    for (answer, taken) in answers {
        // The client may have disconnected.
        let _ = answer.send(taken);
    }
    Ok(())
}
