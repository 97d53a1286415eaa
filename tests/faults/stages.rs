//! Every step of an SMTP session, failing in every way, and what the ledger
//! says afterwards.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use serde_json::Value;

use crate::audit::audit;
use crate::installation::{Database, Delivery, Installation, Process, recipient_addresses};
use crate::relay::script::{self, Act, Offer, Pipelining, StartTls};
use crate::relay::{Moment, Stage, TestRelay};
use crate::support::PATIENCE;

/// Recipients of each row's campaign.
const RECIPIENTS: usize = 3;
const ALWAYS: usize = usize::MAX;
/// A row waits no longer: whatever is retried at once has been by then.
const SOON: Duration = Duration::from_secs(15);

/// What must come of a fault.
enum Expect {
    /// Everybody got the mail, and nobody had to ask for it.
    AllSent,
    /// One recipient stands in one of these states, with these words in the
    /// reply; the others got the mail.
    OneStands(&'static [&'static str], &'static str),
    /// The campaign is paused with these words, nobody lost; it goes on when a
    /// person resumes it.
    Paused(&'static str),
    /// Nothing goes and nothing is used up; it goes on by itself once the relay
    /// is well.
    Waits,
}
use Expect::{AllSent, OneStands, Paused, Waits};

type Row = (Stage, usize, Act, Expect);

/// A running house at a relay; row after row is tried on it.
struct Stand {
    // Dropped first: its log goes with the installation's folder.
    _serve: Process,
    relay: TestRelay,
    installation: Installation,
    /// How often a fault's stage is met in good manners first.
    spared: usize,
    rows: usize,
    /// The campaign of the last row.
    last: i64,
}

impl Stand {
    async fn new(settings: &str) -> Self {
        Self::with(settings, |_, _| {}).await
    }

    async fn with(settings: &str, prepare: impl FnOnce(&mut Installation, &TestRelay)) -> Self {
        let relay = TestRelay::start().await;
        let mut installation = Installation::build(Database::Sqlite).await;
        prepare(&mut installation, &relay);
        let serve = installation.serve(&relay.url(0, settings)).await;
        Self {
            relay,
            installation,
            _serve: serve,
            spared: 0,
            rows: 0,
            last: 0,
        }
    }

    async fn try_all(&mut self, rows: Vec<Row>) {
        // Every row is tried, so that one look shows what a fault breaks.
        let mut failed = Vec::new();
        for (stage, times, act, expect) in rows {
            let name = format!("{act:?} at {stage:?}");
            // The test's output names the row that a panic belongs to.
            println!("{name}");
            let fault = script::at(stage, times, act);
            self.relay.play(script::after(self.spared, stage, fault));
            // What befalls a new connection is met on a new connection.
            if is_connecting(stage) {
                self.relay.hang_up();
            }
            if AssertUnwindSafe(self.try_row(expect))
                .catch_unwind()
                .await
                .is_err()
            {
                failed.push(name);
                self.relay.behave();
                let last = format!("/campaigns/{}/cancel", self.last);
                self.installation.try_post(&last, Value::Null).await;
            }
        }
        assert!(
            failed.is_empty(),
            "{} rows failed: {failed:#?}",
            failed.len()
        );
    }

