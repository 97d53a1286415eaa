//! What a feed says, made harmless: RSS, Atom or JSON Feed. Everything in it is hostile until it
//! is bounded, plain text.

use feed_rs::model::Entry;
use feed_rs::parser;
use sha2::{Digest, Sha256};
use url::Url;

use super::bounds;
use crate::clock::Timestamp;
use crate::store::feeds::NewItem;
use crate::text::characters;
use crate::text::html::plain_text;
use crate::text::markup::{self, Kind};

/// Items that are looked at, the feed's first.
const ITEMS: usize = 200;
const TITLE: usize = 200;
const SUMMARY: usize = 300;
const ADDRESS: usize = 2_000;
/// Bytes of a text that are looked at.
const SOURCE: usize = 64 * 1024;

/// A feed as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As it calls itself; may be empty.
    pub title: String,
    /// Newest first. What has no link is left out.
    pub items: Vec<NewItem>,
}

/// Reads a feed that came from an address.
///
/// # Errors
/// Why it is none, in English.
pub fn read(content: &[u8], from: &Url, now: Timestamp) -> Result<Found, String> {
    bounds::check(content)?;
    let parser = parser::Builder::new()
        .base_uri(Some(from.as_str()))
        // Without an id of its own an item is known by its link.
        .id_generator(|links, title, _| {
            let link = links.first().map(|link| link.href.clone());
            let title = title.as_ref().map(|title| title.content.clone());
            link.or(title).unwrap_or_default()
        })
        .build();
    let feed = parser.parse(content);
    let feed = feed.map_err(|error| {
        let error: String = error.to_string().chars().take(TITLE).collect();
        format!("it is no feed that can be read: {error}")
    })?;
    let title = feed
        .title
        .map_or_else(String::new, |title| line(&title.content, TITLE));
    let entries = feed.entries.iter().take(ITEMS);
    let mut items: Vec<NewItem> = entries.filter_map(|entry| item(entry, from, now)).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.published_at));
    Ok(Found { title, items })
}

fn item(entry: &Entry, from: &Url, now: Timestamp) -> Option<NewItem> {
    let is_own = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
    let own = entry.links.iter().find(|link| is_own(link.rel.as_deref()));
    let link = address(&own.or(entry.links.first())?.href, from)?;
    let title = entry.title.as_ref();
    let title = title.map_or_else(String::new, |title| line(&title.content, TITLE));
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let content = entry.content.as_ref();
    let summary = summary.or(content.and_then(|content| content.body.as_deref()));
    let id = if entry.id.trim().is_empty() {
        link.as_str()
    } else {
        entry.id.trim()
    };
    Some(NewItem {
        digest: Sha256::digest(id).to_vec(),
        // A card needs something to be pressed.
        title: if characters::is_blank(&title) {
            line(&link, TITLE)
        } else {
            title
        },
        summary: summary.map_or_else(String::new, |summary| line(summary, SUMMARY)),
        picture: picture(entry, from).unwrap_or_default(),
        published_at: published(entry, now),
        link,
    })
}

/// What a feed dates into the future, or before all feeds, counts from now.
fn published(entry: &Entry, now: Timestamp) -> Timestamp {
    let given = entry.published.or(entry.updated);
    let given = given.map(|at| Timestamp::from_millis(at.timestamp_millis()));
    let is_sound = |at: &Timestamp| at.millis() > 0 && *at <= now;
    given.filter(is_sound).unwrap_or(now)
}

