//! Deletes what has been in the trash for its time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::content::trash;
use crate::context::Context;
use crate::polling;

/// The name of the task.
pub const TASK: &str = "trash";
/// How often it looks for what is due.
pub const POLL_INTERVAL: Duration = Duration::from_secs(60);

/// Deletes what is due until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    let look = || async {
        match trash::expire(&cx).await {
            Ok(expired) if expired.deleted > 0 => {
                tracing::info!(
                    deleted = expired.deleted,
                    "emptied old items from the trash"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the trash cannot be read"),
        }
    };
    polling::every(&cx, TASK, POLL_INTERVAL, &stop, look).await;
}
