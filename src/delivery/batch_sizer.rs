//! How many deliveries one claim takes.

use std::time::{Duration, Instant};

/// A crash leaves no more than this to other workers.
const MAX_BATCH_SIZE: i64 = 1_000;
const MEASURING_INTERVAL: Duration = Duration::from_millis(250);

/// Sizes batches to about half a second of sending, so that a fast worker claims seldom
/// and a slow one does not hoard.
pub(super) struct BatchSizer {
    min_size: i64,
    size: i64,
    since: Instant,
    popped: u64,
}

impl BatchSizer {
    pub(super) fn new(connections: usize) -> Self {
        let min_size = (2 * connections).clamp(16, 400) as i64;
        Self {
            min_size,
            size: min_size,
            since: Instant::now(),
            popped: 0,
        }
    }

    pub(super) fn size(&self) -> i64 {
        self.size
    }

    /// Adapts the size to how many deliveries were `popped` so far. `is_starved`:
    /// connections are idle and the ready queue is empty, so the batch was too small.
    pub(super) fn update(&mut self, popped: u64, is_starved: bool) {
        if is_starved && popped - self.popped >= self.size as u64 {
            self.size = (2 * self.size).min(MAX_BATCH_SIZE);
            (self.since, self.popped) = (Instant::now(), popped);
            return;
        }
        let elapsed = self.since.elapsed();
        if elapsed < MEASURING_INTERVAL {
            return;
        }
        let half_second = (popped - self.popped) as f64 / elapsed.as_secs_f64() / 2.0;
        self.size = (half_second as i64).clamp(self.min_size, MAX_BATCH_SIZE);
        (self.since, self.popped) = (Instant::now(), popped);
    }
}
