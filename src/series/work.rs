//! Takes the steps that are due, in every series that goes on. Any number of processes may do so.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::advance::{self, Versions};
use super::{Result, SeriesError, daily, lifecycle, readers};
use crate::context::Context;
use crate::health::panic_message;
use crate::model::audit::Actor;
use crate::model::campaign::CampaignState;
use crate::model::series::{SeriesAction, SeriesState};
use crate::polling;
use crate::store::series::{self, Series};
use crate::store::{series_counts, series_emails, series_readers};

/// The name of the task.
pub const TASK: &str = "series";
/// How often it looks for what is due.
pub const POLL_INTERVAL: Duration = polling::INTERVAL;
/// Readers of one series in a row, before the others have their turn …
const READERS: i64 = 200;
/// … and how long their steps may take.
const SLICE: Duration = Duration::from_secs(5);

/// Takes steps until `stop`.
pub async fn run(cx: Context, stop: CancellationToken) {
    let work = || async {
        match cx.health.with_heartbeats(TASK, tick(&cx)).await {
            Ok(is_busy) => is_busy,
            Err(error) => {
                tracing::error!(%error, "series cannot be read");
                false
            }
        }
    };
    polling::run(&cx, TASK, &stop, work, || async {}).await;
}

/// Lets those in who came to the address of a series, and takes what is due in every series; whether
/// there may be more. What fails in one stops no other.
///
/// # Errors
/// Where the database fails.
pub async fn tick(cx: &Context) -> Result<bool> {
    let mut is_busy = readers::take_entries(cx).await?;
    let all = series::going_on(&mut cx.store.read().await?).await?;
    for one in all {
        match AssertUnwindSafe(go_on(cx, &one)).catch_unwind().await {
            Ok(Ok(has_more)) => is_busy |= has_more,
            Ok(Err(error)) if error.is_temporary() => {
                tracing::warn!(series = %one.id, %error, "a series waits");
            }
            Ok(Err(error)) => stop(cx, &one, &error.to_string()).await,
            Err(panic) => stop(cx, &one, &panic_message(&*panic)).await,
        }
    }
    Ok(is_busy)
}

/// Pauses a series that cannot go on by itself, and tells users why.
async fn stop(cx: &Context, series: &Series, reason: &str) {
    tracing::error!(series = %series.id, reason, "a series cannot go on");
    if let Err(error) = lifecycle::pause_automatically(cx, series, reason, true).await {
        tracing::error!(series = %series.id, %error, "a series cannot be paused");
    }
}

async fn go_on(cx: &Context, series: &Series) -> Result<bool> {
    if let Some((reason, is_told)) = paused_email(cx, series).await? {
        lifecycle::pause_automatically(cx, series, &reason, !is_told).await?;
        return Ok(false);
    }
    let mut has_more = daily::look(cx, series).await?;
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let due = series_readers::due(&mut db, series.id, now, READERS).await?;
    drop(db);
    let mut versions = Versions::default();
    let began = Instant::now();
    for id in &due {
        if began.elapsed() > SLICE {
            has_more = true;
            break;
        }
        advance::reader(cx, series, &mut versions, *id).await?;
    }
    if !due.is_empty() {
        let mut db = cx.store.write().await?;
        series_counts::fold(&mut db).await?;
        db.commit().await?;
    }
    has_more |= due.len() as i64 == READERS;
    if series.state == SeriesState::Drained && due.is_empty() {
        // To end it would cancel what is still being sent.
        if is_through(cx, series).await? {
            match lifecycle::act(cx, &Actor::System, series.id, SeriesAction::End).await {
                Ok(_) | Err(SeriesError::Forbidden(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(has_more)
}

/// Whether nobody is inside a series any more, and its emails have been sent.
async fn is_through(cx: &Context, series: &Series) -> Result<bool> {
    let mut db = cx.store.read().await?;
    if series_readers::has_inside(&mut db, series.id).await? {
        return Ok(false);
    }
    let emails = series_emails::of_series(&mut db, series.id).await?;
    let mut emails = emails.iter();
    Ok(!emails.any(|email| email.state == CampaignState::Sending))
}

/// Why a series has to stop whose email is paused, and whether people were told of that: the system
/// tells of its pauses, and gives a reason.
async fn paused_email(cx: &Context, series: &Series) -> Result<Option<(String, bool)>> {
    let reason = series_emails::pause_reason(&mut cx.store.read().await?, series.id).await?;
    Ok(reason.map(|reason| match reason.as_str() {
        "" => ("one of its emails was paused".to_owned(), false),
        _ => (reason, true),
    }))
}
