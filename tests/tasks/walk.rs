//! A person at the admin pages: uses controls by their names, in a language, and counts the
//! clicks.

use std::path::Path;
use std::time::{Duration, Instant};

use jarshy::text::locale::Language;
use jarshy::text::phrases::Phrases;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use super::outcome::Outcome;
use crate::browser::Browser;
use crate::support::{Demo, PATIENCE};

const PAUSE: Duration = Duration::from_millis(100);
const CONTROL: &str = include_str!("control.js");
/// Types into fields that browsers show in a way of their own, such as dates.
const TYPE: &str = "const [field, text] = arguments;
    if (!['date', 'time', 'datetime-local'].includes(field.type)) return false;
    field.value = text;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
    return true";
/// Chooses the option whose words begin so.
const CHOOSE: &str = "const [field, words] = arguments;
    const option = [...field.options].find(one => one.textContent.trim().startsWith(words));
    if (!option) throw new Error(`no option “${words}” of ${field.name}`);
    return option";

/// Somebody who is signed in to a demo of their own.
pub struct Walk {
    pub browser: Browser,
    pub outcome: Outcome,
    pub language: Language,
    phrases: Phrases,
    clicks: usize,
}

impl Walk {
    /// Signs the owner in and sets the language that they read.
    pub async fn start(language: Language) -> Self {
        let demo = Demo::start(None);
        let browser = Browser::start().await;
        browser.open(&demo.sign_in).await;
        browser.press("Sign in").await;
        browser.sees("Dashboard").await;
        browser.open(&format!("{}/admin/account", demo.url)).await;
        let script = "const field = document.querySelector('select[name=language]');
            field.value = arguments[0];
            field.form.requestSubmit()";
        let tag = vec![language.tag().into()];
        browser.driver.execute(script, tag).await.unwrap();
        let phrases = Phrases::shipped(language);
        browser
            .find(&format!("html[lang='{}']", language.tag()))
            .await;
        Self {
            browser,
            outcome: Outcome::of(demo),
            language,
            phrases,
            clicks: 0,
        }
    }

    /// Where everybody is after the sign-in; nothing was clicked yet.
    pub async fn home(&mut self) {
        self.browser.open(&format!("{}/admin", self.url())).await;
        self.clicks = 0;
    }

    pub fn url(&self) -> &str {
        &self.outcome.demo.url
    }

    pub fn clicks(&self) -> usize {
        self.clicks
    }

    /// The words under a key.
    pub fn t(&self, key: &str) -> String {
        let words = self.phrases.translate(key);
        assert_ne!(words, key, "there is no such phrase");
        words
    }

    /// The words under a key that has a number in it.
    pub fn counted(&self, key: &str, count: usize) -> String {
        self.phrases.say(key).number("count", count).to_string()
    }

    /// Follows a link of the menu.
    pub async fn menu(&mut self, key: &str) {
        let name = self.t(key);
        self.press(async |walk| Ok(walk.control("menu", &name).await))
            .await;
    }

    /// Presses what has the name of a list of the demo, in the language.
    pub async fn click_list(&mut self, slug: &str) {
        let list = self.outcome.get(&format!("/lists/{slug}")).await;
        let own = &list["translations"][self.language.tag()]["name"];
        let name = own.as_str().or(list["name"].as_str()).unwrap().to_owned();
        self.click_named(&name).await;
    }

    /// Presses a button, follows a link or ticks a box.
    pub async fn click(&mut self, key: &str) {
        self.click_named(&self.t(key)).await;
    }

    /// Presses what has no name of its own, such as a cell.
    #[allow(dead_code, reason = "for tests/editor")]
    pub async fn click_at(&mut self, css: &str) {
        self.press(async |walk| Ok(walk.browser.find(css).await))
            .await;
    }

    /// Selects a paragraph of one line by drawing the mouse over it, to type in its place.
    #[allow(dead_code, reason = "for tests/editor")]
    pub async fn draw_over(&mut self, css: &str) {
        let paragraph = self.browser.find(css).await;
        let middle = "arguments[0].scrollIntoView({ block: 'center' })";
        let arguments = vec![paragraph.to_json().unwrap()];
        let driver = &self.browser.driver;
        driver.execute(middle, arguments).await.unwrap();
        let width = paragraph.rect().await.unwrap().width;
        self.clicks += 1;
        // From the middle of the paragraph.
        let edge = (width / 2.0) as i64 - 1;
        let mouse = driver.action_chain();
        let drawn = mouse
            .move_to_element_with_offset(&paragraph, -edge, 0)
            .click_and_hold()
            .move_to_element_with_offset(&paragraph, edge, 0)
            .release();
        drawn.perform().await.unwrap();
    }

