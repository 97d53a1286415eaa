//! Series with many readers inside: how long it takes to look for what is due, to take steps, to
//! let people in, and to count for a page.

use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::super::{CliError, Result, Settings};
use super::print_figures;
use crate::clock::Clock;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::list_access::ListAccess;
use crate::model::{ListId, SeriesId};
use crate::series::{overview, work};
use crate::store::{bench, series, series_readers};

/// Subscribers per statement.
const SLICE: i64 = 2_000;
const ROUNDS: usize = 20;
/// Readers whose step is due, and people who confirm.
const STEPS: i64 = 1_000;

/// Flags of `jarshy bench series`.
#[derive(Args)]
pub(in crate::cli) struct Series {
    /// Readers inside all series together
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    readers: i64,
}

/// What was measured, in milliseconds.
#[derive(Serialize)]
struct Figures {
    series: usize,
    readers: i64,
    /// Medians.
    idle_tick_ms: f64,
    list_ms: f64,
    page_ms: f64,
    /// All of them together.
    due_steps: i64,
    due_steps_ms: f64,
    entered: i64,
    entered_ms: f64,
}

impl Series {
    /// Fills the series that are there, which must be running and have nobody inside, and measures.
    pub(super) async fn run(self, settings: &Settings) -> Result {
        print_figures(settings, async |cx| self.measure(cx).await).await
    }

    async fn measure(&self, cx: &Context) -> Result<Figures> {
        let all = series::going_on(&mut cx.store.read().await?).await?;
        let Some(first) = all.first() else {
            return Err(CliError::Other("no series is running".into()));
        };
        let (id, list) = (first.id, first.list_id);
        let people = self.readers / all.len() as i64;
        self.fill(cx, list, people).await?;
        let idle = median(async || work::tick(cx).await.map(drop)).await?;
        let shown = median(async || overview::of(cx, &Actor::System, id).await.map(drop)).await?;
        let everything = ListAccess::All;
        let listed = median(async || overview::all(cx, &everything).await.map(drop)).await?;
        let due = take_due(cx, id).await?;
        let entered = enter(cx, list, people).await?;
        Ok(Figures {
            series: all.len(),
            readers: people * all.len() as i64,
            idle_tick_ms: milliseconds(idle),
            list_ms: milliseconds(listed),
            page_ms: milliseconds(shown),
            due_steps: STEPS,
            due_steps_ms: milliseconds(due),
            entered: STEPS,
            entered_ms: milliseconds(entered),
        })
    }

    /// Puts people on the list, and each of them inside each series.
    async fn fill(&self, cx: &Context, list: ListId, people: i64) -> Result {
        for from in (0..people).step_by(SLICE as usize) {
            let to = (from + SLICE).min(people);
            let mut db = cx.store.write().await?;
            let now = cx.clock.now();
            bench::add_recipients(&mut db, list, (from, to), 1_000, now).await?;
            bench::put_into_series(&mut db, (from, to), now).await?;
            db.commit().await?;
        }
        // As the task does that takes steps.
        let mut db = cx.store.write().await?;
        crate::store::series_counts::fold(&mut db).await?;
        db.commit().await?;
        Ok(cx.store.analyze().await?)
    }
}

/// Takes the steps of the readers who are due first.
async fn take_due(cx: &Context, id: SeriesId) -> Result<Duration> {
    let mut db = cx.store.write().await?;
    bench::end_waits(&mut db, id, STEPS).await?;
    db.commit().await?;
    let started = Instant::now();
    while work::tick(cx).await? {}
    Ok(started.elapsed())
}

/// Lets people in one by one, as their confirmations do.
async fn enter(cx: &Context, list: ListId, people: i64) -> Result<Duration> {
    let mut db = cx.store.write().await?;
    let now = Clock::system().now();
    bench::add_recipients(&mut db, list, (people, people + STEPS), 1_000, now).await?;
    let new = bench::newest(&mut db, STEPS).await?;
    db.commit().await?;
    let started = Instant::now();
    for subscriber in new {
        let mut db = cx.store.write().await?;
        series_readers::enter_confirmed(&mut db, subscriber, list, now).await?;
        db.commit().await?;
    }
    Ok(started.elapsed())
}

async fn median<E>(mut work: impl AsyncFnMut() -> std::result::Result<(), E>) -> Result<Duration>
where
    CliError: From<E>,
{
    let mut took = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        work().await?;
        took.push(started.elapsed());
    }
    took.sort();
    Ok(took[ROUNDS / 2])
}

fn milliseconds(span: Duration) -> f64 {
    (span.as_secs_f64() * 10_000.0).round() / 10.0
}
