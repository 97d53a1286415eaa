//! The versions of a series on its page: nobody who is in one of them is lost.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, days, email};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn change(app: &TestApp, series: i64, change: Value) {
    let path = format!("/series/{series}");
    let changed = app.api("PATCH", &path).json(&change).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
}

#[apply(on_both_databases)]
async fn each_version_with_readers_inside_is_shown_with_its_own_numbers(app: TestApp) {
    let steps = |last: &str| vec![email("First"), days(3), email(last)];
    let call = json!({ "kind": "call" });
    let id = app.series("Course", call, steps("One")).await;
    let enter = async |reader: &str| {
        app.subscribe(reader, "news").await;
        app.enter(id, reader).await;
        app.email_to(reader, "First").await;
    };
    enter("a@example.kz").await;
    enter("b@example.kz").await;
    change(&app, id, json!({ "steps": steps("Two") })).await;
    enter("c@example.kz").await;
    change(&app, id, json!({ "steps": steps("Three") })).await;
    enter("d@example.kz").await;
    app.quiet().await;

    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["readers"]["inside"], 4, "{shown}");
    assert_eq!(shown["steps"][1]["waiting"], 1, "{shown}");
    let earlier = shown["earlier_versions"].as_array().unwrap();
    let numbers = earlier.iter().map(|one| {
        let number = |value: &Value| value.as_i64().unwrap();
        (
            number(&one["version"]),
            number(&one["readers"]["inside"]),
            number(&one["steps"][1]["waiting"]),
        )
    });
    let first = shown["version"].as_i64().unwrap() - 2;
    let numbers: Vec<_> = numbers.collect();
    assert_eq!(numbers, [(first + 1, 1, 1), (first, 2, 2)], "{shown}");
    let viewer = AdminClient::sign_in(&app, "v@embassy.example", Role::Viewer).await;
    let path = format!("/admin/series/{id}");
    let page = viewer.page(&path).await;
    for part in [
        format!("Version {first}, for those who began with it"),
        format!("Version {}, for those who began with it", first + 1),
        "Inside: 2 · Finished: 0".to_owned(),
        "waiting: 2".to_owned(),
    ] {
        assert!(page.contains(&part), "{part}: {page}");
    }

    // Who left is of a version, too, and once nobody is inside they are counted together.
    app.steps_after(4 * DAY).await;
    for (reader, last) in [("a", "One"), ("b", "One"), ("c", "Two"), ("d", "Three")] {
        app.email_to(&format!("{reader}@example.kz"), last).await;
    }
    app.reader_is(id, "c@example.kz", "finished").await;
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["earlier_versions"], json!([]), "{shown}");
    assert_eq!(shown["readers"]["finished"], 4, "{shown}");
    let page = viewer.page(&path).await;
    assert!(page.contains("nobody is inside any more: 3"), "{page}");
    assert!(page.contains("Inside: 0 · Finished: 1"), "{page}");
}

#[apply(on_both_databases)]
async fn readers_before_a_wait_and_within_the_last_one_are_counted(app: TestApp) {
    let call = json!({ "kind": "call" });
    let steps = vec![days(9), email("Only"), days(5)];
    let id = app.series("Course", call, steps).await;
    let path = format!("/series/{id}");
    let waiting = async || {
        let shown = app.api_get(&path).await;
        let steps = shown["steps"].as_array().unwrap().iter();
        let waiting: Vec<i64> = steps.map(|one| one["waiting"].as_i64().unwrap()).collect();
        (waiting, shown["readers"]["inside"].as_i64().unwrap())
    };
    app.subscribe("a@example.kz", "news").await;
    app.moved(id, "pause").await;
    app.enter(id, "a@example.kz").await;
    assert_eq!(waiting().await, (vec![1, 0, 0], 1), "about to wait");
    app.moved(id, "resume").await;
    app.until("the wait", async || {
        app.series_readers(id).await[0]["position"] == 2
    })
    .await;
    assert_eq!(waiting().await, (vec![1, 0, 0], 1), "waits");
    app.steps_after(10 * DAY).await;
    app.email_to("a@example.kz", "Only").await;
    assert_eq!(waiting().await, (vec![0, 0, 1], 1), "waits at the end");
}

#[apply(on_both_databases)]
async fn readers_behind_the_last_step_have_finished(app: TestApp) {
    let call = json!({ "kind": "call" });
    let tag = || json!({ "kind": "set_tag", "tag": "begun" });
    let steps = vec![tag(), days(9), email("Only")];
    let id = app.series("Course", call, steps).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.until("the wait", async || {
        app.series_readers(id).await[0]["position"] == 3
    })
    .await;
    // Without the email, nothing comes for them when the wait ends.
    change(&app, id, json!({ "steps": [tag()], "move_readers": true })).await;
    let readers = app.series_readers(id).await;
    assert_eq!(readers[0]["state"], "inside", "{readers:?}");
    let shown = app.api_get(&format!("/series/{id}")).await;
    let list = app.api_get("/series").await;
    for shown in [&shown, &list["items"][0]] {
        let readers = &shown["readers"];
        assert_eq!(readers["inside"], 0, "{shown}");
        assert_eq!(readers["finished"], 1, "{shown}");
    }
    app.steps_after(10 * DAY).await;
    app.reader_is(id, "a@example.kz", "finished").await;
}
