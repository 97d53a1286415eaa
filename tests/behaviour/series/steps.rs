//! What steps do besides sending, and how a series is tried.

use jarshy::model::user::Role;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, HOUR, days, email};
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_condition_has_two_branches(app: TestApp) {
    let segment = app.segment_of_kazakh_readers().await;
    let steps = vec![
        json!({ "kind": "condition", "segment": segment, "skip": 2 }),
        email("Ours"),
        json!({ "kind": "skip", "steps": 1 }),
        email("Theirs"),
        email("Everybody"),
    ];
    let id = app
        .series("Branches", json!({ "kind": "call" }), steps)
        .await;
    app.subscribe("en@example.kz", "news").await;
    let kazakh = json!({ "email": "kk@example.kz", "language": "kk", "lists": ["news"],
                         "status": "confirmed" });
    app.api_post("/subscribers", kazakh).await;
    for email in ["en@example.kz", "kk@example.kz"] {
        app.enter(id, email).await;
        app.email_to(email, "Everybody").await;
    }
    app.quiet().await;
    let mut got = app.emails_to("kk@example.kz");
    got.sort();
    assert_eq!(got, ["Everybody", "Ours"]);
    let mut got = app.emails_to("en@example.kz");
    got.sort();
    assert_eq!(got, ["Everybody", "Theirs"]);
}

