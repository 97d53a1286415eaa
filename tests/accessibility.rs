//! Whether everybody can use the public pages and the admin pages: each page, in each language,
//! on a wide and a narrow screen, in light and dark, judged by axe-core in
//! Chromium.

#[path = "support/axe.rs"]
mod axe;
#[allow(dead_code, reason = "more of it is for tests/browser.rs")]
#[path = "support/browser.rs"]
mod browser;
mod support;

use std::time::{Duration, Instant};

use axe::{Axe, Look, api, api_by};
use reqwest::Method;
use serde_json::json;
use support::{Demo, Installation, PATIENCE};

/// A letter in the archive, and the links of one subscriber.
async fn with_a_sent_campaign(demo: &Demo) -> (i64, Vec<String>) {
    let token = demo.token(None);
    let lists = reqwest::Client::new()
        .get(format!("{}/api/v1/lists", demo.url))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    let lists: serde_json::Value = lists.json().await.unwrap();
    let list = lists["items"][0]["slug"].clone();
    let reader =
        json!({ "email": "reader@example.kz", "lists": [list.clone()], "status": "confirmed" });
    api(demo, &token, "/subscribers", reader).await;
    let campaign =
        json!({ "subject": "Elections", "post": "elections-2007", "lists": [list.clone()] });
    let id = api(demo, &token, "/campaigns", campaign).await["id"]
        .as_i64()
        .unwrap();
    api(demo, &token, &format!("/campaigns/{id}/start"), json!({})).await;
    let asker = json!({ "email": "asker@example.kz", "lists": [list] });
    api(demo, &token, "/join", asker).await;

    let started = Instant::now();
    let mut paths = Vec::new();
    while paths.len() < 3 {
        assert!(started.elapsed() < PATIENCE, "{paths:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        paths.clear();
        for to in ["reader@example.kz", "asker@example.kz"] {
            for mail in demo.mails("", 2).await {
                if mail["rcpt_to"][0] == to {
                    paths.extend(token_paths(&demo.raw(&mail).await, &demo.url));
                }
            }
        }
    }
    (id, paths)
}

/// The paths of token pages that a mail links to.
fn token_paths(raw: &str, site_url: &str) -> Vec<String> {
    let parsed = mail_parser::MessageParser::default()
        .parse(raw.as_bytes())
        .unwrap();
    let text = parsed.body_text(0).unwrap_or_default().into_owned();
    text.split_whitespace()
        .filter_map(|word| word.strip_prefix(site_url))
        .filter(|path| {
            ["/confirm/", "/unsubscribe/", "/preferences/"]
                .iter()
                .any(|start| path.starts_with(start))
        })
        .map(|path| path.split('?').next().unwrap_or(path).to_owned())
        .collect()
}

/// Admin pages, with and without content.
#[tokio::test(flavor = "multi_thread")]
async fn every_admin_page_is_accessible() {
    let demo = Demo::start(None);
    let (campaign, _) = with_a_sent_campaign(&demo).await;
    let token = demo.token(None);
    let draft = json!({ "subject": "Draft", "post": "elections-2007", "lists": ["news"] });
    let draft = api(&demo, &token, "/campaigns", draft).await["id"].clone();
    let text = json!([{ "language": "en", "title": "Letter", "body": "Dear all.\n\nCome." }]);
    let letter = json!({ "subject": "Letter", "markdown": text, "lists": ["news"] });
    let letter = api(&demo, &token, "/campaigns", letter).await["id"].clone();
    let rule = json!({ "match": "all", "conditions": [{ "about": "language", "value": "kk" }] });
    api(
        &demo,
        &token,
        "/segments",
        json!({ "name": "Kazakh", "rule": rule }),
    )
    .await;
    let series = json!({ "name": "Welcome course", "list": "news", "ready_made": "welcome" });
    api(&demo, &token, "/series", series).await;
    let seen = json!({ "settings": { "engagement": true } });
    api_by(Method::PATCH, &demo, &token, "/settings", seen).await;
    let test = json!({ "differs": "subject", "share": 20, "minutes": 240, "measure": "left",
                       "variants": [{ "subjects": { "en": "Spring" } }] });
    let path = format!("/campaigns/{letter}/ab-test");
    api_by(Method::PUT, &demo, &token, &path, test).await;
    let judge = Axe::start().await;
    judge.browser.open(&demo.sign_in).await;
    judge.browser.press("Sign in").await;
    judge.browser.sees("Dashboard").await;
    // Somebody who has not come yet.
    let users = format!("{}/admin/users", demo.url);
    judge.browser.open(&users).await;
    judge.browser.fill("email", "colleague@example.kz").await;
    judge.browser.press("Add").await;
    judge.browser.sees("colleague@example.kz").await;
    let mut pages: Vec<String> = [
        "",
        "/account",
        "/account/notifications",
        "/account/two-factor",
        "/audit",
        "/campaign-templates",
        "/campaign-templates/letter",
        "/campaigns",
        "/campaigns/calendar",
        "/campaigns/new",
        "/campaigns/new?kind=digest",
        "/campaigns/new?kind=html",
        "/campaigns/new?kind=markdown",
        "/campaigns/new?kind=mjml",
        "/deliverability",
        "/events",
        "/events/new",
        "/events/open-lesson",
        "/feeds",
        "/growth",
        "/imports",
        "/join-form",
        "/join-form/new",
        "/layouts",
        "/layouts/digest",
        "/lists",
        "/lists/new",
        "/lists/news",
        "/lists/news/edit",
        "/lists/news/forms",
        "/lists/news/welcome",
        "/media",
        "/media/1",
        "/media/pick",
        "/media?view=list",
        "/notifications",
        "/posts",
        "/posts/1",
        "/posts/1/comments",
        "/posts/1/history",
        "/posts/1/translate/ru",
        "/posts/import",
        "/posts/new",
        "/recurring-campaigns",
        "/recurring-campaigns/new",
        "/search?q=embassy",
        "/snippets",
        "/snippets/new",
        "/segments",
        "/segments/1",
        "/segments/new",
        "/series",
        "/series/1",
        "/series/1/edit",
        "/series/1/rehearsal",
        "/series/new?from=event-reminder",
        "/series/new?from=welcome-digest",
        "/sessions",
        "/styleguide",
        "/settings",
        "/settings/bounces",
        "/settings/joining",
        "/settings/sign-in",
        "/settings/process",
        "/settings/relays",
        "/settings/senders",
        "/settings/sending",
        "/setup/domain",
        "/setup/list",
        "/setup/sender",
        "/setup/site",
        "/shortcuts",
        "/signing-keys",
        "/site",
        "/subscribers",
        "/subscribers/1",
        "/subscribers/new",
        "/suppressions",
        "/system",
        "/tags",
        "/takeout",
        "/texts",
        "/texts?group=confirm-mail",
        "/tokens",
        "/trash",
        "/users",
        "/webhooks",
    ]
    .map(|path| format!("/admin{path}"))
    .to_vec();
    pages.push(format!("/admin/campaigns/{campaign}"));
    pages.push(format!("/admin/campaigns/{campaign}/deliveries"));
    pages.push(format!("/admin/campaigns/{campaign}/report"));
    pages.push(format!("/admin/campaigns/{draft}/checks"));
    pages.push(format!("/admin/campaigns/{draft}"));
    pages.push(format!("/admin/campaigns/{draft}/edit"));
    pages.push(format!("/admin/campaigns/{letter}"));
    pages.push(format!("/admin/campaigns/{letter}/edit"));
    pages.push(format!("/admin/campaigns/{letter}/ab-test"));
    pages.push(format!("/admin/campaigns/{letter}/translate/ru"));
    pages.push(format!("/admin/campaigns/{draft}/comments"));
    pages.push(format!("/admin/campaigns/{draft}/history"));
    pages.push(format!("/admin/campaigns/{draft}?view=header#mail"));
    pages.push(format!("/admin/campaigns/{draft}?view=phone#mail"));
    pages.push(format!("/admin/subscribers/1/why?campaign={campaign}"));
    // Each page in both widths and both themes; what it looks like is a matter of the components
    // that it shares with its neighbour.
    let looks = |number: usize| match number % 2 {
        0 => [Look::PHONE, Look::DARK],
        _ => [Look::DARK_PHONE, Look::DESKTOP],
    };
    let mut faults = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let page = std::slice::from_ref(page);
        faults.extend(judge.judge(&demo.url, page, &looks(number)).await);
    }
    // The first page of a new installation.
    let new = Installation::start();
    let path = new.setup.strip_prefix(&new.url).unwrap().to_owned();
    let looks = [Look::DESKTOP, Look::DARK, Look::PHONE];
    faults.extend(judge.judge(&new.url, &[path], &looks).await);
    judge.browser.quit().await;
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_page_is_accessible() {
    let demo = Demo::start(None);
    let seen = json!({ "settings": { "engagement": true } });
    api_by(Method::PATCH, &demo, &demo.token(None), "/settings", seen).await;
    let (campaign, token_pages) = with_a_sent_campaign(&demo).await;
    let judge = Axe::start().await;
    let mut pages: Vec<String> = [
        "/",
        "/posts",
        "/posts/elections-2007",
        "/posts/kazakh-course",
        "/posts/category/general",
        "/events",
        "/events/2007/08",
        "/events/open-lesson",
        "/media",
        "/join",
        "/join/news",
        "/join/news/embed",
        "/archive",
        "/none",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.push(format!("/archive/{campaign}"));
    pages.extend(token_pages);
    let mut faults = Vec::new();
    for language in ["kk", "ru", "en"] {
        let looks: &[Look] = match language {
            "kk" => &[Look::DESKTOP, Look::PHONE],
            "ru" => &[Look::PHONE],
            _ => &[Look::DESKTOP, Look::DARK, Look::PHONE],
        };
        let paths: Vec<String> = pages
            .iter()
            .map(|path| format!("/{language}{path}"))
            .collect();
        faults.extend(judge.judge(&demo.url, &paths, looks).await);
    }
    let own = pages.iter().find(|path| path.starts_with("/preferences/"));
    let own = own.expect("a reader's own page");
    let paused = reqwest::Client::new()
        .post(format!("{}{own}/pause", demo.url))
        .form(&[("span", "2w")])
        .send()
        .await
        .unwrap();
    assert!(paused.status().is_success());
    let paths = ["kk", "ru", "en"].map(|language| format!("/{language}{own}"));
    let looks = [Look::DESKTOP, Look::DARK, Look::PHONE];
    faults.extend(judge.judge(&demo.url, &paths, &looks).await);
    judge.browser.quit().await;
    // The page that is not there says so to the browser too.
    faults.retain(|fault| !(fault.contains("/none") && fault.contains("404")));
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
