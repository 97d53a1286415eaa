//! What is wrong with a form stands above it, with a link to each field.

use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// A form as somebody filled it in wrongly: its path, its fields, and the ids that the summary
/// leads to.
type Wrong = (String, Vec<(&'static str, &'static str)>, Vec<&'static str>);

const LONG: &str = "a line that is far longer than what fits into the field again and again \
                    until nobody would read it any more and then a little longer than that";

fn wrong(path: &str, fields: &[(&'static str, &'static str)], ids: &[&'static str]) -> Wrong {
    (path.to_owned(), fields.to_vec(), ids.to_vec())
}

/// The forms that need nothing but the list that is there.
fn forms() -> Vec<Wrong> {
    vec![
        wrong(
            "/admin/lists",
            &[("name", ""), ("slug", "A B")],
            &["name", "slug", "visibility", "opt_in"],
        ),
        wrong(
            "/admin/lists/news",
            &[("name", "")],
            &["name", "visibility", "opt_in"],
        ),
        wrong(
            "/admin/lists/news/welcome",
            &[
                ("sends_welcome", "yes"),
                ("subject_en", "x"),
                ("body_en", ""),
                ("action", "save"),
            ],
            &["body_en"],
        ),
        wrong(
            "/admin/lists/news/forms",
            &[("origins", "nonsense")],
            &["origins"],
        ),
        wrong("/admin/layouts", &[("name", "A B")], &["name"]),
        wrong(
            "/admin/layouts/announcement",
            &[("mjml", "<mjml")],
            &["mjml"],
        ),
        wrong(
            "/admin/posts",
            &[("language", "en"), ("category", "x"), ("author", "x")],
            &["title_en"],
        ),
        wrong("/admin/campaigns", &[("kind", "post")], &["post"]),
        wrong(
            "/admin/events",
            &[("starts_on", "")],
            &["starts_on", "starts_at"],
        ),
        wrong(
            "/admin/segments",
            &[
                ("name", "S"),
                ("match", "all"),
                ("group", "0"),
                ("test", "list"),
                ("key", ""),
                ("value", "nosuch"),
            ],
            &["test-0"],
        ),
        wrong(
            "/admin/subscribers",
            &[("email", "x"), ("lists", "A B")],
            &["email", "language", "lists"],
        ),
        wrong(
            "/admin/suppressions",
            &[("email", "x"), ("reason", "none")],
            &["email", "reason"],
        ),
        wrong("/admin/tokens", &[("scope", "some")], &["name", "scope"]),
        wrong(
            "/admin/users",
            &[("email", "x"), ("role", "king")],
            &["email", "role"],
        ),
        wrong("/admin/webhooks", &[("url", "ftp://x")], &["url"]),
        wrong(
            "/admin/signing-keys",
            &[("domain", "x y"), ("selector", "A B")],
            &["domain", "selector"],
        ),
        wrong("/admin/site", &[("accent", "red")], &["name-en", "accent"]),
        wrong(
            "/admin/texts",
            &[("group", "join"), ("join-title", "{")],
            &["join-title"],
        ),
        wrong(
            "/admin/account/language",
            &[("language", "xx")],
            &["language"],
        ),
        wrong("/admin/account/password", &[("new", "1")], &["new"]),
        wrong(
            "/admin/account/two-factor",
            &[
                ("code", "1"),
                ("secret", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            ],
            &["code"],
        ),
        wrong(
            "/admin/settings/relays",
            &[("do", "save"), ("0-host", "a b")],
            &["0-host"],
        ),
        wrong("/admin/settings/senders", &[("sender", "x")], &["sender"]),
        wrong("/admin/setup/site", &[("name", "")], &["name"]),
        wrong("/admin/setup/sender", &[("from", "x")], &["from"]),
        wrong("/admin/setup/list", &[("name", "")], &["name", "slug"]),
        wrong(
            "/admin/email-templates",
            &[("name", "A B"), ("subject", ""), ("body", " ")],
            &["name"],
        ),
        wrong(
            "/admin/subscribers/views",
            &[("name", "")],
            &["new-view-name"],
        ),
        wrong("/admin/join-form", &[("key", "A B")], &["key"]),
        wrong("/admin/sign-in", &[("email", "x")], &["email"]),
    ]
}

/// The forms of what has a page of its own.
async fn forms_of_things(app: &TestApp, owner: &AdminClient) -> Vec<Wrong> {
    let person = app.subscribe("a@x.example", "news").await;
    app.create_post("p", "P", "text").await;
    let campaign = app.create_campaign("p", "P", "news").await;
    let kept = owner.upload("/admin/media", &[], "a.txt", b"text").await;
    assert_eq!(kept.status(), StatusCode::SEE_OTHER);
    let library = owner.page("/admin/media").await;
    let (_, rest) = library.split_once("href=\"/admin/media/").unwrap();
    let medium = rest.split('"').next().unwrap();
    let person = format!("/admin/subscribers/{person}");
    let campaign = format!("/admin/campaigns/{campaign}");
    vec![
        wrong(&person, &[("language", "zzz")], &["language"]),
        wrong(&format!("{person}/address"), &[("email", "x")], &["email"]),
        wrong(
            &format!("{person}/frequency"),
            &[("frequency", "never")],
            &["frequency"],
        ),
        wrong(
            &format!("{campaign}/test"),
            &[("test_to", "nobody")],
            &["test_to"],
        ),
        wrong(
            &format!("{campaign}/limits"),
            &[("hourly_limit", "many")],
            &["hourly_limit"],
        ),
        wrong(
            &format!("{campaign}/limits"),
            &[("quiet_from", "22:00")],
            &["quiet_from"],
        ),
        wrong(
            &format!("/admin/media/{medium}"),
            &[("tags", LONG)],
            &["tags"],
        ),
    ]
}

/// The summary's HTML.
fn summary<'a>(html: &'a str, what: &str) -> &'a str {
    let (_, rest) = html
        .split_once("<div class=\"flash flash--bad error-summary\"")
        .unwrap_or_else(|| panic!("{what} has no summary: {html}"));
    rest.split_once("</div>").unwrap().0
}

#[apply(on_both_databases)]
async fn every_form_says_above_it_what_is_wrong_with_it(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let mut all = forms();
    all.extend(forms_of_things(&app, &owner).await);
    for (path, fields, ids) in all {
        let what = format!("{path} with {fields:?}");
        let html = owner.refused(&path, &fields, 422).await;
        let summary = summary(&html, &what);
        for attribute in ["role=\"alert\"", "tabindex=\"-1\"", "autofocus"] {
            assert!(summary.contains(attribute), "{what}: {summary}");
        }
        for id in &ids {
            let link = format!("<a href=\"#{id}\">");
            assert!(
                summary.contains(&link),
                "{what} leads not to {id}: {summary}"
            );
            // The field is there, and says itself what is wrong with it.
            assert!(
                html.contains(&format!(" id=\"{id}\"")),
                "{what}: {id}: {html}"
            );
            let message = match id.strip_prefix("test-") {
                Some(number) => format!("error-{number}"),
                None => format!("{id}-error"),
            };
            let described = format!("aria-describedby=\"{message}");
            assert!(html.contains(&described), "{what}: {id}: {html}");
            assert!(html.contains(&format!("id=\"{message}\"")), "{what}: {id}");
        }
        let links = summary.matches("<a href=\"#").count();
        assert_eq!(links, ids.len(), "{what}: {summary}");
    }
}

#[apply(on_both_databases)]
async fn a_question_without_words_leads_to_its_words(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [("key", "city")];
    let html = owner.refused("/admin/join-form", &form, 422).await;
    let summary = summary(&html, "a question");
    let (_, rest) = summary.split_once("<a href=\"#label-").unwrap();
    let language = rest.split('"').next().unwrap();
    assert!(
        html.contains(&format!("id=\"label-{language}-error\"")),
        "{html}"
    );
    assert!(
        html.contains("value=\"city\""),
        "what was typed is kept: {html}"
    );
}

#[apply(on_both_databases)]
async fn the_bar_that_saves_says_that_nothing_was_saved(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [("accent", "red")];
    let html = owner.refused("/admin/site", &form, 422).await;
    let (_, bar) = html.split_once("<div class=\"form-bar\">").unwrap();
    assert!(
        bar.contains("<a href=\"#error-summary\">Not saved: 2 things to correct</a>"),
        "{bar}"
    );
    let fine = owner.page("/admin/site").await;
    assert!(!fine.contains("error-summary\"") && !fine.contains("Not saved"));
}

#[apply(on_both_databases)]
async fn visitors_are_led_to_what_is_wrong_too(app: TestApp) {
    let html = app.submit("/join", &[("email", "nonsense")]).await;
    let html = html.text().await.unwrap();
    let (_, rest) = html
        .split_once("role=\"alert\" tabindex=\"-1\" autofocus>")
        .unwrap_or_else(|| panic!("{html}"));
    let summary = rest.split_once("</div>").unwrap().0;
    assert!(summary.contains("<a href=\"#email\">"), "{summary}");
    assert!(html.contains("id=\"email\""), "{html}");
}
