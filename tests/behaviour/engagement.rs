//! Opens and followed links: seen only of readers who agreed, and only while they do.

use std::time::Duration;

use jarshy::audience::{engagement, segment};
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::model::segment::Rule;
use jarshy::model::user::Role;
use jarshy::model::{CampaignId, SubscriberId};
use jarshy::store::engagement as seen;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Mail, TestApp, on_both_databases};

const A: &str = "a@x.example";
const B: &str = "b@x.example";
const C: &str = "c@x.example";
const D: &str = "d@x.example";

impl TestApp {
    async fn see(&self, is_on: bool) {
        let change = json!({ "settings": { "engagement": is_on } });
        let changed = self.api("PATCH", "/settings").json(&change).send().await;
        assert_eq!(changed.unwrap().status(), StatusCode::OK);
    }

    async fn count_clicks(&self) {
        let change = json!({ "counts_clicks": true });
        let changed = self.api("PATCH", "/lists/news").json(&change).send().await;
        assert_eq!(changed.unwrap().status(), StatusCode::OK);
    }

    /// Joins with the tick, and ticks it again when confirming.
    async fn join_and_agree(&self, email: &str) {
        let form = [("email", email), ("lists", "news"), ("engagement", "yes")];
        assert_eq!(self.submit("/join", &form).await.status(), StatusCode::OK);
        let confirm = self.mail_to(email).await.link("/confirm/");
        let page = self.get(&confirm).await.text().await.unwrap();
        assert!(page.contains("name=\"engagement\""), "{page}");
        self.submit(&confirm, &[("engagement", "yes")]).await;
    }

    /// A campaign with a link, sent to the end.
    async fn mailing(&self, subject: &str) -> i64 {
        let slug = subject.to_lowercase();
        let body = "Read [this](https://example.org/long).";
        self.create_post(&slug, subject, body).await;
        let id = self.create_campaign(&slug, subject, "news").await;
        self.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        self.campaign_in_state(id, "finished").await;
        id
    }

    /// The counted link of a mail to the example, which HEAD finds without being counted.
    async fn link_to_example(&self, mail: &Mail) -> String {
        for link in links(mail) {
            let answer = self.client.head(&link).send().await.unwrap();
            let leads = answer.headers()["location"].to_str().unwrap();
            if leads.starts_with("https://example.org/") {
                return link;
            }
        }
        panic!("no link to the example in {}", mail.html);
    }

    async fn picked(&self, rule: Value) -> i64 {
        let rule: Rule = serde_json::from_value(rule).unwrap();
        segment::count(&self.cx, &rule).await.unwrap()
    }

    async fn picked_by(&self, condition: Value) -> i64 {
        self.picked(json!({ "match": "all", "conditions": [condition] }))
            .await
    }

    async fn seen_of(&self, campaign: i64) -> Value {
        let report = self.api_get(&format!("/campaigns/{campaign}/report")).await;
        report["engagement"].clone()
    }

    /// How many links these subscribers are known to have followed.
    async fn followed(&self, readers: &[i64]) -> usize {
        let mut db = self.cx.store.read().await.unwrap();
        let mut links = 0;
        for reader in readers {
            let found = seen::links_of(&mut db, SubscriberId(*reader), 100).await;
            links += found.unwrap().len();
        }
        links
    }

    async fn id_of(&self, email: &str) -> i64 {
        self.subscriber(email).await["id"].as_i64().unwrap()
    }

    async fn personal_data(&self, email: &str) -> Value {
        let id = self.id_of(email).await;
        self.api_get(&format!("/subscribers/{id}/personal-data"))
            .await
    }
}

/// The counted links of a mail.
fn links(mail: &Mail) -> Vec<String> {
    let parts = mail.html.split("href=\"").skip(1);
    let links = parts.map(|part| part.split('"').next().unwrap().to_owned());
    links.filter(|link| link.contains("/l/")).collect()
}

fn picture(mail: &Mail) -> Option<String> {
    let mut parts = mail.html.split('"');
    parts.find(|part| part.contains("/o/")).map(str::to_owned)
}

