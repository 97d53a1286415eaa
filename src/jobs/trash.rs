//! Deletes what has been in the trash for its time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::content::trash;
use crate::context::Context;

/// The name of the task.
pub const TASK: &str = "trash";
/// How often it looks for what is due.
pub const POLL_INTERVAL: Duration = Duration::from_secs(60);

/// Deletes what is due until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    loop {
        let expired = cx.health.with_heartbeats(TASK, trash::expire(&cx));
        tokio::select! {
            () = stop.cancelled() => return,
            expired = expired => match expired {
                Ok(expired) if expired.deleted > 0 => {
                    tracing::info!(deleted = expired.deleted, "emptied old items from the trash");
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "the trash cannot be read"),
            }
        }
        let wait = tokio::time::timeout(POLL_INTERVAL, stop.cancelled());
        if cx.health.with_heartbeats(TASK, wait).await.is_ok() {
            return;
        }
    }
}
