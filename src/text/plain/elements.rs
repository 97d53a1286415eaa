//! What elements mean to a reader of text.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

pub(super) fn holds_blocks(node: NodeRef<'_, Node>) -> bool {
    let mut elements = node
        .descendants()
        .skip(1)
        .filter_map(|one| one.value().as_element());
    elements.any(|element| is_block(element.name()))
}

pub(super) fn is_paragraphs(item: NodeRef<'_, Node>) -> bool {
    let elements = item.children().filter_map(|one| one.value().as_element());
    elements.filter(|element| element.name() == "p").count() > 1
}

/// What no reader sees.
pub(super) fn is_hidden(element: &Element) -> bool {
    let is_unseen = matches!(
        element.name(),
        "head"
            | "style"
            | "script"
            | "template"
            | "title"
            | "noscript"
            | "iframe"
            | "object"
            | "svg"
            | "math"
    );
    let style = element.attr("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    is_unseen
        || element.attr("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Footnotes have anchors such as `text-fn-a`, their references `text-fnref-a`.
pub(super) fn is_note(anchor: &str) -> bool {
    anchor
        .split_once('-')
        .is_some_and(|(_, name)| name.starts_with("fn-"))
}

pub(super) fn is_note_reference(anchor: &str) -> bool {
    anchor
        .split_once('-')
        .is_some_and(|(_, name)| name.starts_with("fnref-"))
}

/// Whether a link says its own address.
pub(super) fn is_said(href: &str, said: &str) -> bool {
    fn bare(address: &str) -> &str {
        let address = ["mailto:", "tel:", "sms:", "xmpp:", "https://", "http://"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme))
            .unwrap_or(address);
        address.trim_end_matches('/')
    }
    !said.is_empty() && bare(href) == bare(said)
}
