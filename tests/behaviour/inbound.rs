//! What comes back: bounces, complaints, wishes to leave, answers.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use jarshy::campaign::automatic_pause::{self, PauseOutcome, SimilarRejections};
use jarshy::inbound::listener::Listener;
use jarshy::inbound::{Arrival, Processed, process_email, smtp_rejections};
use jarshy::jobs;
use jarshy::mail::rejection::fingerprint;
use jarshy::model::CampaignId;
use jarshy::model::feedback::{Party, Source, Verdict};
use jarshy::model::transactional::EmailKind;
use jarshy::store::automatic_pauses::{self, NewAutomaticPause};
use jarshy::store::failed_inbound_mails::{self, NewSetAside};
use jarshy::store::feedback;
use jarshy::token::KeyRing;
use rstest_reuse::apply;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{Database, Mail, PATIENCE, TestApp, on_both_databases};

/// A report by RFC 3464 on a mail.
fn bounce(mail: &Mail, recipient: &str, action: &str, status: &str, words: &str) -> String {
    let (header, _) = mail.raw.split_once("\r\n\r\n").unwrap();
    format!(
        "From: MAILER-DAEMON@relay.example\r\nTo: {}\r\nSubject: Undelivered Mail\r\n\
         Message-ID: <{status}.{recipient}>\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {words}\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\n{header}\r\n\r\n--b--\r\n",
        mail.envelope_from
    )
}

/// A report that shows nothing of the original but its Message-ID.
fn with_message_id(mail: &Mail, recipient: &str, message_id: &str, status: &str) -> String {
    let report = bounce(mail, recipient, "failed", status, "550 no such user");
    let (head, _) = report
        .split_once("--b\r\nContent-Type: text/rfc822-headers")
        .unwrap();
    format!(
        "{head}--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: {message_id}\r\nTo: {recipient}\r\n\r\n--b--\r\n"
    )
    .replace(
        &mail.envelope_from,
        "b-aaaaaaaaaaaaaaaaaaaaaa@embassy.example",
    )
}

/// A complaint by RFC 5965 in which the provider hides its user.
fn complaint(mail: &Mail) -> String {
    let (header, _) = mail.raw.split_once("\r\n\r\n").unwrap();
    let header = header.replace("To: ", "X-Was-To: ");
    format!(
        "From: fbl@provider.example\r\nTo: abuse@embassy.example\r\nSubject: complaint\r\n\
         Message-ID: <c.{}>\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nA complaint.\r\n\
         --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: P/1\r\nVersion: 1\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\n{header}\r\n\r\nText\r\n--b--\r\n",
        mail.envelope_from
    )
}

/// An answer by a person.
fn answer(to: &str, subject: &str, text: &str) -> String {
    format!(
        "From: Aigul <a@example.kz>\r\nTo: {to}\r\nSubject: {subject}\r\n\
         Message-ID: <{}@example.kz>\r\n\r\n{text}\r\n",
        text.len() + subject.len()
    )
}

impl TestApp {
    async fn comes_back(&self, mail_to: Option<&str>, mail: &str) -> Processed {
        let arrival = Arrival {
            source: Source::Pipe,
            mail_to,
            bytes: mail.as_bytes(),
        };
        process_email(&self.cx, arrival).await.unwrap()
    }

    async fn delivery_state(&self, campaign: i64, email: &str) -> String {
        let found = self
            .api_get(&format!("/campaigns/{campaign}/deliveries"))
            .await;
        let items = found["items"].as_array().unwrap();
        let one = items.iter().find(|one| one["email"] == email).unwrap();
        one["state"].as_str().unwrap().to_owned()
    }

