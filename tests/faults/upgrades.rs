//! A rolling upgrade: processes that are replaced one after another while a campaign is sent.

use std::net::SocketAddr;
use std::time::Duration;

use sqlx::Connection as _;

use crate::audit::audit;
use crate::installation::{Database, Installation, Process, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::PATIENCE;

const RECIPIENTS: usize = 600;
const SETTINGS: &str = "tls=none&connections=3";
/// SIGTERM waits for what is on the wire.
const STOP: Duration = Duration::from_secs(20);

/// Replaces a process as a service manager does: the old one is stopped, the new one started.
fn replace(process: &mut Process, start: impl FnOnce() -> Process) {
    let (status, _) = process.terminate(STOP).expect("it stops by itself");
    assert!(status.success(), "{status}");
    *process = start();
}

async fn until_ready(installation: &Installation, address: SocketAddr) {
    let asked = async {
        while !installation.is_ready_at(address).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let answer = tokio::time::timeout(PATIENCE, asked).await;
    answer.unwrap_or_else(|_| panic!("no answer from {address}"));
}

/// Two `serve` and two `worker` on one PostgreSQL, all of which send.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rolling_upgrade_neither_loses_nor_doubles_a_mail() {
    let relay = TestRelay::with_doors(4).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(40)),
        _ => Act::Answer,
    });
    let installation = Installation::build(Database::Postgres).await;
    let addresses = [installation.listen(), installation.another_address()];
    let url = |door| relay.url(door, SETTINGS);
    let serve = |number: usize| installation.serve_at(&url(number), addresses[number]);
    let work = |number: usize| installation.work(&url(2 + number));
    let mut serves = [serve(0), serve(1)];
    for address in addresses {
        until_ready(&installation, address).await;
    }
    let mut workers = [work(0), work(1)];
    let recipients = recipient_addresses("r", RECIPIENTS);
    let id = installation.send("rolling", &recipients).await;
    assert!(relay.reaches(40, PATIENCE).await);

    // What a newer version does first: it only adds to the schema, and those that still run
    // never notice.
    let mut c = sqlx::PgConnection::connect(&installation.database_url)
        .await
        .unwrap();
    for statement in [
        "ALTER TABLE deliveries ADD COLUMN of_a_newer_version BIGINT",
        "ALTER TABLE campaigns ADD COLUMN of_a_newer_version TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE of_a_newer_version (id BIGINT PRIMARY KEY)",
    ] {
        sqlx::raw_sql(statement).execute(&mut c).await.unwrap();
    }
    c.close().await.unwrap();

    for number in 0..2 {
        let before = relay.count();
        replace(&mut workers[number], || work(number));
        assert!(relay.reaches((before + 30).min(RECIPIENTS), PATIENCE).await);
        let before = relay.count();
        replace(&mut serves[number], || serve(number));
        until_ready(&installation, addresses[number]).await;
        assert!(relay.reaches((before + 30).min(RECIPIENTS), PATIENCE).await);
    }
    let halfway = relay.count();
    assert!(
        halfway < RECIPIENTS,
        "the campaign ended before the last was replaced"
    );
    installation.until_state(id, "finished", PATIENCE).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(totals.sent, RECIPIENTS, "{totals:?}");
    // Each of the four had a part in it, and none of the new ones stands idle.
    for door in 0..4 {
        assert!(relay.sessions(door).1 > 1, "door {door} was opened once");
    }
}
