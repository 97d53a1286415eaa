//! Whether an email shows a link, by what its reader sees.

use scraper::node::Node;
use scraper::{ElementRef, Html};

/// Whether an email shows every reader a link to an address that `is_wanted`. `is_block`
/// recognises the comments that stand for blocks of merge tags.
pub fn shows_link(
    html: &str,
    is_wanted: impl Fn(&str) -> bool,
    is_block: impl Fn(&str) -> bool,
) -> bool {
    let document = Html::parse_document(html);
    document
        .tree
        .nodes()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "a")
        .filter(|link| link.attr("href").is_some_and(&is_wanted))
        .any(|link| says_something(link) && is_seen(link) && !is_in_block(link, &is_block))
}

fn says_something(link: ElementRef<'_>) -> bool {
    link.text().any(|text| !text.trim().is_empty())
        || link
            .descendants()
            .filter_map(ElementRef::wrap)
            .any(|inner| inner.value().name() == "img")
}

fn is_seen(link: ElementRef<'_>) -> bool {
    let mut font_size: Option<bool> = None;
    for element in std::iter::once(link).chain(link.ancestors().filter_map(ElementRef::wrap)) {
        let style: String = element
            .attr("style")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        let is_hidden = element.attr("hidden").is_some()
            || ["display:none", "visibility:hidden"]
                .iter()
                .any(|hidden| style.contains(hidden));
        let is_not_shown = matches!(element.value().name(), "template" | "head" | "noscript");
        if is_hidden || is_not_shown {
            return false;
        }
        // The innermost size counts: MJML sets none around an element that has one.
        if font_size.is_none() {
            font_size = style.rsplit(';').find_map(|declaration| {
                let size = declaration.strip_prefix("font-size:")?;
                let number: String = size
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                number.parse::<f32>().ok().map(|size| size > 0.0)
            });
        }
    }
    font_size.unwrap_or(true)
        || link.descendants().any(|inner| {
            inner.value().as_element().is_some_and(|inner| {
                inner.name() == "img"
                    || inner
                        .attr("style")
                        .is_some_and(|style| style.contains("font-size"))
            })
        })
}

/// Whether the link is inside a block of merge tags: not every reader gets it.
fn is_in_block(link: ElementRef<'_>, is_block: &impl Fn(&str) -> bool) -> bool {
    std::iter::once(*link).chain(link.ancestors()).any(|node| {
        let is_mark = |node: &Node| match node {
            Node::Comment(comment) => is_block(comment),
            Node::Text(text) => is_block(text),
            _ => false,
        };
        // Blocks begin and end in the same element, so what is inside one has marks on both
        // sides.
        let before = node
            .prev_siblings()
            .filter(|one| is_mark(one.value()))
            .count();
        let after = node
            .next_siblings()
            .filter(|one| is_mark(one.value()))
            .count();
        before > 0 && after > 0
    })
}
