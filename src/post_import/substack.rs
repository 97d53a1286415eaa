//! Substack's ZIP archive: a table of posts, and a file of HTML for each.

use scraper::Html;

use super::archive::{self, Files, Lookup};
use super::found::{Body, Found, FoundPost, FoundState};
use super::table::{self, Row};
use super::{PostImportError, Result, dates};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};
use crate::text::escape::escape_html;

/// The table of posts.
pub(super) const TABLE: &str = "posts.csv";

/// Reads an archive.
pub(super) fn read(files: &Files, now: Timestamp) -> Result<Found> {
    let table = files.path(TABLE).ok_or(PostImportError::Unknown)?;
    let (rows, unreadable) = table::csv_rows(files.whole(table)?)?;
    let folder = format!("{}posts/", archive::folder(table));
    let mut found = Found::new(PostSystem::Substack);
    for _ in 0..unreadable {
        found.pass_over("unreadable row");
    }
    for row in rows {
        match row.get(&["type"]) {
            // A discussion has no text, a note is a short message.
            kind @ ("thread" | "note" | "restack" | "chat") => found.pass_over(kind),
            _ => {
                let post = post(files, &folder, &row, now);
                found.push(post)?;
            }
        }
    }
    Ok(found)
}

fn post(files: &Files, folder: &str, row: &Row, now: Timestamp) -> FoundPost {
    // `123.my-post`, or the number alone, and then the file has the name.
    let whole = row.get(&["post_id"]);
    let (id, named) = whole.split_once('.').unwrap_or((whole, ""));
    let path = [
        format!("{folder}{whole}.html"),
        format!("{folder}{id}.html"),
    ]
    .into_iter()
    .find(|path| !matches!(files.get(path), Lookup::Missing));
    let start = format!("{folder}{id}.");
    let path = path.or_else(|| {
        let mut all = files.with_start(&start);
        all.find(|path| path.ends_with(".html")).map(str::to_owned)
    });
    let of_file = path.as_deref().and_then(|path| {
        let rest = path.strip_prefix(&start)?;
        rest.strip_suffix("html")?.strip_suffix('.')
    });
    let slug = match named {
        "" => of_file.unwrap_or_default(),
        named => named,
    };
    let content = path.as_deref().map(|path| files.get(path));
    let is_draft = !row.is_true("is_published");
    let body = match content {
        Some(Lookup::Content(content)) => Body::Html(with_audio(archive::text(content), row)),
        Some(Lookup::TooLarge) => Body::Unreadable("its text is too long".to_owned()),
        // A draft that was never written.
        _ if is_draft => Body::Html(String::new()),
        _ => Body::Unreadable("the archive has no file with its text".to_owned()),
    };
    let published_at = dates::parse(row.get(&["post_date"]));
    let state = match row.get(&["audience"]) {
        _ if is_draft => FoundState::Draft,
        "everyone" if published_at.is_some_and(|at| at > now) => {
            FoundState::Limited(DraftReason::Scheduled)
        }
        "everyone" => FoundState::Public,
        "" => FoundState::Limited(DraftReason::UnknownAudience),
        _ => FoundState::Limited(DraftReason::Restricted),
    };
    FoundPost {
        id: id.to_owned(),
        title: decoded(row.get(&["title"])),
        slug: slug.to_owned(),
        summary: decoded(row.get(&["subtitle"])),
        body,
        state,
        published_at,
        is_page: row.get(&["type"]) == "page",
        paths: match slug {
            "" => Vec::new(),
            slug => vec![format!("/p/{slug}")],
        },
        ..FoundPost::default()
    }
}

/// The table has typographic characters as references of HTML.
fn decoded(text: &str) -> String {
    if !text.contains('&') || text.len() > 10_000 {
        return text.to_owned();
    }
    Html::parse_fragment(&escaped_tags(text))
        .root_element()
        .text()
        .collect()
}

fn escaped_tags(text: &str) -> String {
    text.replace('<', "&lt;")
}

/// An episode's recording is only named in the table.
fn with_audio(html: String, row: &Row) -> String {
    match row.get(&["podcast_url"]) {
        url if url.starts_with("http") => {
            let url = escape_html(url);
            format!("<p><a href=\"{url}\">{url}</a></p>{html}")
        }
        _ => html,
    }
}
