//! Series: who comes in, that each step is taken once and at its time, and what stops it.

mod answers;
mod beginning;
mod closing;
mod contents;
mod deletion;
mod events;
mod faults;
mod gaps;
mod moving;
mod paging;
mod rights;
mod starts;
mod steps;
mod telling;
mod versions;

use std::time::Duration;

use futures_util::future::join_all;
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::model::user::Role;
use jarshy::series::work;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Mail, TestApp, on_both_databases};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

fn email(subject: &str) -> Value {
    let text = json!({
        "language": "en", "subject": subject,
        "body": format!("Dear {{{{ name | default('reader') }}}},\n\nthis is {subject}."),
    });
    json!({ "kind": "send", "texts": [text] })
}

fn days(days: u32) -> Value {
    json!({ "kind": "wait", "days": days })
}

impl TestApp {
    /// A series of the list `news`, running.
    async fn series(&self, name: &str, start: Value, steps: Vec<Value>) -> i64 {
        let fields = json!({ "name": name, "list": "news", "start": start, "steps": steps });
        self.series_with(fields).await
    }

    async fn series_with(&self, fields: Value) -> i64 {
        let made = self.api_post("/series", fields).await;
        let id = made["id"].as_i64().unwrap();
        self.api_post(&format!("/series/{id}/start"), json!({}))
            .await;
        id
    }

    async fn enter(&self, series: i64, email: &str) {
        let reader = json!({ "email": email });
        self.api_post(&format!("/series/{series}/readers"), reader)
            .await;
    }

    /// The application some time from now.
    fn after(&self, span: Duration) -> Context {
        Context {
            clock: Clock::manual(self.cx.clock.now().after(span)),
            ..self.cx.clone()
        }
    }

    /// Takes the steps that are due some time from now.
    async fn steps_after(&self, span: Duration) {
        let then = self.after(span);
        while work::tick(&then).await.unwrap() {}
        self.quiet().await;
    }

    async fn series_readers(&self, series: i64) -> Vec<Value> {
        let page = self.api_get(&format!("/series/{series}/readers")).await;
        page["items"].as_array().unwrap().clone()
    }

    /// Where a reader stands.
    async fn reader_state(&self, series: i64, email: &str) -> Option<String> {
        let readers = self.series_readers(series).await;
        let found = readers.iter().find(|one| one["email"] == email)?;
        Some(found["state"].as_str()?.to_owned())
    }

    async fn reader_is(&self, series: i64, email: &str, state: &str) {
        let what = format!("{email} being {state}");
        self.until(&what, async || {
            self.reader_state(series, email).await.as_deref() == Some(state)
        })
        .await;
    }

    /// The subjects of the mails to an address that are emails of series, oldest first.
    fn emails_to(&self, email: &str) -> Vec<String> {
        let mails = self.mails_now(email).into_iter().rev();
        let emails = mails.filter(|mail| mail.text.contains("this is"));
        emails.map(|mail| mail.subject).collect()
    }

    async fn email_to(&self, email: &str, subject: &str) -> Mail {
        self.mail_about(email, subject).await
    }

    async fn moved(&self, series: i64, action: &str) -> Value {
        self.api_post(&format!("/series/{series}/{action}"), json!({}))
            .await
    }
}

#[apply(on_both_databases)]
async fn a_confirmation_lets_in_and_emails_come_at_their_time(app: TestApp) {
    let steps = vec![email("First"), days(2), email("Second")];
    let id = app
        .series("Welcome", json!({ "kind": "confirmed" }), steps)
        .await;
    app.join_and_confirm("a@example.kz").await;
    let mail = app.email_to("a@example.kz", "First").await;
    assert_eq!(
        mail.header("List-Unsubscribe-Post").as_deref(),
        Some("List-Unsubscribe=One-Click")
    );
    assert!(mail.text.contains("Dear Aigul"), "{}", mail.text);
    assert!(mail.header("List-Id").unwrap().contains("news."));

    app.steps_after(DAY).await;
    assert_eq!(app.emails_to("a@example.kz"), ["First"]);
    app.steps_after(2 * DAY + HOUR).await;
    app.email_to("a@example.kz", "Second").await;
    app.reader_is(id, "a@example.kz", "finished").await;
    app.steps_after(9 * DAY).await;
    assert_eq!(app.emails_to("a@example.kz"), ["First", "Second"]);

    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["steps"][2]["deliveries"]["sent"], 1, "{shown}");
    let campaigns = app.api_get("/campaigns").await;
    assert_eq!(campaigns["items"], json!([]), "emails are no campaigns");
    // An import of people who confirmed elsewhere, and one who is there already, start nothing.
    app.subscribe("a@example.kz", "news").await;
    assert_eq!(app.series_readers(id).await.len(), 1);
}

