//! Events as drafts, with pictures, and translations that are behind.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

async fn html(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

async fn patch(app: &TestApp, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api("PATCH", path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

/// The form of an event, with these fields changed or added.
fn form<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("starts_on", "2099-03-21"),
        ("starts_at", "18:30"),
        ("ends_on", "2099-03-21"),
        ("ends_at", "20:00"),
        ("slug", "concert"),
        ("title-en", "A concert"),
    ];
    for (name, value) in changes {
        form.retain(|(other, _)| other != name);
        form.push((name, value));
    }
    form
}

#[apply(on_both_databases)]
async fn drafts_are_for_users_until_they_are_published(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let told = editor
        .submit("/admin/events", &form(&[("action", "save")]))
        .await;
    assert!(
        told.contains("Saved") && told.contains("badge--draft"),
        "{told}"
    );
    assert!(!told.contains("href=\"/events/concert\""), "{told}");
    let index = editor.page("/admin/events").await;
    assert!(
        index.contains("A concert") && index.contains("badge--draft"),
        "{index}"
    );
    let shown = async || {
        [
            html(&app, "/events/2099/3").await.contains("A concert"),
            html(&app, "/").await.contains("A concert"),
            html(&app, "/events.ics").await.contains("A concert"),
            html(&app, "/sitemap.xml").await.contains("/events/concert"),
            app.get("/events/concert").await.status() == 200,
            app.get("/events/concert.ics").await.status() == 200,
        ]
    };
    assert_eq!(shown().await, [false; 6]);
    assert_eq!(app.api_get("/events/concert").await["published"], false);

    let told = editor
        .submit("/admin/events/concert", &form(&[("action", "publish")]))
        .await;
    assert!(told.contains("Published"), "{told}");
    assert_eq!(shown().await, [true; 6]);
    // Saving keeps what it is.
    editor
        .submit("/admin/events/concert", &form(&[("action", "save")]))
        .await;
    assert_eq!(shown().await, [true; 6]);
    editor
        .submit("/admin/events/concert", &form(&[("action", "withdraw")]))
        .await;
    assert_eq!(shown().await, [false; 6]);
    let (status, changed) = patch(&app, "/events/concert", json!({ "published": true })).await;
    assert_eq!(
        (status, &changed["published"]),
        (StatusCode::OK, &json!(true))
    );
    assert_eq!(shown().await, [true; 6]);
}

#[apply(on_both_databases)]
async fn an_event_that_a_scheduled_campaign_mails_stays_published(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    editor
        .submit("/admin/events", &form(&[("action", "publish")]))
        .await;
    app.subscribe("a@x.example", "news").await;
    let digest =
        json!({ "subject": "Soon", "digest": { "events": ["concert"] }, "lists": ["news"] });
    let id = app.api_post("/campaigns", digest).await["id"].clone();
    let at = json!({ "at": "2099-01-01T09:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    let withdrawn = form(&[("action", "withdraw"), ("title-en", "Typed")]);
    let refused = editor
        .refused("/admin/events/concert", &withdrawn, 422)
        .await;
    assert!(
        refused.contains("is scheduled and mails it") && refused.contains("Typed"),
        "{refused}"
    );
    let (status, _) = patch(&app, "/events/concert", json!({ "published": false })).await;
    assert_eq!(status, StatusCode::CONFLICT);

    // Other changes are mailed, and are asked for.
    let changed = [("action", "save"), ("title-en", "Typed")];
    let asked = editor
        .refused("/admin/events/concert", &form(&changed), 200)
        .await;
    assert!(
        asked.contains("“Soon” starts on") && asked.contains("value=\"Typed\""),
        "{asked}"
    );
    assert_ne!(app.api_get("/events/concert").await["title"], "Typed");
    let [action, title] = changed;
    let confirmed = form(&[action, title, ("confirmed", "yes")]);
    editor.submit("/admin/events/concert", &confirmed).await;
    assert_eq!(app.api_get("/events/concert").await["title"], "Typed");
}

#[apply(on_both_databases)]
async fn an_event_has_a_picture(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    editor
        .upload("/admin/media", &[], "stage.png", &png(7))
        .await;
    editor
        .upload("/admin/media", &[], "notes.txt", b"notes")
        .await;
    for wrong in ["none.png", "notes.txt"] {
        let typed = form(&[("picture", wrong)]);
        let refused = editor.refused("/admin/events", &typed, 422).await;
        assert!(
            refused.contains("id=\"picture-error\"") && refused.contains(wrong),
            "{refused}"
        );
    }
    let typed = form(&[("picture", "/media/stage.png"), ("action", "publish")]);
    let page = editor.submit("/admin/events", &typed).await;
    assert!(page.contains("value=\"stage.png\""), "{page}");
    let public = html(&app, "/events/concert").await;
    assert!(public.contains("src=\"/media/stage.png\""), "{public}");
    assert_eq!(app.api_get("/events/concert").await["picture"], "stage.png");
    // In the trash it is not shown, and nothing else breaks; restored, it is back.
    let gone = app.api("DELETE", "/media/stage.png").send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    let public = html(&app, "/events/concert").await;
    assert!(
        public.contains("A concert") && !public.contains("stage.png"),
        "{public}"
    );
    let item = app.api_get("/trash").await["items"][0].clone();
    app.api_post(&format!("/trash/media/{}/restore", item["id"]), json!({}))
        .await;
    assert!(html(&app, "/events/concert").await.contains("stage.png"));
    let (_, changed) = patch(&app, "/events/concert", json!({ "picture": null })).await;
    assert_eq!(changed["picture"], Value::Null);
}

/// Whether a form says that a translation is behind.
fn is_behind(page: &str, language: &str) -> bool {
    page.contains(&format!("name=\"current_{language}\""))
}

#[apply(on_both_databases)]
async fn translations_of_an_event_that_are_behind_are_marked(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let first = editor.submit("/admin/events", &form(&[])).await;
    assert!(!is_behind(&first, "en"), "{first}");
    let path = "/admin/events/concert";
    let translated = [("title-ru", "Концерт")];
    let page = editor.submit(path, &form(&translated)).await;
    assert!(!is_behind(&page, "ru"), "{page}");
    let changed = [("title-ru", "Концерт"), ("title-en", "A new concert")];
    let page = editor.submit(path, &form(&changed)).await;
    assert!(is_behind(&page, "ru") && !is_behind(&page, "en"), "{page}");
    assert!(page.contains("source changed"), "{page}");
    // Saving the same text again changes nothing of that; a new one does.
    let page = editor.submit(path, &form(&changed)).await;
    assert!(is_behind(&page, "ru"), "{page}");
    let again = [("title-ru", "Новый концерт"), ("title-en", "A new concert")];
    let page = editor.submit(path, &form(&again)).await;
    assert!(!is_behind(&page, "ru"), "{page}");
}

#[apply(on_both_databases)]
async fn a_translation_of_a_post_is_marked_until_somebody_says_it_is_up_to_date(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.create_post("news", "News", "Text").await;
    let russian = json!({ "slug": "news", "title": "Новости", "body_markdown": "Текст",
        "language": "ru" });
    app.api_post("/posts", russian).await;
    let page = editor.page("/admin/posts/1").await;
    assert!(!is_behind(&page, "ru"), "{page}");
    let (status, _) = patch(
        &app,
        "/posts/news",
        json!({ "language": "en", "body_markdown": "A typo less" }),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let page = editor.page("/admin/posts/1").await;
    assert!(is_behind(&page, "ru") && !is_behind(&page, "en"), "{page}");
    let version = app.api_get("/posts/news").await["version"].to_string();
    let form = [
        ("title_en", "News"),
        ("summary_en", "What happened."),
        ("body_en", "A typo less"),
        ("title_ru", "Новости"),
        ("body_ru", "Текст"),
        ("category", "General"),
        ("author", "A"),
        ("slug", "news"),
        ("seen", version.as_str()),
        ("current_ru", "yes"),
        ("action", "save"),
    ];
    // Refused, it keeps the tick.
    let mut wrong = form.to_vec();
    wrong.retain(|(name, _)| *name != "category");
    let refused = editor.refused("/admin/posts/1", &wrong, 422).await;
    assert!(
        refused.contains("name=\"current_ru\" value=\"yes\" checked"),
        "{refused}"
    );
    let page = editor.submit("/admin/posts/1", &form).await;
    assert!(!is_behind(&page, "ru"), "{page}");
}
