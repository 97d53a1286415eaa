//! Joining a list and confirming it.

use std::time::Duration;

use jarshy::audience::confirm::{self, Confirmation, LinkState};
use jarshy::audience::expire;
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::model::{ListId, SubscriberId};
use jarshy::token::Token;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{Database, TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn a_visitor_joins_and_confirms_by_mail(app: TestApp) {
    let page = app.join("Aigul@Example.KZ").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(
        app.subscription("aigul@example.kz", "news")
            .await
            .as_deref(),
        Some("pending")
    );

    let mail = app.mail_to("Aigul@example.kz").await;
    assert!(mail.subject.contains("confirm"), "{}", mail.subject);
    let link = mail.link("/confirm/");
    assert_eq!(app.get(&link).await.status(), StatusCode::OK);
    let state = app.subscription("aigul@example.kz", "news").await;
    assert_eq!(
        state.as_deref(),
        Some("pending"),
        "mail scanners follow links: GET changes nothing"
    );

    assert_eq!(app.submit(&link, &[]).await.status(), StatusCode::OK);
    let state = app.subscription("aigul@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("confirmed"));
    assert_eq!(
        app.submit(&link, &[]).await.status(),
        StatusCode::OK,
        "twice is once"
    );
}

#[apply(on_both_databases)]
async fn repeated_joins_send_one_confirmation(app: TestApp) {
    for _ in 0..4 {
        app.join("a@example.kz").await;
    }
    app.mail_to("a@example.kz").await;
    app.quiet().await;
    assert_eq!(app.mails_now("a@example.kz").len(), 1);
}

#[apply(on_both_databases)]
async fn the_response_is_the_same_for_known_and_unknown_addresses(app: TestApp) {
    app.join_and_confirm("known@example.kz").await;
    app.api_post("/suppressions", json!({ "email": "never@example.kz" }))
        .await;
    let answers = [
        app.join("known@example.kz").await,
        app.join("stranger@example.kz").await,
        app.join("never@example.kz").await,
    ];
    let mut pages = Vec::new();
    for answer in answers {
        assert_eq!(answer.status(), StatusCode::OK);
        pages.push(answer.text().await.unwrap());
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[1], pages[2]);
    app.mail_to("stranger@example.kz").await;
    app.quiet().await;
    assert!(app.mails_now("never@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn consent_is_recorded_with_the_wording_that_was_shown(app: TestApp) {
    let mail = app.join_and_confirm("a@example.kz").await;
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let mut db = app.cx.store.read().await.unwrap();
    let records = jarshy::store::subscriptions::consents_of(&mut db, id.into())
        .await
        .unwrap();
    let actions: Vec<_> = records
        .iter()
        .map(|record| record.action.as_str())
        .collect();
    assert_eq!(actions, ["requested", "confirmed"]);
    assert!(records[0].wording.contains("I agree"), "{:?}", records[0]);
    assert_eq!(records[0].network, "127.0.0.0/24");
    assert!(mail.html.contains("/confirm/"));
}

#[apply(on_both_databases)]
async fn simultaneous_joins_are_all_stored(app: TestApp) {
    let joins = (0..200).map(|n| {
        let list = if n % 10 == 0 { "none" } else { "news" };
        let body = json!({ "email": format!("r{}@example.kz", n / 2 * 2), "lists": [list] });
        app.client
            .post(format!("{}/api/v1/join", app.url))
            .json(&body)
            .send()
    });
    let answers = futures_util::future::join_all(joins).await;
    for (n, answer) in answers.into_iter().enumerate() {
        let expected = if n % 10 == 0 {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::ACCEPTED
        };
        assert_eq!(
            answer.unwrap().status(),
            expected,
            "{n}: another's mistake is not one's own"
        );
    }
    let subscribers = app.api_get("/subscribers?limit=500").await["items"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(
        subscribers, 100,
        "an address that asks twice is one subscriber"
    );
}

#[apply(on_both_databases)]
async fn a_filled_honeypot_is_accepted_and_ignored(app: TestApp) {
    let form = [
        ("email", "bot@example.kz"),
        ("website", "http://spam.example"),
    ];
    assert_eq!(app.submit("/join", &form).await.status(), StatusCode::OK);
    assert_eq!(app.subscription("bot@example.kz", "news").await, None);
}

#[apply(on_both_databases)]
async fn joining_by_api(app: TestApp) {
    let join = |body: serde_json::Value| {
        app.client
            .post(format!("{}/api/v1/join", app.url))
            .json(&body)
            .send()
    };
    let answer = join(json!({ "email": "a@example.kz", "lists": ["news"], "language": "ru" }))
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let mail = app.mail_to("a@example.kz").await;
    assert!(
        mail.subject.contains("адрес") || mail.subject.contains("Подтвердите"),
        "{}",
        mail.subject
    );
    let answer = join(json!({ "email": "nonsense" })).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
}

#[apply(on_both_databases)]
async fn one_confirmation_covers_later_joins(app: TestApp) {
    app.create_list("events", "double").await;
    app.join("a@example.kz").await;
    let link = app.mail_to("a@example.kz").await.link("/confirm/");
    app.submit("/join", &[("email", "a@example.kz"), ("lists", "events")])
        .await;
    let page = app.get(&link).await.text().await.unwrap();
    assert!(
        page.contains(">news<") && page.contains(">events<"),
        "{page}"
    );
    let (_, rest) = page.split_once("name=\"list\" value=\"").unwrap();
    let first = rest.split('"').next().unwrap();
    app.submit(&link, &[("list", first)]).await;
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("confirmed")
    );
    let unseen = app.subscription("a@example.kz", "events").await;
    assert_eq!(
        unseen.as_deref(),
        Some("pending"),
        "what the page did not show is not confirmed"
    );
    app.submit(&link, &[]).await;
    assert_eq!(
        app.subscription("a@example.kz", "events").await.as_deref(),
        Some("confirmed")
    );
    app.quiet().await;
    assert_eq!(
        app.mails_now("a@example.kz").len(),
        1,
        "nothing is left to ask"
    );
}

#[apply(on_both_databases)]
async fn rejoining_after_unsubscribing_from_all_needs_confirmation(app: TestApp) {
    app.create_list("flash", "single").await;
    app.join_and_confirm("a@example.kz").await;
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let origin = jarshy::audience::ConsentSource::default();
    jarshy::audience::preferences::unsubscribe_from_all(&app.cx, id.into(), "", &origin)
        .await
        .unwrap();

    app.submit("/join", &[("email", "a@example.kz"), ("lists", "flash")])
        .await;
    assert_eq!(
        app.subscription("a@example.kz", "flash").await.as_deref(),
        Some("pending")
    );
    let mail = app.mails_to("a@example.kz", 2).await.remove(0);
    app.submit(&mail.link("/confirm/"), &[]).await;
    assert_eq!(
        app.subscription("a@example.kz", "flash").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );
    let suppressed = app.api_get("/suppressions").await;
    assert_eq!(
        suppressed["items"].as_array().unwrap().len(),
        0,
        "mail comes again"
    );
}

#[apply(on_both_databases)]
async fn an_unsubscribed_address_must_confirm_on_a_single_opt_in_list(app: TestApp) {
    app.create_list("flash", "single").await;
    let form = [("email", "a@example.kz"), ("lists", "flash")];
    app.submit("/join", &form).await;
    let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let left = json!({ "subscriber": id, "list": "flash", "state": "unsubscribed" });
    app.api_post("/subscriptions", left).await;
    for _ in 0..2 {
        app.submit("/join", &form).await;
        assert_eq!(
            app.subscription("a@example.kz", "flash").await.as_deref(),
            Some("pending")
        );
    }
    app.submit(&app.mail_to("a@example.kz").await.link("/confirm/"), &[])
        .await;
    assert_eq!(
        app.subscription("a@example.kz", "flash").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn never_email_me_again(app: TestApp) {
    app.join("victim@example.kz").await;
    let link = app.mail_to("victim@example.kz").await.link("/never/");
    let page = app.get(&link).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("victim@example.kz"));
    assert!(
        app.api_get("/suppressions").await["items"]
            .as_array()
            .unwrap()
            .is_empty(),
        "GET changes nothing"
    );
    assert_eq!(app.submit(&link, &[]).await.status(), StatusCode::OK);
    let suppressed = app.api_get("/suppressions").await;
    assert_eq!(suppressed["items"][0]["reason"], "manual");
    app.create_list("events", "double").await;
    assert_eq!(
        app.submit(
            "/join",
            &[("email", "victim@example.kz"), ("lists", "events")]
        )
        .await
        .status(),
        StatusCode::OK
    );
    app.quiet().await;
    assert_eq!(app.mails_now("victim@example.kz").len(), 1);
    assert_eq!(
        app.submit(&link.replace("/never/", "/never/x"), &[])
            .await
            .status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn a_single_opt_in_list_takes_effect_at_once(app: TestApp) {
    app.create_list("flash", "single").await;
    app.submit("/join", &[("email", "a@example.kz"), ("lists", "flash")])
        .await;
    assert_eq!(
        app.subscription("a@example.kz", "flash").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn pending_subscriptions_expire(app: TestApp) {
    app.join("slow@example.kz").await;
    let link = app.mail_to("slow@example.kz").await.link("/confirm/");
    let token = app.cx.keys.open(link.rsplit('/').next().unwrap()).unwrap();
    let Token::Confirm {
        subscriber,
        lists,
        issued,
    } = token
    else {
        panic!("{token:?}");
    };
    let confirmation = Confirmation {
        subscriber: SubscriberId(subscriber),
        lists: lists.into_iter().map(ListId).collect(),
        issued,
    };
    let lifetime = Duration::from_secs(app.cx.config().confirmation_lifetime);
    let after = |span: Duration| Context {
        clock: Clock::manual(app.cx.clock.now().after(span)),
        ..app.cx.clone()
    };
    let (in_time, too_late) = (
        after(lifetime - Duration::from_secs(60)),
        after(lifetime + Duration::from_secs(1)),
    );
    let state = confirm::load(&in_time, &confirmation).await.unwrap();
    assert!(matches!(state, LinkState::Open(..)), "{state:?}");
    let state = confirm::load(&too_late, &confirmation).await.unwrap();
    assert!(matches!(state, LinkState::Expired), "{state:?}");

    expire::expire_pending(&in_time).await.unwrap();
    let kept = app.subscription("slow@example.kz", "news").await;
    assert_eq!(kept.as_deref(), Some("pending"));
    expire::expire_pending(&too_late).await.unwrap();
    let gone = app.subscription("slow@example.kz", "news").await;
    assert_eq!(gone, None, "and is forgotten");
    let page = app.submit(&link, &[]).await;
    assert!(!page.status().is_server_error());
    assert_eq!(app.subscription("slow@example.kz", "news").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn confirmations_of_a_flooding_network_are_delayed() {
    let app =
        TestApp::start_with(Database::Sqlite, |config| config.join_limit_per_network = 3).await;
    for n in 0..6 {
        let page = app.join(&format!("n{n}@example.kz")).await;
        assert_eq!(page.status(), StatusCode::OK);
    }
    let subscribers = app.api_get("/subscribers").await["items"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(subscribers, 6, "nobody's request is lost");
    for n in 0..3 {
        app.mail_to(&format!("n{n}@example.kz")).await;
    }
    app.quiet().await;
    for n in 3..6 {
        assert!(app.mails_now(&format!("n{n}@example.kz")).is_empty(), "{n}");
    }
    let mut db = app.cx.store.read().await.unwrap();
    assert_eq!(
        jarshy::store::transactional_emails::waiting(&mut db)
            .await
            .unwrap(),
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_form_and_api_need_proof_of_work() {
    let app =
        TestApp::start_with(Database::Sqlite, |config| config.join_limit_per_network = 3).await;
    let page = app.get("/join").await.text().await.unwrap();
    assert!(
        !page.contains("altcha"),
        "nothing is asked of an ordinary day: {page}"
    );
    let join = |n: usize| {
        let body = json!({ "email": format!("n{n}@example.kz"), "lists": ["news"] });
        app.client
            .post(format!("{}/api/v1/join", app.url))
            .json(&body)
            .send()
    };
    for n in 0..7 {
        assert_eq!(join(n).await.unwrap().status(), StatusCode::ACCEPTED);
    }
    let asked = join(7).await.unwrap();
    assert_eq!(asked.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text().await.unwrap().contains("/join-puzzle"));
    let page = app.get("/join").await.text().await.unwrap();
    assert!(page.contains("altcha"), "{page}");
    assert_eq!(
        app.join("form@example.kz").await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

/// A stranger who writes a detail behind the name reaches the same person.
async fn addresses_of_one_mailbox_are_asked_as_one(database: Database) {
    let app = TestApp::start(database).await;
    let addresses = ["reader", "reader+1", "Reader+2", "reader+3"];
    for local in addresses {
        app.join(&format!("{local}@example.kz")).await;
    }
    app.join("last@example.kz").await;
    app.mail_to("last@example.kz").await;
    let mails = addresses.map(|local| app.mails_now(&format!("{local}@example.kz")).len());
    assert_eq!(mails, [1, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_one_mailbox_are_asked_as_one_on_sqlite() {
    addresses_of_one_mailbox_are_asked_as_one(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_one_mailbox_are_asked_as_one_on_postgres() {
    addresses_of_one_mailbox_are_asked_as_one(Database::Postgres).await;
}

async fn repeated_confirmations_back_off(database: Database) {
    let app = TestApp::start_with(database, |config| config.confirmation_interval = 2).await;
    app.create_list("events", "double").await;
    app.join("a@example.kz").await;
    app.mail_to("a@example.kz").await;
    let form = [("email", "a@example.kz"), ("lists", "events")];
    app.submit("/join", &form).await;
    app.submit("/join", &form).await;
    let mails = app.mails_to("a@example.kz", 2).await;
    assert!(
        mails[0].text.contains("- news") && mails[0].text.contains("- events"),
        "{}",
        mails[0].text
    );
    app.quiet().await;
    assert_eq!(app.mails_now("a@example.kz").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_confirmations_back_off_on_sqlite() {
    repeated_confirmations_back_off(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_confirmations_back_off_on_postgres() {
    repeated_confirmations_back_off(Database::Postgres).await;
}
