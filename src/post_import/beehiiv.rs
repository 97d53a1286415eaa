//! beehiiv's table of posts, with their HTML.

use url::Url;

use super::found::{Body, Found, FoundPost, FoundState};
use super::table::{self, Row};
use super::{Result, dates};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};

/// Whether a table with these columns is one of beehiiv's posts.
pub(super) fn is_table(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column == name);
    has("content_html") && (has("web_title") || has("title"))
}

/// Reads a table.
pub(super) fn read(content: &[u8], now: Timestamp) -> Result<Found> {
    let (rows, unreadable) = table::csv_rows(content)?;
    let mut found = Found::new(PostSystem::Beehiiv);
    for _ in 0..unreadable {
        found.pass_over("unreadable row");
    }
    for mut row in rows {
        let html = row.take("content_html");
        found.push(post(&row, html, now))?;
    }
    Ok(found)
}

fn post(row: &Row, html: String, now: Timestamp) -> FoundPost {
    let url = Url::parse(row.get(&["url", "web_url"])).ok();
    let path = url.map(|url| url.path().trim_end_matches('/').to_owned());
    let path = path.filter(|path| !path.is_empty());
    let last = path.as_deref().and_then(|path| path.rsplit('/').next());
    let slug = match row.get(&["slug"]) {
        "" => last.unwrap_or_default().to_owned(),
        slug => slug.to_owned(),
    };
    let published = [
        "publish_date",
        "published_at",
        "displayed_date",
        "scheduled_at",
        "created_at",
    ];
    let published_at = dates::parse(row.get(&published));
    let by_slug = (!slug.is_empty()).then(|| format!("/p/{slug}"));
    let mut paths: Vec<String> = path.into_iter().collect();
    paths.extend(by_slug.filter(|path| !paths.contains(path)));
    FoundPost {
        id: row.get(&["id"]).to_owned(),
        title: row
            .get(&["web_title", "title", "email_subject_line"])
            .to_owned(),
        summary: row
            .get(&["web_subtitle", "subtitle", "email_preview_text"])
            .to_owned(),
        state: state(row, published_at, now),
        tags: table::tags(row.get(&["content_tags", "tags"])),
        author: row.get(&["authors", "author"]).replace(';', ", "),
        body: Body::HtmlTemplate(html),
        slug,
        published_at,
        paths,
        ..FoundPost::default()
    }
}

fn state(row: &Row, published_at: Option<Timestamp>, now: Timestamp) -> FoundState {
    let word = |name| row.get(&[name]).to_ascii_lowercase();
    match word("status").as_str() {
        "published" | "confirmed" | "sent" | "live" => {}
        "scheduled" => return FoundState::Limited(DraftReason::Scheduled),
        "archived" => return FoundState::Limited(DraftReason::NotPublic),
        _ => return FoundState::Draft,
    }
    if published_at.is_some_and(|at| at > now) {
        return FoundState::Limited(DraftReason::Scheduled);
    }
    let audience = row.get(&["audience", "web_audiences"]);
    match audience.to_ascii_lowercase().as_str() {
        "free" | "all" | "everyone" | "public" | "all free subscribers" => FoundState::Public,
        // A post for both may have a part for those who paid.
        "both" => FoundState::Limited(DraftReason::MixedAudience),
        "" => FoundState::Limited(DraftReason::UnknownAudience),
        _ => FoundState::Limited(DraftReason::Restricted),
    }
}
