//! Events in readers' calendars: invitations and files of campaigns, news of an event to those
//! who have it, and transactional email, as Python's `icalendar` reads them.

use std::io::Write as _;
use std::process::{Command, Stdio};

use jarshy::model::user::Role;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::admin_client::AdminClient;
use crate::harness::{Mail, TestApp, on_both_databases};

/// What a message brings to a calendar.
fn calendars(mail: &Mail) -> Value {
    let python = std::env::var("JARSHY_TEST_PYTHON").expect("run scripts/test, which installs it");
    let mut child = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/calendars.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(mail.raw.as_bytes()).unwrap();
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", mail.raw);
    let read: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(read["defects"], json!([]), "{read}");
    for calendar in read["calendars"].as_array().unwrap() {
        assert!(calendar["longest"].as_u64().unwrap() <= 75, "{calendar}");
        assert_eq!(calendar["is_crlf"], true, "{calendar}");
        for event in calendar["events"].as_array().unwrap() {
            assert_eq!(event["errors"], json!([]), "{event}");
        }
    }
    read
}

/// The one event of the message's only calendar, or of the first of two with the same content.
fn event(mail: &Mail) -> Value {
    let read = calendars(mail);
    let all = read["calendars"].as_array().unwrap();
    assert!(all.iter().all(|one| one["events"] == all[0]["events"]));
    assert_eq!(all[0]["events"].as_array().unwrap().len(), 1, "{read}");
    let mut event = all[0]["events"][0].clone();
    event["asks"] = all[0]["asks"].clone();
    event
}

