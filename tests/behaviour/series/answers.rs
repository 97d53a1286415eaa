//! What counts as an answer to a series that asks whether somebody wants to stay.

use rstest_reuse::apply;
use serde_json::json;

use super::DAY;
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn whatever_readers_do_on_their_preference_page_is_an_answer(app: TestApp) {
    let made = json!({ "name": "Still?", "list": "news", "ready_made": "still-interested" });
    let id = app.series_with(made).await;
    let begin = async |name: &str| {
        let email = format!("{name}@example.kz");
        app.subscribe(&email, "news").await;
        let tagged = json!({ "email": &email, "language": "en", "lists": ["news"],
                             "status": "confirmed", "tags": ["inactive"] });
        app.api_post("/subscribers", tagged).await;
        let mail = app.mail_about(&email, "Still interested?").await;
        mail.link("/preferences/")
    };
    for (name, path, form) in [
        ("pauses", "pause", &[("span", "2w"), ("until", "")][..]),
        ("resumes", "resume", &[]),
        ("withdraws", "engagement", &[("seen", "no")]),
    ] {
        let page = begin(name).await;
        app.submit(&format!("{page}/{path}"), form).await;
    }
    // Typed wrongly, it is no answer.
    let page = begin("fails").await;
    app.post(&format!("{page}/pause"), &[("span", "ever")])
        .await;
    let page = begin("moves").await;
    let own = app.my_data(&page);
    let address = [("email", "elsewhere@example.kz")];
    app.submit(&format!("{own}/address"), &address).await;
    begin("silent").await;
    // What an admin does for them is none either.
    let page = begin("is-paused").await;
    assert!(!page.is_empty());
    let subscriber = app.subscriber("is-paused@example.kz").await["id"].clone();
    let until = app.cx.clock.now().after(60 * DAY).rfc3339();
    let paused = app
        .api("PATCH", &format!("/subscribers/{subscriber}"))
        .json(&json!({ "paused_until": until }));
    assert!(paused.send().await.unwrap().status().is_success());

    let state = async |name: &str| app.reader_state(id, &format!("{name}@example.kz")).await;
    for name in ["pauses", "resumes", "withdraws", "moves"] {
        assert_eq!(state(name).await.as_deref(), Some("goal"), "{name}");
    }
    for name in ["fails", "silent", "is-paused"] {
        assert_eq!(state(name).await.as_deref(), Some("inside"), "{name}");
    }
    app.steps_after(31 * DAY).await;
    let subscription = async |name: &str| {
        app.subscription(&format!("{name}@example.kz"), "news")
            .await
    };
    for name in ["pauses", "resumes", "withdraws", "moves"] {
        let state = subscription(name).await;
        assert_eq!(state.as_deref(), Some("confirmed"), "{name}");
    }
    let state = subscription("silent").await;
    assert_eq!(state.as_deref(), Some("unsubscribed"));
}
