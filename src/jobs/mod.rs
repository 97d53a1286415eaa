//! What runs in the background, on one page.
//!
//! | task | runs in | gives a sign of life | stuck after |
//! | --- | --- | --- | --- |
//! | `maintenance` | worker | each tick (0.5 s): leases, schedules, audiences, ends | 3 min |
//! | `campaigns` | worker | each slice that it claims | 5 min |
//! | `transactional` | worker | while it waits for a relay or for notices | 5 min |
//! | `weekly_digest` | worker | each look (30 s) | 10 min |
//! | `mailbox` | `serve`, worker | while it waits for the mailbox | 15 min |
//! | `refusals` | `serve`, worker | each look (5 s) | 5 min |
//! | `webhooks` | `serve`, worker | each look (1 s), and while receivers answer | 5 min |
//! | `inbound` | `serve --inbound` | while it waits for mail | 5 min |
//! | `imports` | `serve` | each look (1 s) and each slice of rows | 10 min |
//! | `post_html` | `serve` | each post, then while it rests | 5 min |
//! | `join_limits` | `serve` | while it waits for the next hour | 5 min |
//!
//! Each is supervised by [`Health`](crate::health::Health): one that dies or gives
//! no sign of life is started again with back-off, counted in `/metrics`, and named
//! by `/health/ready` as long as it is not running.

pub mod maintenance;
pub mod worker;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::audience::import_worker;
use crate::campaign::weekly_digest;
use crate::content::html;
use crate::context::Context;
use crate::inbound::listener::Listener;
use crate::inbound::{mailbox, smtp_rejections};
use crate::web::http::rate_limits::RateLimits;
use crate::webhooks;

const HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(5 * 60);
/// Rendering one digest may take its time, and so may a slice of an import.
const LONG_HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(10 * 60);
/// Longer than one visit to a mailbox may take.
const MAILBOX_HEARTBEAT_TIMEOUT: Duration = Duration::from_secs(15 * 60);
/// How often networks that have been quiet are forgotten.
const PRUNE_INTERVAL: Duration = Duration::from_secs(3600);

/// Makes each week's digest.
pub async fn weekly_digest(cx: Context, stop: CancellationToken) {
    let make = || weekly_digest::work(cx.clone(), stop.clone());
    cx.health
        .supervise(weekly_digest::TASK, LONG_HEARTBEAT_TIMEOUT, &stop, make)
        .await;
}

/// Runs imports.
pub async fn imports(cx: Context, stop: CancellationToken) {
    let make = || import_worker::work(cx.clone(), stop.clone());
    cx.health
        .supervise(import_worker::TASK, LONG_HEARTBEAT_TIMEOUT, &stop, make)
        .await;
}

/// Looks after the return path: the polled mailbox, the relay's refusals, and the
/// webhooks that are to be told. One that fails does not hold up the others.
pub async fn returns(cx: Context, stop: CancellationToken) {
    let mailbox = || mailbox::poll(cx.clone(), stop.clone());
    let refusals = || smtp_rejections::run(cx.clone(), stop.clone());
    let tell_webhooks = || webhooks::run(cx.clone(), stop.clone());
    tokio::join!(
        cx.health
            .supervise(mailbox::TASK, MAILBOX_HEARTBEAT_TIMEOUT, &stop, mailbox),
        cx.health
            .supervise(smtp_rejections::TASK, HEARTBEAT_TIMEOUT, &stop, refusals),
        cx.health
            .supervise(webhooks::TASK, HEARTBEAT_TIMEOUT, &stop, tell_webhooks),
    );
}

/// Takes mail by LMTP or SMTP. The address stays taken when the task dies.
pub async fn inbound(cx: Context, listener: Listener, stop: CancellationToken) {
    const TASK: &str = "inbound";
    let listener = Arc::new(listener);
    let make = || {
        let (health, listener, stop) = (cx.health.clone(), listener.clone(), stop.clone());
        async move { health.with_heartbeats(TASK, listener.run(stop)).await }
    };
    cx.health
        .supervise(TASK, HEARTBEAT_TIMEOUT, &stop, make)
        .await;
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
            cx.health
                .with_heartbeats(html::TASK, stop.cancelled())
                .await;
        }
    };
    cx.health
        .supervise(html::TASK, HEARTBEAT_TIMEOUT, &stop, make)
        .await;
}

/// Forgets the networks from which nobody has joined for a while.
pub async fn join_limits(cx: Context, limits: RateLimits, stop: CancellationToken) {
    const TASK: &str = "join_limits";
    let make = || {
        let (cx, limits, stop) = (cx.clone(), limits.clone(), stop.clone());
        async move {
            let hour = || tokio::time::timeout(PRUNE_INTERVAL, stop.cancelled());
            while cx.health.with_heartbeats(TASK, hour()).await.is_err() {
                limits.prune(cx.clock.now());
            }
        }
    };
    cx.health
        .supervise(TASK, HEARTBEAT_TIMEOUT, &stop, make)
        .await;
}
