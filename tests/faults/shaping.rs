//! How mail is spread over relays and domains, seen from the relays' side.

use std::time::Duration;

use crate::audit::audit;
use crate::installation::{Database, Installation, recipient_addresses};
use crate::relay::{Act, Moment, Stage, TestRelay};
use crate::support::PATIENCE;
use serde_json::Value;

/// A relay that needs a moment for each message, so that none can be ahead by
/// chance.
async fn slow_relay() -> TestRelay {
    let relay = TestRelay::start().await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(4)),
        _ => Act::Answer,
    });
    relay
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn relays_share_messages_by_weight() {
    let (heavy, light) = (slow_relay().await, slow_relay().await);
    let installation = Installation::build(Database::Sqlite).await;
    let relays = format!(
        "{},{}",
        heavy.url(0, "tls=none&connections=2&weight=3"),
        light.url(0, "tls=none&connections=2")
    );
    let _serve = installation.serve(&relays).await;
    let recipients = recipient_addresses("p", 400);
    let id = installation.send("shares", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    let (heavy, light) = (heavy.count(), light.count());
    assert_eq!(heavy + light, recipients.len());
    assert!((280..=320).contains(&heavy), "{heavy} and {light}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn warm_up_limits_the_messages_of_a_day() {
    let relay = TestRelay::start().await;
    let installation = Installation::build(Database::Sqlite).await;
    let mut serve = installation
        .serve(&relay.url(0, "tls=none&connections=1&warmup=25"))
        .await;
    let recipients = recipient_addresses("p", 60);
    let id = installation.send("warm-up", &recipients).await;
    assert!(relay.reaches(25, PATIENCE).await);
    relay.is_quiet(Duration::from_secs(2)).await;
    assert_eq!(relay.count(), 25);
    // What was carried is remembered when the worker starts anew.
    serve.terminate(PATIENCE).expect("stopped");
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=1&warmup=25"))
        .await;
    relay.is_quiet(Duration::from_secs(2)).await;
    let campaign = installation.campaign(id).await;
    assert_eq!(campaign["state"], "sending", "{campaign}");
    assert_eq!(campaign["counts"]["sent"], 25, "{campaign}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_relay_takes_over_from_one_in_warm_up() {
    let (new, old) = (TestRelay::start().await, TestRelay::start().await);
    let installation = Installation::build(Database::Sqlite).await;
    let relays = format!(
        "{},{}",
        new.url(0, "tls=none&connections=1&warmup=10&weight=9"),
        old.url(0, "tls=none&connections=1")
    );
    let _serve = installation.serve(&relays).await;
    let recipients = recipient_addresses("p", 120);
    let id = installation.send("relief", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    assert_eq!((new.count(), old.count()), (10, 110));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_domain_limit_is_kept_and_delays_no_other_domain() {
    const LIMITED: usize = 8;
    let relay = TestRelay::start().await;
    let mut installation = Installation::build(Database::Sqlite).await;
    installation.set("JARSHY_DOMAIN_LIMITS", "slow.example=1@2");
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=4"))
        .await;
    let mut recipients: Vec<String> = (0..LIMITED)
        .map(|n| format!("p-{n}@slow.example"))
        .collect();
    recipients.extend((0..100).map(|n| format!("q-{n}@fast.example")));
    let id = installation.send("pace", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    audit(&relay, &installation.ledger(id).await, &recipients);
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
    assert_eq!((slow.len(), fast.len()), (LIMITED, 100));
    for pair in slow.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "two at once");
    }
    // Eight at two a second: the last sets out 3.5 s after the first.
    let span = slow[LIMITED - 1].0 - slow[0].0;
    assert!(span >= Duration::from_millis(3400), "{span:?}");
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
async fn a_list_of_one_domain_is_sent_without_gaps() {
    let relay = TestRelay::start().await;
    let installation = Installation::build(Database::Sqlite).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=3"))
        .await;
    let recipients: Vec<String> = (0..600).map(|n| format!("p-{n}@one.example")).collect();
    let id = installation.send("one", &recipients).await;
    // What is set aside waits for 20 seconds.
    installation
        .until_state(id, "finished", Duration::from_secs(15))
        .await;
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        recipients.len()
    );
}

/// A relay that takes three sessions at once, as many providers do, and says so
/// to the fourth.
async fn limited_relay() -> TestRelay {
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
async fn the_connection_limit_of_a_relay_is_learned(database: Database) {
    let relay = limited_relay().await;
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=8"))
        .await;
    let recipients = recipient_addresses("p", 120);
    let started = std::time::Instant::now();
    let id = installation.send("narrow", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    println!("120 mails past a limit of 3: {:?}", started.elapsed());
    assert_eq!(
        audit(&relay, &installation.ledger(id).await, &recipients).sent,
        recipients.len()
    );
    let opened = relay.sessions(0).1;
    assert!((3..=12).contains(&opened), "{opened} sessions opened");
    // Mail to single people comes through beside a campaign.
    let busy = recipient_addresses("q", 200);
    let next = installation.send("narrow-2", &busy).await;
    assert!(relay.reaches(150, PATIENCE).await);
    installation
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
    installation.until_state(next, "finished", PATIENCE).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connection_limit_of_a_relay_is_learned_sqlite() {
    the_connection_limit_of_a_relay_is_learned(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connection_limit_of_a_relay_is_learned_postgres() {
    the_connection_limit_of_a_relay_is_learned(Database::Postgres).await;
}

/// What a campaign waits for, once it is told.
async fn delay(installation: &Installation, id: i64, reason: &str) -> Value {
    let waits = |campaign: &Value| campaign["delay"]["reason"] == reason;
    installation.until(id, PATIENCE, waits).await["delay"].clone()
}

async fn a_delayed_campaign_shows_the_reason(database: Database) {
    let relay = TestRelay::start().await;
    let refuse = |stage, reply| {
        move |moment: &Moment<'_>| {
            if moment.stage == stage {
                Act::Reply(reply)
            } else {
                Act::Answer
            }
        }
    };
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=4"))
        .await;

    relay.play(refuse(Stage::Greeting, "421 4.3.2 shutting down"));
    let recipients = recipient_addresses("p", 20);
    let id = installation.send("away", &recipients).await;
    let told = delay(&installation, id, "relay_away").await;
    assert!(
        told["detail"].as_str().unwrap().contains("shutting down"),
        "{told}"
    );
    let since = told["since"].clone();
    relay.play(refuse(
        Stage::Greeting,
        "421 4.7.0 too many connections from 127.0.0.1",
    ));
    let told = delay(&installation, id, "connection_limit").await;
    assert!(told["since"].as_str() >= since.as_str(), "{told}");
    relay.behave();
    let campaign = installation.until_state(id, "finished", PATIENCE).await;
    assert!(campaign["delay"].is_null(), "{campaign}");

    relay.play(refuse(Stage::Rcpt, "450 4.2.0 greylisted"));
    let recipients: Vec<String> = (0..20).map(|n| format!("g-{n}@slow.example")).collect();
    let id = installation.send("slow", &recipients).await;
    let waits = |campaign: &Value| {
        ["throttled", "retries"].contains(&campaign["delay"]["reason"].as_str().unwrap_or(""))
    };
    installation.until(id, PATIENCE, waits).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delayed_campaign_shows_the_reason_sqlite() {
    a_delayed_campaign_shows_the_reason(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delayed_campaign_shows_the_reason_postgres() {
    a_delayed_campaign_shows_the_reason(Database::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_without_a_worker_shows_it() {
    let relay = TestRelay::start().await;
    let installation = Installation::build(Database::Sqlite).await;
    let url = relay.url(0, "tls=none");
    let mut serve = installation.serve(&url).await;
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Dot => Act::Stall(Duration::from_millis(300)),
        _ => Act::Answer,
    });
    let id = installation
        .send("alone", &recipient_addresses("p", 400))
        .await;
    assert!(relay.reaches(1, PATIENCE).await);
    serve.terminate(PATIENCE).expect("stopped");
    let _serve = installation.serve_alone(&url).await;
    delay(&installation, id, "no_worker").await;
}

/// What a campaign waits for, once API, page and dashboard tell it alike.
async fn check_shown(
    installation: &Installation,
    cookie: &str,
    id: i64,
    name: &str,
    reasons: &[(&str, &str)],
) {
    let is_one = |campaign: &Value| {
        let told = campaign["delay"]["reason"].as_str().unwrap_or_default();
        reasons.iter().any(|(reason, _)| *reason == told)
    };
    let campaign = installation.until(id, PATIENCE, is_one).await;
    let since = campaign["delay"]["since"].as_str().unwrap();
    assert!(since.ends_with('Z') && since.len() == 20, "{campaign}");
    let started = std::time::Instant::now();
    loop {
        let page = installation
            .page(cookie, &format!("/admin/campaigns/{id}"))
            .await;
        let dashboard = installation.page(cookie, "/admin").await;
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
        move |moment: &Moment<'_>| {
            if moment.stage == stage {
                Act::Reply(reply)
            } else {
                Act::Answer
            }
        }
    };
    let installation = Installation::build(database).await;
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=2"))
        .await;
    let cookie = installation.sign_in().await;

    relay.play(refuse(Stage::Greeting, "421 4.3.2 shutting down"));
    let id = installation
        .send("away", &recipient_addresses("p", 5))
        .await;
    let away = [("relay_away", "Waiting for the relay")];
    check_shown(&installation, &cookie, id, "away", &away).await;
    relay.behave();
    installation.until_state(id, "finished", PATIENCE).await;

    relay.play(refuse(
        Stage::Rcpt,
        "451 4.7.1 too much mail from you, slow down",
    ));
    let recipients: Vec<String> = (0..20).map(|n| format!("t-{n}@slow.example")).collect();
    let id = installation.send("throttled", &recipients).await;
    let throttled = [
        ("throttled", "Recipient domains ask us to slow down"),
        ("retries", "Waiting to try again"),
    ];
    check_shown(&installation, &cookie, id, "throttled", &throttled).await;
    relay.behave();
    installation.act(id, "cancel").await;

    let id = installation
        .draft("quiet", &recipient_addresses("r", 5))
        .await;
    let now = jiff::Timestamp::now();
    let (from, until) = (now, now - Duration::from_secs(120));
    let limits = serde_json::json!({
        "quiet_from": from.strftime("%H:%M").to_string(),
        "quiet_until": until.strftime("%H:%M").to_string(),
    });
    installation.limit(id, limits).await;
    installation.act(id, "start").await;
    check_shown(
        &installation,
        &cookie,
        id,
        "quiet",
        &[("quiet_hours", "Quiet hours")],
    )
    .await;
    installation.act(id, "cancel").await;

    // An automatic pause: everybody is refused in the same words.
    relay.play(refuse(
        Stage::Rcpt,
        "550 5.7.1 your domain is blocked by policy",
    ));
    let id = installation
        .send("paused", &recipient_addresses("s", 60))
        .await;
    check_shown(
        &installation,
        &cookie,
        id,
        "paused",
        &[("paused", "blocked by policy")],
    )
    .await;
    relay.behave();
    installation.act(id, "cancel").await;

    // Sessions that are still open end, so that new ones meet the greeting.
    relay.play(|moment: &Moment<'_>| match moment.stage {
        Stage::Greeting => Act::Reply("554 5.7.1 you may not send here"),
        Stage::Mail => Act::Drop,
        _ => Act::Answer,
    });
    let id = installation
        .send("refused", &recipient_addresses("q", 5))
        .await;
    let refused = [
        ("paused", "you may not send here"),
        ("relay_refuses", "The relay refuses all mail"),
    ];
    check_shown(&installation, &cookie, id, "refused", &refused).await;
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
    let mut installation = Installation::build(database).await;
    installation.set("JARSHY_DOMAIN_LIMITS", "limited.example=1");
    let url = relay.url(0, "tls=none&connections=3");
    let _serve = installation.serve(&url).await;
    let cookie = installation.sign_in().await;
    let limit = [("domain_limit", "Limits for recipient domains are reached")];

    let first = installation
        .send("first", &["slow-1@limited.example".to_owned()])
        .await;
    let started = std::time::Instant::now();
    while relay.begun() == 0 {
        assert!(started.elapsed() < PATIENCE, "the first is not sent");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let second = installation
        .send("second", &["quick@limited.example".to_owned()])
        .await;
    check_shown(&installation, &cookie, second, "second", &limit).await;
    let campaign = installation.campaign(second).await;
    assert_eq!(campaign["delay"]["detail"], "limited.example", "{campaign}");
    for id in [first, second] {
        let campaign = installation.until_state(id, "finished", PATIENCE).await;
        assert!(campaign["delay"].is_null(), "{campaign}");
    }

    if database == Database::Postgres {
        let _second = installation.work(&url);
        let both = ["slow-2@limited.example", "slow-3@limited.example"];
        let id = installation.send("third", &both.map(str::to_owned)).await;
        check_shown(&installation, &cookie, id, "third", &limit).await;
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
