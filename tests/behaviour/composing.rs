//! What campaigns are made of beside one post: digests, texts and designs of
//! their own, and layouts changed by admins.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{TestApp, on_both_databases};

fn leads_to(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

async fn text(app: &TestApp, cookie: &str, path: &str) -> String {
    let page = app.admin_page(cookie, path).await;
    assert_eq!(page.status(), StatusCode::OK, "{path}");
    page.text().await.unwrap()
}

/// Two posts, one of them in two languages, and an event next month.
async fn news(app: &TestApp) {
    app.create_post("vote", "The vote: *all* seats", "text")
        .await;
    app.create_post("kobyz", "The kobyz", "text").await;
    app.api_post(
        "/posts",
        json!({ "slug": "kobyz", "title": "Кобыз", "summary": "Что было.",
        "body_markdown": "текст", "language": "ru" }),
    )
    .await;
    let in_days = |days: u64| {
        let at = app
            .cx
            .clock
            .now()
            .after(std::time::Duration::from_secs(days * 86_400));
        at.rfc3339()
    };
    app.api_post(
        "/events",
        json!({ "slug": "concert", "title": "Concert", "place": "Hall",
        "language": "en", "starts_at": in_days(20), "ends_at": in_days(21) }),
    )
    .await;
}

const DESIGN: &str = "<mjml><mj-body><mj-section><mj-column><mj-text>Dear {{ name }}, \
    <a href=\"https://example.org/a\">read</a> or <a href=\"{{ unsubscribe_url }}\">leave</a>\
    </mj-text></mj-column></mj-section></mj-body></mjml>";

#[apply(on_both_databases)]
async fn a_digest_has_the_selected_items_in_each_language(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    news(&app).await;
    app.subscribe("reader@example.kz", "news").await;
    app.api_post(
        "/subscribers",
        json!({ "email": "ru@example.kz", "language": "ru",
        "lists": ["news"], "status": "confirmed" }),
    )
    .await;

    let form = text(&app, &cookie, "/admin/campaigns/new?kind=digest").await;
    for ticked in [
        "value=\"vote\" checked",
        "value=\"kobyz\" checked",
        "value=\"concert\" checked",
    ] {
        assert!(form.contains(ticked), "{ticked}: {form}");
    }
    let fields = [
        ("kind", "digest"),
        ("subject", "October"),
        ("posts", "vote"),
        ("posts", "kobyz"),
        ("events", "concert"),
        ("lists", "news"),
        ("layout", "digest"),
        ("title_en", "October"),
        ("body_en", "Dear {{ name }}, this was October."),
        ("language", "en"),
    ];
    let preview = app
        .admin_post(&cookie, "/admin/campaigns/preview", &fields)
        .await;
    assert!(preview.text().await.unwrap().contains("this was October"));
    let nothing: Vec<_> = fields
        .into_iter()
        .filter(|(name, _)| !["posts", "events"].contains(name))
        .collect();
    let refused = app.admin_post(&cookie, "/admin/campaigns", &nothing).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.text().await.unwrap();
    assert!(refused.contains("at least one post or event") && refused.contains("this was October"));

    let page = leads_to(&app.admin_post(&cookie, "/admin/campaigns", &fields).await);
    assert!(
        text(&app, &cookie, &page)
            .await
            .contains("a digest of 2 posts and 1 event")
    );
    let form = text(&app, &cookie, &format!("{page}/edit")).await;
    assert!(form.contains("value=\"vote\" checked") && form.contains("this was October"));
    leads_to(
        &app.admin_post(&cookie, &format!("{page}/start"), &[("confirmed", "yes")])
            .await,
    );

    let mail = app.mail_to("reader@example.kz").await;
    assert_eq!(mail.subject, "October");
    for words in [
        "Dear Reader, this was October.",
        "The vote: *all* seats",
        "The kobyz",
        "Concert",
        "Hall",
        "/posts/vote?language=en",
    ] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
    assert!(
        mail.html.contains("The vote: *all* seats")
            && mail.html.contains("/events/concert?language=en")
    );
    let russian = app.mail_to("ru@example.kz").await;
    assert!(
        russian.text.contains("Новости") && russian.text.contains("Кобыз"),
        "{}",
        russian.text
    );
    assert!(
        russian.text.contains("The vote: *all* seats"),
        "what has no Russian speaks English"
    );

    // The next digest begins where this one ended.
    let next = text(&app, &cookie, "/admin/campaigns/new?kind=digest").await;
    assert!(!next.contains("value=\"vote\" checked") && next.contains("value=\"concert\" checked"));
    let copy = leads_to(
        &app.admin_post(&cookie, &format!("{page}/duplicate"), &[])
            .await,
    );
    assert!(
        text(&app, &cookie, &copy)
            .await
            .contains("a digest of 2 posts and 1 event")
    );
}

#[apply(on_both_databases)]
async fn a_plain_text_campaign_is_sent_in_each_language(app: TestApp) {
    app.subscribe("reader@example.kz", "news").await;
    app.api_post(
        "/subscribers",
        json!({ "email": "kk@example.kz", "language": "kk",
        "lists": ["news"], "status": "confirmed" }),
    )
    .await;
    let id = app.api_post("/campaigns", json!({ "subject": "Closed", "lists": ["news"], "markdown": [
        { "language": "en", "title": "Closed", "preheader": "Only on Friday", "body": "Dear {{ name }},\n\nwe are **closed**." },
        { "language": "kk", "title": "Жабық", "body": "Біз жабықпыз." },
    ] })).await["id"].as_i64().unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let mail = app.mail_to("reader@example.kz").await;
    assert!(
        mail.text.starts_with("Closed\r\n======") && mail.text.contains("Dear Reader,"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("<strong>closed</strong>") && mail.html.contains("Only on Friday"));
    let kazakh = app.mail_to("kk@example.kz").await;
    assert_eq!(kazakh.subject, "Жабық");
    assert!(kazakh.text.contains("Біз жабықпыз."));
    assert_eq!(
        app.get(&format!("/archive/{id}")).await.status(),
        StatusCode::OK
    );
}

#[apply(on_both_databases)]
async fn an_mjml_campaign_needs_an_unsubscribe_link(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    app.subscribe("reader@example.kz", "news").await;
    let form = |body: &'static str| {
        [
            ("kind", "mjml"),
            ("subject", "Designed"),
            ("title_en", "Designed"),
            ("body_en", body),
            ("lists", "news"),
            ("layout", "letter"),
            ("language", "en"),
        ]
    };
    let first = text(&app, &cookie, "/admin/campaigns/new?kind=mjml").await;
    assert!(
        first.contains("{{ unsubscribe_url }}"),
        "it begins with a design that works"
    );
    for (body, complaint) in [
        ("<mjml><mj-body></mj-body></mjml>", "no unsubscribe link"),
        ("", "in at least one language"),
    ] {
        let refused = app
            .admin_post(&cookie, "/admin/campaigns", &form(body))
            .await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let said = refused.text().await.unwrap();
        assert!(
            said.contains(complaint) || body.is_empty() && said.contains("text must not be empty"),
            "{said}"
        );
    }
    let broken = app
        .admin_post(
            &cookie,
            "/admin/campaigns/preview",
            &form("<mjml>\n<mj-body><a href=\"{{ unsubscribe_url }}\">"),
        )
        .await;
    let said = broken.text().await.unwrap();
    assert!(
        said.contains("Line 2, column 10") && said.contains("put it into mj-text"),
        "{said}"
    );

    let page = leads_to(
        &app.admin_post(&cookie, "/admin/campaigns", &form(DESIGN))
            .await,
    );
    assert!(text(&app, &cookie, &page).await.contains("its own MJML"));
    leads_to(
        &app.admin_post(&cookie, &format!("{page}/start"), &[("confirmed", "yes")])
            .await,
    );
    let mail = app.mail_to("reader@example.kz").await;
    assert!(mail.html.contains("Dear Reader") && mail.html.contains("/unsubscribe/"));
    assert!(
        mail.text.contains("Dear Reader") && mail.text.contains("https://example.org/a"),
        "{}",
        mail.text
    );
    assert_eq!(
        app.post(&mail.link("/unsubscribe/"), &[]).await.status(),
        StatusCode::OK
    );
}

#[apply(on_both_databases)]
async fn the_api_takes_exactly_one_content(app: TestApp) {
    app.create_post("p", "P", "text").await;
    for (content, complaint) in [
        (json!({}), "name one of"),
        (json!({ "post": "p", "mjml": [] }), "name one of"),
        (json!({ "digest": { "posts": ["none"] } }), "no post"),
        (json!({ "digest": { "events": ["none"] } }), "no event"),
        (
            json!({ "markdown": [{ "language": "en", "title": "T", "body": " " }] }),
            "must not be empty",
        ),
        (
            json!({ "mjml": [{ "language": "en", "title": "T", "body": "<mjml></mjml>" }] }),
            "no unsubscribe link",
        ),
        (json!({ "post": "p", "segment": 7 }), "no such segment"),
        (json!({ "post": "p", "layout": "none" }), "no layout"),
    ] {
        let mut body = json!({ "subject": "S", "lists": ["news"] });
        body.as_object_mut()
            .unwrap()
            .extend(content.as_object().unwrap().clone());
        let refused = app
            .api("POST", "/campaigns")
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let said = refused.text().await.unwrap();
        assert!(said.contains(complaint), "{body}: {said}");
    }
}

#[apply(on_both_databases)]
async fn layouts_are_changed_copied_and_restored(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let viewer = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    app.create_post("p", "P", "words").await;
    app.subscribe("reader@example.kz", "news").await;
    let own = "<mjml><mj-body><mj-section><mj-column><mj-text>OUR OWN LOOK {{ body }}\
        {% for link in footer_links %}<a href=\"{{ link.url }}\">{{ link.text }}</a>{% endfor %}</mj-text>\
        </mj-column></mj-section></mj-body></mjml>";
    let page = "/admin/layouts/announcement";
    assert_eq!(
        app.admin_post(&viewer, page, &[("mjml", own)])
            .await
            .status(),
        StatusCode::FORBIDDEN
    );
    let preview = app
        .admin_post(&cookie, &format!("{page}/preview"), &[("mjml", own)])
        .await;
    assert!(preview.text().await.unwrap().contains("OUR OWN LOOK"));
    for broken in ["<mjml>", "<mjml><mj-body></mj-body></mjml>"] {
        let refused = app.admin_post(&cookie, page, &[("mjml", broken)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().await.unwrap().contains("cannot be rendered"));
    }
    leads_to(&app.admin_post(&cookie, page, &[("mjml", own)]).await);
    assert!(
        text(&app, &cookie, "/admin/layouts")
            .await
            .contains("editor@embassy.example")
    );

    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    assert!(
        app.mail_to("reader@example.kz")
            .await
            .html
            .contains("OUR OWN LOOK")
    );

    let copied = app
        .admin_post(
            &cookie,
            "/admin/layouts",
            &[("name", "house"), ("from", "announcement")],
        )
        .await;
    assert_eq!(leads_to(&copied), "/admin/layouts/house");
    let twice = app
        .admin_post(
            &cookie,
            "/admin/layouts",
            &[("name", "house"), ("from", "letter")],
        )
        .await;
    assert_eq!(twice.status(), StatusCode::UNPROCESSABLE_ENTITY);
    app.api_post(
        "/campaigns",
        json!({ "subject": "S", "post": "p", "lists": ["news"], "layout": "house" }),
    )
    .await;
    let in_use = app
        .admin_post(
            &cookie,
            "/admin/layouts/house/restore",
            &[("confirmed", "yes")],
        )
        .await;
    assert_eq!(in_use.status(), StatusCode::CONFLICT);

    let asked = app
        .admin_post(&cookie, &format!("{page}/restore"), &[])
        .await;
    assert!(asked.text().await.unwrap().contains("Restore"));
    leads_to(
        &app.admin_post(&cookie, &format!("{page}/restore"), &[("confirmed", "yes")])
            .await,
    );
    let shipped = text(&app, &cookie, page).await;
    assert!(shipped.contains("Not changed") && !shipped.contains("OUR OWN LOOK"));
}
