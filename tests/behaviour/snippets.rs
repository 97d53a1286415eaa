//! Snippets: one text, shown wherever it is named, on the site and in emails.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const BLOCK: &str = "Before.\n\n:::snippet name=\"contact\"\n:::\n\nAfter.";

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn save(app: &TestApp, name: &str, texts: Value) -> (StatusCode, Value) {
    call(
        app,
        "PUT",
        &format!("/snippets/{name}"),
        json!({ "texts": texts }),
    )
    .await
}

async fn page(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

async fn problems(app: &TestApp, campaign: i64) -> String {
    let path = format!("/campaigns/{campaign}/preflight");
    app.api_get(&path).await.to_string()
}

#[apply(on_both_databases)]
async fn a_snippet_is_shown_where_it_is_named_and_changes_everywhere(app: TestApp) {
    app.create_post("spring", "Spring", "Flowers.").await;
    let text = "Call **{{ name | default(\"us\") }}**.\n\n:::post slug=\"spring\"\n:::";
    let (status, saved) = save(&app, "contact", json!({ "en": text, "kk": "Қоңырау шал" })).await;
    assert_eq!(status, StatusCode::OK, "{saved}");
    app.create_post("news", "News", BLOCK).await;
    let nested = "::::callout kind=\"note\"\n:::snippet name=\"contact\"\n:::\n::::\n\n- one\n\n  :::snippet name=\"contact\"\n  :::\n";
    app.create_post("deep", "Deep", nested).await;

    let shown = page(&app, "/posts/news?language=en").await;
    for part in ["Before.", "<strong>", "/posts/spring", "After."] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains(":::") && !shown.contains("{{"), "{shown}");
    let deep = page(&app, "/posts/deep?language=en").await;
    assert_eq!(deep.matches("<strong>").count(), 2, "{deep}");
    let feed = page(&app, "/feed.xml").await;
    assert!(!feed.contains("snippet name"), "{feed}");

    app.create_list("news2", "single").await;
    let campaign = app.create_campaign("news", "News", "news2").await;
    let preview = app
        .api_get(&format!("/campaigns/{campaign}/preview?language=en"))
        .await;
    for part in ["html", "text"] {
        let part = preview[part].as_str().unwrap();
        assert!(part.contains("Call") && part.contains("Spring"), "{part}");
        assert!(!part.contains(":::"), "{part}");
    }

    let one = app.api_get("/snippets/contact").await;
    assert_eq!(one["posts"], json!(["deep", "news"]));
    let list = app.api_get("/snippets").await;
    assert_eq!(list["items"][0]["used_in"], 2, "{list}");
    assert_eq!(list["items"][0]["languages"], json!(["en", "kk"]));

    save(&app, "contact", json!({ "en": "Write to us." })).await;
    let shown = page(&app, "/posts/news?language=en").await;
    assert!(shown.contains("Write to us."), "{shown}");
    let stale = json!({ "texts": { "en": "x" }, "version": one["version"] });
    let (status, problem) = call(&app, "PUT", "/snippets/contact", stale).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}

#[apply(on_both_databases)]
async fn each_reader_gets_the_snippet_in_the_language_of_the_text(app: TestApp) {
    save(
        &app,
        "contact",
        json!({ "en": "Call us", "kk": "Қоңырау шал" }),
    )
    .await;
    app.create_list("news2", "single").await;
    let texts = json!([
        { "language": "en", "title": "Hello", "body": BLOCK },
        { "language": "kk", "title": "Сәлем", "body": BLOCK },
        { "language": "ru", "title": "Привет", "body": BLOCK },
    ]);
    let new = json!({ "subject": "Hello", "markdown": texts, "lists": ["news2"] });
    let id = app.api_post("/campaigns", new).await["id"]
        .as_i64()
        .unwrap();
    for (language, expected) in [("en", "Call us"), ("kk", "Қоңырау шал"), ("ru", "Call us")]
    {
        let path = format!("/campaigns/{id}/preview?language={language}");
        let text = app.api_get(&path).await["text"].to_string();
        assert!(text.contains(expected), "{language}: {text}");
    }
    assert_eq!(
        app.api_get("/snippets/contact").await["campaigns"],
        json!([id])
    );
}