    async fn try_row(&mut self, expect: Expect) {
        self.rows += 1;
        let recipients = recipient_addresses(&format!("r{}", self.rows), RECIPIENTS);
        let id = self
            .installation
            .send(&format!("row-{}", self.rows), &recipients)
            .await;
        self.last = id;
        match expect {
            AllSent => {
                self.installation.until_state(id, "finished", SOON).await;
                assert_eq!(self.audited(id, &recipients).await.sent, RECIPIENTS);
            }
            OneStands(states, words) => {
                let campaign = self.installation.until(id, SOON, is_settled).await;
                let ledger = self.installation.ledger(id).await;
                audit(&self.relay, &ledger, &recipients);
                let odd: Vec<&Delivery> =
                    ledger.values().filter(|row| row.state != "sent").collect();
                match odd.as_slice() {
                    [] => assert!(states.contains(&"sent"), "all sent: {campaign}"),
                    [row] => {
                        assert!(states.contains(&row.state.as_str()), "{row:?}");
                        assert!(row.reply.contains(words), "{row:?}");
                        assert_eq!(row.attempts, 1, "{row:?}");
                    }
                    more => panic!("{more:?}"),
                }
                if campaign["state"] != "finished" {
                    self.installation.act(id, "cancel").await;
                }
            }
            Paused(words) => {
                let campaign = self.installation.until_state(id, "paused", SOON).await;
                let reason = campaign["pause_reason"].as_str().unwrap();
                assert!(reason.contains(words), "{reason}");
                self.relay.is_quiet(Duration::from_millis(300)).await;
                let totals = self.audited(id, &recipients).await;
                assert_eq!((totals.failed, totals.uncertain), (0, 0), "{totals:?}");
                self.continues_correctly(id, &recipients, true).await;
            }
            Waits => {
                tokio::time::sleep(Duration::from_millis(2500)).await;
                let campaign = self.installation.campaign(id).await;
                assert_eq!(campaign["state"], "sending", "{campaign}");
                for row in self.installation.ledger(id).await.values() {
                    assert_eq!((row.state.as_str(), row.attempts), ("queued", 0), "{row:?}");
                }
                self.continues_correctly(id, &recipients, false).await;
            }
        }
        self.relay.behave();
    }

    /// The relay is well again: everybody gets the mail.
    async fn continues_correctly(&self, id: i64, recipients: &[String], is_resumed: bool) {
        self.relay.behave();
        self.relay.offer(Offer::default());
        if is_resumed {
            self.installation.act(id, "resume").await;
        }
        self.installation.until_state(id, "finished", SOON).await;
        assert_eq!(self.audited(id, recipients).await.sent, RECIPIENTS);
    }

    async fn audited(&self, id: i64, recipients: &[String]) -> crate::audit::Totals {
        audit(&self.relay, &self.installation.ledger(id).await, recipients)
    }
}

fn is_connecting(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Greeting | Stage::Ehlo | Stage::StartTls | Stage::Auth
    )
}

/// Whether nothing more will happen soon.
fn is_settled(campaign: &Value) -> bool {
    let counts = &campaign["counts"];
    campaign["state"] == "finished"
        || (counts["queued"] == 0 && counts["sending"] == 0 && counts["deferred"] != 0)
}

/// Faults while a message is handed over, each met once.
fn message_faults() -> Vec<Row> {
    let lost = [Act::Drop, Act::Garbage, Act::HalfReply];
    let mut rows: Vec<Row> = Vec::new();
    // Before the message is under way a lost connection is harmless.
    for stage in [Stage::Mail, Stage::Rcpt, Stage::Data] {
        for act in lost.clone() {
            rows.push((stage, 1, act, AllSent));
        }
        rows.push((stage, 1, Act::Stall(Duration::from_millis(700)), AllSent));
    }
    let retried_or_later = &["sent", "deferred"];
    rows.extend([
        (Stage::Mail, 1, Act::Reply("421 4.3.2 closing"), AllSent),
        (
            Stage::Mail,
            1,
            Act::Reply("451 4.3.0 busy"),
            OneStands(&["deferred"], "451 4.3.0 busy"),
        ),
        (
            Stage::Mail,
            1,
            Act::Reply("550 5.7.1 not you"),
            Paused("550 5.7.1 not you"),
        ),
        (
            Stage::Rcpt,
            1,
            Act::Reply("421 4.3.2 closing"),
            OneStands(retried_or_later, "421 4.3.2"),
        ),
        (
            Stage::Rcpt,
            1,
            Act::Reply("450 4.2.1 full"),
            OneStands(&["deferred"], "450 4.2.1 full"),
        ),
        (
            Stage::Rcpt,
            1,
            Act::Reply("550 5.1.1 nobody"),
            OneStands(&["failed"], "550 5.1.1 nobody"),
        ),
        (
            Stage::Data,
            1,
            Act::Reply("421 4.3.2 closing"),
            OneStands(retried_or_later, "421 4.3.2"),
        ),
        (
            Stage::Data,
            1,
            Act::Reply("451 4.3.1 no room"),
            OneStands(&["deferred"], "451 4.3.1 no room"),
        ),
        (
            Stage::Data,
            1,
            Act::Reply("554 5.7.1 no"),
            OneStands(&["failed"], "554 5.7.1 no"),
        ),
    ]);
    // Within the message: the relay cannot have taken it, but only the relay
    // knows. Either way it does not go out twice.
    let any = &["sent", "deferred", "uncertain"];
    rows.push((Stage::Body, 1, Act::Drop, OneStands(any, "")));
    rows.push((Stage::Body, 1, Act::Garbage, OneStands(any, "")));
    // After the dot nobody but the relay knows.
    for act in [Act::Drop, Act::TakeAndDrop, Act::Garbage, Act::HalfReply] {
        rows.push((Stage::Dot, 1, act, OneStands(&["uncertain"], "")));
    }
    rows.extend([
        (
            Stage::Dot,
            1,
            Act::Stall(Duration::from_millis(2500)),
            AllSent,
        ),
        (
            Stage::Dot,
            1,
            Act::Reply("421 4.3.2 closing"),
            OneStands(retried_or_later, "421 4.3.2"),
        ),
        (
            Stage::Dot,
            1,
            Act::Reply("451 4.7.0 later"),
            OneStands(&["deferred"], "451 4.7.0 later"),
        ),
        (
            Stage::Dot,
            1,
            Act::Reply("550 5.7.1 spam"),
            OneStands(&["failed"], "550 5.7.1 spam"),
        ),
    ]);
    rows
}

