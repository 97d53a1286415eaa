//! The site's looks, events that come again, the join form's questions, and the
//! dashboard.

use std::time::Duration;

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const SITE: [(&str, &str); 2] = [("name-en", "Embassy"), ("tagline-en", "In Riga")];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().chain(more).copied().collect()
}

#[apply(on_both_databases)]
async fn site_colour_menu_and_footer(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    assert_eq!(app.get("/theme.css").await.status(), StatusCode::NOT_FOUND);
    for (field, value, fault) in [
        ("accent", "#ffcc00", "too pale"),
        ("accent", "red", "ust be like"),
        ("logo", "none.png", "one of the pictures"),
        ("link-0", "javascript:alert(1)", "nter the text of the link"),
        ("foot-en", "two\nlines", "single line"),
    ] {
        let page = editor
            .refused("/admin/site", &with(&SITE, &[(field, value)]), 422)
            .await;
        assert!(page.contains(fault), "{value}: {page}");
    }
    let bad = with(
        &SITE,
        &[("link-0", "javascript:alert(1)"), ("link-0-en", "Bad")],
    );
    assert!(
        editor
            .refused("/admin/site", &bad, 422)
            .await
            .contains("ive a path")
    );
    let good = with(
        &SITE,
        &[
            ("accent", "#8a1538"),
            ("link-0", "/posts/about"),
            ("link-0-en", "About us"),
            ("link-0-ru", "О нас"),
            ("foot-en", "Freedom street 1"),
        ],
    );
    let page = editor.submit("/admin/site", &good).await;
    assert!(
        page.contains("#8a1538")
            && page.contains("Contrast")
            && page.contains("value=\"About us\"")
            && !page.contains("value=\"English\""),
        "{page}"
    );
    let home = app.get("/en").await.text().await.unwrap();
    for words in [
        "/theme.css?8a1538",
        "<a href=\"/posts/about\">About us</a>",
        "Freedom street 1",
    ] {
        assert!(home.contains(words), "{words}: {home}");
    }
    assert!(app.get("/ru").await.text().await.unwrap().contains("О нас"));
    let sheet = app.get("/theme.css?8a1538").await;
    assert_eq!(sheet.headers()["content-type"], "text/css; charset=utf-8");
    assert!(sheet.text().await.unwrap().contains("--sky-text:#8a1538"));
}

#[apply(on_both_databases)]
async fn a_recurring_event_on_month_page_and_feed(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let form = [
        ("title-en", "Kazakh course"),
        ("starts_on", "2026-01-05"),
        ("starts_at", "18:30"),
        ("ends_on", "2026-01-05"),
        ("ends_at", "20:00"),
        ("slug", "course"),
        ("repeats", "weekly"),
        ("repeat_every", "2"),
        ("repeat_until", "2026-02-20"),
        ("action", "publish"),
    ];
    for (field, value, fault) in [
        ("repeat_every", "0", "number from 1"),
        ("repeat_until", "2025-01-01", "after the first"),
        ("repeats", "hourly", "none of"),
    ] {
        let mut wrong = form.to_vec();
        wrong.retain(|(name, _)| *name != field);
        wrong.push((field, value));
        let page = editor.refused("/admin/events", &wrong, 422).await;
        assert!(page.contains(fault), "{field}={value}: {page}");
    }
    editor.submit("/admin/events", &form).await;
    let page = editor.page("/admin/events/course").await;
    assert!(page.contains("value=\"weekly\" selected") && page.contains("2026-02-20"));
    for (month, times) in [("01", 2), ("02", 2), ("03", 0)] {
        let page = app
            .get(&format!("/en/events/2026/{month}"))
            .await
            .text()
            .await
            .unwrap();
        assert_eq!(
            page.matches("/events/course\"").count(),
            times,
            "{month}: {page}"
        );
    }
    let event = app.get("/en/events/course").await.text().await.unwrap();
    assert!(
        event.contains("every 2 weeks, until 20 February 2026")
            && event.contains("This event is over"),
        "{event}"
    );

    let now = app.cx.clock.now();
    let started = now.before(Duration::from_secs(3 * 86_400)).rfc3339();
    let ends = now
        .before(Duration::from_secs(3 * 86_400 - 3_600))
        .rfc3339();
    app.api_post(
        "/events",
        json!({ "slug": "daily", "title": "Daily tea", "language": "en", "repeats": "daily",
        "starts_at": started, "ends_at": ends }),
    )
    .await;
    let feed = app.get("/events.ics").await.text().await.unwrap();
    assert!(
        feed.matches("SUMMARY:Daily tea").count() > 300,
        "{}",
        feed.len()
    );
    let mut uids: Vec<&str> = feed
        .lines()
        .filter(|line| line.starts_with("UID:daily-"))
        .collect();
    let all = uids.len();
    uids.dedup();
    assert_eq!(uids.len(), all, "each time is an event of its own");
    let home = app.get("/en").await.text().await.unwrap();
    assert_eq!(
        home.matches("Daily tea").count(),
        1,
        "announced at its next time alone"
    );
}

