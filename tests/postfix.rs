//! The whole way out and back with a real Postfix between: an app sends a
//! campaign over it, one remote domain refuses at RCPT, one takes the mail and
//! returns it later, and what comes back reaches the app by LMTP.
//!
//! The Postfix is an instance of its own: its configuration, queue and log are
//! in the test's folder, it listens on loopback and speaks to nobody but the
//! app and the remote server of the test.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::database::postgres;
use support::{Folder, PATIENCE, jarshy, printed};

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Runs a command as root, which Postfix's master must be.
fn as_root(program: &str, arguments: &[&str]) -> bool {
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = if is_root {
        Command::new(program)
    } else {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", program]);
        sudo
    };
    command
        .args(arguments)
        .stdin(Stdio::null())
        .status()
        .unwrap()
        .success()
}

/// What a Postfix refuses.
#[derive(Default)]
struct Restrictions {
    /// Lines of `main.cf`; `{at}` stands for the folder.
    main: &'static str,
    /// What its table of regular expressions holds.
    table: &'static str,
    /// Whether it asks a name server, which does not answer.
    is_without_dns: bool,
}

impl Restrictions {
    /// `main.cf` as it is changed, and whether the SMTP client has a root of its
    /// own.
    fn apply(&self, folder: &Path, main: &str) -> (String, &'static str) {
        let at = folder.display().to_string();
        std::fs::write(folder.join("conf/table"), self.table).unwrap();
        let mut main = format!("{main}{}", self.main.replace("{at}", &at));
        if !self.is_without_dns {
            return (main, "n");
        }
        let root = folder.join("queue/etc");
        std::fs::create_dir_all(&root).unwrap();
        let resolver = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n";
        std::fs::write(root.join("resolv.conf"), resolver).unwrap();
        main = main
            .lines()
            .filter(|line| {
                !line.starts_with("smtp_dns_support_level")
                    && !line.starts_with("default_transport")
            })
            .map(|line| format!("{line}\n"))
            .collect();
        // What cannot go at once comes back at once.
        main.push_str(
            "default_transport = smtp\nmaximal_queue_lifetime = 0\nbounce_queue_lifetime = 0\n",
        );
        (main, "y")
    }
}

/// A running Postfix that stops with the test.
struct Postfix {
    folder: String,
}

impl Postfix {
    /// Relays for loopback: mail to the application's domain by LMTP, all other mail
    /// to one remote server.
    fn start(folder: &Path, port: u16, app: u16, remote: u16) -> Self {
        Self::start_with(folder, port, app, remote, &Restrictions::default())
    }

