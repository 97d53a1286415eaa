//! What a test finds there when it begins: lists, people, posts, campaigns.

use serde_json::{Value, json};

use super::TestApp;

impl TestApp {
    pub async fn create_list(&self, slug: &str, opt_in: &str) {
        let list = json!({ "slug": slug, "name": slug, "visibility": "public", "opt_in": opt_in });
        self.api_post("/lists", list).await;
    }

    pub async fn subscribe(&self, email: &str, list: &str) -> i64 {
        let subscriber = json!({
            "email": email, "name": "Reader", "language": "en",
            "lists": [list], "status": "confirmed",
        });
        self.api_post("/subscribers", subscriber).await["id"]
            .as_i64()
            .unwrap()
    }

    /// A subscriber as the API shows them.
    pub async fn subscriber(&self, email: &str) -> Value {
        self.api_get(&format!("/subscribers?q={email}")).await["items"][0].clone()
    }

    pub async fn create_post(&self, slug: &str, title: &str, body: &str) {
        let post = json!({
            "slug": slug, "title": title, "summary": "What happened.", "category": "General",
            "body_markdown": body, "language": "en", "published": true,
        });
        self.api_post("/posts", post).await;
    }

    pub async fn create_campaign(&self, post: &str, subject: &str, list: &str) -> i64 {
        let campaign = json!({ "subject": subject, "post": post, "lists": [list] });
        self.api_post("/campaigns", campaign).await["id"]
            .as_i64()
            .unwrap()
    }

    /// A segment of those for whom one condition holds; its number.
    pub async fn segment(&self, name: &str, condition: Value) -> i64 {
        let rule = json!({ "match": "all", "conditions": [condition] });
        let segment = json!({ "name": name, "rule": rule });
        self.api_post("/segments", segment).await["id"]
            .as_i64()
            .unwrap()
    }

    /// The segment of those who read Kazakh.
    pub async fn segment_of_kazakh_readers(&self) -> i64 {
        let condition = json!({ "about": "language", "value": "kk" });
        self.segment("Kazakh", condition).await
    }

    /// A campaign to `emails`, started.
    pub async fn send_to(&self, emails: &[&str]) -> i64 {
        for email in emails {
            self.subscribe(email, "news").await;
        }
        self.create_post(
            "elections",
            "Elections",
            "Dear {{ name }},\n\nthe votes are in.",
        )
        .await;
        let id = self.create_campaign("elections", "Elections", "news").await;
        self.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        id
    }
}
