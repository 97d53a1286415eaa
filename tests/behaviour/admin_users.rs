//! Users, their sessions and API tokens, and the audit log.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

/// What stands in a page between two texts.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {page}"));
    rest.split_once(after).unwrap().0
}

#[apply(on_both_databases)]
async fn an_owner_adds_changes_and_removes_users(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let form = [("email", "Editor@embassy.example"), ("role", "editor")];
    let page = owner.submit("/admin/users", &form).await;
    assert!(page.contains("Invited Editor@embassy.example"), "{page}");
    let link = app
        .mail_to("Editor@embassy.example")
        .await
        .link("/admin/sign-in/");
    let editor = AdminClient::nobody(&app);
    let path = link.strip_prefix(&app.url).unwrap();
    assert_eq!(editor.post(path, &[]).await.status(), StatusCode::SEE_OTHER);
    editor.page("/admin/lists/new").await;
    let again = owner.refused("/admin/users", &form, 422).await;
    assert!(again.contains("This user already exists"), "{again}");

    for path in ["/admin/users", "/admin/audit"] {
        assert_eq!(editor.get(path).await.status(), 403, "{path}");
    }
    let grab = [("email", "evil@x.example"), ("role", "owner")];
    assert_eq!(editor.post("/admin/users", &grab).await.status(), 403);

    let people = owner.page("/admin/users").await;
    let row = between(&people, "Role of Editor@embassy.example", "Remove Editor");
    let id = between(row, "/admin/users/", "/").to_owned();
    owner
        .submit(&format!("/admin/users/{id}/role"), &[("role", "viewer")])
        .await;
    assert_eq!(
        editor.get("/admin/lists/new").await.status(),
        403,
        "at once"
    );

    let asked = owner
        .refused(&format!("/admin/users/{id}/remove"), &[], 200)
        .await;
    assert!(asked.contains("Remove Editor@embassy.example?"), "{asked}");
    owner
        .submit(
            &format!("/admin/users/{id}/remove"),
            &[("confirmed", "yes")],
        )
        .await;
    assert_eq!(
        editor.get("/admin").await.status(),
        StatusCode::SEE_OTHER,
        "signed out"
    );
}

#[apply(on_both_databases)]
async fn the_last_owner_cannot_be_removed(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let people = owner.page("/admin/users").await;
    let id = between(&people, "/admin/users/", "/role").to_owned();
    for (what, form) in [
        ("role", ("role", "viewer")),
        ("remove", ("confirmed", "yes")),
    ] {
        let page = owner
            .refused(&format!("/admin/users/{id}/{what}"), &[form], 409)
            .await;
        assert!(page.contains("At least one owner is required"), "{page}");
    }
    AdminClient::sign_in(&app, "second@embassy.example", Role::Owner).await;
    let answer = owner
        .post(&format!("/admin/users/{id}/role"), &[("role", "editor")])
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/admin/users").await.status(), 403);
}

#[apply(on_both_databases)]
async fn sessions_are_reviewed_and_ended(app: TestApp) {
    let here = AdminClient::owner(&app).await;
    let there = AdminClient::owner(&app).await;
    let stranger = AdminClient::sign_in(&app, "other@embassy.example", Role::Owner).await;
    let page = here.page("/admin/sessions").await;
    assert_eq!(page.matches("name=\"session\"").count(), 2, "{page}");
    let this = between(&page, "this one", "</tr>");
    let this = between(this, "value=\"", "\"").to_owned();
    let mut other = page
        .split("value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    let other = other
        .find(|name| name.len() == 64 && *name != this)
        .unwrap();

    stranger
        .submit("/admin/sessions", &[("session", other)])
        .await;
    there.page("/admin/sessions").await;
    let page = here.submit("/admin/sessions", &[("session", other)]).await;
    assert!(page.contains("Session ended"), "{page}");
    assert_eq!(there.get("/admin").await.status(), StatusCode::SEE_OTHER);
}

#[apply(on_both_databases)]
async fn tokens_are_shown_once_and_revoked(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor
        .refused("/admin/tokens", &[("name", "CRM"), ("scope", "read")], 201)
        .await;
    let secret = between(&page, "<code>", "</code>").to_owned();
    assert!(secret.starts_with("jarshy_"));
    assert!(
        !editor.page("/admin/tokens").await.contains(&secret),
        "shown once"
    );
    let url = format!("{}/api/v1/lists", app.url);
    let read = || app.client.get(&url).bearer_auth(&secret).send();
    assert_eq!(read().await.unwrap().status(), 200);
    let write = app
        .client
        .post(&url)
        .bearer_auth(&secret)
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(write.status(), 403, "it may only read");

    let page = editor.page("/admin/tokens").await;
    assert!(
        !page.contains("owner@embassy.example"),
        "others' tokens are owners' business: {page}"
    );
    let revoke = format!(
        "/admin/tokens/{}/revoke",
        between(&page, "/admin/tokens/", "/revoke")
    );
    editor.submit(&revoke, &[("confirmed", "yes")]).await;
    assert_eq!(read().await.unwrap().status(), 401);

    let owner = AdminClient::owner(&app).await;
    let all = owner.page("/admin/tokens").await;
    let foreign = format!(
        "/admin/tokens/{}/revoke",
        between(&all, "/admin/tokens/", "/revoke")
    );
    assert_eq!(
        editor
            .post(&foreign, &[("confirmed", "yes")])
            .await
            .status(),
        404
    );
}

#[apply(on_both_databases)]
async fn the_audit_log_shows_who_did_what(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner
        .submit(
            "/admin/suppressions",
            &[("email", "a@x.example"), ("reason", "manual")],
        )
        .await;
    let other = AdminClient::sign_in(&app, "other@embassy.example", Role::Owner).await;
    other
        .submit(
            "/admin/suppressions",
            &[("email", "b@x.example"), ("reason", "manual")],
        )
        .await;
    let both = owner.page("/admin/audit?action=suppression").await;
    assert!(
        both.contains("a@x.example") && both.contains("b@x.example"),
        "{both}"
    );
    assert!(!both.contains("<code>list.create</code>"), "{both}");
    let one = owner.page("/admin/audit?actor=other@embassy.example").await;
    assert!(
        !one.contains("a@x.example") && one.contains("b@x.example"),
        "{one}"
    );
    let none = owner.page("/admin/audit?action=suppression_").await;
    assert!(none.contains("No entries"), "{none}");
}
