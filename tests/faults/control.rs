//! What a person or the system asks of a house in mid-campaign: hold, go on,
//! cancel, stop; and what becomes of workers that are frozen for a while.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::audit::audit;
use crate::house::{Database, House, LEASE, PATIENCE, Process, people};
use crate::relay::{Act, Moment, Stage, TestRelay};

const CROWD: usize = 400;
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

/// A house in the middle of a campaign, with two workers where it can have
/// more than one.
struct Midway {
    _processes: Vec<Process>,
    relay: TestRelay,
    house: House,
    crowd: Vec<String>,
    id: i64,
}

impl Midway {
    async fn new(database: Database) -> Self {
        let relay = slow_relay(2, Duration::from_millis(15)).await;
        let house = House::build(database).await;
        let url = |door| relay.url(door, SETTINGS);
        let processes = match database {
            Database::Sqlite => vec![house.serve(&url(0)).await],
            Database::Postgres => vec![
                house.serve_alone(&url(0)).await,
                house.work(&url(0)),
                house.work(&url(1)),
            ],
        };
        let crowd = people("p", CROWD);
        let id = house.send("midway", &crowd).await;
        assert!(relay.reaches(60, PATIENCE).await);
        Self {
            relay,
            house,
            crowd,
            id,
            _processes: processes,
        }
    }

    /// Acts, and sees that nothing begins any more.
    async fn halts_after(&self, action: &str) {
        self.house.act(self.id, action).await;
        let called = Instant::now();
        let is_at_rest = |campaign: &Value| campaign["counts"]["sending"] == 0;
        self.house.until(self.id, PATIENCE, is_at_rest).await;
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
            self.relay.count() < CROWD,
            "the campaign was over before {action}"
        );
    }
}

