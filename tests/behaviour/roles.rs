//! Every route as everybody: anonymous, viewer, editor, owner, and tokens of each
//! scope. The routes come from the router itself, and who may use each is in
//! `roles.tsv`.

use std::collections::BTreeMap;

use jarshy::account;
use jarshy::model::audit::Actor;
use jarshy::model::user::{Role, Scope};
use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::harness::{Database, TestApp};

pub const TABLE: &str = include_str!("roles.tsv");

/// Least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Public,
    Viewer,
    Editor,
    Owner,
}

impl Who {
    fn role(self) -> Option<Role> {
        match self {
            Who::Public => None,
            Who::Viewer => Some(Role::Viewer),
            Who::Editor => Some(Role::Editor),
            Who::Owner => Some(Role::Owner),
        }
    }

    fn email(self) -> String {
        format!("{self:?}@roles.example").to_lowercase()
    }
}

/// Who may use a route, and the resource of scopes that it belongs to.
#[derive(Debug)]
struct Rule {
    least: Who,
    resource: String,
}

/// By method and path.
fn table() -> BTreeMap<(String, String), Rule> {
    let lines = TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            let [method, path, who, resource] = parts[..] else {
                panic!("{line:?} has not four columns");
            };
            let least = match who {
                "public" => Who::Public,
                "viewer" => Who::Viewer,
                "editor" => Who::Editor,
                "owner" => Who::Owner,
                other => panic!("{other:?} is nobody"),
            };
            let resource = resource.to_owned();
            (
                (method.to_owned(), path.to_owned()),
                Rule { least, resource },
            )
        })
        .collect()
}

/// The methods of a path, from the `Allow` header of a 405 response.
async fn methods(app: &TestApp, path: &str) -> Vec<String> {
    let method = "PROPFIND".parse().unwrap();
    let url = format!("{}{}", app.url, concrete(path));
    let answer = app.client.request(method, &url).send().await.unwrap();
    // A nested router's fallback is named among the routes and is none.
    if answer.status() == StatusCode::NOT_FOUND {
        return Vec::new();
    }
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
    let allowed = answer.headers()["allow"].to_str().unwrap().to_owned();
    let methods = allowed.split(',').map(|method| method.trim().to_owned());
    methods.filter(|method| method != "HEAD").collect()
}

/// A path to something that is there.
pub fn concrete(path: &str) -> String {
    let of_slug = match path {
        path if path.contains("/posts/") => "p",
        path if path.contains("/events/") => "e",
        _ => "news",
    };
    path.replace("{slug}", of_slug)
        .replace("{id}", "1")
        .replace(
            "{name}",
            // Not `letter`, which is an owner's to change: it has sign-in links.
            if path.contains("layouts") {
                "digest"
            } else {
                "e"
            },
        )
        .replace("{key}", "letter")
        .replace("{list}", "news")
        .replace("{campaign}", "1")
        .replace("{kind}", "post")
        .replace("{email}", "s@roles.example")
        .replace("{year}", "2026")
        .replace("{month}", "1")
        .replace("{width}", "320")
        .replace("{*path}", "site.css")
        .replace(['{', '}'], "")
}

/// Something of each kind, so that a refusal is of the role and not of a path
/// that leads nowhere.
pub async fn furnish(app: &TestApp) {
    app.create_post("p", "P", "text").await;
    let snippet = json!({ "texts": { "en": "text" } });
    let saved = app.api("PUT", "/snippets/e").json(&snippet).send().await;
    assert!(saved.unwrap().status().is_success());
    app.api_post("/events", json!({ "slug": "e", "starts_at": "2030-01-01T09:00:00Z", "ends_at": "2030-01-01T10:00:00Z", "title": "E" })).await;
    app.subscribe("s@roles.example", "news").await;
    app.create_campaign("p", "P", "news").await;
    let condition = json!({ "about": "language", "value": "en" });
    app.segment("S", condition).await;
    let series = json!({ "name": "Series", "list": "news", "ready_made": "welcome" });
    app.api_post("/series", series).await;
    app.api_post("/webhooks", json!({ "url": "https://example.org/hook" }))
        .await;
    app.api_post("/suppressions", json!({ "email": "x@roles.example" }))
        .await;
    let list = "news".parse().unwrap();
    let mut table = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut table, b"email\na@roles.example\n").unwrap();
    let by = jarshy::model::audit::Actor::System;
    jarshy::import::upload::read(&app.cx, &by, &list, "f.csv", table, None)
        .await
        .unwrap();
    let file = jarshy::content::media::Upload {
        file_name: "a.txt".to_owned(),
        captions: Default::default(),
        is_shown: false,
        content: b"text".to_vec(),
    };
    jarshy::content::media::keep_beside(&app.cx, &Actor::CommandLine, file)
        .await
        .unwrap();
}

