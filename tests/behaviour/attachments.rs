//! Files in emails: attached to campaigns, pictures inside them, and those of transactional
//! email, as Python's parser reads the messages.

use std::io::Write as _;
use std::process::{Command, Stdio};

use data_encoding::{BASE64, HEXLOWER};
use jarshy::config::AttachmentLimit;
use jarshy::model::EmailId;
use jarshy::model::audit::Actor;
use jarshy::model::user::Role;
use jarshy::settings;
use jarshy::store::transactional_attachments;
use reqwest::StatusCode;
use rstest_reuse::apply;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::admin_client::AdminClient;
use crate::admin_media::{photograph, png};
use crate::harness::{Database, Mail, TestApp, on_both_databases};

const NAME: &str = "Наурыз мейрамының бағдарламасы мен орналасу сызбасы, соңғы нұсқа.pdf";

fn pdf(size: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.extend((0..=255_u8).cycle().take(size));
    content
}

/// The parts of a message, outside in.
fn parts(mail: &Mail) -> Vec<Value> {
    let python = std::env::var("JARSHY_TEST_PYTHON").expect("run scripts/test, which installs it");
    let mut child = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parts.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(mail.raw.as_bytes()).unwrap();
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    let parts: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap();
    for part in &parts {
        assert_eq!(part["defects"], json!([]), "{part}");
    }
    parts
}

fn types(parts: &[Value]) -> Vec<&str> {
    let types = parts.iter().map(|part| part["type"].as_str().unwrap());
    types.collect()
}

fn is_of(part: &Value, content: &[u8]) -> bool {
    part["sha256"] == HEXLOWER.encode(&Sha256::digest(content))
}

async fn upload(app: &TestApp, name: &str, content: &[u8]) -> AdminClient {
    let editor = AdminClient::sign_in(app, "editor@embassy.example", Role::Editor).await;
    let answer = editor.upload("/admin/media", &[], name, content).await;
    assert_eq!(answer.status(), 303, "{name}");
    editor
}

