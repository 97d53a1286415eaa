//! What the API changes and deletes, as the admin pages do.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{PATIENCE, TestApp, on_both_databases};

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

async fn patch(app: &TestApp, path: &str, body: Value) -> Value {
    let (status, answer) = call(app, "PATCH", path, body).await;
    assert_eq!(status, StatusCode::OK, "{path}: {answer}");
    answer
}

async fn delete(app: &TestApp, path: &str) -> StatusCode {
    app.api("DELETE", path).send().await.unwrap().status()
}

#[apply(on_both_databases)]
async fn lists_are_changed_and_deleted(app: TestApp) {
    app.create_list("press", "double").await;
    let changed = patch(
        &app,
        "/lists/press",
        json!({ "name": "Press", "visibility": "private", "counts_clicks": true }),
    )
    .await;
    assert_eq!(changed["name"], "Press");
    assert_eq!(changed["visibility"], "private");
    assert_eq!(changed["opt_in"], "double", "what is left out stays");
    assert_eq!(changed["counts_clicks"], true);
    app.subscribe("a@example.org", "press").await;
    let (status, problem) = call(&app, "DELETE", "/lists/press", json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    app.create_post("p", "P", "text").await;
    let campaign = app.create_campaign("p", "To the press", "press").await;
    let (status, problem) = call(
        &app,
        "DELETE",
        "/lists/press?with_subscriptions=true",
        json!({}),
    )
    .await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(
        problem["detail"].as_str().unwrap().contains("To the press"),
        "{problem}"
    );
    assert_eq!(
        delete(&app, &format!("/campaigns/{campaign}")).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        delete(&app, "/lists/press?with_subscriptions=true").await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        app.api("GET", "/lists/press")
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn a_subscriber_is_patched(app: TestApp) {
    let body = json!({ "email": "a@example.org", "name": "A", "language": "kk", "attributes": { "city": "Oslo", "plan": "gold" }, "lists": ["news"], "status": "confirmed" });
    let id = app.api_post("/subscribers", body).await["id"].clone();
    let path = format!("/subscribers/{id}");
    let changed = patch(
        &app,
        &path,
        json!({ "attributes": { "plan": null, "vip": true }, "frequency": "weekly" }),
    )
    .await;
    assert_eq!(
        changed["attributes"],
        json!({ "city": "Oslo", "vip": true })
    );
    assert_eq!(
        (changed["name"].as_str(), changed["language"].as_str()),
        (Some("A"), Some("kk"))
    );
    assert_eq!(changed["frequency"], "weekly");
    let until = "2099-01-01T00:00:00Z";
    let (status, _) = call(&app, "PATCH", &path, json!({ "paused_until": until })).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "longer than a year"
    );
}

#[apply(on_both_databases)]
async fn a_post_change_keeps_revisions_and_detects_conflicts(app: TestApp) {
    app.create_post("p", "P", "first").await;
    let seen = app.api_get("/posts/p").await["version"].clone();
    let changed = patch(
        &app,
        "/posts/p",
        json!({ "language": "en", "body_markdown": "second", "version": seen }),
    )
    .await;
    assert_eq!(changed["variants"][0]["body_markdown"], "second");
    assert_eq!(changed["variants"][0]["title"], "P");
    let (status, _) = call(
        &app,
        "PATCH",
        "/posts/p",
        json!({ "language": "en", "body_markdown": "third", "version": seen }),
    )
    .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let with_kazakh = patch(
        &app,
        "/posts/p",
        json!({ "language": "kk", "title": "Қ", "body_markdown": "мәтін" }),
    )
    .await;
    assert_eq!(with_kazakh["variants"].as_array().unwrap().len(), 2);
    let draft = patch(&app, "/posts/p", json!({ "published_at": null })).await;
    assert_eq!(draft["published_at"], Value::Null);
    let post = jarshy::content::post::by_slug(&app.cx, &"p".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let history = jarshy::content::revision::history(&app.cx, post.post.id)
        .await
        .unwrap();
    assert!(history.len() >= 4, "{} revisions", history.len());
    assert!(history.iter().any(|one| one.edition.contains("first")));
    assert_eq!(delete(&app, "/posts/p").await, StatusCode::NO_CONTENT);
    assert_eq!(delete(&app, "/posts/p").await, StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn an_event_is_changed_and_deleted(app: TestApp) {
    let event = json!({ "slug": "e", "starts_at": "2030-01-01T09:00:00Z", "ends_at": "2030-01-01T10:00:00Z", "language": "en", "title": "E", "place": "Hall", "repeats": "weekly" });
    app.api_post("/events", event).await;
    let changed = patch(&app, "/events/e", json!({ "starts_at": "2030-01-01T08:00:00Z", "repeats": null, "language": "ru", "title": "Э" })).await;
    assert_eq!(changed["starts_at"], "2030-01-01T08:00:00Z");
    assert_eq!(changed["repeats"], Value::Null);
    assert_eq!(changed["variants"].as_array().unwrap().len(), 2);
    let english = changed["variants"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["language"] == "en")
        .unwrap();
    assert_eq!(english["place"], "Hall");
    let (status, _) = call(
        &app,
        "PATCH",
        "/events/e",
        json!({ "ends_at": "2029-01-01T08:00:00Z" }),
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(delete(&app, "/events/e").await, StatusCode::NO_CONTENT);
    assert_eq!(
        app.api("GET", "/events/e").send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn a_draft_is_changed_checked_previewed_scheduled_and_deleted(app: TestApp) {
    app.create_post("p", "P", "Dear {{ name }}, come.").await;
    app.subscribe("a@example.org", "news").await;
    let id = app.create_campaign("p", "Before", "news").await;
    let path = format!("/campaigns/{id}");
    let changed = patch(
        &app,
        &path,
        json!({ "subject": "After", "is_public": false }),
    )
    .await;
    assert_eq!(
        (changed["subject"].as_str(), changed["is_public"].as_bool()),
        (Some("After"), Some(false))
    );
    assert_eq!(changed["lists"], json!(["news"]));
    let preflight = app.api_get(&format!("{path}/preflight")).await;
    assert_eq!(preflight["can_start"], true, "{preflight}");
    let preview = app.api_get(&format!("{path}/preview?language=EN")).await;
    assert_eq!(preview["subject"], "After");
    assert!(
        preview["html"].as_str().unwrap().contains("come.")
            && preview["text"].as_str().unwrap().contains("come.")
    );
    let (status, scheduled) = call(
        &app,
        "POST",
        &format!("{path}/schedule"),
        json!({ "at": "2099-01-01T09:00:00Z" }),
    )
    .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{scheduled}");
    assert_eq!(delete(&app, &path).await, StatusCode::CONFLICT);
    let draft = app.api_post(&format!("{path}/unschedule"), json!({})).await;
    assert_eq!(draft["state"], "draft");
    let copy = app.api_post(&format!("{path}/duplicate"), json!({})).await;
    assert_eq!(copy["subject"], "After");
    assert_eq!(delete(&app, &path).await, StatusCode::NO_CONTENT);
    app.api_post(&format!("/campaigns/{}/start", copy["id"]), json!({}))
        .await;
    let (status, _) = call(
        &app,
        "PATCH",
        &format!("/campaigns/{}", copy["id"]),
        json!({ "subject": "Late" }),
    )
    .await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn segments_crud_and_count(app: TestApp) {
    app.subscribe("a@example.org", "news").await;
    let rule = json!({ "match": "all", "conditions": [{ "about": "language", "value": "en" }] });
    let made = app
        .api_post("/segments", json!({ "name": "English", "rule": rule }))
        .await;
    assert_eq!(made["count"], 1);
    let path = format!("/segments/{}", made["id"]);
    let rule = json!({ "match": "all", "conditions": [{ "about": "language", "value": "kk" }] });
    let changed = patch(&app, &path, json!({ "rule": rule })).await;
    assert_eq!(
        (changed["count"].as_i64(), changed["name"].as_str()),
        (Some(0), Some("English"))
    );
    let unknown = json!({ "match": "all", "conditions": [{ "about": "language", "value": "kk", "values": 1 }] });
    let (status, problem) = call(&app, "PATCH", &path, json!({ "rule": unknown })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert_eq!(delete(&app, &path).await, StatusCode::NO_CONTENT);
}

#[apply(on_both_databases)]
async fn layouts_and_texts_are_changed_and_restored(app: TestApp) {
    let letter = app.api_get("/layouts/letter").await;
    let mjml = letter["mjml"].as_str().unwrap().to_owned();
    let (status, mine) = call(&app, "PUT", "/layouts/mine", json!({ "mjml": mjml })).await;
    assert_eq!(status, StatusCode::OK, "{mine}");
    assert_eq!(mine["is_shipped"], false);
    let (status, _) = call(&app, "PUT", "/layouts/mine", json!({ "mjml": "<mjml>" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(delete(&app, "/layouts/mine").await, StatusCode::NO_CONTENT);

    let texts = app.api_get("/texts?group=sent&language=en").await;
    let first = &texts["items"][0];
    let key = first["key"].as_str().unwrap();
    let set = patch(
        &app,
        "/texts",
        json!({ "group": "sent", "language": "en", "texts": { (key): "Look into your mail" } }),
    )
    .await;
    let find = |texts: &Value| {
        texts["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["key"] == key)
            .unwrap()
            .clone()
    };
    assert_eq!(find(&set)["text"], "Look into your mail");
    let back = patch(
        &app,
        "/texts",
        json!({ "group": "sent", "language": "en", "texts": { (key): null } }),
    )
    .await;
    assert_eq!(find(&back)["text"], first["shipped"]);
    let (status, problem) = call(
        &app,
        "PATCH",
        "/texts",
        json!({ "group": "sent", "texts": { "no-such": "x" } }),
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["errors"][0]["field"], "texts.no-such");
}

#[apply(on_both_databases)]
async fn a_file_is_imported(app: TestApp) {
    let boundary = "x-boundary";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nnews\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\nemail,name,city\na@example.org,A,Oslo\nb@example.org,B\u{1},Oslo\nnonsense,C,\n\r\n--{boundary}--\r\n"
    );
    let upload = app
        .api("POST", "/imports")
        .header(
            "content-type",
            format!("multipart/form-data; boundary={boundary}"),
        )
        .body(body);
    let answer = upload.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    let import: Value = answer.json().await.unwrap();
    assert_eq!(import["headers"], json!(["email", "name", "city"]));
    let path = format!("/imports/{}", import["id"]);
    let (status, problem) = call(
        &app,
        "POST",
        &format!("{path}/check"),
        json!({ "email": "mail" }),
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    app.api_post(&format!("{path}/check"), json!({})).await;
    wait_for(&app, &path, "checked").await;
    app.api_post(&format!("{path}/run"), json!({})).await;
    let done = wait_for(&app, &path, "finished").await;
    assert_eq!(
        (done["added"].as_i64(), done["rejected"].as_i64()),
        (Some(1), Some(2)),
        "{done}"
    );
    let rejected = app.api_get(&format!("{path}/notes?outcome=rejected")).await;
    let reasons = rejected["items"].to_string();
    assert!(
        reasons.contains("U+0001") && reasons.contains("nonsense"),
        "{reasons}"
    );
    let (status, _) = call(&app, "POST", &format!("{path}/run"), json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn international_addresses_are_found_as_unicode_and_punycode(app: TestApp) {
    for email in ["почта@пример.рф", "a@пример.рф", "қазақ@example.kz"] {
        app.subscribe(email, "news").await;
    }
    for (q, count) in [
        ("почта@пример.рф", 1),
        ("почта@xn--e1afmkfd.xn--p1ai", 1),
        ("Почта@Пример.РФ", 1),
        ("пример.рф", 2),
        ("xn--e1afmkfd", 2),
        ("қазақ@example.kz", 1),
        ("қазақ", 1),
    ] {
        let answer = app
            .api("GET", &format!("/subscribers?q={}", url_encoded(q)))
            .send()
            .await;
        let found: Value = answer.unwrap().json().await.unwrap();
        assert_eq!(
            found["items"].as_array().unwrap().len(),
            count,
            "{q}: {found}"
        );
    }
}

async fn wait_for(app: &TestApp, path: &str, state: &str) -> Value {
    let started = std::time::Instant::now();
    loop {
        let import = app.api_get(path).await;
        if import["state"] == state {
            return import;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "not {state} in time: {import}"
        );
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

fn url_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