    async fn suppression_reason(&self, email: &str) -> Option<String> {
        let all = self.api_get("/suppressions").await;
        let one = all["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["email"] == email)?;
        Some(one["reason"].as_str().unwrap().to_owned())
    }

    async fn sent_to(&self, emails: &[&str]) -> i64 {
        let id = self.send_to(emails).await;
        self.campaign_in_state(id, "finished").await;
        id
    }
}

#[apply(on_both_databases)]
async fn a_hard_bounce_suppresses_its_address_once(app: TestApp) {
    let id = app.sent_to(&["gone@example.kz", "stays@example.kz"]).await;
    let mail = app.mail_to("gone@example.kz").await;
    let report = bounce(
        &mail,
        "gone@example.kz",
        "failed",
        "5.1.1",
        "550 5.1.1 <gone@example.kz> unknown",
    );
    let to = mail.envelope_from.as_str();
    assert_eq!(
        app.comes_back(Some(to), &report).await,
        Processed::Done(Verdict::Hard)
    );
    assert_eq!(
        app.comes_back(Some(to), &report).await,
        Processed::Known,
        "the same report by another way"
    );

    assert_eq!(app.delivery_state(id, "gone@example.kz").await, "bounced");
    assert_eq!(
        app.suppression_reason("gone@example.kz").await.as_deref(),
        Some("hard_bounce")
    );
    let found = app.api_get("/subscribers?q=gone@example.kz").await;
    let page = format!("/admin/subscribers/{}", found["items"][0]["id"]);
    let profile = AdminClient::owner(&app).await.page(&page).await;
    assert!(
        profile.contains("Hard bounce") && profile.contains("there is no such mailbox"),
        "{profile}"
    );

    assert_eq!(app.delivery_state(id, "stays@example.kz").await, "sent");
    assert_eq!(app.suppression_reason("stays@example.kz").await, None);
    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["counts"]["bounced"], 1);

    let second = app.create_campaign("elections", "Again", "news").await;
    app.api_post(&format!("/campaigns/{second}/start"), json!({}))
        .await;
    app.campaign_in_state(second, "finished").await;
    assert_eq!(
        app.mails_now("gone@example.kz").len(),
        1,
        "never mailed again"
    );
}

#[apply(on_both_databases)]
async fn a_bounce_is_matched_by_the_list_unsubscribe_link(app: TestApp) {
    let id = app.sent_to(&["gone@example.kz"]).await;
    let mail = app.mail_to("gone@example.kz").await;
    let report = bounce(
        &mail,
        "gone@example.kz",
        "failed",
        "5.1.1",
        "550 no such user",
    )
    .replace(&mail.envelope_from, "postmaster@embassy.example");
    app.comes_back(None, &report).await;
    assert_eq!(app.delivery_state(id, "gone@example.kz").await, "bounced");
    assert_eq!(
        app.suppression_reason("gone@example.kz").await.as_deref(),
        Some("hard_bounce")
    );
}

#[apply(on_both_databases)]
async fn a_bounce_is_matched_by_message_id(app: TestApp) {
    let id = app.sent_to(&["gone@example.kz"]).await;
    let mail = app.mail_to("gone@example.kz").await;
    let message_id = mail.header("Message-ID").unwrap();
    let report = with_message_id(&mail, "gone@example.kz", &message_id, "5.1.1");
    app.comes_back(None, &report).await;
    assert_eq!(app.delivery_state(id, "gone@example.kz").await, "bounced");
    assert_eq!(
        app.suppression_reason("gone@example.kz").await.as_deref(),
        Some("hard_bounce")
    );
}

#[apply(on_both_databases)]
async fn a_forged_bounce_changes_nothing(app: TestApp) {
    let id = app.sent_to(&["victim@example.kz"]).await;
    let mail = app.mail_to("victim@example.kz").await;
    let delivery = app
        .cx
        .keys
        .open_envelope(mail.envelope_from.split('@').next().unwrap())
        .unwrap();
    // All that a stranger can know: the address, the shape of a Message-ID,
    // and of their own mail which numbers are in it.
    let signed_by_another = KeyRing::parse(&"x".repeat(40))
        .unwrap()
        .sign_message_id(delivery);
    let of_mine = app.cx.keys.sign_message_id(delivery + 1_000_000);
    for (n, local) in [format!("{delivery}.{id}.18a"), signed_by_another, of_mine]
        .iter()
        .enumerate()
    {
        for m in 0..30 {
            let status = format!("5.1.{m}");
            let report = with_message_id(
                &mail,
                "victim@example.kz",
                &format!("<{local}@embassy.example>"),
                &status,
            );
            let report = report.replace("Message-ID: <5.1", &format!("Message-ID: <{n}.5.1"));
            assert!(matches!(
                app.comes_back(None, &report).await,
                Processed::Done(_)
            ));
        }
        let complaint = complaint(&mail);
        let (head, _) = complaint
            .split_once("Return-Path")
            .unwrap_or(complaint.split_once("List-Id").unwrap());
        let forged = format!("{head}Message-ID: <{local}@embassy.example>\r\nTo: victim@example.kz\r\n\r\nText\r\n--b--\r\n")
            .replace(mail.header("Message-ID").unwrap().as_str(), "<x@y.example>")
            .replace("Message-ID: <c.", &format!("Message-ID: <c{n}."));
        assert_eq!(
            app.comes_back(None, &forged).await,
            Processed::Done(Verdict::Complaint)
        );
    }
    assert_eq!(app.suppression_reason("victim@example.kz").await, None);
    assert_eq!(app.delivery_state(id, "victim@example.kz").await, "sent");
    let counts = &app.api_get(&format!("/campaigns/{id}")).await["counts"];
    assert_eq!(
        (&counts["bounced"], &counts["complained"]),
        (&json!(0), &json!(0)),
        "{counts}"
    );
    let stats = jarshy::deliverability::recent_stats(&app.cx, Duration::from_secs(3600))
        .await
        .unwrap();
    assert_eq!((stats.hard, stats.complaints), (0, 0), "no rate is moved");
    let page = AdminClient::owner(&app)
        .await
        .page("/admin/deliverability")
        .await;
    assert!(
        page.contains("not counted") && !page.contains("victim@example.kz"),
        "they are noted"
    );
}

