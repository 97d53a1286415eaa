//! DKIM keys on the admin pages.

use std::net::Ipv4Addr;

use jarshy::model::user::Role;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, on_both_databases};

const PAGE: &str = "/admin/signing-keys";

/// The selectors of a mail's signatures, in their order.
async fn selectors(app: &TestApp, email: &str) -> Vec<String> {
    app.join(email).await;
    let mail = app.mail_to(email).await;
    let tags = mail.raw.split("DKIM-Signature:").skip(1);
    let selector = |tags: &str| {
        let (_, rest) = tags
            .split_once(" s=")
            .expect("a signature without a selector");
        rest.split(';').next().unwrap().to_owned()
    };
    tags.map(selector).collect()
}

async fn dkim_key_rotation(database: Database) {
    // Nobody answers there.
    let app = TestApp::start_with(database, |config| {
        config.dns_server = Some((Ipv4Addr::LOCALHOST, 9).into());
    })
    .await;
    let owner = AdminClient::owner(&app).await;
    assert!(owner.page(PAGE).await.contains("Email is not signed"));
    assert_eq!(selectors(&app, "a@example.org").await, [""; 0]);

    let domain = "embassy.example";
    let made = owner
        .submit(PAGE, &[("domain", domain), ("selector", "s1")])
        .await;
    assert!(
        made.contains("s1-ed25519._domainkey.embassy.example. IN TXT"),
        "{made}"
    );
    assert_eq!(selectors(&app, "b@example.org").await, ["s1", "s1-ed25519"]);

    let made = owner
        .submit(PAGE, &[("domain", domain), ("selector", "s2")])
        .await;
    assert!(
        made.contains("Publish their records, then activate them"),
        "{made}"
    );
    assert_eq!(selectors(&app, "c@example.org").await, ["s1", "s1-ed25519"]);
    let again = owner
        .refused(PAGE, &[("domain", domain), ("selector", "s2")], 422)
        .await;
    assert!(again.contains("choose another selector"), "{again}");

    for selector in ["s1-ed25519", &"s".repeat(56)] {
        let form = [("domain", domain), ("selector", selector)];
        let refused = owner.refused(PAGE, &form, 422).await;
        assert!(refused.contains("at most 55 characters"), "{refused}");
    }

    // Nobody answers for the name: the owner is asked.
    let activate = format!("{PAGE}/{domain}/s2/activate");
    let asked = owner.refused(&activate, &[], 200).await;
    assert!(asked.contains("Activate s2 anyway?"), "{asked}");
    let active = owner.submit(&activate, &[("confirmed", "yes")]).await;
    assert!(
        active.contains("Keep the records of s1 published"),
        "{active}"
    );
    assert_eq!(selectors(&app, "d@example.org").await, ["s2", "s2-ed25519"]);

    let retire = |selector: &str| format!("{PAGE}/{domain}/{selector}/retire");
    let asked = owner.refused(&retire("s1"), &[], 200).await;
    assert!(asked.contains("may be in transit until"), "{asked}");
    let retired = owner.submit(&retire("s1"), &[("confirmed", "yes")]).await;
    assert!(retired.contains("s1 is retired"), "{retired}");
    owner
        .refused(&retire("s2"), &[("confirmed", "yes")], 409)
        .await;
    owner
        .refused(&retire("s1"), &[("confirmed", "yes")], 409)
        .await;
    owner
        .refused(&retire("s9"), &[("confirmed", "yes")], 404)
        .await;
    assert_eq!(selectors(&app, "e@example.org").await, ["s2", "s2-ed25519"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dkim_key_rotation_on_sqlite() {
    dkim_key_rotation(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dkim_key_rotation_on_postgres() {
    dkim_key_rotation(Database::Postgres).await;
}

#[apply(on_both_databases)]
async fn only_owners_change_dkim_keys(app: TestApp) {
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    assert!(
        !editor
            .page(PAGE)
            .await
            .contains("action=\"/admin/signing-keys\"")
    );
    let form = [("domain", "embassy.example"), ("selector", "s1")];
    editor.refused(PAGE, &form, 403).await;
    for step in ["activate", "retire"] {
        editor
            .refused(&format!("{PAGE}/embassy.example/s1/{step}"), &[], 403)
            .await;
    }
}
