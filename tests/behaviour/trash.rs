//! The trash: what is deleted is nowhere, can be restored for 30 days, and is then gone.

use jarshy::clock::Timestamp;
use jarshy::content::imported_post::{self, ImportedPost};
use jarshy::content::trash;
use jarshy::model::audit::Actor;
use jarshy::model::post_import::PostSystem;
use jarshy::model::user::Role;
use jarshy::text::line::Title;
use jarshy::text::locale::Language;
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

async fn html(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

async fn status(app: &TestApp, path: &str) -> u16 {
    app.get(path).await.status().as_u16()
}

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn delete(app: &TestApp, path: &str) {
    let (status, problem) = call(app, "DELETE", path, json!({})).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{path}: {problem}");
}

/// What is in the trash: kind, id and name.
async fn trashed(app: &TestApp) -> Vec<(String, i64, String)> {
    let page = app.api_get("/trash").await;
    let items = page["items"].as_array().unwrap().iter();
    let item = |item: &Value| {
        let text = |name: &str| item[name].as_str().unwrap().to_owned();
        (text("kind"), item["id"].as_i64().unwrap(), text("name"))
    };
    items.map(item).collect()
}

async fn only_trashed(app: &TestApp) -> (String, i64) {
    let [(kind, id, _)] = &trashed(app).await[..] else {
        panic!("{:?}", trashed(app).await);
    };
    (kind.clone(), *id)
}

async fn create_event(app: &TestApp, slug: &str, title: &str) {
    let event = json!({ "slug": slug, "starts_at": "2099-03-21T10:00:00Z",
        "ends_at": "2099-03-21T12:00:00Z", "title": title });
    app.api_post("/events", event).await;
}

/// The places of the site and the API that show posts, and whether they show this one.
async fn shown_posts(app: &TestApp, title: &str) -> Vec<bool> {
    let mut shown = Vec::new();
    for path in [
        "/",
        "/posts",
        "/feed.atom",
        "/feed.json",
        "/posts/category/general",
    ] {
        shown.push(html(app, path).await.contains(title));
    }
    shown.push(html(app, "/sitemap.xml").await.contains("/posts/kobyz<"));
    shown.push(app.api_get("/posts").await.to_string().contains(title));
    shown
}

#[apply(on_both_databases)]
async fn a_deleted_post_is_nowhere_until_it_is_restored(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.create_post("kobyz", "The kobyz comes back", "See it.")
        .await;
    app.subscribe("a@x.example", "news").await;
    let campaign = app.create_campaign("kobyz", "Kobyz", "news").await;
    app.execute("INSERT INTO former_paths (path, post_id) SELECT '/old-kobyz', id FROM posts")
        .await;
    assert_eq!(shown_posts(&app, "The kobyz").await, [true; 7]);
    let list = editor.page("/admin/posts").await;
    let (_, rest) = list.split_once("/admin/posts/").unwrap_or_default();
    assert!(rest.contains("The kobyz"), "{list}");
    let id: i64 = {
        let mut ids = list
            .match_indices("href=\"/admin/posts/")
            .filter_map(|(at, text)| {
                let rest = &list[at + text.len()..];
                rest.split('"').next()?.parse().ok()
            });
        ids.next().unwrap()
    };

    let asked = editor
        .refused(&format!("/admin/posts/{id}/delete"), &[], 200)
        .await;
    assert!(asked.contains("restore it for 30 days"), "{asked}");
    let told = editor
        .submit(
            &format!("/admin/posts/{id}/delete"),
            &[("confirmed", "yes")],
        )
        .await;
    let undo = format!("/admin/trash/post/{id}/restore");
    assert!(
        told.contains("Moved to the trash") && told.contains(&format!("action=\"{undo}\"")),
        "{told}"
    );
    assert!(!told.contains(&format!("/admin/posts/{id}\"")), "{told}");
    assert_eq!(shown_posts(&app, "The kobyz").await, [false; 7]);
    for path in ["/posts/kobyz", "/en/posts/kobyz", "/old-kobyz"] {
        assert_eq!(status(&app, path).await, 404, "{path}");
    }
    for path in ["", "/history"] {
        let path = format!("/admin/posts/{id}{path}");
        assert_eq!(editor.get(&path).await.status(), 404, "{path}");
    }
    assert_eq!(
        call(&app, "GET", "/posts/kobyz", json!({})).await.0,
        StatusCode::NOT_FOUND
    );
    let start = format!("/campaigns/{campaign}/start");
    let (refused, problem) = call(&app, "POST", &start, json!({})).await;
    assert!(refused.is_client_error(), "{problem}");

    let page = editor.page("/admin/trash").await;
    assert!(
        page.contains("The kobyz comes back") && page.contains("Delete for good now"),
        "{page}"
    );
    let back = editor.submit(&undo, &[]).await;
    assert!(
        back.contains("Restored") && back.contains("It is on the site again"),
        "{back}"
    );
    assert_eq!(shown_posts(&app, "The kobyz").await, [true; 7]);
    assert_eq!(status(&app, "/posts/kobyz").await, 200);
    let old = app.get("/old-kobyz").await;
    assert!(old.status().is_redirection() || old.status().is_success());
    app.api_post(&start, json!({})).await;
    app.campaign_in_state(campaign, "finished").await;
    let gone = editor.post(&undo, &[]).await;
    assert_eq!(gone.status(), 404, "it is in the trash no more");
}

#[apply(on_both_databases)]
async fn names_are_free_and_what_is_restored_is_numbered(app: TestApp) {
    for body in ["First", "Second"] {
        app.create_post("news", body, body).await;
        delete(&app, "/posts/news").await;
    }
    create_event(&app, "lesson", "Lesson").await;
    delete(&app, "/events/lesson").await;
    app.create_post("news", "Third", "Third").await;
    create_event(&app, "lesson", "Another").await;
    let nobody = AdminClient::nobody(&app);
    for content in [png(7), png(8)] {
        let request = nobody.upload_request("/api/v1/media", &[], "gate.png", &content);
        let made = request.bearer_auth(app.token()).send().await.unwrap();
        assert_eq!(made.status(), 201);
        let body: Value = made.json().await.unwrap();
        assert_eq!(body["file_name"], "gate.png");
        if content == png(7) {
            delete(&app, "/media/gate.png").await;
            assert_eq!(status(&app, "/media/gate.png").await, 404);
        }
    }
    let mut names = Vec::new();
    for (kind, id, _) in trashed(&app).await {
        let path = format!("/trash/{kind}/{id}/restore");
        let restored = app.api_post(&path, json!({})).await;
        names.push(restored["name"].as_str().unwrap().to_owned());
    }
    names.sort();
    assert_eq!(names, ["gate-2.png", "lesson-2", "news-2", "news-3"]);
    assert!(trashed(&app).await.is_empty());
    assert!(html(&app, "/posts/news").await.contains("Third"));
    assert_eq!(status(&app, "/posts/news-3").await, 200);
    assert_eq!(status(&app, "/events/lesson-2").await, 200);
    assert_eq!(
        app.get("/media/gate-2.png").await.bytes().await.unwrap(),
        png(7)
    );
    assert_eq!(
        app.get("/media/gate.png").await.bytes().await.unwrap(),
        png(8)
    );
}

#[apply(on_both_databases)]
async fn a_deleted_event_leaves_calendars_and_digests(app: TestApp) {
    create_event(&app, "nauryz", "Nauryz at the park").await;
    let month = "/events/2099/3";
    let shown = async || {
        [
            html(&app, month).await.contains("Nauryz"),
            html(&app, "/").await.contains("Nauryz"),
            html(&app, "/events.ics").await.contains("Nauryz"),
            html(&app, "/sitemap.xml").await.contains("/events/nauryz"),
            app.api_get("/events").await.to_string().contains("Nauryz"),
        ]
    };
    assert_eq!(shown().await, [true; 5]);
    delete(&app, "/events/nauryz").await;
    assert_eq!(shown().await, [false; 5]);
    for path in ["/events/nauryz", "/events/nauryz.ics"] {
        assert_eq!(status(&app, path).await, 404, "{path}");
    }
    let digest = json!({ "subject": "D", "digest": { "events": ["nauryz"] },
        "lists": ["news"] });
    let (refused, problem) = call(&app, "POST", "/campaigns", digest).await;
    assert!(refused.is_client_error(), "{problem}");
    let (kind, id) = only_trashed(&app).await;
    app.api_post(&format!("/trash/{kind}/{id}/restore"), json!({}))
        .await;
    assert_eq!(shown().await, [true; 5]);
}

#[apply(on_both_databases)]
async fn layouts_come_back_and_only_owners_restore_those_with_sign_in_links(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    editor
        .submit("/admin/layouts", &[("name", "spring"), ("from", "digest")])
        .await;
    let told = editor
        .submit("/admin/layouts/spring/restore", &[("confirmed", "yes")])
        .await;
    assert!(told.contains("Moved to the trash"), "{told}");
    assert_eq!(editor.get("/admin/layouts/spring").await.status(), 404);
    let (_, id) = only_trashed(&app).await;
    let back = editor
        .submit(&format!("/admin/trash/layout/{id}/restore"), &[])
        .await;
    assert!(back.contains("spring"), "{back}");

    // A shipped layout: the admin's changes go to the trash.
    let letter = app.api_get("/layouts/letter").await["mjml"]
        .as_str()
        .unwrap()
        .replace("</mjml>", "<!-- ours --></mjml>");
    let (saved, problem) = call(&app, "PUT", "/layouts/letter", json!({ "mjml": letter })).await;
    assert_eq!(saved, StatusCode::OK, "{problem}");
    delete(&app, "/layouts/letter").await;
    let ours = async || app.api_get("/layouts/letter").await["mjml"].to_string();
    assert!(!ours().await.contains("<!-- ours -->"));
    let (_, id) = only_trashed(&app).await;
    let path = format!("/admin/trash/layout/{id}");
    for action in ["restore", "delete"] {
        let refused = editor
            .post(&format!("{path}/{action}"), &[("confirmed", "yes")])
            .await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{action}");
    }
    assert!(
        !editor
            .page("/admin/trash")
            .await
            .contains(&format!("{path}/restore"))
    );
    owner.submit(&format!("{path}/restore"), &[]).await;
    assert!(ours().await.contains("<!-- ours -->"));
}

#[apply(on_both_databases)]
async fn what_is_in_the_trash_for_30_days_is_gone(app: TestApp) {
    app.create_post("old", "Old", "Old").await;
    app.create_post("new", "New", "New").await;
    create_event(&app, "old", "Old").await;
    for path in ["/posts/old", "/posts/new", "/events/old"] {
        delete(&app, path).await;
    }
    app.execute(
        "UPDATE posts SET deleted_at = deleted_at - 30 * CAST(86400000 AS BIGINT) - 60000
         WHERE slug = 'old'",
    )
    .await;
    app.execute(
        "UPDATE posts SET deleted_at = deleted_at - 30 * CAST(86400000 AS BIGINT) + 600000
         WHERE slug = 'new'",
    )
    .await;
    let expired = trash::expire(&app.cx).await.unwrap();
    assert_eq!(expired.failed, 0);
    let left: Vec<(String, String)> = trashed(&app)
        .await
        .into_iter()
        .map(|(kind, _, name)| (kind, name))
        .collect();
    let item = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
    assert_eq!(left, [item("event", "old"), item("post", "new")]);
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=trash.delete").await;
    assert!(
        log.contains("post old") && !log.contains("post new"),
        "{log}"
    );
}

/// An imported post as its file brings it.
fn imported() -> ImportedPost {
    ImportedPost {
        system: PostSystem::Ghost,
        former_id: "65a0".to_owned(),
        slug: "spring".parse().unwrap(),
        category: Title::parse("News").unwrap(),
        author: Title::parse("Press").unwrap(),
        published_at: Some(Timestamp::from_millis(1_700_000_000_000)),
        language: Language::EN,
        title: Title::parse("Spring").unwrap(),
        summary: String::new(),
        body_markdown: "It is here".to_owned(),
        paths: vec!["/old/spring".to_owned()],
    }
}

#[apply(on_both_databases)]
async fn a_deleted_post_can_be_imported_again(app: TestApp) {
    let by = Actor::CommandLine;
    let first = imported_post::create(&app.cx, &by, &imported()).await;
    let first = first.unwrap();
    let twice = imported_post::create(&app.cx, &by, &imported()).await;
    assert!(twice.is_err(), "it is there already");
    let origin = async || {
        let found = imported_post::origin(&app.cx, PostSystem::Ghost, "65a0").await;
        found.unwrap().map(|origin| origin.post_id)
    };
    assert_eq!(origin().await, Some(first));
    delete(&app, "/posts/spring").await;
    assert_eq!(origin().await, None);
    let second = imported_post::create(&app.cx, &by, &imported()).await;
    let second = second.unwrap();
    assert_eq!(origin().await, Some(second));
    let old = imported_post::by_former_path(&app.cx, "/old/spring").await;
    assert_eq!(old.unwrap().unwrap().as_str(), "spring");
    // The first comes back as a post like others.
    let restored = app
        .api_post(&format!("/trash/post/{first}/restore"), json!({}))
        .await;
    assert_eq!(restored["name"], "spring-2");
    assert_eq!(origin().await, Some(second));
}

#[apply(on_both_databases)]
async fn deleting_for_good_asks_first(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_post("a", "About to go", "Text").await;
    let (live, _) = call(&app, "DELETE", "/trash/post/1", json!({})).await;
    assert_eq!(live, StatusCode::NOT_FOUND, "it is not in the trash");
    delete(&app, "/posts/a").await;
    let (kind, id) = only_trashed(&app).await;
    let path = format!("/admin/trash/{kind}/{id}/delete");
    let asked = owner.refused(&path, &[], 200).await;
    assert!(asked.contains("cannot be restored"), "{asked}");
    assert_eq!(trashed(&app).await.len(), 1);
    let told = owner.submit(&path, &[("confirmed", "yes")]).await;
    assert!(told.contains("The trash is empty"), "{told}");
    let (gone, _) = call(
        &app,
        "POST",
        &format!("/trash/{kind}/{id}/restore"),
        json!({}),
    )
    .await;
    assert_eq!(gone, StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn a_post_that_a_scheduled_campaign_mails_stays(app: TestApp) {
    app.subscribe("a@x.example", "news").await;
    app.create_post("a", "A", "Text").await;
    let id = app.create_campaign("a", "A", "news").await;
    let at = json!({ "at": "2099-01-01T09:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    let (refused, _) = call(&app, "DELETE", "/posts/a", json!({})).await;
    assert_eq!(refused, StatusCode::CONFLICT);
    assert_eq!(status(&app, "/posts/a").await, 200);
    assert!(trashed(&app).await.is_empty());
}

#[apply(on_both_databases)]
async fn copies_are_drafts_with_all_languages(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.create_post("nauryz", "Nauryz", "Dear **all**").await;
    let kazakh = json!({ "slug": "nauryz", "title": "Наурыз", "body_markdown": "Құрметті",
        "language": "kk" });
    app.api_post("/posts", kazakh).await;
    let answer = editor.post("/admin/posts/1/duplicate", &[]).await;
    let to = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    assert_ne!(to, "/admin/posts/1");
    let page = editor.page(&to).await;
    assert!(
        page.contains("Copy of Nauryz") && page.contains("draft"),
        "{page}"
    );
    let made = app.api_get("/posts/nauryz-2").await;
    assert_eq!(made["published_at"], Value::Null);
    assert_eq!(made["category"], "General");
    let texts: Vec<(&str, &str)> = made["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["title"].as_str().unwrap(),
                one["body_markdown"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("Copy of Nauryz", "Dear **all**"),
            ("Көшірме: Наурыз", "Құрметті")
        ]
    );
    assert_eq!(status(&app, "/posts/nauryz-2").await, 404);
    editor.post("/admin/posts/1/duplicate", &[]).await;
    app.api_get("/posts/nauryz-3").await;

    create_event(&app, "concert", "Concert").await;
    let answer = editor.post("/admin/events/concert/duplicate", &[]).await;
    assert_eq!(answer.headers()[LOCATION], "/admin/events/concert-2");
    let made = app.api_get("/events/concert-2").await;
    assert_eq!(made["published"], false);
    assert_eq!(made["title"], "Copy of Concert");
    assert_eq!(made["starts_at"], "2099-03-21T10:00:00Z");
    assert_eq!(status(&app, "/events/concert-2").await, 404);
}

#[test]
fn no_query_forgets_the_trash() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut faults = Vec::new();
    let mut seen = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // A takeout has the trash too.
                if !path.ends_with("takeout") {
                    folders.push(path);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let words: Vec<&str> = text.split_whitespace().collect();
            for pair in words.windows(2) {
                let table = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
                let reads = ["FROM", "JOIN", "\"FROM", "(FROM"].contains(&pair[0]);
                if reads && table.starts_with("untrashed_") {
                    seen += 1;
                }
                // What a campaign started with is sent from the trash too.
                let knows = ["trash.rs", "campaign_attachments.rs"];
                let is_trash = knows.iter().any(|file| path.ends_with(file));
                if reads
                    && ["posts", "events", "media", "layouts", "snippets"].contains(&table)
                    && !is_trash
                {
                    faults.push(format!("{} reads {table}", path.display()));
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
    assert!(faults.is_empty(), "read untrashed_…: {}", faults.join("\n"));
}
