//! Starting the real binary, as an operator would.

#![allow(dead_code, reason = "a toolbox: no test needs all of it")]

pub mod database;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

pub const JARSHY: &str = env!("CARGO_BIN_EXE_jarshy");
/// How long a test waits for what must happen, on the busiest machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("jarshy-op-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The command with an environment of its own.
pub fn jarshy(folder: &Path) -> Command {
    let mut command = Command::new(JARSHY);
    command
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap());
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    jarshy(folder).args(arguments).output().unwrap()
}

/// What a command printed; it must have succeeded.
pub fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// A running demo.
pub struct Demo {
    child: Child,
    pub folder: Folder,
    pub url: String,
    /// The one-time link that signs its admin in.
    pub sign_in: String,
}

impl Demo {
    /// Starts `jarshy demo` on a free port, over SQLite or `database_url`.
    pub fn start(database_url: Option<&str>) -> Self {
        let folder = Folder::new();
        let mut command = jarshy(&folder.0);
        command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
        if let Some(url) = database_url {
            command.args(["--database-url", url]);
        }
        Self::spawn(command, folder)
    }

    pub fn spawn(mut command: Command, folder: Folder) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |word: &str| {
            let line = lines
                .by_ref()
                .find(|line| line.as_ref().unwrap().contains(word));
            let line = line
                .unwrap_or_else(|| panic!("the demo printed no {word}"))
                .unwrap();
            line.split_whitespace()
                .find(|part| part.starts_with("http"))
                .unwrap()
                .to_owned()
        };
        let url = address("Site").trim_end_matches('/').to_owned();
        let sign_in = address("Admin");
        // The rest is read, so that the demo never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            folder,
            url,
            sign_in,
        }
    }

    /// SIGTERM, and how long it took to end well.
    pub fn stop(mut self) -> (Folder, Duration) {
        let started = Instant::now();
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
        let folder = std::mem::replace(&mut self.folder, Folder(PathBuf::new()));
        (folder, started.elapsed())
    }

    /// An API token of its admin, made by the command for it.
    pub fn token(&self, database_url: Option<&str>) -> String {
        let sqlite = format!("sqlite://{}", self.folder.path("demo/jarshy.db").display());
        let url = database_url.unwrap_or(&sqlite);
        let key = self.folder.path("demo/jarshy.key");
        let output = jarshy(&self.folder.0)
            .env("JARSHY_SECRET_KEY_FILE", key)
            .args(["token", "add", "admin@embassy.example", "--scope", "all"])
            .args(["--database-url", url])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The mailbox, waiting until `count` mails have a subject with `subject`.
    pub async fn mails(&self, subject: &str, count: usize) -> Vec<Value> {
        let started = Instant::now();
        loop {
            let all: Vec<Value> = reqwest::get(format!("{}/mailbox/messages", self.url))
                .await
                .unwrap()
                .json()
                .await
                .unwrap();
            let has = |mail: &Value| mail["subject"].as_str().unwrap().contains(subject);
            let found: Vec<Value> = all.into_iter().filter(has).collect();
            if found.len() >= count {
                return found;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{} of {count} mails {subject:?}",
                found.len()
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    pub async fn raw(&self, mail: &Value) -> String {
        let id = mail["id"].as_str().unwrap();
        let url = format!("{}/mailbox/messages/{id}/raw", self.url);
        reqwest::get(url).await.unwrap().text().await.unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `jarshy serve` over an empty database, as a newcomer starts it.
pub struct Installation {
    child: Child,
    _folder: Folder,
    pub url: String,
    /// The one-time address that it printed.
    pub setup: String,
}

impl Installation {
    pub fn start() -> Self {
        Self::start_as(None)
    }

    /// The same with a public address of this host.
    pub fn start_as(host: Option<&str>) -> Self {
        let folder = Folder::new();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let listen = free.local_addr().unwrap();
        drop(free);
        let mut command = jarshy(&folder.0);
        command.args(["serve", "--listen", &listen.to_string()]);
        let mut url = format!("http://{listen}");
        if let Some(host) = host {
            url = format!("http://{host}:{}", listen.port());
            command.env("JARSHY_PUBLIC_URL", &url);
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let setup = lines
            .map(|line| line.unwrap().trim().to_owned())
            .find(|line| line.contains("/setup/"))
            .expect("an address to set it up");
        Self {
            child,
            _folder: folder,
            url,
            setup,
        }
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
