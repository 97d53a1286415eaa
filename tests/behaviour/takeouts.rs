//! A takeout holds everything but secrets, gives the same installation again on either
//! database, sends nothing, and a hostile one changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jarshy::app;
use jarshy::campaign::lifecycle;
use jarshy::config::Config;
use jarshy::context::Context;
use jarshy::model::CampaignId;
use jarshy::model::audit::Actor;
use jarshy::model::campaign::CampaignState;
use jarshy::store::takeout;
use jarshy::takeout::import::Imported;
use jarshy::takeout::{TakeoutError, export, import};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};
use sqlx::Connection as _;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{PATIENCE, TestApp, database, on_both_databases};

type Entries = BTreeMap<String, Vec<u8>>;

async fn taken_out(cx: &Context, file: &Path) -> Entries {
    let by = Actor::CommandLine;
    export::to_file(cx, &by, file, |_| ()).await.unwrap();
    entries(&std::fs::read(file).unwrap())
}

fn entries(archive: &[u8]) -> Entries {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut found = Entries::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        found.insert(name, content);
    }
    found
}

fn archive(entries: &Entries) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

async fn read_in(cx: &Context, file: &Path) -> Result<Imported, TakeoutError> {
    import::import(cx, &Actor::CommandLine, file, &mut |_, _| {}).await
}

/// Another installation with the same secret key.
async fn another(app: &TestApp, database_url: &str) -> Context {
    let config = Config {
        database_url: database_url.to_owned(),
        ..(*app.cx.config()).clone()
    };
    app::open(config).await.unwrap()
}

fn file_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

fn text(entries: &Entries, name: &str) -> String {
    String::from_utf8(entries[name].clone()).unwrap()
}

/// Without the entries of taking it out and reading it in.
fn own_log(entries: &Entries) -> Vec<String> {
    let log = text(entries, "audit_log.jsonl");
    let lines = log
        .lines()
        .filter(|line| !line.contains("\"takeout."))
        .map(str::to_owned);
    lines.collect()
}

fn manifest(entries: &Entries) -> Value {
    let mut manifest: Value = serde_json::from_slice(&entries["manifest.json"]).unwrap();
    let fields = manifest.as_object_mut().unwrap();
    fields.remove("made_at");
    fields["counts"]
        .as_object_mut()
        .unwrap()
        .remove("audit_log");
    manifest
}

fn assert_same(first: &Entries, second: &Entries) {
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (name, content) in first {
        match name.as_str() {
            "manifest.json" => assert_eq!(manifest(first), manifest(second)),
            "audit_log.jsonl" => assert_eq!(own_log(first), own_log(second)),
            name if name.ends_with(".jsonl") => {
                assert_eq!(text(first, name), text(second, name), "{name}");
            }
            _ => assert_eq!(content, &second[name], "{name}"),
        }
    }
}

