//! Secrets, and the ways of mail, are changed only by somebody who has proved lately who they
//! are. What was entered is kept meanwhile, and not shown.

use std::time::Duration;

use jarshy::model::UserId;
use jarshy::model::user::Role;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const PASSWORD: &str = "three blue horses";
const RELAY: &str = "/admin/settings/relays";

/// Lets an hour pass for every session.
async fn age(app: &TestApp) {
    let mut db = app.cx.store.write().await.unwrap();
    let hour = app.cx.clock.now().before(Duration::from_secs(3600));
    jarshy::store::credentials::age_sessions(&mut db, hour)
        .await
        .unwrap();
    db.commit().await.unwrap();
}

async fn owner_with_password(app: &TestApp) -> AdminClient {
    let owner = AdminClient::owner(app).await;
    owner
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    owner
}

fn held(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"proof_form\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn each_page_asks_and_keeps_what_was_entered(app: TestApp) {
    let owner = owner_with_password(&app).await;
    let relay = [
        ("do", "save"),
        ("0-host", "relay.example"),
        ("0-user", "me"),
        ("0-password", "s3cret-relay"),
        ("0-security", "implicit"),
    ];
    let mailbox = [
        ("mailbox-service", "imaps"),
        ("mailbox-host", "imap.example"),
        ("mailbox-user", "me"),
        ("mailbox-password", "s3cret-mailbox"),
        ("mailbox-folder", ""),
    ];
    let setup = [
        ("from", "Embassy <news@embassy.example>"),
        ("0-host", "relay.example"),
        ("0-user", "me"),
        ("0-password", "s3cret-setup"),
        ("0-security", "implicit"),
    ];
    for (path, form, status) in [
        (RELAY, &relay[..], 303),
        ("/admin/settings/bounces", &mailbox, 303),
        (
            "/admin/settings/bounces",
            &[("postmark_secret", "s3cret-postmark")],
            303,
        ),
        (
            "/admin/settings/sending",
            &[("from", "s3cret <new@embassy.example>")],
            303,
        ),
        (
            "/admin/settings/senders",
            &[("sender", "Press <press@embassy.example>")],
            303,
        ),
        ("/admin/setup/sender", &setup, 303),
        (
            "/admin/webhooks",
            &[
                ("url", "https://example.org/s3cret"),
                ("events", "campaign.finished"),
            ],
            201,
        ),
        (
            "/admin/signing-keys",
            &[("domain", "embassy.example"), ("selector", "s3cret")],
            303,
        ),
    ] {
        age(&app).await;
        let asked = owner.refused(path, form, 200).await;
        assert!(asked.contains("Confirm that it is you"), "{path}: {asked}");
        assert!(!asked.contains("s3cret"), "{path}: {asked}");
        let held = held(&asked);
        // Once: attempts are counted.
        if path == RELAY {
            let wrong = [("proof_form", held.as_str()), ("proof_password", "wrong")];
            let again = owner.refused(path, &wrong, 422).await;
            assert!(again.contains("current password is wrong"), "{path}");
            assert!(!again.contains("s3cret"), "{again}");
        }
        // Still in force, with what was entered.
        let right = [("proof_form", held.as_str()), ("proof_password", PASSWORD)];
        let answer = owner.post(path, &right).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
    let config = app.cx.config();
    let relays = config.smtp_url.as_ref().unwrap().text().to_owned();
    assert_eq!(relays, "smtps://me:s3cret-setup@relay.example");
    let mailbox = config.mailbox_url.as_ref().unwrap().text();
    assert_eq!(mailbox, "imaps://me:s3cret-mailbox@imap.example");
    assert_eq!(config.postmark_secret.as_deref(), Some("s3cret-postmark"));
    assert_eq!(config.senders.iter().count(), 1);
}

#[apply(on_both_databases)]
async fn who_may_use_the_admin_pages_is_changed_only_after_it(app: TestApp) {
    const EDITOR: &str = "editor@embassy.example";
    let owner = owner_with_password(&app).await;
    let editor = AdminClient::sign_in(&app, EDITOR, Role::Editor).await;
    editor
        .submit("/admin/account/password", &[("new", PASSWORD)])
        .await;
    let people = async || jarshy::account::users::all(&app.cx).await.unwrap();
    let before = people().await.len();
    let user = async || {
        let mut all = people().await.into_iter();
        all.find(|person| person.email.as_str() == EDITOR).unwrap()
    };
    let id = user().await.id;
    let (role, reset) = (
        format!("/admin/users/{id}/role"),
        format!("/admin/users/{id}/reset"),
    );
    let invites = [("email", "new@embassy.example"), ("role", "owner")];
    for (path, form) in [
        ("/admin/users", &invites[..]),
        (role.as_str(), &[("role", "owner")]),
        (reset.as_str(), &[("confirmed", "yes")]),
    ] {
        age(&app).await;
        let asked = owner.refused(path, form, 200).await;
        assert!(asked.contains("Confirm that it is you"), "{path}: {asked}");
        match path {
            "/admin/users" => assert_eq!(people().await.len(), before, "{path}"),
            _ if path == role => assert_eq!(user().await.role, Role::Editor, "{path}"),
            _ => assert!(has_password(&app, id).await, "{path}"),
        }
        let held = held(&asked);
        let wrong = [("proof_form", held.as_str()), ("proof_password", "wrong")];
        owner.refused(path, &wrong, 422).await;
        let right = [("proof_form", held.as_str()), ("proof_password", PASSWORD)];
        let answer = owner.post(path, &right).await;
        assert_eq!(answer.status(), 303, "{path}");
    }
    assert_eq!(people().await.len(), before + 1, "the invitation");
    assert_eq!(user().await.role, Role::Owner);
    assert!(!has_password(&app, id).await);
}

async fn has_password(app: &TestApp, user: UserId) -> bool {
    let known = jarshy::account::credentials::of_user(&app.cx, user).await;
    !known.unwrap().unwrap().password.is_empty()
}

#[apply(on_both_databases)]
async fn what_is_harmless_or_unchanged_does_not_ask(app: TestApp) {
    let owner = owner_with_password(&app).await;
    age(&app).await;
    owner
        .submit("/admin/settings", &[("time_zone", "Asia/Almaty")])
        .await;
    let same = [
        ("from", "Embassy <news@embassy.example>"),
        ("ehlo", "mx.embassy.example"),
    ];
    owner.submit("/admin/settings/sending", &same).await;
    assert_eq!(app.cx.config().time_zone.name(), "Asia/Almaty");
    // The public address is where links in mail lead.
    let url = [
        ("public_url", "http://127.0.0.1:1"),
        ("public_url_anyway", "yes"),
    ];
    let asked = owner.refused("/admin/settings", &url, 200).await;
    assert!(asked.contains("Confirm that it is you"), "{asked}");
    assert!(app.cx.config().public_url.is_none());
}

#[apply(on_both_databases)]
async fn removing_a_relay_asks_twice_and_removes_it(app: TestApp) {
    let two = json!({ "settings": { "smtp_url": "smtps://a.example smtps://b.example" } });
    let stored = app.api("PATCH", "/settings").json(&two).send().await;
    assert_eq!(stored.unwrap().status(), 200);
    let owner = owner_with_password(&app).await;
    age(&app).await;
    let remove = [
        ("do", "remove-0"),
        ("host", "a.example"),
        ("confirmed", "yes"),
    ];
    let asked = owner.refused(RELAY, &remove, 200).await;
    let held = held(&asked);
    let right = [("proof_form", held.as_str()), ("proof_password", PASSWORD)];
    owner.submit(RELAY, &right).await;
    let config = app.cx.config();
    assert_eq!(
        config.smtp_url.as_ref().unwrap().text(),
        "smtps://b.example"
    );
}

#[apply(on_both_databases)]
async fn a_held_form_is_its_owners_and_for_its_page(app: TestApp) {
    let owner = owner_with_password(&app).await;
    age(&app).await;
    let form = [("sender", "Press <press@embassy.example>")];
    let asked = owner.refused("/admin/settings/senders", &form, 200).await;
    let held = held(&asked);
    let other = AdminClient::sign_in(&app, "other@embassy.example", Role::Owner).await;
    let stolen = [("proof_form", held.as_str())];
    other.refused("/admin/settings/senders", &stolen, 400).await;
    let right = [("proof_form", held.as_str()), ("proof_password", PASSWORD)];
    owner.refused("/admin/settings/sending", &right, 400).await;
    let forged = [("proof_form", "AAAA"), ("proof_password", PASSWORD)];
    owner.refused("/admin/settings/senders", &forged, 400).await;
    assert_eq!(app.cx.config().senders.iter().count(), 0);
}

#[apply(on_both_databases)]
async fn who_has_no_password_signs_in_by_link_and_goes_on(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    age(&app).await;
    let form = [("sender", "Press <press@embassy.example>")];
    let path = "/admin/settings/senders";
    let asked = owner.refused(path, &form, 200).await;
    assert!(asked.contains("I have signed in again"), "{asked}");
    let held = held(&asked);
    let go_on = [("proof_form", held.as_str())];
    let too_early = owner.refused(path, &go_on, 422).await;
    assert!(too_early.contains("not signed in again yet"), "{too_early}");
    // The link gives the browser another session.
    let email = [
        ("email", "owner@embassy.example"),
        ("by", "link"),
        ("next", path),
    ];
    owner.post("/admin/sign-in", &email).await;
    let link = app.mail_to("owner@embassy.example").await;
    let link = link.link("/admin/sign-in/");
    owner.post(link.strip_prefix(&app.url).unwrap(), &[]).await;
    owner.submit(path, &go_on).await;
    assert_eq!(app.cx.config().senders.iter().count(), 1);
}
