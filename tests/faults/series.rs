//! Series whose workers are killed again and again, whose clock jumps, and that come back from an
//! older backup: each step is taken once, and each email is sent once.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{PgPool, SqlitePool};

use crate::clocks;
use crate::installation::{Database, Installation, LEASE, recipient_addresses};
use crate::relay::{Act, Moment, Stage, Taken, TestRelay};
use crate::siege::{BY_DEFAULT, SETTINGS, Siege, delayed_relay};
use crate::support::PATIENCE;

/// Emails of the series.
const EMAILS: usize = 3;
/// Its steps.
const STEPS: i64 = 6;

fn steps() -> Value {
    let email = |subject: &str| {
        let text = json!({ "language": "en", "subject": subject, "body": "Hello." });
        json!({ "kind": "send", "texts": [text] })
    };
    let hour = json!({ "kind": "wait", "hours": 1 });
    let tag = json!({ "kind": "set_tag", "tag": "begun" });
    json!([
        email("First"),
        tag,
        hour,
        email("Second"),
        hour,
        email("Third")
    ])
}

/// A series of an installation, and its database.
struct Running<'a> {
    installation: &'a Installation,
    id: i64,
    readers: Vec<String>,
    pool: Pool,
}

enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Runs a query on either database.
macro_rules! on {
    ($pool:expr, $c:ident => $query:expr) => {
        match $pool {
            Pool::Sqlite($c) => $query.await.unwrap(),
            Pool::Postgres($c) => $query.await.unwrap(),
        }
    };
}

/// One row of the ledger.
#[derive(Debug, sqlx::FromRow)]
struct Row {
    email: String,
    campaign_id: i64,
    state: String,
    reply: String,
}

impl<'a> Running<'a> {
    async fn start(installation: &'a Installation, readers: usize) -> Self {
        let readers = recipient_addresses("s", readers);
        installation.list("course", &readers).await;
        let series = json!({
            "name": "Course", "list": "course", "start": { "kind": "call" }, "steps": steps(),
        });
        let made = installation.post("/series", series).await;
        let id = made["id"].as_i64().unwrap();
        installation
            .post(&format!("/series/{id}/start"), json!({}))
            .await;
        Self {
            installation,
            id,
            readers,
            pool: Self::open(installation).await,
        }
    }

    async fn open(installation: &Installation) -> Pool {
        let url = &installation.database_url;
        if url.starts_with("sqlite:") {
            Pool::Sqlite(SqlitePool::connect(url).await.unwrap())
        } else {
            Pool::Postgres(PgPool::connect(url).await.unwrap())
        }
    }

    async fn enter(&self, reader: &str) {
        let path = format!("/series/{}/readers", self.id);
        self.installation
            .post(&path, json!({ "email": reader }))
            .await;
    }

    /// Ends the waits of up to so many readers, those first who have waited longest.
    async fn end_waits(&self, readers: i64) {
        const LATE: &str = "UPDATE series_readers SET due_at = 1
             WHERE id IN (SELECT id FROM series_readers WHERE state = 'inside' AND position > 1
                          AND due_at > 1 ORDER BY due_at LIMIT $1)";
        on!(&self.pool, c => async { sqlx::query(LATE).bind(readers).execute(c).await.map(drop) });
    }

    async fn count(&self, query: &'static str) -> i64 {
        on!(&self.pool, c => sqlx::query_scalar(query).fetch_one(c))
    }

    async fn shown(&self) -> Value {
        self.installation.get(&format!("/series/{}", self.id)).await
    }

