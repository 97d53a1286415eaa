//! Pages about more people than are counted while somebody waits: they show at once what is known,
//! and the numbers when they are there.

use std::collections::BTreeSet;

use jarshy::campaign::{retention, tallying};
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// A few more people than are counted at once, all on the list of news. Each third reads Russian.
const PEOPLE: [&str; 2] = [
    "INSERT INTO subscribers (email, email_key, language, attributes, created_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20100)
     SELECT 'r' || i || '@d' || (i % 7) || '.example', 'r' || i || '@d' || (i % 7) || '.example',
            CASE WHEN i % 3 = 0 THEN 'ru' ELSE 'en' END, '{}', 0
     FROM n",
    "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
     SELECT m.id, l.id, 'confirmed', 0, 0 FROM subscribers m CROSS JOIN lists l
     WHERE l.slug = 'news'",
];

/// A campaign to all of them that was sent within 100 seconds; one in a hundred has bounced. So late
/// that nothing folds it.
const SENT: [&str; 2] = [
    "INSERT INTO campaigns (subject, layout, kind, is_public, state, started_at, finished_at,
                            is_frozen, frozen_at, frozen_up_to, frozen_count, claimed_up_to,
                            claimed_count, created_at, updated_at)
     SELECT 'To many', 'letter', 'markdown', FALSE, 'finished', 4000000000000, 4000000100000,
            TRUE, 4000000000000,
            MAX(id), COUNT(*), MAX(id), COUNT(*), 0, 0
     FROM subscribers",
    "INSERT INTO deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at)
     SELECT c.id, m.id, CASE WHEN m.id % 100 = 0 THEN 'bounced' ELSE 'sent' END, 0,
            4000000000000 + m.id % 100000
     FROM campaigns c CROSS JOIN subscribers m WHERE c.subject = 'To many' ORDER BY m.id",
];