#[apply(on_both_databases)]
async fn an_unknown_report_to_our_verp_address_is_a_soft_bounce(app: TestApp) {
    let id = app.sent_to(&["odd@example.kz"]).await;
    let mail = app.mail_to("odd@example.kz").await;
    let letter = |to: &str, from: &str, subject: &str| {
        format!(
            "Return-Path: <>\r\nFrom: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{}>\r\n\r\nQwerty uiop.\r\n",
            subject.len() + to.len() + from.len()
        )
    };
    let stranger = letter("news@embassy.example", "system@example.kz", "Asdf");
    assert_eq!(
        app.comes_back(None, &stranger).await,
        Processed::Done(Verdict::AutoReply)
    );
    let away = letter(
        &mail.envelope_from,
        "Odd <odd@example.kz>",
        "Risposta automatica: Elections",
    );
    assert_eq!(
        app.comes_back(None, &away).await,
        Processed::Done(Verdict::AutoReply),
        "nobody bounced"
    );
    assert_eq!(app.delivery_state(id, "odd@example.kz").await, "sent");

    let bounced = letter(&mail.envelope_from, "system@example.kz", "Zxcv bnm");
    assert_eq!(
        app.comes_back(None, &bounced).await,
        Processed::Done(Verdict::Soft)
    );
    assert_eq!(app.delivery_state(id, "odd@example.kz").await, "bounced");
    assert_eq!(app.suppression_reason("odd@example.kz").await, None);
    let page = AdminClient::owner(&app)
        .await
        .page("/admin/deliverability")
        .await;
    assert!(
        page.contains("came back without a known reason"),
        "it is shown"
    );
    app.quiet().await;
    assert!(
        app.mails_now("owner@embassy.example").is_empty(),
        "and passed on to nobody"
    );
}

#[apply(on_both_databases)]
async fn replies_are_forwarded_for_known_deliveries_and_capped(app: TestApp) {
    let readers: Vec<String> = (0..25).map(|n| format!("r{n}@example.kz")).collect();
    let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
    app.sent_to(&readers).await;
    for to in [
        "unsubscribe@embassy.example",
        "returns@embassy.example",
        "news@embassy.example",
    ] {
        app.comes_back(
            Some(to),
            &answer(to, "Buy this", "Cheap things of every kind"),
        )
        .await;
    }
    let passed_on = async || {
        let mut db = app.cx.store.read().await.unwrap();
        let hour_ago = app.cx.clock.now().before(Duration::from_secs(3600));
        jarshy::store::transactional_emails::count_since(&mut db, EmailKind::Forward, hour_ago)
            .await
            .unwrap()
    };
    assert_eq!(passed_on().await, 0, "a stranger's mail");
    for (number, reader) in readers.iter().enumerate() {
        let mail = app.mail_to(reader).await;
        for n in 0..7 {
            let subject = "?".repeat(7 * number + n + 1);
            let question = answer(&mail.envelope_from, &subject, "When is the next one?");
            app.comes_back(Some(&mail.envelope_from), &question).await;
        }
        let expected = (5 * (number + 1)).min(100) as i64;
        assert_eq!(
            passed_on().await,
            expected,
            "one message takes nobody's place"
        );
    }
}

