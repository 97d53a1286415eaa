//! What goes with a series that has ended, and what stays.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{days, email};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn segment(app: &TestApp, name: &str, tag: &str) -> Value {
    let rule = json!({ "match": "all", "conditions": [{ "about": "tag", "value": tag }] });
    let made = json!({ "name": name, "rule": rule });
    app.api_post("/segments", made).await["id"].clone()
}

async fn deleted(app: &TestApp, path: &str) -> StatusCode {
    app.api("DELETE", path).send().await.unwrap().status()
}

#[apply(on_both_databases)]
async fn a_series_that_has_ended_is_deleted_and_what_was_sent_stays(app: TestApp) {
    let steps = vec![email("First"), days(5), email("Second")];
    let id = app.series("Course", json!({ "kind": "call" }), steps).await;
    let path = format!("/series/{id}");
    for reader in ["a@example.kz", "b@example.kz"] {
        app.subscribe(reader, "news").await;
        app.enter(id, reader).await;
        app.email_to(reader, "First").await;
    }
    app.until("the deliveries", async || {
        app.api_get(&path).await["steps"][0]["deliveries"]["sent"] == 2
    })
    .await;
    let shown = app.api_get(&path).await;
    let campaign = shown["steps"][0]["campaigns"][0].as_i64().unwrap();
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let admin = format!("/admin{path}");
    let delete = format!("{admin}/delete");
    assert!(!editor.page(&admin).await.contains(&delete), "it goes on");
    assert_eq!(deleted(&app, &path).await, StatusCode::CONFLICT);
    app.moved(id, "end").await;

    assert!(editor.page(&admin).await.contains(&delete));
    let asked = editor.post(&delete, &[]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("where its 2 readers stood"), "{asked}");
    assert!(
        asked.contains("The 2 emails that were sent stay"),
        "{asked}"
    );
    assert_eq!(app.api_get(&path).await["state"], "ended");
    editor.submit(&delete, &[("confirmed", "yes")]).await;
    let gone = app.api("GET", &path).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=series.delete").await;
    assert!(log.contains("Course"), "{log}");

    let report = app.api_get(&format!("/campaigns/{campaign}/report")).await;
    assert!(report.is_object(), "{report}");
    let page = owner.page(&format!("/admin/campaigns/{campaign}")).await;
    assert!(page.contains("First"), "{page}");
    assert_eq!(app.api_get("/campaigns").await["items"], json!([]));
    let reader = app.subscriber("a@example.kz").await["id"].clone();
    let own = app
        .api_get(&format!("/subscribers/{reader}/personal-data"))
        .await;
    assert_eq!(own["deliveries"][0]["state"], "sent", "{own}");
    // Its name is free.
    let again = json!({ "name": "Course", "list": "news", "start": { "kind": "call" },
                        "steps": [email("First")] });
    app.api_post("/series", again).await;
}

#[apply(on_both_databases)]
async fn a_series_that_has_ended_keeps_no_segment(app: TestApp) {
    let starts = segment(&app, "Starts", "starts").await;
    let goal = segment(&app, "Goal", "goal").await;
    let asked = segment(&app, "Asked", "asked").await;
    let id = app
        .series_with(json!({
            "name": "Course", "list": "news", "goal": goal,
            "start": { "kind": "segment", "segment": starts },
            "steps": [{ "kind": "condition", "segment": asked }, email("First")],
        }))
        .await;
    let paths = [&starts, &goal, &asked].map(|id| format!("/segments/{id}"));
    for path in &paths {
        assert_eq!(deleted(&app, path).await, StatusCode::CONFLICT, "{path}");
    }
    app.moved(id, "end").await;
    for path in &paths {
        assert!(deleted(&app, path).await.is_success(), "{path}");
    }
    let path = format!("/series/{id}");
    let shown = app.api_get(&path).await;
    assert_eq!(shown["goal"], Value::Null, "{shown}");
    assert_eq!(shown["start"]["kind"], "segment", "{shown}");
    let viewer = AdminClient::sign_in(&app, "v@embassy.example", Role::Viewer).await;
    let page = viewer.page(&format!("/admin{path}")).await;
    assert_eq!(page.matches("a deleted segment").count(), 2, "{page}");
    let rehearsed = app.api_get(&format!("{path}/rehearsal")).await;
    assert_eq!(rehearsed["readers"], 0, "{rehearsed}");
    assert!(deleted(&app, &path).await.is_success());
    assert!(deleted(&app, "/lists/news").await.is_success());
}
