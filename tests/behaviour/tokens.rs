//! What an API token may do, for how long, and who sees that it did.

use std::time::Duration;

use jarshy::account;
use jarshy::model::user::{Role, Scopes};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// A token of somebody, made for this test.
async fn token(app: &TestApp, email: &str, role: Role, scopes: &str) -> String {
    let email = email.parse().unwrap();
    account::add_user(&app.cx, &email, role).await.unwrap();
    let scopes: Scopes = scopes.parse().unwrap();
    let made = account::add_token(&app.cx, &email, scopes, None).await;
    made.unwrap().unwrap().reveal().to_owned()
}

async fn status(app: &TestApp, token: &str, method: &str, path: &str) -> StatusCode {
    let url = format!("{}/api/v1{path}", app.url);
    let request = app.client.request(method.parse().unwrap(), url);
    let request = request.bearer_auth(token).json(&json!({}));
    request.send().await.unwrap().status()
}

#[apply(on_both_databases)]
async fn a_scoped_token_reaches_only_its_resources(app: TestApp) {
    let owner = "owner@embassy.example";
    for (scopes, method, path, is_open) in [
        ("lists:read", "GET", "/lists", true),
        ("lists:read", "GET", "/lists/news", true),
        ("lists:read", "POST", "/lists", false),
        ("lists:read", "GET", "/subscribers", false),
        ("subscribers:write", "GET", "/subscribers", true),
        ("subscribers:write", "POST", "/subscriptions", true),
        ("subscribers:write", "POST", "/suppressions", false),
        ("transactional:send", "POST", "/transactional", true),
        ("transactional:send", "GET", "/campaigns", false),
        ("campaigns:read,media:write", "GET", "/campaigns", true),
        (
            "campaigns:read,media:write",
            "POST",
            "/campaigns/1/start",
            false,
        ),
        (
            "campaigns:read,media:write",
            "DELETE",
            "/media/nothing.png",
            true,
        ),
    ] {
        let token = token(&app, owner, Role::Owner, scopes).await;
        let status = status(&app, &token, method, path).await;
        assert_eq!(
            status != StatusCode::FORBIDDEN,
            is_open,
            "{scopes} {method} {path}: {status}"
        );
        assert_ne!(status, StatusCode::UNAUTHORIZED);
    }
}

#[apply(on_both_databases)]
async fn tokens_expire_and_show_their_last_use(app: TestApp) {
    let email = "owner@embassy.example".parse().unwrap();
    let scopes: Scopes = "read".parse().unwrap();
    let short = Some(Duration::from_millis(1));
    let ended = account::add_token(&app.cx, &email, scopes.clone(), short)
        .await
        .unwrap()
        .unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(
        status(&app, ended.reveal(), "GET", "/lists").await,
        StatusCode::UNAUTHORIZED
    );

    let owner = AdminClient::owner(&app).await;
    let form = [
        ("name", "CRM"),
        ("scope", "some"),
        ("scopes", "posts:read"),
        ("scopes", "events:write"),
        ("days", "30"),
    ];
    let page = owner.refused("/admin/tokens", &form, 201).await;
    let (_, rest) = page.split_once("<code>").unwrap();
    let made = rest.split('<').next().unwrap();
    assert!(page.contains("posts:read, events:write"), "{page}");
    assert_eq!(status(&app, made, "GET", "/posts").await, StatusCode::OK);
    assert_eq!(
        status(&app, made, "GET", "/lists").await,
        StatusCode::FORBIDDEN
    );
    let (_, row) = page.split_once("CRM").unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains(">never<"), "not used yet: {row}");
    let page = owner.page("/admin/tokens").await;
    let (_, row) = page.split_once("CRM").unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(
        !row.contains(">never<"),
        "used just now, and it ends: {row}"
    );

    for (form, fault) in [
        (
            [("name", "x"), ("scope", "some"), ("days", "30")],
            "at least one",
        ),
        (
            [("name", "x"), ("scope", "everything"), ("days", "30")],
            "is none of",
        ),
        (
            [("name", "x"), ("scope", "read"), ("days", "soon")],
            "when the token expires",
        ),
    ] {
        let refused = owner.refused("/admin/tokens", &form, 422).await;
        assert!(refused.contains(fault), "{refused}");
    }
}

#[apply(on_both_databases)]
async fn bulk_reads_need_a_role_and_are_audited(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    let viewer = token(&app, "viewer@example.kz", Role::Viewer, "all").await;
    let editor = token(&app, "editor@example.kz", Role::Editor, "read").await;
    let deliveries = format!("/campaigns/{id}/deliveries");
    for path in ["/subscribers", "/suppressions", deliveries.as_str()] {
        assert_eq!(
            status(&app, &viewer, "GET", path).await,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_eq!(
            status(&app, &editor, "GET", path).await,
            StatusCode::OK,
            "{path}"
        );
    }
    assert_eq!(
        status(&app, &viewer, "GET", "/campaigns").await,
        StatusCode::OK
    );
    assert_eq!(
        status(&app, &editor, "GET", "/subscribers").await,
        StatusCode::OK
    );
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?actor=editor@example.kz").await;
    assert_eq!(
        log.matches("subscribers by token").count(),
        1,
        "one reading is one line: {log}"
    );
    assert!(log.contains("suppressions by token"), "{log}");
}

#[apply(on_both_databases)]
async fn webhooks_need_an_owner(app: TestApp) {
    let hook = json!({ "url": "https://example.org/hook?password=x" });
    let made = app.api_post("/webhooks", hook).await["id"]
        .as_i64()
        .unwrap();
    for role in [Role::Viewer, Role::Editor] {
        let token = token(&app, &format!("{role}@example.kz"), role, "all").await;
        assert_eq!(
            status(&app, &token, "GET", "/webhooks").await,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            status(&app, &token, "GET", &format!("/webhooks/{made}")).await,
            StatusCode::FORBIDDEN
        );
    }
}