#[apply(on_both_databases)]
async fn an_email_the_database_cannot_store_blocks_nothing(app: TestApp) {
    app.sent_to(&["a@example.kz"]).await;
    let mail = app.mail_to("a@example.kz").await;
    let nul = format!(
        "From: Jo\0 <jo@example.kz>\r\nTo: {}\r\nSubject: Re: =?utf-8?q?hel=00lo?=\r\nMessage-ID: <n1@example.kz>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThanks=00 a lot\r\n",
        mail.envelope_from
    );
    assert_eq!(
        app.comes_back(None, &nul).await,
        Processed::Done(Verdict::Reply)
    );
    let passed_on = app.mail_to("owner@embassy.example").await;
    assert!(
        passed_on.text.contains("Thanks a lot"),
        "{}",
        passed_on.text
    );
    let report = bounce(
        &mail,
        "a@example.kz",
        "failed",
        "5.1.1",
        "550 no\0body \u{1b}[31m here",
    );
    assert_eq!(
        app.comes_back(None, &report).await,
        Processed::Done(Verdict::Hard)
    );
}

#[apply(on_both_databases)]
async fn a_failed_incoming_email_waits_for_an_admin(app: TestApp) {
    let id = app.sent_to(&["a@example.kz"]).await;
    let mail = app.mail_to("a@example.kz").await;
    let report = bounce(&mail, "a@example.kz", "failed", "5.1.1", "550 unknown");
    let kept = NewSetAside {
        digest: [7; 32],
        source: Source::Mailbox,
        mail_to: "",
        reason: "the disk was upside down",
        bytes: report.as_bytes(),
    };
    let mut db = app.cx.store.write().await.unwrap();
    failed_inbound_mails::insert(&mut db, &kept, 500, app.cx.clock.now())
        .await
        .unwrap();
    db.commit().await.unwrap();
    let owner = AdminClient::owner(&app).await;
    let page = owner.page("/admin/deliverability").await;
    assert!(page.contains("upside down"), "{page}");
    let (_, rest) = page.split_once("/admin/set-aside/").unwrap();
    let number = rest.split('"').next().unwrap();
    assert!(
        owner
            .page(&format!("/admin/set-aside/{number}"))
            .await
            .contains("550 unknown")
    );
    owner
        .post(&format!("/admin/set-aside/{number}/retry"), &[])
        .await;
    assert_eq!(app.delivery_state(id, "a@example.kz").await, "bounced");
    let page = owner.page("/admin/deliverability").await;
    assert!(!page.contains("upside down"), "it waits no more");
}

#[apply(on_both_databases)]
async fn the_api_lists_failed_incoming_emails(app: TestApp) {
    let id = app.sent_to(&["a@example.kz"]).await;
    let mail = app.mail_to("a@example.kz").await;
    let report = bounce(&mail, "a@example.kz", "failed", "5.1.1", "550 unknown");
    let mut db = app.cx.store.write().await.unwrap();
    for (digest, bytes) in [([7; 32], report.as_bytes()), ([8; 32], b"noise".as_slice())] {
        let kept = NewSetAside {
            digest,
            source: Source::Mailbox,
            mail_to: "bounces@embassy.example",
            reason: "the disk was upside down",
            bytes,
        };
        failed_inbound_mails::insert(&mut db, &kept, 500, app.cx.clock.now())
            .await
            .unwrap();
    }
    db.commit().await.unwrap();
    let first = app.api_get("/set-aside?limit=1").await;
    assert_eq!(
        first["items"][0]["reason"], "the disk was upside down",
        "{first}"
    );
    let noise = first["items"][0]["id"].as_i64().unwrap();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app
        .api_get(&format!("/set-aside?limit=1&cursor={cursor}"))
        .await;
    let number = second["items"][0]["id"].as_i64().unwrap();
    assert_eq!(
        app.api_get(&format!("/set-aside/{number}")).await["mail_to"],
        "bounces@embassy.example"
    );
    let raw = app
        .api("GET", &format!("/set-aside/{number}/raw"))
        .send()
        .await
        .unwrap();
    assert!(
        raw.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert_eq!(raw.text().await.unwrap(), report);

    let again = app
        .api("POST", &format!("/set-aside/{number}/retry"))
        .send()
        .await
        .unwrap();
    let again: serde_json::Value = again.json().await.unwrap();
    assert_eq!(again, json!({ "is_processed": true, "verdict": "hard" }));
    assert_eq!(app.delivery_state(id, "a@example.kz").await, "bounced");
    let gone = app
        .api("POST", &format!("/set-aside/{number}/retry"))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 404);
    let delete = || app.api("DELETE", &format!("/set-aside/{noise}")).send();
    assert_eq!(delete().await.unwrap().status(), 204);
    assert_eq!(delete().await.unwrap().status(), 404);
    assert_eq!(app.api_get("/set-aside").await["items"], json!([]));
}

