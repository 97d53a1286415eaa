//! Workers whose clocks disagree: what one of them takes for left behind is still another's.

use std::time::Duration;

use jarshy::clock::Timestamp;
use jarshy::jobs::maintenance;
use jarshy::model::CampaignId;
use jarshy::model::campaign::CampaignState;
use jarshy::model::delivery::DeliveryState;
use jarshy::model::lease::Lease;
use jarshy::store::ledger::{self, Batch, Outcome};
use jarshy::store::{campaigns, delivery_claims};
use rstest_reuse::{apply, template};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::database::waiting_statements;
use crate::harness::ledger::{claim_all, start_campaign};
use crate::harness::{Database, TestApp};

const HOUR: Duration = Duration::from_secs(3600);

/// A campaign whose deliveries a worker has claimed; nothing else moves it.
struct Claimed {
    app: TestApp,
    campaign: i64,
    lease: Lease,
    ids: Vec<i64>,
}

#[template]
#[rstest::rstest]
#[case::sqlite(claim_everything(Database::Sqlite))]
#[case::postgres(claim_everything(Database::Postgres))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_both_databases(
    #[case]
    #[future(awt)]
    claimed: Claimed,
) {
}

async fn claim_everything(database: Database) -> Claimed {
    // Without a relay, the application has no worker of its own.
    let app = TestApp::start_with(database, |config| config.smtp_url = None).await;
    for n in 0..8 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    app.create_post("p", "P", "text").await;
    let campaign = app.create_campaign("p", "P", "news").await;
    let now = app.cx.clock.now();
    let lease = Lease::new(Uuid::now_v7(), now, HOUR);
    let mut db = app.cx.store.write().await.unwrap();
    start_campaign(&app.cx, &mut db, CampaignId(campaign), now).await;
    let claimed = claim_all(&mut db, CampaignId(campaign), &lease).await;
    db.commit().await.unwrap();
    Claimed {
        ids: claimed.iter().map(|one| one.id.0).collect(),
        app,
        campaign,
        lease,
    }
}

impl Claimed {
    /// What a worker does whose clock is hours ahead.
    async fn recover_ahead(&self) {
        let mut db = self.app.cx.store.write().await.unwrap();
        let ahead: Timestamp = self.lease.until.after(HOUR);
        delivery_claims::recover(&mut db, ahead).await.unwrap();
        db.commit().await.unwrap();
    }

    /// Marks deliveries as `sending`; those that may be sent.
    async fn begin(&self, ids: Vec<i64>) -> Vec<i64> {
        let page = Batch {
            begins: ids,
            ..Batch::default()
        };
        let mut begun = self.write(&page, self.lease.owner).await;
        begun.sort_unstable();
        begun
    }

    /// Records one outcome of all deliveries, as a worker tells it.
    async fn record(&self, state: DeliveryState, worker: Uuid) {
        let outcome = |id: &i64| Outcome {
            id: *id,
            state,
            reply: "250 2.0.0 ok".to_owned(),
            next_attempt_at: 0,
        };
        let page = Batch {
            outcomes: self.ids.iter().map(outcome).collect(),
            ..Batch::default()
        };
        self.write(&page, worker).await;
    }

    async fn write(&self, page: &Batch, owner: Uuid) -> Vec<i64> {
        let lease = Lease {
            owner,
            ..self.lease
        };
        ledger::write(&self.app.cx.store, page, &lease)
            .await
            .unwrap()
    }

    async fn give_back(&self) {
        let mut db = self.app.cx.store.write().await.unwrap();
        let now = self.app.cx.clock.now();
        ledger::give_back(&mut db, &self.ids, self.lease.owner, now)
            .await
            .unwrap();
        db.commit().await.unwrap();
    }

    async fn set_state(&self, state: CampaignState) {
        let (id, now) = (CampaignId(self.campaign), self.app.cx.clock.now());
        let mut db = self.app.cx.store.write().await.unwrap();
        campaigns::set_state(&mut db, id, CampaignState::Sending, state, "", now)
            .await
            .unwrap();
        db.commit().await.unwrap();
    }

    /// What another worker claims now.
    async fn claimed_by_another(&self) -> Vec<i64> {
        let lease = Lease::new(Uuid::now_v7(), self.app.cx.clock.now(), HOUR);
        let mut db = self.app.cx.store.write().await.unwrap();
        let claimed = claim_all(&mut db, CampaignId(self.campaign), &lease).await;
        db.commit().await.unwrap();
        let mut ids: Vec<i64> = claimed.iter().map(|one| one.id.0).collect();
        ids.sort_unstable();
        ids
    }

    /// How many deliveries are in a state.
    async fn count(&self, state: &str) -> u64 {
        let campaign = format!("/campaigns/{}", self.campaign);
        self.app.api_get(&campaign).await["counts"][state]
            .as_u64()
            .unwrap()
    }

    async fn state(&self) -> String {
        let campaign = format!("/campaigns/{}", self.campaign);
        let campaign = self.app.api_get(&campaign).await;
        campaign["state"].as_str().unwrap().to_owned()
    }
}