#[apply(on_both_databases)]
async fn a_missing_snippet_leaves_nothing_on_the_site_and_stops_a_campaign(app: TestApp) {
    app.create_post("gap", "Gap", BLOCK).await;
    let shown = page(&app, "/posts/gap?language=en").await;
    assert!(
        shown.contains("Before.") && shown.contains("After."),
        "{shown}"
    );
    assert!(!shown.contains("contact\""), "{shown}");

    app.create_list("news2", "single").await;
    app.subscribe("reader@x.example", "news2").await;
    let id = app.create_campaign("gap", "Gap", "news2").await;
    let found = problems(&app, id).await;
    assert!(found.contains("there is no snippet “contact”"), "{found}");
    let (status, problem) = call(&app, "POST", &format!("/campaigns/{id}/start"), json!({})).await;
    assert_eq!(status.as_u16(), 422, "{problem}");
    assert_eq!(problem["type"], "/problems/preflight-failed");
    assert!(app.mails_now("reader@x.example").is_empty());

    save(&app, "contact", json!({ "en": "Here." })).await;
    let found = problems(&app, id).await;
    assert!(!found.contains("snippet"), "{found}");
    call(&app, "POST", &format!("/campaigns/{id}/start"), json!({})).await;
    let mail = app.mail_to("reader@x.example").await;
    assert!(mail.html.contains("Here."), "{}", mail.html);
    app.campaign_in_state(id, "finished").await;

    // What was sent stays as it was.
    save(&app, "contact", json!({ "en": "Elsewhere." })).await;
    let preview = app
        .api_get(&format!("/campaigns/{id}/preview?language=en"))
        .await;
    assert!(
        preview["text"].as_str().unwrap().contains("Here."),
        "{preview}"
    );
}

#[apply(on_both_databases)]
async fn a_snippet_that_would_spoil_texts_is_refused(app: TestApp) {
    for (text, why) in [
        ("{{ unknown_thing }}", "unknown_thing"),
        ("{% if name %}\n\nHello", "if"),
        (
            ":::snippet name=\"other\"\n:::",
            "cannot show another snippet",
        ),
        ("", "needs a text"),
    ] {
        let (status, problem) = save(&app, "bad", json!({ "en": text })).await;
        assert_eq!(status.as_u16(), 422, "{text}");
        assert!(problem.to_string().contains(why), "{text}: {problem}");
    }
    let long = "a ".repeat(40 * 1024);
    assert_eq!(
        save(&app, "bad", json!({ "en": long })).await.0.as_u16(),
        422
    );
    assert_eq!(
        save(&app, "Bad Name", json!({ "en": "x" }))
            .await
            .0
            .as_u16(),
        404
    );

    // One that shows many copies of a large one is bounded.
    save(&app, "large", json!({ "en": "word ".repeat(12 * 1024) })).await;
    let many = ":::snippet name=\"large\"\n:::\n\n".repeat(200);
    app.create_post("many", "Many", &many).await;
    let shown = page(&app, "/posts/many?language=en").await;
    assert!(shown.len() < 2 * 1024 * 1024, "{}", shown.len());
}

#[apply(on_both_databases)]
async fn a_change_of_what_is_about_to_be_mailed_is_confirmed(app: TestApp) {
    save(&app, "contact", json!({ "en": "Call us" })).await;
    app.create_post("news", "News", BLOCK).await;
    app.create_list("news2", "single").await;
    app.subscribe("reader@x.example", "news2").await;
    let id = app.create_campaign("news", "Votes", "news2").await;
    let later = json!({ "at": "2099-01-01T09:00:00Z" });
    app.api_post(&format!("/campaigns/{id}/schedule"), later)
        .await;

    let texts = json!({ "en": "Write to us" });
    let (status, problem) = save(&app, "contact", texts.clone()).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["type"], "/problems/confirmation-required");
    assert!(problem["detail"].to_string().contains("Votes"), "{problem}");
    let (status, _) = call(&app, "DELETE", "/snippets/contact", json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(
        save(&app, "unrelated", texts.clone()).await.0,
        StatusCode::OK
    );
    let body = json!({ "texts": texts });
    let (status, _) = call(&app, "PUT", "/snippets/contact?confirm=true", body).await;
    assert_eq!(status, StatusCode::OK);

    let owner = AdminClient::owner(&app).await;
    let path = "/admin/snippets/1";
    let form = [("language", "en"), ("body_en", "Visit us")];
    let asked = owner.post(path, &form).await.text().await.unwrap();
    assert!(asked.contains("Votes"), "{asked}");
    let confirmed = [
        ("language", "en"),
        ("body_en", "Visit us"),
        ("confirmed", "yes"),
    ];
    let saved = owner.submit(path, &confirmed).await;
    assert!(saved.contains("Visit us"), "{saved}");
}

