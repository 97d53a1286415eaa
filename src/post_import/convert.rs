//! A found post as the Markdown that posts consist of.

use std::collections::BTreeSet;

use htmd::HtmlToMarkdown;
use htmd::element_handler::Handlers;
use htmd::options::{BulletListMarker, Options as MarkdownOptions};
use scraper::{Html, Selector};

use super::address::Addresses;
use super::clean::{self, NOTE, NOTE_END, NOTE_TEXT};
use super::found::{Body, FoundPost};
use super::{POST_LIMIT, lexical, mobiledoc, template_tags};
use crate::content::post::BODY_LIMIT;
use crate::text::bounds::html::Limits;
use crate::text::escape::escape_html;
use crate::text::{bounds, characters, markdown};

/// What the HTML of a post may have. Newsletters are tables within tables.
const LIMITS: Limits = Limits {
    size: POST_LIMIT,
    depth: 250,
    nodes: 60_000,
};

/// The text of a post.
#[derive(Debug, Default)]
pub struct Converted {
    /// In Markdown.
    pub markdown: String,
    /// The addresses of its pictures, each once.
    pub pictures: Vec<String>,
    /// Tags of a template language that were dropped, and links that only the other system
    /// could fill in.
    pub tags: u64,
    /// Whether parts of it were for some readers only.
    pub is_mixed: bool,
    /// Pictures that were within the text itself.
    pub inline_pictures: u64,
    /// Parts of a kind that is not known, of which only the words are kept.
    pub unknown_cards: u64,
}

/// Converts a post. To be run on a rendering thread ([`crate::render`]).
///
/// # Errors
/// Why its text cannot be a post here.
pub fn convert(post: &FoundPost, former_url: Option<&url::Url>) -> Result<Converted, String> {
    if post.body.size() > POST_LIMIT {
        return Err(format!(
            "its text is longer than {} MiB",
            POST_LIMIT / 1024 / 1024
        ));
    }
    let addresses = Addresses {
        former_url: former_url.cloned(),
    };
    let mut converted = match &post.body {
        Body::Unreadable(why) => return Err(why.clone()),
        Body::Html(html) => of_html(html, &addresses)?,
        Body::Lexical(text) => of_editor(lexical::to_html(text)?, &addresses)?,
        Body::Mobiledoc(text) => of_editor(mobiledoc::to_html(text)?, &addresses)?,
        Body::HtmlTemplate(html) => {
            let dropped = template_tags::drop_tags(&scrubbed(html));
            let mut converted = of_scrubbed(&dropped.text, &addresses)?;
            converted.tags += dropped.count;
            converted.is_mixed |= dropped.is_conditional;
            converted
        }
        Body::MarkdownTemplate(text) => {
            let dropped = template_tags::drop_tags(&scrubbed(text));
            Converted {
                markdown: dropped.text,
                tags: dropped.count,
                is_mixed: dropped.is_conditional,
                ..Converted::default()
            }
        }
        Body::PlainTemplate(text) => {
            let dropped = template_tags::drop_tags(&scrubbed(text));
            let mut converted = of_scrubbed(&of_plain(&dropped.text), &addresses)?;
            converted.tags += dropped.count;
            converted.is_mixed |= dropped.is_conditional;
            converted
        }
    };
    let text = template_tags::without_marks(&converted.markdown);
    let text = template_tags::with_literal_braces(&text);
    converted.markdown = with_picture_above(post, &addresses, tidy(&text));
    if converted.markdown.len() > BODY_LIMIT {
        return Err(format!("its text is longer than {} KiB", BODY_LIMIT / 1024));
    }
    let html = markdown::to_html(&converted.markdown).map_err(|error| error.to_string())?;
    converted.pictures = pictures(&html);
    Ok(converted)
}

fn scrubbed(text: &str) -> String {
    clean::without_reserved(&characters::scrub(text))
}

fn of_html(html: &str, addresses: &Addresses) -> Result<Converted, String> {
    of_scrubbed(&scrubbed(html), addresses)
}

/// What Ghost's editors wrote: HTML, and how many parts are of a kind that is not known.
fn of_editor(
    (html, unknown_cards): (String, u64),
    addresses: &Addresses,
) -> Result<Converted, String> {
    let converted = of_html(&html, addresses)?;
    Ok(Converted {
        unknown_cards,
        ..converted
    })
}

