//! Lists and people straight from a database of listmonk.

use std::path::Path;
use std::process::Command;

use jarshy::audience::suppression_file;
use jarshy::import::balance::Balance;
use jarshy::import::{job, listmonk, upload, worker};
use jarshy::model::audit::Actor;
use jarshy::model::import::{ImportState, Outcome, Standing, System};
use jarshy::post_import::listmonk::Campaigns;
use jarshy::post_import::run::Run;
use jarshy::post_import::{self, Balance as PostBalance, Options};
use jarshy::store::listmonk::{Listmonk, ListmonkList};
use rstest_reuse::apply;
use serde_json::json;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::harness::database::{self, PostgresDatabase};
use crate::harness::{TestApp, on_both_databases};

/// The columns of listmonk's own tables that are read, with its types.
const SCHEMA: &str = "
    CREATE TYPE list_type AS ENUM ('public', 'private', 'temporary');
    CREATE TYPE list_optin AS ENUM ('single', 'double');
    CREATE TYPE subscriber_status AS ENUM ('enabled', 'disabled', 'blocklisted');
    CREATE TYPE subscription_status AS ENUM ('unconfirmed', 'confirmed', 'unsubscribed');
    CREATE TYPE bounce_type AS ENUM ('soft', 'hard', 'complaint');
    CREATE TABLE subscribers (
        id SERIAL PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, attribs JSONB NOT NULL DEFAULT '{}',
        status subscriber_status NOT NULL DEFAULT 'enabled',
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());
    CREATE TABLE lists (
        id SERIAL PRIMARY KEY, uuid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
        name TEXT NOT NULL, type list_type NOT NULL, optin list_optin NOT NULL DEFAULT 'single',
        tags VARCHAR(100)[], description TEXT NOT NULL DEFAULT '',
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());
    CREATE TABLE subscriber_lists (
        subscriber_id INTEGER REFERENCES subscribers(id), list_id INTEGER NULL REFERENCES lists(id),
        meta JSONB NOT NULL DEFAULT '{}',
        status subscription_status NOT NULL DEFAULT 'unconfirmed',
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT NOW(),
        PRIMARY KEY(subscriber_id, list_id));
    CREATE TABLE bounces (
        id SERIAL PRIMARY KEY, subscriber_id INTEGER NOT NULL REFERENCES subscribers(id),
        campaign_id INTEGER NULL, type bounce_type NOT NULL DEFAULT 'hard',
        source TEXT NOT NULL DEFAULT '', meta JSONB NOT NULL DEFAULT '{}',
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());
    CREATE TYPE campaign_status AS ENUM ('draft', 'running', 'scheduled', 'paused', 'cancelled', 'finished');
    CREATE TYPE campaign_type AS ENUM ('regular', 'optin');
    CREATE TYPE content_type AS ENUM ('richtext', 'html', 'plain', 'markdown', 'visual');
    CREATE TABLE campaigns (
        id SERIAL PRIMARY KEY, uuid uuid NOT NULL UNIQUE, name TEXT NOT NULL,
        subject TEXT NOT NULL, from_email TEXT NOT NULL DEFAULT '', body TEXT NOT NULL,
        altbody TEXT NULL, content_type content_type NOT NULL DEFAULT 'richtext',
        status campaign_status NOT NULL DEFAULT 'draft', tags VARCHAR(100)[],
        type campaign_type DEFAULT 'regular', archive BOOLEAN NOT NULL DEFAULT false,
        archive_slug TEXT NULL UNIQUE, started_at TIMESTAMP WITH TIME ZONE,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());
    CREATE TABLE settings (key TEXT NOT NULL UNIQUE, value JSONB NOT NULL DEFAULT '{}');
    INSERT INTO settings (key, value) VALUES ('app.root_url', '\"https://lists.example.kz\"');
    INSERT INTO campaigns (id, uuid, name, subject, body, content_type, status, tags, type, archive,
                           archive_slug, started_at) VALUES
        (1, '0b5b1f3e-2c2b-4a44-9d2f-0000000000c1', 'May', 'News of May, {{ .Subscriber.FirstName }}',
            '<p>Dear {{ .Subscriber.FirstName }},</p><p><img src=\"/uploads/may.png\" alt=\"May\"> <a href=\"{{ TrackLink \"https://may.example.kz/\" . }}\">May</a></p><p><a href=\"{{ UnsubscribeURL }}\">Unsubscribe</a></p>{{ TrackView }}',
            'richtext', 'finished', '{News, May}', 'regular', true, 'news-of-may', '2023-05-01 06:00:00Z'),
        (2, '0b5b1f3e-2c2b-4a44-9d2f-0000000000c2', 'June', 'June', '# June\n\nHot {{ if .Subscriber.Attribs.vip }}and dear{{ end }}.',
            'markdown', 'finished', NULL, 'regular', true, NULL, '2023-06-01 06:00:00Z'),
        (3, '0b5b1f3e-2c2b-4a44-9d2f-0000000000c3', 'Internal', 'Internal', 'For us.', 'plain', 'finished',
            '{}', 'regular', false, NULL, '2023-07-01 06:00:00Z'),
        (4, '0b5b1f3e-2c2b-4a44-9d2f-0000000000c4', 'Draft', 'Draft', 'x', 'plain', 'draft',
            '{}', 'regular', false, NULL, NULL),
        (5, '0b5b1f3e-2c2b-4a44-9d2f-0000000000c5', 'Opt-in', 'Opt-in', 'x', 'html', 'finished',
            '{}', 'optin', false, NULL, '2023-07-01 06:00:00Z');
    INSERT INTO lists (id, name, type, optin, description) VALUES
        (1, 'News', 'public', 'double', ''), (2, 'Trade & Visits', 'private', 'single', 'By mail.'),
        (3, 'Empty', 'public', 'single', '');
    INSERT INTO subscribers (id, email, name, attribs, status, created_at, updated_at) VALUES
        (1, 'Ainur@example.kz', 'Ainur', '{\"city\": \"Astana\", \"n\": 3}', 'enabled',
            '2021-01-01 00:00:00Z', '2021-01-01 00:00:00Z'),
        (2, 'waits@example.kz', '', '{}', 'enabled', '2021-01-02Z', '2021-01-02Z'),
        (3, 'left@example.kz', '', '{}', 'enabled', '2021-01-03Z', '2021-01-03Z'),
        (4, 'blocked@example.kz', '', '{}', 'blocklisted', '2021-01-04Z', '2022-01-04Z'),
        (5, 'bounced@example.kz', '', '{}', 'blocklisted', '2021-01-05Z', '2022-01-05Z'),
        (6, 'spam@example.kz', '', '{}', 'enabled', '2021-01-06Z', '2021-01-06Z'),
        (7, 'nowhere@example.kz', '', '{}', 'blocklisted', '2021-01-07Z', '2022-01-07Z'),
        (8, 'idle@example.kz', '', '{}', 'enabled', '2021-01-08Z', '2021-01-08Z'),
        (9, 'not an address', '', '{}', 'enabled', '2021-01-08Z', '2021-01-08Z');
    UPDATE subscribers SET uuid = '0b5b1f3e-2c2b-4a44-9d2f-2222222222aa' WHERE id = 1;
    INSERT INTO subscriber_lists (subscriber_id, list_id, meta, status, created_at, updated_at) VALUES
        (1, 1, '{\"optin_ip\": \"192.0.2.77\"}', 'confirmed', '2021-02-01Z', '2021-02-02Z'),
        (1, 2, '{}', 'unconfirmed', '2021-03-01Z', '2021-03-01Z'),
        (2, 1, '{}', 'unconfirmed', '2021-02-01Z', '2021-02-01Z'),
        (3, 1, '{}', 'unsubscribed', '2021-02-01Z', '2023-04-05Z'),
        (4, 1, '{}', 'confirmed', '2021-02-01Z', '2021-02-02Z'),
        (5, 1, '{}', 'confirmed', '2021-02-01Z', '2021-02-02Z'),
        (6, 1, '{}', 'confirmed', '2021-02-01Z', '2021-02-02Z'),
        (9, 1, '{}', 'confirmed', '2021-02-01Z', '2021-02-02Z');
    INSERT INTO bounces (subscriber_id, type, created_at) VALUES
        (1, 'soft', '2022-05-01Z'), (5, 'hard', '2022-05-05Z'), (6, 'complaint', '2022-05-06Z'),
        (6, 'hard', '2022-05-07Z');
