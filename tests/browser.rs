//! The whole loop in a real browser, as a newcomer would go it in the demo:
//! join, confirm, write, preview, test, send, read, leave.

#[path = "support/browser.rs"]
mod browser;
mod support;

use browser::Browser;
use serde_json::Value;
use support::{Demo, Folder};

async fn the_whole_loop(demo: Demo) {
    let window = Browser::start().await;
    let reader = "reader@example.org";

    // A visitor joins …
    window.open(&demo.url).await;
    window.sees("Join our email list").await;
    window.picture_everywhere("home").await;
    window.open(&format!("{}/join", demo.url)).await;
    window.picture("join").await;
    window.fill("email", reader).await;
    window.fill("name", "Айгүл").await;
    // … not faster than a person would.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    window.press("Join the list").await;
    window.sees("inbox").await;

    // … and confirms by the mail that the mailbox shows.
    demo.mails("confirm", 1).await;
    window.open(&format!("{}/mailbox", demo.url)).await;
    window.find(".mail-item").await.click().await.unwrap();
    window.press("Text").await;
    let text = window.find(".mail-text").await.text().await.unwrap();
    window.open(link(&text, "/confirm/")).await;
    window.press("Yes, send me the letters").await;
    window.sees("Welcome!").await;

    // An admin signs in …
    window.open(&demo.sign_in).await;
    window.press("Sign in").await;
    window.sees("Dashboard").await;
    window.picture("dashboard").await;
    window.open(&demo.sign_in).await;
    window.sees("used up").await;

    // … writes a post, and sees the mail that it becomes …
    window.open(&format!("{}/admin/posts/new", demo.url)).await;
    window.fill("title_en", "News from the steppe").await;
    window
        .fill("summary_en", "What the wind has brought.")
        .await;
    window
        .fill(
            "body_en",
            "Dear {{ name }},\n\n| A | B |\n|--|--:|\n| one | 1 |\n",
        )
        .await;
    window.fill("category", "General").await;
    preview_shows(&window, "What the wind has brought.").await;
    window.press("Publish now").await;
    window.sees("Published").await;
    window.open(&format!("{}/admin/posts", demo.url)).await;
    window
        .press("Nur Otan set to take every party seat in Kazakhstan’s new Majilis")
        .await;
    preview_shows(&window, "5,174,169").await;
    window.picture_everywhere("post-editor").await;

    // … makes a campaign from it, tests it …
    window
        .open(&format!(
            "{}/admin/campaigns/new?post=news-from-the-steppe",
            demo.url
        ))
        .await;
    window
        .find("[name=lists][value=news]")
        .await
        .click()
        .await
        .unwrap();
    window.picture("campaign-new").await;
    window.press("Make the draft").await;
    window
        .sees("2 subscribers read Қазақша, which the post lacks")
        .await;
    window.picture("campaign-draft").await;
    window.fill("test_to", "me@example.org").await;
    window.press("Send the test").await;
    window.sees("The test is on its way").await;
    demo.mails("News from the steppe", 1).await;

    // … and sends it, after being asked.
    window.press("Start now…").await;
    window.find("dialog[open]").await;
    window
        .find("dialog[open] .button--danger")
        .await
        .click()
        .await
        .unwrap();
    window.sees("finished").await;
    window.picture_everywhere("campaign").await;
    window.press("Every delivery").await;
    window.sees(reader).await;
    window.sees("250 2.0.0 caught").await;
    window.picture("deliveries").await;

    // The subscriber reads the mail and leaves.
    let mails = demo.mails("News from the steppe", 2).await;
    let to_reader = |mail: &&Value| mail["rcpt_to"][0] == reader;
    let mail = mails.iter().find(to_reader).expect("a mail to the reader");
    let page = format!(
        "{}/mailbox/messages/{}",
        demo.url,
        mail["id"].as_str().unwrap()
    );
    window.open(&page).await;
    window.picture("mailbox").await;
    window.open(&format!("{page}?part=text")).await;
    let text = window.find(".mail-text").await.text().await.unwrap();
    assert!(text.contains("Dear Айгүл,"), "{text}");
    window.open(link(&text, "/unsubscribe/")).await;
    window.picture("unsubscribe").await;
    window.press("Unsubscribe").await;
    window.sees("You have left").await;
    window.picture("unsubscribed").await;

    for (path, name) in [
        ("/posts/elections-2007", "post"),
        ("/events", "events"),
        ("/media", "media"),
        ("/admin/posts", "posts"),
        ("/admin/campaigns", "campaigns"),
        ("/admin/campaigns/1/report", "report"),
        ("/admin/campaigns/new?kind=digest", "digest"),
        ("/admin/layouts/digest", "layout"),
        ("/admin/words?group=confirm-mail", "words"),
    ] {
        window.open(&format!("{}{path}", demo.url)).await;
        window.picture(name).await;
    }
    window.quit().await;
}

/// Waits until the frame beside the editor holds these words.
async fn preview_shows(window: &Browser, words: &str) {
    let started = std::time::Instant::now();
    loop {
        let script = "return document.querySelector('[data-preview-text]')?.textContent ?? ''";
        let text: String = window
            .driver
            .execute(script, vec![])
            .await
            .unwrap()
            .convert()
            .unwrap();
        if text.contains(words) {
            return;
        }
        assert!(started.elapsed().as_secs() < 20, "no {words:?} in:\n{text}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

fn link<'a>(text: &'a str, path: &str) -> &'a str {
    text.split_whitespace()
        .find(|word| word.starts_with("http") && word.contains(path))
        .unwrap_or_else(|| panic!("no link to {path} in:\n{text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_loop_on_sqlite() {
    the_whole_loop(Demo::start(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_loop_on_postgres() {
    let url = support::fresh_postgres().await;
    let folder = Folder::new();
    let mut command = support::jarshy(&folder.0);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
    command.args(["--database-url", &url]);
    the_whole_loop(Demo::spawn(command, folder)).await;
}
