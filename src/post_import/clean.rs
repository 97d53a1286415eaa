//! HTML of other systems, reduced to what an article has: paragraphs, headings, lists, quotes,
//! tables, code, links and pictures. What only runs, asks or counts (scripts, forms, tracking
//! pixels, subscribe buttons) goes; what is embedded becomes a link.
//!
//! The tree is at most as deep as [`super::convert`] lets through, so that walking it
//! recursively is safe.

use ego_tree::NodeRef;
use scraper::{Html, Node};

mod kinds;

use kinds::{BLOCKS, DROPPED_CLASSES, DROPPED_ELEMENTS, is_for_some, note_name};

use super::address::{Address, Addresses};
use super::elements::{
    attribute, first, first_named, has_class, is_hidden, is_tracking_pixel, name, words,
};
use super::embeds::{self, Embed};
use super::template_tags::DROPPED;
use crate::text::escape::push_escaped;

/// Stand around the name of a footnote until the text is Markdown, which would escape it.
pub(super) const NOTE: char = '\u{F8F0}';
pub(super) const NOTE_END: char = '\u{F8F1}';
/// Follows the name where the footnote itself stands.
pub(super) const NOTE_TEXT: char = '\u{F8F2}';

/// What cleaning came to.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    /// HTML that [`super::convert`] turns into Markdown.
    pub html: String,
    /// Whether parts of it were for some readers only.
    pub is_mixed: bool,
    /// Pictures that were within the text itself, which is not possible here.
    pub inline_pictures: u64,
    /// Links that only the other system could fill in.
    pub system_links: u64,
}

/// Cleans HTML that is within the bounds of [`super::convert`].
pub(super) fn clean(html: &str, addresses: &Addresses) -> Cleaned {
    let tree = Html::parse_document(html).tree;
    let mut writer = Writer {
        addresses,
        done: Cleaned::default(),
        is_inline: false,
        is_code: false,
    };
    writer.done.html.reserve(html.len());
    // beehiiv exports whole emails, whose article is in an element of this name.
    let article = first(tree.root(), |node| {
        attribute(node, "id") == "content-blocks" && !words(node, 1).is_empty()
    });
    writer.children(article.unwrap_or(tree.root()));
    writer.done
}

struct Writer<'a> {
    addresses: &'a Addresses,
    done: Cleaned,
    /// Within a heading or a cell, where there are no blocks.
    is_inline: bool,
    is_code: bool,
}

type Branch<'a> = NodeRef<'a, Node>;

