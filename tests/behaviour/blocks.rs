//! Blocks of a text: on the site, in emails, and on their way to the editor and back.

use jarshy::model::user::Role;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

async fn create_event(app: &TestApp, slug: &str, published: bool) {
    let event = json!({
        "slug": slug, "starts_at": "2094-11-20T13:00:00Z", "ends_at": "2094-11-20T15:00:00Z",
        "published": published, "language": "en", "title": format!("The {slug}"), "place": "Main hall",
        "description": "Come.",
    });
    app.api_post("/events", event).await;
}

#[apply(on_both_databases)]
async fn cards_show_posts_and_events_as_they_stand_now(app: TestApp) {
    app.create_post("spring", "Spring <news>", "Flowers.").await;
    create_event(&app, "concert", true).await;
    create_event(&app, "rehearsal", false).await;
    let text = "Hello.\n\n:::post slug=\"spring\"\n:::\n\n> :::event slug=\"concert\"\n> :::\n\n\
                :::event slug=\"rehearsal\"\n:::\n\n:::post slug=\"no-such\"\n:::\n\nBye.";
    app.create_post("cards", "Cards", text).await;

    let page = app
        .get("/posts/cards?language=en")
        .await
        .text()
        .await
        .unwrap();
    for shown in [
        "href=\"/posts/spring?language=en\"",
        "Spring &lt;news&gt;",
        "href=\"/events/concert?language=en\"",
        "The concert",
        "Main hall",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    for hidden in ["rehearsal", "no-such", ":::"] {
        assert!(!page.contains(hidden), "{hidden}: {page}");
    }

    app.create_list("news2", "single").await;
    let campaign = app.create_campaign("cards", "Cards", "news2").await;
    let preview = app
        .api_get(&format!("/campaigns/{campaign}/preview?language=en"))
        .await;
    let (html, text) = (
        preview["html"].as_str().unwrap(),
        preview["text"].as_str().unwrap(),
    );
    assert!(
        html.contains("/posts/spring?language=en") && html.contains("Main hall"),
        "{html}"
    );
    assert!(
        text.contains("Spring <news>") && text.contains("The concert"),
        "{text}"
    );
    assert!(
        !html.contains("rehearsal") && !html.contains("block-"),
        "{html}"
    );

    // What has changed since is shown as it is now.
    let renamed = json!({ "language": "en", "title": "The great concert" });
    let answer = app
        .api("PATCH", "/events/concert")
        .json(&renamed)
        .send()
        .await;
    assert!(answer.unwrap().status().is_success());
    let page = app
        .get("/posts/cards?language=en")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("The great concert"), "{page}");
}

#[apply(on_both_databases)]
async fn the_latest_posts_and_coming_events_are_listed(app: TestApp) {
    app.create_post("one", "First", "A").await;
    app.create_post("two", "Second {{ nobody", "B").await;
    create_event(&app, "concert", true).await;
    app.create_post(
        "all",
        "All",
        ":::posts count=\"9\"\n:::\n\n:::events count=\"2\"\n:::",
    )
    .await;
    let page = app
        .get("/posts/all?language=en")
        .await
        .text()
        .await
        .unwrap();
    for shown in ["First", "Second", "The concert"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // The post itself is none of them.
    assert_eq!(page.matches("class=\"block-embed\"").count(), 3, "{page}");
    // A mistake in another post's title stops no email.
    app.create_list("news2", "single").await;
    let campaign = app.create_campaign("all", "All", "news2").await;
    let preview = app
        .api_get(&format!("/campaigns/{campaign}/preview?language=en"))
        .await;
    assert!(
        preview["html"].as_str().unwrap().contains("Second"),
        "{preview}"
    );
}

#[apply(on_both_databases)]
async fn the_editor_reads_and_writes_what_is_stored(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@x.example", Role::Editor).await;
    let markdown = ":::button href=\"https://x.example/join\" align=\"center\"\nJoin **us**\n:::\n\nDear {{ name | default(\"reader\") }}\n";
    let answer = editor
        .post("/admin/document/read", &[("markdown", markdown)])
        .await;
    assert_eq!(answer.status(), 200);
    let document: Value = answer.json().await.unwrap();
    assert_eq!(document["content"][0]["type"], "button");
    assert_eq!(document["content"][0]["attrs"]["align"], "center");
    assert_eq!(document["content"][1]["content"][1]["type"], "merge_tag");
    let json = document.to_string();
    let answer = editor
        .post("/admin/document/write", &[("document", &json)])
        .await;
    assert_eq!(answer.text().await.unwrap(), markdown);

    let deep = "> ".repeat(200) + "x";
    for (path, field, value) in [
        ("/admin/document/read", "markdown", deep.as_str()),
        (
            "/admin/document/write",
            "document",
            "{\"type\":\"paragraph\"}",
        ),
        ("/admin/document/write", "document", ""),
    ] {
        let answer = editor.post(path, &[(field, value)]).await;
        assert_eq!(answer.status(), 422, "{path}");
        assert!(!answer.text().await.unwrap().is_empty(), "{path}");
    }
    let viewer = AdminClient::sign_in(&app, "viewer@x.example", Role::Viewer).await;
    let answer = viewer
        .post("/admin/document/read", &[("markdown", "x")])
        .await;
    assert_eq!(answer.status(), 403);
}
