//! An installation whose PostgreSQL is reached through PgBouncer, which gives each
//! transaction another session.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::audit::audit;
use crate::installation::{Installation, recipient_addresses};
use crate::relay::TestRelay;
use crate::support::database::postgres;
use crate::support::{Folder, PATIENCE, jarshy};

struct PgBouncer {
    child: Child,
    folder: Folder,
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.path("log")).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!("{}", lines[lines.len().saturating_sub(20)..].join("\n"));
        }
    }
}

impl PgBouncer {
    /// In front of the database at `url`, as Debian ships it but for the mode.
    fn start(url: &str) -> (Self, String) {
        let url: url::Url = url.parse().unwrap();
        let (host, server) = (url.host_str().unwrap(), url.port().unwrap_or(5432));
        let (user, name) = (url.username(), url.path().trim_start_matches('/'));
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .unwrap()
            .port();
        let folder = Folder::new();
        let password = url
            .password()
            .map(|password| format!(" password={password}"));
        let password = password.unwrap_or_default();
        let ini = format!(
            "[databases]\n{name} = host={host} port={server} user={user}{password}\n\
             [pgbouncer]\npool_mode = transaction\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\ndefault_pool_size = 4\nlogfile = {}\n",
            folder.path("log").display()
        );
        std::fs::write(folder.path("pgbouncer.ini"), ini).unwrap();
        let mut command = Command::new("/usr/sbin/pgbouncer");
        // It does not run as root.
        let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
        if is_root {
            let given = Command::new("chown")
                .args(["-R", "postgres"])
                .arg(&folder.0)
                .status();
            assert!(given.unwrap().success());
            command.args(["-u", "postgres"]);
        }
        let child = command
            .arg("-q")
            .arg(folder.path("pgbouncer.ini"))
            .stdout(Stdio::null())
            .spawn()
            .expect("run scripts/test, which installs PgBouncer");
        let started = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < PATIENCE, "PgBouncer does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        let through = format!("postgres://{user}@127.0.0.1:{port}/{name}");
        (Self { child, folder }, through)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transaction_pooling_works() {
    let database = postgres().await;
    let (_pooler, url) = PgBouncer::start(&database.url);
    let relay = TestRelay::start().await;
    let installation = Installation::build_over(Folder::new(), url);
    let settings = "tls=none&connections=4";
    let _serve = installation.serve(&relay.url(0, settings)).await;
    let _worker = installation.work(&relay.url(0, settings));
    let recipients = recipient_addresses("p", 300);
    let id = installation.send("pooled", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        recipients.len()
    );
    // Every kind of page and call, each some times over: sessions are mixed.
    for _ in 0..3 {
        for path in [
            "/lists",
            "/subscribers",
            "/campaigns",
            "/posts",
            "/suppressions",
            "/subscribers?q=p-1",
        ] {
            installation.get(path).await;
        }
    }
}

/// What the operator reads who has named the wrong port.
#[test]
fn a_closed_database_port_is_reported() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|socket| socket.local_addr())
        .unwrap()
        .port();
    let folder = Folder::new();
    let output = jarshy(&folder.0)
        .env(
            "JARSHY_DATABASE_URL",
            format!("postgres://jarshy:s3cret@127.0.0.1:{port}/x"),
        )
        .arg("migrate")
        .output()
        .unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{words}");
    let place = format!("127.0.0.1:{port}");
    assert!(
        words.contains(&place) && words.contains("refused"),
        "{words}"
    );
    assert!(
        words.contains("is PostgreSQL running") && !words.contains("s3cret"),
        "{words}"
    );
}