/// A mail without what is its reader's alone in any mail.
fn common(mail: &Mail, email: &str) -> String {
    let own = |part: &str| {
        ["/unsubscribe/", "/preferences/"]
            .iter()
            .any(|path| part.contains(path))
    };
    let parts = mail
        .html
        .split('"')
        .map(|part| if own(part) { "" } else { part });
    parts.collect::<Vec<_>>().join("\"").replace(email, "")
}

#[apply(on_both_databases)]
async fn nothing_is_asked_and_nothing_is_seen_by_default(app: TestApp) {
    app.count_clicks().await;
    let page = app.get("/join").await.text().await.unwrap();
    assert!(!page.contains("engagement"), "{page}");
    let form = [("email", A), ("lists", "news"), ("engagement", "yes")];
    app.submit("/join", &form).await;
    let confirm = app.mail_to(A).await.link("/confirm/");
    app.submit(&confirm, &[("engagement", "yes")]).await;
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    let id = app.mailing("News").await;
    let mail = app.mail_about(A, "News").await;
    assert_eq!(picture(&mail), None);
    assert!(
        links(&mail)
            .iter()
            .all(|link| !link[8..].rsplit('/').next().unwrap().contains('.'))
    );
    assert!(!mail.html.contains("gif"), "{}", mail.html);
    let preferences = app.get(&mail.link("/preferences/")).await;
    let page = preferences.text().await.unwrap();
    assert!(!page.contains("/engagement"), "{page}");
    let form = [("seen", "yes")];
    let path = format!("{}/engagement", mail.link("/preferences/"));
    app.submit(&path, &form).await;
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    assert_eq!(app.seen_of(id).await, Value::Null);
}

