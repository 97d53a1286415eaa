//! For search engines: robots.txt and the sitemap; and the theme's style
//! sheet.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::clock::Timestamp;
use crate::content::{event, public_posts, site};
use crate::text::locale::Language;
use crate::web::http::error::HttpError;
use crate::web::public::card::category_key;
use crate::web::state::Web;
use crate::web::theme;

/// The newest of them; how many fit depends on the number of languages.
const POSTS: i64 = 15_000;
const EVENTS: i64 = 5_000;
/// Entries and bytes that a sitemap may have (sitemaps.org).
const ENTRIES: usize = 50_000;
const BYTES: usize = 50 * 1024 * 1024;

/// Pages that every language has.
const PAGES: [&str; 6] = ["/", "/posts", "/events", "/media", "/archive", "/join"];

pub async fn robots(State(web): State<Web>) -> Response {
    let url = web.cx.config().public_url();
    let text = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /api/\nDisallow: /mailbox\n\
         Disallow: /confirm/\nDisallow: /unsubscribe/\nDisallow: /preferences/\n\n\
         Sitemap: {url}/sitemap.xml\n"
    );
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (kind, text).into_response()
}

pub async fn sitemap(State(web): State<Web>) -> Result<Response, HttpError> {
    let mut map = Map::new(web.cx.config().public_url());
    let every: Vec<Language> = web.languages().iter().collect();
    for path in PAGES {
        map.add(path, &every, None);
    }
    for category in public_posts::categories(&web.cx).await? {
        let path = format!("/posts/category/{}", category_key(&category));
        map.add(&path, &every, None);
    }
    let posts = public_posts::addresses(&web.cx, POSTS).await?;
    for one in posts.chunk_by(|a, b| a.slug == b.slug) {
        let languages: Vec<_> = one.iter().map(|post| post.language).collect();
        let changed = one.first().map(|post| post.updated_at);
        map.add(&format!("/posts/{}", one[0].slug), &languages, changed);
    }
    let events = event::addresses(&web.cx, EVENTS).await?;
    for one in events.chunk_by(|a, b| a.0 == b.0) {
        let languages: Vec<_> = one.iter().map(|(_, language)| *language).collect();
        map.add(&format!("/events/{}", one[0].0), &languages, None);
    }
    let kind = [(header::CONTENT_TYPE, "application/xml; charset=utf-8")];
    Ok((kind, map.end()).into_response())
}

/// A sitemap (sitemaps.org) with language alternates.
struct Map {
    site_url: String,
    text: String,
    entries: usize,
}

impl Map {
    fn new(site_url: String) -> Self {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
            xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
        Self {
            site_url,
            text: text.to_owned(),
            entries: 0,
        }
    }

    /// Adds a page in each of its languages, if there is room for all. Paths are made of slugs and percent-encoded words, so they
    /// need no escaping.
    fn add(&mut self, path: &str, languages: &[Language], changed: Option<Timestamp>) {
        let url = &self.site_url;
        let others: String = languages
            .iter()
            .map(|other| {
                format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{other}\" href=\"{url}/{other}{path}\"/>"
                )
            })
            .collect();
        let changed = changed.map_or_else(String::new, |at| format!("<lastmod>{at}</lastmod>"));
        let added: String = languages
            .iter()
            .map(|language| {
                format!("<url><loc>{url}/{language}{path}</loc>{changed}{others}</url>\n")
            })
            .collect();
        let entries = self.entries + languages.len();
        // The end needs room too.
        if entries <= ENTRIES && self.text.len() + added.len() + 100 <= BYTES {
            self.text.push_str(&added);
            self.entries = entries;
        }
    }

    fn end(mut self) -> String {
        self.text.push_str("</urlset>\n");
        self.text
    }
}

/// The style sheet with the site's colours and fonts.
pub async fn theme(State(web): State<Web>) -> Result<Response, HttpError> {
    let site = site::load(&web.cx).await?;
    let sheet = theme::style_sheet(&site);
    if sheet.is_empty() {
        return Err(HttpError::NotFound);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, sheet).into_response())
}
