//! What the API makes of input that it does not know or cannot keep: an answer
//! that names it, and nothing done.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};

/// Sends JSON and gives the field that the answer names.
async fn refused(app: &TestApp, method: &str, path: &str, body: &Value) -> String {
    let answer = app.api(method, path).json(body).send().await.unwrap();
    let status = answer.status();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{method} {path} {body}: {problem}"
    );
    problem["errors"][0]["field"]
        .as_str()
        .unwrap_or_else(|| panic!("no field: {problem}"))
        .to_owned()
}

#[apply(on_both_databases)]
async fn unknown_fields_are_rejected_by_name(app: TestApp) {
    for (path, body, field) in [
        (
            "/transactional",
            json!({ "to": "n@example.org", "subject": "S", "body_markdown": "Hi", "attachments": [{ "name": "a.pdf", "content": "AAAA" }] }),
            "attachments",
        ),
        (
            "/transactional",
            json!({ "to": "n@example.org", "subject": "S", "body_markdown": "Hi", "cc": "c@example.org" }),
            "cc",
        ),
        (
            "/transactional",
            json!({ "to": "n@example.org", "subject": "S", "body_markdown": "Hi", "headers": { "X-A": "b" } }),
            "headers",
        ),
        (
            "/subscribers",
            json!({ "email": "t@example.org", "list": ["news"], "status": "confirmed" }),
            "list",
        ),
        (
            "/subscribers",
            json!({ "email": "t@example.org", "lists": ["news"], "state": "confirmed" }),
            "state",
        ),
        (
            "/subscribers",
            json!({ "email": "hist@example.org", "lists": ["news"], "status": "unsubscribed" }),
            "status",
        ),
        (
            "/lists",
            json!({ "slug": "l", "name": "L", "visibility": "public", "opt_in": "single", "optin": 1 }),
            "optin",
        ),
        (
            "/join",
            json!({ "email": "t@example.org", "list": ["news"] }),
            "list",
        ),
        (
            "/campaigns",
            json!({ "subject": "S", "digest": { "post": ["p"] }, "lists": ["news"] }),
            "digest.post",
        ),
        (
            "/campaigns",
            json!({ "subject": "S", "markdown": [{ "language": "en", "title": "T", "text": "B", "body": "B" }], "lists": ["news"] }),
            "markdown[0].text",
        ),
    ] {
        assert_eq!(
            refused(&app, "POST", path, &body).await,
            field,
            "{path} {body}"
        );
    }
    assert!(
        app.api_get("/subscribers").await["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert!(app.mails_now("n@example.org").is_empty());
}

#[apply(on_both_databases)]
async fn unknown_parameters_are_rejected_by_name(app: TestApp) {
    for (path, field) in [
        ("/subscribers?email=t@example.org", "email"),
        ("/subscribers?cursor=abc", "cursor"),
        ("/subscribers?limit=0", "limit"),
        ("/subscribers?limit=many", "limit"),
        ("/subscribers?q=%00abc", "q"),
        ("/suppressions?cursor=%01", "cursor"),
        ("/suppressions?cursor=abc", "cursor"),
        ("/posts?cursor=-5", "cursor"),
        ("/campaigns?cursor=1e3", "cursor"),
        ("/lists?limit=5&slug=news", "limit"),
    ] {
        let answer = app.api("GET", path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let stranger = app.get("/api/v1/subscribers?email=t@example.org").await;
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
    let body = app
        .api("POST", "/campaigns/1/start")
        .json(&json!({ "at": "2030-01-01T00:00:00Z" }))
        .send()
        .await
        .unwrap();
    assert_eq!(body.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn control_characters_are_rejected_by_field(app: TestApp) {
    app.create_post("p", "P", "text").await;
    for (path, body, field) in [
        (
            "/posts",
            serde_json::from_str(include_str!("../corpus/mail/24-nul.json")).unwrap(),
            "body_markdown",
        ),
        (
            "/posts",
            json!({ "slug": "nul", "title": "T\u{1}", "body_markdown": "a" }),
            "title",
        ),
        (
            "/posts",
            json!({ "slug": "nul", "title": "T\nU", "body_markdown": "a" }),
            "title",
        ),
        (
            "/posts",
            json!({ "slug": "nul", "title": "T", "summary": "\u{9f}", "body_markdown": "a" }),
            "summary",
        ),
        (
            "/lists",
            json!({ "slug": "l", "name": "L", "description": "\0", "visibility": "public", "opt_in": "single" }),
            "description",
        ),
        (
            "/lists",
            json!({ "slug": "l", "name": "L", "translations": { "kk": { "name": "\0" } }, "visibility": "public", "opt_in": "single" }),
            "translations.kk.name",
        ),
        (
            "/subscribers",
            json!({ "email": "a@example.org", "attributes": { "plan": "\0" } }),
            "attributes.plan",
        ),
        (
            "/subscribers",
            json!({ "email": "a@example.org", "attributes": { "a\0": "b" } }),
            "attributes.a\\0",
        ),
        (
            "/subscribers",
            json!({ "email": "a@example.org", "name": "\u{7f}" }),
            "name",
        ),
        (
            "/suppressions",
            json!({ "email": "a@example.org", "note": "\0" }),
            "note",
        ),
        (
            "/events",
            json!({ "slug": "e", "starts_at": "2027-01-01T09:00:00Z", "ends_at": "2027-01-01T10:00:00Z", "title": "T", "place": "\0" }),
            "place",
        ),
        (
            "/campaigns",
            json!({ "subject": "a\0", "post": "p", "lists": ["news"] }),
            "subject",
        ),
        (
            "/campaigns",
            json!({ "subject": "a", "from": "A\0 <a@example.org>", "post": "p", "lists": ["news"] }),
            "from",
        ),
        (
            "/transactional",
            json!({ "to": "t@example.org", "subject": "S", "html": "<p>a\0</p>", "text": "a\0" }),
            "html",
        ),
        (
            "/webhooks",
            json!({ "url": "https://example.org/\0" }),
            "url",
        ),
        (
            "/join",
            json!({ "email": "a@example.org", "name": "\0" }),
            "name",
        ),
    ] {
        assert_eq!(
            refused(&app, "POST", path, &body).await,
            field,
            "{path} {body}"
        );
    }
}

#[apply(on_both_databases)]
async fn every_form_rejects_control_characters(app: TestApp) {
    let cookie = app
        .sign_in("editor@embassy.example", jarshy::model::user::Role::Editor)
        .await;
    let post = [
        ("title_en", "T"),
        ("body_en", "a\0b"),
        ("category", "G"),
        ("author", "A"),
        ("publication", "draft"),
    ];
    let answer = app.admin_post(&cookie, "/admin/posts", &post).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .to_lowercase()
            .contains("body_en")
    );
    for path in [
        "/admin/subscribers?q=%00abc",
        "/admin/suppressions?q=%00",
        "/admin/audit?q=%00",
    ] {
        assert_eq!(
            app.admin_page(&cookie, path).await.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path}"
        );
    }
    for path in [
        "/admin/lists/%00",
        "/admin/layouts/%01",
        "/admin/events/%00",
        "/posts/%00",
        "/media/%00",
        "/events/%1b",
        "/posts/category/%00",
    ] {
        assert_eq!(
            app.admin_page(&cookie, path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let join = app
        .post(
            "/join",
            &[
                ("email", "a@example.org"),
                ("name", "A\0"),
                ("lists", "news"),
            ],
        )
        .await;
    assert_eq!(join.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn unicode_line_separators_become_line_breaks(app: TestApp) {
    let mut pasted: Value =
        serde_json::from_str(include_str!("../corpus/mail/12-atom-control.json")).unwrap();
    pasted["body_markdown"] =
        format!("{}\r\nthird", pasted["body_markdown"].as_str().unwrap()).into();
    app.api_post("/posts", pasted).await;
    let post = app.api_get("/posts/vt").await;
    assert_eq!(
        post["variants"][0]["body_markdown"],
        "first line\nsecond line\nthird"
    );
    let feed = app.get("/feed.atom").await.text().await.unwrap();
    assert!(
        feed.contains("first line\nsecond line") && !feed.contains('\u{b}'),
        "{feed}"
    );
}

#[apply(on_both_databases)]
async fn a_schedule_in_the_past_is_rejected(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.org", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let path = format!("/campaigns/{id}/schedule");
    assert_eq!(
        refused(
            &app,
            "POST",
            &path,
            &json!({ "at": "2020-01-01T09:00:00Z" })
        )
        .await,
        "at"
    );
    let past: Value =
        serde_json::from_str(include_str!("../corpus/mail/23-past-schedule.json")).unwrap();
    assert_eq!(refused(&app, "POST", &path, &past).await, "at");
    assert_eq!(
        refused(
            &app,
            "POST",
            &path,
            &json!({ "at_local": "2020-01-01T09:00" })
        )
        .await,
        "at_local"
    );
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["state"],
        "draft"
    );
}

#[apply(on_both_databases)]
async fn a_wrong_method_gets_the_allow_header(app: TestApp) {
    let answer = app.api("DELETE", "/transactional").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.headers()["allow"].to_str().unwrap().contains("POST"));
    let problem: Value = answer.json().await.unwrap();
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("DELETE"), "{detail}");
}

#[apply(on_both_databases)]
async fn http_errors_are_problem_documents(app: TestApp) {
    let json = "application/problem+json";
    for (method, path, kind, status, said) in [
        ("POST", "/lists", "text/plain", 415, "application/json"),
        (
            "POST",
            "/lists",
            "application/x-www-form-urlencoded",
            415,
            "application/json",
        ),
        ("POST", "/lists", "application/json", 400, ""),
        ("PATCH", "/lists", "application/json", 405, "PATCH"),
        ("PUT", "/subscribers/1", "application/json", 405, "Allow"),
        ("GET", "/lists/", "application/json", 404, ""),
        ("GET", "/nowhere", "application/json", 404, ""),
    ] {
        let request = app.api(method, path).header("content-type", kind).body("{");
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{method} {path} {kind}");
        assert_eq!(answer.headers()["content-type"], json, "{method} {path}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["status"], status);
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            !detail.is_empty() && detail.contains(said),
            "{method} {path}: {detail}"
        );
        assert_ne!(problem["type"], "/problems/internal");
    }
    let head = app.api("HEAD", "/lists").send().await.unwrap();
    assert_eq!(head.status(), StatusCode::OK);
    assert!(head.bytes().await.unwrap().is_empty());
    // There is one form of each answer; what a client prefers is no reason to refuse it.
    let any = app
        .api("GET", "/lists")
        .header("accept", "text/xml")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (any.status(), &any.headers()["content-type"]),
        (StatusCode::OK, &"application/json".parse().unwrap())
    );
}

#[apply(on_both_databases)]
async fn language_tags_are_case_insensitive_and_may_have_a_region(app: TestApp) {
    for (n, (tag, language)) in [("RU", "ru"), ("ru-KZ", "ru"), ("En_us", "en"), ("kk", "kk")]
        .into_iter()
        .enumerate()
    {
        let made = app
            .api_post(
                "/subscribers",
                json!({ "email": format!("s{n}@example.org"), "language": tag }),
            )
            .await;
        assert_eq!(made["language"], language, "{tag}");
        let joined = app
            .api("POST", "/join")
            .json(&json!({ "email": format!("j{n}@example.org"), "language": tag }))
            .send()
            .await
            .unwrap();
        assert_eq!(joined.status(), StatusCode::ACCEPTED);
    }
    assert_eq!(
        refused(
            &app,
            "POST",
            "/subscribers",
            &json!({ "email": "a@example.org", "language": "de" })
        )
        .await,
        "language"
    );
}
