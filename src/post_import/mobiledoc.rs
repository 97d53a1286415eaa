//! Mobiledoc 0.3, the format of Ghost's editor before Lexical, as HTML.

use serde_json::Value;

use super::cards::{self, Card};
use super::{POST_LIMIT, json};
use crate::text::escape::{escape_html, push_escaped};

/// Elements that a section or a mark may be.
const TAGS: [&str; 22] = [
    "a",
    "aside",
    "b",
    "blockquote",
    "code",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "ol",
    "p",
    "s",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
    "pull-quote",
];

/// HTML of a document, and how many parts of it are of a kind that is not known.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn to_html(text: &str) -> Result<(String, u64), String> {
    let document: Value = json::read(text.as_bytes())
        .map_err(|error| format!("its text in Mobiledoc cannot be read: {error}"))?;
    let mut writer = Writer {
        document: &document,
        html: String::new(),
        open: Vec::new(),
        unknown: 0,
    };
    for section in list(document.get("sections")) {
        writer.section(list(Some(section)));
        if writer.is_full() {
            return Err(format!(
                "its text becomes longer than {} MiB",
                POST_LIMIT / 1024 / 1024
            ));
        }
    }
    Ok((writer.html, writer.unknown))
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn number(value: Option<&Value>) -> usize {
    let number = value.and_then(Value::as_u64).unwrap_or(u64::MAX);
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn tag(value: Option<&Value>) -> &str {
    match text(value) {
        "pull-quote" => "blockquote",
        tag if TAGS.contains(&tag) => tag,
        _ => "p",
    }
}

struct Writer<'a> {
    document: &'a Value,
    html: String,
    open: Vec<&'a str>,
    unknown: u64,
}

impl<'a> Writer<'a> {
    fn part(&self, kind: &str, at: usize) -> &'a [Value] {
        list(list(self.document.get(kind)).get(at))
    }

    /// Whether it has become too long: parts are named by number, and a small document can name
    /// a large one many times.
    fn is_full(&self) -> bool {
        self.html.len() > POST_LIMIT
    }

    fn section(&mut self, section: &'a [Value]) {
        match section.first().and_then(Value::as_u64) {
            Some(1) => {
                let tag = tag(section.get(1));
                self.html.push_str(&format!("<{tag}>"));
                self.markers(list(section.get(2)));
                self.html.push_str(&format!("</{tag}>"));
            }
            Some(2) => {
                let source = escape_html(text(section.get(1)));
                self.html
                    .push_str(&format!("<p><img src=\"{source}\"></p>"));
            }
            Some(3) => {
                let tag = tag(section.get(1));
                self.html.push_str(&format!("<{tag}>"));
                for item in list(section.get(2)) {
                    self.html.push_str("<li>");
                    self.markers(list(Some(item)));
                    self.html.push_str("</li>");
                }
                self.html.push_str(&format!("</{tag}>"));
            }
            Some(10) => {
                let card = self.part("cards", number(section.get(1)));
                let payload = card.get(1).unwrap_or(&Value::Null);
                match cards::card(text(card.first()), payload) {
                    Card::Html(html) => self.html.push_str(&html),
                    Card::Unknown(words) => {
                        self.unknown += 1;
                        self.html.push_str(&words);
                    }
                }
            }
            _ => self.unknown += 1,
        }
    }

    fn markers(&mut self, markers: &'a [Value]) {
        for marker in markers {
            let marker = list(Some(marker));
            for markup in list(marker.get(1)) {
                if self.is_full() {
                    return;
                }
                self.open_mark(self.part("markups", number(Some(markup))));
            }
            match marker.first().and_then(Value::as_u64) {
                Some(1) if self.is_full() => return,
                Some(1) => {
                    let atom = self.part("atoms", number(marker.get(3)));
                    match text(atom.first()) {
                        "soft-return" => self.html.push_str("<br>"),
                        _ => push_escaped(&mut self.html, text(atom.get(1))),
                    }
                }
                _ => push_escaped(&mut self.html, text(marker.get(3))),
            }
            let closed = number(marker.get(2));
            let closed = if closed == usize::MAX { 0 } else { closed };
            for _ in 0..closed.min(self.open.len()) {
                self.close_mark();
            }
        }
        while !self.open.is_empty() {
            self.close_mark();
        }
    }

    fn open_mark(&mut self, mark: &'a [Value]) {
        let tag = match text(mark.first()) {
            tag if TAGS.contains(&tag) => tag,
            _ => "span",
        };
        let pairs = list(mark.get(1)).chunks(2);
        let href = pairs
            .filter(|pair| text(pair.first()) == "href")
            .map(|pair| text(pair.get(1)))
            .next();
        match href {
            Some(href) => {
                let href = escape_html(href);
                self.html.push_str(&format!("<{tag} href=\"{href}\">"));
            }
            None => self.html.push_str(&format!("<{tag}>")),
        }
        self.open.push(tag);
    }

    fn close_mark(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.html.push_str(&format!("</{tag}>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_html() {
        let document = serde_json::json!({
            "version": "0.3.1",
            "atoms": [["soft-return", "", {}]],
            "cards": [["image", { "src": "a.png", "alt": "A" }], ["hr", {}], ["tally", { "text": "T" }]],
            "markups": [["strong"], ["a", ["href", "https://a.example/"]], ["script"]],
            "sections": [
                [1, "p", [[0, [], 0, "Plain "], [0, [0, 1], 2, "bold link"], [1, [], 0, 0], [0, [2], 1, "<x>"]]],
                [3, "ul", [[[0, [], 0, "one"]], [[0, [0], 0, "open"]]]],
                [10, 0], [10, 1], [10, 2], [10, 9], [99]
            ]
        });
        let (html, unknown) = to_html(&document.to_string()).unwrap();
        for part in [
            "<p>Plain <strong><a href=\"https://a.example/\">bold link</a></strong><br>",
            "<span>&lt;x&gt;</span></p>",
            "<ul><li>one</li><li><strong>open</strong></li></ul>",
            "<img src=\"a.png\" alt=\"A\">",
            "<hr><p>T</p>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert_eq!(unknown, 3);
        assert!(to_html("nothing").is_err());
    }

    #[test]
    fn a_small_document_does_not_become_a_large_one() {
        let long = "x".repeat(100_000);
        let many = |part: Value, sections: Vec<Value>, kind: &str| {
            serde_json::json!({ kind: [part], "sections": sections }).to_string()
        };
        let card = serde_json::json!(["html", { "html": long }]);
        let of_cards = many(card, vec![serde_json::json!([10, 0]); 1_000], "cards");
        let atom = serde_json::json!(["mention", long, {}]);
        let marker = serde_json::json!([1, [], 0, 0]);
        let section = serde_json::json!([1, "p", vec![marker; 1_000]]);
        let of_atoms = many(atom, vec![section], "atoms");
        let mark = serde_json::json!(["a", ["href", long]]);
        let marker = serde_json::json!([0, vec![0; 1_000], 1, "x"]);
        let of_marks = many(mark, vec![serde_json::json!([1, "p", [marker]])], "markups");
        for document in [of_cards, of_atoms, of_marks] {
            let why = to_html(&document).unwrap_err();
            assert!(why.contains("becomes longer"), "{why}");
        }
    }
}
