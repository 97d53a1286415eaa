//! Reading markup as browsers do: tags, comments and text, with their places.
//!
//! A tokenizer and no more: it builds no tree, never fails, and takes one pass
//! whatever the text holds (WHATWG HTML §13.2.5, without the character
//! references). Trees of HTML come from html5ever.

/// A piece of markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it begins, in bytes.
    pub at: usize,
    /// All of it, as written.
    pub raw: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a piece of markup is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Text, with its character references.
    Text,
    /// `<name …>`.
    Open(Tag<'a>),
    /// `</name>`.
    Close(&'a str),
    /// `<!-- … -->`, by its content; those for Outlook too.
    Comment(&'a str),
    /// `<![CDATA[ … ]]>`, by its content.
    Cdata(&'a str),
    /// A doctype, an XML declaration, or what browsers skip like one.
    Declaration,
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As written; compare without regard to case.
    pub name: &'a str,
    /// In their order.
    pub attributes: Vec<Attribute<'a>>,
    /// Whether it ends in `/>`.
    pub is_self_closing: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as written.
    pub fn get(&self, wanted: &str) -> Option<&'a str> {
        let mut all = self.attributes.iter();
        all.find(|one| one.name.eq_ignore_ascii_case(wanted))?.value
    }

    /// Whether its own style hides it, as that of a preheader does.
    pub fn is_hidden(&self) -> bool {
        let style = self.get("style").unwrap_or_default().to_ascii_lowercase();
        let style: String = style.split_whitespace().collect();
        style.contains("display:none")
    }
}

/// An attribute of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// As written.
    pub name: &'a str,
    /// Without its quotes; `None` where there is no `=`.
    pub value: Option<&'a str>,
    /// Where the value begins, in bytes.
    pub value_at: usize,
}

/// Elements whose content is text up to their end tag, whatever it looks like.
const RAW_TEXT: [&str; 8] = [
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];

/// Whether an element's content is text up to its end tag.
pub fn is_raw_text(name: &str) -> bool {
    RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

/// Whether an HTML element never has content, so that it has no end tag.
pub fn is_void(name: &str) -> bool {
    const VOID: [&str; 13] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    ];
    VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens {
        text,
        at: 0,
        raw_text: None,
    }
}

/// See [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    raw_text: Option<&'a str>,
}

impl<'a> Tokens<'a> {
    /// Continues at a position between two tokens.
    pub fn skip_to(&mut self, at: usize) {
        self.at = at;
        self.raw_text = None;
    }

    fn take(&mut self, length: usize, kind: Kind<'a>) -> Token<'a> {
        let at = self.at;
        self.at += length;
        Token {
            at,
            raw: &self.text[at..self.at],
            kind,
        }
    }

    /// Text up to the next byte that may begin a tag.
    fn text(&mut self) -> Token<'a> {
        let rest = &self.text[self.at..];
        let mut from = 1.min(rest.len());
        while !rest.is_char_boundary(from) {
            from += 1;
        }
        while let Some(found) = rest[from..].find('<') {
            from += found;
            if begins_markup(&rest[from..]) {
                return self.take(from, Kind::Text);
            }
            from += 1;
        }
        self.take(rest.len(), Kind::Text)
    }

    fn tag(&mut self) -> Token<'a> {
        let rest = &self.text[self.at..];
        let name_length = rest[1..]
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(rest.len() - 1);
        let name = &rest[1..1 + name_length];
        let mut cursor = Cursor {
            text: rest,
            at: 1 + name_length,
        };
        let (attributes, is_self_closing) = cursor.attributes(self.at);
        if is_raw_text(name) && !is_self_closing {
            self.raw_text = Some(name);
        }
        let tag = Tag {
            name,
            attributes,
            is_self_closing,
        };
        self.take(cursor.at, Kind::Open(tag))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = self.raw_text.take() {
            let length = end_of_raw_text(rest, name);
            if length > 0 {
                return Some(self.take(length, Kind::Text));
            }
        }
        let until = |start: usize, end: &str| {
            let inner = &rest[start..];
            match inner.find(end) {
                Some(length) => (start + length + end.len(), &inner[..length]),
                None => (rest.len(), inner),
            }
        };
        Some(if !begins_markup(rest) {
            self.text()
        } else if rest.starts_with("<!-->") {
            self.take(5, Kind::Comment(""))
        } else if rest.starts_with("<!--") {
            let (length, inner) = until(4, "-->");
            self.take(length, Kind::Comment(inner))
        } else if rest.starts_with("<![CDATA[") {
            let (length, inner) = until(9, "]]>");
            self.take(length, Kind::Cdata(inner))
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let (length, _) = until(2, ">");
            self.take(length, Kind::Declaration)
        } else if rest.starts_with("</") {
            let (length, inner) = until(2, ">");
            let name = inner.split(|c: char| c.is_whitespace() || c == '/').next();
            self.take(length, Kind::Close(name.unwrap_or_default()))
        } else {
            self.tag()
        })
    }
}

