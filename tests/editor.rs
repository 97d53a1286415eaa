//! The editor of long texts in a real browser: a press release with a heading, a picture, a table,
//! columns and a button, made with the mouse; only its words are typed.

#[allow(dead_code, reason = "more of it is for tests/accessibility.rs")]
#[path = "support/axe.rs"]
mod axe;
#[allow(dead_code, reason = "more of it is for tests/browser.rs")]
#[path = "support/browser.rs"]
mod browser;
#[allow(dead_code, reason = "more of it is for tests/tasks.rs")]
#[path = "tasks/outcome.rs"]
mod outcome;
mod support;
#[allow(dead_code, reason = "more of it is for tests/tasks.rs")]
#[path = "tasks/walk.rs"]
mod walk;

use std::path::PathBuf;

use jarshy::text::locale::Language;
use support::Folder;
use walk::Walk;

/// Presses what has no name of its own, such as a cell.
async fn press(walk: &Walk, css: &str) {
    walk.browser.find(css).await.click().await.unwrap();
}

/// Goes on in a new paragraph below the block that the cursor is in.
async fn write_below(walk: &mut Walk) {
    walk.click("admin-editor-block-actions").await;
    walk.click("admin-editor-write-below").await;
}

async fn insert(walk: &mut Walk, block: &str) {
    walk.click("admin-editor-insert-block").await;
    walk.click(block).await;
}

/// A picture of the sample site under a name of its own.
fn picture(folder: &Folder) -> PathBuf {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample/media/steppe.jpg");
    let file = folder.path("yurts.jpg");
    std::fs::copy(sample, &file).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_release_is_made_with_the_mouse() {
    let mut walk = Walk::start(Language::EN).await;
    let folder = Folder::new();
    let picture = picture(&folder);
    walk.home().await;
    walk.click("admin-dashboard-new-post").await;
    walk.fill("admin-post-title", "Nauryz at the embassy").await;
    walk.fill("admin-post-category", "General").await;

    press(&walk, ".editor-text").await;
    let style = walk.t("admin-editor-type");
    let paragraph = walk.t("admin-editor-block-paragraph");
    walk.click_named(&format!("{style}: {paragraph}")).await;
    walk.click_named("Heading 2").await;
    walk.type_here("Press release").await;
    write_below(&mut walk).await;
    walk.type_here("The embassy invites everybody.").await;

    walk.click("admin-editor-picture-new").await;
    walk.upload("admin-editor-picture-file", &picture).await;
    walk.fill("admin-editor-picture-alt", "Two yurts").await;
    walk.click("admin-editor-insert").await;
    walk.browser
        .find(".editor-picture img[alt='Two yurts']")
        .await;

    walk.click("admin-editor-table-new").await;
    walk.type_here("Day").await;
    press(&walk, ".editor-text tr:first-child > :nth-child(2)").await;
    walk.type_here("Hour").await;
    walk.click("admin-editor-rows-columns").await;
    walk.click("admin-editor-column-after").await;

    insert(&mut walk, "admin-editor-block-columns").await;
    walk.type_here("Music").await;
    press(&walk, ".editor-column:nth-child(2)").await;
    walk.type_here("Food").await;
    write_below(&mut walk).await;

    insert(&mut walk, "admin-editor-block-button").await;
    walk.fill("admin-editor-address", "example.org/join").await;
    walk.click("admin-editor-insert").await;
    walk.browser.find(".editor-button").await;
    walk.type_here("Join us").await;

    walk.click("admin-post-publish").await;
    walk.sees(&walk.t("admin-post-published-now")).await;

    let post = walk.outcome.get("/posts/nauryz-at-the-embassy").await;
    let text = post["variants"][0]["body_markdown"].as_str().unwrap();
    let parts = [
        "## Press release",
        "The embassy invites everybody.",
        "![Two yurts](/media/yurts.jpg)",
        "Day",
        "Hour",
        ":::columns",
        "Music",
        "Food",
        ":::button",
        "https://example.org/join",
        "Join us",
    ];
    let mut rest = text;
    for part in parts {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("no {part:?} in its place: {text}"));
        rest = after;
    }
    let page = walk.outcome.page("/en/posts/nauryz-at-the-embassy").await;
    assert!(page.contains("alt=\"Two yurts\""), "{page}");
    assert!(page.contains("href=\"https://example.org/join\""), "{page}");
    walk.browser.quit().await;
}
