//! The calendar of past and coming sends.

use jarshy::model::user::Role;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The cell of a day, by its number: the first that is not outside the month.
fn day<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page
        .split_once(name)
        .unwrap_or_else(|| panic!("{name}: {page}"));
    rest.split_once("</td>").unwrap().0
}

#[apply(on_both_databases)]
async fn campaigns_are_on_the_day_they_start_in_the_site_s_zone(app: TestApp) {
    let zone = json!({ "settings": { "time_zone": "Asia/Almaty" } });
    let answer = app.api("PATCH", "/settings").json(&zone).send().await;
    assert!(answer.unwrap().status().is_success());
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let empty = viewer.page("/admin/campaigns/calendar?month=2098-02").await;
    assert!(empty.contains("No campaign started or starts"), "{empty}");

    let sent = app.send_to(&["a@x.example", "b@x.example"]).await;
    app.campaign_in_state(sent, "finished").await;
    let month = viewer.page("/admin/campaigns/calendar").await;
    assert!(month.contains("2 of 2 sent"), "{month}");
    assert!(month.contains(&format!("href=\"/admin/campaigns/{sent}\"")));

    // The evening of the last of January in UTC is February there.
    let coming = app.create_campaign("elections", "The count", "news").await;
    let at = json!({ "at": "2099-01-31T20:30:00Z" });
    app.api_post(&format!("/campaigns/{coming}/schedule"), at)
        .await;
    let february = viewer.page("/admin/campaigns/calendar?month=2099-02").await;
    let first = day(&february, "1 February 2099");
    assert!(
        first.contains(&format!("/admin/campaigns/{coming}")),
        "{first}"
    );
    assert!(first.contains("<time>01:30</time> The count"), "{first}");
    assert!(first.contains("scheduled"), "{first}");
    assert!(february.contains("month=2099-01") && february.contains("month=2099-03"));
    let january = viewer.page("/admin/campaigns/calendar?month=2099-01").await;
    assert!(!january.contains("The count"), "{january}");

    for wrong in ["2099", "2099-13", "x-1"] {
        let path = format!("/admin/campaigns/calendar?month={wrong}");
        assert_eq!(viewer.get(&path).await.status().as_u16(), 404, "{wrong}");
    }
}
