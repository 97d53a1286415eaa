//! Connections that run ahead of the ledger: what they have begun and not sent is given back
//! whenever it cannot go soon, and only a crash leaves it uncertain.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::audit::{Totals, audit};
use crate::installation::{Database, Installation, Process, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay, script};
use crate::support::PATIENCE;

const RECIPIENTS: usize = 60;
/// How many deliveries a connection begins ahead by default.
const AHEAD: usize = 2;

/// A campaign in whose middle every connection has begun all that it may.
struct Ahead {
    // Dropped first: its log goes with the installation's folder.
    serve: Process,
    relay: TestRelay,
    installation: Installation,
    url: String,
    recipients: Vec<String>,
    id: i64,
    connections: usize,
}

/// A relay that thinks about each message for long enough to be looked at meanwhile, and not
/// for so long that what is behind it is given back.
fn thoughtful(moment: &Moment<'_>) -> Act {
    match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(300)),
        _ => Act::Answer,
    }
}

impl Ahead {
    async fn new(database: Database, connections: usize) -> Self {
        let relay = TestRelay::start().await;
        relay.play(thoughtful);
        let installation = Installation::build(database).await;
        let url = relay.url(0, &format!("tls=none&connections={connections}"));
        let serve = installation.serve(&url).await;
        let recipients = recipient_addresses("p", RECIPIENTS);
        let id = installation.send("ahead", &recipients).await;
        let begun = connections * (AHEAD + 1);
        let is_ahead = |campaign: &Value| campaign["counts"]["sending"] == begun;
        installation.until(id, PATIENCE, is_ahead).await;
        Self {
            serve,
            relay,
            installation,
            url,
            recipients,
            id,
            connections,
        }
    }

    /// How many messages may be begun at any moment.
    fn begun(&self) -> usize {
        self.connections * (AHEAD + 1)
    }

    async fn until_at_rest(&self) {
        let is_at_rest = |campaign: &Value| campaign["counts"]["sending"] == 0;
        self.installation.until(self.id, PATIENCE, is_at_rest).await;
    }

    async fn audited(&self) -> Totals {
        let ledger = self.installation.ledger(self.id).await;
        for row in ledger.values() {
            let is_tried = row.state != "queued" && row.state != "skipped";
            assert_eq!(row.attempts, u64::from(is_tried), "{row:?}");
        }
        audit(&self.relay, &ledger, &self.recipients)
    }

    /// Lets the campaign go on to its end; how many are sent then.
    async fn sent_in_the_end(&self) -> Totals {
        self.relay.behave();
        self.installation
            .until_state(self.id, "finished", PATIENCE)
            .await;
        self.audited().await
    }
}

