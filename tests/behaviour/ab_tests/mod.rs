//! A/B tests: who gets what, what decides, and that the rest gets the winner once.

mod decision;
mod sending;
mod setting;

use std::time::Duration;

use jarshy::campaign::ab_test::{deciding, placing};
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::model::ab_test::AbVariant;
use jarshy::model::{CampaignId, SubscriberId};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::TestApp;

const OWNER: &str = "owner@embassy.example";

/// The application after the time of every test here.
fn later(app: &TestApp) -> Context {
    let hours = Duration::from_secs(5 * 3600);
    Context {
        clock: Clock::manual(app.cx.clock.now().after(hours)),
        ..app.cx.clone()
    }
}

async fn draft(app: &TestApp, lists: &[&str], subject: &str) -> i64 {
    let body = json!({
        "subject": subject, "lists": lists, "layout": "letter",
        "markdown": [{ "language": "en", "title": subject, "body": "Hello [there](https://x.example/)." }],
    });
    app.api_post("/campaigns", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn put(app: &TestApp, id: i64, body: Value) -> (StatusCode, Value) {
    let sent = app.api("PUT", &format!("/campaigns/{id}/ab-test"));
    let answer = sent.json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// A test of subjects with one variant beside A.
async fn plan(app: &TestApp, id: i64, fields: Value) {
    let mut body = json!({
        "differs": "subject", "share": 50, "minutes": 240, "measure": "left",
        "variants": [{ "subjects": { "en": "B says hello" } }],
    });
    let all = body.as_object_mut().unwrap();
    all.extend(fields.as_object().unwrap().clone());
    let (status, answer) = put(app, id, body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["state"], "planned");
}

async fn start(app: &TestApp, id: i64) {
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
}

async fn test_of(app: &TestApp, id: i64) -> Value {
    app.api_get(&format!("/campaigns/{id}/ab-test")).await
}

/// Subscribes many; their addresses and numbers.
async fn readers(app: &TestApp, count: usize, list: &str) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for at in 0..count {
        let email = format!("r{at}@{list}.example");
        let id = app.subscribe(&email, list).await;
        found.push((email, id));
    }
    found
}

fn variant_of(app: &TestApp, id: i64, reader: i64, share: i64) -> Option<AbVariant> {
    let (campaign, reader) = (CampaignId(id), SubscriberId(reader));
    placing::variant_of(&app.cx.keys, campaign, reader, share, 2)
}

/// Waits until each email of a test was sent, and its time begins.
async fn tried(app: &TestApp, id: i64) {
    app.until("its emails are tried", async || {
        deciding::decide_due(&app.cx).await.unwrap();
        test_of(app, id).await["decide_at"].is_string()
    })
    .await;
}
