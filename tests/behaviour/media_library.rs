//! The media library: what the site shows, search, tags, uses, the picker of the editor.

use jarshy::model::user::Role;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::admin_media::png;
use crate::harness::{TestApp, on_both_databases};

async fn html(app: &TestApp, path: &str) -> String {
    app.get(path).await.text().await.unwrap()
}

/// Uploads a file; the path of its page.
async fn upload(who: &AdminClient, name: &str, content: &[u8]) -> String {
    let answer = who.upload("/admin/media", &[], name, content).await;
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn new_files_are_shown_where_they_are_used_alone(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let gate = upload(&editor, "gate.png", &png(7)).await;
    upload(&editor, "song.mp3", b"ID3\x04\0\0\0\0\0\0").await;
    app.create_post("gate", "The gate", "See ![](/media/gate.png)")
        .await;
    assert!(html(&app, "/posts/gate").await.contains("/media/gate.png"));
    assert_eq!(app.get("/media/gate.png").await.status(), 200);
    let shown = async |name: &str| {
        [
            html(&app, "/media").await.contains(name),
            html(&app, "/").await.contains(name),
        ]
    };
    assert!(!shown("/media/gate.png").await[0]);
    assert_eq!(shown("/media/song.mp3").await, [false; 2]);
    let form = [("alt-en", "A gate"), ("tags", ""), ("shown", "yes")];
    editor.submit(&gate, &form).await;
    assert!(shown("/media/gate.png").await[0]);
    let song = json!({ "shown": true });
    let changed = app.api("PATCH", "/media/song.mp3").json(&song).send().await;
    assert_eq!(changed.unwrap().status(), 200);
    assert_eq!(shown("/media/song.mp3").await, [true; 2]);
    editor.submit(&gate, &form[..2]).await;
    assert!(!shown("/media/gate.png").await[0]);
    let page = editor
        .upload("/admin/media", &[("shown", "yes")], "flag.png", &png(9))
        .await;
    assert_eq!(page.status(), 303);
    assert!(shown("/media/flag.png").await[0]);
}

#[apply(on_both_databases)]
async fn files_are_found_by_name_caption_and_tag(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let gate = upload(&editor, "gate.png", &png(7)).await;
    upload(&editor, "notes.txt", b"notes").await;
    let wrong = "x".repeat(101);
    let typed = [("title-kk", "Қақпа"), ("tags", wrong.as_str())];
    let refused = editor.refused(&gate, &typed, 422).await;
    assert!(
        refused.contains("id=\"tags-error\"") && refused.contains("Қақпа"),
        "{refused}"
    );
    editor
        .submit(
            &gate,
            &[("title-kk", "Қақпа"), ("tags", "Stone, Қала, stone")],
        )
        .await;
    for (query, finds_gate, finds_notes) in [
        ("", true, true),
        ("?q=GATE", true, false),
        ("?q=%D2%9B%D0%B0%D2%9B%D0%BF%D0%B0", true, false),
        ("?q=nothing", false, false),
        ("?tag=stone", true, false),
        ("?tag=%D2%9B%D0%B0%D0%BB%D0%B0", true, false),
        ("?kind=document", false, true),
        ("?kind=document&view=list", false, true),
    ] {
        let page = editor.page(&format!("/admin/media{query}")).await;
        let has = |id: i64| page.contains(&format!("href=\"/admin/media/{id}\""));
        assert_eq!(
            (has(1), has(2)),
            (finds_gate, finds_notes),
            "{query}: {page}"
        );
    }
    let page = editor.page(&gate).await;
    assert!(page.contains("value=\"Stone, Қала\""), "{page}");
}

#[apply(on_both_databases)]
async fn a_file_says_where_it_is_used_before_it_is_deleted(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let gate = upload(&owner, "gate.png", &png(7)).await;
    let unused = owner.page(&gate).await;
    assert!(unused.contains("nothing that we know of"), "{unused}");
    app.create_post("a", "In its text", "See ![](/media/gate.png)")
        .await;
    app.create_post("b", "In the trash", "See ![](/media/gate.png)")
        .await;
    app.create_post("c", "Another file", "See ![](/media/gate.pngx)")
        .await;
    let gone = app.api("DELETE", "/posts/b").send().await.unwrap();
    assert_eq!(gone.status(), 204);
    let event = json!({ "slug": "e", "starts_at": "2099-03-21T10:00:00Z",
        "ends_at": "2099-03-21T12:00:00Z", "title": "At the gate", "picture": "gate.png" });
    app.api_post("/events", event).await;
    owner
        .submit(
            "/admin/site",
            &[("name-en", "Embassy"), ("logo", "gate.png")],
        )
        .await;
    let own = json!({ "subject": "By hand", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "T", "body": "![](/media/gate.png)" }] });
    app.api_post("/campaigns", own).await;
    let page = owner.page(&gate).await;
    for used in [
        "the post “In its text”",
        "the event “At the gate”",
        "the campaign “By hand”",
        "the site's logo",
    ] {
        let used = used.replace('\'', "&#39;");
        assert!(page.contains(&used), "{used}: {page}");
    }
    assert!(!page.contains("In the trash"), "{page}");
    let asked = owner.refused(&format!("{gate}/delete"), &[], 200).await;
    assert!(
        asked.contains("At the gate") && asked.contains("In its text"),
        "{asked}"
    );
}

#[apply(on_both_databases)]
async fn the_editor_offers_files_to_choose(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    upload(&editor, "gate.png", &png(7)).await;
    let page = editor.page("/admin/posts/new").await;
    assert!(
        page.contains("href=\"/admin/media/pick\"") && page.contains("/assets/js/pick.js"),
        "{page}"
    );
    let page = editor.page("/admin/media/pick?q=gate").await;
    assert!(
        page.contains("data-picker") && page.contains("<code>![](/media/gate.png)</code>"),
        "{page}"
    );
    let page = editor.page("/admin/media/pick?q=other").await;
    assert!(page.contains("No files found"), "{page}");
    assert_eq!(viewer.get("/admin/media/pick").await.status(), 403);
}
