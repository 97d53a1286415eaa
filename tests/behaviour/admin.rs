//! The admin pages: signing in, roles, writing and sending.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;

use crate::harness::{TestApp, on_both_databases};

async fn text(app: &TestApp, cookie: &str, path: &str) -> String {
    let page = app.admin_page(cookie, path).await;
    assert_eq!(page.status(), StatusCode::OK, "{path}");
    page.text().await.unwrap()
}

fn leads_to(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

const POST: [(&str, &str); 7] = [
    ("title_en", "The vote"),
    ("summary_en", "What happened."),
    ("category", "General"),
    ("author", "admin"),
    ("body_en", "Dear {{ name }},\n\nthe votes are in."),
    ("language", "en"),
    ("action", "publish"),
];

fn changed<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = POST.to_vec();
    fields.retain(|(one, _)| *one != name);
    fields.push((name, value));
    fields
}

#[apply(on_both_databases)]
async fn a_sign_in_link_works_once(app: TestApp) {
    let email = "office@embassy.example";
    jarshy::account::add_user(&app.cx, &email.parse().unwrap(), Role::Editor)
        .await
        .unwrap();
    let wanted = app.get("/admin/posts?page=1").await;
    assert_eq!(
        leads_to(&wanted),
        "/admin/sign-in?next=%2Fadmin%2Fposts%3Fpage%3D1"
    );
    let known = app.post("/admin/sign-in", &[("email", email)]).await;
    let unknown = app
        .post("/admin/sign-in", &[("email", "stranger@example.org")])
        .await;
    assert_eq!(known.status(), StatusCode::OK);
    assert_eq!(known.text().await.unwrap(), unknown.text().await.unwrap());

    let link = app.mail_to(email).await.link("/admin/sign-in/");
    for _ in 0..2 {
        assert_eq!(
            app.get(&link).await.status(),
            StatusCode::OK,
            "a scanner's look uses nothing up"
        );
    }
    let signed_in = app.post(&link, &[]).await;
    assert_eq!(leads_to(&signed_in), "/admin");
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(app.post(&link, &[]).await.status(), StatusCode::GONE);
    app.quiet().await;
    assert!(app.mails_now("stranger@example.org").is_empty());
}

