//! How much a first visit to an admin page loads: the page itself, its styles, scripts and
//! icons, compressed. Pictures that users have uploaded weigh what they weigh.

use std::collections::{BTreeMap, BTreeSet};

use jarshy::model::user::Role;
use reqwest::header;
use scraper::{Html, Selector};
use url::Url;

use crate::harness::{Database, TestApp};
use crate::roles;

const LIMIT: usize = 40 * 1024;
/// The same with the editor of long texts, which is loaded where they are written.
const EDITOR_LIMIT: usize = LIMIT + 200 * 1024;
/// Pages on which something is written beside its preview.
const EDITORS: [&str; 8] = [
    "/admin/campaigns/new",
    "/admin/campaigns/{id}/edit",
    "/admin/layouts/{name}",
    "/admin/lists/{slug}/welcome",
    "/admin/posts/new",
    "/admin/posts/{id}",
    "/admin/snippets/new",
    "/admin/snippets/{id}",
];
/// More subscribers than a page of them shows.
const SUBSCRIBERS: usize = 60;

/// A browser that has loaded nothing yet.
struct Visit<'a> {
    app: &'a TestApp,
    cookie: String,
    /// What pages refer to, by address: its compressed size and what it refers to.
    assets: BTreeMap<Url, (usize, Vec<Url>)>,
}

impl Visit<'_> {
    async fn load(&self, url: &Url, encoding: &str) -> Option<(String, Vec<u8>)> {
        let request = self.app.client.get(url.clone());
        let request = request.header(header::COOKIE, &self.cookie);
        let request = request.header(header::ACCEPT_ENCODING, encoding);
        let answer = request.send().await.unwrap();
        if !answer.status().is_success() {
            return None;
        }
        let kind = answer.headers().get(header::CONTENT_TYPE)?;
        let kind = kind.to_str().unwrap().to_owned();
        // Exports are no pages, and a stream of events never ends.
        let is_part = ["text/html", "text/css", "text/javascript", "image/"];
        if !is_part.iter().any(|part| kind.starts_with(part)) {
            return None;
        }
        Some((kind, answer.bytes().await.unwrap().to_vec()))
    }

    /// The compressed size of what is at an address, and what it refers to.
    async fn part(&self, url: &Url) -> Option<(usize, Vec<Url>)> {
        let (_, compressed) = self.load(url, "gzip").await?;
        let (kind, plain) = self.load(url, "identity").await?;
        let text = String::from_utf8_lossy(&plain);
        let found = match kind.split(';').next().unwrap_or_default() {
            "text/html" => in_page(&text),
            "text/css" => in_styles(&text),
            "text/javascript" => in_script(&text),
            _ => Vec::new(),
        };
        let found = found.iter().filter_map(|one| url.join(one).ok());
        let own = found.filter(|one| one.host() == url.host());
        Some((compressed.len(), own.collect()))
    }

    /// What a first visit to a page weighs; `None` where there is no page.
    async fn weigh(&mut self, path: &str) -> Option<usize> {
        let url = Url::parse(&format!("{}{path}", self.app.url)).unwrap();
        let (mut weight, mut open) = self.part(&url).await?;
        let mut seen = BTreeSet::new();
        while let Some(mut url) = open.pop() {
            url.set_fragment(None);
            if url.path().starts_with("/media/") || !seen.insert(url.clone()) {
                continue;
            }
            if !self.assets.contains_key(&url) {
                let part = self.part(&url).await;
                let part = part.unwrap_or_else(|| panic!("{path} refers to {url}"));
                self.assets.insert(url.clone(), part);
            }
            let (size, refers) = &self.assets[&url];
            weight += size;
            open.extend(refers.iter().cloned());
        }
        Some(weight)
    }
}

fn in_page(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let parts = [
        ("link[rel=stylesheet], link[rel=icon]", "href"),
        ("script[src]", "src"),
        ("img[src]", "src"),
        ("use[href]", "href"),
    ];
    let of = |(selector, attribute): &(&str, &'static str)| {
        let selector = Selector::parse(selector).unwrap();
        let found = page.select(&selector).filter_map(|one| one.attr(attribute));
        found.map(str::to_owned).collect::<Vec<_>>()
    };
    parts.iter().flat_map(of).collect()
}

fn in_styles(css: &str) -> Vec<String> {
    let after = css.split("url(").skip(1);
    let addresses = after.filter_map(|rest| rest.split(')').next());
    addresses
        .map(|one| one.trim_matches(['"', '\'']).to_owned())
        .filter(|one| !one.starts_with("data:"))
        .collect()
}

/// The modules that a script imports.
fn in_script(js: &str) -> Vec<String> {
    let imports = js.lines().filter(|line| line.starts_with("import "));
    let names = imports.filter_map(|line| line.split('"').nth(1));
    names.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_admin_page_weighs_at_most_40_kib_beside_its_editor() {
    let app = TestApp::start_with(Database::Sqlite, |_| {}).await;
    roles::furnish(&app).await;
    for number in 0..SUBSCRIBERS {
        let email = format!("somebody.{number}@weight{number}.example");
        app.subscribe(&email, "news").await;
    }
    let cookie = app.sign_in("owner@weight.example", Role::Owner).await;
    let mut visit = Visit {
        app: &app,
        cookie,
        assets: BTreeMap::new(),
    };
    let lines = roles::TABLE.lines().map(|line| line.split('\t'));
    let pages = lines.filter_map(|mut columns| match columns.next() {
        Some("GET") => columns.next().filter(|path| path.starts_with("/admin")),
        _ => None,
    });
    let mut weighed = 0;
    let mut heavy = Vec::new();
    for page in pages {
        let is_editor = EDITORS.contains(&page);
        let limit = if is_editor { EDITOR_LIMIT } else { LIMIT };
        if let Some(weight) = visit.weigh(&roles::concrete(page)).await {
            weighed += 1;
            if weight > limit {
                heavy.push(format!("{page}: {weight} bytes"));
            }
        }
    }
    assert!(weighed > 60, "only {weighed} pages were there");
    assert!(heavy.is_empty(), "{}", heavy.join("\n"));
}
