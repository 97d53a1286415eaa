//! Messages as they leave, word for word: a change of what readers get shows
//! as a change of a file in `snapshots/`.

use serde_json::json;

use crate::harness::{Database, Mail, TestApp};

const KEY: &str = "a key for tests whose links are the same every time";

/// An application whose emails differ from run to run only in time and boundary.
async fn fixed(database: Database) -> TestApp {
    TestApp::start_with(database, |config| {
        config.secret_key = Some(KEY.into());
        config.public_url = Some("https://embassy.example/".parse().unwrap());
    })
    .await
}

/// The message with what differs from run to run replaced by its name.
fn steady(mail: &Mail) -> String {
    let boundary = mail
        .raw
        .split("boundary=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a multipart message")
        .to_owned();
    let mut out = String::new();
    for line in mail.raw.replace(&boundary, "BOUNDARY").lines() {
        let line = match line.split_once(": ") {
            Some((name @ ("Date" | "Message-ID"), _)) => &format!("{name}: …"),
            _ => line,
        };
        out.push_str(line);
        out.push('\n');
    }
    out
}

async fn the_message_of_a_campaign(database: Database) {
    let app = fixed(database).await;
    app.api_post("/posts", json!({
        "slug": "vote", "title": "The vote of 18 August", "summary": "One party takes every seat.",
        "category": "General", "author": "admin", "language": "en",
        "published_at": "2007-08-21T09:00:00Z",
        "body_markdown": "Dear {{ name }},\n\nsee [the calendar](/events).\n\n\
            | Party | Votes |\n|:--|--:|\n| Nur Otan | 5,174,169 |\n| Auyl | 93,023 |\n\n> All have won.\n",
    }))
    .await;
    app.subscribe("reader@example.kz", "news").await;
    let id = app
        .create_campaign("vote", "The vote of 18 August", "news")
        .await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    let (head, _) = mail.raw.split_once("\r\n\r\n").unwrap();
    let head = Mail {
        raw: head.to_owned(),
        ..mail.clone()
    };
    insta::assert_snapshot!("campaign_headers", steady(&head));
    insta::assert_snapshot!("campaign_text", mail.text.replace("\r\n", "\n"));
    insta::assert_snapshot!("campaign_html", mail.html.replace("\r\n", "\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_of_a_campaign_on_sqlite() {
    the_message_of_a_campaign(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_of_a_campaign_on_postgres() {
    the_message_of_a_campaign(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_in_each_language() {
    let app = fixed(Database::Sqlite).await;
    for language in ["en", "kk", "ru"] {
        let email = format!("{language}@example.kz");
        let form = [
            ("email", email.as_str()),
            ("language", language),
            ("lists", "news"),
        ];
        app.post("/join", &form).await;
        let mail = app.mail_to(&email).await;
        // The link holds the moment it was made.
        let link = mail.link("/confirm/");
        let never = mail.link("/never/");
        let text = mail.text.replace(&link, "LINK").replace(&never, "NEVER");
        let text = text.replace("\r\n", "\n");
        let name = format!("confirmation_{language}");
        insta::assert_snapshot!(name, format!("{}\n\n{text}", mail.subject));
    }
}
