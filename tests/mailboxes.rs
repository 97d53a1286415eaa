//! A polled mailbox, by IMAP and by POP3, against servers that hold one mail
//! and remember what was asked of them; and signing in with tokens, there and
//! at a relay.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use jarshy::app;
use jarshy::config::Config;
use jarshy::context::Context;
use jarshy::inbound::mailbox::{MailboxError, empty};
use jarshy::inbound::{Processed, retry_set_aside, set_aside};
use jarshy::mail::smtp::{self, SendError};
use jarshy::mailbox_url::MailboxUrl;
use jarshy::model::audit::Actor;
use jarshy::model::feedback::Verdict;
use jarshy::oauth::TokenSource;
use jarshy::relay::Relays;
use jarshy::token::KeyRing;
use sqlx::Connection;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// A line that starts with a dot, to be stuffed by POP3, is in it.
const MAIL: &str = "From: MAILER-DAEMON@relay.example\r\nSubject: failure notice\r\nMessage-ID: <1@relay.example>\r\n\r\n\
Hi. This is the qmail-send program at relay.example.\r\n\r\n<a@example.kz>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n.end\r\n";

async fn installation() -> (Context, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("jarshy-mailbox-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).unwrap();
    let config = Config {
        database_url: format!("sqlite://{}", folder.join("jarshy.db").display()),
        secret_key: Some(KeyRing::generate()),
        ..Config::default()
    };
    (app::open(config).await.unwrap(), folder)
}

async fn events(cx: &Context) -> Vec<String> {
    let mut db = cx.store.read().await.unwrap();
    let events = jarshy::store::feedback::page(&mut db, i64::MAX, 10)
        .await
        .unwrap();
    events
        .into_iter()
        .map(|event| format!("{} {} {}", event.source, event.verdict, event.status))
        .collect()
}

/// Serves sessions whose replies `answer` makes, line by line.
async fn server(
    greeting: &'static str,
    answer: impl Fn(&str) -> String + Send + 'static,
) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            write.write_all(greeting.as_bytes()).await.unwrap();
            let mut lines = BufReader::new(read).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                heard.lock().unwrap().push(line.clone());
                if write.write_all(answer(&line).as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    (port, asked)
}

fn pop3(line: &str) -> String {
    match line.split(' ').next().unwrap() {
        "PASS" if line != "PASS p:w" => "-ERR wrong password\r\n".to_owned(),
        "STAT" => format!("+OK 1 {}\r\n", MAIL.len()),
        "RETR" => format!("+OK\r\n{}.\r\n", MAIL.replace("\r\n.", "\r\n..")),
        _ => "+OK\r\n".to_owned(),
    }
}

fn imap(line: &str) -> String {
    let (tag, command) = line.split_once(' ').unwrap();
    let done = format!("{tag} OK done\r\n");
    if command.starts_with("LOGIN") && !command.contains("p:w") {
        format!("{tag} NO wrong password\r\n")
    } else if command.starts_with("SELECT") {
        format!("* 1 EXISTS\r\n* FLAGS (\\Deleted)\r\n* OK [UIDVALIDITY 1] ok\r\n{done}")
    } else if command.starts_with("UID SEARCH") {
        format!("* SEARCH 7\r\n{done}")
    } else if command.starts_with("UID FETCH") {
        format!(
            "* 1 FETCH (UID 7 BODY[] {{{}}}\r\n{MAIL})\r\n{done}",
            MAIL.len()
        )
    } else if command.starts_with("EXPUNGE") {
        format!("* 1 EXPUNGE\r\n{done}")
    } else if command.starts_with("LOGOUT") {
        format!("* BYE\r\n{done}")
    } else {
        done
    }
}

#[tokio::test]
async fn a_pop3_mailbox_is_emptied_of_processed_emails() {
    let (cx, folder) = installation().await;
    let (port, asked) = server("+OK ready\r\n", pop3).await;
    let address = format!("pop3://user:p%3Aw@127.0.0.1:{port}")
        .parse::<MailboxUrl>()
        .unwrap();
    assert_eq!(empty(&cx, &address).await.unwrap(), 1);
    assert_eq!(events(&cx).await, ["mailbox hard 5.1.1"]);
    let asked = asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        ["USER user", "PASS p:w", "STAT", "RETR 1", "DELE 1", "QUIT"]
    );
    let wrong = format!("pop3://user:x@127.0.0.1:{port}")
        .parse::<MailboxUrl>()
        .unwrap();
    assert!(
        matches!(empty(&cx, &wrong).await, Err(MailboxError::Refused(words)) if words.contains("wrong password"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_imap_mailbox_is_emptied_of_processed_emails() {
    let (cx, folder) = installation().await;
    let (port, asked) = server("* OK ready\r\n", imap).await;
    let address = format!("imap://user:p%3Aw@127.0.0.1:{port}/Returned")
        .parse::<MailboxUrl>()
        .unwrap();
    assert_eq!(empty(&cx, &address).await.unwrap(), 1);
    assert_eq!(
        empty(&cx, &address).await.unwrap(),
        1,
        "the same mail again"
    );
    assert_eq!(events(&cx).await, ["mailbox hard 5.1.1"], "is one event");
    let asked = asked.lock().unwrap().join("\n");
    assert!(asked.contains("SELECT \"Returned\""), "{asked}");
    assert!(
        asked.contains("UID STORE 7 +FLAGS.SILENT (\\Deleted)") && asked.contains("EXPUNGE"),
        "{asked}"
    );
    let wrong = format!("imap://user:x@127.0.0.1:{port}")
        .parse::<MailboxUrl>()
        .unwrap();
    assert!(
        matches!(empty(&cx, &wrong).await, Err(MailboxError::Refused(words)) if words.contains("wrong password"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Two mails, of which the first is refused by the database below.
fn two_by_pop3(line: &str) -> String {
    match line {
        "STAT" => format!("+OK 2 {}\r\n", 2 * MAIL.len()),
        "RETR 1" => pop3(line).replace("#5.1.1", "#5.1.6"),
        _ => pop3(line),
    }
}

#[tokio::test]
async fn an_email_that_cannot_be_processed_is_set_aside() {
    let (cx, folder) = installation().await;
    let url = format!("sqlite://{}", folder.join("jarshy.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let poison = "CREATE TRIGGER poison BEFORE INSERT ON feedback_events WHEN NEW.status = '5.1.6' \
                  BEGIN SELECT RAISE(ABORT, 'poison'); END";
    sqlx::raw_sql(poison).execute(&mut database).await.unwrap();
    let (port, asked) = server("+OK ready\r\n", two_by_pop3).await;
    let address = format!("pop3://user:p%3Aw@127.0.0.1:{port}")
        .parse::<MailboxUrl>()
        .unwrap();
    assert_eq!(empty(&cx, &address).await.unwrap(), 2);
    assert_eq!(events(&cx).await, ["mailbox hard 5.1.1"]);
    let asked = asked.lock().unwrap().join("\n");
    assert!(
        asked.contains("DELE 1") && asked.contains("DELE 2"),
        "{asked}"
    );

    let waiting = set_aside::all(&cx).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].reason.contains("poison"), "{waiting:?}");
    let id = waiting[0].id;
    let (_, octets) = set_aside::by_id(&cx, id).await.unwrap().unwrap();
    assert!(octets.ends_with(b".end\r\n"), "it is kept as received");

    assert_eq!(
        retry_set_aside(&cx, &Actor::CommandLine, id).await.unwrap(),
        Some(Processed::SetAside)
    );
    assert_eq!(
        set_aside::all(&cx).await.unwrap().len(),
        1,
        "and waits once"
    );
    sqlx::raw_sql("DROP TRIGGER poison")
        .execute(&mut database)
        .await
        .unwrap();
    assert_eq!(
        retry_set_aside(&cx, &Actor::CommandLine, id).await.unwrap(),
        Some(Processed::Done(Verdict::Hard))
    );
    assert!(set_aside::all(&cx).await.unwrap().is_empty());
    assert_eq!(
        retry_set_aside(&cx, &Actor::CommandLine, id).await.unwrap(),
        None
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_email_stays_in_the_mailbox_if_the_database_fails() {
    let (cx, folder) = installation().await;
    cx.store.close().await;
    let (port, asked) = server("+OK ready\r\n", pop3).await;
    let address = format!("pop3://user:p%3Aw@127.0.0.1:{port}")
        .parse::<MailboxUrl>()
        .unwrap();
    assert!(matches!(
        empty(&cx, &address).await,
        Err(MailboxError::Feedback(_))
    ));
    assert!(
        !asked
            .lock()
            .unwrap()
            .iter()
            .any(|line| line.starts_with("DELE"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

// Tokens -------------------------------------------------------------------

/// A token endpoint: each request gets the next of `answers`, the last for
/// ever. Gives the setting, and the forms that were sent.
async fn token_endpoint(
    answers: Vec<(u16, &'static str)>,
    settings: &str,
) -> (TokenSource, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let forms: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = forms.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut read = BufReader::new(read);
            let mut length = 0;
            loop {
                let mut line = String::new();
                read.read_line(&mut line).await.unwrap();
                if line == "\r\n" {
                    break;
                }
                let line = line.to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            read.read_exact(&mut body).await.unwrap();
            let (status, text) = {
                let mut heard = heard.lock().unwrap();
                heard.push(String::from_utf8(body).unwrap());
                answers[(heard.len() - 1).min(answers.len() - 1)]
            };
            let answer = format!(
                "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
                text.len()
            );
            write.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let url = format!("http://client%40id:s%26cret@127.0.0.1:{port}/tenant/token?{settings}");
    (url.parse().unwrap(), forms)
}

const FIRST: (u16, &str) = (200, r#"{"access_token":"one","expires_in":3600}"#);
const SECOND: (u16, &str) = (200, r#"{"access_token":"two","expires_in":3600}"#);
const REFUSAL: (u16, &str) = (
    400,
    r#"{"error":"invalid_grant","error_description":"the token was taken back"}"#,
);
/// `{"status":"401"}`
const CHALLENGE: &str = "eyJzdGF0dXMiOiI0MDEifQ==";

fn bearer(token: &str) -> String {
    let words = format!("user=me@example.org\x01auth=Bearer {token}\x01\x01");
    BASE64.encode(words.as_bytes())
}

/// A relay that takes one token.
fn smtp(token: &'static str) -> impl Fn(&str) -> String + Send + 'static {
    move |line| match line.split(' ').next().unwrap() {
        "EHLO" => "250-relay.example\r\n250 AUTH XOAUTH2\r\n".to_owned(),
        "AUTH" if line == format!("AUTH XOAUTH2 {}", bearer(token)) => {
            "235 2.7.0 ok\r\n".to_owned()
        }
        "AUTH" => format!("334 {CHALLENGE}\r\n"),
        "" => "535 5.7.3 Authentication unsuccessful\r\n".to_owned(),
        _ => "221 bye\r\n".to_owned(),
    }
}

async fn sign_in(port: u16, tokens: &TokenSource) -> Result<(), SendError> {
    let url =
        format!("smtp://me%40example.org@127.0.0.1:{port}?auth=xoauth2&helo=mail.example.org");
    let relays: Relays = url.parse().unwrap();
    let relays = relays.with_tokens(Some(tokens)).unwrap();
    let relay = relays.iter().next().unwrap().clone();
    smtp::Connection::open(&relay).await.map(drop)
}

#[tokio::test]
async fn a_token_is_fetched_once() {
    let (tokens, forms) = token_endpoint(vec![FIRST], "scope=https://mail.example/.default").await;
    let (port, asked) = server("220 relay.example\r\n", smtp("one")).await;
    for _ in 0..2 {
        sign_in(port, &tokens).await.unwrap();
    }
    assert_eq!(
        *forms.lock().unwrap(),
        [
            "client_id=client%40id&client_secret=s%26cret&scope=https%3A%2F%2Fmail.example%2F.default&grant_type=client_credentials"
        ]
    );
    assert_eq!(asked.lock().unwrap()[0], "EHLO mail.example.org");
}

#[tokio::test]
async fn a_revoked_token_is_fetched_again() {
    let (tokens, forms) = token_endpoint(vec![FIRST, SECOND], "refresh_token=1//0a").await;
    let (port, _) = server("220 relay.example\r\n", smtp("two")).await;
    sign_in(port, &tokens).await.unwrap();
    let forms = forms.lock().unwrap().clone();
    assert_eq!(forms.len(), 2);
    assert!(
        forms[0].ends_with("grant_type=refresh_token&refresh_token=1%2F%2F0a"),
        "{forms:?}"
    );
}

#[tokio::test]
async fn a_rejected_token_is_a_permanent_failure_with_the_reason() {
    let (tokens, _) = token_endpoint(vec![FIRST], "").await;
    let (port, _) = server("220 relay.example\r\n", smtp("other")).await;
    let error = sign_in(port, &tokens).await.unwrap_err();
    let SendError::Relay {
        is_temporary,
        cause,
        ..
    } = error
    else {
        panic!("{error}");
    };
    assert!(
        !is_temporary && cause.contains("535 5.7.3") && cause.contains("401"),
        "{cause}"
    );
}

#[tokio::test]
async fn a_token_refusal_is_permanent_and_an_outage_temporary() {
    for (answer, words, may_wait) in [
        (REFUSAL, "the token was taken back", false),
        ((503, "busy"), "503", true),
        ((200, "{}"), "access_token", true),
    ] {
        let (tokens, _) = token_endpoint(vec![answer], "").await;
        let (port, _) = server("220 relay.example\r\n", smtp("one")).await;
        let error = sign_in(port, &tokens).await.unwrap_err();
        let SendError::Relay {
            is_temporary,
            cause,
            ..
        } = error
        else {
            panic!("{error}");
        };
        assert!(is_temporary == may_wait && cause.contains(words), "{cause}");
    }
}

#[tokio::test]
async fn an_imap_mailbox_is_opened_with_a_token() {
    let (cx, folder) = installation().await;
    let (tokens, _) = token_endpoint(vec![FIRST, SECOND], "").await;
    // The server takes the second token only: the first was taken back.
    let tag = Mutex::new(String::new());
    let answer = move |line: &str| {
        let mut tag = tag.lock().unwrap();
        if line == bearer("two") {
            return format!("{tag} OK signed in\r\n");
        }
        if line == bearer("one") {
            return format!("+ {CHALLENGE}\r\n");
        }
        match line.split_once(' ') {
            Some((this, "AUTHENTICATE XOAUTH2")) => {
                this.clone_into(&mut tag);
                "+ \r\n".to_owned()
            }
            Some(_) => imap(line),
            None => format!("{tag} NO AUTHENTICATE failed.\r\n"),
        }
    };
    let (port, _) = server("* OK ready\r\n", answer).await;
    let url = format!("imap://me%40example.org@127.0.0.1:{port}/Returned?auth=xoauth2");
    let address = url
        .parse::<MailboxUrl>()
        .unwrap()
        .with_tokens(Some(&tokens))
        .unwrap();
    let refused = empty(&cx, &address).await.unwrap_err().to_string();
    assert!(
        refused.contains("failed") && refused.contains("401"),
        "{refused}"
    );
    assert_eq!(empty(&cx, &address).await.unwrap(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_pop3_mailbox_is_opened_with_a_token() {
    let (cx, folder) = installation().await;
    let (tokens, _) = token_endpoint(vec![FIRST, SECOND], "").await;
    let answer = |line: &str| match line {
        "AUTH XOAUTH2" => "+ \r\n".to_owned(),
        "" => "-ERR Authentication failure\r\n".to_owned(),
        line if line == bearer("two") => "+OK signed in\r\n".to_owned(),
        line if line == bearer("one") => format!("+ {CHALLENGE}\r\n"),
        line => pop3(line),
    };
    let (port, _) = server("+OK ready\r\n", answer).await;
    let url = format!("pop3://me%40example.org@127.0.0.1:{port}?auth=xoauth2");
    let address = url
        .parse::<MailboxUrl>()
        .unwrap()
        .with_tokens(Some(&tokens))
        .unwrap();
    let refused = empty(&cx, &address).await.unwrap_err().to_string();
    assert!(
        refused.contains("failure") && refused.contains("401"),
        "{refused}"
    );
    assert_eq!(empty(&cx, &address).await.unwrap(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}
