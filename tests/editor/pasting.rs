//! What other programs put on the clipboard becomes clean Markdown. The samples are written as
//! those programs write, with what is known to go wrong in them.

use jarshy::text::locale::Language;

use crate::walk::Walk;

/// Name, what is on the clipboard, and the Markdown that it becomes.
const SAMPLES: [(&str, &str, &str); 4] = [
    (
        "Word",
        include_str!("../corpus/paste/word.html"),
        include_str!("../corpus/paste/word.md"),
    ),
    (
        "Google Docs",
        include_str!("../corpus/paste/google-docs.html"),
        include_str!("../corpus/paste/google-docs.md"),
    ),
    (
        "Pages",
        include_str!("../corpus/paste/pages.html"),
        include_str!("../corpus/paste/pages.md"),
    ),
    (
        "a web page",
        include_str!("../corpus/paste/web-page.html"),
        include_str!("../corpus/paste/web-page.md"),
    ),
];

const PASTE: &str = "const data = new DataTransfer();
    data.setData('text/html', arguments[0]);
    const place = [...document.querySelectorAll('.editor-text')].find((one) => one.checkVisibility());
    place.focus();
    place.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
/// The Markdown that the editor shows; null as long as it shows blocks.
const SOURCE: &str = "const area = [...document.querySelectorAll('textarea[data-editor]')].find((one) => one.checkVisibility());
    return area?.matches('.editor-under') === false ? area.value : null";
const EMPTIED: &str = "const area = [...document.querySelectorAll('textarea[data-editor]')].find((one) => one.checkVisibility());
    area.value = ''";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pasted_is_clean() {
    let mut walk = Walk::start(Language::EN).await;
    walk.home().await;
    walk.click("admin-dashboard-new-post").await;
    let mut wrong = Vec::new();
    for (program, clipboard, wanted) in SAMPLES {
        walk.click_at(".editor-text").await;
        walk.run(PASTE, clipboard).await;
        walk.click("admin-editor-source").await;
        walk.until("the source is not shown", async || {
            !walk.ask(SOURCE).await.is_null()
        })
        .await;
        let markdown = walk.ask(SOURCE).await;
        let markdown = markdown.as_str().unwrap().trim_end();
        if markdown != wanted.trim_end() {
            wrong.push(format!("{program}:\n{markdown}\n=== wanted\n{wanted}"));
        }
        walk.run(EMPTIED, "").await;
        walk.click("admin-editor-source").await;
        walk.until("the blocks are not shown", async || {
            walk.ask(SOURCE).await.is_null()
        })
        .await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n######\n"));
    walk.browser.quit().await;
}
