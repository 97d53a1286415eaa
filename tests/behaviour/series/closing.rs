//! Series that are closed to new readers, and what keeps a list from being deleted.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use super::{days, email};
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_closed_series_stays_closed_through_a_pause(app: TestApp) {
    let steps = vec![email("First"), days(5), email("Second")];
    let id = app
        .series("Welcome", json!({ "kind": "confirmed" }), steps)
        .await;
    app.join_and_confirm("inside@example.kz").await;
    app.email_to("inside@example.kz", "First").await;
    assert_eq!(app.moved(id, "drain").await["state"], "drained");
    let paused = app.moved(id, "pause").await;
    assert_eq!(paused["state"], "paused", "{paused}");
    assert_eq!(paused["is_closed"], true, "{paused}");

    app.join_and_confirm("late@example.kz").await;
    app.subscribe("called@example.kz", "news").await;
    let call = app.api("POST", &format!("/series/{id}/readers"));
    let call = call.json(&json!({ "email": "called@example.kz" }));
    assert_eq!(call.send().await.unwrap().status(), StatusCode::CONFLICT);
    assert_eq!(app.series_readers(id).await.len(), 1, "closed to new ones");
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = app
        .admin_page(&cookie, &format!("/admin/series/{id}"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("stays closed to new ones"), "{page}");

    assert_eq!(app.moved(id, "resume").await["state"], "drained");
    let open = app.moved(id, "resume").await;
    assert_eq!(open["state"], "running", "{open}");
    assert_eq!(open["is_closed"], false, "{open}");
    app.join_and_confirm("new@example.kz").await;
    app.email_to("new@example.kz", "First").await;
    // Paused while it is open, it is open again.
    app.moved(id, "pause").await;
    assert_eq!(app.moved(id, "resume").await["state"], "running");
}

#[apply(on_both_databases)]
async fn a_list_that_is_not_deleted_names_the_series(app: TestApp) {
    let steps = vec![email("Hidden"), days(5), email("Second")];
    let id = app
        .series("Our course", json!({ "kind": "call" }), steps)
        .await;
    app.moved(id, "pause").await;
    // As while an email of it is on its way.
    app.execute("UPDATE campaigns SET state = 'paused' WHERE kind = 'series'")
        .await;
    let refused = app.api("DELETE", "/lists/news?with_subscriptions=true");
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let said = refused.text().await.unwrap();
    assert!(said.contains("the series “Our course”"), "{said}");
    assert!(!said.contains("Hidden"), "{said}");
}