#[apply(on_both_databases)]
async fn cross_site_requests_are_rejected(app: TestApp) {
    let cookie = app.sign_in("owner@embassy.example", Role::Owner).await;
    let forged = app
        .client
        .post(format!("{}/admin/posts", app.url))
        .form(&POST)
        .header("cookie", &cookie)
        .header("sec-fetch-site", "cross-site")
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let forged = app
        .client
        .post(format!("{}/admin/posts", app.url))
        .form(&POST)
        .header("cookie", &cookie)
        .header("origin", "https://evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        app.api_get("/posts").await["items"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert!(leads_to(&app.post("/admin/posts", &POST).await).starts_with("/admin/sign-in"));
}

#[apply(on_both_databases)]
async fn viewers_cannot_change_anything(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let viewer = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    for path in [
        "/admin",
        "/admin/posts",
        "/admin/campaigns",
        &format!("/admin/campaigns/{id}"),
    ] {
        let page = text(&app, &viewer, path).await;
        for button in ["Start now", "New post", "Send test", "/cancel"] {
            assert!(!page.contains(button), "{path}: {button}");
        }
    }
    for path in [
        "/admin/posts".to_owned(),
        format!("/admin/campaigns/{id}/start"),
        format!("/admin/campaigns/{id}/cancel"),
    ] {
        let refused = app
            .admin_post(&viewer, &path, &[("confirmed", "yes")])
            .await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["state"],
        "draft"
    );
}

#[apply(on_both_databases)]
async fn write_preview_test_and_send_a_post(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    app.subscribe("reader@example.kz", "news").await;

    let preview = app.admin_post(&cookie, "/admin/posts/preview", &POST).await;
    let policy = preview.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.contains("sandbox"), "{policy}");
    assert!(preview.text().await.unwrap().contains("the votes are in"));
    let plain = app
        .client
        .post(format!("{}/admin/posts/preview", app.url))
        .form(&POST)
        .header("cookie", &cookie)
        .header("accept", "text/plain")
        .send()
        .await
        .unwrap();
    assert!(plain.text().await.unwrap().contains("The vote\n========"));
    let broken = app
        .admin_post(
            &cookie,
            "/admin/posts/preview",
            &changed("body_en", "{{ nmae }}"),
        )
        .await;
    assert!(broken.text().await.unwrap().contains("nmae is unknown"));

    let saved = app.admin_post(&cookie, "/admin/posts", &POST).await;
    let editor = leads_to(&saved);
    assert!(
        text(&app, &cookie, &editor)
            .await
            .contains("the votes are in")
    );
    assert_eq!(app.get("/posts/the-vote").await.status(), StatusCode::OK);

    let form = [
        ("post", "the-vote"),
        ("subject", "The vote"),
        ("lists", "news"),
        ("layout", "announcement"),
        ("is_public", "yes"),
    ];
    let page = leads_to(&app.admin_post(&cookie, "/admin/campaigns", &form).await);
    let draft = text(&app, &cookie, &page).await;
    assert!(draft.contains("No problems found"), "{draft}");
    app.admin_post(
        &cookie,
        &format!("{page}/test"),
        &[("test_to", "me@example.org, you@example.org")],
    )
    .await;
    app.mail_to("me@example.org").await;
    app.mail_to("you@example.org").await;

    let asked = app.admin_post(&cookie, &format!("{page}/start"), &[]).await;
    assert!(
        asked
            .text()
            .await
            .unwrap()
            .contains("goes to 1 subscriber on news")
    );
    assert!(app.mails_now("reader@example.kz").is_empty(), "asked first");
    leads_to(
        &app.admin_post(&cookie, &format!("{page}/start"), &[("confirmed", "yes")])
            .await,
    );
    assert!(
        app.mail_to("reader@example.kz")
            .await
            .text
            .contains("Dear Reader,")
    );
    let id = page.rsplit('/').next().unwrap().parse().unwrap();
    app.campaign_in_state(id, "finished").await;
    assert!(
        text(&app, &cookie, &page)
            .await
            .contains("1</span> of <span data-total>1")
    );
    let report = text(&app, &cookie, &format!("{page}/deliveries")).await;
    assert!(report.contains("reader@example.kz") && report.contains("250 2.0.0 caught"));
    let progress: serde_json::Value = app
        .admin_page(&cookie, &format!("{page}/progress"))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&progress["state"], &progress["counts"]["sent"]),
        (&"finished".into(), &1.into())
    );
    assert!(
        text(&app, &cookie, &format!("{page}/deliveries?state=failed"))
            .await
            .contains("None in this state")
    );

    let copy = leads_to(
        &app.admin_post(&cookie, &format!("{page}/duplicate"), &[])
            .await,
    );
    assert_ne!(copy, page);
    let again = app
        .admin_post(&cookie, &format!("{page}/start"), &[("confirmed", "yes")])
        .await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn invalid_forms_keep_their_input(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    for (name, value, complaint) in [
        ("title_en", "", "English: the title must not be empty"),
        ("slug", "Not A Slug", "A slug has"),
        ("category", "", "The category must not be empty"),
        (
            "summary_en",
            &"long ".repeat(300),
            "more than 1000 characters",
        ),
        (
            "title_kk",
            "two\nlines",
            "Қазақша: the title must be a single line",
        ),
    ] {
        let refused = app
            .admin_post(&cookie, "/admin/posts", &changed(name, value))
            .await;
        assert_eq!(
            refused.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}={value}"
        );
        let page = refused.text().await.unwrap();
        assert!(page.contains(complaint), "{complaint}: {page}");
        assert!(page.contains("the votes are in."), "{name}");
    }
    app.create_post("p", "P", "text").await;
    let refused = app
        .admin_post(
            &cookie,
            "/admin/campaigns",
            &[
                ("subject", "Kept"),
                ("post", "none"),
                ("lists", "news"),
                ("layout", "letter"),
            ],
        )
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("value=\"Kept\""));
    let id = app.create_campaign("p", "P", "news").await;
    for (path, field, value) in [
        ("test", "test_to", "me@example.org, nobody"),
        ("schedule", "schedule_at", "2001-01-01T00:00"),
        ("schedule", "schedule_at", "soon"),
    ] {
        let path = format!("/admin/campaigns/{id}/{path}");
        let refused = app.admin_post(&cookie, &path, &[(field, value)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let page = refused.text().await.unwrap();
        assert!(
            page.contains(&format!("value=\"{value}\"")),
            "{path}: {page}"
        );
    }
    let gone = app.admin_page(&cookie, "/admin/campaigns/999").await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    assert!(
        gone.text().await.unwrap().contains("class=\"admin\""),
        "errors keep the admin layout"
    );
}

#[apply(on_both_databases)]
async fn a_post_in_all_languages(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let editor = leads_to(&app.admin_post(&cookie, "/admin/posts", &POST).await);
    let (path, _) = editor.split_once('?').unwrap();
    let seen = seen(&text(&app, &cookie, path).await);
    let both = [
        ("title_en", "The vote"),
        ("body_en", "Text"),
        ("title_ru", "Голосование"),
        ("body_ru", "Текст"),
        ("slug", "the-vote"),
        ("category", "General"),
        ("author", "admin"),
        ("language", "ru"),
        ("publish_at", "2026-01-02T03:04"),
        ("action", "schedule"),
        ("seen", &seen),
    ];
    leads_to(&app.admin_post(&cookie, path, &both).await);
    assert!(
        app.get("/posts/the-vote?language=ru")
            .await
            .text()
            .await
            .unwrap()
            .contains("Голосование")
    );
    let page = text(&app, &cookie, path).await;
    assert!(page.contains("value=\"2026-01-02T03:04\"") && page.contains("Голосование"));
    assert!(
        text(&app, &cookie, "/admin/posts?q=%25")
            .await
            .contains("No posts found")
    );
    for found in ["vote", "голос", "Голос"] {
        assert!(
            text(
                &app,
                &cookie,
                &format!("/admin/posts?q={found}&state=published")
            )
            .await
            .contains("The vote"),
            "{found}"
        );
    }

    let asked = app
        .admin_post(&cookie, &format!("{path}/delete"), &[])
        .await;
    assert!(asked.text().await.unwrap().contains("Delete the post"));
    leads_to(
        &app.admin_post(&cookie, &format!("{path}/delete"), &[("confirmed", "yes")])
            .await,
    );
    assert_eq!(
        app.admin_page(&cookie, path).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn quiet_hours_and_hourly_limit_on_the_campaign_page(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let viewer = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "P", "news").await;
    let page = format!("/admin/campaigns/{id}");
    let form = format!("{page}/limits");
    let limits = [
        ("quiet_from", "22:00"),
        ("quiet_until", "07:00"),
        ("hourly_limit", "300"),
    ];
    assert_eq!(
        app.admin_post(&viewer, &form, &limits).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        leads_to(&app.admin_post(&cookie, &form, &limits).await),
        page
    );
    let set = &app.api_get(&format!("/campaigns/{id}")).await["limits"];
    assert_eq!(
        (&set["quiet_from"], &set["hourly_limit"]),
        (&"22:00".into(), &300.into())
    );

    let wrong = [
        ("quiet_from", "22:00"),
        ("quiet_until", ""),
        ("hourly_limit", "many"),
    ];
    let refused = app.admin_post(&cookie, &form, &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let words = refused.text().await.unwrap();
    assert!(
        words.contains("must be a number") && words.contains(r#"value="many""#),
        "{words}"
    );
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["limits"]["hourly_limit"],
        300
    );

    leads_to(
        &app.admin_post(
            &cookie,
            &form,
            &[
                ("quiet_from", ""),
                ("quiet_until", ""),
                ("hourly_limit", ""),
            ],
        )
        .await,
    );
    assert!(app.api_get(&format!("/campaigns/{id}")).await["limits"]["hourly_limit"].is_null());
}

#[apply(on_both_databases)]
async fn revisions_can_be_restored(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    app.create_post("old", "Made by a program", "first words")
        .await;
    let first = text(&app, &cookie, "/admin/posts/1").await;
    let mut second = changed("body_en", "second words");
    let seen_first = seen(&first);
    second.push(("seen", &seen_first));
    leads_to(&app.admin_post(&cookie, "/admin/posts/1", &second).await);

    let history = text(&app, &cookie, "/admin/posts/1/history").await;
    assert!(
        history.contains("editor@embassy.example") && history.contains("owner@embassy.example"),
        "{history}"
    );
    let (_, oldest) = history.rsplit_once("?revision=").unwrap();
    let oldest = oldest.split('"').next().unwrap();
    let page = text(&app, &cookie, &format!("/admin/posts/1?revision={oldest}")).await;
    assert!(page.contains("Revision of") && page.contains("first words"));
    assert!(
        app.get("/posts/the-vote")
            .await
            .text()
            .await
            .unwrap()
            .contains("second words"),
        "a look changes nothing"
    );

    let mut back = changed("body_en", "first words");
    let seen_second = seen(&page);
    back.push(("seen", &seen_second));
    leads_to(&app.admin_post(&cookie, "/admin/posts/1", &back).await);
    assert!(
        app.get("/posts/the-vote")
            .await
            .text()
            .await
            .unwrap()
            .contains("first words")
    );
    assert_eq!(
        text(&app, &cookie, "/admin/posts/1/history")
            .await
            .matches("?revision=")
            .count(),
        3
    );
    let strange = app.admin_page(&cookie, "/admin/posts/1?revision=999").await;
    assert_eq!(strange.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn unsaved_changes_are_offered_to_their_author(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let other = app.sign_in("other@embassy.example", Role::Editor).await;
    let viewer = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    let refused = app
        .admin_post(&viewer, "/admin/posts/0/autosave", &POST)
        .await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    for body in ["half a sen", "half a sentence"] {
        let kept = app
            .admin_post(
                &cookie,
                "/admin/posts/0/autosave",
                &changed("body_en", body),
            )
            .await;
        assert_eq!(kept.status(), StatusCode::NO_CONTENT);
    }
    let form = text(&app, &cookie, "/admin/posts/new").await;
    assert!(form.contains("unsaved changes") && !form.contains("half a sentence"));
    assert!(
        text(&app, &cookie, "/admin/posts/new?unsaved=true")
            .await
            .contains("half a sentence")
    );
    assert!(
        !text(&app, &other, "/admin/posts/new")
            .await
            .contains("unsaved changes")
    );

    leads_to(&app.admin_post(&cookie, "/admin/posts", &POST).await);
    assert!(
        !text(&app, &cookie, "/admin/posts/new")
            .await
            .contains("unsaved changes"),
        "saved is saved"
    );

    app.admin_post(&cookie, "/admin/posts/1/autosave", &POST)
        .await;
    let asked = app
        .admin_post(&cookie, "/admin/posts/1/discard", &[("confirmed", "yes")])
        .await;
    assert_eq!(leads_to(&asked), "/admin/posts/1");
    assert!(
        !text(&app, &cookie, "/admin/posts/1")
            .await
            .contains("unsaved changes")
    );
}

#[apply(on_both_databases)]
async fn unpublishing_and_removing_a_language(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let mut two = POST.to_vec();
    two.push(("title_ru", "Голосование"));
    let editor = leads_to(&app.admin_post(&cookie, "/admin/posts", &two).await);
    let (path, _) = editor.split_once('?').unwrap();
    let first = seen(&text(&app, &cookie, path).await);
    let mut english = changed("action", "withdraw");
    english.push(("seen", &first));
    leads_to(&app.admin_post(&cookie, path, &english).await);
    assert_eq!(
        app.get("/posts/the-vote").await.status(),
        StatusCode::NOT_FOUND
    );
    let page = text(&app, &cookie, path).await;
    assert!(!page.contains("Голосование"));
    assert!(
        text(&app, &cookie, "/admin/posts?state=draft")
            .await
            .contains("The vote")
    );

    // An edit of the older version is merged with the present one.
    let mut late = english.clone();
    late.retain(|(name, _)| *name != "summary_en");
    late.push(("summary_en", "What happened there."));
    leads_to(&app.admin_post(&cookie, path, &late).await);
    let page = text(&app, &cookie, path).await;
    assert!(page.contains("What happened there.") && page.contains("the votes are in."));
    assert!(!page.contains("Голосование"), "the language stays removed");
}

/// When the post was last changed, as its editor's form has it.
fn seen(page: &str) -> String {
    let (_, rest) = page
        .split_once("name=\"seen\" value=\"")
        .expect("the editor's form");
    rest.split('"').next().unwrap().to_owned()
}
