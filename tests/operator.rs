//! What an operator does and meets: commands, exit codes, configuration
//! mistakes, restarts, a full disk.

mod support;

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Demo, Folder, JARSHY, jarshy, printed, run};

#[test]
fn exit_codes_and_error_lines() {
    let folder = Folder::new();
    assert_eq!(run(&folder.0, &["--nonsense"]).status.code(), Some(2));
    assert_eq!(
        run(&folder.0, &["user", "add", "no-address", "--role", "owner"])
            .status
            .code(),
        Some(2)
    );

    std::fs::write(
        folder.path("jarshy.toml"),
        "smpt_url = 'smtp://127.0.0.1'\n",
    )
    .unwrap();
    let failed = run(&folder.0, &["migrate"]);
    assert_eq!(failed.status.code(), Some(1));
    let line = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(
        line,
        "jarshy: configuration: smpt_url in jarshy.toml is unknown\n"
    );
    std::fs::remove_file(folder.path("jarshy.toml")).unwrap();

    // Others set variables too: what means nothing is warned of, save for what
    // Kubernetes sets for every service.
    let variable = jarshy(&folder.0)
        .env("JARSHY_SMPT_URL", "x")
        .env("JARSHY_PORT", "tcp://10.0.0.1:8080")
        .env("JARSHY_SERVICE_HOST", "10.0.0.1")
        .env("JARSHY_PORT_8080_TCP_ADDR", "10.0.0.1")
        .env("JARSHY_TRUSTED_PROXIES", "10.0.0.0/8")
        .arg("migrate")
        .output()
        .unwrap();
    assert_eq!(variable.status.code(), Some(0));
    let warnings = String::from_utf8(variable.stderr).unwrap();
    assert_eq!(warnings.lines().count(), 1, "{warnings}");
    assert!(warnings.contains("JARSHY_SMPT_URL"), "{warnings}");
    let place = jarshy(&folder.0)
        .env("JARSHY_PUBLIC_URL", "https://www.example.org/posts")
        .arg("migrate")
        .output()
        .unwrap();
    assert_eq!(place.status.code(), Some(1));
    let foreign = run(
        &folder.0,
        &["migrate", "--database-url", "mysql://localhost/x"],
    );
    assert_eq!(foreign.status.code(), Some(1));
    assert!(
        String::from_utf8(foreign.stderr)
            .unwrap()
            .contains("sqlite:// or postgres://")
    );
}

