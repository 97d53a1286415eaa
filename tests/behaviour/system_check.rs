//! The system check: what is wrong is found, and what was not looked at is not called fine.

use std::time::Instant;

use jarshy::doctor::{self, State, Subject, TIME_LIMIT};
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::Value;

use crate::admin_client::AdminClient;
use crate::harness::{Database, PATIENCE, TestApp, on_both_databases};

fn states<'a>(report: &'a Value, check: &str) -> Vec<&'a str> {
    let findings = report["findings"].as_array().unwrap();
    let of_it = findings.iter().filter(|finding| finding["check"] == check);
    of_it
        .map(|finding| finding["state"].as_str().unwrap())
        .collect()
}

fn texts(report: &Value, check: &str) -> String {
    let findings = report["findings"].as_array().unwrap();
    let of_it = findings.iter().filter(|finding| finding["check"] == check);
    of_it
        .map(|finding| format!("{} → {}\n", finding["found"], finding["remedy"]))
        .collect()
}

#[apply(on_both_databases)]
async fn a_working_system_is_fine_where_it_was_looked_at(app: TestApp) {
    app.send_to(&["a@example.kz"]).await;
    app.quiet().await;
    let report = app.api_get("/system-check").await;
    for check in [
        "configuration",
        "database",
        "size",
        "relay",
        "queue",
        "tasks",
    ] {
        let states = states(&report, check);
        assert!(
            !states.is_empty() && states.iter().all(|state| *state == "ok"),
            "{}",
            texts(&report, check)
        );
    }
    let is_sqlite = app.cx.store.file().is_some();
    // Only one of them can be read as a whole from here, and its disk be seen.
    let integrity = if is_sqlite { "ok" } else { "not_checked" };
    assert_eq!(states(&report, "integrity"), [integrity]);
    assert_eq!(states(&report, "disk").contains(&"not_checked"), !is_sqlite);
    // Nobody has asked the DNS: mail stays on this machine.
    assert_eq!(states(&report, "dns"), ["not_checked"]);
    // Links would lead to this machine.
    assert_eq!(states(&report, "public_url"), ["warning"]);
    assert_eq!(states(&report, "backups"), ["warning"]);
    for finding in report["findings"].as_array().unwrap() {
        let needs_remedy = finding["state"] == "warning" || finding["state"] == "error";
        assert!(!needs_remedy || finding["remedy"] != "", "{finding}");
    }

    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/system").await;
    assert!(
        page.contains("No backups are scheduled") || page.contains("no backups are scheduled"),
        "{page}"
    );
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    assert_eq!(
        editor.get("/admin/system").await.status(),
        StatusCode::FORBIDDEN
    );
}

#[apply(on_both_databases)]
async fn what_is_wrong_is_found_with_a_remedy(app: TestApp) {
    let backups = app.folder().join("in-the-way");
    std::fs::write(&backups, "").unwrap();
    // A server that accepts and says nothing, and an address where nobody listens.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = (*app.cx.config()).clone();
    let urls = format!(
        "smtp://{}?tls=none smtp://127.0.0.1:1?tls=none",
        silent.local_addr().unwrap()
    );
    config.smtp_url = Some(urls.parse().unwrap());
    config.public_url = Some(
        format!("http://{}", silent.local_addr().unwrap())
            .parse()
            .unwrap(),
    );
    config.unknown_variables = vec!["JARSHY_SMPT_URL".to_owned()];
    config.backup_dir = Some(backups);
    // A worker that stopped in the middle, days ago.
    app.raw(
        "INSERT INTO transactional_emails (kind, email, language, payload, state, next_attempt_at, created_at, changed_at)
         VALUES ('sign_in', $1, 'en', '{}', 'deferred', 1, 1, 1)",
        "late@example.kz",
    )
    .await;
    app.raw(
        "UPDATE transactional_emails SET lease_until = 5 WHERE email = $1 AND lease_until IS NULL",
        "nobody@example.kz",
    )
    .await;
    let cx = jarshy::app::open(config).await.unwrap();
    let started = Instant::now();
    let report = doctor::run(Subject::server(&cx), TIME_LIMIT).await;
    assert!(started.elapsed() < TIME_LIMIT + PATIENCE);
    let report = serde_json::to_value(&report).unwrap();
    assert_eq!(
        states(&report, "relay"),
        ["error", "error"],
        "{}",
        texts(&report, "relay")
    );
    assert!(texts(&report, "relay").contains("does not answer"));
    assert_eq!(states(&report, "public_url"), ["error"]);
    assert!(texts(&report, "configuration").contains("JARSHY_SMPT_URL"));
    assert!(
        states(&report, "disk").contains(&"error")
            || states(&report, "permissions").contains(&"error"),
        "{report}"
    );
    // The others still looked.
    assert_eq!(states(&report, "database"), ["ok"]);
}

async fn root_page_of(file: &std::path::Path, index: &str) -> usize {
    let url = format!("sqlite://{}", file.display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let page = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = $1");
    let page: i64 = page.bind(index).fetch_one(&pool).await.unwrap();
    pool.close().await;
    page.try_into().unwrap()
}

#[tokio::test]
async fn a_damaged_file_is_found() {
    let app = TestApp::start(Database::Sqlite).await;
    let copy = app.folder().join("damaged.db");
    app.cx.store.copy_to(&copy, &mut |_, _| {}).await.unwrap();
    // A page that nothing needs in order to open the file.
    let page = root_page_of(&copy, "subscriber_tags_by_key").await;
    let mut bytes = std::fs::read(&copy).unwrap();
    let at = 4096 * (page - 1);
    bytes[at..at + 4096].fill(0x5A);
    std::fs::write(&copy, bytes).unwrap();
    let cx = jarshy::context::Context {
        store: jarshy::store::Store::open_file(&copy).await.unwrap(),
        ..app.cx.clone()
    };
    let report = doctor::run(Subject::server(&cx), TIME_LIMIT).await;
    let integrity = report
        .findings
        .iter()
        .find(|one| one.check == "integrity")
        .unwrap();
    assert_eq!(integrity.state, State::Error, "{integrity:?}");
    assert!(
        report
            .findings
            .iter()
            .any(|one| one.check == "relay" && one.state == State::Ok)
    );
}
