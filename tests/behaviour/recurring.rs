//! Recurring campaigns: each time makes one, once, with what is new, late or not at all.

use std::time::Duration;

use jarshy::campaign::recurring::making;
use jarshy::campaign::{draft, failed_start, lifecycle};
use jarshy::clock::{Clock, Timestamp};
use jarshy::context::Context;
use jarshy::model::CampaignId;
use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};

const HOME: &str = "/admin/recurring-campaigns";
const DAY: Duration = Duration::from_secs(24 * 3600);
/// A Monday that the worker of the test, whose clock is the machine's, does not live to see.
const FIRST: &str = "2091-06-04T09:00:00Z";
const OWNER: &str = "owner@embassy.example";

pub fn first() -> Timestamp {
    Timestamp::parse_rfc3339(FIRST).unwrap()
}

impl TestApp {
    /// The application at another time.
    pub fn at(&self, now: Timestamp) -> Context {
        Context {
            clock: Clock::manual(now),
            ..self.cx.clone()
        }
    }

    /// Makes what is due at a time.
    pub async fn made_at(&self, now: Timestamp) -> Vec<i64> {
        let made = making::make_due(&self.at(now)).await.unwrap();
        made.into_iter().map(|id| id.0).collect()
    }

    /// A template with this English text.
    pub async fn template(&self, name: &str, body: &str) -> String {
        let draft = json!({
            "subject": name, "lists": ["news"], "layout": "letter",
            "markdown": [{ "language": "en", "title": name, "body": body }],
        });
        let id = self.api_post("/campaigns", draft).await["id"].clone();
        let new = json!({ "name": name, "campaign": id });
        let made = self.api_post("/campaign-templates", new).await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// A weekly campaign of a template.
    pub async fn weekly(&self, template: &str, fields: Value) -> i64 {
        let mut new = json!({
            "name": "Weekly news", "template": template, "lists": ["news"],
            "starts_at": FIRST, "repeats": "weekly",
        });
        let all = new.as_object_mut().unwrap();
        all.extend(fields.as_object().unwrap().clone());
        let made = self.api_post("/recurring-campaigns", new).await;
        made["id"].as_i64().unwrap()
    }

    pub async fn occurrences(&self, id: i64) -> Vec<(String, String, String)> {
        let found = self.api_get(&format!("/recurring-campaigns/{id}")).await;
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        let all = found["occurrences"].as_array().unwrap().iter();
        all.map(|one| (text(one, "due_at"), text(one, "state"), text(one, "reason")))
            .collect()
    }

    /// The first text of a campaign.
    pub async fn text_of(&self, id: i64) -> String {
        let draft = draft::draft_of(&self.cx, CampaignId(id)).await.unwrap();
        draft.content.texts()[0].body.clone()
    }

    async fn post_at(&self, slug: &str, at: Timestamp) {
        self.create_post(slug, slug, "Text").await;
        let at = at.millis();
        let statement = format!("UPDATE posts SET published_at = {at} WHERE slug = '{slug}'");
        self.execute(statement.leak()).await;
    }
}

#[apply(on_both_databases)]
async fn each_time_makes_one_campaign_that_starts_by_itself(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let template = app.template("Hello", "Good morning, {{ name }}.").await;
    let id = app
        .weekly(
            &template,
            json!({ "subject": "It is Monday", "from": "Desk <desk@embassy.example>" }),
        )
        .await;
    let shown = app.api_get(&format!("/recurring-campaigns/{id}")).await;
    assert_eq!(shown["next_at"], FIRST);
    assert_eq!(shown["template"], template.as_str());

    let early = first().before(Duration::from_secs(1));
    assert!(app.made_at(early).await.is_empty());
    let made = app.made_at(first()).await;
    let [campaign] = made[..] else {
        panic!("{made:?}");
    };
    assert!(app.made_at(first()).await.is_empty(), "made twice");
    // A clock that goes back a day and comes again.
    assert!(app.made_at(first().before(DAY)).await.is_empty());
    assert!(app.made_at(first().after(DAY / 2)).await.is_empty());
    let one = app.api_get(&format!("/campaigns/{campaign}")).await;
    assert_eq!(one["state"], "scheduled", "{one}");
    assert_eq!(one["subject"], "It is Monday");
    assert_eq!(one["layout"], "letter");
    assert_eq!(
        app.occurrences(id).await,
        [(FIRST.to_owned(), "made".to_owned(), String::new())]
    );
    lifecycle::start_due(&app.at(first()), CampaignId(campaign))
        .await
        .unwrap();
    let mail = app.mail_about("reader@x.example", "It is Monday").await;
    assert!(
        mail.header("From")
            .unwrap()
            .contains("desk@embassy.example")
    );

    // Several processes at once.
    let next = first().after(DAY * 7);
    let (one, other, third) = tokio::join!(app.made_at(next), app.made_at(next), app.made_at(next));
    assert_eq!(one.len() + other.len() + third.len(), 1);
    assert_eq!(app.occurrences(id).await.len(), 2);
}

#[apply(on_both_databases)]
async fn without_anything_new_nothing_is_made(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let body = "News:\n\n:::posts count=\"3\"\n:::\n\n:::events count=\"2\"\n:::";
    let template = app.template("New", body).await;
    let id = app.weekly(&template, json!({ "only_new": true })).await;
    app.post_at("old", first().before(DAY * 9)).await;
    app.post_at("spring", first().before(DAY)).await;
    app.post_at("summer", first().after(DAY * 10)).await;
    let event = json!({ "slug": "nauryz", "starts_at": "2091-07-21T10:00:00Z",
        "ends_at": "2091-07-21T12:00:00Z", "title": "Nauryz" });
    app.api_post("/events", event).await;

    let made = app.made_at(first()).await;
    let text = app.text_of(made[0]).await;
    for name in [
        ":::post slug=\"old\"",
        ":::post slug=\"spring\"",
        ":::event slug=\"nauryz\"",
    ] {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert!(
        !text.contains("summer") && !text.contains("posts count"),
        "{text}"
    );

    let second = first().after(DAY * 7);
    assert!(app.made_at(second).await.is_empty());
    assert_eq!(app.occurrences(id).await[0].1, "nothing_new");
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&format!("{HOME}/{id}")).await;
    assert!(page.contains("nothing new"), "{page}");
    let refused = app.api("POST", &format!("/recurring-campaigns/{id}/campaigns"));
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);

