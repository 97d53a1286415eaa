//! The message about the last request: it can be closed, and takes back what can be taken back.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// The message on a page.
fn toast(html: &str) -> &str {
    let (_, rest) = html
        .split_once("<div class=\"toasts\"")
        .unwrap_or_else(|| panic!("no message: {html}"));
    let head = "<header class=\"head\"";
    rest.split_once(head).map_or(rest, |(before, _)| before)
}

/// The form of its button that takes back: path and fields.
fn undo(html: &str) -> (String, Vec<(String, String)>) {
    let toast = toast(html);
    let (_, rest) = toast
        .split_once("<form method=\"post\" action=\"")
        .unwrap_or_else(|| panic!("nothing to take back: {toast}"));
    let (path, rest) = rest.split_once('"').unwrap();
    let (form, _) = rest.split_once("</form>").unwrap();
    assert!(form.contains(">Undo</button>"), "{form}");
    let value = |part: &str, name: &str| -> String {
        let (_, rest) = part.split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let fields = form.split("<input type=\"hidden\" ").skip(1);
    let fields = fields.map(|part| (value(part, "name"), value(part, "value")));
    (path.to_owned(), fields.collect())
}

/// Presses it, and gives the page that it leads to.
async fn take_back(person: &AdminClient, html: &str) -> String {
    let (path, fields) = undo(html);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    person.submit(&path, &fields).await
}

#[apply(on_both_databases)]
async fn a_message_is_read_out_and_gone_with_the_next_page(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [("language", "")];
    let html = owner.submit("/admin/account/language", &form).await;
    let told = toast(&html);
    assert!(told.starts_with(" aria-live=\"polite\""), "{told}");
    assert!(
        told.contains("<p class=\"flash-title\">Saved</p>"),
        "{told}"
    );
    let next = owner.page("/admin/account").await;
    assert!(!next.contains("class=\"toasts\""), "{next}");
}

#[apply(on_both_databases)]
async fn a_renamed_tag_gets_its_name_back(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.api_post(
        "/subscribers",
        json!({ "email": "a@x.example", "tags": ["Press"] }),
    )
    .await;
    let form = [("tag", "Press"), ("name", "Media")];
    let told = editor.submit("/admin/tags/rename", &form).await;
    let names = async |app: &TestApp| app.subscriber("a@x.example").await["tags"].clone();
    assert_eq!(names(&app).await, json!(["Media"]));
    take_back(&editor, &told).await;
    assert_eq!(names(&app).await, json!(["Press"]));
}

#[apply(on_both_databases)]
async fn a_role_and_a_webhook_are_as_they_were(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    AdminClient::sign_in(&app, "b@embassy.example", Role::Editor).await;
    let users = owner.page("/admin/users").await;
    let (before, _) = users
        .split_once("Role of b@embassy.example")
        .unwrap_or_else(|| panic!("{users}"));
    let (_, rest) = before.rsplit_once("action=\"").unwrap();
    let path = rest.split('"').next().unwrap();
    let told = owner.submit(path, &[("role", "viewer")]).await;
    let (back, fields) = undo(&told);
    assert_eq!(back, path);
    assert_eq!(fields, [("role".to_owned(), "editor".to_owned())]);
    let told = take_back(&owner, &told).await;
    assert_eq!(undo(&told).1[0].1, "viewer");

    let hook = json!({ "url": "https://example.org/hook" });
    let id = app.api_post("/webhooks", hook).await["id"].to_string();
    let path = format!("/admin/webhooks/{}/turn", id.trim_matches('"'));
    let told = owner.submit(&path, &[("to", "off")]).await;
    assert_eq!(undo(&told).1, [("to".to_owned(), "on".to_owned())]);
}

#[apply(on_both_databases)]
async fn a_schedule_is_taken_back_and_a_viewer_cannot_do_it(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    app.subscribe("a@x.example", "news").await;
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "P", "news").await;
    let path = format!("/admin/campaigns/{id}");
    let form = [("schedule_at", "2090-01-02T10:00")];
    let told = editor.submit(&format!("{path}/schedule"), &form).await;
    app.campaign_in_state(id, "scheduled").await;
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let refused = viewer.post(&undo(&told).0, &[]).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    take_back(&editor, &told).await;
    app.campaign_in_state(id, "draft").await;

    // Another time for a campaign that has one: the first would be lost, so nothing is offered.
    editor.submit(&format!("{path}/schedule"), &form).await;
    let later = [("schedule_at", "2090-01-03T10:00")];
    let told = editor.submit(&format!("{path}/schedule"), &later).await;
    let told = toast(&told);
    assert!(
        told.contains("Scheduled") && !told.contains("Undo"),
        "{told}"
    );
}
