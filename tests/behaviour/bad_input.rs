//! What strangers and mistakes send: a clear answer, nothing lost, never a 500.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{Database, TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_malformed_address_keeps_the_form(app: TestApp) {
    for email in [
        "",
        "nonsense",
        "a@b",
        "a@example.org\r\nBcc: b@example.org",
        "a@@example.org",
    ] {
        let page = app.join(email).await;
        assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY, "{email:?}");
        let html = page.text().await.unwrap();
        assert!(html.contains("value=\"Aigul\""), "the name is kept");
    }
    let page = app.join(&format!("{}@example.org", "a".repeat(65))).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        app.api_get("/subscribers").await["items"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
}

#[apply(on_both_databases)]
async fn a_name_cannot_inject_a_header(app: TestApp) {
    let form = [
        ("email", "a@example.org"),
        ("name", "A\r\nBcc: victim@example.org"),
        ("lists", "news"),
    ];
    assert_eq!(
        app.submit("/join", &form).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let campaign = json!({ "subject": "Hi\r\nBcc: x@example.org", "post": "p", "lists": ["news"] });
    app.create_post("p", "P", "text").await;
    let refused = app
        .api("POST", "/campaigns")
        .json(&campaign)
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn forged_and_truncated_tokens_get_404(app: TestApp) {
    app.join("a@example.org").await;
    let link = app.mail_to("a@example.org").await.link("/confirm/");
    let (base, token) = link.rsplit_once('/').unwrap();
    let mut forged = token.to_owned();
    let last = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.push(last);
    for bad in [
        &token[..token.len() - 3],
        "AAAA",
        "%00",
        "%ff",
        "🙂",
        &"A".repeat(5000),
    ] {
        for page in ["confirm", "unsubscribe", "preferences"] {
            let url = format!("{}/{page}/{bad}", app.url);
            assert_eq!(app.get(&url).await.status(), StatusCode::NOT_FOUND, "{url}");
            let posted = app.post(&url, &[("List-Unsubscribe", "One-Click")]).await;
            assert_eq!(posted.status(), StatusCode::NOT_FOUND, "{url}");
        }
    }
    // A token of one purpose opens no other door.
    let crossed = link.replace("/confirm/", "/preferences/");
    assert_eq!(app.get(&crossed).await.status(), StatusCode::NOT_FOUND);
    let _ = base;
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_bodies_get_a_clear_error() {
    let app = TestApp::start(Database::Sqlite).await;
    let form = "application/x-www-form-urlencoded";
    let send = |kind: &'static str, body: Vec<u8>| {
        app.client
            .post(format!("{}/join", app.url))
            .header("content-type", kind)
            .body(body)
            .send()
    };
    let foreign = send(form, b"email=%ff%fe@example.org&name=\xff".to_vec())
        .await
        .unwrap();
    assert!(foreign.status().is_client_error(), "{}", foreign.status());
    let huge = send(form, vec![b'a'; 2 * 1024 * 1024]).await.unwrap();
    assert_eq!(huge.status(), StatusCode::PAYLOAD_TOO_LARGE);
    for body in ["{", "[]", "{\"email\":5}", "\u{0}"] {
        let answer = app
            .client
            .post(format!("{}/api/v1/join", app.url))
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        assert!(
            answer.status().is_client_error(),
            "{body}: {}",
            answer.status()
        );
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{body}"
        );
    }
    let wrong_method = app
        .client
        .delete(format!("{}/join", app.url))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong_method.status(), StatusCode::METHOD_NOT_ALLOWED);
}