    // Only the post since then: the event has been shown.
    let made = app.made_at(first().after(DAY * 14)).await;
    let text = app.text_of(made[0]).await;
    assert!(text.contains(":::post slug=\"summer\""), "{text}");
    assert!(
        !text.contains("spring") && !text.contains("nauryz"),
        "{text}"
    );

    // A draft that is deleted has shown nothing.
    let deleted = app.api("DELETE", &format!("/campaigns/{}", made[0]));
    assert_eq!(
        deleted.send().await.unwrap().status(),
        StatusCode::CONFLICT,
        "scheduled"
    );
    app.api_post(&format!("/campaigns/{}/unschedule", made[0]), json!({}))
        .await;
    let deleted = app.api("DELETE", &format!("/campaigns/{}", made[0]));
    assert_eq!(
        deleted.send().await.unwrap().status(),
        StatusCode::NO_CONTENT
    );
    let made = app.made_at(first().after(DAY * 21)).await;
    assert!(app.text_of(made[0]).await.contains("summer"));
}

#[apply(on_both_databases)]
async fn what_was_missed_is_made_late_once_or_skipped(app: TestApp) {
    let template = app.template("Daily", "Good morning.").await;
    let id = app.weekly(&template, json!({ "repeats": "daily" })).await;
    // The machine was off for days.
    let made = app.made_at(first().after(DAY * 3 + DAY / 3)).await;
    assert_eq!(made.len(), 1);
    let states: Vec<String> = app
        .occurrences(id)
        .await
        .into_iter()
        .map(|one| one.1)
        .collect();
    assert_eq!(states, ["made", "skipped", "skipped", "skipped"]);

    let change = json!({ "repeat_every": 3 });
    let path = format!("/recurring-campaigns/{id}");
    let changed = app.api("PATCH", &path).json(&change).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    let made = app.made_at(first().after(DAY * 7 + DAY / 24)).await;
    assert!(
        made.is_empty(),
        "the sixth day is a day past, the ninth to come"
    );
    let skipped = app.occurrences(id).await;
    assert_eq!((skipped.len(), skipped[0].1.as_str()), (5, "skipped"));

    // Paused over a time, which is none of its then.
    let paused = app.api_post(&format!("{path}/pause"), json!({})).await;
    assert_eq!(
        (&paused["is_paused"], &paused["next_at"]),
        (&json!(true), &Value::Null)
    );
    assert!(app.made_at(first().after(DAY * 9)).await.is_empty());
    assert_eq!(app.occurrences(id).await.len(), 5);
    let resumed = app.api_post(&format!("{path}/resume"), json!({})).await;
    assert_eq!(resumed["is_paused"], false);
    let gone = app.api("DELETE", &path).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    let gone = app.api("GET", &path).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let stays = app.api_get("/campaigns").await;
    assert_eq!(stays["items"][0]["subject"], "Daily");
}

