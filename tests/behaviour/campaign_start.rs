//! Starting a campaign in the browser: what is confirmed, how it can be undone, and that nothing
//! leaves before its time.

use std::time::Duration;

use jarshy::campaign::{CampaignError, lifecycle};
use jarshy::model::CampaignId;
use jarshy::model::audit::Actor;
use jarshy::model::user::Role;
use jarshy::store::{campaign_changes, campaigns};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const CONFIRMED: [(&str, &str); 1] = [("confirmed", "yes")];

async fn set_delay(app: &TestApp, seconds: u64) -> StatusCode {
    let body = json!({ "settings": { "send_delay": seconds } });
    let answer = app.api("PATCH", "/settings").json(&body).send().await;
    answer.unwrap().status()
}

/// A draft of a post in two languages for one reader.
async fn draft(app: &TestApp) -> i64 {
    app.subscribe("reader@x.example", "news").await;
    app.create_post("votes", "Votes", "Dear {{ name }}, they are in.")
        .await;
    let russian = json!({
        "slug": "votes", "title": "Голоса", "summary": "", "category": "General",
        "body_markdown": "Подсчитаны.", "language": "ru", "published": true,
    });
    app.api_post("/posts", russian).await;
    app.create_campaign("votes", "The votes are in", "news")
        .await
}

async fn state(app: &TestApp, id: i64) -> Value {
    app.api_get(&format!("/campaigns/{id}")).await["state"].clone()
}

async fn progress(client: &AdminClient, id: i64) -> Value {
    let text = client
        .page(&format!("/admin/campaigns/{id}/progress"))
        .await;
    serde_json::from_str(&text).unwrap()
}

#[apply(on_both_databases)]
async fn a_start_in_the_browser_can_be_undone(app: TestApp) {
    assert_eq!(set_delay(&app, 3600).await, StatusCode::OK);
    let id = draft(&app).await;
    let page = format!("/admin/campaigns/{id}");
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;

    let asked = editor.post(&format!("{page}/start"), &[]).await;
    let asked = asked.text().await.unwrap();
    let dialog = editor.page(&page).await;
    for fact in [
        "goes to 1 subscriber on news",
        "1 recipient",
        "In 3,600 seconds; until then you can undo it",
        "Embassy &#60;news@embassy.example&#62;",
        "The votes are in",
        "Голоса",
        "Русский",
    ] {
        assert!(asked.contains(fact), "{fact}: {asked}");
        assert!(dialog.contains(fact), "{fact}: {dialog}");
    }
    assert_eq!(state(&app, id).await, "draft", "nobody has confirmed");
    let send = dialog.find("id=\"go\"").unwrap();
    assert!(send < dialog.find("mail-frame").unwrap(), "it comes first");

    let counting = editor.submit(&format!("{page}/start"), &CONFIRMED).await;
    assert!(counting.contains("Sending starts in"), "{counting}");
    assert!(counting.contains(">Undo<"), "{counting}");
    assert!(!counting.contains("Start now"), "{counting}");
    let waiting = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(waiting["state"], "scheduled");
    let left = progress(&editor, id).await["starts_in"].as_u64().unwrap();
    assert!((3500..=3600).contains(&left), "{left}");
    // A second click does not put it off.
    editor.submit(&format!("{page}/start"), &CONFIRMED).await;
    let again = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(again["scheduled_at"], waiting["scheduled_at"]);

    let undone = editor.submit(&format!("{page}/unschedule"), &[]).await;
    assert!(undone.contains("Nothing was sent"), "{undone}");
    let undone = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(undone["state"], "draft");
    assert_eq!(undone["scheduled_at"], Value::Null);
    assert_eq!(progress(&editor, id).await["starts_in"], Value::Null);

    // The API has promised to start at once. What it sends comes after whatever the undone one
    // would have sent.
    let copy = app
        .api_post(&format!("/campaigns/{id}/duplicate"), json!({}))
        .await;
    let copy = copy["id"].as_i64().unwrap();
    let started = app
        .api_post(&format!("/campaigns/{copy}/start"), json!({}))
        .await;
    assert_ne!(started["state"], "scheduled");
    app.mail_to("reader@x.example").await;
    app.campaign_in_state(copy, "finished").await;
    assert_eq!(app.mails_now("reader@x.example").len(), 1);
    assert_eq!(state(&app, id).await, "draft");

    let owner = AdminClient::owner(&app).await;
    let log = owner.page("/admin/audit?action=campaign").await;
    for action in ["campaign.delay_start", "campaign.undo_start"] {
        assert!(log.contains(action), "{action}: {log}");
    }
}

