//! Feeds of other sites: read within bounds, and each item mailed once.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jarshy::campaign::lifecycle;
use jarshy::content::feeds::refresh;
use jarshy::model::CampaignId;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp};
use crate::recurring::first;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Status line, more of the head, and body.
type Answer = (String, String, String);

/// A site with feeds: its answers by path.
#[derive(Clone)]
struct Site {
    url: String,
    pages: Arc<Mutex<HashMap<String, Answer>>>,
    /// The heads of the requests.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let site = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            pages: Arc::default(),
            asked: Arc::default(),
        };
        let (pages, asked) = (site.pages.clone(), site.asked.clone());
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let mut buffer = [0; 4096];
                    let read = stream.read(&mut buffer).await.unwrap();
                    if read == 0 {
                        break;
                    }
                    request.extend_from_slice(&buffer[..read]);
                }
                let head = String::from_utf8_lossy(&request).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let page = pages.lock().unwrap().get(&path).cloned();
                let (status, more, body) = match page {
                    Some((_, more, _))
                        if more.contains("etag") && head.contains("if-none-match: \"v1\"") =>
                    {
                        ("304 Not Modified".to_owned(), String::new(), String::new())
                    }
                    Some(page) => page,
                    None => ("404 Not Found".to_owned(), String::new(), String::new()),
                };
                asked.lock().unwrap().push(head);
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nconnection: close\r\n{more}content-length: {length}\r\n\r\n{body}"
                );
                // One that is too large is not read to its end.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        site
    }

    fn put(&self, path: &str, status: &str, more: &str, body: &str) {
        let page = (status.to_owned(), more.to_owned(), body.to_owned());
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    fn rss(&self, path: &str, items: &[&str]) {
        self.put(path, "200 OK", "", &rss(items));
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

fn rss(items: &[&str]) -> String {
    let item = |id: &&str| {
        format!(
            "<item><guid isPermaLink=\"false\">{id}</guid><title>Item {id}</title>\
             <link>/items/{id}</link><description>&lt;p&gt;About {id}&lt;/p&gt;</description></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Their news</title>\
         <link>https://x.example/</link><description>d</description>{items}</channel></rss>"
    )
}

/// With feeds on this machine allowed.
async fn start(database: Database) -> TestApp {
    TestApp::start_with(database, |config| {
        config.webhook_hosts = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    })
    .await
}

async fn add(app: &TestApp, name: &str, url: &str) -> (StatusCode, Value) {
    let new = json!({ "name": name, "url": url });
    let answer = app.api("POST", "/feeds").json(&new).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn added(app: &TestApp, name: &str, url: &str) -> i64 {
    let (status, feed) = add(app, name, url).await;
    assert_eq!(status, StatusCode::CREATED, "{feed}");
    feed["id"].as_i64().unwrap()
}

async fn each_item_is_mailed_once(database: Database) {
    let app = start(database).await;
    let site = Site::start().await;
    site.rss("/a", &["a1"]);
    site.put(
        "/b",
        "200 OK",
        "",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>u</id><title>Atom</title>\
         <updated>2026-11-02T09:00:00Z</updated></feed>",
    );
    app.subscribe("reader@x.example", "news").await;
    let press = added(&app, "press", &site.at("/a")).await;
    added(&app, "other", &site.at("/b")).await;
    let shown = app.api_get(&format!("/feeds/{press}")).await;
    assert_eq!(shown["title"], "Their news");
    assert_eq!(shown["items"][0]["is_new"], false);
    let (taken, _) = add(&app, "press", &site.at("/a")).await;
    assert_eq!(taken, StatusCode::CONFLICT);

    let body = "Elsewhere:\n\n:::feed name=\"press\" count=\"2\"\n:::\n\n:::feed name=\"other\" count=\"5\"\n:::";
    let template = app.template("Elsewhere", body).await;
    let id = app.weekly(&template, json!({ "only_new": true })).await;
    assert!(app.made_at(first()).await.is_empty());
    assert_eq!(app.occurrences(id).await[0].1, "nothing_new");

    site.rss("/a", &["a4", "a3", "a2", "a1"]);
    site.put(
        "/b",
        "200 OK",
        "",
        &format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>u</id><title>Atom</title>\
             <updated>2026-11-02T09:00:00Z</updated><entry><id>b1</id><title>Atom one</title>\
             <link href=\"{}\"/><updated>2026-11-02T09:00:00Z</updated></entry></feed>",
            site.at("/atom-one")
        ),
    );
    refresh::refresh_due(&app.at(first().after(HOUR)))
        .await
        .unwrap();
    let second = first().after(DAY * 7);
    let made = app.made_at(second).await;
    let text = app.text_of(made[0]).await;
    assert_eq!(text.matches(":::embed").count(), 3, "{text}");
    assert!(
        text.contains("Item a") && text.contains("Atom one"),
        "{text}"
    );
    assert!(
        !text.contains("Item a1") && !text.contains(":::feed"),
        "{text}"
    );
    lifecycle::start_due(&app.at(second), CampaignId(made[0]))
        .await
        .unwrap();
    let mail = app.mail_about("reader@x.example", "Elsewhere").await;
    let html = mail.raw.clone();
    assert!(
        html.contains("Atom one") && html.contains("/atom-one"),
        "{html}"
    );

    // The third of three, which did not fit; then none is left.
    let made = app.made_at(first().after(DAY * 14)).await;
    let text = app.text_of(made[0]).await;
    assert_eq!(text.matches(":::embed").count(), 1, "{text}");
    refresh::refresh_due(&app.at(first().after(DAY * 14)))
        .await
        .unwrap();
    assert!(app.made_at(first().after(DAY * 21)).await.is_empty());

    // A feed that is gone is a failure, which is told.
    let gone = app.api("DELETE", &format!("/feeds/{press}"));
    assert_eq!(gone.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert!(app.made_at(first().after(DAY * 28)).await.is_empty());
    let last = &app.occurrences(id).await[0];
    assert_eq!(
        (last.1.as_str(), last.2.as_str()),
        ("failed", "there is no feed \"press\"")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_item_is_mailed_once_sqlite() {
    each_item_is_mailed_once(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_item_is_mailed_once_postgres() {
    each_item_is_mailed_once(Database::Postgres).await;
}

async fn what_fails_is_told_and_bounded(database: Database) {
    let app = start(database).await;
    let site = Site::start().await;
    let large = format!("<rss>{}</rss>", " ".repeat(6 * 1024 * 1024));
    site.put("/large", "200 OK", "", &large);
    site.put("/broken", "200 OK", "", "<rss><channel><item></rss>");
    site.put("/html", "200 OK", "", "<html><body>Hello</body></html>");
    site.put(
        "/round",
        "302 Found",
        &format!("location: {}\r\n", site.at("/round")),
        "",
    );
    site.put(
        "/inside",
        "302 Found",
        "location: http://10.0.0.1/secret\r\n",
        "",
    );
    site.put(
        "/moved",
        "301 Moved",
        &format!("location: {}\r\n", site.at("/json")),
        "",
    );
    site.put(
        "/json",
        "200 OK",
        "etag: \"v1\"\r\nlast-modified: Mon, 02 Nov 2026 09:00:00 GMT\r\n",
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [
            {"id": "1", "url": "/one", "title": "{{ name }} {% if x %}", "content_text": "Text"}]}"#,
    );
    for (path, said) in [
        ("/large", "larger than 5 MiB"),
        ("/broken", ""),
        ("/html", "no feed that can be read"),
        ("/round", "redirects too often"),
        ("/inside", "private network"),
        ("/nothing", "404"),
    ] {
        let (status, problem) = add(&app, "bad", &site.at(path)).await;
        let is_refused = status == StatusCode::UNPROCESSABLE_ENTITY;
        assert!(is_refused || path == "/broken", "{path}: {problem}");
        assert!(problem.to_string().contains(said), "{path}: {problem}");
    }
    for url in [
        "http://10.0.0.1/feed",
        "file:///etc/passwd",
        "feed",
        "http://a:b@127.0.0.1/",
    ] {
        let (status, problem) = add(&app, "bad", url).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{url}: {problem}");
    }

    let id = added(&app, "json", &site.at("/moved")).await;
    let path = format!("/feeds/{id}");
    let item = app.api_get(&path).await["items"][0].clone();
    assert_eq!(item["link"], site.at("/one").as_str());
    // Asked again, it has not changed.
    refresh::refresh_due(&app.at(first())).await.unwrap();
    let asked = site.asked.lock().unwrap().last().unwrap().clone();
    assert!(asked.contains("if-none-match: \"v1\""), "{asked}");
    assert!(
        asked.contains("if-modified-since: Mon, 02 Nov 2026"),
        "{asked}"
    );
    let fetched = app.api_get(&path).await;
    assert_eq!(fetched["last_error"], "");
    assert!(
        fetched["fetched_at"]
            .as_str()
            .unwrap()
            .starts_with("2091-06-04"),
        "{fetched}"
    );

    // What looks like merge tags is words.
    let draft = json!({
        "subject": "Cards", "lists": ["news"], "layout": "letter",
        "markdown": [{ "language": "en", "title": "Cards", "body": ":::feed name=\"json\" count=\"5\"\n:::" }],
    });
    let draft = app.api_post("/campaigns", draft).await["id"].clone();
    let shown = app.api_get(&format!("/campaigns/{draft}/preview")).await;
    let html = shown["html"].as_str().unwrap();
    assert!(
        html.contains("{\u{2060}{ name }}") && html.contains("/one"),
        "{html}"
    );

    site.put("/moved", "503 Trouble", "", "");
    for failures in 1..=3 {
        refresh::refresh_due(&app.at(first().after(HOUR * failures)))
            .await
            .unwrap();
        let feed = app.api_get(&path).await;
        assert_eq!(feed["failure_count"], failures, "{feed}");
        assert!(
            feed["last_error"].as_str().unwrap().contains("503"),
            "{feed}"
        );
    }
    app.until("a notification", async || {
        let told = app.api_get("/notifications").await;
        told["items"].to_string().contains("feed_failing")
    })
    .await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&format!("/admin/feeds/{id}")).await;
    assert!(
        page.contains("3 times in a row") && page.contains("503"),
        "{page}"
    );

    // Paused, it is left alone.
    app.api_post(&format!("{path}/pause"), json!({})).await;
    let before = site.asked.lock().unwrap().len();
    refresh::refresh_due(&app.at(first().after(HOUR * 9)))
        .await
        .unwrap();
    assert_eq!(site.asked.lock().unwrap().len(), before);
    app.api_post(&format!("{path}/resume"), json!({})).await;
    site.rss("/moved", &["new"]);
    refresh::refresh_due(&app.at(first().after(HOUR * 10)))
        .await
        .unwrap();
    let feed = app.api_get(&path).await;
    assert_eq!(
        (&feed["failure_count"], &feed["last_error"]),
        (&json!(0), &json!(""))
    );

    // The pages: a look, an addition, a deletion.
    site.rss("/seen", &["one", "two"]);
    let url = site.at("/seen");
    let look = [("action", "preview"), ("url", &url), ("name", "")];
    let seen = owner.post("/admin/feeds", &look).await;
    let seen = seen.text().await.unwrap();
    assert!(
        seen.contains("Item one") && seen.contains("About two"),
        "{seen}"
    );
    let wrong = [
        ("action", "add"),
        ("url", "http://10.0.0.1/"),
        ("name", "seen"),
    ];
    let refused = owner.refused("/admin/feeds", &wrong, 422).await;
    assert!(refused.contains("private network"), "{refused}");
    let new = [("action", "add"), ("url", url.as_str()), ("name", "seen")];
    let page = owner.submit("/admin/feeds", &new).await;
    assert!(
        page.contains("Feed added") && page.contains("was there before"),
        "{page}"
    );
    let viewer = AdminClient::sign_in(&app, "viewer@x.example", Role::Viewer).await;
    viewer.refused("/admin/feeds", &new, 403).await;
    let confirmed = [("confirmed", "yes")];
    let list = owner
        .submit(&format!("/admin/feeds/{id}/delete"), &confirmed)
        .await;
    assert!(!list.contains(&format!("/admin/feeds/{id}\"")), "{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_is_told_and_bounded_sqlite() {
    what_fails_is_told_and_bounded(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_is_told_and_bounded_postgres() {
    what_fails_is_told_and_bounded(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_on_this_machine_is_refused_unless_allowed() {
    let app = TestApp::start(Database::Sqlite).await;
    let site = Site::start().await;
    site.rss("/a", &["a1"]);
    let (status, problem) = add(&app, "press", &site.at("/a")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem.to_string().contains("private network"), "{problem}");
    assert!(site.asked.lock().unwrap().is_empty());
}