#[apply(on_both_databases)]
async fn one_may_wait_for_approval(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let template = app.template("Hello", "Good morning.").await;
    app.weekly(&template, json!({ "needs_approval": true }))
        .await;
    let made = app.made_at(first()).await;
    let one = app.api_get(&format!("/campaigns/{}", made[0])).await;
    assert_eq!(one["state"], "draft");

    let settings = json!({ "settings": { "approval": true } });
    let asked = app.api("PATCH", "/settings").json(&settings).send().await;
    assert_eq!(asked.unwrap().status(), StatusCode::OK);
    let other = json!({ "name": "Other", "needs_approval": false });
    app.weekly(&template, other).await;
    let made = app.made_at(first().after(DAY * 7)).await;
    assert_eq!(made.len(), 2);
    for id in made {
        let one = app.api_get(&format!("/campaigns/{id}")).await;
        assert_eq!(one["state"], "draft", "{one}");
        assert_eq!(one["approval"]["state"], "requested", "{one}");
        assert_eq!(one["approval"]["by"], OWNER, "{one}");
    }
    app.until("a notification", async || {
        let told = app.api_get("/notifications").await;
        told["items"].to_string().contains("approval_requested")
    })
    .await;
}

#[apply(on_both_databases)]
async fn what_cannot_be_made_is_told_and_the_next_is_tried(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let template = app.template("Hello", "Good morning.").await;
    let id = app.weekly(&template, json!({})).await;
    let deleted = app.api("DELETE", &format!("/campaign-templates/{template}"));
    assert_eq!(
        deleted.send().await.unwrap().status(),
        StatusCode::NO_CONTENT
    );
    assert!(app.made_at(first()).await.is_empty());
    let failed = app.occurrences(id).await;
    assert_eq!(failed[0].1, "failed");
    assert_eq!(failed[0].2, format!("there is no template \"{template}\""));
    let path = format!("{HOME}/{id}");
    app.until("a notification", async || {
        let told = app.api_get("/notifications").await;
        told["items"].to_string().contains(&path)
    })
    .await;
    app.mail_about(OWNER, "Campaign failed to start: Weekly news")
        .await;
    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&path).await;
    assert!(page.contains("What it mails was deleted"), "{page}");

    // Another template, whose email cannot be sent.
    let broken = app
        .template("Broken", "Dear {{ nobody.knows.this }},")
        .await;
    let change = json!({ "template": broken });
    let changed = app.api("PATCH", &format!("/recurring-campaigns/{id}"));
    let changed = changed.json(&change).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    let next = first().after(DAY * 7);
    let made = app.made_at(next).await;
    let campaign = CampaignId(made[0]);
    let cx = app.at(next);
    let refused = lifecycle::start_due(&cx, campaign).await.unwrap_err();
    let seen = lifecycle::by_id(&cx, campaign).await.unwrap();
    failed_start::fail_to_start(&cx, &seen, &refused.to_string())
        .await
        .unwrap();
    let failed = app.occurrences(id).await;
    assert_eq!((failed.len(), failed[0].1.as_str()), (2, "failed"));
    assert_eq!(failed[0].2, refused.to_string());
    assert_eq!(app.made_at(first().after(DAY * 14)).await.len(), 1);
}

