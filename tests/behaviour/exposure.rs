//! What must stay closed, and what must not leak: exports, probes, secrets at
//! rest, and answers to strange questions.

use std::time::{Duration, Instant};

use jarshy::model::user::Role;
use jarshy::token::Purpose;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::admin_client::AdminClient;
use crate::harness::{Database, PATIENCE, TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn export_cells_are_not_formulas(app: TestApp) {
    for email in [
        "=1+1@example.org",
        "=cmd|'/c+calc'!A0@example.org",
        "+7@example.org",
    ] {
        let body = json!({ "email": email, "lists": ["news"] });
        let joined = app
            .client
            .post(format!("{}/api/v1/join", app.url))
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(joined.status(), StatusCode::ACCEPTED, "{email}");
    }
    app.subscribe("=1+1@example.org", "news").await;
    app.create_post("p", "P", "Text").await;
    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    for path in [
        "/admin/lists/news/export?format=csv".to_owned(),
        format!("/admin/campaigns/{id}/deliveries.csv"),
    ] {
        let sheet = editor.page(&path).await;
        assert!(sheet.contains("'=1+1@example.org"), "{path}: {sheet}");
        let starts = sheet.lines().any(|line| {
            line.trim_start_matches('"')
                .starts_with(['=', '+', '-', '@'])
        });
        assert!(!starts, "{path}: {sheet}");
    }
}

#[apply(on_both_databases)]
async fn compressed_exports_are_complete(app: TestApp) {
    let id = app.send_to(&["a@example.kz", "b@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    for path in [
        "/admin/lists/news/export?format=csv".to_owned(),
        format!("/admin/campaigns/{id}/deliveries.csv"),
    ] {
        let url = format!("{}{path}", app.url);
        let answer = editor
            .client
            .get(url)
            .header("accept-encoding", "gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
        let body = answer.bytes().await.expect("a body that ends well");
        assert!(body.starts_with(&[0x1f, 0x8b]) && body.len() > 60, "{path}");
    }
}

#[apply(on_both_databases)]
async fn odd_queries_do_not_cause_500(app: TestApp) {
    app.subscribe("a@example.kz", "news").await;
    let owner = AdminClient::owner(&app).await;
    for path in [
        "/api/v1/subscribers?q=%00abc",
        "/api/v1/suppressions?cursor=%00",
    ] {
        let answer = app
            .client
            .get(format!("{}{path}", app.url))
            .bearer_auth(app.token())
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_client_error(),
            "{path}: {}",
            answer.status()
        );
    }
    assert_eq!(
        owner.get("/admin/subscribers?q=%00abc").await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[apply(on_both_databases)]
async fn secrets_of_an_older_format_are_encrypted_again(app: TestApp) {
    let hook = json!({ "url": "https://example.org/hook" });
    app.api_post("/webhooks", hook).await;
    let mut db = app.cx.store.read().await.unwrap();
    for column in &jarshy::store::encrypted_columns::COLUMNS {
        for secret in jarshy::store::encrypted_columns::all(&mut db, column)
            .await
            .unwrap()
        {
            assert!(app.cx.keys.decrypt(column.purpose, &secret).is_ok());
            let other = match column.purpose {
                Purpose::Webhook => Purpose::DkimKey,
                _ => Purpose::Webhook,
            };
            assert!(
                app.cx.keys.decrypt(other, &secret).is_err(),
                "a secret has one place"
            );
        }
    }
}

#[apply(on_both_databases)]
async fn stored_idempotent_responses_are_encrypted(app: TestApp) {
    let hook = json!({ "url": "https://example.org/hook" });
    let make = || {
        app.api("POST", "/webhooks")
            .header("idempotency-key", "hook-1")
            .json(&hook)
            .send()
    };
    let first: serde_json::Value = make().await.unwrap().json().await.unwrap();
    let secret = first["secret"].as_str().unwrap();
    let again: serde_json::Value = make().await.unwrap().json().await.unwrap();
    assert_eq!(first, again, "the same answer");
    let token = jarshy::account::Secret::given(app.token());
    let bearer = jarshy::account::bearer(&app.cx, &token)
        .await
        .unwrap()
        .unwrap();
    let (id, now) = ((bearer.token_id, "hook-1"), app.cx.clock.now());
    let mut db = app.cx.store.write().await.unwrap();
    let lease = jarshy::model::lease::Lease::new(Uuid::new_v4(), now, std::time::Duration::ZERO);
    let kept = jarshy::store::idempotency::take(&mut db, id, None, &lease).await;
    let kept = kept.unwrap().expect("an answer").body;
    assert!(
        !kept.contains(secret) && !kept.contains("example.org"),
        "{kept:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_need_loopback_or_the_token() {
    let app = TestApp::start(Database::Sqlite).await;
    assert_eq!(app.get("/metrics").await.status(), StatusCode::OK);
    for (name, value, expected) in [
        ("x-forwarded-for", "203.0.113.9", 403),
        // A proxy on this machine that names nobody.
        ("x-forwarded-proto", "https", 403),
        ("x-real-ip", "203.0.113.9", 403),
        ("via", "1.1 proxy", 403),
        ("host", "news.example.org", 403),
        ("host", "127.0.0.1.example.org", 403),
        ("host", "localhost:8080", 200),
        ("host", "[::1]:8080", 200),
    ] {
        let asked = app
            .client
            .get(format!("{}/metrics", app.url))
            .header(name, value);
        let status = asked.send().await.unwrap().status();
        assert_eq!(status.as_u16(), expected, "{name}: {value}");
    }
    let app = TestApp::start_with(Database::Sqlite, |config| {
        config.metrics_token = Some("scrape".into());
    })
    .await;
    assert_eq!(app.get("/metrics").await.status(), StatusCode::FORBIDDEN);
    for (token, expected) in [("wrong", 403), ("scrape", 200)] {
        let asked = app
            .client
            .get(format!("{}/metrics", app.url))
            .header("x-forwarded-for", "203.0.113.9")
            .bearer_auth(token);
        assert_eq!(asked.send().await.unwrap().status().as_u16(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_task_fails_readiness() {
    let app = TestApp::start(Database::Sqlite).await;
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
    let (health, stop) = (app.cx.health.clone(), CancellationToken::new());
    let stopping = stop.clone();
    tokio::spawn(async move {
        let make = || async { panic!("at once") };
        let silence = Duration::from_secs(3600);
        health.supervise("trial", silence, &stopping, make).await;
    });
    let began = Instant::now();
    let said = loop {
        let answer = app.get("/health/ready").await;
        if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
            let kind = answer.headers()["content-type"].to_str().unwrap();
            assert!(kind.starts_with("text/plain"), "{kind}");
            break answer.text().await.unwrap();
        }
        assert!(began.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(said, "trial has stopped and is being restarted\n");
    let numbers = app.get("/metrics").await.text().await.unwrap();
    assert!(numbers.contains("jarshy_task_restarts_total{task=\"trial\"}"));
    assert!(numbers.contains("jarshy_task_running{task=\"trial\"} 0"));
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_mailbox_is_private() {
    let app = TestApp::start(Database::Sqlite).await;
    assert_eq!(app.get("/mailbox/messages").await.status(), StatusCode::OK);
    let owner = AdminClient::owner(&app).await;
    for (name, value, expected) in [
        ("host", "evil.example", 403),
        ("x-forwarded-for", "203.0.113.9", 403),
        ("host", "localhost:8080", 200),
    ] {
        let asked = app
            .client
            .get(format!("{}/mailbox/messages", app.url))
            .header(name, value);
        let status = asked.send().await.unwrap().status();
        assert_eq!(status.as_u16(), expected, "{name}: {value}");
    }
    let signed_in = owner
        .client
        .get(format!("{}/mailbox/messages", app.url))
        .header("x-forwarded-for", "203.0.113.9");
    assert_eq!(signed_in.send().await.unwrap().status(), StatusCode::OK);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn database_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let app = TestApp::start(Database::Sqlite).await;
    let file = app.cx.store.file().unwrap().to_owned();
    let copy = file.with_file_name("copy.db");
    app.cx.store.copy_to(&copy, &mut |_, _| {}).await.unwrap();
    for path in [
        file.clone(),
        file.with_extension("db-wal"),
        file.with_extension("db-shm"),
        copy,
    ] {
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_do_not_block_the_site() {
    let app = TestApp::start(Database::Sqlite).await;
    let address = app.url.strip_prefix("http://").unwrap().to_owned();
    let mut silent = Vec::new();
    for _ in 0..1_100 {
        let Ok(mut stream) = tokio::net::TcpStream::connect(&address).await else {
            break;
        };
        let half = b"GET / HTTP/1.1\r\nhost: a\r\n";
        let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, half).await;
        silent.push(stream);
    }
    assert!(silent.len() > 500, "{} connections", silent.len());
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
    assert_eq!(app.join("a@example.kz").await.status(), StatusCode::OK);
}
