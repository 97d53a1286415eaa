//! Pause, resume, cancel and stop during a campaign, and workers that are frozen for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::audit::audit;
use crate::installation::{Database, Installation, LEASE, Process, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::PATIENCE;

const RECIPIENTS: usize = 400;
/// What has begun may end; nothing begins later than this after the call.
const GRACE: Duration = Duration::from_secs(2);

/// A relay that thinks about each message for `span`.
async fn slow_relay(doors: usize, span: Duration) -> TestRelay {
    let relay = TestRelay::with_doors(doors).await;
    relay.play(move |moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(span),
        _ => Act::Answer,
    });
    relay
}

const SETTINGS: &str = "tls=none&connections=4";
/// What one worker may have begun at any moment.
const BEGUN: usize = 4 * 3;

/// An installation in the middle of a campaign, with two workers where it can have
/// more than one.
struct Midway {
    _processes: Vec<Process>,
    relay: TestRelay,
    installation: Installation,
    recipients: Vec<String>,
    id: i64,
}

impl Midway {
    async fn new(database: Database) -> Self {
        let relay = slow_relay(2, Duration::from_millis(15)).await;
        let installation = Installation::build(database).await;
        let processes = installation.start(database, &relay, SETTINGS).await;
        let recipients = recipient_addresses("p", RECIPIENTS);
        let id = installation.send("midway", &recipients).await;
        assert!(relay.reaches(60, PATIENCE).await);
        Self {
            relay,
            installation,
            recipients,
            id,
            _processes: processes,
        }
    }

    /// Acts, and sees that nothing begins any more.
    async fn halts_after(&self, action: &str) {
        self.installation.act(self.id, action).await;
        let called = Instant::now();
        let is_at_rest = |campaign: &Value| campaign["counts"]["sending"] == 0;
        self.installation.until(self.id, PATIENCE, is_at_rest).await;
        tokio::time::sleep(GRACE + Duration::from_millis(1500)).await;
        let late: Vec<Duration> = self
            .relay
            .taken()
            .iter()
            .filter_map(|taken| taken.begun.checked_duration_since(called))
            .filter(|late| *late > GRACE)
            .collect();
        assert!(late.is_empty(), "begun after {action}: {late:?}");
        assert!(
            self.relay.count() < RECIPIENTS,
            "the campaign was over before {action}"
        );
    }
}

