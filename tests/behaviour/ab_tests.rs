//! A/B tests: who gets what, what decides, and that the rest gets the winner once.

use std::collections::BTreeMap;
use std::time::Duration;

use jarshy::campaign::ab_test::{deciding, placing};
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::model::ab_test::AbVariant;
use jarshy::model::user::Role;
use jarshy::model::{CampaignId, SubscriberId};
use jarshy::store::ab_tests;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};

const OWNER: &str = "owner@embassy.example";

/// The application after the time of every test here.
fn later(app: &TestApp) -> Context {
    let hours = Duration::from_secs(5 * 3600);
    Context {
        clock: Clock::manual(app.cx.clock.now().after(hours)),
        ..app.cx.clone()
    }
}

async fn draft(app: &TestApp, lists: &[&str], subject: &str) -> i64 {
    let body = json!({
        "subject": subject, "lists": lists, "layout": "letter",
        "markdown": [{ "language": "en", "title": subject, "body": "Hello [there](https://x.example/)." }],
    });
    app.api_post("/campaigns", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn put(app: &TestApp, id: i64, body: Value) -> (StatusCode, Value) {
    let sent = app.api("PUT", &format!("/campaigns/{id}/ab-test"));
    let answer = sent.json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// A test of subjects with one variant beside A.
async fn plan(app: &TestApp, id: i64, fields: Value) {
    let mut body = json!({
        "differs": "subject", "share": 50, "minutes": 240, "measure": "left",
        "variants": [{ "subjects": { "en": "B says hello" } }],
    });
    let all = body.as_object_mut().unwrap();
    all.extend(fields.as_object().unwrap().clone());
    let (status, answer) = put(app, id, body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["state"], "planned");
}

async fn start(app: &TestApp, id: i64) {
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
}

async fn test_of(app: &TestApp, id: i64) -> Value {
    app.api_get(&format!("/campaigns/{id}/ab-test")).await
}

/// Subscribes many, and gives the variant that each of them gets in a campaign.
async fn readers(app: &TestApp, count: usize, list: &str) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for at in 0..count {
        let email = format!("r{at}@{list}.example");
        let id = app.subscribe(&email, list).await;
        found.push((email, id));
    }
    found
}

fn variant_of(app: &TestApp, id: i64, reader: i64, share: i64) -> Option<AbVariant> {
    let (campaign, reader) = (CampaignId(id), SubscriberId(reader));
    placing::variant_of(&app.cx.keys, campaign, reader, share, 2)
}

/// Waits until each email of a test was sent, and its time begins.
async fn tried(app: &TestApp, id: i64) {
    app.until("its emails are tried", async || {
        deciding::decide_due(&app.cx).await.unwrap();
        test_of(app, id).await["decide_at"].is_string()
    })
    .await;
}

#[apply(on_both_databases)]
async fn the_split_is_as_the_hash_says_and_the_rest_gets_what_a_person_chose(app: TestApp) {
    let _second = app.another_worker();
    let readers = readers(&app, 40, "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(&app, id, json!({ "measure": "person" })).await;
    start(&app, id).await;
    tried(&app, id).await;
    let of = |reader: i64| variant_of(&app, id, reader, 50);
    for (email, reader) in &readers {
        let subjects: Vec<String> = app
            .mails_now(email)
            .into_iter()
            .map(|one| one.subject)
            .collect();
        let expected: Vec<&str> = match of(*reader) {
            Some(AbVariant::A) => vec!["A says hello"],
            Some(_) => vec!["B says hello"],
            None => vec![],
        };
        assert_eq!(subjects, expected, "{email}");
    }
    let test = test_of(&app, id).await;
    assert_eq!(test["state"], "testing", "{test}");
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["state"],
        "sending"
    );

    // It does not look finished: those who wait are named.
    let waiting = readers.iter().filter(|(_, reader)| of(*reader).is_none());
    let waiting = waiting.count();
    assert_eq!(test["rest"], waiting, "{test}");
    let cookie = app.sign_in(OWNER, Role::Owner).await;
    let pages = [
        "/admin/campaigns".to_owned(),
        format!("/admin/campaigns/{id}"),
    ];
    let named = async |ending: &str| {
        let tested = readers.len() - waiting;
        let line = format!("Test: {tested} of 40 readers. {waiting} wait for {ending}.");
        for path in &pages {
            let page = app.admin_page(&cookie, path).await.text().await.unwrap();
            assert!(page.contains(&line), "{path}: {line}: {page}");
        }
    };
    named("its result").await;

    // Its time is over: a person is asked, once.
    deciding::decide_due(&later(&app)).await.unwrap();
    deciding::decide_due(&later(&app)).await.unwrap();
    assert_eq!(test_of(&app, id).await["state"], "waiting");
    named("your decision").await;
    app.until("users are told", async || {
        let told = app.api_get("/notifications").await;
        told.to_string().contains("ab_test_waits")
    })
    .await;
    // Who left meanwhile, and who came, get nothing more.
    let left = readers
        .iter()
        .find(|(_, reader)| of(*reader).is_none())
        .unwrap();
    let gone = json!({ "subscriber": left.1, "list": "news", "state": "unsubscribed" });
    app.api_post("/subscriptions", gone).await;
    app.subscribe("late@news.example", "news").await;

    let decision = json!({ "winner": "b" });
    let decided = app
        .api_post(&format!("/campaigns/{id}/ab-test/decide"), decision.clone())
        .await;
    assert_eq!(
        (&decided["state"], &decided["winner"]),
        (&json!("decided"), &json!("b"))
    );
    assert_eq!(decided["outcome"], "chosen");
    let again = app.api("POST", &format!("/campaigns/{id}/ab-test/decide"));
    let again = again.json(&decision).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let done = app.campaign_in_state(id, "finished").await;
    assert_eq!(done["counts"]["sent"], 39, "{done}");
    assert_eq!(done["counts"]["queued"], 0, "{done}");
    for (email, reader) in &readers {
        let mails = app.mails_now(email);
        let expected = usize::from(*email != left.0);
        assert_eq!(mails.len(), expected, "{email}");
        if of(*reader).is_none() && expected == 1 {
            assert_eq!(mails[0].subject, "B says hello", "{email}");
        }
    }
    let late = app.mails_now("late@news.example");
    assert!(late.iter().all(|mail| !mail.subject.contains("hello")));
    // The archive has the winner.
    let archive = app
        .get(&format!("/archive/{id}"))
        .await
        .text()
        .await
        .unwrap();
    assert!(archive.contains("B says hello"), "{archive}");
    let report = app.api_get(&format!("/campaigns/{id}/report")).await;
    assert_eq!(report["ab_test"]["winner"], "b");
    let sent: i64 = report["ab_test"]["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["sent"].as_i64().unwrap())
        .sum();
    let tested = readers.iter().filter(|(_, reader)| of(*reader).is_some());
    assert_eq!(sent, tested.count() as i64);

    let cookie = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    let sheet = format!("/admin/campaigns/{id}/report.csv");
    let sheet = app.admin_page(&cookie, &sheet).await.text().await.unwrap();
    for (part, variant) in [
        ("variant,A", AbVariant::A),
        ("winning variant,B", AbVariant::B),
    ] {
        let own = readers.iter().filter(|(_, one)| of(*one) == Some(variant));
        let line = format!("\n{part},,,{},,,,0,0,,0\n", own.count());
        assert!(sheet.contains(&line), "{line}: {sheet}");
    }
    // Each reader learns what they got, and whether they took part.
    let left = left.1;
    let stayed = readers.iter().map(|(_, reader)| *reader);
    for reader in stayed.filter(|reader| *reader != left) {
        let path = format!("/subscribers/{reader}/personal-data");
        let data = app.api_get(&path).await;
        let variant = of(reader).unwrap_or(AbVariant::B);
        let expected = json!({ "variant": variant, "took_part": of(reader).is_some() });
        assert_eq!(data["deliveries"][0]["ab_test"], expected, "{data}");
    }
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
    assert!(!ab_tests::begin_rest(&mut db, CampaignId(id)).await.unwrap());
    drop(db);
    app.until("users are told", async || {
        let told = app.api_get("/notifications").await;
        told.to_string().contains("ab_test_decided")
    })
    .await;
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
    let none = app
        .api("GET", &format!("/campaigns/{id}/ab-test"))
        .send()
        .await
        .unwrap();
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn another_text_is_mailed_under_the_same_subject(app: TestApp) {
    let readers = readers(&app, 20, "news").await;
    let other = draft(&app, &["news"], "Another").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(
        &app,
        id,
        json!({ "differs": "content", "share": 100, "measure": "person",
                "variants": [{ "campaign": other }] }),
    )
    .await;
    // It was copied: what becomes of the other one does not matter.
    app.api("DELETE", &format!("/campaigns/{other}"))
        .send()
        .await
        .unwrap();
    start(&app, id).await;
    app.campaign_in_state(id, "finished").await;
    let mut texts: BTreeMap<AbVariant, usize> = BTreeMap::new();
    for (email, reader) in &readers {
        let mail = app.mail_about(email, "A says hello").await;
        let variant = variant_of(&app, id, *reader, 100).unwrap();
        assert_eq!(
            mail.html.contains("Another"),
            variant == AbVariant::B,
            "{email}"
        );
        *texts.entry(variant).or_default() += 1;
    }
    assert_eq!(texts.len(), 2, "{texts:?}");
}

#[apply(on_both_databases)]
async fn another_hour_waits_for_it(app: TestApp) {
    let readers = readers(&app, 12, "news").await;
    let id = draft(&app, &["news"], "A says hello").await;
    plan(
        &app,
        id,
        json!({ "differs": "hour", "share": 100, "measure": "person",
                "variants": [{ "minutes_later": 120 }] }),
    )
    .await;
    start(&app, id).await;
    let of_b: Vec<_> = readers
        .iter()
        .filter(|(_, reader)| variant_of(&app, id, *reader, 100) == Some(AbVariant::B))
        .collect();
    let campaign = app
        .campaign_that(id, |one| {
            one["counts"]["deferred"].as_u64() == Some(of_b.len() as u64)
                && one["counts"]["sent"].as_u64() == Some((12 - of_b.len()) as u64)
        })
        .await;
    assert_eq!(campaign["state"], "sending");
    for (email, _) in &of_b {
        assert!(app.mails_now(email).is_empty(), "{email}");
    }
    deciding::decide_due(&app.cx).await.unwrap();
    assert_eq!(test_of(&app, id).await["decide_at"], Value::Null);
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
    let none = app
        .api("GET", &format!("/campaigns/{id}/ab-test"))
        .send()
        .await
        .unwrap();
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
}
