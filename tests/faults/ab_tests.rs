//! A/B tests whose workers are killed while the part that is tried and the rest are taken into the
//! ledger and sent: each reader gets one email, and the rest gets the winner.

use std::collections::HashSet;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;

use crate::audit::audit;
use crate::installation::{Database, Installation, LEASE, PATIENCE, Process, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};

const READERS: usize = 2000;
/// Of each half.
const KILLS: usize = 12;
const SETTINGS: &str = "tls=none&connections=4";

/// Two workers, one of which is killed at a random moment again and again.
struct Besieged<'a> {
    installation: &'a Installation,
    relay: &'a TestRelay,
    workers: [Process; 2],
    random: StdRng,
    /// Sessions that were open at the kills, in total.
    in_flight: usize,
}

impl Besieged<'_> {
    fn work(&self, door: usize) -> Process {
        self.installation.work(&self.relay.url(door, SETTINGS))
    }

    async fn kill_again_and_again(&mut self) {
        for _ in 0..KILLS {
            let pause = self.random.random_range(0..250);
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let door = self.random.random_range(0..2);
            let (open, opened) = self.relay.sessions(door);
            self.workers[door].kill();
            // Those that opened between the look and the kill count too.
            self.in_flight += open + (self.relay.sessions(door).1 - opened);
            self.workers[door] = self.work(door);
        }
    }
}

async fn kills_give_nobody_two_variants(database: Database) {
    let seed = std::env::var("JARSHY_SOAK_SEED").ok();
    let seed = seed.map_or_else(rand::random, |seed| seed.parse().unwrap());
    println!("seed {seed} (JARSHY_SOAK_SEED)");
    let relay = TestRelay::with_doors(2).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::rng().random_range(1..25))),
        _ => Act::Answer,
    });
    let installation = Installation::build(database).await;
    let _serve = installation.serve_alone(&relay.url(0, SETTINGS)).await;
    let work = |door: usize| installation.work(&relay.url(door, SETTINGS));
    let mut siege = Besieged {
        installation: &installation,
        relay: &relay,
        workers: [work(0), work(1)],
        random: StdRng::seed_from_u64(seed),
        in_flight: 0,
    };
    let readers = recipient_addresses("v", READERS);
    let id = installation.draft("tested", &readers).await;
    installation
        .put(
            &format!("/campaigns/{id}/ab-test"),
            json!({
                "differs": "subject", "share": 50, "minutes": 600, "measure": "person",
                "variants": [{ "subjects": { "en": "other" } }],
            }),
        )
        .await;

    installation.act(id, "start").await;
    siege.kill_again_and_again().await;
    let path = format!("/campaigns/{id}/ab-test");
    let tried = async {
        while !installation.get(&path).await["decide_at"].is_string() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let tried = tokio::time::timeout(2 * PATIENCE, tried).await;
    assert!(tried.is_ok(), "{}", installation.campaign(id).await);
    let of_test = relay.taken();
    let others = of_test.iter().filter(|one| one.subject == "other").count();
    for (part, of) in [(of_test.len(), READERS), (others, of_test.len())] {
        assert!((of * 2 / 5..of * 3 / 5).contains(&part), "{part} of {of}");
    }

    let decision = json!({ "winner": "b" });
    installation.post(&format!("{path}/decide"), decision).await;
    siege.kill_again_and_again().await;
    installation.until_state(id, "finished", 2 * PATIENCE).await;
    // A zombie would show itself now.
    tokio::time::sleep(Duration::from_secs(LEASE)).await;
    let totals = audit(&relay, &installation.ledger(id).await, &readers);
    println!("{database:?}: {totals:?}, in flight {}", siege.in_flight);
    assert_eq!(totals.sent + totals.uncertain, READERS);
    assert!(totals.uncertain <= siege.in_flight, "{totals:?}");
    let tried: HashSet<&str> = of_test.iter().map(|one| &*one.message_id).collect();
    for taken in relay.taken() {
        let is_right = taken.subject == "other" || tried.contains(&*taken.message_id);
        assert!(is_right, "the rest gets the winner: {taken:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_workers_give_nobody_two_variants_sqlite() {
    kills_give_nobody_two_variants(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_of_workers_give_nobody_two_variants_postgres() {
    kills_give_nobody_two_variants(Database::Postgres).await;
}
