//! Why a subscriber got a campaign, or did not: as the API and the admin pages explain it.

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

impl TestApp {
    async fn why(&self, campaign: i64, person: impl std::fmt::Display) -> Value {
        self.api_get(&format!("/campaigns/{campaign}/recipients/{person}"))
            .await
    }

    /// Verdict, outcome and sentence.
    async fn answer(&self, campaign: i64, person: impl std::fmt::Display) -> [String; 3] {
        let found = self.why(campaign, person).await;
        ["verdict", "outcome", "sentence"].map(|name| found[name].as_str().unwrap().to_owned())
    }

    /// A campaign of its own text to lists.
    async fn draft(&self, subject: &str, fields: Value) -> i64 {
        let mut campaign = json!({
            "subject": subject, "lists": ["news"],
            "markdown": [{ "language": "en", "title": subject, "body": "Read on." }],
        });
        let all = campaign.as_object_mut().unwrap();
        all.extend(fields.as_object().unwrap().clone());
        self.api_post("/campaigns", campaign).await["id"]
            .as_i64()
            .unwrap()
    }

    async fn start_campaign(&self, campaign: i64) {
        self.api_post(&format!("/campaigns/{campaign}/start"), json!({}))
            .await;
        self.campaign_in_state(campaign, "finished").await;
    }

    async fn patch(&self, path: &str, body: Value) {
        let answer = self.api("PATCH", path).json(&body).send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{path}: {}",
            answer.text().await.unwrap()
        );
    }

    async fn leave(&self, subscriber: i64, list: &str) {
        self.api_post(
            "/subscriptions",
            json!({ "subscriber": subscriber, "list": list, "state": "unsubscribed" }),
        )
        .await;
    }
}

fn assert_is(answer: &[String; 3], verdict: &str, outcome: &str, sentence: &str) {
    let [own_verdict, own_outcome, own_sentence] = answer;
    assert_eq!(
        (own_verdict.as_str(), own_outcome.as_str()),
        (verdict, outcome),
        "{answer:?}"
    );
    assert!(own_sentence.starts_with(sentence), "{own_sentence}");
}

fn texts(found: &Value) -> Vec<&str> {
    let facts = found["facts"].as_array().unwrap().iter();
    facts.map(|fact| fact["text"].as_str().unwrap()).collect()
}