async fn campaign(app: &TestApp, more: Value) -> i64 {
    let mut body = json!({
        "subject": "Program", "lists": ["news"],
        "markdown": [{ "language": "en", "title": "Program", "body": "Dear {{ name }}. Come." }],
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    app.api_post("/campaigns", body).await["id"]
        .as_i64()
        .unwrap()
}

async fn patch(app: &TestApp, path: &str, body: Value) -> (StatusCode, String) {
    let answer = app.api("PATCH", path).json(&body).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

async fn start(app: &TestApp, id: i64) {
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
}

#[apply(on_both_databases)]
async fn a_campaign_carries_files_of_the_library(app: TestApp) {
    let content = pdf(40_000);
    let editor = upload(&app, "plan.pdf", &content).await;
    upload(&app, "notes.txt", b"Notes").await;
    app.subscribe("a@x.example", "news").await;
    let files = json!([
        { "file": "/media/plan.pdf", "name": NAME.trim_end_matches(".pdf") },
        { "file": "notes.txt", "language": "kk" },
    ]);
    let id = campaign(&app, json!({ "attachments": files })).await;
    let path = format!("/campaigns/{id}");
    let stored = app.api_get(&path).await["attachments"].clone();
    assert_eq!(stored[0]["name"], NAME);
    assert_eq!(stored[0]["size"], content.len());
    assert_eq!(stored[1]["language"], "kk");
    let preflight = app.api_get(&format!("{path}/preflight")).await.to_string();
    assert!(
        preflight.contains("nobody gets the attached file notes.txt"),
        "{preflight}"
    );

    for (wrong, said) in [
        (json!([{ "file": "none.pdf" }]), "no file"),
        (
            json!([{ "file": "plan.pdf", "name": "a/b" }]),
            "control characters",
        ),
        (
            json!(vec![json!({ "file": "plan.pdf" }); 11]),
            "at most 10 files",
        ),
    ] {
        let (status, problem) = patch(&app, &path, json!({ "attachments": wrong })).await;
        assert!(
            status.is_client_error() && problem.contains(said),
            "{said}: {problem}"
        );
    }

    let to = json!({ "email": "editor@embassy.example" });
    app.api_post(&format!("{path}/test"), to).await;
    let test = app.mail_to("editor@embassy.example").await;
    assert!(
        parts(&test)
            .iter()
            .any(|part| part["name"] == NAME && is_of(part, &content))
    );

    let page = editor.page(&format!("/admin/campaigns/{id}")).await;
    assert!(
        page.contains("href=\"/media/plan.pdf\"") && page.contains("Наурыз"),
        "{page}"
    );
    start(&app, id).await;
    let mail = app.mail_to("a@x.example").await;
    let parts = parts(&mail);
    assert_eq!(
        types(&parts),
        [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "application/pdf"
        ]
    );
    let file = &parts[4];
    assert_eq!(
        (&file["name"], &file["disposition"]),
        (&json!(NAME), &json!("attachment"))
    );
    assert!(is_of(file, &content), "{file}");
    assert!(
        mail.raw
            .lines()
            .all(|line| line.len() <= 998 && line.is_ascii())
    );
    assert!(mail.text.contains("Come."));

    let archive = app.get(&format!("/archive/{id}?language=en")).await;
    let archive = archive.text().await.unwrap();
    assert!(
        archive.contains("href=\"/media/plan.pdf\"") && archive.contains(NAME),
        "{archive}"
    );
}

#[apply(on_both_databases)]
async fn a_deleted_file_is_never_lost_silently(app: TestApp) {
    let editor = upload(&app, "plan.pdf", &pdf(100)).await;
    app.subscribe("a@x.example", "news").await;
    let id = campaign(&app, json!({ "attachments": [{ "file": "plan.pdf" }] })).await;
    let library = editor.page("/admin/media").await;
    let (_, rest) = library.split_once("href=\"/admin/media/").unwrap();
    let medium = rest.split('"').next().unwrap();
    let medium = format!("/admin/media/{medium}");
    let page = editor.page(&medium).await;
    assert!(
        page.contains(&format!("/admin/campaigns/{id}")),
        "used in: {page}"
    );
    let asked = editor.post(&format!("{medium}/delete"), &[]).await;
    let asked = asked.text().await.unwrap();
    assert!(asked.contains("Program"), "{asked}");

    let deleted = app.api("DELETE", "/media/plan.pdf").send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let shown = app.api_get(&format!("/campaigns/{id}")).await;
    assert_eq!(shown["attachments"][0]["is_deleted"], true);
    let refused = app
        .api("POST", &format!("/campaigns/{id}/start"))
        .json(&json!({}));
    let refused = refused.send().await.unwrap();
    assert!(refused.status().is_client_error());
    let problem = refused.text().await.unwrap();
    assert!(problem.contains("plan.pdf was deleted"), "{problem}");

    let trash = app.api_get("/trash").await["items"][0].clone();
    let restore = format!("/trash/media/{}/restore", trash["id"]);
    app.api_post(&restore, json!({})).await;
    start(&app, id).await;
    let mail = app.mail_to("a@x.example").await;
    assert!(parts(&mail).iter().any(|part| part["name"] == "plan.pdf"));
}

/// A campaign's form with its attached files.
fn form<'a>(seen: &'a str, subject: &'a str, files: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("kind", "markdown"),
        ("subject", subject),
        ("title_en", "Program"),
        ("body_en", "Dear all. Come."),
        ("lists", "news"),
        ("layout", "letter"),
        ("language", "en"),
        ("seen", seen),
        ("action", "save"),
    ];
    for file in files {
        form.extend([("attachment_file", *file), ("attachment_name", "")]);
        form.push(("attachment_language", ""));
    }
    form
}

#[apply(on_both_databases)]
async fn a_campaign_without_its_file_can_be_changed_and_copied_but_not_started(app: TestApp) {
    let editor = upload(&app, "plan.pdf", &pdf(100)).await;
    upload(&app, "notes.txt", b"Notes").await;
    app.subscribe("a@x.example", "news").await;
    let files = json!([{ "file": "plan.pdf", "language": "en" }, { "file": "notes.txt" }]);
    let id = campaign(&app, json!({ "attachments": files })).await;
    let deleted = app.api("DELETE", "/media/plan.pdf").send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let path = format!("/campaigns/{id}");

    let (status, changed) = patch(&app, &path, json!({ "subject": "Another" })).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    let edit = editor.page(&format!("/admin{path}/edit")).await;
    assert!(edit.contains("This file was deleted."), "{edit}");
    let seen = edit.split_once("name=\"seen\" value=\"").unwrap().1;
    let seen = seen.split('"').next().unwrap();
    let sent = form(seen, "A third", &["plan.pdf", "notes.txt"]);
    let page = editor.submit(&format!("/admin{path}/edit"), &sent).await;
    assert!(page.contains("An attached file is missing"), "{page}");
    assert!(page.contains("aria-label=\"Take off plan.pdf\""), "{page}");
    assert!(!page.contains("Take off notes.txt"), "{page}");
    let preview = editor.page(&format!("/admin{path}/mail?language=en")).await;
    assert!(preview.contains("Come."), "{preview}");
    let preflight = app.api_get(&format!("{path}/preflight")).await;
    assert_eq!(preflight["can_start"], false);
    let said = "plan.pdf was deleted; put it back from the trash, or take it off";
    assert!(preflight.to_string().contains(said), "{preflight}");

    // A copy has the rest, and says what it lacks; a campaign that never had the file cannot name it.
    let copied = editor.submit(&format!("/admin{path}/duplicate"), &[]).await;
    let lacks = "Files that were deleted are missing in the copy, too: plan.pdf";
    assert!(copied.contains(lacks), "{copied}");
    let copy = app.api_post(&format!("{path}/duplicate"), json!({})).await;
    assert_eq!(copy["attachments"][0]["is_deleted"], true);
    assert_eq!(copy["attachments"][1]["file"], "notes.txt");
    let other = campaign(&app, json!({})).await;
    let named = json!({ "attachments": [{ "file": "plan.pdf" }] });
    let (status, problem) = patch(&app, &format!("/campaigns/{other}"), named).await;
    assert!(status.is_client_error(), "{problem}");

    // For good: nothing brings it back, so that it is taken off.
    let trash = app.api_get("/trash").await["items"][0].clone();
    let gone = app.api("DELETE", &format!("/trash/media/{}", trash["id"]));
    assert!(gone.send().await.unwrap().status().is_success());
    let preflight = app.api_get(&format!("{path}/preflight")).await.to_string();
    assert!(
        preflight.contains("deleted for good; take it off"),
        "{preflight}"
    );
    let (status, changed) = patch(&app, &path, json!({ "subject": "Program" })).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    let refused = format!("/admin{path}/start");
    editor.refused(&refused, &[("confirmed", "yes")], 422).await;
    let off = format!("/admin{path}/files/take-off");
    let page = editor.submit(&off, &[("file", "plan.pdf")]).await;
    assert!(page.contains("plan.pdf is no longer attached"), "{page}");
    assert!(!page.contains("An attached file is missing"), "{page}");
    let left = app.api_get(&path).await["attachments"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    start(&app, id).await;
    let mail = app.mail_to("a@x.example").await;
    assert!(parts(&mail).iter().any(|part| part["name"] == "notes.txt"));

    // The next one begins with the last: a file that is gone since is left out.
    let deleted = app.api("DELETE", "/media/notes.txt").send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::NO_CONTENT);
    let next = editor.page("/admin/campaigns/new?from=last").await;
    assert!(!next.contains("value=\"notes.txt\""), "{next}");
}

#[apply(on_both_databases)]
async fn files_of_an_email_may_only_weigh_so_much(app: TestApp) {
    upload(&app, "plan.pdf", &pdf(1_500_000)).await;
    upload(&app, "other.pdf", &pdf(2_500_000)).await;
    app.subscribe("a@x.example", "news").await;
    let id = campaign(&app, json!({ "attachments": [{ "file": "plan.pdf" }] })).await;
    let path = format!("/campaigns/{id}");
    let preflight = app.api_get(&format!("{path}/preflight")).await;
    let said = preflight.to_string();
    assert!(
        said.contains("weigh 2.0 MB, which makes up to 2.0 MB for 1 recipients"),
        "{said}"
    );
    let both = json!([{ "file": "plan.pdf" }, { "file": "other.pdf" }]);
    patch(&app, &path, json!({ "attachments": both })).await;
    let preflight = app.api_get(&format!("{path}/preflight")).await;
    assert_eq!(preflight["can_start"], false);
    let said = preflight.to_string();
    assert!(
        said.contains("weigh 5.3 MB as they are sent; the limit is 5 MB"),
        "{said}"
    );
    let more = [("attachment_limit".to_owned(), Some(json!(6)))];
    settings::change(&app.cx, &Actor::System, &more.into())
        .await
        .unwrap();
    let preflight = app.api_get(&format!("{path}/preflight")).await;
    let said = preflight.to_string();
    assert!(!said.contains("the limit is"), "{said}");
}

#[apply(on_both_databases)]
async fn the_form_keeps_rows_and_says_what_is_wrong(app: TestApp) {
    let editor = upload(&app, "plan.pdf", &pdf(100)).await;
    let form = |file: &'static str, name: &'static str| {
        vec![
            ("kind", "markdown"),
            ("subject", "A letter"),
            ("title_en", "A letter"),
            ("body_en", "Dear all."),
            ("lists", "news"),
            ("layout", "letter"),
            ("language", "en"),
            ("attachment_file", file),
            ("attachment_name", name),
            ("attachment_language", "en"),
            ("attachment_file", ""),
            ("attachment_name", ""),
            ("attachment_language", ""),
            ("embeds_pictures", "yes"),
        ]
    };
    let page = editor
        .refused("/admin/campaigns", &form("none.pdf", "Жоба"), 422)
        .await;
    assert!(
        page.contains("id=\"attachments-error\"") && page.contains("Жоба"),
        "{page}"
    );
    let again = editor
        .post("/admin/campaigns/draft", &form("plan.pdf", "Жоба"))
        .await;
    let again = again.text().await.unwrap();
    assert!(again.contains("attachment-file-2") && !again.contains("attachment-file-3"));
    editor
        .submit("/admin/campaigns", &form("plan.pdf", "Жоба"))
        .await;
    let campaign = app.api_get("/campaigns").await["items"][0].clone();
    assert_eq!(campaign["attachments"][0]["name"], "Жоба.pdf");
    assert_eq!(campaign["attachments"][0]["language"], "en");
    assert_eq!(campaign["embeds_pictures"], true);
    let copy = app
        .api_post(
            &format!("/campaigns/{}/duplicate", campaign["id"]),
            json!({}),
        )
        .await;
    assert_eq!(copy["attachments"], campaign["attachments"]);
    let edit = editor
        .page(&format!("/admin/campaigns/{}/edit", campaign["id"]))
        .await;
    assert!(edit.contains("value=\"Жоба.pdf\""), "{edit}");
}

#[apply(on_both_databases)]
async fn pictures_are_inside_the_email_where_that_is_chosen(app: TestApp) {
    upload(&app, "gate.png", &png(7)).await;
    upload(&app, "view.jpg", &photograph()).await;
    app.subscribe("a@x.example", "news").await;
    let text = "![Gate](/media/gate.png) <img src=\"/media/view.jpg\" alt=\"View\" width=\"200\">\n\n\
                ![Gate](/media/gate.png) ![Other](https://other.example/x.png)\n\nHello there.";
    let texts = json!([{ "language": "en", "title": "Pictures", "body": text }]);
    let id = campaign(&app, json!({ "markdown": texts, "embeds_pictures": true })).await;
    start(&app, id).await;
    let mail = app.mail_to("a@x.example").await;
    let parts = parts(&mail);
    assert_eq!(
        types(&parts),
        [
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
            "image/jpeg"
        ]
    );
    for picture in &parts[4..] {
        let id = picture["content_id"]
            .as_str()
            .unwrap()
            .trim_matches(['<', '>']);
        assert!(
            mail.html.contains(&format!("src=\"cid:{id}\"")),
            "{}",
            mail.html
        );
        assert_eq!(picture["disposition"], "inline");
    }
    assert!(is_of(&parts[4], &png(7)));
    let smaller = app.get("/media/480/view.jpg").await.bytes().await.unwrap();
    assert!(
        is_of(&parts[5], &smaller),
        "the copy that a link would show"
    );
    assert_eq!(mail.html.matches("src=\"cid:").count(), 3);
    assert!(mail.html.contains("src=\"https://other.example/x.png\""));
    let archive = app.get(&format!("/archive/{id}/letter?language=en")).await;
    let archive = archive.text().await.unwrap();
    assert!(
        archive.contains("/media/gate.png") && !archive.contains("cid:"),
        "{archive}"
    );
}

#[apply(on_both_databases)]
async fn transactional_email_carries_files(app: TestApp) {
    let (bill, logo) = (pdf(2_300_000), png(9));
    let send = async |attachments: Value| {
        let body = json!({
            "to": "b@x.example", "subject": "Bill", "html": "<p>Bill <img src=\"cid:logo\"></p>",
            "text": "Bill", "attachments": attachments,
        });
        app.api("POST", "/transactional")
            .json(&body)
            .send()
            .await
            .unwrap()
    };
    let file =
        |name: &str, content: &[u8]| json!({ "name": name, "content": BASE64.encode(content) });
    for (wrong, said) in [
        (json!([file("a.exe", b"MZ")]), "cannot be attached"),
        (json!([file("a.pdf", b"MZ")]), "does not hold"),
        (json!([file("a.html", b"<html>")]), "cannot be attached"),
        (
            json!([{ "name": "a.pdf", "content": "%%%" }]),
            "attachments[0].content",
        ),
        (
            json!([file("a.pdf", &pdf(4_000_000))]),
            "weigh more than 5 MB",
        ),
        (json!(vec![file("a.pdf", b"%PDF-"); 11]), "at most 10 files"),
    ] {
        let answer = send(wrong).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        let problem = answer.text().await.unwrap();
        assert!(problem.contains(said), "{said}: {problem}");
    }
    let logo_file = json!({ "name": "logo.png", "content": BASE64.encode(&logo),
        "content_type": "image/png", "content_id": "logo" });
    let answer = send(json!([file(NAME, &bill), logo_file])).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let mail = app.mail_to("b@x.example").await;
    let parts = parts(&mail);
    assert_eq!(
        types(&parts),
        [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
            "application/pdf"
        ]
    );
    assert_eq!(
        (&parts[5]["content_id"], &parts[6]["name"]),
        (&json!("<logo>"), &json!(NAME))
    );
    assert!(is_of(&parts[5], &logo) && is_of(&parts[6], &bill));
    app.quiet().await;
    let queued: Value = answer.json().await.unwrap();
    let id = EmailId(queued["id"].as_i64().unwrap());
    let mut db = app.cx.store.read().await.unwrap();
    let kept = transactional_attachments::of_email(&mut db, id).await;
    assert_eq!(kept.unwrap(), [], "nothing is kept of what was sent");
}

#[apply(on_both_databases)]
async fn listmonks_form_brings_files(app: TestApp) {
    let on = [("listmonk_api".to_owned(), Some(json!(true)))];
    settings::change(&app.cx, &Actor::System, &on.into())
        .await
        .unwrap();
    let content = pdf(500);
    let client = AdminClient::nobody(&app);
    let call = json!({ "subscriber_emails": ["c@x.example"], "subscriber_mode": "external",
        "template_id": 1, "subject": "Bill", "data": { "body": "Your bill." } });
    let call = call.to_string();
    let request = |name| client.upload_request("/api/tx", &[("data", &call)], name, &content);
    let authorized = |name| request(name).basic_auth("owner@embassy.example", Some(app.token()));
    let refused = authorized("bill.exe").send().await.unwrap();
    assert!(refused.status().is_client_error());
    let sent = authorized("bill.pdf").send().await.unwrap();
    assert_eq!(
        sent.status(),
        StatusCode::OK,
        "{}",
        sent.text().await.unwrap()
    );
    let mail = app.mail_to("c@x.example").await;
    assert!(
        parts(&mail)
            .iter()
            .any(|part| part["name"] == "bill.pdf" && is_of(part, &content))
    );
}

#[tokio::test]
async fn a_limit_of_zero_forbids_files() {
    let none = AttachmentLimit::try_from(0).unwrap();
    let app = TestApp::start_with(Database::Sqlite, |config| config.attachment_limit = none).await;
    let body = json!({ "to": "b@x.example", "subject": "Bill", "body_markdown": "Bill",
        "attachments": [{ "name": "a.txt", "content": BASE64.encode(b"x") }] });
    let answer = app
        .api("POST", "/transactional")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