";

/// A database of listmonk, and a connection to it as the import makes it.
async fn installation() -> (PostgresDatabase, Listmonk) {
    let database = database::postgres().await;
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    for text in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public", SCHEMA] {
        connection.execute(text).await.unwrap();
    }
    let source = Listmonk::open(&database.url).await.unwrap();
    (database, source)
}

async fn import(app: &TestApp, source: &mut Listmonk, list: &ListmonkList) -> Balance {
    let by = Actor::System;
    let target = match listmonk::known(&app.cx, list).await.unwrap() {
        Some(known) => known,
        None => listmonk::make(&app.cx, &by, list).await.unwrap(),
    };
    let (file, counts) = listmonk::members(source, list).await.unwrap();
    let system = Some(System::Listmonk);
    let id = upload::read(&app.cx, &by, &target.slug, "members.jsonl", file, system).await;
    let id = id.unwrap();
    let mapping = job::mapping(&job::by_id(&app.cx, id).await.unwrap().unwrap());
    job::check(&app.cx, &by, id, &mapping, false).await.unwrap();
    worker::complete(&app.cx, id, |_| ()).await.unwrap();
    job::start(&app.cx, &by, id).await.unwrap();
    let done = worker::complete(&app.cx, id, |_| ()).await.unwrap();
    assert_eq!(done.state, ImportState::Finished);
    let balance: Balance = serde_json::from_value(done.balance).unwrap();
    let rows: u64 = counts.values().sum();
    assert_eq!(balance.rows().unsigned_abs(), rows);
    assert_eq!(balance.rows(), list.members);
    balance
}