async fn call(app: &TestApp, who: Who, scope: Scope, method: &str, path: &str) -> Response {
    let url = format!("{}{}", app.url, concrete(path));
    let mut request = app.client.request(method.parse().unwrap(), &url);
    let is_api = path.starts_with("/api/");
    if method != "GET" && is_api {
        request = request.json(&json!({}));
    } else if method != "GET" {
        request = request.form(&[("nothing", "")]);
    }
    let Some(role) = who.role() else {
        return request.send().await.unwrap();
    };
    if is_api {
        let email = who.email().parse().unwrap();
        account::add_user(&app.cx, &email, role).await.unwrap();
        let token = account::add_token(&app.cx, &email, scope, None)
            .await
            .unwrap();
        request
            .bearer_auth(token.unwrap().reveal())
            .send()
            .await
            .unwrap()
    } else {
        // Anew each time: some routes end the session.
        let cookie = app.sign_in(&who.email(), role).await;
        request.header("cookie", cookie).send().await.unwrap()
    }
}

/// Whether an answer says: not you.
fn is_refusal(answer: &Response) -> bool {
    let to = answer
        .headers()
        .get("location")
        .and_then(|to| to.to_str().ok());
    let leads_to_sign_in = to.is_some_and(|to| to.starts_with("/admin/sign-in"));
    matches!(
        answer.status(),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
    ) || leads_to_sign_in
}

/// With every route open that is off by default.
async fn start() -> TestApp {
    TestApp::start_with(Database::Sqlite, |config| config.listmonk_api = true).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_is_open_to_the_roles_in_the_table_only() {
    let app = start().await;
    furnish(&app).await;
    let table = table();
    let web = jarshy::app::web(&app.cx, Some(app.mailbox.clone()));
    let mut faults = Vec::new();
    let mut known = Vec::new();
    for path in jarshy::web::paths(&web) {
        for method in methods(&app, &path).await {
            let key = (method, path.clone());
            if !table.contains_key(&key) {
                faults.push(format!("{} {} has no line in roles.tsv", key.0, key.1));
            }
            known.push(key);
        }
    }
    for (method, path) in table.keys() {
        if !known.iter().any(|(m, p)| m == method && p == path) {
            faults.push(format!("{method} {path} of roles.tsv is no route"));
        }
    }
    for who in [Who::Public, Who::Viewer, Who::Editor, Who::Owner] {
        // First what must be refused: what is allowed may delete its object.
        let (allowed, refused): (Vec<_>, Vec<_>) =
            table.iter().partition(|(_, rule)| who >= rule.least);
        for ((method, path), rule) in refused {
            let answer = call(&app, who, Scope::All, method, path).await;
            if !is_refusal(&answer) {
                faults.push(format!(
                    "{method} {path} is for {:?} and answers {who:?} {}",
                    rule.least,
                    answer.status()
                ));
            }
        }
        for ((method, path), _) in allowed {
            let answer = call(&app, who, Scope::All, method, path).await;
            let is_sign_in = path.starts_with("/admin/sign-");
            if is_refusal(&answer) && !is_sign_in || answer.status().is_server_error() {
                faults.push(format!(
                    "{method} {path} answers {who:?} {}",
                    answer.status()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_only_the_calls_of_its_scopes() {
    let app = start().await;
    furnish(&app).await;
    let table = table();
    let calls = table
        .iter()
        .filter(|((_, path), rule)| path.starts_with("/api/") && rule.least != Who::Public);
    let calls: Vec<_> = calls.collect();
    let mut faults = Vec::new();
    for scope in Scope::every() {
        let words = scope.to_string();
        for ((method, path), rule) in &calls {
            let is_read = method == "GET";
            let is_open = match words.split_once(':') {
                // One that needs the writing of two resources, a secret that it reads too.
                _ if rule.resource.contains('+') => words == "all",
                None => words == "all" || is_read,
                Some((resource, access)) => {
                    let is_of = resource == rule.resource || rule.resource == "any";
                    is_of && (is_read || access != "read")
                }
            };
            // What is open was called with all scopes in the other test, and may delete.
            if is_open && !is_read {
                continue;
            }
            let answer = call(&app, Who::Owner, scope, method, path).await;
            if is_open == (answer.status() == StatusCode::FORBIDDEN) {
                faults.push(format!("{words}: {method} {path}: {}", answer.status()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
