//! Settings that are made while the application runs: who may, what takes precedence, that
//! they are in force at once and everywhere, and what the audit log keeps.

use std::time::Duration;

use jarshy::config::{Config, Origin};
use jarshy::model::user::Role;
use jarshy::store::configuration;
use jarshy::{app, settings};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, on_both_databases};

const PAGES: [&str; 7] = [
    "/admin/settings",
    "/admin/settings/relays",
    "/admin/settings/sending",
    "/admin/settings/senders",
    "/admin/settings/bounces",
    "/admin/settings/joining",
    "/admin/settings/process",
];

async fn setting(app: &TestApp, key: &str) -> Value {
    let all = app.api_get("/settings").await;
    let items = all["items"].as_array().unwrap();
    let found = items.iter().find(|setting| setting["key"] == key);
    found.unwrap_or_else(|| panic!("{key}: {all}")).clone()
}

async fn patch(app: &TestApp, settings: Value) -> (StatusCode, Value) {
    let answer = app
        .api("PATCH", "/settings")
        .json(&json!({ "settings": settings }))
        .send()
        .await
        .unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[apply(on_both_databases)]
async fn only_owners_see_and_change_settings(app: TestApp) {
    for role in [Role::Viewer, Role::Editor] {
        let client = AdminClient::sign_in(&app, &format!("{role}@embassy.example"), role).await;
        for path in PAGES {
            let answer = client.get(path).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{role} {path}");
        }
        let answer = client
            .post("/admin/settings", &[("time_zone", "UTC")])
            .await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{role}");
    }
    let owner = AdminClient::owner(&app).await;
    for path in PAGES {
        owner.page(path).await;
    }
}

#[apply(on_both_databases)]
async fn a_change_is_in_force_at_once_and_in_the_audit_log(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let page = owner
        .submit(
            "/admin/settings",
            &[("time_zone", "Asia/Almaty"), ("language", "ru")],
        )
        .await;
    assert!(page.contains("value=\"Asia/Almaty\""), "{page}");
    assert_eq!(app.cx.config().time_zone.name(), "Asia/Almaty");
    // A visitor whose browser asks for no language.
    let site = app.get("/").await.text().await.unwrap();
    assert!(site.contains("<html lang=\"ru\""), "{site}");
    let log = owner.page("/admin/audit?action=settings.change").await;
    assert!(log.contains("language, time_zone"), "{log}");
    assert_eq!(setting(&app, "time_zone").await["origin"], "stored");
    // Empty restores the default.
    owner.submit("/admin/settings", &[("time_zone", "")]).await;
    assert_eq!(setting(&app, "time_zone").await["origin"], "default");
    assert_eq!(app.cx.config().time_zone.name(), "UTC");
}

#[apply(on_both_databases)]
async fn what_is_wrong_is_said_at_its_field_and_changes_nothing(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for (path, field, value, fault) in [
        ("/admin/settings", "time_zone", "Mars/Olympus", "IANA name"),
        (
            "/admin/settings",
            "public_url",
            "example.org",
            "such as https://",
        ),
        (
            "/admin/settings",
            "public_url",
            "https://example.org/admin",
            "choose another path",
        ),
        (
            "/admin/settings/sending",
            "from",
            "nobody",
            "someone@example.org",
        ),
        (
            "/admin/settings/sending",
            "domain_limits",
            "example.org",
            "DOMAIN=CONNECTIONS",
        ),
        ("/admin/settings/sending", "ehlo", "a b", "a host"),
        (
            "/admin/settings/bounces",
            "soft_bounce_limit",
            "0",
            "1 or more",
        ),
        (
            "/admin/settings/joining",
            "confirmation_lifetime",
            "soon",
            "whole number",
        ),
        (
            "/admin/settings",
            "engagement_retention_months",
            "99999",
            "from 1 to 120",
        ),
        (
            "/admin/settings",
            "engagement_retention_months",
            "0",
            "from 1 to 120",
        ),
    ] {
        let page = owner.refused(path, &[(field, value)], 422).await;
        let at = format!("id=\"{field}-error\"");
        assert!(
            page.contains(&at) && page.contains(fault),
            "{field} {value}: {page}"
        );
        let (status, problem) = patch(&app, json!({ field: value })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(
            problem.to_string().contains(&format!("settings.{field}")),
            "{problem}"
        );
    }
    let (status, _) = patch(
        &app,
        json!({ "time_zone": "Asia/Almaty", "from": "nobody" }),
    )
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.cx.config().time_zone.name(), "UTC", "all or none");
    for process in ["listen", "database_url", "secret_key", "nonsense"] {
        let (status, _) = patch(&app, json!({ process: "x" })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{process}");
    }
    let log = owner.page("/admin/audit?action=settings.change").await;
    assert!(log.contains("No entries"), "{log}");
}

#[apply(on_both_databases)]
async fn secrets_are_encrypted_and_never_shown(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    owner
        .submit(
            "/admin/settings/bounces",
            &[
                ("postmark_secret", "s3cret-postmark"),
                ("mailbox-service", "imaps"),
                ("mailbox-host", "127.0.0.1"),
                ("mailbox-port", "1"),
                ("mailbox-user", "me"),
                ("mailbox-password", "s3cret/mailbox"),
                ("mailbox-folder", "Returned"),
            ],
        )
        .await;
    let page = owner.page("/admin/settings/bounces").await;
    assert!(!page.contains("s3cret"), "{page}");
    assert!(page.contains("value=\"Returned\""), "{page}");
    assert_eq!(
        app.cx.config().mailbox_url.as_ref().unwrap().text(),
        "imaps://me:s3cret%2Fmailbox@127.0.0.1:1/Returned"
    );
    assert!(page.contains("/inbound/postmark"), "{page}");
    let all = app.api_get("/settings").await.to_string();
    assert!(!all.contains("s3cret"), "{all}");
    assert_eq!(setting(&app, "postmark_secret").await["is_set"], true);
    assert_eq!(
        app.cx.config().postmark_secret.as_deref(),
        Some("s3cret-postmark")
    );
    // The provider's webhook answers from now on.
    let call = |secret: &'static str| {
        let request = app.client.post(format!("{}/inbound/postmark", app.url));
        request.bearer_auth(secret).body("{}").send()
    };
    assert_eq!(
        call("wrong").await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_ne!(
        call("s3cret-postmark").await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    // An empty field keeps a secret, and only the box removes it.
    owner
        .submit("/admin/settings/bounces", &[("postmark_secret", "")])
        .await;
    assert!(app.cx.config().postmark_secret.is_some());
    let remove = [("postmark_secret", ""), ("remove-postmark_secret", "yes")];
    owner.submit("/admin/settings/bounces", &remove).await;
    assert!(app.cx.config().postmark_secret.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_at_the_start_takes_precedence_and_says_where() {
    let app = TestApp::start_with(Database::Sqlite, |config| {
        let origin = Origin::Variable("JARSHY_FROM".to_owned());
        config.origins.insert("from".to_owned(), origin);
        let origin = Origin::File("jarshy.toml".to_owned());
        config.origins.insert("smtp_url".to_owned(), origin);
    })
    .await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/settings/sending").await;
    assert!(page.contains("It is set by JARSHY_FROM"), "{page}");
    assert!(!page.contains("name=\"from\""), "{page}");
    let page = owner.page("/admin/settings/relays").await;
    assert!(page.contains("The relays are set in jarshy.toml"), "{page}");
    assert!(!page.contains("value=\"save\""), "{page}");
    let (status, problem) = patch(&app, json!({ "from": "other@embassy.example" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        problem.to_string().contains("set by JARSHY_FROM"),
        "{problem}"
    );
    let from = setting(&app, "from").await;
    assert_eq!(from["origin"], "set by JARSHY_FROM");
    assert_eq!(from["is_changeable"], false);
}

#[apply(on_both_databases)]
async fn another_process_follows_within_a_moment(app: TestApp) {
    let config = Config::clone(app.cx.live.given());
    let other = app::open(config).await.unwrap();
    let stop = tokio_util::sync::CancellationToken::new();
    tokio::spawn(settings::poll(other.clone(), stop.clone()));
    let (status, _) = patch(&app, json!({ "complaint_limit": 7 })).await;
    assert_eq!(status, StatusCode::OK);
    for _ in 0..100 {
        if other.config().complaint_limit == 7 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(other.config().complaint_limit, 7);
    stop.cancel();
    other.store.close().await;
}

#[apply(on_both_databases)]
async fn a_relay_is_tested_saved_and_used_at_once(app: TestApp) {
    let works = app.cx.config().smtp_url.as_ref().unwrap().text().to_owned();
    let port = works.split([':', '?']).nth(2).unwrap().to_owned();
    let (status, _) = patch(&app, json!({ "smtp_url": "smtp://127.0.0.1:1?tls=none" })).await;
    assert_eq!(status, StatusCode::OK);
    let owner = AdminClient::owner(&app).await;
    let new = [
        ("0-host", "127.0.0.1"),
        ("0-port", port.as_str()),
        ("0-security", "none"),
        ("0-connections", "2"),
    ];
    let with = |verb: &'static str| {
        let mut form = new.to_vec();
        form.push(("do", verb));
        form
    };
    // What is entered is tested before it is saved, and the relay's words are shown.
    let page = owner
        .refused("/admin/settings/relays", &with("test-0"), 200)
        .await;
    assert!(page.contains("The relay took the test"), "{page}");
    assert!(page.contains("250"), "{page}");
    let mail = app.mail_to("owner@embassy.example").await;
    assert!(
        mail.subject.contains("Test of 127.0.0.1"),
        "{}",
        mail.subject
    );
    assert!(
        app.cx
            .config()
            .smtp_url
            .as_ref()
            .unwrap()
            .text()
            .contains(":1?")
    );
    let mut wrong = with("test-0");
    wrong[1].1 = "1";
    let page = owner.refused("/admin/settings/relays", &wrong, 200).await;
    assert!(page.contains("The test did not go out"), "{page}");
    // The worker sends over it without a restart.
    owner.submit("/admin/settings/relays", &with("save")).await;
    let to = json!({ "to": "other@embassy.example" });
    let answer = app.api_post("/settings/relay-test", to).await;
    assert_eq!(answer["is_accepted"], true, "{answer}");
    assert!(
        answer["reply"].as_str().unwrap().starts_with("250"),
        "{answer}"
    );
    app.mail_to("other@embassy.example").await;
    let text = app.cx.config().smtp_url.as_ref().unwrap().text().to_owned();
    assert!(text.contains("connections=2"), "{text}");
    app.join_and_confirm("reader@example.kz").await;
}

#[apply(on_both_databases)]
async fn a_relays_password_stays_where_it_was_entered_for(app: TestApp) {
    let (status, _) = patch(
        &app,
        json!({ "smtp_url": "smtps://me:s3cret%2F@a.example?rate=5 smtps://b.example" }),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/settings/relays").await;
    assert!(
        page.contains("a.example") && !page.contains("s3cret"),
        "{page}"
    );
    let mut rows = vec![
        ("0-known", "0"),
        ("0-host", "a.example"),
        ("0-user", "me"),
        ("0-password", ""),
        ("0-security", "implicit"),
        ("0-rate", "7"),
        ("1-host", "b.example"),
        ("1-security", "implicit"),
    ];
    rows.push(("do", "down-0"));
    owner.submit("/admin/settings/relays", &rows).await;
    assert_eq!(
        app.cx.config().smtp_url.as_ref().unwrap().text(),
        "smtps://b.example smtps://me:s3cret%2F@a.example?rate=7"
    );
    // Removing one asks first, and does not send back what was entered.
    let mut removal = rows.clone();
    removal[3].1 = "typed-pa55word";
    removal[8].1 = "remove-0";
    let page = owner.refused("/admin/settings/relays", &removal, 200).await;
    assert!(
        page.contains("Remove b.example?") && !page.contains("typed-pa55word"),
        "{page}"
    );
    let mut removal = vec![
        ("do", "remove-0"),
        ("host", "a.example"),
        ("confirmed", "yes"),
    ];
    let page = owner.submit("/admin/settings/relays", &removal).await;
    assert!(page.contains("have changed meanwhile"), "{page}");
    removal[1].1 = "b.example";
    owner.submit("/admin/settings/relays", &removal).await;
    assert_eq!(
        app.cx.config().smtp_url.as_ref().unwrap().text(),
        "smtps://me:s3cret%2F@a.example?rate=7"
    );
    rows[8].1 = "save";
    rows[1].1 = "thief.example";
    let page = owner.refused("/admin/settings/relays", &rows, 422).await;
    assert!(page.contains("0-password-error"), "{page}");
    rows[1].1 = "a.example";
    rows[5].1 = "0";
    let page = owner.refused("/admin/settings/relays", &rows, 422).await;
    assert!(page.contains("0-rate-error"), "{page}");
}

#[apply(on_both_databases)]
async fn a_setting_that_cannot_be_read_stops_nothing_and_is_shown(app: TestApp) {
    let mut db = app.cx.store.write().await.unwrap();
    configuration::set(&mut db, "ehlo", b"nothing of ours", app.cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
    settings::reload(&app.cx).await.unwrap();
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/settings/sending").await;
    assert!(page.contains("another secret key"), "{page}");
    let (status, _) = patch(&app, json!({ "complaint_limit": 8 })).await;
    assert_eq!(status, StatusCode::OK, "others can be changed");
    let (status, _) = patch(&app, json!({ "ehlo": "mx.example.org" })).await;
    assert_eq!(status, StatusCode::OK);
    assert!(setting(&app, "ehlo").await["problem"].is_null());
}

#[apply(on_both_databases)]
async fn the_settings_are_a_file_that_loads_again(app: TestApp) {
    let (status, _) = patch(
        &app,
        json!({
            "smtp_url": "smtps://me:s3cret@a.example",
            "domain_limits": "*=20,a.example=4@10",
            "complaint_limit": 9,
        }),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let owner = AdminClient::owner(&app).await;
    let open = owner.post("/admin/settings/export", &[]).await.text().await;
    let open = open.unwrap();
    assert!(
        !open.contains("s3cret") && open.contains("# smtp_url is set"),
        "{open}"
    );
    let whole = owner
        .post("/admin/settings/export", &[("secrets", "yes")])
        .await;
    assert_eq!(whole.headers()["content-type"], "application/toml");
    let path = std::env::temp_dir().join(format!("{}.toml", uuid::Uuid::now_v7()));
    std::fs::write(&path, whole.text().await.unwrap()).unwrap();
    let loaded = Config::load(Some(&path), &[]).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(loaded.complaint_limit, 9);
    assert_eq!(loaded.smtp_url, app.cx.config().smtp_url);
    assert_eq!(loaded.domain_limits, app.cx.config().domain_limits);
    let log = owner.page("/admin/audit?action=settings.export").await;
    assert!(
        log.contains("with secrets") && log.contains("without secrets"),
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_secrets_asks_who_it_is_first() {
    let app = TestApp::start(Database::Sqlite).await;
    let owner = AdminClient::owner(&app).await;
    app.raw("UPDATE sessions SET authenticated_at = 0 WHERE '' = $1", "")
        .await;
    let page = owner
        .post("/admin/settings/export", &[("secrets", "yes")])
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("Confirm that it is you"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_breaks_a_setting_of_another_page_names_it() {
    let app = TestApp::start(Database::Sqlite).await;
    let tokens = "https://app:s3cret@login.example.org/token?scope=x&refresh_token=r";
    let (status, _) = patch(
        &app,
        json!({
            "smtp_oauth": tokens,
            "smtp_url": "smtps://me@relay.example.org?auth=xoauth2",
        }),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    let owner = AdminClient::owner(&app).await;
    let form = [("smtp_oauth", ""), ("remove-smtp_oauth", "yes")];
    let page = owner.refused("/admin/settings/sending", &form, 422).await;
    assert!(page.contains("Relays: "), "{page}");
    assert!(app.cx.config().smtp_oauth.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_entered_in_days_and_kept_in_seconds() {
    let app = TestApp::start(Database::Sqlite).await;
    let owner = AdminClient::owner(&app).await;
    let path = "/admin/settings/joining";
    let page = owner.page(path).await;
    assert!(page.contains("value=\"7\""), "{page}");
    let form = [
        ("confirmation_lifetime", "2.5"),
        ("confirmation_interval", "0,5"),
    ];
    let page = owner.submit(path, &form).await;
    assert!(page.contains("value=\"2.5\""), "{page}");
    assert_eq!(app.cx.config().confirmation_lifetime, 216_000);
    assert_eq!(app.cx.config().confirmation_interval, 30);
    for wrong in ["-1", "NaN", "1e300", "99999999"] {
        let form = [("confirmation_lifetime", wrong)];
        let page = owner.refused(path, &form, 422).await;
        assert!(page.contains("confirmation_lifetime-error"), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mailbox_is_checked_on_request() {
    let app = TestApp::start(Database::Sqlite).await;
    let stop = tokio_util::sync::CancellationToken::new();
    let _stop_at_the_end = stop.clone().drop_guard();
    tokio::spawn(jarshy::jobs::inbound_and_webhooks(app.cx.clone(), stop));
    let owner = AdminClient::owner(&app).await;
    let path = "/admin/settings/bounces";
    let form = [
        ("mailbox-service", "pop3"),
        ("mailbox-host", "127.0.0.1"),
        ("mailbox-port", "1"),
        ("mailbox-user", "me"),
        ("mailbox-password", "s3cret"),
        ("do", "check"),
    ];
    let page = owner.submit(path, &form).await;
    assert!(page.contains("The mailbox cannot be opened"), "{page}");
    // The worker cannot read it either, and a person sees that.
    app.until("the failed visit", async || {
        let page = owner.page("/admin").await;
        page.contains("The mailbox of returned mail cannot be read")
    })
    .await;
    let page = owner.page(path).await;
    assert!(page.contains("The mailbox cannot be read"), "{page}");
    let report = app.api_get("/system-check").await.to_string();
    assert!(report.contains("are not processed"), "{report}");
    let answer = app.api_post("/settings/mailbox-check", json!({})).await;
    assert_eq!(answer["is_opened"], false);
    assert!(answer["problem"].as_str().is_some(), "{answer}");

    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("pop3://me:s3cret@{}", server.local_addr().unwrap());
    let (status, _) = patch(&app, json!({ "mailbox_url": url })).await;
    assert_eq!(status, StatusCode::OK);
    // The poll and the checks: each a session.
    let answering = tokio::spawn(async move {
        loop {
            let (stream, _) = server.accept().await.unwrap();
            tokio::spawn(empty_mailbox(stream));
        }
    });
    let answer = app.api_post("/settings/mailbox-check", json!({})).await;
    assert_eq!(
        answer,
        json!({ "is_opened": true, "emails": 0, "problem": null })
    );
    let page = owner.submit(path, &[("do", "check")]).await;
    assert!(page.contains("The mailbox can be opened"), "{page}");
    app.until("the visit that went well", async || {
        let page = owner.page("/admin").await;
        !page.contains("The mailbox of returned mail cannot be read")
    })
    .await;
    answering.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_entered_in_fields_and_its_password_stays_where_it_belongs() {
    let app = TestApp::start(Database::Sqlite).await;
    let owner = AdminClient::owner(&app).await;
    let path = "/admin/settings/bounces";
    let fields = |host: &'static str, password: &'static str| {
        [
            ("mailbox-service", "imaps"),
            ("mailbox-host", host),
            ("mailbox-user", "bounces@embassy.example"),
            ("mailbox-password", password),
        ]
    };
    for (host, user, password, field) in [
        ("imap.example.org/x", "me", "secret", "mailbox-host"),
        ("", "me", "secret", "mailbox-host"),
        ("imap.example.org", "", "secret", "mailbox-user"),
        ("imap.example.org", "me", "", "mailbox-password"),
    ] {
        let form = [
            ("mailbox-host", host),
            ("mailbox-user", user),
            ("mailbox-password", password),
        ];
        let page = owner.refused(path, &form, 422).await;
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{page}");
    }
    owner
        .submit(path, &fields("imap.example.org", "p/w?"))
        .await;
    let stored = || {
        app.cx
            .config()
            .mailbox_url
            .as_ref()
            .unwrap()
            .text()
            .to_owned()
    };
    let url = "imaps://bounces%40embassy.example:p%2Fw%3F@imap.example.org";
    assert_eq!(stored(), url);
    // Left empty, the password is kept, but not for another host.
    owner.submit(path, &fields("imap.example.org", "")).await;
    assert_eq!(stored(), url);
    let page = owner
        .refused(path, &fields("imap.attacker.example", ""), 422)
        .await;
    assert!(page.contains("id=\"mailbox-password-error\""), "{page}");
    assert_eq!(stored(), url);
    owner.submit(path, &[("remove-mailbox_url", "yes")]).await;
    assert!(app.cx.config().mailbox_url.is_none());
}

/// A POP3 server without emails.
async fn empty_mailbox(stream: tokio::net::TcpStream) {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let mut stream = BufReader::new(stream);
    stream.write_all(b"+OK\r\n").await.unwrap();
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let answer = if line.starts_with("STAT") {
            "+OK 0 0\r\n"
        } else {
            "+OK\r\n"
        };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        line.clear();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_public_address_signs_nobody_out_in_this_browser() {
    let app = TestApp::start(Database::Sqlite).await;
    let owner = AdminClient::owner(&app).await;
    let form = [
        ("public_url", "https://news.example.org"),
        ("public_url_anyway", "yes"),
    ];
    let answer = owner.post("/admin/settings", &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookies = answer.headers().get_all("set-cookie").iter();
    let session = cookies
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with("__Host-jarshy="))
        .unwrap();
    assert!(session.contains("Secure"), "{session}");
    let pair = session.split(';').next().unwrap();
    let page = app
        .client
        .get(format!("{}/admin/settings", app.url))
        .header("cookie", pair)
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_the_same_is_no_change() {
    let app = TestApp::start(Database::Sqlite).await;
    let change = json!({ "language": "en", "complaint_limit": 7, "time_zone": "UTC" });
    for _ in 0..2 {
        assert_eq!(patch(&app, change.clone()).await.0, StatusCode::OK);
    }
    assert_eq!(app.cx.config().complaint_limit, 7);
    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=settings.change").await;
    assert_eq!(log.matches("complaint_limit").count(), 1, "{log}");
    assert!(!log.contains("time_zone"), "{log}");
    let restored = json!({ "complaint_limit": 3 });
    assert_eq!(patch(&app, restored).await.0, StatusCode::OK);
    assert_eq!(app.cx.config().complaint_limit, 3);
}
