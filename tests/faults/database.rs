//! The database fails in mid-campaign and comes back.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::audit::audit;
use crate::cluster::Cluster;
use crate::installation::{Database, Installation, LEASE, Process, recipient_addresses};
use crate::relay::TestRelay;
use crate::siege::{BY_DEFAULT, CONNECTIONS, SETTINGS, delayed_relay};
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
