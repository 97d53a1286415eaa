//! Exports of lists and suppressions: safe in a spreadsheet, and exactly the same when they are
//! read in again, here or elsewhere.

use std::io::{Seek as _, Write as _};

use jarshy::audience::export::{self, Format};
use jarshy::audience::suppression_file;
use jarshy::model::audit::Actor;
use jarshy::model::import::Outcome;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rstest_reuse::apply;
use serde_json::json;

use crate::harness::{Database, TestApp, on_both_databases};
use crate::importing::import;

const PEOPLE: usize = 120;

async fn exported(app: &TestApp, format: Format) -> Vec<u8> {
    let list = "news".parse().unwrap();
    let mut out = Vec::new();
    export::export(&app.cx, &list, format, &mut out, |_| ())
        .await
        .unwrap();
    out
}

/// Texts that spreadsheets, CSV and JSON each trip over.
fn odd() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "", "=", "+", "-", "@", "'", "''", "'=", "\t", "\"", " ", "0", "\u{feff}", "\u{ff1d}",
        "\u{a0}", ";",
    ]);
    let middle = prop_oneof![
        Just("007".to_owned()),
        Just("1e5".to_owned()),
        Just("2026-01-02".to_owned()),
        Just("line\nbreak".to_owned()),
        Just("line\r\nbreak".to_owned()),
        Just("a,b;c|d".to_owned()),
        Just("say \"so\"".to_owned()),
        Just("\u{1f980} Қазақ e\u{301}".to_owned()),
        Just("NULL".to_owned()),
        Just("{\"a\": [1]}".to_owned()),
        Just(String::new()),
        "[a-zA-Z0-9=+@' -]{0,12}",
    ];
    let end = prop::sample::select(vec!["", " ", "  ", "\t", "\n", "'", "\"", "\\"]);
    (start, middle, end).prop_map(|(start, middle, end)| format!("{start}{middle}{end}"))
}

/// Stores people with odd names, tags and attributes, as far as they are valid.
async fn odd_people(app: &TestApp, runner: &mut TestRunner) -> usize {
    let mut text = || odd().new_tree(runner).unwrap().current();
    let mut kept = 0;
    for number in 0..PEOPLE {
        let name = text().replace(['\n', '\r', '\t'], " ");
        let tag = text().replace(['\n', '\r', '\t', ',', ';'], " ");
        let start = ["", "'", "+", "=", "-"][number % 5];
        let email = format!("{start}o{number}@example.kz");
        let attributes = json!({ "a": text(), (text()): text(), "n": number, "f": 1.25, "none": null,
            "deep": [text(), { "x": text() }] });
        let language = ["kk", "ru", "en"][number % 3];
        let person = |name: &str, tag: &str| {
            let tags: Vec<&str> = Some(tag)
                .filter(|tag| !tag.trim().is_empty())
                .into_iter()
                .collect();
            json!({ "email": email, "name": name, "language": language,
                "lists": ["news"], "status": "confirmed", "tags": tags, "attributes": attributes })
        };
        // A person refused for one of them comes with plain ones.
        for body in [
            person(&name, &tag),
            person("Plain", &tag),
            person("Plain", "plain"),
        ] {
            let saved = app.api("POST", "/subscribers").json(&body).send().await;
            if saved.unwrap().status().is_success() {
                kept += 1;
                break;
            }
        }
    }
    kept
}

fn assert_safe(csv: &[u8]) {
    let mut cells = 0;
    for record in csv::Reader::from_reader(csv).records() {
        for cell in &record.unwrap() {
            let starts_formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}'];
            assert!(!cell.starts_with(starts_formula), "{cell:?}");
            cells += 1;
        }
    }
    assert!(cells > 0);
}