#[apply(on_both_databases)]
async fn a_change_voids_an_approval(app: TestApp) {
    let settings = json!({ "settings": { "approval": true } });
    let (status, _) = call(&app, "PATCH", "/settings", settings).await;
    assert_eq!(status, StatusCode::OK);
    save(&app, "contact", json!({ "en": "Call us" })).await;
    app.create_list("news2", "single").await;
    app.subscribe("reader@x.example", "news2").await;
    let text = json!([{ "language": "en", "title": "Hello", "body": BLOCK }]);
    let new = json!({ "subject": "Votes", "markdown": text, "lists": ["news2"] });
    let id = app.api_post("/campaigns", new).await["id"]
        .as_i64()
        .unwrap();
    app.api_post(&format!("/campaigns/{id}/request-approval"), json!({}))
        .await;
    let editor = AdminClient::sign_in(&app, "second@x.example", Role::Editor).await;
    let shown = editor.page(&format!("/admin/campaigns/{id}")).await;
    let seen = shown.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap().to_owned();
    let approve = format!("/admin/campaigns/{id}/approve");
    editor.submit(&approve, &[("seen", &seen)]).await;
    let approval = async || app.api_get(&format!("/campaigns/{id}")).await["approval"].clone();
    assert_eq!(approval().await["state"], "approved");

    assert_eq!(
        save(&app, "contact", json!({ "en": "x" })).await.0,
        StatusCode::CONFLICT
    );
    let body = json!({ "texts": { "en": "Write to us" } });
    call(&app, "PUT", "/snippets/contact?confirm=true", body).await;
    let now = approval().await;
    assert_eq!(now["state"], "void", "{now}");
    assert_eq!(now["changed"], "snippet", "{now}");
    let shown = editor.page(&format!("/admin/campaigns/{id}")).await;
    assert!(shown.contains("a snippet that it shows"), "{shown}");
}

