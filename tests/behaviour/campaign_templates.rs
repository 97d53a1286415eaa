//! Templates of campaigns: the shipped ones, those made of campaigns, and starting from the last
//! campaign.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const HOME: &str = "/admin/campaign-templates";
const SHIPPED: [&str; 8] = [
    "announcement",
    "digest",
    "event-invitation",
    "welcome",
    "letter",
    "press-release",
    "product-update",
    "fundraising",
];

async fn call(app: &TestApp, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let answer = app.api(method, path).json(&body).send().await.unwrap();
    let status = answer.status();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn campaign(app: &TestApp) -> i64 {
    app.create_list("press", "single").await;
    let new = json!({
        "subject": "Monthly", "subjects": { "kk": "Ай сайын" }, "lists": ["press"],
        "markdown": [
            { "language": "en", "title": "Hello", "preheader": "Short", "body": "Some **text**" },
            { "language": "kk", "title": "Сәлем", "body": "Мәтін" },
        ],
        "from": "Press <press@example.org>", "layout": "letter", "is_public": false,
    });
    app.api_post("/campaigns", new).await["id"]
        .as_i64()
        .unwrap()
}

#[apply(on_both_databases)]
async fn every_shipped_template_is_an_email_in_each_language(app: TestApp) {
    app.create_post("spring", "Spring", "Flowers.").await;
    let viewer = AdminClient::sign_in(&app, "viewer@x.example", Role::Viewer).await;
    let gallery = viewer.page(HOME).await;
    for name in SHIPPED {
        assert!(
            gallery.contains(&format!("{HOME}/{name}/preview")),
            "{name}: {gallery}"
        );
        for (language, reader) in [("en", ""), ("kk", "оқырман"), ("ru", "")] {
            let path = format!("{HOME}/{name}/preview?language={language}");
            let html = viewer.page(&path).await;
            assert!(html.contains("<table"), "{path}: {html}");
            assert!(
                !html.contains(":::") && !html.contains("{{"),
                "{path}: {html}"
            );
            assert!(!html.contains("block-"), "{path}: {html}");
            let greets = ["letter", "welcome", "announcement"].contains(&name);
            assert!(!greets || html.contains(reader), "{path}: {html}");
        }
    }
    let welcome = viewer
        .page(&format!("{HOME}/welcome/preview?language=en"))
        .await;
    assert!(welcome.contains("/posts/spring"), "{welcome}");
    let one = viewer.page(&format!("{HOME}/letter")).await;
    assert!(!one.contains(&format!("{HOME}/letter/delete")), "{one}");

    let owner = AdminClient::owner(&app).await;
    for (path, form) in [
        (format!("{HOME}/letter"), [("name", "Mine")]),
        (format!("{HOME}/letter/delete"), [("confirmed", "yes")]),
    ] {
        owner.refused(&path, &form, 404).await;
    }
    let (status, _) = call(&app, "DELETE", "/campaign-templates/letter", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn a_campaign_begins_with_a_template(app: TestApp) {
    app.create_list("press", "single").await;
    let owner = AdminClient::owner(&app).await;
    let form = owner
        .page("/admin/campaigns/new?template=fundraising")
        .await;
    for part in [
        "name=\"kind\" value=\"markdown\"",
        "gives [one person]",
        "Give now",
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let unknown = owner.get("/admin/campaigns/new?template=nothing").await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);

    let path = "/campaign-templates/event-invitation/campaigns";
    let (status, made) = call(&app, "POST", path, json!({ "lists": ["press"] })).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["state"], "draft");
    assert_eq!(made["subject"], "You are invited: [event] on [day]");
    let preview = format!("/campaigns/{}/preview?language=en", made["id"]);
    let text = app.api_get(&preview).await["text"].to_string();
    assert!(
        text.contains("Programme") && text.contains("I am coming"),
        "{text}"
    );
}

#[apply(on_both_databases)]
async fn a_campaign_becomes_a_template_without_its_lists(app: TestApp) {
    let id = campaign(&app).await;
    let owner = AdminClient::owner(&app).await;
    let path = format!("/admin/campaigns/{id}/template");
    let asked = owner.page(&path).await;
    assert!(asked.contains("value=\"Monthly\""), "{asked}");
    let saved = owner.submit(&path, &[("name", "Our month")]).await;
    assert!(saved.contains("Template saved"), "{saved}");
    let taken = owner.refused(&path, &[("name", "Our month")], 422).await;
    assert!(taken.contains("already exists"), "{taken}");
    owner.refused(&path, &[("name", "")], 422).await;
    let again = [("name", "Our month"), ("replaces", "yes")];
    owner.submit(&path, &again).await;

    let all = app.api_get("/campaign-templates").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 9, "{all}");
    let one = &all["items"][0];
    assert_eq!(one["name"], "Our month");
    assert_eq!(one["subjects"]["kk"], "Ай сайын");
    assert_eq!(one["from"], "Press <press@example.org>");
    assert_eq!(one["is_public"], false);
    assert_eq!(one["texts"][0]["body"], "Some **text**");

    let key = one["id"].as_str().unwrap();
    let form = owner
        .page(&format!("/admin/campaigns/new?template={key}"))
        .await;
    for part in ["Some **text**", "Ай сайын", "press@example.org"] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let preview = owner.page(&format!("{HOME}/{key}/preview")).await;
    assert!(preview.contains("<strong"), "{preview}");

    // The campaign and the template are apart from now on.
    let change = json!({ "subject": "Changed" });
    call(&app, "PATCH", &format!("/campaigns/{id}"), change).await;
    let one = app.api_get(&format!("/campaign-templates/{key}")).await;
    assert_eq!(one["subject"], "Monthly");

    let renamed = owner
        .submit(&format!("{HOME}/{key}"), &[("name", "Each month")])
        .await;
    assert!(renamed.contains("Each month"), "{renamed}");
    let new = json!({ "name": "Each month", "campaign": id });
    let (status, problem) = call(&app, "POST", "/campaign-templates", new).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    let asked = owner.post(&format!("{HOME}/{key}/delete"), &[]).await;
    assert!(asked.text().await.unwrap().contains("Each month"));
    owner
        .submit(&format!("{HOME}/{key}/delete"), &[("confirmed", "yes")])
        .await;
    let all = app.api_get("/campaign-templates").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 8, "{all}");
    let log = owner.page("/admin/audit").await;
    assert!(log.contains("campaign_template.delete"), "{log}");
}

#[apply(on_both_databases)]
async fn a_campaign_begins_with_the_last_one(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    app.create_list("other", "single").await;
    let nothing = owner.page("/admin/campaigns/new?from=last").await;
    assert!(nothing.contains("New campaign"), "{nothing}");

    let id = campaign(&app).await;
    app.subscribe("reader@x.example", "press").await;
    let draft = owner.page("/admin/campaigns/new?from=last").await;
    assert!(
        !draft.contains("Some **text**"),
        "it has not started: {draft}"
    );
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.campaign_in_state(id, "finished").await;
    let form = owner.page("/admin/campaigns/new?from=last").await;
    assert!(form.contains("Some **text**"), "{form}");
    let chosen = form.split("name=\"lists\" value=\"press\"").nth(1).unwrap();
    assert!(chosen[..20].contains("checked"), "{form}");
}