#[apply(on_both_databases)]
async fn additional_questions_of_the_join_form(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let city = [
        ("key", "city"),
        ("kind", "choice"),
        ("label-en", "Your city"),
        ("label-ru", "Ваш город"),
        ("choices-en", "Almaty\r\nAstana"),
        ("choices-ru", "Алматы\r\nАстана"),
        ("is_required", "yes"),
    ];
    let odd = with(&city[..5], &[("choices-ru", "Алматы")]);
    assert!(
        editor
            .refused("/admin/join-form", &odd, 422)
            .await
            .contains("as many choices")
    );
    assert!(
        editor
            .submit("/admin/join-form", &city)
            .await
            .contains("Your city")
    );
    assert!(
        editor
            .refused("/admin/join-form", &city, 422)
            .await
            .contains("nother question")
    );
    editor
        .submit(
            "/admin/join-form",
            &[
                ("key", "press"),
                ("kind", "tick"),
                ("label-en", "I am a journalist"),
            ],
        )
        .await;
    let edit = editor.page("/admin/join-form/city").await;
    assert!(
        edit.contains("value=\"Your city\"")
            && edit.contains("Almaty\nAstana")
            && !edit.contains("value=\"Question\""),
        "{edit}"
    );
    let russian = app.get("/ru/join").await.text().await.unwrap();
    assert!(
        russian.contains("Ваш город") && russian.contains("<option value=\"Astana\">Астана"),
        "{russian}"
    );

    let form = [
        ("email", "a@example.kz"),
        ("lists", "news"),
        ("language", "en"),
        ("asking", "questions"),
        ("field-press", "yes"),
    ];
    let unanswered = app.post("/en/join", &form).await;
    assert_eq!(unanswered.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        unanswered
            .text()
            .await
            .unwrap()
            .contains("Please answer this.")
    );
    let strange = app
        .post("/en/join", &with(&form, &[("field-city", "Moscow")]))
        .await;
    assert!(
        strange
            .text()
            .await
            .unwrap()
            .contains("choose one of these")
    );
    let answered = app
        .post("/en/join", &with(&form, &[("field-city", "Astana")]))
        .await;
    assert_eq!(answered.status(), StatusCode::SEE_OTHER);
    let attributes = |app_answer: serde_json::Value| app_answer["items"][0]["attributes"].clone();
    let known = attributes(app.api_get("/subscribers?q=a@example.kz").await);
    assert_eq!(known, json!({ "city": "Astana", "press": true }));

    // A stranger's form changes nothing of somebody who is known.
    app.post("/en/join", &with(&form, &[("field-city", "Almaty")]))
        .await;
    assert_eq!(
        attributes(app.api_get("/subscribers?q=a@example.kz").await),
        known
    );
    // Their own link does.
    app.post(&app.mail_to("a@example.kz").await.link("/confirm/"), &[])
        .await;
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let token = app
        .cx
        .keys
        .sign(&jarshy::token::Token::Preferences { subscriber: id });
    let preferences = format!("/preferences/{token}");
    assert!(
        app.get(&preferences)
            .await
            .text()
            .await
            .unwrap()
            .contains("value=\"Astana\" selected")
    );
    let mine = [
        ("lists", "news"),
        ("asking", "questions"),
        ("field-city", "Almaty"),
    ];
    assert_eq!(
        app.post(&preferences, &mine).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        attributes(app.api_get("/subscribers?q=a@example.kz").await),
        json!({ "city": "Almaty", "press": false })
    );
    // The short form beside other pages asks for the address alone.
    assert_eq!(
        app.post("/en/join", &[("email", "b@example.kz")])
            .await
            .status(),
        StatusCode::SEE_OTHER
    );

    editor
        .submit("/admin/join-form/press/delete", &[("confirmed", "yes")])
        .await;
    assert!(
        !app.get("/en/join")
            .await
            .text()
            .await
            .unwrap()
            .contains("journalist")
    );
}

#[apply(on_both_databases)]
async fn the_dashboard_shows_growth_and_rates(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let id = app
        .send_to(&["a@example.kz", "b@example.kz", "c@example.kz"])
        .await;
    app.campaign_in_state(id, "finished").await;
    let leave = app.mail_to("a@example.kz").await.link("/unsubscribe/");
    app.post(&leave, &[]).await;
    let page = editor.page("/admin").await;
    for words in [
        "news <strong class=\"number\">2<",
        "<polyline",
        "<dt>Sent</dt><dd>3</dd>",
        "Spam complaints",
        "Queued",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let growth = app.api_get("/growth").await;
    assert_eq!((&growth["joined"], &growth["left"]), (&json!(3), &json!(1)));
}