#[apply(on_both_databases)]
async fn snippets_are_kept_in_the_admin(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let empty = owner.page("/admin/snippets").await;
    assert!(empty.contains("There are no snippets yet"), "{empty}");
    let new = owner.page("/admin/snippets/new").await;
    assert!(
        new.contains("name=\"body_en\"") && new.contains("data-editor"),
        "{new}"
    );

    let form = [
        ("name", "contact"),
        ("language", "en"),
        ("body_en", "Call **us**"),
    ];
    let made = owner.submit("/admin/snippets", &form).await;
    assert!(
        made.contains(":::snippet name=&quot;contact&quot;")
            || made.contains(":::snippet name=&#34;contact&#34;"),
        "{made}"
    );
    let taken = owner.refused("/admin/snippets", &form, 422).await;
    assert!(
        taken.contains("There is a snippet with this name already"),
        "{taken}"
    );
    let wrong = [("name", "A b"), ("language", "en"), ("body_en", "x")];
    owner.refused("/admin/snippets", &wrong, 422).await;
    let broken = [
        ("language", "en"),
        ("body_en", "{{ what }}"),
        ("body_kk", "Ия"),
    ];
    let refused = owner.refused("/admin/snippets/1", &broken, 422).await;
    assert!(refused.contains("body_en-error"), "{refused}");

    app.create_post("news", "The news", BLOCK).await;
    let list = owner.page("/admin/snippets").await;
    for part in ["contact", "Call us", "The news", "English"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let found = owner.page("/admin/search?q=contact").await;
    assert!(found.contains("/admin/snippets/1"), "{found}");

    let preview = owner.post("/admin/snippets/preview", &form).await;
    let preview = preview.text().await.unwrap();
    assert!(preview.contains("<strong"), "{preview}");

    let old = [("language", "en"), ("body_en", "x"), ("version", "1")];
    let overtaken = owner.refused("/admin/snippets/1", &old, 422).await;
    assert!(
        overtaken.contains("Someone else has changed this"),
        "{overtaken}"
    );
}

#[apply(on_both_databases)]
async fn the_editor_inserts_copies_and_keeps_snippets(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@x.example", Role::Editor).await;
    let form = [
        ("name", "hours"),
        ("markdown", "Open *daily*"),
        ("language", "en"),
    ];
    let kept = editor.post("/admin/snippets/keep", &form).await;
    assert_eq!(kept.status(), StatusCode::CREATED);
    let again = editor.post("/admin/snippets/keep", &form).await;
    assert_eq!(again.status().as_u16(), 422);
    let why: Value = again.json().await.unwrap();
    assert!(why["detail"].to_string().contains("name already"), "{why}");

    let choices: Value = editor
        .get("/admin/snippets/choices")
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(choices[0]["name"], "hours");
    assert_eq!(choices[0]["beginning"], "Open *daily*");
    let text = editor.get("/admin/snippets/1/text?language=kk").await;
    assert_eq!(text.text().await.unwrap(), "Open *daily*");

    let markdown = ":::snippet name=\"hours\"\n:::";
    let read = editor
        .post("/admin/document/read", &[("markdown", markdown)])
        .await;
    let document: Value = read.json().await.unwrap();
    let block = json!({ "type": "snippet", "attrs": { "name": "hours" } });
    assert_eq!(document["content"][0], block, "{document}");
    let json = document.to_string();
    let written = editor
        .post("/admin/document/write", &[("document", json.as_str())])
        .await;
    assert_eq!(written.text().await.unwrap().trim(), markdown);
}

#[apply(on_both_databases)]
async fn a_welcome_email_shows_snippets(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let welcome = "/admin/lists/news/welcome";
    let form = [
        ("sends_welcome", "yes"),
        ("language", "en"),
        ("subject_en", "Good to have you"),
        ("body_en", BLOCK),
    ];
    let refused = owner.refused(welcome, &form, 422).await;
    let said = "There is no snippet “contact”; create it, or take it out of the text";
    assert!(refused.contains(said), "{refused}");

    let texts = json!({ "en": "Call us, **{{ name | default(\"friend\") }}**." });
    assert_eq!(save(&app, "contact", texts).await.0, StatusCode::OK);
    owner.submit(welcome, &form).await;
    let shown = app.api_get("/snippets/contact").await;
    assert_eq!(shown["lists"], json!(["news"]), "{shown}");
    assert_eq!(app.api_get("/snippets").await["items"][0]["used_in"], 1);
    let list = owner.page("/admin/snippets").await;
    assert!(
        list.contains("href=\"/admin/lists/news/welcome\""),
        "{list}"
    );
    app.join_and_confirm("a@example.kz").await;
    let mail = &app.mails_to("a@example.kz", 2).await[0];
    assert_eq!(mail.subject, "Good to have you");
    assert!(mail.html.contains("Call us, <strong"), "{}", mail.html);
    assert!(!mail.html.contains(":::"), "{}", mail.html);

    // Without it, readers get the text of the site and no email with a gap.
    let (status, _) = call(&app, "DELETE", "/snippets/contact", json!({})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    app.join_and_confirm("b@example.kz").await;
    let mail = &app.mails_to("b@example.kz", 2).await[0];
    assert!(mail.subject.starts_with("Welcome to"), "{}", mail.subject);
}

#[apply(on_both_databases)]
async fn a_deleted_snippet_comes_back_from_the_trash(app: TestApp) {
    save(&app, "contact", json!({ "en": "Call us" })).await;
    app.create_post("news", "News", BLOCK).await;
    let owner = AdminClient::owner(&app).await;
    let asked = owner.post("/admin/snippets/1/delete", &[]).await;
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("have a gap in its place"), "{asked}");
    let gone = owner
        .submit("/admin/snippets/1/delete", &[("confirmed", "yes")])
        .await;
    assert!(gone.contains("Moved to the trash"), "{gone}");
    let shown = page(&app, "/posts/news?language=en").await;
    assert!(!shown.contains("Call us"), "{shown}");
    assert_eq!(
        app.api("GET", "/snippets/contact")
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::NOT_FOUND
    );
    let trash = owner.page("/admin/trash").await;
    assert!(
        trash.contains("contact") && trash.contains("snippet"),
        "{trash}"
    );
    let restored = owner.submit("/admin/trash/snippet/1/restore", &[]).await;
    assert!(restored.contains("Call us"), "{restored}");
    let shown = page(&app, "/posts/news?language=en").await;
    assert!(shown.contains("Call us"), "{shown}");
}