async fn a_crash_leaves_what_had_begun_uncertain(database: Database) {
    let mut ahead = Ahead::new(database, 2).await;
    ahead.serve.kill();
    ahead.relay.behave();
    ahead.serve = ahead.installation.serve(&ahead.url).await;
    let totals = ahead.sent_in_the_end().await;
    assert_eq!(totals.sent + totals.uncertain, RECIPIENTS, "{totals:?}");
    let is_of_the_crash = (1..=ahead.begun()).contains(&totals.uncertain);
    assert!(is_of_the_crash, "{totals:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_leaves_what_had_begun_uncertain_sqlite() {
    a_crash_leaves_what_had_begun_uncertain(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_leaves_what_had_begun_uncertain_postgres() {
    a_crash_leaves_what_had_begun_uncertain(Database::Postgres).await;
}

/// Only the message whose end was sent is in doubt.
async fn a_lost_connection_gives_back_what_had_begun(database: Database) {
    let ahead = Ahead::new(database, 1).await;
    ahead.relay.play(|moment| match moment.stage {
        Stage::Greeting => Act::Reply("421 4.3.2 restarting"),
        _ => thoughtful(moment),
    });
    ahead.relay.hang_up();
    ahead.until_at_rest().await;
    let totals = ahead.audited().await;
    assert!(totals.uncertain <= 1, "{totals:?}");
    let others = totals.sent + totals.queued + totals.uncertain;
    assert_eq!(others, RECIPIENTS, "{totals:?}");
    let end = ahead.sent_in_the_end().await;
    assert_eq!(end.sent + totals.uncertain, RECIPIENTS, "{end:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_gives_back_what_had_begun_sqlite() {
    a_lost_connection_gives_back_what_had_begun(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_gives_back_what_had_begun_postgres() {
    a_lost_connection_gives_back_what_had_begun(Database::Postgres).await;
}

/// What had begun may still go, and nothing else; what did not goes with the rest.
async fn little_is_sent_after(action: &str, database: Database) {
    let ahead = Ahead::new(database, 2).await;
    ahead.installation.act(ahead.id, action).await;
    let called = Instant::now();
    ahead.until_at_rest().await;
    let totals = ahead.audited().await;
    let taken = ahead.relay.taken();
    let late = taken.iter().filter(|taken| taken.at > called).count();
    assert!(late <= ahead.begun(), "{late} after {action}");
    let others = totals.queued + totals.skipped;
    assert_eq!(totals.sent + others, RECIPIENTS, "{totals:?}");
    assert!(others > 0, "the campaign was over before {action}");
    if action == "pause" {
        ahead.installation.act(ahead.id, "resume").await;
        assert_eq!(ahead.sent_in_the_end().await.sent, RECIPIENTS);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_is_sent_after_a_pause_sqlite() {
    little_is_sent_after("pause", Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_is_sent_after_a_pause_postgres() {
    little_is_sent_after("pause", Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_is_sent_after_a_cancellation_sqlite() {
    little_is_sent_after("cancel", Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn little_is_sent_after_a_cancellation_postgres() {
    little_is_sent_after("cancel", Database::Postgres).await;
}

/// A stop gives back what had begun; what is on the wire ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_gives_back_what_had_begun() {
    let mut ahead = Ahead::new(Database::Sqlite, 2).await;
    let (status, _) = ahead.serve.terminate(PATIENCE).expect("it stops");
    assert!(status.success(), "{status}");
    ahead.serve = ahead.installation.serve_alone(&ahead.url).await;
    let totals = ahead.audited().await;
    assert_eq!(totals.sent + totals.queued, RECIPIENTS, "{totals:?}");
}

/// A message that takes for ever holds up no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_behind_a_slow_message_goes_over_another_connection() {
    let relay = TestRelay::start().await;
    relay.play(script::at(Stage::Dot, 1, Act::Silence));
    let installation = Installation::build(Database::Sqlite).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let recipients = recipient_addresses("p", RECIPIENTS);
    let id = installation.send("slow", &recipients).await;
    let all_but_one = |campaign: &Value| {
        let counts = &campaign["counts"];
        counts["sent"] == RECIPIENTS - 1 && counts["sending"] == 1
    };
    installation.until(id, PATIENCE, all_but_one).await;
    audit(&relay, &installation.ledger(id).await, &recipients);
}

/// Without `ahead`, and where a rate makes every message wait, a connection has begun one
/// message at most.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_does_not_run_ahead_begins_one_at_a_time() {
    for settings in ["ahead=0", "rate=40"] {
        let relay = TestRelay::start().await;
        let installation = Installation::build(Database::Sqlite).await;
        let url = relay.url(0, &format!("tls=none&connections=1&{settings}"));
        let _serve = installation.serve(&url).await;
        let recipients = recipient_addresses("p", RECIPIENTS);
        let id = installation.send("single", &recipients).await;
        let is_over = |campaign: &Value| {
            let sending = campaign["counts"]["sending"].as_u64();
            assert!(sending <= Some(1), "{settings}: {campaign}");
            campaign["state"] == "finished"
        };
        installation.until(id, PATIENCE, is_over).await;
        let totals = audit(&relay, &installation.ledger(id).await, &recipients);
        assert_eq!(totals.sent, RECIPIENTS, "{settings}: {totals:?}");
    }
}
