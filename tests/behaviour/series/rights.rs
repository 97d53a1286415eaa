//! Who may do what with series: users of some lists, viewers, tokens, one person alone; and bounds
//! on what goes to addresses that nobody has confirmed.

use jarshy::account::{self, list_access};
use jarshy::model::audit::Actor;
use jarshy::model::list::ListSlug;
use jarshy::model::user::{Role, Scope, Scopes};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, days, email};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const OTHER: &str = "other@embassy.example";

/// A user's token.
struct Token<'a>(&'a TestApp, String);

impl<'a> Token<'a> {
    async fn of(app: &'a TestApp, role: Role, scopes: impl Into<Scopes>) -> Self {
        let email = match role {
            Role::Viewer => "viewer@embassy.example",
            _ => OTHER,
        };
        let email = email.parse().unwrap();
        account::add_user(&app.cx, &email, role).await.unwrap();
        let token = account::add_token(&app.cx, &email, scopes, None).await;
        Self(app, token.unwrap().unwrap().reveal().to_owned())
    }

    async fn scoped(app: &'a TestApp, scopes: &str) -> Self {
        Self::of(app, Role::Editor, scopes.parse::<Scopes>().unwrap()).await
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.0.api_as(&self.1, method, path, body).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, Value::Null).await
    }
}

fn call() -> Value {
    json!({ "kind": "call" })
}

#[apply(on_both_databases)]
async fn an_email_of_a_series_is_as_closed_as_the_series(app: TestApp) {
    let id = app.series("Course", call(), vec![email("First")]).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;
    let shown = app.api_get(&format!("/series/{id}")).await;
    let campaign = shown["steps"][0]["campaigns"][0].as_i64().unwrap();

    let limited = Token::of(&app, Role::Editor, Scope::All).await;
    let users = account::users::all(&app.cx).await.unwrap();
    let user = users.iter().find(|user| user.email.as_str() == OTHER);
    let lists: [ListSlug; 1] = ["news".parse().unwrap()];
    let by = Actor::CommandLine;
    let set = list_access::set(&app.cx, &by, user.unwrap().id, Some(&lists));
    assert!(set.await.unwrap());
    for (method, path) in [
        ("GET", ""),
        ("GET", "/report"),
        ("GET", "/deliveries"),
        ("GET", "/preview"),
        ("POST", "/test"),
        ("POST", "/pause"),
        ("PUT", "/limits"),
    ] {
        let path = format!("/campaigns/{campaign}{path}");
        let (status, answer) = limited.call(method, &path, json!({})).await;
        assert_eq!(status, 404, "{method} {path}: {answer}");
        let series = limited.get(&format!("/series/{id}")).await;
        assert_eq!(series.0, 403);
    }
    let owner = app.api_get(&format!("/campaigns/{campaign}/report")).await;
    assert!(owner.is_object(), "{owner}");
}

#[apply(on_both_databases)]
async fn a_series_that_stops_for_a_paused_email_is_told_of(app: TestApp) {
    let id = app.series("Course", call(), vec![email("First")]).await;
    app.execute("UPDATE campaigns SET state = 'paused' WHERE kind = 'series'")
        .await;
    app.until("the pause", async || {
        app.api_get(&format!("/series/{id}")).await["state"] == "paused"
    })
    .await;
    app.until("the notification", async || {
        let told = app.api_get("/notifications").await.to_string();
        told.contains("Course") && told.contains("one of its emails was paused")
    })
    .await;
}

#[apply(on_both_databases)]
async fn the_address_that_lets_in_is_shown_to_who_may_let_in(app: TestApp) {
    let id = app.series("Hook", call(), vec![email("Hooked")]).await;
    app.subscribe("a@example.kz", "news").await;
    let path = format!("/series/{id}/address");
    let viewer = Token::of(&app, Role::Viewer, Scope::All).await;
    assert_eq!(viewer.get(&path).await.0, 403);
    let reader = json!({ "email": "a@example.kz" });
    for scopes in ["read", "campaigns:read", "campaigns:write"] {
        let token = Token::scoped(&app, scopes).await;
        assert_eq!(token.get(&path).await.0, 403, "{scopes}");
        assert_eq!(token.call("POST", &path, json!({})).await.0, 403);
        let readers = format!("/series/{id}/readers");
        assert_eq!(token.call("POST", &readers, reader.clone()).await.0, 403);
    }
    let token = Token::scoped(&app, "campaigns:write subscribers:write").await;
    assert_eq!(token.get(&path).await.0, 200);
    let readers = format!("/series/{id}/readers");
    assert_eq!(token.call("POST", &readers, reader).await.0, 201);
}

