//! Readable addresses from titles in any script, and the search of everything.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use reqwest::header::ACCEPT;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn titles_in_any_script_give_readable_addresses(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let list = [
        ("name", "Елшілік жаңалықтары"),
        ("slug", ""),
        ("visibility", "public"),
        ("opt_in", "double"),
    ];
    owner.submit("/admin/lists", &list).await;
    let made = app.api_get("/lists/elshilik-zhangalyqtary").await;
    assert_eq!(made["name"], "Елшілік жаңалықтары");

    for (language, title, slug) in [
        (
            "kk",
            "Наурыз мейрамы құтты болсын!",
            "nauryz-meyramy-qutty-bolsyn",
        ),
        ("ru", "Выставка «Щедрая осень»", "vystavka-shchedraya-osen"),
    ] {
        let (title_field, summary, body) = (
            format!("title_{language}"),
            format!("summary_{language}"),
            format!("body_{language}"),
        );
        let post = [
            (title_field.as_str(), title),
            (summary.as_str(), "S"),
            (body.as_str(), "B"),
            ("category", "General"),
            ("author", "Press"),
            ("language", language),
            ("action", "publish"),
        ];
        owner.submit("/admin/posts", &post).await;
        assert_eq!(app.get(&format!("/posts/{slug}")).await.status(), 200);
    }

    let event = [
        ("starts_on", "2030-03-21"),
        ("starts_at", "18:30"),
        ("ends_on", "2030-03-21"),
        ("ends_at", "20:00"),
        ("slug", ""),
        ("title-kk", "Күй кеші"),
        ("place-kk", "Елшілік"),
        ("description-kk", ""),
    ];
    let index = owner.submit("/admin/events", &event).await;
    assert!(
        index.contains("/admin/events/kuy-keshi-2030-03-21"),
        "{index}"
    );

    owner
        .upload("/admin/media", &[], "Қазақ өнері №2.png", &png(7))
        .await;
    assert_eq!(app.get("/media/qazaq-oneri-2.png").await.status(), 200);
}

