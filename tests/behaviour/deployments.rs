//! Where a site lives: below a path of its host, behind proxies, and called by
//! pages of other sites.

use jarshy::model::user::Role;
use reqwest::{Method, Response, StatusCode};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::{Database, TestApp, on_both_databases};

const PARTNER: &str = "https://www.partner.example";

/// Every address in a page that starts at the host's root.
fn rooted(page: &str) -> Vec<&str> {
    let attributes = [
        "href",
        "src",
        "action",
        "formaction",
        "data-progress-url",
        "data-puzzle",
    ];
    let mut found = Vec::new();
    for attribute in attributes {
        let start = format!(" {attribute}=\"/");
        for (at, _) in page.match_indices(&start) {
            let value = &page[at + start.len() - 1..];
            let value = value.split('"').next().unwrap();
            if !value.starts_with("//") {
                found.push(value);
            }
        }
    }
    found
}

async fn is_all_below(answer: Response, path: &str) -> String {
    let status = answer.status();
    let page = answer.text().await.unwrap();
    assert!(status.is_success(), "{status} {page}");
    let addresses = rooted(&page);
    assert!(!addresses.is_empty(), "{page}");
    for address in addresses {
        assert!(
            address == path || address.starts_with(&format!("{path}/")),
            "{address}"
        );
    }
    page
}

/// The place below the path to which a form leads.
fn place_of(answer: &reqwest::Response, site: &str) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let place = answer.headers()["location"].to_str().unwrap();
    assert!(place.starts_with(&format!("{site}/")), "{place}");
    place.to_owned()
}

