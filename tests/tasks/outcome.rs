//! What a task came to, as the API and the mailbox say it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::axe::api;
use crate::support::{Demo, PATIENCE};

/// A demo, and a token to ask it.
pub struct Outcome {
    pub demo: Demo,
    token: String,
}

impl Outcome {
    pub fn of(demo: Demo) -> Self {
        let token = demo.token(None);
        Self { demo, token }
    }

    /// What a call answers, with its status.
    pub async fn answer(&self, path: &str) -> (u16, Value) {
        let url = format!("{}/api/v1{path}", self.demo.url);
        let call = reqwest::Client::new().get(url).bearer_auth(&self.token);
        let answer = call.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    /// What a call gives.
    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = self.answer(path).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    /// Makes something that a task needs.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        api(&self.demo, &self.token, path, body).await
    }

    /// Asks until the answer is as wanted.
    pub async fn until(&self, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let (_, body) = self.answer(path).await;
            if is_so(&body) {
                return body;
            }
            assert!(started.elapsed() < PATIENCE, "GET {path}: {body}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// A page of the site.
    pub async fn page(&self, path: &str) -> String {
        let answer = reqwest::get(format!("{}{path}", self.demo.url)).await;
        let answer = answer.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }

    /// A new subscriber of a list, by id.
    pub async fn subscriber(&self, email: &str, list: &str) -> i64 {
        let body = json!({ "email": email, "lists": [list], "status": "confirmed" });
        self.post("/subscribers", body).await["id"]
            .as_i64()
            .unwrap()
    }

    /// A campaign that was sent to a list, by id.
    pub async fn campaign(&self, subject: &str, list: &str) -> i64 {
        let body = json!({ "subject": subject, "post": "elections-2007", "lists": [list] });
        let id = self.post("/campaigns", body).await["id"].as_i64().unwrap();
        self.post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        self.until(&format!("/campaigns/{id}"), |campaign| {
            campaign["state"] == "finished"
        })
        .await;
        id
    }

    /// The newest mail to an address, once there are so many, as it was sent.
    pub async fn mail_to(&self, address: &str, count: usize) -> String {
        let started = Instant::now();
        loop {
            let mails = self.demo.mails("", 0).await;
            let to: Vec<&Value> = mails
                .iter()
                .filter(|mail| mail["rcpt_to"][0] == address)
                .collect();
            if to.len() >= count {
                return self.demo.raw(to[0]).await;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{} of {count} mails to {address}",
                to.len()
            );
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Presses the button of the page that a mail links.
    pub async fn confirm(&self, mail: &str) {
        let text = text_of(mail);
        let link = text
            .split_whitespace()
            .find(|word| word.starts_with(&self.demo.url) && word.contains("/confirm/"));
        let link = link.unwrap_or_else(|| panic!("no link in {text}"));
        let answer = reqwest::Client::new().post(link).send().await.unwrap();
        assert!(answer.status().is_success(), "{link}: {}", answer.status());
    }
}

/// The subject and the text of a mail.
pub fn text_of(mail: &str) -> String {
    let parsed = mail_parser::MessageParser::default();
    let parsed = parsed.parse(mail.as_bytes()).unwrap();
    let text = parsed.body_text(0).unwrap_or_default();
    format!("{}\n{text}", parsed.subject().unwrap_or_default())
}

/// The HTML of a mail.
pub fn html_of(mail: &str) -> String {
    let parsed = mail_parser::MessageParser::default();
    let parsed = parsed.parse(mail.as_bytes()).unwrap();
    parsed.body_html(0).unwrap_or_default().into_owned()
}
