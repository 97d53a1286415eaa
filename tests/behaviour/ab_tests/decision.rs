//! What decides a test, what it is counted by, and what ends it without a winner.

use jarshy::campaign::ab_test::deciding;
use jarshy::model::CampaignId;
use jarshy::model::user::Role;
use jarshy::store::ab_tests::rest;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use super::{OWNER, draft, later, plan, readers, start, test_of, tried, variant_of};
use crate::harness::{TestApp, on_both_databases};

/// Numbers as if many had got a test: those whom the hash has drawn are in the ledger, of two lists.
async fn with_numbers(app: &TestApp, id: i64, fallback: &str, numbers: [[(i64, i64); 2]; 2]) {
    app.create_list("press", "single").await;
    readers(app, 3, "news").await;
    plan(app, id, json!({ "share": 1, "fallback": fallback })).await;
    start(app, id).await;
    tried(app, id).await;
    let (mut next, mut people, mut sent, mut left) = (100_000, vec![], vec![], vec![]);
    for (list, of_list) in ["news", "press"].into_iter().zip(numbers) {
        let list = format!("(SELECT id FROM lists WHERE slug = '{list}')");
        for (variant, (leavers, count)) in ["a", "b"].into_iter().zip(of_list) {
            for at in 0..count {
                next += 1;
                let email = format!("n{next}@x.example");
                people.push(format!("({next}, '{email}', '{email}', 'en', '{{}}', 1)"));
                sent.push(format!("({id}, {next}, 'sent', 0, 1, '{variant}', {list})"));
                if at < leavers {
                    let how = "'unsubscribed', 'unsubscribe_link'";
                    left.push(format!("({next}, {list}, {how}, {id}, 1)"));
                }
            }
        }
    }
    for (table, rows) in [
        (
            "subscribers (id, email, email_key, language, attributes, created_at)",
            people,
        ),
        (
            "deliveries (campaign_id, subscriber_id, state, next_attempt_at, changed_at, variant,
                         test_list_id)",
            sent,
        ),
        (
            "consent_records (subscriber_id, list_id, action, method, campaign_id, at)",
            left,
        ),
    ] {
        let statement = format!("INSERT INTO {table} VALUES {}", rows.join(", "));
        app.execute(statement.leak()).await;
    }
}

#[apply(on_both_databases)]
async fn a_mix_of_lists_decides_nothing(app: TestApp) {
    let id = draft(&app, &["news"], "A says hello").await;
    // On each list as many leave of both; B has more readers of the list that people leave.
    let numbers = [[(2, 80), (1, 20)], [(10, 20), (40, 80)]];
    with_numbers(&app, id, "ask", numbers).await;
    deciding::decide_due(&later(&app)).await.unwrap();
    let test = test_of(&app, id).await;
    assert_eq!(test["state"], "waiting", "{test}");
    assert_eq!(test["outcome"], "no_difference");
    let left = &test["variants"][1]["compared"][1];
    assert_eq!(left["measure"], "left");
    assert_eq!(left["verdict"], "no_difference", "{left}");
    assert_eq!(test["variants"][0]["left"], 12);
    assert_eq!(test["variants"][1]["left"], 41);
    assert_eq!(test["variants"][1]["lists"].as_array().unwrap().len(), 2);

    let cookie = app.sign_in(OWNER, Role::Owner).await;
    let page = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}"))
        .await;
    let page = page.text().await.unwrap();
    assert!(
        page.contains("No difference found between B and A"),
        "{page}"
    );
    let report = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}/report"))
        .await;
    assert!(report.text().await.unwrap().contains("list by list"));
    let decide = format!("/admin/campaigns/{id}/ab-test/decide");
    // It asks first, with the number of those who wait.
    let rest = app.api_get(&format!("/campaigns/{id}/ab-test")).await["rest"]
        .as_i64()
        .unwrap();
    let asked = app.admin_post(&cookie, &decide, &[("winner", "a")]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let asked = asked.text().await.unwrap();
    assert!(
        asked.contains("Send variant A to all other readers?"),
        "{asked}"
    );
    assert!(
        rest < 2 || asked.contains(&format!("{rest} readers wait")),
        "{asked}"
    );
    assert_eq!(test_of(&app, id).await["state"], "waiting");
    let yes = [("winner", "a"), ("confirmed", "yes")];
    app.admin_post(&cookie, &decide, &yes).await;
    app.campaign_in_state(id, "finished").await;
    assert_eq!(test_of(&app, id).await["decided_by"], OWNER);
}

