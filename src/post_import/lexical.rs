//! Lexical, the format of Ghost's editor since version 5, as HTML. Ghost exports HTML too;
//! where that is missing, this takes its place.

use serde_json::Value;

use super::cards::{self, Card};
use super::json;
use crate::text::escape::{escape_html, push_escaped};

/// Bits of a text's format, and the elements for them.
const FORMATS: [(u64, &str); 8] = [
    (1, "strong"),
    (2, "em"),
    (4, "del"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
];

/// HTML of a document, and how many parts of it are of a kind that is not known.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn to_html(text: &str) -> Result<(String, u64), String> {
    let document: Value = json::read(text.as_bytes())
        .map_err(|error| format!("its text in Lexical cannot be read: {error}"))?;
    let root = document.get("root").unwrap_or(&document);
    let mut writer = Writer::default();
    writer.children(root);
    Ok((writer.html, writer.unknown))
}

#[derive(Default)]
struct Writer {
    html: String,
    unknown: u64,
}

fn get<'a>(node: &'a Value, field: &str) -> &'a str {
    node.get(field).and_then(Value::as_str).unwrap_or_default()
}

impl Writer {
    fn children(&mut self, node: &Value) {
        let children = node.get("children").and_then(Value::as_array);
        for child in children.into_iter().flatten() {
            self.node(child);
        }
    }

    fn wrapped(&mut self, tag: &str, node: &Value) {
        self.html.push_str(&format!("<{tag}>"));
        self.children(node);
        self.html.push_str(&format!("</{tag}>"));
    }

    fn node(&mut self, node: &Value) {
        let kind = get(node, "type");
        match kind.strip_prefix("extended-").unwrap_or(kind) {
            "root" => self.children(node),
            "paragraph" => self.wrapped("p", node),
            "heading" => {
                let tag = match get(node, "tag") {
                    tag @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => tag,
                    _ => "h2",
                };
                self.wrapped(tag, node);
            }
            "text" => self.text(node),
            "linebreak" => self.html.push_str("<br>"),
            "tab" => self.html.push(' '),
            "link" | "autolink" => {
                let url = escape_html(get(node, "url"));
                self.html.push_str(&format!("<a href=\"{url}\">"));
                self.children(node);
                self.html.push_str("</a>");
            }
            "list" => self.list(node),
            "listitem" => self.wrapped("li", node),
            "quote" | "aside" => self.wrapped("blockquote", node),
            "code" if node.get("children").is_some() => self.wrapped("pre", node),
            "code-highlight" => self.text(node),
            other => match cards::card(other, node) {
                Card::Html(html) => self.html.push_str(&html),
                Card::Unknown(words) => {
                    self.unknown += 1;
                    self.html.push_str(&words);
                }
            },
        }
    }

    fn list(&mut self, node: &Value) {
        if get(node, "listType") != "number" {
            return self.wrapped("ul", node);
        }
        let start = node.get("start").and_then(Value::as_u64).unwrap_or(1);
        self.html.push_str(&format!("<ol start=\"{start}\">"));
        self.children(node);
        self.html.push_str("</ol>");
    }

    fn text(&mut self, node: &Value) {
        let format = node.get("format").and_then(Value::as_u64).unwrap_or(0);
        let tags = FORMATS.iter().filter(|(bit, _)| format & bit != 0);
        let tags: Vec<&str> = tags.map(|(_, tag)| *tag).collect();
        for tag in &tags {
            self.html.push_str(&format!("<{tag}>"));
        }
        push_escaped(&mut self.html, get(node, "text"));
        for tag in tags.iter().rev() {
            self.html.push_str(&format!("</{tag}>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_html() {
        let document = serde_json::json!({ "root": { "type": "root", "children": [
            { "type": "extended-heading", "tag": "h3", "children": [
                { "type": "extended-text", "text": "A & B", "format": 3 }] },
            { "type": "paragraph", "children": [
                { "type": "link", "url": "https://a.example/\"x", "children": [
                    { "type": "text", "text": "link" }] },
                { "type": "linebreak" }] },
            { "type": "list", "listType": "number", "start": 4, "children": [
                { "type": "listitem", "children": [{ "type": "text", "text": "four" }] }] },
            { "type": "image", "src": "__GHOST_URL__/a.png", "alt": "A", "caption": "<i>c</i>" },
            { "type": "callout", "calloutText": "Mind <b>it</b>", "calloutEmoji": "!" },
            { "type": "signup", "header": "Join" },
            { "type": "poll", "title": "Which?", "options": [{ "text": "This" }] },
        ]}});
        let (html, unknown) = to_html(&document.to_string()).unwrap();
        for part in [
            "<h3><strong><em>A &amp; B</em></strong></h3>",
            "<a href=\"https://a.example/&quot;x\">link</a><br>",
            "<ol start=\"4\"><li>four</li></ol>",
            "<img src=\"__GHOST_URL__/a.png\" alt=\"A\">",
            "<figcaption><i>c</i></figcaption>",
            "<blockquote><p>! Mind <b>it</b></p></blockquote>",
            "<p>Which?</p>",
            "<p>This</p>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("Join"), "{html}");
        assert_eq!(unknown, 1);
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let deep = format!("{{\"root\":{}", "{\"children\":[".repeat(100_000));
        assert!(to_html(&deep).is_err());
        assert!(to_html("").is_err() && to_html("[1").is_err());
    }
}
