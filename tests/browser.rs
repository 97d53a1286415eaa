//! The whole loop in a real browser, as a newcomer would go it in the demo:
//! join, confirm, write, preview, test, send, read, leave.

#[path = "support/browser.rs"]
mod browser;
mod support;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use browser::Browser;
use jarshy::catcher::listener::Listener;
use jarshy::catcher::mailbox::Mailbox;
use jarshy::clock::Clock;
use serde_json::{Value, json};
use support::{Demo, Folder, Installation, PATIENCE};
use thirtyfour::prelude::*;
use tokio_util::sync::CancellationToken;

async fn join_write_send_read_unsubscribe(demo: Demo) {
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
    window.press("Yes, send me the emails").await;
    window.sees("Welcome!").await;

    // An admin signs in …
    window.open(&demo.sign_in).await;
    window.press("Sign in").await;
    window.sees("Dashboard").await;
    window.picture("dashboard").await;
    window.open(&demo.sign_in).await;
    window.sees("has expired").await;

    // … writes a post, and sees the mail that it becomes …
    window.open(&format!("{}/admin/posts/new", demo.url)).await;
    window.fill("title_en", "News from the steppe").await;
    window
        .fill("summary_en", "What the wind has brought.")
        .await;
    window.press("Markdown").await;
    window.find("#body_en:not(.editor-under)").await;
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
    let list = window.find("[name=lists][value=news]").await;
    // From under the bar at the window's foot.
    list.scroll_into_view().await.unwrap();
    list.click().await.unwrap();
    window.picture("campaign-new").await;
    window.press("Create draft").await;
    window
        .sees("2 subscribers read Қазақша, which the post lacks")
        .await;
    window.picture("campaign-draft").await;
    window.fill("test_to", "me@example.org").await;
    window.press("Send test").await;
    window.sees("Test sent").await;
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
    window.sees("Sending starts in").await;
    window.sees("finished").await;
    window.picture_everywhere("campaign").await;
    window.press("All deliveries").await;
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
        ("/admin/texts?group=confirm-mail", "texts"),
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
        assert!(started.elapsed() < PATIENCE, "no {words:?} in:\n{text}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

fn link<'a>(text: &'a str, path: &str) -> &'a str {
    text.split_whitespace()
        .find(|word| word.starts_with("http") && word.contains(path))
        .unwrap_or_else(|| panic!("no link to {path} in:\n{text}"))
}

/// Another site, which shows one page.
struct OtherSite {
    origin: String,
    page: Arc<Mutex<String>>,
}