fn begins_markup(text: &str) -> bool {
    let mut bytes = text.bytes();
    let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    bytes.next() == Some(b'<')
        && match bytes.next() {
            Some(b'!' | b'?') => true,
            Some(b'/') => is_letter(bytes.next()),
            byte => is_letter(byte),
        }
}

fn end_of_raw_text(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text[from..].find("</") {
        let at = from + found;
        let after = &text[at + 2..];
        let is_name = after
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_name && !after[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return at;
        }
        from = at + 2;
    }
    text.len()
}

/// A place within a tag.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn skip(&mut self, is_skipped: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !is_skipped(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Reads to the end of the tag; `offset` is where the tag begins.
    fn attributes(&mut self, offset: usize) -> (Vec<Attribute<'a>>, bool) {
        let mut attributes = Vec::new();
        loop {
            let skipped = self.skip(|c| c.is_whitespace() || c == '/');
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return (attributes, false);
            }
            if rest.starts_with('>') {
                self.at += 1;
                return (attributes, skipped.ends_with('/'));
            }
            let start = self.at;
            self.at += rest.chars().next().map_or(0, char::len_utf8);
            self.skip(|c| !c.is_whitespace() && !matches!(c, '/' | '>' | '='));
            let name = &self.text[start..self.at];
            let after_name = self.at;
            self.skip(char::is_whitespace);
            if !self.text[self.at..].starts_with('=') {
                self.at = after_name;
                attributes.push(Attribute {
                    name,
                    value: None,
                    value_at: offset + after_name,
                });
                continue;
            }
            self.at += 1;
            self.skip(char::is_whitespace);
            let quote = self.text[self.at..].chars().next();
            let (value, value_at) = match quote {
                Some(quote @ ('"' | '\'')) => {
                    self.at += 1;
                    let value_at = self.at;
                    let value = self.skip(|c| c != quote);
                    self.at = (self.at + 1).min(self.text.len());
                    (value, value_at)
                }
                _ => {
                    let value_at = self.at;
                    (self.skip(|c| !c.is_whitespace() && c != '>'), value_at)
                }
            };
            attributes.push(Attribute {
                name,
                value: Some(value),
                value_at: offset + value_at,
            });
        }
    }
}

/// The line and column of a byte, both from one.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        tokens(text)
            .map(|token| match token.kind {
                Kind::Text => format!("text {}", token.raw),
                Kind::Open(tag) => {
                    let attributes = tag.attributes.iter();
                    let attributes: Vec<_> = attributes
                        .map(|one| format!(" {}={}", one.name, one.value.unwrap_or("-")))
                        .collect();
                    format!("open {}{}", tag.name, attributes.concat())
                }
                Kind::Close(name) => format!("close {name}"),
                Kind::Comment(inner) => format!("comment {inner}"),
                Kind::Cdata(inner) => format!("cdata {inner}"),
                Kind::Declaration => "declaration".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        for (text, expected) in [
            ("1 < 2 <b>x</b>", "text 1 < 2 |open b|text x|close b"),
            ("цена > 5 <", "text цена > 5 <"),
            (
                "<a href=https://a.kz/?x>y",
                "open a href=https://a.kz/?x|text y",
            ),
            (
                "<p a='1 > \"2\"' b = \"c\" d/>",
                "open p a=1 > \"2\" b=c d=-",
            ),
            ("<!-- a > b --><br/>", "comment  a > b |open br"),
            (
                "<!--[if !mso]><!-->x<!--<![endif]-->",
                "comment [if !mso]><!|text x|comment <![endif]",
            ),
            ("<![CDATA[1 < 2]]>", "cdata 1 < 2"),
            (
                "<?xml version=\"1.0\"?><!doctype html>",
                "declaration|declaration",
            ),
            (
                "<style>a > b{} </p></style>",
                "open style|text a > b{} </p>|close style",
            ),
            ("<a", "open a"),
            ("</ p>", "text </ p>"),
        ] {
            assert_eq!(kinds(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn places_are_counted_from_one() {
        assert_eq!(line_and_column("а\nбв\n", 5), (2, 2));
        assert_eq!(line_and_column("", 0), (1, 1));
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[<>/a-c=\"'! \\-\\[\\]жscript]{0,80}") {
            let all: String = tokens(&text).map(|token| token.raw).collect();
            prop_assert_eq!(all, text);
        }
    }
}
