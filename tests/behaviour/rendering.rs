//! Content never takes the application down: what is too deep, too long or too
//! laborious is refused with its reason, and a campaign that cannot start says
//! why and leaves the others alone.

use std::time::{Duration, Instant};

use jarshy::content::post;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// Far more than any of these takes, and far less than they took.
const QUICK: Duration = Duration::from_secs(60);

/// Texts of posts and campaigns that once aborted the process, or held a core or
/// all memory.
fn bombs() -> Vec<(&'static str, String)> {
    let table = |columns: usize, rows: usize| {
        format!(
            "|{}\n|{}\n{}",
            "a|".repeat(columns),
            "-|".repeat(columns),
            "x\n".repeat(rows)
        )
    };
    vec![
        ("bold", "<b>".repeat(6_000)),
        ("quotes", ">".repeat(6_000)),
        ("many quotes", ">".repeat(250_000)),
        ("lists", format!("{}x", "- ".repeat(6_000))),
        ("divisions", "<div>".repeat(40_000)),
        ("tables", "<table><tr><td>".repeat(6_000)),
        (
            "formatting",
            "<b id=a><i id=b>".repeat(80) + "<p>x".repeat(5_000).as_str(),
        ),
        ("attributes", format!("<a {}>", "x=1 ".repeat(50_000))),
        ("wide table", table(1_000, 1_500)),
        ("long table", table(90, 50_000)),
        ("notes", "[^a]".repeat(60_000) + "\n\n[^a]: x"),
        ("not", format!("{{{{ {}1 }}}}", "not ".repeat(20_000))),
        ("plus", format!("{{{{ {}1 }}}}", "1+".repeat(30_000))),
        ("brackets", format!("{{{{ {}", "(".repeat(30_000) + "1 }}")),
        (
            "elif",
            format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}a".repeat(3_000)),
        ),
        ("placeholders", "{{name}}".repeat(60_000)),
        (
            "nested if",
            "{% if 1 %}".repeat(3_000) + "{% endif %}".repeat(3_000).as_str(),
        ),
        ("long string", "{{ \"a\" * 999999 }}".to_owned()),
        ("long list", "{{ ([1] * 99999999) ~ 1 }}".to_owned()),
        (
            "loops",
            "{% for a in range(9999) %}".repeat(5) + "x" + "{% endfor %}".repeat(5).as_str(),
        ),
    ]
}

fn designs() -> Vec<(&'static str, String)> {
    let design = |head: &str, body: &str| {
        format!(
            "<mjml><mj-head>{head}</mj-head><mj-body><mj-section><mj-column><mj-text>\
             <a href=\"{{{{ unsubscribe_url }}}}\">x</a></mj-text>{body}</mj-column></mj-section></mj-body></mjml>"
        )
    };
    vec![
        ("deep", design("", &"<mj-section>".repeat(5_000))),
        (
            "deep behind a comment",
            design(
                "",
                &format!(
                    "<!-- > -->{}",
                    "<mj-section><!-- </mj-section> -->".repeat(5_000)
                ),
            ),
        ),
        (
            "siblings",
            design(
                &format!(
                    "<mj-style inline=\"inline\">{}</mj-style>",
                    "i~p{c:d}".repeat(5_000)
                ),
                &format!("<mj-text>{}</mj-text>", "<p>x</p>".repeat(3_000)),
            ),
        ),
        (
            "carousel",
            design(
                "",
                &format!(
                    "<mj-carousel>{}</mj-carousel>",
                    "<mj-carousel-image src=\"u\" />".repeat(900)
                ),
            ),
        ),
        ("wide", design("", &"<mj-text>x</mj-text>".repeat(12_000))),
    ]
}

#[apply(on_both_databases)]
async fn hostile_markdown_does_not_crash(app: TestApp) {
    let cookie = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    for (name, body) in bombs() {
        let form = [
            ("slug", "a"),
            ("category", "News"),
            ("author", "A"),
            ("language", "en"),
            ("title_en", "T"),
            ("body_en", &body),
        ];
        let began = Instant::now();
        let shown = app.admin_post(&cookie, "/admin/posts/preview", &form).await;
        assert!(began.elapsed() < QUICK, "{name}: {:?}", began.elapsed());
        assert!(
            shown.status() == StatusCode::OK,
            "{name}: {}",
            shown.status()
        );
        let text = shown.text().await.unwrap();
        assert!(
            text.contains("There is no preview yet"),
            "{name}: {}",
            &text[..text.len().min(300)]
        );
    }
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
}

#[apply(on_both_databases)]
async fn hostile_mjml_does_not_crash(app: TestApp) {
    let cookie = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    for (name, body) in designs() {
        let form = [
            ("kind", "mjml"),
            ("layout", "letter"),
            ("subject", "S"),
            ("language", "en"),
            ("title_en", "T"),
            ("body_en", &body),
        ];
        let began = Instant::now();
        let shown = app
            .admin_post(&cookie, "/admin/campaigns/preview", &form)
            .await;
        assert!(began.elapsed() < QUICK, "{name}: {:?}", began.elapsed());
        let text = shown.text().await.unwrap();
        assert!(
            text.contains("There is no preview yet"),
            "{name}: {}",
            &text[..text.len().min(300)]
        );
    }
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
}

