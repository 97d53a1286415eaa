//! What must not stop a series, and what stops it with a reason.

use jarshy::model::campaign::CampaignState;
use jarshy::model::{CampaignId, SeriesId};
use jarshy::store::series_emails;
use jarshy::token::Token;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, days, email};
use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    /// The campaigns of the emails of a series, with their states.
    async fn series_campaigns(&self, series: i64) -> Vec<(CampaignId, CampaignState)> {
        let mut db = self.cx.store.read().await.unwrap();
        let emails = series_emails::of_series(&mut db, SeriesId(series)).await;
        let emails = emails.unwrap().into_iter();
        emails.map(|one| (one.campaign_id, one.state)).collect()
    }

    async fn status(&self, method: &str, path: &str, body: Value) -> StatusCode {
        let mut call = self.api(method, path);
        if !body.is_null() {
            call = call.json(&body);
        }
        call.send().await.unwrap().status()
    }
}

#[apply(on_both_databases)]
async fn only_a_series_moves_its_emails(app: TestApp) {
    let fields = json!({ "name": "Course", "list": "news", "start": { "kind": "call" },
                         "steps": [email("First")] });
    let id = app.api_post("/series", fields).await["id"]
        .as_i64()
        .unwrap();
    let test = json!({ "position": 1, "emails": ["me@embassy.example"] });
    app.api_post(&format!("/series/{id}/test"), test).await;
    let (campaign, _) = app.series_campaigns(id).await[0];
    let path = format!("/campaigns/{campaign}");
    let tomorrow = app.cx.clock.now().after(DAY).rfc3339();
    for (method, action, body) in [
        ("POST", "schedule", json!({ "at": tomorrow })),
        ("POST", "start", json!({})),
        ("POST", "pause", json!({})),
        ("POST", "resume", json!({})),
        ("POST", "cancel", json!({})),
        ("PUT", "limits", json!({ "hourly_limit": 1 })),
    ] {
        let refused = app.api(method, &format!("{path}/{action}")).json(&body);
        let refused = refused.send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{action}");
        let why = refused.text().await.unwrap();
        assert!(why.contains("email of a series"), "{action}: {why}");
    }
    let states = app.series_campaigns(id).await;
    assert_eq!(states, [(campaign, CampaignState::Draft)]);

    // As an older version could leave it.
    app.execute("UPDATE campaigns SET state = 'failed_to_start' WHERE kind = 'series'")
        .await;
    app.moved(id, "start").await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;
}

