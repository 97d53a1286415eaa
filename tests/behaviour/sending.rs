//! Campaigns, their messages and the delivery ledger.

use std::collections::HashSet;
use std::time::Duration;

use jarshy::model::lease::Lease;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::ledger::{claim_all, start_campaign};
use crate::harness::{Database, TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn every_confirmed_subscriber_gets_the_campaign_once(app: TestApp) {
    let emails: Vec<String> = (0..60).map(|n| format!("r{n}@example.kz")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    app.join("pending@example.kz").await;
    let _second = app.another_worker();
    let id = app.send_to(&emails).await;
    let campaign = app.campaign_in_state(id, "finished").await;
    assert_eq!(campaign["counts"]["sent"], 60, "{campaign}");
    let mut ids = HashSet::new();
    for email in emails {
        let mails = app.mails_now(email);
        assert_eq!(mails.len(), 1, "{email}");
        assert!(ids.insert(mails[0].header("Message-ID").unwrap()));
    }
    app.mail_to("pending@example.kz").await;
    assert!(
        app.mails_now("pending@example.kz")
            .iter()
            .all(|mail| mail.subject != "Elections")
    );
    let deliveries = app
        .api_get(&format!("/campaigns/{id}/deliveries?limit=10"))
        .await;
    assert_eq!(deliveries["items"].as_array().unwrap().len(), 10);
    assert!(
        deliveries["items"][0]["reply"]
            .as_str()
            .unwrap()
            .starts_with("250")
    );
    assert!(deliveries["next_cursor"].is_string());
}

#[apply(on_both_databases)]
async fn a_message_has_the_required_headers(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let mail = app.mail_to("a@example.kz").await;
    assert_eq!(mail.subject, "Elections");
    for (name, expected) in [
        ("List-Id", "<news.embassy.example>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Unsubscribe", "mailto:unsubscribe@embassy.example"),
        ("List-Archive", "/archive/"),
        ("Feedback-ID", ":news:campaign:"),
        ("Auto-Submitted", "auto-generated"),
        ("Precedence", "bulk"),
        ("From", "news@embassy.example"),
        ("To", "a@example.kz"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "multipart/alternative"),
    ] {
        let value = mail
            .header(name)
            .unwrap_or_else(|| panic!("{name} is missing"));
        assert!(value.contains(expected), "{name}: {value}");
    }
    assert!(mail.text.contains("Dear Reader,"), "{}", mail.text);
    assert!(mail.html.contains("Dear Reader,"));
    assert!(!mail.html.contains("{{") && !mail.html.contains('\u{E000}'));
    assert!(mail.html.len() < 102 * 1024);
    let (local, domain) = mail.envelope_from.split_once('@').unwrap();
    assert_eq!(domain, "embassy.example");
    let delivery = app.cx.keys.open_envelope(local).unwrap();
    let row = &app.api_get(&format!("/campaigns/{id}/deliveries")).await["items"][0];
    assert_eq!(row["id"], delivery);
}

#[apply(on_both_databases)]
async fn subscribers_get_their_own_language(app: TestApp) {
    app.create_post("vote", "The vote", "English text").await;
    app.api_post(
        "/posts",
        json!({
            "slug": "vote", "title": "Голосование", "summary": "Кратко", "language": "ru",
            "body_markdown": "Русский текст", "published": true,
        }),
    )
    .await;
    for (email, language) in [
        ("en@example.kz", "en"),
        ("ru@example.kz", "ru"),
        ("kk@example.kz", "kk"),
    ] {
        app.api_post(
            "/subscribers",
            json!({
                "email": email, "language": language, "lists": ["news"], "status": "confirmed",
            }),
        )
        .await;
    }
    let id = app.create_campaign("vote", "The vote", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    assert!(
        app.mail_to("en@example.kz")
            .await
            .text
            .contains("English text")
    );
    let russian = app.mail_to("ru@example.kz").await;
    assert_eq!(russian.subject, "Голосование");
    assert!(russian.text.contains("Русский текст"));
    assert!(
        app.mail_to("kk@example.kz")
            .await
            .text
            .contains("English text"),
        "the stand-in"
    );
}

#[apply(on_both_databases)]
async fn a_campaign_is_paused_resumed_and_cancelled(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let forbidden = app
        .api("POST", &format!("/campaigns/{id}/pause"))
        .send()
        .await
        .unwrap();
    assert_eq!(forbidden.status(), StatusCode::CONFLICT);
    assert_eq!(
        forbidden.headers()["content-type"],
        "application/problem+json"
    );
    app.api_post(&format!("/campaigns/{id}/cancel"), json!({}))
        .await;
    app.campaign_in_state(id, "cancelled").await;
    let forbidden = app
        .api("POST", &format!("/campaigns/{id}/start"))
        .send()
        .await
        .unwrap();
    assert_eq!(forbidden.status(), StatusCode::CONFLICT);
    app.quiet().await;
    assert!(app.mails_now("a@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn a_scheduled_campaign_starts_by_itself(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let at = app
        .cx
        .clock
        .now()
        .after(Duration::from_secs(3600))
        .rfc3339();
    app.api_post(&format!("/campaigns/{id}/schedule"), json!({ "at": at }))
        .await;
    app.campaign_in_state(id, "scheduled").await;
    // Its time comes.
    app.raw(
        "UPDATE campaigns SET scheduled_at = CAST($1 AS BIGINT)",
        "0",
    )
    .await;
    app.campaign_in_state(id, "finished").await;
    assert_eq!(app.mails_now("a@example.kz").len(), 1);
}

#[apply(on_both_databases)]
async fn a_test_email_changes_nothing(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("reader@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(
        &format!("/campaigns/{id}/test"),
        json!({ "email": "me@example.kz" }),
    )
    .await;
    let mail = app.mail_to("me@example.kz").await;
    assert_eq!(mail.subject, "[Test] P");
    assert_eq!(
        app.post(&mail.link("/unsubscribe/"), &[]).await.status(),
        StatusCode::OK
    );
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["state"],
        "draft"
    );
    assert!(app.mails_now("reader@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn expired_leases_are_recovered(app: TestApp) {
    // A worker that died: one delivery may have been on the wire, one not.
    app.create_post("p", "P", "text").await;
    app.subscribe("on-the-wire@example.kz", "news").await;
    app.subscribe("claimed@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let dead = uuid::Uuid::now_v7();
    let now = app.cx.clock.now();
    let mut db = app.cx.store.write().await.unwrap();
    use jarshy::store::ledger;
    let campaign = id.into();
    start_campaign(&app.cx, &mut db, campaign, now).await;
    let lease = Lease::new(dead, now, Duration::from_millis(300));
    let claimed = claim_all(&mut db, campaign, &lease).await;
    assert_eq!(claimed.len(), 2);
    let first = claimed[0].id.0;
    for rendering in jarshy::campaign::rendering::render(
        &app.cx,
        &jarshy::campaign::lifecycle::by_id(&app.cx, campaign)
            .await
            .unwrap(),
    )
    .await
    .unwrap()
    {
        jarshy::store::campaign_renderings::insert(&mut db, campaign, &rendering)
            .await
            .unwrap();
    }
    db.commit().await.unwrap();
    let page = ledger::Batch {
        begins: vec![first],
        ..ledger::Batch::default()
    };
    let begun = ledger::write(&app.cx.store, &page, &lease).await.unwrap();
    assert_eq!(begun, [first]);

    let campaign = app.campaign_in_state(id, "finished").await;
    assert_eq!(campaign["counts"]["uncertain"], 1, "{campaign}");
    assert_eq!(campaign["counts"]["sent"], 1, "{campaign}");
    let uncertain = app
        .api_get(&format!("/campaigns/{id}/deliveries?state=uncertain"))
        .await;
    let email = uncertain["items"][0]["email"].as_str().unwrap().to_owned();
    assert!(
        app.mails_now(&email).is_empty(),
        "never sent twice without a person asking"
    );

    app.api_post(&format!("/campaigns/{id}/resend"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    assert_eq!(app.mails_to(&email, 1).await.len(), 1);
}

#[apply(on_both_databases)]
async fn unsubscribing_after_the_freeze_skips_the_delivery(app: TestApp) {
    app.create_post("p", "P", "text").await;
    let gone = app.subscribe("gone@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let now = app.cx.clock.now();
    let campaign = id.into();
    use jarshy::audience::ConsentSource;
    use jarshy::audience::subscription::{self, Evidence};
    use jarshy::model::subscription::{ConsentMethod, SubscriptionEvent};
    let mut db = app.cx.store.write().await.unwrap();
    start_campaign(&app.cx, &mut db, campaign, now).await;
    let list = jarshy::store::subscriptions::of_subscriber(&mut db, gone.into())
        .await
        .unwrap()[0]
        .list_id;
    let evidence = Evidence {
        method: ConsentMethod::UnsubscribeLink,
        wording: "",
        source: &ConsentSource::default(),
    };
    subscription::apply(
        &mut db,
        gone.into(),
        list,
        SubscriptionEvent::Leave,
        &evidence,
        now,
    )
    .await
    .unwrap();
    let lease = Lease::new(uuid::Uuid::now_v7(), now, Duration::from_secs(9));
    let claimed = claim_all(&mut db, campaign, &lease).await;
    assert!(claimed.is_empty());
    assert_eq!(
        jarshy::store::campaign_progress::counts(&mut db, campaign)
            .await
            .unwrap()
            .skipped,
        1
    );
}

#[apply(on_both_databases)]
async fn quiet_hours_delay_a_campaign(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let path = format!("/campaigns/{id}/limits");
    let limit = |body: serde_json::Value| app.api("PUT", &path).json(&body).send();
    let refused = limit(json!({ "quiet_from": "25:00", "quiet_until": "07:00" }))
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // The whole day but a minute, which this test does not meet.
    let now = app.cx.clock.now().to_jiff().strftime("%H:%M").to_string();
    let next = app
        .cx
        .clock
        .now()
        .before(Duration::from_secs(60))
        .to_jiff()
        .strftime("%H:%M")
        .to_string();
    let taken = limit(json!({ "quiet_from": now, "quiet_until": next }))
        .await
        .unwrap();
    assert_eq!(taken.status(), StatusCode::ACCEPTED);
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_that(id, |campaign| campaign["delay"]["reason"] == "quiet_hours")
        .await;
    assert!(app.mails_now("a@example.kz").is_empty());
    assert_eq!(
        limit(json!({})).await.unwrap().status(),
        StatusCode::ACCEPTED
    );
    app.campaign_in_state(id, "finished").await;
}

#[apply(on_both_databases)]
async fn workers_share_the_hourly_limit(app: TestApp) {
    let _second = app.another_worker();
    app.create_post("p", "P", "text").await;
    for n in 0..10 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    let id = app.create_campaign("p", "P", "news").await;
    let limit = app
        .api("PUT", &format!("/campaigns/{id}/limits"))
        .json(&json!({ "hourly_limit": 4 }));
    assert_eq!(limit.send().await.unwrap().status(), StatusCode::ACCEPTED);
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let at_limit = |campaign: &Value| {
        campaign["delay"]["reason"] == "hourly_limit" && campaign["counts"]["sending"] == 0
    };
    let campaign = app.campaign_that(id, at_limit).await;
    assert_eq!(campaign["counts"]["sent"], 4, "{campaign}");
    assert_eq!(campaign["counts"]["queued"], 6, "{campaign}");
}

#[apply(on_both_databases)]
async fn cancelling_midway_skips_the_rest(app: TestApp) {
    app.create_post("p", "P", "text").await;
    for n in 0..10 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    let id = app.create_campaign("p", "P", "news").await;
    let limit = app
        .api("PUT", &format!("/campaigns/{id}/limits"))
        .json(&json!({ "hourly_limit": 4 }));
    limit.send().await.unwrap();
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_that(id, |campaign| campaign["counts"]["sent"] == 4)
        .await;
    app.api_post(&format!("/campaigns/{id}/cancel"), json!({}))
        .await;
    app.quiet().await;
    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["counts"]["sent"], 4, "{campaign}");
    assert_eq!(campaign["counts"]["skipped"], 6, "{campaign}");
    let skipped = app
        .api_get(&format!("/campaigns/{id}/deliveries?state=skipped"))
        .await;
    assert_eq!(skipped["items"].as_array().unwrap().len(), 6);
}

async fn failover_to_a_second_relay(database: Database) {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let app = TestApp::start_with(database, |config| {
        let works = config.smtp_url.take().unwrap();
        let both = format!(
            "smtp://{free}?tls=none&weight=9, {}&messages=2",
            works.text()
        );
        config.smtp_url = Some(both.parse().unwrap());
    })
    .await;
    let id = app
        .send_to(&["a@example.kz", "b@example.kz", "c@example.kz"])
        .await;
    let campaign = app.campaign_in_state(id, "finished").await;
    assert_eq!(campaign["counts"]["sent"], 3, "{campaign}");
}

#[tokio::test(flavor = "multi_thread")]
async fn failover_to_a_second_relay_on_sqlite() {
    failover_to_a_second_relay(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failover_to_a_second_relay_on_postgres() {
    failover_to_a_second_relay(Database::Postgres).await;
}

async fn an_unreachable_relay_loses_nothing(database: Database) {
    // A port that nobody listens on.
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let app = TestApp::start_with(database, |config| {
        config.smtp_url = Some(
            format!("smtp://{free}?tls=none&connections=2")
                .parse()
                .unwrap(),
        );
    })
    .await;
    let id = app.send_to(&["a@example.kz"]).await;
    let is_delayed = |campaign: &Value| campaign["delay"]["reason"] == "relay_away";
    let campaign = app.campaign_that(id, is_delayed).await;
    assert_eq!(campaign["state"], "sending");
    assert_eq!(campaign["counts"]["queued"], 1, "{campaign}");
    let trouble = jarshy::campaign::report::relay_problem(&app.cx)
        .await
        .unwrap();
    assert!(trouble.contains("cannot be used"), "{trouble}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_relay_loses_nothing_on_sqlite() {
    an_unreachable_relay_loses_nothing(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_relay_loses_nothing_on_postgres() {
    an_unreachable_relay_loses_nothing(Database::Postgres).await;
}
