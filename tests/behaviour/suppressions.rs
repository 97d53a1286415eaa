//! Who is never mailed: stronger and weaker reasons, whole domains, taking back
//! together, files.

use std::io::Write as _;

use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    async fn suppress(&self, email: &str, reason: &str) -> Value {
        self.api_post("/suppressions", json!({ "email": email, "reason": reason }))
            .await
    }

    async fn keys(&self, query: &str) -> Vec<String> {
        let found = self.api_get(&format!("/suppressions{query}")).await;
        let items = found["items"].as_array().unwrap();
        items
            .iter()
            .map(|one| one["email"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn reason(&self, email: &str) -> Option<String> {
        let found = self.api_get("/suppressions").await;
        let items = found["items"].as_array().unwrap().clone();
        let one = items.iter().find(|one| one["email"] == email)?;
        Some(one["reason"].as_str().unwrap().to_owned())
    }

    async fn transactional(&self, to: &str) -> StatusCode {
        let mail = json!({ "to": to, "subject": "Receipt", "body_markdown": "Thank you." });
        self.api("POST", "/transactional")
            .json(&mail)
            .send()
            .await
            .unwrap()
            .status()
    }
}

#[apply(on_both_databases)]
async fn the_stronger_suppression_reason_wins(app: TestApp) {
    app.suppress("p@x.example", "unsubscribed_all").await;
    assert_eq!(app.transactional("p@x.example").await, StatusCode::ACCEPTED);
    let stored = app.suppress("p@x.example", "complaint").await;
    assert_eq!(stored["reason"], "complaint");
    assert_eq!(app.transactional("p@x.example").await, StatusCode::CONFLICT);
    let weaker = app.suppress("p@x.example", "manual").await;
    assert_eq!(
        weaker["reason"], "complaint",
        "what is stored, not what was asked"
    );
    assert_eq!(
        app.reason("p@x.example").await.as_deref(),
        Some("complaint")
    );
    assert_eq!(app.keys("").await, ["p@x.example"], "an address comes once");
}

#[apply(on_both_databases)]
async fn a_complaint_after_unsubscribing_from_all_is_final(app: TestApp) {
    let id = app.send_to(&["a@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;
    let link = app.mail_to("a@example.kz").await.link("/preferences/");
    app.submit(&format!("{link}/leave"), &[]).await;
    assert_eq!(
        app.reason("a@example.kz").await.as_deref(),
        Some("unsubscribed_all")
    );
    app.suppress("a@example.kz", "hard_bounce").await;
    app.submit(&format!("{link}/come-back"), &[]).await;
    assert_eq!(
        app.reason("a@example.kz").await.as_deref(),
        Some("hard_bounce")
    );

    let data: Value = app
        .get(&format!("{}/export", app.my_data(&link)))
        .await
        .json()
        .await
        .unwrap();
    let reasons: Vec<&str> = data["suppressions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons, ["hard_bounce", "unsubscribed_all"], "{data}");
}

#[apply(on_both_databases)]
async fn a_whole_domain_is_never_mailed(app: TestApp) {
    app.suppress("@blocked.example", "manual").await;
    let id = app
        .send_to(&[
            "a@blocked.example",
            "a@sub.blocked.example",
            "b@fine.example",
        ])
        .await;
    let campaign = app.campaign_in_state(id, "finished").await;
    assert_eq!(campaign["counts"]["sent"], 2, "{campaign}");
    assert_eq!(
        app.transactional("c@Blocked.example").await,
        StatusCode::CONFLICT
    );
    app.api("DELETE", "/suppressions/@blocked.example")
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    assert_eq!(
        app.transactional("c@blocked.example").await,
        StatusCode::ACCEPTED
    );
    let wrong = app
        .api("POST", "/suppressions")
        .json(&json!({ "email": "@" }))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn bulk_undo_keeps_complaints_and_unsubscribes(app: TestApp) {
    app.suppress("bounced@x.example", "hard_bounce").await;
    app.suppress("left@x.example", "unsubscribed_all").await;
    app.suppress("left@x.example", "hard_bounce").await;
    app.suppress("angry@x.example", "complaint").await;
    let undo = async |body: Value| {
        app.api("POST", "/suppressions/undo")
            .json(&body)
            .send()
            .await
            .unwrap()
    };
    assert_eq!(
        undo(json!({})).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let counted: Value = undo(json!({ "reason": "hard_bounce", "dry_run": true }))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(counted["undone"], 2);
    let undone: Value = undo(json!({ "since": "2000-01-01T00:00:00Z" }))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(undone["undone"], 2, "complaints and wishes are not meant");
    assert_eq!(app.keys("").await, ["angry@x.example", "left@x.example"]);
    assert_eq!(
        app.reason("left@x.example").await.as_deref(),
        Some("unsubscribed_all")
    );
    assert_eq!(
        undo(json!({ "reason": "complaint" })).await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=suppression").await;
    assert!(log.contains("suppression.undo"), "{log}");
}

#[apply(on_both_databases)]
async fn suppressions_are_exported_and_imported_as_csv(app: TestApp) {
    app.suppress("a@x.example", "hard_bounce").await;
    app.suppress("a@x.example", "unsubscribed_all").await;
    app.suppress("@x.example", "manual").await;
    let export = app.api("GET", "/suppressions/export").send().await.unwrap();
    assert_eq!(export.headers()["content-type"], "text/csv; charset=utf-8");
    let file = export.text().await.unwrap();
    assert!(file.contains("a@x.example,unsubscribed_all,"), "{file}");
    assert!(file.contains("'@x.example,manual,"), "{file}");

    let undo = json!({ "since": "2000-01-01T00:00:00Z" });
    app.api("POST", "/suppressions/undo")
        .json(&undo)
        .send()
        .await
        .unwrap();
    let import = async |file: Vec<u8>| -> Value {
        let call = app
            .api("POST", "/suppressions/import")
            .header("content-type", "text/csv")
            .body(file);
        call.send().await.unwrap().json().await.unwrap()
    };
    let done = import(file.into_bytes()).await;
    assert_eq!(
        (&done["added"], &done["known"]),
        (&json!(2), &json!(1)),
        "{done}"
    );
    let rows = "Email,Reason,Created_At\nb@x.example,Bounced,2026-03-01\nnone,spam,\nc@x.example,because,\nd@x.example,spam,soon\n";
    let done = import(rows.into()).await;
    assert_eq!(done["added"], 1, "{done}");
    let lines: Vec<i64> = done["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["line"].as_i64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 5], "{done}");
    // As a spreadsheet program in Almaty saves it, compressed.
    let rows = "Список;E-mail;Reason;Note\r\n1;@blocked.example;;Просил не писать\r\n";
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode(rows);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&encoded).unwrap();
    let done = import(packed.finish().unwrap()).await;
    assert_eq!(done["added"], 1, "{done}");
    let listed = app.api_get("/suppressions?reason=manual").await;
    let mut listed = listed["items"].as_array().unwrap().iter();
    let blocked = listed.find(|one| one["email"] == "@blocked.example");
    assert_eq!(blocked.unwrap()["note"], "Просил не писать");
    let none = import(b"name,city\nA,B\n".to_vec()).await;
    assert!(
        none["detail"].as_str().unwrap().contains("name, city"),
        "{none}"
    );

    let listed = app
        .api_get("/suppressions?reason=hard_bounce&until=2026-04-01T00:00:00Z")
        .await;
    assert_eq!(listed["items"][0]["email"], "b@x.example");
    assert_eq!(
        listed["items"][0]["created_at"], "2026-03-01T00:00:00Z",
        "{listed}"
    );
}

#[apply(on_both_databases)]
async fn an_admin_undoes_suppressions_of_one_reason(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for n in 0..3 {
        app.suppress(&format!("r{n}@x.example"), "hard_bounce")
            .await;
    }
    let page = owner.page("/admin/suppressions?reason=hard_bounce").await;
    assert!(page.contains("Remove 3 suppressions"), "{page}");
    let asked = owner
        .refused(
            "/admin/suppressions/undo",
            &[("reason", "hard_bounce")],
            200,
        )
        .await;
    assert!(asked.contains("Remove 3 suppressions?"), "{asked}");
    owner
        .submit(
            "/admin/suppressions/undo",
            &[("reason", "hard_bounce"), ("confirmed", "yes")],
        )
        .await;
    assert_eq!(app.keys("").await, [""; 0]);
}