async fn a_held_campaign_stands_still_and_goes_on(database: Database) {
    let midway = Midway::new(database).await;
    midway.halts_after("pause").await;
    let held = midway.house.ledger(midway.id).await;
    let standing = audit(&midway.relay, &held, &midway.crowd);
    assert_eq!(standing.sent + standing.queued, CROWD, "{standing:?}");
    midway.house.act(midway.id, "resume").await;
    midway
        .house
        .until_state(midway.id, "finished", PATIENCE)
        .await;
    let ledger = midway.house.ledger(midway.id).await;
    assert_eq!(audit(&midway.relay, &ledger, &midway.crowd).sent, CROWD);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_campaign_stands_still_and_goes_on_sqlite() {
    a_held_campaign_stands_still_and_goes_on(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_campaign_stands_still_and_goes_on_postgres() {
    a_held_campaign_stands_still_and_goes_on(Database::Postgres).await;
}

async fn a_cancelled_campaign_ends(database: Database) {
    let midway = Midway::new(database).await;
    midway.halts_after("cancel").await;
    let ledger = midway.house.ledger(midway.id).await;
    let standing = audit(&midway.relay, &ledger, &midway.crowd);
    assert_eq!(standing.sent + standing.skipped, CROWD, "{standing:?}");
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
async fn asked_to_stop_it_records_what_is_on_the_wire(is_worker: bool) {
    let relay = slow_relay(1, Duration::from_millis(800)).await;
    let url = relay.url(0, SETTINGS);
    let (house, mut serve) = serving(is_worker, &url).await;
    let mut worker = is_worker.then(|| house.work(&url));
    let crowd = people("p", 40);
    let id = house.send("stop", &crowd).await;
    assert!(relay.reaches(6, PATIENCE).await);
    let process = worker.as_mut().unwrap_or(&mut serve);
    let (status, took) = process
        .terminate(Duration::from_secs(30))
        .expect("it stops");
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(10), "{took:?}");

    let taken = relay.count();
    assert!(taken < crowd.len());
    let serve = match is_worker {
        true => serve,
        false => house.serve_alone(&url).await,
    };
    let standing = audit(&relay, &house.ledger(id).await, &crowd);
    assert_eq!(
        (standing.sent, standing.queued),
        (taken, crowd.len() - taken),
        "{standing:?}"
    );
    relay.behave();
    let _worker = house.work(&url);
    house.until_state(id, "finished", PATIENCE).await;
    assert_eq!(
        audit(&relay, &house.ledger(id).await, &crowd).sent,
        crowd.len()
    );
    drop(serve);
}

/// A house where the worker is a process of its own, or is not.
async fn serving(is_worker: bool, url: &str) -> (House, Process) {
    let house = House::build(Database::Sqlite).await;
    let serve = match is_worker {
        true => house.serve_alone(url).await,
        false => house.serve(url).await,
    };
    (house, serve)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_stop_serve_records_what_is_on_the_wire() {
    asked_to_stop_it_records_what_is_on_the_wire(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_stop_a_worker_records_what_is_on_the_wire() {
    asked_to_stop_it_records_what_is_on_the_wire(true).await;
}

/// A relay that never answers cannot keep the process: what it was told stands
/// `uncertain`, and says so before the process ends.
async fn asked_to_stop_it_does_not_wait_for_a_silent_relay(is_worker: bool) {
    let relay = TestRelay::start().await;
    relay.play(
        |moment: &Moment<'_>| match (moment.stage, moment.connection) {
            (Stage::Dot, 1..) => Act::Silence,
            _ => Act::Answer,
        },
    );
    let url = relay.url(0, SETTINGS);
    let (house, mut serve) = serving(is_worker, &url).await;
    let mut worker = is_worker.then(|| house.work(&url));
    let crowd = people("p", 40);
    let id = house.send("silent", &crowd).await;
    let has_silent = |campaign: &Value| campaign["counts"]["sending"].as_i64().unwrap_or(0) >= 3;
    house.until(id, PATIENCE, has_silent).await;
    let process = worker.as_mut().unwrap_or(&mut serve);
    let (status, took) = process
        .terminate(Duration::from_secs(30))
        .expect("it stops");
    assert!(status.success(), "{status}");
    assert!(took < Duration::from_secs(11), "{took:?}");
    let serve = match is_worker {
        true => serve,
        false => house.serve_alone(&url).await,
    };
    let standing = audit(&relay, &house.ledger(id).await, &crowd);
    assert_eq!(standing.sending, 0, "{standing:?}");
    assert!((1..=4).contains(&standing.uncertain), "{standing:?}");
    drop(serve);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_stop_serve_does_not_wait_for_a_silent_relay() {
    asked_to_stop_it_does_not_wait_for_a_silent_relay(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_stop_a_worker_does_not_wait_for_a_silent_relay() {
    asked_to_stop_it_does_not_wait_for_a_silent_relay(true).await;
}

/// Two workers are frozen at the same moment, so that their leases end at the
/// same moment, and wake when a third has taken over: what they hold is not
/// theirs any more, and what they had on the wire is known again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frozen_workers_wake_to_nothing_that_is_not_theirs() {
    let relay = slow_relay(3, Duration::from_millis(15)).await;
    let house = House::build(Database::Postgres).await;
    let url = |door| relay.url(door, SETTINGS);
    let _serve = house.serve_alone(&url(0)).await;
    let frozen = [house.work(&url(0)), house.work(&url(1))];
    let crowd = people("p", CROWD);
    let id = house.send("frozen", &crowd).await;
    assert!(relay.reaches(60, PATIENCE).await);
    for worker in &frozen {
        worker.signal("STOP");
    }
    let before = relay.count();
    let _third = house.work(&url(2));
    let has_gone_on = relay.reaches(before + 100, PATIENCE).await;
    assert!(has_gone_on, "the third does not go on");
    tokio::time::sleep(Duration::from_secs(LEASE + 2)).await;
    for worker in &frozen {
        worker.signal("CONT");
    }
    house.until_state(id, "finished", PATIENCE).await;
    // The woken ones read the replies that lay waiting, and record them.
    let all_known = |campaign: &Value| campaign["counts"]["uncertain"] == 0;
    house.until(id, PATIENCE, all_known).await;
    assert_eq!(audit(&relay, &house.ledger(id).await, &crowd).sent, CROWD);
}

/// A worker that is frozen while it holds locks in the database does not hold
/// up the others: the database ends its transaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_frozen_in_a_transaction_does_not_hold_up_the_others() {
    let relay = slow_relay(2, Duration::from_millis(15)).await;
    let house = House::build(Database::Postgres).await;
    let url = |door| relay.url(door, SETTINGS);
    let _serve = house.serve_alone(&url(0)).await;
    let frozen = house.work(&url(0));
    let crowd = people("p", CROWD);
    let id = house.draft("locks", &crowd).await;
    house.act(id, "start").await;
    assert!(relay.reaches(20, PATIENCE).await);
    let pool = sqlx::PgPool::connect(&house.database_url).await.unwrap();
    // Whoever cuts the next slice waits for the campaign's row, in a transaction.
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
    let _other = house.work(&url(1));
    // All but what the frozen one had on the wire.
    let all_but = |campaign: &Value| campaign["counts"]["sent"].as_i64() >= Some(CROWD as i64 - 8);
    house.until(id, PATIENCE, all_but).await;
    frozen.signal("CONT");
    house.until_state(id, "finished", PATIENCE).await;
    let all_known = |campaign: &Value| campaign["counts"]["uncertain"] == 0;
    house.until(id, PATIENCE, all_known).await;
    assert_eq!(audit(&relay, &house.ledger(id).await, &crowd).sent, CROWD);
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
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("no backend where {stands}"))
}
