//! `jarshy bench`: how fast this machine sends, measured end to end.

mod join;
mod pages;
mod postgres;
mod process;
mod recipients;
mod report;
mod series;
mod sink;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{CliError, Result, Settings, start_log};
use crate::app::{self, Worker};
use crate::campaign::{lifecycle, report as reports};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::deliverability::dkim_keys;
use crate::mail::dkim::Algorithm;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::campaign::CampaignState;
use crate::model::delivery::DeliveryCounts;
use crate::store::bench;
use crate::store::campaign_progress;
use crate::token::KeyRing;

use report::Report;

const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// A run without progress for this long has failed.
const PATIENCE: Duration = Duration::from_secs(120);
const DOMAIN: &str = "bench.example";

/// What to measure.
#[derive(Subcommand)]
pub(super) enum Bench {
    /// Send a campaign to a generated audience and measure speed, CPU time and
    /// memory
    Send(Send),
    /// Accept mail and discard it, as a relay to measure against
    Sink(sink::Sink),
    /// Fill the running series of an empty site and measure them; benches/series.sh makes such a
    /// site
    #[command(hide = true)]
    Series(series::Series),
    /// Fill an empty site with people and sent campaigns; benches/pages.sh times its pages
    #[command(hide = true)]
    Pages(pages::Pages),
}

/// Measures on the site that is configured, and prints the figures as a line of JSON.
async fn print_figures<F: Serialize>(
    settings: &Settings,
    measure: impl AsyncFnOnce(&Context) -> Result<F>,
) -> Result {
    let mut config = settings.load(&[])?;
    if settings.log.is_none() {
        config.log = "warn".to_owned();
    }
    start_log(&config);
    let cx = app::open(config).await?;
    let figures = measure(&cx).await;
    cx.store.close().await;
    out!("{}", serde_json::to_string(&figures?).unwrap_or_default());
    Ok(())
}

/// Flags of `jarshy bench send`.
#[derive(Args)]
pub(super) struct Send {
    /// The relay to send to, such as smtp://127.0.0.1:2525
    #[arg(long, value_name = "URL")]
    to: String,
    /// Number of recipients
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    recipients: i64,
    /// Connections to the relay [default: those of the URL, or 20]
    #[arg(long, value_name = "N")]
    connections: Option<usize>,
    /// Message size in bytes, before signing
    #[arg(long, value_name = "OCTETS", default_value_t = 10_240)]
    size: usize,
    /// The DKIM signature of each message
    #[arg(long, value_enum, default_value_t = Sign::None)]
    sign: Sign,
    /// Worker processes; more than one needs PostgreSQL
    #[arg(long, value_name = "N", default_value_t = 1)]
    workers: usize,
    /// Recipient domains
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    domains: i64,
    /// Freeze the audience before the measurement, to measure only sending
    #[arg(long)]
    freeze_first: bool,
    /// Also serve pages, and measure how long joining takes
    #[arg(long)]
    join: bool,
    /// The folder of the temporary SQLite database [default: the system's folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How messages are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sign {
    /// Not at all.
    None,
    /// Ed25519.
    Ed25519,
    /// RSA with 2048 bits.
    Rsa,
}

impl Sign {
    fn algorithm(self) -> Option<Algorithm> {
        match self {
            Sign::None => None,
            Sign::Ed25519 => Some(Algorithm::Ed25519),
            Sign::Rsa => Some(Algorithm::Rsa),
        }
    }
}

impl Bench {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        match self {
            Bench::Send(send) => send.run(settings).await,
            Bench::Sink(sink) => sink.run().await,
            Bench::Series(series) => series.run(settings).await,
            Bench::Pages(pages) => pages.run(settings).await,
        }
    }
}

