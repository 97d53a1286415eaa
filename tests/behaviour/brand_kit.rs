//! The site's brand: colours, fonts, footer and profiles, which pages, emails and blocks follow.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{Mail, TestApp, on_both_databases};

impl TestApp {
    async fn change_site(&self, body: Value) -> (StatusCode, Value) {
        let answer = self.api("PATCH", "/site").json(&body).send().await.unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    async fn branded(&self, body: Value) -> Value {
        let (status, site) = self.change_site(body).await;
        assert_eq!(status, StatusCode::OK, "{site}");
        site
    }

    async fn mail_of(&self, email: &str, body: &str, language: &str) -> Mail {
        let reader = json!({ "email": email, "language": language, "lists": ["news"],
            "status": "confirmed" });
        self.api_post("/subscribers", reader).await;
        let campaign = json!({ "subject": email, "lists": ["news"],
            "markdown": [
                { "language": "en", "title": "Elections", "body": body },
                { "language": "ru", "title": "Выборы", "body": body },
            ] });
        let id = self.api_post("/campaigns", campaign).await["id"].as_i64();
        let start = format!("/campaigns/{}/start", id.unwrap());
        self.api_post(&start, json!({})).await;
        // A campaign's own subject is that of the site's language.
        let subject = if language == "en" {
            email
        } else {
            "Выборы"
        };
        self.mail_about(email, subject).await
    }
}

fn telegram() -> Value {
    json!({ "url": "https://t.me/embassy" })
}

#[apply(on_both_databases)]
async fn emails_and_pages_follow_the_brand(app: TestApp) {
    app.branded(json!({
        "name": { "en": "Embassy", "ru": "Посольство" },
        "accent": "#8a1538", "heading_colour": "#123456",
        "font": "verdana", "heading_font": "times",
        "email_footer": { "en": "Open on weekdays\nfrom nine to five", "ru": "По будням" },
        "postal_address": "Freedom street 1\nRiga",
        "profiles": [telegram(), { "name": "Our films", "url": "https://youtube.com/@e" }],
    }))
    .await;
    let mail = app.mail_of("a@example.kz", "## One\n\nText", "en").await;
    for part in [
        "Verdana, DejaVu Sans",
        "Times New Roman, Times",
        "color: #123456",
        "Open on weekdays<br",
        "href=\"https://t.me/embassy\"",
        ">Telegram</a>",
        ">Our films</a>",
        "Freedom street 1<br",
    ] {
        assert!(mail.html.contains(part), "{part}: {}", mail.html);
    }
    assert!(!mail.html.contains("Georgia"), "{}", mail.html);
    let text = mail.text.replace("\r\n", "\n");
    let end = "\nOpen on weekdays\nfrom nine to five\n\nTelegram: https://t.me/embassy\n\
               Our films: https://youtube.com/@e\n\nFreedom street 1\nRiga\n";
    assert!(text.trim_end().ends_with(end.trim_end()), "{text}");
    let mail = app.mail_of("b@example.kz", "Text", "ru").await;
    assert!(mail.html.contains("По будням"), "{}", mail.html);
    assert!(!mail.html.contains("weekdays"), "{}", mail.html);

    // An email that is no campaign has it too.
    let one = json!({ "to": "c@example.kz", "subject": "Hello", "body_markdown": "Text" });
    app.api_post("/transactional", one).await;
    let mail = app.mail_to("c@example.kz").await;
    assert!(
        mail.html.contains("Open on weekdays") && mail.text.contains("Telegram: https://t.me"),
        "{}\n{}",
        mail.html,
        mail.text
    );

    let home = app.get("/en").await.text().await.unwrap();
    let theme = "/theme.css?8a1538-h123456-verdana-htimes";
    assert!(home.contains(theme), "{home}");
    let sheet = app.get(theme).await.text().await.unwrap();
    for part in [
        "--sky-text:#8a1538",
        "--serif:Times New Roman",
        "--sans:Verdana",
        "color:#123456",
        "prefers-color-scheme: dark",
    ] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
}

#[apply(on_both_databases)]
async fn an_empty_list_of_networks_shows_the_profiles(app: TestApp) {
    let empty = "Text\n\n:::social\n:::\n\nEnd";
    let inserted = "Text\n\n:::social\n- \n:::\n\nEnd";
    let own = "Text\n\n:::social\n- [Ours](https://own.example/)\n:::\n\nEnd";
    // Without profiles there is nothing, and no empty box.
    app.create_post("none", "None", empty).await;
    let page = app.get("/posts/none").await.text().await.unwrap();
    assert!(!page.contains("block-social"), "{page}");

    app.branded(json!({ "profiles": [telegram()] })).await;
    for (slug, body) in [("empty", empty), ("inserted", inserted)] {
        app.create_post(slug, slug, body).await;
        let page = app
            .get(&format!("/posts/{slug}"))
            .await
            .text()
            .await
            .unwrap();
        assert!(page.contains("href=\"https://t.me/embassy\""), "{page}");
        assert!(page.contains("block-social"), "{page}");
    }
    app.create_post("own", "Own", own).await;
    let page = app.get("/posts/own").await.text().await.unwrap();
    assert!(
        page.contains("https://own.example/") && !page.contains("t.me/embassy"),
        "{page}"
    );
    let mail = app.mail_of("a@example.kz", empty, "en").await;
    // In the text, and at the end of the email.
    assert_eq!(mail.html.matches("https://t.me/embassy").count(), 2);
}

#[apply(on_both_databases)]
async fn what_a_site_says_is_no_template(app: TestApp) {
    app.branded(json!({
        "name": { "en": "{{ name }} {% if" },
        "email_footer": { "en": "{{ nothing }} {# and" },
        "postal_address": "{% for\nStreet {{ 1",
        "profiles": [{ "name": "{{ x", "url": "https://t.me/a?b={{c}}" }],
    }))
    .await;
    let mail = app.mail_of("a@example.kz", "Text", "en").await;
    let plain = |text: &str| text.replace('\u{2060}', "").replace("\r\n", "\n");
    for text in [plain(&mail.html), plain(&mail.text)] {
        for part in [
            "{{ name }} {% if",
            "{{ nothing }} {# and",
            "Street {{ 1",
            "{{ x",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let one = json!({ "to": "c@example.kz", "subject": "Hello", "body_markdown": "Text" });
    app.api_post("/transactional", one).await;
    let mail = app.mail_to("c@example.kz").await;
    assert!(plain(&mail.text).contains("Street {{ 1"), "{}", mail.text);
}

#[apply(on_both_databases)]
async fn a_wrong_brand_is_refused_whole(app: TestApp) {
    app.branded(json!({ "name": { "en": "Embassy" }, "accent": "#8a1538" }))
        .await;
    let long = "a".repeat(1_001);
    let many = vec![telegram(); 13];
    for (body, field) in [
        (json!({ "name": { "en": null } }), "name.en"),
        (json!({ "tagline": { "en": "a\u{2028}b" } }), "tagline.en"),
        (json!({ "email_footer": { "ru": long } }), "email_footer.ru"),
        (json!({ "accent": "#ffcc00" }), "accent"),
        (json!({ "heading_colour": "blue" }), "heading_colour"),
        (json!({ "font": "comic" }), "font"),
        (json!({ "logo": "none.png" }), "logo"),
        (
            json!({ "profiles": [{ "url": "javascript:alert(1)" }] }),
            "profiles",
        ),
        (json!({ "profiles": many }), "profiles"),
        (
            json!({ "menu": [{ "label": { "en": "Bad" }, "url": "javascript:alert(1)" }] }),
            "menu[0]",
        ),
    ] {
        // A right part beside a wrong one is not saved either.
        let mut body = body;
        body["postal_address"] = json!("Street 1");
        let (status, problem) = app.change_site(body.clone()).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{body}: {problem}"
        );
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let site = app.api_get("/site").await;
    assert_eq!(site["postal_address"], "");
    assert_eq!(site["accent"], "#8a1538");
    // What is not named stays; null takes away.
    let site = app
        .branded(json!({ "accent": null, "tagline": { "en": "In Riga" } }))
        .await;
    assert_eq!(site["accent"], Value::Null);
    assert_eq!(site["name"]["en"], "Embassy");
    assert_eq!(site["tagline"]["en"], "In Riga");
}

#[apply(on_both_databases)]
async fn the_brand_is_set_on_the_page_of_the_site(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let fields = [
        ("name-en", "Embassy"),
        ("mail_foot-en", "Open on weekdays"),
        ("heading", "#123456"),
        ("font", "tahoma"),
        ("heading_font", ""),
        (
            "profiles",
            "https://t.me/embassy\nFilms https://youtube.com/@e",
        ),
    ];
    let page = editor.submit("/admin/site", &fields).await;
    for part in [
        "Open on weekdays",
        "value=\"#123456\"",
        "<option value=\"tahoma\" selected>Tahoma",
        "Telegram https://t.me/embassy\nFilms https://youtube.com/@e",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let site = app.api_get("/site").await;
    assert_eq!(site["font"], "tahoma");
    assert_eq!(site["heading_font"], Value::Null);
    let wrong = [
        ("name-en", "Embassy"),
        ("profiles", "t.me/embassy"),
        ("font", "comic"),
    ];
    let page = editor.refused("/admin/site", &wrong, 422).await;
    assert!(
        page.contains("is not a web address") && page.contains("t.me/embassy"),
        "{page}"
    );
    // A program that knows fewer fields takes none of them away.
    editor
        .submit("/admin/site", &[("name-en", "Embassy")])
        .await;
    let site = app.api_get("/site").await;
    assert_eq!(site["profiles"][0]["name"], "Telegram");
    assert_eq!(site["email_footer"]["en"], "Open on weekdays");
}