#[apply(on_both_databases)]
async fn after_the_delay_it_is_sent_once(app: TestApp) {
    assert_eq!(set_delay(&app, 1).await, StatusCode::OK);
    let other = app.another_worker();
    let id = draft(&app).await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let started_at = app.cx.clock.now();
    editor
        .submit(&format!("/admin/campaigns/{id}/start"), &CONFIRMED)
        .await;
    app.mail_to("reader@x.example").await;
    let waited = app.cx.clock.now().since(started_at);
    assert!(waited >= Duration::from_secs(1), "{waited:?}");
    app.campaign_in_state(id, "finished").await;
    assert_eq!(app.mails_now("reader@x.example").len(), 1);
    let answer = editor
        .refused(&format!("/admin/campaigns/{id}/unschedule"), &[], 409)
        .await;
    assert!(answer.contains("finished"), "{answer}");
    other.cancel();
}

#[apply(on_both_databases)]
async fn what_prevents_the_start_is_said_at_once(app: TestApp) {
    assert_eq!(set_delay(&app, 3600).await, StatusCode::OK);
    app.create_post("votes", "Votes", "In.").await;
    let id = app.create_campaign("votes", "Votes", "news").await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let path = format!("/admin/campaigns/{id}/start");
    let page = editor.refused(&path, &CONFIRMED, 422).await;
    assert!(page.contains("no confirmed subscriber yet"), "{page}");
    assert_eq!(state(&app, id).await, "draft");
    assert_eq!(
        set_delay(&app, 3601).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(set_delay(&app, 0).await, StatusCode::OK);
}

/// A worker that has rendered a campaign starts it only as it was when it was found.
#[apply(on_both_databases)]
async fn what_was_put_off_or_changed_meanwhile_does_not_start(app: TestApp) {
    let id = draft(&app).await;
    let key = CampaignId(id);
    let later = app.cx.clock.now().after(Duration::from_secs(3600));
    let by = Actor::CommandLine;
    let scheduled = lifecycle::schedule(&app.cx, &by, key, later).await.unwrap();
    let is_as_seen = async |seen| {
        let mut db = app.cx.store.write().await.unwrap();
        campaign_changes::lock_as_seen(&mut db, seen).await.unwrap()
    };
    assert!(is_as_seen(&scheduled).await);

    let not_due = lifecycle::start_due(&app.cx, key).await;
    assert!(
        matches!(not_due, Err(CampaignError::Overtaken)),
        "{not_due:?}"
    );

    let even_later = later.after(Duration::from_secs(60));
    let moved = lifecycle::schedule(&app.cx, &by, key, even_later)
        .await
        .unwrap();
    assert!(!is_as_seen(&scheduled).await, "another time");
    assert!(is_as_seen(&moved).await);

    let change = json!({ "subject": "The votes, counted" });
    let answer = app
        .api("PATCH", &format!("/campaigns/{id}"))
        .json(&change)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!is_as_seen(&moved).await, "another subject");
    let mut db = app.cx.store.read().await.unwrap();
    let changed = campaigns::by_id(&mut db, key).await.unwrap().unwrap();
    drop(db);
    assert!(is_as_seen(&changed).await);

    let undone = lifecycle::unschedule(&app.cx, &by, key).await.unwrap();
    assert!(!is_as_seen(&changed).await, "unscheduled");
    assert!(is_as_seen(&undone).await);
}