#[apply(on_both_databases)]
async fn only_those_who_agreed_are_seen(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    app.join_and_agree(D).await;
    app.join_and_confirm(B).await;
    app.join_and_confirm(C).await;
    let id = app.mailing("News").await;
    let (a, b, c) = (
        app.mail_about(A, "News").await,
        app.mail_about(B, "News").await,
        app.mail_about(C, "News").await,
    );
    let is_personal = |link: &String| link.rsplit('/').next().unwrap().contains('.');
    assert!(links(&a).iter().all(is_personal) && picture(&a).is_some());
    assert!(!links(&b).is_empty() && !links(&b).iter().any(is_personal));
    assert_eq!(picture(&b), None);
    assert!(!b.html.contains("gif"), "{}", b.html);
    assert_eq!(common(&b, B), common(&c, C), "one is like the other");
    assert!(!a.text.contains("/o/") && !a.text.contains("/l/"));

    // Archive and previews carry none of it.
    let archive = app.get(&format!("/archive/{id}")).await;
    let archive = archive.text().await.unwrap();
    assert!(!archive.contains("/o/"), "{archive}");
    let preview = app
        .api_get(&format!("/campaigns/{id}/preview?as={A}"))
        .await;
    assert!(!preview["html"].as_str().unwrap().contains("/o/"));

    // Seen, counted once in total each, and not by HEAD.
    let link = app.link_to_example(&a).await;
    let shared = &links(&b)[0];
    app.client.head(&link).send().await.unwrap();
    app.client.head(picture(&a).unwrap()).send().await.unwrap();
    assert_eq!(
        app.seen_of(id).await,
        json!({ "agreed": 2, "opened": 0, "clicked": 0 })
    );
    let opened = app.get(&picture(&a).unwrap()).await;
    assert_eq!(opened.headers()["content-type"], "image/gif");
    let gif = opened.bytes().await.unwrap();
    assert_eq!(
        app.seen_of(id).await,
        json!({ "agreed": 2, "opened": 1, "clicked": 0 })
    );
    for link in [&link, &link, shared] {
        let answer = app.get(link).await;
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    }
    assert_eq!(
        app.seen_of(id).await,
        json!({ "agreed": 2, "opened": 1, "clicked": 1 })
    );
    let readers = [app.id_of(A).await, app.id_of(B).await, app.id_of(D).await];
    assert_eq!(app.followed(&readers).await, 1);
    let owner = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = app
        .admin_page(&owner, &format!("/admin/campaigns/{id}/report.csv"))
        .await;
    let sheet = page.text().await.unwrap();
    let clicks: i64 = sheet
        .lines()
        .filter(|line| line.starts_with("link,"))
        .map(|line| line.rsplit(',').nth(1).unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!(clicks, 3, "{sheet}");

    // What is not ours, or altered, leads on and answers alike.
    let altered = format!("{link}x");
    let answer = app.get(&altered).await;
    assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    let other = app.get("/o/nothing.gif").await;
    assert_eq!(other.status(), StatusCode::OK);
    assert_eq!(other.bytes().await.unwrap(), gif);

    assert!(app.subscriber(A).await["engagement"]["last_active"].is_string());
    assert!(app.subscriber(D).await["engagement"]["last_active"].is_null());
    assert_eq!(app.subscriber(B).await["engagement"], Value::Null);

    // Segments.
    for (condition, expected) in [
        (json!({ "about": "engagement_agreed" }), 2),
        (json!({ "about": "opened_campaign", "value": id }), 1),
        (json!({ "about": "not_opened_campaign", "value": id }), 1),
        (json!({ "about": "opened_within", "value": 1 }), 1),
        (json!({ "about": "not_opened_within", "value": 1 }), 1),
        (json!({ "about": "not_opened_within", "value": 3650 }), 0),
        (json!({ "about": "followed_link_of", "value": id }), 1),
        (
            json!({ "about": "followed_url", "value": "example.org/lo" }),
            1,
        ),
        (json!({ "about": "followed_url", "value": "elsewhere" }), 0),
        (json!({ "about": "active_within", "value": 1 }), 1),
        (json!({ "about": "inactive_for", "value": 1 }), 0),
    ] {
        assert_eq!(
            app.picked_by(condition.clone()).await,
            expected,
            "{condition}"
        );
    }
    let none = json!({ "match": "none", "conditions": [
        { "about": "opened_campaign", "value": id }] });
    assert_eq!(
        app.picked(none.clone()).await,
        1,
        "who has not agreed is no member"
    );
    let twice = json!({ "match": "none", "conditions": [none] });
    assert_eq!(app.picked(twice).await, 1);

    // Pages show it.
    for path in [
        format!("/admin/campaigns/{id}/report"),
        format!("/admin/subscribers/{}", app.subscriber(A).await["id"]),
    ] {
        let page = app.admin_page(&owner, &path).await;
        let page = page.text().await.unwrap();
        assert!(page.contains("id=\"seen\""), "{path}: {page}");
    }
    let path = format!("/admin/subscribers/{}", app.subscriber(B).await["id"]);
    let page = app.admin_page(&owner, &path).await.text().await.unwrap();
    assert!(!page.contains("id=\"seen\""), "{page}");

    // Again to those who have not opened: a draft.
    let path = format!("/admin/campaigns/{id}/resend-unopened");
    let question = app.admin_post(&owner, &path, &[]).await;
    let question = question.text().await.unwrap();
    assert!(question.contains("Make draft"), "{question}");
    let draft = app
        .api_post(&format!("/campaigns/{id}/resend-unopened"), json!({}))
        .await;
    assert_eq!(draft["state"], "draft");
    let again = draft["id"].as_i64().unwrap();
    let change = json!({ "subject": "Again" });
    app.api("PATCH", &format!("/campaigns/{again}"))
        .json(&change)
        .send()
        .await
        .unwrap();
    app.api_post(&format!("/campaigns/{again}/start"), json!({}))
        .await;
    app.campaign_in_state(again, "finished").await;
    app.mail_about(D, "Again").await;
    for email in [A, B, C] {
        let mails = app.mails_now(email);
        assert!(mails.iter().all(|mail| mail.subject != "Again"), "{email}");
    }
}

#[apply(on_both_databases)]
async fn nobody_agrees_for_another(app: TestApp) {
    app.see(true).await;
    let form = [("email", A), ("lists", "news"), ("engagement", "yes")];
    app.submit("/join", &form).await;
    let confirm = app.mail_to(A).await.link("/confirm/");
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    // The owner does not tick it.
    app.submit(&confirm, &[]).await;
    assert_eq!(
        app.subscription(A, "news").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    app.submit(&confirm, &[("engagement", "yes")]).await;
    assert_eq!(
        app.subscriber(A).await["engagement"],
        Value::Null,
        "too late"
    );

    // A list that asks for no confirmation asks for one then.
    app.create_list("open", "single").await;
    let form = [("email", B), ("lists", "open"), ("engagement", "yes")];
    app.submit("/join", &form).await;
    assert_eq!(
        app.subscription(B, "open").await.as_deref(),
        Some("pending")
    );
    let confirm = app.mail_to(B).await.link("/confirm/");
    app.submit(&confirm, &[("engagement", "yes")]).await;
    assert!(app.subscriber(B).await["engagement"]["agreed_at"].is_string());

    // By the API as by the form.
    let join = json!({ "email": C, "lists": ["news"], "engagement": true });
    let joined = app
        .client
        .post(format!("{}/api/v1/join", app.url))
        .json(&join);
    assert_eq!(joined.send().await.unwrap().status(), StatusCode::ACCEPTED);
    let confirm = app.mail_to(C).await.link("/confirm/");
    assert_eq!(app.subscriber(C).await["engagement"], Value::Null);
    app.submit(&confirm, &[("engagement", "yes")]).await;
    assert!(app.subscriber(C).await["engagement"]["agreed_at"].is_string());

    // Admins cannot.
    let person = json!({ "email": D, "lists": ["news"], "status": "confirmed",
        "engagement": { "agreed_at": "2026-01-01T00:00:00Z" } });
    let _ = app.api("POST", "/subscribers").json(&person).send().await;
    app.subscribe(D, "news").await;
    assert_eq!(app.subscriber(D).await["engagement"], Value::Null);
    // And withdraw for somebody.
    let id = app.subscriber(C).await["id"].clone();
    let path = format!("/subscribers/{id}/engagement");
    let gone = app.api("DELETE", &path).send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(app.subscriber(C).await["engagement"], Value::Null);
    let data = app.personal_data(C).await;
    let actions: Vec<(&str, &str)> = data["consents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["action"].as_str().unwrap(),
                one["method"].as_str().unwrap(),
            )
        })
        .filter(|(action, _)| action.starts_with("engagement"))
        .collect();
    assert_eq!(
        actions,
        [
            ("engagement_requested", "api"),
            ("engagement_agreed", "confirmation_link"),
            ("engagement_withdrawn", "admin"),
        ]
    );
}

