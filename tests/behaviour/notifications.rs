//! Notifications: who is told of what, on which channel, and once.

use std::time::{Duration, Instant};

use jarshy::account;
use jarshy::campaign::lifecycle;
use jarshy::context::Context;
use jarshy::import::job;
use jarshy::jobs::watch::Watch;
use jarshy::model::audit::Actor;
use jarshy::model::import::ImportState;
use jarshy::model::notification::{Notice, NotificationKind};
use jarshy::model::user::{Role, Scope};
use jarshy::model::{CampaignId, ImportId};
use jarshy::notifications::conditions::{self, Condition};
use jarshy::notifications::{self, distribution};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};
use strum::VariantArray as _;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{PATIENCE, TestApp, on_both_databases};
use crate::importing::{reaches, uploaded};

const BOSS: &str = "boss@embassy.example";
const EDITOR: &str = "editor@embassy.example";
const VIEWER: &str = "viewer@embassy.example";

/// The owner's notifications of one kind, newest first, waiting for `count` of them.
async fn of_kind(app: &TestApp, kind: &str, count: usize) -> Vec<Value> {
    let started = Instant::now();
    loop {
        let page = app.api_get("/notifications").await;
        let items = page["items"].as_array().unwrap().iter();
        let of_kind: Vec<Value> = items.filter(|one| one["kind"] == kind).cloned().collect();
        if of_kind.len() >= count {
            return of_kind;
        }
        assert!(started.elapsed() < PATIENCE, "{kind}: {page}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

async fn record(cx: &Context, notice: &Notice) {
    let mut db = cx.store.write().await.unwrap();
    notifications::record(&mut db, notice, cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
}

/// Waits until nothing is left to be distributed or sent.
async fn all_told(app: &TestApp) {
    while distribution::distribute_next(&app.cx).await.unwrap() {}
    app.quiet().await;
}

/// How many the bell of a user shows.
async fn bell(person: &AdminClient) -> Option<i64> {
    let page = person.page("/admin/account").await;
    let bell = page.split("admin-bell").nth(1).unwrap();
    let bell = bell.split("</a>").next().unwrap();
    let count = bell.split("class=\"count\" aria-hidden=\"true\">").nth(1)?;
    Some(count.split('<').next().unwrap().parse().unwrap())
}

#[apply(on_both_databases)]
async fn the_end_of_a_campaign_is_told_to_each_as_their_role_has_it(app: TestApp) {
    AdminClient::sign_in(&app, BOSS, Role::Owner).await;
    let editor = AdminClient::sign_in(&app, EDITOR, Role::Editor).await;
    let viewer = AdminClient::sign_in(&app, VIEWER, Role::Viewer).await;
    editor
        .submit("/admin/account/language", &[("language", "ru")])
        .await;
    let id = app.send_to(&["a@x.example", "b@x.example"]).await;
    app.campaign_in_state(id, "finished").await;

    let mail = app.mail_about(BOSS, "Campaign sent: Elections").await;
    assert!(mail.text.contains("Sent: 2."), "{}", mail.text);
    assert_eq!(
        mail.link("/admin/campaigns/"),
        format!("{}/admin/campaigns/{id}", app.url)
    );
    mail.link("/admin/account/notifications");
    assert!(mail.html.contains("/admin/account/notifications"));
    let mail = app
        .mail_about(EDITOR, "Рассылка отправлена: Elections")
        .await;
    assert!(mail.text.contains("Отправлено: 2."), "{}", mail.text);

    assert_eq!(bell(&viewer).await, Some(1));
    let page = viewer.page("/admin/notifications").await;
    assert!(page.contains("Campaign sent: Elections"), "{page}");
    all_told(&app).await;
    assert!(app.mails_now(VIEWER).is_empty(), "viewers are not mailed");

    // Sent once more to some, it ends again; nobody is told again.
    app.execute("UPDATE campaigns SET state = 'sending'").await;
    app.campaign_in_state(id, "finished").await;
    all_told(&app).await;
    assert_eq!(app.mails_now(BOSS).len(), 1);
    assert_eq!(bell(&viewer).await, Some(1));
}

#[apply(on_both_databases)]
async fn notifications_are_read_one_by_one_or_all_at_once(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let other = AdminClient::sign_in(&app, BOSS, Role::Owner).await;
    assert_eq!(bell(&owner).await, None);
    for id in 1..=3 {
        let notice = Notice::campaign_finished(CampaignId(id), &format!("No {id}"), id, 0);
        record(&app.cx, &notice).await;
    }
    all_told(&app).await;
    assert_eq!(bell(&owner).await, Some(3));

    let items = of_kind(&app, "campaign_finished", 3).await;
    let newest = &items[0];
    assert_eq!(newest["title"], "Campaign sent: No 3");
    assert_eq!(newest["path"], "/admin/campaigns/3");
    assert_eq!(newest["read_at"], Value::Null);
    let read = format!("/admin/notifications/{}/read", newest["id"]);
    let opened = owner.post(&read, &[("then", "open")]).await;
    assert_eq!(opened.headers()["location"], "/admin/campaigns/3");
    assert_eq!(bell(&owner).await, Some(2));
    assert_eq!(bell(&other).await, Some(3), "each reads for themselves");
    let unread = app.api_get("/notifications?unread=true").await;
    assert_eq!(unread["items"].as_array().unwrap().len(), 2);

    let page = owner.page("/admin/notifications").await;
    let seen = page.split("name=\"newest\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    // What comes after the page was shown stays unread.
    let late = Notice::campaign_finished(CampaignId(4), "No 4", 4, 0);
    record(&app.cx, &late).await;
    all_told(&app).await;
    let page = owner
        .submit("/admin/notifications/read", &[("newest", seen)])
        .await;
    assert!(page.contains("2 notifications marked as read"), "{page}");
    assert_eq!(bell(&owner).await, Some(1));

    let first = app.api_get("/notifications?limit=3").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = app
        .api_get(&format!("/notifications?limit=3&cursor={cursor}"))
        .await;
    assert_eq!(rest["items"][0]["title"], "Campaign sent: No 1");
    assert_eq!(rest["next_cursor"], Value::Null);
}

#[apply(on_both_databases)]
async fn a_user_chooses_each_kind_and_each_channel(app: TestApp) {
    let boss = AdminClient::sign_in(&app, BOSS, Role::Owner).await;
    let editor = AdminClient::sign_in(&app, EDITOR, Role::Editor).await;
    let choices = "/admin/account/notifications";
    let page = editor.page(choices).await;
    assert!(page.contains("campaign_finished-mail\" value=\"yes\""));
    assert!(
        !page.contains("disk_nearly_full"),
        "owners' business: {page}"
    );
    assert!(boss.page(choices).await.contains("disk_nearly_full-mail"));

    // The boss: campaigns in the admin alone, imports by mail alone, the rest not at all.
    let form = [
        ("campaign_finished-admin", "yes"),
        ("import_failed-mail", "yes"),
    ];
    let page = boss.submit(choices, &form).await;
    assert_eq!(page.matches(" checked").count(), 2, "{page}");
    let id = CampaignId(1);
    record(&app.cx, &Notice::campaign_finished(id, "News", 1, 0)).await;
    let failed = Notice::import_failed(1.into(), "people.csv", "it is damaged");
    record(&app.cx, &failed).await;
    let full = Notice::disk_nearly_full("here".to_owned(), "1 GB free");
    record(&app.cx, &full).await;
    let mail = app.mail_about(BOSS, "Import failed: people.csv").await;
    assert!(
        mail.text.contains("Reason: it is damaged."),
        "{}",
        mail.text
    );
    all_told(&app).await;
    assert_eq!(app.mails_now(BOSS).len(), 1);
    assert_eq!(bell(&boss).await, Some(1), "the campaign");
    assert_eq!(bell(&editor).await, Some(2), "the campaign and the import");

    let page = boss.submit(choices, &[("reset", "yes")]).await;
    let for_owners = |kind: &&NotificationKind| kind.is_for(Role::Owner);
    let kinds = NotificationKind::VARIANTS.iter().filter(for_owners).count();
    let checked = page.matches(" checked").count();
    assert_eq!(checked, 2 * kinds, "all by both: {page}");
    let forged = [("disk_nearly_full-mail", "yes")];
    let page = editor.submit(choices, &forged).await;
    assert_eq!(page.matches(" checked").count(), 0, "{page}");
}

#[apply(on_both_databases)]
async fn the_api_serves_each_user_their_own(app: TestApp) {
    AdminClient::sign_in(&app, VIEWER, Role::Viewer).await;
    let failed = Notice::disk_nearly_full("here".to_owned(), "1 GB free");
    record(&app.cx, &failed).await;
    record(
        &app.cx,
        &Notice::campaign_finished(CampaignId(1), "N", 1, 0),
    )
    .await;
    all_told(&app).await;
    let viewer = VIEWER.parse().unwrap();
    let scope: Scope = "notifications".parse().unwrap();
    let token = account::add_token(&app.cx, &viewer, scope, None)
        .await
        .unwrap()
        .unwrap();
    let call = |method: &str, path: String| {
        let url = format!("{}/api/v1{path}", app.url);
        let request = app.client.request(method.parse().unwrap(), url);
        request.bearer_auth(token.reveal()).send()
    };
    let page: Value = call("GET", "/notifications".to_owned())
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "nothing of the machine: {page}");
    let own = items[0]["id"].as_i64().unwrap();
    let read = call("POST", format!("/notifications/{own}/read"))
        .await
        .unwrap();
    assert_eq!(read.status(), StatusCode::OK, "a viewer may, too");
    let read: Value = read.json().await.unwrap();
    assert!(read["read_at"].is_string(), "{read}");
    let disk = of_kind(&app, "disk_nearly_full", 1).await[0]["id"].clone();
    let others = call("POST", format!("/notifications/{disk}/read"))
        .await
        .unwrap();
    assert_eq!(others.status(), StatusCode::NOT_FOUND);
    let lists = call("GET", "/lists".to_owned()).await.unwrap();
    assert_eq!(lists.status(), StatusCode::FORBIDDEN);
}

#[apply(on_both_databases)]
async fn an_automatic_pause_is_told_each_time_with_its_reason(app: TestApp) {
    AdminClient::sign_in(&app, BOSS, Role::Owner).await;
    for n in 0..3 {
        app.subscribe(&format!("r{n}@example.kz"), "news").await;
    }
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "Slow", "news").await;
    let limit = app.api("PUT", &format!("/campaigns/{id}/limits"));
    let limit = limit.json(&json!({ "hourly_limit": 1 }));
    assert!(limit.send().await.unwrap().status().is_success());
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    for kind in [
        NotificationKind::CampaignPaused,
        NotificationKind::TooManyBounces,
    ] {
        let why = format!("because of {kind}");
        lifecycle::pause_automatically(&app.cx, CampaignId(id), kind, &why)
            .await
            .unwrap();
        let told = of_kind(&app, kind.as_str(), 1).await;
        assert_eq!(told[0]["reason"], format!("Reason: {why}."));
        app.api_post(&format!("/campaigns/{id}/resume"), json!({}))
            .await;
    }
    app.mail_about(BOSS, "Campaign paused: Slow").await;
    app.mail_about(BOSS, "Too many bounces or complaints: Slow")
        .await;
    // A person who pauses it knows.
    app.api_post(&format!("/campaigns/{id}/pause"), json!({}))
        .await;
    all_told(&app).await;
    assert_eq!(of_kind(&app, "campaign_paused", 1).await.len(), 1);
    let again = lifecycle::pause_automatically(
        &app.cx,
        CampaignId(id),
        NotificationKind::CampaignPaused,
        "again",
    )
    .await;
    assert!(again.is_err(), "it is paused");
    app.api_post(&format!("/campaigns/{id}/resume"), json!({}))
        .await;
    lifecycle::pause_automatically(
        &app.cx,
        CampaignId(id),
        NotificationKind::CampaignPaused,
        "once more",
    )
    .await
    .unwrap();
    of_kind(&app, "campaign_paused", 2).await;
}

/// Uploads and checks a file.
async fn checked(app: &TestApp, owner: &AdminClient, name: &str) -> ImportId {
    let csv = b"email\na@x.example\nnot an address\n";
    let id = uploaded(owner, name, csv).await;
    let import = job::by_id(&app.cx, id).await.unwrap().unwrap();
    let mapping = job::mapping(&import);
    job::check(&app.cx, &Actor::System, id, &mapping, false)
        .await
        .unwrap();
    reaches(app, id, ImportState::Checked).await;
    id
}

#[apply(on_both_databases)]
async fn an_import_tells_of_its_end_and_of_its_failure(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let good = checked(&app, &owner, "good.csv").await;
    job::start(&app.cx, &Actor::System, good).await.unwrap();
    reaches(&app, good, ImportState::Finished).await;
    let told = of_kind(&app, "import_finished", 1).await;
    assert_eq!(told[0]["title"], "Import finished: good.csv");
    assert_eq!(told[0]["text"], "Added: 1. Could not be imported: 1.");
    assert_eq!(told[0]["path"], format!("/admin/imports/{good}"));

    let broken = checked(&app, &owner, "broken.csv").await;
    if app.cx.config().database_url.starts_with("sqlite") {
        app.execute("UPDATE import_pieces SET content = x'6e6f'")
            .await;
    } else {
        app.execute("UPDATE import_pieces SET content = '\\x6e6f'")
            .await;
    }
    job::start(&app.cx, &Actor::System, broken).await.unwrap();
    let import = reaches(&app, broken, ImportState::Failed).await;
    assert!(!import.failure.is_empty());
    let told = of_kind(&app, "import_failed", 1).await;
    assert_eq!(told[0]["title"], "Import failed: broken.csv");
    let reason = told[0]["reason"].as_str().unwrap();
    assert!(reason.contains(&import.failure), "{told:?}");
}

#[apply(on_both_databases)]
async fn what_lasts_is_told_when_it_begins_and_not_while_it_flickers(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    let kind = NotificationKind::TaskFailing;
    let bad = [Condition::Bad(Notice::task_failing(
        "here webhooks".to_owned(),
        "webhooks",
        "webhooks is stuck",
    ))];
    let fine = [Condition::Fine(kind, "here webhooks".to_owned())];
    let settle = async |conditions: &[Condition]| {
        conditions::settle(&app.cx, conditions).await.unwrap();
        all_told(&app).await;
        of_kind(&app, "task_failing", 1).await
    };
    for _ in 0..3 {
        let told = settle(&bad).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0]["resolved_at"], Value::Null);
    }
    let told = settle(&fine).await;
    assert!(told[0]["resolved_at"].is_string(), "{told:?}");
    let page = owner.page("/admin/notifications").await;
    assert!(page.contains("Over since"), "{page}");
    let told = settle(&bad).await;
    assert_eq!((told.len(), &told[0]["resolved_at"]), (1, &Value::Null));

    // After a day without it, it is news.
    settle(&fine).await;
    app.execute("UPDATE notifications SET resolved_at = 1000 WHERE resolved_at IS NOT NULL")
        .await;
    assert_eq!(settle(&bad).await.len(), 2);
}

#[apply(on_both_databases)]
async fn a_task_that_keeps_failing_is_told_by_the_third_look(app: TestApp) {
    let stop = CancellationToken::new();
    let supervised = {
        let (health, stop) = (app.cx.health.clone(), stop.clone());
        tokio::spawn(async move {
            let silence = Duration::from_millis(1);
            // It runs and gives no heartbeat.
            let hang = std::future::pending::<()>;
            health.supervise("hanging", silence, &stop, hang).await;
        })
    };
    let started = Instant::now();
    while !app
        .cx
        .health
        .failing()
        .iter()
        .any(|one| one.contains("hanging"))
    {
        assert!(started.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut watch = Watch::default();
    let told = async || {
        all_told(&app).await;
        let page = app.api_get("/notifications").await;
        let items = page["items"].as_array().unwrap().clone();
        items
            .iter()
            .filter(|one| one["title"] == "A background task is failing: hanging")
            .count()
    };
    watch.look(&app.cx).await;
    watch.look(&app.cx).await;
    assert_eq!(told().await, 0, "it may be an accident");
    watch.look(&app.cx).await;
    assert_eq!(told().await, 1);
    watch.look(&app.cx).await;
    assert_eq!(told().await, 1);
    stop.cancel();
    supervised.abort();
}

#[apply(on_both_databases)]
async fn processes_tell_each_user_once_and_a_bad_row_stops_no_other(app: TestApp) {
    AdminClient::sign_in(&app, BOSS, Role::Owner).await;
    app.execute(
        "INSERT INTO notifications (kind, subject, details, created_at)
         VALUES ('campaign_finished', 'unreadable', '{}', 1000)",
    )
    .await;
    for id in 1..=5 {
        let notice = Notice::campaign_finished(CampaignId(id), &format!("No {id}"), 1, 0);
        record(&app.cx, &notice).await;
        record(&app.cx, &notice).await;
    }
    let work = || async { while distribution::distribute_next(&app.cx).await.unwrap() {} };
    tokio::join!(work(), work(), work());
    app.mails_to(BOSS, 5).await;
    all_told(&app).await;
    let mut subjects: Vec<String> = app
        .mails_now(BOSS)
        .into_iter()
        .map(|mail| mail.subject)
        .collect();
    subjects.sort();
    let wanted: Vec<String> = (1..=5)
        .map(|id| format!("Campaign sent: No {id}"))
        .collect();
    assert_eq!(subjects, wanted);
}

#[apply(on_both_databases)]
async fn notifications_are_deleted_after_ninety_days(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    for id in [1, 2] {
        let notice = Notice::campaign_finished(CampaignId(id), &format!("No {id}"), 1, 0);
        record(&app.cx, &notice).await;
    }
    all_told(&app).await;
    assert_eq!(bell(&owner).await, Some(2));
    assert_eq!(notifications::prune(&app.cx).await.unwrap(), 0);
    app.execute(
        "UPDATE notifications SET created_at = created_at - 7862400000 WHERE subject = '1'",
    )
    .await;
    assert_eq!(notifications::prune(&app.cx).await.unwrap(), 1);
    assert_eq!(
        bell(&owner).await,
        Some(1),
        "the marks of readers go with it"
    );
}

#[apply(on_both_databases)]
async fn the_page_begins_with_what_needs_a_person(app: TestApp) {
    let viewer = AdminClient::sign_in(&app, VIEWER, Role::Viewer).await;
    let page = viewer.page("/admin/notifications").await;
    assert!(page.contains("No notifications yet"), "{page}");
    assert!(!page.contains("Needs your attention"), "{page}");
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "Late", "news").await;
    app.execute("UPDATE campaigns SET state = 'failed_to_start', pause_reason = 'no list'")
        .await;
    let page = viewer.page("/admin/notifications").await;
    assert!(page.contains("Needs your attention"), "{page}");
    assert!(page.contains("failed to start"), "{page}");
    assert!(page.contains(&format!("/admin/campaigns/{id}")), "{page}");
}
