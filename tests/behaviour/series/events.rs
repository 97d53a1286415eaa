//! Series that an event starts: which one is offered, and which one their emails show.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use super::{DAY, HOUR};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    /// A published event in so many days.
    async fn event_in(&self, days: u32, slug: &str, title: &str) {
        let starts = self.cx.clock.now().after(days * DAY);
        let event = json!({
            "slug": slug, "title": title, "language": "en", "published": true,
            "starts_at": starts.rfc3339(), "ends_at": starts.after(HOUR).rfc3339(),
        });
        self.api_post("/events", event).await;
    }
}

#[apply(on_both_databases)]
async fn a_reminder_shows_the_event_of_the_series_and_no_other(app: TestApp) {
    app.event_in(2, "sooner", "A talk that comes sooner").await;
    app.event_in(7, "concert", "The great concert").await;
    app.event_in(7, "reading", "The late reading").await;
    app.subscribe("a@example.kz", "news").await;
    let start = |event: &str| json!({ "kind": "event", "event": event, "days": -7, "hour": 0 });
    let fields = json!({ "name": "Reminder", "list": "news", "ready_made": "event-reminder",
                         "start": start("concert") });
    let id = app.series_with(fields).await;
    let mail = app
        .mail_about("a@example.kz", "In a week: save the date")
        .await;
    assert!(mail.text.contains("The great concert"), "{}", mail.text);
    assert!(!mail.text.contains("comes sooner"), "{}", mail.text);

    // Another event as the start, and the emails show that one.
    let path = format!("/series/{id}");
    let change = json!({ "start": start("reading") });
    let changed = app.api("PATCH", &path).json(&change).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    assert_eq!(app.api_get(&path).await["version"], 2);
    let test = json!({ "position": 1, "emails": ["me@embassy.example"] });
    app.api_post(&format!("{path}/test"), test).await;
    let mail = app
        .mail_about("me@embassy.example", "[Test] In a week: save the date")
        .await;
    assert!(mail.text.contains("The late reading"), "{}", mail.text);
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let page = editor.page(&format!("/admin{path}")).await;
    assert!(page.contains("The late reading"), "{page}");
}

#[apply(on_both_databases)]
async fn events_of_one_title_are_told_apart_by_their_dates(app: TestApp) {
    for (days, slug) in [(3, "first"), (40, "second"), (40, "third")] {
        app.event_in(days, slug, "Evening of music").await;
    }
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let form = editor.page("/admin/series/new?from=event-reminder").await;
    let label = |slug: &str| {
        let option = format!("<option value=\"{slug}\">");
        let (_, rest) = form.split_once(&option).unwrap();
        rest.split_once("</option>").unwrap().0.to_owned()
    };
    let labels = ["first", "second", "third"].map(label);
    for (at, one) in labels.iter().enumerate() {
        assert!(one.contains(" · Evening of music"), "{labels:?}");
        assert!(!labels[..at].contains(one), "{labels:?}");
    }
    assert!(labels[2].ends_with("(third)"), "{labels:?}");
    assert!(form.find("value=\"first\"") < form.find("value=\"second\""));
}