#[apply(on_both_databases)]
async fn a_list_comes_back_exactly(app: TestApp) {
    let mut runner = TestRunner::deterministic();
    let kept = odd_people(&app, &mut runner).await;
    assert!(kept > PEOPLE * 3 / 4, "{kept}");
    for (email, reason) in [
        ("o5@example.kz", "hard_bounce"),
        ("o10@example.kz", "complaint"),
        ("o35@example.kz", "manual"),
        ("o20@example.kz", "unsubscribed_all"),
    ] {
        let body = json!({ "email": email, "reason": reason });
        app.api_post("/suppressions", body).await;
    }
    for email in ["o25@example.kz", "o30@example.kz"] {
        let id = app.subscriber(email).await["id"].clone();
        let body = json!({ "subscriber": id, "list": "news", "state": "unsubscribed" });
        app.api_post("/subscriptions", body).await;
    }
    assert_safe(&exported(&app, Format::Csv).await);
    for (format, name) in [(Format::Csv, "news.csv"), (Format::Jsonl, "news.jsonl")] {
        let first = exported(&app, format).await;
        // Where they are, nothing changes, and nobody comes back.
        let here = import(&app, name, &first, |_| ()).await;
        assert_eq!(here.rejected, 0);
        for outcome in [Outcome::Added, Outcome::Changed, Outcome::Resubscribed] {
            assert_eq!(here.total(outcome), 0, "{outcome:?}");
        }
        let same = exported(&app, format).await;
        assert_eq!(
            String::from_utf8_lossy(&first),
            String::from_utf8_lossy(&same)
        );
        // Elsewhere, everybody is as they were.
        let other = TestApp::start(match app.cx.store.engine() {
            jarshy::store::Engine::Sqlite => Database::Postgres,
            jarshy::store::Engine::Postgres => Database::Sqlite,
        })
        .await;
        let there = import(&other, name, &first, |_| ()).await;
        assert_eq!(there.rejected, 0);
        assert_eq!(there.total(Outcome::Added), kept as i64);
        let second = exported(&other, format).await;
        let canonical = |text: &[u8]| canonical(&String::from_utf8_lossy(text), format);
        for (here, there) in canonical(&first).iter().zip(canonical(&second)) {
            assert_eq!(*here, there);
        }
        assert_eq!(canonical(&first).len(), canonical(&second).len());
        other.create_post("p", "P", "text").await;
        let campaign = other.create_campaign("p", "P", "news").await;
        other
            .api_post(&format!("/campaigns/{campaign}/start"), json!({}))
            .await;
        let done = other.campaign_in_state(campaign, "finished").await;
        assert_eq!(done["counts"]["sent"], kept as u64 - 6, "{done}");
        for email in ["o5@example.kz", "o20@example.kz", "o25@example.kz"] {
            assert!(other.mails_now(email).is_empty(), "{email} is mailed again");
        }
    }
}

/// The rows, in order: people get their numbers in the order of their addresses, so that two
/// imports never wait for each other, and PostgreSQL sorts the names of attributes.
fn canonical(text: &str, format: Format) -> Vec<String> {
    let sorted = |text: &str| -> String {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let fields = value.as_object().unwrap().clone();
        let fields: std::collections::BTreeMap<_, _> = fields.into_iter().collect();
        serde_json::to_string(&fields).unwrap()
    };
    let mut rows: Vec<String> = match format {
        Format::Jsonl => text
            .lines()
            .map(|line| {
                let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
                value["attributes"] = sorted(&value["attributes"].to_string()).into();
                sorted(&value.to_string())
            })
            .collect(),
        Format::Csv => csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|record| {
                let record = record.unwrap();
                let cells = record.iter().enumerate();
                let cells = cells.map(|(place, cell)| match place {
                    5 => sorted(cell),
                    _ => cell.to_owned(),
                });
                cells.collect::<Vec<_>>().join("\u{1}")
            })
            .collect(),
    };
    rows.sort();
    rows
}

async fn suppressions(app: &TestApp) -> Vec<u8> {
    let mut out = Vec::new();
    suppression_file::export(&app.cx, &mut out).await.unwrap();
    out
}

#[apply(on_both_databases)]
async fn suppressions_come_back_exactly(app: TestApp) {
    let mut runner = TestRunner::deterministic();
    for number in 0..PEOPLE {
        let note = odd().new_tree(&mut runner).unwrap().current();
        let email = match number % 6 {
            0 => format!("@d{number}.example"),
            1 => format!("'s{number}@example.kz"),
            2 => format!("+s{number}@example.kz"),
            3 => format!("=s{number}@example.kz"),
            4 => format!("-s{number}@example.kz"),
            _ => format!("s{number}@example.kz"),
        };
        let reason = ["manual", "hard_bounce", "complaint", "unsubscribed_all"][number % 4];
        for note in [note.as_str(), "plain"] {
            let body = json!({ "email": email, "reason": reason, "note": note });
            let made = app.api("POST", "/suppressions").json(&body).send().await;
            if made.unwrap().status().is_success() {
                break;
            }
        }
    }
    let first = suppressions(&app).await;
    assert_safe(&first);
    let lines = csv::Reader::from_reader(first.as_slice()).records().count();
    assert_eq!(lines, PEOPLE);
    let other = TestApp::start(match app.cx.store.engine() {
        jarshy::store::Engine::Sqlite => Database::Postgres,
        jarshy::store::Engine::Postgres => Database::Sqlite,
    })
    .await;
    let by = Actor::CommandLine;
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&first).unwrap();
    file.rewind().unwrap();
    let done = suppression_file::import(&other.cx, &by, "left.csv", file).await;
    let done = done.unwrap();
    assert_eq!(done.added, PEOPLE as u64, "{done:?}");
    let second = suppressions(&other).await;
    let lines = |bytes: &[u8]| {
        let records = csv::Reader::from_reader(bytes).into_records();
        let mut lines: Vec<_> = records.map(|record| record.unwrap()).collect();
        lines.sort_by(|a, b| a.as_slice().cmp(b.as_slice()));
        lines
    };
    assert_eq!(lines(&first), lines(&second));
}
