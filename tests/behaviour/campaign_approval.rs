//! The approval of campaigns by a second person, and changes of what is about to be mailed.

use jarshy::campaign::{CampaignError, lifecycle};
use jarshy::content::post;
use jarshy::model::CampaignId;
use jarshy::model::audit::Actor;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const OWNER: &str = "owner@embassy.example";
const SECOND: &str = "second@embassy.example";
const LATER: &str = "2099-01-01T09:00:00Z";

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn ask_for_approvals(app: &TestApp) {
    let settings = json!({ "settings": { "approval": true } });
    let (status, answer) = call(app, "PATCH", "/settings", settings).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
}

/// A draft by the owner for one reader, to a segment.
async fn draft(app: &TestApp) -> (i64, i64) {
    app.subscribe("reader@x.example", "news").await;
    app.create_post("votes", "Votes", "Dear {{ name }}, they are in.")
        .await;
    let condition = json!({ "about": "language", "value": "en" });
    let segment = app.segment("English", condition).await;
    let new = json!({
        "subject": "Votes", "post": "votes", "lists": ["news"], "segment": segment,
        "layout": "letter",
    });
    let id = app.api_post("/campaigns", new).await["id"].as_i64();
    (id.unwrap(), segment)
}

async fn approval(app: &TestApp, id: i64) -> Value {
    app.api_get(&format!("/campaigns/{id}")).await["approval"].clone()
}

/// The number of changes that the page of a campaign shows to who may approve it.
fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").expect("a form");
    rest.split_once('"').unwrap().0.to_owned()
}

async fn approve(client: &AdminClient, id: i64) -> String {
    let page = client.page(&format!("/admin/campaigns/{id}")).await;
    let form = [("seen", seen(&page))];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    client
        .submit(&format!("/admin/campaigns/{id}/approve"), &form)
        .await
}

async fn refuses_to_start(app: &TestApp, id: i64) {
    for (path, body) in [
        (format!("/campaigns/{id}/start"), json!({})),
        (format!("/campaigns/{id}/schedule"), json!({ "at": LATER })),
    ] {
        let (status, problem) = call(app, "POST", &path, body).await;
        assert_eq!(status, StatusCode::CONFLICT, "{path}: {problem}");
        assert_eq!(problem["type"], "/problems/approval-required", "{path}");
    }
    let by = Actor::CommandLine;
    let started = lifecycle::start(&app.cx, &by, CampaignId(id)).await;
    assert!(matches!(started, Err(CampaignError::NotApproved)));
}

#[apply(on_both_databases)]
async fn nothing_starts_that_only_one_person_has_seen(app: TestApp) {
    let (id, _) = draft(&app).await;
    assert_eq!(approval(&app, id).await, Value::Null, "none is asked for");
    ask_for_approvals(&app).await;
    let second = AdminClient::sign_in(&app, SECOND, Role::Editor).await;
    assert_eq!(approval(&app, id).await["state"], "missing");
    refuses_to_start(&app, id).await;

    let page = format!("/admin/campaigns/{id}");
    let owner = AdminClient::owner(&app).await;
    let shown = owner.page(&page).await;
    assert!(shown.contains("Approval needed"), "{shown}");
    let confirmed = [("confirmed", "yes")];
    let refused = owner
        .refused(&format!("{page}/start"), &confirmed, 409)
        .await;
    assert!(refused.contains("Another person must approve"), "{refused}");

    let asked = owner.submit(&format!("{page}/request-approval"), &[]).await;
    assert!(asked.contains("Waiting for approval"), "{asked}");
    assert!(!asked.contains("name=\"seen\""), "not one's own: {asked}");
    let requested = approval(&app, id).await;
    assert_eq!(requested["state"], "requested");
    assert_eq!(requested["by"], OWNER);
    let list = owner.page("/admin/campaigns").await;
    assert!(list.contains("waits for approval"), "{list}");

    app.mail_about(SECOND, "Approval requested: Votes").await;
    let now = seen(&second.page(&page).await);
    let own = owner
        .refused(&format!("{page}/approve"), &[("seen", &now)], 403)
        .await;
    assert!(own.contains("Another person must approve it"), "{own}");
    for wrong in ["", "0", "99"] {
        let form = [("seen", wrong)];
        second.refused(&format!("{page}/approve"), &form, 409).await;
    }
    refuses_to_start(&app, id).await;

    let approved = approve(&second, id).await;
    assert!(approved.contains(SECOND), "{approved}");
    assert_eq!(approval(&app, id).await["state"], "approved");
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    assert_eq!(app.mails_to("reader@x.example", 1).await.len(), 1);

    let log = owner.page("/admin/audit?action=campaign").await;
    for action in ["campaign.request_approval", "campaign.approve"] {
        assert!(log.contains(action), "{action}: {log}");
    }
}

