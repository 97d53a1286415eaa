//! Joining a list and confirming it.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{App, Database};

on_both_databases! {
    async fn a_visitor_joins_and_confirms_by_mail(app: App) {
        let page = app.join("Aigul@Example.KZ").await;
        assert_eq!(page.status(), StatusCode::OK);
        assert_eq!(app.subscription("aigul@example.kz", "news").await.as_deref(), Some("pending"));

        let mail = app.mail_to("Aigul@example.kz").await;
        assert!(mail.subject.contains("confirm"), "{}", mail.subject);
        let link = mail.link("/confirm/");
        assert_eq!(app.get(&link).await.status(), StatusCode::OK);
        let state = app.subscription("aigul@example.kz", "news").await;
        assert_eq!(state.as_deref(), Some("pending"), "mail scanners follow links: GET changes nothing");

        assert_eq!(app.post(&link, &[]).await.status(), StatusCode::OK);
        let state = app.subscription("aigul@example.kz", "news").await;
        assert_eq!(state.as_deref(), Some("confirmed"));
        assert_eq!(app.post(&link, &[]).await.status(), StatusCode::OK, "twice is once");
    }

    async fn joining_again_sends_at_most_one_confirmation_in_a_while(app: App) {
        for _ in 0..4 {
            app.join("a@example.kz").await;
        }
        app.mail_to("a@example.kz").await;
        app.quiet().await;
        assert_eq!(app.mails_now("a@example.kz").len(), 1);
    }

    async fn the_answer_is_the_same_for_known_and_unknown_addresses(app: App) {
        app.join_and_confirm("known@example.kz").await;
        app.api_post("/suppressions", json!({ "email": "never@example.kz" })).await;
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

    async fn consent_is_recorded_with_the_wording_that_was_shown(app: App) {
        let mail = app.join_and_confirm("a@example.kz").await;
        let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"].as_i64().unwrap();
        let mut db = app.cx.store.read().await.unwrap();
        let records = jarshy::store::subscriptions::consents_of(&mut db, id.into()).await.unwrap();
        let actions: Vec<_> = records.iter().map(|record| record.action.as_str()).collect();
        assert_eq!(actions, ["requested", "confirmed"]);
        assert!(records[0].wording.contains("I agree"), "{:?}", records[0]);
        assert_eq!(records[0].network, "127.0.0.0/24");
        assert!(mail.html.contains("/confirm/"));
    }

    async fn joins_of_the_same_moment_are_each_kept(app: App) {
        let joins = (0..200).map(|n| {
            let list = if n % 10 == 0 { "none" } else { "news" };
            let body = json!({ "email": format!("r{}@example.kz", n / 2 * 2), "lists": [list] });
            app.client.post(format!("{}/api/v1/join", app.url)).json(&body).send()
        });
        let answers = futures_util::future::join_all(joins).await;
        for (n, answer) in answers.into_iter().enumerate() {
            let expected = if n % 10 == 0 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::ACCEPTED };
            assert_eq!(answer.unwrap().status(), expected, "{n}: another's mistake is not one's own");
        }
        let subscribers = app.api_get("/subscribers?limit=500").await["items"].as_array().unwrap().len();
        assert_eq!(subscribers, 100, "an address that asks twice is one subscriber");
    }

    async fn a_filled_honeypot_is_answered_and_forgotten(app: App) {
        let form = [("email", "bot@example.kz"), ("website", "http://spam.example")];
        assert_eq!(app.post("/join", &form).await.status(), StatusCode::OK);
        assert_eq!(app.subscription("bot@example.kz", "news").await, None);
    }

    async fn the_api_takes_joins_from_forms_elsewhere(app: App) {
        let join = |body: serde_json::Value| {
            app.client.post(format!("{}/api/v1/join", app.url)).json(&body).send()
        };
        let answer = join(json!({ "email": "a@example.kz", "lists": ["news"], "language": "ru" })).await.unwrap();
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        let mail = app.mail_to("a@example.kz").await;
        assert!(mail.subject.contains("адрес") || mail.subject.contains("Подтвердите"), "{}", mail.subject);
        let answer = join(json!({ "email": "nonsense" })).await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }

    async fn a_single_opt_in_list_takes_effect_at_once(app: App) {
        app.create_list("flash", "single").await;
        app.post("/join", &[("email", "a@example.kz"), ("lists", "flash")]).await;
        assert_eq!(app.subscription("a@example.kz", "flash").await.as_deref(), Some("confirmed"));
    }
}

async fn pending_subscriptions_expire(database: Database) {
    let app = App::start_with(database, |config| config.confirmation_lifetime = 1).await;
    app.join("slow@example.kz").await;
    let link = app.mail_to("slow@example.kz").await.link("/confirm/");
    tokio::time::sleep(Duration::from_millis(2100)).await;
    let page = app.post(&link, &[]).await;
    assert!(!page.status().is_server_error());
    assert_ne!(
        app.subscription("slow@example.kz", "news").await.as_deref(),
        Some("confirmed")
    );
    jarshy::audience::expire::expire_pending(&app.cx)
        .await
        .unwrap();
    assert_eq!(
        app.subscription("slow@example.kz", "news").await,
        None,
        "and is forgotten"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_subscriptions_expire_on_sqlite() {
    pending_subscriptions_expire(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_subscriptions_expire_on_postgres() {
    pending_subscriptions_expire(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_floods_the_form_is_held_back_unseen() {
    let app = App::start_with(Database::Sqlite, |config| config.join_limit_per_network = 3).await;
    for n in 0..6 {
        let page = app.join(&format!("n{n}@example.kz")).await;
        assert_eq!(page.status(), StatusCode::OK);
    }
    let subscribers = app.api_get("/subscribers").await["items"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(subscribers, 3);
}