impl OtherSite {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let page = Arc::new(Mutex::new(String::new()));
        let shown = page.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                // The whole of a browser's request for a page fits.
                let _ = stream.read(&mut [0; 8192]);
                let page = shown.lock().unwrap().clone();
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close";
                let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{page}", page.len());
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { origin, page }
    }

    fn shows(&self, markup: &str) {
        let page = format!("<!doctype html><title>Partner</title><main>{markup}</main>");
        *self.page.lock().unwrap() = page;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embedded_form_with_proof_of_work() {
    let (demo, partner, stranger) = (Demo::start(None), OtherSite::start(), OtherSite::start());
    let window = Browser::start().await;
    window.open(&demo.sign_in).await;
    window.press("Sign in").await;
    window.sees("Dashboard").await;
    window.open(&format!("{}/admin/join-form", demo.url)).await;
    window
        .find("[name=work][value=always]")
        .await
        .click()
        .await
        .unwrap();
    window.press("Save").await;
    window.sees("Saved").await;
    window.picture("join-form").await;
    window
        .open(&format!("{}/admin/lists/news/forms?language=en", demo.url))
        .await;
    window.fill("origins", &partner.origin).await;
    window.press("Save").await;
    window.sees("Saved").await;
    window
        .open(&format!("{}/admin/lists/news/forms?language=en", demo.url))
        .await;
    window.picture("forms").await;
    let snippets = window.driver.find_all(By::Css(".snippet")).await.unwrap();
    let frame = snippets[0].text().await.unwrap();
    let form = snippets[1].text().await.unwrap();

    // In a frame, visitors join without leaving the page.
    partner.shows(&frame);
    window.open(&partner.origin).await;
    window.picture("embed").await;
    window.find("iframe").await.enter_frame().await.unwrap();
    window.fill("email", "framed@example.org").await;
    window.sees("Ready to send").await;
    window.press("Join the list").await;
    window.sees("Check your inbox").await;
    window.driver.enter_default_frame().await.unwrap();
    let mails = demo.mails("confirm", 1).await;
    assert_eq!(mails[0]["rcpt_to"][0], "framed@example.org");

    // A plain form leads to ours, where the browser does its work.
    partner.shows(&form);
    window.open(&partner.origin).await;
    window.fill("email", "plain@example.org").await;
    window.press("Join the list").await;
    window.sees("Please wait 15 seconds").await;
    window.press("Join the list").await;
    window.sees("Check your inbox").await;
    let mails = demo.mails("confirm", 2).await;
    assert_eq!(mails[0]["rcpt_to"][0], "plain@example.org");

    // On a site that nobody allowed, the frame stays empty.
    stranger.shows(&frame);
    window.open(&stranger.origin).await;
    window.find("iframe").await.enter_frame().await.unwrap();
    let fields = window
        .driver
        .find_all(By::Css("[name=email]"))
        .await
        .unwrap();
    assert!(fields.is_empty(), "a stranger shows our form");
    window.quit().await;
}

/// Presses Tab until the element that has the focus is the wanted one; each one
/// on the way must show that it has it.
async fn tab_to(window: &Browser, css: &str) {
    let script = "const here = document.activeElement, look = getComputedStyle(here);
        return [here.matches(arguments[0]),
                look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0, here.outerHTML]";
    for _ in 0..40 {
        let keys = window.driver.action_chain().send_keys(Key::Tab);
        keys.perform().await.unwrap();
        let found = window.driver.execute(script, vec![css.into()]).await;
        let (is_wanted, is_shown, here): (bool, bool, String) = found.unwrap().convert().unwrap();
        assert!(is_shown, "nobody sees that the focus is on {here}");
        if is_wanted {
            return;
        }
    }
    panic!("no {css} by keyboard");
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_by_keyboard() {
    let demo = Demo::start(None);
    let window = Browser::start().await;
    let press = async |keys: TypingData| {
        let chain = window.driver.action_chain().send_keys(keys);
        chain.perform().await.unwrap();
    };
    window.open(&format!("{}/en", demo.url)).await;
    tab_to(&window, ".skip-link").await;
    tab_to(&window, "a[href='/en/join']").await;
    press(Key::Enter.into()).await;
    window.sees("Language of the emails").await;
    tab_to(&window, "main [name=email]").await;
    press("keys@example.org".into()).await;
    tab_to(&window, "main [name=language]").await;
    tab_to(&window, "main form button").await;
    // Not faster than a person would.
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    press(Key::Enter.into()).await;
    window.sees("Check your inbox").await;

    let mail = demo.raw(&demo.mails("confirm", 1).await[0]).await;
    let parsed = mail_parser::MessageParser::default();
    let parsed = parsed.parse(mail.as_bytes()).unwrap();
    let text = parsed.body_text(0).unwrap_or_default().into_owned();
    window.open(link(&text, "/confirm/")).await;
    tab_to(&window, "main form button").await;
    press(Key::Enter.into()).await;
    window.sees("Welcome!").await;
    window.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn join_write_send_read_unsubscribe_on_sqlite() {
    join_write_send_read_unsubscribe(Demo::start(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn join_write_send_read_unsubscribe_on_postgres() {
    let database = support::database::postgres().await;
    let folder = Folder::new();
    let mut command = support::jarshy(&folder.0);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
    command.args(["--database-url", &database.url]);
    join_write_send_read_unsubscribe(Demo::spawn(command, folder)).await;
}

/// The first step of a new installation.
async fn make_owner(window: &Browser, installation: &Installation) {
    window.open(&installation.setup).await;
    window.fill("email", "owner@embassy.example").await;
    window
        .fill("password", "violet tractor marzipan 1846")
        .await;
    window.press("Create owner and continue").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_by_a_passkey() {
    // Passkeys are bound to a host name: an address of four numbers has none.
    let installation = Installation::start_as(Some("localhost"));
    let url = &installation.url;

    let window = Browser::start().await;
    let tools = window.driver.cdp();
    tools.send_raw("WebAuthn.enable", json!({})).await.unwrap();
    let device = json!({ "options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
        "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true,
    } });
    tools
        .send_raw("WebAuthn.addVirtualAuthenticator", device)
        .await
        .unwrap();

    make_owner(&window, &installation).await;
    window.sees("Step 1 of 4").await;
    window.open(&format!("{url}/admin/account")).await;
    window.fill("passkey_name", "This laptop").await;
    window.press("Add a passkey").await;
    window.press("Create passkey").await;
    window.sees("Passkey added").await;
    window.sees("This laptop").await;

    window.driver.delete_all_cookies().await.unwrap();
    window.open(&format!("{url}/admin/subscribers")).await;
    window.press("Sign in with a passkey").await;
    window.sees("Add subscriber").await;
    window.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_sets_up_an_installation() {
    let installation = Installation::start();
    let folder = Folder::new();
    let mailbox = Mailbox::open(&folder.path("mailbox")).unwrap();
    let relay = SocketAddr::from(([127, 0, 0, 1], 0));
    let relay = Listener::bind(relay, mailbox.clone(), Clock::system())
        .await
        .unwrap();
    let port = relay.local_addr().unwrap().port().to_string();
    let stop = CancellationToken::new();
    tokio::spawn(relay.run(stop.clone()));

    let window = Browser::start().await;
    make_owner(&window, &installation).await;

    window.sees("Step 1 of 4").await;
    window.fill("name", "Посольство").await;
    window.fill("time_zone", "Asia/Almaty").await;
    window.fill("public_url", &installation.url).await;
    window.press("Save and continue").await;
    window.sees("was reached and leads here").await;

    window.fill("from", "Embassy <news@embassy.example>").await;
    window.fill("0-host", "127.0.0.1").await;
    window.fill("0-port", &port).await;
    window
        .press("Save and send a test to owner@embassy.example")
        .await;
    window.sees("The relay took the test").await;
    assert!(mailbox.list()[0].subject.contains("Test of 127.0.0.1"));
    window.press("Save and continue").await;

    window.sees("Step 3 of 4").await;
    window.press("Create and continue").await;
    window.press("Create signing keys").await;
    window.sees("Keys created").await;
    window.press("To the dashboard").await;
    window.sees("First steps").await;

    window.open(&installation.setup).await;
    window.sees("This address was used").await;
    window.quit().await;
    stop.cancel();
}
