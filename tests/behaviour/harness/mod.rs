//! The application under test: a fresh database, a relay that keeps
//! what it gets, a server on a free port, and a worker.

#[path = "../../support/database.rs"]
pub mod database;
mod fixtures;
pub mod ledger;
mod mail;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jarshy::account;
use jarshy::address::EmailAddress;
use jarshy::app::{self, Worker};
use jarshy::catcher::listener::Listener;
use jarshy::catcher::mailbox::Mailbox;
use jarshy::clock::Clock;
use jarshy::config::Config;
use jarshy::context::Context;
use jarshy::model::notification::{Channels, NotificationKind};
use jarshy::model::user::{Role, Scope};
use jarshy::store::accounts as users;
use jarshy::store::notifications;
use jarshy::token::{KeyRing, Token};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use rstest_reuse::template;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::Connection as _;
use strum::VariantArray as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::database::PostgresDatabase;
pub use mail::Mail;

/// How long a test waits for what must happen.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Makes two tests of one: on SQLite and on PostgreSQL.
#[template]
#[rstest::rstest]
#[case::sqlite(crate::harness::TestApp::start(crate::harness::Database::Sqlite))]
#[case::postgres(crate::harness::TestApp::start(crate::harness::Database::Postgres))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
pub async fn on_both_databases(
    #[case]
    #[future(awt)]
    app: TestApp,
) {
}

pub enum Database {
    Sqlite,
    Postgres,
}

