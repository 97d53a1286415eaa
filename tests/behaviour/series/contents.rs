//! What emails of a series can be made of: Markdown, designs in MJML and HTML, and posts.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{DAY, days, email};
use crate::harness::{TestApp, on_both_databases};

const MJML: &str = "<mjml><mj-body><mj-section><mj-column><mj-text>Dear {{ name }}, this is drawn: \
    <a href=\"{{ unsubscribe_url }}\">leave</a></mj-text></mj-column></mj-section></mj-body></mjml>";
const HTML: &str = "<!doctype html><html><body><p>Dear {{ name }}, this is written.</p>\
    <script>steal()</script><a href=\"{{ unsubscribe_url }}\">leave</a></body></html>";

fn design(format: &str, subject: &str, body: &str) -> Value {
    let text = json!({ "language": "en", "subject": subject, "body": body });
    json!({ "kind": "send", "format": format, "texts": [text] })
}

fn post(slug: &str) -> Value {
    json!({ "kind": "send", "post": slug })
}

fn called(name: &str, steps: &[Value]) -> Value {
    json!({ "name": name, "list": "news", "start": { "kind": "call" }, "steps": steps })
}

impl TestApp {
    /// A call that is refused: its status and why.
    async fn refused(&self, method: &str, path: &str, body: Value) -> (StatusCode, String) {
        let answer = self.api(method, path).json(&body).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// Why a series was paused, once it is.
    async fn pause_reason(&self, series: i64) -> String {
        let path = format!("/series/{series}");
        self.until("the pause", async || {
            self.api_get(&path).await["state"] == "paused"
        })
        .await;
        let shown = self.api_get(&path).await;
        shown["pause_reason"].as_str().unwrap().to_owned()
    }
}

#[apply(on_both_databases)]
async fn designs_and_posts_are_sent_as_campaigns_send_them(app: TestApp) {
    app.create_post("spring", "Spring", "The *first* flowers are out.")
        .await;
    let kazakh = json!({ "language": "kk", "title": "Көктем", "body_markdown": "Гүлдер ашылды." });
    let added = app.api("PATCH", "/posts/spring").json(&kazakh).send().await;
    assert!(added.unwrap().status().is_success());
    let html = HTML.replace("<script>steal()</script>", "");
    let steps = vec![
        design("mjml", "Drawn", MJML),
        design("html", "Written", &html),
        post("spring"),
        email("Plain"),
    ];
    let id = app
        .series("Contents", json!({ "kind": "call" }), steps.clone())
        .await;
    app.subscribe("en@example.kz", "news").await;
    let reader = json!({ "email": "kk@example.kz", "language": "kk", "lists": ["news"],
                         "status": "confirmed" });
    app.api_post("/subscribers", reader).await;
    app.enter(id, "en@example.kz").await;
    app.enter(id, "kk@example.kz").await;
    for (subject, text) in [
        ("Drawn", "Dear Reader, this is drawn"),
        ("Written", "Dear Reader, this is written"),
        ("Spring", "flowers are out"),
        ("Plain", "this is Plain"),
    ] {
        let mail = app.email_to("en@example.kz", subject).await;
        assert!(mail.text.contains(text), "{subject}: {}", mail.text);
        assert!(mail.html.contains("/unsubscribe/"), "{subject}");
        assert_eq!(
            mail.header("List-Unsubscribe-Post").as_deref(),
            Some("List-Unsubscribe=One-Click"),
            "{subject}"
        );
    }
    // The design is the whole email; the post is in the layout, and leads to its page.
    let drawn = app.email_to("en@example.kz", "Drawn").await;
    assert!(!drawn.html.contains("/preferences/"), "{}", drawn.html);
    let spring = app.email_to("kk@example.kz", "Көктем").await;
    assert!(spring.text.contains("Гүлдер ашылды"), "{}", spring.text);
    assert!(spring.html.contains("/posts/spring"), "{}", spring.html);

    app.quiet().await;
    let shown = app.api_get(&format!("/series/{id}")).await;
    for (step, written) in shown["steps"].as_array().unwrap().iter().zip(&steps) {
        assert_eq!(step["step"], *written, "as it was given");
        assert_eq!(step["deliveries"]["sent"], 2, "{shown}");
    }
    assert_eq!(app.api_get("/campaigns").await["items"], json!([]));
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = app
        .admin_page(&cookie, &format!("/admin/series/{id}"))
        .await;
    let page = page.text().await.unwrap();
    for sentence in [
        "Send “Drawn” (MJML)",
        "Send “Written” (HTML)",
        "Send the post “spring”",
        "Send “Plain”",
    ] {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    let page = app
        .admin_page(&cookie, &format!("/admin/series/{id}/rehearsal"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Send the post “spring”"), "{page}");
    let to = json!({ "emails": ["me@embassy.example"] });
    let sent = app.api("POST", &format!("/series/{id}/walk")).json(&to);
    assert_eq!(sent.send().await.unwrap().status(), 204);
    app.mails_to("me@embassy.example", 4).await;
}

#[apply(on_both_databases)]
async fn a_bad_design_or_post_is_refused_with_its_step(app: TestApp) {
    app.create_post("spring", "Spring", "Flowers.").await;
    let both = json!({ "kind": "send", "post": "spring",
                       "texts": [{ "language": "en", "subject": "A", "body": "B" }] });
    let formatted = json!({ "kind": "send", "post": "spring", "format": "mjml" });
    let no_link = MJML.replace("unsubscribe_url", "site_url");
    let text_link = "<mjml><mj-body>{{ unsubscribe_url }}</mj-body></mjml>";
    for (step, why) in [
        (
            design("mjml", "A", &no_link),
            "step 2: English: the design has no unsubscribe link",
        ),
        (
            design("html", "A", "<p>Hello</p>"),
            "step 2: English: the design has no unsubscribe link",
        ),
        (design("mjml", "A", text_link), "no unsubscribe link"),
        (design("mjml", "A", " "), "step 2: write the email"),
        (
            design("html", "A", &format!("{HTML}{}", " ".repeat(300_000))),
            "step 2: English: the text is longer than 256 KiB",
        ),
        (
            both,
            "step 2: give either texts with their format, or a post",
        ),
        (
            formatted,
            "step 2: give either texts with their format, or a post",
        ),
        (json!({ "kind": "send" }), "step 2: write the email"),
        (post("autumn"), "step 2: there is no post"),
        (design("rtf", "A", "B"), "rtf"),
    ] {
        let body = called("Wrong", &[days(1), step]);
        let (status, said) = app.refused("POST", "/series", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(said.replace("\\\"", "\"").contains(why), "{why}: {said}");
    }
    // What shows only when it is rendered is found before anybody comes in.
    let hidden = MJML.replace("<a ", "<a style=\"display:none\" ");
    let drafts = [
        design(
            "mjml",
            "A",
            "<mjml>\n<mj-body><a href=\"{{ unsubscribe_url }}\">",
        ),
        design("mjml", "A", &MJML.replace("{{ name }}", "{{ name")),
        design("mjml", "A", &hidden),
        design("html", "A", HTML),
    ];
    for (number, step) in drafts.into_iter().enumerate() {
        let name = format!("Draft {number}");
        let made = app
            .api_post("/series", called(&name, &[days(1), step]))
            .await;
        let path = format!("/series/{}", made["id"]);
        let (status, said) = app
            .refused("POST", &format!("{path}/start"), json!({}))
            .await;
        assert!(status.is_client_error(), "{name}: {said}");
        assert!(said.contains("step 2: "), "{name}: {said}");
        assert_eq!(app.api_get(&path).await["state"], "draft");
    }
}

#[apply(on_both_databases)]
async fn a_post_that_is_not_published_pauses_and_nothing_is_lost(app: TestApp) {
    app.create_post("spring", "Spring", "Flowers.").await;
    let unpublished = json!({ "published_at": null });
    let change = async |body: &Value| {
        let answer = app.api("PATCH", "/posts/spring").json(body).send().await;
        assert!(answer.unwrap().status().is_success());
    };
    change(&unpublished).await;
    let made = app
        .api_post(
            "/series",
            called("News", &[email("First"), days(1), post("spring")]),
        )
        .await;
    let id = made["id"].as_i64().unwrap();
    let start = format!("/series/{id}/start");
    let (status, said) = app.refused("POST", &start, json!({})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
    assert!(said.contains("step 3: the post “spring”"), "{said}");
    change(&json!({ "published_at": "2020-01-01T00:00:00Z" })).await;
    app.moved(id, "start").await;
    for email in ["a@example.kz", "b@example.kz"] {
        app.subscribe(email, "news").await;
        app.enter(id, email).await;
        app.email_to(email, "First").await;
    }

    // Changed after the start: what was rendered and checked is sent.
    change(&json!({ "body_markdown": "Snow." })).await;
    change(&unpublished).await;
    app.steps_after(2 * DAY).await;
    let reason = app.pause_reason(id).await;
    assert!(
        reason.contains("step 3: the post “spring” was deleted or is not published"),
        "{reason}"
    );
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = app
        .admin_page(&cookie, &format!("/admin/series/{id}"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Step 3: the post “spring”"), "{page}");
    app.until("the notification", async || {
        let told = app.api_get("/notifications").await.to_string();
        told.contains("series_paused")
    })
    .await;
    assert_eq!(app.emails_to("a@example.kz"), ["First"]);

    // Deleted and restored.
    change(&json!({ "published_at": "2020-01-01T00:00:00Z" })).await;
    let deleted = app.api("DELETE", "/posts/spring").send().await.unwrap();
    assert!(deleted.status().is_success());
    app.moved(id, "resume").await;
    app.steps_after(2 * DAY).await;
    assert!(app.pause_reason(id).await.contains("was deleted"));
    let trash = app.api_get("/trash").await;
    let item = &trash["items"][0]["id"];
    app.api_post(&format!("/trash/post/{item}/restore"), json!({}))
        .await;
    app.moved(id, "resume").await;
    app.steps_after(2 * DAY).await;
    for email in ["a@example.kz", "b@example.kz"] {
        let mail = app.email_to(email, "Spring").await;
        assert!(mail.text.contains("Flowers"), "{}", mail.text);
        app.reader_is(id, email, "finished").await;
    }

    // Who comes in next year finds a post that has gone for good; who changes the step goes on.
    let deleted = app.api("DELETE", "/posts/spring").send().await.unwrap();
    assert!(deleted.status().is_success());
    let gone = app.api("DELETE", &format!("/trash/post/{item}"));
    assert!(gone.send().await.unwrap().status().is_success());
    app.subscribe("c@example.kz", "news").await;
    app.enter(id, "c@example.kz").await;
    app.email_to("c@example.kz", "First").await;
    app.steps_after(2 * DAY).await;
    assert!(app.pause_reason(id).await.contains("was deleted"));
    let steps = json!([email("First"), days(1), design("mjml", "Drawn", MJML)]);
    let change = json!({ "steps": steps, "move_readers": true });
    let changed = app.api("PATCH", &format!("/series/{id}")).json(&change);
    assert_eq!(changed.send().await.unwrap().status(), StatusCode::OK);
    app.moved(id, "resume").await;
    app.steps_after(2 * DAY).await;
    app.email_to("c@example.kz", "Drawn").await;
}

#[apply(on_both_databases)]
async fn a_running_series_changes_from_text_to_a_design(app: TestApp) {
    let first = vec![email("First"), days(1), email("Plain")];
    let id = app.series("Course", json!({ "kind": "call" }), first).await;
    for email in ["old@example.kz", "new@example.kz"] {
        app.subscribe(email, "news").await;
    }
    app.enter(id, "old@example.kz").await;
    app.email_to("old@example.kz", "First").await;
    let path = format!("/series/{id}");
    let broken = MJML.replace("{{ name }}", "{{ name");
    let steps =
        |body: &str| json!({ "steps": [email("First"), days(1), design("mjml", "Drawn", body)] });
    let (status, said) = app.refused("PATCH", &path, steps(&broken)).await;
    assert!(
        status.is_client_error() && said.contains("step 3: "),
        "{said}"
    );
    assert_eq!(app.api_get(&path).await["version"], 1);
    let changed = app.api("PATCH", &path).json(&steps(MJML)).send().await;
    assert_eq!(changed.unwrap().status(), StatusCode::OK);
    app.enter(id, "new@example.kz").await;
    app.email_to("new@example.kz", "First").await;
    app.steps_after(2 * DAY).await;
    app.email_to("old@example.kz", "Plain").await;
    let drawn = app.email_to("new@example.kz", "Drawn").await;
    assert!(drawn.text.contains("this is drawn"), "{}", drawn.text);
}

#[apply(on_both_databases)]
async fn the_form_offers_contents_posts_and_templates(app: TestApp) {
    app.create_post("spring", "Spring", "Flowers.").await;
    let campaign = json!({
        "subject": "Look", "lists": ["news"], "layout": "letter",
        "mjml": [{ "language": "en", "title": "Look", "body": MJML }],
    });
    let campaign = app.api_post("/campaigns", campaign).await["id"].clone();
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let path = format!("/admin/campaigns/{campaign}/template");
    let saved = app
        .admin_post(&cookie, &path, &[("name", "Our look")])
        .await;
    let template = saved.headers()["location"].to_str().unwrap().to_owned();
    let template = template.rsplit('/').next().unwrap().to_owned();
    let form = [
        ("name", "By form"),
        ("list", "news"),
        ("layout", "letter"),
        ("start", "call"),
        ("kind_1", "send"),
        ("format_1", "markdown"),
        ("subject_1_en", "My own"),
        ("kind_2", "send"),
        ("format_2", "post"),
        ("post_2", "spring"),
        ("subject_2_en", "Typed before"),
    ];
    let again = async |more: &[(&str, &str)]| {
        let with = [&form[..], more].concat();
        let page = app.admin_post(&cookie, "/admin/series/new", &with).await;
        assert_eq!(page.status(), StatusCode::OK);
        page.text().await.unwrap()
    };
    let page = again(&[("press", "up_2")]).await;
    assert!(
        page.contains(r#"<option value="spring" selected>"#),
        "{page}"
    );
    assert!(page.contains("Typed before"), "nothing is lost: {page}");
    assert!(page.contains("Our look · MJML"), "{page}");

    let fill = [("template_1", template.as_str()), ("press", "template_1")];
    let page = again(&fill).await;
    assert!(page.contains(r#"<option value="mjml" selected>"#), "{page}");
    assert!(page.contains("this is drawn"), "{page}");
    assert!(page.contains(r#"value="My own""#), "what was typed stays");
    let page = again(&[&fill[..], &[("body_1_en", "My own text")]].concat()).await;
    assert!(page.contains("Nothing was filled"), "{page}");
    assert!(page.contains("My own text"), "{page}");
    assert!(!page.contains("this is drawn"), "{page}");
    let page = again(&[("template_1", "letter"), ("press", "template_1")]).await;
    assert!(
        !page.contains("Nothing was filled"),
        "a shipped one: {page}"
    );

    let drawn = [("body_1_en", MJML), ("format_1", "mjml")];
    let mut whole: Vec<(&str, &str)> = form.to_vec();
    whole.retain(|(name, _)| *name != "format_1");
    whole.extend(drawn);
    let saved = app.admin_post(&cookie, "/admin/series", &whole).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let path = saved.headers()["location"].to_str().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap();
    let shown = app.api_get(&format!("/series/{id}")).await;
    let steps = &shown["steps"];
    assert_eq!(steps[0]["step"]["format"], "mjml", "{steps}");
    assert_eq!(steps[1]["step"], post("spring"), "{steps}");
    let page = app.admin_page(&cookie, &format!("{path}/edit")).await;
    let page = page.text().await.unwrap();
    assert!(page.contains(r#"<option value="mjml" selected>"#), "{page}");

    // What is wrong is said at its step.
    let body = ("body_1_en", "<mjml><mj-body></mj-body></mjml>");
    whole.retain(|(name, _)| *name != "body_1_en" && *name != "post_2");
    whole.push(body);
    let refused = app.admin_post(&cookie, "/admin/series", &whole).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains(r##"href="#post_2""##), "{page}");
    whole.push(("post_2", "spring"));
    let refused = app.admin_post(&cookie, "/admin/series", &whole).await;
    let page = refused.text().await.unwrap();
    assert!(page.contains(r##"href="#format_1""##), "{page}");
    assert!(page.contains("no unsubscribe link"), "{page}");
}
