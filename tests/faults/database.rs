//! The database fails in mid-campaign and comes back.

use std::collections::HashSet;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::audit::audit;
use crate::cluster::Cluster;
use crate::installation::{Database, Installation, LEASE, Process, recipient_addresses};
use crate::relay::script::{Act, at};
use crate::relay::{Stage, TestRelay};
use crate::siege::{BY_DEFAULT, CONNECTIONS, SETTINGS, delayed_relay};
use crate::support::database::waiting_statements;
use crate::support::{Folder, PATIENCE};

/// PostgreSQL crashes twice and is once away for longer than a lease. Nobody
/// starts anything again, and since no worker died nothing is uncertain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sending_survives_a_crash_of_postgres() {
    let cluster = Arc::new(Cluster::start());
    let control = async |work: fn(&Cluster)| {
        let cluster = cluster.clone();
        tokio::task::spawn_blocking(move || work(&cluster))
            .await
            .unwrap();
    };
    let relay = delayed_relay(2).await;
    let installation = Installation::build_over(Folder::new(), cluster.url());
    let _serve = installation.serve_alone(&relay.url(0, SETTINGS)).await;
    let _workers = [0, 1].map(|door| installation.work(&relay.url(door, SETTINGS)));
    let recipients = recipient_addresses("p", 400);
    let id = installation.send("crash", &recipients).await;

    assert!(relay.reaches(60, PATIENCE).await);
    control(|cluster| cluster.stop("immediate")).await;
    control(Cluster::start_again).await;
    assert!(relay.reaches(150, PATIENCE).await, "it goes on by itself");
    control(|cluster| cluster.stop("fast")).await;
    tokio::time::sleep(Duration::from_secs(LEASE + 1)).await;
    control(Cluster::start_again).await;
    assert!(relay.reaches(250, PATIENCE).await, "it goes on by itself");
    control(|cluster| cluster.stop("immediate")).await;
    control(Cluster::start_again).await;

    installation.until_state(id, "finished", PATIENCE).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!(totals.sent, recipients.len(), "{totals:?}");
}

/// A relay asks to try an email again, and the database lets nobody note it for a while: it is
/// tried again all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_became_of_a_single_email_is_recorded_once_it_can_be() {
    let relay = TestRelay::start().await;
    let may_answer = CancellationToken::new();
    let later = Act::ReplyAt(may_answer.clone(), "450 4.2.1 try again later");
    relay.play(at(Stage::Rcpt, 1, later));
    let mut installation = Installation::build(Database::Postgres).await;
    let pool = PgPool::connect(&installation.database_url).await.unwrap();
    let impatient = format!("{}?options[lock_timeout]=200", installation.database_url);
    installation.set("JARSHY_DATABASE_URL", &impatient);
    let _serve = installation.serve(&relay.url(0, SETTINGS)).await;
    installation.list("news", &[]).await;
    let aigul = json!({ "email": "aigul@example.org", "lists": ["news"], "status": "pending" });
    installation.post("/subscribers", aigul).await;

    until_state(&pool, "sending").await;
    let mut other = pool.begin().await.unwrap();
    sqlx::query("SELECT id FROM transactional_emails FOR UPDATE")
        .execute(&mut *other)
        .await
        .unwrap();
    may_answer.cancel();
    let mut tries = HashSet::new();
    while tries.len() < 2 {
        tries.extend(waiting_statements(&pool).await);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    other.rollback().await.unwrap();
    until_state(&pool, "deferred").await;
}

/// Waits until the one email in the queue is in a state.
async fn until_state(pool: &PgPool, state: &str) {
    let reaching = async {
        let query = "SELECT state FROM transactional_emails";
        while sqlx::query_scalar::<_, String>(query)
            .fetch_one(pool)
            .await
            .unwrap()
            != state
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let reached = tokio::time::timeout(PATIENCE, reaching).await;
    reached.unwrap_or_else(|_| panic!("it is never {state}"));
}

/// An installation on a disk that fills up during a campaign.
struct Full {
    serve: Process,
    relay: TestRelay,
    installation: Installation,
    recipients: Vec<String>,
    id: i64,
}

/// How long the files may be that a process writes.
fn limit_files(process: &Process, bytes: &str) {
    let limited = Command::new("prlimit")
        .args(["--pid", &process.id().to_string()])
        .arg(format!("--fsize={bytes}:"))
        .status()
        .unwrap();
    assert!(limited.success());
}

impl Full {
    async fn new() -> Self {
        let relay = delayed_relay(1).await;
        let installation = Installation::build(Database::Sqlite).await;
        let url = relay.url(0, SETTINGS);
        let recipients = recipient_addresses("p", 1500);
        let serve = installation.serve_on_small_disk(&url).await;
        let id = installation.send("full", &recipients).await;
        assert!(relay.reaches(5, PATIENCE).await);
        // Neither the database nor the log may grow any more.
        limit_files(&serve, "1024");
        relay.is_quiet(Duration::from_secs(2)).await;
        assert!(relay.count() < recipients.len(), "the disk was never full");
        assert_eq!(
            installation.campaign(id).await["state"],
            "sending",
            "pages are still read"
        );
        Self {
            relay,
            installation,
            recipients,
            id,
            serve,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_delays_a_campaign() {
    let full = Full::new().await;
    limit_files(&full.serve, "unlimited");
    full.installation
        .until_state(full.id, "finished", PATIENCE)
        .await;
    let totals = audit(
        &full.relay,
        &full.installation.ledger(full.id).await,
        &full.recipients,
    );
    assert_eq!(totals.sent, full.recipients.len(), "{totals:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_on_a_full_disk_repeats_nothing() {
    let mut full = Full::new().await;
    full.serve.kill();
    let _serve = full.installation.serve(&full.relay.url(0, SETTINGS)).await;
    full.installation
        .until_state(full.id, "finished", PATIENCE)
        .await;
    let totals = audit(
        &full.relay,
        &full.installation.ledger(full.id).await,
        &full.recipients,
    );
    assert_eq!(
        totals.sent + totals.uncertain,
        full.recipients.len(),
        "{totals:?}"
    );
    let begun = CONNECTIONS * BY_DEFAULT.begun;
    assert!(totals.uncertain <= begun, "{totals:?}");
}
