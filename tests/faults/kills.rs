//! SIGKILL at any moment, again and again, over a campaign.
//!
//! `scripts/soak` runs the same at length. Every random choice comes from a
//! seed, which is printed; `JARSHY_SOAK_SEED` repeats it.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::audit::{Standing, audit};
use crate::house::{Database, House, LEASE, PATIENCE, Process, people};
use crate::relay::{Act, Moment, Stage, TestRelay};

/// Connections of each worker.
const CONNECTIONS: usize = 4;

/// How hard the house is tried.
struct Siege {
    database: Database,
    /// 0: site and worker are one process, which is killed.
    workers: usize,
    recipients: usize,
    kills: usize,
    seed: u64,
}

impl Siege {
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

/// What came of a siege.
#[derive(Debug)]
struct Toll {
    standing: Standing,
    /// Sessions that were open at the kills, all together.
    in_flight: usize,
    took: Duration,
}

async fn besiege(siege: &Siege) -> Toll {
    let started = Instant::now();
    println!("seed {} (JARSHY_SOAK_SEED)", siege.seed);
    let mut random = StdRng::seed_from_u64(siege.seed);
    let relay = TestRelay::with_doors(siege.workers.max(1)).await;
    // A relay that thinks for a moment: messages are in flight at every kill.
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::rng().random_range(1..25))),
        _ => Act::Answer,
    });
    let settings = format!("tls=none&connections={CONNECTIONS}");
    let urls: Vec<String> = (0..relay.doors.len())
        .map(|door| relay.url(door, &settings))
        .collect();
    let house = House::build(siege.database).await;
    let mut serve = match siege.workers {
        0 => house.serve(&urls[0]).await,
        _ => house.serve_alone(&urls[0]).await,
    };
    let mut workers: Vec<Process> = match siege.workers {
        0 => Vec::new(),
        _ => urls.iter().map(|url| house.work(url)).collect(),
    };
    let crowd = people("p", siege.recipients);
    let id = house.send("siege", &crowd).await;

    let mut in_flight = 0;
    let stride = siege.recipients * 9 / 10 / siege.kills.max(1);
    for kill in 1..=siege.kills {
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
        match siege.workers {
            0 => serve.kill(),
            _ => workers[door].kill(),
        }
        // Those that opened between the look and the kill count too.
        in_flight += open + (relay.sessions(door).1 - opened);
        match siege.workers {
            0 => serve = house.serve_at_once(&urls[0]),
            _ => workers[door] = house.work(&urls[door]),
        }
    }
    let ready = Instant::now();
    while !house.is_ready().await {
        assert!(ready.elapsed() < PATIENCE, "the house does not come back");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // All that is left goes by itself; a lease is all the waiting there is.
    let patience = Duration::from_secs(60 + siege.recipients as u64 / 20);
    house.until_state(id, "finished", patience).await;
    // A zombie would show itself now.
    tokio::time::sleep(Duration::from_secs(LEASE)).await;
    let standing = audit(&relay, &house.ledger(id).await, &crowd);
    Toll {
        standing,
        in_flight,
        took: started.elapsed(),
    }
}

async fn survive(siege: Siege) {
    let toll = besiege(&siege).await;
    let Toll {
        standing,
        in_flight,
        took,
    } = &toll;
    println!(
        "{:?}: {} recipients, {} kills in {:.0} s: sent {}, uncertain {} (of them taken {}), in flight at the kills {in_flight}",
        siege.database,
        siege.recipients,
        siege.kills,
        took.as_secs_f64(),
        standing.sent,
        standing.uncertain,
        standing.uncertain_taken,
    );
    assert_eq!(
        standing.sent + standing.uncertain,
        siege.recipients,
        "{toll:?}"
    );
    assert!(standing.uncertain <= *in_flight, "{toll:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_on_sqlite() {
    survive(Siege::new(Database::Sqlite, 0, 600, 10)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_workers_killed_again_and_again_on_postgres() {
    survive(Siege::new(Database::Postgres, 3, 600, 10)).await;
}