/// Pauses a campaign for three recipients who were rejected with these words; gives their key.
async fn pause_for(app: &TestApp, id: i64, words: &str, deliveries: Vec<i64>) -> String {
    let key = fingerprint::of(words);
    let rejections = NewAutomaticPause {
        campaign: CampaignId(id),
        key: &key,
        reply: words,
        party: Party::Mailbox,
        recipients: 3,
    };
    let now = app.cx.clock.now();
    let mut db = app.cx.store.write().await.unwrap();
    assert!(
        automatic_pauses::insert(&mut db, &rejections, now)
            .await
            .unwrap()
    );
    db.commit().await.unwrap();
    let found = SimilarRejections {
        key: key.clone(),
        reply: words.to_owned(),
        party: rejections.party,
        recipients: 3,
        domains: 3,
        deliveries,
        has_returned: true,
    };
    let paused = automatic_pause::pause(&app.cx, rejections.campaign, &found).await;
    assert_eq!(paused.unwrap(), PauseOutcome::Paused);
    key
}

#[apply(on_both_databases)]
async fn a_rejection_that_was_read_before_a_pause_is_not_held_against_anybody(app: TestApp) {
    let people = ["a@one.example", "b@two.example", "c@three.example"];
    let id = app.sent_to(&people).await;
    let words = "550 5.1.1 unknown";
    let read = async || {
        let day_ago = app.cx.clock.now().before(Duration::from_secs(24 * 3600));
        let mut db = app.cx.store.read().await.unwrap();
        feedback::rejections(&mut db, day_ago, 10).await.unwrap()
    };
    let suppressed = async || app.api_get("/suppressions").await["items"].clone();
    const REJECTED: &str = "UPDATE deliveries SET state = 'failed', reply = $1";
    const PAUSED: &str = "UPDATE campaigns SET state = 'paused', pause_reason = $1";
    app.raw(PAUSED, words).await;
    app.raw(REJECTED, words).await;
    let rejections = read().await;
    assert_eq!(rejections.len(), 3);
    let deliveries = rejections.iter().map(|one| one.delivery_id).collect();
    pause_for(&app, id, words, deliveries).await;
    for rejection in &rejections {
        smtp_rejections::process(&app.cx, rejection).await.unwrap();
    }
    for person in people {
        assert_eq!(app.delivery_state(id, person).await, "deferred", "{person}");
    }
    assert_eq!(suppressed().await, json!([]));

    // A message that was begun before the pause, and rejected when the campaign was at its end.
    const LATE: &str = "UPDATE deliveries
        SET state = 'failed', reply = $1, first_attempt_at = (SELECT at FROM automatic_pauses)";
    const ENDED: &str = "UPDATE campaigns SET state = 'finished', pause_reason = $1,
        finished_at = (SELECT at FROM automatic_pauses)";
    app.raw(LATE, words).await;
    app.raw(ENDED, "").await;
    for rejection in read().await {
        smtp_rejections::process(&app.cx, &rejection).await.unwrap();
    }
    assert_eq!(read().await.len(), 0, "each is noted");
    assert_eq!(app.delivery_state(id, people[0]).await, "failed");
    assert_eq!(suppressed().await, json!([]));
}

