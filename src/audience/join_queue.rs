//! Joins that come at the same moment are made durable together.
//!
//! SQLite has one writer, and each of its commits waits for the disk. Whoever
//! comes first writes for all who wait beside them, in one transaction; each is
//! answered only after the commit, so that what was promised is on the disk.
//! PostgreSQL does the same by itself.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::oneshot;

use super::Result;
use super::join::{JoinRequest, join, public_lists_within, take};
use crate::context::Context;
use crate::store::Engine;

/// Joins of one transaction: few enough that nobody waits long for others.
const BATCH: usize = 128;

/// Where joins wait for one another; cheap to clone.
#[derive(Clone, Default)]
pub struct JoinQueue {
    waiting: Arc<Mutex<VecDeque<Ticket>>>,
    /// Held by the one who writes.
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
                // Who wrote for us failed or went away, and nothing was kept.
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

    /// Writes for the first who wait. Tickets that are dropped on the way tell
    /// their owners to try alone: one join must not spoil another.
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
        // Who has hung up needs no answer.
        let _ = answer.send(taken);
    }
    Ok(())
}
