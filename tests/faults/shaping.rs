//! How mail is spread over relays and domains, seen from the relays' side.

use std::time::Duration;

use crate::audit::audit;
use crate::house::{Database, House, PATIENCE, people};
use crate::relay::{Act, Moment, Stage, TestRelay};
use serde_json::Value;

/// A relay that needs a moment for each message, so that none can be ahead by
/// chance.
async fn unhurried() -> TestRelay {
    let relay = TestRelay::start().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(4)),
        _ => Act::Answer,
    });
    relay
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn relays_share_the_mail_by_their_weights() {
    let (heavy, light) = (unhurried().await, unhurried().await);
    let house = House::build(Database::Sqlite).await;
    let relays = format!(
        "{},{}",
        heavy.url(0, "tls=none&connections=2&weight=3"),
        light.url(0, "tls=none&connections=2")
    );
    let _serve = house.serve(&relays).await;
    let crowd = people("p", 400);
    let id = house.send("shares", &crowd).await;
    house.until_state(id, "finished", PATIENCE).await;
    let (heavy, light) = (heavy.count(), light.count());
    assert_eq!(heavy + light, crowd.len());
    assert!((280..=320).contains(&heavy), "{heavy} and {light}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_warms_up_carries_its_days_share_and_no_more() {
    let relay = TestRelay::start().await;
    let house = House::build(Database::Sqlite).await;
    let mut serve = house
        .serve(&relay.url(0, "tls=none&connections=1&warmup=25"))
        .await;
    let crowd = people("p", 60);
    let id = house.send("warm-up", &crowd).await;
    assert!(relay.reaches(25, PATIENCE).await);
    relay.is_quiet(Duration::from_secs(2)).await;
    assert_eq!(relay.count(), 25);
    // What was carried is remembered when the worker starts anew.
    serve.terminate(PATIENCE).expect("stopped");
    let _serve = house
        .serve(&relay.url(0, "tls=none&connections=1&warmup=25"))
        .await;
    relay.is_quiet(Duration::from_secs(2)).await;
    let campaign = house.campaign(id).await;
    assert_eq!(campaign["state"], "sending", "{campaign}");
    assert_eq!(campaign["counts"]["sent"], 25, "{campaign}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_relay_in_warm_up_must_leave_goes_over_another() {
    let (new, old) = (TestRelay::start().await, TestRelay::start().await);
    let house = House::build(Database::Sqlite).await;
    let relays = format!(
        "{},{}",
        new.url(0, "tls=none&connections=1&warmup=10&weight=9"),
        old.url(0, "tls=none&connections=1")
    );
    let _serve = house.serve(&relays).await;
    let crowd = people("p", 120);
    let id = house.send("relief", &crowd).await;
    house.until_state(id, "finished", PATIENCE).await;
    assert_eq!((new.count(), old.count()), (10, 110));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limited_domain_keeps_its_pace_and_holds_up_nobody() {
    const LIMITED: usize = 12;
    let relay = TestRelay::start().await;
    let mut house = House::build(Database::Sqlite).await;
    house.set("JARSHY_DOMAIN_LIMITS", "slow.example=1@5");
    let _serve = house.serve(&relay.url(0, "tls=none&connections=4")).await;
    let mut crowd: Vec<String> = (0..LIMITED)
        .map(|n| format!("p-{n}@slow.example"))
        .collect();
    crowd.extend((0..200).map(|n| format!("q-{n}@fast.example")));
    let id = house.send("pace", &crowd).await;
    house.until_state(id, "finished", PATIENCE).await;
    audit(&relay, &house.ledger(id).await, &crowd);
    let taken = relay.taken();
    let of = |domain: &str| {
        let mut times: Vec<_> = taken
            .iter()
            .filter(|one| one.recipient.ends_with(domain))
            .map(|one| (one.begun, one.at))
            .collect();
        times.sort();
        times
    };
    let (slow, fast) = (of("slow.example"), of("fast.example"));
    assert_eq!((slow.len(), fast.len()), (LIMITED, 200));
    for pair in slow.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "two at once");
    }
    // Twelve at five a second: the last sets out 2.2 s after the first.
    let span = slow[LIMITED - 1].0 - slow[0].0;
    assert!(span >= Duration::from_millis(2100), "{span:?}");
    let fast_ended = fast.iter().map(|(_, at)| *at).max().unwrap();
    let first = slow[0].0.min(fast[0].0);
    assert!(
        fast_ended < slow[LIMITED - 2].0,
        "the others had to wait: {:?} and {:?}",
        fast_ended - first,
        slow.iter()
            .map(|(begun, _)| *begun - first)
            .collect::<Vec<_>>()
    );
}

/// A domain without limits is never set aside, however many connections are
/// busy with it: what is announced ahead takes its predecessor's place.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_one_domain_goes_without_a_pause() {
    let relay = TestRelay::start().await;
    let house = House::build(Database::Sqlite).await;
    let _serve = house.serve(&relay.url(0, "tls=none&connections=3")).await;
    let crowd: Vec<String> = (0..600).map(|n| format!("p-{n}@one.example")).collect();
    let id = house.send("one", &crowd).await;
    // What is set aside waits for 20 seconds.
    house
        .until_state(id, "finished", Duration::from_secs(15))
        .await;
    assert_eq!(
        audit(&relay, &house.ledger(id).await, &crowd).sent,
        crowd.len()
    );
}

