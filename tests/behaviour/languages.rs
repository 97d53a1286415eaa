//! A site has the languages that its organisation turned on, whichever they are: pages, emails,
//! forms and the API offer these and no others.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn turn_on(app: &TestApp, languages: &str, usual: &str) {
    let change = json!({ "settings": { "languages": languages, "language": usual } });
    let changed = app.api("PATCH", "/settings").json(&change).send().await;
    let changed = changed.unwrap();
    assert_eq!(
        changed.status(),
        StatusCode::OK,
        "{:?}",
        changed.text().await
    );
}

#[apply(on_both_databases)]
async fn pages_and_emails_come_in_languages_that_were_turned_on(app: TestApp) {
    turn_on(&app, "de, ar", "de").await;
    let home = app.get("/").await.text().await.unwrap();
    assert!(home.contains("<html lang=\"de\">"), "{home}");
    assert!(
        home.contains("Deutsch") && home.contains("العربية"),
        "{home}"
    );
    assert!(!home.contains("Қазақша"), "{home}");
    let arabic = app.get("/ar/join").await.text().await.unwrap();
    assert!(
        arabic.contains("<html lang=\"ar\" dir=\"rtl\">"),
        "{arabic}"
    );
    assert_eq!(app.get("/kk/join").await.status(), StatusCode::NOT_FOUND);

    let form = [
        ("email", "a@example.org"),
        ("lists", "news"),
        ("language", "ar"),
        ("consent", "on"),
    ];
    app.post("/join", &form).await;
    let mail = app.mail_to("a@example.org").await;
    assert!(mail.html.contains("dir=\"rtl\""), "{}", mail.html);
    assert!(!mail.html.contains("direction:ltr"), "{}", mail.html);

    // Another language than those is refused, and a narrower tag is theirs.
    for (language, status) in [("kk", 422), ("de-CH", 201), ("xx", 422)] {
        let person = json!({ "email": format!("{language}@example.org"), "language": language });
        let added = app.api("POST", "/subscribers").json(&person).send().await;
        let added = added.unwrap();
        assert_eq!(
            added.status().as_u16(),
            status,
            "{language}: {:?}",
            added.text().await
        );
    }
    assert_eq!(app.subscriber("de-CH@example.org").await["language"], "de");
}

#[apply(on_both_databases)]
async fn each_reader_gets_their_language_or_the_next_best(app: TestApp) {
    turn_on(&app, "pt-BR, uk, en", "uk").await;
    for (language, title) in [("pt-BR", "Olá"), ("uk", "Привіт")] {
        let post = json!({ "slug": "hello", "title": title, "summary": "", "body_markdown": title,
            "language": language, "published": true });
        app.api_post("/posts", post).await;
    }
    for (email, language) in [
        ("p@x.example", "pt-BR"),
        ("u@x.example", "uk"),
        ("e@x.example", "en"),
    ] {
        let person = json!({ "email": email, "language": language, "lists": ["news"],
            "status": "confirmed" });
        app.api_post("/subscribers", person).await;
    }
    // Whose language was turned off later still gets the email.
    turn_on(&app, "uk, en", "uk").await;
    let campaign = app.create_campaign("hello", "Привіт", "news").await;
    app.api_post(&format!("/campaigns/{campaign}/start"), json!({}))
        .await;
    app.campaign_in_state(campaign, "finished").await;
    assert_eq!(app.mail_to("p@x.example").await.subject, "Olá");
    assert_eq!(app.mail_to("u@x.example").await.subject, "Привіт");
    assert!(!app.mail_to("e@x.example").await.subject.is_empty());
}

#[apply(on_both_databases)]
async fn a_text_in_a_language_that_was_turned_off_is_kept(app: TestApp) {
    app.create_post("vote", "The vote", "text").await;
    let russian = json!({ "slug": "vote", "title": "Выборы", "summary": "", "language": "ru",
        "body_markdown": "текст", "published": true });
    app.api_post("/posts", russian).await;
    turn_on(&app, "en, fr", "en").await;
    let owner = AdminClient::owner(&app).await;
    let editor = owner.page("/admin/posts/1").await;
    for field in ["title_en", "title_fr", "title_ru"] {
        assert!(
            editor.contains(&format!("name=\"{field}\"")),
            "{field}: {editor}"
        );
    }
    assert!(!editor.contains("title_kk"));
    for page in [
        "/admin/site",
        "/admin/media",
        "/admin/lists/news",
        "/admin/texts?language=fr",
    ] {
        let shown = owner.page(page).await;
        assert!(!shown.contains("Қазақша"), "{page}");
    }
    let texts = owner.page("/admin/texts?language=fr").await;
    assert!(texts.contains("Français"), "{texts}");
}

#[apply(on_both_databases)]
async fn languages_that_are_none_are_refused(app: TestApp) {
    for languages in ["klingon", "en, xx", "en;de"] {
        let change = json!({ "settings": { "languages": languages } });
        let changed = app.api("PATCH", "/settings").json(&change).send().await;
        let status = changed.unwrap().status();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{languages:?}");
    }
}
