//! Exports of other systems, as these write them: each person keeps their word, tags and
//! evidence. The files and what is expected of them are in `tests/corpus/import`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use jarshy::model::import::System;
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_databases};
use crate::importing::import;

/// What `expected.tsv` says.
struct Expected {
    file: String,
    system: System,
    rows: i64,
    rejected: i64,
    lists: Vec<String>,
    people: Vec<BTreeMap<String, String>>,
}

fn folder(name: &str) -> PathBuf {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/import");
    corpus.join(name)
}

fn expected(folder: &Path) -> Expected {
    let text = fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let (notes, table): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("# "));
    let note = |key: &str| {
        let found = notes
            .iter()
            .find_map(|line| line[2..].strip_prefix(key)?.strip_prefix(' '));
        found.unwrap_or_default().to_owned()
    };
    let header: Vec<&str> = table[0].split('\t').collect();
    let person = |line: &&str| {
        let cells = line.split('\t').map(str::to_owned);
        header
            .iter()
            .map(|name| (*name).to_owned())
            .zip(cells)
            .collect()
    };
    let lists = note("lists");
    Expected {
        file: note("file"),
        system: note("system").parse().unwrap(),
        rows: note("rows").parse().unwrap(),
        rejected: note("rejected").parse().unwrap(),
        lists: lists
            .split(';')
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        people: table[1..].iter().map(person).collect(),
    }
}

/// A file, or a folder as an archive.
fn content(path: &Path) -> Vec<u8> {
    if path.is_file() {
        return fs::read(path).unwrap();
    }
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for entry in entries {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let name = entry.strip_prefix(path).unwrap().to_str().unwrap();
            archive
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            archive.write_all(&fs::read(&entry).unwrap()).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

/// What is known of a person, in the columns of `expected.tsv`.
async fn found(app: &TestApp, email: &str) -> BTreeMap<String, String> {
    let person = app.subscriber(email).await;
    let mut cells = BTreeMap::new();
    let mut set = |name: &str, text: String| {
        let text = if text.is_empty() {
            "-".to_owned()
        } else {
            text
        };
        cells.insert(name.to_owned(), text);
    };
    if person.is_null() {
        set("email", email.to_owned());
        set("state", "none".to_owned());
        return cells;
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let joined = |values: &Value, field: Option<&str>| {
        let values = values.as_array().unwrap().iter();
        let texts = values.map(|value| text(field.map_or(value, |field| &value[field])));
        let mut texts: Vec<String> = texts.collect();
        texts.sort();
        texts.join(",")
    };
    let path = format!("/subscribers/{}/personal-data", person["id"]);
    let data = app.api_get(&path).await;
    let consents = data["consents"].as_array().unwrap();
    let last = consents.iter().rfind(|consent| consent["list"] == "news");
    let last = last.cloned().unwrap_or_default();
    set("email", text(&person["email"]));
    let state = app.subscription(email, "news").await;
    set("state", state.unwrap_or_default());
    set("suppressed", joined(&data["suppressions"], Some("reason")));
    set("name", text(&person["name"]));
    set("tags", joined(&person["tags"], None));
    set("frequency", text(&data["frequency"]));
    set("since", text(&data["since"]));
    set("consent", text(&last["at"]));
    set("network", text(&last["network"]));
    set("attributes", person["attributes"].to_string());
    cells
}

/// Imports the file of a folder and compares what becomes of each person.
async fn keeps_its_word(app: &TestApp, name: &str) {
    let folder = folder(name);
    let expected = expected(&folder);
    for (number, name) in expected.lists.iter().enumerate() {
        let slug = format!("list-{number}");
        let list =
            json!({ "slug": slug, "name": name, "visibility": "public", "opt_in": "single" });
        app.api_post("/lists", list).await;
    }
    let content = content(&folder.join(&expected.file));
    let balance = import(app, &expected.file, &content, |mapping| {
        assert_eq!(mapping.system, expected.system, "{name}");
    })
    .await;
    assert_eq!(
        (balance.rows(), balance.rejected),
        (expected.rows, expected.rejected),
        "{name}: {balance:?}"
    );
    for person in &expected.people {
        let email = &person["email"];
        let mut found = found(app, email).await;
        for (column, text) in person {
            let found = found.remove(column).unwrap_or_else(|| "-".to_owned());
            let is_same = match column.as_str() {
                // The time of the import is not known here.
                "since" | "consent" => text == "-" || found == *text,
                "attributes" if text != "-" => {
                    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap();
                    parse(&found) == parse(text)
                }
                _ => found == *text,
            };
            assert!(is_same, "{name}: {email}: {column} is {found}, not {text}");
        }
    }
    let again = import(app, &expected.file, &content, |_| ()).await;
    let changed = again.people.values().flat_map(|row| row.iter());
    let changed: Vec<_> = changed
        .filter(|(outcome, _)| ["added", "changed"].contains(&outcome.as_str()))
        .collect();
    assert!(changed.is_empty(), "{name}: {changed:?}");
}

macro_rules! systems {
    ($($name:ident: $folder:literal,)*) => {
        $(
            #[apply(on_both_databases)]
            async fn $name(app: TestApp) {
                keeps_its_word(&app, $folder).await;
            }
        )*

        #[test]
        fn every_folder_is_imported() {
            let known = [$($folder),*];
            for entry in fs::read_dir(folder("")).unwrap() {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                assert!(!entry.path().is_dir() || known.contains(&name.as_str()), "{name}");
            }
        }
    };
}

systems! {
    listmonk: "listmonk",
    mailchimp: "mailchimp",
    mailman_members: "mailman-members",
    mailman_by_rest: "mailman-rest",
    mailman_config_in_ascii: "mailman-config-protocol-0",
    mailman_config: "mailman-config-protocol-1",
    mailman_config_newer: "mailman-config-protocol-2",
    ghost: "ghost",
    substack: "substack",
    substack_with_plans: "substack-plan",
    buttondown: "buttondown",
    beehiiv: "beehiiv",
    kit: "kit",
    kit_by_api: "kit-api",
    sendy: "sendy",
    keila: "keila",
    mailtrain: "mailtrain",
    mailtrain_database: "mailtrain-database",
    brevo: "brevo",
    mailerlite: "mailerlite",
    phplist: "phplist",
}

#[apply(on_both_databases)]
async fn phplist_members_are_put_on_their_lists(app: TestApp) {
    keeps_its_word(&app, "phplist").await;
    let on = async |email: &str, list: &str| app.subscription(email, list).await;
    assert_eq!(
        on("quin@example.nl", "list-0").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        on("quin@example.nl", "list-1").await.as_deref(),
        Some("confirmed")
    );
    assert_eq!(
        on("rosa@example.es", "list-0").await.as_deref(),
        Some("pending")
    );
    assert_eq!(on("tala@example.ps", "list-0").await, None);
}