#[apply(on_both_databases)]
async fn steps_change_a_subscriber_and_say_so(app: TestApp) {
    app.create_list("open", "single").await;
    app.create_list("asked", "double").await;
    app.create_list("left", "single").await;
    let add = |list: &str| json!({ "kind": "add_to_list", "list": list });
    let steps = vec![
        json!({ "kind": "set_attribute", "attribute": "plan", "value": "gold" }),
        add("open"),
        add("asked"),
        add("left"),
        json!({ "kind": "weekly_digest" }),
        json!({ "kind": "pause_mail", "days": 30 }),
        json!({ "kind": "webhook", "message": "They are through" }),
    ];
    let id = app
        .series("Changes", json!({ "kind": "call" }), steps)
        .await;
    app.subscribe("a@example.kz", "news").await;
    app.subscribe("a@example.kz", "left").await;
    let subscriber = app.subscriber("a@example.kz").await["id"].clone();
    let gone = json!({ "subscriber": subscriber, "list": "left", "state": "unsubscribed" });
    app.api_post("/subscriptions", gone).await;
    app.enter(id, "a@example.kz").await;
    app.reader_is(id, "a@example.kz", "finished").await;
    let shown = app.subscriber("a@example.kz").await;
    assert_eq!(shown["attributes"]["plan"], "gold", "{shown}");
    assert_eq!(shown["frequency"], "weekly", "{shown}");
    assert!(!shown["paused_until"].is_null(), "{shown}");
    let state = async |list: &str| app.subscription("a@example.kz", list).await;
    assert_eq!(state("open").await.as_deref(), Some("confirmed"));
    assert_eq!(state("asked").await.as_deref(), Some("pending"));
    assert_eq!(state("left").await.as_deref(), Some("unsubscribed"));
    app.mail_to("a@example.kz").await.link("/confirm/");
    let cookie = app.sign_in("owner2@embassy.example", Role::Owner).await;
    let page = app
        .admin_page(&cookie, &format!("/admin/subscribers/{subscriber}"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("series “Changes”, step 2"), "{page}");
}

#[apply(on_both_databases)]
async fn who_answers_stays_and_who_does_not_is_unsubscribed(app: TestApp) {
    let made = json!({ "name": "Still?", "list": "news", "ready_made": "still-interested" });
    let id = app.series_with(made).await;
    for email in ["stays@example.kz", "silent@example.kz"] {
        app.join_and_confirm(email).await;
        let tagged = json!({ "email": email, "language": "en", "lists": ["news"],
                             "status": "confirmed", "tags": ["inactive"] });
        app.api_post("/subscribers", tagged).await;
        app.mail_about(email, "Still interested?").await;
    }
    let mail = app
        .mail_about("stays@example.kz", "Still interested?")
        .await;
    let preferences = mail.link("/preferences/");
    let page = app.get(&preferences).await.text().await.unwrap();
    assert!(page.contains("news"), "{page}");
    // A scanner that follows the link answers nothing.
    assert_eq!(
        app.reader_state(id, "stays@example.kz").await.as_deref(),
        Some("inside")
    );
    let saved = [
        ("name", "Aigul"),
        ("language", "en"),
        ("lists", "news"),
        ("frequency", "each"),
    ];
    app.submit(&preferences, &saved).await;
    app.reader_is(id, "stays@example.kz", "goal").await;
    app.steps_after(31 * DAY).await;
    app.reader_is(id, "silent@example.kz", "finished").await;
    let state = async |email: &str| app.subscription(email, "news").await;
    assert_eq!(
        state("silent@example.kz").await.as_deref(),
        Some("unsubscribed")
    );
    assert_eq!(
        state("stays@example.kz").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn a_wait_ends_at_the_readers_own_hour(app: TestApp) {
    let steps = vec![
        json!({ "kind": "wait_until", "weekday": 1, "hour": 9 }),
        email("Monday"),
    ];
    let id = app.series("Hour", json!({ "kind": "call" }), steps).await;
    for (email, zone) in [
        ("ny@example.kz", "America/New_York"),
        ("almaty@example.kz", "Asia/Almaty"),
    ] {
        let reader = json!({ "email": email, "language": "en", "lists": ["news"],
                             "status": "confirmed", "attributes": { "time_zone": zone } });
        app.api_post("/subscribers", reader).await;
        app.enter(id, email).await;
    }
    app.until("both waiting", async || {
        let readers = app.series_readers(id).await;
        readers.iter().all(|one| one["position"] == 2)
    })
    .await;
    let due: Vec<String> = app
        .series_readers(id)
        .await
        .iter()
        .map(|one| one["due_at"].as_str().unwrap()[11..16].to_owned())
        .collect();
    assert!(due[0] == "14:00" || due[0] == "13:00", "{due:?}");
    assert_eq!(due[1], "04:00");
}

#[apply(on_both_databases)]
async fn a_walk_sends_all_emails_at_once_with_their_times(app: TestApp) {
    let made = json!({ "name": "Course", "list": "news", "ready_made": "welcome-digest" });
    let made = app.api_post("/series", made).await;
    let path = format!("/series/{}", made["id"]);
    let to = json!({ "emails": ["me@embassy.example"] });
    let sent = app.api("POST", &format!("{path}/walk")).json(&to).send();
    assert_eq!(sent.await.unwrap().status(), 204);
    let mails = app.mails_to("me@embassy.example", 3).await;
    let mut subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    subjects.sort_unstable();
    let now = app.cx.clock.now();
    for (subject, weeks) in subjects.iter().zip(0..) {
        let day = now.after(weeks * 7 * DAY).rfc3339()[..10].to_owned();
        let next = now.after(weeks * 7 * DAY + HOUR * 14).rfc3339()[..10].to_owned();
        assert!(subject.starts_with("[Test] "), "{subjects:?}");
        // The site's day may be the next one already.
        assert!(
            subject.contains(&day) || subject.contains(&next),
            "{subjects:?} {day}"
        );
    }
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = format!("/admin/series/{}/rehearsal", made["id"]);
    let page = app.admin_page(&cookie, &page).await.text().await.unwrap();
    assert!(page.contains("From now on a weekly digest"), "{page}");
    let rehearsed: Value = app.api_get(&format!("{path}/rehearsal")).await;
    assert_eq!(rehearsed["readers"], 0);
}

#[apply(on_both_databases)]
async fn steps_that_would_lose_an_email_are_refused(app: TestApp) {
    let with = |steps: Value| json!({ "name": "Wrong", "list": "news", "start": { "kind": "call" }, "steps": steps });
    let refused = async |steps: Value| {
        let sent = app.api("POST", "/series").json(&with(steps)).send().await;
        sent.unwrap().text().await.unwrap()
    };
    let answer = refused(json!([email("Bye"), { "kind": "leave_list" }])).await;
    assert!(answer.contains("step 2: wait before this step"), "{answer}");
    let answer = refused(json!([{ "kind": "add_to_list", "list": "none" }])).await;
    assert!(answer.contains("there is no list"), "{answer}");
    let answer = refused(json!([days(1), { "kind": "skip", "steps": 1 }])).await;
    assert!(answer.contains("step 2"), "{answer}");
}

#[apply(on_both_databases)]
async fn a_user_is_told_of_a_day_without_being_flooded_and_readers_see_their_steps(app: TestApp) {
    let cookie = app.sign_in("told@embassy.example", Role::Editor).await;
    let tell = json!({ "kind": "notify", "user": "told@embassy.example", "message": "Call them" });
    let id = app
        .series("Told", json!({ "kind": "call" }), vec![tell])
        .await;
    for number in 0..25 {
        let reader = format!("r{number}@example.kz");
        app.subscribe(&reader, "news").await;
        app.enter(id, &reader).await;
        app.reader_is(id, &reader, "finished").await;
    }
    app.quiet().await;
    let page = app.admin_page(&cookie, "/admin/notifications").await;
    let page = page.text().await.unwrap();
    assert_eq!(page.matches("Call them").count(), 21, "{page}");
    assert!(
        page.contains("Many more readers have come to this step today"),
        "{page}"
    );
    assert_eq!(app.mails_now("told@embassy.example").len(), 21);
    let reader = app.subscriber("r24@example.kz").await["id"].clone();
    let path = format!("/subscribers/{reader}/personal-data");
    let own = &app.api_get(&path).await["series"];
    assert_eq!(own[0]["series"], "Told", "{own}");
    assert_eq!(own[0]["state"], "finished", "{own}");
    assert_eq!(own[0]["steps"][0]["outcome"], "notified", "{own}");
}