async fn fill(app: &TestApp, statements: &[&'static str]) {
    for statement in statements {
        app.execute(statement).await;
    }
}

/// A campaign to all of them that has not started, and its page.
async fn draft_to_many(app: &TestApp) -> (i64, String) {
    fill(app, &PEOPLE).await;
    app.create_post("votes", "Votes", "The votes are in.").await;
    let id = app.create_campaign("votes", "To many", "news").await;
    (id, format!("/admin/campaigns/{id}"))
}

/// The part of a page from one text up to another.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from}: {page}"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[apply(on_both_databases)]
async fn a_draft_to_many_is_shown_before_its_readers_are_counted(app: TestApp) {
    let (_, path) = draft_to_many(&app).await;
    for role in [Role::Viewer, Role::Editor] {
        let user = AdminClient::sign_in(&app, &format!("{role}@embassy.example"), role).await;
        let page = user.page(&path).await;
        let readers = between(&page, "id=\"readers\"", "</section>");
        assert!(readers.contains("aria-live=\"polite\""), "{readers}");
        assert!(readers.contains("hx-trigger=\"load\""), "{readers}");
        // Without scripts it is a link.
        assert!(readers.contains(&format!("href=\"{path}?count=now#audience\"")));
        assert!(!page.contains("20,100"), "{page}");
        let counted = user.page(&format!("{path}?count=now")).await;
        let readers = between(&counted, "id=\"readers\"", "</section>");
        assert!(!readers.contains("hx-get"), "{readers}");
        assert!(
            readers.contains("13,400") && readers.contains("6,700"),
            "{readers}"
        );
        assert!(counted.contains("id=\"reached\">20,100<"), "{counted}");
    }
}

#[apply(on_both_databases)]
async fn a_start_to_many_is_asked_for_once_they_are_counted(app: TestApp) {
    let (id, path) = draft_to_many(&app).await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor.page(&path).await;
    let form = between(&page, &format!("action=\"{path}/start\""), "</form>");
    assert!(!form.contains("data-confirm"), "{form}");
    let start = format!("{path}/start");

    let asked = editor.post(&start, &[]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("vendor/htmx.min.js"), "{asked}");
    let question = between(&asked, "id=\"question\"", "</form>");
    assert!(question.contains("hx-trigger=\"load\""), "{question}");
    assert!(question.contains("Not counted yet"), "{question}");
    // Without scripts it is a button; nothing starts before the number is there.
    assert!(question.contains("name=\"count\" value=\"now\""));
    assert!(!question.contains("confirmed") && !question.contains("20,100"));

    let counted = editor.post(&start, &[("count", "now")]).await;
    let counted = counted.text().await.unwrap();
    let question = between(&counted, "id=\"question\"", "</form>");
    assert!(question.contains("20,100 subscribers"), "{question}");
    assert!(question.contains("name=\"confirmed\""), "{question}");
    assert!(!question.contains("hx-trigger"), "{question}");

    let started = editor.post(&start, &[("confirmed", "yes")]).await;
    assert_eq!(started.status(), StatusCode::SEE_OTHER);
    let state = app.api_get(&format!("/campaigns/{id}")).await["state"].clone();
    assert_ne!(state, "draft");
}

#[apply(on_both_databases)]
async fn a_suppressed_address_and_a_suppressed_domain_are_not_counted(app: TestApp) {
    fill(&app, &PEOPLE).await;
    // On two lists everybody counts once.
    app.create_list("club", "single").await;
    app.execute(
        "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
         SELECT m.id, l.id, 'confirmed', 0, 0 FROM subscribers m CROSS JOIN lists l
         WHERE l.slug = 'club' AND m.id % 2 = 0",
    )
    .await;
    app.execute(
        "INSERT INTO suppressions (email_key, reason, source, created_at)
         VALUES ('r1@d1.example', 'manual', 'admin', 0), ('@d0.example', 'manual', 'admin', 0)",
    )
    .await;
    app.create_post("votes", "Votes", "The votes are in.").await;
    let campaign = json!({ "subject": "To many", "post": "votes", "lists": ["news", "club"] });
    let id = app.api_post("/campaigns", campaign).await["id"].clone();
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let page = viewer
        .page(&format!("/admin/campaigns/{id}?count=now"))
        .await;
    let reached = 20_100 - 20_100 / 7 - 1;
    assert_eq!(reached, 17_228);
    assert!(page.contains("id=\"reached\">17,228<"), "{page}");
}

#[apply(on_both_databases)]
async fn a_segment_of_many_is_shown_before_it_is_counted(app: TestApp) {
    fill(&app, &PEOPLE).await;
    let id = app
        .segment("Russian", json!({ "about": "language", "value": "ru" }))
        .await;
    let path = format!("/admin/segments/{id}");
    for role in [Role::Viewer, Role::Editor] {
        let user = AdminClient::sign_in(&app, &format!("{role}@embassy.example"), role).await;
        let page = user.page(&path).await;
        let count = between(&page, "id=\"count\"", "</section>");
        assert!(count.contains("hx-trigger=\"load\""), "{count}");
        assert!(!count.contains("6,700"), "{count}");
        let counted = user.page(&format!("{path}?show=count")).await;
        let count = between(&counted, "id=\"count\"", "</section>");
        assert!(
            count.contains("6,700") && !count.contains("hx-trigger"),
            "{count}"
        );
    }
    let editor = AdminClient::sign_in(&app, "second@embassy.example", Role::Editor).await;
    let form = [
        ("name", "Russian"),
        ("match", "all"),
        ("test", "language"),
        ("key", ""),
        ("value", "en"),
    ];
    let drafted = editor
        .post(&format!("{path}/draft"), &form)
        .await
        .text()
        .await
        .unwrap();
    assert!(!between(&drafted, "id=\"count\"", "</section>").contains("13,400"));
    let asked = [&form[..], &[("show", "count")]].concat();
    let drafted = editor
        .post(&format!("{path}/draft"), &asked)
        .await
        .text()
        .await
        .unwrap();
    assert!(between(&drafted, "id=\"count\"", "</section>").contains("13,400"));
}

/// Counts what is due, and then nothing more until it is asked to.
async fn count(app: &TestApp) {
    app.execute("UPDATE campaign_tallies SET next_at = 0").await;
    while tallying::count_next(&app.cx).await.unwrap() {}
    app.execute("UPDATE campaign_tallies SET next_at = 9000000000000000")
        .await;
}

#[apply(on_both_databases)]
async fn the_report_of_a_large_campaign_shows_what_was_counted_last(app: TestApp) {
    fill(&app, &PEOPLE).await;
    fill(&app, &SENT).await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let id = app.api_get("/campaigns").await["items"][0]["id"].clone();
    let path = format!("/admin/campaigns/{id}/report");
    count(&app).await;
    let page = viewer.page(&path).await;
    assert!(page.contains("by domain: counted"), "{page}");
    assert!(!page.contains("has changed since"), "{page}");
    assert!(
        page.contains("<polyline") && page.contains("d6.example"),
        "{page}"
    );
    let sheet = viewer.page(&format!("{path}.csv")).await;
    assert!(sheet.contains("domain,d1.example,,2872,"), "{sheet}");

    // The totals are of now; the numbers beside them say that they are not.
    app.execute(
        "UPDATE deliveries SET state = 'complained'
         WHERE subscriber_id = (SELECT MIN(id) FROM subscribers WHERE id % 100 = 1)",
    )
    .await;
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["counts"]["complained"],
        1
    );
    assert!(viewer.page(&path).await.contains("has changed since"));
    count(&app).await;
    assert!(!viewer.page(&path).await.contains("has changed since"));

    // Once who got it is forgotten, its course is still known.
    app.raw(
        "UPDATE campaigns SET finished_at = 1 WHERE subject = $1",
        "To many",
    )
    .await;
    while app.api_get(&format!("/campaigns/{id}")).await["folded_at"].is_null() {
        retention::fold_due(&app.cx).await.unwrap();
    }
    count(&app).await;
    let page = viewer.page(&path).await;
    assert!(page.contains("Only the numbers are kept"), "{page}");
    assert!(
        page.contains("<polyline") && page.contains("d6.example"),
        "{page}"
    );
}

