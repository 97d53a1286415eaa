//! A polled mailbox, by IMAP and by POP3, against servers that hold one mail
//! and remember what was asked of them.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use jarshy::app;
use jarshy::config::Config;
use jarshy::context::Context;
use jarshy::feedback::mailbox::{Address, MailboxError, empty};
use jarshy::feedback::{Taken, set_aside};
use jarshy::model::feedback::Verdict;
use jarshy::token::KeyRing;
use sqlx::Connection;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// A line that starts with a dot, to be stuffed by POP3, is in it.
const MAIL: &str = "From: MAILER-DAEMON@relay.example\r\nSubject: failure notice\r\nMessage-ID: <1@relay.example>\r\n\r\n\
Hi. This is the qmail-send program at relay.example.\r\n\r\n<a@example.kz>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n.end\r\n";

async fn house() -> (Context, std::path::PathBuf) {
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
    answer: fn(&str) -> String,
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
async fn a_pop3_mailbox_is_emptied_of_what_was_taken() {
    let (cx, folder) = house().await;
    let (port, asked) = server("+OK ready\r\n", pop3).await;
    let address = Address::parse(&format!("pop3://user:p%3Aw@127.0.0.1:{port}")).unwrap();
    assert_eq!(empty(&cx, &address).await.unwrap(), 1);
    assert_eq!(events(&cx).await, ["mailbox hard 5.1.1"]);
    let asked = asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        ["USER user", "PASS p:w", "STAT", "RETR 1", "DELE 1", "QUIT"]
    );
    let wrong = Address::parse(&format!("pop3://user:x@127.0.0.1:{port}")).unwrap();
    assert!(
        matches!(empty(&cx, &wrong).await, Err(MailboxError::Refused(words)) if words.contains("wrong password"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_imap_mailbox_is_emptied_of_what_was_taken() {
    let (cx, folder) = house().await;
    let (port, asked) = server("* OK ready\r\n", imap).await;
    let address = Address::parse(&format!("imap://user:p%3Aw@127.0.0.1:{port}/Returned")).unwrap();
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
    let wrong = Address::parse(&format!("imap://user:x@127.0.0.1:{port}")).unwrap();
    assert!(
        matches!(empty(&cx, &wrong).await, Err(MailboxError::Refused(words)) if words.contains("wrong password"))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Two mails, of which the first is refused by the database below.
fn two_by_pop3(line: &str) -> String {
    match line {
        "STAT" => format!("+OK 2 {}\r\n", 2 * MAIL.len()),
        "RETR 1" => format!("+OK\r\n{}.\r\n", MAIL.replace("#5.1.1", "#5.1.6")),
        _ => pop3(line),
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_processed_is_set_aside_and_the_next_one_taken() {
    let (cx, folder) = house().await;
    let url = format!("sqlite://{}", folder.join("jarshy.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let poison = "CREATE TRIGGER poison BEFORE INSERT ON feedback_events WHEN NEW.status = '5.1.6' \
                  BEGIN SELECT RAISE(ABORT, 'poison'); END";
    sqlx::raw_sql(poison).execute(&mut database).await.unwrap();
    let (port, asked) = server("+OK ready\r\n", two_by_pop3).await;
    let address = Address::parse(&format!("pop3://user:p%3Aw@127.0.0.1:{port}")).unwrap();
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
    let octets = set_aside::octets(&cx, id).await.unwrap().unwrap();
    assert!(octets.ends_with(b".end\r\n"), "it is kept as received");

    assert_eq!(
        set_aside::retry(&cx, id).await.unwrap(),
        Some(Taken::SetAside)
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
        set_aside::retry(&cx, id).await.unwrap(),
        Some(Taken::Done(Verdict::Hard))
    );
    assert!(set_aside::all(&cx).await.unwrap().is_empty());
    assert_eq!(set_aside::retry(&cx, id).await.unwrap(), None);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_mail_that_cannot_be_taken_stays_in_the_mailbox() {
    let (cx, folder) = house().await;
    cx.store.close().await;
    let (port, asked) = server("+OK ready\r\n", pop3).await;
    let address = Address::parse(&format!("pop3://user:p%3Aw@127.0.0.1:{port}")).unwrap();
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