#[apply(on_both_databases)]
async fn withdrawing_deletes_and_holds_for_old_mail(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    let id = app.mailing("News").await;
    let mail = app.mail_about(A, "News").await;
    let (link, picture) = (app.link_to_example(&mail).await, picture(&mail).unwrap());
    app.get(&link).await;
    let data = app.personal_data(A).await;
    let kept = &data["engagement"];
    assert_eq!(kept["campaigns"][0]["subject"], "News", "{kept}");
    assert_eq!(kept["links"].as_array().unwrap().len(), 1);
    let agreed = data["consents"].as_array().unwrap().iter();
    let agreed = agreed
        .filter(|one| one["action"] == "engagement_agreed")
        .collect::<Vec<_>>();
    assert_eq!(agreed.len(), 1);
    let wording = agreed[0]["wording"].as_str().unwrap();
    assert!(wording.contains("which links"), "{wording}");
    assert!(!agreed[0]["network"].as_str().unwrap().is_empty());

    let preferences = mail.link("/preferences/");
    let path = format!("{preferences}/engagement");
    app.submit(&path, &[("seen", "no")]).await;
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    let reader = [app.id_of(A).await];
    assert_eq!(app.followed(&reader).await, 0);
    let answer = app.get(&link).await;
    assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(app.get(&picture).await.status(), StatusCode::OK);
    assert_eq!(
        app.seen_of(id).await,
        json!({ "agreed": 0, "opened": 0, "clicked": 0 })
    );
    // Who agrees again is not seen by mail from before.
    app.submit(&path, &[("seen", "yes")]).await;
    app.get(&link).await;
    app.get(&picture).await;
    let now = app.subscriber(A).await["engagement"].clone();
    assert!(now["agreed_at"].is_string() && now["last_active"].is_null());
    assert_eq!(
        app.picked_by(json!({ "about": "not_opened_campaign", "value": id }))
            .await,
        0,
        "it came before they agreed"
    );

    // Wanting no mail at all ends it, too.
    app.submit(&format!("{preferences}/leave"), &[]).await;
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
}