#[apply(on_both_databases)]
async fn the_better_one_wins_and_the_decision_outlives_a_crash(app: TestApp) {
    let id = draft(&app, &["news"], "A says hello").await;
    with_numbers(
        &app,
        id,
        "send_a",
        [[(20, 60), (2, 60)], [(15, 40), (1, 40)]],
    )
    .await;
    // While it is paused nothing is decided.
    app.api_post(&format!("/campaigns/{id}/pause"), json!({}))
        .await;
    deciding::decide_due(&later(&app)).await.unwrap();
    assert_eq!(test_of(&app, id).await["state"], "testing");
    app.api_post(&format!("/campaigns/{id}/resume"), json!({}))
        .await;
    // Two at once: one decides. Nothing but the row in the database leads on from there.
    let at = later(&app);
    let (one, other) = tokio::join!(deciding::decide_due(&at), deciding::decide_due(&at));
    one.unwrap();
    other.unwrap();
    let test = test_of(&app, id).await;
    assert_eq!(
        (&test["state"], &test["winner"]),
        (&json!("decided"), &json!("b")),
        "{test}"
    );
    assert_eq!(test["outcome"], "measured");
    assert_eq!(test["variants"][1]["compared"][1]["verdict"], "better");
    app.campaign_in_state(id, "finished").await;
    for at in 0..3 {
        let mails = app.mails_now(&format!("r{at}@news.example"));
        assert_eq!(mails.len(), 1);
    }
    // It begins once, however many ask.
    let mut db = app.cx.store.write().await.unwrap();
    assert!(!rest::begin(&mut db, CampaignId(id)).await.unwrap());
    drop(db);
    app.until("users are told", async || {
        let told = app.api_get("/notifications").await;
        told.to_string().contains("ab_test_decided")
    })
    .await;
}

#[apply(on_both_databases)]
async fn a_test_of_everybody_ends_by_itself(app: TestApp) {
    let readers = readers(&app, 30, "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(&app, id, json!({ "share": 100 })).await;
    // Everybody takes part: it ends by itself, and the numbers say what they can.
    start(&app, id).await;
    app.campaign_in_state(id, "finished").await;
    tried(&app, id).await;
    deciding::decide_due(&later(&app)).await.unwrap();
    let test = test_of(&app, id).await;
    assert_eq!(
        (&test["state"], &test["winner"]),
        (&json!("decided"), &json!("a")),
        "{test}"
    );
    assert_eq!(test["outcome"], "too_few");
    for (email, _) in readers {
        assert_eq!(app.mails_now(&email).len(), 1, "{email}");
    }
    assert_eq!(test["variants"][1]["compared"][1]["verdict"], "too_few");
}

#[apply(on_both_databases)]
async fn clicks_are_totals_of_variants(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let counts = json!({ "counts_clicks": true });
    let changed = app
        .api("PATCH", "/lists/news")
        .json(&counts)
        .send()
        .await
        .unwrap();
    assert!(changed.status().is_success());
    let id = draft(&app, &["news"], "A says hello").await;
    plan(&app, id, json!({ "measure": "clicks", "share": 100 })).await;
    start(&app, id).await;
    let mail = app.mail_to("reader@x.example").await;
    let links = mail
        .html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next());
    let link = links.into_iter().find(|link| link.contains("/l/")).unwrap();
    let link = link
        .split_once("/l/")
        .map(|(_, token)| format!("/l/{token}"))
        .unwrap();
    assert!(link.contains('~'), "{link}");
    app.get(&link).await;
    app.get(&format!("{}~b999-7", link.split('~').next().unwrap()))
        .await;
    let test = test_of(&app, id).await;
    let clicks: i64 = test["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["clicks"].as_i64().unwrap())
        .sum();
    // The part that is none of the test counts for the link alone.
    assert_eq!(clicks, 1, "{test}");
    tried(&app, id).await;
    deciding::decide_due(&later(&app)).await.unwrap();
    assert_eq!(test_of(&app, id).await["outcome"], "too_few");
}

#[apply(on_both_databases)]
async fn a_cancelled_test_sends_no_rest(app: TestApp) {
    let readers = readers(&app, 20, "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(&app, id, json!({})).await;
    start(&app, id).await;
    tried(&app, id).await;
    app.api_post(&format!("/campaigns/{id}/cancel"), json!({}))
        .await;
    let test = test_of(&app, id).await;
    assert_eq!(
        (&test["state"], &test["outcome"]),
        (&json!("ended"), &json!("cancelled"))
    );
    deciding::decide_due(&later(&app)).await.unwrap();
    app.quiet().await;
    for (email, reader) in readers {
        let expected = usize::from(variant_of(&app, id, reader, 50).is_some());
        assert_eq!(app.mails_now(&email).len(), expected, "{email}");
    }
}