impl Writer<'_> {
    fn children(&mut self, node: Branch<'_>) {
        for child in node.children() {
            self.node(child);
        }
    }

    fn node(&mut self, node: Branch<'_>) {
        match node.value() {
            Node::Text(text) => push_escaped(&mut self.done.html, text),
            Node::Comment(comment) => {
                // Ghost's mark of a part that not everybody sees.
                let text: &str = &comment.comment;
                let is_gated = text.contains("kg-gated-block:begin");
                self.done.is_mixed |= is_gated && text.contains("nonMember:false");
            }
            Node::Element(_) => self.element(node),
            _ => {}
        }
    }

    /// An element with all that is in it.
    fn wrapped(&mut self, tag: &str, node: Branch<'_>) {
        self.open(tag);
        self.children(node);
        self.close(tag);
    }

    fn open(&mut self, tag: &str) {
        self.done.html.push_str(&format!("<{tag}>"));
    }

    fn close(&mut self, tag: &str) {
        self.done.html.push_str(&format!("</{tag}>"));
    }

    /// An element of its own line; within a heading or a cell, a space.
    fn block(&mut self, tag: &str, node: Branch<'_>) {
        if self.is_inline {
            self.children(node);
            self.done.html.push(' ');
        } else {
            self.wrapped(tag, node);
        }
    }

    fn element(&mut self, node: Branch<'_>) {
        let tag = name(node);
        self.done.is_mixed |= is_for_some(node);
        let is_dropped = DROPPED_ELEMENTS.contains(&tag)
            || has_class(node, &DROPPED_CLASSES)
            || is_hidden(node)
            || has_class(node, &["paywall-jump"]);
        if is_dropped {
            return;
        }
        if self.is_code {
            match tag {
                "br" => self.done.html.push('\n'),
                _ => self.children(node),
            }
            return;
        }
        if let Some(embed) = embeds::of(node) {
            self.embed(&embed);
            return;
        }
        match tag {
            "h1" | "h2" => self.heading("h2", node),
            "h3" | "h4" | "h5" | "h6" => self.heading(tag, node),
            "b" | "strong" => self.wrapped("strong", node),
            "i" | "em" | "cite" | "dfn" => self.wrapped("em", node),
            "del" | "s" | "strike" => self.wrapped("del", node),
            "sup" | "sub" | "mark" | "kbd" => self.wrapped(tag, node),
            "code" | "tt" | "samp" => self.code("code", node),
            "pre" | "listing" | "xmp" => self.preformatted(node),
            "a" => self.link(node),
            "img" => self.picture(node),
            "br" | "hr" if !self.is_inline => self.open(tag),
            "br" | "hr" => self.done.html.push(' '),
            "figcaption" => self.caption(node),
            "ul" | "menu" => self.block("ul", node),
            "ol" => self.ordered(node),
            "li" => self.block("li", node),
            "blockquote" => self.block("blockquote", node),
            "table" => self.table(node),
            "tr" | "td" | "th" | "thead" | "tfoot" => self.block("div", node),
            "p" if has_class(node, &["button-wrapper"]) => self.button(node),
            "div" if has_class(node, &["button-wrapper"]) => self.button(node),
            "div" if has_class(node, &["footnote"]) && first_named(node, "a").is_some() => {
                self.footnote(node);
            }
            "p" | "dt" | "dd" | "summary" => self.block("p", node),
            _ if BLOCKS.contains(&tag) => self.block("div", node),
            _ => self.children(node),
        }
    }

    fn inline(&mut self, tag: &str, node: Branch<'_>) {
        let was_inline = std::mem::replace(&mut self.is_inline, true);
        self.wrapped(tag, node);
        self.is_inline = was_inline;
    }

    fn heading(&mut self, tag: &str, node: Branch<'_>) {
        if self.is_inline {
            self.wrapped("strong", node)
        } else {
            self.inline(tag, node)
        }
    }

    fn code(&mut self, tag: &str, node: Branch<'_>) {
        self.is_code = true;
        self.wrapped(tag, node);
        self.is_code = false;
    }

    fn preformatted(&mut self, node: Branch<'_>) {
        if self.is_inline {
            self.code("code", node);
            return;
        }
        let code = first_named(node, "code");
        let class = [Some(node), code].into_iter().flatten().find_map(|node| {
            let class = attribute(node, "class").split_whitespace();
            class
                .filter_map(|class| class.strip_prefix("language-"))
                .next()
        });
        let language: String = class
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#'))
            .take(30)
            .collect();
        let class = match language.as_str() {
            "" => String::new(),
            language => format!(" class=\"language-{language}\""),
        };
        self.done.html.push_str(&format!("<pre><code{class}>"));
        self.is_code = true;
        self.children(node);
        self.is_code = false;
        self.done.html.push_str("</code></pre>");
    }

    fn link(&mut self, node: Branch<'_>) {
        if has_class(node, &["footnote-anchor"]) {
            self.note_mark(node);
            return;
        }
        let href = attribute(node, "href");
        let picture = first_named(node, "img");
        let target = match self.addresses.link(href) {
            Address::Good(target) => target,
            Address::Nowhere => return self.children(node),
            Address::OfSystem => {
                self.done.system_links += 1;
                return;
            }
        };
        // A picture that leads to itself in full size.
        let is_own_picture = picture.is_some() && has_class(node, &["image-link"])
            || picture.is_some_and(|picture| {
                let shown = self.addresses.picture(attribute(picture, "src"));
                self.addresses.picture(href) == shown
            });
        if is_own_picture {
            return self.children(node);
        }
        // In Markdown a link has no blocks in it.
        let was_inline = std::mem::replace(&mut self.is_inline, true);
        self.done.html.push_str("<a href=\"");
        push_escaped(&mut self.done.html, &target);
        self.done.html.push_str("\">");
        self.children(node);
        self.close("a");
        self.is_inline = was_inline;
    }

    fn picture(&mut self, node: Branch<'_>) {
        if is_tracking_pixel(node) {
            return;
        }
        let source = [attribute(node, "src"), attribute(node, "data-src")];
        let source = source.into_iter().find(|source| !source.is_empty());
        let source = source.unwrap_or_default();
        match self.addresses.picture(source) {
            Address::Good(address) => {
                let alt = attribute(node, "alt");
                let alt: String = alt.chars().filter(|c| !"[]\\`*_<>".contains(*c)).collect();
                let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
                let alt: String = alt.chars().take(500).collect();
                self.done.html.push_str("<img src=\"");
                push_escaped(&mut self.done.html, &address);
                self.done.html.push_str("\" alt=\"");
                push_escaped(&mut self.done.html, &alt);
                self.done.html.push_str("\">");
            }
            Address::Nowhere if source.starts_with("data:") => self.done.inline_pictures += 1,
            _ => {}
        }
    }

    fn caption(&mut self, node: Branch<'_>) {
        if self.is_inline {
            return self.children(node);
        }
        self.open("p");
        self.inline("em", node);
        self.close("p");
    }

    fn ordered(&mut self, node: Branch<'_>) {
        if self.is_inline {
            return self.block("ol", node);
        }
        match attribute(node, "start").parse::<u32>() {
            Ok(start) if start < 1_000_000 => {
                self.done.html.push_str(&format!("<ol start=\"{start}\">"));
            }
            _ => self.open("ol"),
        }
        self.children(node);
        self.close("ol");
    }

    /// A table of data has headings; all others only lay out a page.
    fn table(&mut self, node: Branch<'_>) {
        let is_nested = |row: Branch<'_>| {
            let mut above = row.ancestors();
            above.find(|one| name(*one) == "table").map(|one| one.id()) != Some(node.id())
        };
        let has_headings = first(node, |one| name(one) == "th" && !is_nested(one)).is_some();
        if !has_headings || self.is_inline {
            return self.block("div", node);
        }
        let rows = node.descendants().filter(|one| name(*one) == "tr");
        self.open("table");
        for (number, row) in rows.filter(|row| !is_nested(*row)).enumerate() {
            let (part, cell) = if number == 0 {
                (Some("thead"), "th")
            } else {
                ((number == 1).then_some("tbody"), "td")
            };
            if let Some(part) = part {
                self.open(part);
            }
            self.open("tr");
            for one in row.children() {
                if matches!(name(one), "td" | "th") {
                    self.inline(cell, one);
                }
            }
            self.close("tr");
            if number == 0 {
                self.close("thead");
            }
        }
        self.done.html.push_str("</tbody></table>");
    }

    /// A button that leads somewhere stays as a link; those to subscribe and to share go.
    fn button(&mut self, node: Branch<'_>) {
        let Some(link) = first_named(node, "a") else {
            return;
        };
        let href = attribute(link, "href");
        let is_of_system = [
            "%%",
            "/subscribe",
            "action=share",
            "/comments",
            "checkout_url",
        ]
        .iter()
        .any(|mark| href.contains(mark));
        if is_of_system {
            self.done.system_links += 1;
            return;
        }
        self.open("p");
        self.link(link);
        self.close("p");
    }

    fn note_mark(&mut self, node: Branch<'_>) {
        let number = note_name(node);
        if !number.is_empty() {
            self.done
                .html
                .push_str(&format!("{NOTE}{number}{NOTE_END}"));
        }
    }

    fn footnote(&mut self, node: Branch<'_>) {
        let Some(link) = first_named(node, "a") else {
            return;
        };
        let number = note_name(link);
        let content = node
            .descendants()
            .find(|node| has_class(*node, &["footnote-content"]));
        let Some(content) = content.filter(|_| !number.is_empty()) else {
            return self.block("div", node);
        };
        self.done
            .html
            .push_str(&format!("<p>{NOTE}{number}{NOTE_END}{NOTE_TEXT}"));
        let was_inline = std::mem::replace(&mut self.is_inline, true);
        self.children(content);
        self.is_inline = was_inline;
        self.close("p");
    }

    fn embed(&mut self, embed: &Embed) {
        let Address::Good(target) = self.addresses.link(&embed.url) else {
            return;
        };
        let title = embed.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = match title.as_str() {
            "" => target.as_str(),
            title => title,
        };
        let tag = if self.is_inline { "span" } else { "p" };
        self.done.html.push_str(&format!("<{tag}><a href=\""));
        push_escaped(&mut self.done.html, &target);
        self.done.html.push_str("\">");
        push_escaped(&mut self.done.html, title);
        self.done.html.push_str("</a>");
        if !embed.description.is_empty() {
            self.done.html.push_str("<br>");
            push_escaped(&mut self.done.html, &embed.description);
        }
        self.close(tag);
    }
}

/// Removes characters that have a meaning of their own while a text is converted.
pub(super) fn without_reserved(text: &str) -> String {
    let is_reserved = |c: char| {
        matches!(
            c,
            NOTE | NOTE_END | NOTE_TEXT | DROPPED | '\u{E000}'..='\u{E00F}'
        )
    };
    text.chars().filter(|c| !is_reserved(*c)).collect()
}

#[cfg(test)]
mod tests;