#[apply(on_both_databases)]
async fn turned_off_nothing_is_seen_or_shown(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    let id = app.mailing("News").await;
    let mail = app.mail_about(A, "News").await;
    let (link, picture) = (app.link_to_example(&mail).await, picture(&mail).unwrap());
    app.get(&picture).await;
    app.see(false).await;
    assert_eq!(app.seen_of(id).await, Value::Null);
    assert_eq!(app.subscriber(A).await["engagement"], Value::Null);
    let opened = json!({ "about": "opened_campaign", "value": id });
    assert_eq!(app.picked_by(opened.clone()).await, 0);
    assert_eq!(
        app.get(&link).await.status(),
        StatusCode::TEMPORARY_REDIRECT
    );
    let refused = app
        .api("POST", &format!("/campaigns/{id}/resend-unopened"))
        .send()
        .await
        .unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    app.mailing("Quiet").await;
    let quiet = app.mail_about(A, "Quiet").await;
    assert!(!quiet.html.contains("/o/"), "{}", quiet.html);
    // It can be withdrawn then, too.
    let page = app.get(&mail.link("/preferences/")).await;
    assert!(page.text().await.unwrap().contains("/engagement"));

    app.see(true).await;
    assert_eq!(app.picked_by(opened.clone()).await, 1);
    // All who agreed have opened it: no draft is made for nobody.
    let refused = app.api("POST", &format!("/campaigns/{id}/resend-unopened"));
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    assert_eq!(
        app.seen_of(id).await,
        json!({ "agreed": 1, "opened": 1, "clicked": 0 })
    );

    // After its time it is deleted, and nothing is claimed any more.
    let later = app
        .cx
        .clock
        .now()
        .after(Duration::from_secs(800 * 24 * 3600));
    engagement::sweep(&app.at(later)).await.unwrap();
    assert_eq!(app.picked_by(opened).await, 0);
    let rule: Rule = serde_json::from_value(json!({ "match": "all", "conditions": [
        { "about": "not_opened_campaign", "value": id }] }))
    .unwrap();
    assert_eq!(segment::count(&app.at(later), &rule).await.unwrap(), 0);

    // Erasing leaves nothing.
    app.get(&link).await;
    let person = app.id_of(A).await;
    assert_eq!(app.followed(&[person]).await, 1);
    let gone = app
        .api("DELETE", &format!("/subscribers/{person}"))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(app.followed(&[person]).await, 0);
    let mut db = app.cx.store.read().await.unwrap();
    let kept = seen::of_campaign(&mut db, CampaignId(id)).await.unwrap();
    assert_eq!(kept.unwrap().opened, 0);
}

#[apply(on_both_databases)]
async fn a_followed_link_starts_a_series(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    app.join_and_confirm(B).await;
    let text = json!({ "language": "en", "subject": "More", "body": "Here is more." });
    let series = json!({
        "name": "More of it", "list": "news",
        "start": { "kind": "link", "contains": "example.org/long" },
        "steps": [{ "kind": "send", "texts": [text] }],
    });
    let id = app.api_post("/series", series).await["id"].clone();
    app.api_post(&format!("/series/{id}/start"), json!({}))
        .await;
    app.mailing("News").await;
    for email in [A, B, A] {
        let mail = app.mail_about(email, "News").await;
        let link = app.link_to_example(&mail).await;
        app.get(&link).await;
    }
    app.mail_about(A, "More").await;
    app.quiet().await;
    let readers = app.api_get(&format!("/series/{id}/readers")).await;
    assert_eq!(readers["items"].as_array().unwrap().len(), 1, "{readers}");
    assert!(app.mails_now(B).iter().all(|mail| mail.subject != "More"));
}