async fn add_event(app: &TestApp, slug: &str, more: Value) {
    let mut body = json!({
        "slug": slug, "starts_at": "2031-03-08T13:30:00Z", "ends_at": "2031-03-08T15:00:00Z",
        "title": "Two strings; many stories", "place": "Great hall, Astana", "language": "en",
        "description": "Dombra\nand kobyz",
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    app.api_post("/events", body).await;
}

async fn campaign(app: &TestApp, subject: &str, calendar: &str, slugs: &[&str]) -> i64 {
    let cards = slugs
        .iter()
        .map(|slug| format!("\n\n:::event slug=\"{slug}\"\n:::"));
    let body = json!({
        "subject": subject, "lists": ["news"], "calendar": calendar,
        "markdown": [{ "language": "en", "title": subject,
                       "body": format!("Come.{}", cards.collect::<String>()) }],
    });
    app.api_post("/campaigns", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn start(app: &TestApp, id: i64) {
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
}

async fn news(app: &TestApp, id: i64, body: Value) -> (StatusCode, Value) {
    let answer = app
        .api("POST", &format!("/campaigns/{id}/event-news"))
        .json(&body);
    let answer = answer.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// The `UID` that the site's own calendar has for an event.
async fn uid_of_the_site(app: &TestApp, slug: &str) -> String {
    let feed = app.get(&format!("/events/{slug}.ics")).await;
    let feed = feed.text().await.unwrap().replace("\r\n ", "");
    let uid = feed.lines().find_map(|line| line.strip_prefix("UID:"));
    uid.unwrap().to_owned()
}

#[apply(on_both_databases)]
async fn an_invitation_is_to_its_reader_alone(app: TestApp) {
    add_event(&app, "music", json!({})).await;
    app.subscribe("a@x.example", "news").await;
    app.subscribe("b+b@x.example", "news").await;
    let id = campaign(&app, "An invitation", "request", &["music"]).await;
    let path = format!("/campaigns/{id}");
    assert_eq!(app.api_get(&path).await["calendar"], "request");
    let preview = app.api_get(&format!("{path}/preview")).await;
    assert!(
        preview["size"]["calendar"].as_u64().unwrap() > 1000,
        "{preview}"
    );
    assert!(preview["size"]["message"].as_u64() > preview["size"]["calendar"].as_u64());
    start(&app, id).await;
    for (reader, other) in [("a@x.example", "b+b@x"), ("b+b@x.example", "a@x")] {
        let mail = app.mail_to(reader).await;
        let read = calendars(&mail);
        assert_eq!(
            read["types"],
            json!([
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html",
                "text/calendar",
                "application/ics"
            ])
        );
        let (shown, file) = (&read["calendars"][0], &read["calendars"][1]);
        assert_eq!(
            (&shown["method"], &shown["charset"], &shown["disposition"]),
            (&json!("REQUEST"), &json!("utf-8"), &json!(null))
        );
        assert_eq!(
            (&file["name"], &file["disposition"]),
            (&json!("invite.ics"), &json!("attachment"))
        );
        let event = event(&mail);
        assert_eq!(event["asks"], "REQUEST");
        assert_eq!(event["uid"], uid_of_the_site(&app, "music").await);
        assert_eq!(event["sequence"], 0);
        assert_eq!(event["summary"], "Two strings; many stories");
        assert_eq!(event["location"], "Great hall, Astana");
        assert_eq!(event["description"], "Dombra\nand kobyz");
        assert_eq!(event["url"], format!("{}/events/music", app.url));
        assert_eq!(event["start"], "2031-03-08T13:30:00+00:00");
        assert_eq!(event["end"], "2031-03-08T15:00:00+00:00");
        assert_eq!(event["status"], "CONFIRMED");
        assert_eq!(event["organizer"], "mailto:news@embassy.example");
        assert_eq!(event["host"], "Embassy");
        assert_eq!(event["attendees"], json!([format!("mailto:{reader}")]));
        assert_eq!(event["rsvp"], json!(["FALSE"]));
        assert!(!shown.to_string().contains(other), "{shown}");
    }
    let copy = app.api_post(&format!("{path}/duplicate"), json!({})).await;
    assert_eq!(copy["calendar"], "request");
    let change = json!({ "calendar": "none" });
    let changed = app
        .api("PATCH", &format!("/campaigns/{}", copy["id"]))
        .json(&change);
    let changed: Value = changed.send().await.unwrap().json().await.unwrap();
    assert_eq!(changed["calendar"], "none");
}

#[apply(on_both_databases)]
async fn a_calendar_file_has_the_events_that_the_email_shows(app: TestApp) {
    let zone = json!({ "settings": { "time_zone": "Asia/Almaty" } });
    let answer = app.api("PATCH", "/settings").json(&zone).send().await;
    assert!(answer.unwrap().status().is_success());
    add_event(&app, "music", json!({})).await;
    // A whole day in Almaty.
    let day = json!({ "title": "Open day", "place": "", "all_day": true,
        "starts_at": "2031-03-20T19:00:00Z", "ends_at": "2031-03-21T19:00:00Z" });
    add_event(&app, "day", day).await;
    let lesson = json!({ "title": "Lesson", "starts_at": "2020-01-01T12:00:00Z",
        "ends_at": "2020-01-01T13:00:00Z", "repeats": "daily" });
    add_event(&app, "lesson", lesson).await;
    add_event(&app, "draft", json!({ "published": false })).await;
    app.subscribe("a@x.example", "news").await;
    let id = campaign(
        &app,
        "A file",
        "publish",
        &["music", "day", "music", "draft", "lesson"],
    )
    .await;
    let to = json!({ "email": "editor@embassy.example" });
    app.api_post(&format!("/campaigns/{id}/test"), to).await;
    let test = calendars(&app.mail_to("editor@embassy.example").await);
    assert_eq!(test["calendars"][0]["asks"], "PUBLISH");
    start(&app, id).await;
    let read = calendars(&app.mail_to("a@x.example").await);
    assert_eq!(
        read["types"],
        json!([
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar"
        ])
    );
    let file = &read["calendars"][0];
    assert_eq!(
        (&file["method"], &file["name"], &file["disposition"]),
        (&json!("PUBLISH"), &json!("event.ics"), &json!("attachment"))
    );
    let events = file["events"].as_array().unwrap();
    let titles: Vec<&str> = events
        .iter()
        .map(|one| one["summary"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Two strings; many stories", "Open day", "Lesson"]);
    assert!(
        events.iter().all(|one| one["attendees"] == json!([])),
        "{file}"
    );
    assert_eq!(
        (&events[1]["start"], &events[1]["end"]),
        (&json!("2031-03-21"), &json!("2031-03-22"))
    );
    // Each time of a recurring event is one of its own, as on the site.
    assert_eq!(events[2]["uid"], uid_of_the_site(&app, "lesson").await);
}

#[apply(on_both_databases)]
async fn what_brings_nothing_to_a_calendar_does_not_start(app: TestApp) {
    add_event(&app, "music", json!({})).await;
    add_event(
        &app,
        "past",
        json!({ "starts_at": "2020-03-08T13:30:00Z",
        "ends_at": "2020-03-08T15:00:00Z" }),
    )
    .await;
    add_event(&app, "other", json!({ "title": "Other" })).await;
    app.subscribe("a@x.example", "news").await;
    for (calendar, slugs, said) in [
        ("request", &["past"][..], "shows no coming event"),
        ("publish", &[][..], "shows no coming event"),
        (
            "request",
            &["music", "other"][..],
            "an invitation is to one event, and the email shows 2",
        ),
        (
            "cancel",
            &["music"][..],
            "nothing to take out of a calendar",
        ),
    ] {
        let id = campaign(&app, "Wrong", calendar, slugs).await;
        let preflight = app.api_get(&format!("/campaigns/{id}/preflight")).await;
        assert!(preflight.to_string().contains(said), "{said}: {preflight}");
        assert_eq!(preflight["can_start"], false);
        let refused = app
            .api("POST", &format!("/campaigns/{id}/start"))
            .json(&json!({}));
        assert!(refused.send().await.unwrap().status().is_client_error());
    }
    let unknown = json!({ "subject": "S", "lists": ["news"], "calendar": "reply", "post": "x" });
    let unknown = app
        .api("POST", "/campaigns")
        .json(&unknown)
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn news_of_an_event_goes_to_those_alone_who_have_it(app: TestApp) {
    add_event(&app, "music", json!({})).await;
    for reader in ["stays@x.example", "leaves@x.example", "bounced@x.example"] {
        app.subscribe(reader, "news").await;
    }
    let id = campaign(&app, "An invitation", "request", &["music"]).await;
    let (status, problem) = news(&app, id, json!({ "news": "update" })).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "not sent yet: {problem}"
    );
    start(&app, id).await;
    let sent = event(&app.mail_to("stays@x.example").await);
    app.mail_to("leaves@x.example").await;
    app.mail_to("bounced@x.example").await;
    app.campaign_in_state(id, "finished").await;
    let (status, problem) = news(&app, id, json!({ "news": "update" })).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");

    app.subscribe("late@x.example", "news").await;
    let leave = app.mail_to("leaves@x.example").await.one_click_url();
    let one_click = [("List-Unsubscribe", "One-Click")];
    assert!(
        app.client
            .post(&leave)
            .form(&one_click)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    let suppressed = json!({ "email": "bounced@x.example", "reason": "hard_bounce" });
    app.api_post("/suppressions", suppressed).await;
    // The new slug is another address of the same event.
    let moved = json!({ "slug": "concert", "starts_at": "2031-03-09T13:30:00Z",
        "ends_at": "2031-03-09T15:00:00Z" });
    let moved = app
        .api("PATCH", "/events/music")
        .json(&moved)
        .send()
        .await
        .unwrap();
    assert!(moved.status().is_success());

    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let page = editor.page(&format!("/admin/campaigns/{id}")).await;
    assert!(
        page.contains("has changed since") && page.contains("Write an update to the 3"),
        "{page}"
    );
    let of_event = editor.page("/admin/events/concert").await;
    assert!(
        of_event.contains(&format!("href=\"/admin/campaigns/{id}#event-news\"")),
        "{of_event}"
    );
    let wrong = json!({ "news": "cancel", "event": "other" });
    assert_eq!(
        news(&app, id, wrong).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let named = json!({ "news": "update", "event": "concert" });
    let (status, named) = news(&app, id, named).await;
    assert_eq!(
        (status, &named["state"]),
        (StatusCode::CREATED, &json!("draft")),
        "{named}"
    );
    let uid = sent["uid"].as_str().unwrap();
    let form = [("uid", uid), ("news", "update")];
    editor
        .submit(&format!("/admin/campaigns/{id}/event-news"), &form)
        .await;
    let update = app.api_get("/campaigns").await["items"][0].clone();
    assert_eq!(
        (&update["state"], &update["calendar"]),
        (&json!("draft"), &json!("request"))
    );
    start(&app, update["id"].as_i64().unwrap()).await;
    let mail = app
        .mail_about("stays@x.example", "Changed: Two strings; many stories")
        .await;
    let updated = event(&mail);
    assert_eq!(
        (&updated["asks"], &updated["uid"]),
        (&json!("REQUEST"), &sent["uid"])
    );
    assert_eq!(updated["start"], "2031-03-09T13:30:00+00:00");
    assert_eq!(updated["url"], format!("{}/events/concert", app.url));
    assert!(
        updated["sequence"].as_i64() > sent["sequence"].as_i64(),
        "{updated}"
    );
    app.campaign_in_state(update["id"].as_i64().unwrap(), "finished")
        .await;

    let deleted = app.api("DELETE", "/events/concert").send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    // Another event may have the slug, and still is another one to calendars.
    add_event(&app, "music", json!({ "title": "Other" })).await;
    assert_ne!(uid_of_the_site(&app, "music").await, uid);
    let (status, problem) = news(&app, id, json!({ "news": "update" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    let (status, off) = news(&app, id, json!({ "news": "cancel", "event": uid })).await;
    assert_eq!(status, StatusCode::CREATED, "{off}");
    let copy = app
        .api_post(&format!("/campaigns/{}/duplicate", off["id"]), json!({}))
        .await;
    assert_eq!(copy["calendar"], "cancel");
    start(&app, copy["id"].as_i64().unwrap()).await;
    let mail = app
        .mail_about("stays@x.example", "Cancelled: Two strings; many stories")
        .await;
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("13:30–15:00) will not take place."), "{text}");
    let cancelled = event(&mail);
    assert_eq!(
        (&cancelled["asks"], &cancelled["status"], &cancelled["uid"]),
        (&json!("CANCEL"), &json!("CANCELLED"), &sent["uid"])
    );
    assert_eq!(cancelled["attendees"], json!(["mailto:stays@x.example"]));
    assert!(
        cancelled["sequence"].as_i64() > updated["sequence"].as_i64(),
        "{cancelled}"
    );
    app.campaign_in_state(copy["id"].as_i64().unwrap(), "finished")
        .await;

    for (reader, count) in [
        ("stays@x.example", 3),
        ("leaves@x.example", 1),
        ("bounced@x.example", 1),
        ("late@x.example", 0),
    ] {
        assert_eq!(app.mails_now(reader).len(), count, "{reader}");
    }
}

#[apply(on_both_databases)]
async fn the_form_offers_a_calendar(app: TestApp) {
    add_event(&app, "music", json!({})).await;
    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    let form = [
        ("kind", "digest"),
        ("subject", "A letter"),
        ("title_en", "A letter"),
        ("events", "music"),
        ("lists", "news"),
        ("layout", "digest"),
        ("language", "en"),
        ("calendar", "publish"),
    ];
    editor.submit("/admin/campaigns", &form).await;
    let made = app.api_get("/campaigns").await["items"][0].clone();
    assert_eq!(made["calendar"], "publish");
    let edit = editor
        .page(&format!("/admin/campaigns/{}/edit", made["id"]))
        .await;
    assert!(
        edit.contains("<option value=\"publish\" selected>A calendar file"),
        "{edit}"
    );
    assert!(!edit.contains("<option value=\"cancel\""), "{edit}");
    let page = editor
        .page(&format!("/admin/campaigns/{}", made["id"]))
        .await;
    assert!(
        page.contains("carries its events as a calendar file"),
        "{page}"
    );
    app.subscribe("a@x.example", "news").await;
    start(&app, made["id"].as_i64().unwrap()).await;
    let event = event(&app.mail_to("a@x.example").await);
    assert_eq!(
        (&event["asks"], &event["host"]),
        (&json!("PUBLISH"), &json!("Embassy"))
    );
}

#[apply(on_both_databases)]
async fn transactional_email_invites(app: TestApp) {
    let send = async |calendar: Value| {
        let body = json!({ "to": "b@x.example", "subject": "Your visit",
            "body_markdown": "See you.", "calendar": calendar });
        app.api("POST", "/transactional")
            .json(&body)
            .send()
            .await
            .unwrap()
    };
    let visit = |more: Value| {
        let mut visit = json!({
            "method": "request", "uid": "visit-17@embassy.example", "sequence": 3,
            "summary": "Көлік, құжат: \"visit\"", "start": "2031-03-08T18:30",
            "end": "2031-03-08T19:00", "zone": "Asia/Almaty", "location": "Window 3",
            "description": "Bring\nyour passport; really, do.",
            "url": "https://embassy.example/visits/17",
            "organizer": "Consul: visits, \"Astana\" <consul@embassy.example>",
        });
        for (name, value) in more.as_object().unwrap() {
            visit[name] = value.clone();
        }
        visit
    };
    for (wrong, field) in [
        (json!({ "end": "2031-03-08T18:30" }), "calendar.end"),
        (json!({ "summary": "a".repeat(256) }), "calendar.summary"),
        (
            json!({ "location": "a\nATTENDEE:mailto:c@x.example" }),
            "calendar.location",
        ),
        (json!({ "zone": "Mars/Base" }), "calendar.zone"),
        (json!({ "sequence": -1 }), "calendar.sequence"),
        (json!({ "url": "javascript:alert(1)" }), "calendar.url"),
        (json!({ "method": "reply" }), "calendar.method"),
        (json!({ "more": 1 }), "calendar.more"),
    ] {
        let answer = send(visit(wrong)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let problem = answer.text().await.unwrap();
        assert!(problem.contains(field), "{field}: {problem}");
    }
    let organizer = json!({ "organizer": "Consul <consul@embassy.example>" });
    assert_eq!(send(visit(organizer)).await.status(), StatusCode::ACCEPTED);
    let mail = app.mail_to("b@x.example").await;
    let read = calendars(&mail);
    assert_eq!(
        read["types"],
        json!([
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/calendar",
            "application/ics"
        ])
    );
    let invited = event(&mail);
    assert_eq!(invited["asks"], "REQUEST");
    assert_eq!(
        (&invited["uid"], &invited["sequence"]),
        (&json!("visit-17@embassy.example"), &json!(3))
    );
    assert_eq!(invited["summary"], "Көлік, құжат: \"visit\"");
    assert_eq!(invited["description"], "Bring\nyour passport; really, do.");
    assert_eq!(invited["start"], "2031-03-08T13:30:00+00:00");
    assert_eq!(invited["organizer"], "mailto:consul@embassy.example");
    assert_eq!(invited["attendees"], json!(["mailto:b@x.example"]));

    let off = visit(
        json!({ "method": "cancel", "sequence": 4, "organizer": null,
        "start": "2031-03-08", "end": "2031-03-09" }),
    );
    assert_eq!(send(off).await.status(), StatusCode::ACCEPTED);
    let mails = app.mails_to("b@x.example", 2).await;
    let events: Vec<Value> = mails.iter().map(event).collect();
    let cancelled = events.iter().find(|one| one["asks"] == "CANCEL").unwrap();
    assert_eq!(
        (&cancelled["status"], &cancelled["sequence"]),
        (&json!("CANCELLED"), &json!(4))
    );
    assert_eq!(
        (&cancelled["start"], &cancelled["end"]),
        (&json!("2031-03-08"), &json!("2031-03-10"))
    );
    assert_eq!(cancelled["organizer"], "mailto:news@embassy.example");
}
