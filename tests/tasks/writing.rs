//! What an editor writes and shows.

use std::path::PathBuf;

use serde_json::json;

use super::outcome::{html_of, text_of};
use super::walk::Walk;
use crate::support::Folder;

/// A file of the sample site under a name of its own.
fn copied(folder: &Folder, from: &str, name: &str) -> PathBuf {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample/media");
    let file = folder.path(name);
    std::fs::copy(sample.join(from), &file).unwrap();
    file
}

pub async fn post_with_picture_and_table(walk: &mut Walk) {
    let folder = Folder::new();
    let picture = copied(&folder, "steppe.jpg", "yurts.jpg");
    walk.home().await;
    walk.click("admin-dashboard-new-post").await;
    walk.fill("admin-post-title", "Steppe report").await;
    walk.fill("admin-post-category", "General").await;
    walk.fill("admin-post-text", "What the wind has brought.")
        .await;
    walk.click("admin-editor-table-new").await;
    walk.click("admin-editor-picture-new").await;
    walk.upload("admin-editor-picture-file", &picture).await;
    walk.click("admin-editor-insert").await;
    walk.sees(&walk.t("admin-editor-picture-no-alt")).await;
    walk.click("admin-post-publish").await;
    walk.sees(&walk.t("admin-post-published-now")).await;

    let post = walk.outcome.get("/posts/steppe-report").await;
    assert_eq!(post["variants"][0]["language"], walk.language.tag());
    let page = format!("/{}/posts/steppe-report", walk.language);
    let page = walk.outcome.page(&page).await;
    let (_, article) = page.split_once("<article").expect("an article");
    let (table, after) = article.split_once("</table>").expect("a table");
    assert!(table.contains("<td"), "{table}");
    // Below the table and not in it.
    assert!(after.contains("/yurts.jpg"), "{article}");
}

pub async fn test_to_myself_from_the_post(walk: &mut Walk) {
    let post = json!({
        "slug": "letter", "title": "Letter to read first", "summary": "", "category": "General",
        "body_markdown": "Is the colour right?", "language": walk.language.tag(), "published": false,
    });
    walk.outcome.post("/posts", post).await;
    walk.home().await;
    walk.click_named("Letter to read first").await;
    walk.click("admin-post-save-and-test").await;

    let mails = walk.outcome.demo.mails("[Test] Letter to read first", 1);
    let mail = &mails.await[0];
    assert_eq!(mail["rcpt_to"][0], "admin@embassy.example");
    let mail = walk.outcome.demo.raw(mail).await;
    assert!(text_of(&mail).contains("Is the colour right?"), "{mail}");
    assert!(walk.outcome.get("/posts/letter").await["published_at"].is_null());
}

pub async fn event(walk: &mut Walk) {
    walk.home().await;
    walk.menu("admin-nav-events").await;
    walk.click("admin-event-new").await;
    walk.fill("admin-event-title", "Nauryz concert").await;
    walk.fill("admin-event-place", "Embassy, hall").await;
    walk.fill("admin-event-first-day", "2032-03-22").await;
    walk.click("admin-event-publish").await;

    let path = "/events/nauryz-concert-2032-03-22";
    let event = walk.outcome.until(path, |event| event["published"] == true);
    // 18:00 in Almaty; the end has followed the start.
    let event = event.await;
    assert_eq!(event["starts_at"], "2032-03-22T13:00:00Z");
    assert_eq!(event["ends_at"], "2032-03-22T15:00:00Z");
    let page = format!("/{}{path}", walk.language);
    assert!(walk.outcome.page(&page).await.contains("Embassy, hall"));
}

pub async fn music(walk: &mut Walk) {
    let folder = Folder::new();
    let song = copied(&folder, "dombra.mp3", "evening.mp3");
    walk.home().await;
    walk.menu("admin-nav-media").await;
    walk.upload("admin-media-files", &song).await;
    walk.click("admin-media-upload-and-show").await;
    walk.sees(&walk.t("admin-media-uploaded")).await;

    let page = format!("/{}/media", walk.language);
    let page = walk.outcome.page(&page).await;
    assert!(page.contains("src=\"/media/evening.mp3\""), "{page}");
}

pub async fn colour_and_logo(walk: &mut Walk) {
    let folder = Folder::new();
    let logo = copied(&folder, "shanyrak.png", "emblem.png");
    walk.home().await;
    walk.menu("admin-nav-website").await;
    walk.upload("admin-site-logo-upload", &logo).await;
    walk.fill("admin-site-colour", "#8a1538").await;
    walk.click("admin-save").await;
    walk.sees(&walk.t("admin-site-saved-next")).await;

    let page = walk.outcome.page(&format!("/{}", walk.language)).await;
    // The library has this picture: it is not stored twice.
    let emblem = "src=\"/media/shanyrak.png\" alt=\"\" width=\"60\"";
    assert!(page.contains(emblem), "{page}");
    assert!(page.contains("/theme.css?8a1538"), "{page}");
    let draft = json!({ "subject": "Colours", "post": "elections-2007", "lists": ["news"] });
    let draft = walk.outcome.post("/campaigns", draft).await["id"].clone();
    let to = json!({ "email": "colours@example.kz" });
    let path = format!("/campaigns/{draft}/test");
    walk.outcome.post(&path, to).await;
    let mail = walk.outcome.mail_to("colours@example.kz", 1).await;
    let html = html_of(&mail).to_lowercase();
    assert!(html.contains("shanyrak.png"), "{html}");
    assert!(html.contains("#8a1538"), "{html}");
}

pub async fn welcome_email(walk: &mut Walk) {
    walk.home().await;
    walk.click_list("news").await;
    walk.click("admin-welcome-title").await;
    walk.click("admin-welcome-switch").await;
    walk.fill("admin-welcome-subject", "Come in").await;
    walk.fill("admin-welcome-text", "Tea is ready.").await;
    walk.click("admin-save").await;
    walk.sees(&walk.t("admin-saved")).await;

    let joining = json!({ "email": "guest@example.kz", "lists": ["news"], "language": "en" });
    walk.outcome.post("/join", joining).await;
    let mail = walk.outcome.mail_to("guest@example.kz", 1).await;
    walk.outcome.confirm(&mail).await;
    let mail = walk.outcome.mail_to("guest@example.kz", 2).await;
    let text = text_of(&mail);
    assert!(text.starts_with("Come in\n"), "{text}");
    assert!(text.contains("Tea is ready."), "{text}");
}