#[apply(on_both_databases)]
async fn a_campaign_that_went_out_is_explained_for_everybody(app: TestApp) {
    app.create_list("press", "double").await;
    let got = app.subscribe("got@example.kz", "news").await;
    let other = app.subscribe("other@example.kz", "press").await;
    let left = app.subscribe("left@example.kz", "news").await;
    app.leave(left, "news").await;
    let bounced = app.subscribe("bounced@example.kz", "news").await;
    app.api_post(
        "/suppressions",
        json!({ "email": "bounced@example.kz", "reason": "hard_bounce", "note": "no such user" }),
    )
    .await;
    let paused = app.subscribe("paused@example.kz", "news").await;
    let until = app
        .cx
        .clock
        .now()
        .after(std::time::Duration::from_secs(10 * 24 * 3600));
    app.patch(
        &format!("/subscribers/{paused}"),
        json!({ "paused_until": until.rfc3339() }),
    )
    .await;
    app.join("pending@example.kz").await;
    let pending = app.subscriber("pending@example.kz").await["id"]
        .as_i64()
        .unwrap();

    let id = app.draft("Spring", json!({})).await;
    app.start_campaign(id).await;
    let late = app.subscribe("late@example.kz", "news").await;

    let sent = app.why(id, got).await;
    assert_eq!(
        (&sent["verdict"], &sent["outcome"]),
        (&json!("received"), &json!("sent"))
    );
    assert_eq!(sent["email"], "got@example.kz");
    assert_eq!(sent["subscriber_id"], got);
    let said = texts(&sent);
    for expected in [
        "The campaign started on ",
        "Its recipients were chosen by ",
        "news: subscribed since ",
        "The address is not suppressed.",
        "Email is not paused.",
        "Their language is English, and the email is written in it.",
        "Delivery: sent, since ",
        "1 attempt to send it, on ",
        "The relay replied: 250",
    ] {
        assert!(
            said.iter().any(|one| one.starts_with(expected)),
            "{expected}: {said:#?}"
        );
    }
    let kinds: Vec<&str> = sent["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "campaign",
            "audience",
            "list",
            "not_suppressed",
            "not_paused",
            "language",
            "delivery",
            "attempts",
            "reply"
        ]
    );

    let no = "not_received";
    assert_is(&app.answer(id, got).await, "received", "sent", "Got it on ");
    assert_is(
        &app.answer(id, other).await,
        no,
        "not_on_lists",
        "Did not get it, because they were on none of its lists.",
    );
    assert_is(
        &app.answer(id, left).await,
        no,
        "unsubscribed",
        "Did not get it, because they left news on ",
    );
    assert_is(
        &app.answer(id, pending).await,
        no,
        "not_confirmed",
        "Did not get it, because they had not confirmed their subscription to news.",
    );
    assert_is(
        &app.answer(id, late).await,
        no,
        "joined_later",
        "Did not get it, because they joined news on ",
    );
    assert_is(
        &app.answer(id, paused).await,
        no,
        "paused",
        "Did not get it, because they had paused email until ",
    );
    let suppressed = app.answer(id, bounced).await;
    assert_is(
        &suppressed,
        no,
        "suppressed",
        "Did not get it, because the address has been",
    );
    assert!(suppressed[2].ends_with("(hard bounce)."), "{suppressed:?}");
    let why = app.why(id, bounced).await;
    assert!(
        texts(&why).iter().any(|one| one
            .starts_with("bounced@example.kz has been suppressed since")
            && one.ends_with(": hard bounce (no such user).")),
        "{why:#}"
    );

    // What happens later does not change what was.
    app.leave(got, "news").await;
    let after = app.why(id, got).await;
    assert_eq!(after["outcome"], "sent");
    assert!(
        texts(&after)
            .iter()
            .any(|one| one.starts_with("news: left on ")),
        "{after:#}"
    );
    let lifted = app
        .api("DELETE", "/suppressions/bounced@example.kz")
        .send()
        .await
        .unwrap();
    assert!(lifted.status().is_success());
    assert_is(
        &app.answer(id, bounced).await,
        no,
        "suppressed",
        "Did not get it. Most likely the address was suppressed then: a suppression was lifted",
    );
}

#[apply(on_both_databases)]
async fn what_became_of_a_delivery_is_told(app: TestApp) {
    let reader = app.subscribe("a@example.kz", "news").await;
    let id = app.draft("Spring", json!({})).await;
    app.start_campaign(id).await;
    for (change, verdict, outcome, sentence) in [
        (
            "UPDATE deliveries SET state = 'failed', reply = '550 no such user'",
            "not_received",
            "failed",
            "Did not get it, because it could not be delivered: the last attempt failed on ",
        ),
        (
            "UPDATE deliveries SET state = 'bounced'",
            "not_received",
            "bounced",
            "Did not get it, because the email came back on ",
        ),
        (
            "UPDATE deliveries SET state = 'complained'",
            "received",
            "complained",
            "Got it, and marked it as spam.",
        ),
        (
            "UPDATE deliveries SET state = 'uncertain', reply = 'the worker stopped before the relay''s answer was recorded'",
            "unknown",
            "uncertain",
            "It is not known whether they got it",
        ),
        (
            "UPDATE deliveries SET state = 'skipped', reply = 'the recipient has paused mail'",
            "not_received",
            "paused",
            "Did not get it, because they had paused email.",
        ),
    ] {
        app.execute(change).await;
        assert_is(&app.answer(id, reader).await, verdict, outcome, sentence);
    }

    // A campaign that is still under way.
    app.execute("UPDATE campaigns SET state = 'paused'").await;
    app.execute(
        "UPDATE deliveries SET state = 'deferred', attempts = 2, reply = '451 greylisted',
                               next_attempt_at = 4102444800000",
    )
    .await;
    assert_is(
        &app.answer(id, reader).await,
        "pending",
        "campaign_paused",
        "Has not got it yet, because the campaign is paused.",
    );
    app.execute("UPDATE campaigns SET state = 'sending'").await;
    let deferred = app.why(id, reader).await;
    assert_eq!(deferred["verdict"], "pending");
    assert_eq!(deferred["outcome"], "deferred");
    assert!(
        texts(&deferred).contains(&"The relay replied: 451 greylisted"),
        "{deferred:#}"
    );
    assert!(
        texts(&deferred)
            .iter()
            .any(|one| one.starts_with("It is tried next on ")),
        "{deferred:#}"
    );

    // Deliveries of old campaigns are kept as numbers only.
    app.execute("UPDATE campaigns SET state = 'finished', folded_at = 4102444800000")
        .await;
    app.execute("DELETE FROM deliveries").await;
    assert_is(
        &app.answer(id, reader).await,
        "unknown",
        "not_recorded",
        "Not known any more: who got this campaign is kept only for a time",
    );
}

