//! The question before a series starts, which says in numbers who comes in.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, HOUR, email};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// What is asked before a series with this start begins.
async fn asked(app: &TestApp, editor: &AdminClient, name: &str, start: Value) -> String {
    let fields = json!({ "name": name, "list": "news", "start": start,
                         "steps": [email("First")] });
    let id = app.api_post("/series", fields).await["id"].clone();
    let path = format!("/admin/series/{id}/start");
    let answer = editor.post(&path, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK, "{name}");
    let page = answer.text().await.unwrap();
    assert!(page.contains(&format!("Start “{name}”?")), "{page}");
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["state"], "draft", "{name}");
    page
}

#[apply(on_both_databases)]
async fn a_start_says_in_numbers_who_comes_in(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let now = app.cx.clock.now();
    let today = now.rfc3339()[5..10].to_owned();
    for (email, tags, attributes) in [
        ("a@example.kz", json!(["vip"]), json!({ "birthday": today })),
        ("b@example.kz", json!(["vip"]), json!({ "plan": "gold" })),
        ("c@example.kz", json!([]), json!({})),
    ] {
        let reader = json!({ "email": email, "language": "en", "lists": ["news"],
                             "status": "confirmed", "tags": tags, "attributes": attributes });
        app.api_post("/subscribers", reader).await;
    }
    app.create_list("other", "single").await;
    app.subscribe("elsewhere@example.kz", "other").await;
    app.api_post("/suppressions", json!({ "email": "c@example.kz" }))
        .await;
    let rule = json!({ "match": "all", "conditions": [{ "about": "tag", "value": "vip" }] });
    let segment = json!({ "name": "VIP", "rule": rule });
    let segment = app.api_post("/segments", segment).await["id"].clone();
    let starts = now.after(9 * DAY);
    let event = json!({
        "slug": "concert", "title": "Concert", "language": "en", "published": true,
        "starts_at": starts.rfc3339(), "ends_at": starts.after(HOUR).rfc3339(),
    });
    app.api_post("/events", event).await;

    for (name, start, says) in [
        (
            "Confirmed",
            json!({ "kind": "confirmed" }),
            "The 2 readers who are on the list today will not.",
        ),
        (
            "Tag",
            json!({ "kind": "tag", "tag": "VIP" }),
            "The 2 readers who have the tag today will not.",
        ),
        (
            "Attribute",
            json!({ "kind": "attribute", "attribute": "plan" }),
            "The one reader who has it today will not.",
        ),
        (
            "Call",
            json!({ "kind": "call" }),
            "Nobody gets it by the start itself.",
        ),
        (
            "Link",
            json!({ "kind": "link", "contains": "/x" }),
            "Nobody gets it today",
        ),
        (
            "Segment",
            json!({ "kind": "segment", "segment": segment, "hour": 7 }),
            "2 readers are in the segment and get this series today at 07:00",
        ),
        (
            "Date",
            json!({ "kind": "date", "attribute": "birthday", "hour": 0, "yearly": true }),
            "For one reader the day is today: they get this series at 00:00",
        ),
        (
            "Event",
            json!({ "kind": "event", "event": "concert", "days": -2, "hour": 8 }),
            "2 readers are on the list today.",
        ),
        (
            "Over",
            json!({ "kind": "event", "event": "concert", "days": -300 }),
            "the event has no time within a year",
        ),
    ] {
        let page = asked(&app, &editor, name, start).await;
        assert!(page.contains(says), "{name}: {page}");
    }
}

#[apply(on_both_databases)]
async fn a_start_that_is_confirmed_lets_in_whom_it_named(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    app.subscribe("a@example.kz", "news").await;
    let rule = json!({ "match": "all", "conditions": [{ "about": "paused", "value": false }] });
    let segment = json!({ "name": "Reached", "rule": rule });
    let segment = app.api_post("/segments", segment).await["id"].clone();
    let start = json!({ "kind": "segment", "segment": segment, "hour": 0 });
    let page = asked(&app, &editor, "Ours", start).await;
    assert!(
        page.contains("One reader is in the segment and gets this series today at 00:00"),
        "{page}"
    );
    let id = app.api_get("/series").await["items"][0]["id"].clone();
    let path = format!("/admin/series/{id}/start");
    let shown = editor.submit(&path, &[("confirmed", "yes")]).await;
    assert!(shown.contains("The series is running"), "{shown}");
    app.email_to("a@example.kz", "First").await;
}