#[apply(on_both_databases)]
async fn every_later_change_voids_an_approval(app: TestApp) {
    ask_for_approvals(&app).await;
    let (id, segment) = draft(&app).await;
    let second = AdminClient::sign_in(&app, SECOND, Role::Editor).await;
    let ask = format!("/campaigns/{id}/request-approval");
    let letter = app.api_get("/layouts/letter").await["mjml"].clone();
    let changes = [
        (
            "campaign",
            "PATCH",
            format!("/campaigns/{id}"),
            json!({ "subject": "Votes, counted" }),
        ),
        (
            "campaign",
            "PATCH",
            format!("/campaigns/{id}"),
            json!({ "lists": ["news"] }),
        ),
        (
            "post",
            "PATCH",
            "/posts/votes?confirm=true".to_owned(),
            json!({ "language": "en", "body_markdown": "They are counted." }),
        ),
        (
            "layout",
            "PUT",
            "/layouts/letter".to_owned(),
            json!({ "mjml": letter }),
        ),
        (
            "segment",
            "PATCH",
            format!("/segments/{segment}"),
            json!({ "name": "English readers" }),
        ),
        (
            "campaign",
            "PATCH",
            format!("/campaigns/{id}"),
            json!({ "segment": null }),
        ),
    ];
    let count = changes.len();
    for (part, method, path, body) in changes {
        app.api_post(&ask, json!({})).await;
        approve(&second, id).await;
        assert_eq!(approval(&app, id).await["state"], "approved", "{part}");
        let (status, answer) = call(&app, method, &path, body).await;
        assert!(status.is_success(), "{path}: {status} {answer}");
        let void = approval(&app, id).await;
        assert_eq!(void["state"], "void", "{part}: {void}");
        assert_eq!(void["changed"], part, "{void}");
        assert_eq!(void["changed_by"], OWNER, "{void}");
        refuses_to_start(&app, id).await;
    }
    let shown = second.page(&format!("/admin/campaigns/{id}")).await;
    assert!(shown.contains("The approval is void"), "{shown}");
    assert!(shown.contains("changed the campaign"), "{shown}");
    let owner = AdminClient::owner(&app).await;
    let log = owner
        .page("/admin/audit?action=campaign.void_approval")
        .await;
    assert_eq!(
        log.matches("campaign.void_approval</").count(),
        count,
        "{log}"
    );

    // Other times and limits are no other mail.
    app.api_post(&ask, json!({})).await;
    approve(&second, id).await;
    let limits = json!({ "hourly_limit": 1000 });
    let (status, _) = call(&app, "PUT", &format!("/campaigns/{id}/limits"), limits).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let at = json!({ "at": LATER });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    app.api_post(&format!("/campaigns/{id}/unschedule"), json!({}))
        .await;
    assert_eq!(approval(&app, id).await["state"], "approved");

    // The user who changes it last cannot approve it, no matter who asks.
    let (status, _) = call(
        &app,
        "PATCH",
        &format!("/campaigns/{id}"),
        json!({ "subject": "Votes" }),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    second
        .submit(&format!("/admin/campaigns/{id}/request-approval"), &[])
        .await;
    let page = owner.page(&format!("/admin/campaigns/{id}")).await;
    assert!(!page.contains("name=\"seen\""), "{page}");
    let third = AdminClient::sign_in(&app, "third@embassy.example", Role::Editor).await;
    approve(&third, id).await;
    assert_eq!(approval(&app, id).await["by"], "third@embassy.example");
}

/// A scheduled campaign that has lost its approval sends nothing, and says so.
#[apply(on_both_databases)]
async fn a_change_after_the_schedule_is_confirmed_and_stops_an_approved_start(app: TestApp) {
    ask_for_approvals(&app).await;
    let (id, _) = draft(&app).await;
    let second = AdminClient::sign_in(&app, SECOND, Role::Editor).await;
    let ask = format!("/campaigns/{id}/request-approval");
    app.api_post(&ask, json!({})).await;
    approve(&second, id).await;
    let at = json!({ "at": LATER });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;

    let change = json!({ "language": "en", "body_markdown": "They are void." });
    let (status, problem) = call(&app, "PATCH", "/posts/votes", change.clone()).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert_eq!(problem["type"], "/problems/confirmation-required");
    assert_eq!(approval(&app, id).await["state"], "approved", "unchanged");
    let (status, _) = call(&app, "PATCH", "/posts/votes?confirm=true", change).await;
    assert_eq!(status, StatusCode::OK);

    let shown = second.page(&format!("/admin/campaigns/{id}")).await;
    assert!(shown.contains("It cannot start"), "{shown}");
    app.execute("UPDATE campaigns SET scheduled_at = 1 WHERE state = 'scheduled'")
        .await;
    let failed = app.campaign_in_state(id, "failed_to_start").await;
    let reason = failed["failure_reason"].as_str().unwrap();
    assert!(reason.contains("another person must approve"), "{reason}");

    app.api_post(&ask, json!({})).await;
    approve(&second, id).await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let mails = app.mails_to("reader@x.example", 1).await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("They are void"), "{}", mails[0].text);
}

