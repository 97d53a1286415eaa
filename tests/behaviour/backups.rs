//! Backups of both databases, restored to both, and what a restored one does not do again.

use std::path::{Path, PathBuf};

use jarshy::app;
use jarshy::backup::restore::{KeyState, Restored, restore};
use jarshy::backup::{self, schedule};
use jarshy::clock::{Clock, Timestamp};
use jarshy::config::Config;
use jarshy::context::Context;
use jarshy::store::Db;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;
use sqlx::Connection as _;

use crate::admin_client::AdminClient;
use crate::harness::{Database, TestApp, database, on_both_databases};

/// What an empty place to restore to is configured with: the application's own configuration,
/// with another database.
fn config_for(app: &TestApp, database_url: String) -> Config {
    Config {
        database_url,
        ..(*app.cx.config()).clone()
    }
}

fn file_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

async fn restored(config: &Config, file: &Path) -> backup::Result<Restored> {
    restore(
        config,
        file,
        None,
        Timestamp::from_millis(1_900_000_000_000),
        &mut |_, _| {},
    )
    .await
}

/// One campaign that has sent four of ten messages, one that is scheduled, and an email to one
/// person that is not due yet.
async fn unfinished_work(app: &TestApp) -> (i64, i64) {
    app.create_post("p", "P", "text").await;
    for n in 0..10 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    let sending = app.create_campaign("p", "Half sent", "news").await;
    let limit = app
        .api("PUT", &format!("/campaigns/{sending}/limits"))
        .json(&json!({ "hourly_limit": 4 }));
    assert_eq!(limit.send().await.unwrap().status(), StatusCode::ACCEPTED);
    app.api_post(&format!("/campaigns/{sending}/start"), json!({}))
        .await;
    app.campaign_that(sending, |campaign| {
        campaign["counts"]["sent"] == 4 && campaign["counts"]["sending"] == 0
    })
    .await;
    let scheduled = app.create_campaign("p", "For tomorrow", "news").await;
    let at =
        json!({ "at": app.cx.clock.now().after(std::time::Duration::from_secs(3600)).rfc3339() });
    app.api_post(&format!("/campaigns/{scheduled}/schedule"), at)
        .await;
    (sending, scheduled)
}

/// The states of a campaign's deliveries, with how many are in each.
async fn states(cx: &Context, campaign: i64) -> Vec<(String, i64)> {
    let statement = "SELECT state, COUNT(*) FROM deliveries WHERE campaign_id = $1
                     GROUP BY state ORDER BY state";
    let url = &cx.config().database_url;
    if url.starts_with("sqlite") {
        let mut c = sqlx::SqliteConnection::connect(url).await.unwrap();
        sqlx::query_as(statement)
            .bind(campaign)
            .fetch_all(&mut c)
            .await
            .unwrap()
    } else {
        let mut c = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query_as(statement)
            .bind(campaign)
            .fetch_all(&mut c)
            .await
            .unwrap()
    }
}

async fn state(db: &mut Db, campaign: i64) -> String {
    let campaign = jarshy::store::campaigns::by_id(db, campaign.into()).await;
    let campaign = campaign.unwrap().unwrap();
    campaign.state.to_string()
}

#[apply(on_both_databases)]
async fn a_restored_older_copy_mails_nobody_twice(app: TestApp) {
    let (sending, scheduled) = unfinished_work(&app).await;
    let copy = app.folder().join("copy.db");
    backup::create(&app.cx, &copy, None, &mut |_, _| {})
        .await
        .unwrap();
    let taken = backup::create(&app.cx, &copy, None, &mut |_, _| {}).await;
    assert!(
        taken
            .unwrap_err()
            .to_string()
            .contains("nothing is overwritten")
    );

    // What happens after the copy: all the others get it, too.
    app.api("PUT", &format!("/campaigns/{sending}/limits"))
        .json(&json!({ "hourly_limit": null }))
        .send()
        .await
        .unwrap();
    app.campaign_in_state(sending, "finished").await;
    let before = app.mailbox.list().len();
    assert_eq!(before, 10);

    let postgres = database::postgres().await;
    let file = app.folder().join("restored.db");
    for (url, rows_copied) in [(file_url(&file), false), (postgres.url.clone(), true)] {
        let config = config_for(&app, url);
        let done = restored(&config, &copy).await.unwrap();
        assert_eq!(done.key, KeyState::Same);
        assert_eq!(!done.copied.is_empty(), rows_copied);
        assert_eq!(done.held.paused.len(), 1);
        assert_eq!(done.held.paused[0].uncertain, 6);
        assert_eq!(done.held.unscheduled.len(), 1);

        let again = restored(&config, &copy).await.unwrap_err().to_string();
        assert!(
            again.contains("nothing is overwritten") || again.contains("not empty"),
            "{again}"
        );

        let cx = app::open(config).await.unwrap();
        let stop = tokio_util::sync::CancellationToken::new();
        let worker = tokio::spawn(jarshy::jobs::worker::run(cx.clone(), stop.clone()));
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        stop.cancel();
        worker.await.unwrap();
        assert_eq!(app.mailbox.list().len(), before, "nothing is sent again");
        assert_eq!(
            states(&cx, sending).await,
            [("sent".to_owned(), 4), ("uncertain".to_owned(), 6)]
        );
        let mut db = cx.store.read().await.unwrap();
        assert_eq!(state(&mut db, sending).await, "paused");
        assert_eq!(state(&mut db, scheduled).await, "failed_to_start");
        drop(db);
        cx.store.close().await;
    }
}