    /// Waits until so many deliveries are decided, and none is open.
    async fn until_sent(&self, emails: usize) {
        const OPEN: &str =
            "SELECT COUNT(*) FROM deliveries WHERE state IN ('queued', 'sending', 'deferred')";
        const DECIDED: &str =
            "SELECT COUNT(*) FROM deliveries WHERE state IN ('sent', 'uncertain')";
        let sent = async {
            while self.count(DECIDED).await < emails as i64 || self.count(OPEN).await > 0 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        let sent = tokio::time::timeout(2 * PATIENCE, sent).await;
        let shown = self.shown().await;
        assert!(sent.is_ok(), "stuck before {emails}: {shown}");
    }

    /// Lets everybody who is inside go on to the end.
    async fn finish(&self) {
        let finished = async {
            while self.shown().await["readers"]["finished"] != self.readers.len() {
                self.end_waits(i64::MAX).await;
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        };
        let finished = tokio::time::timeout(2 * PATIENCE, finished).await;
        let shown = self.shown().await;
        assert!(finished.is_ok(), "somebody is stuck: {shown}");
    }

    async fn ledger(&self) -> Vec<Row> {
        const LEDGER: &str = "SELECT m.email, d.campaign_id, d.state, d.reply
             FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id";
        on!(&self.pool, c => sqlx::query_as(LEDGER).fetch_all(c))
    }

    /// Holds what the database says against what the relay took; how many deliveries are
    /// uncertain.
    async fn audit(&self, relay: &TestRelay) -> usize {
        let violations = relay.violations();
        assert!(violations.is_empty(), "SMTP broken: {violations:?}");
        // A Message-ID is that of a delivery.
        let mut by_message: HashMap<String, Vec<Taken>> = HashMap::new();
        for taken in relay.taken() {
            let copies = by_message.entry(taken.message_id.clone()).or_default();
            copies.push(taken);
        }
        let twice: Vec<_> = by_message.values().filter(|one| one.len() > 1).collect();
        assert!(twice.is_empty(), "taken twice: {twice:?}");
        let mut by_reply: HashMap<String, Taken> = HashMap::new();
        for taken in by_message.into_values().flatten() {
            by_reply.insert(taken.queued_as.clone(), taken);
        }
        let (mut uncertain, mut of_reader) = (0, BTreeMap::<String, Vec<Row>>::new());
        for row in self.ledger().await {
            match row.state.as_str() {
                "sent" => {
                    let number = row.reply.rsplit(' ').next().unwrap_or_default();
                    let taken = by_reply.remove(number);
                    let is_own = taken.is_some_and(|taken| taken.recipient == row.email);
                    assert!(is_own, "stands sent, and was not taken: {row:?}");
                }
                "uncertain" => uncertain += 1,
                _ => panic!("neither sent nor uncertain: {row:?}"),
            }
            of_reader.entry(row.email.clone()).or_default().push(row);
        }
        // What is left was taken for one that stands uncertain.
        for taken in by_reply.values() {
            let rows = &of_reader[&taken.recipient];
            let is_known = rows.iter().any(|row| row.state == "uncertain");
            assert!(is_known, "taken, and not in the ledger: {taken:?}");
        }
        assert!(by_reply.len() <= uncertain);
        for reader in &self.readers {
            let rows = of_reader.get(reader).map_or(&[][..], Vec::as_slice);
            let mut campaigns: Vec<i64> = rows.iter().map(|row| row.campaign_id).collect();
            campaigns.sort_unstable();
            campaigns.dedup();
            assert_eq!((rows.len(), campaigns.len()), (EMAILS, EMAILS), "{rows:?}");
        }
        self.audit_steps().await;
        uncertain
    }

    /// Each step of each reader is there once, and the counts of the page are right.
    async fn audit_steps(&self) {
        let readers = self.readers.len() as i64;
        let taken = self.count("SELECT COUNT(*) FROM series_steps_taken").await;
        assert_eq!(taken, STEPS * readers);
        const WHOLE: &str = "SELECT COUNT(*) FROM (
                 SELECT reader_id FROM series_steps_taken
                 GROUP BY reader_id HAVING COUNT(*) = 6) AS whole";
        assert_eq!(self.count(WHOLE).await, readers);
        const WRONG: &str = "SELECT COUNT(*) FROM (
                 SELECT series_id, version, position, state, SUM(readers) AS readers FROM (
                     SELECT series_id, version, position, state, readers FROM series_counts
                     UNION ALL
                     SELECT series_id, version, position, state, -1 FROM series_readers) AS both_ways
                 GROUP BY series_id, version, position, state HAVING SUM(readers) <> 0) AS wrong";
        assert_eq!(self.count(WRONG).await, 0, "miscounted");
        let shown = self.shown().await;
        assert_eq!(shown["state"], "running", "{shown}");
        assert_eq!(shown["readers"]["finished"], readers, "{shown}");
        assert_eq!(shown["readers"]["inside"], 0, "{shown}");
    }
}

