//! Times that people read are those of the site's zone, around midnight too.

use jarshy::clock::Timestamp;
use jarshy::text::datetime::{Calendar, zone};
use jarshy::text::locale::Language;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// Half past midnight of 2 March in Almaty, and still 1 March in UTC.
const AT: &str = "2026-03-01T19:30:00Z";
const LOCAL: &str = "2026-03-02T00:30:00+05:00";

async fn in_almaty(app: &TestApp) {
    let zone = json!({ "settings": { "time_zone": "Asia/Almaty" } });
    let answer = app.api("PATCH", "/settings").json(&zone).send().await;
    assert!(answer.unwrap().status().is_success());
    app.until("the zone is in force", async || {
        app.cx.config().time_zone.name() == "Asia/Almaty"
    })
    .await;
}

#[apply(on_both_databases)]
async fn pages_and_files_of_people_have_the_days_of_the_site(app: TestApp) {
    in_almaty(&app).await;
    app.subscribe("a@x.example", "news").await;
    app.api_post("/suppressions", json!({ "email": "b@x.example" }))
        .await;
    app.execute("UPDATE subscribers SET created_at = 1772393400000")
        .await;
    app.execute("UPDATE subscriptions SET changed_at = 1772393400000")
        .await;
    app.execute("UPDATE suppressions SET created_at = 1772393400000")
        .await;
    let owner = AdminClient::owner(&app).await;
    let table = owner.page("/admin/subscribers").await;
    assert!(table.contains("2 March 2026"), "{table}");

    // The filter by days takes those of the zone, as the column shows them.
    for (day, is_found) in [("2026-03-02", true), ("2026-03-01", false)] {
        let page = owner
            .page(&format!("/admin/suppressions?since={day}&until={day}"))
            .await;
        assert_eq!(page.contains("b@x.example</th>"), is_found, "{day}: {page}");
    }

    let condition = json!({ "about": "language", "value": "en" });
    let segment = app.segment("English", condition).await;
    for path in [
        "/admin/subscribers/export.csv".to_owned(),
        "/admin/lists/news/export?format=csv".to_owned(),
        "/admin/suppressions/export".to_owned(),
        format!("/admin/segments/{segment}/members.csv"),
    ] {
        let answer = owner.get(&path).await;
        assert!(answer.status().is_success(), "{path}");
        let csv = answer.text().await.unwrap();
        assert!(csv.contains(LOCAL) && !csv.contains(AT), "{path}: {csv}");
    }
    // Programs get what they always got.
    let subscriber = app.subscriber("a@x.example").await.to_string();
    assert!(subscriber.contains(AT), "{subscriber}");
}

#[apply(on_both_databases)]
async fn the_mailbox_of_the_demo_has_the_times_of_the_site(app: TestApp) {
    in_almaty(&app).await;
    app.create_list("slow", "double").await;
    app.submit(
        "/join",
        &[("email", "a@x.example"), ("name", ""), ("lists", "slow")],
    )
    .await;
    app.mail_to("a@x.example").await;
    let mail = app.mailbox.list().remove(0);
    let at = Timestamp::parse_rfc3339(&mail.received_at).unwrap();
    let calendar = Calendar::new(Language::EN, zone("Asia/Almaty").unwrap());
    let list = app.get("/mailbox").await.text().await.unwrap();
    let time = format!(
        "datetime=\"{}\">{}</time>",
        mail.received_at,
        calendar.time(at)
    );
    assert!(list.contains(&time), "{time}: {list}");
    let open = app.get(&format!("/mailbox/messages/{}", mail.id)).await;
    let open = open.text().await.unwrap();
    assert!(open.contains(&calendar.date_time(at)), "{open}");
}