#[apply(on_both_databases)]
async fn what_starts_by_itself_has_no_gap_of_a_template(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let new = json!({
        "name": "Letters", "template": "letter", "lists": ["news"],
        "starts_at": FIRST, "repeats": "weekly",
    });
    let refused = app.api("POST", "/recurring-campaigns").json(&new);
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let why = refused.text().await.unwrap();
    assert!(why.contains("the gap “[name]” of the template"), "{why}");
    // A person who looks at each fills it in.
    let asks = json!({ "name": "Letters", "needs_approval": true });
    let id = app.weekly("letter", asks).await;
    assert_eq!(app.made_at(first()).await.len(), 1);
    let path = format!("/recurring-campaigns/{id}");
    let alone = json!({ "needs_approval": false });
    let alone = app.api("PATCH", &path).json(&alone).send().await.unwrap();
    assert_eq!(alone.status(), StatusCode::UNPROCESSABLE_ENTITY);

    // A gap that comes into the text later stops that time, and is told of.
    let source = json!({
        "subject": "Ours", "lists": ["news"], "layout": "letter",
        "markdown": [{ "language": "en", "title": "Ours", "body": "Good morning." }],
    });
    let source = app.api_post("/campaigns", source).await["id"].clone();
    let ours = json!({
        "name": "Ours", "campaign": source, "lists": ["news"],
        "starts_at": FIRST, "repeats": "weekly",
    });
    let ours = app.api_post("/recurring-campaigns", ours).await["id"].clone();
    let change = json!({
        "markdown": [{ "language": "en", "title": "Ours", "body": "Regards, [Name, position]" }],
    });
    let changed = app.api("PATCH", &format!("/campaigns/{source}"));
    let changed = changed.json(&change).send().await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    app.made_at(first()).await;
    let came = app.occurrences(ours.as_i64().unwrap()).await;
    assert_eq!(came[0].1, "failed", "{came:?}");
    assert!(came[0].2.contains("[Name, position]"), "{came:?}");
}

#[apply(on_both_databases)]
async fn the_pages_do_what_the_api_does(app: TestApp) {
    app.subscribe("reader@x.example", "news").await;
    let draft = json!({
        "subject": "A draft", "lists": ["news"], "layout": "letter",
        "markdown": [{ "language": "en", "title": "A draft", "body": "Hello." }],
    });
    let source = app.api_post("/campaigns", draft).await["id"].clone();
    let source = format!("campaign:{source}");
    let owner = AdminClient::owner(&app).await;
    let empty = owner.page(HOME).await;
    assert!(empty.contains("No campaign comes again"), "{empty}");
    let form = owner.page(&format!("{HOME}/new")).await;
    assert!(
        form.contains("Draft: A draft") && form.contains("template:letter"),
        "{form}"
    );
    let wrong = [("name", ""), ("repeats", "hourly"), ("repeat_every", "0")];
    let refused = owner.refused(HOME, &wrong, 422).await;
    for field in [
        "name",
        "source",
        "starts_on",
        "starts_at",
        "repeats",
        "repeat_every",
        "lists",
    ] {
        assert!(
            refused.contains(&format!("href=\"#{field}\"")),
            "{field}: {refused}"
        );
    }
    let form = [
        ("name", "Monthly <b>"),
        ("source", &source),
        ("starts_on", "2091-06-30"),
        ("starts_at", "09:30"),
        ("repeats", "monthly"),
        ("repeat_every", "2"),
        ("repeat_until", "2092-06-30"),
        ("lists", "news"),
        ("only_new", "yes"),
    ];
    let shown = owner.submit(HOME, &form).await;
    assert!(
        shown.contains("Monthly &#60;b&#62;") || shown.contains("Monthly &lt;b&gt;"),
        "{shown}"
    );
    let all = app.api_get("/recurring-campaigns").await;
    let one = &all["items"][0];
    assert_eq!(
        (&one["repeats"], &one["repeat_every"]),
        (&json!("monthly"), &json!(2))
    );
    let page = format!("{HOME}/{}", one["id"]);
    let twice = owner.refused(HOME, &form, 422).await;
    assert!(twice.contains("already exists"), "{twice}");

    let made = owner.submit(&format!("{page}/make"), &[]).await;
    assert!(
        made.contains("A draft was made") && made.contains("made by Monthly"),
        "{made}"
    );
    let shown = owner.page(&page).await;
    assert!(shown.contains("in between"), "{shown}");
    let paused = owner
        .submit(&format!("{page}/turn"), &[("to", "off")])
        .await;
    assert!(paused.contains("paused"), "{paused}");
    let resumed = owner.submit(&format!("{page}/turn"), &[("to", "on")]).await;
    assert!(resumed.contains("Resumed"), "{resumed}");
    let edit = owner.page(&format!("{page}/edit")).await;
    assert!(
        edit.contains("value=\"2091-06-30\"") && edit.contains("value=\"09:30\""),
        "{edit}"
    );
    let viewer = AdminClient::sign_in(&app, "viewer@x.example", Role::Viewer).await;
    viewer.refused(&format!("{page}/make"), &[], 403).await;
    let asked = owner.post(&format!("{page}/delete"), &[]).await;
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("Delete the recurring campaign"), "{asked}");
    let confirmed = [("confirmed", "yes")];
    owner.submit(&format!("{page}/delete"), &confirmed).await;
    assert_eq!(
        app.api_get("/recurring-campaigns").await["items"],
        json!([])
    );
}