#[apply(on_both_databases)]
async fn the_editor_asks_before_it_changes_what_is_scheduled(app: TestApp) {
    let (id, _) = draft(&app).await;
    let editor = AdminClient::sign_in(&app, SECOND, Role::Editor).await;
    let post = post::by_slug(&app.cx, &"votes".parse().unwrap()).await;
    let path = format!("/admin/posts/{}", post.unwrap().unwrap().post.id);
    let form = async |extra: &[(&str, &str)]| {
        let page = editor.page(&path).await;
        let (_, seen) = page.split_once("name=\"seen\" value=\"").unwrap();
        let seen = seen.split_once('"').unwrap().0.to_owned();
        let mut form = vec![
            ("seen".to_owned(), seen),
            ("action".to_owned(), "save".to_owned()),
            ("title_en".to_owned(), "Votes".to_owned()),
            ("body_en".to_owned(), "Counted twice.".to_owned()),
            ("category".to_owned(), "General".to_owned()),
            ("author".to_owned(), "Aigul".to_owned()),
            ("slug".to_owned(), "votes".to_owned()),
        ];
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        form.extend(extra.iter().map(owned));
        form
    };
    let send = async |form: Vec<(String, String)>| {
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let answer = editor.post(&path, &form).await;
        (answer.status(), answer.text().await.unwrap())
    };
    let (status, page) = send(form(&[]).await).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "no campaign waits: {page}");

    let at = json!({ "at": LATER });
    app.api_post(&format!("/campaigns/{id}/schedule"), at).await;
    let page = editor.page(&path).await;
    assert!(
        page.contains("A campaign is about to mail this post"),
        "{page}"
    );
    assert!(page.contains("and will mail the changed text"), "{page}");
    let (status, page) = send(form(&[]).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"confirm_campaigns-error\""), "{page}");
    assert!(page.contains("Counted twice."), "nothing typed is lost");
    let (status, page) = send(form(&[("confirm_campaigns", "yes")]).await).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");

    app.api_post(&format!("/campaigns/{id}/unschedule"), json!({}))
        .await;
    let page = editor.page(&path).await;
    assert!(!page.contains("is about to mail this post"), "{page}");
}
