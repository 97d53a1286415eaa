//! Parses MJML into a tree.
//!
//! As in MJML 4, which is closer to HTML than to XML: attributes without quotes, a byte order
//! mark, doctypes and XML declarations, comments and CDATA anywhere, and any HTML inside ending
//! tags.

use super::MjmlError;
use super::tags::{self, Holds};
use crate::mail::personalise::Placeholders;
use crate::text::markup::{self, Kind, Tag, Token};

/// The depth of elements: far more than any design needs, and far less than would exhaust the
/// stack.
const MAX_DEPTH: usize = 100;

/// An element of MJML.
#[derive(Debug)]
pub struct Element<'a> {
    pub kind: &'static tags::Kind,
    /// Where it begins, in bytes.
    pub at: usize,
    /// In order, each name once.
    pub attributes: Vec<(&'a str, &'a str)>,
    pub children: Vec<Node<'a>>,
    /// The HTML of an ending tag.
    pub content: &'a str,
}

/// What stands in an element.
#[derive(Debug)]
pub enum Node<'a> {
    /// An element.
    Element(Element<'a>),
    /// Passed on unchanged: a comment, or the stand-in of a block of merge tags.
    Raw {
        at: usize,
        html: &'a str,
        is_block: bool,
    },
}

impl<'a> Element<'a> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(one, _)| *one == name);
        found.map(|(_, value)| *value)
    }

    /// Its elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Raw { .. } => None,
        })
    }
}

/// Parses a design.
///
/// # Errors
/// [`MjmlError`] with its position and what to do.
pub fn read<'a>(text: &'a str, placeholders: &Placeholders) -> Result<Element<'a>, MjmlError> {
    let reader = Reader { text, placeholders };
    let mut open: Vec<Element<'a>> = Vec::new();
    let mut root = None;
    let mut tokens = markup::tokens(text);
    while let Some(token) = tokens.next() {
        match &token.kind {
            Kind::Declaration | Kind::Cdata(_) => {}
            Kind::Text if open.is_empty() && token.at == 0 && token.raw.trim() == "\u{FEFF}" => {}
            Kind::Text => reader.text(&token, open.last_mut())?,
            Kind::Comment(_) => {
                if let Some(parent) = open.last_mut() {
                    parent.children.push(Node::Raw {
                        at: token.at,
                        html: token.raw,
                        is_block: false,
                    });
                }
            }
            Kind::Open(tag) => {
                let mut element = reader.element(&token, tag, open.last())?;
                let has_content = element.kind.holds == Holds::Content && !tag.is_self_closing;
                if has_content {
                    let (content, rest) = reader.content(&token)?;
                    element.content = content;
                    tokens = markup::tokens(text);
                    tokens.skip_to(rest);
                }
                let is_open = !has_content
                    && !tag.is_self_closing
                    && matches!(element.kind.holds, Holds::Elements(_) | Holds::Defaults);
                if is_open {
                    if open.len() >= MAX_DEPTH {
                        return Err(
                            reader.fail(token.at, "its elements lie too deep in each other")
                        );
                    }
                    open.push(element);
                } else {
                    match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(element)),
                        None => root = root.or(Some(element)),
                    }
                }
            }
            Kind::Close(name) => {
                let is_of_empty = tags::kind(name).is_some_and(|kind| kind.holds == Holds::Nothing);
                if is_of_empty {
                    continue;
                }
                match open.pop() {
                    Some(element) if element.kind.name.eq_ignore_ascii_case(name) => {
                        match open.last_mut() {
                            Some(parent) => parent.children.push(Node::Element(element)),
                            None => root = root.or(Some(element)),
                        }
                    }
                    Some(element) => return Err(reader.unclosed(&element, Some(token.at))),
                    None => {
                        let what = format!("</{name}> closes nothing; take it out");
                        return Err(reader.fail(token.at, what));
                    }
                }
            }
        }
    }
    if let Some(element) = open.last() {
        return Err(reader.unclosed(element, None));
    }
    root.ok_or_else(|| {
        reader.fail(
            0,
            "there is no <mjml> element; a design begins with <mjml> and ends with </mjml>",
        )
    })
}

struct Reader<'a, 'h> {
    text: &'a str,
    placeholders: &'h Placeholders,
}

