//! listmonk's API as its clients use it: three that others wrote (`tests/listmonk_clients.py`),
//! and what none of them may do.

use std::process::Command;

use jarshy::account;
use jarshy::model::audit::Actor;
use jarshy::model::user::{Role, Scope};
use jarshy::settings;
use reqwest::{Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};

async fn turn_on(app: &TestApp) {
    let change = [("listmonk_api".to_owned(), Some(json!(true)))];
    settings::change(&app.cx, &Actor::System, &change.into())
        .await
        .unwrap();
}

/// A call with the owner's token, as `token USER:TOKEN`.
async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> Response {
    call_as(app, app.token(), method, path, body).await
}

async fn call_as(app: &TestApp, token: &str, method: &str, path: &str, body: Value) -> Response {
    let request = app
        .client
        .request(method.parse().unwrap(), format!("{}/api{path}", app.url))
        .header(
            "authorization",
            format!("token owner@embassy.example:{token}"),
        );
    let request = if body.is_null() {
        request
    } else {
        request.json(&body)
    };
    request.send().await.unwrap()
}

async fn data(answer: Response) -> Value {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(status, 200, "{text}");
    serde_json::from_str::<Value>(&text).unwrap()["data"].clone()
}

async fn refused(answer: Response, status: u16) -> String {
    assert_eq!(answer.status(), status);
    let body: Value = answer.json().await.unwrap();
    body["message"].as_str().unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn clients_that_others_wrote_work(app: TestApp) {
    turn_on(&app).await;
    app.create_list("open", "single").await;
    let python = std::env::var("JARSHY_TEST_PYTHON").expect("JARSHY_TEST_PYTHON; see scripts/test");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/listmonk_clients.py");
    let (url, token) = (app.url.clone(), app.token().to_owned());
    let run = move || {
        Command::new(python)
            .args([script, &url, "owner@embassy.example", &token])
            .output()
            .unwrap()
    };
    let done = tokio::task::spawn_blocking(run).await.unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}\n{errors}");
    for client in ["listmonk", "klarient-listmonk", "django-listmonk-mailer"] {
        assert!(
            said.contains(&format!("{client}: done")),
            "{said}\n{errors}"
        );
    }
    // What they sent has arrived.
    for (to, subject) in [
        ("tx@x.example", "From listmonk"),
        ("klarient@x.example", "From klarient"),
        ("django@x.example", "From Django"),
    ] {
        app.mail_about(to, subject).await;
    }
}

#[apply(on_both_databases)]
async fn it_is_off_until_turned_on(app: TestApp) {
    for path in ["/health", "/lists", "/public/lists", "/subscribers/1"] {
        let answer = call(&app, "GET", path, Value::Null).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    turn_on(&app).await;
    assert_eq!(
        data(call(&app, "GET", "/health", Value::Null).await).await,
        true
    );
    let wrong = call_as(&app, "jarshy_wrong", "GET", "/health", Value::Null).await;
    assert_eq!(refused(wrong, 403).await, "invalid API credentials");
    let others = app
        .client
        .get(format!("{}/api/health", app.url))
        .basic_auth("somebody@else.example", Some(app.token()));
    assert_eq!(others.send().await.unwrap().status(), 403);
    let nobody = app.get("/api/lists").await;
    assert_eq!(refused(nobody, 403).await, "invalid API credentials");
}

#[apply(on_both_databases)]
async fn tokens_reach_what_their_scopes_name(app: TestApp) {
    turn_on(&app).await;
    let id = app.subscribe("a@x.example", "news").await;
    let email = "viewer@x.example".parse().unwrap();
    account::add_user(&app.cx, &email, Role::Viewer)
        .await
        .unwrap();
    let viewer = account::add_token(&app.cx, &email, Scope::All, None).await;
    let viewer = viewer.unwrap().unwrap().reveal().to_owned();
    let all = app.client.get(format!("{}/api/subscribers", app.url));
    let all = all.basic_auth("viewer@x.example", Some(&viewer)).send();
    assert_eq!(all.await.unwrap().status(), 403, "addresses of many people");

    let owner = "owner@embassy.example".parse().unwrap();
    let scoped = async |scope: &str| {
        let scope: Scope = scope.parse().unwrap();
        let token = account::add_token(&app.cx, &owner, scope, None).await;
        token.unwrap().unwrap().reveal().to_owned()
    };
    let subscribers = scoped("subscribers:write").await;
    let path = format!("/subscribers/{id}");
    let body = json!({ "name": "New" });
    let changed = data(call_as(&app, &subscribers, "PUT", &path, body).await).await;
    assert_eq!(changed["name"], "New");
    for (path, body) in [
        (format!("/subscribers/{id}/blocklist"), json!({})),
        (path, json!({ "status": "blocklisted" })),
        (
            "/campaigns/1/status".to_owned(),
            json!({ "status": "running" }),
        ),
    ] {
        let answer = call_as(&app, &subscribers, "PUT", &path, body).await;
        refused(answer, 403).await;
    }
    let sender = scoped("transactional:send").await;
    let message = json!({ "subscriber_email": "a@x.example", "template_id": 2, "subject": "S",
        "data": { "body": "Text" } });
    refused(call_as(&app, &sender, "POST", "/tx", message).await, 403).await;
}

#[apply(on_both_databases)]
async fn who_left_stays_away(app: TestApp) {
    turn_on(&app).await;
    let id = app.subscribe("left@x.example", "news").await;
    let list = data(call(&app, "GET", "/lists?query=news", Value::Null).await).await;
    let list = list["results"][0]["id"].clone();
    let take_off = json!({ "ids": [id], "action": "unsubscribe", "target_list_ids": [list] });
    data(call(&app, "PUT", "/subscribers/lists", take_off).await).await;
    assert_eq!(
        app.subscription("left@x.example", "news").await.as_deref(),
        Some("unsubscribed")
    );

    let put_on =
        json!({ "ids": [id], "action": "add", "target_list_ids": [list], "status": "confirmed" });
    let answer = call(&app, "PUT", "/subscribers/lists", put_on).await;
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["kept_off"][0]["because"], "left");
    let path = format!("/subscribers/{id}");
    let all = json!({ "lists": [list], "preconfirm_subscriptions": true, "status": "enabled" });
    let changed = data(call(&app, "PUT", &path, all).await).await;
    assert_eq!(changed["lists"][0]["subscription_status"], "unsubscribed");
    assert_eq!(changed["kept_off"][0]["list"], "news");

    // Disabled can be taken back; blocklisted only by a person.
    for (status, expected) in [
        ("disabled", "disabled"),
        ("enabled", "enabled"),
        ("blocklisted", "blocklisted"),
        ("enabled", "blocklisted"),
        ("disabled", "blocklisted"),
    ] {
        let changed = data(call(&app, "PATCH", &path, json!({ "status": status })).await).await;
        assert_eq!(changed["status"], expected, "{status}");
    }
    // Their data are erased, and nobody brings them back.
    data(call(&app, "DELETE", &path, Value::Null).await).await;
    refused(call(&app, "GET", &path, Value::Null).await, 400).await;
    let again =
        json!({ "email": "left@x.example", "lists": [list], "preconfirm_subscriptions": true });
    refused(call(&app, "POST", "/subscribers", again).await, 409).await;
}