#[apply(on_both_databases)]
async fn withdrawing_ends_what_a_followed_link_has_started(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    let text = |subject: &str| {
        let text = json!({ "language": "en", "subject": subject, "body": "Here is more." });
        json!({ "kind": "send", "texts": [text] })
    };
    let of = |name: &str, start: Value| {
        json!({
            "name": name, "list": "news", "start": start,
            "steps": [text(name), { "kind": "wait", "days": 1 }, text("Later")],
        })
    };
    let link = json!({ "kind": "link", "contains": "example.org/long" });
    let mut ids = Vec::new();
    for series in [of("More", link), of("Course", json!({ "kind": "call" }))] {
        let id = app.api_post("/series", series).await["id"].clone();
        app.api_post(&format!("/series/{id}/start"), json!({}))
            .await;
        ids.push(id);
    }
    let reader = json!({ "email": A });
    app.api_post(&format!("/series/{}/readers", ids[1]), reader)
        .await;
    app.mailing("News").await;
    let mail = app.mail_about(A, "News").await;
    let link = app.link_to_example(&mail).await;
    app.get(&link).await;
    app.mail_about(A, "More").await;

    let withdrawn = format!("{}/engagement", mail.link("/preferences/"));
    app.submit(&withdrawn, &[("seen", "no")]).await;
    for (series, inside) in ids.iter().zip([0, 1]) {
        let readers = app.api_get(&format!("/series/{series}/readers")).await;
        let readers = readers["items"].as_array().unwrap();
        assert_eq!(readers.len(), inside, "{series}: {readers:?}");
    }
    let then = Context {
        clock: Clock::manual(app.cx.clock.now().after(Duration::from_secs(2 * 24 * 3600))),
        ..app.cx.clone()
    };
    while jarshy::series::work::tick(&then).await.unwrap() {}
    app.mail_about(A, "Later").await;
    app.quiet().await;
    let later = app.mails_now(A);
    let later = later.iter().filter(|mail| mail.subject == "Later");
    assert_eq!(later.count(), 1, "of the course only");
}

#[apply(on_both_databases)]
async fn an_agreement_does_not_go_with_another_address(app: TestApp) {
    app.see(true).await;
    app.count_clicks().await;
    app.join_and_agree(A).await;
    app.mailing("News").await;
    let mail = app.mail_about(A, "News").await;
    let link = app.link_to_example(&mail).await;
    app.get(&link).await;
    let id = app.id_of(A).await;
    let change = json!({ "email": D });
    let asked = app.api("PATCH", &format!("/subscribers/{id}"));
    let asked = asked.json(&change).send().await.unwrap();
    assert!(asked.status().is_success(), "{asked:?}");
    assert_eq!(app.followed(&[id]).await, 1, "not confirmed yet");
    let confirm = app.mail_to(D).await.link("/confirm/");
    app.submit(&confirm, &[]).await;

    let now = app.subscriber(D).await;
    assert_eq!(now["id"], id);
    assert_eq!(now["engagement"], Value::Null);
    assert_eq!(app.followed(&[id]).await, 0);
    app.get(&link).await;
    assert_eq!(app.followed(&[id]).await, 0);
    let data = app.personal_data(D).await;
    let consents = data["consents"].as_array().unwrap();
    let withdrawn = consents
        .iter()
        .find(|one| one["action"] == "engagement_withdrawn");
    assert_eq!(withdrawn.unwrap()["method"], "confirmation_link");
    app.mailing("Next").await;
    let mail = app.mail_about(D, "Next").await;
    assert_eq!(picture(&mail), None, "nobody has asked the new reader");
}
