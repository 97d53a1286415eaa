//! Buttondown's export of emails: a table, and a file of Markdown for each.

use super::archive::{self, Files, Lookup};
use super::found::{Body, Found, FoundPost, FoundState};
use super::table::{self, Row};
use super::{PostImportError, Result, dates};
use crate::clock::Timestamp;
use crate::model::post_import::{DraftReason, PostSystem};

/// The tables of emails.
pub(super) const TABLES: [&str; 2] = ["emails.csv", "emails.json"];

/// Reads an archive.
pub(super) fn read(files: &Files, now: Timestamp) -> Result<Found> {
    let table = TABLES.iter().find_map(|name| files.path(name));
    let table = table.ok_or(PostImportError::Unknown)?;
    let (rows, unreadable) = rows(files.whole(table)?)?;
    let folder = format!("{}emails/", archive::folder(table));
    let text = |slug: &str, id: &str| {
        let names = [slug, id].into_iter().filter(|name| !name.is_empty());
        let mut found = names.map(|name| files.get(&format!("{folder}{name}.md")));
        match found.find(|found| !matches!(found, Lookup::Missing)) {
            Some(Lookup::Content(content)) => Some(Ok(archive::text(content))),
            Some(_) => Some(Err("its text is too long".to_owned())),
            None => None,
        }
    };
    of_rows(rows, unreadable, text, now)
}

/// Reads a table alone, which has the texts if it was made by the API.
pub(super) fn read_table(content: &[u8], now: Timestamp) -> Result<Found> {
    let (rows, unreadable) = rows(content)?;
    let has_texts = rows.iter().any(|row| !row.get(&["body"]).is_empty());
    if !has_texts && !rows.is_empty() {
        return Err(PostImportError::Incomplete(
            "this is only the table of emails; their texts are in the ZIP archive of Buttondown: import that",
        ));
    }
    of_rows(rows, unreadable, |_, _| None, now)
}

fn rows(content: &[u8]) -> Result<(Vec<Row>, u64)> {
    let start = content.iter().find(|byte| !byte.is_ascii_whitespace());
    match start {
        Some(b'[' | b'{') => table::json_rows(content),
        _ => table::csv_rows(content),
    }
}

fn of_rows(
    rows: Vec<Row>,
    unreadable: u64,
    text: impl Fn(&str, &str) -> Option<std::result::Result<String, String>>,
    now: Timestamp,
) -> Result<Found> {
    let mut found = Found::new(PostSystem::Buttondown);
    for _ in 0..unreadable {
        found.pass_over("unreadable row");
    }
    for mut row in rows {
        let id = row.get(&["id"]).to_owned();
        let slug = row.get(&["slug"]).to_owned();
        let given = text(&slug, &id).or_else(|| {
            let body = row.take("body");
            (!body.is_empty()).then_some(Ok(body))
        });
        found.push(post(&row, id, slug, given, now))?;
    }
    Ok(found)
}

fn post(
    row: &Row,
    id: String,
    slug: String,
    text: Option<std::result::Result<String, String>>,
    now: Timestamp,
) -> FoundPost {
    let published_at = dates::parse(row.get(&["publish_date"]));
    let state = state(row, published_at, now);
    let body = match text {
        Some(Ok(text)) => body(&text),
        Some(Err(why)) => Body::Unreadable(why),
        None if state == FoundState::Draft => Body::Html(String::new()),
        None => Body::Unreadable("the archive has no file with its text".to_owned()),
    };
    let own = url::Url::parse(row.get(&["absolute_url"])).ok();
    let own = own.map(|url| url.path().to_owned());
    let by_slug = (!slug.is_empty()).then(|| format!("/archive/{slug}"));
    FoundPost {
        title: row.get(&["subject", "title"]).to_owned(),
        summary: row.get(&["description"]).to_owned(),
        picture: match row.get(&["image"]) {
            "" => None,
            image => Some((image.to_owned(), String::new())),
        },
        tags: table::tags(row.get(&["tags"])),
        paths: by_slug.into_iter().chain(own).collect(),
        id,
        slug,
        body,
        state,
        published_at,
        ..FoundPost::default()
    }
}

fn state(row: &Row, published_at: Option<Timestamp>, now: Timestamp) -> FoundState {
    match row.get(&["status"]) {
        "draft" | "deleted" | "suppressed" | "errored" | "paused" => return FoundState::Draft,
        "scheduled" | "about_to_send" => return FoundState::Limited(DraftReason::Scheduled),
        _ => {}
    }
    match row.get(&["email_type"]) {
        _ if published_at.is_none() => FoundState::Draft,
        _ if published_at.is_some_and(|at| at > now) => FoundState::Limited(DraftReason::Scheduled),
        "public" | "archival" => FoundState::Public,
        "" => FoundState::Limited(DraftReason::UnknownAudience),
        // It went to all, but is not in the public archive.
        "private" | "hidden" => FoundState::Limited(DraftReason::NotPublic),
        _ => FoundState::Limited(DraftReason::Restricted),
    }
}

/// Markdown, or HTML where it was written in the editor for that.
fn body(text: &str) -> Body {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = without_front_matter(text).trim_start();
    let (mode, text) = match text.strip_prefix("<!--") {
        Some(rest) => match rest.split_once("-->") {
            Some((remark, rest)) if remark.contains("buttondown-editor-mode") => (remark, rest),
            _ => ("", text),
        },
        None => ("", text),
    };
    let is_html = mode.contains("fancy") || mode.contains("naked") || text.starts_with("<!DOCTYPE");
    if is_html {
        Body::HtmlTemplate(text.to_owned())
    } else {
        Body::MarkdownTemplate(text.to_owned())
    }
}

/// The text after the fields between lines of three hyphens.
fn without_front_matter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n").or(text.strip_prefix("---\r\n")) else {
        return text;
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        match line.trim_end() {
            "---" => return &rest[at..],
            // A text that begins with a line across.
            field if !field.is_empty() && !field.contains(':') && !is_continued(line) => {
                return text;
            }
            _ => {}
        }
    }
    text
}

fn is_continued(line: &str) -> bool {
    line.starts_with([' ', '\t', '-', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_above_a_text_are_no_text() {
        for (text, rest) in [
            ("---\ntitle: A\ntags:\n  - b\n---\nHello", "Hello"),
            ("---\nHello\n---\nyou", "---\nHello\n---\nyou"),
            ("Hello\n---\n", "Hello\n---\n"),
            ("---\ntitle: without an end", "---\ntitle: without an end"),
        ] {
            assert_eq!(without_front_matter(text), rest);
        }
    }

    #[test]
    fn the_editor_says_what_the_text_is() {
        let fancy = "<!-- buttondown-editor-mode: fancy --><p>Hello</p>";
        assert!(matches!(body(fancy), Body::HtmlTemplate(text) if text == "<p>Hello</p>"));
        let plain = "<!-- buttondown-editor-mode: plaintext -->**Hello**";
        assert!(matches!(body(plain), Body::MarkdownTemplate(text) if text == "**Hello**"));
        assert!(matches!(body("# Hello"), Body::MarkdownTemplate(_)));
    }
}
