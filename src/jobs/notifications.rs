//! Tells users what has happened, and deletes what is old.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::context::Context;
use crate::notifications::{self, distribution};

/// The name of the task.
pub const TASK: &str = "notifications";
/// How often the table is polled.
pub const POLL_INTERVAL: Duration = Duration::from_secs(1);
const CLEANUP_INTERVAL: Duration = Duration::from_secs(3600);

/// Distributes notifications until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    let mut pruned = None;
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        let now = cx.clock.now();
        if pruned.is_none_or(|at| now.since(at) > CLEANUP_INTERVAL) {
            pruned = Some(now);
            if let Err(error) = notifications::prune(&cx).await {
                tracing::error!(%error, "old notifications cannot be deleted");
            }
        }
        match distribution::distribute_next(&cx).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "a notification cannot be distributed"),
        }
        let _ = tokio::time::timeout(POLL_INTERVAL, stop.cancelled()).await;
    }
}