#[apply(on_both_databases)]
async fn lists_and_people_come_straight_from_its_database(app: TestApp) {
    let (_database, mut source) = installation().await;
    let lists = source.lists().await.unwrap();
    let names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
    assert_eq!(names, ["Empty", "News", "Trade & Visits"]);

    let done = import(&app, &mut source, &lists[1]).await;
    assert_eq!((done.rejected, done.total(Outcome::Added)), (1, 6));
    for (standing, count) in [
        (Standing::Confirmed, 1),
        (Standing::Pending, 1),
        (Standing::Unsubscribed, 1),
        (Standing::Blocked, 1),
        (Standing::Bounced, 1),
        (Standing::Complained, 1),
    ] {
        assert_eq!(done.in_file(standing), count, "{standing}");
    }
    import(&app, &mut source, &lists[2]).await;

    let ainur = app.subscriber("Ainur@example.kz").await;
    assert_eq!(ainur["attributes"], json!({ "city": "Astana", "n": 3 }));
    let path = format!("/subscribers/{}/personal-data", ainur["id"]);
    let data = app.api_get(&path).await;
    assert_eq!(data["since"], "2021-01-01T00:00:00Z");
    let consents = data["consents"].as_array().unwrap();
    let on = |list: &str| consents.iter().find(|one| one["list"] == list).unwrap();
    assert_eq!(on("news")["at"], "2021-02-02T00:00:00Z");
    assert_eq!(on("news")["network"], "192.0.2.0/24");
    assert_eq!(on("trade-visits")["at"], "2021-03-01T00:00:00Z");
    let reason = on("trade-visits")["reason"].as_str().unwrap();
    assert!(reason.contains("single opt-in, not confirmed"), "{reason}");
    for (email, list, state) in [
        ("ainur@example.kz", "news", "confirmed"),
        ("ainur@example.kz", "trade-visits", "confirmed"),
        ("waits@example.kz", "news", "pending"),
        ("left@example.kz", "news", "unsubscribed"),
        ("blocked@example.kz", "news", "unsubscribed"),
        ("bounced@example.kz", "news", "unsubscribed"),
        ("spam@example.kz", "news", "unsubscribed"),
    ] {
        let found = app.subscription(email, list).await;
        assert_eq!(found.as_deref(), Some(state), "{email} {list}");
    }
    let all = app.api_get("/lists").await;
    let made = all["items"].as_array().unwrap().iter();
    let made = made
        .clone()
        .find(|list| list["slug"] == "trade-visits")
        .unwrap();
    assert_eq!(
        (&made["name"], &made["visibility"], &made["opt_in"]),
        (
            &json!("Trade & Visits"),
            &json!("private"),
            &json!("single")
        )
    );

    let (file, count) = listmonk::suppressions(&mut source).await.unwrap();
    assert_eq!((count, source.on_no_list().await.unwrap()), (1, 2));
    suppression_file::import(&app.cx, &Actor::System, "listmonk", file)
        .await
        .unwrap();
    let suppressed = app.api_get("/suppressions").await;
    let suppressed = suppressed["items"].as_array().unwrap();
    let mut found: Vec<(&str, &str)> = suppressed
        .iter()
        .map(|one| {
            (
                one["email"].as_str().unwrap(),
                one["reason"].as_str().unwrap(),
            )
        })
        .collect();
    found.sort();
    let expected = [
        ("blocked@example.kz", "manual"),
        ("bounced@example.kz", "hard_bounce"),
        ("nowhere@example.kz", "manual"),
        ("spam@example.kz", "complaint"),
    ];
    assert_eq!(found, expected);
    let spam = suppressed
        .iter()
        .find(|one| one["email"] == "spam@example.kz");
    assert_eq!(spam.unwrap()["created_at"], "2022-05-06T00:00:00Z");
    assert!(app.subscriber("idle@example.kz").await.is_null());
}

