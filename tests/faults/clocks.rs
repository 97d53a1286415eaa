//! Clocks that jump and clocks that disagree, by libfaketime: the workers' wall
//! clocks alone, as when an operator or NTP sets them.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use crate::audit::audit;
use crate::installation::{Database, Installation, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::PATIENCE;

const SETTINGS: &str = "tls=none&connections=4";
const RECIPIENTS: usize = 300;

fn library() -> String {
    let found = std::fs::read_dir("/usr/lib")
        .unwrap()
        .map(|folder| folder.unwrap().path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.exists());
    let library: PathBuf =
        found.expect("faketime is not installed: run scripts/test, which installs it");
    library.display().to_string()
}

/// The variables of a process whose clock is told by a file.
pub fn variables(installation: &Installation, file: &str) -> Vec<(String, String)> {
    let file = installation.file(file).display().to_string();
    [
        ("LD_PRELOAD", library()),
        ("FAKETIME_TIMESTAMP_FILE", file),
        ("FAKETIME_NO_CACHE", "1".to_owned()),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ("DONT_FAKE_MONOTONIC", "1".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

/// Sets a clock to differ from the machine's: `+1d`, `-2h`.
pub fn set(installation: &Installation, file: &str, difference: &str) {
    // Written beside and moved, so that nobody reads half of it.
    let (beside, file) = (installation.file("clock.new"), installation.file(file));
    std::fs::write(&beside, difference).unwrap();
    std::fs::rename(beside, file).unwrap();
}

async fn delayed_relay(doors: usize) -> TestRelay {
    let relay = TestRelay::with_doors(doors).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(15)),
        _ => Act::Answer,
    });
    relay
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_change_neither_loses_nor_repeats_messages() {
    let relay = delayed_relay(1).await;
    let mut installation = Installation::build(Database::Sqlite).await;
    set(&installation, "clock", "+0");
    for (name, value) in variables(&installation, "clock") {
        installation.set(&name, &value);
    }
    let _serve = installation.serve(&relay.url(0, SETTINGS)).await;
    let recipients = recipient_addresses("p", RECIPIENTS);
    let id = installation.send("jump", &recipients).await;
    for (goal, difference) in [
        (40, "+1d"),
        (90, "-1d"),
        (140, "+0"),
        (190, "-90s"),
        (240, "+90s"),
    ] {
        assert!(
            relay.reaches(goal, PATIENCE).await,
            "stuck before {difference}"
        );
        set(&installation, "clock", difference);
    }
    installation.until_all_sent(id, RECIPIENTS).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(totals.sent, RECIPIENTS, "{totals:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_with_different_clocks_send_nothing_twice() {
    let relay = delayed_relay(3).await;
    let installation = Installation::build(Database::Postgres).await;
    let _serve = installation.serve_alone(&relay.url(0, SETTINGS)).await;
    let mut workers = Vec::new();
    for (door, difference) in ["+1h", "-1h", "+0"].into_iter().enumerate() {
        let file = format!("clock-{door}");
        set(&installation, &file, difference);
        let variables = variables(&installation, &file);
        let variables: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        workers.push(installation.work_with(&relay.url(door, SETTINGS), &variables));
    }
    let recipients = recipient_addresses("p", RECIPIENTS);
    let id = installation.send("disagree", &recipients).await;
    installation.until_all_sent(id, RECIPIENTS).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(totals.sent, RECIPIENTS, "{totals:?}");
}

/// What the relay put off goes out when its time has come: two minutes pass in
/// a moment here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deferred_email_is_sent_when_it_is_due() {
    let relay = TestRelay::start().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Rcpt => Act::Reply("450 4.2.1 full"),
        _ => Act::Answer,
    });
    let mut installation = Installation::build(Database::Sqlite).await;
    set(&installation, "clock", "+0");
    for (name, value) in variables(&installation, "clock") {
        installation.set(&name, &value);
    }
    let _serve = installation.serve(&relay.url(0, SETTINGS)).await;
    let recipients = recipient_addresses("p", 20);
    let id = installation.send("later", &recipients).await;
    let put_off = |campaign: &Value| campaign["counts"]["deferred"] == 20;
    installation.until(id, PATIENCE, put_off).await;
    relay.behave();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(relay.count(), 0, "not before its time");
    set(&installation, "clock", "+120s");
    installation.until_state(id, "finished", PATIENCE).await;
    let ledger = installation.ledger(id).await;
    assert_eq!(audit(&relay, &ledger, &recipients).sent, 20);
    assert!(ledger.values().all(|row| row.attempts == 2), "{ledger:?}");
}
