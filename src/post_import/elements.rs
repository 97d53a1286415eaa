//! Looking at the elements of a tree of HTML.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

pub(super) fn element<'a>(node: NodeRef<'a, Node>) -> Option<&'a Element> {
    node.value().as_element()
}

pub(super) fn name(node: NodeRef<'_, Node>) -> &str {
    element(node).map_or("", |element| element.name())
}

/// Whether one of its classes is, or begins with, one of `classes`.
pub(super) fn has_class(node: NodeRef<'_, Node>, classes: &[&str]) -> bool {
    element(node).is_some_and(|element| {
        let mut own = element.attr("class").unwrap_or_default().split_whitespace();
        own.any(|class| classes.iter().any(|wanted| class.starts_with(wanted)))
    })
}

/// Its attribute, trimmed; empty where it has none.
pub(super) fn attribute<'a>(node: NodeRef<'a, Node>, attribute: &str) -> &'a str {
    let value = element(node).and_then(|element| element.attr(attribute));
    value.unwrap_or_default().trim()
}

/// Its first descendant that `is`.
pub(super) fn first<'a>(
    node: NodeRef<'a, Node>,
    is: impl Fn(NodeRef<'a, Node>) -> bool,
) -> Option<NodeRef<'a, Node>> {
    node.descendants().skip(1).find(|node| is(*node))
}

/// Its first descendant with this name.
pub(super) fn first_named<'a>(node: NodeRef<'a, Node>, wanted: &str) -> Option<NodeRef<'a, Node>> {
    first(node, |node| name(node) == wanted)
}

/// Its words in one line, at most `limit` characters of them.
pub(super) fn words(node: NodeRef<'_, Node>, limit: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for text in node.descendants().filter_map(|node| node.value().as_text()) {
        for word in text.split_whitespace() {
            if count >= limit {
                return out;
            }
            if !out.is_empty() {
                out.push(' ');
                count += 1;
            }
            let rest = word.chars().take(limit.saturating_sub(count));
            let before = out.len();
            out.extend(rest);
            count += out[before..].chars().count();
        }
    }
    out
}

/// Whether a browser shows it to nobody.
pub(super) fn is_hidden(node: NodeRef<'_, Node>) -> bool {
    let style = attribute(node, "style");
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether a picture is too small to be one: it tells when an email is opened.
pub(super) fn is_tracking_pixel(node: NodeRef<'_, Node>) -> bool {
    let is_tiny = |text: &str| {
        let digits = text.trim().trim_end_matches("px");
        matches!(digits, "0" | "1")
    };
    let style = attribute(node, "style").to_ascii_lowercase();
    let by_style = style.split(';').any(|rule| {
        let (property, value) = rule.split_once(':').unwrap_or_default();
        matches!(property.trim(), "width" | "height") && is_tiny(value)
    });
    let by_attribute = ["width", "height"]
        .iter()
        .any(|size| is_tiny(attribute(node, size)));
    by_style || by_attribute
}
