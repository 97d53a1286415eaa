//! SIGKILL at any moment, again and again, over a campaign.
//!
//! `scripts/soak` runs the same at length.

use std::time::{Duration, Instant};

use rand::Rng;

use crate::audit::{Totals, audit};
use crate::installation::{Database, Installation, LEASE, recipient_addresses};
use crate::siege::{BY_DEFAULT, NEVER_AHEAD, Siege, Usage, delayed_relay};
use crate::support::PATIENCE;

/// The size of a run.
struct KillRun {
    database: Database,
    /// 0: web server and worker are one process, which is killed.
    workers: usize,
    recipients: usize,
    kills: usize,
    usage: Usage,
}

impl KillRun {
    fn new(database: Database, workers: usize, usage: Usage) -> Self {
        Self {
            database,
            workers,
            recipients: number("JARSHY_SOAK_RECIPIENTS").unwrap_or(600),
            kills: number("JARSHY_SOAK_KILLS").unwrap_or(10),
            usage,
        }
    }
}

fn number(variable: &str) -> Option<usize> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is no number")),
    )
}

/// The result of a run.
#[derive(Debug)]
struct Tally {
    totals: Totals,
    /// What the sessions that were open at the kills may have begun, in total.
    in_flight: usize,
    took: Duration,
}

async fn run_and_kill(run: &KillRun) -> Tally {
    let started = Instant::now();
    let relay = delayed_relay(run.workers.max(1)).await;
    let url = relay.url(0, run.usage.settings);
    let installation = Installation::build(run.database).await;
    let (_serve, mut siege) = match run.workers {
        0 => {
            let serve = installation.serve(&url).await;
            (
                None,
                Siege::of_site(&installation, &relay, serve, run.usage),
            )
        }
        _ => {
            let serve = installation.serve_alone(&url).await;
            let siege = Siege::of_workers(&installation, &relay, run.usage);
            (Some(serve), siege)
        }
    };
    let recipients = recipient_addresses("p", run.recipients);
    let id = installation.send("siege", &recipients).await;

    let stride = run.recipients * 9 / 10 / run.kills.max(1);
    for kill in 1..=run.kills {
        // Mostly after some progress, so that the kills are spread over the
        // whole campaign; sometimes at once, while the worker is starting.
        if siege.random.random_ratio(1, 5) {
            siege.pause(0..400).await;
        } else {
            let goal = stride * (kill - 1) + siege.random.random_range(1..=stride.max(1));
            assert!(
                relay.reaches(goal, PATIENCE).await,
                "stuck at {} of {goal}",
                relay.count()
            );
        }
        siege.kill_one();
    }
    let ready = Instant::now();
    while !installation.is_ready().await {
        assert!(
            ready.elapsed() < PATIENCE,
            "the installation does not come back"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // All that is left goes by itself; a lease is all the waiting there is.
    let patience = Duration::from_secs(60 + run.recipients as u64 / 20);
    installation.until_state(id, "finished", patience).await;
    // A zombie would show itself now.
    tokio::time::sleep(Duration::from_secs(LEASE)).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    Tally {
        totals,
        in_flight: siege.in_flight,
        took: started.elapsed(),
    }
}

async fn check_survival(run: KillRun) {
    let tally = run_and_kill(&run).await;
    let Tally {
        totals,
        in_flight,
        took,
    } = &tally;
    println!(
        "{:?}, {}: {} recipients, {} kills in {:.0} s: sent {}, uncertain {} (of them taken {}), begun at the kills at most {in_flight}",
        run.database,
        run.usage.settings,
        run.recipients,
        run.kills,
        took.as_secs_f64(),
        totals.sent,
        totals.uncertain,
        totals.uncertain_taken,
    );
    assert_eq!(totals.sent + totals.uncertain, run.recipients, "{tally:?}");
    assert!(totals.uncertain <= *in_flight, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_on_sqlite_lose_and_repeat_nothing() {
    check_survival(KillRun::new(Database::Sqlite, 0, BY_DEFAULT)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_on_sqlite_without_running_ahead() {
    check_survival(KillRun::new(Database::Sqlite, 0, NEVER_AHEAD)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_of_three_workers_on_postgres_lose_and_repeat_nothing() {
    check_survival(KillRun::new(Database::Postgres, 3, BY_DEFAULT)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_of_three_workers_on_postgres_without_running_ahead() {
    check_survival(KillRun::new(Database::Postgres, 3, NEVER_AHEAD)).await;
}