/// An installation in which everything that a takeout holds is there at least once.
async fn fill(app: &TestApp) {
    let campaign = app
        .send_to(&["a@example.kz", "Bolat.K@example.kz", "c@example.kz"])
        .await;
    app.campaign_in_state(campaign, "finished").await;
    app.create_list("press", "single").await;
    let person = json!({ "email": "odd@example.kz", "name": "'=2+2 \u{1f980}", "language": "kk",
        "lists": ["news", "press"], "status": "confirmed", "tags": ["Ä b", "=tag"],
        "attributes": { "z": 1.5, "a": "\ttab\n\"quote\"", "big": 1e22, "large": 1e17, "n": null,
            "deep": { "y": [1, { "x": -0.0 }] }, "id": "007 " } });
    app.api_post("/subscribers", person).await;
    app.join("pending@example.kz").await;
    app.mail_to("pending@example.kz").await;
    let left = app.subscriber("c@example.kz").await["id"].clone();
    let body = json!({ "subscriber": left, "list": "news", "state": "unsubscribed" });
    app.api_post("/subscriptions", body).await;
    for (email, reason) in [
        ("a@example.kz", "hard_bounce"),
        ("a@example.kz", "complaint"),
        ("@blocked.example", "manual"),
    ] {
        let body = json!({ "email": email, "reason": reason, "note": "=said so" });
        app.api_post("/suppressions", body).await;
    }
    let gone = app.subscribe("erased@example.kz", "news").await;
    let erased = app.api("DELETE", &format!("/subscribers/{gone}"));
    assert!(erased.send().await.unwrap().status().is_success());
    let rule = json!({ "match": "all",
        "conditions": [{ "about": "attribute_is", "key": "id", "value": "007" }] });
    let segment = json!({ "name": "Odd ones", "rule": rule });
    let made = app.api("POST", "/segments").json(&segment).send().await;
    let made = made.unwrap();
    assert!(made.status().is_success(), "{}", made.text().await.unwrap());

    let owner = AdminClient::owner(app).await;
    let picture = crate::admin_media::png(7);
    owner
        .upload(
            "/admin/media",
            &[("title-en", "A gate")],
            "gate.png",
            &picture,
        )
        .await;
    let photograph = crate::admin_media::photograph();
    owner
        .upload("/admin/media", &[], "big.jpg", &photograph)
        .await;
    let event = json!({ "slug": "nauryz", "starts_at": "2026-03-21T10:00:00Z",
        "ends_at": "2026-03-21T12:00:00Z", "title": "Nauryz",
        "place": "Park", "description": "Come" });
    let made = app
        .api("POST", "/events")
        .json(&event)
        .send()
        .await
        .unwrap();
    assert!(made.status().is_success(), "{}", made.text().await.unwrap());
    // In the trash, too: a post, and two files by the name of one that is not there.
    app.create_post("gone", "Gone", "Text").await;
    let gone = app.api("DELETE", "/posts/gone").send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    for shade in [8, 9, 10] {
        let content = crate::admin_media::png(shade);
        owner
            .upload("/admin/media", &[], "same.png", &content)
            .await;
        if shade < 10 {
            let gone = app.api("DELETE", "/media/same.png").send().await.unwrap();
            assert_eq!(gone.status(), StatusCode::NO_CONTENT);
        }
    }
    let change = json!({ "tags": ["Gates", "2026"], "shown": true });
    let changed = app.api("PATCH", "/media/same.png").json(&change).send();
    assert_eq!(changed.await.unwrap().status(), StatusCode::OK);
    let change = json!({ "picture": "same.png", "published": false });
    let changed = app.api("PATCH", "/events/nauryz").json(&change).send();
    assert_eq!(changed.await.unwrap().status(), StatusCode::OK);
    let draft = app.create_campaign("elections", "A draft", "press").await;
    assert!(draft > campaign);

    for (name, value) in [
        ("soft_bounce_limit", json!(9)),
        ("public_url", json!("https://news.example")),
        ("postmark_secret", json!("s3cret-of-postmark")),
    ] {
        let change = json!({ "settings": { name: value } });
        let changed = app.api("PATCH", "/settings").json(&change).send().await;
        assert_eq!(changed.unwrap().status(), StatusCode::OK, "{name}");
    }
    let webhook = json!({ "url": "https://hook.example/x", "events": ["subscriber.confirmed"] });
    app.api("POST", "/webhooks")
        .json(&webhook)
        .send()
        .await
        .unwrap();

    // What takes weeks or an attacker to come by itself.
    for statement in [
        "INSERT INTO settings (name, value) VALUES ('weekly_digest', '{\"weekday\": 3, \"minute\": 600}')",
        "INSERT INTO post_revisions (post_id, at, actor, edition)
         SELECT MIN(id), 5, 'owner@embassy.example', '{\"slug\": \"elections\"}' FROM posts",
        "INSERT INTO post_origins (system, former_id, post_id, imported_at, written_at, version)
         SELECT 'ghost', '65a0', MIN(id), 5, 6, 7 FROM posts",
        "INSERT INTO former_paths (path, post_id) SELECT '/elections', MIN(id) FROM posts",
        "INSERT INTO layouts (name, mjml, changed_at, changed_by)
         VALUES ('own', '<mjml></mjml>', 1750000000123, 'owner@embassy.example')",
        "INSERT INTO email_templates (name, language, subject, body, sample, changed_at, changed_by)
         VALUES ('order', 'en', 'Order {{ data.no }}', 'Thanks', '{\"no\": 1}', 1750000000124, 'owner@embassy.example')",
        "INSERT INTO snippets (name, changed_at, changed_by)
         VALUES ('contact', 1750000000125, 'owner@embassy.example')",
        "INSERT INTO snippet_variants (snippet_id, language, body_markdown)
         SELECT id, 'kk', 'Бізге **жазыңыз**' FROM snippets",
        "INSERT INTO campaign_templates (name, kind, subject, layout, from_mailbox, is_public,
                                         is_urgent, texts, variants, changed_at, changed_by)
         VALUES ('Monthly', 'markdown', 'News', 'letter', NULL, TRUE, FALSE,
                 '[{\"language\": \"en\", \"title\": \"T\", \"preheader\": \"\", \"body\": \"B\"}]',
                 '[{\"language\": \"kk\", \"subject\": \"С\", \"preheader\": \"\", \"from_name\": \"\"}]',
                 1750000000126, 'owner@embassy.example')",
        "INSERT INTO feeds (name, url, title, etag, last_modified, is_paused, next_fetch_at,
                            fetched_at, created_at, changed_at, changed_by)
         VALUES ('press', 'https://example.org/feed', 'Press', '\"1\"', '', TRUE, 1750000000132,
                 1750000000133, 1750000000134, 1750000000135, 'owner@embassy.example')",
        "INSERT INTO feed_items (feed_id, digest, title, link, summary, picture, published_at,
                                 is_old, last_seen_at)
         SELECT f.id, e.address_digest, 'One', 'https://example.org/1', 'Text', '', 1750000000136,
                TRUE, 1750000000137 FROM feeds f, erased_addresses e",
        "INSERT INTO recurring_campaigns (name, template, subject, layout, starts_at, repeats,
             repeat_every, needs_approval, only_new, is_paused, counted_from, created_at,
             changed_at, changed_by)
         VALUES ('Weekly', 'digest', '', '', 1750000000127, 'weekly', 1, FALSE, TRUE, TRUE,
                 1750000000128, 1750000000128, 1750000000129, 'owner@embassy.example')",
        "INSERT INTO recurring_lists (recurring_id, list_id)
         SELECT r.id, MIN(l.id) FROM recurring_campaigns r, lists l GROUP BY r.id",
        "INSERT INTO recurring_occurrences
             (recurring_id, due_at, state, is_extra, campaign_id, reason, settled_at)
         SELECT r.id, 1750000000130, 'made', FALSE, MIN(c.id), '', 1750000000131
         FROM recurring_campaigns r, campaigns c GROUP BY r.id",
        "INSERT INTO recurring_events (recurring_id, event_id, campaign_id)
         SELECT r.id, MIN(e.id), MIN(c.id) FROM recurring_campaigns r, events e, campaigns c
         GROUP BY r.id",
        "INSERT INTO recurring_feed_items (recurring_id, item_id, campaign_id)
         SELECT r.id, MIN(i.id), MIN(c.id) FROM recurring_campaigns r, feed_items i, campaigns c
         GROUP BY r.id",
        "INSERT INTO text_overrides (list_id, language, name, text) VALUES (0, 'en', 'join-title', 'Join us')",
        "INSERT INTO list_hourly_changes (hour, list_id, source, language, confirmed, unsubscribed)
         SELECT 12345, id, 'form', 'kk', 6, 7 FROM lists WHERE slug = 'press'",
        "INSERT INTO folded_deliveries (campaign_id, domain, state, count)
         SELECT MIN(id), 'old.example', 'sent', 12 FROM campaigns",
        "INSERT INTO campaign_links (campaign_id, number, url, clicks)
         SELECT MIN(id), 1, 'https://x.example/?a=b', 3 FROM campaigns",
        "INSERT INTO ab_tests (campaign_id, differs, share, minutes, measure, fallback, state,
             decide_at, winner, outcome, decided_by, decided_at, click_lists, click_parts, counts,
             changed_at)
         SELECT MIN(id), 'subject', 20, 240, 'left', 'ask', 'decided', 1750000000141, 'b',
                'measured', 'system', 1750000000142, '[1]', 4, '{}', 1750000000143 FROM campaigns",
        "INSERT INTO ab_variants (campaign_id, variant, texts, content, content_name, minutes_later)
         SELECT campaign_id, 'b', '[]', '', 'Other', 60 FROM ab_tests",
        "INSERT INTO ab_clicks (campaign_id, variant, list_id, part, clicks)
         SELECT campaign_id, 'b', 1, 3, 12 FROM ab_tests",
        "INSERT INTO weekly_digests (week, campaign_id, created_at) VALUES ('2026-W01', NULL, 1)",
        "INSERT INTO weekly_digest_items (subscriber_id, campaign_id)
         SELECT MIN(s.id), MIN(c.id) FROM subscribers s, campaigns c",
        "INSERT INTO engagement_agreements (subscriber_id, agreed_at)
         SELECT MIN(id), 1750000000140 FROM subscribers",
        "INSERT INTO engagement_requests (subscriber_id, requested_at)
         SELECT MAX(id), 1750000000141 FROM subscribers",
        "INSERT INTO engagement_campaigns (campaign_id) SELECT MIN(id) FROM campaigns",
        "INSERT INTO campaign_engagement
             (agreement_id, campaign_id, opened_at, clicked_at, opens, clicks, last_at)
         SELECT g.id, k.campaign_id, 1750000000142, NULL, 1, 2, 1750000000143
         FROM engagement_agreements g, engagement_campaigns k",
        "INSERT INTO followed_links (agreement_id, campaign_id, number, first_at)
         SELECT g.id, k.campaign_id, 1, 1750000000144
         FROM engagement_agreements g, engagement_campaigns k",
        "INSERT INTO series (name, list_id, layout, from_mailbox, start_kind, start_key, start_value,
             start_days, start_hour, is_yearly, ends_on_answer, state, pause_reason, version,
             dates_day, dates_until, dates_after, is_closed, address_number, changed_by, created_at,
             updated_at)
         SELECT 'Course', MIN(id), 'letter', 'Desk <desk@embassy.example>', 'date', 'renewal', '',
                -30, 8, TRUE, TRUE, 'paused', 'why', 2, 20000, 20001, 3, TRUE, 4,
                'owner@embassy.example', 1750000000150, 1750000000151 FROM lists",
        "INSERT INTO series_steps (series_id, version, position, step)
         SELECT id, 2, 1, '{\"days\": 3, \"kind\": \"wait\", \"hours\": 0}' FROM series",
        "INSERT INTO series_emails (series_id, version, position, edition, campaign_id)
         SELECT z.id, 2, 1, 2026, MIN(c.id) FROM series z, campaigns c GROUP BY z.id",
        "INSERT INTO series_readers (series_id, subscriber_id, round, edition, version, position,
             due_at, awaits_pause, state, entered_at, changed_at)
         SELECT z.id, MIN(s.id), 2026, 2026, 2, 2, 1750000000152, TRUE, 'inside', 1750000000153,
                1750000000154 FROM series z, subscribers s GROUP BY z.id",
        "INSERT INTO series_steps_taken (reader_id, position, version, outcome, campaign_id, at)
         SELECT id, 1, 2, 'waiting', NULL, 1750000000155 FROM series_readers",
        "INSERT INTO automatic_pauses (campaign_id, reply_key, reply, party, recipients, at)
         SELECT MIN(id), 'spam', '550 spam', 'sender_content', 2, 5 FROM campaigns",
        "INSERT INTO automatic_pause_recipients (campaign_id, reply_key, subscriber_id, was_suppressed)
         SELECT MIN(c.id), 'spam', MIN(s.id), TRUE FROM subscribers s, campaigns c",
        "INSERT INTO campaign_variants (campaign_id, language, subject) SELECT MIN(id), 'ru', 'Р' FROM campaigns",
        "INSERT INTO campaign_attachments (campaign_id, position, media_id, file_name, name, language)
         SELECT MIN(c.id), 0, MIN(m.id), 'plan.pdf', 'План.pdf', 'ru' FROM campaigns c, media m",
        "INSERT INTO feedback_events (digest, source, verdict, is_final, is_authenticated, party, at)
         SELECT address_digest, 'mailbox', 'soft', FALSE, TRUE, 'mailbox', 9 FROM erased_addresses",
        "INSERT INTO former_ids (system, former_id, list_id, subscriber_id)
         SELECT 'listmonk', 'b0d7c2f4', MIN(l.id), MIN(s.id) FROM lists l, subscribers s",
        "UPDATE subscribers SET frequency = 'weekly', paused_until = 4102444800000 WHERE email_key = 'odd@example.kz'",
    ] {
        app.execute(statement).await;
    }
}