/// However a recovery falls between the page and the look at what it began.
#[apply(on_both_databases)]
async fn a_worker_learns_all_that_it_has_begun(claimed: Claimed) {
    // An unknown delivery is refused, so that the worker has to look.
    let asked: Vec<i64> = claimed.ids.iter().copied().chain([i64::MAX]).collect();
    for round in 0..40 {
        let recovering = async {
            for _ in 0..4 {
                claimed.recover_ahead().await;
            }
        };
        let (begun, ()) = tokio::join!(claimed.begin(asked.clone()), recovering);
        assert_eq!(begun, claimed.ids, "round {round}");
        claimed.give_back().await;
        assert_eq!(claimed.count("uncertain").await, 0, "round {round}");
    }
}

#[apply(on_both_databases)]
async fn only_the_worker_that_began_a_delivery_tells_its_outcome(claimed: Claimed) {
    assert_eq!(claimed.begin(claimed.ids.clone()).await, claimed.ids);
    claimed.recover_ahead().await;
    assert_eq!(claimed.count("uncertain").await, 8);
    claimed.record(DeliveryState::Sent, Uuid::now_v7()).await;
    assert_eq!(claimed.count("uncertain").await, 8);
    claimed
        .record(DeliveryState::Sent, claimed.lease.owner)
        .await;
    assert_eq!(claimed.count("sent").await, 8);
}

/// Where the answer to the commit was lost, and a recovery came between.
#[apply(on_both_databases)]
async fn what_was_certainly_not_sent_is_due_again(claimed: Claimed) {
    claimed.begin(claimed.ids.clone()).await;
    claimed.recover_ahead().await;
    claimed.give_back().await;
    assert_eq!(claimed.count("uncertain").await, 0);
    assert_eq!(claimed.count("queued").await, 8);
}

/// A worker that lives after all gives back what it has begun and not sent, whatever became of
/// its campaign meanwhile.
#[apply(on_both_databases)]
async fn what_was_not_sent_of_a_finished_campaign_is_sent_after_all(claimed: Claimed) {
    claimed.begin(claimed.ids.clone()).await;
    claimed.recover_ahead().await;
    claimed.set_state(CampaignState::Finished).await;
    claimed.give_back().await;
    assert_eq!(claimed.count("queued").await, 8);
    assert_eq!(claimed.state().await, "sending");
}

/// The same while its campaign is about to finish.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_back_waits_for_who_finishes_its_campaign() {
    let claimed = claim_everything(Database::Postgres).await;
    let cx = &claimed.app.cx;
    let pool = PgPool::connect(&cx.config().database_url).await.unwrap();
    claimed.begin(claimed.ids.clone()).await;
    claimed.recover_ahead().await;
    let (from, to) = (CampaignState::Sending, CampaignState::Finished);
    let mut db = cx.store.write().await.unwrap();
    let (id, now) = (CampaignId(claimed.campaign), cx.clock.now());
    campaigns::set_state(&mut db, id, from, to, "", now)
        .await
        .unwrap();
    let finishing = async {
        let waits = async || waiting_statements(&pool).await.len() == 1;
        claimed.app.until("it waits", waits).await;
        db.commit().await.unwrap();
    };
    tokio::join!(claimed.give_back(), finishing);
    assert_eq!(claimed.count("queued").await, 8);
    assert_eq!(claimed.state().await, "sending");
}

#[apply(on_both_databases)]
async fn what_was_not_sent_of_a_cancelled_campaign_is_skipped(claimed: Claimed) {
    claimed.begin(claimed.ids.clone()).await;
    claimed.set_state(CampaignState::Cancelled).await;
    claimed.give_back().await;
    assert_eq!(claimed.count("skipped").await, 8);
}

/// Another worker may have ended the slice in the meantime.
#[apply(on_both_databases)]
async fn what_was_given_back_without_its_slice_is_due_by_itself(claimed: Claimed) {
    claimed.begin(claimed.ids.clone()).await;
    claimed.app.execute("DELETE FROM delivery_slices").await;
    claimed.give_back().await;
    assert_eq!(claimed.count("deferred").await, 8);
    let again = claimed.claimed_by_another().await;
    assert_eq!(again, claimed.ids);
}

/// What stood uncertain keeps no campaign from finishing; then it becomes known that the relay
/// asked to try again.
#[apply(on_both_databases)]
async fn a_campaign_goes_on_that_finished_before_an_outcome_was_told(claimed: Claimed) {
    assert_eq!(claimed.begin(claimed.ids.clone()).await, claimed.ids);
    claimed.recover_ahead().await;
    claimed.set_state(CampaignState::Finished).await;
    let owner = claimed.lease.owner;
    let cx = &claimed.app.cx;
    maintenance::reopen_unfinished(cx).await.unwrap();
    assert_eq!(claimed.state().await, "finished");
    claimed.record(DeliveryState::Deferred, owner).await;
    maintenance::reopen_unfinished(cx).await.unwrap();
    assert_eq!(claimed.state().await, "sending");
    assert_eq!(claimed.claimed_by_another().await, claimed.ids);
}