#[apply(on_both_databases)]
async fn steps_that_change_subscribers_need_that_scope(app: TestApp) {
    let steps = [
        json!({ "kind": "set_attribute", "attribute": "plan", "value": "gold" }),
        json!({ "kind": "add_to_list", "list": "news" }),
        json!({ "kind": "leave_list" }),
        json!({ "kind": "set_tag", "tag": "vip" }),
        json!({ "kind": "remove_tag", "tag": "vip" }),
        json!({ "kind": "pause_mail", "days": 9 }),
        json!({ "kind": "weekly_digest" }),
    ];
    let campaigns = Token::scoped(&app, "campaigns:write").await;
    let both = Token::scoped(&app, "campaigns:write subscribers:write").await;
    let series = |name: &str, step: &Value| json!({ "name": name, "list": "news", "start": call(), "steps": [step] });
    let plain = series("Plain", &email("First"));
    let (status, made) = campaigns.call("POST", "/series", plain).await;
    assert_eq!(status, 201, "{made}");
    let plain = format!("/series/{}", made["id"]);
    for (number, step) in steps.iter().enumerate() {
        let new = series(&format!("Series {number}"), step);
        let (status, answer) = campaigns.call("POST", "/series", new.clone()).await;
        assert_eq!(status, 403, "{step}: {answer}");
        let change = json!({ "steps": [step] });
        assert_eq!(campaigns.call("PATCH", &plain, change).await.0, 403);
        let (status, answer) = both.call("POST", "/series", new).await;
        assert_eq!(status, 201, "{step}: {answer}");
    }
    let ready = json!({ "name": "Ready", "list": "news", "ready_made": "still-interested",
                        "start": { "kind": "tag", "tag": "inactive" } });
    assert_eq!(campaigns.call("POST", "/series", ready).await.0, 403);
}

#[apply(on_both_databases)]
async fn a_rehearsal_names_people_to_who_may_see_them(app: TestApp) {
    app.join_and_confirm("a@example.kz").await;
    let start = json!({ "kind": "confirmed" });
    let id = app.series("Welcome", start, vec![email("First")]).await;
    let path = format!("/series/{id}/rehearsal");
    let viewer = Token::of(&app, Role::Viewer, Scope::All).await;
    let (status, seen) = viewer.get(&path).await;
    assert_eq!((status, &seen["readers"]), (200, &json!(1)));
    assert_eq!(seen["last"], json!([]));
    let page = AdminClient::sign_in(&app, "v@embassy.example", Role::Viewer).await;
    let page = page.page(&format!("/admin/series/{id}/rehearsal")).await;
    assert!(page.contains("come in: 1"), "{page}");
    assert!(!page.contains("a@example.kz"), "{page}");
    let campaigns = Token::scoped(&app, "campaigns:read").await;
    assert_eq!(campaigns.get(&path).await.1["last"], json!([]));

    let both = Token::scoped(&app, "campaigns:read subscribers:read").await;
    let (_, seen) = both.get(&path).await;
    assert_eq!(seen["last"][0]["email"], "a@example.kz");
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=subscribers.read").await;
    assert!(log.contains(&format!("rehearsal of series {id}")), "{log}");
}

async fn ask_for_approvals(app: &TestApp) {
    let settings = json!({ "settings": { "approval": true } });
    let set = app.api("PATCH", "/settings").json(&settings).send().await;
    assert_eq!(set.unwrap().status(), StatusCode::OK);
}

#[apply(on_both_databases)]
async fn a_change_of_a_running_series_waits_for_another_person(app: TestApp) {
    let steps = |last: &str| json!([email("First"), days(1), email(last)]);
    let fields =
        json!({ "name": "Course", "list": "news", "start": call(), "steps": steps("Old") });
    let id = app.api_post("/series", fields).await["id"].clone();
    let id = id.as_i64().unwrap();
    let path = format!("/series/{id}");
    ask_for_approvals(&app).await;
    let second = Token::of(&app, Role::Editor, Scope::All).await;
    let own = app.api("POST", &format!("{path}/start"));
    let own = own.send().await.unwrap();
    assert_eq!(own.status(), StatusCode::FORBIDDEN);
    let started = second
        .call("POST", &format!("{path}/start"), json!({}))
        .await;
    assert_eq!(started.1["state"], "running", "{started:?}");
    // Who wrote it may pause and resume what another person has seen.
    assert_eq!(app.moved(id, "pause").await["state"], "paused");
    assert_eq!(app.moved(id, "resume").await["state"], "running");
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;

    let change = async |fields: Value| {
        let changed = app.api("PATCH", &path).json(&fields).send().await.unwrap();
        assert_eq!(changed.status(), StatusCode::OK);
        changed.json::<Value>().await.unwrap()
    };
    let named = change(json!({ "name": "The course" })).await;
    assert_eq!(named["state"], "running", "a name is mailed to nobody");
    let changed = change(json!({ "steps": steps("New"), "move_readers": true })).await;
    assert_eq!(changed["state"], "paused", "{changed}");
    let reason = changed["pause_reason"].as_str().unwrap();
    assert!(reason.contains("another user"), "{reason}");
    app.steps_after(2 * DAY).await;
    assert_eq!(app.emails_to("a@example.kz"), ["First"]);
    // A new name is no second look.
    let renamed = json!({ "name": "Renamed" });
    assert_eq!(second.call("PATCH", &path, renamed).await.0, 200);
    for action in ["resume", "drain"] {
        let own = app.api("POST", &format!("{path}/{action}"));
        let own = own.send().await.unwrap();
        assert_eq!(own.status(), StatusCode::FORBIDDEN, "{action}");
    }
    let page = AdminClient::owner(&app).await;
    let page = page.page(&format!("/admin/series/{id}")).await;
    assert!(page.contains("another user than who did so"), "{page}");

    let resumed = second
        .call("POST", &format!("{path}/resume"), json!({}))
        .await;
    assert_eq!(resumed.1["state"], "running", "{resumed:?}");
    app.steps_after(2 * DAY).await;
    app.email_to("a@example.kz", "New").await;
    let goes_on = change(json!({ "ends_on_answer": true })).await;
    assert_eq!(goes_on["state"], "paused", "a goal is a change, too");
}

