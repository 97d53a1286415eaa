//! Sixteen daily tasks in a real browser, in each language of the admin pages. A person who is
//! signed in gets through each with few clicks (a click is on a link, a button, an option or a
//! box, or opens the dialog for a file); what came of it is asked of the API and the mailbox.

#[allow(dead_code, reason = "more of it is for tests/accessibility.rs")]
#[path = "support/axe.rs"]
mod axe;
#[allow(dead_code, reason = "more of it is for tests/browser.rs")]
#[path = "support/browser.rs"]
mod browser;
#[path = "tasks/mod.rs"]
mod daily;
mod support;

use jarshy::text::locale::Language;

#[tokio::test(flavor = "multi_thread")]
async fn every_task_in_english_within_its_clicks() {
    daily::in_language(Language::EN).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_task_in_kazakh_within_its_clicks() {
    daily::in_language(Language::KK).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_task_in_russian_within_its_clicks() {
    daily::in_language(Language::RU).await;
}
