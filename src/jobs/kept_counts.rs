//! Sums up the counts that pages show, and verifies them once a day.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::audience::kept_counts;
use crate::context::Context;
use crate::polling;

/// The name of the task.
pub const TASK: &str = "kept_counts";
/// How often it sums them up.
pub const POLL_INTERVAL: Duration = Duration::from_secs(30);

/// Works until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    polling::every(&cx, TASK, POLL_INTERVAL, &stop, || work(&cx)).await;
}

async fn work(cx: &Context) {
    if let Err(error) = kept_counts::fold(cx).await {
        tracing::error!(%error, "kept counts cannot be summed up");
    }
    if let Err(error) = kept_counts::verify_due(cx).await {
        tracing::error!(%error, "kept counts cannot be verified");
    }
}