#[apply(on_both_databases)]
async fn a_tag_lets_in_when_it_is_set(app: TestApp) {
    let tagged = |email: &str, tags: Value| {
        json!({ "email": email, "name": "Reader", "language": "en", "lists": ["news"],
                "status": "confirmed", "tags": tags })
    };
    app.api_post("/subscribers", tagged("old@example.kz", json!(["VIP"])))
        .await;
    let start = json!({ "kind": "tag", "tag": "vip" });
    let id = app.series("Tag", start, vec![email("For you")]).await;
    // Who has it already is not let in by being saved again.
    app.api_post(
        "/subscribers",
        tagged("old@example.kz", json!(["vip", "press"])),
    )
    .await;
    app.api_post("/subscribers", tagged("new@example.kz", json!([])))
        .await;
    assert!(app.series_readers(id).await.is_empty());
    app.api_post("/subscribers", tagged("new@example.kz", json!(["Vip"])))
        .await;
    app.email_to("new@example.kz", "For you").await;
    assert!(app.emails_to("old@example.kz").is_empty());
}

#[apply(on_both_databases)]
async fn a_date_lets_in_each_year(app: TestApp) {
    let today = app.cx.clock.now().rfc3339()[5..10].to_owned();
    let reader = |email: &str, birthday: &str| {
        json!({ "email": email, "language": "en", "lists": ["news"], "status": "confirmed",
                "attributes": { "birthday": birthday } })
    };
    app.api_post(
        "/subscribers",
        reader("a@example.kz", &format!("1990-{today}")),
    )
    .await;
    app.api_post("/subscribers", reader("b@example.kz", "soon"))
        .await;
    let start = json!({ "kind": "date", "attribute": "birthday", "hour": 0, "yearly": true });
    let id = app.series("Birthday", start, vec![email("Wish")]).await;
    let first = app.email_to("a@example.kz", "Wish").await;
    app.steps_after(DAY).await;
    assert_eq!(app.emails_to("a@example.kz").len(), 1);

    // A year later, with a leap day between where there is one.
    app.steps_after(366 * DAY).await;
    let mails = app.mails_to("a@example.kz", 2).await;
    assert_ne!(mails[0].header("Message-ID"), first.header("Message-ID"));
    app.steps_after(367 * DAY).await;
    assert_eq!(app.emails_to("a@example.kz").len(), 2);
    assert!(app.emails_to("b@example.kz").is_empty());
    assert_eq!(app.series_readers(id).await.len(), 2, "once a year");
}