#[apply(on_both_databases)]
async fn what_is_read_in_gives_the_same_takeout(app: TestApp) {
    fill(&app).await;
    let first_file = app.folder().join("first.zip");
    let first = taken_out(&app.cx, &first_file).await;
    for (name, content) in &first {
        if name.ends_with(".jsonl") {
            assert!(!content.is_empty(), "{name} is tested by nothing");
        }
        let shown = String::from_utf8_lossy(content);
        for secret in ["s3cret", app.token(), "argon2", "erased@"] {
            // What was done to whom stays in the log.
            let is_known = name == "audit_log.jsonl" && secret == "erased@";
            assert!(is_known || !shown.contains(secret), "{secret} in {name}");
        }
    }
    let sizes = first.keys().filter(|name| name.starts_with("media-sizes/"));
    assert!(sizes.count() > 0);
    let again = export::to_file(&app.cx, &Actor::CommandLine, &first_file, |_| ()).await;
    assert!(
        again
            .unwrap_err()
            .to_string()
            .contains("nothing is overwritten")
    );

    let postgres = database::postgres().await;
    let file = app.folder().join("other.db");
    for (engine, url) in [
        ("sqlite", file_url(&file)),
        ("postgres", postgres.url.clone()),
    ] {
        let cx = another(&app, &url).await;
        let done = read_in(&cx, &first_file).await.unwrap();
        assert!(!done.is_other_key);
        assert!(done.held.paused.is_empty() && done.held.unscheduled.is_empty());
        let copy = app.folder().join(format!("again-{engine}.zip"));
        assert_same(&first, &taken_out(&cx, &copy).await);
        assert_eq!(cx.config().soft_bounce_limit, 9);
        let refused = read_in(&cx, &first_file).await.unwrap_err();
        assert!(
            matches!(refused, TakeoutError::NotEmpty("lists")),
            "{refused}"
        );
        cx.store.close().await;
    }
}

