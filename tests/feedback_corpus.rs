//! Every mail of the corpus is read as its table says.
//!
//! `tests/corpus/expected.tsv` gives for each mail the verdict, whether the
//! message it speaks of was given up (`final`) or not yet (`passing`), the
//! status code, the recipient and the reason; `-` for nothing, or, of reasons
//! and recipients, for what does not matter.

use std::path::Path;

use jarshy::inbound::parse::{Reading, read};

const VERP: &str = "b-0123456789abcdefghijklmnop@bounce.embassy.example";
const TOKEN: &str = "AAKDgwHrzWx0h2lQ5d0oLxgG4m0gY1s";

struct Expected {
    name: String,
    fields: Vec<String>,
}

fn corpus() -> Vec<Expected> {
    let folder = Path::new("tests/corpus");
    let table = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    table
        .lines()
        .skip(1)
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            Expected {
                name: fields.next().unwrap(),
                fields: fields.collect(),
            }
        })
        .collect()
}

fn read_mail(name: &str) -> Reading {
    let octets = std::fs::read(format!("tests/corpus/{name}.eml")).unwrap();
    read(&octets, None)
}

#[test]
fn every_mail_of_the_corpus_is_read_as_its_table_says() {
    let mut wrong = Vec::new();
    let corpus = corpus();
    assert!(corpus.len() >= 60);
    for Expected { name, fields } in &corpus {
        let reading = read_mail(name);
        let recipient = reading
            .original
            .recipient
            .as_ref()
            .map_or("-", |address| address.as_str());
        let found = [
            reading.verdict.as_str(),
            if reading.is_final { "final" } else { "passing" },
            if reading.status.is_empty() {
                "-"
            } else {
                &reading.status
            },
            recipient,
            &reading.reason,
        ];
        let differs = |(at, (expected, found)): (usize, (&String, &&str))| {
            let does_not_matter = at >= 3 && expected == "-";
            expected != found && !does_not_matter
        };
        if fields.iter().zip(&found).enumerate().any(differs) {
            wrong.push(format!(
                "{name}: expected {fields:?}, found {found:?}, {:?}",
                reading.detail
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        corpus.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_file_of_the_corpus_is_in_its_table() {
    let named: Vec<String> = corpus()
        .into_iter()
        .map(|one| format!("{}.eml", one.name))
        .collect();
    for file in std::fs::read_dir("tests/corpus").unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_dir() {
            continue;
        }
        let name = file.file_name().into_string().unwrap();
        assert!(name == "expected.tsv" || named.contains(&name), "{name}");
    }
}

#[test]
fn a_returned_copy_tells_which_message_came_back() {
    for name in [
        "postfix-user-unknown",
        "postfix-headers-only",
        "qmail-no-mailbox",
        "exim-failed",
        "arf-abuse",
        "arf-headers-only",
    ] {
        let original = read_mail(name).original;
        assert_eq!(
            original.message_id.as_deref(),
            Some("41.7.18a@embassy.example"),
            "{name}"
        );
        assert_eq!(original.mail_from.as_deref(), Some(VERP), "{name}");
        assert_eq!(original.token.as_deref(), Some(TOKEN), "{name}");
    }
    for name in [
        "unsubscribe-mailto",
        "unsubscribe-mailto-prefixed",
        "unsubscribe-provider",
        "unsubscribe-plus",
    ] {
        assert_eq!(
            read_mail(name).original.token.as_deref(),
            Some(TOKEN),
            "{name}"
        );
    }
}

/// Cut anywhere, or with octets changed, a mail is still read without a panic,
/// and nothing that is no bounce becomes one.
#[test]
fn mails_that_arrive_broken_break_nothing() {
    for Expected { name, fields } in corpus() {
        let octets = std::fs::read(format!("tests/corpus/{name}.eml")).unwrap();
        for cut in (0..octets.len()).step_by(97) {
            read(&octets[..cut], Some(VERP));
            let mut flipped = octets.clone();
            flipped[cut] ^= 0x80;
            let verdict = read(&flipped, Some(VERP)).verdict.as_str();
            if fields[0] == "reply" {
                assert!(
                    !["hard", "soft", "complaint"].contains(&verdict),
                    "{name} at {cut}: {verdict}"
                );
            }
        }
    }
}