#[apply(on_both_databases)]
async fn an_admin_decides_on_rejections_that_paused_a_campaign(app: TestApp) {
    let people = ["a@one.example", "b@two.example", "c@three.example"];
    let id = app.sent_to(&people).await;
    let words = "550 5.1.1 unknown";
    for person in people {
        let mail = app.mail_to(person).await;
        let report = bounce(&mail, person, "failed", "5.1.1", words);
        assert_eq!(
            app.comes_back(Some(&mail.envelope_from), &report).await,
            Processed::Done(Verdict::Hard)
        );
    }
    let key = pause_for(&app, id, words, Vec::new()).await;

    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["rejections"][0]["reply"], words, "{campaign}");
    assert_eq!(campaign["rejections"][0]["put_back"], 3, "{campaign}");
    assert_eq!(
        campaign["rejections"][0]["decision"],
        json!(null),
        "{campaign}"
    );
    let suppressed = async || {
        app.api_get("/suppressions").await["items"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(suppressed().await, 0);

    let owner = AdminClient::owner(&app).await;
    let page = owner.page(&format!("/admin/campaigns/{id}")).await;
    for part in [
        words,
        "3 suppressions were put back",
        "Put back</button>",
        "Keep suppressed…</button>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let path = format!("/admin/campaigns/{id}/rejections");
    let keep = [("key", key.as_str()), ("decision", "kept")];
    assert!(
        owner
            .refused(&path, &keep, 200)
            .await
            .contains("Keep them suppressed?")
    );
    assert_eq!(suppressed().await, 0, "not before it was confirmed");
    owner
        .submit(&path, &[keep[0], keep[1], ("confirmed", "yes")])
        .await;
    assert_eq!(suppressed().await, 3);
    assert!(
        owner
            .page(&format!("/admin/campaigns/{id}"))
            .await
            .contains("you decided to keep them suppressed")
    );

    let answer = app
        .api_post(
            &format!("/campaigns/{id}/rejections"),
            json!({ "decision": "put_back" }),
        )
        .await;
    assert_eq!(answer["rejections"][0]["decision"], "put_back", "{answer}");
    assert_eq!(suppressed().await, 0);
    let unknown = app
        .api("POST", &format!("/campaigns/{id}/rejections"))
        .json(&json!({ "decision": "kept", "key": "other" }))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), 404);
}

#[apply(on_both_databases)]
async fn soft_bounces_accumulate_and_delays_do_not(app: TestApp) {
    app.subscribe("full@example.kz", "news").await;
    app.create_post("p", "P", "text").await;
    for n in 0..5 {
        let id = app.create_campaign("p", &format!("No {n}"), "news").await;
        app.api_post(&format!("/campaigns/{id}/start"), json!({}))
            .await;
        app.campaign_in_state(id, "finished").await;
        assert_eq!(
            app.suppression_reason("full@example.kz").await,
            None,
            "after {n}"
        );
        let mail = app.mails_to("full@example.kz", n + 1).await.remove(0);
        let late = bounce(
            &mail,
            "full@example.kz",
            "delayed",
            "4.4.1",
            &format!("timed out {n}"),
        );
        app.comes_back(Some(&mail.envelope_from), &late).await;
        assert_eq!(
            app.delivery_state(id, "full@example.kz").await,
            "sent",
            "late is not lost"
        );
        let report = bounce(
            &mail,
            "full@example.kz",
            "failed",
            "5.2.2",
            &format!("552 5.2.2 over quota {n}"),
        );
        app.comes_back(Some(&mail.envelope_from), &report).await;
        assert_eq!(app.delivery_state(id, "full@example.kz").await, "bounced");
    }
    assert_eq!(
        app.suppression_reason("full@example.kz").await.as_deref(),
        Some("hard_bounce")
    );
}

#[apply(on_both_databases)]
async fn bounces_about_the_sender_suppress_nobody(app: TestApp) {
    app.subscribe("reader@example.kz", "news").await;
    app.create_post("p", "P", "text").await;
    for (n, words) in [
        "554 5.7.1 <b@x.example>: Sender address rejected: Access denied",
        "550 5.7.1 <relay.example>: Helo command rejected: Host not found",
        "550 5.1.1 <reader@example.kz> 192.0.2.7 has sent to too many recipients this hour",
        "550 5.7.26 unauthenticated mail: SPF and DKIM did not pass",
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
        "Host or domain name not found. Name service error for name=example.kz type=MX: Host not found, try again",
    ].into_iter().enumerate() {
        let id = app.create_campaign("p", &format!("No {n}"), "news").await;
        app.api_post(&format!("/campaigns/{id}/start"), json!({})).await;
        app.campaign_in_state(id, "finished").await;
        let mail = app.mails_to("reader@example.kz", n + 1).await.remove(0);
        let status = words.split(' ').find(|word| word.starts_with("5.")).unwrap_or("4.4.3");
        let report = bounce(&mail, "reader@example.kz", "failed", status, words);
        app.comes_back(Some(&mail.envelope_from), &report).await;
        assert_eq!(app.delivery_state(id, "reader@example.kz").await, "bounced");
    }
    assert_eq!(app.suppression_reason("reader@example.kz").await, None);
}