/// An installation whose public URL has a path. `seen` is what of it a request still
/// has when it arrives: all where the proxy leaves it alone, nothing where the
/// proxy strips it.
async fn a_site_under_a_base_path(database: Database, path: &'static str, seen: &str) {
    let site = path.trim_end_matches('/');
    let app = TestApp::start_with(database, |config| {
        let url = format!("http://{}{path}", config.listen);
        config.public_url = Some(url.parse().unwrap());
    })
    .await;
    app.create_post(
        "elections",
        "Elections",
        "![x](/media/x.jpg) [more](/posts/other)",
    )
    .await;
    for path in [
        "",
        "/",
        "/join",
        "/kk/posts/elections",
        "/events",
        "/media",
        "/archive",
    ] {
        if format!("{seen}{path}").is_empty() {
            continue;
        }
        is_all_below(app.get(&format!("{seen}{path}")).await, site).await;
    }
    // What pages are made of is there.
    for path in [
        "/assets/css/site.css",
        "/feed.atom",
        "/sitemap.xml",
        "/health/ready",
    ] {
        assert_eq!(
            app.get(&format!("{seen}{path}")).await.status(),
            StatusCode::OK,
            "{path}"
        );
    }
    let feed = app
        .get(&format!("{seen}/feed.atom"))
        .await
        .text()
        .await
        .unwrap();
    assert!(
        feed.contains(&format!("{}{site}/posts/elections", app.url)),
        "{feed}"
    );
    let missing = app.get(&format!("{seen}/nowhere")).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);

    // Joining and leaving, by the links in mail.
    let joined = app
        .post(
            &format!("{seen}/join"),
            &[("email", "a@example.kz"), ("lists", "news")],
        )
        .await;
    let place = place_of(&joined, site);
    is_all_below(app.get(&place.replacen(site, seen, 1)).await, site).await;
    let mail = app.mail_to("a@example.kz").await;
    let link = mail.link(&format!("{site}/confirm/"));
    let link = link.replace(&format!("{}{site}", app.url), seen);
    is_all_below(app.get(&link).await, site).await;
    let place = place_of(&app.post(&link, &[]).await, site);
    is_all_below(app.get(&place.replacen(site, seen, 1)).await, site).await;
    let id = app.create_campaign("elections", "Elections", "news").await;
    app.api_post(&format!("/campaigns/{id}/start"), json!({}))
        .await;
    let sent = app.mails_to("a@example.kz", 2).await.remove(0);
    let leave = sent.one_click_url();
    assert!(
        leave.starts_with(&format!("{}{site}/unsubscribe/", app.url)),
        "{leave}"
    );
    assert!(
        sent.html
            .contains(&format!("{}{site}/media/x.jpg", app.url)),
        "{}",
        sent.html
    );
    let leave = leave.replace(&format!("{}{site}", app.url), seen);
    is_all_below(app.get(&leave).await, site).await;
    let left = app.post(&leave, &[("List-Unsubscribe", "One-Click")]).await;
    assert!(
        left.status().is_success() || left.status().is_redirection(),
        "{}",
        left.status()
    );
    assert_eq!(
        app.subscription("a@example.kz", "news").await.as_deref(),
        Some("unsubscribed")
    );

    // An admin is led to places below the path and keeps the cookie to it.
    let stranger = app.get(&format!("{seen}/admin/campaigns")).await;
    let place = stranger.headers()["location"].to_str().unwrap().to_owned();
    assert!(
        place.starts_with(&format!("{site}/admin/sign-in")),
        "{place}"
    );
    let email = "editor@embassy.example".parse().unwrap();
    let secret = jarshy::account::add_user(&app.cx, &email, Role::Editor)
        .await
        .unwrap();
    let path = format!("{seen}/admin/sign-in/{}", secret.reveal());
    let signed_in = app.post(&path, &[]).await;
    assert_eq!(signed_in.headers()["location"], format!("{site}/admin"));
    let cookies: Vec<String> = signed_in
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("jarshy_session="))
        .unwrap();
    assert!(
        session.contains(&format!("Path={site};")) || session.ends_with(&format!("Path={site}")),
        "{session}"
    );
    let session = session.split(';').next().unwrap();
    for path in [
        "/admin",
        "/admin/campaigns/new",
        &format!("/admin/campaigns/{id}"),
    ] {
        is_all_below(
            app.admin_page(session, &format!("{seen}{path}")).await,
            site,
        )
        .await;
    }
    let document: Value = app
        .get(&format!("{seen}/api/v1/openapi.json"))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(document["servers"][0]["url"], format!("{site}/api/v1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_base_path_behind_a_proxy_that_keeps_it_sqlite() {
    a_site_under_a_base_path(Database::Sqlite, "/news", "/news").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_base_path_behind_a_proxy_that_strips_it_postgres() {
    a_site_under_a_base_path(Database::Postgres, "/news", "").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_base_path_with_any_characters_and_a_trailing_slash() {
    let path = "/%D0%B6%D0%B0%D1%80%D1%88%D1%8B/my%20news/";
    a_site_under_a_base_path(Database::Sqlite, path, path.trim_end_matches('/')).await;
}

async fn call_join(app: &TestApp, method: Method, origin: &str, body: Option<Value>) -> Response {
    let request = app
        .client
        .request(method.clone(), format!("{}/api/v1/join", app.url));
    let request = request
        .header("origin", origin)
        .header("sec-fetch-site", "cross-site");
    let request = match body {
        Some(body) => request.json(&body),
        None => request
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type"),
    };
    request.send().await.unwrap()
}

fn allowed(answer: &Response) -> Option<&str> {
    let value = answer.headers().get("access-control-allow-origin")?;
    value.to_str().ok()
}

#[apply(on_both_databases)]
async fn cors_allows_the_join_call_from_allowed_sites(app: TestApp) {
    let list = "news".parse().unwrap();
    let partner = PARTNER.parse().unwrap();
    jarshy::audience::join_rules::allow(
        &app.cx,
        &jarshy::model::audit::Actor::System,
        &list,
        vec![partner],
    )
    .await
    .unwrap();

    let asked = call_join(&app, Method::OPTIONS, PARTNER, None).await;
    assert_eq!(asked.status(), StatusCode::NO_CONTENT);
    assert_eq!(allowed(&asked), Some(PARTNER));
    assert_eq!(asked.headers()["access-control-allow-methods"], "POST");
    let headers = asked.headers()["access-control-allow-headers"]
        .to_str()
        .unwrap();
    assert!(headers.contains("content-type"), "{headers}");

    let join = json!({ "email": "a@example.kz", "lists": ["news"] });
    let joined = call_join(&app, Method::POST, PARTNER, Some(join.clone())).await;
    assert_eq!(
        (joined.status(), allowed(&joined)),
        (StatusCode::ACCEPTED, Some(PARTNER))
    );
    // The page can read what is wrong, too.
    let faulty = call_join(&app, Method::POST, PARTNER, Some(json!({ "email": "x" }))).await;
    assert_eq!(
        (faulty.status(), allowed(&faulty)),
        (StatusCode::UNPROCESSABLE_ENTITY, Some(PARTNER))
    );

    let stranger = "https://stranger.example";
    let asked = call_join(&app, Method::OPTIONS, stranger, None).await;
    assert_eq!(allowed(&asked), None);
    let refused = call_join(&app, Method::POST, stranger, Some(join.clone())).await;
    assert_eq!(
        (refused.status(), allowed(&refused)),
        (StatusCode::FORBIDDEN, None)
    );
    app.create_list("board", "double").await;
    let other = json!({ "email": "a@example.kz", "lists": ["board"] });
    let refused = call_join(&app, Method::POST, PARTNER, Some(other)).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    // A program has no origin, and no other call is open to other sites.
    let url = format!("{}/api/v1/join", app.url);
    let program = app.client.post(url).json(&join).send().await.unwrap();
    assert_eq!(program.status(), StatusCode::ACCEPTED);
    let lists = app
        .api("GET", "/lists")
        .header("origin", PARTNER)
        .send()
        .await
        .unwrap();
    assert_eq!(allowed(&lists), None);
}