#[apply(on_both_databases)]
async fn a_post_that_cannot_be_rendered_is_not_saved(app: TestApp) {
    for (name, body) in bombs()
        .into_iter()
        .filter(|(_, body)| !body.contains("{{") && !body.contains("{%"))
    {
        let post = json!({ "slug": "bomb", "title": "T", "summary": "S", "category": "C",
            "body_markdown": body, "language": "en", "published": true });
        let began = Instant::now();
        let answer = app.api("POST", "/posts").json(&post).send().await.unwrap();
        assert!(began.elapsed() < QUICK, "{name}: {:?}", began.elapsed());
        assert!(
            answer.status().is_client_error(),
            "{name}: {}",
            answer.status()
        );
    }
    assert_eq!(app.get("/posts/bomb").await.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn an_old_post_over_the_limits_is_shown_as_source(app: TestApp) {
    app.create_post("old", "Old", "**x**").await;
    app.raw(
        "UPDATE post_variants SET html_version = 0, body_markdown = $1",
        &">".repeat(200_000),
    )
    .await;
    for _ in 0..3 {
        let began = Instant::now();
        let page = app.get("/en/posts/old?fresh").await;
        assert_eq!(page.status(), StatusCode::OK);
        assert!(began.elapsed() < QUICK);
        assert!(page.text().await.unwrap().contains("<pre>&gt;"));
    }
    assert_eq!(app.get("/en/feed.atom").await.status(), StatusCode::OK);
}

#[apply(on_both_databases)]
async fn a_campaign_that_cannot_be_rendered_cannot_be_scheduled(app: TestApp) {
    let (_, broken) = designs().remove(0);
    // The second one's line of the corpus: Same with Markdown "…".
    let line = include_str!("../corpus/mail/31-scheduled-broken.txt")
        .lines()
        .last()
        .unwrap();
    let markdown = line.split('"').nth(1).unwrap().to_owned();
    let at = app
        .cx
        .clock
        .now()
        .after(Duration::from_secs(3600))
        .rfc3339();
    let mut path = String::new();
    for (kind, body, told) in [
        ("markdown", markdown, "line 1: {{ user.name }}"),
        ("mjml", broken, "too deep"),
    ] {
        let campaign = json!({ "subject": "S", "lists": ["news"],
            kind: [{ "language": "en", "title": "T", "preheader": "", "body": body }] });
        let made = app.api_post("/campaigns", campaign).await;
        path = format!("/campaigns/{}", made["id"]);
        let refused = app
            .api("POST", &format!("{path}/schedule"))
            .json(&json!({ "at": at }))
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem = refused.text().await.unwrap();
        assert!(
            problem.contains(told) && problem.contains("line 1"),
            "{problem}"
        );
        assert_eq!(app.api_get(&path).await["state"], "draft");
    }
    let owner = AdminClient::owner(&app).await;
    let page = owner
        .post(
            &format!("/admin{path}/schedule"),
            &[("schedule_at", "2099-01-01T10:00")],
        )
        .await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().await.unwrap().contains("too deep"));
}

#[apply(on_both_databases)]
async fn a_campaign_that_fails_to_start_does_not_affect_others(app: TestApp) {
    app.subscribe("a@example.kz", "news").await;
    app.create_post("good", "Good", "text").await;
    let at = app
        .cx
        .clock
        .now()
        .after(Duration::from_secs(3600))
        .rfc3339();
    let bad = json!({ "subject": "Bad", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "T", "preheader": "", "body": "text" }] });
    let bad = app.api_post("/campaigns", bad).await["id"]
        .as_i64()
        .unwrap();
    let good = app.create_campaign("good", "Good", "news").await;
    for id in [bad, good] {
        app.api_post(&format!("/campaigns/{id}/schedule"), json!({ "at": at }))
            .await;
    }
    app.raw(
        "UPDATE campaign_texts SET body = $1",
        &format!("{{{{ {}1 }}}}", "not ".repeat(20_000)),
    )
    .await;
    app.execute("UPDATE campaigns SET scheduled_at = 1 WHERE state = 'scheduled'")
        .await;
    app.campaign_in_state(bad, "failed_to_start").await;
    app.campaign_in_state(good, "finished").await;
    let shown = app.api_get(&format!("/campaigns/{bad}")).await;
    assert!(
        shown["failure_reason"]
            .as_str()
            .unwrap()
            .contains("an expression may have"),
        "{shown}"
    );
    let owner = AdminClient::owner(&app).await;
    for path in [
        format!("/admin/campaigns/{bad}"),
        "/admin/campaigns".to_owned(),
        "/admin".to_owned(),
    ] {
        let page = owner.page(&path).await;
        assert!(
            page.contains("ailed to start") || page.contains("failed_to_start"),
            "{path}"
        );
    }
    let mail = app.mail_to("owner@embassy.example").await;
    assert!(
        mail.subject.contains("failed to start: Bad"),
        "{}",
        mail.subject
    );
    // Corrected, it starts.
    app.raw("UPDATE campaign_texts SET body = $1", "text").await;
    app.api_post(&format!("/campaigns/{bad}/start"), json!({}))
        .await;
    app.campaign_in_state(bad, "finished").await;
}

#[apply(on_both_databases)]
async fn posts_of_a_scheduled_campaign_cannot_be_deleted(app: TestApp) {
    app.subscribe("a@example.kz", "news").await;
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "The Monday mail", "news").await;
    let at = app
        .cx
        .clock
        .now()
        .after(Duration::from_secs(3600))
        .rfc3339();
    app.api_post(&format!("/campaigns/{id}/schedule"), json!({ "at": at }))
        .await;
    let full = post::by_slug(&app.cx, &"p".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    let error = post::delete(&app.cx, &jarshy::model::audit::Actor::System, full.post.id)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("The Monday mail"), "{error}");
    app.api_post(&format!("/campaigns/{id}/cancel"), json!({}))
        .await;
    post::delete(&app.cx, &jarshy::model::audit::Actor::System, full.post.id)
        .await
        .unwrap();
}