/// Resumes a campaign and lets a worker do all that there is to do, until it is finished.
async fn work_until_finished(cx: &Context, id: CampaignId) {
    lifecycle::resume(cx, &Actor::CommandLine, id)
        .await
        .unwrap();
    let stop = CancellationToken::new();
    let worker = tokio::spawn(jarshy::jobs::worker::run(cx.clone(), stop.clone()));
    let started = Instant::now();
    while lifecycle::by_id(cx, id).await.unwrap().state != CampaignState::Finished {
        assert!(started.elapsed() < PATIENCE, "not finished in time");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.cancel();
    worker.await.unwrap();
}

#[apply(on_both_databases)]
async fn nothing_that_was_waiting_is_sent(app: TestApp) {
    app.create_post("p", "P", "text").await;
    for n in 0..10 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    let sending = app.create_campaign("p", "Half sent", "news").await;
    let limits = app
        .api("PUT", &format!("/campaigns/{sending}/limits"))
        .json(&json!({ "hourly_limit": 4 }));
    limits.send().await.unwrap();
    app.api_post(&format!("/campaigns/{sending}/start"), json!({}))
        .await;
    app.campaign_that(sending, |campaign| {
        campaign["counts"]["sent"] == 4 && campaign["counts"]["sending"] == 0
    })
    .await;
    let scheduled = app.create_campaign("p", "Later", "news").await;
    let schedule = app.api("POST", &format!("/campaigns/{scheduled}/schedule"));
    let later = app
        .cx
        .clock
        .now()
        .after(std::time::Duration::from_secs(3600));
    schedule
        .json(&json!({ "at": later.rfc3339() }))
        .send()
        .await
        .unwrap();
    let file = app.folder().join("first.zip");
    taken_out(&app.cx, &file).await;
    let before = app.mailbox.list().len();

    let postgres = database::postgres().await;
    let target = app.folder().join("other.db");
    let mut held = Vec::new();
    for (engine, url) in [
        ("sqlite", file_url(&target)),
        ("postgres", postgres.url.clone()),
    ] {
        let cx = another(&app, &url).await;
        let done = read_in(&cx, &file).await.unwrap();
        assert_eq!(done.held.paused.len(), 1);
        assert_eq!(done.held.paused[0].uncertain, 6);
        assert_eq!(done.held.unscheduled.len(), 1);
        let copy = app.folder().join(format!("held-{engine}.zip"));
        let entries = taken_out(&cx, &copy).await;
        let deliveries = text(&entries, "deliveries.jsonl");
        let uncertain = deliveries
            .lines()
            .filter(|line| line.contains("\"uncertain\""));
        assert_eq!(uncertain.count(), 6);
        work_until_finished(&cx, CampaignId(sending)).await;
        assert_eq!(app.mailbox.list().len(), before, "nothing is sent");
        cx.store.close().await;
        held.push((copy, entries));
    }
    // What is held stays as it is when it moves on, to the other database.
    let (copy, entries) = &held[1];
    let cx = another(&app, &file_url(&app.folder().join("third.db"))).await;
    let done = read_in(&cx, copy).await.unwrap();
    assert!(done.held.paused.is_empty() && done.held.unscheduled.is_empty());
    assert_same(
        entries,
        &taken_out(&cx, &app.folder().join("third.zip")).await,
    );
    cx.store.close().await;
}

#[apply(on_both_databases)]
async fn erased_people_are_not_recognised_with_another_key(app: TestApp) {
    fill(&app).await;
    let file = app.folder().join("first.zip");
    let first = taken_out(&app.cx, &file).await;
    let config = Config {
        database_url: file_url(&app.folder().join("other.db")),
        secret_key: Some(jarshy::token::KeyRing::generate()),
        ..(*app.cx.config()).clone()
    };
    let cx = app::open(config).await.unwrap();
    let done = read_in(&cx, &file).await.unwrap();
    assert!(done.is_other_key);
    let second = taken_out(&cx, &app.folder().join("second.zip")).await;
    let name = "erased_addresses.jsonl";
    assert_eq!(first[name], second[name], "they wait for their key");
    cx.store.close().await;
}

/// A change to a good archive.
type Damage = fn(&mut Entries);

fn replace(entries: &mut Entries, name: &str, from: &str, to: &str) {
    let content = text(entries, name);
    assert!(content.contains(from), "{name} has no {from}");
    let content = content.replacen(from, to, 1);
    entries.insert(name.to_owned(), content.into_bytes());
}

const HOSTILE: &[(&str, Damage)] = &[
    ("is missing", |all| drop(all.remove("consents.jsonl"))),
    ("does not belong into a takeout", |all| {
        all.insert("../../etc/cron.d/x".to_owned(), b"x".to_vec());
    }),
    ("media.jsonl does not name", |all| {
        all.insert("media/../x.png".to_owned(), b"x".to_vec());
    }),
    ("it has no manifest.json", |all| {
        all.remove("manifest.json");
    }),
    ("of another format", |all| {
        replace(all, "manifest.json", "jarshy-takeout", "other");
    }),
    ("install the newer version", |all| {
        replace(all, "manifest.json", "\"version\": 1", "\"version\": 2");
    }),
    ("and the manifest says", |all| {
        let text = text(all, "consents.jsonl");
        let (_, rest) = text.split_once('\n').unwrap();
        all.insert("consents.jsonl".to_owned(), rest.as_bytes().to_vec());
    }),
    ("email: ", |all| {
        replace(
            all,
            "subscribers.jsonl",
            "odd@example.kz",
            "odd@example.kz\\r\\nBcc: x@x.example",
        );
    }),
    ("is not known", |all| {
        replace(
            all,
            "subscribers.jsonl",
            "{\"id\"",
            "{\"password\":1,\"id\"",
        );
    }),
    ("is missing", |all| {
        replace(all, "subscribers.jsonl", "\"was_mailed\"", "\"was\"");
    }),
    ("must be a whole number", |all| {
        replace(all, "subscribers.jsonl", "{\"id\":", "{\"id\":1e3,\"x\":");
    }),
    ("is no JSON object", |all| {
        let deep = "[".repeat(100_000);
        replace(
            all,
            "subscribers.jsonl",
            "\"attributes\":{",
            &format!("\"attributes\":{deep}"),
        );
    }),
    ("without NUL", |all| {
        replace(all, "posts.jsonl", "Elections", "Elec\\u0000tions");
    }),
    ("subscribers.jsonl", |all| {
        replace(
            all,
            "subscribers.jsonl",
            "\"language\":\"kk\"",
            "\"language\":\"xx\"",
        );
    }),
    ("it already exists", |all| {
        let line = text(all, "lists.jsonl");
        let twice = format!("{}\n{line}", line.lines().next().unwrap());
        all.insert("lists.jsonl".to_owned(), twice.into_bytes());
    }),
    ("refers to something that does not exist", |all| {
        replace(
            all,
            "consents.jsonl",
            "\"subscriber_id\":",
            "\"subscriber_id\":99",
        );
    }),
    ("does not hold what its media type says", |all| {
        all.insert("media/gate.png".to_owned(), b"<script>".to_vec());
    }),
    ("has another kind", |all| {
        replace(
            all,
            "media.jsonl",
            "\"kind\":\"picture\"",
            "\"kind\":\"audio\"",
        );
    }),
    ("does not hold what its media type says", |all| {
        replace(all, "media.jsonl", "image/png", "text/html");
    }),
    ("has another digest", |all| {
        let content = all.get_mut("media/gate.png").unwrap();
        *content.last_mut().unwrap() ^= 1;
    }),
    ("is not a setting that can be taken over", |all| {
        replace(all, "settings.jsonl", "soft_bounce_limit", "secret_key");
    }),
    ("site cannot be taken over", |all| {
        let settings = text(all, "site_settings.jsonl").replacen("weekly_digest", "site", 1);
        all.insert("site_settings.jsonl".to_owned(), settings.into_bytes());
    }),
    ("is longer than", |all| {
        all.insert("lists.jsonl".to_owned(), vec![b' '; 40 << 20]);
    }),
    ("out of bounds", |all| {
        let mut manifest: Value = serde_json::from_slice(&all["manifest.json"]).unwrap();
        manifest["last_ids"]["lists"] = i64::MAX.into();
        all.insert(
            "manifest.json".to_owned(),
            manifest.to_string().into_bytes(),
        );
    }),
];

#[apply(on_both_databases)]
async fn a_hostile_archive_changes_nothing(app: TestApp) {
    fill(&app).await;
    let good = taken_out(&app.cx, &app.folder().join("good.zip")).await;
    let postgres = database::postgres().await;
    let is_sqlite = app.cx.config().database_url.starts_with("sqlite");
    let url = if is_sqlite {
        file_url(&app.folder().join("target.db"))
    } else {
        postgres.url.clone()
    };
    let cx = another(&app, &url).await;
    let file = app.folder().join("hostile.zip");
    for (number, (expected, damage)) in HOSTILE.iter().enumerate() {
        let mut entries = good.clone();
        damage(&mut entries);
        std::fs::write(&file, archive(&entries)).unwrap();
        let refused = read_in(&cx, &file).await.unwrap_err().to_string();
        assert!(refused.contains(expected), "{number} {expected}: {refused}");
        assert_untouched(&cx).await;
    }
    let whole = archive(&good);
    for bytes in [
        &whole[..whole.len() - 30],
        &whole[..100],
        b"",
        b"PK\x03\x04",
        b"text",
    ] {
        std::fs::write(&file, bytes).unwrap();
        let refused = read_in(&cx, &file).await.unwrap_err().to_string();
        assert!(refused.contains("no complete ZIP archive"), "{refused}");
    }
    // In the middle of a file.
    let mut broken = whole.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 64].fill(0);
    std::fs::write(&file, &broken).unwrap();
    assert!(read_in(&cx, &file).await.is_err());
    assert_untouched(&cx).await;
    // And then the good one.
    std::fs::write(&file, &whole).unwrap();
    read_in(&cx, &file).await.unwrap();
    cx.store.close().await;
}

