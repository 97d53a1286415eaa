//! A site with many people and sent campaigns, whose pages `benches/pages.sh` times.

use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::super::{CliError, Result, Settings};
use super::print_figures;
use crate::audience::list_admin;
use crate::campaign::tallying;
use crate::context::Context;
use crate::store::bench_pages::{self, SetAside};

/// People per transaction.
const SLICE: i64 = 50_000;
const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// Flags of `jarshy bench pages`.
#[derive(Args)]
pub(in crate::cli) struct Pages {
    /// Subscribers
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    subscribers: i64,
    /// Lists
    #[arg(long, value_name = "N", default_value_t = 20)]
    lists: i64,
    /// Campaigns, a week apart, each to half of the subscribers
    #[arg(long, value_name = "N", default_value_t = 50)]
    campaigns: u32,
}

/// How long it took to make the site, in seconds.
#[derive(Serialize)]
struct Figures {
    subscribers: i64,
    deliveries: i64,
    people_seconds: f64,
    deliveries_seconds: f64,
    /// Counting what the reports show, as the background does.
    tallies_seconds: f64,
}

impl Pages {
    /// Fills an empty site.
    pub(super) async fn run(self, settings: &Settings) -> Result {
        print_figures(settings, async |cx| self.fill(cx).await).await
    }

    async fn fill(&self, cx: &Context) -> Result<Figures> {
        if !list_admin::all(cx).await?.is_empty() {
            let why = "the database is in use; a bench needs an empty one";
            return Err(CliError::Other(why.into()));
        }
        let now = cx.clock.now();
        let began = Instant::now();
        let mut db = cx.store.write().await?;
        bench_pages::add_lists(&mut db, self.lists, now).await?;
        db.commit().await?;
        for from in (0..self.subscribers).step_by(SLICE as usize) {
            let to = (from + SLICE).min(self.subscribers);
            let mut db = cx.store.write().await?;
            bench_pages::add_people(&mut db, (from, to), self.lists, now).await?;
            db.commit().await?;
        }
        let people = began.elapsed();
        cx.store.analyze().await?;
        let began = Instant::now();
        let mut db = cx.store.write().await?;
        let aside = SetAside::take(&mut db).await?;
        db.commit().await?;
        for weeks in (1..=self.campaigns).rev() {
            let mut db = cx.store.write().await?;
            bench_pages::add_campaign(&mut db, self.subscribers, now.before(WEEK * weeks)).await?;
            db.commit().await?;
            cx.store.checkpoint().await?;
        }
        let mut db = cx.store.write().await?;
        aside.put_back(&mut db).await?;
        db.commit().await?;
        let deliveries = began.elapsed();
        cx.store.analyze().await?;
        bench_pages::vacuum(&mut cx.store.read().await?).await?;
        let began = Instant::now();
        while tallying::count_next(cx).await? {}
        Ok(Figures {
            subscribers: self.subscribers,
            deliveries: self.subscribers / 2 * i64::from(self.campaigns),
            people_seconds: people.as_secs_f64(),
            deliveries_seconds: deliveries.as_secs_f64(),
            tallies_seconds: began.elapsed().as_secs_f64(),
        })
    }
}
