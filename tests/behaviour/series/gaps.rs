//! Gaps in square brackets that ready-made texts leave for their author.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{days, email};
use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The gap of the second email of the ready-made course.
const GAP: &str =
    "[In a few sentences: what we do, with a link to the page that people ask for most]";

#[apply(on_both_databases)]
async fn a_ready_made_series_starts_once_its_gaps_are_filled_in(app: TestApp) {
    let course = json!({ "name": "Course", "list": "news", "ready_made": "welcome" });
    let made = app.api_post("/series", course).await;
    let path = format!("/series/{}", made["id"]);
    let start = async || {
        let answer = app.api("POST", &format!("{path}/start")).send().await;
        let answer = answer.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let (status, why) = start().await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
    for part in ["step 3", "“What we do” (English)", GAP] {
        assert!(why.contains(part), "{part}: {why}");
    }
    let editor = AdminClient::sign_in(&app, "e@embassy.example", Role::Editor).await;
    let confirmed = [("confirmed", "yes")];
    let page = editor
        .submit(&format!("/admin{path}/start"), &confirmed)
        .await;
    assert!(page.contains("The series was not started"), "{page}");
    assert!(page.contains(GAP), "{page}");
    assert_eq!(app.api_get(&path).await["state"], "draft");

    let steps = made["steps"].as_array().unwrap().iter();
    let mut steps: Vec<Value> = steps.map(|one| one["step"].clone()).collect();
    steps[2]["texts"][0]["body"] = json!("We show you round [all week] here.");
    let texts = steps[2]["texts"].as_array_mut().unwrap();
    texts.truncate(1);
    let change = app.api("PATCH", &path).json(&json!({ "steps": steps }));
    assert_eq!(change.send().await.unwrap().status(), StatusCode::OK);
    let (status, why) = start().await;
    assert_eq!(status, StatusCode::ACCEPTED, "{why}");
}

#[apply(on_both_databases)]
async fn a_series_that_runs_gets_no_version_with_a_gap(app: TestApp) {
    let call = json!({ "kind": "call" });
    let id = app.series("Course", call, vec![email("First")]).await;
    let path = format!("/series/{id}");
    // As a template of campaigns leaves it.
    let mut gap = email("From [name]");
    gap["texts"][0]["body"] = json!(r"With kind regards, \[Name, position\]");
    let change = json!({ "steps": [email("First"), days(1), gap] });
    let refused = app.api("PATCH", &path).json(&change).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let why = refused.text().await.unwrap();
    assert!(why.contains("step 3") && why.contains("[name]"), "{why}");
    let shown = app.api_get(&path).await;
    assert_eq!(shown["version"], 1, "{shown}");
    assert_eq!(shown["state"], "running", "{shown}");
}
