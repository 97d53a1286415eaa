//! On PostgreSQL, rows that another transaction is writing: nobody waits in a circle, and what
//! is passed over is done by the next try.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jarshy::model::CampaignId;
use jarshy::model::lease::Lease;
use jarshy::store::campaign_completion::{self, CancelProgress};
use jarshy::store::delivery_claims;
use reqwest::StatusCode;
use sqlx::postgres::PgPool;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::harness::database::waiting_statements;
use crate::harness::ledger::start_campaign;
use crate::harness::{Database, TestApp};

const READERS: i64 = 8;
const SPAN: i64 = 100;
const HOUR: Duration = Duration::from_secs(3600);

/// A campaign that is being sent, by nobody yet, and the database beside the application.
struct Sending {
    app: TestApp,
    id: CampaignId,
    pool: PgPool,
}

impl Sending {
    async fn new(query: &str) -> Self {
        let app = TestApp::start_with(Database::Postgres, |config| {
            // Without a relay, the application has no worker of its own.
            config.smtp_url = None;
            config.database_url.push_str(query);
        })
        .await;
        for n in 0..READERS {
            app.subscribe(&format!("r{n}@example.kz"), "news").await;
        }
        app.create_post("p", "P", "text").await;
        let id = CampaignId(app.create_campaign("p", "P", "news").await);
        let mut db = app.cx.store.write().await.unwrap();
        start_campaign(&app.cx, &mut db, id, app.cx.clock.now()).await;
        db.commit().await.unwrap();
        let pool = PgPool::connect(&app.cx.config().database_url)
            .await
            .unwrap();
        Self { app, id, pool }
    }

    /// What a worker leases: the due deliveries, and the size of all.
    async fn claim(&self, limit: i64) -> (usize, i64) {
        let lease = Lease::new(Uuid::now_v7(), self.app.cx.clock.now(), HOUR);
        let mut db = self.app.cx.store.write().await.unwrap();
        let claim = delivery_claims::claim(&mut db, self.id, &lease, limit)
            .await
            .unwrap();
        db.commit().await.unwrap();
        (claim.due().len(), claim.count())
    }

    /// Defers the deliveries of the first readers, as after a temporary failure.
    async fn defer(&self, readers: i64) {
        let deferred = sqlx::query(
            "UPDATE deliveries SET state = 'deferred', next_attempt_at = 0
             WHERE id IN (SELECT id FROM deliveries ORDER BY subscriber_id LIMIT $1)",
        )
        .bind(readers)
        .execute(&self.pool)
        .await
        .unwrap();
        assert_eq!(deferred.rows_affected() as i64, readers);
    }

    /// A transaction that has locked what a statement selects.
    async fn locked(&self, select: &'static str) -> Transaction<'static, Postgres> {
        let mut transaction = self.pool.begin().await.unwrap();
        let rows = sqlx::query(select).fetch_all(&mut *transaction).await;
        assert!(!rows.unwrap().is_empty(), "{select}");
        transaction
    }

    async fn skip_open(&self) -> CancelProgress {
        let mut db = self.app.cx.store.write().await.unwrap();
        let now = self.app.cx.clock.now();
        let progress = campaign_completion::skip_open_deliveries(&mut db, self.id, SPAN, now)
            .await
            .unwrap();
        db.commit().await.unwrap();
        progress
    }

    async fn cancel(&self) -> StatusCode {
        let path = format!("/campaigns/{}/cancel", self.id);
        let answer = self.app.api("POST", &path).send().await.unwrap();
        answer.status()
    }

    /// How many deliveries are in these states.
    async fn counts<const N: usize>(&self, states: [&str; N]) -> [i64; N] {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT state, COUNT(*) FROM deliveries GROUP BY state")
                .fetch_all(&self.pool)
                .await
                .unwrap();
        let counts: HashMap<String, i64> = rows.into_iter().collect();
        states.map(|state| counts.get(state).copied().unwrap_or(0))
    }

    async fn is_open(&self) -> bool {
        let mut db = self.app.cx.store.read().await.unwrap();
        let open = campaign_completion::cancelled_with_open_deliveries(&mut db).await;
        open.unwrap() == [self.id]
    }
}

/// Two in a slice and one that waits to be tried again, which a page of the ledger is writing.
const WRITTEN: &str = "SELECT id FROM (SELECT id, state, row_number() OVER (
         PARTITION BY state ORDER BY subscriber_id DESC) AS n FROM deliveries) AS d
     JOIN deliveries USING (id) WHERE n <= CASE d.state WHEN 'queued' THEN 2 ELSE 1 END
     FOR UPDATE OF deliveries";

