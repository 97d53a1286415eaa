//! Before a campaign goes out and after: checks, live progress, reports, links
//! that are counted, and who was not reached.

use std::time::Duration;

use jarshy::campaign::{lifecycle, retention, tally};
use jarshy::model::DeliveryId;
use jarshy::model::delivery::DeliveryState;
use jarshy::model::user::Role;
use jarshy::store::feedback;
use reqwest::StatusCode;
use reqwest::header::LOCATION;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Database, PATIENCE, TestApp, on_both_databases};

async fn text(app: &TestApp, cookie: &str, path: &str) -> String {
    let page = app.admin_page(cookie, path).await;
    assert_eq!(page.status(), StatusCode::OK, "{path}");
    page.text().await.unwrap()
}

/// Lets the delivery of a campaign to somebody come back, as a mail about it would.
async fn bounce(app: &TestApp, campaign: i64, email: &str) {
    let items = app
        .api_get(&format!("/campaigns/{campaign}/deliveries"))
        .await["items"]
        .clone();
    let items = items.as_array().unwrap().clone();
    let id = items.iter().find(|item| item["email"] == email).unwrap()["id"]
        .as_i64()
        .unwrap();
    let mut db = app.cx.store.write().await.unwrap();
    let (from, to) = (DeliveryState::Sent, DeliveryState::Bounced);
    let now = app.cx.clock.now();
    assert!(
        feedback::move_delivery(&mut db, DeliveryId(id), from, to, "4.2.2 full", now)
            .await
            .unwrap()
    );
    db.commit().await.unwrap();
}

