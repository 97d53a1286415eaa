//! What a relay refuses outright says of an address what a bounce would.

use std::time::Instant;

use serde_json::{Value, json};

use crate::house::{Database, House, PATIENCE};
use crate::relay::{Act, Moment, Relay, Stage};

const CROWD: [&str; 4] = [
    "nobody@a.example.org",
    "full@b.example.org",
    "unwanted@c.example.org",
    "fine@d.example.org",
];

fn verdict(moment: &Moment<'_>) -> Act {
    match (moment.stage, moment.recipient) {
        (Stage::Rcpt, "nobody@a.example.org") => Act::Reply("550 5.1.1 no such user"),
        (Stage::Rcpt, "full@b.example.org") => Act::Reply("552 5.2.2 mailbox full"),
        (Stage::Dot, "unwanted@c.example.org") => Act::Reply("554 5.7.1 looks like spam"),
        _ => Act::Answer,
    }
}

async fn an_unknown_user_is_suppressed_and_nobody_else(database: Database) {
    let relay = Relay::start().await;
    relay.play(verdict);
    let house = House::build(database).await;
    let _serve = house.serve(&relay.url(0, "tls=none&connections=2")).await;
    let crowd = CROWD.map(str::to_owned);
    let id = house.send("refused", &crowd).await;
    house.until_state(id, "finished", PATIENCE).await;
    let ledger = house.ledger(id).await;
    assert_eq!(ledger[CROWD[0]].state, "failed");
    assert_eq!(ledger[CROWD[3]].state, "sent");

    let since = Instant::now();
    let suppressed = loop {
        let page = house.get("/suppressions").await;
        match page["items"].as_array().unwrap().as_slice() {
            [] => assert!(since.elapsed() < PATIENCE, "nobody is suppressed"),
            some => break some.to_vec(),
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    };
    let who = |item: &Value| json!([item["email"], item["reason"]]);
    assert_eq!(
        suppressed.iter().map(who).collect::<Vec<_>>(),
        [json!([CROWD[0], "hard_bounce"])]
    );
    assert_eq!(house.ledger(id).await[CROWD[0]].state, "failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_user_is_suppressed_on_sqlite() {
    an_unknown_user_is_suppressed_and_nobody_else(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_user_is_suppressed_on_postgres() {
    an_unknown_user_is_suppressed_and_nobody_else(Database::Postgres).await;
}
