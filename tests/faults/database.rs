//! The database fails in mid-campaign and comes back.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::audit::audit;
use crate::cluster::Cluster;
use crate::house::{Database, House, LEASE, PATIENCE, Process, people, size};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::Folder;

const SETTINGS: &str = "tls=none&connections=4";

async fn thoughtful_relay(doors: usize) -> TestRelay {
    let relay = TestRelay::with_doors(doors).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(rand::random_range(1..25))),
        _ => Act::Answer,
    });
    relay
}

/// PostgreSQL crashes twice and is once away for longer than a lease. Nobody
/// starts anything again, and since no worker died nothing is uncertain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_crashes_and_comes_back() {
    let cluster = Arc::new(Cluster::start());
    let control = async |work: fn(&Cluster)| {
        let cluster = cluster.clone();
        tokio::task::spawn_blocking(move || work(&cluster))
            .await
            .unwrap();
    };
    let relay = thoughtful_relay(2).await;
    let house = House::build_over(Folder::new(), cluster.url());
    let _serve = house.serve_alone(&relay.url(0, SETTINGS)).await;
    let _workers = [0, 1].map(|door| house.work(&relay.url(door, SETTINGS)));
    let crowd = people("p", 400);
    let id = house.send("crash", &crowd).await;

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

    house.until_state(id, "finished", PATIENCE).await;
    let standing = audit(&relay, &house.ledger(id).await, &crowd);
    assert_eq!(standing.sent, crowd.len(), "{standing:?}");
}

/// A house on a disk that fills up in mid-campaign.
struct Full {
    serve: Process,
    relay: TestRelay,
    house: House,
    crowd: Vec<String>,
    id: i64,
}

impl Full {
    async fn new() -> Self {
        let relay = thoughtful_relay(1).await;
        let house = House::build(Database::Sqlite).await;
        let url = relay.url(0, SETTINGS);
        let crowd = people("p", 400);
        let mut serve = house.serve_alone(&url).await;
        let id = house.draft("full", &crowd).await;
        serve.terminate(PATIENCE).expect("it stops");
        // Room for the start of the campaign and for a part of its ledger.
        let room = size(&house.file("jarshy.db")) / 1024 + 700;
        let serve = house.serve_with_little_room(&url, room).await;
        house.act(id, "start").await;
        assert!(relay.reaches(5, PATIENCE).await);
        relay.is_quiet(Duration::from_secs(2)).await;
        assert!(relay.count() < crowd.len(), "the disk was never full");
        assert_eq!(
            house.campaign(id).await["state"],
            "sending",
            "pages are still read"
        );
        Self {
            relay,
            house,
            crowd,
            id,
            serve,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_holds_a_campaign_until_there_is_room() {
    let full = Full::new().await;
    let lifted = Command::new("prlimit")
        .args(["--pid", &full.serve.id().to_string(), "--fsize=unlimited"])
        .status()
        .unwrap();
    assert!(lifted.success());
    full.house.until_state(full.id, "finished", PATIENCE).await;
    let standing = audit(&full.relay, &full.house.ledger(full.id).await, &full.crowd);
    assert_eq!(standing.sent, full.crowd.len(), "{standing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_on_a_full_disk_it_sends_nothing_twice() {
    let mut full = Full::new().await;
    full.serve.kill();
    let _serve = full.house.serve(&full.relay.url(0, SETTINGS)).await;
    full.house.until_state(full.id, "finished", PATIENCE).await;
    let standing = audit(&full.relay, &full.house.ledger(full.id).await, &full.crowd);
    assert_eq!(
        standing.sent + standing.uncertain,
        full.crowd.len(),
        "{standing:?}"
    );
    assert!(standing.uncertain <= 4, "{standing:?}");
}