#[tokio::test]
async fn what_is_no_database_of_listmonk_is_an_error() {
    let ours = database::postgres().await;
    let mut source = Listmonk::open(&ours.url).await.unwrap();
    assert!(source.lists().await.is_err());
    assert!(Listmonk::open("mysql://localhost/x").await.is_err());
    assert!(Listmonk::open(&format!("{}_none", ours.url)).await.is_err());
}

#[apply(on_both_databases)]
async fn links_in_emails_of_listmonk_go_on_working(app: TestApp) {
    let (_database, mut source) = installation().await;
    let lists = source.lists().await.unwrap();
    import(&app, &mut source, &lists[1]).await;
    let campaign = "0b5b1f3e-2c2b-4a44-9d2f-0000000000c1";
    let reader = "0b5b1f3e-2c2b-4a44-9d2f-2222222222aa";
    let path = format!("/subscription/{campaign}/{reader}");
    assert_eq!(app.get(&path).await.status(), 200);
    let answer = app.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(answer.text().await.unwrap(), "unsubscribed\n");
    let state = app.subscription("ainur@example.kz", "news").await;
    assert_eq!(state.as_deref(), Some("unsubscribed"));
}

async fn import_campaigns(app: &TestApp, source: &mut Listmonk, which: Campaigns) -> PostBalance {
    let options = post_import::listmonk::with_root_url(source, Options::default()).await;
    let now = app.cx.clock.now();
    let found = post_import::listmonk::read(source, which, now).await;
    let run = Run {
        is_dry: false,
        since: now,
    };
    let (found, options) = (found.unwrap(), options.unwrap());
    post_import::run::run(&app.cx, &Actor::System, found, &options, run, &mut |_| ())
        .await
        .unwrap()
}

#[apply(on_both_databases)]
async fn campaigns_of_the_archive_become_posts(app: TestApp) {
    let (_database, mut source) = installation().await;
    let done = import_campaigns(&app, &mut source, Campaigns::Archived).await;
    assert_eq!((done.found, done.published, done.drafts), (2, 1, 1));
    assert_eq!(done.drafts_because["mixed_audience"], 1);
    assert_eq!(done.pictures.hosts["lists.example.kz"], 1);
    let may = app.api_get("/posts/news-of-may").await;
    assert_eq!(may["published_at"], "2023-05-01T06:00:00Z");
    assert_eq!(may["category"], "News");
    let text = &may["variants"][0];
    assert_eq!(text["title"], "News of May,");
    let text = text["body_markdown"].as_str().unwrap();
    assert!(text.starts_with("Dear,"), "{text}");
    assert!(text.contains("![May](https://lists.example.kz/uploads/may.png)"));
    assert!(text.contains("[May](https://may.example.kz/)"), "{text}");
    assert!(
        !text.contains("Unsubscribe") && !text.contains("{{"),
        "{text}"
    );
    for path in [
        "/archive/news-of-may",
        "/archive/0b5b1f3e-2c2b-4a44-9d2f-0000000000c1",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status(), 301, "{path}");
        assert_eq!(answer.headers()["location"], "/posts/news-of-may");
    }
    let all = import_campaigns(&app, &mut source, Campaigns::Finished).await;
    assert_eq!((all.known, all.drafts, all.found), (2, 1, 3));
    assert_eq!(all.drafts_because["not_public"], 1);
}

/// Runs `jarshy import-listmonk` for the list News; gives whether it succeeded, and what it
/// printed.
fn run_command(folder: &Path, database_url: &str, source: &str, flags: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jarshy"))
        .current_dir(folder)
        .env_clear()
        .env("JARSHY_DATABASE_URL", database_url)
        .env("JARSHY_SECRET_KEY", "0123456789abcdef".repeat(4))
        .args(["import-listmonk", source, "--list", "News"])
        .args(flags)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

#[tokio::test]
async fn the_command_asks_pending_people_to_confirm_for_a_reason() {
    let (installation, _source) = installation().await;
    let postgres = database::postgres().await;
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}", folder.path().join("news.db").display());
    for database_url in [&sqlite, &postgres.url] {
        let run =
            |flags: &[&str]| run_command(folder.path(), database_url, &installation.url, flags);
        let (is_done, printed) = run(&["--ask-to-confirm"]);
        assert!(!is_done, "{printed}");
        assert!(printed.contains("the reason is kept"), "{printed}");
        let reason = "signed up in listmonk";
        let (is_done, printed) = run(&["--ask-to-confirm", "--reason", reason]);
        assert!(is_done, "{printed}");
        let asked = "asked by email to confirm, at most 20 a minute: 1\n";
        assert!(printed.contains(asked), "{printed}");
        // Once: they are known by now.
        let (is_done, printed) = run(&["--ask-to-confirm", "--reason", reason]);
        assert!(is_done, "{printed}");
        assert!(!printed.contains("asked by email"), "{printed}");
    }
}
