//! Text overrides on pages and in emails, and welcome emails.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const MAIL: [(&str, &str); 3] = [("group", "confirm-mail"), ("list", ""), ("language", "en")];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().chain(more).copied().collect()
}

#[apply(on_both_databases)]
async fn emails_and_pages_show_overridden_texts(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor
        .page("/admin/texts?group=confirm-mail&language=en")
        .await;
    assert!(
        page.contains("Please confirm your address: { $site }"),
        "{page}"
    );
    for (text, fault) in [
        ("{ $site", "annot be read"),
        ("Dear { $name }", "as no placeholder $name"),
    ] {
        let form = with(&MAIL, &[("mail-confirm-subject", text)]);
        let refused = editor.refused("/admin/texts", &form, 422).await;
        assert!(
            refused.contains(fault) && refused.contains(text),
            "{refused}"
        );
    }
    let form = with(
        &MAIL,
        &[
            ("mail-confirm-subject", "Say <yes> to { $site }"),
            ("mail-confirm-heading", "One last step"),
        ],
    );
    let preview = editor
        .post("/admin/texts/preview", &form)
        .await
        .text()
        .await
        .unwrap();
    assert!(preview.contains("One last step"), "{preview}");
    let saved = editor.submit("/admin/texts", &form).await;
    assert!(
        saved.contains("Say &#60;yes&#62; to")
            && saved.contains("changed")
            && saved.contains("Default: "),
        "{saved}"
    );

    app.join("a@example.kz").await;
    let mail = app.mail_to("a@example.kz").await;
    assert_eq!(mail.subject, "Say <yes> to Jarshy");
    assert!(mail.text.contains("One last step") && mail.html.contains("One last step"));

    let form = with(&MAIL, &[("confirmed", "yes")]);
    assert!(
        editor
            .post("/admin/texts/restore", &MAIL)
            .await
            .text()
            .await
            .unwrap()
            .contains("Restore")
    );
    editor.submit("/admin/texts/restore", &form).await;
    app.join("b@example.kz").await;
    assert!(
        app.mail_to("b@example.kz")
            .await
            .subject
            .starts_with("Please confirm")
    );

    let join = [
        ("group", "join"),
        ("list", ""),
        ("language", "ru"),
        ("join-title", "Наш список <b>"),
    ];
    editor.submit("/admin/texts", &join).await;
    let russian = app.get("/ru/join").await.text().await.unwrap();
    assert!(russian.contains("Наш список &#60;b&#62;"), "{russian}");
    assert!(
        app.get("/en/join")
            .await
            .text()
            .await
            .unwrap()
            .contains("Join our email list")
    );
    let campaign = [
        ("group", "campaign"),
        ("list", ""),
        ("language", "en"),
        ("mail-campaign-unsubscribe", "Goodbye"),
    ];
    editor.submit("/admin/texts", &campaign).await;
    app.send_to(&["c@example.kz"]).await;
    assert!(
        app.mail_to("c@example.kz")
            .await
            .html
            .contains(">Goodbye</a>")
    );
}

#[apply(on_both_databases)]
async fn a_list_has_texts_of_its_own(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.create_list("club", "double").await;
    let club = [
        ("group", "confirm-mail"),
        ("list", "club"),
        ("language", "en"),
        ("mail-confirm-subject", "The club"),
    ];
    editor.submit("/admin/texts", &club).await;
    app.submit("/join", &[("email", "a@example.kz"), ("lists", "club")])
        .await;
    assert_eq!(app.mail_to("a@example.kz").await.subject, "The club");
    app.submit("/join", &[("email", "b@example.kz"), ("lists", "news")])
        .await;
    assert!(
        app.mail_to("b@example.kz")
            .await
            .subject
            .starts_with("Please confirm")
    );
    app.submit(
        "/join",
        &[
            ("email", "c@example.kz"),
            ("lists", "news"),
            ("lists", "club"),
        ],
    )
    .await;
    assert!(
        app.mail_to("c@example.kz")
            .await
            .subject
            .starts_with("Please confirm"),
        "both lists at once use the general text"
    );
    let strange = editor
        .get("/admin/texts?group=confirm-mail&list=none")
        .await;
    assert_eq!(strange.status(), StatusCode::NOT_FOUND);
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    assert_eq!(
        viewer.post("/admin/texts", &club).await.status(),
        StatusCode::FORBIDDEN
    );
}

#[apply(on_both_databases)]
async fn welcome_emails(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.join_and_confirm("before@example.kz").await;
    let list = [
        ("name", "news"),
        ("visibility", "public"),
        ("opt_in", "double"),
        ("sends_welcome", "yes"),
    ];
    editor.submit("/admin/lists/news", &list).await;
    app.join_and_confirm("after@example.kz").await;
    let mails = app.mails_to("after@example.kz", 2).await;
    assert_eq!(mails[0].subject, "Welcome to Jarshy");
    let preferences = mails[0].link("/preferences/");
    assert_eq!(app.get(&preferences).await.status(), StatusCode::OK);
    app.create_list("club", "single").await;
    let list = [
        ("name", "club"),
        ("visibility", "public"),
        ("opt_in", "single"),
        ("sends_welcome", "yes"),
    ];
    editor.submit("/admin/lists/club", &list).await;
    app.submit("/join", &[("email", "once@example.kz"), ("lists", "club")])
        .await;
    assert!(
        app.mail_to("once@example.kz")
            .await
            .subject
            .starts_with("Welcome")
    );
    app.submit("/join", &[("email", "once@example.kz"), ("lists", "club")])
        .await;
    app.quiet().await;
    assert_eq!(app.mails_now("once@example.kz").len(), 1, "welcomed once");
    assert_eq!(app.mails_now("before@example.kz").len(), 1);
}
