//! People whom an import adds as pending are asked to confirm, where an admin says so: each
//! once, at a bounded pace, and nobody who is gone.

use std::time::Duration;

use jarshy::audience::expire;
use jarshy::clock::Clock;
use jarshy::context::Context;
use jarshy::import::confirmations::{self, PER_MINUTE};
use jarshy::import::mapping::Mapping;
use jarshy::import::{job, worker};
use jarshy::model::ImportId;
use jarshy::model::audit::Actor;
use jarshy::model::import::{ImportState, Standing};
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::json;

use crate::admin_client::AdminClient;
use crate::harness::{TestApp, on_both_databases};
use crate::importing::{self, import};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);
const REASON: &str = "signed the list at our fair";

fn asks(mapping: &mut Mapping) {
    mapping.standing = Standing::Pending;
    mapping.asks_to_confirm = true;
    mapping.reason = REASON.to_owned();
}

/// Five more people than are asked in a minute.
fn people() -> Vec<String> {
    let numbers = 0..PER_MINUTE + 5;
    numbers.map(|n| format!("p{n:02}@x.example")).collect()
}

fn file(people: &[String]) -> Vec<u8> {
    format!("email\n{}\n", people.join("\n")).into_bytes()
}

/// The application with a clock that the test advances, behind that of the system: what is
/// queued is due.
fn an_hour_ago(app: &TestApp) -> Context {
    let start = app.cx.clock.now().before(60 * MINUTE);
    Context {
        clock: Clock::manual(start),
        ..app.cx.clone()
    }
}

/// How many are asked in each of the next minutes.
async fn asked(cx: &Context, minutes: usize) -> Vec<usize> {
    let mut counts = Vec::new();
    for _ in 0..minutes {
        cx.clock.advance(MINUTE);
        counts.push(confirmations::ask_next(cx).await.unwrap());
        // Another process in the same minute.
        assert_eq!(confirmations::ask_next(cx).await.unwrap(), 0);
    }
    counts
}

#[apply(on_both_databases)]
async fn new_people_are_asked_once_and_nobody_who_is_gone(app: TestApp) {
    let cx = an_hour_ago(&app);
    for email in ["known@x.example", "left@x.example", "erased@x.example"] {
        app.subscribe(email, "news").await;
    }
    importing::leave(&app, "left@x.example").await;
    let id = app.subscriber("erased@x.example").await["id"].clone();
    let erased = app.api("DELETE", &format!("/subscribers/{id}")).send();
    assert_eq!(erased.await.unwrap().status(), StatusCode::NO_CONTENT);
    app.api_post("/suppressions", json!({ "email": "blocked@x.example" }))
        .await;
    let gone = ["known", "left", "erased", "blocked"].map(|name| format!("{name}@x.example"));
    let new = people();
    // One of them stands in the file twice.
    let rows = [&gone[..], &new, &new[..1]].concat();
    let balance = import(&app, "f.csv", &file(&rows), asks).await;
    assert_eq!(balance.asked, PER_MINUTE + 5);

    assert_eq!(asked(&cx, 3).await, [20, 5, 0]);
    for email in &new {
        app.mail_to(email).await;
    }
    app.quiet().await;
    for email in &new {
        assert_eq!(app.mails_now(email).len(), 1, "{email}");
        let state = app.subscription(email, "news").await;
        assert_eq!(state.as_deref(), Some("pending"), "{email}");
    }
    for email in &gone {
        assert_eq!(app.mails_now(email).len(), 0, "{email}");
    }
    let one = app.subscriber(&new[0]).await["id"].clone();
    let page = AdminClient::owner(&app).await;
    let page = page.page(&format!("/admin/subscribers/{one}")).await;
    assert!(
        page.contains(&format!("to be asked to confirm: {REASON}")),
        "{page}"
    );
    let link = app.mail_to(&new[0]).await.link("/confirm/");
    app.post(&link, &[]).await;
    let state = app.subscription(&new[0], "news").await;
    assert_eq!(state.as_deref(), Some("confirmed"));
}

#[apply(on_both_databases)]
async fn an_undo_stops_it_and_the_same_file_asks_nobody_twice(app: TestApp) {
    let cx = an_hour_ago(&app);
    let new = people();
    import(&app, "f.csv", &file(&new), asks).await;
    assert_eq!(asked(&cx, 1).await, [20]);
    let id = ImportId(1);
    assert_eq!(job::still_to_ask(&app.cx, id).await.unwrap(), 5);
    job::undo(&app.cx, &Actor::System, id).await.unwrap();
    // At once, before the people are gone.
    assert_eq!(job::still_to_ask(&app.cx, id).await.unwrap(), 0);
    let undone = worker::complete(&app.cx, id, |_| ()).await.unwrap();
    assert_eq!(undone.state, ImportState::Undone);
    assert_eq!(asked(&cx, 2).await, [0, 0]);

    import(&app, "f.csv", &file(&new), asks).await;
    let again: usize = asked(&cx, 3).await.into_iter().sum();
    assert_eq!(again, 5, "the others were asked within thirty days");
    app.quiet().await;
    for email in &new {
        assert!(app.mails_now(email).len() <= 1, "{email}");
    }
}

