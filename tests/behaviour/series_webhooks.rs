//! Other programs are told who comes into a series and for whom it is over.

use jarshy::store::series_counts;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    async fn queued_events(&self) -> Vec<Value> {
        const QUEUED: &str = "SELECT body FROM webhook_deliveries ORDER BY id";
        let url = &self.cx.config().database_url;
        let bodies: Vec<String> = if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            sqlx::query_scalar(QUEUED).fetch_all(&pool).await.unwrap()
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::query_scalar(QUEUED).fetch_all(&pool).await.unwrap()
        };
        let events = bodies.iter();
        events
            .map(|body| serde_json::from_str(body).unwrap())
            .collect()
    }

    async fn course(&self, name: &str, start: Value) -> i64 {
        let text = json!({ "language": "en", "subject": "First", "body": "Hello." });
        let steps = json!([
            { "kind": "send", "texts": [text] }, { "kind": "wait", "days": 1 }, { "kind": "end" }
        ]);
        let fields = json!({ "name": name, "list": "news", "start": start, "steps": steps });
        let id = self.api_post("/series", fields).await["id"]
            .as_i64()
            .unwrap();
        self.api_post(&format!("/series/{id}/start"), json!({}))
            .await;
        id
    }
}

#[apply(on_both_databases)]
async fn webhooks_tell_who_comes_in_and_for_whom_it_is_over(app: TestApp) {
    let hook = json!({
        "url": "https://hooks.example.com/series",
        "events": ["series.entered", "series.finished"],
    });
    app.api_post("/webhooks", hook).await;
    let confirmed = app
        .course("Confirmed", json!({ "kind": "confirmed" }))
        .await;
    let tagged = json!({ "kind": "tag", "tag": "vip" });
    let tagged = app.course("Tag", tagged).await;
    app.join_and_confirm("a@example.kz").await;
    let reader = json!({ "email": "b@example.kz", "language": "en", "lists": ["news"],
                         "status": "confirmed", "tags": ["VIP"] });
    app.api_post("/subscribers", reader).await;
    let events = app.queued_events().await;
    let came: Vec<_> = events
        .iter()
        .filter(|event| event["type"] == "series.entered")
        .map(|event| {
            (
                event["data"]["email"].clone(),
                event["data"]["series"].clone(),
            )
        })
        .collect();
    assert!(
        came.contains(&(json!("a@example.kz"), json!(confirmed))),
        "{events:?}"
    );
    assert!(
        came.contains(&(json!("b@example.kz"), json!(tagged))),
        "{events:?}"
    );
    assert!(events[0]["data"]["name"] == "Confirmed" && events[0]["data"]["state"] == "inside");
    let entered = came.len();

    let mail = app.mail_about("a@example.kz", "First").await;
    app.post(&mail.one_click_url(), &[("List-Unsubscribe", "One-Click")])
        .await;
    app.api_post(&format!("/series/{tagged}/end"), json!({}))
        .await;
    let events = app.queued_events().await;
    let ended: Vec<_> = events
        .iter()
        .filter(|event| event["type"] == "series.finished")
        .map(|event| {
            let data = &event["data"];
            (
                data["email"].clone(),
                data["series"].clone(),
                data["state"].clone(),
            )
        })
        .collect();
    let left = (json!("a@example.kz"), json!(confirmed), json!("left"));
    assert!(ended.contains(&left), "{events:?}");
    let over = (json!("b@example.kz"), json!(tagged), json!("ended"));
    assert!(ended.contains(&over), "{events:?}");
    assert_eq!(events.len(), entered + ended.len(), "each is told once");
}

/// The counts are those of the readers, whatever has moved or removed them.
#[apply(on_both_databases)]
async fn counts_follow_the_readers(app: TestApp) {
    let id = app.course("Counted", json!({ "kind": "call" })).await;
    let mut ids = Vec::new();
    for n in 0..4 {
        let email = format!("r{n}@example.kz");
        ids.push(app.subscribe(&email, "news").await);
        app.api_post(&format!("/series/{id}/readers"), json!({ "email": email }))
            .await;
        app.mail_about(&email, "First").await;
    }
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["readers"]["inside"], 4, "{shown}");
    let erased = app.api("DELETE", &format!("/subscribers/{}", ids[0]));
    assert!(erased.send().await.unwrap().status().is_success());
    app.api_post("/suppressions", json!({ "email": "r1@example.kz" }))
        .await;
    for _ in 0..2 {
        let shown = app.api_get(&format!("/series/{id}")).await;
        assert_eq!(shown["readers"]["inside"], 2, "{shown}");
        assert_eq!(shown["readers"]["left"], 1, "{shown}");
        let listed = app.api_get("/series").await;
        assert_eq!(listed["items"][0]["readers"]["inside"], 2, "{listed}");
        let mut db = app.cx.store.write().await.unwrap();
        series_counts::fold(&mut db).await.unwrap();
        db.commit().await.unwrap();
    }
}
