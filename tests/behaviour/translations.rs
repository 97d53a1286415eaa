//! Every text can be translated here, also into languages that are not shipped; what a language
//! lacks is shown in the site's language.

use std::io::{Cursor, Read as _};

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn turn_on(app: &TestApp, languages: &str, usual: &str) {
    let change = json!({ "settings": { "languages": languages, "language": usual } });
    let changed = app.api("PATCH", "/settings").json(&change).send().await;
    assert_eq!(changed.unwrap().status(), StatusCode::OK);
}

async fn translate(app: &TestApp, language: &str, texts: Value) -> Value {
    let body = json!({ "language": language, "texts": texts });
    let answer = app.api("PATCH", "/texts/phrases").json(&body).send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.unwrap()
}

async fn shown(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

fn keys(balance: &Value, part: &str) -> Vec<String> {
    let all = balance[part].as_array().unwrap().iter();
    all.map(|one| one["key"].as_str().unwrap().to_owned())
        .collect()
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

#[apply(on_both_databases)]
async fn a_language_is_translated_from_nothing(app: TestApp) {
    turn_on(&app, "ru, pl, en", "ru").await;
    let before = shown(&app, "/pl/join").await;
    assert!(before.contains("Подпишитесь на нашу рассылку"), "{before}");

    let mut texts = json!({ "join-title": "Zapisz się", "error-404-title": "Nie ma takiej strony",
        "mail-confirm-subject": "Potwierdź adres: { $site }" });
    for month in 1..=12 {
        texts[format!("month-{month}")] = json!("Miesiąc");
    }
    let made = translate(&app, "pl", texts).await;
    assert_eq!(keys(&made, "changed").len(), 15, "{made}");
    let join = shown(&app, "/pl/join").await;
    assert!(join.contains("<html lang=\"pl\">") && join.contains("Zapisz się"));
    assert!(join.contains("Ваше имя"), "the rest is in Russian: {join}");
    assert!(shown(&app, "/pl/events").await.contains("Miesiąc"));
    assert!(
        shown(&app, "/pl/none")
            .await
            .contains("Nie ma takiej strony")
    );
    let form = [
        ("email", "a@x.example"),
        ("lists", "news"),
        ("language", "pl"),
    ];
    app.submit("/join", &form).await;
    let mail = app.mail_to("a@x.example").await;
    assert_eq!(mail.subject, "Potwierdź adres: Jarshy");
    assert!(mail.text.contains("Подтвердить адрес"), "{}", mail.text);

    turn_on(&app, "en, pl", "en").await;
    let join = shown(&app, "/pl/join").await;
    assert!(join.contains("Zapisz się") && join.contains("Your name"));
    translate(&app, "pl", json!({ "join-title": null })).await;
    assert!(!shown(&app, "/pl/join").await.contains("Zapisz się"));
}

#[apply(on_both_databases)]
async fn texts_are_found_checked_saved_and_reset_one_by_one(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor
        .page("/admin/texts/all?language=pl&part=subscription&show=missing&q=join-title")
        .await;
    assert!(page.contains("Join our email list"), "{page}");
    assert!(!page.contains("name=\"seen.join-button\""), "{page}");
    let mark = |page: &str, key: &str| {
        between(page, &format!("name=\"seen.{key}\" value=\""), "\"").to_owned()
    };
    let missing = mark(&page, "join-title");
    let form = [
        ("language", "pl"),
        ("join-title", "Nasza lista"),
        ("seen.join-title", missing.as_str()),
        ("mail-confirm-subject", "Potwierdź { $site"),
        ("seen.mail-confirm-subject", missing.as_str()),
        ("join-button", ""),
        ("seen.join-button", missing.as_str()),
    ];
    let refused = editor.refused("/admin/texts/all", &form, 422).await;
    assert!(refused.contains("Cannot be read"), "{refused}");
    assert!(
        refused.contains("Potwierdź { $site</textarea>"),
        "{refused}"
    );
    let all = app.api_get("/texts/phrases?language=pl&show=changed").await;
    assert_eq!(keys(&all, "items"), ["join-title"], "the good one is saved");

    // A form that was opened before somebody else saved overwrites nothing.
    let late = [
        ("language", "pl"),
        ("join-title", "Lista"),
        ("seen.join-title", missing.as_str()),
    ];
    let refused = editor.refused("/admin/texts/all", &late, 422).await;
    assert!(refused.contains("Someone else has changed"), "{refused}");
    assert!(refused.contains("Nasza lista"), "{refused}");
    let untouched = [
        ("language", "pl"),
        ("join-title", ""),
        ("seen.join-title", missing.as_str()),
    ];
    let saved = editor.submit("/admin/texts/all", &untouched).await;
    assert!(saved.contains("Nothing changed"), "{saved}");

    let page = editor
        .page("/admin/texts/all?language=pl&show=changed")
        .await;
    let current = mark(&page, "join-title");
    let reset = [
        ("language", "pl"),
        ("join-title", "Nasza lista"),
        ("seen.join-title", current.as_str()),
        ("reset", "join-title"),
    ];
    editor.submit("/admin/texts/all", &reset).await;
    let all = app.api_get("/texts/phrases?language=pl&show=changed").await;
    assert_eq!(all["items"], json!([]));
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let answer = viewer.post("/admin/texts/all", &late).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[apply(on_both_databases)]
async fn the_admin_is_translated_by_owners_and_shown_without_foreign_markup(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor
        .page("/admin/texts/all?language=pl&q=admin-nav-posts")
        .await;
    assert!(!page.contains("seen.admin-nav-posts"), "{page}");
    let form = [
        ("language", "pl"),
        ("admin-nav-posts", "Wpisy"),
        ("seen.admin-nav-posts", "e3b0c44298fc"),
    ];
    let refused = editor.post("/admin/texts/all", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);

    let owner = AdminClient::owner(&app).await;
    assert!(!owner.page("/admin/account").await.contains("Polski"));
    let markup = "<a href=\"{ $api }\" onclick=\"x()\">API</a>";
    let texts = json!({
        "admin-nav-posts": "Wpisy",
        "admin-token-about": markup,
        "admin-save": "{\"<script>\"}",
    });
    let made = translate(&app, "pl", texts).await;
    assert_eq!(keys(&made, "changed"), ["admin-nav-posts"]);
    assert_eq!(
        keys(&made, "refused"),
        ["admin-save", "admin-token-about"],
        "{made}"
    );
    assert!(owner.page("/admin/account").await.contains("Polski"));
    owner
        .submit("/admin/account/language", &[("language", "pl")])
        .await;
    let page = owner.page("/admin").await;
    assert!(page.contains("<html lang=\"pl\"") && page.contains("Wpisy"));
    assert!(page.contains("Dashboard"), "the rest is in English: {page}");
}

async fn export(app: &TestApp, language: &str) -> Vec<u8> {
    let path = format!("/texts/export?language={language}");
    let answer = app.api("GET", &path).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/zip");
    answer.bytes().await.unwrap().to_vec()
}

fn file_of(archive: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name(path).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

#[apply(on_both_databases)]
async fn a_language_goes_out_as_files_and_comes_back(app: TestApp) {
    translate(&app, "pl", json!({ "join-title": "Zapisz się" })).await;
    let archive = export(&app, "pl").await;
    let subscription = file_of(&archive, "pl/subscription.ftl");
    assert!(subscription.contains("\njoin-title = Zapisz się\n"));
    assert!(subscription.contains("\n# join-button = Join the list\n"));
    assert!(file_of(&archive, "pl/admin/common.ftl").contains("# admin-save = Save"));

    let nobody = AdminClient::nobody(&app);
    let send = async |fields: &[(&str, &str)], name: &str, content: &[u8]| {
        let request = nobody.upload_request("/api/v1/texts/import", fields, name, content);
        let answer = request.bearer_auth(app.token()).send().await.unwrap();
        let status = answer.status();
        (status, answer.json::<Value>().await.unwrap())
    };
    let pl = [("language", "pl")];
    let (_, same) = send(&pl, "pl.zip", &archive).await;
    assert_eq!(same["unchanged"], json!(1), "{same}");
    assert_eq!(same["changed"], json!([]));

    let file = "join-title = Lista\njoin-button = Zapisz\nodd line\njoin-lead = { $none }\n\
        nav-events =\n    Wydarzenia\n";
    let dry = [("language", "pl"), ("dry_run", "true")];
    let (_, made) = send(&dry, "pl.ftl", file.as_bytes()).await;
    assert_eq!(
        keys(&made, "changed"),
        ["join-title", "join-button", "nav-events"]
    );
    assert_eq!(made["changed"][0]["before"], "Zapisz się");
    assert_eq!(keys(&made, "refused"), ["odd line", "join-lead"]);
    assert_eq!(made["refused"][0]["line"], 3);
    let changed = app.api_get("/texts/phrases?language=pl&show=changed").await;
    assert_eq!(changed["items"].as_array().unwrap().len(), 1, "{changed}");

    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let answer = editor
        .upload("/admin/texts/import", &pl, "pl.ftl", file.as_bytes())
        .await;
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("odd line") && page.contains("Import 3 texts"),
        "{page}"
    );
    let form = [("language", "pl"), ("file", file)];
    let done = editor.submit("/admin/texts/import/apply", &form).await;
    assert!(done.contains("3 texts imported"), "{done}");
    assert!(done.contains("2 texts were refused"), "{done}");
    let archive = export(&app, "pl").await;
    assert!(file_of(&archive, "pl/site.ftl").contains("\nnav-events = Wydarzenia\n"));

    let (status, wrong) = send(&pl, "a.zip", b"PK\x03\x04 no archive").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    let answer = editor
        .upload("/admin/texts/import", &pl, "a.ftl", b"# nothing")
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let log = app.api_get("/texts/phrases?language=en&q=join-title").await;
    assert_eq!(log["items"][0]["text"], "Join our email list");
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=texts").await;
    assert!(
        log.contains("pl join-title join-button nav-events"),
        "{log}"
    );
}

async fn post(app: &TestApp, slug: &str, language: &str, title: &str) {
    let post = json!({ "slug": slug, "title": title, "summary": "", "body_markdown": title,
        "language": language, "published": true });
    app.api_post("/posts", post).await;
}

#[apply(on_both_databases)]
async fn a_text_that_is_missing_is_shown_in_the_language_of_the_site(app: TestApp) {
    turn_on(&app, "ru, kk, en", "ru").await;
    post(&app, "vote", "en", "The vote").await;
    post(&app, "vote", "ru", "Выборы").await;
    post(&app, "only", "en", "In English only").await;
    let event = json!({ "slug": "fair", "starts_at": "2040-03-08T10:00:00Z",
        "ends_at": "2040-03-08T12:00:00Z", "language": "en", "title": "The fair" });
    app.api_post("/events", event.clone()).await;
    let mut russian = event;
    russian["language"] = json!("ru");
    russian["title"] = json!("Ярмарка");
    app.api_post("/events", russian).await;

    let posts = shown(&app, "/kk/posts").await;
    assert!(
        posts.contains("Выборы") && !posts.contains("The vote"),
        "{posts}"
    );
    assert!(posts.contains("In English only"), "{posts}");
    assert!(shown(&app, "/kk/posts/vote").await.contains("Выборы"));
    assert!(shown(&app, "/kk/events/fair").await.contains("Ярмарка"));
    assert!(shown(&app, "/en/events/fair").await.contains("The fair"));

    let person = json!({ "email": "k@x.example", "language": "kk", "lists": ["news"],
        "status": "confirmed" });
    app.api_post("/subscribers", person).await;
    let campaign = app.create_campaign("vote", "Выборы", "news").await;
    app.api_post(&format!("/campaigns/{campaign}/start"), json!({}))
        .await;
    app.campaign_in_state(campaign, "finished").await;
    let mail = app.mail_to("k@x.example").await;
    assert!(mail.html.contains("lang=\"ru\""), "{}", mail.html);
}

#[apply(on_both_databases)]
async fn codes_and_lists_are_named_in_the_users_language(app: TestApp) {
    let list = json!({ "slug": "club", "name": "The club", "visibility": "public",
        "opt_in": "double", "translations": { "ru": { "name": "Клуб" } } });
    app.api_post("/lists", list).await;
    let hook = json!({ "url": "https://crm.example.org/hook", "events": ["campaign.finished"] });
    app.api_post("/webhooks", hook).await;
    let owner = AdminClient::owner(&app).await;
    let form = [
        ("name", "CRM"),
        ("scope", "some"),
        ("scopes", "lists:write"),
        ("days", "30"),
    ];
    owner.refused("/admin/tokens", &form, 201).await;
    owner
        .submit("/admin/account/language", &[("language", "ru")])
        .await;
    for page in [
        "/admin/lists",
        "/admin/lists/club",
        "/admin",
        "/admin/subscribers",
        "/admin/subscribers/new",
        "/admin/imports",
        "/admin/growth",
        "/admin/campaigns/new",
    ] {
        let shown = owner.page(page).await;
        assert!(shown.contains("Клуб"), "{page}: {shown}");
        assert!(!shown.contains("The club"), "{page}: {shown}");
    }
    let log = owner.page("/admin/audit").await;
    let said = "Список создан<span class=\"sub\"><code>list.create</code></span>";
    assert!(log.contains(said), "{log}");
    let tokens = owner.page("/admin/tokens").await;
    assert!(tokens.contains("списки: чтение и изменение"), "{tokens}");
    assert!(tokens.contains("<code>lists:write</code>"), "{tokens}");
    let webhooks = owner.page("/admin/webhooks").await;
    let (before, _) = webhooks.split_once("id=\"make\"").unwrap();
    assert!(
        before.contains("<code>campaign.finished</code>"),
        "{webhooks}"
    );
    assert!(before.contains("Рассылка завершилась"), "{webhooks}");
}