impl Send {
    async fn run(self, settings: &Settings) -> Result {
        if self.workers > 1 && settings.database_url.is_none() {
            return Err(CliError::Other(
                "several workers need --database-url postgres://…".into(),
            ));
        }
        let folder = self.folder.clone().unwrap_or_else(std::env::temp_dir);
        let folder = folder.join(format!("jarshy-bench-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder)?;
        let measured = self.measure(settings, &folder).await;
        std::fs::remove_dir_all(&folder)?;
        let report = measured?;
        if self.json {
            out!("{}", serde_json::to_string(&report).unwrap_or_default())
        } else {
            out!("{report}")
        }
        Ok(())
    }

    async fn measure(&self, settings: &Settings, folder: &std::path::Path) -> Result<Report> {
        let mut flags = vec![
            ("smtp_url", self.relay()?),
            ("from", format!("Bench <news@{DOMAIN}>")),
            ("secret_key", KeyRing::generate()),
            ("join_limit_per_network", "1000000".to_owned()),
        ];
        if settings.database_url.is_none() {
            let file = folder.join("bench.db");
            flags.push(("database_url", format!("sqlite://{}", file.display())));
        }
        let mut config = settings.load(&flags)?;
        if settings.log.is_none() {
            config.log = "warn".to_owned();
        }
        start_log(&config);
        let cx = app::open(config).await?;
        if let Some(algorithm) = self.sign.algorithm() {
            dkim_keys::make_one(&cx, &Actor::CommandLine, DOMAIN, "bench", algorithm).await?;
        }
        let id = recipients::campaign(&cx, self.recipients, self.domains, self.size).await?;
        let report = self.send(&cx, id).await;
        cx.store.close().await;
        report
    }

    /// The relay's URL with the requested connections.
    fn relay(&self) -> Result<String> {
        let broken = || CliError::Other(format!("{:?} is no relay's URL", self.to));
        let mut url: url::Url = self.to.parse().map_err(|_| broken())?;
        let has_own = url.query_pairs().any(|(key, _)| key == "connections");
        if self.connections.is_some() || !has_own {
            let kept: Vec<(String, String)> = url
                .query_pairs()
                .filter(|(key, _)| key != "connections")
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect();
            url.query_pairs_mut()
                .clear()
                .extend_pairs(kept)
                .append_pair("connections", &self.connections.unwrap_or(20).to_string());
        }
        Ok(url.to_string())
    }

    async fn send(&self, cx: &Context, id: CampaignId) -> Result<Report> {
        lifecycle::start(cx, &Actor::System, id).await?;
        let bytes = recipients::message_size(cx, id).await?;
        let signature = recipients::signature_cost(cx, DOMAIN, bytes).await?;
        process::forget_peak();
        let started = Instant::now();
        let mut frozen = None;
        if self.freeze_first {
            crate::jobs::maintenance::freeze(cx, id).await?;
            frozen = Some(Frozen {
                took: started.elapsed(),
                sent: 0,
            });
        }
        let before = process::cpu_time("self");
        let sending = Instant::now();
        let begun = cx.clock.now();
        let before_sending = postgres::Sample::take(cx).await?;
        let stop = CancellationToken::new();
        let (workers, probe) = self.start_workers(cx, &stop).await?;
        let finished = self.watch(cx, id, sending, &mut frozen).await;
        let joins = match probe {
            Some(probe) => Some(probe.end().await),
            None => None,
        };
        let children = workers.cpu_time();
        let peak = process::peak_memory().max(workers.peak_memory());
        let cpu = process::cpu_time("self").saturating_sub(before) + children;
        let after_sending = postgres::Sample::take(cx).await;
        // Read while the worker still runs: it closes the database when it
        // ends.
        let ledger = match finished {
            Ok(()) => self.ledger(cx, id, begun, frozen.as_ref()).await,
            Err(error) => Err(error),
        };
        stop.cancel();
        workers.end().await;
        let ledger = ledger?;
        let server = before_sending.zip(after_sending?);
        Ok(Report {
            recipients: self.recipients,
            counts: ledger.counts,
            bytes,
            seconds: ledger.elapsed.as_secs_f64(),
            messages_per_second: ledger.counts.sent as f64 / ledger.elapsed.as_secs_f64(),
            cpu_microseconds: process::per_message(cpu, ledger.counts.sent),
            signature_microseconds: signature,
            peak_memory_megabytes: peak as f64 / 1024.0,
            freeze_seconds: frozen.map(|frozen| frozen.took.as_secs_f64()),
            first_10000_seconds: ledger.first,
            last_10000_seconds: ledger.last,
            postgres: server
                .map(|(before, after)| before.costs(&after, ledger.counts.sent, ledger.elapsed)),
            join: joins,
        })
    }

    async fn ledger(
        &self,
        cx: &Context,
        id: CampaignId,
        begun: Timestamp,
        frozen: Option<&Frozen>,
    ) -> Result<Ledger> {
        let counts = reports::counts(cx, id).await?;
        // The end is when the last message was recorded in the ledger.
        let last = bench::recorded_at(&mut cx.store.read().await?, id, counts.sent - 1).await?;
        let first = frozen.map_or(0, |frozen| frozen.sent);
        let last_window = counts.sent - recipients::WINDOW;
        Ok(Ledger {
            elapsed: Timestamp::from_millis(last.unwrap_or_default()).since(begun),
            first: recipients::window(cx, id, first.min(last_window)).await?,
            last: recipients::window(cx, id, last_window).await?,
            counts,
        })
    }

    async fn start_workers(
        &self,
        cx: &Context,
        stop: &CancellationToken,
    ) -> Result<(process::Workers, Option<join::Probe>)> {
        if self.workers > 1 {
            return Ok((process::Workers::spawn(cx, self.workers)?, None));
        }
        let listener = app::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let probe = self.join.then(|| join::Probe::start(address));
        let running = if self.join {
            let web = app::web(cx, None);
            let stop = stop.clone();
            tokio::spawn(async move {
                let _ = app::serve(web, listener, Worker::Here, stop).await;
            })
        } else {
            tokio::spawn(crate::jobs::worker::run(cx.clone(), stop.clone()))
        };
        Ok((process::Workers::Here(running), probe))
    }

    /// Waits for the end and records when the audience was frozen.
    async fn watch(
        &self,
        cx: &Context,
        id: CampaignId,
        started: Instant,
        frozen: &mut Option<Frozen>,
    ) -> Result {
        let (mut last, mut moved) = (String::new(), Instant::now());
        let mut ticks = 0_u32;
        loop {
            tokio::time::sleep(LOOK_AGAIN).await;
            ticks += 1;
            let campaign = lifecycle::by_id(cx, id).await?;
            if campaign.is_frozen && frozen.is_none() {
                let took = started.elapsed();
                let sent = reports::counts(cx, id).await?.sent;
                *frozen = Some(Frozen { took, sent });
            }
            match campaign.state {
                CampaignState::Finished => return Ok(()),
                CampaignState::Sending => {}
                state => {
                    let reason = campaign.pause_reason;
                    return Err(CliError::Other(format!(
                        "the campaign is {state}: {reason}"
                    )));
                }
            }
            if ticks.is_multiple_of(250) {
                let seen = format!(
                    "{:?}",
                    campaign_progress::counts(&mut cx.store.read().await?, id).await?
                );
                if seen != last {
                    (last, moved) = (seen, Instant::now());
                }
            }
            if moved.elapsed() > PATIENCE {
                return Err(CliError::Other(format!("nothing moves any more: {last}")));
            }
        }
    }
}

/// How long the freeze took, and how many messages were sent by its end.
struct Frozen {
    took: Duration,
    sent: i64,
}

/// The ledger of a finished campaign.
struct Ledger {
    counts: DeliveryCounts,
    elapsed: Duration,
    /// Seconds for the first messages after the freeze, and for the last ones.
    first: Option<f64>,
    last: Option<f64>,
}
