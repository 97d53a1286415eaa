//! Databases of every released version, upgraded by this one.
//!
//! `tests/upgrades/VERSION` is written by `scripts/schema-fixture VERSION` at its release. The
//! version in the making has none yet: its own is written anew for each run.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use support::{Folder, JARSHY, database, jarshy};

const SECRET: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

/// The fixtures, by version.
fn fixtures(folder: &Folder) -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join("tests/upgrades"))
        .into_iter()
        .flatten()
    {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let version = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((version, path));
        }
    }
    let own = env!("CARGO_PKG_VERSION").to_owned();
    if found.iter().all(|(version, _)| *version != own) {
        let path = folder.path("own");
        let written = Command::new(root.join("scripts/schema-fixture"))
            .arg("--to")
            .arg(&path)
            .env("JARSHY", JARSHY)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&written.stderr);
        assert!(written.status.success(), "scripts/schema-fixture: {said}");
        found.push((own, path));
    }
    found.sort();
    found
}

/// A command on one of the databases.
fn printed(folder: &Folder, url: &str, arguments: &[&str]) -> String {
    let output = jarshy(&folder.0)
        .env("JARSHY_DATABASE_URL", url)
        .env("JARSHY_SECRET_KEY", SECRET)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let may_fail = arguments[0] == "doctor";
    assert!(
        output.status.success() || may_fail,
        "{url} {arguments:?}: {said}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What every fixture holds is there and works after the upgrade.
fn works(folder: &Folder, url: &str, version: &str) {
    assert!(printed(folder, url, &["migrate"]).contains("up to date"));
    let rows = printed(
        folder,
        url,
        &["export", "--list", "news", "--format", "jsonl"],
    );
    let rows: Vec<Value> = rows
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut emails: Vec<&str> = rows
        .iter()
        .map(|row| row["email"].as_str().unwrap())
        .collect();
    emails.sort_unstable();
    for email in ["reader1@example.kz", "reader4@example.kz"] {
        assert!(emails.contains(&email), "{version}: {emails:?}");
    }
    assert_eq!(
        rows[0]["attributes"]["city"], "Almaty",
        "{version}: {}",
        rows[0]
    );
    let report: Value = serde_json::from_str(&printed(folder, url, &["doctor", "--json"])).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let of = |check: &str| {
        findings
            .iter()
            .find(|finding| finding["check"] == check)
            .unwrap()
    };
    assert_eq!(of("database")["state"], "ok", "{version}: {report}");
    let backup = folder.path(&format!("{version}-{}.db", url.len()));
    printed(folder, url, &["backup", backup.to_str().unwrap()]);
}

type Names = Vec<(String, String)>;

async fn sqlite_schema(url: &str) -> Names {
    let mut c = SqliteConnection::connect(url).await.unwrap();
    sqlx::query_as(
        "SELECT name, COALESCE(sql, '') FROM sqlite_master
         WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND type IN ('table', 'index', 'trigger')
         ORDER BY name",
    )
    .fetch_all(&mut c)
    .await
    .unwrap()
}

async fn postgres_schema(url: &str) -> Names {
    let mut c = PgConnection::connect(url).await.unwrap();
    sqlx::query_as(
        "SELECT * FROM (
             SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
             FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT indexname::TEXT, indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT conname::TEXT, pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::REGNAMESPACE) parts (name, text)
         ORDER BY 1, 2",
    )
    .fetch_all(&mut c)
    .await
    .unwrap()
}

/// How many deliveries are in each state, and how many consent records there are.
async fn counts_of_sqlite(url: &str) -> (i64, i64) {
    let mut c = SqliteConnection::connect(url).await.unwrap();
    let row = sqlx::query(COUNTS).fetch_one(&mut c).await.unwrap();
    (row.get(0), row.get(1))
}

async fn counts_of_postgres(url: &str) -> (i64, i64) {
    let mut c = PgConnection::connect(url).await.unwrap();
    let row = sqlx::query(COUNTS).fetch_one(&mut c).await.unwrap();
    (row.get(0), row.get(1))
}

const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM deliveries WHERE state = 'sent'),
                             (SELECT COUNT(*) FROM consent_records)";

#[tokio::test]
async fn databases_of_every_released_version_are_upgraded() {
    let folder = Folder::new();
    let fresh = folder.path("fresh.db");
    database::sqlite(&fresh).await;
    let fresh_schema = sqlite_schema(&format!("sqlite://{}", fresh.display())).await;
    let fresh_postgres = database::postgres().await;
    let fresh_postgres_schema = postgres_schema(&fresh_postgres.url).await;
    for (version, fixture) in fixtures(&folder) {
        let file = folder.path(&format!("{version}.db"));
        let url = format!("sqlite://{}", file.display());
        let dump = std::fs::read_to_string(fixture.join("sqlite.sql")).unwrap();
        let mut c = SqliteConnection::connect(&format!("{url}?mode=rwc"))
            .await
            .unwrap();
        sqlx::raw_sql(AssertSqlSafe(dump))
            .execute(&mut c)
            .await
            .unwrap();
        c.close().await.unwrap();
        let before = counts_of_sqlite(&url).await;
        assert_eq!(before.0, 4, "{version}: the fixture has sent");
        works(&folder, &url, &version);
        assert_eq!(counts_of_sqlite(&url).await, before, "{version}");
        assert_eq!(sqlite_schema(&url).await, fresh_schema, "{version}");

        let postgres = database::postgres().await;
        let mut c = PgConnection::connect(&postgres.url).await.unwrap();
        let dump = std::fs::read_to_string(fixture.join("postgres.sql")).unwrap();
        let dump = format!("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n{dump}");
        sqlx::raw_sql(AssertSqlSafe(dump))
            .execute(&mut c)
            .await
            .unwrap();
        c.close().await.unwrap();
        let before = counts_of_postgres(&postgres.url).await;
        assert_eq!(before.0, 4, "{version}: the fixture has sent");
        works(&folder, &postgres.url, &version);
        assert_eq!(counts_of_postgres(&postgres.url).await, before, "{version}");
        assert_eq!(
            postgres_schema(&postgres.url).await,
            fresh_postgres_schema,
            "{version}"
        );
    }
}

#[test]
fn processes_that_make_the_same_database_at_once_all_succeed() {
    for round in 0..10 {
        let folder = Folder::new();
        let file = folder.path("jarshy.db");
        let url = format!("sqlite://{}", file.display());
        let running: Vec<Child> = (0..8)
            .map(|_| {
                jarshy(&folder.0)
                    .args(["migrate", "--database-url", &url])
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for process in running {
            let output = process.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "round {round}: {said}");
        }
    }
}
