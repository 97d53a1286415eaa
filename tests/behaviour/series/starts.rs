//! What lets readers into a series, besides confirmations, tags, dates and calls.

use jarshy::clock::Timestamp;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, email};
use crate::harness::{TestApp, on_both_databases};

fn reader(email: &str, attributes: Value) -> Value {
    json!({ "email": email, "language": "en", "lists": ["news"], "status": "confirmed",
            "attributes": attributes })
}

#[apply(on_both_databases)]
async fn an_attribute_lets_in_when_it_is_set(app: TestApp) {
    let save = async |email: &str, attributes: Value| {
        app.api_post("/subscribers", reader(email, attributes))
            .await;
    };
    save("old@example.kz", json!({ "plan": "gold" })).await;
    let start = json!({ "kind": "attribute", "attribute": "plan", "value": "Gold" });
    let id = app.series("Gold", start, vec![email("Thanks")]).await;
    save(
        "old@example.kz",
        json!({ "plan": "gold", "city": "Almaty" }),
    )
    .await;
    save("a@example.kz", json!({ "plan": "silver" })).await;
    assert!(app.series_readers(id).await.is_empty());
    save("a@example.kz", json!({ "plan": "gold" })).await;
    app.email_to("a@example.kz", "Thanks").await;
    // One who has it when they come to the list.
    save("new@example.kz", json!({ "plan": ["silver", "gold"] })).await;
    app.email_to("new@example.kz", "Thanks").await;
    assert!(app.emails_to("old@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn an_event_lets_everybody_in_for_each_of_its_times(app: TestApp) {
    let now = app.cx.clock.now();
    let day = |days: u32| now.after(days * DAY);
    let event = |slug: &str, starts: Timestamp, repeats: &str, published: bool| {
        json!({ "slug": slug, "title": "Concert", "language": "en", "published": published,
                "starts_at": starts.rfc3339(), "repeats": repeats,
                "ends_at": starts.after(std::time::Duration::from_secs(3600)).rfc3339() })
    };
    app.api_post("/events", event("concert", day(7), "weekly", true))
        .await;
    app.subscribe("a@example.kz", "news").await;
    let start = json!({ "kind": "event", "event": "concert", "days": -7, "hour": 0 });
    let id = app.series("Reminder", start, vec![email("Soon")]).await;
    let first = app.email_to("a@example.kz", "Soon").await;
    app.subscribe("late@example.kz", "news").await;
    app.steps_after(3 * DAY).await;
    assert_eq!(app.emails_to("a@example.kz").len(), 1);
    app.steps_after(8 * DAY).await;
    let mails = app.mails_to("a@example.kz", 2).await;
    assert_ne!(mails[0].header("Message-ID"), first.header("Message-ID"));
    app.email_to("late@example.kz", "Soon").await;
    assert_eq!(app.series_readers(id).await.len(), 3);

    // One that is deleted pauses the series, and says so.
    let deleted = app.api("DELETE", "/events/concert").send().await.unwrap();
    assert!(deleted.status().is_success(), "{deleted:?}");
    app.steps_after(9 * DAY).await;
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["state"], "paused", "{shown}");
    assert!(shown["pause_reason"].as_str().unwrap().contains("concert"));
    let unknown = json!({ "name": "Unknown", "list": "news", "steps": [email("Soon")],
                          "start": { "kind": "event", "event": "none" } });
    let refused = app.api("POST", "/series").json(&unknown).send().await;
    assert_eq!(refused.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn a_segment_lets_in_once_a_day(app: TestApp) {
    let condition = json!({ "about": "tag", "value": "silent" });
    let segment = app.segment("Silent", condition).await;
    let tagged = |email: &str, tags: Value| {
        json!({ "email": email, "language": "en", "lists": ["news"], "status": "confirmed",
                "tags": tags })
    };
    app.api_post("/subscribers", tagged("a@example.kz", json!(["silent"])))
        .await;
    app.api_post("/subscribers", tagged("b@example.kz", json!([])))
        .await;
    let start = json!({ "kind": "segment", "segment": segment, "hour": 0 });
    let id = app.series("Ask", start, vec![email("Still there?")]).await;
    app.email_to("a@example.kz", "Still there?").await;
    app.api_post("/subscribers", tagged("b@example.kz", json!(["silent"])))
        .await;
    assert_eq!(app.series_readers(id).await.len(), 1);
    app.steps_after(DAY).await;
    app.email_to("b@example.kz", "Still there?").await;
    app.steps_after(2 * DAY).await;
    assert_eq!(app.series_readers(id).await.len(), 2, "each once");
    let path = format!("/segments/{segment}");
    let refused = app.api("DELETE", &path).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn an_address_of_its_own_lets_in_and_tells_nothing(app: TestApp) {
    let id = app
        .series("Hook", json!({ "kind": "call" }), vec![email("Hooked")])
        .await;
    app.subscribe("a@example.kz", "news").await;
    app.subscribe("b@example.kz", "news").await;
    let address = async || {
        let shown = app.api_get(&format!("/series/{id}/address")).await;
        let url = shown["url"].as_str().unwrap();
        url[url.find("/inbound/").unwrap()..].to_owned()
    };
    let path = address().await;
    let sent = app.post(&path, &[("email", "a@example.kz")]).await;
    assert_eq!(sent.status(), StatusCode::ACCEPTED);
    app.email_to("a@example.kz", "Hooked").await;
    for email in ["nobody@example.kz", "a@example.kz"] {
        let sent = app.post(&path, &[("email", email)]).await;
        assert_eq!(sent.status(), StatusCode::ACCEPTED, "{email}");
    }
    let wrong = app.post(&path, &[("email", "no address")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    app.api_post(&format!("/series/{id}/address"), json!({}))
        .await;
    let sent = app.post(&path, &[("email", "b@example.kz")]).await;
    assert_eq!(sent.status(), StatusCode::NOT_FOUND);
    assert_eq!(app.series_readers(id).await.len(), 1);
    let path = address().await;
    let sent = app.post(&path, &[("email", "b@example.kz")]).await;
    assert_eq!(sent.status(), StatusCode::ACCEPTED);
    app.email_to("b@example.kz", "Hooked").await;
}

#[apply(on_both_databases)]
async fn a_changed_start_lets_nobody_in_by_days_that_have_passed(app: TestApp) {
    let now = app.cx.clock.now();
    let day = |at: Timestamp| at.rfc3339()[5..10].to_owned();
    let past = json!({ "birthday": day(now.before(3 * DAY)) });
    let soon = json!({ "birthday": day(now.after(DAY)) });
    app.api_post("/subscribers", reader("past@example.kz", past))
        .await;
    app.api_post("/subscribers", reader("soon@example.kz", soon))
        .await;
    let id = app
        .series("Wishes", json!({ "kind": "call" }), vec![email("Wish")])
        .await;
    // As if it had been turned on some days ago.
    app.execute("UPDATE series SET dates_day = dates_day - 5, dates_until = dates_until - 5")
        .await;
    let start = json!({ "kind": "date", "attribute": "birthday", "hour": 0, "yearly": true });
    let change = app.api("PATCH", &format!("/series/{id}"));
    let changed = change.json(&json!({ "start": start })).send().await;
    assert_eq!(changed.unwrap().status(), StatusCode::OK);
    app.steps_after(3 * DAY).await;
    app.email_to("soon@example.kz", "Wish").await;
    assert!(app.emails_to("past@example.kz").is_empty());
    assert_eq!(app.series_readers(id).await.len(), 1);
}