/// The address of a page or picture of the web, without anything that would be a merge tag.
fn address(given: &str, from: &Url) -> Option<String> {
    let url = from.join(given.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    let is_plain = url.username().is_empty() && url.password().is_none();
    let text = String::from(url).replace('{', "%7B").replace('}', "%7D");
    (is_web && is_plain && text.len() <= ADDRESS).then_some(text)
}

/// The first picture, if readers' programs may load it.
fn picture(entry: &Entry, from: &Url) -> Option<String> {
    let media = entry.media.iter();
    let mut found = media.flat_map(|media| {
        let thumbnails = media.thumbnails.iter().map(|one| one.image.uri.clone());
        let contents = media.content.iter().filter(|content| {
            let kind = content.content_type.as_ref().map(ToString::to_string);
            kind.is_some_and(|kind| kind.starts_with("image/") && !kind.contains("svg"))
        });
        let contents = contents.filter_map(|content| content.url.as_ref().map(Url::to_string));
        thumbnails.chain(contents)
    });
    let found = found.find_map(|given| address(&given, from))?;
    found.starts_with("https://").then_some(found)
}

/// The words of a piece of HTML as one line without control characters.
fn line(html: &str, limit: usize) -> String {
    let html = &html[..html.floor_char_boundary(SOURCE)];
    let mut words = String::new();
    let mut is_code = false;
    for token in markup::tokens(html) {
        match token.kind {
            Kind::Text if !is_code => words.push_str(token.raw),
            Kind::Cdata(text) if !is_code => words.push_str(text),
            Kind::Open(tag) => {
                is_code |= !tag.is_self_closing && is_no_text(tag.name);
                words.push(' ');
            }
            Kind::Close(name) => {
                is_code &= !is_no_text(name);
                words.push(' ');
            }
            _ => {}
        }
    }
    let words = plain_text(&words);
    let is_seen = |c: &char| !is_direction(*c);
    let words: String = characters::scrub(&words).chars().filter(is_seen).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= limit {
        return words;
    }
    let short: String = words.chars().take(limit - 1).collect();
    format!("{}…", short.trim_end())
}

fn is_no_text(name: &str) -> bool {
    ["script", "style", "template", "noscript"]
        .iter()
        .any(|one| name.eq_ignore_ascii_case(one))
}

/// Whether a character turns the direction of what follows, which would turn the whole card.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn found(feed: &str) -> Found {
        let from = Url::parse("https://news.example/feeds/all.xml").unwrap();
        read(feed.as_bytes(), &from, NOW).unwrap()
    }

    fn rss(items: &str) -> Found {
        found(&format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>\
             <link>https://news.example/</link><description>d</description>{items}</channel></rss>"
        ))
    }

    #[test]
    fn each_kind_of_feed_is_read() {
        let of_rss = rss(
            "<item><guid isPermaLink=\"false\">1</guid><title>One</title>\
             <link>https://news.example/1</link><description>&lt;p&gt;Some &lt;b&gt;text&lt;/b&gt;&lt;/p&gt;</description>\
             <pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item>",
        );
        let of_atom = found(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>u</id><title>News</title>\
             <updated>2026-11-02T09:00:00Z</updated><entry><id>1</id><title>One</title>\
             <link href=\"https://news.example/1\"/><updated>2026-11-02T09:00:00Z</updated>\
             <summary>Some text</summary></entry></feed>",
        );
        let of_json = found(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [
               {"id": "1", "title": "One", "url": "https://news.example/1",
                "content_html": "<p>Some <b>text</b></p>",
                "date_published": "2026-11-02T09:00:00Z"}]}"#,
        );
        for found in [of_rss, of_atom, of_json] {
            assert_eq!(found.title, "News");
            let [item] = &found.items[..] else {
                panic!("{found:?}");
            };
            assert_eq!(
                (item.title.as_str(), item.summary.as_str()),
                ("One", "Some text")
            );
            assert_eq!(item.link, "https://news.example/1");
            assert_eq!(item.published_at.rfc3339(), "2026-11-02T09:00:00Z");
            assert_eq!(item.digest, Sha256::digest("1").to_vec());
        }
    }

    #[test]
    fn what_is_hostile_becomes_harmless() {
        let deep = "&lt;div&gt;".repeat(20_000);
        let long = "long ".repeat(20_000);
        let found = rss(&format!(
            "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;Hi &amp;amp; bye\u{202e}</title><link>/a?x={{{{name}}}}</link>\
               <pubDate>31 Febtober</pubDate><description>{deep}deep</description></item>\
             <item><title>{long}</title><link>../b</link><description>{long}</description>\
               <pubDate>Mon, 02 Nov 2099 09:00:00 GMT</pubDate></item>\
             <item><title>No</title><link>javascript:alert(1)</link></item>\
             <item><title>None</title></item>\
             <item><link>https://user:password@news.example/c</link></item>\
             <item><link>https://news.example/d</link></item>"
        ));
        let titles: Vec<&str> = found.items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles.len(), 3, "{titles:?}");
        assert_eq!(titles[0], "Hi & bye");
        assert!(titles[1].starts_with("long long") && titles[1].chars().count() <= TITLE);
        assert_eq!(titles[2], "https://news.example/d");
        assert_eq!(
            found.items[0].link,
            "https://news.example/a?x=%7B%7Bname%7D%7D"
        );
        assert_eq!(found.items[1].link, "https://news.example/b");
        assert!(found.items.iter().all(|item| item.published_at == NOW));
        assert!(found.items[1].summary.chars().count() <= SUMMARY);
        for (broken, from) in [
            ("<rss><channel><item>", "xml"),
            ("<html><p>", "html"),
            ("{\"a\": 1}", "json"),
        ] {
            let url = Url::parse("https://news.example/").unwrap();
            assert!(
                read(broken.as_bytes(), &url, NOW).map_or(true, |found| found.items.is_empty()),
                "{from}"
            );
        }
    }
}