#[apply(on_both_databases)]
async fn a_backup_that_is_used_in_place_is_held_too(app: TestApp) {
    let (sending, _) = unfinished_work(&app).await;
    let copy = app.folder().join("copy.db");
    backup::create(&app.cx, &copy, None, &mut |_, _| {})
        .await
        .unwrap();
    let cx = app::open(config_for(&app, file_url(&copy))).await.unwrap();
    let mut db = cx.store.read().await.unwrap();
    assert_eq!(state(&mut db, sending).await, "paused");
    drop(db);
    assert_eq!(
        states(&cx, sending).await,
        [("sent".to_owned(), 4), ("uncertain".to_owned(), 6)]
    );
    cx.store.close().await;
}

/// All media, consent and links come back, and the numbers of new rows go on after the old ones.
#[apply(on_both_databases)]
async fn everything_is_in_an_encrypted_backup(app: TestApp) {
    let reader = app.subscribe("reader@example.kz", "news").await;
    let gone = app.subscribe("gone@example.kz", "news").await;
    assert!(gone > reader);
    app.raw(
        "DELETE FROM subscribers WHERE email = $1",
        "gone@example.kz",
    )
    .await;
    let picture = crate::admin_media::png(7);
    let owner = AdminClient::owner(&app).await;
    owner
        .upload("/admin/media", &[], "gate.png", &picture)
        .await;
    let file = app.folder().join("copy.db.age");
    let made = backup::create(&app.cx, &file, Some("correct horse"), &mut |_, _| {})
        .await
        .unwrap();
    assert!(made.is_encrypted);
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    assert!(!bytes.windows(6).any(|found| found == b"reader"));

    let target = app.folder().join("elsewhere/jarshy.db");
    std::fs::create_dir(target.parent().unwrap()).unwrap();
    let mut config = config_for(&app, file_url(&target));
    config.secret_key = None;
    let error = |config: &Config| {
        let (config, file) = (config.clone(), file.clone());
        async move { restored(&config, &file).await.unwrap_err().to_string() }
    };
    assert!(
        error(&config)
            .await
            .contains("is encrypted; set JARSHY_BACKUP_PASSPHRASE")
    );
    config.backup_passphrase = Some("wrong horse".to_owned());
    assert!(error(&config).await.contains("passphrase is wrong"));
    assert_eq!(entries(target.parent().unwrap()), [] as [String; 0]);

    config.backup_passphrase = Some("correct horse".to_owned());
    let done = restored(&config, &file).await.unwrap();
    let key = target.with_extension("key");
    assert_eq!(done.key, KeyState::Written(key.clone()));
    assert_eq!(
        std::fs::read_to_string(&key).unwrap(),
        app.cx.config().secret_key.clone().unwrap()
    );
    let cx = app::open(config).await.unwrap();
    let mut db = cx.store.read().await.unwrap();
    let kept = jarshy::store::subscribers::by_id(&mut db, reader.into())
        .await
        .unwrap();
    assert_eq!(kept.unwrap().email.as_str(), "reader@example.kz");
    drop(db);
    let mut c = sqlx::SqliteConnection::connect(&file_url(&target))
        .await
        .unwrap();
    let next: i64 =
        sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'subscribers'")
            .fetch_one(&mut c)
            .await
            .unwrap();
    let kept: Vec<u8> = sqlx::query_scalar("SELECT content FROM media_contents")
        .fetch_one(&mut c)
        .await
        .unwrap();
    assert_eq!(
        kept,
        app.get("/media/gate.png").await.bytes().await.unwrap()
    );
    assert_eq!(next, gone, "links in old email name subscribers by number");
    cx.store.close().await;
}

