//! Scheduled backups.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::backup::schedule;
use crate::context::Context;

/// The name of the task.
pub const TASK: &str = "backups";
/// How often it looks whether one is due.
pub const POLL_INTERVAL: Duration = Duration::from_secs(10);

/// Makes backups when they are due, until `stop`. One that fails is told of by
/// [`schedule::run_due`].
pub async fn run(cx: Context, stop: CancellationToken) {
    loop {
        let made = cx.health.with_heartbeats(TASK, schedule::run_due(&cx));
        tokio::select! {
            // Half a backup is removed with the future that makes it.
            () = stop.cancelled() => return,
            made = made => if let Err(error) = made {
                tracing::warn!(%error, "no scheduled backup");
            }
        }
        if tokio::time::timeout(POLL_INTERVAL, stop.cancelled())
            .await
            .is_ok()
        {
            return;
        }
    }
}