const PLAIN: &str = "tls=none&connections=2";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_a_message_with_pipelining() {
    let mut stand = Stand::new(PLAIN).await;
    stand.try_all(message_faults()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_a_message_without_pipelining() {
    let mut stand = Stand::new(PLAIN).await;
    stand.relay.offer(Offer {
        pipelining: Pipelining::No,
        ..Offer::default()
    });
    stand.try_all(message_faults()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_a_message_with_replies_byte_by_byte() {
    let mut stand = Stand::new(PLAIN).await;
    stand.relay.offer(Offer {
        pipelining: Pipelining::Changing,
        single_octets: true,
        eager_data: true,
        ..Offer::default()
    });
    stand.try_all(message_faults()).await;
}

/// With one connection the second message is announced together with the first.
const ONE_BY_ONE: &str = "tls=none&connections=1&timeout=2";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_a_pipelined_message() {
    let mut stand = Stand::new(ONE_BY_ONE).await;
    stand.spared = 1;
    // A refused MAIL has a test of its own.
    let is_refusal = |act: &Act| matches!(act, Act::Reply(reply) if !reply.starts_with("421"));
    let mut rows = message_faults();
    rows.retain(|(stage, _, act, _)| *stage != Stage::Mail || !is_refusal(act));
    stand.try_all(rows).await;
}

/// Such a relay breaks RFC 2920, but no mail may be lost, doubled or given up
/// for it, and no campaign paused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_with_broken_pipelining_gets_messages_one_by_one() {
    for is_refusing in [true, false] {
        let mut stand = Stand::new(ONE_BY_ONE).await;
        stand.spared = 1;
        stand.relay.offer(Offer {
            forgets_what_follows: !is_refusing,
            ..Offer::default()
        });
        let act = if is_refusing {
            Act::Reply("503 5.5.1 improper use of pipelining")
        } else {
            Act::Answer
        };
        stand.try_all(vec![(Stage::Mail, 1, act, AllSent)]).await;
        let log = std::fs::read_to_string(stand.installation.file("serve.log")).unwrap();
        assert!(log.contains("violates RFC 2920"), "{log}");
    }
}

/// Silence at any step ends after the relay's timeout, and where the relay
/// cannot have the message, it goes over another connection at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silence_at_every_stage() {
    let mut stand = Stand::new("tls=none&connections=2&timeout=1").await;
    let connecting = [Stage::Greeting, Stage::Ehlo];
    let before = [Stage::Mail, Stage::Rcpt, Stage::Data];
    let mut rows: Vec<Row> = Vec::new();
    for stage in connecting.into_iter().chain(before) {
        rows.push((stage, 1, Act::Silence, AllSent));
    }
    rows.push((Stage::Dot, 1, Act::Silence, OneStands(&["uncertain"], "")));
    stand.try_all(rows).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_while_connecting() {
    let mut stand = Stand::new(PLAIN).await;
    let mut rows: Vec<Row> = Vec::new();
    for stage in [Stage::Greeting, Stage::Ehlo] {
        for act in [
            Act::Drop,
            Act::Garbage,
            Act::HalfReply,
            Act::Reply("421 4.3.2 restarting"),
            Act::Stall(Duration::from_millis(700)),
        ] {
            rows.push((stage, 1, act, AllSent));
        }
    }
    rows.extend([
        (Stage::Greeting, ALWAYS, Act::Drop, Waits),
        (Stage::Greeting, ALWAYS, Act::Reply("421 4.3.2 full"), Waits),
        (Stage::Ehlo, ALWAYS, Act::Garbage, Waits),
        (
            Stage::Greeting,
            ALWAYS,
            Act::Reply("554 5.7.1 blocked"),
            Paused("5.7.1 blocked"),
        ),
    ]);
    stand.try_all(rows).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_starttls_and_sign_in() {
    let settings = "tls=required&connections=2";
    let mut stand = Stand::with(settings, |installation, relay| {
        let authority = installation.file("authority.pem");
        std::fs::write(&authority, &relay.certificates().authority).unwrap();
        installation.set("SSL_CERT_FILE", authority.to_str().unwrap());
    })
    .await;
    let good = Offer {
        starttls: StartTls::Good,
        ..Offer::default()
    };
    stand.relay.offer(good);
    let once = |act| (Stage::StartTls, 1, act, AllSent);
    stand
        .try_all(vec![
            (Stage::Mail, 0, Act::Answer, AllSent),
            once(Act::Drop),
            once(Act::Garbage),
            once(Act::HalfReply),
            once(Act::Reply("454 4.7.0 no TLS just now")),
        ])
        .await;

    // A certificate of nobody known, and no TLS at all: both are for a person.
    println!("a strange certificate");
    stand.relay.offer(Offer {
        starttls: StartTls::Strange,
        ..Offer::default()
    });
    stand.relay.hang_up();
    stand.expects_pause_then("certificate", good).await;
    println!("no TLS");
    stand.relay.offer(Offer::default());
    stand.relay.hang_up();
    stand.expects_pause_then("TLS", good).await;
}

impl Stand {
    /// A campaign is paused with `words`, nothing used up; once the relay takes
    /// mail and offers `offer` it goes on when resumed. Gives the reason.
    async fn expects_pause_then(&mut self, words: &str, offer: Offer) -> String {
        self.rows += 1;
        let recipients = recipient_addresses(&format!("r{}", self.rows), RECIPIENTS);
        let id = self
            .installation
            .send(&format!("row-{}", self.rows), &recipients)
            .await;
        let campaign = self.installation.until_state(id, "paused", SOON).await;
        let reason = campaign["pause_reason"].as_str().unwrap().to_owned();
        assert!(reason.contains(words), "{reason}");
        for row in self.installation.ledger(id).await.values() {
            assert_eq!((row.state.as_str(), row.attempts), ("queued", 0), "{row:?}");
        }
        self.relay.behave();
        self.relay.offer(offer);
        self.installation.act(id, "resume").await;
        self.installation.until_state(id, "finished", SOON).await;
        assert_eq!(self.audited(id, &recipients).await.sent, RECIPIENTS);
        reason
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_in_sign_in() {
    let relay = TestRelay::start().await;
    let installation = Installation::build(Database::Sqlite).await;
    let url = format!(
        "smtp://user:secret@{}?tls=none&connections=2",
        relay.doors[0]
    );
    let serve = installation.serve(&url).await;
    let mut stand = Stand {
        relay,
        installation,
        _serve: serve,
        spared: 0,
        rows: 0,
        last: 0,
    };
    let offer = Offer {
        auth: true,
        ..Offer::default()
    };
    stand.relay.offer(offer);
    let once = |act| (Stage::Auth, 1, act, AllSent);
    stand
        .try_all(vec![
            (Stage::Mail, 0, Act::Answer, AllSent),
            once(Act::Drop),
            once(Act::Garbage),
            once(Act::HalfReply),
            once(Act::Reply("454 4.7.0 later")),
            once(Act::Stall(Duration::from_millis(700))),
        ])
        .await;
    println!("a refused password");
    let refusal = Act::Reply("535 5.7.8 wrong password");
    stand.relay.play(script::at(Stage::Auth, ALWAYS, refusal));
    stand.relay.hang_up();
    let reason = stand.expects_pause_then("535 5.7.8", offer).await;
    assert!(!reason.contains("secret"), "{reason}");
}

/// What five domains have against a message, each in words of its own: the same
/// words of several would be about us, and pause the campaign.
const DISLIKES: [&str; 5] = [
    "554 5.7.1 spam",
    "554 5.7.1 this looks like junk",
    "554 5.7.1 content rejected by our filter",
    "554 5.7.1 unsolicited mail",
    "554 5.7.1 message refused by policy",
];

/// What a relay says to whom, by the number in the address.
fn verdict(moment: &Moment<'_>) -> Act {
    let number = moment
        .recipient
        .split(['-', '@'])
        .nth(1)
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or(0);
    match (moment.stage, number % 10) {
        (Stage::Rcpt, 1) => Act::Reply("450 4.2.1 later"),
        (Stage::Rcpt, 2) => Act::Reply("550 5.1.1 nobody"),
        (Stage::Dot, 3) => Act::Reply("451 4.7.0 greylisted"),
        (Stage::Dot, 4) => Act::Reply(DISLIKES[(number % 50 / 10) as usize]),
        (Stage::Dot, 5) => Act::TakeAndDrop,
        (Stage::Data, 6) => Act::Reply("452 4.3.1 no room"),
        _ => Act::Answer,
    }
}

/// Many recipients, many fates, all at once: each row of the ledger tells the
/// fate of its own recipient and of no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outcomes_are_not_mixed_up() {
    let relay = TestRelay::start().await;
    relay.play(verdict);
    let mut installation = Installation::build(Database::Sqlite).await;
    // One recipient in ten does not exist: no cause to hold the campaign here.
    installation.set("JARSHY_HARD_BOUNCE_LIMIT", "1000");
    let _serve = installation
        .serve(&relay.url(0, "tls=none&connections=8"))
        .await;
    let recipients = recipient_addresses("p", 200);
    let id = installation.send("fates", &recipients).await;
    installation.until(id, PATIENCE, is_settled).await;
    let ledger = installation.ledger(id).await;
    let totals = audit(&relay, &ledger, &recipients);
    assert_eq!((totals.sent, totals.deferred), (80, 60), "{totals:?}");
    assert_eq!((totals.failed, totals.uncertain), (40, 20), "{totals:?}");
    for (n, person) in recipients.iter().enumerate() {
        let row = &ledger[person];
        let (state, words) = match n % 10 {
            1 => ("deferred", "450 4.2.1 later"),
            2 => ("failed", "550 5.1.1 nobody"),
            3 => ("deferred", "451 4.7.0 greylisted"),
            4 => ("failed", DISLIKES[n % 50 / 10]),
            5 => ("uncertain", ""),
            6 => ("deferred", "452 4.3.1 no room"),
            _ => ("sent", "250 2.0.0"),
        };
        assert!(
            row.state == state && row.reply.contains(words),
            "{person}: {row:?}"
        );
    }
}

/// What stands uncertain is sent again when a person asks, recognisable by its
/// Message-ID.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uncertain_messages_are_sent_again_on_request() {
    let relay = TestRelay::start().await;
    relay.play(script::at(Stage::Dot, 2, Act::TakeAndDrop));
    let installation = Installation::build(Database::Sqlite).await;
    let _serve = installation.serve(&relay.url(0, PLAIN)).await;
    let recipients = recipient_addresses("p", 6);
    let id = installation.send("again", &recipients).await;
    installation.until_state(id, "finished", PATIENCE).await;
    let totals = audit(&relay, &installation.ledger(id).await, &recipients);
    assert_eq!((totals.sent, totals.uncertain), (4, 2));
    installation.act(id, "resend").await;
    installation.until_state(id, "finished", PATIENCE).await;
    let taken = relay.taken();
    assert_eq!(taken.len(), 8);
    for again in &taken[6..] {
        let first = taken[..6]
            .iter()
            .find(|one| one.recipient == again.recipient)
            .unwrap();
        assert!(!first.is_answered);
        assert_eq!(first.message_id, again.message_id);
    }
    assert!(
        installation
            .ledger(id)
            .await
            .values()
            .all(|row| row.state == "sent")
    );
}