fn entries(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Each file that is no good backup, with what the error says of it.
async fn bad_files(folder: &Path, good: &Path) -> Vec<(PathBuf, &'static str)> {
    let good = std::fs::read(good).unwrap();
    let mut bad = Vec::new();
    let mut add = |name: &str, bytes: &[u8], error: &'static str| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        bad.push((path, error));
    };
    add("empty", b"", "is no backup of Jarshy");
    add(
        "zip",
        b"PK\x03\x04../../etc/passwd",
        "is no backup of Jarshy",
    );
    add("gzip", b"\x1f\x8b\x08\0bomb", "is no backup of Jarshy");
    add("dump", b"PGDMP\x01\x0e", "pg_restore");
    add(
        "age",
        b"age-encryption.org/v1\n-> scrypt x\n",
        "is encrypted",
    );
    add("header", &good[..100], "is damaged");
    add("truncated", &good[..good.len() / 2], "is damaged");
    let mut shorter = good.clone();
    shorter.truncate(good.len() - 4096);
    add("one-page-short", &shorter, "is damaged");
    let mut corrupted = good.clone();
    for page in corrupted.chunks_mut(4096).skip(1).step_by(3) {
        page[..64].fill(0xAA);
    }
    add("corrupted", &corrupted, "is damaged");
    for (name, statement, error) in [
        (
            "trigger",
            "CREATE TRIGGER t AFTER UPDATE ON campaigns BEGIN DELETE FROM consent_records; END",
            "its schema is not one that Jarshy makes",
        ),
        (
            "other-view",
            "CREATE VIEW v AS SELECT * FROM subscribers",
            "its schema is not one that Jarshy makes",
        ),
        (
            "newer",
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', TRUE, X'00', 0)",
            "newer schema",
        ),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, &good).unwrap();
        let mut c = sqlx::SqliteConnection::connect(&file_url(&path))
            .await
            .unwrap();
        sqlx::query(statement).execute(&mut c).await.unwrap();
        c.close().await.unwrap();
        bad.push((path, error));
    }
    let other = folder.join("other-program");
    let mut c = sqlx::SqliteConnection::connect(&format!("{}?mode=rwc", file_url(&other)))
        .await
        .unwrap();
    sqlx::query("CREATE TABLE songs (title TEXT)")
        .execute(&mut c)
        .await
        .unwrap();
    c.close().await.unwrap();
    bad.push((other, "its schema is not one that Jarshy makes"));
    bad.push((folder.join("missing"), "No such file"));
    bad
}

#[tokio::test]
async fn what_is_no_good_backup_changes_nothing() {
    let app = TestApp::start(Database::Sqlite).await;
    app.send_to(&["a@example.kz", "b@example.kz"]).await;
    let good = app.folder().join("good.db");
    backup::create(&app.cx, &good, None, &mut |_, _| {})
        .await
        .unwrap();
    let bad = app.folder().join("bad");
    std::fs::create_dir(&bad).unwrap();
    let empty = app.folder().join("empty-place");
    std::fs::create_dir(&empty).unwrap();
    let postgres = database::postgres().await;
    for (file, error) in bad_files(&bad, &good).await {
        for url in [file_url(&empty.join("jarshy.db")), postgres.url.clone()] {
            let said = restored(&config_for(&app, url), &file)
                .await
                .unwrap_err()
                .to_string();
            assert!(said.contains(error), "{}: {said}", file.display());
        }
        assert_eq!(entries(&empty), [] as [String; 0], "{}", file.display());
    }
    // The database of PostgreSQL is as empty as before.
    restored(&config_for(&app, postgres.url.clone()), &good)
        .await
        .unwrap();
    // Nor does a restore write into a folder that is not there, or through a link.
    let nowhere = file_url(&empty.join("nowhere/jarshy.db"));
    let said = restored(&config_for(&app, nowhere), &good)
        .await
        .unwrap_err()
        .to_string();
    assert!(said.contains("there is no folder"), "{said}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/nonexistent", empty.join("link.db")).unwrap();
        let link = file_url(&empty.join("link.db"));
        let said = restored(&config_for(&app, link), &good)
            .await
            .unwrap_err()
            .to_string();
        assert!(said.contains("nothing is overwritten"), "{said}");
    }
}