#[apply(on_both_databases)]
async fn before_the_start_the_page_says_what_would_happen(app: TestApp) {
    let astana = app
        .api_post(
            "/subscribers",
            json!({ "email": "astana@example.kz", "language": "kk", "lists": ["news"],
                    "status": "confirmed", "tags": ["astana"] }),
        )
        .await["id"]
        .as_i64()
        .unwrap();
    let almaty = app.subscribe("almaty@example.kz", "news").await;
    let weekly = app.subscribe("weekly@example.kz", "news").await;
    app.patch(
        &format!("/subscribers/{weekly}"),
        json!({ "frequency": "weekly", "tags": ["astana"] }),
    )
    .await;
    let condition = json!({ "about": "tag", "value": "astana" });
    let segment = app.segment("Capital", condition).await;
    let id = app.draft("Spring", json!({ "segment": segment })).await;

    let would = app.why(id, astana).await;
    assert_eq!(would["verdict"], "would_receive");
    assert_eq!(would["outcome"], "eligible");
    assert_eq!(
        would["sentence"],
        "Would get it if the campaign started now."
    );
    let said = texts(&would);
    assert!(said.contains(&"The campaign is a draft."), "{said:#?}");
    assert!(
        said.contains(
            &"Their language is Қазақша. The email is not written in it; they get it in English."
        ),
        "{said:#?}"
    );
    assert_is(
        &app.answer(id, almaty).await,
        "would_not_receive",
        "not_in_segment",
        "Would not get it now, because they are not in the segment “Capital”.",
    );
    assert_is(
        &app.answer(id, weekly).await,
        "would_receive",
        "eligible_for_digest",
        "Would get it in a weekly digest if the campaign started now.",
    );
    let at = app
        .cx
        .clock
        .now()
        .after(std::time::Duration::from_secs(3600));
    app.api_post(
        &format!("/campaigns/{id}/schedule"),
        json!({ "at": at.rfc3339() }),
    )
    .await;
    assert_is(
        &app.answer(id, astana).await,
        "would_receive",
        "eligible",
        "Will get it after the start on ",
    );

    app.api_post(&format!("/campaigns/{id}/unschedule"), json!({}))
        .await;
    app.start_campaign(id).await;
    assert_is(
        &app.answer(id, astana).await,
        "received",
        "sent",
        "Got it on ",
    );
    assert_is(
        &app.answer(id, almaty).await,
        "not_received",
        "not_in_segment",
        "Did not get it, most likely because they were not in the segment “Capital”",
    );
    assert_is(
        &app.answer(id, weekly).await,
        "pending",
        "waiting_for_digest",
        "Has not got it yet: it is kept for the weekly digest.",
    );
}