    /// The same, where it refuses what it is told to.
    fn start_with(
        folder: &Path,
        port: u16,
        app: u16,
        remote: u16,
        restrictions: &Restrictions,
    ) -> Self {
        assert!(
            Path::new("/usr/sbin/postfix").exists(),
            "run scripts/test, which installs Postfix"
        );
        let at = folder.display().to_string();
        for part in ["conf", "queue", "data"] {
            std::fs::create_dir(folder.join(part)).unwrap();
        }
        let main = format!(
            "compatibility_level = 3.6\n\
             queue_directory = {at}/queue\n\
             data_directory = {at}/data\n\
             command_directory = /usr/sbin\n\
             daemon_directory = /usr/lib/postfix/sbin\n\
             meta_directory = /etc/postfix\n\
             mail_owner = postfix\n\
             setgid_group = postdrop\n\
             maillog_file = {at}/log\n\
             maillog_file_prefixes = {at}\n\
             myhostname = relay.test.example\n\
             mydestination =\n\
             local_recipient_maps =\n\
             alias_maps =\n\
             alias_database =\n\
             inet_interfaces = 127.0.0.1\n\
             inet_protocols = ipv4\n\
             mynetworks = 127.0.0.0/8\n\
             smtpd_relay_restrictions = permit_mynetworks, reject\n\
             smtpd_tls_security_level = may\n\
             smtpd_tls_cert_file = {at}/conf/snakeoil.pem\n\
             smtpd_tls_key_file = {at}/conf/snakeoil.key\n\
             smtpd_tls_loglevel = 1\n\
             smtp_dns_support_level = disabled\n\
             lmtp_dns_support_level = disabled\n\
             transport_maps = texthash:{at}/conf/transport\n\
             default_transport = smtp:[127.0.0.1]:{remote}\n"
        );
        let (main, chroot) = restrictions.apply(folder, &main);
        std::fs::write(folder.join("conf/main.cf"), main).unwrap();
        // A certificate that nobody has signed, as Debian makes one.
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["relay.test.example".to_owned()]).unwrap();
        let certificate = params.self_signed(&key).unwrap();
        std::fs::write(folder.join("conf/snakeoil.pem"), certificate.pem()).unwrap();
        std::fs::write(folder.join("conf/snakeoil.key"), key.serialize_pem()).unwrap();
        let transport = format!("embassy.example lmtp:inet:[127.0.0.1]:{app}\n");
        std::fs::write(folder.join("conf/transport"), transport).unwrap();
        let services = [
            ("pickup", "unix", "60", "1", "pickup"),
            ("cleanup", "unix", "-", "0", "cleanup"),
            ("qmgr", "unix", "300", "1", "qmgr"),
            ("rewrite", "unix", "-", "-", "trivial-rewrite"),
            ("bounce", "unix", "-", "0", "bounce"),
            ("defer", "unix", "-", "0", "bounce"),
            ("trace", "unix", "-", "0", "bounce"),
            ("smtp", "unix", "-", "-", "smtp"),
            ("lmtp", "unix", "-", "-", "lmtp"),
            ("error", "unix", "-", "-", "error"),
            ("retry", "unix", "-", "-", "error"),
            ("anvil", "unix", "-", "1", "anvil"),
            ("tlsmgr", "unix", "1000?", "1", "tlsmgr"),
            ("scache", "unix", "-", "1", "scache"),
            ("postlog", "unix-dgram", "-", "1", "postlogd"),
        ];
        let mut master = format!("{port} inet n - n - - smtpd\n");
        for (name, kind, wakeup, limit, command) in services {
            let private = match name {
                "pickup" | "cleanup" | "qmgr" | "postlog" => "n",
                _ => "y",
            };
            // Its resolver is the one that it finds in its root.
            let chroot = if name == "smtp" { chroot } else { "n" };
            master.push_str(&format!(
                "{name} {kind} {private} - {chroot} {wakeup} {limit} {command}\n"
            ));
        }
        std::fs::write(folder.join("conf/master.cf"), master).unwrap();
        assert!(as_root(
            "chown",
            &[
                "root:root",
                &at,
                &format!("{at}/conf"),
                &format!("{at}/queue")
            ]
        ));
        assert!(as_root("chown", &["postfix", &format!("{at}/data")]));
        assert!(
            as_root("/usr/sbin/postfix", &["-c", &format!("{at}/conf"), "start"]),
            "{}",
            log(folder)
        );
        Self { folder: at }
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        as_root(
            "/usr/sbin/postfix",
            &["-c", &format!("{}/conf", self.folder), "stop"],
        );
        // Its queue belongs to its user.
        as_root("rm", &["-rf", &self.folder]);
    }
}

fn log(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("log")).unwrap_or_default()
}

/// The rest of the world: `refuses.example` knows nobody, `returns.example`
/// takes everything and returns it as qmail does, others keep what they get.
fn remote(listener: TcpListener, relay: u16) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { return };
        std::thread::spawn(move || talk(stream, relay));
    }
}

fn talk(mut stream: TcpStream, relay: u16) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes());
    let (mut sender, mut recipient) = (String::new(), String::new());
    let inside = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    let _ = say("220 remote.test.example ESMTP");
    while let Some(Ok(line)) = lines.next() {
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_uppercase();
        let said = match verb.as_str() {
            "MAIL" => {
                sender = inside(&line);
                say("250 2.1.0 ok")
            }
            "RCPT" if line.contains("@refuses.example") => say("550 5.1.1 no such user here"),
            "RCPT" => {
                recipient = inside(&line);
                say("250 2.1.5 ok")
            }
            "DATA" => {
                let _ = say("354 go on");
                let message: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                let said = say("250 2.0.0 taken");
                if recipient.ends_with("@returns.example") {
                    return_to(relay, &sender, &recipient, &message);
                }
                said
            }
            "QUIT" => {
                let _ = say("221 2.0.0 bye");
                return;
            }
            _ => say("250 remote.test.example"),
        };
        if said.is_err() {
            return;
        }
    }
}

/// Returns a mail to its envelope sender, in qmail's words.
fn return_to(relay: u16, sender: &str, recipient: &str, message: &[String]) {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, relay)).unwrap();
    let mut replies = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut stream = stream;
    let mut say = |line: &str| {
        let reply = replies.next().unwrap().unwrap();
        assert!(reply.starts_with(['2', '3']), "{reply} before {line}");
        stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
    };
    say("HELO remote.test.example");
    say("MAIL FROM:<>");
    say(&format!("RCPT TO:<{sender}>"));
    say("DATA");
    say(&format!(
        "From: MAILER-DAEMON@returns.example\r\nTo: {sender}\r\nSubject: failure notice\r\n\
         Date: 18 Aug 2007 09:00:07 -0000\r\nMessage-ID: <{recipient}>\r\n\r\n\
         Hi. This is the qmail-send program at returns.example.\r\n\
         I'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n\
         <{recipient}>:\r\nThis account has been disabled or discontinued. (#5.2.1)\r\n\r\n\
         --- Below this line is a copy of the message.\r\n\r\n{}\r\n.",
        message.join("\r\n")
    ));
    say("QUIT");
}