#[apply(on_both_databases)]
async fn scheduled_backups_keep_the_last_few_and_tell_owners_of_failures(app: TestApp) {
    let folder = app.folder().join("backups");
    let mut config = (*app.cx.config()).clone();
    config.backup_dir = Some(folder.clone());
    config.backup_keep = 1;
    // Days ago, so that emails of a later day are due now.
    let day = std::time::Duration::from_secs(24 * 3600);
    let clock = Clock::manual(Timestamp::from_millis(
        app.cx.clock.now().millis() - 864_000_000,
    ));
    let at_that_time = |cx: Context| Context {
        clock: clock.clone(),
        ..cx
    };
    let cx = at_that_time(app::open(config.clone()).await.unwrap());
    let (one, other) = tokio::join!(schedule::run_due(&cx), schedule::run_due(&cx));
    one.unwrap();
    other.unwrap();
    let status = schedule::status(&cx).await.unwrap();
    assert_eq!(status.error, "");
    assert_eq!(entries(&folder).len(), 1, "one process of all makes it");
    assert_eq!(
        folder.join(&entries(&folder)[0]).display().to_string(),
        status.file
    );
    schedule::run_due(&cx).await.unwrap();
    assert_eq!(schedule::status(&cx).await.unwrap(), status, "not due");
    clock.advance(day);
    schedule::run_due(&cx).await.unwrap();
    let second = schedule::status(&cx).await.unwrap();
    assert_ne!(second.file, status.file);
    assert_eq!(entries(&folder).len(), 1, "the older one is deleted");

    // A folder that cannot be written to.
    std::fs::write(app.folder().join("in-the-way"), "").unwrap();
    config.backup_dir = Some(app.folder().join("in-the-way"));
    let failing = at_that_time(app::open(config).await.unwrap());
    for _ in 0..2 {
        clock.advance(day);
        schedule::run_due(&failing).await.unwrap();
        let failed = schedule::status(&failing).await.unwrap();
        assert!(failed.error.contains("in-the-way"), "{failed:?}");
        assert_eq!(failed.file, second.file);
    }
    assert!(schedule::problem(&failing).await.unwrap().is_some());
    let mail = app
        .mail_about("owner@embassy.example", "Backup failed")
        .await;
    assert!(mail.text.contains("in-the-way"), "{}", mail.text);
    app.quiet().await;
    let told: Vec<_> = app.mails_now("owner@embassy.example");
    assert_eq!(told.len(), 1, "one email for failures in a row");
}

#[tokio::test]
async fn a_database_moves_to_postgres_and_is_not_used_again() {
    let app = TestApp::start(Database::Sqlite).await;
    let (sending, _) = unfinished_work(&app).await;
    let copy = app.folder().join("moving.db");
    // A copy that no process has open.
    app.cx.store.copy_to(&copy, &mut |_, _| {}).await.unwrap();
    let postgres = database::postgres().await;
    let config = config_for(&app, file_url(&copy));
    let now = app.cx.clock.now();
    let busy = config_for(&app, app.cx.config().database_url.clone());
    let said = backup::moving::move_to(&busy, &postgres.url, now, &mut |_, _| {}).await;
    assert!(said.unwrap_err().to_string().contains("in use"));
    let copied = backup::moving::move_to(&config, &postgres.url, now, &mut |_, _| {})
        .await
        .unwrap();
    let rows = |table: &str| {
        copied
            .iter()
            .find(|copied| copied.table == table)
            .unwrap()
            .rows
    };
    assert_eq!((rows("subscribers"), rows("deliveries")), (10, 10));
    // The ledger is as it was: the rest is still to be sent, by the new database alone.
    let cx = app::open(config_for(&app, postgres.url.clone()))
        .await
        .unwrap();
    assert_eq!(
        states(&cx, sending).await,
        [("queued".to_owned(), 6), ("sent".to_owned(), 4)]
    );
    cx.store.close().await;
    let again = app::open(config.clone()).await.err().unwrap().to_string();
    assert!(again.contains("was moved to postgres://"), "{again}");
    let again = backup::moving::move_to(&config, &postgres.url, now, &mut |_, _| {}).await;
    assert!(again.unwrap_err().to_string().contains("moved"));
    let other = backup::moving::move_to(&config, "sqlite://x.db", now, &mut |_, _| {}).await;
    assert!(other.is_err());
    backup::moving::take_back(&config).await.unwrap();
    app::open(config).await.unwrap().store.close().await;
}