#[apply(on_both_databases)]
async fn a_cancelled_campaign_and_one_by_its_limits_are_explained(app: TestApp) {
    let reader = app.subscribe("a@example.kz", "news").await;
    let draft = app.draft("Never", json!({})).await;
    app.api_post(&format!("/campaigns/{draft}/cancel"), json!({}))
        .await;
    assert_is(
        &app.answer(draft, reader).await,
        "not_received",
        "campaign_cancelled",
        "Did not get it, because the campaign was cancelled before it started.",
    );

    // Quiet hours all day but for a minute that is not now.
    let id = app.draft("Later", json!({})).await;
    let now = app.cx.clock.now().to_jiff();
    let minute = now.to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let until = format!("{:02}:{:02}", (minute.hour() + 23) % 24, minute.minute());
    let from = format!("{:02}:{:02}", (minute.hour() + 22) % 24, minute.minute());
    let answer = app
        .api("PUT", &format!("/campaigns/{id}/limits"))
        .json(&json!({ "quiet_from": until, "quiet_until": from }))
        .send()
        .await
        .unwrap();
    assert!(
        answer.status().is_success(),
        "{}",
        answer.text().await.unwrap()
    );
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    app.until("the delay is known", async || {
        let why = app.why(id, reader).await;
        texts(&why)
            .iter()
            .any(|one| one.contains(": Quiet hours ("))
    })
    .await;
    let waits = app.answer(id, reader).await;
    assert_is(
        &waits,
        "pending",
        "waiting",
        "Has not got it yet: the email waits to be sent.",
    );

    app.api_post(&format!("/campaigns/{id}/cancel"), json!({}))
        .await;
    assert_is(
        &app.answer(id, reader).await,
        "not_received",
        "campaign_cancelled",
        "Did not get it, because the campaign was cancelled on ",
    );
}