#[test]
fn backups_and_restores_from_the_command_line() {
    let folder = Folder::new();
    let here = &folder.0;
    printed(here, &["user", "add", "o@example.org", "--role", "owner"]);
    std::fs::create_dir(folder.path("backups")).unwrap();
    let made = printed(here, &["backup", "backups"]);
    assert!(made.contains("Copied to backups/jarshy-2"), "{made}");
    assert!(made.contains("The secret key is not in it"), "{made}");
    let passphrase = folder.path("passphrase");
    std::fs::write(&passphrase, "correct horse battery staple\n").unwrap();
    let with_passphrase = |arguments: &[&str]| {
        jarshy(here)
            .env("JARSHY_BACKUP_PASSPHRASE_FILE", &passphrase)
            .args(arguments)
            .output()
            .unwrap()
    };
    let made = with_passphrase(&["backup", "all.age"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");

    let elsewhere = ["--database-url", "sqlite://elsewhere.db"];
    let refused = run(here, &["restore", "all.age", elsewhere[0], elsewhere[1]]);
    assert_eq!(refused.status.code(), Some(1));
    let line = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(
        line,
        "jarshy: all.age is encrypted; set JARSHY_BACKUP_PASSPHRASE or JARSHY_BACKUP_PASSPHRASE_FILE\n"
    );
    assert!(!folder.path("elsewhere.db").exists());
    let done = with_passphrase(&["restore", "all.age", elsewhere[0], elsewhere[1]]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(
        text.contains("The secret key of the backup is in elsewhere.key"),
        "{text}"
    );
    assert_eq!(
        std::fs::read(folder.path("elsewhere.key")).unwrap(),
        std::fs::read(folder.path("jarshy.key")).unwrap()
    );
    let again = with_passphrase(&["restore", "all.age", elsewhere[0], elsewhere[1]]);
    assert_eq!(again.status.code(), Some(1), "nothing is overwritten");
    let token = ["token", "add", "o@example.org", "--scope", "all"];
    let token = printed(here, &[&token[..], &elsewhere[..]].concat());
    assert!(token.starts_with("jarshy_"));
}

#[test]
fn a_probe_asks_the_running_server() {
    let folder = Folder::new();
    let none = run(&folder.0, &["health", "--listen", "127.0.0.1:1"]);
    assert_eq!(none.status.code(), Some(1));
    let line = String::from_utf8(none.stderr).unwrap();
    assert!(
        line.starts_with("jarshy: not ready: no answer from 127.0.0.1:1"),
        "{line}"
    );
    assert_eq!(line.lines().count(), 1);
    assert!(!folder.path("jarshy.db").exists(), "a probe makes nothing");

    let demo = Demo::start(None);
    let address = demo.url.trim_start_matches("http://").to_owned();
    let ready = jarshy(&folder.0)
        .env("JARSHY_LISTEN", &address)
        // A proxy of the environment is for what leaves the machine.
        .env("http_proxy", "http://127.0.0.1:1")
        .arg("health")
        .output()
        .unwrap();
    assert_eq!(ready.status.code(), Some(0), "{ready:?}");
    assert_eq!(String::from_utf8(ready.stdout).unwrap(), "ready\n");
    let wrong = run(&folder.0, &["health", "--listen", "nowhere"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn the_doctor_changes_nothing_and_finds_what_is_missing() {
    let folder = Folder::new();
    let here = &folder.0;
    let none = run(here, &["doctor", "--json"]);
    assert_eq!(none.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&none.stdout).unwrap();
    let found = |check: &str| {
        let findings = report["findings"].as_array().unwrap();
        let one = findings.iter().find(|finding| finding["check"] == check);
        one.unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(found("database"), "error");
    assert_eq!(found("integrity"), "not_checked");
    assert!(!folder.path("jarshy.db").exists());
    assert!(!folder.path("jarshy.key").exists());

    printed(here, &["migrate"]);
    let text = run(here, &["doctor"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("database       ok          SQLite 3."),
        "{text}"
    );
    assert!(text.contains("no relay is configured"), "{text}");
    assert!(text.contains("tasks          not checked"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(folder.path("jarshy.key"), open).unwrap();
        let text = String::from_utf8(run(here, &["doctor"]).stdout).unwrap();
        assert!(
            text.contains("other users of this machine can read"),
            "{text}"
        );
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let folder = Folder::new();
    let mut child = jarshy(&folder.0)
        .arg("openapi")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The document is larger than any pipe, so that writing meets the closed end.
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
}

#[test]
fn users_lists_and_backups_from_the_command_line() {
    let folder = Folder::new();
    let here = &folder.0;
    assert!(printed(here, &["migrate"]).contains("up to date"));
    let link = printed(here, &["user", "add", "o@example.org", "--role", "owner"]);
    assert!(
        link.starts_with("http://127.0.0.1:8080/admin/sign-in/"),
        "{link}"
    );
    let token = printed(here, &["token", "add", "o@example.org", "--scope", "all"]);
    assert_eq!(token.lines().count(), 1);
    assert!(token.starts_with("jarshy_"));
    let stranger = run(here, &["token", "add", "x@example.org", "--scope", "all"]);
    assert_eq!(stranger.status.code(), Some(1));

    let keys = printed(
        here,
        &["dkim-key", "--selector", "s1", "--domain", "example.org"],
    );
    assert!(
        keys.contains("s1._domainkey.example.org. IN TXT \"v=DKIM1; k=rsa; p="),
        "{keys}"
    );
    assert!(keys.contains("k=ed25519"));
    let again = run(
        here,
        &["dkim-key", "--selector", "s1", "--domain", "example.org"],
    );
    assert_eq!(again.status.code(), Some(1));

    printed(here, &["backup", "copy.db"]);
    assert_eq!(
        run(here, &["backup", "copy.db"]).status.code(),
        Some(1),
        "nothing is overwritten"
    );
    let from_copy = printed(
        here,
        &[
            "token",
            "add",
            "o@example.org",
            "--scope",
            "read",
            "--database-url",
            "sqlite://copy.db",
        ],
    );
    assert!(from_copy.starts_with("jarshy_"));
    let document: Value = serde_json::from_str(&printed(here, &["openapi"])).unwrap();
    assert_eq!(document["info"]["title"], "Jarshy");
}

#[test]
fn an_installation_is_set_up_by_a_script() {
    let folder = Folder::new();
    let here = &folder.0;
    let wrong = run(
        here,
        &[
            "setup",
            "--non-interactive",
            "--owner",
            "o@example.org",
            "--time-zone",
            "Mars",
        ],
    );
    assert_eq!(wrong.status.code(), Some(1));
    let error = String::from_utf8(wrong.stderr).unwrap();
    assert!(
        error.contains("time_zone: ") && error.lines().count() == 1,
        "{error}"
    );
    // Nothing was made by halves.
    assert!(printed(here, &["settings", "show"]).contains("time_zone = UTC  # default"));
    let link = printed(
        here,
        &[
            "setup",
            "--non-interactive",
            "--owner",
            "o@example.org",
            "--organisation",
            "Example",
            "--language",
            "ru",
            "--time-zone",
            "Asia/Almaty",
            "--public-url",
            "https://news.example.org",
            "--from",
            "Example <news@example.org>",
            "--smtp-url",
            "smtp://me:s3cret@relay.example.org:587?rate=5",
            "--list",
            "news",
        ],
    );
    assert!(
        link.starts_with("https://news.example.org/admin/sign-in/"),
        "{link}"
    );
    assert_eq!(link.lines().count(), 1);
    let again = run(
        here,
        &["setup", "--non-interactive", "--owner", "x@example.org"],
    );
    assert_eq!(again.status.code(), Some(1), "there is an owner");
    let shown = printed(here, &["settings", "show"]);
    assert!(
        shown.contains("time_zone = Asia/Almaty  # admin pages"),
        "{shown}"
    );
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(printed(here, &["export", "--list", "news"]).starts_with("email"));

    // What was exported starts another installation with the same settings.
    let open = printed(here, &["settings", "export"]);
    assert!(
        !open.contains("s3cret") && open.contains("# smtp_url is set"),
        "{open}"
    );
    let whole = printed(here, &["settings", "export", "--secrets"]);
    let other = Folder::new();
    std::fs::write(other.path("jarshy.toml"), &whole).unwrap();
    assert_eq!(
        printed(&other.0, &["settings", "export", "--secrets"]),
        whole
    );
    let shown = printed(&other.0, &["settings", "show"]);
    assert!(
        shown.contains("time_zone = Asia/Almaty  # set in jarshy.toml"),
        "{shown}"
    );
    let fixed = run(&other.0, &["settings", "set", "time_zone", "UTC"]);
    let error = String::from_utf8(fixed.stderr).unwrap();
    assert!(error.contains("set in jarshy.toml"), "{error}");
    printed(here, &["settings", "set", "time_zone", "Europe/Riga"]);
    assert!(printed(here, &["settings", "show"]).contains("time_zone = Europe/Riga"));
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let folder = Folder::new();
    printed(&folder.0, &["migrate"]);
    let file = folder.path("jarshy.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', TRUE, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let refused = run(&folder.0, &["serve"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("newer schema")
    );
}

#[tokio::test]
async fn a_schema_from_before_the_first_release_is_refused() {
    let folder = Folder::new();
    printed(&folder.0, &["migrate"]);
    let file = folder.path("jarshy.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    for statement in [
        "UPDATE _sqlx_migrations SET description = 'schema', checksum = x'00' WHERE version = 1",
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (40, 'paused at', TRUE, x'00', 0)",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let refused = run(&folder.0, &["serve"]);
    assert_eq!(refused.status.code(), Some(1));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.contains("before its first release"), "{message}");
    assert!(message.contains("start with a new database"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribers_are_imported_and_exported() {
    let demo = Demo::start(None);
    let database = format!("sqlite://{}", demo.folder.path("demo/jarshy.db").display());
    let csv = "Where,Full name,language,city\na@example.org,Anna,ru,Алматы\nnonsense,,,\nA@example.org,Anna,ru,\n\"b@example.org\",=cmd(),,\n";
    std::fs::write(demo.folder.path("people.csv"), csv).unwrap();
    let import = |columns: &[&str]| {
        let mut arguments = vec![
            "import",
            "people.csv",
            "--list",
            "press",
            "--database-url",
            &database,
        ];
        arguments.extend(columns);
        run(&demo.folder.0, &arguments)
    };
    let lost = import(&[]);
    assert_eq!(lost.status.code(), Some(1));
    assert!(
        String::from_utf8(lost.stderr)
            .unwrap()
            .contains("Where, Full name, language, city")
    );
    let done = import(&["--column", "email=Where", "--column", "name=Full name"]);
    assert_eq!(
        String::from_utf8(done.stdout).unwrap(),
        "added 2, already there 1, rejected 1\n"
    );
    assert!(
        String::from_utf8(done.stderr)
            .unwrap()
            .contains("line 3: \"nonsense\"")
    );
    let again = import(&["--column", "email=Where", "--column", "name=Full name"]);
    assert_eq!(
        String::from_utf8(again.stdout).unwrap(),
        "added 0, already there 3, rejected 1\n"
    );

    let export = |format: &str| {
        printed(
            &demo.folder.0,
            &[
                "export",
                "--list",
                "press",
                "--format",
                format,
                "--database-url",
                &database,
            ],
        )
    };
    let sheet = export("csv");
    assert!(sheet.starts_with(
        "email,name,language,state,since,attributes,frequency,paused_until,tags,suppressed\n"
    ));
    assert!(sheet.contains("a@example.org,Anna,ru,confirmed,"));
    assert!(
        sheet.contains("'=cmd()"),
        "no formula reaches a spreadsheet"
    );
    let lines = export("jsonl");
    let first: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(first["email"], "b@example.org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_is_scheduled_from_the_command_line() {
    let demo = Demo::start(None);
    let database = format!("sqlite://{}", demo.folder.path("demo/jarshy.db").display());
    let client = reqwest::Client::new();
    let token = demo.token(None);
    let call = |method: &str, path: &str| {
        let url = format!("{}/api/v1{path}", demo.url);
        client
            .request(method.parse().unwrap(), url)
            .bearer_auth(&token)
    };
    let json = async |request: reqwest::RequestBuilder| -> Value {
        request.send().await.unwrap().json().await.unwrap()
    };
    let posts = json(call("GET", "/posts")).await;
    let post = &posts["items"][0]["slug"];
    let body = json!({ "subject": "Later", "post": post, "lists": ["press"] });
    let made = json(call("POST", "/campaigns").json(&body)).await;
    let id = made["id"].as_i64().unwrap().to_string();
    let send = |at: &str| {
        let arguments = ["send", &id, "--at", at, "--database-url", &database];
        let mut command = jarshy(&demo.folder.0);
        let done = command
            .env("JARSHY_TIME_ZONE", "Asia/Almaty")
            .env("JARSHY_FROM", "news@example.org")
            .env("JARSHY_SMTP_URL", "smtp://127.0.0.1:1?tls=none")
            .args(arguments)
            .output()
            .unwrap();
        let errors = String::from_utf8(done.stderr).unwrap();
        (done.status.code(), errors)
    };
    for wrong in ["tomorrow", "2099-01-31", "2099-02-30T09:00", ""] {
        let (code, errors) = send(wrong);
        assert_eq!(code, Some(2), "{wrong:?}: {errors}");
    }
    for past in ["2020-01-31T09:00:00Z", "2020-01-31T09:00"] {
        let (code, errors) = send(past);
        assert_eq!(code, Some(1), "{past}: {errors}");
        assert!(errors.contains("that time has passed"), "{errors}");
        assert_eq!(errors.lines().count(), 1, "{errors}");
    }
    let path = format!("/campaigns/{id}");
    assert_eq!(json(call("GET", &path)).await["state"], "draft");
    let (code, errors) = send("2099-01-31T09:00");
    assert_eq!(code, Some(0), "{errors}");
    let campaign = json(call("GET", &path)).await;
    assert_eq!(campaign["state"], "scheduled", "{campaign}");
    assert_eq!(campaign["scheduled_at"], "2099-01-31T04:00:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_of_the_demo_keeps_the_data() {
    let demo = Demo::start(None);
    let join = json!({ "email": "kept@example.org" });
    let client = reqwest::Client::new();
    client
        .post(format!("{}/api/v1/join", demo.url))
        .json(&join)
        .send()
        .await
        .unwrap();
    let mails = demo.mails("confirm", 1).await.len();
    let (folder, took) = demo.stop();
    assert!(took < Duration::from_secs(12), "{took:?}");

    let mut command = jarshy(&folder.0);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
    let again = Demo::spawn(command, folder);
    assert_eq!(again.mails("confirm", mails).await.len(), mails);
    let token = again.token(None);
    let found: Value = client
        .get(format!(
            "{}/api/v1/subscribers?q=kept@example.org",
            again.url
        ))
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

/// What was stored before there were bounds, or past them.
#[tokio::test(flavor = "multi_thread")]
async fn a_campaign_that_crashes_rendering_stays_failed_after_restarts() {
    let demo = Demo::start(None);
    let token = demo.token(None);
    let client = reqwest::Client::new();
    let call = |method: &str, url: String, body: Option<Value>| {
        let request = client.request(method.parse().unwrap(), url);
        let request = request.bearer_auth(&token);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        async move {
            let answer = request.send().await.unwrap();
            assert!(answer.status().is_success(), "{answer:?}");
            let text = answer.text().await.unwrap();
            serde_json::from_str::<Value>(&text).unwrap_or_default()
        }
    };
    let api = |url: &str, path: &str| format!("{url}/api/v1{path}");
    let reader = json!({ "email": "r@example.org", "lists": ["press"], "status": "confirmed" });
    call("POST", api(&demo.url, "/subscribers"), Some(reader)).await;
    let mjml = "<mjml><mj-body><mj-section><mj-column><mj-text>\
        <a href=\"{{ unsubscribe_url }}\">leave</a></mj-text></mj-column></mj-section></mj-body></mjml>";
    let bombs = [
        ("markdown", ">".repeat(200_000)),
        ("markdown", "<b>".repeat(6_000)),
        ("markdown", format!("{{{{ {}1 }}}}", "not ".repeat(20_000))),
        (
            "mjml",
            mjml.replace(
                "<a",
                &format!("<!-- > -->{}<a", "<mj-section>".repeat(5_000)),
            ),
        ),
        ("mjml", mjml.replace("leave", &"<p>цена > 5".repeat(20_000))),
    ];
    let mut ids = Vec::new();
    for (kind, _) in bombs.iter().chain([&("good", String::new())]) {
        let (kind, body) = match *kind {
            "mjml" => ("mjml", mjml),
            _ => ("markdown", "text"),
        };
        let campaign = json!({ "subject": format!("Campaign {}", ids.len()), "lists": ["press"],
            kind: [{ "language": "en", "title": "T", "preheader": "", "body": body }] });
        let made = call("POST", api(&demo.url, "/campaigns"), Some(campaign)).await;
        let id = made["id"].as_i64().unwrap();
        let at = json!({ "at": "2099-01-01T00:00:00Z" });
        let path = format!("/campaigns/{id}/schedule");
        call("POST", api(&demo.url, &path), Some(at)).await;
        ids.push(id);
    }
    let good = ids.pop().unwrap();
    let (mut folder, _) = demo.stop();
    for run in 0..5 {
        let file = folder.path("demo/jarshy.db");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        for (id, (_, body)) in ids.iter().zip(&bombs) {
            sqlx::query("UPDATE campaign_texts SET body = $2 WHERE campaign_id = $1")
                .bind(id)
                .bind(body)
                .execute(&pool)
                .await
                .unwrap();
            sqlx::query("UPDATE campaigns SET state = 'scheduled', scheduled_at = 0 WHERE id = $1")
                .bind(id)
                .execute(&pool)
                .await
                .unwrap();
        }
        if run == 0 {
            sqlx::query("UPDATE campaigns SET scheduled_at = 0 WHERE id = $1")
                .bind(good)
                .execute(&pool)
                .await
                .unwrap();
        }
        pool.close().await;
        let mut command = jarshy(&folder.0);
        command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
        let demo = Demo::spawn(command, folder);
        for (id, wanted) in ids
            .iter()
            .map(|id| (*id, "failed_to_start"))
            .chain([(good, "finished")])
        {
            let began = std::time::Instant::now();
            loop {
                let path = format!("/campaigns/{id}");
                let campaign = call("GET", api(&demo.url, &path), None).await;
                if campaign["state"] == wanted {
                    break;
                }
                assert!(began.elapsed() < Duration::from_secs(60), "{campaign}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        let ready = client.get(format!("{}/health/ready", demo.url));
        assert!(ready.send().await.unwrap().status().is_success());
        let sent = demo.mails("Campaign 5", 1).await;
        let readers: BTreeSet<String> = sent
            .iter()
            .map(|mail| mail["rcpt_to"].to_string())
            .collect();
        assert_eq!(sent.len(), readers.len(), "nobody gets it twice");
        (folder, _) = demo.stop();
    }
}

#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = Folder::new();
    let failed = run(&folder.0, &["serve", "--listen", &address]);
    assert_eq!(failed.status.code(), Some(1));
    let line = String::from_utf8(failed.stderr).unwrap();
    assert!(
        line.contains(&address) && line.contains("--listen"),
        "{line}"
    );
}

/// The disk is 'full' where files may not grow further: the shell sets the
/// limit, and a write over it fails as a write to a full disk does.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_reported_and_loses_nothing() {
    let demo = Demo::start(None);
    let (folder, _) = demo.stop();
    let size = std::fs::metadata(folder.path("demo/jarshy.db"))
        .unwrap()
        .len();
    let blocks = size / 1024 + 200;
    let mut command = Command::new("bash");
    command
        .current_dir(&folder.0)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap());
    command.arg("-c").arg(format!(
        "trap '' XFSZ; ulimit -f {blocks}; exec {JARSHY} demo --listen 127.0.0.1:0 --data demo --log off"
    ));
    let full = Demo::spawn(command, folder);
    let token = full.token(None);
    let client = reqwest::Client::new();
    let post = |n: usize| {
        let body = json!({
            "slug": format!("p{n}"), "title": "P", "body_markdown": "слово ".repeat(9_000),
        });
        client
            .post(format!("{}/api/v1/posts", full.url))
            .bearer_auth(&token)
            .json(&body)
            .send()
    };
    let mut kept = 0;
    let refusal = loop {
        let answer = post(kept).await.unwrap();
        if !answer.status().is_success() {
            break answer;
        }
        kept += 1;
        assert!(kept < 500, "the limit was never met");
    };
    assert_eq!(refusal.status().as_u16(), 503);
    let problem: Value = refusal.json().await.unwrap();
    assert!(
        !problem.to_string().to_lowercase().contains("sqlite"),
        "{problem}"
    );
    let alive = client
        .get(format!("{}/health/live", full.url))
        .send()
        .await
        .unwrap();
    assert!(alive.status().is_success());
    let page = client.get(format!("{}/", full.url)).send().await.unwrap();
    assert!(page.status().is_success(), "pages are still read");

    let (folder, _) = full.stop();
    let mut command = jarshy(&folder.0);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data", "demo"]);
    let roomy = Demo::spawn(command, folder);
    for n in 0..kept {
        let url = format!("{}/api/v1/posts/p{n}", roomy.url);
        let found = client.get(url).bearer_auth(&token).send().await.unwrap();
        assert!(found.status().is_success(), "post {n} was promised");
    }
}
