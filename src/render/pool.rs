//! A pool of threads with a large stack.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use metrics::{counter, gauge};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use crate::health::panic_message;

/// Why a rendering failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// It missed its deadline.
    #[error("it takes longer than {} seconds to render; make it simpler", .0.as_secs())]
    TimedOut(Duration),
    /// A library panicked.
    #[error("it cannot be rendered: the renderer stopped with “{0}”")]
    Panicked(String),
    /// Too many renderings at once; a retry may work.
    #[error("too much is being rendered at the moment; try again in a minute")]
    Busy,
}

impl RenderError {
    /// Whether the same content may be rendered later.
    pub fn is_temporary(&self) -> bool {
        matches!(self, RenderError::Busy)
    }
}

/// The load of the pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Renderings that run past their deadline.
    pub stuck: usize,
    /// Whether they are too many to start another.
    pub is_exhausted: bool,
}

pub(super) struct Pool {
    threads: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    stuck: Arc<AtomicUsize>,
    stuck_limit: usize,
    stack: usize,
}

impl Pool {
    pub(super) fn new(threads: usize, queue: usize, stuck_limit: usize, stack: usize) -> Self {
        Self {
            threads: Arc::new(Semaphore::new(threads)),
            waiting: AtomicUsize::new(0),
            queue,
            stuck: Arc::default(),
            stuck_limit,
            stack,
        }
    }

    pub(super) fn load(&self) -> Load {
        let stuck = self.stuck.load(Ordering::Relaxed);
        Load {
            stuck,
            is_exhausted: stuck >= self.stuck_limit,
        }
    }

    pub(super) async fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        wait_limit: Duration,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, RenderError> {
        let permit = {
            let slot = QueueSlot::acquire(&self.waiting, self.queue).ok_or_else(busy)?;
            let permit = timeout(wait_limit, self.threads.clone().acquire_owned()).await;
            drop(slot);
            // The semaphore is never closed.
            permit.ok().and_then(Result::ok).ok_or_else(busy)?
        };
        if self.load().is_exhausted {
            return Err(busy());
        }
        let (done, mut result) = oneshot::channel();
        std::thread::Builder::new()
            .name("jarshy-render".to_owned())
            .stack_size(self.stack)
            .spawn(move || {
                let outcome = catch_unwind(AssertUnwindSafe(work));
                // The caller may have gone.
                let _ = done.send(outcome.map_err(|panic| panic_message(&*panic)));
            })
            .map_err(|error| {
                tracing::error!(%error, "a rendering thread cannot be started");
                busy()
            })?;
        // A task of its own: the caller may go away, and the thread must be counted all the
        // same.
        let stuck = self.stuck.clone();
        let watched = tokio::spawn(async move {
            let outcome = match timeout(limit, &mut result).await {
                Ok(outcome) => outcome,
                Err(_) => {
                    let _stuck = Stuck::count(&stuck);
                    // Its slot is free for others meanwhile.
                    drop(permit);
                    counter!("jarshy_render_timeouts_total").increment(1);
                    tracing::error!(
                        ?limit,
                        "a rendering goes on past its deadline; it holds a thread until it ends"
                    );
                    tokio::spawn(async move {
                        let _stuck = _stuck;
                        let _ = result.await;
                    });
                    return Err(RenderError::TimedOut(limit));
                }
            };
            drop(permit);
            match outcome {
                Ok(Ok(value)) => Ok(value),
                Ok(Err(words)) => {
                    counter!("jarshy_render_panics_total").increment(1);
                    tracing::error!(words, "a rendering panicked");
                    Err(RenderError::Panicked(words))
                }
                Err(_) => Err(RenderError::Panicked("no result".to_owned())),
            }
        });
        match watched.await {
            Ok(outcome) => outcome,
            // The runtime is shutting down.
            Err(_) => Err(busy()),
        }
    }
}

fn busy() -> RenderError {
    counter!("jarshy_render_refused_total").increment(1);
    RenderError::Busy
}

/// A slot in the queue.
struct QueueSlot<'a>(&'a AtomicUsize);

impl<'a> QueueSlot<'a> {
    fn acquire(waiting: &'a AtomicUsize, limit: usize) -> Option<Self> {
        let slot = Self(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < limit).then_some(slot)
    }
}

impl Drop for QueueSlot<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts a thread past its deadline until it ends.
struct Stuck(Arc<AtomicUsize>);

impl Stuck {
    fn count(stuck: &Arc<AtomicUsize>) -> Self {
        let now = stuck.fetch_add(1, Ordering::Relaxed) + 1;
        gauge!("jarshy_render_stuck_threads").set(now as f64);
        Self(stuck.clone())
    }
}

impl Drop for Stuck {
    fn drop(&mut self) {
        let now = self.0.fetch_sub(1, Ordering::Relaxed) - 1;
        gauge!("jarshy_render_stuck_threads").set(now as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(30);

    fn pool() -> Pool {
        Pool::new(1, 1, 2, 8 * 1024 * 1024)
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_the_next_work_is_done() {
        let pool = pool();
        let outcome = pool.run(LONG, LONG, || -> u8 { panic!("at {}", 5) }).await;
        assert_eq!(outcome, Err(RenderError::Panicked("at 5".to_owned())));
        assert_eq!(pool.run(LONG, LONG, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn work_past_its_deadline_gives_its_place_away_until_there_is_too_much_of_it() {
        let pool = pool();
        let mut ends = Vec::new();
        for _ in 0..2 {
            let (end, wait) = mpsc::channel::<()>();
            ends.push(end);
            let outcome = pool
                .run(SHORT, LONG, move || {
                    let _ = wait.recv();
                })
                .await;
            assert_eq!(outcome, Err(RenderError::TimedOut(SHORT)));
        }
        assert!(pool.load().is_exhausted);
        assert_eq!(pool.run(LONG, LONG, || 7).await, Err(RenderError::Busy));
        drop(ends);
        while pool.load().stuck > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(pool.run(LONG, LONG, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn an_abandoned_job_frees_its_thread() {
        let pool = pool();
        let (end, wait) = mpsc::channel::<()>();
        let work = pool.run(LONG, LONG, move || {
            let _ = wait.recv();
        });
        assert!(timeout(SHORT, work).await.is_err());
        assert_eq!(pool.run(LONG, SHORT, || 7).await, Err(RenderError::Busy));
        drop(end);
        assert_eq!(pool.run(LONG, LONG, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn the_stack_is_large() {
        fn deep(n: usize) -> usize {
            let space = std::hint::black_box([n; 16]);
            if n == 0 { space[0] } else { deep(n - 1) + 1 }
        }
        let pool = pool();
        assert_eq!(pool.run(LONG, LONG, || deep(15_000)).await, Ok(15_000));
    }
}
