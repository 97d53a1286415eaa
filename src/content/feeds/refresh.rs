//! Reads the feeds again and again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::error::{FeedError, Result};
use super::fetch::{self, Answer};
use super::kept::{INTERVAL, keep};
use crate::context::Context;
use crate::model::notification::{Notice, NotificationKind};
use crate::notifications::conditions::{self, Condition};
use crate::store::feeds::{self, Feed, FeedState};

/// The name of the task.
pub const TASK: &str = "feeds";
/// How often it looks for what is due.
pub const POLL_INTERVAL: Duration = Duration::from_secs(60);
/// Failures in a row that users are notified of.
const PATIENCE: i64 = 3;

/// Reads what is due until `stop`. Any number of processes may run it.
pub async fn work(cx: Context, stop: CancellationToken) {
    loop {
        let refreshed = cx.health.with_heartbeats(TASK, refresh_due(&cx));
        tokio::select! {
            () = stop.cancelled() => return,
            refreshed = refreshed => if let Err(error) = refreshed {
                tracing::error!(%error, "feeds cannot be read");
            }
        }
        let wait = tokio::time::timeout(POLL_INTERVAL, stop.cancelled());
        if cx.health.with_heartbeats(TASK, wait).await.is_ok() {
            return;
        }
    }
}

/// Reads every feed that is due, one after the other.
///
/// # Errors
/// Where the database fails.
pub async fn refresh_due(cx: &Context) -> Result<()> {
    let due = feeds::due(&mut cx.store.read().await?, cx.clock.now()).await?;
    for feed in due {
        let next = cx.clock.now().after(INTERVAL);
        let mut db = cx.store.write().await?;
        let is_ours = feeds::claim(&mut db, &feed, next).await?;
        db.commit().await?;
        if is_ours {
            refresh(cx, &feed).await?;
        }
    }
    Ok(())
}

/// Reads a feed now, and notes what came of it.
///
/// # Errors
/// Where the database fails.
pub async fn refresh(cx: &Context, feed: &Feed) -> Result<()> {
    let marks = (feed.etag.as_str(), feed.last_modified.as_str());
    let answer = fetch::fetch(cx, &feed.url, marks).await;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    // It may have got another address, or been deleted, while it was read.
    let current = feeds::by_id(&mut db, feed.id).await?;
    if current.is_none_or(|current| current.url != feed.url) {
        return Ok(());
    }
    match answer {
        Ok(answer) => {
            if let Answer::Changed {
                found,
                etag,
                last_modified,
            } = &answer
            {
                keep(&mut db, feed.id, found, false, now).await?;
                let state = FeedState {
                    title: &found.title,
                    etag,
                    last_modified,
                };
                feeds::succeed(&mut db, feed.id, Some(&state), now).await?;
            } else {
                feeds::succeed(&mut db, feed.id, None, now).await?;
            }
            if feed.failure_count >= PATIENCE {
                let fine = Condition::Fine(NotificationKind::FeedFailing, feed.id.to_string());
                conditions::apply(&mut db, &fine, now).await?;
            }
        }
        Err(FeedError::Store(error)) => return Err(error.into()),
        Err(error) => {
            let reason = error.to_string();
            feeds::fail(&mut db, feed.id, &reason, now).await?;
            if feed.failure_count + 1 == PATIENCE {
                let bad = Condition::Bad(Notice::feed_failing(feed.id, &feed.name, &reason));
                conditions::apply(&mut db, &bad, now).await?;
            }
            tracing::warn!(feed = %feed.name, reason, "a feed cannot be read");
        }
    }
    db.commit().await?;
    Ok(())
}