async fn assert_untouched(cx: &Context) {
    let mut db = cx.store.read().await.unwrap();
    assert_eq!(takeout::first_filled(&mut db).await.unwrap(), None);
    let log = jarshy::store::audit_records::page(&mut db, "", "", i64::MAX, 1).await;
    assert!(log.unwrap().is_empty());
    let settings = jarshy::store::configuration::all(&mut db).await.unwrap();
    assert!(settings.is_empty());
}

#[apply(on_both_databases)]
async fn owners_take_out_after_proving_who_they_are(app: TestApp) {
    app.subscribe("a@example.kz", "news").await;
    let owner = AdminClient::owner(&app).await;
    assert!(owner.page("/admin/takeout").await.contains("Takeout"));
    app.execute("UPDATE sessions SET authenticated_at = 0")
        .await;
    let asked = owner.post("/admin/takeout", &[]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    assert!(
        asked
            .text()
            .await
            .unwrap()
            .contains("confirm first that it is you")
    );

    let owner = AdminClient::owner(&app).await;
    let answer = owner.post("/admin/takeout", &[]).await;
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let name = answer.headers()["content-disposition"].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"jarshy-takeout-"),
        "{name}"
    );
    let page = entries(&answer.bytes().await.unwrap());
    let called = app.api("GET", "/takeout").send().await.unwrap();
    assert_eq!(called.status(), StatusCode::OK);
    let api = entries(&called.bytes().await.unwrap());
    assert!(text(&page, "subscribers.jsonl").contains("a@example.kz"));
    assert_eq!(page["subscribers.jsonl"], api["subscribers.jsonl"]);
    let log = text(&api, "audit_log.jsonl");
    let taken = log.lines().filter(|line| line.contains("takeout.export"));
    assert_eq!(taken.count(), 2, "one by the page, one by the API:\n{log}");
}