/// A running `jarshy serve`.
struct TestApp {
    child: Child,
    url: String,
    token: String,
    client: reqwest::Client,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl TestApp {
    /// The same over a database of its own server.
    fn start_over(database_url: &str, folder: &Folder, inbound: u16, relay: u16) -> Self {
        let secret = "7c1d5ac0e6a94c3fb0d4f9e8a1b2c3d47c1d5ac0e6a94c3fb0d4f9e8a1b2c3d4";
        let file = format!("database_url = \"{database_url}\"\nsecret_key = \"{secret}\"\n");
        std::fs::write(folder.path("jarshy.toml"), file).unwrap();
        Self::start(folder, inbound, relay)
    }

    fn start(folder: &Folder, inbound: u16, relay: u16) -> Self {
        printed(
            &folder.0,
            &["user", "add", "owner@embassy.example", "--role", "owner"],
        );
        let token = printed(
            &folder.0,
            &["token", "add", "owner@embassy.example", "--scope", "all"],
        );
        let port = free_port();
        let child = jarshy(&folder.0)
            .env("JARSHY_FROM", "Embassy <news@embassy.example>")
            .env(
                "JARSHY_SMTP_URL",
                format!("smtp://localhost:{relay}?helo=mail.embassy.example"),
            )
            .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--inbound", &format!("127.0.0.1:{inbound}")])
            .spawn()
            .unwrap();
        Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
            token: token.trim().to_owned(),
            client: reqwest::Client::new(),
        }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Option<Value> {
        let url = format!("{}/api/v1{path}", self.url);
        let call = self
            .client
            .request(method.parse().unwrap(), url)
            .bearer_auth(&self.token);
        let call = if method == "GET" {
            call
        } else {
            call.json(&body)
        };
        let answer = call.send().await.ok()?;
        assert!(
            answer.status().is_success(),
            "{method} {path}: {}",
            answer.text().await.unwrap()
        );
        answer.json().await.ok()
    }

    async fn open(&self) {
        let started = Instant::now();
        while self
            .client
            .get(format!("{}/health/ready", self.url))
            .send()
            .await
            .is_err()
        {
            assert!(started.elapsed() < PATIENCE, "the app does not open");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bounces_of_postfix_suppress_the_right_subscribers() {
    let folder = Folder::new();
    let postfix_folder = Folder::new();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (relay, inbound) = (free_port(), free_port());
    let remote_port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || remote(listener, relay));
    let postfix = Postfix::start(&postfix_folder.0, relay, inbound, remote_port);
    let app = TestApp::start(&folder, inbound, relay);
    app.open().await;

    app.call(
        "POST",
        "/lists",
        json!({ "slug": "news", "name": "News", "visibility": "public", "opt_in": "double" }),
    )
    .await;
    for address in [
        "good@keeps.example",
        "nobody@refuses.example",
        "closed@returns.example",
    ] {
        let subscriber =
            json!({ "email": address, "language": "en", "lists": ["news"], "status": "confirmed" });
        app.call("POST", "/subscribers", subscriber).await;
    }
    app.call("POST", "/posts", json!({
        "slug": "elections", "title": "Elections", "summary": "What happened.", "category": "General",
        "body_markdown": "The votes are in.", "language": "en", "published": true,
    })).await;
    let campaign = app
        .call(
            "POST",
            "/campaigns",
            json!({ "subject": "Elections", "post": "elections", "lists": ["news"] }),
        )
        .await;
    let id = campaign.unwrap()["id"].as_i64().unwrap();
    app.call("POST", &format!("/campaigns/{id}/start"), json!({}))
        .await;

    let started = Instant::now();
    let suppressions = loop {
        let found = app.call("GET", "/suppressions", json!({})).await.unwrap();
        if found["items"].as_array().unwrap().len() == 2 {
            break found;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "{found}\n{}",
            log(&postfix_folder.0)
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    let items = suppressions["items"].as_array().unwrap();
    let found: Vec<(&str, &str, &str)> = items
        .iter()
        .map(|one| {
            (
                one["email"].as_str().unwrap(),
                one["reason"].as_str().unwrap(),
                one["note"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (
                "closed@returns.example",
                "hard_bounce",
                "the mailbox is closed 5.2.1"
            ),
            (
                "nobody@refuses.example",
                "hard_bounce",
                "there is no such mailbox 5.1.1"
            ),
        ]
    );
    let deliveries = app
        .call("GET", &format!("/campaigns/{id}/deliveries"), json!({}))
        .await
        .unwrap();
    for one in deliveries["items"].as_array().unwrap() {
        let expected = if one["email"] == "good@keeps.example" {
            "sent"
        } else {
            "bounced"
        };
        assert_eq!(one["state"], expected, "{one}");
    }
    // Encrypted, although nothing vouches for the certificate.
    let log = log(&postfix_folder.0);
    assert!(log.contains("TLS connection established from"), "{log}");
    drop(postfix);
}

/// A campaign to eight readers, each of a domain of their own, over a Postfix
/// that refuses us: nobody is suppressed, and where it refuses at once, the
/// campaign is paused with its words.
async fn a_rejecting_postfix_suppresses_no_one(
    database_url: Option<&str>,
    restrictions: &Restrictions,
    words: &str,
) {
    let folder = Folder::new();
    let postfix_folder = Folder::new();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (relay, inbound) = (free_port(), free_port());
    let remote_port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || remote(listener, relay));
    let at = &postfix_folder.0;
    let postfix = Postfix::start_with(at, relay, inbound, remote_port, restrictions);
    let app = match database_url {
        Some(url) => TestApp::start_over(url, &folder, inbound, relay),
        None => TestApp::start(&folder, inbound, relay),
    };
    app.open().await;
    let list =
        json!({ "slug": "news", "name": "News", "visibility": "public", "opt_in": "double" });
    app.call("POST", "/lists", list).await;
    for n in 0..8 {
        let address = format!("reader@keeps{n}.example");
        let subscriber =
            json!({ "email": address, "language": "en", "lists": ["news"], "status": "confirmed" });
        app.call("POST", "/subscribers", subscriber).await;
    }
    app.call("POST", "/posts", json!({
        "slug": "elections", "title": "Elections", "summary": "What happened.", "category": "General",
        "body_markdown": "The votes are in.", "language": "en", "published": true,
    })).await;
    let draft = json!({ "subject": "Elections", "post": "elections", "lists": ["news"] });
    let campaign = app.call("POST", "/campaigns", draft).await.unwrap();
    let path = format!("/campaigns/{}", campaign["id"]);
    app.call("POST", &format!("{path}/start"), json!({})).await;

    let started = Instant::now();
    loop {
        let campaign = app.call("GET", &path, json!({})).await.unwrap();
        let is_there = if restrictions.is_without_dns {
            // Postfix takes it, and returns it when it cannot ask. Where the first come back
            // before the last are sent, these wait.
            let counts = &campaign["counts"];
            let count = |state: &str| counts[state].as_i64().unwrap();
            let is_paused = campaign["state"] == "paused" && count("bounced") > 0;
            count("bounced") + if is_paused { count("queued") } else { 0 } == 8
        } else {
            campaign["state"] == "paused" && campaign["counts"]["failed"] == 0
        };
        if is_there {
            if !restrictions.is_without_dns {
                let reason = campaign["pause_reason"].as_str().unwrap();
                assert!(reason.contains(words), "{reason}");
            }
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{campaign}\n{}", log(at));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    if restrictions.is_without_dns {
        let deliveries = app
            .call("GET", &format!("{path}/deliveries"), json!({}))
            .await
            .unwrap();
        let items = deliveries["items"].as_array().unwrap().iter();
        for one in items.filter(|one| one["state"] == "bounced") {
            assert!(one["reply"].as_str().unwrap().contains(words), "{one}");
        }
    }
    let found = app.call("GET", "/suppressions", json!({})).await.unwrap();
    assert_eq!(found["items"], json!([]), "{found}");
    drop(postfix);
}

/// On either database.
async fn rejecting_postfix(restrictions: Restrictions, words: &str) {
    a_rejecting_postfix_suppresses_no_one(None, &restrictions, words).await;
    let database = postgres().await;
    a_rejecting_postfix_suppresses_no_one(Some(&database.url), &restrictions, words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_is_not_owned_suppresses_no_one() {
    let restrictions = Restrictions {
        main: "smtpd_sender_restrictions = check_sender_access regexp:{at}/conf/table\n",
        table: "/./ 553 5.7.1 not owned by user news\n",
        is_without_dns: false,
    };
    rejecting_postfix(restrictions, "Sender address rejected: not owned by user").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_helo_suppresses_no_one() {
    let restrictions = Restrictions {
        main: "smtpd_helo_restrictions = check_helo_access regexp:{at}/conf/table\n",
        table: "/./ 550 5.7.1 Host not found\n",
        is_without_dns: false,
    };
    rejecting_postfix(restrictions, "Helo command rejected: Host not found").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_authentication_suppresses_no_one() {
    let restrictions = Restrictions {
        main: "smtpd_client_restrictions = permit_sasl_authenticated, reject\n",
        table: "",
        is_without_dns: false,
    };
    rejecting_postfix(restrictions, "Client host rejected: Access denied").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_resolver_suppresses_no_one() {
    let restrictions = Restrictions {
        main: "",
        table: "",
        is_without_dns: true,
    };
    rejecting_postfix(restrictions, "did not answer").await;
}
