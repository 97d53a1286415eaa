//! Who gets what of a test, and that the rest gets the winner once.

use std::collections::BTreeMap;

use jarshy::campaign::ab_test::deciding;
use jarshy::model::ab_test::AbVariant;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use super::{OWNER, draft, later, plan, readers, start, test_of, tried, variant_of};
use crate::harness::{TestApp, on_both_databases};

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
