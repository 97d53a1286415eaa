//! The API's shapes and manners.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_repeated_post_with_an_idempotency_key_creates_once(app: TestApp) {
    let body = json!({ "slug": "k", "name": "K", "visibility": "public", "opt_in": "double" });
    let send = || {
        app.api("POST", "/lists")
            .header("Idempotency-Key", "one")
            .json(&body)
            .send()
    };
    let first = send().await.unwrap();
    assert_eq!(first.status(), StatusCode::CREATED);
    let first = first.text().await.unwrap();
    let again = send().await.unwrap();
    assert_eq!(again.status(), StatusCode::CREATED);
    assert_eq!(again.text().await.unwrap(), first);
    let other = app
        .api("POST", "/lists")
        .header("Idempotency-Key", "one")
        .json(&json!({ "slug": "x" }))
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let taken = app.api("POST", "/lists").json(&body).send().await.unwrap();
    assert_eq!(taken.status(), StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn subscribers_crud_and_paging(app: TestApp) {
    let one = json!({ "email": "A@Example.kz", "name": "A", "language": "kk", "attributes": { "city": "Алматы" }, "lists": ["news"], "status": "confirmed" });
    let made = app
        .api("POST", "/subscribers")
        .json(&one)
        .send()
        .await
        .unwrap();
    assert_eq!(made.status(), StatusCode::CREATED);
    let again = app
        .api("POST", "/subscribers")
        .json(&one)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), StatusCode::OK);
    for n in 0..5 {
        app.subscribe(&format!("s{n}@example.kz"), "news").await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = app.api_get(&format!("/subscribers?limit=2{cursor}")).await;
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|s| s["email"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 6);
    assert_eq!(seen[0], "A@example.kz");
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"].clone();
    let gone = app
        .api("DELETE", &format!("/subscribers/{id}"))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    let missing = app
        .api("GET", &format!("/subscribers/{id}"))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn a_pending_subscriber_gets_a_confirmation_email(app: TestApp) {
    app.api_post(
        "/subscribers",
        json!({ "email": "a@example.kz", "lists": ["news"], "status": "pending" }),
    )
    .await;
    let mail = app.mail_to("a@example.kz").await;
    app.post(&mail.link("/confirm/"), &[]).await;
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn a_campaign_that_cannot_start_says_why(app: TestApp) {
    app.create_post("p", "P", "Dear {{ nmae }}").await;
    let id = app.create_campaign("p", "P", "news").await;
    let refused = app
        .api("POST", &format!("/campaigns/{id}/start"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: serde_json::Value = refused.json().await.unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("nmae") && detail.contains("no confirmed subscriber"),
        "{detail}"
    );
    assert_eq!(problem["type"], "/problems/preflight-failed");
}

#[apply(on_both_databases)]
async fn a_list_of_campaigns_shows_what_each_shows(app: TestApp) {
    let sent = app.send_to(&["a@example.kz", "b@example.kz"]).await;
    app.create_list("other", "single").await;
    app.create_post("draft", "Draft", "Hello").await;
    let draft = app.create_campaign("draft", "Draft", "other").await;
    let cancelled = app.create_campaign("draft", "Cancelled", "news").await;
    app.api_post(&format!("/campaigns/{cancelled}/cancel"), json!({}))
        .await;
    app.campaign_in_state(sent, "finished").await;
    let page = app.api_get("/campaigns?limit=10").await;
    let items = page["items"].as_array().unwrap();
    let ids: Vec<_> = items
        .iter()
        .map(|item| item["id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [cancelled, draft, sent], "newest first");
    for item in items {
        let alone = app.api_get(&format!("/campaigns/{}", item["id"])).await;
        assert_eq!(*item, alone);
    }
    assert_eq!(items[2]["counts"]["sent"], 2, "{}", items[2]);
    let next = app.api_get("/campaigns?limit=1").await;
    assert_eq!(next["items"][0], items[0]);
}

#[apply(on_both_databases)]
async fn problems_have_a_type_of_their_own(app: TestApp) {
    let problem = async |method: &str, path: &str, body: serde_json::Value| {
        let answer = app.api(method, path).json(&body).send().await.unwrap();
        let status = answer.status().as_u16();
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["status"], status, "{problem}");
        (status, problem["type"].as_str().unwrap().to_owned())
    };
    let news = json!({ "slug": "news", "name": "K", "visibility": "public", "opt_in": "double" });
    let cases = [
        ("GET", "/lists/none", json!(null), 404, "not-found"),
        ("POST", "/lists", news, 409, "already-exists"),
        (
            "POST",
            "/subscribers",
            json!({ "email": "nobody" }),
            422,
            "invalid-field",
        ),
    ];
    for (method, path, body, status, name) in cases {
        let expected = (status, format!("/problems/{name}"));
        assert_eq!(
            problem(method, path, body).await,
            expected,
            "{method} {path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_tokens_and_read_only_tokens_are_rejected() {
    let app = TestApp::start(crate::harness::Database::Sqlite).await;
    let bare = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .send()
        .await
        .unwrap();
    assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
    let wrong = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .bearer_auth("jarshy_x")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let viewer = "viewer@example.kz".parse().unwrap();
    jarshy::account::add_user(&app.cx, &viewer, jarshy::model::user::Role::Viewer)
        .await
        .unwrap();
    let token = jarshy::account::add_token(&app.cx, &viewer, jarshy::model::user::Scope::All, None)
        .await
        .unwrap()
        .unwrap();
    let looks = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .bearer_auth(token.reveal())
        .send()
        .await
        .unwrap();
    assert_eq!(looks.status(), StatusCode::OK);
    let changes = app
        .client
        .post(format!("{}/api/v1/lists", app.url))
        .bearer_auth(token.reveal())
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(changes.status(), StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_serves_its_openapi_document() {
    let app = TestApp::start(crate::harness::Database::Sqlite).await;
    let document: serde_json::Value = app.get("/api/v1/openapi.json").await.json().await.unwrap();
    for path in [
        "/join",
        "/lists",
        "/subscribers",
        "/posts",
        "/campaigns/{id}/start",
        "/campaigns/{id}/deliveries",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert_eq!(app.get("/health/live").await.status(), StatusCode::OK);
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
    assert_eq!(app.get("/metrics").await.status(), StatusCode::OK);
}
