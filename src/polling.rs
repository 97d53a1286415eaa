//! The loops of tasks: of one that works on what is waiting in a table, and of one that looks from
//! time to time.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::context::Context;

/// How often the table is polled.
pub const INTERVAL: Duration = Duration::from_secs(1);
const CLEANUP_INTERVAL: Duration = Duration::from_secs(3600);

/// Works until `stop`. `work` does one piece; what is `false` waits for the next poll: there was
/// nothing to do, or it failed, which it has logged. `clean_up` comes at the start and each hour.
pub async fn run<Work, CleanUp>(
    cx: &Context,
    task: &'static str,
    stop: &CancellationToken,
    work: impl Fn() -> Work,
    clean_up: impl Fn() -> CleanUp,
) where
    Work: Future<Output = bool>,
    CleanUp: Future<Output = ()>,
{
    let mut cleaned = None;
    while !stop.is_cancelled() {
        cx.health.heartbeat(task);
        let now = cx.clock.now();
        if cleaned.is_none_or(|at| now.since(at) > CLEANUP_INTERVAL) {
            cleaned = Some(now);
            clean_up().await;
        }
        if !work().await {
            let _ = tokio::time::timeout(INTERVAL, stop.cancelled()).await;
        }
    }
}

/// Looks at once and then after each `interval`, until `stop`. `look` logs what fails.
pub async fn every<Look>(
    cx: &Context,
    task: &'static str,
    interval: Duration,
    stop: &CancellationToken,
    look: impl Fn() -> Look,
) where
    Look: Future<Output = ()>,
{
    loop {
        cx.health.with_heartbeats(task, look()).await;
        let wait = tokio::time::timeout(interval, stop.cancelled());
        if cx.health.with_heartbeats(task, wait).await.is_ok() {
            return;
        }
    }
}