#[apply(on_both_databases)]
async fn preflight_findings_of_a_draft(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    app.subscribe("reader@example.kz", "news").await;
    app.create_list("club", "single").await;
    app.subscribe("reader@example.kz", "club").await;
    app.create_post(
        "p",
        "WIN A PRIZE TODAY!!",
        "See [it](https://bit.ly/x), [that](/posts/none) and ![](/media/a.png)",
    )
    .await;
    let campaign =
        json!({ "subject": "WIN A PRIZE TODAY!!", "post": "p", "lists": ["news", "club"] });
    let id = app.api_post("/campaigns", campaign).await["id"]
        .as_i64()
        .unwrap();
    let page = text(&app, &cookie, &format!("/admin/campaigns/{id}")).await;
    for words in [
        "all in capitals",
        "more than one exclamation",
        "bit.ly hides",
        "no alternative text",
        "on news",
        "on club",
        "/checks\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let plain = json!({ "subject": "Fine", "lists": ["news"], "markdown": [{ "language": "en", "title": "Fine", "body": "Text" }] });
    let id = app.api_post("/campaigns", plain).await["id"]
        .as_i64()
        .unwrap();
    assert!(
        text(&app, &cookie, &format!("/admin/campaigns/{id}"))
            .await
            .contains("no preheader")
    );
}

#[apply(on_both_databases)]
async fn progress_events(app: TestApp) {
    let cookie = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    let id = app.send_to(&["a@example.kz", "b@example.kz"]).await;
    let answer = app
        .admin_page(&cookie, &format!("/admin/campaigns/{id}/progress/events"))
        .await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    // The stream ends by itself once the campaign has.
    let told = tokio::time::timeout(PATIENCE, answer.text())
        .await
        .unwrap()
        .unwrap();
    let last = told.trim().rsplit("data: ").next().unwrap();
    let last: Value = serde_json::from_str(last).unwrap();
    assert_eq!(
        (&last["state"], &last["counts"]["sent"]),
        (&"finished".into(), &2.into()),
        "{told}"
    );
    let nobody = app
        .get(&format!("/admin/campaigns/{id}/progress/events"))
        .await;
    assert_eq!(nobody.status(), StatusCode::SEE_OTHER);
}

#[apply(on_both_databases)]
async fn the_report_has_course_domains_and_unsubscribes(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let viewer = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    let id = app
        .send_to(&["a@example.kz", "b@example.kz", "c@other.kz"])
        .await;
    app.campaign_in_state(id, "finished").await;
    let leave = app.mail_to("a@example.kz").await.link("/unsubscribe/");
    app.post(&leave, &[("from", "page")]).await;
    bounce(&app, id, "b@example.kz").await;

    let page = text(&app, &cookie, &format!("/admin/campaigns/{id}/report")).await;
    for words in [
        "example.kz",
        "other.kz",
        "<polyline",
        "unsubscribed <strong class=\"number\">1<",
        "sent <strong class=\"number\">2<",
        "50.0 %",
        "data-label=\"Unsubscribed\" class=\"number\">1<",
        "Clicks are not counted",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let sheet = text(
        &app,
        &cookie,
        &format!("/admin/campaigns/{id}/deliveries.csv"),
    )
    .await;
    let lines: Vec<&str> = sheet.lines().collect();
    assert_eq!(lines.len(), 4, "{sheet}");
    assert_eq!(lines[0], "email,state,attempts,reply,since");
    assert!(
        sheet.contains("b@example.kz,bounced,1,4.2.2 full,"),
        "{sheet}"
    );
    let bounced = text(
        &app,
        &cookie,
        &format!("/admin/campaigns/{id}/deliveries.csv?state=bounced"),
    )
    .await;
    assert_eq!(bounced.lines().count(), 2, "{bounced}");
    let refused = app
        .admin_page(&viewer, &format!("/admin/campaigns/{id}/deliveries.csv"))
        .await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

#[apply(on_both_databases)]
async fn only_failed_deliveries_are_retried(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let all = [
        "full@example.kz",
        "gone@example.kz",
        "left@example.kz",
        "got@example.kz",
    ];
    let id = app.send_to(&all).await;
    app.campaign_in_state(id, "finished").await;
    for email in &all[..3] {
        bounce(&app, id, email).await;
    }
    app.api_post(
        "/suppressions",
        json!({ "email": "gone@example.kz", "reason": "manual" }),
    )
    .await;
    let leave = app.mail_to("left@example.kz").await.link("/unsubscribe/");
    app.post(&leave, &[]).await;

    let path = format!("/admin/campaigns/{id}");
    assert!(text(&app, &cookie, &path).await.contains("3 not reached"));
    let asked = app
        .admin_post(&cookie, &format!("{path}/retry-failed"), &[])
        .await;
    assert!(asked.text().await.unwrap().contains("Retry"));
    let again = app
        .admin_post(
            &cookie,
            &format!("{path}/retry-failed"),
            &[("confirmed", "yes")],
        )
        .await;
    assert_eq!(again.headers()[LOCATION], path.as_str());
    let mails = app.mails_to("full@example.kz", 2).await;
    let message_id = |mail: &str| {
        mail.lines()
            .find(|line| line.starts_with("Message-ID"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        message_id(&mails[0].raw),
        message_id(&mails[1].raw),
        "the same message once more"
    );
    let end = app.campaign_in_state(id, "finished").await;
    assert_eq!(
        (&end["counts"]["sent"], &end["counts"]["bounced"]),
        (&2.into(), &2.into()),
        "{end}"
    );
    app.quiet().await;
    for email in &all[1..] {
        assert_eq!(app.mails_now(email).len(), 1, "{email}");
    }
}

#[apply(on_both_databases)]
async fn clicks_are_counted_without_names(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    for email in ["a@example.kz", "b@example.kz"] {
        app.subscribe(email, "news").await;
    }
    app.create_post("p", "P", "Read [this](https://example.org/?a=1&b=2).")
        .await;
    let quiet = app.create_campaign("p", "P", "news").await;
    app.api_post(&format!("/campaigns/{quiet}/start"), json!({}))
        .await;
    assert!(
        app.mail_to("a@example.kz")
            .await
            .html
            .contains("https://example.org/?a=1&amp;b=2"),
        "off unless a list turns it on"
    );

    let list = [
        ("name", "news"),
        ("visibility", "public"),
        ("opt_in", "double"),
        ("counts_clicks", "yes"),
    ];
    assert_eq!(
        app.admin_post(&cookie, "/admin/lists/news", &list)
            .await
            .status(),
        StatusCode::SEE_OTHER
    );
    let id = app.create_campaign("p", "P", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let (a, b) = (
        app.mails_to("a@example.kz", 2).await.remove(0),
        app.mails_to("b@example.kz", 2).await.remove(0),
    );
    assert!(!a.html.contains("https://example.org/"));
    let link = |html: &str| {
        let at = html.find("/l/").unwrap();
        html[at..].split('"').next().unwrap().to_owned()
    };
    let mut links: Vec<String> = a
        .html
        .split("href=\"")
        .skip(1)
        .filter(|part| part.contains("/l/"))
        .map(link)
        .collect();
    let of_b = |one: &String| b.html.contains(one.as_str());
    assert!(
        !links.is_empty() && links.iter().all(of_b),
        "the same links for everybody"
    );
    let mut leads = Vec::new();
    links.dedup();
    for link in &links {
        let answer = app.get(link).await;
        assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT);
        leads.push(answer.headers()[LOCATION].to_str().unwrap().to_owned());
        app.client
            .head(format!("{}{link}", app.url))
            .send()
            .await
            .unwrap();
    }
    assert!(
        leads.contains(&"https://example.org/?a=1&b=2".to_owned()),
        "{leads:?}"
    );
    assert_eq!(app.get("/l/forged").await.status(), StatusCode::NOT_FOUND);
    let report = text(&app, &cookie, &format!("/admin/campaigns/{id}/report")).await;
    assert!(
        report.contains("https://example.org/?a=1&#38;b=2") && report.contains(">1</td>"),
        "{report}"
    );
    assert_eq!(
        app.post(&a.link("/unsubscribe/"), &[]).await.status(),
        StatusCode::OK
    );
}

#[apply(on_both_databases)]
async fn sending_at_local_time(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    // It was then an hour ago in the first zone, will be in some seconds in
    // the second, and in some hours in the third.
    let soon = app.cx.clock.now().after(Duration::from_secs(6)).to_jiff();
    let soon = soon.to_zoned_datetime(jarshy::text::datetime::zone("Etc/GMT-5").unwrap());
    let at = soon.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    for (email, zone) in [
        ("early@example.kz", "Etc/GMT-6"),
        ("soon@example.kz", "Etc/GMT-5"),
        ("late@example.kz", "Etc/GMT+3"),
    ] {
        app.api_post(
            "/subscribers",
            json!({ "email": email, "language": "en", "lists": ["news"],
            "status": "confirmed", "attributes": { "time_zone": zone } }),
        )
        .await;
    }
    app.create_post("p", "P", "text").await;
    let id = app.create_campaign("p", "P", "news").await;
    let path = format!("/campaigns/{id}/schedule");
    for wrong in [
        json!({}),
        json!({ "at_local": "soon" }),
        json!({ "at": "2030-01-01T00:00:00Z", "at_local": "2030-01-01T00:00" }),
    ] {
        let refused = app.api("POST", &path).json(&wrong).send().await.unwrap();
        assert_eq!(
            refused.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{wrong}"
        );
    }
    app.api_post(&path, json!({ "at_local": at })).await;
    app.mail_to("early@example.kz").await;
    assert!(app.mails_now("soon@example.kz").is_empty());
    app.mail_to("soon@example.kz").await;
    app.quiet().await;
    assert!(app.mails_now("late@example.kz").is_empty());
    let waits = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(
        (
            &waits["state"],
            &waits["counts"]["deferred"],
            &waits["counts"]["sent"]
        ),
        (&"sending".into(), &1.into(), &2.into()),
        "{waits}"
    );
    assert!(
        text(&app, &cookie, &format!("/admin/campaigns/{id}"))
            .await
            .contains("in their own time zone")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn preflight_finds_dead_links_and_relays() {
    let app = TestApp::start_with(Database::Sqlite, |config| {
        config.webhook_hosts = vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
    })
    .await;
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    app.subscribe("reader@example.kz", "news").await;
    let port = app.url.rsplit(':').next().unwrap();
    let body = format!(
        "[a](/posts/none) [b](http://localhost:{port}/nothing) [c](http://localhost:{port}/posts) [d](http://127.0.0.1:1/) [e](http://10.0.0.1/) [f](/posts/p) {{{{ name }}}}"
    );
    app.create_post("p", "P", &body).await;
    let id = app.create_campaign("p", "P", "news").await;
    let page = text(&app, &cookie, &format!("/admin/campaigns/{id}/checks")).await;
    for words in [
        format!("{}/posts/none is not on the site", app.url),
        format!("http://localhost:{port}/nothing is dead: 404"),
        "http://127.0.0.1:1/ cannot be reached".to_owned(),
        "http://10.0.0.1/ leads into a private network".to_owned(),
    ] {
        assert!(page.contains(&words), "{words}: {page}");
    }
    assert_eq!(page.matches("check--warn").count(), 4, "{page}");

    let dead = TestApp::start_with(Database::Sqlite, |config| {
        config.smtp_url = Some("smtp://127.0.0.1:1?tls=none".parse().unwrap());
    })
    .await;
    let cookie = dead.sign_in("editor@embassy.example", Role::Editor).await;
    dead.create_post("p", "P", "text").await;
    let id = dead.create_campaign("p", "P", "news").await;
    let page = text(&dead, &cookie, &format!("/admin/campaigns/{id}/checks")).await;
    assert!(
        page.contains("cannot be used") && page.contains("mail waits"),
        "{page}"
    );
}

/// What a campaign's report says.
async fn figures(app: &TestApp, id: i64) -> (Value, Vec<(String, i64, i64, i64)>) {
    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    let row = lifecycle::by_id(&app.cx, id.into()).await.unwrap();
    let (tally, _) = tally::of(&app.cx, &row).await.unwrap();
    let domains = tally
        .domains
        .into_iter()
        .map(|row| (row.domain, row.total, row.sent, row.bounced))
        .collect();
    (campaign["counts"].clone(), domains)
}

#[apply(on_both_databases)]
async fn deliveries_of_old_campaigns_are_folded_into_their_numbers(app: TestApp) {
    let emails = [
        "a@one.example",
        "b@one.example",
        "c@two.example",
        "d@two.example",
    ];
    let old = app.send_to(&emails).await;
    app.campaign_in_state(old, "finished").await;
    bounce(&app, old, "c@two.example").await;
    let gone = app.api_get("/subscribers?q=d@two.example").await["items"][0]["id"]
        .as_i64()
        .unwrap();
    let erased = app
        .api("DELETE", &format!("/subscribers/{gone}"))
        .send()
        .await;
    assert!(erased.unwrap().status().is_success());
    let newer = app.create_campaign("elections", "Newer", "news").await;
    app.api_post(&format!("/campaigns/{newer}/start"), json!({}))
        .await;
    app.campaign_in_state(newer, "finished").await;
    let before = figures(&app, old).await;
    assert_eq!(before.0["sent"], 3, "{before:?}");
    let consent = "/subscribers?q=a@one.example";
    let person = app.api_get(consent).await["items"][0].clone();

    // Not old enough: it stays.
    retention::fold_due(&app.cx).await.unwrap();
    assert!(app.api_get(&format!("/campaigns/{old}")).await["folded_at"].is_null());

    // A segment asks for its recipients: it stays.
    app.raw(
        "UPDATE campaigns SET finished_at = 1 WHERE subject = $1",
        "Elections",
    )
    .await;
    let condition = json!({ "about": "sent_campaign", "value": old });
    let segment = app.segment("Got it", condition).await;
    assert_eq!(retention::fold_due(&app.cx).await.unwrap(), 0);
    let path = format!("/segments/{segment}");
    assert!(
        app.api("DELETE", &path)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );

    while app.api_get(&format!("/campaigns/{old}")).await["folded_at"].is_null() {
        retention::fold_due(&app.cx).await.unwrap();
    }
    assert_eq!(figures(&app, old).await, before, "the numbers stay");
    let listed = app.api_get(&format!("/campaigns/{old}/deliveries")).await;
    assert_eq!(listed["items"], json!([]));
    assert_eq!(
        app.api_get("/campaigns").await["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|campaign| campaign["id"] == old)
            .unwrap()["counts"],
        before.0,
        "in lists, too"
    );
    let kept = app.api_get(&format!("/campaigns/{newer}/deliveries")).await;
    assert_eq!(kept["items"].as_array().unwrap().len(), 3);
    assert_eq!(app.api_get(consent).await["items"][0], person);
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = text(&app, &cookie, &format!("/admin/campaigns/{old}/report")).await;
    assert!(page.contains("Only the numbers are kept") && page.contains("two.example"));

    // A person who has got it is not taken for somebody who was never mailed, nor does a segment of
    // those who did not get it hold anybody.
    app.raw(
        "UPDATE campaigns SET finished_at = 1 WHERE subject = $1",
        "Newer",
    )
    .await;
    retention::fold_due(&app.cx).await.unwrap();
    for condition in [
        json!({ "about": "ever_mailed", "value": false }),
        json!({ "about": "not_sent_campaign", "value": old }),
    ] {
        let rule = json!({ "match": "all", "conditions": [condition] });
        let segment = json!({ "name": condition["about"], "rule": rule });
        let segment = app.api_post("/segments", segment).await;
        let count = app.api_get(&format!("/segments/{}", segment["id"])).await["count"].clone();
        assert_eq!(count, 0, "{condition}");
    }
}

#[apply(on_both_databases)]
async fn a_report_compares_with_the_campaigns_before(app: TestApp) {
    let cookie = app.sign_in("viewer@embassy.example", Role::Viewer).await;
    let first = app.send_to(&["a@x.example", "b@x.example"]).await;
    app.campaign_in_state(first, "finished").await;
    let alone = text(&app, &cookie, &format!("/admin/campaigns/{first}/report")).await;
    assert!(!alone.contains("Compared with"), "{alone}");

    bounce(&app, first, "b@x.example").await;
    let url = app.mail_to("a@x.example").await.one_click_url();
    app.post(&url, &[("List-Unsubscribe", "One-Click")]).await;
    let change = json!({ "counts_clicks": true });
    app.api("PATCH", "/lists/news")
        .json(&change)
        .send()
        .await
        .unwrap();
    app.subscribe("c@x.example", "news").await;
    app.create_post("second", "Second", "See [this](https://x.example/a)")
        .await;
    let second = app.create_campaign("second", "=The second", "news").await;
    app.api_post(&format!("/campaigns/{second}/start"), json!({}))
        .await;
    app.campaign_in_state(second, "finished").await;

    let page = text(&app, &cookie, &format!("/admin/campaigns/{second}/report")).await;
    assert!(page.contains("Compared with"), "{page}");
    let link = format!("href=\"/admin/campaigns/{first}/report\"");
    assert!(page.contains(&link), "{page}");
    let earlier = text(&app, &cookie, &format!("/admin/campaigns/{first}/report")).await;
    assert!(
        !earlier.contains("Compared with"),
        "later ones are not before it"
    );

    let csv = text(
        &app,
        &cookie,
        &format!("/admin/campaigns/{second}/report.csv"),
    )
    .await;
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("part,name,started,recipients,sent"),
        "{csv}"
    );
    assert!(lines[1].starts_with("campaign,'=The second,20"), "{csv}");
    assert!(lines[1].ends_with(",2,2,0,0,0,0,0,0,"), "{csv}");
    assert!(lines[2].starts_with("former campaign,"), "{csv}");
    assert!(
        lines[2].ends_with(",2,1,0,0,1,0,1,,"),
        "clicks were not counted: {csv}"
    );
    assert!(csv.contains("\ndomain,x.example,,2,2,"), "{csv}");
    assert!(csv.contains("\nlink,https://x.example/a,,"), "{csv}");
}
