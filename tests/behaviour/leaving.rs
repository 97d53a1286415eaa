//! Leaving lists, preferences, and being forgotten.

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn one_click_unsubscribe_needs_no_cookie(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let mail = app.mail_to("a@example.kz").await;
    let url = mail.one_click_url();
    assert_eq!(app.get(&url).await.status(), StatusCode::OK);
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("confirmed")
    );

    let answer = app.post(&url, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers().get("set-cookie").is_none());
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );
    let again = app.post(&url, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(
        again.status(),
        StatusCode::OK,
        "leaving twice is leaving once"
    );
}

/// Mail programs take the mark behind an address for a part of it.
#[apply(on_both_databases)]
async fn links_work_with_trailing_characters(app: TestApp) {
    const STRAY: [&str; 9] = [
        "",
        "/",
        ".",
        ")",
        "%3E",
        "%3E.",
        "%29/",
        "%C2%A0",
        "%E2%80%9D,",
    ];
    app.join("joins@example.kz").await;
    let confirm = app.mail_to("joins@example.kz").await.link("/confirm/");
    let change = json!({ "counts_clicks": true });
    app.api("PATCH", "/lists/news")
        .json(&change)
        .send()
        .await
        .unwrap();
    app.subscribe("a@example.kz", "news").await;
    app.create_post(
        "elections",
        "Elections",
        "Read [this](https://example.org/).",
    )
    .await;
    let id = app.create_campaign("elections", "Elections", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let mail = app.mail_to("a@example.kz").await;
    let at = mail.html.find("/l/").unwrap();
    let tracked = mail.html[at..].split('"').next().unwrap().to_owned();
    let (leave, preferences) = (mail.one_click_url(), mail.link("/preferences/"));
    let data = app.my_data(&preferences);
    let archive = format!("{}/archive/{id}", app.url);
    let leads = app.get(&tracked).await.headers()["location"].clone();
    let pages = [&confirm, &leave, &preferences, &data, &archive];
    for stray in STRAY {
        for page in pages {
            let answer = app.get(&format!("{page}{stray}")).await;
            assert_eq!(answer.status(), StatusCode::OK, "{page}{stray}");
            let (path, kazakh) = (page.replace(&app.url, ""), format!("{}/kk", app.url));
            let answer = app.get(&format!("{kazakh}{path}{stray}")).await;
            assert_eq!(answer.status(), StatusCode::OK, "/kk{path}{stray}");
        }
        let led = app.get(&format!("{tracked}{stray}")).await;
        assert_eq!(led.headers()["location"], leads, "{tracked}{stray}");
        for page in ["/posts/elections", "/posts", "/events", "/join", "/archive"] {
            let stray = if stray.contains('%') { "/" } else { stray };
            assert_eq!(
                app.get(&format!("{page}{stray}")).await.status(),
                StatusCode::OK,
                "{page}{stray}"
            );
        }
    }
    assert_eq!(
        app.get("/unsubscribe/forged.").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(app.get("/nowhere/").await.status(), StatusCode::NOT_FOUND);
    let shown = app.get(&format!("{confirm}/")).await.text().await.unwrap();
    let address = confirm.replace(&app.url, "");
    assert!(
        shown.contains(&format!("{address}\"")) && !shown.contains(&format!("{address}/\"")),
        "{shown}"
    );

    assert_eq!(
        app.submit(&format!("{confirm}."), &[]).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        app.subscription("joins@example.kz", "news")
            .await
            .as_deref(),
        Some("confirmed")
    );
    let left = app
        .post(&format!("{leave}/"), &[("List-Unsubscribe", "One-Click")])
        .await;
    assert_eq!(left.status(), StatusCode::OK);
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );
}

#[apply(on_both_databases)]
async fn unsubscribed_people_get_no_campaigns(app: TestApp) {
    let id = app
        .send_to(&["stays@example.kz", "leaves@example.kz"])
        .await;
    app.campaign_in_state(id, "finished").await;
    let mail = app.mail_to("leaves@example.kz").await;
    app.submit(&mail.link("/unsubscribe/"), &[]).await;

    let second = app.create_campaign("elections", "Again", "news").await;
    app.api_post(&format!("/campaigns/{second}/start"), serde_json::json!({}))
        .await;
    app.campaign_in_state(second, "finished").await;
    assert_eq!(app.mails_to("stays@example.kz", 2).await.len(), 2);
    assert_eq!(app.mails_now("leaves@example.kz").len(), 1);
}

#[apply(on_both_databases)]
async fn preferences_change_lists_name_and_language(app: TestApp) {
    app.create_list("events", "double").await;
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let link = app.mail_to("a@example.kz").await.link("/preferences/");
    assert_eq!(app.get(&link).await.status(), StatusCode::OK);

    let saved = app
        .submit(
            &link,
            &[("name", "Айгүл"), ("language", "kk"), ("lists", "events")],
        )
        .await;
    assert!(saved.status().is_success() || saved.status().is_redirection());
    assert_eq!(
        app.subscription("a@example.kz", "events").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );
    let subscriber = &app.api_get("/subscribers?q=a@example.kz").await["items"][0];
    assert_eq!(subscriber["name"], "Айгүл");
    assert_eq!(subscriber["language"], "kk");

    let export = app.get(&format!("{}/export", app.my_data(&link))).await;
    let data: serde_json::Value = export.json().await.unwrap();
    assert_eq!(data["email"], "a@example.kz");
    assert!(!data["consents"].as_array().unwrap().is_empty());
}

#[apply(on_both_databases)]
async fn unsubscribing_from_all_suppresses_the_address(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let link = app.mail_to("a@example.kz").await.link("/preferences/");
    app.submit(&format!("{link}/leave"), &[("confirmed", "yes")])
        .await;
    let suppressions = app.api_get("/suppressions").await;
    assert_eq!(suppressions["items"][0]["reason"], "unsubscribed_all");
    app.subscribe("b@example.kz", "news").await;
    let again = app.create_campaign("elections", "Once more", "news").await;
    app.api_post(&format!("/campaigns/{again}/start"), serde_json::json!({}))
        .await;
    app.campaign_in_state(again, "finished").await;
    assert_eq!(
        app.mails_now("a@example.kz").len(),
        1,
        "no campaign reaches them"
    );
    app.join("a@example.kz").await;
    let asked = app.mails_to("a@example.kz", 2).await.remove(0);
    asked.link("/confirm/");
    let suppressions = app.api_get("/suppressions").await;
    assert_eq!(
        suppressions["items"][0]["reason"], "unsubscribed_all",
        "until they say so themselves"
    );
}

#[apply(on_both_databases)]
async fn a_forwarded_email_neither_shows_nor_erases_personal_data(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let link = app.mail_to("a@example.kz").await.link("/preferences/");
    let shown = app
        .get(&format!("{link}/export"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        shown.contains("We send you a link first") && !shown.contains("a@example.kz"),
        "{shown}"
    );
    app.submit(&format!("{link}/erase"), &[("confirmed", "yes")])
        .await;
    assert!(
        app.subscription("a@example.kz", "news").await.is_some(),
        "nothing was erased"
    );

    let token = link.rsplit('/').next().unwrap();
    for _ in 0..3 {
        let sent = app
            .submit(&format!("/my-data/{token}"), &[])
            .await
            .text()
            .await
            .unwrap();
        assert!(sent.contains("Check your inbox"), "{sent}");
    }
    let own = app
        .mails_to("a@example.kz", 2)
        .await
        .remove(0)
        .link("/my-data/");
    app.quiet().await;
    assert_eq!(
        app.mails_now("a@example.kz").len(),
        2,
        "an inbox is not filled with links"
    );
    let data: serde_json::Value = app
        .get(&format!("{own}/export"))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(data["email"], "a@example.kz");
    assert!(
        app.get(&own)
            .await
            .text()
            .await
            .unwrap()
            .contains("works for one day")
    );
    app.submit(&format!("{own}/erase"), &[("confirmed", "yes")])
        .await;
    assert_eq!(app.subscription("a@example.kz", "news").await, None);
    assert_eq!(
        app.get(&format!("{own}/export")).await.status(),
        StatusCode::GONE
    );
}

#[apply(on_both_databases)]
async fn erasing_oneself_keeps_anonymous_counts(app: TestApp) {
    let id = app.send_to(&["a@example.kz", "b@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let mail = app.mail_to("a@example.kz").await;
    let link = mail.link("/preferences/");
    let own = app.my_data(&link);
    let asked = app.get(&format!("{own}/erase")).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let unticked = app.post(&format!("{own}/erase"), &[]).await;
    assert_eq!(unticked.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        app.subscription("a@example.kz", "news").await.is_some(),
        "erasing asks first"
    );
    app.submit(&format!("{own}/erase"), &[("confirmed", "yes")])
        .await;

    assert_eq!(app.subscription("a@example.kz", "news").await, None);
    let report = app.api_get(&format!("/campaigns/{id}/deliveries")).await;
    assert_eq!(report["items"].as_array().unwrap().len(), 2);
    assert!(!report.to_string().contains("a@example.kz"));
    assert!(!app.get(&link).await.status().is_server_error());
    let left = app
        .post(&mail.one_click_url(), &[("List-Unsubscribe", "One-Click")])
        .await;
    assert_eq!(left.status(), StatusCode::OK);
}
