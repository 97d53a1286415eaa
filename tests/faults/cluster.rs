//! A PostgreSQL of the test's own, to be stopped and started at will.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::Folder;

pub struct Cluster {
    folder: Folder,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    pub fn start() -> Self {
        let folder = Folder::new();
        let bin = binaries();
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .unwrap()
            .port();
        let cluster = Self { folder, bin, port };
        if is_root() {
            let given = Command::new("chown")
                .arg("postgres")
                .arg(&cluster.folder.0)
                .status();
            assert!(given.unwrap().success());
        }
        let data = cluster.data();
        cluster.call(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "jarshy",
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
            ],
        );
        cluster.control(&["start"]);
        cluster
    }

    /// The URL of its first database.
    pub fn url(&self) -> String {
        format!("postgres://jarshy@127.0.0.1:{}/postgres", self.port)
    }

    /// `immediate` is a crash: no connection is told, and it recovers from its
    /// log at the next start.
    pub fn stop(&self, mode: &str) {
        self.control(&["-m", mode, "stop"]);
    }

    pub fn start_again(&self) {
        self.control(&["start"]);
    }

    fn data(&self) -> String {
        self.folder.path("data").display().to_string()
    }

    fn control(&self, arguments: &[&str]) {
        let folder = self.folder.0.display();
        // A crash of the server is tried here, not of the machine: fsync is off.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} \
             -c fsync=off -c shared_buffers=32MB",
            self.port
        );
        let (data, log) = (self.data(), format!("{folder}/log"));
        let mut all = vec!["-D", &data, "-l", &log, "-w", "-o", &options];
        all.extend(arguments);
        self.call("pg_ctl", &all);
    }

    fn call(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        // PostgreSQL refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        let status = command
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{} {arguments:?}", program.display());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if Path::new(&self.data()).join("postmaster.pid").exists() {
            self.stop("immediate");
        }
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    id.trim_ascii() == b"0"
}

/// The newest installed version's programs.
fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is not installed: run scripts/test, which installs it")
        .map(|version| version.unwrap().path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("no initdb: run scripts/test, which installs it")
}