#[apply(on_both_databases)]
async fn an_email_that_is_not_ready_is_made_so_for_a_reader(app: TestApp) {
    let call = || json!({ "kind": "call" });
    let id = app.series("Course", call(), vec![email("First")]).await;
    // As an older version could leave it, before it was rendered.
    app.execute("DELETE FROM campaign_renderings").await;
    app.execute("UPDATE campaigns SET state = 'scheduled', scheduled_at = 9999999999999 WHERE kind = 'series'")
        .await;
    let other = app.series("Other", call(), vec![email("Second")]).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.enter(other, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;
    app.email_to("a@example.kz", "Second").await;
}

#[apply(on_both_databases)]
async fn a_pause_that_ends_early_ends_the_wait_for_it(app: TestApp) {
    let call = || json!({ "kind": "call" });
    let at_once = app.series("At once", call(), vec![email("First")]).await;
    let later = vec![days(3), email("Later")];
    let later = app.series("Later", call(), later).await;
    let subscriber = app.subscribe("a@example.kz", "news").await;
    let token = Token::Preferences { subscriber };
    let page = format!("/preferences/{}", app.cx.keys.sign(&token));
    app.submit(&format!("{page}/pause"), &[("span", "2w"), ("until", "")])
        .await;
    let until = app.subscriber("a@example.kz").await["paused_until"].clone();
    app.enter(at_once, "a@example.kz").await;
    app.enter(later, "a@example.kz").await;
    let due = async |series: i64| app.series_readers(series).await[0]["due_at"].clone();
    app.until("the wait for the end of the pause", async || {
        due(at_once).await == until && app.series_readers(later).await[0]["position"] == 2
    })
    .await;
    let own = due(later).await;
    app.submit(&format!("{page}/resume"), &[]).await;
    app.email_to("a@example.kz", "First").await;
    assert_eq!(due(later).await, own, "a wait of the series itself");
    app.steps_after(4 * DAY).await;
    app.email_to("a@example.kz", "Later").await;
}

#[apply(on_both_databases)]
async fn nobody_comes_in_twice_by_an_event_and_a_call(app: TestApp) {
    let starts = app.cx.clock.now().after(7 * DAY);
    let event = json!({
        "slug": "concert", "title": "Concert", "language": "en", "published": true,
        "starts_at": starts.rfc3339(), "repeats": "weekly",
        "ends_at": starts.after(super::HOUR).rfc3339(),
    });
    app.api_post("/events", event).await;
    app.subscribe("a@example.kz", "news").await;
    let start = json!({ "kind": "event", "event": "concert", "days": -7, "hour": 0 });
    let id = app.series("Reminder", start, vec![email("Soon")]).await;
    app.email_to("a@example.kz", "Soon").await;
    let readers = format!("/series/{id}/readers");
    let again = json!({ "email": "a@example.kz" });
    let again = app.status("POST", &readers, again).await;
    assert_eq!(again, StatusCode::CONFLICT);
    // One who was not there on the day comes in for the same time of the event.
    app.subscribe("late@example.kz", "news").await;
    app.enter(id, "late@example.kz").await;
    app.email_to("late@example.kz", "Soon").await;
    app.steps_after(DAY).await;
    for email in ["a@example.kz", "late@example.kz"] {
        assert_eq!(app.emails_to(email), ["Soon"], "{email}");
    }
    app.steps_after(8 * DAY).await;
    for email in ["a@example.kz", "late@example.kz"] {
        app.until("the next time", async || app.emails_to(email).len() == 2)
            .await;
    }
}

#[apply(on_both_databases)]
async fn no_date_is_further_away_than_calendars_go(app: TestApp) {
    let wait = |date: &str| json!({ "kind": "wait_for_date", "date": date, "hour": 23 });
    let fields = |date: &str| {
        json!({ "name": date, "list": "news", "start": { "kind": "call" },
                "steps": [wait(date), email("Never")] })
    };
    for (date, expected) in [
        ("9999-12-31", StatusCode::UNPROCESSABLE_ENTITY),
        ("2200-12-31", StatusCode::CREATED),
    ] {
        let made = app.status("POST", "/series", fields(date)).await;
        assert_eq!(made, expected, "{date}");
    }
}

#[apply(on_both_databases)]
async fn a_list_that_a_step_names_is_not_deleted(app: TestApp) {
    app.create_list("press", "single").await;
    let add = || json!({ "kind": "add_to_list", "list": "press" });
    let call = || json!({ "kind": "call" });
    let draft = json!({ "name": "Draft", "list": "news", "start": call(), "steps": [add()] });
    let draft = app.api_post("/series", draft).await["id"].clone();
    let id = app.series("Runs", call(), vec![add()]).await;
    let deleted = || app.status("DELETE", "/lists/press", Value::Null);
    assert_eq!(deleted().await, StatusCode::CONFLICT);
    app.moved(id, "end").await;
    assert!(deleted().await.is_success());
    // What nobody is inside of may lose it, and does not start without it.
    let start = format!("/series/{draft}/start");
    let start = app.status("POST", &start, json!({})).await;
    assert_eq!(start, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn an_email_that_cannot_be_filled_in_is_told_of_once_a_day(app: TestApp) {
    let text = json!({ "language": "en", "subject": "Number",
                       "body": "This is {{ attributes.n | int }}." });
    let steps = vec![json!({ "kind": "send", "texts": [text] })];
    let id = app.series("Count", json!({ "kind": "call" }), steps).await;
    for (email, n) in [
        ("a@example.kz", "abc"),
        ("b@example.kz", "def"),
        ("c@example.kz", "7"),
    ] {
        let reader = json!({ "email": email, "language": "en", "lists": ["news"],
                             "status": "confirmed", "attributes": { "n": n } });
        app.api_post("/subscribers", reader).await;
        app.enter(id, email).await;
    }
    app.mail_about("c@example.kz", "Number").await;
    app.until("the failures", async || {
        let shown = app.api_get(&format!("/series/{id}")).await;
        shown["steps"][0]["deliveries"]["failed"] == 2
    })
    .await;
    let told = async || {
        let told = app.api_get("/notifications").await.to_string();
        told.matches("series_email_failed").count()
    };
    app.until("the notification", async || told().await > 0)
        .await;
    app.quiet().await;
    assert_eq!(told().await, 1);
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["state"], "running");
}