#[apply(on_both_databases)]
async fn a_call_lets_in_once(app: TestApp) {
    let id = app
        .series("Call", json!({ "kind": "call" }), vec![email("Called")])
        .await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "Called").await;
    let again = |email: &str| {
        let call = app.api("POST", &format!("/series/{id}/readers"));
        call.json(&json!({ "email": email })).send()
    };
    let refused = again("a@example.kz").await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    app.create_list("other", "single").await;
    app.subscribe("b@example.kz", "other").await;
    let refused = again("b@example.kz").await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let unknown = again("nobody@example.kz").await.unwrap();
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn a_condition_skips_steps_for_others(app: TestApp) {
    let segment = app.segment_of_kazakh_readers().await;
    let steps = vec![
        json!({ "kind": "condition", "segment": segment, "skip": 1 }),
        email("Both"),
        email("All"),
        json!({ "kind": "set_tag", "tag": "done" }),
        json!({ "kind": "condition", "segment": segment }),
        email("Last"),
    ];
    let id = app
        .series("Condition", json!({ "kind": "call" }), steps)
        .await;
    app.subscribe("en@example.kz", "news").await;
    let kazakh = json!({ "email": "kk@example.kz", "language": "kk", "lists": ["news"],
                         "status": "confirmed" });
    app.api_post("/subscribers", kazakh).await;
    app.enter(id, "en@example.kz").await;
    app.enter(id, "kk@example.kz").await;
    app.email_to("kk@example.kz", "Last").await;
    app.email_to("en@example.kz", "All").await;
    app.reader_is(id, "en@example.kz", "finished").await;
    app.quiet().await;
    assert_eq!(app.emails_to("en@example.kz"), ["All"]);
    assert_eq!(app.emails_to("kk@example.kz").len(), 3);
    assert_eq!(
        app.subscriber("en@example.kz").await["tags"],
        json!(["done"])
    );
    // The segment cannot go while the series asks for it.
    let path = format!("/segments/{segment}");
    let refused = app.api("DELETE", &path).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn leaving_suppression_and_erasure_stop_it_at_once(app: TestApp) {
    let steps = vec![email("First"), days(1), email("Second")];
    let id = app
        .series("Welcome", json!({ "kind": "call" }), steps)
        .await;
    let mut ids = Vec::new();
    for email in [
        "left@example.kz",
        "blocked@example.kz",
        "gone@example.kz",
        "stays@example.kz",
    ] {
        ids.push(app.subscribe(email, "news").await);
        app.enter(id, email).await;
        app.email_to(email, "First").await;
    }
    let mail = app.email_to("left@example.kz", "First").await;
    let answer = app
        .post(&mail.one_click_url(), &[("List-Unsubscribe", "One-Click")])
        .await;
    assert!(answer.status().is_success());
    let state = app.reader_state(id, "left@example.kz").await;
    assert_eq!(state.as_deref(), Some("left"), "at once");
    app.api_post("/suppressions", json!({ "email": "blocked@example.kz" }))
        .await;
    let state = app.reader_state(id, "blocked@example.kz").await;
    assert_eq!(state.as_deref(), Some("suppressed"));
    let erased = app
        .api("DELETE", &format!("/subscribers/{}", ids[2]))
        .send()
        .await
        .unwrap();
    assert!(erased.status().is_success());
    assert_eq!(app.reader_state(id, "gone@example.kz").await, None);

    app.steps_after(2 * DAY).await;
    app.email_to("stays@example.kz", "Second").await;
    for email in ["left@example.kz", "blocked@example.kz", "gone@example.kz"] {
        assert_eq!(app.emails_to(email), ["First"], "{email}");
    }
    // Who comes back is not let in a second time.
    app.reader_is(id, "stays@example.kz", "finished").await;
}

#[apply(on_both_databases)]
async fn workers_at_once_and_workers_that_stop_take_each_step_once(app: TestApp) {
    let steps = vec![
        email("First"),
        days(1),
        json!({ "kind": "set_tag", "tag": "second" }),
        email("Second"),
        days(1),
        email("Third"),
    ];
    let id = app
        .series("Welcome", json!({ "kind": "call" }), steps)
        .await;
    let emails: Vec<String> = (0..25).map(|n| format!("r{n}@example.kz")).collect();
    for email in &emails {
        app.subscribe(email, "news").await;
        app.enter(id, email).await;
    }
    // A reader whose first step was taken after the days have passed would wait from then on.
    for email in &emails {
        app.email_to(email, "First").await;
    }
    let _other = app.another_worker();
    // Two days pass for six workers at once.
    for span in [2 * DAY, 4 * DAY] {
        let then: Vec<Context> = (0..6).map(|_| app.after(span)).collect();
        // Some stop wherever they are.
        for stopped in &then[..3] {
            let stopped = stopped.clone();
            let working = tokio::spawn(async move { work::tick(&stopped).await.map(drop) });
            tokio::time::sleep(Duration::from_millis(7)).await;
            working.abort();
            let _ = working.await;
        }
        for done in join_all(then.iter().map(work::tick)).await {
            done.unwrap();
        }
        // Who was held by a worker that was just stopped is left to the next looks.
        for _ in 0..4 {
            app.steps_after(span).await;
        }
    }
    for email in &emails {
        app.email_to(email, "Third").await;
        let mut emails = app.emails_to(email);
        emails.sort();
        assert_eq!(emails, ["First", "Second", "Third"], "{email}");
    }
    let shown = app.api_get(&format!("/series/{id}")).await;
    assert_eq!(shown["state"], "running", "{shown}");
    assert_eq!(shown["readers"]["finished"], 25);
    for step in [0, 3, 5] {
        assert_eq!(shown["steps"][step]["deliveries"]["sent"], 25, "{shown}");
    }
}

#[apply(on_both_databases)]
async fn a_change_makes_a_version_that_readers_inside_need_not_follow(app: TestApp) {
    let steps = |last: &str| vec![email("First"), days(1), email(last)];
    let id = app
        .series("Welcome", json!({ "kind": "call" }), steps("Old"))
        .await;
    let path = format!("/series/{id}");
    for email in ["a@example.kz", "b@example.kz", "c@example.kz"] {
        app.subscribe(email, "news").await;
    }
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;
    let change = |fields: Value| app.api("PATCH", &path).json(&fields).send();
    let changed = change(json!({ "steps": steps("New") })).await.unwrap();
    assert_eq!(changed.status(), StatusCode::OK);
    let changed: Value = changed.json().await.unwrap();
    assert_eq!(changed["version"], 2, "{changed}");
    app.enter(id, "b@example.kz").await;
    app.email_to("b@example.kz", "First").await;
    app.steps_after(2 * DAY).await;
    app.email_to("a@example.kz", "Old").await;
    app.email_to("b@example.kz", "New").await;

    app.enter(id, "c@example.kz").await;
    app.email_to("c@example.kz", "First").await;
    let moved = json!({ "steps": steps("Newest"), "move_readers": true });
    assert_eq!(change(moved).await.unwrap().status(), StatusCode::OK);
    app.steps_after(2 * DAY).await;
    app.email_to("c@example.kz", "Newest").await;
    assert_eq!(app.emails_to("c@example.kz"), ["First", "Newest"]);
    // What somebody else has changed is not overwritten.
    let late = change(json!({ "name": "Late", "edit_count": 0 })).await;
    assert_eq!(late.unwrap().status(), StatusCode::CONFLICT);
    let wrong = json!({ "steps": [{ "kind": "wait" }] });
    let wrong = change(wrong).await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(on_both_databases)]
async fn the_goal_takes_readers_out(app: TestApp) {
    let condition = json!({ "about": "tag", "value": "member" });
    let goal = app.segment("Members", condition).await;
    let id = app
        .series_with(json!({
            "name": "Join us", "list": "news", "start": { "kind": "call" }, "goal": goal,
            "steps": [email("First"), days(1), email("Second")],
        }))
        .await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(id, "a@example.kz").await;
    app.email_to("a@example.kz", "First").await;
    let tagged = json!({ "email": "a@example.kz", "language": "en", "lists": ["news"],
                         "status": "confirmed", "tags": ["member"] });
    app.api_post("/subscribers", tagged).await;
    app.steps_after(2 * DAY).await;
    app.reader_is(id, "a@example.kz", "goal").await;
    assert_eq!(app.emails_to("a@example.kz"), ["First"]);
}

#[apply(on_both_databases)]
async fn a_pause_keeps_and_a_drain_lets_nobody_in(app: TestApp) {
    let id = app
        .series(
            "Welcome",
            json!({ "kind": "confirmed" }),
            vec![email("First"), days(1), email("Second")],
        )
        .await;
    assert_eq!(app.moved(id, "pause").await["state"], "paused");
    app.join_and_confirm("a@example.kz").await;
    app.steps_after(HOUR).await;
    assert!(app.emails_to("a@example.kz").is_empty());
    app.moved(id, "resume").await;
    app.email_to("a@example.kz", "First").await;

    app.moved(id, "drain").await;
    app.join_and_confirm("b@example.kz").await;
    app.steps_after(2 * DAY).await;
    app.email_to("a@example.kz", "Second").await;
    assert_eq!(app.series_readers(id).await.len(), 1);
    // Nobody is inside any more.
    app.until("the end", async || {
        app.api_get(&format!("/series/{id}")).await["state"] == "ended"
    })
    .await;
    let again = app.api("POST", &format!("/series/{id}/start"));
    let again = again.send().await.unwrap();
    assert_eq!(again.status(), StatusCode::CONFLICT);
}

#[apply(on_both_databases)]
async fn one_that_fails_is_paused_and_told_of_and_stops_no_other(app: TestApp) {
    let call = || json!({ "kind": "call" });
    let broken = app.series("Broken", call(), vec![email("Never")]).await;
    app.until("its email", async || {
        let shown = app.api_get(&format!("/series/{broken}")).await;
        shown["state"] == "running"
    })
    .await;
    app.execute("UPDATE campaigns SET state = 'cancelled' WHERE kind = 'series'")
        .await;
    let sound = app.series("Sound", call(), vec![email("Comes")]).await;
    app.subscribe("a@example.kz", "news").await;
    app.enter(broken, "a@example.kz").await;
    app.enter(sound, "a@example.kz").await;
    app.email_to("a@example.kz", "Comes").await;
    app.until("the pause", async || {
        app.api_get(&format!("/series/{broken}")).await["state"] == "paused"
    })
    .await;
    let shown = app.api_get(&format!("/series/{broken}")).await;
    let reason = shown["pause_reason"].as_str().unwrap();
    assert!(reason.contains("step 1"), "{reason}");
    app.until("the notification", async || {
        let told = app.api_get("/notifications").await.to_string();
        told.contains("Broken")
    })
    .await;
    assert!(app.emails_to("a@example.kz") == ["Comes"]);
}

#[apply(on_both_databases)]
async fn a_series_is_written_and_read_on_its_pages(app: TestApp) {
    let cookie = app.sign_in("editor@embassy.example", Role::Editor).await;
    let page = app
        .admin_page(&cookie, "/admin/series/new?from=welcome")
        .await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Welcome to our newsletter"), "{page}");
    let form = [
        ("name", "By form"),
        ("list", "news"),
        ("layout", "letter"),
        ("start", "confirmed"),
        ("kind_1", "send"),
        ("subject_1_en", "First"),
        ("body_1_en", "Hello, this is one."),
        ("kind_2", "wait"),
        ("days_2", "3"),
        ("hours_2", "0"),
    ];
    // A button adds a step, and nothing is saved.
    let pressed = [("add", "end"), ("press", "add")];
    let with = [&form[..], &pressed[..]].concat();
    let again = app.admin_post(&cookie, "/admin/series/new", &with).await;
    let again = again.text().await.unwrap();
    assert!(again.contains(r#"name="kind_3" value="end""#), "{again}");
    // The browser asks before what was added is lost, and shows the step that was pressed for.
    assert!(again.contains(r#"data-unsaved="true""#), "{again}");
    assert!(again.contains(r#"<h2 id="step-3""#), "{again}");
    let next = r#"value="add" formaction="/admin/series/new#step-4""#;
    assert!(again.contains(next), "{again}");
    let pressed = [("press", "up_2")];
    let up = [&form[..], &pressed[..]].concat();
    let again = app.admin_post(&cookie, "/admin/series/new", &up).await;
    let again = again.text().await.unwrap();
    assert!(again.contains(r#"name="kind_1" value="wait""#), "{again}");
    assert_eq!(app.api_get("/series").await["items"], json!([]));

    let saved = app.admin_post(&cookie, "/admin/series", &form).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let path = saved.headers()["location"].to_str().unwrap().to_owned();
    let page = app.admin_page(&cookie, &path).await.text().await.unwrap();
    assert!(page.contains("Send “First”"), "{page}");
    let test = [
        ("position", "1"),
        ("to", "me@embassy.example"),
        ("language", "en"),
    ];
    app.admin_post(&cookie, &format!("{path}/test"), &test)
        .await;
    app.mail_about("me@embassy.example", "[Test] First").await;
    let start = format!("{path}/start");
    let asked = app.admin_post(&cookie, &start, &[]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let confirmed = [("confirmed", "yes")];
    let started = app.admin_post(&cookie, &start, &confirmed).await;
    assert_eq!(started.status(), StatusCode::SEE_OTHER);
    app.join_and_confirm("a@example.kz").await;
    app.mail_about("a@example.kz", "First").await;
    let page = app.admin_page(&cookie, &path).await.text().await.unwrap();
    assert!(page.contains("waiting: 1"), "{page}");
    let reader = app.subscriber("a@example.kz").await["id"].clone();
    let profile = format!("/admin/subscribers/{reader}");
    let page = app.admin_page(&cookie, &profile).await;
    let page = page.text().await.unwrap();
    assert!(page.contains("By form"), "{page}");
    let rehearsal = app.admin_page(&cookie, &format!("{path}/rehearsal")).await;
    let rehearsal = rehearsal.text().await.unwrap();
    assert!(rehearsal.contains("come in: 1"), "{rehearsal}");
    let wrong = [
        ("name", ""),
        ("list", "news"),
        ("kind_1", "wait"),
        ("days_1", "x"),
    ];
    let refused = app.admin_post(&cookie, "/admin/series", &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
