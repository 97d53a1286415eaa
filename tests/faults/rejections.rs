//! What a relay refuses outright says of an address what a bounce would.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::installation::{Database, Installation};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::PATIENCE;

const RECIPIENTS: [&str; 4] = [
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

async fn only_an_unknown_user_is_suppressed(database: Database) {
    let relay = TestRelay::start().await;
    relay.play(verdict);
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let recipients = RECIPIENTS.map(str::to_owned);
    let id = installation.send("refused", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    let ledger = installation.ledger(id).await;
    assert_eq!(ledger[RECIPIENTS[0]].state, "failed");
    assert_eq!(ledger[RECIPIENTS[3]].state, "sent");

    let since = Instant::now();
    let suppressed = loop {
        let page = installation.get("/suppressions").await;
        match page["items"].as_array().unwrap().as_slice() {
            [] => assert!(since.elapsed() < PATIENCE, "nobody is suppressed"),
            some => break some.to_vec(),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let who = |item: &Value| json!([item["email"], item["reason"]]);
    assert_eq!(
        suppressed.iter().map(who).collect::<Vec<_>>(),
        [json!([RECIPIENTS[0], "hard_bounce"])]
    );
    assert_eq!(installation.ledger(id).await[RECIPIENTS[0]].state, "failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_user_is_suppressed_on_sqlite() {
    only_an_unknown_user_is_suppressed(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_user_is_suppressed_on_postgres() {
    only_an_unknown_user_is_suppressed(Database::Postgres).await;
}

// Automatic pauses ------------------------------------------------------------

/// Twenty readers, each of a domain of their own.
fn readers() -> Vec<String> {
    (0..20)
        .map(|n| format!("reader{n}@d{n}.example.org"))
        .collect()
}

impl Installation {
    async fn suppressed(&self) -> Vec<String> {
        let page = self.get("/suppressions?limit=1000").await;
        let items = page["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["email"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits until no delivery of a campaign is permanently rejected or on its way.
    async fn until_put_back(&self, id: i64) {
        let since = Instant::now();
        loop {
            let counts = self.campaign(id).await["counts"].clone();
            if counts["failed"] == 0 && counts["sending"] == 0 {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "{counts}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// A relay that refuses everybody for what we are: the campaign is paused with
/// its words, nobody is suppressed, and once it is put right, each recipient
/// gets the message once.
async fn sender_rejected(database: Database, stage: Stage, reply: &'static str) {
    let relay = TestRelay::start().await;
    relay.play(move |moment| {
        if moment.stage == stage {
            Act::Reply(reply)
        } else {
            Act::Answer
        }
    });
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let id = installation.send("ours", &readers()).await;
    let campaign = installation.until_state(id, "paused", PATIENCE).await;
    let words = reply.split_once(' ').unwrap().1;
    let reason = campaign["pause_reason"].as_str().unwrap();
    assert!(reason.contains(words), "{reason}");
    // Refusals that were on their way count with those before the pause.
    relay.is_quiet(Duration::from_secs(1)).await;
    installation.until_put_back(id).await;
    assert_eq!(installation.suppressed().await, [""; 0]);

    relay.behave();
    installation.act(id, "resume").await;
    installation.until_state(id, "finished", PATIENCE).await;
    assert!(
        installation
            .ledger(id)
            .await
            .values()
            .all(|row| row.state == "sent")
    );
    // Users are told of the pause over the same relay.
    let mut to_readers = relay.taken();
    to_readers.retain(|mail| readers().contains(&mail.recipient));
    assert_eq!(to_readers.len(), readers().len(), "{to_readers:?}");
    assert_eq!(installation.suppressed().await, [""; 0]);
}

const NOT_OWNED: &str =
    "553 5.7.1 <news@embassy.example>: Sender address rejected: not owned by user news";
const NO_AUTHENTICATION: &str =
    "550 5.7.1 embassy.example does not have authentication information";
const HELO: &str = "550 5.7.1 <relay.example.org>: Helo command rejected: Host not found";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_sender_suppresses_no_one_on_sqlite() {
    sender_rejected(Database::Sqlite, Stage::Rcpt, NOT_OWNED).await;
    sender_rejected(Database::Sqlite, Stage::Dot, NO_AUTHENTICATION).await;
    sender_rejected(Database::Sqlite, Stage::Rcpt, HELO).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_sender_suppresses_no_one_on_postgres() {
    sender_rejected(Database::Postgres, Stage::Rcpt, NOT_OWNED).await;
    sender_rejected(Database::Postgres, Stage::Dot, NO_AUTHENTICATION).await;
}

/// A list whose first addresses are all unknown: it is paused before anybody is
/// suppressed; who is refused once more after a person let it go on, is.
async fn unknown_everywhere(database: Database) {
    let relay = TestRelay::start().await;
    relay.play(|moment| match moment.stage {
        Stage::Rcpt => Act::Reply("550 5.1.1 User unknown in local recipient table"),
        _ => Act::Answer,
    });
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let id = installation.send("unknown", &readers()).await;
    let campaign = installation.until_state(id, "paused", PATIENCE).await;
    let reason = campaign["pause_reason"].as_str().unwrap();
    assert!(
        reason.contains("User unknown in local recipient table"),
        "{reason}"
    );
    installation.until_put_back(id).await;
    assert_eq!(installation.suppressed().await, [""; 0]);

    // A person may decide otherwise, and change their mind.
    let refusal = installation.campaign(id).await["rejections"][0].clone();
    assert_eq!(refusal["about"], "mailbox", "{refusal}");
    let known = refusal["known"].as_u64().unwrap() as usize;
    assert!(known >= 5, "{refusal}");
    let path = format!("/campaigns/{id}/rejections");
    installation
        .post(&path, json!({ "decision": "kept" }))
        .await;
    assert_eq!(installation.suppressed().await.len(), known);
    installation
        .post(&path, json!({ "decision": "put_back" }))
        .await;
    assert_eq!(installation.suppressed().await, [""; 0]);

    installation.act(id, "resume").await;
    let since = Instant::now();
    while installation.suppressed().await.is_empty() {
        assert!(since.elapsed() < PATIENCE, "nobody is suppressed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let found = installation
        .get(&format!("/suppressions?campaign={id}"))
        .await;
    assert_eq!(found["items"][0]["reason"], "hard_bounce");
    assert_eq!(found["items"][0]["source"], "relay");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_unknown_addresses_is_paused_early_on_sqlite() {
    unknown_everywhere(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_unknown_addresses_is_paused_early_on_postgres() {
    unknown_everywhere(Database::Postgres).await;
}

/// A refusal that is on its way while a campaign is paused and resumed counts as
/// those that paused it: its recipient is tried again, or suppressed as they are.
async fn late_refusal(database: Database, decision: &str) {
    const UNKNOWN: &str = "550 5.1.1 User unknown in local recipient table";
    let relay = TestRelay::start().await;
    // The first recipient of all is refused last.
    let (first, may_be_refused) = (Arc::new(OnceLock::new()), CancellationToken::new());
    let (seen, sign) = (first.clone(), may_be_refused.clone());
    relay.play(move |moment| match moment.stage {
        Stage::Rcpt if seen.get_or_init(|| moment.recipient.to_owned()) == moment.recipient => {
            Act::ReplyAt(sign.clone(), UNKNOWN)
        }
        Stage::Rcpt => Act::Reply(UNKNOWN),
        _ => Act::Answer,
    });
    let mut installation = Installation::build(database).await;
    // Those that are kept are bounces, and more than a campaign may have.
    installation.set("JARSHY_HARD_BOUNCE_LIMIT", "1000");
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let id = installation.send("late", &readers()).await;
    installation.until_state(id, "paused", PATIENCE).await;
    relay.behave();
    let path = format!("/campaigns/{id}/rejections");
    installation
        .post(&path, json!({ "decision": decision }))
        .await;
    installation.act(id, "resume").await;
    let goes_on = |campaign: &Value| campaign["counts"]["sent"].as_u64() > Some(0);
    installation.until(id, PATIENCE, goes_on).await;
    may_be_refused.cancel();
    installation.until_state(id, "finished", PATIENCE).await;

    if decision == "put_back" {
        let ledger = installation.ledger(id).await;
        let unsent: Vec<_> = ledger
            .iter()
            .filter(|(_, row)| row.state != "sent")
            .collect();
        assert!(unsent.is_empty(), "{unsent:?}");
        assert_eq!(installation.suppressed().await, [""; 0]);
        return;
    }
    let late: &String = first.get().unwrap();
    let since = Instant::now();
    while !installation.suppressed().await.contains(late) {
        assert!(
            since.elapsed() < PATIENCE,
            "{:?}, {:?}",
            installation.suppressed().await,
            installation.ledger(id).await[late]
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(installation.ledger(id).await[late].state, "failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_rejection_follows_the_decision_on_sqlite() {
    late_refusal(Database::Sqlite, "put_back").await;
    late_refusal(Database::Sqlite, "kept").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_rejection_follows_the_decision_on_postgres() {
    late_refusal(Database::Postgres, "put_back").await;
    late_refusal(Database::Postgres, "kept").await;
}

/// A confirmation refused as unknown suppresses; one refused for what we are is
/// tried again.
async fn notices(database: Database) {
    let relay = TestRelay::start().await;
    relay.play(|moment| match (moment.stage, moment.recipient) {
        (Stage::Rcpt, "gone@example.org") => Act::Reply("550 5.1.1 no such user"),
        (Stage::Rcpt, "later@example.org") => Act::Reply(NOT_OWNED),
        _ => Act::Answer,
    });
    let installation = Installation::build(database).await;
    let _serve = installation.serve(&relay.url(0, "tls=none")).await;
    let list =
        json!({ "slug": "news", "name": "News", "visibility": "public", "opt_in": "double" });
    installation.post("/lists", list).await;
    for email in ["later@example.org", "gone@example.org"] {
        installation.post("/join", json!({ "email": email })).await;
    }
    let since = Instant::now();
    while installation.suppressed().await.is_empty() {
        assert!(since.elapsed() < PATIENCE, "nobody is suppressed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(installation.suppressed().await, ["gone@example.org"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_confirmation_suppresses_on_sqlite() {
    notices(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_confirmation_suppresses_on_postgres() {
    notices(Database::Postgres).await;
}
