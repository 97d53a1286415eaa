//! The audit log and the changes it records are one transaction.

use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

#[apply(on_both_databases)]
async fn the_api_and_the_admin_pages_record_a_change_alike(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(
        &format!("/campaigns/{id}/schedule"),
        json!({ "at": "2099-01-01T09:00:00Z" }),
    )
    .await;
    let owner = AdminClient::owner(&app).await;
    owner
        .submit(&format!("/admin/campaigns/{id}/unschedule"), &[])
        .await;
    for action in ["campaign.schedule", "campaign.unschedule"] {
        let log = owner.page(&format!("/admin/audit?action={action}")).await;
        let entry =
            format!("<td data-label=\"Action\">{action}</td><td data-label=\"What\">{id}</td>");
        assert_eq!(log.matches(&entry).count(), 1, "{action}: {log}");
    }
}

#[apply(on_both_databases)]
async fn a_change_that_is_rejected_leaves_no_entry(app: TestApp) {
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.kz", "news").await;
    let id = app.create_campaign("p", "P", "news").await;
    let paused = app
        .api("POST", &format!("/campaigns/{id}/pause"))
        .send()
        .await
        .unwrap();
    assert_eq!(paused.status(), 409, "a draft is not being sent");
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=campaign.pause").await;
    assert!(log.contains("No entries"), "{log}");
}
