//! Webhooks in, of mail providers; webhooks out, to other programs; mail that
//! other programs ask for.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use jarshy::jobs;
use jarshy::model::user::Role;
use jarshy::webhooks;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::admin_client::AdminClient;
use crate::harness::{Database, PATIENCE, TestApp, on_both_databases};

/// A program that takes webhooks; it fails as often as it was told to.
#[derive(Clone)]
struct Receiver {
    url: String,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Receiver {
    async fn start(failures: usize) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let receiver = Self {
            url: format!("http://{}/hook", listener.local_addr().unwrap()),
            heard: Arc::default(),
        };
        let heard = receiver.heard.clone();
        tokio::spawn(async move {
            for n in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = Vec::new();
                let (head, body) = loop {
                    let mut buffer = [0; 4096];
                    let read = stream.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..read]);
                    let text = String::from_utf8_lossy(&request).into_owned();
                    if let Some((head, body)) = text.split_once("\r\n\r\n") {
                        let length = head
                            .lines()
                            .find_map(|line| line.strip_prefix("content-length: "));
                        if length.and_then(|length| length.parse().ok()) == Some(body.len()) {
                            break (head.to_owned(), body.to_owned());
                        }
                    }
                };
                let status = if n < failures {
                    "500 Trouble"
                } else {
                    "204 Heard"
                };
                let answer =
                    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.unwrap();
                let value = json!({ "status": status, "body": serde_json::from_str::<Value>(&body).unwrap(), "raw": body });
                heard.lock().unwrap().push((head, value));
            }
        });
        receiver
    }

    async fn heard(&self, event: &str) -> (String, Value) {
        let started = Instant::now();
        loop {
            let found = self
                .heard
                .lock()
                .unwrap()
                .iter()
                .rev()
                .find(|(_, one)| one["body"]["type"] == event && one["status"] == "204 Heard")
                .cloned();
            if let Some(found) = found {
                return found;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{event}: {:?}",
                self.heard.lock().unwrap()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn field<'a>(head: &'a str, name: &str) -> &'a str {
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in {head}"))
}

async fn webhooks_are_delivered(database: Database) {
    let app = TestApp::start_with(database, |config| {
        config.webhook_hosts = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    })
    .await;
    let stop = CancellationToken::new();
    tokio::spawn(jobs::inbound_and_webhooks(app.cx.clone(), stop.clone()));
    let receiver = Receiver::start(1).await;
    let made = app
        .api_post("/webhooks", json!({ "url": receiver.url }))
        .await;
    let secret = made["secret"]
        .as_str()
        .unwrap()
        .strip_prefix("whsec_")
        .unwrap();
    let key = BASE64.decode(secret.as_bytes()).unwrap();
    let listed = app.api_get("/webhooks").await;
    assert!(listed["items"][0].get("secret").is_none(), "shown once");

    app.join_and_confirm("a@example.kz").await;
    let (head, heard) = receiver.heard("subscription.joined").await;
    assert_eq!(heard["body"]["data"]["email"], "a@example.kz");
    assert_eq!(heard["body"]["data"]["list"], "news");
    let (id, timestamp) = (
        field(&head, "webhook-id"),
        field(&head, "webhook-timestamp"),
    );
    let expected = webhooks::sign(&key, id, timestamp, heard["raw"].as_str().unwrap());
    assert_eq!(field(&head, "webhook-signature"), expected);
    receiver.heard("subscription.confirmed").await;
    let failed = receiver.heard.lock().unwrap()[0].clone();
    assert_eq!(failed.1["status"], "500 Trouble");
    let again: Vec<String> = receiver
        .heard
        .lock()
        .unwrap()
        .iter()
        .filter(|(_, one)| one["raw"] == failed.1["raw"])
        .map(|(head, _)| field(head, "webhook-id").to_owned())
        .collect();
    assert_eq!(again.len(), 2, "tried again");
    assert_eq!(again[0], again[1], "and known by its id");

    let campaign = app.send_to(&["a@example.kz"]).await;
    let (_, heard) = receiver.heard("campaign.finished").await;
    assert_eq!(heard["body"]["data"]["campaign"], campaign);
    let mail = app.mail_to("a@example.kz").await;
    app.post(&mail.one_click_url(), &[("List-Unsubscribe", "One-Click")])
        .await;
    receiver.heard("subscription.unsubscribed").await;

    let id = made["id"].as_i64().unwrap();
    let off = app
        .api("PATCH", &format!("/webhooks/{id}"))
        .json(&json!({ "is_active": false }))
        .send()
        .await
        .unwrap();
    assert_eq!(off.status(), StatusCode::OK);
    let gone = app
        .api("DELETE", &format!("/webhooks/{id}"))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        app.api("GET", &format!("/webhooks/{id}"))
            .send()
            .await
            .unwrap()
            .status(),
        StatusCode::NOT_FOUND
    );
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_delivered_on_sqlite() {
    webhooks_are_delivered(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_delivered_on_postgres() {
    webhooks_are_delivered(Database::Postgres).await;
}

#[apply(on_both_databases)]
async fn an_owner_manages_webhooks(app: TestApp) {
    let owner = AdminClient::owner(&app).await;
    assert!(
        owner
            .page("/admin/webhooks")
            .await
            .contains("No webhooks yet")
    );
    let local = owner
        .refused("/admin/webhooks", &[("url", "https://127.0.0.1/x")], 422)
        .await;
    assert!(local.contains("leads into a private network"), "{local}");
    let form = [
        ("url", "https://crm.example.org/hook"),
        ("events", "campaign.finished"),
    ];
    let made = owner.refused("/admin/webhooks", &form, 201).await;
    assert!(
        made.contains("whsec_") && made.contains(">campaign.finished<"),
        "{made}"
    );
    let hook = app.api_get("/webhooks").await["items"][0].clone();
    assert_eq!(hook["events"], json!(["campaign.finished"]));
    assert!(
        !owner.page("/admin/webhooks").await.contains("whsec_"),
        "shown once"
    );

    let path = format!("/admin/webhooks/{}", hook["id"]);
    owner
        .submit(&format!("{path}/turn"), &[("to", "off")])
        .await;
    assert_eq!(
        app.api_get("/webhooks").await["items"][0]["is_active"],
        false
    );
    let on = owner.submit(&format!("{path}/turn"), &[("to", "on")]).await;
    assert!(on.contains("is on"), "{on}");
    let asked = owner.refused(&format!("{path}/delete"), &[], 200).await;
    assert!(asked.contains("Delete the webhook"), "{asked}");
    owner
        .submit(&format!("{path}/delete"), &[("confirmed", "yes")])
        .await;
    assert_eq!(app.api_get("/webhooks").await["items"], json!([]));
    owner
        .refused(&format!("{path}/turn"), &[("to", "on")], 404)
        .await;

    let editor = AdminClient::sign_in(&app, "editor@embassy.example", Role::Editor).await;
    assert_eq!(editor.get("/admin/webhooks").await.status(), 403);
    editor.refused("/admin/webhooks", &form, 403).await;
}

#[apply(on_both_databases)]
async fn webhooks_do_not_reach_private_networks(app: TestApp) {
    for url in [
        "https://127.0.0.1/hook",
        "https://10.0.0.1/hook",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "http://example.org/hook",
        "https://u:p@example.org/",
        "ftp://example.org",
        "nonsense",
    ] {
        let refused = app
            .api("POST", "/webhooks")
            .json(&json!({ "url": url }))
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{url}");
    }
    let unknown = app
        .api("POST", "/webhooks")
        .json(&json!({ "url": "https://example.org/hook", "events": ["everything"] }))
        .send()
        .await
        .unwrap();
    assert_eq!(unknown.status(), StatusCode::UNPROCESSABLE_ENTITY);

    // A name is judged by where it leads when the message is sent.
    app.api_post(
        "/webhooks",
        json!({ "url": "https://localhost/hook", "events": ["subscription.joined"] }),
    )
    .await;
    let stop = CancellationToken::new();
    tokio::spawn(jobs::inbound_and_webhooks(app.cx.clone(), stop.clone()));
    app.join("a@example.kz").await;
    let started = Instant::now();
    loop {
        let last_error = app.api_get("/webhooks").await["items"][0]["last_error"]
            .as_str()
            .unwrap()
            .to_owned();
        if last_error.contains("private network") {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{last_error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.cancel();
}

#[apply(on_both_databases)]
async fn transactional_email_is_sent_once_and_not_to_suppressed_addresses(app: TestApp) {
    let mail = json!({
        "to": "guest@example.kz", "subject": "Your visa appointment", "from": "Consul <consul@embassy.example>",
        "body_markdown": "Come on **Monday** at nine.\n\n[Map](https://embassy.example/map)", "language": "en",
    });
    for _ in 0..2 {
        let sent = app
            .api("POST", "/transactional")
            .header("idempotency-key", "visa-1")
            .json(&mail)
            .send()
            .await
            .unwrap();
        assert_eq!(sent.status(), StatusCode::ACCEPTED);
    }
    let got = app.mail_to("guest@example.kz").await;
    assert_eq!(got.subject, "Your visa appointment");
    assert!(
        got.header("From")
            .unwrap()
            .contains("consul@embassy.example")
    );
    assert!(got.html.contains("<strong>Monday</strong>"), "{}", got.html);
    assert!(got.text.contains("Come on Monday at nine."), "{}", got.text);
    assert!(got.header("List-Unsubscribe").is_none());
    app.quiet().await;
    assert_eq!(app.mails_now("guest@example.kz").len(), 1, "sent once");

    let parts =
        json!({ "to": "other@example.kz", "subject": "Parts", "html": "<p>H</p>", "text": "T" });
    app.api_post("/transactional", parts).await;
    assert_eq!(app.mail_to("other@example.kz").await.text.trim(), "T");

    app.api_post(
        "/suppressions",
        json!({ "email": "dead@example.kz", "reason": "hard_bounce" }),
    )
    .await;
    let mut refused = mail.clone();
    refused["to"] = "dead@example.kz".into();
    let answer = app
        .api("POST", "/transactional")
        .json(&refused)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    for wrong in [
        json!({ "to": "x", "subject": "s", "body_markdown": "b" }),
        json!({ "to": "a@example.kz", "subject": "s" }),
        json!({ "to": "a@example.kz", "subject": "s\r\nBcc: x@y.kz", "body_markdown": "b" }),
    ] {
        let answer = app
            .api("POST", "/transactional")
            .json(&wrong)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

/// Once at the end of an import, and for each subscription where that is chosen.
async fn imports_trigger_webhooks(database: Database) {
    let app = TestApp::start_with(database, |config| {
        config.webhook_hosts = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    })
    .await;
    let stop = CancellationToken::new();
    tokio::spawn(jobs::inbound_and_webhooks(app.cx.clone(), stop.clone()));
    let receiver = Receiver::start(0).await;
    app.api_post("/webhooks", json!({ "url": receiver.url }))
        .await;
    app.subscribe("known@x.example", "news").await;
    receiver.heard("subscription.confirmed").await;
    let owner = AdminClient::owner(&app).await;
    let file = b"email\na@x.example\nb@x.example\nknown@x.example\nnonsense\n";
    let confirmed = || {
        let heard = receiver.heard.lock().unwrap();
        let events = heard.iter().map(|(_, one)| &one["body"]);
        let mut emails: Vec<String> = events
            .filter(|body| body["type"] == "subscription.confirmed")
            .map(|body| body["data"]["email"].as_str().unwrap().to_owned())
            .collect();
        emails.sort();
        emails
    };
    let ends = || {
        let heard = receiver.heard.lock().unwrap();
        let is_end = |(_, one): &&(String, Value)| one["body"]["type"] == "import.finished";
        heard.iter().filter(is_end).count()
    };
    for (list, announces, expected) in [
        ("quiet", false, &["known@x.example"][..]),
        (
            "loud",
            true,
            &[
                "a@x.example",
                "b@x.example",
                "known@x.example",
                "known@x.example",
            ],
        ),
    ] {
        app.create_list(list, "single").await;
        let answer = owner
            .upload("/admin/imports", &[("list", list)], "people.csv", file)
            .await;
        let place = answer.headers()["location"].to_str().unwrap().to_owned();
        let path = place.replace("/admin", "");
        let columns = json!({ "announce_each": announces });
        app.api_post(&format!("{path}/check"), columns).await;
        let in_state = async |state: &str| {
            while app.api_get(&path).await["state"] != state {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        in_state("checked").await;
        let before = ends();
        app.api_post(&format!("{path}/run"), json!({})).await;
        in_state("finished").await;
        while ends() == before {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (_, heard) = receiver.heard("import.finished").await;
        let data = &heard["body"]["data"];
        assert_eq!(data["list"], list);
        assert_eq!(data["state"], "finished");
        assert_eq!((&data["rows"], &data["rejected"]), (&json!(4), &json!(1)));
        assert_eq!(data["file_name"], "people.csv");
        assert_eq!(ends(), before + 1, "once");
        let started = Instant::now();
        while confirmed() != expected {
            assert!(started.elapsed() < PATIENCE, "{:?}", confirmed());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_trigger_webhooks_on_sqlite() {
    imports_trigger_webhooks(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_trigger_webhooks_on_postgres() {
    imports_trigger_webhooks(Database::Postgres).await;
}

async fn provider_webhooks_are_authenticated(database: Database) {
    let app = TestApp::start_with(database, |config| {
        config.postmark_secret = Some("postmark-secret".into());
        config.brevo_secret = Some("brevo-secret".into());
        config.mailgun_key = Some("mailgun-key".into());
    })
    .await;
    let id = app
        .send_to(&["gone@example.kz", "angry@example.kz", "full@example.kz"])
        .await;
    app.campaign_in_state(id, "finished").await;
    let call = |path: &str, authorization: &str, body: Value| {
        app.client
            .post(format!("{}/inbound/{path}", app.url))
            .header("authorization", authorization.to_owned())
            .json(&body)
            .send()
    };
    let bounce = json!({ "RecordType": "Bounce", "Type": "HardBounce", "ID": 1, "Email": "gone@example.kz", "Details": "smtp;550 5.1.1 unknown" });
    let basic = format!("Basic {}", BASE64.encode(b"jarshy:postmark-secret"));
    assert_eq!(
        call("postmark", "Basic Og==", bounce.clone())
            .await
            .unwrap()
            .status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        call("sendgrid", "", json!([])).await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        call("nobody", "", json!([])).await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        call("pipe", "", json!([])).await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        call("postmark", &basic, bounce.clone())
            .await
            .unwrap()
            .status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        call("postmark", &basic, bounce).await.unwrap().status(),
        StatusCode::NO_CONTENT,
        "again"
    );

    // Our own subject, which a letter quotes, says nothing of the recipient.
    let letter = "Your message\r\n\r\n  To: full@example.kz\r\n  Subject: How to spot a virus in your mail\r\n\
        did not reach the following recipient(s):\r\n\r\nThe recipient name is not recognized\r\n Unknown Recipient";
    for (n, details) in [letter.to_owned(), letter.replace("\r\n", " ")]
        .into_iter()
        .enumerate()
    {
        let email = format!("nobody{n}@example.kz");
        let bounce = json!({ "RecordType": "Bounce", "Type": "HardBounce", "ID": 7 + n, "Email": email,
            "Subject": "How to spot a virus in your mail", "Details": details });
        let answer = call("postmark", &basic, bounce).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }

    let message_id = app
        .mail_to("angry@example.kz")
        .await
        .header("Message-ID")
        .unwrap();
    let complaint = json!({ "event": "spam", "email": "angry@example.kz", "message-id": message_id, "ts_event": 1 });
    assert_eq!(
        call("brevo", "Bearer brevo-secret", complaint)
            .await
            .unwrap()
            .status(),
        StatusCode::NO_CONTENT
    );

    let timestamp = app.cx.clock.now().seconds().to_string();
    let sign = |timestamp: &str| {
        use hmac::{KeyInit, Mac};
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(b"mailgun-key").unwrap();
        mac.update(format!("{timestamp}token").as_bytes());
        data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
    };
    let failed = |timestamp: &str, signature: String| {
        json!({
            "signature": { "timestamp": timestamp, "token": "token", "signature": signature },
            "event-data": { "event": "failed", "severity": "permanent", "id": "m1", "recipient": "full@example.kz",
                "delivery-status": { "code": 552, "message": "mailbox full" } },
        })
    };
    let forged = failed(&timestamp, sign("1187427600"));
    assert_eq!(
        call("mailgun", "", forged).await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    let stale = failed("1187427600", sign("1187427600"));
    assert_eq!(
        call("mailgun", "", stale).await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        call("mailgun", "", failed(&timestamp, sign(&timestamp)))
            .await
            .unwrap()
            .status(),
        StatusCode::NO_CONTENT
    );

    let again = failed(&timestamp, sign(&timestamp));
    assert_eq!(
        call("mailgun", "", again).await.unwrap().status(),
        StatusCode::NO_CONTENT,
        "Mailgun tries again where it heard nothing"
    );
    let mut replayed = failed(&timestamp, sign(&timestamp));
    replayed["event-data"]["recipient"] = "victim@example.kz".into();
    assert_eq!(
        call("mailgun", "", replayed).await.unwrap().status(),
        StatusCode::UNAUTHORIZED,
        "a signature is good for one report"
    );

    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["counts"]["bounced"], 2, "{campaign}");
    assert_eq!(campaign["counts"]["complained"], 1);
    let suppressions = app.api_get("/suppressions").await;
    let found: Vec<&str> = suppressions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["email"].as_str().unwrap())
        .collect();
    let wanted = [
        "angry@example.kz",
        "gone@example.kz",
        "nobody0@example.kz",
        "nobody1@example.kz",
    ];
    assert_eq!(found, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn provider_webhooks_are_authenticated_on_sqlite() {
    provider_webhooks_are_authenticated(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn provider_webhooks_are_authenticated_on_postgres() {
    provider_webhooks_are_authenticated(Database::Postgres).await;
}

/// SendGrid's batches have up to 768 KiB, and what it cannot hand over it drops
/// after a day.
async fn a_provider_batch_is_processed_completely(database: Database) {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref()).unwrap();
    let key = BASE64.encode(&[[0x30; 26].as_slice(), pair.public_key().as_ref()].concat());
    let app = TestApp::start_with(database, |config| config.sendgrid_key = Some(key)).await;
    let id = app.send_to(&["gone@example.kz"]).await;
    app.campaign_in_state(id, "finished").await;

    let event = |n: usize, email: &str| {
        json!({
            "email": email, "timestamp": 1_513_299_569, "smtp-id": "<x@y>", "event": "bounce", "type": "bounce",
            "sg_event_id": format!("ev{n:06}"), "sg_message_id": "m.filter0001.1.A.0", "status": "5.1.1",
            "reason": "550 5.1.1 There is no such mailbox here, please look at the address again",
        })
    };
    // A batch of a thousand bounces and other news.
    let mut events: Vec<Value> = (0..2700)
        .map(|n| {
            let mut event = event(n, &format!("gone{n}@example.org"));
            if n % 27 >= 10 {
                event["event"] = "delivered".into();
            }
            event
        })
        .collect();
    // One that no database may hold, among the others.
    events[7]["reason"] = "550 5.1.1 no\0body".into();
    events.push(event(2700, "gone@example.kz"));
    let body = serde_json::to_vec(&events).unwrap();
    assert!(body.len() > 600 * 1024, "{}", body.len());
    let signed = [b"1187427600".as_slice(), &body].concat();
    let signature = BASE64.encode(pair.sign(&random, &signed).unwrap().as_ref());
    let call = |body: Vec<u8>| {
        app.client
            .post(format!("{}/inbound/sendgrid", app.url))
            .header("x-twilio-email-event-webhook-signature", &signature)
            .header("x-twilio-email-event-webhook-timestamp", "1187427600")
            .body(body)
            .send()
    };
    let started = Instant::now();
    assert_eq!(call(body.clone()).await.unwrap().status(), 204);
    println!("{} events in {:?}", events.len(), started.elapsed());
    assert_eq!(call(body.clone()).await.unwrap().status(), 204, "again");
    let too_large = [body, vec![b' '; 512 * 1024]].concat();
    // The server may hang up before all of it was sent.
    let refused = call(too_large).await;
    assert!(refused.is_err() || refused.is_ok_and(|answer| answer.status() == 413));

    let campaign = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(campaign["counts"]["bounced"], 1, "{campaign}");
    let mut db = app.cx.store.read().await.unwrap();
    let noted = jarshy::store::feedback::page(&mut db, i64::MAX, 5000)
        .await
        .unwrap();
    assert_eq!(noted.len(), 1001, "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_batch_is_processed_completely_on_sqlite() {
    a_provider_batch_is_processed_completely(Database::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_batch_is_processed_completely_on_postgres() {
    a_provider_batch_is_processed_completely(Database::Postgres).await;
}
