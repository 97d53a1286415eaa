//! What comes back by the commands that take it: the pipe, and the listener of
//! a running application.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Demo, Folder, PATIENCE, jarshy};

const GONE: &str = "gone@example.org";
const ALSO_GONE: &str = "also-gone@example.org";

/// A demo that has mailed two people, of whom bounces tell.
struct Mailed {
    demo: Demo,
    token: String,
    database: String,
    /// The envelope senders of the mails to the two.
    senders: [String; 2],
}

impl Mailed {
    async fn new() -> Self {
        let demo = Demo::start(None);
        let token = demo.token(None);
        let database = format!("sqlite://{}", demo.folder.path("demo/jarshy.db").display());
        let mut mailed = Self {
            demo,
            token,
            database,
            senders: [String::new(), String::new()],
        };
        for email in [GONE, ALSO_GONE] {
            let person = json!({ "email": email, "lists": ["news"], "status": "confirmed" });
            mailed.post("/subscribers", person).await;
        }
        let draft = json!({ "subject": "News", "subjects": { "kk": "News", "ru": "News" },
            "post": "elections-2007", "lists": ["news"] });
        let campaign = mailed.post("/campaigns", draft).await;
        let start = format!("/campaigns/{}/start", campaign["id"]);
        mailed.post(&start, json!({})).await;
        mailed.senders = [mailed.sender(GONE).await, mailed.sender(ALSO_GONE).await];
        mailed
    }

