//! The first start: the one-time address, the owner, the steps after it, and the same by a
//! command.

use std::time::Duration;

use jarshy::account::first_owner;
use jarshy::account::first_owner::FirstOwnerError;
use jarshy::account::session::Browser;
use jarshy::token::Token;
use reqwest::StatusCode;
use rstest_reuse::apply;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const PASSWORD: &str = "violet tractor marzipan 1846";

/// As if nobody had ever been made.
async fn without_users(app: &TestApp) {
    app.raw("DELETE FROM users WHERE '' = $1", "").await;
}

async fn setup_path(app: &TestApp) -> String {
    first_owner::setup_path(&app.cx).await.unwrap().unwrap()
}

#[apply(on_both_databases)]
async fn the_address_makes_one_owner_and_is_gone_then(app: TestApp) {
    assert!(first_owner::setup_path(&app.cx).await.unwrap().is_none());
    without_users(&app).await;
    let path = setup_path(&app).await;
    let browser = AdminClient::nobody(&app);
    for forged in ["/setup/x", "/setup/AAAA", &format!("{path}A")] {
        assert_eq!(browser.get(forged).await.status(), StatusCode::NOT_FOUND);
    }
    let page = browser.page(&path).await;
    assert!(page.contains("Create the owner"), "{page}");
    let owner = "chief@embassy.example";
    for (email, password, fault) in [
        ("chief", PASSWORD, "email-error"),
        (owner, "short", "at least"),
        (owner, "chief@embassy.example", "easy to guess"),
    ] {
        let form = [("email", email), ("password", password)];
        let page = browser.refused(&path, &form, 422).await;
        assert!(page.contains(fault), "{fault}: {page}");
        assert!(!page.contains(PASSWORD), "{page}");
    }
    let form = [("email", owner), ("password", PASSWORD)];
    let page = browser.submit(&path, &form).await;
    assert!(page.contains("Organisation"), "{page}");
    // Signed in, and the address is worth nothing any more.
    assert!(browser.page("/admin/users").await.contains(owner));
    let used = browser.get(&path).await;
    assert_eq!(used.status(), StatusCode::GONE);
    assert!(used.text().await.unwrap().contains("There is an owner"));
    let thief = AdminClient::nobody(&app);
    let form = [("email", "thief@example.org"), ("password", PASSWORD)];
    assert_eq!(thief.post(&path, &form).await.status(), StatusCode::GONE);
    let log = browser.page("/admin/audit?action=user.add").await;
    assert!(log.contains("chief@embassy.example owner"), "{log}");
    // The password works.
    let again = AdminClient::nobody(&app);
    let form = [("email", owner), ("password", PASSWORD)];
    again.submit("/admin/sign-in", &form).await;
}

#[apply(on_both_databases)]
async fn an_expired_address_says_how_to_get_another(app: TestApp) {
    without_users(&app).await;
    let at = |age: Duration| Token::Setup {
        at: app.cx.clock.now().before(age),
    };
    let browser = AdminClient::nobody(&app);
    let fresh = app.cx.keys.sign(&at(first_owner::SETUP_LIFETIME / 2));
    browser.page(&format!("/setup/{fresh}")).await;
    let old = first_owner::SETUP_LIFETIME + Duration::from_secs(1);
    let path = format!("/setup/{}", app.cx.keys.sign(&at(old)));
    let page = browser.get(&path).await;
    assert_eq!(page.status(), StatusCode::GONE);
    let page = page.text().await.unwrap();
    assert!(page.contains("has expired"), "{page}");
    let form = [("email", "late@example.org"), ("password", PASSWORD)];
    assert_eq!(browser.post(&path, &form).await.status(), StatusCode::GONE);
    assert!(first_owner::setup_path(&app.cx).await.unwrap().is_some());
    // A token for something else is none for this.
    let other = Token::FormShown {
        at: app.cx.clock.now(),
    };
    let path = format!("/setup/{}", app.cx.keys.sign(&other));
    assert_eq!(browser.get(&path).await.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn of_two_at_once_one_becomes_the_owner(app: TestApp) {
    without_users(&app).await;
    let (a, b) = (
        "a@example.org".parse().unwrap(),
        "b@example.org".parse().unwrap(),
    );
    let browser = Browser::default();
    let (a, b) = tokio::join!(
        first_owner::create(&app.cx, &a, PASSWORD, &browser),
        first_owner::create(&app.cx, &b, PASSWORD, &browser),
    );
    assert_eq!(
        [a.is_ok(), b.is_ok()].iter().filter(|made| **made).count(),
        1
    );
    let lost = a.err().or(b.err()).unwrap();
    assert!(matches!(lost, FirstOwnerError::Exists), "{lost}");
}

#[apply(on_both_databases)]
async fn the_steps_lead_to_the_dashboard(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let dashboard = owner.page("/admin").await;
    assert!(dashboard.contains("/admin/setup/site"), "{dashboard}");
    // Another site at the public address is found out, and nothing is saved.
    let mut form = vec![
        ("name", "Embassy of Kazakhstan"),
        ("language", "en"),
        ("time_zone", "Asia/Almaty"),
        ("public_url", "http://127.0.0.1:1"),
    ];
    let page = owner.refused("/admin/setup/site", &form, 422).await;
    assert!(page.contains("could not be reached"), "{page}");
    assert!(page.contains("public_url_anyway"), "{page}");
    assert_eq!(app.cx.config().time_zone.name(), "UTC");
    form[3].1 = &app.url;
    let page = owner.submit("/admin/setup/site", &form).await;
    assert!(page.contains("was reached and leads here"), "{page}");
    assert_eq!(app.cx.config().time_zone.name(), "Asia/Almaty");
    let site = app.get("/").await.text().await.unwrap();
    assert!(site.contains("Embassy of Kazakhstan"), "{site}");
    // The relay of the harness stays; its reply to a test is shown.
    let relay = app.cx.config().smtp_url.as_ref().unwrap().text().to_owned();
    let port = relay.split([':', '?']).nth(2).unwrap();
    let sender = [
        ("from", "Embassy <post@embassy.example>"),
        ("0-host", "127.0.0.1"),
        ("0-port", port),
        ("0-security", "none"),
        ("do", "test"),
    ];
    let page = owner.refused("/admin/setup/sender", &sender, 200).await;
    assert!(
        page.contains("The relay took the test") && page.contains("250"),
        "{page}"
    );
    let mail = app.mail_to("owner@embassy.example").await;
    assert!(mail.subject.contains("Test of"), "{}", mail.subject);
    let mut wrong = sender;
    wrong[0].1 = "nobody";
    let page = owner.refused("/admin/setup/sender", &wrong, 422).await;
    assert!(page.contains("from-error"), "{page}");
    let page = owner
        .submit(
            "/admin/setup/list",
            &[("name", "Letters"), ("slug", "letters")],
        )
        .await;
    assert!(
        page.contains("Domain records") && page.contains("embassy.example"),
        "{page}"
    );
    app.get("/join/letters").await.error_for_status().unwrap();
    assert!(page.contains("Create signing keys"), "{page}");
    let page = owner.submit("/admin/setup/domain", &[]).await;
    assert!(
        page.contains("Keys created") && page.contains("_domainkey.embassy.example"),
        "{page}"
    );
    assert!(!page.contains("Create signing keys"), "{page}");
    let page = owner.submit("/admin/setup/domain", &[]).await;
    assert!(page.contains("There are keys already"), "{page}");
    let page = owner
        .refused(
            "/admin/setup/list",
            &[("name", "Letters"), ("slug", "letters")],
            422,
        )
        .await;
    assert!(page.contains("slug-error"), "{page}");
}