fn of_scrubbed(html: &str, addresses: &Addresses) -> Result<Converted, String> {
    bounds::html::measure(html, &LIMITS).map_err(|error| error.to_string())?;
    let cleaned = clean::clean(html, addresses);
    let markdown = to_markdown(&cleaned.html).map_err(|error| error.to_string())?;
    Ok(Converted {
        markdown: with_footnotes(&markdown),
        pictures: Vec::new(),
        tags: cleaned.system_links,
        is_mixed: cleaned.is_mixed,
        inline_pictures: cleaned.inline_pictures,
        unknown_cards: 0,
    })
}

fn to_markdown(html: &str) -> std::io::Result<String> {
    let converter = HtmlToMarkdown::builder()
        .options(MarkdownOptions {
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..MarkdownOptions::default()
        })
        .add_handler(vec!["del"], around("~~", "~~"))
        .add_handler(vec!["sup"], around("<sup>", "</sup>"))
        .add_handler(vec!["sub"], around("<sub>", "</sub>"))
        .add_handler(vec!["mark"], around("<mark>", "</mark>"))
        .add_handler(vec!["kbd"], around("<kbd>", "</kbd>"))
        .build();
    converter.convert(html)
}

/// An inline element that htmd does not know.
fn around(
    open: &'static str,
    close: &'static str,
) -> impl Fn(&dyn Handlers, htmd::Element) -> Option<htmd::element_handler::HandlerResult> {
    move |handlers, element| {
        let inner = handlers.walk_children(element.node).content;
        let text = inner.trim();
        if text.is_empty() || text.contains('\n') {
            return Some(inner.into());
        }
        let start = inner.len() - inner.trim_start().len();
        let end = inner.trim_end().len();
        let marked = format!("{}{open}{text}{close}{}", &inner[..start], &inner[end..]);
        Some(marked.into())
    }
}

/// Marks of footnotes as Markdown has them. A mark whose footnote is missing is its number.
fn with_footnotes(markdown: &str) -> String {
    if !markdown.contains(NOTE) {
        return markdown.to_owned();
    }
    let mut texts = BTreeSet::new();
    for part in markdown.split(NOTE).skip(1) {
        if let Some((name, rest)) = part.split_once(NOTE_END)
            && rest.starts_with(NOTE_TEXT)
        {
            texts.insert(name.to_owned());
        }
    }
    let mut parts = markdown.split(NOTE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, rest)) = part.split_once(NOTE_END) else {
            out.push_str(part);
            continue;
        };
        match rest.strip_prefix(NOTE_TEXT) {
            Some(text) => out.push_str(&format!("[^{name}]: {}", text.trim_start())),
            None if texts.contains(name) => out.push_str(&format!("[^{name}]{rest}")),
            None => out.push_str(&format!("({name}){rest}")),
        }
    }
    out.replace([NOTE_END, NOTE_TEXT], "")
}

/// Plain text as HTML: an empty line ends a paragraph.
fn of_plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
        let lines: Vec<String> = paragraph.trim().lines().map(escape_html).collect();
        html.push_str(&format!("<p>{}</p>", lines.join("<br>")));
    }
    html
}

/// At most one empty line in a row outside code.
fn tidy(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut empty = 0;
    let mut is_code = false;
    for line in markdown.lines() {
        let start = line.trim_start();
        is_code ^= start.starts_with("```") || start.starts_with("~~~");
        empty = if line.trim().is_empty() && !is_code {
            empty + 1
        } else {
            0
        };
        if empty <= 1 {
            // Two spaces at the end are a line break.
            out.push_str(if empty == 1 { "" } else { line });
            out.push('\n');
        }
    }
    out.trim_matches('\n').to_owned()
}

fn with_picture_above(post: &FoundPost, addresses: &Addresses, markdown: String) -> String {
    let Some((address, alt)) = &post.picture else {
        return markdown;
    };
    let html = format!(
        "<img src=\"{}\" alt=\"{}\">",
        escape_html(address),
        escape_html(alt)
    );
    let html = clean::clean(&clean::without_reserved(&html), addresses).html;
    let Ok(picture) = to_markdown(&html) else {
        return markdown;
    };
    let is_there = picture
        .rsplit_once("](")
        .is_some_and(|(_, address)| markdown.contains(&format!("]({address}")));
    match picture.trim() {
        "" => markdown,
        _ if is_there => markdown,
        picture => format!("{picture}\n\n{markdown}"),
    }
}

/// The addresses of the pictures in an article's HTML, each once.
fn pictures(html: &str) -> Vec<String> {
    if !html.contains("<img") {
        return Vec::new();
    }
    let Ok(images) = Selector::parse("img[src]") else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    for image in Html::parse_fragment(html).select(&images) {
        let address = image.attr("src").unwrap_or_default().to_owned();
        if !address.is_empty() && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests;
