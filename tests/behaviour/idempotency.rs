//! `Idempotency-Key`: the work is done once, whatever happens to its client.

use std::time::Duration;

use jarshy::account::idempotency::{Repeat, RequestDigest, begin};
use jarshy::model::TokenId;
use jarshy::model::lease::Lease;
use jarshy::model::user::{Role, Scope};
use jarshy::store::idempotency as keys;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use uuid::Uuid;

use crate::harness::{TestApp, on_both_databases};

/// Sends a whole request and hangs up after a while, without reading.
async fn send_and_hang_up(app: &TestApp, path: &str, key: &str, body: &str, after: Duration) {
    let host = app.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\
         Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        app.token(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    // Each client of the test leaves at another step of the work.
    tokio::time::sleep(after).await;
}

/// Sends a request until its key is free or has an answer.
async fn retry(app: &TestApp, path: &str, key: &str, body: &str) -> reqwest::Response {
    loop {
        let answer = app
            .api("POST", path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        if answer.status() != StatusCode::CONFLICT {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn multipart(content: &[u8]) -> (String, Vec<u8>) {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\n"
        .to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    ("multipart/form-data; boundary=x".to_owned(), body)
}

#[apply(on_both_databases)]
async fn a_disconnected_client_gets_the_work_done_once(app: TestApp) {
    for n in 0..20_u64 {
        let key = format!("hang-up-{n}");
        let to = format!("buyer{n}@x.example");
        let body =
            json!({ "to": to, "subject": "Your order", "body_markdown": "Thanks" }).to_string();
        send_and_hang_up(
            &app,
            "/transactional",
            &key,
            &body,
            Duration::from_millis(n),
        )
        .await;
        let answer = retry(&app, "/transactional", &key, &body).await;
        assert_eq!(answer.status(), StatusCode::ACCEPTED, "{n}");
        app.mail_to(&to).await;
        retry(&app, "/transactional", &key, &body).await;
    }
    // One that comes after all of them: whatever else was queued has gone too.
    let last = json!({ "to": "last@x.example", "subject": "Last", "body_markdown": "Thanks" });
    app.api_post("/transactional", last).await;
    app.mail_to("last@x.example").await;
    for n in 0..20 {
        assert_eq!(
            app.mails_now(&format!("buyer{n}@x.example")).len(),
            1,
            "{n}"
        );
    }
}

#[apply(on_both_databases)]
async fn a_key_of_a_dead_process_is_freed(app: TestApp) {
    let token = TokenId(1);
    let now = app.cx.clock.now();
    let body = json!({ "slug": "k", "name": "K", "visibility": "public", "opt_in": "double" });
    let mut db = app.cx.store.write().await.unwrap();
    let taken_at = now.before(Duration::from_secs(60));
    for (key, lasts) in [("dead", 59), ("alive", 660)] {
        let lease = Lease::new(Uuid::new_v4(), taken_at, Duration::from_secs(lasts));
        let taken = keys::take(&mut db, (token, key), None, &lease)
            .await
            .unwrap();
        assert!(taken.is_none());
    }
    db.commit().await.unwrap();
    let send = |key: &'static str| {
        app.api("POST", "/lists")
            .header("Idempotency-Key", key)
            .json(&body)
            .send()
    };
    assert_eq!(send("alive").await.unwrap().status(), StatusCode::CONFLICT);
    assert_eq!(send("dead").await.unwrap().status(), StatusCode::CREATED);
    let again = send("dead").await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
}

#[apply(on_both_databases)]
async fn a_key_belongs_to_its_token(app: TestApp) {
    let colleague = "colleague@embassy.example".parse().unwrap();
    jarshy::account::add_user(&app.cx, &colleague, Role::Editor)
        .await
        .unwrap();
    let owner = "owner@embassy.example".parse().unwrap();
    let mut tokens = vec![app.token().to_owned()];
    for user in [&colleague, &colleague, &owner] {
        let token = jarshy::account::add_token(&app.cx, user, Scope::All, None)
            .await
            .unwrap();
        tokens.push(token.unwrap().reveal().to_owned());
    }
    let send = |token: &str, to: &str| {
        let body = json!({ "to": to, "subject": "Your order", "body_markdown": "Thanks" });
        let url = format!("{}/api/v1/transactional", app.url);
        app.client
            .post(url)
            .bearer_auth(token)
            .header("Idempotency-Key", "same")
            .json(&body)
            .send()
    };
    // Neither another's answer nor that the key was used for another request.
    let mut ids = Vec::new();
    for (n, token) in tokens.iter().enumerate() {
        let to = if n < 2 {
            "both@x.example"
        } else {
            "other@x.example"
        };
        let answer = send(token, to).await.unwrap();
        assert_eq!(answer.status(), StatusCode::ACCEPTED, "{n}");
        assert!(
            !answer.headers().contains_key("idempotency-replayed"),
            "{n}"
        );
        ids.push(answer.json::<serde_json::Value>().await.unwrap()["id"].clone());
    }
    ids.dedup();
    assert_eq!(ids.len(), tokens.len(), "{ids:?}");
    assert_eq!(app.mails_to("both@x.example", 2).await.len(), 2);
    let again = send(&tokens[1], "both@x.example").await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(
        again.json::<serde_json::Value>().await.unwrap()["id"],
        ids[1]
    );

    // Nor does one's work under way block another.
    let digest = RequestDigest::new("POST", "/api/v1/transactional");
    let begun = begin(&app.cx, TokenId(1), "busy", Some(&digest))
        .await
        .unwrap();
    assert!(matches!(begun, Repeat::First(_)));
    for token in [2, 4] {
        let begun = begin(&app.cx, TokenId(token), "busy", Some(&digest))
            .await
            .unwrap();
        assert!(matches!(begun, Repeat::First(_)), "{token}");
    }
}

#[apply(on_both_databases)]
async fn the_lease_is_renewed_during_the_work(app: TestApp) {
    let digest = RequestDigest::new("POST", "/lists");
    let Repeat::First(work) = begin(&app.cx, TokenId(1), "k", Some(&digest))
        .await
        .unwrap()
    else {
        panic!("the key is free");
    };
    let taken = begin(&app.cx, TokenId(1), "k", Some(&digest))
        .await
        .unwrap();
    assert!(matches!(taken, Repeat::UnderWay));
    work.settle(&digest, None).await.unwrap();
    let freed = begin(&app.cx, TokenId(1), "k", Some(&digest))
        .await
        .unwrap();
    assert!(matches!(freed, Repeat::First(_)), "a failure frees the key");
}

#[apply(on_both_databases)]
async fn a_large_upload_may_carry_a_key(app: TestApp) {
    let content = vec![b'a'; 3 * 1024 * 1024];
    let send = |content: Vec<u8>| {
        let (kind, body) = multipart(&content);
        app.api("POST", "/media")
            .header("Idempotency-Key", "file")
            .header("Content-Type", kind)
            .body(body)
            .send()
    };
    let first = send(content.clone()).await.unwrap();
    assert_eq!(first.status(), StatusCode::CREATED);
    let first = first.text().await.unwrap();
    let again = send(content.clone()).await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.text().await.unwrap(), first);
    let other = send([&content[..], b"b"].concat()).await.unwrap();
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