    /// The envelope sender of the mail to this address, once it is there.
    async fn sender(&self, email: &str) -> String {
        let started = Instant::now();
        loop {
            let mails = self.demo.mails("News", 1).await;
            let found = mails.iter().find(|mail| mail["rcpt_to"][0] == email);
            if let Some(mail) = found {
                return mail["mail_from"].as_str().unwrap().to_owned();
            }
            assert!(started.elapsed() < PATIENCE, "no mail to {email}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/api/v1{path}", self.demo.url);
        let request = reqwest::Client::new().post(url).bearer_auth(&self.token);
        let answer = request.json(&body).send().await.unwrap();
        let answer = answer.error_for_status().unwrap();
        answer.json().await.unwrap_or_default()
    }

    async fn suppressed(&self) -> Vec<String> {
        let url = format!("{}/api/v1/suppressions", self.demo.url);
        let request = reqwest::Client::new().get(url).bearer_auth(&self.token);
        let page: Value = request.send().await.unwrap().json().await.unwrap();
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["email"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A command over the demo's database.
    fn command(&self) -> Command {
        let mut command = jarshy(&self.demo.folder.0);
        command
            .env("JARSHY_DATABASE_URL", &self.database)
            .env(
                "JARSHY_SECRET_KEY_FILE",
                self.demo.folder.path("demo/jarshy.key"),
            )
            .env("JARSHY_FROM", "news@embassy.example");
        command
    }

    fn pipe(&self, arguments: &[&str], mail: &str) -> Output {
        given(self.command().arg("inbound").args(arguments), mail)
    }
}

/// A report by RFC 3464 that comes back to `sender`.
fn bounce(sender: &str, recipient: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\nTo: {sender}\r\nSubject: Undelivered\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n--b--\r\n"
    )
}

fn given(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses at once need not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_processes_bounces_and_exits_with_sysexits_codes() {
    let mailed = Mailed::new().await;
    let [sender, also] = &mailed.senders;
    let taken = mailed.pipe(&["--recipient", sender], &bounce(sender, GONE));
    assert!(taken.status.success(), "{taken:?}");
    assert_eq!(mailed.suppressed().await, [GONE]);
    let again = mailed.pipe(&["--recipient", sender], &bounce(sender, GONE));
    assert!(again.status.success(), "taken before: {again:?}");
    let alone = mailed.pipe(&[], &bounce(also, ALSO_GONE));
    assert!(alone.status.success(), "found by its own header: {alone:?}");
    assert_eq!(mailed.suppressed().await.len(), 2);

    let letter = "From: a@example.org\r\nTo: x@embassy.example\r\nSubject: ?\r\n\r\n\r\n";
    assert!(mailed.pipe(&[], letter).status.success(), "nothing to do");
    let nothing = mailed.pipe(&[], "");
    assert_eq!(nothing.status.code(), Some(65), "EX_DATAERR");
    let words = String::from_utf8(nothing.stderr).unwrap();
    assert_eq!(words.lines().count(), 1, "{words}");

    let folder = Folder::new();
    let mut away = jarshy(&folder.0);
    away.args(["inbound", "--database-url", "sqlite:///nowhere/at/all.db"]);
    let kept = given(&mut away, &bounce(sender, GONE));
    assert_eq!(kept.status.code(), Some(75), "EX_TEMPFAIL: {kept:?}");
}

/// A client of the listener.
struct Client(BufReader<TcpStream>);

impl Client {
    fn connect(port: u16) -> Self {
        let started = Instant::now();
        let stream = loop {
            match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
                Ok(stream) => break stream,
                Err(error) => assert!(started.elapsed() < PATIENCE, "{error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut client = Self(BufReader::new(stream));
        assert!(client.reply().starts_with("220"));
        client
    }

    /// The last line of the next reply.
    fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "hung up");
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    fn say(&mut self, line: &str) -> String {
        self.send(&format!("{line}\r\n"));
        self.reply()
    }

    fn send(&mut self, octets: &str) {
        self.0.get_mut().write_all(octets.as_bytes()).unwrap();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inbound_mail_is_accepted_by_lmtp_and_smtp() {
    let mailed = Mailed::new().await;
    let [sender, also] = &mailed.senders;
    let (port, inbound) = (free_port().to_string(), free_port());
    let listens = format!("127.0.0.1:{inbound}");
    let mut app = mailed
        .command()
        .args(["serve", "--no-worker", "--listen"])
        .arg(format!("127.0.0.1:{port}"))
        .args(["--inbound", &listens])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();

    // RFC 2033: after the dot, an answer for each recipient.
    let mut lmtp = Client::connect(inbound);
    assert!(lmtp.say("LHLO mx.example.org").starts_with("250"));
    assert!(lmtp.say("MAIL FROM:<>").starts_with("250"));
    assert!(lmtp.say(&format!("RCPT TO:<{sender}>")).starts_with("250"));
    assert!(
        lmtp.say("RCPT TO:<unsubscribe@embassy.example>")
            .starts_with("250")
    );
    assert!(lmtp.say("DATA").starts_with("354"));
    lmtp.send(&format!("{}.\r\n", bounce(sender, GONE)));
    assert!(lmtp.reply().starts_with("250"));
    assert!(lmtp.reply().starts_with("250"));
    assert!(lmtp.say("QUIT").starts_with("221"));
    assert_eq!(mailed.suppressed().await, [GONE]);

    let mut smtp = Client::connect(inbound);
    assert!(smtp.say("EHLO mx.example.org").starts_with("250"));
    assert!(smtp.say("MAIL FROM:<>").starts_with("250"));
    assert!(smtp.say(&format!("RCPT TO:<{also}>")).starts_with("250"));
    assert!(smtp.say("DATA").starts_with("354"));
    smtp.send(&format!("{}.\r\n", bounce(also, ALSO_GONE)));
    assert!(smtp.reply().starts_with("250"));
    assert!(smtp.say("QUIT").starts_with("221"));
    assert_eq!(mailed.suppressed().await.len(), 2);

    let second = mailed
        .command()
        .args(["serve", "--no-worker", "--listen", "127.0.0.1:0"])
        .args(["--inbound", &listens])
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let words = String::from_utf8(second.stderr).unwrap();
    assert!(
        words.lines().last().unwrap().contains(&listens),
        "which address is in use: {words}"
    );

    let pid = app.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .unwrap()
            .success()
    );
    let stopped = Instant::now();
    assert!(app.wait().unwrap().success());
    assert!(stopped.elapsed() < PATIENCE);
}