#[apply(on_both_databases)]
async fn no_sql_comes_from_outside(app: TestApp) {
    turn_on(&app).await;
    for email in ["a@x.example", "o'neill@x.example", "b@y.example"] {
        app.subscribe(email, "news").await;
    }
    let found = async |query: &str| {
        let url = format!("{}/api/subscribers", app.url);
        let pairs = [("query", query), ("per_page", "2")];
        let url = reqwest::Url::parse_with_params(&url, pairs).unwrap();
        let request = app.client.get(url);
        let request = request.basic_auth("owner@embassy.example", Some(app.token()));
        request.send().await.unwrap()
    };
    for (query, total) in [
        ("", 3),
        ("subscribers.email = 'a@x.example'", 1),
        ("subscribers.email = 'A@X.example'", 1),
        ("subscribers.email = 'o''neill@x.example'", 1),
        ("subscribers.email LIKE '%@x.example'", 2),
        ("subscribers.email ILIKE '%@Y.example'", 1),
        ("subscribers.email LIKE '%\\%%'", 0),
        ("subscribers.email = '%'", 0),
        ("subscribers.id = 999", 0),
    ] {
        let page = data(found(query).await).await;
        assert_eq!(page["total"], total, "{query}");
        assert_eq!(page["query"], query);
        assert_eq!(page["per_page"], 2);
        let shown = page["results"].as_array().unwrap().len() as i64;
        assert_eq!(shown, total.min(2), "{query}");
    }
    for query in [
        "1=1",
        "subscribers.email = 'a' OR 1=1",
        "subscribers.email LIKE 'a'; DELETE FROM subscribers",
        "subscribers.attribs->>'city' = 'Bonn'",
    ] {
        let message = refused(found(query).await, 400).await;
        assert!(message.contains("no SQL here"), "{message}");
    }
}

#[apply(on_both_databases)]
async fn joining_is_the_same_for_every_address(app: TestApp) {
    turn_on(&app).await;
    app.subscribe("known@x.example", "news").await;
    let lists: Value = app.get("/api/public/lists").await.json().await.unwrap();
    let list = lists[0]["uuid"].clone();
    let mut answers = Vec::new();
    for email in ["new@x.example", "known@x.example"] {
        let body = json!({ "email": email, "name": "N", "list_uuids": [list] });
        let answer = call(&app, "POST", "/public/subscription", body).await;
        answers.push(data(answer).await);
    }
    assert_eq!(answers[0], json!({ "has_optin": true }));
    assert_eq!(answers[0], answers[1]);
    assert_eq!(
        app.subscription("new@x.example", "news").await.as_deref(),
        Some("pending")
    );
    let form = [("email", "form@x.example"), ("l", list.as_str().unwrap())];
    let answer = app.post("/api/public/subscription", &form).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(
        app.subscription("form@x.example", "news").await.as_deref(),
        Some("pending")
    );
    let other =
        json!({ "email": "x@x.example", "list_uuids": ["7f0e3d7c-9d3c-4c53-8a7e-000000000007"] });
    refused(call(&app, "POST", "/public/subscription", other).await, 400).await;
}