#[apply(on_both_databases)]
async fn a_redacted_complaint_suppresses(app: TestApp) {
    let id = app.sent_to(&["angry@example.kz"]).await;
    let mail = app.mail_to("angry@example.kz").await;
    assert_eq!(
        app.comes_back(None, &complaint(&mail)).await,
        Processed::Done(Verdict::Complaint)
    );
    assert_eq!(
        app.delivery_state(id, "angry@example.kz").await,
        "complained"
    );
    assert_eq!(
        app.suppression_reason("angry@example.kz").await.as_deref(),
        Some("complaint")
    );
    assert_eq!(
        app.api_get(&format!("/campaigns/{id}")).await["counts"]["complained"],
        1
    );
}

#[apply(on_both_databases)]
async fn unsubscribe_by_mailto(app: TestApp) {
    app.sent_to(&["a@example.kz", "b@example.kz", "c@example.kz"])
        .await;
    let mail = app.mail_to("a@example.kz").await;
    let header = mail.header("List-Unsubscribe").unwrap();
    let (_, subject) = header.split_once("?subject=").unwrap();
    let wish = answer(
        "unsubscribe@embassy.example",
        subject.trim_end_matches('>'),
        "",
    );
    app.comes_back(Some("unsubscribe@embassy.example"), &wish)
        .await;
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );

    let by_word = answer("news@embassy.example", "Re: Elections", "Unsubscribe");
    let mail = app.mail_to("b@example.kz").await;
    app.comes_back(Some(&mail.envelope_from), &by_word).await;
    assert_eq!(
        app.subscription("b@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );

    let forged = answer(
        "unsubscribe@embassy.example",
        "AAKDgwHrzWx0h2lQ5d0oLxgG4m0gY1s",
        "",
    );
    app.comes_back(Some("unsubscribe@embassy.example"), &forged)
        .await;
    assert_eq!(
        app.subscription("c@example.kz", "news").await.as_deref(),
        Some("confirmed")
    );
}

#[apply(on_both_databases)]
async fn replies_are_forwarded_and_auto_replies_are_not(app: TestApp) {
    app.sent_to(&["a@example.kz"]).await;
    let mail = app.mail_to("a@example.kz").await;
    let away = answer(
        &mail.envelope_from,
        "Automatic reply: Elections",
        "I am away until Monday, all of the week",
    );
    assert_eq!(
        app.comes_back(Some(&mail.envelope_from), &away).await,
        Processed::Done(Verdict::AutoReply)
    );
    let question = answer(
        &mail.envelope_from,
        "Re: Elections",
        "When is the <b>next</b> one?",
    );
    assert_eq!(
        app.comes_back(Some(&mail.envelope_from), &question).await,
        Processed::Done(Verdict::Reply)
    );
    let passed_on = app.mail_to("owner@embassy.example").await;
    assert_eq!(passed_on.subject, "Fwd: Re: Elections");
    assert_eq!(
        passed_on.header("Reply-To").as_deref(),
        Some("\"Aigul\" <a@example.kz>")
    );
    assert!(
        passed_on
            .header("From")
            .unwrap()
            .contains("news@embassy.example")
    );
    assert!(
        passed_on.text.contains("When is the <b>next</b> one?"),
        "{}",
        passed_on.text
    );
    assert!(
        passed_on.html.contains("&lt;b&gt;next"),
        "nothing of theirs becomes markup"
    );
    app.quiet().await;
    assert_eq!(app.mails_now("owner@embassy.example").len(), 1);
}

#[apply(on_both_databases)]
async fn erasing_a_subscriber_anonymises_events(app: TestApp) {
    app.sent_to(&["gone@example.kz"]).await;
    let mail = app.mail_to("gone@example.kz").await;
    let report = bounce(
        &mail,
        "gone@example.kz",
        "failed",
        "5.1.1",
        "550 <Gone@Example.kz>: unknown",
    );
    app.comes_back(Some(&mail.envelope_from), &report).await;
    let link = mail.link("/preferences/");
    app.post(
        &format!("{}/erase", app.my_data(&link)),
        &[("confirmed", "yes")],
    )
    .await;
    let mut db = app.cx.store.read().await.unwrap();
    let events = jarshy::store::feedback::page(&mut db, i64::MAX, 10)
        .await
        .unwrap();
    assert_eq!(events.len(), 1);
    assert!(
        !format!("{events:?}")
            .to_lowercase()
            .contains("gone@example.kz"),
        "{events:?}"
    );
}

#[apply(on_both_databases)]
async fn lmtp_replies_for_each_recipient(app: TestApp) {
    app.sent_to(&["gone@example.kz", "full@example.kz"]).await;
    let gone = app.mail_to("gone@example.kz").await;
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listener = Listener::bind(app.cx.clone(), any).await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    tokio::spawn(jobs::inbound(app.cx.clone(), listener, stop.clone()));

    let report = bounce(&gone, "gone@example.kz", "failed", "5.1.1", "550 unknown");
    let lines = session(
        address,
        &[
            "LHLO relay.example",
            "MAIL FROM:<>",
            "RCPT TO:<x@elsewhere.example>",
            "RCPT TO:<b-aaaaaaaaaaaaaaaaaaaaaa@embassy.example>",
            &format!("RCPT TO:<{}>", gone.envelope_from.to_uppercase()),
            "RCPT TO:<postmaster@embassy.example>",
            "DATA",
            &format!("{report}."),
            "QUIT",
        ],
    )
    .await;
    let codes: Vec<&str> = lines.iter().map(|line| &line[..3]).collect();
    assert_eq!(
        codes,
        [
            "220", "250", "250", "550", "550", "250", "250", "354", "250", "250", "221"
        ],
        "{lines:?}"
    );
    assert_eq!(
        app.suppression_reason("gone@example.kz").await.as_deref(),
        Some("hard_bounce")
    );
    stop.cancel();
}

/// Says lines and hears the last line of every reply.
async fn session(address: SocketAddr, lines: &[&str]) -> Vec<String> {
    let stream = TcpStream::connect(address).await.unwrap();
    let (read, mut write) = stream.into_split();
    for line in lines {
        write
            .write_all(format!("{line}\r\n").as_bytes())
            .await
            .unwrap();
    }
    let mut heard = BufReader::new(read).lines();
    let mut replies = Vec::new();
    while let Ok(Some(line)) = heard.next_line().await {
        if line.as_bytes().get(3) != Some(&b'-') {
            replies.push(line);
        }
    }
    replies
}

/// A campaign that meets many dead addresses holds itself. The relay is slow,
/// so that mail is still under way when the bounces come.
async fn too_many_hard_bounces_pause_a_campaign(database: Database) {
    let app = TestApp::start_with(database, |config| {
        let url = config.smtp_url.take().unwrap();
        let url = url.text().replace("connections=4", "connections=1");
        config.smtp_url = Some(format!("{url}&rate=8").parse().unwrap());
    })
    .await;
    let emails: Vec<String> = (0..60).map(|n| format!("r{n}@example.kz")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    let id = app.send_to(&emails).await;
    let started = std::time::Instant::now();
    while app.mailbox.len() < 6 {
        assert!(started.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let arrived: Vec<&&str> = emails
        .iter()
        .filter(|email| !app.mails_now(email).is_empty())
        .collect();
    for email in arrived.iter().take(6) {
        let mail = app.mail_to(email).await;
        let report = bounce(&mail, email, "failed", "5.1.1", "550 unknown");
        app.comes_back(Some(&mail.envelope_from), &report).await;
    }
    let campaign = app.campaign_in_state(id, "paused").await;
    let reason = campaign["pause_reason"].as_str().unwrap();
    assert!(reason.contains("addresses do not exist"), "{reason}");
    assert!(
        campaign["counts"]["queued"].as_i64().unwrap() > 0,
        "{campaign}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_hard_bounces_pause_a_campaign_on_sqlite() {
    too_many_hard_bounces_pause_a_campaign(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_hard_bounces_pause_a_campaign_on_postgres() {
    too_many_hard_bounces_pause_a_campaign(Database::Postgres).await;
}
