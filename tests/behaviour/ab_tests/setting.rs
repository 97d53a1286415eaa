//! What is set of a test before its campaign starts, and what is refused.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use super::{OWNER, draft, plan, put, test_of};
use crate::harness::{TestApp, on_both_databases};

async fn assert_has_no_test(app: &TestApp, id: i64) {
    let path = format!("/campaigns/{id}/ab-test");
    let none = app.api("GET", &path).send().await.unwrap();
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn the_fault_of_b_is_found_before_the_start(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(
        &app,
        id,
        json!({ "variants": [{ "subjects": { "en": "Dear {{ nmae }}" } }] }),
    )
    .await;
    let found = app.api_get(&format!("/campaigns/{id}/preflight")).await;
    assert_eq!(found["can_start"], false, "{found}");
    assert!(found.to_string().contains("Variant B: "), "{found}");
    let refused = app.api("POST", &format!("/campaigns/{id}/start"));
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);

    // Nobody is told after the fact that there were too few readers, or that nothing differed.
    plan(&app, id, json!({})).await;
    let found = app.api_get(&format!("/campaigns/{id}/preflight")).await;
    let too_few = "about 0 of 1 readers get each variant, and below 30";
    assert!(found.to_string().contains(too_few), "{found}");
    let same = json!({ "differs": "subject", "measure": "left",
                       "variants": [{ "subjects": { "en": "A says hello" } }] });
    let (status, refused) = put(&app, id, same).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert!(
        refused.to_string().contains("it is the same as A"),
        "{refused}"
    );
    let cookie = app.sign_in(OWNER, Role::Owner).await;
    let start = format!("/admin/campaigns/{id}/start");
    let asked = app
        .admin_post(&cookie, &start, &[])
        .await
        .text()
        .await
        .unwrap();
    assert!(asked.contains("B says hello"), "{asked}");

    // Previews and test emails of each variant.
    plan(&app, id, json!({})).await;
    for (query, subject) in [("", "A says hello"), ("?variant=b", "B says hello")] {
        let preview = app
            .api_get(&format!("/campaigns/{id}/preview{query}"))
            .await;
        assert_eq!(preview["subject"], subject);
    }
    let test = json!({ "email": "me@x.example", "variant": "b" });
    app.api_post(&format!("/campaigns/{id}/test"), test).await;
    app.mail_about("me@x.example", "[Test] B says hello").await;
    // What cannot be.
    for wrong in [
        json!({ "differs": "subject", "measure": "left", "variants": [] }),
        json!({ "differs": "subject", "measure": "left", "variants": [{}] }),
        json!({ "differs": "subject", "measure": "left", "share": 0,
                "variants": [{ "subjects": { "en": "B" } }] }),
        json!({ "differs": "hour", "measure": "left", "variants": [{ "minutes_later": 0 }] }),
        json!({ "differs": "content", "measure": "left", "variants": [{ "campaign": id }] }),
        json!({ "differs": "subject", "measure": "clicks",
                "variants": [{ "subjects": { "en": "B" } }] }),
        json!({ "differs": "subject", "measure": "left",
                "variants": [{ "subjects": { "en": "B" } }, { "subjects": { "en": "B" } }] }),
    ] {
        let (status, answer) = put(&app, id, wrong.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong} {answer}");
    }
    // A duplicate has the test and none of its results.
    let copy = app
        .api_post(&format!("/campaigns/{id}/duplicate"), json!({}))
        .await;
    let copied = test_of(&app, copy["id"].as_i64().unwrap()).await;
    assert_eq!(copied["variants"][1]["subjects"]["en"], "B says hello");
    assert_eq!(copied["state"], "planned");
    let removed = app
        .api("DELETE", &format!("/campaigns/{id}/ab-test"))
        .send()
        .await
        .unwrap();
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    assert_has_no_test(&app, id).await;
}

#[apply(on_both_databases)]
async fn the_form_sets_a_test(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    let cookie = app.sign_in(OWNER, Role::Owner).await;
    let path = format!("/admin/campaigns/{id}");
    let form = app.admin_page(&cookie, &format!("{path}/ab-test")).await;
    assert!(form.text().await.unwrap().contains("text_b_en"));
    let fields = [
        ("differs", "subject"),
        ("share", "many"),
        ("lasts", "2"),
        ("unit", "days"),
        ("measure", "replies"),
        ("fallback", "ask"),
        ("text_b_en", "B from the form"),
    ];
    let refused = app
        .admin_post(&cookie, &format!("{path}/ab-test"), &fields)
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().await.unwrap().contains("B from the form"));
    let mut fields = fields;
    fields[1].1 = "30";
    app.admin_post(&cookie, &format!("{path}/ab-test"), &fields)
        .await;
    let test = test_of(&app, id).await;
    assert_eq!(
        (&test["share"], &test["minutes"]),
        (&json!(30), &json!(2_880)),
        "{test}"
    );
    assert_eq!(test["fallback"], "ask");
    let page = app.admin_page(&cookie, &format!("{path}?variant=b")).await;
    let page = page.text().await.unwrap();
    assert!(
        page.contains("B from the form") && page.contains("variant=b"),
        "{page}"
    );
    app.admin_post(&cookie, &format!("{path}/ab-test/remove"), &[])
        .await;
    assert_has_no_test(&app, id).await;
}