/// Two workers, one of which is killed at a random moment, a hundred times, while readers come in
/// and their waits end.
async fn kills_lose_and_repeat_nothing(database: Database) {
    const READERS: usize = 300;
    const KILLS: usize = 100;
    let relay = delayed_relay(2).await;
    let installation = Installation::build(database).await;
    let _serve = installation.serve_alone(&relay.url(0, SETTINGS)).await;
    let mut siege = Siege::of_workers(&installation, &relay, BY_DEFAULT);
    let series = Running::start(&installation, READERS).await;
    let mut coming = series.readers.iter();
    for _ in 0..KILLS {
        for reader in coming.by_ref().take(READERS / KILLS + 1) {
            series.enter(reader).await;
        }
        series.end_waits((3 * READERS / KILLS) as i64).await;
        siege.pause(0..600).await;
        siege.kill_one();
    }
    series.finish().await;
    series.until_sent(EMAILS * READERS).await;
    // A zombie would show itself now.
    tokio::time::sleep(Duration::from_secs(LEASE)).await;
    let uncertain = series.audit(&relay).await;
    let in_flight = siege.in_flight;
    println!("{database:?}: uncertain {uncertain}, in flight at the kills {in_flight}");
    assert!(uncertain <= in_flight, "{uncertain} of {in_flight}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_of_workers_lose_and_repeat_nothing_of_a_series_sqlite() {
    kills_lose_and_repeat_nothing(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_of_workers_lose_and_repeat_nothing_of_a_series_postgres() {
    kills_lose_and_repeat_nothing(Database::Postgres).await;
}

/// The waits pass by the clock, which is also set back in between.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back_and_forward_repeats_no_step() {
    const READERS: usize = 60;
    let relay = delayed_relay(1).await;
    let mut installation = Installation::build(Database::Sqlite).await;
    clocks::set(&installation, "clock", "+0");
    for (name, value) in clocks::variables(&installation, "clock") {
        installation.set(&name, &value);
    }
    let _serve = installation.serve(&relay.url(0, SETTINGS)).await;
    let series = Running::start(&installation, READERS).await;
    for reader in &series.readers {
        series.enter(reader).await;
    }
    for (goal, difference) in [
        (20, "-3h"),
        (20, "+0"),
        (READERS, "+2h"),
        (READERS + 20, "-1d"),
        (READERS + 20, "+2h"),
        (2 * READERS, "+5h"),
        (2 * READERS + 20, "-5h"),
        (2 * READERS + 20, "+2d"),
    ] {
        let is_there = relay.reaches(goal, PATIENCE).await;
        assert!(is_there, "{} of {goal} before {difference}", relay.count());
        clocks::set(&installation, "clock", difference);
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }
    assert!(relay.reaches(EMAILS * READERS, PATIENCE).await);
    series.until_sent(EMAILS * READERS).await;
    series.finish().await;
    assert_eq!(series.audit(&relay).await, 0);
}

/// What an older backup knows to have been sent, or to be under way, is sent to nobody again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_series_of_an_older_backup_waits_and_repeats_nothing_that_the_backup_knows() {
    const READERS: usize = 40;
    let relay = delayed_relay(1).await;
    let url = relay.url(0, SETTINGS);
    let installation = Installation::build(Database::Sqlite).await;
    let mut serve = installation.serve(&url).await;
    let series = Running::start(&installation, READERS).await;
    for reader in &series.readers {
        series.enter(reader).await;
    }
    series.until_sent(READERS).await;
    // Ten have got the second email, too, and five are about to.
    series.end_waits(10).await;
    series.until_sent(READERS + 10).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Rcpt => Act::Reply("450 4.2.1 full"),
        _ => Act::Answer,
    });
    series.end_waits(5).await;
    const PUT_OFF: &str =
        "SELECT COUNT(*) FROM deliveries WHERE state = 'deferred' AND attempts = 1";
    let put_off = async {
        while series.count(PUT_OFF).await < 5 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, put_off).await.unwrap();
    relay.behave();
    let known: Vec<Taken> = relay.taken();
    let backup = installation.file("older.jarshy").display().to_string();
    installation.printed(&["backup", &backup]);

    // The others get the second email after that, and then the machine is lost.
    series.end_waits(i64::MAX).await;
    let late = READERS - 10 - 5;
    assert!(relay.reaches(READERS + 10 + late, PATIENCE).await);
    serve.kill();
    if let Pool::Sqlite(pool) = &series.pool {
        pool.close().await;
    }
    for name in ["jarshy.db", "jarshy.db-wal", "jarshy.db-shm"] {
        let _ = std::fs::remove_file(installation.file(name));
    }
    installation.printed(&["restore", &backup]);
    let serve = installation.serve(&url).await;
    let series = Running {
        pool: Running::open(&installation).await,
        ..series
    };
    let shown = series.shown().await;
    assert_eq!(shown["state"], "paused", "{shown}");
    let reason = shown["pause_reason"].as_str().unwrap();
    assert!(reason.contains("backup"), "{reason}");
    let before = relay.count();
    series.end_waits(i64::MAX).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(relay.count(), before, "it waits for a person");
    let path = format!("/series/{}/resume", series.id);
    installation.post(&path, json!({})).await;
    series.finish().await;
    series.until_sent(EMAILS * READERS).await;
    let shown = series.shown().await;
    assert_eq!(shown["state"], "running", "{shown}");
    let taken = relay.taken();
    for one in &known {
        let copies = taken
            .iter()
            .filter(|taken| taken.message_id == one.message_id);
        assert_eq!(copies.count(), 1, "{one:?}");
    }
    // Second emails of those of whom the backup knew nothing, and all third ones; the five who
    // were under way stand uncertain.
    assert_eq!(taken.len(), before + late + READERS);
    const UNCERTAIN: &str = "SELECT COUNT(*) FROM deliveries WHERE state = 'uncertain'";
    assert_eq!(series.count(UNCERTAIN).await, 5);
    drop(serve);
}
