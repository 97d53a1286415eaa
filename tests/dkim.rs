//! The demo's mails, checked by a DKIM implementation that is not ours.

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::json;
use support::Demo;

/// Reads records and a message from standard input, prints the verdicts of
/// each signature.
const CHECK: &str = r#"
import sys, json, dkim
given = json.load(sys.stdin)
records = {name.encode() + b"." : text.encode() for name, text in given["records"].items()}
message = given["message"].encode()
checker = dkim.DKIM(message)
count = sum(1 for name, _ in checker.headers if name.lower() == b"dkim-signature")
verdicts = [bool(checker.verify(idx=i, dnsfunc=lambda name, timeout=5: records.get(name))) for i in range(count)]
print(json.dumps(verdicts))
"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_independent_checker_accepts_every_signature_of_a_campaign() {
    let demo = Demo::start(None);
    let token = demo.token(None);
    let client = reqwest::Client::new();
    let post = |path: &str, body: serde_json::Value| {
        client
            .post(format!("{}/api/v1{path}", demo.url))
            .bearer_auth(&token)
            .json(&body)
            .send()
    };
    let campaign: serde_json::Value = post(
        "/campaigns",
        json!({ "subject": "Election news", "subjects": { "kk": "Election news", "ru": "Election news" },
            "post": "elections-2007", "lists": ["news"] }),
    )
    .await
    .unwrap()
    .json()
    .await
    .unwrap();
    let started = post(&format!("/campaigns/{}/start", campaign["id"]), json!({}))
        .await
        .unwrap();
    assert_eq!(started.status().as_u16(), 202);

    let records = std::fs::read_to_string(demo.folder.path("demo/dkim-records.txt")).unwrap();
    let records: serde_json::Map<String, serde_json::Value> = records
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, record)| (name.to_owned(), record.into()))
        .collect();
    assert_eq!(records.len(), 2, "RSA and Ed25519");
    let mails = demo.mails("Election news", 5).await;
    for mail in mails.iter().take(5) {
        let message = demo.raw(mail).await;
        assert_eq!(verdicts(&records, &message), [true, true], "{message}");
        let changed = message.replace("Election news", "Election lies");
        assert_ne!(
            verdicts(&records, &changed),
            [true, true],
            "a changed mail must not pass"
        );
    }
}

fn verdicts(records: &serde_json::Map<String, serde_json::Value>, message: &str) -> Vec<bool> {
    let python = std::env::var("JARSHY_TEST_PYTHON")
        .expect("this test needs dkimpy: run scripts/test, which installs it");
    let mut check = Command::new(python)
        .args(["-c", CHECK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let given = json!({ "records": records, "message": message });
    check
        .stdin
        .take()
        .unwrap()
        .write_all(given.to_string().as_bytes())
        .unwrap();
    let output = check.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}
