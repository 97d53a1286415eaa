//! Parsing HTML as browsers do, changing it, and serialising it again.

use ego_tree::{NodeId, NodeRef};
use html5ever::{LocalName, QualName, ns};
use scraper::{Html, Node};

/// An element's start tag.
#[derive(Debug)]
pub struct Tag<'a>(&'a mut scraper::node::Element);

/// Raw text that may contain URLs or markup.
#[derive(Debug, Clone, Copy)]
pub enum Raw<'a> {
    /// A style sheet.
    Css(&'a str),
    /// A comment without its delimiters.
    Comment(&'a str),
}

impl<'a> Tag<'a> {
    /// The start tag of an element in a tree.
    pub fn new(element: &'a mut scraper::node::Element) -> Self {
        Self(element)
    }

    /// In lower case.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// An attribute's value, without escapes.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.0.attr(attribute)
    }

    /// Sets or adds an attribute.
    pub fn set(&mut self, attribute: &str, value: &str) {
        self.0.attrs.insert(name(attribute), value.into());
    }

    /// Removes an attribute.
    pub fn remove(&mut self, attribute: &str) {
        self.0.attrs.shift_remove(&name(attribute));
    }
}

fn name(attribute: &str) -> QualName {
    QualName::new(None, ns!(), LocalName::from(attribute))
}

/// Whether it is a whole document and no fragment.
pub fn is_document(html: &str) -> bool {
    let start = html.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let starts = |what: &str| {
        let head = start.get(..what.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(what))
    };
    starts("<!doctype") || starts("<html")
}

/// A document or fragment as a tree.
pub fn parse(html: &str) -> Html {
    if is_document(html) {
        Html::parse_document(html)
    } else {
        Html::parse_fragment(html)
    }
}

/// The text of a short piece of HTML, its character references resolved.
pub fn plain_text(html: &str) -> String {
    Html::parse_fragment(html).root_element().text().collect()
}

/// A tree as a document or fragment.
pub fn write(html: &Html) -> String {
    match html.tree.root().value() {
        Node::Fragment => html.root_element().inner_html(),
        _ => html.html(),
    }
}

/// HTML with its start tags changed by `change`, and its style sheets and
/// comments replaced where `replace` says so.
pub fn rewrite(
    html: &str,
    mut change: impl FnMut(&mut Tag<'_>),
    replace: impl Fn(Raw<'_>) -> Option<String>,
) -> String {
    let mut parsed = parse(html);
    let ids: Vec<NodeId> = parsed
        .tree
        .root()
        .descendants()
        .map(|node| node.id())
        .collect();
    for id in ids {
        let is_css = parsed.tree.get(id).is_some_and(|node| {
            let parent = node.parent();
            parent.is_some_and(|one| {
                one.value()
                    .as_element()
                    .is_some_and(|e| e.name() == "style")
            })
        });
        let Some(mut node) = parsed.tree.get_mut(id) else {
            continue;
        };
        match node.value() {
            Node::Element(element) => change(&mut Tag(element)),
            Node::Comment(comment) => {
                if let Some(new) = replace(Raw::Comment(&comment.comment)) {
                    comment.comment = new.as_str().into();
                }
            }
            Node::Text(text) if is_css => {
                if let Some(new) = replace(Raw::Css(&text.text)) {
                    text.text = new.as_str().into();
                }
            }
            _ => {}
        }
    }
    write(&parsed)
}

/// The same where only start tags are of interest.
pub fn rewrite_tags(html: &str, change: impl FnMut(&mut Tag<'_>)) -> String {
    rewrite(html, change, |_| None)
}

/// HTML with its pictures changed. `change` learns how many cells of a table's
/// row share the width that a picture can have; 0 outside tables.
pub fn rewrite_pictures(html: &str, mut change: impl FnMut(&mut Tag<'_>, usize)) -> String {
    let mut parsed = parse(html);
    let pictures = parsed.tree.root().descendants().filter(|node| {
        let element = node.value().as_element();
        element.is_some_and(|element| element.name() == "img")
    });
    let pictures: Vec<(NodeId, usize)> = pictures.map(|node| (node.id(), cells(node))).collect();
    for (id, cells) in pictures {
        if let Some(mut node) = parsed.tree.get_mut(id)
            && let Node::Element(element) = node.value()
        {
            change(&mut Tag(element), cells);
        }
    }
    write(&parsed)
}

/// Cells beyond which a row is no wider.
const MOST_CELLS: usize = 64;

fn cells(picture: NodeRef<'_, Node>) -> usize {
    let is_cell = |node: &NodeRef<'_, Node>| {
        let element = node.value().as_element();
        element.is_some_and(|element| matches!(element.name(), "td" | "th"))
    };
    let rows = picture.ancestors().filter(is_cell).filter_map(|cell| {
        let row = cell.parent()?;
        Some(row.children().filter(is_cell).take(MOST_CELLS).count())
    });
    rows.reduce(|a, b| (a * b).min(MOST_CELLS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_html_is_written_unchanged() {
        for html in [
            "<p>one<br>two &amp; three</p>",
            "a <b>b</b> c",
            "<!DOCTYPE html><html lang=\"kk\"><head><title>x</title></head><body class=\"b\" id=\"a\"><p>y</p></body></html>",
            "<!--[if mso]><table><![endif]--><p>x</p><!--[if mso]></table><![endif]-->",
        ] {
            assert_eq!(rewrite_tags(html, |_| {}), html);
        }
    }

    #[test]
    fn pictures_know_with_how_many_they_share_a_row() {
        let seen = |html: &str| {
            let mut seen = Vec::new();
            rewrite_pictures(html, |_, cells| seen.push(cells));
            seen
        };
        assert_eq!(seen("<p><img><img></p>"), [0, 0]);
        let table = "<table><tr><td><img></td><th>x</th></tr><tr><td><img></td></tr></table>";
        assert_eq!(seen(table), [2, 1]);
        let nested = "<table><tr><td><table><tr><td><img></td><td></td></tr></table></td><td></td></tr></table>";
        assert_eq!(seen(nested), [4]);
    }

    #[test]
    fn deep_nesting_is_survived() {
        let deep = "<div>".repeat(3_000);
        assert!(rewrite_tags(&deep, |_| {}).len() > deep.len());
    }
}
