//! How often mail comes, and pauses: a subscriber's own say, and the weekly
//! digest.

use std::time::Duration;

use jarshy::audience::export::{self, Format};
use jarshy::audience::mail_frequency;
use jarshy::audience::{ConsentSource, segment};
use jarshy::campaign::audience;
use jarshy::campaign::weekly_digest;
use jarshy::clock::{Clock, Timestamp};
use jarshy::context::Context;
use jarshy::model::audit::Actor;
use jarshy::model::campaign::CampaignState;
use jarshy::model::import::Outcome;
use jarshy::model::lease::Lease;
use jarshy::model::mail_frequency::Frequency;
use jarshy::model::segment::{Condition, Match, Rule};
use jarshy::model::subscription::ConsentMethod;
use jarshy::model::user::Role;
use jarshy::model::{CampaignId, SubscriberId};
use jarshy::store::{campaigns, ledger};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::ledger::{claim_all, start_campaign};
use crate::harness::{TestApp, on_both_databases};
use crate::importing::import;

const DAY: Duration = Duration::from_secs(24 * 3600);

impl TestApp {
    /// A subscriber's own page.
    fn preferences(&self, subscriber: i64) -> String {
        let token = jarshy::token::Token::Preferences { subscriber };
        format!("/preferences/{}", self.cx.keys.sign(&token))
    }

    async fn set(&self, email: &str, list: &str, fields: Value) -> i64 {
        let mut subscriber = json!({
            "email": email, "name": "Reader", "language": "en", "lists": [list],
            "status": "confirmed",
        });
        let all = subscriber.as_object_mut().unwrap();
        all.extend(fields.as_object().unwrap().clone());
        self.api_post("/subscribers", subscriber).await["id"]
            .as_i64()
            .unwrap()
    }

    async fn weekly_reader(&self, email: &str, list: &str) -> i64 {
        self.set(email, list, json!({ "frequency": "weekly" }))
            .await
    }

    /// A post's campaign to lists, sent.
    async fn sent(&self, slug: &str, title: &str, fields: Value) -> i64 {
        self.create_post(slug, title, "Dear {{ name }}, read on.")
            .await;
        let mut campaign = json!({ "subject": title, "post": slug });
        let all = campaign.as_object_mut().unwrap();
        all.extend(fields.as_object().unwrap().clone());
        let id = self.api_post("/campaigns", campaign).await["id"]
            .as_i64()
            .unwrap();
        self.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        self.campaign_in_state(id, "finished").await;
        id
    }

    /// The application some weeks ago, when that week's digest was due.
    fn weeks_ago(&self, weeks: u32) -> Context {
        let then = self.cx.clock.now().before(DAY * 7 * weeks);
        Context {
            clock: Clock::manual(then),
            ..self.cx.clone()
        }
    }

    /// The digest of a week gone by, once it was sent.
    async fn digest(&self, weeks: u32) -> i64 {
        let made = weekly_digest::make(&self.weeks_ago(weeks)).await.unwrap();
        let id = made.expect("a digest").0;
        self.campaign_in_state(id, "finished").await;
        id
    }

    async fn actions(&self, page: &str) -> Vec<(String, String)> {
        let data: Value = self
            .get(&format!("{}/export", self.my_data(page)))
            .await
            .json()
            .await
            .unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let consents = data["consents"].as_array().unwrap().iter();
        consents
            .map(|one| (text(&one["action"]), text(&one["detail"])))
            .collect()
    }
}

