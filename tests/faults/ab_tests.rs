//! A/B tests whose workers are killed while the part that is tried and the rest are taken into the
//! ledger and sent: each reader gets one email, and the rest gets the winner.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;

use crate::audit::audit;
use crate::installation::{Database, Installation, LEASE, recipient_addresses};
use crate::siege::{BY_DEFAULT, SETTINGS, Siege, delayed_relay};
use crate::support::PATIENCE;

const READERS: usize = 2000;
/// Of each half.
const KILLS: usize = 12;

async fn kill_again_and_again(siege: &mut Siege<'_>) {
    for _ in 0..KILLS {
        siege.pause(0..250).await;
        siege.kill_one();
    }
}

async fn kills_give_nobody_two_variants(database: Database) {
    let relay = delayed_relay(2).await;
    let installation = Installation::build(database).await;
    let _serve = installation.serve_alone(&relay.url(0, SETTINGS)).await;
    let mut siege = Siege::of_workers(&installation, &relay, BY_DEFAULT);
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
    kill_again_and_again(&mut siege).await;
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
    kill_again_and_again(&mut siege).await;
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