/// What a takeout leaves out, and why. Each new table and column is decided on here.
const LEFT_OUT: &[(&str, &str)] = &[
    // Who signs in, and with what.
    ("users", "*"),
    ("sign_in_links", "*"),
    ("invitations", "*"),
    ("user_identities", "*"),
    ("provider_sign_ins", "*"),
    ("recovery_codes", "*"),
    ("passkeys", "*"),
    ("passkey_challenges", "*"),
    ("sessions", "*"),
    ("api_tokens", "*"),
    ("idempotency_keys", "*"),
    ("autosaves", "*"),
    ("presence", "*"),
    // What users say to each other, and who they are is left out.
    ("comments", "*"),
    ("subscriber_views", "*"),
    // Of users, who are left out.
    ("notifications", "*"),
    ("notification_recipients", "*"),
    ("notification_choices", "*"),
    ("user_lists", "*"),
    // Secrets, and what is nothing without them.
    ("configuration", "*"),
    ("dkim_keys", "*"),
    ("acme_accounts", "*"),
    ("acme_certificates", "*"),
    ("webhooks", "*"),
    ("webhook_deliveries", "*"),
    ("inbound_webhook_tokens", "*"),
    // Counted again as the readers come in.
    ("series_counts", "*"),
    ("kept_counts", "*"),
    // Work under way, and limits of the moment.
    ("imports", "*"),
    ("post_imports", "*"),
    ("import_pieces", "*"),
    ("import_notes", "*"),
    ("import_changes", "*"),
    ("import_confirmations", "*"),
    ("former_ids", "import_id"),
    ("join_mails", "*"),
    ("series_entries", "*"),
    ("test_email_counts", "*"),
    ("transactional_emails", "*"),
    ("transactional_attachments", "*"),
    ("failed_inbound_mails", "*"),
    ("delivery_slices", "*"),
    ("campaign_rate_windows", "*"),
    ("campaigns", "is_start_delayed"),
    ("campaigns", "change_count"),
    ("campaigns", "edit_count"),
    // Counted by the saves above; what a campaign is now is taken out.
    ("campaign_revisions", "*"),
    // Users approve, and there are none.
    ("campaigns", "changed_by"),
    ("campaigns", "changed_part"),
    ("campaign_approvals", "*"),
    ("series_approvals", "*"),
    ("series", "changed_by"),
    ("series", "edit_count"),
    ("segment_matches", "*"),
    ("transport_daily_totals", "*"),
    ("workers", "*"),
    ("send_delays", "*"),
    ("deliveries", "lease_owner"),
    ("deliveries", "lease_until"),
    // Rendered again.
    ("post_variants", "body_html"),
    ("post_variants", "first_picture"),
    ("post_variants", "html_version"),
    // Files of the archive.
    ("media_contents", "*"),
    ("media_sizes", "*"),
    // Its lines are in order.
    ("audit_records", "id"),
];

#[tokio::test]
async fn every_column_is_taken_out_or_left_out_on_purpose() {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("jarshy.db");
    database::sqlite(&file).await;
    let mut c = sqlx::SqliteConnection::connect(&file_url(&file))
        .await
        .unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'
           AND m.name NOT LIKE 'subscriber\\_search%' ESCAPE '\\'",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    let taken: BTreeSet<(&str, &str)> = takeout::columns().collect();
    let left = |table: &str, column: &str| {
        LEFT_OUT.contains(&(table, column)) || LEFT_OUT.contains(&(table, "*"))
    };
    for (table, column) in &columns {
        let (table, column) = (table.as_str(), column.as_str());
        let is_taken = taken.contains(&(table, column));
        assert!(
            is_taken != left(table, column),
            "{table}.{column}: name it in src/store/takeout/files.rs, or in LEFT_OUT with the reason"
        );
    }
    let known: BTreeSet<(&str, &str)> = columns
        .iter()
        .map(|(table, column)| (table.as_str(), column.as_str()))
        .collect();
    assert!(taken.is_subset(&known), "{:?}", taken.difference(&known));
}