/// The running application.
pub struct TestApp {
    pub cx: Context,
    pub mailbox: Mailbox,
    pub url: String,
    pub client: Client,
    token: String,
    folder: PathBuf,
    stop: CancellationToken,
    /// Dropped last.
    _database: Option<PostgresDatabase>,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.cancel();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl TestApp {
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, |_| {}).await
    }

    /// With a configuration that the test has changed.
    pub async fn start_with(database: Database, change: impl FnOnce(&mut Config)) -> Self {
        let folder = std::env::temp_dir().join(format!("jarshy-test-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        let mailbox = Mailbox::open(&folder.join("mailbox")).unwrap();
        let stop = CancellationToken::new();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let catcher = Listener::bind(any, mailbox.clone(), Clock::system())
            .await
            .unwrap();
        let relay = format!(
            "smtp://{}?tls=none&connections=4",
            catcher.local_addr().unwrap()
        );
        tokio::spawn(catcher.run(stop.clone()));

        let listener = app::bind(any).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (database_url, database) = match database {
            Database::Sqlite => {
                let file = folder.join("jarshy.db");
                database::sqlite(&file).await;
                (format!("sqlite://{}", file.display()), None)
            }
            Database::Postgres => {
                let database = database::postgres().await;
                (database.url.clone(), Some(database))
            }
        };
        let mut config = Config {
            database_url,
            listen: address,
            smtp_url: Some(relay.parse().unwrap()),
            from: Some("Embassy <news@embassy.example>".parse().unwrap()),
            secret_key: Some(KeyRing::generate()),
            join_limit_per_network: 10_000,
            // Tests of the delay set their own.
            send_delay: 0_u64.try_into().unwrap(),
            ..Config::default()
        };
        change(&mut config);
        let cx = app::open(config).await.unwrap();
        let web = app::web(&cx, Some(mailbox.clone()));
        tokio::spawn(app::serve(web, listener, Worker::Here, stop.clone()));

        let owner: EmailAddress = "owner@embassy.example".parse().unwrap();
        account::add_user(&cx, &owner, Role::Owner).await.unwrap();
        let token = quiet_token(&cx, &owner).await;
        notify_of_failures_only(&cx, &owner).await;
        let app = Self {
            mailbox,
            url: format!("http://{address}"),
            client: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                // A connection that the server closes after refusing a body
                // must not be taken for the next request.
                .pool_max_idle_per_host(0)
                .timeout(PATIENCE)
                .build()
                .unwrap(),
            token,
            folder,
            stop,
            cx,
            _database: database,
        };
        app.create_list("news", "double").await;
        app
    }

    /// Another worker over the same database, as another process would be.
    pub fn another_worker(&self) -> CancellationToken {
        let stop = self.stop.child_token();
        tokio::spawn(jarshy::jobs::worker::run(self.cx.clone(), stop.clone()));
        stop
    }

    // Requests ---------------------------------------------------------------

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.absolute(path)).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.client
            .post(self.absolute(path))
            .form(form)
            .send()
            .await
            .unwrap()
    }

    /// Sends a form as a browser does: it follows the redirect after it.
    pub async fn submit(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let answer = self.post(path, form).await;
        if answer.status() != StatusCode::SEE_OTHER {
            return answer;
        }
        let location = answer.headers()["location"].to_str().unwrap();
        self.get(location).await
    }

    fn absolute(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.url)
        }
    }

    /// A folder that goes with the test.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The owner's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A request to the API with the owner's token.
    pub fn api(&self, method: &str, path: &str) -> RequestBuilder {
        let url = format!("{}/api/v1{path}", self.url);
        self.client
            .request(method.parse().unwrap(), url)
            .bearer_auth(&self.token)
    }

    /// What a call with this token answers; a GET has no body.
    pub async fn api_as(&self, token: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/api/v1{path}", self.url);
        let request = self.client.request(method.parse().unwrap(), url);
        let request = request.bearer_auth(token);
        let request = match method {
            "GET" => request,
            _ => request.json(&body),
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    /// Sends JSON to the API and expects a success.
    pub async fn api_post(&self, path: &str, body: Value) -> Value {
        let response = self.api("POST", path).json(&body).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "POST {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub async fn api_get(&self, path: &str) -> Value {
        let response = self.api("GET", path).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Runs one statement on the database, past everything that checks it.
    pub async fn raw(&self, statement: &'static str, value: &str) {
        let url = &self.cx.config().database_url;
        if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            sqlx::query(statement)
                .bind(value)
                .execute(&pool)
                .await
                .unwrap();
            pool.close().await;
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::query(statement)
                .bind(value)
                .execute(&pool)
                .await
                .unwrap();
            pool.close().await;
        }
    }

    /// The same for a statement without values.
    pub async fn execute(&self, statement: &'static str) {
        let url = &self.cx.config().database_url;
        let done = if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            let done = sqlx::query(statement).execute(&pool).await.map(drop);
            pool.close().await;
            done
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let done = sqlx::query(statement).execute(&pool).await.map(drop);
            pool.close().await;
            done
        };
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    // What a visitor does ----------------------------------------------------

    /// Joins by the site's form.
    pub async fn join(&self, email: &str) -> Response {
        self.submit(
            "/join",
            &[("email", email), ("name", "Aigul"), ("lists", "news")],
        )
        .await
    }

    /// Joins and follows the confirmation mail.
    pub async fn join_and_confirm(&self, email: &str) -> Mail {
        assert_eq!(self.join(email).await.status(), StatusCode::OK);
        let mail = self.mail_to(email).await;
        let confirmed = self.submit(&mail.link("/confirm/"), &[]).await;
        assert_eq!(confirmed.status(), StatusCode::OK);
        mail
    }

    /// The link by which the owner of a preferences link sees and erases what
    /// is kept of them, as it is mailed to them.
    pub fn my_data(&self, preferences: &str) -> String {
        let token = preferences.rsplit('/').next().unwrap();
        let Token::Preferences { subscriber } = self.cx.keys.open(token).unwrap() else {
            panic!("{preferences} is no link to preferences");
        };
        let until = self.cx.clock.now().after(Duration::from_secs(60));
        let token = self
            .cx
            .keys
            .sign(&Token::PersonalData { subscriber, until });
        format!("{}/my-data/{token}", self.url)
    }

    // What an admin does -----------------------------------------------------

    /// Signs a user in and returns the session cookie.
    pub async fn sign_in(&self, email: &str, role: Role) -> String {
        let email = email.parse().unwrap();
        let link = account::add_user(&self.cx, &email, role).await.unwrap();
        let path = format!("/admin/sign-in/{}", link.reveal());
        let answer = self.post(&path, &[]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers().get_all("set-cookie").iter();
        let session = cookie
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| cookie.starts_with("jarshy_session="));
        session.expect("a session cookie").to_owned()
    }

    /// An admin page, as the user of this cookie sees it.
    pub async fn admin_page(&self, cookie: &str, path: &str) -> Response {
        let request = self.client.get(self.absolute(path));
        request.header("cookie", cookie).send().await.unwrap()
    }

    /// Sends a form from an admin page.
    pub async fn admin_post(&self, cookie: &str, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.client.post(self.absolute(path)).form(form);
        request.header("cookie", cookie).send().await.unwrap()
    }

    // What can be seen -------------------------------------------------------

    /// The newest mail to an address, waiting for it.
    pub async fn mail_to(&self, email: &str) -> Mail {
        self.mails_to(email, 1).await.remove(0)
    }

    /// The mails to an address, newest first, waiting for `count` of them.
    pub async fn mails_to(&self, email: &str, count: usize) -> Vec<Mail> {
        let started = Instant::now();
        loop {
            let mails = self.mails_now(email);
            if mails.len() >= count {
                return mails;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{} of {count} mails to {email}",
                mails.len()
            );
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// The mail to an address with this subject, once it has come.
    pub async fn mail_about(&self, email: &str, subject: &str) -> Mail {
        let started = Instant::now();
        loop {
            let mut mails = self.mails_now(email);
            if let Some(at) = mails.iter().position(|mail| mail.subject == subject) {
                return mails.swap_remove(at);
            }
            let come: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
            let is_in_time = started.elapsed() < PATIENCE;
            assert!(
                is_in_time,
                "no mail {subject:?} to {email}; come is {come:?}"
            );
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// The mails to an address that have come by now.
    pub fn mails_now(&self, email: &str) -> Vec<Mail> {
        self.mailbox
            .list()
            .into_iter()
            .filter(|summary| summary.rcpt_to.iter().any(|to| to == email))
            .map(|summary| {
                let raw = self.mailbox.raw(summary.id).unwrap();
                Mail::new(summary, raw)
            })
            .collect()
    }

    /// Waits until something holds.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let started = Instant::now();
        while !holds().await {
            assert!(started.elapsed() < PATIENCE, "{what} did not come in time");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until nothing is left to send to anybody that is due.
    pub async fn quiet(&self) {
        let started = Instant::now();
        while self.due().await > 0 {
            assert!(started.elapsed() < PATIENCE, "not quiet in time");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How much is due and not sent: transactional emails, deliveries, and
    /// campaigns whose audience is not in the ledger yet, or not out of it.
    async fn due(&self) -> i64 {
        const DUE: &str = "SELECT
            (SELECT COUNT(*) FROM transactional_emails
             WHERE state = 'sending' OR state IN ('queued', 'deferred') AND next_attempt_at <= $1)
          + (SELECT COUNT(*) FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
             WHERE d.state = 'sending' OR c.state = 'sending'
                   AND d.state IN ('queued', 'deferred') AND d.next_attempt_at <= $1)
          + (SELECT COUNT(*) FROM campaigns
             WHERE state = 'sending' AND NOT is_frozen
                OR state = 'cancelled' AND claimed_count < frozen_count)";
        let url = &self.cx.config().database_url;
        let now = self.cx.clock.now();
        if url.starts_with("sqlite") {
            let mut c = sqlx::SqliteConnection::connect(url).await.unwrap();
            let due = sqlx::query_scalar(DUE).bind(now).fetch_one(&mut c);
            due.await.unwrap()
        } else {
            let mut c = sqlx::PgConnection::connect(url).await.unwrap();
            let due = sqlx::query_scalar(DUE).bind(now).fetch_one(&mut c);
            due.await.unwrap()
        }
    }

    /// Waits until a campaign is as a test wants it, and gives it.
    pub async fn campaign_that(&self, id: i64, is_so: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let campaign = self.api_get(&format!("/campaigns/{id}")).await;
            if is_so(&campaign) {
                return campaign;
            }
            assert!(started.elapsed() < PATIENCE, "not in time: {campaign}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The state of a subscription, by the API.
    pub async fn subscription(&self, email: &str, list: &str) -> Option<String> {
        let found = self.api_get(&format!("/subscribers?q={email}")).await;
        let held = found["items"].get(0)?["lists"].as_array()?.clone();
        let one = held.iter().find(|one| one["list"] == list)?;
        Some(one["state"].as_str()?.to_owned())
    }

    /// Waits until a campaign is in `state`, and gives it.
    pub async fn campaign_in_state(&self, id: i64, state: &str) -> Value {
        self.campaign_that(id, |campaign| campaign["state"] == state)
            .await
    }
}

/// Mails the owner of nothing that each test does: it would be among what tests count.
async fn notify_of_failures_only(cx: &Context, owner: &EmailAddress) {
    let mut db = cx.store.write().await.unwrap();
    let user = users::user_by_email(&mut db, owner).await.unwrap().unwrap();
    for kind in NotificationKind::VARIANTS.iter().copied() {
        let is_failure = matches!(
            kind,
            NotificationKind::CampaignFailedToStart | NotificationKind::BackupFailed
        );
        if !is_failure {
            notifications::choose(&mut db, user.id, kind, Channels::IN_ADMIN)
                .await
                .unwrap();
        }
    }
    db.commit().await.unwrap();
}

/// A token of the owner that no mail tells of, so that a test's mailbox begins
/// empty.
async fn quiet_token(cx: &Context, owner: &EmailAddress) -> String {
    let secret = format!("jarshy_{}", Uuid::new_v4().simple());
    let mut db = cx.store.write().await.unwrap();
    let user = users::user_by_email(&mut db, owner).await.unwrap().unwrap();
    let token = users::NewToken {
        digest: Sha256::digest(secret.as_bytes()).into(),
        user: user.id,
        name: String::new(),
        scopes: Scope::All.into(),
        expires_at: None,
    };
    users::insert_token(&mut db, &token, cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
    secret
}
