//! An installation of real processes that can be killed, frozen and restarted.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;

use crate::relay::TestRelay;
use crate::support::database::{PostgresDatabase, postgres};
use crate::support::{Folder, JARSHY, PATIENCE, jarshy};

/// The lease of every worker here, in seconds: recovery is quick.
pub const LEASE: u64 = 2;
const SECRET: &str = "7c1d5ac0e6a94c3fb0d4f9e8a1b2c3d47c1d5ac0e6a94c3fb0d4f9e8a1b2c3d4";

/// One running `jarshy`.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    fn spawn(mut command: Command, log: PathBuf) -> Self {
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        Self { child, log }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success(), "kill -{name}");
        // On a busy machine threads run for a while before the signal reaches them.
        let started = Instant::now();
        while name == "STOP" && !self.is_stopped() {
            assert!(started.elapsed() < PATIENCE, "it does not stop");
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Whether every thread stands still; see proc(5).
    fn is_stopped(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.id())).unwrap();
        threads.flatten().all(|thread| {
            let text = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
            let state = text.rsplit_once(") ").map(|(_, rest)| rest);
            state.is_none_or(|state| state.starts_with('T'))
        })
    }

    /// SIGKILL: no word of farewell.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM, and how it ended in how long; `None` where it had to be killed.
    pub fn terminate(&mut self, patience: Duration) -> Option<(ExitStatus, Duration)> {
        let started = Instant::now();
        self.signal("TERM");
        while started.elapsed() < patience {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some((status, started.elapsed()));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.kill();
        None
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let text = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            eprintln!("— {}:", self.log.display());
            for line in &lines[lines.len().saturating_sub(25)..] {
                eprintln!("  {line}");
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

/// One row of the ledger, as the API shows it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub state: String,
    pub attempts: u64,
    pub reply: String,
}

/// A site with its database; which processes run is up to the test.
pub struct Installation {
    pub folder: Folder,
    pub database_url: String,
    pub api: String,
    listen: SocketAddr,
    client: Client,
    token: String,
    variables: Vec<(String, String)>,
    _database: Option<PostgresDatabase>,
}

impl Installation {
    /// An installation with an owner and no process.
    pub async fn build(database: Database) -> Self {
        let folder = Folder::new();
        match database {
            Database::Sqlite => {
                let url = format!("sqlite://{}", folder.path("jarshy.db").display());
                Self::build_over(folder, url)
            }
            Database::Postgres => {
                let database = postgres().await;
                let mut installation = Self::build_over(folder, database.url.clone());
                installation._database = Some(database);
                installation
            }
        }
    }

    /// The same over a database that the test looks after.
    pub fn build_over(folder: Folder, database_url: String) -> Self {
        let listen = address();
        let mut installation = Self {
            folder,
            database_url,
            api: format!("http://{listen}/api/v1"),
            listen,
            client: Client::builder().timeout(PATIENCE).build().unwrap(),
            token: String::new(),
            variables: Vec::new(),
            _database: None,
        };
        let owner = "owner@embassy.example";
        installation.printed(&["user", "add", owner, "--role", "owner"]);
        let token = installation.printed(&["token", "add", owner, "--scope", "all"]);
        installation.token = token.trim().to_owned();
        // The mail that tells of the token is no mail of a test.
        mail_users_nothing(installation.database_url.clone());
        installation
    }

    /// A variable for every process that starts from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// The command with the configuration of the installation.
    pub fn command(&self) -> Command {
        let mut command = jarshy(&self.folder.0);
        self.configure(&mut command);
        command
    }

    fn configure(&self, command: &mut Command) {
        command
            .env("JARSHY_DATABASE_URL", &self.database_url)
            .env("JARSHY_LISTEN", self.listen.to_string())
            .env("JARSHY_FROM", "Embassy <news@embassy.example>")
            .env("JARSHY_SECRET_KEY", SECRET)
            .env("JARSHY_LEASE", LEASE.to_string())
            .env("NO_COLOR", "1")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
    }

    /// What a command prints.
    pub fn printed(&self, arguments: &[&str]) -> String {
        let output = self.command().args(arguments).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Site, API and worker in one process; returns once it answers.
    pub async fn serve(&self, relay: &str) -> Process {
        let mut command = self.command();
        command.arg("serve").env("JARSHY_SMTP_URL", relay);
        self.started(command).await
    }

    /// Site and API alone; it knows the relay, since no campaign starts without.
    pub async fn serve_alone(&self, relay: &str) -> Process {
        let mut command = self.command();
        command
            .args(["serve", "--no-worker"])
            .env("JARSHY_SMTP_URL", relay);
        self.started(command).await
    }

    /// Serves as a process that goes on where a file may grow no further (`RLIMIT_FSIZE`), as
    /// on a full disk.
    pub async fn serve_on_small_disk(&self, relay: &str) -> Process {
        let mut command = Command::new("bash");
        command
            .current_dir(&self.folder.0)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("JARSHY_SMTP_URL", relay);
        self.configure(&mut command);
        command
            .arg("-c")
            .arg(format!("trap '' XFSZ; exec {JARSHY} serve"));
        self.started(command).await
    }

    /// Site and worker over SQLite; over PostgreSQL the site and a worker at each of the
    /// relay's first two doors.
    pub async fn start(
        &self,
        database: Database,
        relay: &TestRelay,
        settings: &str,
    ) -> Vec<Process> {
        let url = |door| relay.url(door, settings);
        match database {
            Database::Sqlite => vec![self.serve(&url(0)).await],
            Database::Postgres => vec![
                self.serve_alone(&url(0)).await,
                self.work(&url(0)),
                self.work(&url(1)),
            ],
        }
    }

    async fn started(&self, command: Command) -> Process {
        let mut process = Process::spawn(command, self.folder.path("serve.log"));
        let started = Instant::now();
        while !self.is_ready().await {
            assert!(process.is_running(), "serve ended at once");
            assert!(started.elapsed() < PATIENCE, "serve does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        process
    }

    /// Where its first process listens.
    pub fn listen(&self) -> SocketAddr {
        self.listen
    }

    /// Where another process can listen.
    pub fn another_address(&self) -> SocketAddr {
        address()
    }

    /// A process that serves and sends, at an address, without waiting for it.
    pub fn serve_at(&self, relay: &str, listen: SocketAddr) -> Process {
        let mut command = self.command();
        command
            .arg("serve")
            .env("JARSHY_SMTP_URL", relay)
            .env("JARSHY_LISTEN", listen.to_string());
        Process::spawn(command, self.folder.path("serve.log"))
    }

    /// A process that serves, without waiting for it.
    pub fn serve_at_once(&self, relay: &str) -> Process {
        let mut command = self.command();
        command.arg("serve").env("JARSHY_SMTP_URL", relay);
        Process::spawn(command, self.folder.path("serve.log"))
    }

    /// A worker alone.
    pub fn work(&self, relay: &str) -> Process {
        self.work_with(relay, &[])
    }

    /// A worker alone, with more variables.
    pub fn work_with(&self, relay: &str, variables: &[(&str, &str)]) -> Process {
        let mut command = self.command();
        command
            .arg("worker")
            .env("JARSHY_SMTP_URL", relay)
            .envs(variables.iter().copied());
        Process::spawn(command, self.folder.path("worker.log"))
    }

    /// Whether the API answers.
    pub async fn is_ready(&self) -> bool {
        self.is_ready_at(self.listen).await
    }

    pub async fn is_ready_at(&self, address: SocketAddr) -> bool {
        let url = format!("http://{address}/health/ready");
        let asked = self.client.get(url).timeout(Duration::from_secs(5));
        asked
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
    }

    async fn call(&self, call: reqwest::RequestBuilder) -> (StatusCode, Value) {
        let answer = call.bearer_auth(&self.token).send().await.unwrap();
        let status = answer.status();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = self
            .call(self.client.get(format!("{}{path}", self.api)))
            .await;
        assert!(status.is_success(), "GET {path}: {status} {body}");
        body
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.try_post(path, body).await;
        assert!(status.is_success(), "POST {path}: {status} {answer}");
        answer
    }

    pub async fn try_post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        self.try_call(Method::POST, path, body).await
    }

    /// A call with a body, or without one where that is null.
    pub async fn try_call(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        let call = self.client.request(method, format!("{}{path}", self.api));
        let call = if body.is_null() {
            call
        } else {
            call.json(&body)
        };
        self.call(call).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Value {
        let call = self.client.put(format!("{}{path}", self.api));
        let (status, answer) = self.call(call.json(&body)).await;
        assert!(status.is_success(), "PUT {path}: {status} {answer}");
        answer
    }

    /// A list with these members.
    pub async fn list(&self, name: &str, members: &[String]) {
        let list = json!({
            "slug": name, "name": name, "visibility": "private", "opt_in": "single",
        });
        self.post("/lists", list).await;
        let sheet = self.folder.path(&format!("{name}.csv"));
        std::fs::write(&sheet, format!("email\n{}\n", members.join("\n"))).unwrap();
        let sheet = sheet.display().to_string();
        self.printed(&["import", &sheet, "--list", name]);
    }

    /// A list of its own with these members, and a draft that goes to it.
    pub async fn draft(&self, name: &str, members: &[String]) -> i64 {
        self.list(name, members).await;
        let post = json!({
            "slug": name, "title": name, "summary": "News", "category": "news",
            "language": "en", "published": true, "body_markdown": "A line.\n\n.A line with a dot.\n",
        });
        self.post("/posts", post).await;
        let campaign = json!({ "subject": name, "post": name, "lists": [name] });
        self.post("/campaigns", campaign).await["id"]
            .as_i64()
            .unwrap()
    }

    /// The same, started.
    pub async fn send(&self, name: &str, members: &[String]) -> i64 {
        let id = self.draft(name, members).await;
        self.act(id, "start").await;
        id
    }

    /// Start, pause, resume, cancel, resend.
    pub async fn act(&self, id: i64, action: &str) {
        self.post(&format!("/campaigns/{id}/{action}"), json!({}))
            .await;
    }

    /// An action with more to say.
    pub async fn act_with(&self, id: i64, action: &str, body: Value) {
        self.post(&format!("/campaigns/{id}/{action}"), body).await;
    }

    /// Sets when and how fast a campaign may go out.
    pub async fn limit(&self, id: i64, limits: Value) {
        self.put(&format!("/campaigns/{id}/limits"), limits).await;
    }

    pub async fn campaign(&self, id: i64) -> Value {
        self.get(&format!("/campaigns/{id}")).await
    }

    /// Waits until a campaign satisfies `is_there`.
    pub async fn until(
        &self,
        id: i64,
        patience: Duration,
        is_there: impl Fn(&Value) -> bool,
    ) -> Value {
        let started = Instant::now();
        loop {
            let campaign = self.campaign(id).await;
            if is_there(&campaign) {
                return campaign;
            }
            assert!(started.elapsed() < patience, "still {campaign}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a campaign has ended and all of its emails were sent. It may have ended before,
    /// without what a worker has told or given back since.
    pub async fn until_all_sent(&self, id: i64, recipients: usize) {
        let is_all_sent = |campaign: &Value| {
            campaign["state"] == "finished" && campaign["counts"]["sent"] == recipients
        };
        self.until(id, PATIENCE, is_all_sent).await;
    }

    pub async fn until_state(&self, id: i64, state: &str, patience: Duration) -> Value {
        self.until(id, patience, |campaign| campaign["state"] == state)
            .await
    }

    /// The ledger of a campaign, by address. Once it has finished, its counts
    /// must say the same.
    pub async fn ledger(&self, id: i64) -> BTreeMap<String, Delivery> {
        let before = self.campaign(id).await;
        let ledger = self.rows(id).await;
        if before["state"] == "finished" && self.campaign(id).await == before {
            for (state, count) in before["counts"].as_object().unwrap() {
                let rows = ledger.values().filter(|row| row.state == *state).count();
                assert_eq!(*count, rows as u64, "{state}: {before}");
            }
        }
        ledger
    }

    async fn rows(&self, id: i64) -> BTreeMap<String, Delivery> {
        let mut ledger = BTreeMap::new();
        let mut cursor = String::new();
        loop {
            let page = self
                .get(&format!("/campaigns/{id}/deliveries?limit=200{cursor}"))
                .await;
            for item in page["items"].as_array().unwrap() {
                let email = item["email"].as_str().unwrap().to_owned();
                let delivery = Delivery {
                    state: item["state"].as_str().unwrap().to_owned(),
                    attempts: item["attempts"].as_u64().unwrap(),
                    reply: item["reply"].as_str().unwrap().to_owned(),
                };
                let twice = ledger.insert(email, delivery);
                assert!(twice.is_none(), "two rows of one recipient");
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return ledger,
            }
        }
    }

    /// The cookie of an owner who signs in by the link that the command prints.
    pub async fn sign_in(&self) -> String {
        let link = self.printed(&["user", "add", "watch@embassy.example", "--role", "owner"]);
        let link = link
            .split_whitespace()
            .find(|part| part.starts_with("http"));
        let client = Client::builder().redirect(reqwest::redirect::Policy::none());
        let client = client.build().unwrap();
        let answer = client.post(link.unwrap()).send().await.unwrap();
        let cookies = answer.headers().get_all("set-cookie").iter();
        let cookie = cookies
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| cookie.starts_with("jarshy_session="));
        cookie.expect("a session cookie").to_owned()
    }

    /// An admin page, as the holder of this cookie sees it.
    pub async fn page(&self, cookie: &str, path: &str) -> String {
        let url = format!("http://{}{path}", self.listen);
        let asked = self.client.get(url).header("cookie", cookie);
        asked.send().await.unwrap().text().await.unwrap()
    }

    /// A file of the installation.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path(name)
    }
}

/// An address of its own out of all of loopback: it stays free while the process behind it is
/// dead.
fn address() -> SocketAddr {
    let n = uuid::Uuid::new_v4();
    let [a, b, c] = [n.as_bytes()[0], n.as_bytes()[1], n.as_bytes()[2] | 1];
    SocketAddr::from(([127, a.max(1), b, c.min(253)], 8080))
}

/// `count` addresses with a name in front, spread over some domains, so that
/// none of them slows all of the mail down.
pub fn recipient_addresses(name: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|n| format!("{name}-{n}@{name}-{}.example.org", n % 50))
        .collect()
}

/// Drops what is queued for single people, and tells users of what ends on pages alone: a test
/// counts the email of its campaign.
fn mail_users_nothing(database_url: String) {
    let forget = async move {
        let delete = sqlx::raw_sql(
            "DELETE FROM transactional_emails;
             INSERT INTO notification_choices (user_id, kind, in_admin, by_mail)
             SELECT id, 'import_finished', TRUE, FALSE FROM users;
             INSERT INTO notification_choices (user_id, kind, in_admin, by_mail)
             SELECT id, 'campaign_finished', TRUE, FALSE FROM users;",
        );
        if database_url.starts_with("sqlite:") {
            let pool = sqlx::SqlitePool::connect(&database_url).await.unwrap();
            delete.execute(&pool).await.unwrap();
            pool.close().await;
        } else {
            // As the program does, for poolers that refuse this one.
            let options = database_url.parse::<PgConnectOptions>().unwrap();
            let options = options.extra_float_digits(None);
            let pool = sqlx::PgPool::connect_with(options).await.unwrap();
            delete.execute(&pool).await.unwrap();
            pool.close().await;
        }
    };
    // In a thread of its own: the caller may be within a runtime or not.
    let run = std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(forget);
    });
    run.join().unwrap();
}