async fn a_campaign_in_the_middle() -> Sending {
    let sending = Sending::new("").await;
    assert_eq!(sending.claim(READERS).await, (0, READERS));
    sending.defer(3).await;
    sending
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_is_cancelled_around_what_a_worker_writes() {
    let sending = a_campaign_in_the_middle().await;
    let page = sending.locked(WRITTEN).await;
    assert_eq!(sending.cancel().await, StatusCode::ACCEPTED);
    let states = ["skipped", "queued", "deferred"];
    assert_eq!(sending.counts(states).await, [READERS - 3, 2, 1]);
    assert_eq!(sending.skip_open().await, CancelProgress::Held);
    assert!(sending.is_open().await);
    // The page is not written: what it held is ended now.
    page.rollback().await.unwrap();
    assert_eq!(sending.skip_open().await, CancelProgress::Going);
    assert_eq!(sending.skip_open().await, CancelProgress::Done);
    assert_eq!(sending.counts(states).await, [READERS, 0, 0]);
    assert!(!sending.is_open().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_has_begun_beside_a_cancellation_stays_begun() {
    let sending = a_campaign_in_the_middle().await;
    let mut page = sending.locked(WRITTEN).await;
    assert_eq!(sending.cancel().await, StatusCode::ACCEPTED);
    let begin = "UPDATE deliveries SET state = 'sending' WHERE state IN ('queued', 'deferred')";
    sqlx::query(begin).execute(&mut *page).await.unwrap();
    page.commit().await.unwrap();
    assert_eq!(sending.skip_open().await, CancelProgress::Done);
    let states = ["skipped", "sending"];
    assert_eq!(sending.counts(states).await, [READERS - 3, 3]);
    assert!(!sending.is_open().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_deferred_keeps_a_cancelled_campaign_open() {
    let sending = a_campaign_in_the_middle().await;
    let deferred = sending
        .locked("SELECT id FROM deliveries WHERE state = 'deferred' FOR UPDATE")
        .await;
    assert_eq!(sending.cancel().await, StatusCode::ACCEPTED);
    assert!(sending.is_open().await, "what is deferred is open");
    deferred.rollback().await.unwrap();
    assert_eq!(sending.skip_open().await, CancelProgress::Going);
    assert_eq!(sending.counts(["skipped"]).await, [READERS]);
}

/// Who holds the campaign may be waiting for what a claim has just leased.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_of_what_is_due_does_not_wait_for_its_campaign() {
    let sending = Sending::new("").await;
    assert_eq!(sending.claim(4).await, (0, 4));
    sending.defer(2).await;
    let campaign = sending
        .locked("SELECT id FROM campaigns FOR NO KEY UPDATE")
        .await;
    assert_eq!(sending.claim(SPAN).await, (2, 2));
    campaign.rollback().await.unwrap();
    assert_eq!(sending.claim(SPAN).await, (0, 4));
}

/// The application's own transactions look for a deadlock after five seconds, the other's
/// later: it is the application's that is undone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_met_a_deadlock_is_made_once_more() {
    let sending = Sending::new("?options[deadlock_timeout]=5000").await;
    let mut other = sending
        .locked("SELECT id FROM deliveries WHERE id % 2 = 0 FOR UPDATE")
        .await;
    sqlx::query("SET LOCAL deadlock_timeout = '10min'")
        .execute(&mut *other)
        .await
        .unwrap();
    let crossing = async {
        // The cancellation holds the campaign, and waits for what nobody has claimed.
        let waits = async || waiting_statements(&sending.pool).await.len() == 1;
        sending.app.until("the cancellation waits", waits).await;
        sqlx::query("UPDATE campaigns SET updated_at = updated_at")
            .execute(&mut *other)
            .await
            .unwrap();
        other.commit().await.unwrap();
    };
    let (status, ()) = tokio::join!(sending.cancel(), crossing);
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(sending.counts(["skipped"]).await, [READERS]);
    let records: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM audit_records WHERE action = 'campaign.cancel'")
            .fetch_one(&sending.pool)
            .await
            .unwrap();
    assert_eq!(records, 1, "it is done once");
}

/// A database that is busy for a moment while an email is written must not cost it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_email_waits_while_the_database_cannot_be_read() {
    let app = TestApp::start_with(Database::Postgres, |config| {
        config.database_url.push_str("?options[lock_timeout]=100");
    })
    .await;
    let pool = PgPool::connect(&app.cx.config().database_url)
        .await
        .unwrap();
    let mut other = pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE layouts IN ACCESS EXCLUSIVE MODE")
        .execute(&mut *other)
        .await
        .unwrap();
    assert_eq!(app.join("aigul@example.kz").await.status(), StatusCode::OK);
    // Once it is tried a second time, the first has failed.
    let mut tries = HashSet::new();
    let is_tried_again = async || {
        tries.extend(waiting_statements(&pool).await);
        tries.len() > 1
    };
    app.until("a second try", is_tried_again).await;
    other.rollback().await.unwrap();
    app.mail_to("aigul@example.kz").await;
    let attempts: i64 =
        sqlx::query_scalar("SELECT MAX(attempts)::BIGINT FROM transactional_emails")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(attempts, 1);
}