#[apply(on_both_databases)]
async fn who_joins_meanwhile_or_is_suppressed_is_not_asked(app: TestApp) {
    let cx = an_hour_ago(&app);
    let new = ["joins", "blocked", "leaves"].map(|name| format!("{name}@x.example"));
    import(&app, "f.csv", &file(&new), asks).await;
    app.join(&new[0]).await;
    app.api_post("/suppressions", json!({ "email": new[1] }))
        .await;
    importing::leave(&app, &new[2]).await;
    assert_eq!(asked(&cx, 1).await, [0]);
    app.quiet().await;
    assert_eq!(app.mails_now(&new[0]).len(), 1, "by the form");
    assert_eq!(app.mails_now(&new[1]).len(), 0);
    assert_eq!(app.mails_now(&new[2]).len(), 0);
}

#[apply(on_both_databases)]
async fn the_time_to_confirm_begins_with_the_question(app: TestApp) {
    let cx = an_hour_ago(&app);
    // An old time of the file does not end it before it began.
    let old = b"email,changed\nwaits@x.example,2020-01-02\n";
    import(&app, "f.csv", old, |mapping| {
        asks(mapping);
        mapping.set("changed", "changed_at".parse().unwrap());
    })
    .await;
    let state = || app.subscription("waits@x.example", "news");
    cx.clock.advance(8 * DAY);
    expire::expire_pending(&cx).await.unwrap();
    assert_eq!(state().await.as_deref(), Some("pending"));
    assert_eq!(asked(&cx, 1).await, [1]);
    cx.clock.advance(6 * DAY);
    expire::expire_pending(&cx).await.unwrap();
    assert_eq!(state().await.as_deref(), Some("pending"));
    cx.clock.advance(2 * DAY);
    expire::expire_pending(&cx).await.unwrap();
    assert_eq!(state().await, None, "as after a join form");
}

#[apply(on_both_databases)]
async fn who_is_not_asked_has_the_whole_time_from_the_import_on(app: TestApp) {
    let old = b"email,since\nwaits@x.example,2020-01-02\n";
    let balance = import(&app, "f.csv", old, |mapping| {
        mapping.standing = Standing::Pending;
        mapping.set("since", "changed_at".parse().unwrap());
    })
    .await;
    assert_eq!((balance.asked, balance.unasked()), (0, 1));
    let state = || app.subscription("waits@x.example", "news");
    let cx = Context {
        clock: Clock::manual(app.cx.clock.now()),
        ..app.cx.clone()
    };
    cx.clock.advance(6 * DAY);
    expire::expire_pending(&cx).await.unwrap();
    assert_eq!(state().await.as_deref(), Some("pending"));
    // What the file says of its time is kept as evidence.
    let id = app.subscriber("waits@x.example").await["id"].clone();
    let path = format!("/subscribers/{id}/personal-data");
    let data = app.api_get(&path).await;
    assert_eq!(data["consents"][0]["at"], "2020-01-02T00:00:00Z");
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/imports/1").await;
    assert!(page.contains("Their time to confirm begins"), "{page}");
    cx.clock.advance(2 * DAY);
    expire::expire_pending(&cx).await.unwrap();
    assert_eq!(state().await, None);
}

#[apply(on_both_databases)]
async fn it_is_off_unless_chosen_and_needs_a_reason(app: TestApp) {
    let cx = an_hour_ago(&app);
    let new = people();
    let pending = |mapping: &mut Mapping| mapping.standing = Standing::Pending;
    let balance = import(&app, "f.csv", &file(&new), pending).await;
    assert_eq!(balance.asked, 0);
    assert_eq!(asked(&cx, 1).await, [0]);

    let owner = AdminClient::owner(&app).await;
    let id = importing::uploaded(&owner, "g.csv", b"email\ng@x.example\n").await;
    let call = app.api("POST", &format!("/imports/{id}/check"));
    let without = json!({ "standing": "pending", "ask_to_confirm": true });
    let refused = call.json(&without).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text().await.unwrap();
    assert!(text.contains("the reason is kept"), "{text}");

    let path = format!("/admin/imports/{id}");
    let mut choices = vec![
        ("column-0", "email"),
        ("standing", "pending"),
        ("existing", "update"),
        ("ask_to_confirm", "yes"),
    ];
    let page = owner.submit(&format!("{path}/check"), &choices).await;
    assert!(page.contains("asked to confirm, such as where"), "{page}");
    choices.push(("reason", REASON));
    owner.submit(&format!("{path}/check"), &choices).await;
    importing::reaches(&app, id, ImportState::Checked).await;
    let page = owner.page(&path).await;
    assert!(
        page.contains("1 person would be asked by email to confirm, at most 20 a minute"),
        "{page}"
    );
    assert!(page.contains("before they confirm"), "{page}");
    owner.submit(&format!("{path}/run"), &[]).await;
    importing::reaches(&app, id, ImportState::Finished).await;
    let page = owner.page(&path).await;
    assert!(page.contains("still to be asked"), "{page}");
    let body = app.api_get(&format!("/imports/{id}")).await;
    assert_eq!(body["balance"]["asked"], 1, "{body}");
}