    /// The same for what a user has named.
    pub async fn click_named(&mut self, name: &str) {
        self.press(async |walk| Ok(walk.control("press", name).await))
            .await;
    }

    /// Types into a field, in place of what it holds. That is no click: the Tab key leads there.
    pub async fn fill(&self, key: &str, text: &str) {
        let field = self.control("fill", &self.t(key)).await;
        let arguments = vec![field.to_json().unwrap(), text.into()];
        let is_set = self.browser.driver.execute(TYPE, arguments).await.unwrap();
        if is_set.json() == &json!(true) {
            return;
        }
        // The editor of long texts is no field, and begins empty.
        if field.attr("contenteditable").await.unwrap().is_none() {
            field.clear().await.unwrap();
        }
        field.send_keys(text).await.unwrap();
    }

    /// Types where the cursor is.
    #[allow(dead_code, reason = "for tests/editor")]
    pub async fn type_here(&self, text: &str) {
        let here = self.browser.driver.active_element().await.unwrap();
        here.send_keys(text).await.unwrap();
    }

    /// Chooses the option of a field whose words begin so.
    pub async fn choose(&mut self, key: &str, words: &str) {
        let name = self.t(key);
        self.press(async |walk| {
            let field = walk.control("choose", &name).await;
            let arguments = vec![field.to_json().unwrap(), words.into()];
            let option = walk.browser.driver.execute(CHOOSE, arguments).await?;
            option.element()
        })
        .await;
    }

    /// Chooses a file: a click opens the dialog for it.
    pub async fn upload(&mut self, key: &str, file: &Path) {
        let field = self.control("upload", &self.t(key)).await;
        field.send_keys(file.to_str().unwrap()).await.unwrap();
        self.clicks += 1;
    }

    /// Types into the search of every page, and Enter.
    pub async fn search(&self, text: &str) {
        let name = self.t("admin-search-everything");
        let field = self.control("fill", &name).await;
        field.send_keys(text).await.unwrap();
        field.send_keys(Key::Enter).await.unwrap();
        self.until("no results of the search", async || {
            let here = self.browser.driver.current_url().await;
            here.is_ok_and(|here| here.path().ends_with("/admin/search"))
        })
        .await;
    }

    /// Waits until the page shows some text.
    pub async fn sees(&self, words: &str) {
        self.browser.sees(words).await;
    }

    /// What a script says of the page.
    pub async fn ask(&self, script: &str) -> Value {
        self.browser.arrive().await;
        let said = self.browser.driver.execute(script, vec![]).await.unwrap();
        said.json().clone()
    }

    /// Runs a script with one argument.
    #[allow(dead_code, reason = "for tests/editor")]
    pub async fn run(&self, script: &str, argument: &str) {
        self.browser.arrive().await;
        let arguments = vec![argument.into()];
        self.browser
            .driver
            .execute(script, arguments)
            .await
            .unwrap();
    }

    /// The only control of a kind with this name.
    async fn control(&self, kind: &str, name: &str) -> WebElement {
        self.browser.arrive().await;
        let started = Instant::now();
        loop {
            let arguments: Vec<Value> = vec![kind.into(), name.into()];
            let found = self.browser.driver.execute(CONTROL, arguments).await;
            let error = match found.map(|found| found.element()) {
                Ok(Ok(element)) => return element,
                Ok(Err(_)) => "it is not there".to_owned(),
                Err(error) => error.to_string(),
            };
            let here = self.browser.driver.current_url().await;
            assert!(
                started.elapsed() < PATIENCE,
                "{kind} {name:?} on {here:?}: {error}"
            );
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Presses what `find` gives, and finds it again where the page put something in its place
    /// in between.
    async fn press(&mut self, find: impl AsyncFn(&Self) -> WebDriverResult<WebElement>) {
        self.clicks += 1;
        let started = Instant::now();
        while let Err(error) = self.try_to_press(find(self).await).await {
            let is_gone = matches!(*error, WebDriverErrorInner::StaleElementReference(_));
            assert!(is_gone && started.elapsed() < PATIENCE, "{error}");
        }
    }

    async fn try_to_press(&self, found: WebDriverResult<WebElement>) -> WebDriverResult<()> {
        let element = found?;
        if element.click().await.is_ok() {
            return Ok(());
        }
        // From under the bar at the window's foot.
        let middle = "arguments[0].scrollIntoView({ block: 'center' })";
        let arguments = vec![element.to_json()?];
        self.browser.driver.execute(middle, arguments).await?;
        element.click().await
    }

    pub async fn until(&self, complaint: &str, is_so: impl AsyncFn() -> bool) {
        let started = Instant::now();
        while !is_so().await {
            assert!(started.elapsed() < PATIENCE, "{complaint}");
            tokio::time::sleep(PAUSE).await;
        }
    }
}