#[apply(on_both_databases)]
async fn tests_are_bounded_and_go_to_no_suppressed_address(app: TestApp) {
    let steps: Vec<Value> = (1..=10).map(|n| email(&format!("Number {n}"))).collect();
    let id = app.series("Course", call(), steps).await;
    let walk = async |emails: &[String]| {
        let call = app.api("POST", &format!("/series/{id}/walk"));
        let answer = call.json(&json!({ "emails": emails })).send().await;
        let answer = answer.unwrap();
        let status = answer.status();
        (status, answer.text().await.unwrap())
    };
    app.api_post("/suppressions", json!({ "email": "blocked@example.kz" }))
        .await;
    let blocked = ["me@example.kz".to_owned(), "blocked@example.kz".to_owned()];
    let (status, answer) = walk(&blocked).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    assert!(answer.contains("blocked@example.kz"), "{answer}");
    assert!(app.mails_now("me@example.kz").is_empty());

    // Another hour may begin in between, and with it another 200.
    let ten: Vec<String> = (0..10).map(|n| format!("t{n}@example.kz")).collect();
    let mut sent = 0;
    let refused = loop {
        let (status, answer) = walk(&ten).await;
        if status != StatusCode::NO_CONTENT {
            break (status, answer);
        }
        sent += 1;
        assert!(sent < 5, "500 tests");
    };
    assert_eq!(refused.0, StatusCode::TOO_MANY_REQUESTS, "{refused:?}");
    assert!(sent >= 2, "{refused:?}");
    assert!(refused.1.contains("minutes"), "{refused:?}");
    // Of campaigns, too, but not of another user.
    app.create_post("p", "P", "text").await;
    let campaign = app.create_campaign("p", "P", "news").await;
    let path = format!("/campaigns/{campaign}/test");
    let to = json!({ "email": "me@example.kz" });
    let other = Token::of(&app, Role::Editor, Scope::All).await;
    assert_eq!(other.call("POST", &path, to.clone()).await.0, 202);
    let own = app.api("POST", &path).json(&to).send().await.unwrap();
    assert!(matches!(own.status().as_u16(), 202 | 429));
    let suppressed = json!({ "email": "blocked@example.kz" });
    assert_eq!(other.call("POST", &path, suppressed).await.0, 422);
}

#[apply(on_both_databases)]
async fn an_address_that_came_is_looked_for_later_and_not_for_ever(app: TestApp) {
    let id = app.series("Hook", call(), vec![email("Hooked")]).await;
    app.subscribe("a@example.kz", "news").await;
    let shown = app.api_get(&format!("/series/{id}/address")).await;
    let url = shown["url"].as_str().unwrap();
    let path = url[url.find("/inbound/").unwrap()..].to_owned();
    for email in ["a@example.kz", "nobody@example.kz"] {
        let sent = app.post(&path, &[("email", email)]).await;
        assert_eq!(sent.status(), StatusCode::ACCEPTED, "{email}");
        assert_eq!(sent.text().await.unwrap(), "");
    }
    app.email_to("a@example.kz", "Hooked").await;
    let mut taken = 0;
    let refused = loop {
        let sent = app.post(&path, &[("email", "nobody@example.kz")]).await;
        if sent.status() != StatusCode::ACCEPTED {
            break sent;
        }
        taken += 1;
        assert!(taken < 1_000, "no limit");
    };
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key("retry-after"));
    app.until("all are looked for", async || {
        let mut db = app.cx.store.read().await.unwrap();
        let waiting = jarshy::store::series_entries::waiting(&mut db, 1).await;
        waiting.unwrap().is_empty()
    })
    .await;
}
