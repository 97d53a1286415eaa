//! The welcome email of a list: Markdown with merge tags, in the language of who joins.

use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

const PAGE: &str = "/admin/lists/news/welcome";

#[apply(on_both_databases)]
async fn a_list_welcomes_by_its_own_text(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner.upload("/admin/media", &[], "gate.png", &png(7)).await;
    let form = [
        ("sends_welcome", "yes"),
        ("language", "en"),
        ("subject_en", "Good to have you, {{ name }}"),
        (
            "body_en",
            "Dear **{{ name }}**,\n\n![A gate](/media/gate.png)\n\nread [more](/posts) or [leave]({{ preferences_url }}).",
        ),
        ("subject_ru", "Рады вам"),
        ("body_ru", "Здравствуйте!"),
    ];
    let saved = owner.submit(PAGE, &form).await;
    assert!(saved.contains("Good to have you, {{ name }}"), "{saved}");
    assert_eq!(app.api_get("/lists/news").await["sends_welcome"], true);

    let join = [
        ("email", "a@example.kz"),
        ("name", "[Ai](https://evil.example) <b>"),
        ("lists", "news"),
        ("language", "en"),
    ];
    app.post("/join", &join).await;
    let link = app.mail_to("a@example.kz").await.link("/confirm/");
    app.post(&link, &[]).await;
    let mail = &app.mails_to("a@example.kz", 2).await[0];
    assert_eq!(
        mail.subject,
        "Good to have you, [Ai](https://evil.example) <b>"
    );
    let html = &mail.html;
    assert!(
        !html.contains("href=\"https://evil.example") && !html.contains("<b>,"),
        "a name cannot bring a link: {html}"
    );
    assert!(
        html.contains(&format!("{}/media/gate.png", app.url))
            && html.contains(&format!("href=\"{}/posts\"", app.url))
            && html.contains("See my preferences"),
        "{html}"
    );
    let own = mail.link("/preferences/");
    assert_eq!(app.get(&own).await.status(), StatusCode::OK);

    // In their language; and by the texts of the site where a list has none of its own.
    let join = [
        ("email", "b@example.kz"),
        ("lists", "news"),
        ("language", "ru"),
    ];
    app.post("/join", &join).await;
    let link = app.mail_to("b@example.kz").await.link("/confirm/");
    app.post(&link, &[]).await;
    let mail = &app.mails_to("b@example.kz", 2).await[0];
    assert_eq!(mail.subject, "Рады вам");

    let none = [
        ("sends_welcome", "yes"),
        ("language", "en"),
        ("subject_en", ""),
        ("body_en", ""),
    ];
    owner.submit(PAGE, &none).await;
    app.join_and_confirm("c@example.kz").await;
    let mail = &app.mails_to("c@example.kz", 2).await[0];
    assert!(mail.subject.starts_with("Welcome to"), "{}", mail.subject);

    // Off.
    owner.submit(PAGE, &none[1..]).await;
    app.join_and_confirm("d@example.kz").await;
    app.quiet().await;
    assert_eq!(app.mails_now("d@example.kz").len(), 1);
}

#[apply(on_both_databases)]
async fn a_welcome_is_previewed_tested_and_checked(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = |action, body| {
        [
            ("sends_welcome", "yes"),
            ("language", "en"),
            ("subject_en", "Hello"),
            ("body_en", body),
            ("action", action),
        ]
    };
    let preview = owner
        .post(&format!("{PAGE}/preview"), &form("", "Some **words**"))
        .await;
    let preview = preview.text().await.unwrap();
    assert!(preview.contains("<strong"), "{preview}");
    let broken = owner
        .refused(PAGE, &form("save", "Dear {{ nobody }}"), 422)
        .await;
    assert!(
        broken.contains("id=\"body_en-error\"") && broken.contains("Dear {{ nobody }}"),
        "{broken}"
    );
    let empty = owner.refused(PAGE, &form("save", " "), 422).await;
    assert!(empty.contains("Write a text."), "{empty}");
    assert_eq!(app.api_get("/lists/news").await["sends_welcome"], false);

    let tested = owner.submit(PAGE, &form("test", "Some **words**")).await;
    assert!(tested.contains("owner@embassy.example"), "{tested}");
    let mail = app
        .mail_about("owner@embassy.example", "[Test] Hello")
        .await;
    assert!(mail.html.contains("<strong"), "{}", mail.html);
}
