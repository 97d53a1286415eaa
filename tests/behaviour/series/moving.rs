//! Changes of a series that runs: readers who move to the new steps, and several who save at once.

use futures_util::future::join_all;
use jarshy::model::SeriesId;
use jarshy::store::series_emails;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, days, email};
use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    /// Gives a series these steps, and moves those who are inside to them.
    async fn move_to(&self, series: i64, steps: &[Value]) {
        let change = json!({ "steps": steps, "move_readers": true });
        let changed = self
            .api("PATCH", &format!("/series/{series}"))
            .json(&change);
        assert_eq!(changed.send().await.unwrap().status(), StatusCode::OK);
    }
}

#[apply(on_both_databases)]
async fn readers_who_move_go_on_behind_their_last_step(app: TestApp) {
    let call = json!({ "kind": "call" });
    let steps = vec![email("A"), days(1), email("B")];
    let id = app.series("Course", call, steps).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "A").await;
    let longer = [email("New"), days(1), email("A"), days(1), email("B")];
    app.move_to(id, &longer).await;
    app.subscribe("b@example.kz", "news").await;
    app.enter(id, "b@example.kz").await;
    app.email_to("b@example.kz", "New").await;
    app.steps_after(2 * DAY).await;
    app.email_to("a@example.kz", "B").await;
    assert_eq!(app.emails_to("a@example.kz"), ["A", "B"]);
    app.reader_is(id, "a@example.kz", "finished").await;
    // Back to fewer steps, so that numbers come again.
    app.move_to(id, &[days(1), email("B"), email("C")]).await;
    app.steps_after(4 * DAY).await;
    app.email_to("b@example.kz", "C").await;
    assert_eq!(
        app.api_get(&format!("/series/{id}")).await["state"],
        "running"
    );
}

#[apply(on_both_databases)]
async fn an_email_that_was_sent_is_not_sent_again_in_another_place(app: TestApp) {
    let call = json!({ "kind": "call" });
    let steps = vec![email("A"), email("B"), days(1), email("C")];
    let id = app.series("Course", call, steps).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "B").await;
    app.quiet().await;
    let turned = [email("B"), days(1), email("C"), email("A"), email("D")];
    app.move_to(id, &turned).await;
    app.steps_after(2 * DAY).await;
    app.email_to("a@example.kz", "D").await;
    app.quiet().await;
    let mut got = app.emails_to("a@example.kz");
    got.sort();
    assert_eq!(got, ["A", "B", "C", "D"]);
}

#[apply(on_both_databases)]
async fn of_several_who_save_at_once_one_does(app: TestApp) {
    let call = json!({ "kind": "call" });
    let id = app.series("Course", call, vec![email("First")]).await;
    let path = format!("/series/{id}");
    let seen = app.api_get(&path).await["edit_count"].clone();
    let changes = (0..5).map(|n| {
        let steps = json!([email(&format!("Of {n}")), email("Last")]);
        let change = json!({ "steps": steps, "edit_count": seen });
        app.api("PATCH", &path).json(&change).send()
    });
    let statuses = join_all(changes).await.into_iter();
    let mut statuses: Vec<StatusCode> = statuses.map(|one| one.unwrap().status()).collect();
    statuses.sort();
    let mut expected = vec![StatusCode::OK];
    expected.extend([StatusCode::CONFLICT; 4]);
    assert_eq!(statuses, expected);
    let shown = app.api_get(&path).await;
    assert_eq!(shown["state"], "running", "{shown}");
    let version = shown["version"].as_i64().unwrap();
    let mut db = app.cx.store.read().await.unwrap();
    let emails = series_emails::of_series(&mut db, SeriesId(id))
        .await
        .unwrap();
    let versions: Vec<i64> = emails.iter().map(|one| one.version).collect();
    assert_eq!(versions, [1, version, version], "no other is left");
    drop(db);
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "Last").await;
}