async fn a_paused_campaign_stops_and_resumes(database: Database) {
    let midway = Midway::new(database).await;
    midway.halts_after("pause").await;
    let held = midway.installation.ledger(midway.id).await;
    let totals = audit(&midway.relay, &held, &midway.recipients);
    assert_eq!(totals.sent + totals.queued, RECIPIENTS, "{totals:?}");
    midway.installation.act(midway.id, "resume").await;
    midway
        .installation
        .until_state(midway.id, "finished", PATIENCE)
        .await;
    let ledger = midway.installation.ledger(midway.id).await;
    assert_eq!(
        audit(&midway.relay, &ledger, &midway.recipients).sent,
        RECIPIENTS
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_campaign_stops_and_resumes_sqlite() {
    a_paused_campaign_stops_and_resumes(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_campaign_stops_and_resumes_postgres() {
    a_paused_campaign_stops_and_resumes(Database::Postgres).await;
}

async fn a_cancelled_campaign_ends(database: Database) {
    let midway = Midway::new(database).await;
    midway.halts_after("cancel").await;
    let ledger = midway.installation.ledger(midway.id).await;
    let totals = audit(&midway.relay, &ledger, &midway.recipients);
    assert_eq!(totals.sent + totals.skipped, RECIPIENTS, "{totals:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_campaign_ends_sqlite() {
    a_cancelled_campaign_ends(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_campaign_ends_postgres() {
    a_cancelled_campaign_ends(Database::Postgres).await;
}

/// SIGTERM waits for what is on the wire and records it.
async fn stopping_records_messages_in_flight(is_worker: bool) {
    let relay = slow_relay(1, Duration::from_millis(800)).await;
    let url = relay.url(0, SETTINGS);
    let (installation, mut serve) = serving(is_worker, &url).await;
    let mut worker = is_worker.then(|| installation.work(&url));
    let recipients = recipient_addresses("p", 40);
    let id = installation.send("stop", &recipients).await;
    assert!(relay.reaches(6, PATIENCE).await);
    let process = worker.as_mut().unwrap_or(&mut serve);
    let (status, took) = process
        .terminate(Duration::from_secs(30))
        .expect("it stops");
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(10), "{took:?}");

    let taken = relay.count();
    assert!(taken < recipients.len());
    let serve = if is_worker {
        serve
    } else {
        installation.serve_alone(&url).await
    };
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(
        (totals.sent, totals.queued),
        (taken, recipients.len() - taken),
        "{totals:?}"
    );
    relay.behave();
    let _worker = installation.work(&url);
    installation.until_state(id, "finished", PATIENCE).await;
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        recipients.len()
    );
    drop(serve);
}

/// An installation where the worker is a process of its own, or is not.
async fn serving(is_worker: bool, url: &str) -> (Installation, Process) {
    let installation = Installation::build(Database::Sqlite).await;
    let serve = if is_worker {
        installation.serve_alone(url).await
    } else {
        installation.serve(url).await
    };
    (installation, serve)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_serve_records_messages_in_flight() {
    stopping_records_messages_in_flight(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_worker_records_messages_in_flight() {
    stopping_records_messages_in_flight(true).await;
}

/// A relay that never answers cannot keep the process: what it was told stands
/// `uncertain`, and says so before the process ends.
async fn stopping_does_not_wait_for_a_silent_relay(is_worker: bool) {
    let relay = TestRelay::start().await;
    let silent = Arc::new(AtomicUsize::new(0));
    let seen = silent.clone();
    relay.play(
        move |moment: &Moment<'_>| match (moment.stage, moment.connection) {
            (Stage::Dot, 1..) => {
                seen.fetch_add(1, Ordering::SeqCst);
                Act::Silence
            }
            _ => Act::Answer,
        },
    );
    let url = relay.url(0, SETTINGS);
    let (installation, mut serve) = serving(is_worker, &url).await;
    let mut worker = is_worker.then(|| installation.work(&url));
    let recipients = recipient_addresses("p", 40);
    let id = installation.send("silent", &recipients).await;
    // What has begun ahead is not on the wire.
    let has_silent = |_: &Value| silent.load(Ordering::SeqCst) >= 3;
    installation.until(id, PATIENCE, has_silent).await;
    let process = worker.as_mut().unwrap_or(&mut serve);
    let (status, took) = process
        .terminate(Duration::from_secs(30))
        .expect("it stops");
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(11), "{took:?}");
    let serve = if is_worker {
        serve
    } else {
        installation.serve_alone(&url).await
    };
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(totals.sending, 0, "{totals:?}");
    assert!((1..=4).contains(&totals.uncertain), "{totals:?}");
    drop(serve);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_serve_does_not_wait_for_a_silent_relay() {
    stopping_does_not_wait_for_a_silent_relay(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_a_worker_does_not_wait_for_a_silent_relay() {
    stopping_does_not_wait_for_a_silent_relay(true).await;
}

/// Two workers are frozen at the same moment, so that their leases end at the
/// same moment, and wake when a third has taken over: what they hold is not
/// theirs any more, and what they had on the wire is known again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frozen_worker_does_not_send_what_others_took_over() {
    let relay = slow_relay(3, Duration::from_millis(15)).await;
    let installation = Installation::build(Database::Postgres).await;
    let url = |door| relay.url(door, SETTINGS);
    let _serve = installation.serve_alone(&url(0)).await;
    let frozen = [installation.work(&url(0)), installation.work(&url(1))];
    let recipients = recipient_addresses("p", RECIPIENTS);
    let id = installation.send("frozen", &recipients).await;
    assert!(relay.reaches(60, PATIENCE).await);
    for worker in &frozen {
        worker.signal("STOP");
    }
    let before = relay.count();
    let _third = installation.work(&url(2));
    let has_gone_on = relay.reaches(before + 100, PATIENCE).await;
    assert!(has_gone_on, "the third does not go on");
    tokio::time::sleep(Duration::from_secs(LEASE + 2)).await;
    for worker in &frozen {
        worker.signal("CONT");
    }
    // The woken ones read the replies that lay waiting, and record them.
    installation.until_all_sent(id, RECIPIENTS).await;
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        RECIPIENTS
    );
}

/// A worker that is frozen while it holds locks in the database does not hold
/// up the others: the database ends its transaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_frozen_in_a_transaction_does_not_block_others() {
    let relay = slow_relay(2, Duration::from_millis(15)).await;
    let installation = Installation::build(Database::Postgres).await;
    let url = |door| relay.url(door, SETTINGS);
    let _serve = installation.serve_alone(&url(0)).await;
    let frozen = installation.work(&url(0));
    let recipients = recipient_addresses("p", RECIPIENTS);
    let id = installation.draft("locks", &recipients).await;
    installation.act(id, "start").await;
    assert!(relay.reaches(20, PATIENCE).await);
    let pool = sqlx::PgPool::connect(&installation.database_url)
        .await
        .unwrap();
    // The process that cuts the next slice waits for the campaign's row, in a transaction.
    let mut hold = pool.begin().await.unwrap();
    sqlx::query("SELECT 1 FROM campaigns WHERE id = $1 FOR NO KEY UPDATE")
        .bind(id)
        .execute(&mut *hold)
        .await
        .unwrap();
    let waits = "wait_event_type = 'Lock' AND query LIKE 'UPDATE campaigns SET claimed_up_to%'";
    let backend = until_a_backend(&pool, waits).await;
    frozen.signal("STOP");
    hold.commit().await.unwrap();
    let holds = format!(
        "pid = {backend} AND state = 'idle in transaction' AND EXISTS (
             SELECT 1 FROM pg_locks WHERE pg_locks.pid = pg_stat_activity.pid
                AND relation = 'campaigns'::regclass AND mode = 'RowExclusiveLock')"
    );
    until_a_backend(&pool, &holds).await;
    let _other = installation.work(&url(1));
    // All but what the frozen one had begun.
    let all_but =
        |campaign: &Value| campaign["counts"]["sent"].as_i64() >= Some((RECIPIENTS - BEGUN) as i64);
    installation.until(id, PATIENCE, all_but).await;
    frozen.signal("CONT");
    installation.until_all_sent(id, RECIPIENTS).await;
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        RECIPIENTS
    );
}

/// The process id of the backend of this database that comes to stand like this.
async fn until_a_backend(pool: &sqlx::PgPool, stands: &str) -> i32 {
    let query =
        format!("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {stands}");
    let waiting = async {
        loop {
            let query = sqlx::AssertSqlSafe(query.as_str());
            let found = sqlx::query_scalar(query).fetch_optional(pool).await;
            if let Some(pid) = found.unwrap() {
                return pid;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    if let Ok(pid) = tokio::time::timeout(PATIENCE, waiting).await {
        return pid;
    }
    let all: Vec<String> = sqlx::query_scalar(
        "SELECT concat_ws(' ', pid, state, wait_event, pg_blocking_pids(pid), query)
         FROM pg_stat_activity WHERE datname = current_database()",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    panic!("no backend where {stands}: {all:#?}");
}
