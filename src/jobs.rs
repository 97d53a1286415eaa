//! What runs in the background, on one page.
//!
//! | task | runs in | sign of life | every |
//! | --- | --- | --- | --- |
//! | `maintenance` | worker | each tick | 0.5 s: leases, schedules, audiences, ends |
//! | `campaigns` | worker | – | claims and sends as rows become due |
//! | `transactional` | worker | – | sends notices as they are queued |
//! | `weekly_digest` | worker | each look | 30 s |
//! | `inbound` | `serve`, worker | – | mailbox, SMTP rejections, webhooks |
//! | `imports` | `serve` | – | as files are uploaded |
//! | `post_html` | `serve` | – | once, at start |
//!
//! Each is supervised by [`Health`](crate::health::Health): one that dies is
//! started again with back-off, counted in `/metrics`, and named by
//! `/health/ready` as long as it is not running.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::audience::import_job;
use crate::campaign::weekly;
use crate::content::html;
use crate::context::Context;
use crate::feedback::returns;

/// Rendering one digest may take its time.
const DIGEST_SILENCE: Duration = Duration::from_secs(10 * 60);

/// Makes each week's digest.
pub async fn weekly_digest(cx: Context, stop: CancellationToken) {
    let make = || weekly::work(cx.clone(), stop.clone());
    let silence = Some(DIGEST_SILENCE);
    cx.health
        .supervise(weekly::TASK, silence, &stop, make)
        .await;
}

/// Runs imports.
pub async fn imports(cx: Context, stop: CancellationToken) {
    let make = || import_job::work(cx.clone(), stop.clone());
    cx.health.supervise("imports", None, &stop, make).await;
}

/// Takes in what comes back, and tells webhooks.
pub async fn inbound(cx: Context, stop: CancellationToken) {
    let make = || returns::run(cx.clone(), stop.clone());
    cx.health.supervise("inbound", None, &stop, make).await;
}

/// Makes the HTML of posts that lack it, then rests.
pub async fn post_html(cx: Context, stop: CancellationToken) {
    let make = || {
        let (cx, stop) = (cx.clone(), stop.clone());
        async move {
            match html::backfill(&cx).await {
                Ok(0) => {}
                Ok(made) => tracing::info!(made, "made the HTML of posts"),
                // Each page makes its own when it is asked for.
                Err(error) => tracing::error!(%error, "the HTML of posts cannot be made"),
            }
            stop.cancelled().await;
        }
    };
    cx.health.supervise("post_html", None, &stop, make).await;
}