#[apply(on_both_databases)]
async fn a_large_campaign_of_before_is_counted_by_itself(app: TestApp) {
    fill(&app, &PEOPLE).await;
    fill(&app, &SENT).await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let id = app.api_get("/campaigns").await["items"][0]["id"].clone();
    let path = format!("/admin/campaigns/{id}/report");
    app.until("it is counted", async || {
        viewer.page(&path).await.contains("d6.example")
    })
    .await;
}

#[apply(on_both_databases)]
async fn every_delivery_is_on_one_page_of_the_list(app: TestApp) {
    let emails = [
        "a@x.example",
        "b@x.example",
        "c@x.example",
        "d@x.example",
        "e@x.example",
    ];
    let id = app.send_to(&emails).await;
    app.campaign_in_state(id, "finished").await;
    let gone = app.api_get("/subscribers?q=b@x.example").await["items"][0]["id"].clone();
    let erased = app
        .api("DELETE", &format!("/subscribers/{gone}"))
        .send()
        .await;
    assert!(erased.unwrap().status().is_success());
    for (state, expected) in [
        ("", 5),
        ("&state=sent", 5),
        ("&state=queued", 0),
        ("&state=bounced", 0),
    ] {
        let mut seen = BTreeSet::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/campaigns/{id}/deliveries?limit=2{state}{cursor}");
            let page = app.api_get(&path).await;
            for item in page["items"].as_array().unwrap() {
                assert!(seen.insert(item["id"].as_i64().unwrap()), "{path}: {page}");
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), expected, "{state}");
    }
}
