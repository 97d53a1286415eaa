//! What was rendered for a start or a change that failed is never sent.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};

fn email(subject: &str, body: &str) -> Value {
    let text = json!({ "language": "en", "subject": subject, "body": body });
    json!({ "kind": "send", "texts": [text] })
}

/// The second email cannot be rendered, after the first one has been.
fn broken(first: &str) -> Value {
    json!([email(first, "Hello."), email("Broken", "Dear {{ name")])
}

fn sound(first: &str) -> Value {
    json!([email(first, "Hello."), email("Second", "Hello.")])
}

#[apply(on_both_databases)]
async fn emails_of_a_failed_start_or_change_are_rendered_again(app: TestApp) {
    let fields = json!({ "name": "Course", "list": "news", "start": { "kind": "call" },
                         "steps": broken("Never") });
    let id = app.api_post("/series", fields).await["id"].clone();
    let path = format!("/series/{id}");
    let start = || {
        app.api("POST", &format!("{path}/start"))
            .json(&json!({}))
            .send()
    };
    let change = |steps: Value| {
        let change = app.api("PATCH", &path).json(&json!({ "steps": steps }));
        change.send()
    };
    let refused = start().await.unwrap();
    assert!(refused.status().is_client_error(), "{}", refused.status());
    let changed = change(sound("First")).await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    let started = start().await.unwrap();
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    app.subscribe("a@example.kz", "news").await;
    let reader = json!({ "email": "a@example.kz" });
    app.api_post(&format!("{path}/readers"), reader).await;
    app.mail_about("a@example.kz", "First").await;
    app.mail_about("a@example.kz", "Second").await;

    let refused = change(broken("Never, too")).await.unwrap();
    assert!(refused.status().is_client_error(), "{}", refused.status());
    let changed = change(sound("Another first")).await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    app.subscribe("b@example.kz", "news").await;
    let reader = json!({ "email": "b@example.kz" });
    app.api_post(&format!("{path}/readers"), reader).await;
    app.mail_about("b@example.kz", "Another first").await;
    app.quiet().await;
    for email in ["a@example.kz", "b@example.kz"] {
        let mails = app.mails_now(email);
        let is_never = |subject: &str| subject.contains("Never") || subject.contains("Broken");
        assert!(mails.iter().all(|mail| !is_never(&mail.subject)), "{email}");
    }
}
