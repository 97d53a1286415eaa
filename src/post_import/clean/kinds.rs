//! Which elements of other systems are no part of an article.

use ego_tree::NodeRef;
use scraper::Node;

use crate::post_import::elements::{attribute, has_class, words};

/// Elements that go with all that is in them.
pub(super) const DROPPED_ELEMENTS: [&str; 24] = [
    "applet", "base", "button", "canvas", "datalist", "dialog", "embed", "form", "frame",
    "frameset", "head", "input", "link", "map", "meta", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title",
];

/// Parts that other systems add around what somebody wrote.
pub(super) const DROPPED_CLASSES: [&str; 18] = [
    "subscription-widget",
    "subscribe-widget",
    "subscribe-footer",
    "captioned-button-wrap",
    "share-dialog",
    "image-link-expand",
    "header-anchor-widget",
    "header-anchor-parent",
    "poll-embed",
    "install-substack-app",
    "community-chat",
    "directMessage",
    "post-ufi",
    "kg-signup-card",
    "kg-email-card",
    "kg-email-cta-card",
    "kg-audio-player",
    "kg-video-player",
];

/// Elements that begin and end a line of their own.
pub(super) const BLOCKS: [&str; 24] = [
    "address", "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figure", "footer", "header", "hgroup", "html", "legend", "main", "nav", "section",
    "summary", "p", "tbody", "caption",
];

/// The name of a footnote: its number, as a rule.
pub(super) fn note_name(node: NodeRef<'_, Node>) -> String {
    let words = words(node, 10);
    words.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether an element is for some readers only: Substack's parts for those who paid, and what
/// stands after its paywall; Ghost's parts by segment.
pub(super) fn is_for_some(node: NodeRef<'_, Node>) -> bool {
    has_class(node, &["paywall-jump", "dynamic-content-block"])
        || !attribute(node, "data-gh-segment").is_empty()
}
