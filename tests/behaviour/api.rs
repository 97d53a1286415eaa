//! The API's shapes and manners.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::App;

on_both_databases! {
    async fn a_repeated_post_with_a_key_makes_one_thing(app: App) {
        let body = json!({ "slug": "k", "name": "K", "visibility": "public", "opt_in": "double" });
        let send = || app.api("POST", "/lists").header("Idempotency-Key", "one").json(&body).send();
        let first = send().await.unwrap();
        assert_eq!(first.status(), StatusCode::CREATED);
        let first = first.text().await.unwrap();
        let again = send().await.unwrap();
        assert_eq!(again.status(), StatusCode::CREATED);
        assert_eq!(again.text().await.unwrap(), first);
        let other = app.api("POST", "/lists").header("Idempotency-Key", "one").json(&json!({ "slug": "x" })).send().await.unwrap();
        assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let taken = app.api("POST", "/lists").json(&body).send().await.unwrap();
        assert_eq!(taken.status(), StatusCode::CONFLICT);
    }

    async fn subscribers_are_added_changed_paged_and_erased(app: App) {
        let one = json!({ "email": "A@Example.kz", "name": "A", "language": "kk", "attributes": { "city": "Алматы" }, "lists": ["news"], "status": "confirmed" });
        let made = app.api("POST", "/subscribers").json(&one).send().await.unwrap();
        assert_eq!(made.status(), StatusCode::CREATED);
        let again = app.api("POST", "/subscribers").json(&one).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::OK);
        for n in 0..5 {
            app.subscribe(&format!("s{n}@example.kz"), "news").await;
        }
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = app.api_get(&format!("/subscribers?limit=2{cursor}")).await;
            seen.extend(page["items"].as_array().unwrap().iter().map(|s| s["email"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 6);
        assert_eq!(seen[0], "A@example.kz");
        let id = app.api_get("/subscribers?q=a@example.kz").await["items"][0]["id"].clone();
        let gone = app.api("DELETE", &format!("/subscribers/{id}")).send().await.unwrap();
        assert_eq!(gone.status(), StatusCode::NO_CONTENT);
        let missing = app.api("GET", &format!("/subscribers/{id}")).send().await.unwrap();
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    }

    async fn a_pending_subscriber_is_asked_by_mail(app: App) {
        app.api_post("/subscribers", json!({ "email": "a@example.kz", "lists": ["news"], "status": "pending" })).await;
        let mail = app.mail_to("a@example.kz").await;
        app.post(&mail.link("/confirm/"), &[]).await;
        assert_eq!(app.subscription("a@example.kz", "news").await.as_deref(), Some("confirmed"));
    }

    async fn a_campaign_that_cannot_go_out_says_why(app: App) {
        app.create_post("p", "P", "Dear {{ nmae }}").await;
        let id = app.create_campaign("p", "P", "news").await;
        let refused = app.api("POST", &format!("/campaigns/{id}/start")).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: serde_json::Value = refused.json().await.unwrap();
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("nmae") && detail.contains("no confirmed subscriber"), "{detail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_readers_are_kept_in_their_bounds() {
    let app = App::start(crate::harness::Database::Sqlite).await;
    let bare = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .send()
        .await
        .unwrap();
    assert_eq!(bare.status(), StatusCode::UNAUTHORIZED);
    let wrong = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .bearer_auth("jarshy_x")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let viewer = "viewer@example.kz".parse().unwrap();
    jarshy::account::add_user(&app.cx, &viewer, jarshy::model::user::Role::Viewer)
        .await
        .unwrap();
    let token = jarshy::account::add_token(&app.cx, &viewer, jarshy::model::user::Scope::All, None)
        .await
        .unwrap()
        .unwrap();
    let looks = app
        .client
        .get(format!("{}/api/v1/lists", app.url))
        .bearer_auth(token.reveal())
        .send()
        .await
        .unwrap();
    assert_eq!(looks.status(), StatusCode::OK);
    let changes = app
        .client
        .post(format!("{}/api/v1/lists", app.url))
        .bearer_auth(token.reveal())
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(changes.status(), StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_describes_itself() {
    let app = App::start(crate::harness::Database::Sqlite).await;
    let document: serde_json::Value = app.get("/api/v1/openapi.json").await.json().await.unwrap();
    for path in [
        "/join",
        "/lists",
        "/subscribers",
        "/posts",
        "/campaigns/{id}/start",
        "/campaigns/{id}/deliveries",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    assert_eq!(app.get("/health/live").await.status(), StatusCode::OK);
    assert_eq!(app.get("/health/ready").await.status(), StatusCode::OK);
    assert_eq!(app.get("/metrics").await.status(), StatusCode::OK);
}
