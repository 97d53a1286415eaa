//! SIGKILL at any moment, again and again, over a campaign.
//!
//! `scripts/soak` runs the same at length. Every random choice comes from a
//! seed, which is printed; `JARSHY_SOAK_SEED` repeats it.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::audit::{Totals, audit};
use crate::installation::{Database, Installation, LEASE, PATIENCE, Process, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};

/// Connections of each worker.
const CONNECTIONS: usize = 4;

/// The size of a run.
struct KillRun {
    database: Database,
    /// 0: web server and worker are one process, which is killed.
    workers: usize,
    recipients: usize,
    kills: usize,
    seed: u64,
}

impl KillRun {
    fn new(database: Database, workers: usize, recipients: usize, kills: usize) -> Self {
        Self {
            database,
            workers,
            recipients: number("JARSHY_SOAK_RECIPIENTS").unwrap_or(recipients),
            kills: number("JARSHY_SOAK_KILLS").unwrap_or(kills),
            seed: number("JARSHY_SOAK_SEED").map_or_else(rand::random, |seed| seed as u64),
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
    /// Sessions that were open at the kills, in total.
    in_flight: usize,
    took: Duration,
}

async fn run_and_kill(run: &KillRun) -> Tally {
    let started = Instant::now();
    println!("seed {} (JARSHY_SOAK_SEED)", run.seed);
    let mut random = StdRng::seed_from_u64(run.seed);
    let relay = TestRelay::with_doors(run.workers.max(1)).await;
    // A relay with a delay: messages are in flight at every kill.
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::rng().random_range(1..25))),
        _ => Act::Answer,
    });
    let settings = format!("tls=none&connections={CONNECTIONS}");
    let urls: Vec<String> = (0..relay.doors.len())
        .map(|door| relay.url(door, &settings))
        .collect();
    let installation = Installation::build(run.database).await;
    let mut serve = match run.workers {
        0 => installation.serve(&urls[0]).await,
        _ => installation.serve_alone(&urls[0]).await,
    };
    let mut workers: Vec<Process> = match run.workers {
        0 => Vec::new(),
        _ => urls.iter().map(|url| installation.work(url)).collect(),
    };
    let recipients = recipient_addresses("p", run.recipients);
    let id = installation.send("siege", &recipients).await;

    let mut in_flight = 0;
    let stride = run.recipients * 9 / 10 / run.kills.max(1);
    for kill in 1..=run.kills {
        // Mostly after some progress, so that the kills are spread over the
        // whole campaign; sometimes at once, while the worker is starting.
        let is_early = random.random_ratio(1, 5);
        let pause = Duration::from_millis(random.random_range(0..400));
        if !is_early {
            let goal = stride * (kill - 1) + random.random_range(1..=stride.max(1));
            assert!(
                relay.reaches(goal, PATIENCE).await,
                "stuck at {} of {goal}",
                relay.count()
            );
        } else {
            tokio::time::sleep(pause).await;
        }
        let door = random.random_range(0..urls.len());
        let (open, opened) = relay.sessions(door);
        match run.workers {
            0 => serve.kill(),
            _ => workers[door].kill(),
        }
        // Those that opened between the look and the kill count too.
        in_flight += open + (relay.sessions(door).1 - opened);
        match run.workers {
            0 => serve = installation.serve_at_once(&urls[0]),
            _ => workers[door] = installation.work(&urls[door]),
        }
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
        in_flight,
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
        "{:?}: {} recipients, {} kills in {:.0} s: sent {}, uncertain {} (of them taken {}), in flight at the kills {in_flight}",
        run.database,
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
    check_survival(KillRun::new(Database::Sqlite, 0, 600, 10)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn repeated_kills_of_three_workers_on_postgres_lose_and_repeat_nothing() {
    check_survival(KillRun::new(Database::Postgres, 3, 600, 10)).await;
}