impl<'a> Reader<'a, '_> {
    fn fail(&self, at: usize, what: impl Into<String>) -> MjmlError {
        let (line, column) = self.placeholders.position(self.text, at);
        MjmlError {
            line,
            column,
            what: what.into(),
        }
    }

    fn unclosed(&self, element: &Element<'_>, found: Option<usize>) -> MjmlError {
        let name = element.kind.name;
        let what = match found {
            Some(at) => {
                let (line, _) = self.placeholders.position(self.text, at);
                format!(
                    "<{name}> is not closed where line {line} closes another element; add </{name}> before it"
                )
            }
            None => format!("<{name}> is never closed; add </{name}>"),
        };
        self.fail(element.at, what)
    }

    /// Text between elements: blocks of merge tags, or misplaced text.
    fn text(&self, token: &Token<'a>, parent: Option<&mut Element<'a>>) -> Result<(), MjmlError> {
        let mut words = String::new();
        let mut first_word = token.at;
        let mut found = Vec::new();
        let mut rest_at = 0;
        for placeholder in self.placeholders.within(token.raw) {
            words.push_str(&token.raw[rest_at..placeholder.range.start]);
            rest_at = placeholder.range.end;
            let at = token.at + placeholder.range.start;
            if !placeholder.is_block() {
                let shown = placeholder.shown();
                let what = format!("{shown} stands between elements; put it into mj-text");
                return Err(self.fail(at, what));
            }
            if parent
                .as_ref()
                .is_some_and(|parent| parent.kind.name == "mj-carousel")
            {
                let shown = placeholder.shown();
                let what = format!(
                    "{shown} stands in mj-carousel, which counts its pictures; put it around the whole mj-carousel"
                );
                return Err(self.fail(at, what));
            }
            found.push(Node::Raw {
                at,
                html: &token.raw[placeholder.range],
                is_block: true,
            });
        }
        words.push_str(&token.raw[rest_at..]);
        // MJML drops text between elements. The author would miss more than a stray character.
        if words.chars().filter(|c| c.is_alphanumeric()).count() > 2 {
            first_word += token.raw.find(|c: char| !c.is_whitespace()).unwrap_or(0);
            let shown: String = words.trim().chars().take(30).collect();
            let what = format!("the text “{shown}” stands between elements; put it into mj-text");
            return Err(self.fail(first_word, what));
        }
        match (parent, found.first()) {
            (Some(parent), _) => parent.children.extend(found),
            (None, Some(Node::Raw { at, .. })) => {
                return Err(self.fail(*at, "a personal block must stand inside of mj-body"));
            }
            (None, _) => {}
        }
        Ok(())
    }

    fn element(
        &self,
        token: &Token<'a>,
        tag: &Tag<'a>,
        parent: Option<&Element<'a>>,
    ) -> Result<Element<'a>, MjmlError> {
        let name = tag.name.to_ascii_lowercase();
        if name == "mj-include" {
            return Err(self.fail(
                token.at,
                "mj-include reads another file, and there is none here; put the file's text in its place",
            ));
        }
        let Some(kind) = tags::kind(&name) else {
            let name = self.placeholders.as_written(&name);
            let what = if name.starts_with("mj") {
                format!("<{name}> is no element of MJML 4")
            } else {
                format!("<{name}> is HTML; put it into mj-text, or into mj-raw as it is")
            };
            return Err(self.fail(token.at, what));
        };
        match parent.map(|parent| (parent.kind.name, parent.kind.holds)) {
            None if name == "mjml" => {}
            None => {
                let what = format!("<{name}> stands outside of <mjml>");
                return Err(self.fail(token.at, what));
            }
            Some((_, Holds::Elements(inner))) if !inner.contains(&kind.name) => {
                let parent = parent.map_or("", |parent| parent.kind.name);
                let what = format!(
                    "<{name}> cannot stand in <{parent}>, which takes {}",
                    inner.join(", ")
                );
                return Err(self.fail(token.at, what));
            }
            Some(_) => {}
        }
        let mut attributes: Vec<(&'a str, &'a str)> = Vec::new();
        for attribute in &tag.attributes {
            if let Some(placeholder) = self.placeholders.within(attribute.name).next() {
                let at = attribute.value_at.saturating_sub(attribute.name.len());
                let what = format!(
                    "{} stands among attributes; put it into an attribute's value",
                    placeholder.shown()
                );
                return Err(self.fail(at, what));
            }
            let value = attribute.value.unwrap_or("");
            if tags::is_measure(attribute.name)
                && let Some(placeholder) = self.placeholders.within(value).next()
            {
                let what = format!(
                    "{} stands in {}, which MJML counts with; it must be the same for every reader",
                    placeholder.shown(),
                    attribute.name
                );
                return Err(self.fail(attribute.value_at, what));
            }
            if !attributes.iter().any(|(known, _)| *known == attribute.name) {
                attributes.push((attribute.name, value));
            }
        }
        Ok(Element {
            kind,
            at: token.at,
            attributes,
            children: Vec::new(),
            content: "",
        })
    }

    /// The content of an ending tag, and where the text continues after it.
    fn content(&self, open: &Token<'a>) -> Result<(&'a str, usize), MjmlError> {
        let Kind::Open(tag) = &open.kind else {
            return Ok(("", open.at));
        };
        let start = open.at + open.raw.len();
        // Elements of MJML inside are HTML to MJML.
        let mut inner: Vec<&str> = Vec::new();
        let mut tokens = markup::tokens(self.text);
        tokens.skip_to(start);
        for token in tokens {
            match &token.kind {
                Kind::Open(one) if !one.is_self_closing && is_mjml(one.name) => {
                    inner.push(one.name);
                }
                Kind::Close(name) if is_mjml(name) => match inner.last() {
                    Some(last) if last.eq_ignore_ascii_case(name) => {
                        inner.pop();
                    }
                    None if tag.name.eq_ignore_ascii_case(name) => {
                        let content = self.text[start..token.at].trim();
                        return Ok((content, token.at + token.raw.len()));
                    }
                    _ => break,
                },
                _ => {}
            }
        }
        let name = tag.name;
        let what = format!("<{name}> is never closed; add </{name}>");
        Err(self.fail(open.at, what))
    }
}

fn is_mjml(name: &str) -> bool {
    name.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("mj-"))
}
