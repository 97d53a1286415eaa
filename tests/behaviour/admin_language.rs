//! Each user reads the admin pages in a language of their own.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use reqwest::header::ACCEPT_LANGUAGE;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The pages that need nothing but a user: those of the table of roles without parameters.
fn pages() -> impl Iterator<Item = &'static str> {
    include_str!("roles.tsv").lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let is_get = cells.next() == Some("GET");
        let path = cells.next()?;
        let is_page = path.starts_with("/admin") && !path.contains('{') && !path.contains('.');
        (is_get && is_page && !path.contains("sign-in")).then_some(path)
    })
}

async fn choose(person: &AdminClient, language: &str) {
    let form = [("language", language)];
    let answer = person.post("/admin/account/language", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{language}");
}

#[apply(on_both_databases)]
async fn every_page_comes_in_the_users_language(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut checked = 0;
    for (language, dashboard) in [("en", "Dashboard"), ("kk", "Шолу"), ("ru", "Обзор")] {
        choose(&owner, language).await;
        for path in pages() {
            let answer = owner.get(path).await;
            let is_html = answer.headers().get("content-type").is_some_and(|kind| {
                let kind = kind.to_str().unwrap_or_default();
                kind.starts_with("text/html")
            });
            if answer.status() != StatusCode::OK || !is_html {
                continue;
            }
            let html = answer.text().await.unwrap();
            let begins = html.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">"));
            assert!(begins, "{path} in {language}: {html}");
            assert!(html.contains(dashboard), "{path} in {language}");
            let is_known = !html.contains("Unknown localization");
            assert!(is_known, "{path} in {language}: {html}");
            checked += 1;
        }
    }
    assert!(checked > 60, "{checked}");
}

#[apply(on_both_databases)]
async fn what_a_user_chose_goes_before_what_their_browser_asks_for(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let asking = |accepted: &'static str| {
        let request = editor.client.get(format!("{}/admin/account", app.url));
        let request = request.header(ACCEPT_LANGUAGE, accepted);
        async move { request.send().await.unwrap().text().await.unwrap() }
    };
    for (accepted, title) in [
        ("ru-RU,ru;q=0.9,en;q=0.5", "Мой профиль"),
        ("kk", "Менің профилім"),
        ("de, fr;q=0.8", "My account"),
    ] {
        let html = asking(accepted).await;
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{accepted}");
    }
    choose(&editor, "kk").await;
    let html = asking("ru").await;
    assert!(html.contains("<h1>Менің профилім</h1>"), "{html}");
    assert!(html.contains("Сақталды"), "{html}");
    assert!(html.contains("value=\"kk\" selected lang=\"kk\""), "{html}");

    // One that the admin is not translated into, or nobody knows, changes nothing.
    for language in ["de", "xx"] {
        let form = [("language", language)];
        let answer = editor.post("/admin/account/language", &form).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(asking("ru").await.contains("Менің профилім"));
    choose(&editor, "").await;
    assert!(asking("ru").await.contains("Мой профиль"));
}

#[apply(on_both_databases)]
async fn errors_of_the_layers_below_are_translated_too(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    choose(&owner, "ru").await;
    let form = [
        ("name", ""),
        ("slug", "Not A Slug"),
        ("visibility", "public"),
        ("opt_in", "double"),
    ];
    let answer = owner.post("/admin/lists", &form).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text().await.unwrap();
    for english in ["Must not be empty", "A slug has"] {
        assert!(!html.contains(english), "{html}");
    }
    let missing = owner.get("/admin/lists/none").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let html = missing.text().await.unwrap();
    assert!(!html.contains("Not found"), "{html}");
}

#[apply(on_both_databases)]
async fn mail_to_a_user_is_in_their_language(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    choose(&editor, "kk").await;
    let stranger = AdminClient::nobody(&app);
    let form = [("email", "editor@embassy.example"), ("by", "link")];
    stranger.post("/admin/sign-in", &form).await;
    let mail = app.mail_to("editor@embassy.example").await;
    assert!(mail.html.contains("lang=\"kk\""), "{}", mail.html);
}

#[apply(on_both_databases)]
async fn the_sign_in_page_follows_the_browser(app: TestApp) {
    let stranger = AdminClient::nobody(&app);
    let request = stranger.client.get(format!("{}/admin/sign-in", app.url));
    let answer = request.header(ACCEPT_LANGUAGE, "ru").send().await.unwrap();
    let html = answer.text().await.unwrap();
    assert!(html.contains("<html lang=\"ru\""), "{html}");
    assert!(html.contains("Войти"), "{html}");
}