/// A relay that takes three sessions at once, as many providers do, and says so
/// to the fourth.
async fn narrow() -> TestRelay {
    let relay = TestRelay::start().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Greeting if moment.others >= 3 => {
            Act::Reply("421 4.7.0 Error: too many connections from 127.0.0.1")
        }
        Stage::Dot => Act::Stall(Duration::from_millis(40)),
        _ => Act::Answer,
    });
    relay
}

/// Only the refused connections wait: the mail goes out over the others, and the
/// relay is not asked again and again.
async fn a_relays_connection_limit_is_learnt(database: Database) {
    let relay = narrow().await;
    let house = House::build(database).await;
    let _serve = house.serve(&relay.url(0, "tls=none&connections=8")).await;
    let crowd = people("p", 120);
    let started = std::time::Instant::now();
    let id = house.send("narrow", &crowd).await;
    house.until_state(id, "finished", PATIENCE).await;
    println!("120 mails past a limit of 3: {:?}", started.elapsed());
    assert_eq!(
        audit(&relay, &house.ledger(id).await, &crowd).sent,
        crowd.len()
    );
    let opened = relay.sessions(0).1;
    assert!((3..=12).contains(&opened), "{opened} sessions opened");
    // Mail to single people comes through beside a campaign.
    let busy = people("q", 200);
    let next = house.send("narrow-2", &busy).await;
    assert!(relay.reaches(150, PATIENCE).await);
    house
        .act_with(
            next,
            "test",
            serde_json::json!({ "email": "me@example.org" }),
        )
        .await;
    let is_there = || {
        relay
            .taken()
            .iter()
            .any(|one| one.recipient == "me@example.org")
    };
    let asked = std::time::Instant::now();
    while !is_there() {
        assert!(asked.elapsed() < PATIENCE, "the test mail waits");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    house.until_state(next, "finished", PATIENCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relays_connection_limit_is_learnt_sqlite() {
    a_relays_connection_limit_is_learnt(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relays_connection_limit_is_learnt_postgres() {
    a_relays_connection_limit_is_learnt(Database::Postgres).await;
}

/// What a campaign waits for, once it is told.
async fn delay(house: &House, id: i64, reason: &str) -> Value {
    let waits = |campaign: &Value| campaign["delay"]["reason"] == reason;
    house.until(id, PATIENCE, waits).await["delay"].clone()
}

async fn a_campaign_that_sends_nothing_tells_why(database: Database) {
    let relay = TestRelay::start().await;
    let refuse = |stage, reply| {
        move |moment: &Moment<'_>| match moment.stage == stage {
            true => Act::Reply(reply),
            false => Act::Answer,
        }
    };
    let house = House::build(database).await;
    let _serve = house.serve(&relay.url(0, "tls=none&connections=4")).await;

    relay.play(refuse(Stage::Greeting, "421 4.3.2 shutting down"));
    let crowd = people("p", 20);
    let id = house.send("away", &crowd).await;
    let told = delay(&house, id, "relay_away").await;
    assert!(
        told["detail"].as_str().unwrap().contains("shutting down"),
        "{told}"
    );
    let since = told["since"].clone();
    relay.play(refuse(
        Stage::Greeting,
        "421 4.7.0 too many connections from 127.0.0.1",
    ));
    let told = delay(&house, id, "connection_limit").await;
    assert!(told["since"].as_str() >= since.as_str(), "{told}");
    relay.behave();
    let campaign = house.until_state(id, "finished", PATIENCE).await;
    assert!(campaign["delay"].is_null(), "{campaign}");

    relay.play(refuse(Stage::Rcpt, "450 4.2.0 greylisted"));
    let crowd: Vec<String> = (0..20).map(|n| format!("g-{n}@slow.example")).collect();
    let id = house.send("slow", &crowd).await;
    let waits = |campaign: &Value| {
        ["throttled", "retries"].contains(&campaign["delay"]["reason"].as_str().unwrap_or(""))
    };
    house.until(id, PATIENCE, waits).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_that_sends_nothing_tells_why_sqlite() {
    a_campaign_that_sends_nothing_tells_why(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_that_sends_nothing_tells_why_postgres() {
    a_campaign_that_sends_nothing_tells_why(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_without_a_worker_tells_so() {
    let relay = TestRelay::start().await;
    let house = House::build(Database::Sqlite).await;
    let url = relay.url(0, "tls=none");
    let mut serve = house.serve(&url).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(300)),
        _ => Act::Answer,
    });
    let id = house.send("alone", &people("p", 400)).await;
    assert!(relay.reaches(1, PATIENCE).await);
    serve.terminate(PATIENCE).expect("stopped");
    let _serve = house.serve_alone(&url).await;
    delay(&house, id, "no_worker").await;
}

/// What a campaign waits for, once API, page and dashboard tell it alike.
async fn shown(house: &House, cookie: &str, id: i64, name: &str, reasons: &[(&str, &str)]) {
    let is_one = |campaign: &Value| {
        let told = campaign["delay"]["reason"].as_str().unwrap_or_default();
        reasons.iter().any(|(reason, _)| *reason == told)
    };
    let campaign = house.until(id, PATIENCE, is_one).await;
    let since = campaign["delay"]["since"].as_str().unwrap();
    assert!(since.ends_with('Z') && since.len() == 20, "{campaign}");
    let started = std::time::Instant::now();
    loop {
        let page = house.page(cookie, &format!("/admin/campaigns/{id}")).await;
        let dashboard = house.page(cookie, "/admin").await;
        let line = dashboard
            .split("<li")
            .find(|line| line.contains(&format!("“{name}”")));
        let line = line.unwrap_or(&dashboard);
        let is_told = |(_, title): &(&str, &str)| page.contains(title) && line.contains(title);
        if reasons.iter().any(is_told) && page.contains("since") && line.contains("since") {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "{reasons:?}: {page}\n{line}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn every_reason_is_on_page_api_and_dashboard(database: Database) {
    let relay = TestRelay::start().await;
    let refuse = |stage, reply| {
        move |moment: &Moment<'_>| match moment.stage == stage {
            true => Act::Reply(reply),
            false => Act::Answer,
        }
    };
    let house = House::build(database).await;
    let _serve = house.serve(&relay.url(0, "tls=none&connections=2")).await;
    let cookie = house.sign_in().await;

    relay.play(refuse(Stage::Greeting, "421 4.3.2 shutting down"));
    let id = house.send("away", &people("p", 5)).await;
    let away = [("relay_away", "Waiting for the relay")];
    shown(&house, &cookie, id, "away", &away).await;
    relay.behave();
    house.until_state(id, "finished", PATIENCE).await;

    relay.play(refuse(
        Stage::Rcpt,
        "451 4.7.1 too much mail from you, slow down",
    ));
    let crowd: Vec<String> = (0..20).map(|n| format!("t-{n}@slow.example")).collect();
    let id = house.send("throttled", &crowd).await;
    let throttled = [
        ("throttled", "Recipient domains ask us to slow down"),
        ("retries", "Waiting to try again"),
    ];
    shown(&house, &cookie, id, "throttled", &throttled).await;
    relay.behave();
    house.act(id, "cancel").await;

    let id = house.draft("quiet", &people("r", 5)).await;
    let now = jiff::Timestamp::now();
    let (from, until) = (now, now - Duration::from_secs(120));
    let limits = serde_json::json!({
        "quiet_from": from.strftime("%H:%M").to_string(),
        "quiet_until": until.strftime("%H:%M").to_string(),
    });
    house.limit(id, limits).await;
    house.act(id, "start").await;
    shown(
        &house,
        &cookie,
        id,
        "quiet",
        &[("quiet_hours", "Quiet hours")],
    )
    .await;
    house.act(id, "cancel").await;

    // The brake: everybody is refused in the same words.
    relay.play(refuse(
        Stage::Rcpt,
        "550 5.7.1 your domain is blocked by policy",
    ));
    let id = house.send("braked", &people("s", 60)).await;
    shown(
        &house,
        &cookie,
        id,
        "braked",
        &[("paused", "blocked by policy")],
    )
    .await;
    relay.behave();
    house.act(id, "cancel").await;

    // Sessions that are still open end, so that new ones meet the greeting.
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Greeting => Act::Reply("554 5.7.1 you may not send here"),
        Stage::Mail => Act::Drop,
        _ => Act::Answer,
    });
    let id = house.send("refused", &people("q", 5)).await;
    let refused = [
        ("paused", "you may not send here"),
        ("relay_refuses", "The relay refuses all mail"),
    ];
    shown(&house, &cookie, id, "refused", &refused).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reason_is_on_page_api_and_dashboard_sqlite() {
    every_reason_is_on_page_api_and_dashboard(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reason_is_on_page_api_and_dashboard_postgres() {
    every_reason_is_on_page_api_and_dashboard(Database::Postgres).await;
}

/// Also a single recipient, whose domain another campaign's message occupies,
/// and also where a second worker has nothing to do.
async fn a_domain_limit_is_shown_for_a_single_recipient(database: Database) {
    let relay = TestRelay::start().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot if moment.recipient.starts_with("slow-") => Act::Stall(Duration::from_secs(15)),
        _ => Act::Answer,
    });
    let mut house = House::build(database).await;
    house.set("JARSHY_DOMAIN_LIMITS", "limited.example=1");
    let url = relay.url(0, "tls=none&connections=3");
    let _serve = house.serve(&url).await;
    let cookie = house.sign_in().await;
    let limit = [("domain_limit", "Limits for recipient domains are reached")];

    let first = house
        .send("first", &["slow-1@limited.example".to_owned()])
        .await;
    let started = std::time::Instant::now();
    while relay.begun() == 0 {
        assert!(started.elapsed() < PATIENCE, "the first is not sent");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let second = house
        .send("second", &["quick@limited.example".to_owned()])
        .await;
    shown(&house, &cookie, second, "second", &limit).await;
    let campaign = house.campaign(second).await;
    assert_eq!(campaign["delay"]["detail"], "limited.example", "{campaign}");
    for id in [first, second] {
        let campaign = house.until_state(id, "finished", PATIENCE).await;
        assert!(campaign["delay"].is_null(), "{campaign}");
    }

    if database == Database::Postgres {
        let _second = house.work(&url);
        let both = ["slow-2@limited.example", "slow-3@limited.example"];
        let id = house.send("third", &both.map(str::to_owned)).await;
        shown(&house, &cookie, id, "third", &limit).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_domain_limit_is_shown_for_a_single_recipient_sqlite() {
    a_domain_limit_is_shown_for_a_single_recipient(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_domain_limit_is_shown_for_a_single_recipient_postgres() {
    a_domain_limit_is_shown_for_a_single_recipient(Database::Postgres).await;
}