#[apply(on_both_databases)]
async fn addresses_of_nobody_are_explained_too(app: TestApp) {
    app.subscribe("a@example.kz", "news").await;
    let gone = app.subscribe("gone@example.kz", "news").await;
    let id = app.draft("Spring", json!({})).await;
    app.start_campaign(id).await;
    assert_is(
        &app.answer(id, "A@example.kz").await,
        "received",
        "sent",
        "Got it on ",
    );
    let stranger = app.why(id, "stranger@example.kz").await;
    assert_eq!(stranger["outcome"], "not_a_subscriber");
    assert_eq!(stranger["subscriber_id"], Value::Null);
    assert_eq!(
        stranger["sentence"],
        "Did not get it, because no subscriber has this address."
    );
    let erased = app
        .api("DELETE", &format!("/subscribers/{gone}"))
        .send()
        .await
        .unwrap();
    assert_eq!(erased.status(), StatusCode::NO_CONTENT);
    assert_is(
        &app.answer(id, "gone@example.kz").await,
        "unknown",
        "erased",
        "Not known any more: the owner of this address had their data erased",
    );
    for (path, status) in [
        (
            format!("/campaigns/{id}/recipients/{gone}"),
            StatusCode::NOT_FOUND,
        ),
        (
            format!("/campaigns/{id}/recipients/nonsense"),
            StatusCode::NOT_FOUND,
        ),
        (
            "/campaigns/999/recipients/a@example.kz".to_owned(),
            StatusCode::NOT_FOUND,
        ),
    ] {
        let answer = app.api("GET", &path).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
}

#[apply(on_both_databases)]
async fn admins_ask_from_the_subscriber_and_from_the_deliveries(app: TestApp) {
    let got = app.subscribe("got@example.kz", "news").await;
    app.create_list("press", "double").await;
    let other = app.subscribe("other@example.kz", "press").await;
    let id = app.draft("Spring", json!({})).await;
    app.start_campaign(id).await;
    let draft = app.draft("Summer & autumn", json!({})).await;

    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let page = viewer.page(&format!("/admin/subscribers/{got}")).await;
    let link = format!("/admin/subscribers/{got}/why?campaign={id}");
    assert!(page.contains(&link), "a link from the delivery: {page}");
    let newest = page.find("Summer &#38; autumn (draft)").unwrap();
    assert!(
        newest < page.find("Spring (finished)").unwrap(),
        "newest first"
    );
    let why = viewer.page(&link).await;
    assert!(why.contains("Did got@example.kz get “Spring”?"), "{why}");
    assert!(why.contains("Got it on "), "{why}");
    assert!(why.contains("flash--good"), "{why}");
    let why = viewer
        .page(&format!("/admin/subscribers/{other}/why?campaign={draft}"))
        .await;
    assert!(
        why.contains("Would other@example.kz get “Summer &#38; autumn”?"),
        "{why}"
    );
    assert!(
        why.contains("Would not get it now, because they are on none of its lists."),
        "{why}"
    );
    let blank = viewer
        .page(&format!("/admin/subscribers/{other}/why"))
        .await;
    assert!(blank.contains("name=\"campaign\""), "{blank}");
    for path in [
        format!("/admin/subscribers/{other}/why?campaign=999"),
        format!("/admin/subscribers/{other}/why?campaign=x"),
        format!("/admin/subscribers/999/why?campaign={id}"),
    ] {
        assert_eq!(
            viewer.get(&path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }

    let path = format!("/admin/campaigns/{id}/deliveries");
    let all = viewer.page(&path).await;
    assert!(all.contains(&link), "a link from each row: {all}");
    let found = viewer.page(&format!("{path}?q=example.kz")).await;
    assert!(found.contains("not a recipient"), "{found}");
    assert!(
        found.contains(&format!("/admin/subscribers/{other}/why?campaign={id}")),
        "{found}"
    );
    let exact = viewer.page(&format!("{path}?q=other%40example.kz")).await;
    assert!(
        exact.contains("Did not get it, because they were on none of its lists."),
        "{exact}"
    );
    let nobody = viewer.page(&format!("{path}?q=nobody%40example.kz")).await;
    assert!(
        nobody.contains("because no subscriber has this address."),
        "{nobody}"
    );
    let none = viewer.page(&format!("{path}?q=zzzz")).await;
    assert!(
        none.contains("No subscriber has this in their name or address"),
        "{none}"
    );

    viewer
        .submit("/admin/account/language", &[("language", "ru")])
        .await;
    let russian = viewer.page(&link).await;
    assert!(russian.contains("Рассылка получена "), "{russian}");
    assert!(!russian.contains("Got it"), "{russian}");
}

#[apply(on_both_databases)]
async fn a_weekly_digest_is_where_a_campaign_is_found(app: TestApp) {
    use jarshy::campaign::weekly_digest;
    use jarshy::clock::Clock;
    use jarshy::context::Context;

    let weekly = app.subscribe("weekly@example.kz", "news").await;
    let each = app.subscribe("each@example.kz", "news").await;
    app.patch(
        &format!("/subscribers/{weekly}"),
        json!({ "frequency": "weekly" }),
    )
    .await;
    let id = app.draft("Spring", json!({})).await;
    app.start_campaign(id).await;
    let week = std::time::Duration::from_secs(7 * 24 * 3600);
    let before = Context {
        clock: Clock::manual(app.cx.clock.now().before(week)),
        ..app.cx.clone()
    };
    let digest = weekly_digest::make(&before)
        .await
        .unwrap()
        .expect("a digest")
        .0;
    app.campaign_in_state(digest, "finished").await;
    let found = app.why(id, weekly).await;
    assert_eq!(found["outcome"], "sent_in_digest", "{found:#}");
    assert_eq!(found["verdict"], "received");
    assert!(
        texts(&found).contains(&"They get a weekly digest, and the campaign was put into it."),
        "{found:#}"
    );
    assert_is(
        &app.answer(digest, weekly).await,
        "received",
        "sent",
        "Got it on ",
    );
    assert_is(
        &app.answer(digest, each).await,
        "not_received",
        "nothing_kept",
        "Did not get it, because this digest had nothing for them.",
    );
    let viewer = AdminClient::sign_in(&app, "viewer@embassy.example", Role::Viewer).await;
    let page = viewer
        .page(&format!("/admin/subscribers/{weekly}/why?campaign={id}"))
        .await;
    assert!(
        page.contains(&format!("<a href=\"/admin/campaigns/{digest}\">")),
        "{page}"
    );
}