/// The paths found, by heading, the best first.
async fn found(person: &AdminClient, app: &TestApp, query: &str) -> Vec<(String, Vec<String>)> {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", query)
        .finish();
    let answer = person
        .client
        .get(format!("{}/admin/search?{query}", app.url))
        .header(ACCEPT, "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: Value = answer.json().await.unwrap();
    let group = |group: &Value| {
        let items = group["items"].as_array().unwrap().iter();
        let paths = items.map(|item| item["path"].as_str().unwrap().to_owned());
        (
            group["heading"].as_str().unwrap().to_owned(),
            paths.collect(),
        )
    };
    answer["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(group)
        .collect()
}

async fn paths(person: &AdminClient, app: &TestApp, query: &str) -> Vec<String> {
    let groups = found(person, app, query).await;
    groups.into_iter().flat_map(|(_, paths)| paths).collect()
}

#[apply(on_both_databases)]
async fn everything_is_found_by_its_name_whatever_its_spelling(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_list("press", "single").await;
    app.create_post("elections", "Elections in spring", "B")
        .await;
    let campaign = app
        .create_campaign("elections", "Autumn digest", "press")
        .await;
    let letter = json!({
        "subject": "Plain", "lists": ["press"],
        "markdown": [{ "language": "en", "title": "Plain", "body": "Hello." }],
    });
    let letter = app.api_post("/campaigns", letter).await["id"].clone();
    let condition = json!({ "about": "language", "value": "en" });
    let segment = app.segment("Journalists", condition).await;
    let event = json!({
        "slug": "dombra", "title": "Домбыра кеші", "place": "Embassy", "language": "kk",
        "starts_at": "2030-03-21T18:30:00Z", "ends_at": "2030-03-21T20:00:00Z",
    });
    app.api_post("/events", event).await;
    owner
        .upload("/admin/media", &[], "Tulips.png", &png(9))
        .await;
    let text = json!({ "language": "en", "subject": "First", "body": "Hello." });
    let series = json!({ "name": "Welcome course", "list": "press",
                         "start": { "kind": "call" },
                         "steps": [{ "kind": "send", "texts": [text] }] });
    let series = app.api_post("/series", series).await["id"].clone();
    let recurring = json!({
        "name": "Monday overview", "campaign": letter, "lists": ["press"],
        "starts_at": "2091-06-04T09:00:00Z", "repeats": "weekly",
    });
    let recurring = app.api_post("/recurring-campaigns", recurring).await["id"].clone();
    let person = json!({ "email": "aigerim.seitkazinova@mail.example", "name": "Aigerim S." });
    let person = app.api_post("/subscribers", person).await["id"].clone();
    let person = format!("/admin/subscribers/{person}");

    for (query, path) in [
        ("electoins", "/admin/posts/".to_owned()),
        ("spring elec", "/admin/posts/".to_owned()),
        ("autum digest", format!("/admin/campaigns/{campaign}")),
        ("welcom course", format!("/admin/series/{series}")),
        (
            "monday overveiw",
            format!("/admin/recurring-campaigns/{recurring}"),
        ),
        ("pres", "/admin/lists/press".to_owned()),
        ("jurnalists", format!("/admin/segments/{segment}")),
        ("dombyra", "/admin/events/dombra".to_owned()),
        ("домбра", "/admin/events/dombra".to_owned()),
        ("tulip", "/admin/media/".to_owned()),
        ("seitkazin", person.clone()),
        ("itkazin", person.clone()),
        ("setkazinova", person.clone()),
        ("aigreim.seitkazinova", person.clone()),
        ("aigerim.seitkazinova@mial.example", person.clone()),
        ("subscirbers", "/admin/subscribers".to_owned()),
    ] {
        let paths = paths(&owner, &app, query).await;
        let first = paths.first().map_or("", String::as_str);
        assert!(
            first.starts_with(&path),
            "{query}: {path} is not first of {paths:?}"
        );
    }
    assert!(paths(&owner, &app, "zzzzzz").await.is_empty());
    assert!(paths(&owner, &app, "  !").await.is_empty());

    let page = owner.page("/admin/search?q=electoins").await;
    assert!(
        page.contains("Elections in spring") && page.contains("1 result"),
        "{page}"
    );
    let page = owner.page("/admin/search?q=%3Cb%3Ezzzz").await;
    assert!(
        page.contains("Nothing found") && !page.contains("<b>zzzz"),
        "{page}"
    );
}

#[apply(on_both_databases)]
async fn a_search_gives_the_best_eight_of_each_kind(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for n in 0..10 {
        app.create_post(&format!("p{n}"), &format!("Offspring {n}"), "B")
            .await;
        app.subscribe(&format!("offspring{n}@x.example"), "news")
            .await;
    }
    app.create_post("best", "Spring", "B").await;
    let groups = found(&owner, &app, "spring").await;
    let best = app.api_get("/posts/best").await["id"].clone();
    assert_eq!(groups[0].0, "Posts", "{groups:?}");
    assert!(
        groups.iter().all(|(_, paths)| paths.len() == 8),
        "{groups:?}"
    );
    if best.is_number() {
        assert_eq!(groups[0].1[0], format!("/admin/posts/{best}"));
    }
    // A post in two languages is one result.
    let two = json!({ "slug": "best", "title": "Spring again", "summary": "S", "category": "General",
                      "body_markdown": "B", "language": "ru", "published": true });
    app.api_post("/posts", two).await;
    let groups = found(&owner, &app, "spring again").await;
    assert_eq!(groups[0].1.len(), 1, "{groups:?}");
    let groups = found(&owner, &app, "best").await;
    assert_eq!(groups[0].1.len(), 1, "{groups:?}");
}

#[apply(on_both_databases)]
async fn pages_are_found_by_the_role_and_in_the_language_of_the_user(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let viewer = AdminClient::sign_in(&app, "v@embassy.example", Role::Viewer).await;
    let webhooks = "/admin/webhooks".to_owned();
    let new_post = "/admin/posts/new".to_owned();
    assert!(paths(&owner, &app, "webhooks").await.contains(&webhooks));
    assert!(!paths(&viewer, &app, "webhooks").await.contains(&webhooks));
    assert!(paths(&owner, &app, "new post").await.contains(&new_post));
    assert!(!paths(&viewer, &app, "new post").await.contains(&new_post));

    viewer
        .submit("/admin/account/language", &[("language", "kk")])
        .await;
    let subscribers = "/admin/subscribers".to_owned();
    for query in ["жазылушылар", "zhazylushy", "subscribers"] {
        let paths = paths(&viewer, &app, query).await;
        assert!(paths.contains(&subscribers), "{query}: {paths:?}");
    }
}

#[apply(on_both_databases)]
async fn single_keys_can_be_turned_off(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    assert!(owner.page("/admin").await.contains(" data-keys"));
    assert!(
        owner
            .page("/admin/shortcuts")
            .await
            .contains("<kbd>g</kbd> <kbd>p</kbd>")
    );
    let page = owner.submit("/admin/account/shortcuts", &[]).await;
    assert!(!page.contains(" data-keys"), "{page}");
    assert!(page.contains("data-palette-url"), "Ctrl+K works either way");
    let page = owner
        .submit("/admin/account/shortcuts", &[("key_shortcuts", "yes")])
        .await;
    assert!(page.contains(" data-keys"), "{page}");
}
