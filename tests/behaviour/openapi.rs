//! The API as its own document describes it: schemathesis makes calls from the
//! document and holds the answers against it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use jarshy::account;
use jarshy::model::user::{Role, Scope};
use serde_json::Value;

use crate::harness::{Database, TestApp};

/// Cases of each call and caller: about 1,500 in all.
const EXAMPLES: &str = "7";

async fn document(app: &TestApp) -> Value {
    app.get("/api/v1/openapi.json").await.json().await.unwrap()
}

/// Every operation: its method, path and description.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push((method.clone(), path.clone(), operation.clone()));
        }
    }
    operations
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_has_enum_values_and_every_error() {
    let app = TestApp::start(Database::Sqlite).await;
    let document = document(&app).await;
    let schemas = &document["components"]["schemas"];
    for (name, word) in [
        ("OptIn", "single"),
        ("SuppressionReason", "hard_bounce"),
        ("CampaignState", "draft"),
        ("Frequency", "weekly"),
        ("Repetition", "daily"),
    ] {
        let words = schemas[name]["enum"]
            .as_array()
            .unwrap_or_else(|| panic!("{name}"));
        assert!(words.iter().any(|one| one == word), "{name}: {words:?}");
    }
    for (method, path, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        let call = format!("{method} {path}");
        if path != "/join" {
            for status in ["401", "403", "422"] {
                assert!(responses.contains_key(status), "{call} lacks {status}");
            }
        }
        for (status, response) in responses {
            if status == "204" {
                continue;
            }
            assert!(
                response["content"].is_object(),
                "{call} does not say what {status} is"
            );
            let is_error = status.starts_with('4') || status.starts_with('5');
            assert_eq!(
                is_error,
                response["content"]["application/problem+json"].is_object(),
                "{call} {status}"
            );
        }
        if let Some(body) =
            operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str()
        {
            let name = body.rsplit('/').next().unwrap();
            assert_eq!(
                schemas[name]["additionalProperties"], false,
                "{name} takes anything"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_types_share_a_name_in_the_document() {
    let app = TestApp::start(Database::Sqlite).await;
    let document = document(&app).await;
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, operation) in operations(&document) {
        for tag in operation["tags"].as_array().unwrap() {
            *shapes.entry(tag.to_string()).or_default() += 1;
        }
    }
    assert!(shapes.len() >= 4, "{shapes:?}");
    // Each of the two was once described by the other's words.
    let schemas = &document["components"]["schemas"];
    assert_ne!(schemas["Frequency"], schemas["Repetition"]);
    let page = &schemas["Page_ListBody"];
    assert!(
        page["properties"]["items"].is_object() && page["properties"]["next_cursor"].is_object(),
        "{page}"
    );
}

fn schemathesis() -> PathBuf {
    let python = std::env::var("JARSHY_TEST_PYTHON").expect("run scripts/test, which installs it");
    let program = PathBuf::from(python).with_file_name("schemathesis");
    assert!(
        program.is_file(),
        "{} is missing; scripts/test installs it",
        program.display()
    );
    program
}

/// Lets schemathesis call everything, and gives its report where it found a fault.
fn check(app: &TestApp, who: &str, token: Option<&str>) -> Result<(), String> {
    let mut command = Command::new(schemathesis());
    command.args(["run", &format!("{}/api/v1/openapi.json", app.url)]);
    command.args(["--phases", "fuzzing", "--max-examples", EXAMPLES]);
    command.args([
        "--generation-deterministic",
        "--no-shrink",
        "--continue-on-failure",
    ]);
    // What a schema cannot say (an address that is one, a slug that is free) may be refused.
    command.args(["--exclude-checks", "positive_data_acceptance", "--no-color"]);
    if let Some(token) = token {
        command.args(["--header", &format!("Authorization: Bearer {token}")]);
    }
    let output = command.current_dir(std::env::temp_dir()).output().unwrap();
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(())
    } else {
        Err(format!(
            "as {who}:\n{report}{}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let app = TestApp::start(Database::Sqlite).await;
    app.create_post("p", "P", "text").await;
    app.subscribe("a@example.org", "news").await;
    app.create_campaign("p", "P", "news").await;
    let viewer = "viewer@example.org".parse().unwrap();
    account::add_user(&app.cx, &viewer, Role::Viewer)
        .await
        .unwrap();
    let token = account::add_token(&app.cx, &viewer, Scope::All, None)
        .await
        .unwrap()
        .unwrap();
    let callers = [
        ("a stranger", None),
        ("a viewer", Some(token.reveal().to_owned())),
        ("the owner", Some(app.token().to_owned())),
    ];
    for (who, token) in callers {
        let found = tokio::task::block_in_place(|| check(&app, who, token.as_deref()));
        if let Err(report) = found {
            panic!("{report}");
        }
    }
}