#[apply(on_both_databases)]
async fn a_pause_ends_by_date_or_button(app: TestApp) {
    let reader = app.subscribe("a@example.kz", "news").await;
    app.subscribe("b@example.kz", "news").await;
    let page = app.preferences(reader);

    let paused = app
        .submit(&format!("{page}/pause"), &[("span", "2w"), ("until", "")])
        .await;
    assert_eq!(paused.status(), StatusCode::OK);
    let paused = paused.text().await.unwrap();
    assert!(paused.contains("You get no emails until "), "{paused}");
    assert!(paused.contains("End the break now"));
    let until = app.subscriber("a@example.kz").await["paused_until"]
        .as_str()
        .unwrap()
        .to_owned();
    let until = Timestamp::parse_rfc3339(&until).unwrap();
    let days = until.since(app.cx.clock.now()).as_secs() / (24 * 3600);
    assert!((13..=14).contains(&days), "{days} days");

    app.sent("one", "One", json!({ "lists": ["news"] })).await;
    assert_eq!(app.mails_to("b@example.kz", 1).await.len(), 1);
    assert!(app.mails_now("a@example.kz").is_empty(), "paused");

    let resumed = app
        .submit(&format!("{page}/resume"), &[])
        .await
        .text()
        .await
        .unwrap();
    assert!(resumed.contains("You get emails again."));
    app.sent("two", "Two", json!({ "lists": ["news"] })).await;
    let mails = app.mails_to("a@example.kz", 1).await;
    assert_eq!(mails.len(), 1, "what was sent meanwhile is not sent later");
    assert_eq!(mails[0].subject, "Two");

    let told: Vec<String> = app
        .actions(&page)
        .await
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert_eq!(told, ["confirmed", "paused", "resumed"]);
    // Ended by its time: it is over without anybody doing a thing.
    let (id, cx) = (jarshy::model::SubscriberId(reader), &app.cx);
    let past = cx.clock.now().before(DAY);
    let mut db = cx.store.write().await.unwrap();
    jarshy::store::subscribers::set_pause(&mut db, id, Some(past), app.cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
    assert!(app.subscriber("a@example.kz").await["paused_until"].is_null());
    app.sent("three", "Three", json!({ "lists": ["news"] }))
        .await;
    assert_eq!(app.mails_to("a@example.kz", 2).await.len(), 2);
}

#[apply(on_both_databases)]
async fn a_pause_is_at_most_a_year(app: TestApp) {
    let page = app.preferences(app.subscribe("a@example.kz", "news").await);
    for (until, why) in [
        ("2001-01-01", "Choose a day after today."),
        ("2999-01-01", "A break lasts a year at most."),
        ("soon", "This date cannot be read."),
    ] {
        let refused = app
            .submit(
                &format!("{page}/pause"),
                &[("span", "2w"), ("until", until)],
            )
            .await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let refused = refused.text().await.unwrap();
        assert!(refused.contains(why), "{until}");
        assert!(
            refused.contains(&format!("value=\"{until}\"")),
            "what was typed stays"
        );
    }
    let refused = app
        .submit(&format!("{page}/pause"), &[("span", "ever")])
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(app.subscriber("a@example.kz").await["paused_until"].is_null());
    let forged = app
        .submit("/preferences/forged/pause", &[("span", "2w")])
        .await;
    assert_eq!(forged.status(), StatusCode::NOT_FOUND);
}

#[apply(on_both_databases)]
async fn a_weekly_subscriber_gets_one_digest(app: TestApp) {
    app.create_list("music", "single").await;
    let reader = app.weekly_reader("w@example.kz", "news").await;
    app.weekly_reader("both@example.kz", "news").await;
    app.set("both@example.kz", "music", json!({})).await;
    app.weekly_reader("music@example.kz", "music").await;
    app.subscribe("each@example.kz", "news").await;

    let one = app
        .sent("one", "First <news>", json!({ "lists": ["news"] }))
        .await;
    let two = app
        .sent("two", "Second", json!({ "lists": ["news", "music"] }))
        .await;
    let song = app
        .sent(
            "song",
            "A song",
            json!({ "lists": ["music"], "is_public": false }),
        )
        .await;
    assert_eq!(app.mails_to("each@example.kz", 2).await.len(), 2);
    for email in ["w@example.kz", "both@example.kz", "music@example.kz"] {
        assert!(app.mails_now(email).is_empty(), "{email} reads weekly");
    }
    assert_eq!(
        app.api_get(&format!("/campaigns/{two}")).await["weekly_readers"],
        3
    );

    let digest = app.digest(1).await;
    let counts = app.api_get(&format!("/campaigns/{digest}")).await;
    assert_eq!(
        (&counts["kind"], &counts["counts"]["sent"]),
        (&json!("weekly"), &json!(3))
    );
    let mail = app.mails_to("w@example.kz", 1).await.remove(0);
    assert!(mail.subject.starts_with("This week: "), "{}", mail.subject);
    for body in [&mail.text, &mail.html] {
        assert!(
            body.contains("Second") && body.contains("What happened."),
            "{body}"
        );
        assert!(
            body.contains(&format!("/archive/{one}?language=en")),
            "{body}"
        );
        assert!(
            !body.contains("A song"),
            "of a list they are not on: {body}"
        );
        assert!(
            !body.contains("attributes") && !body.contains('\u{E002}'),
            "{body}"
        );
    }
    assert!(mail.text.contains("First <news>") && mail.html.contains("First &lt;news&gt;"));
    let both = app.mails_to("both@example.kz", 1).await.remove(0);
    assert_eq!(
        both.text.matches("Second").count(),
        1,
        "once, though on two lists"
    );
    assert!(both.text.contains("A song") && both.text.contains("First"));
    let music = app.mails_to("music@example.kz", 1).await.remove(0);
    assert!(music.text.contains("A song") && !music.text.contains("First"));
    assert!(
        !music.text.contains(&format!("/archive/{song}")),
        "not public"
    );
    assert!(music.text.contains("/posts/song"), "{}", music.text);

    // Never two: neither of this week, nor of what was told.
    assert_eq!(weekly_digest::make(&app.weeks_ago(1)).await.unwrap(), None);
    assert_eq!(weekly_digest::make(&app.weeks_ago(2)).await.unwrap(), None);
    app.quiet().await;
    assert_eq!(app.mails_now("w@example.kz").len(), 1);
    assert!(app.mails_now("each@example.kz").len() == 2);

    // Leaving by the mail leaves the lists whose news it carries, and no
    // other.
    let left = app
        .post(&music.one_click_url(), &[("List-Unsubscribe", "One-Click")])
        .await;
    assert_eq!(left.status(), StatusCode::OK);
    let state = app.subscription("music@example.kz", "music").await;
    assert_eq!(state.as_deref(), Some("unsubscribed"));
    app.submit(&mail.link("/unsubscribe/"), &[("from", "page")])
        .await;
    assert_eq!(
        app.subscription("w@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );
    assert_eq!(
        app.get(&app.preferences(reader)).await.status(),
        StatusCode::OK
    );
}

#[apply(on_both_databases)]
async fn an_empty_week_has_no_digest(app: TestApp) {
    app.weekly_reader("w@example.kz", "news").await;
    assert_eq!(weekly_digest::make(&app.weeks_ago(1)).await.unwrap(), None);
    // What comes after the hour waits for the next week's.
    app.sent("one", "One", json!({ "lists": ["news"] })).await;
    assert_eq!(weekly_digest::make(&app.weeks_ago(1)).await.unwrap(), None);
    app.quiet().await;
    assert!(app.mails_now("w@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn two_workers_create_one_digest(app: TestApp) {
    app.weekly_reader("w@example.kz", "news").await;
    app.sent("one", "One", json!({ "lists": ["news"] })).await;
    app.another_worker();
    let then = app.weeks_ago(1);
    let all = futures_util::future::join_all((0..8).map(|_| weekly_digest::make(&then))).await;
    let made: Vec<_> = all.into_iter().filter_map(|one| one.unwrap()).collect();
    assert_eq!(made.len(), 1);
    app.campaign_in_state(made[0].0, "finished").await;
    app.quiet().await;
    assert_eq!(app.mails_now("w@example.kz").len(), 1);
}

#[apply(on_both_databases)]
async fn changing_frequency_mid_week_neither_loses_nor_duplicates(app: TestApp) {
    let to_each = app.weekly_reader("to-each@example.kz", "news").await;
    let to_weekly = app.subscribe("to-weekly@example.kz", "news").await;
    app.sent("one", "Early", json!({ "lists": ["news"] })).await;
    assert_eq!(app.mails_to("to-weekly@example.kz", 1).await.len(), 1);

    let page = app.preferences(to_each);
    let told = app
        .submit(&page, &[("lists", "news"), ("frequency", "each")])
        .await;
    assert!(
        told.text()
            .await
            .unwrap()
            .contains("From now on you get every email separately.")
    );
    let page = app.preferences(to_weekly);
    let told = app
        .submit(&page, &[("lists", "news"), ("frequency", "weekly")])
        .await;
    assert!(
        told.text()
            .await
            .unwrap()
            .contains("From now on you get one email a week.")
    );
    let changed = ("frequency".to_owned(), "frequency=weekly".to_owned());
    assert!(app.actions(&page).await.contains(&changed));

    app.sent("two", "Late", json!({ "lists": ["news"] })).await;
    let subject = |mails: Vec<crate::harness::Mail>| mails[0].subject.clone();
    assert_eq!(subject(app.mails_to("to-each@example.kz", 1).await), "Late");
    app.digest(1).await;
    let last = app.mails_to("to-each@example.kz", 2).await.remove(0);
    assert!(
        last.text.contains("Early") && !last.text.contains("Late"),
        "{}",
        last.text
    );
    let first = app.mails_to("to-weekly@example.kz", 2).await.remove(0);
    assert!(
        first.text.contains("Late") && !first.text.contains("Early"),
        "{}",
        first.text
    );
}

#[apply(on_both_databases)]
async fn urgent_campaigns_go_to_weekly_subscribers_at_once(app: TestApp) {
    app.weekly_reader("w@example.kz", "news").await;
    app.sent(
        "one",
        "Now",
        json!({ "lists": ["news"], "is_urgent": true }),
    )
    .await;
    assert_eq!(app.mails_to("w@example.kz", 1).await[0].subject, "Now");
    assert_eq!(
        weekly_digest::make(&app.weeks_ago(1)).await.unwrap(),
        None,
        "told already"
    );
}

#[apply(on_both_databases)]
async fn no_digest_after_unsubscribe_pause_or_suppression(app: TestApp) {
    app.create_list("music", "single").await;
    let paused = app.weekly_reader("paused@example.kz", "news").await;
    let left = app.weekly_reader("left@example.kz", "news").await;
    app.set("left@example.kz", "music", json!({})).await;
    app.weekly_reader("suppressed@example.kz", "news").await;
    app.weekly_reader("stays@example.kz", "news").await;
    app.sent("one", "One", json!({ "lists": ["news"] })).await;
    app.sent("song", "A song", json!({ "lists": ["music"] }))
        .await;

    app.submit(
        &format!("{}/pause", app.preferences(paused)),
        &[("span", "3m")],
    )
    .await;
    app.submit(&app.preferences(left), &[("lists", "music")])
        .await;
    app.api_post("/suppressions", json!({ "email": "suppressed@example.kz" }))
        .await;
    let digest = app.digest(1).await;
    assert_eq!(
        app.api_get(&format!("/campaigns/{digest}")).await["counts"]["sent"],
        2
    );
    let mail = app.mails_to("left@example.kz", 1).await.remove(0);
    assert!(
        mail.text.contains("A song") && !mail.text.contains("One\n"),
        "{}",
        mail.text
    );
    assert_eq!(app.mails_to("stays@example.kz", 1).await.len(), 1);
    for email in ["paused@example.kz", "suppressed@example.kz"] {
        assert!(app.mails_now(email).is_empty(), "{email}");
    }
}

#[apply(on_both_databases)]
async fn preference_changes_are_shown_and_recorded(app: TestApp) {
    app.create_list("events", "double").await;
    let page = app.preferences(app.subscribe("a@example.kz", "news").await);
    let form = [
        ("name", "Aigul"),
        ("language", "ru"),
        ("lists", "events"),
        ("frequency", "weekly"),
    ];
    let told = app.submit(&page, &form).await.text().await.unwrap();
    for change in [
        "Saved.",
        "Your name has been changed.",
        "Emails now come in this language: Русский.",
        "From now on you get one email a week.",
        "now on the list “events”",
        "left the list “news”",
    ] {
        assert!(told.contains(change), "{change}: {told}");
    }
    let again = app.submit(&page, &form).await.text().await.unwrap();
    assert!(again.contains("Nothing has been changed."));

    let left = app
        .submit(&format!("{page}/leave"), &[])
        .await
        .text()
        .await
        .unwrap();
    assert!(left.contains("You will get no more emails from us."));
    let back = app
        .submit(&format!("{page}/come-back"), &[])
        .await
        .text()
        .await
        .unwrap();
    assert!(back.contains("You can get emails again."));
    let evidence = app.actions(&page).await;
    let told: Vec<(&str, &str)> = evidence
        .iter()
        .map(|(a, d)| (a.as_str(), d.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("confirmed", ""),
            ("profile", "name, language=ru"),
            ("frequency", "frequency=weekly"),
            ("confirmed", ""),
            ("unsubscribed", ""),
            ("unsubscribed", ""),
            ("left_all", ""),
            ("came_back", ""),
        ]
    );
    let data: Value = app
        .get(&format!("{}/export", app.my_data(&page)))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&data["frequency"], &data["paused_until"]),
        (&json!("weekly"), &Value::Null)
    );
    let wordless = |one: &&Value| one["wording"] == "" && one["method"] == "preferences";
    let wordless: Vec<_> = data["consents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(wordless)
        .collect();
    assert!(
        wordless.iter().all(|one| one["action"] == "unsubscribed"),
        "{wordless:?}"
    );

    let asked = app
        .get(&format!("{}/erase", app.my_data(&page)))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        asked.contains("We keep only numbers in our reports"),
        "{asked}"
    );
}

#[apply(on_both_databases)]
async fn private_campaigns_are_complete_in_the_digest(app: TestApp) {
    app.set(
        "w@example.kz",
        "news",
        json!({ "frequency": "weekly", "language": "kk" }),
    )
    .await;
    let text = |language: &str, title: &str, body: &str| {
        json!([{
            "language": language, "title": title, "preheader": "Хабар", "body": body,
        }])
    };
    let markdown = text(
        "kk",
        "Ішкі хат",
        "Құрметті {{ name }}, **жиналыс** [осында](https://example.kz/room).",
    );
    let campaign = json!({
        "subject": "Ішкі хат", "markdown": markdown, "lists": ["news"], "is_public": false,
    });
    let inner = app.api_post("/campaigns", campaign).await["id"]
        .as_i64()
        .unwrap();
    let body = "<mjml><mj-body><mj-section><mj-column><mj-text>Now \
        <a href=\"{{ unsubscribe_url }}\">x</a></mj-text></mj-column></mj-section></mj-body></mjml>";
    let campaign = json!({
        "subject": "A design", "mjml": text("kk", "A design", body), "lists": ["news"],
        "is_public": false,
    });
    let design = app.api_post("/campaigns", campaign).await["id"]
        .as_i64()
        .unwrap();
    for id in [inner, design] {
        app.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        app.campaign_in_state(id, "finished").await;
    }
    assert_eq!(
        app.mails_to("w@example.kz", 1).await[0].subject,
        "A design",
        "at once"
    );
    app.digest(1).await;
    let mail = app.mails_to("w@example.kz", 2).await.remove(0);
    assert!(
        mail.subject.starts_with("Апта қорытындысы: "),
        "{}",
        mail.subject
    );
    for told in [
        "Ішкі хат",
        "Құрметті Reader, жиналыс осында",
        "https://example.kz/room",
    ] {
        assert!(mail.text.contains(told), "{told}: {}", mail.text);
    }
    assert!(mail.html.contains("Құрметті Reader") && !mail.text.contains("/archive/"));
    assert!(!mail.text.contains("A design"));
}

#[apply(on_both_databases)]
async fn paused_campaigns_join_the_next_digest(app: TestApp) {
    app.weekly_reader("w@example.kz", "news").await;
    app.sent("told", "WeeklyItem", json!({ "lists": ["news"] }))
        .await;
    let held = app.sent("held", "Held", json!({ "lists": ["news"] })).await;
    let dropped = app
        .sent("dropped", "Dropped", json!({ "lists": ["news"] }))
        .await;
    let state = async |id: i64, from: CampaignState, to: CampaignState| {
        let now = app.cx.clock.now();
        let mut db = app.cx.store.write().await.unwrap();
        assert!(
            campaigns::set_state(&mut db, CampaignId(id), from, to, "", now)
                .await
                .unwrap()
        );
        db.commit().await.unwrap();
    };
    state(held, CampaignState::Finished, CampaignState::Paused).await;
    state(dropped, CampaignState::Finished, CampaignState::Cancelled).await;
    app.digest(3).await;
    let first = app.mails_to("w@example.kz", 1).await.remove(0);
    assert!(
        first.text.contains("WeeklyItem") && !first.text.contains("Held"),
        "{}",
        first.text
    );
    state(held, CampaignState::Paused, CampaignState::Finished).await;
    app.digest(2).await;
    let second = app.mails_to("w@example.kz", 2).await.remove(0);
    assert!(second.text.contains("Held"), "{}", second.text);
    assert!(
        !second.text.contains("WeeklyItem") && !second.text.contains("Dropped"),
        "{}",
        second.text
    );
}

#[apply(on_both_databases)]
async fn an_admin_sees_and_sets_frequency_and_pause(app: TestApp) {
    let owner = app.sign_in("boss@embassy.example", Role::Owner).await;
    let reader = app.subscribe("a@example.kz", "news").await;
    app.subscribe("b@example.kz", "news").await;
    let path = format!("/admin/subscribers/{reader}");
    let until = app.cx.clock.now().after(DAY * 30).rfc3339()[..10].to_owned();
    let mut form = vec![
        ("frequency", "weekly"),
        ("paused_until", "2001-01-01"),
        ("reason", "asked by phone"),
    ];
    let refused = app
        .admin_post(&owner, &format!("{path}/frequency"), &form)
        .await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .text()
            .await
            .unwrap()
            .contains("Choose a day after today")
    );
    assert_eq!(app.subscriber("a@example.kz").await["frequency"], "each");

    form[1].1 = &until;
    let saved = app
        .admin_post(&owner, &format!("{path}/frequency"), &form)
        .await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let page = app.admin_page(&owner, &path).await.text().await.unwrap();
    assert!(page.contains(&format!("value=\"{until}\"")), "{page}");
    assert!(
        page.contains("by boss@embassy.example: asked by phone"),
        "{page}"
    );
    let known = app.subscriber("a@example.kz").await;
    assert_eq!(known["frequency"], "weekly");
    assert!(known["paused_until"].as_str().unwrap().starts_with(&until));

    // A draft tells who gets it otherwise, or not.
    app.weekly_reader("w@example.kz", "news").await;
    app.create_post("one", "One", "Read on.").await;
    let draft = app.create_campaign("one", "One", "news").await;
    let page = app
        .admin_page(&owner, &format!("/admin/campaigns/{draft}"))
        .await
        .text()
        .await
        .unwrap();
    for told in [
        "<strong class=\"number\" id=\"reached\">2</strong>",
        "get it in the weekly digest",
        "paused (do not get it)",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }

    let list = app
        .admin_page(&owner, "/admin/lists/news")
        .await
        .text()
        .await
        .unwrap();
    assert!(list.contains("1 paused, 1 get the weekly digest"), "{list}");

    form[1].1 = "";
    app.admin_post(&owner, &format!("{path}/frequency"), &form)
        .await;
    assert!(app.subscriber("a@example.kz").await["paused_until"].is_null());
}

#[apply(on_both_databases)]
async fn the_digest_schedule_is_set_by_admins(app: TestApp) {
    let owner = app.sign_in("boss@embassy.example", Role::Owner).await;
    let form = [
        ("name-en", "Embassy"),
        ("weekly-day", "5"),
        ("weekly-time", "late"),
    ];
    let refused = app.admin_post(&owner, "/admin/site", &form).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let form = [
        ("name-en", "Embassy"),
        ("weekly-day", "5"),
        ("weekly-time", "18:30"),
    ];
    let saved = app.admin_post(&owner, "/admin/site", &form).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let schedule = weekly_digest::schedule(&app.cx).await.unwrap();
    assert_eq!((schedule.weekday, schedule.time()), (5, "18:30".to_owned()));

    app.weekly_reader("w@example.kz", "news").await;
    let one = app.sent("one", "One", json!({ "lists": ["news"] })).await;
    let digest = app.digest(1).await;
    let page = app
        .admin_page(&owner, &format!("/admin/campaigns/{digest}"))
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("the weekly digest, of 1 campaign"), "{page}");
    assert!(!page.contains("/duplicate\""), "nobody's to change");
    let page = app
        .admin_page(&owner, &format!("/admin/campaigns/{one}"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        page.contains("1 digest subscriber gets it in <a href=\"/admin/campaigns/"),
        "{page}"
    );
    let again = app
        .admin_post(&owner, &format!("/admin/campaigns/{digest}/duplicate"), &[])
        .await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert_eq!(
        app.get(&format!("/archive/{digest}")).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[apply(on_both_databases)]
async fn segments_by_frequency_and_pause(app: TestApp) {
    let paused = app.weekly_reader("a@example.kz", "news").await;
    app.weekly_reader("b@example.kz", "news").await;
    app.subscribe("c@example.kz", "news").await;
    app.submit(
        &format!("{}/pause", app.preferences(paused)),
        &[("span", "6m")],
    )
    .await;
    let count = async |conditions: Vec<Condition>| {
        let rule = Rule::of(Match::All, conditions);
        segment::count(&app.cx, &rule).await.unwrap()
    };
    let weekly = || Condition::Frequency {
        value: Frequency::Weekly,
    };
    assert_eq!(count(vec![weekly()]).await, 2);
    assert_eq!(
        count(vec![weekly(), Condition::Paused { value: true }]).await,
        1
    );
    assert_eq!(count(vec![Condition::Paused { value: false }]).await, 2);
}

#[apply(on_both_databases)]
async fn import_and_export_of_mail_frequency(app: TestApp) {
    let file = "email,frequency\na@example.kz,Weekly\nb@example.kz,\nc@example.kz,daily\n";
    app.subscribe("b@example.kz", "news").await;
    let list = "news".parse().unwrap();
    let done = import(&app, "f.csv", file.as_bytes(), |_| ()).await;
    assert_eq!(
        (done.total(Outcome::Added), done.rejected),
        (1, 1),
        "{done:?}"
    );
    let mut out = Vec::new();
    export::export(&app.cx, &list, Format::Csv, &mut out, |_| ())
        .await
        .unwrap();
    let sheet = String::from_utf8(out).unwrap();
    assert!(
        sheet
            .lines()
            .next()
            .unwrap()
            .ends_with("attributes,frequency,paused_until,tags,suppressed"),
        "{sheet}"
    );
    let line = sheet
        .lines()
        .find(|line| line.starts_with("a@example.kz"))
        .unwrap();
    assert!(line.ends_with(",weekly,,,"), "{line}");
    // A second file does not change what was chosen.
    let file = "email,frequency\na@example.kz,each\n";
    import(&app, "f.csv", file.as_bytes(), |_| ()).await;
    assert_eq!(app.subscriber("a@example.kz").await["frequency"], "weekly");
}

mod leased_deliveries_respect_pause_and_unsubscribe {
    use super::*;
    use crate::harness::Database;

    async fn test(database: Database) {
        // Without a relay, the application has no worker of its own.
        let app = TestApp::start_with(database, |config| config.smtp_url = None).await;
        let reader = app.subscribe("a@example.kz", "news").await;
        app.subscribe("b@example.kz", "news").await;
        app.create_post("one", "One", "Read on.").await;
        let id = app.create_campaign("one", "One", "news").await;
        let (campaign, now, owner) = (CampaignId(id), app.cx.clock.now(), Uuid::now_v7());
        let lease = Lease::new(owner, now, DAY);
        let mut db = app.cx.store.write().await.unwrap();
        start_campaign(&app.cx, &mut db, campaign, now).await;
        let claimed = claim_all(&mut db, campaign, &lease).await;
        db.commit().await.unwrap();
        assert_eq!(claimed.len(), 2);

        let pause = format!("{}/pause", app.preferences(reader));
        let paused = app.submit(&pause, &[("span", "1m")]).await;
        assert_eq!(paused.status(), StatusCode::OK);
        let page = ledger::Batch {
            begins: claimed.iter().map(|one| one.id.0).collect(),
            ..ledger::Batch::default()
        };
        let begun = ledger::write(&app.cx.store, &page, &lease).await.unwrap();
        let begun: Vec<&str> = claimed
            .iter()
            .filter(|one| begun.contains(&one.id.0))
            .map(|one| one.email.as_str())
            .collect();
        assert_eq!(begun, ["b@example.kz"]);
        let counts = app.api_get(&format!("/campaigns/{id}")).await["counts"].clone();
        let (skipped, sending, sent) = (&counts["skipped"], &counts["sending"], &counts["sent"]);
        assert_eq!(
            (skipped, sending, sent),
            (&json!(1), &json!(1), &json!(0)),
            "{counts}"
        );
    }

    /// Who leaves one of two lists while their digest is leased
    /// gets it written anew.
    async fn digest(database: Database) {
        let app = TestApp::start_with(database, |config| config.smtp_url = None).await;
        app.create_list("music", "single").await;
        let reader = app.weekly_reader("a@example.kz", "news").await;
        app.set("a@example.kz", "music", json!({})).await;
        let mut told = Vec::new();
        let (now, owner) = (app.cx.clock.now(), Uuid::now_v7());
        for list in ["news", "music"] {
            app.create_post(list, list, "Read on.").await;
            let id = app.create_campaign(list, list, list).await;
            let mut db = app.cx.store.write().await.unwrap();
            start_campaign(&app.cx, &mut db, CampaignId(id), now).await;
            db.commit().await.unwrap();
            told.push(id);
        }
        let digest = weekly_digest::make(&app.weeks_ago(1))
            .await
            .unwrap()
            .unwrap();
        let lease = Lease::new(owner, now, DAY);
        let mut db = app.cx.store.write().await.unwrap();
        let (from, to) = (CampaignState::Scheduled, CampaignState::Sending);
        campaigns::set_state(&mut db, digest, from, to, "", now)
            .await
            .unwrap();
        assert!(
            audience::freeze_slice(&mut db, Some(&app.cx.keys), digest, 1_000, now)
                .await
                .unwrap()
        );
        let claimed = claim_all(&mut db, digest, &lease).await;
        db.commit().await.unwrap();
        assert_eq!(claimed[0].attributes["_weekly"], json!(told));

        app.submit(&app.preferences(reader), &[("lists", "music")])
            .await;
        let page = ledger::Batch {
            begins: vec![claimed[0].id.0],
            ..ledger::Batch::default()
        };
        let begun = ledger::write(&app.cx.store, &page, &lease).await.unwrap();
        assert!(begun.is_empty(), "it still tells of the list that was left");
        let mut db = app.cx.store.write().await.unwrap();
        let anew = claim_all(&mut db, digest, &lease).await;
        db.commit().await.unwrap();
        assert_eq!(anew.len(), 1);
        assert_eq!(anew[0].attributes["_weekly"], json!([told[1]]));
        let begun = ledger::write(&app.cx.store, &page, &lease).await.unwrap();
        assert_eq!(begun.len(), 1, "and goes as it was written anew");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sqlite() {
        test(Database::Sqlite).await;
        digest(Database::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        test(Database::Postgres).await;
        digest(Database::Postgres).await;
    }
}

#[apply(on_both_databases)]
async fn everybody_who_has_not_chosen_gets_the_digest(app: TestApp) {
    let owner = app.sign_in("boss@embassy.example", Role::Owner).await;
    for email in ["a@example.kz", "b@example.kz"] {
        app.set(email, "news", json!({})).await;
    }
    // Who came back to single campaigns on their own page keeps that.
    let own = app.weekly_reader("own@example.kz", "news").await;
    let source = ConsentSource::default();
    mail_frequency::set_frequency(
        &app.cx,
        &Actor::Subscriber,
        SubscriberId(own),
        Frequency::Each,
        ConsentMethod::Preferences,
        &source,
    )
    .await
    .unwrap();

    let path = "/admin/site/weekly-for-all";
    let asked = app
        .admin_post(&owner, path, &[])
        .await
        .text()
        .await
        .unwrap();
    assert!(
        asked.contains("2 subscribers get one email a week"),
        "{asked}"
    );
    assert_eq!(app.subscriber("a@example.kz").await["frequency"], "each");

    let done = app.admin_post(&owner, path, &[("confirmed", "yes")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    for (email, frequency) in [
        ("a@example.kz", "weekly"),
        ("b@example.kz", "weekly"),
        ("own@example.kz", "each"),
    ] {
        assert_eq!(
            app.subscriber(email).await["frequency"],
            frequency,
            "{email}"
        );
    }
    let id = app.subscriber("a@example.kz").await["id"].clone();
    let page = app
        .admin_page(&owner, &format!("/admin/subscribers/{id}"))
        .await;
    let page = page.text().await.unwrap();
    assert!(page.contains("by boss@embassy.example"), "{page}");
    assert_eq!(mail_frequency::undecided(&app.cx).await.unwrap(), 0);
}
