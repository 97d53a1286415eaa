//! Blocks as mail programs show them: tables and inline styles, which Outlook reads
//! too, inside any layout.
//!
//! A style sets all that the style sheet of a layout says of every table, cell or
//! paragraph. No block has a ground of its own but the button, so that text stays
//! readable where a program turns colours around.

use std::fmt::Write;

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use crate::text::escape::escape_html;
use crate::text::html;
use crate::text::markup::is_void;

/// What the blocks of an email look like.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The ground of buttons.
    pub accent: &'a str,
    /// Text on it.
    pub on_accent: &'a str,
    /// Lines that adorn.
    pub rule: &'a str,
    /// Whether it is read from right to left.
    pub is_rtl: bool,
}

/// Pixels that the text of a layout is wide; Outlook reads no other measure.
const WIDTH: usize = 512;
/// Lines around boxes: seen on white as on black.
const EDGE: &str = "#9aa9b1";
const GOOD: &str = "#2e8b57";
const WARNING: &str = "#c0392b";
/// A table that holds a block, with what layouts say of tables undone.
const TABLE: &str = "border-collapse:separate;border-spacing:0;table-layout:fixed;font-size:inherit;line-height:inherit";
/// The same for its cells.
const CELL: &str = "border:0;font-size:inherit;vertical-align:top;white-space:normal";

/// Sanitised HTML whose blocks hold in an email.
pub fn in_tables(source: &str, look: &Look<'_>) -> String {
    if !source.contains("block-") {
        return source.to_owned();
    }
    let parsed = html::parse(source);
    let mut writer = Writer {
        look,
        share: 100,
        out: String::with_capacity(source.len() * 2),
    };
    writer.children(*parsed.root_element());
    writer.out
}

struct Writer<'a> {
    look: &'a Look<'a>,
    /// Percent of the width that is left for what is written.
    share: usize,
    out: String,
}

impl Writer<'_> {
    fn start(&self) -> &'static str {
        if self.look.is_rtl { "right" } else { "left" }
    }

    fn end(&self) -> &'static str {
        if self.look.is_rtl { "left" } else { "right" }
    }

    fn direction(&self) -> &'static str {
        if self.look.is_rtl { "rtl" } else { "ltr" }
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn children(&mut self, parent: NodeRef<'_, Node>) {
        for node in parent.children() {
            self.node(node);
        }
    }

    fn node(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => {
                let escaped = text.replace('&', "&amp;").replace('\u{a0}', "&nbsp;");
                self.put(&escaped.replace('<', "&lt;").replace('>', "&gt;"));
            }
            Node::Comment(comment) => self.put(&format!("<!--{}-->", &*comment.comment)),
            Node::Element(element) => self.element(node, element),
            _ => {}
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let class = element.attr("class").unwrap_or_default();
        let has = |name: &str| class.split(' ').any(|one| one == name);
        match class.split(' ').next().unwrap_or_default() {
            "block-button" => self.button(node, class),
            "block-figure" => self.figure(node, class),
            "block-spacer" => self.spacer(class),
            "block-columns" => self.columns(node, class),
            "block-callout" => {
                let rule = match () {
                    () if has("block-good") => GOOD,
                    () if has("block-warning") => WARNING,
                    () => self.look.rule,
                };
                self.boxed(node, Some(rule));
            }
            "block-embed" | "block-file" => self.boxed(node, None),
            "block-embed-title" => {
                self.put("<p style=\"font-weight:600\">");
                self.children(node);
                self.put("</p>");
            }
            "block-gallery" | "block-column" | "block-social" => self.children(node),
            _ => self.plain(node, element),
        }
    }

    /// An element as it is.
    fn plain(&mut self, node: NodeRef<'_, Node>, element: &Element) {
        let name = element.name();
        // No mail program plays them; the link behind says where they are.
        if matches!(name, "audio" | "video") {
            self.poster(element);
            return;
        }
        if name == "img" && self.share < 100 {
            self.picture(element, 100);
            return;
        }
        // Outlook on Windows gives those that it does not know no line of their own.
        let name = match name {
            "figure" => "div",
            "figcaption" => "p",
            name => name,
        };
        let _ = write!(self.out, "<{name}");
        for (attribute, value) in element.attrs() {
            if attribute == "class" && value.starts_with("block-") {
                continue;
            }
            let value = escape_html(value);
            let _ = write!(self.out, " {attribute}=\"{value}\"");
        }
        self.put(">");
        if is_void(name) {
            return;
        }
        // A parser drops the first line break of `pre`.
        if name == "pre" {
            let first = node.first_child().and_then(|one| one.value().as_text());
            if first.is_some_and(|text| text.starts_with('\n')) {
                self.put("\n");
            }
        }
        self.children(node);
        let _ = write!(self.out, "</{name}>");
    }

    fn poster(&mut self, player: &Element) {
        let (Some(poster), Some(href)) = (player.attr("poster"), player.attr("src")) else {
            return;
        };
        let (href, poster) = (escape_html(href), escape_html(poster));
        let _ = write!(
            self.out,
            "<a href=\"{href}\"><img src=\"{poster}\" alt=\"\"></a>"
        );
    }

    fn button(&mut self, node: NodeRef<'_, Node>, class: &str) {
        let has = |name: &str| class.split(' ').any(|one| one == name);
        let align = match () {
            () if has("block-center") => "center",
            () if has("block-end") => self.end(),
            () => self.start(),
        };
        let accent = self.look.accent;
        let (ground, text) = if has("block-plain") {
            ("", accent)
        } else {
            (accent, self.look.on_accent)
        };
        let bgcolor = match ground {
            "" => String::new(),
            ground => format!(" bgcolor=\"{ground}\""),
        };
        let background = match ground {
            "" => String::new(),
            ground => format!("background-color:{ground};"),
        };
        // Layouts keep the text on a `button` light in dark mode.
        let class = if ground.is_empty() {
            ""
        } else {
            " class=\"button\""
        };
        let direction = self.direction();
        let link = node.children().find(|one| {
            one.value()
                .as_element()
                .is_some_and(|one| one.name() == "a")
        });
        let href = link
            .and_then(|link| link.value().as_element())
            .and_then(|link| link.attr("href"))
            .map(|href| format!(" href=\"{}\"", escape_html(href)));
        let href = href.unwrap_or_default();
        let _ = write!(
            self.out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" dir=\"{direction}\" style=\"{TABLE};width:100%;margin:8px 0 16px\">\
             <tr><td align=\"{align}\" style=\"{CELL};padding:0;text-align:{align}\">\
             <table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{TABLE};table-layout:auto;width:auto;margin:0;display:inline-table\">\
             <tr><td{class}{bgcolor} align=\"center\" style=\"{CELL};{background}padding:12px 24px;border:1px solid {accent};border-radius:4px;text-align:center\">\
             <a{href} style=\"color:{text};text-decoration:none;font-weight:600;display:inline-block\">"
        );
        self.children(link.unwrap_or(node));
        self.put("</a></td></tr></table></td></tr></table>\n");
    }

    fn figure(&mut self, node: NodeRef<'_, Node>, class: &str) {
        let share: usize = match () {
            () if class.contains("block-small") => 33,
            () if class.contains("block-half") => 50,
            () => 100,
        };
        self.put("<div style=\"margin:0 0 16px\">");
        for child in node.children() {
            let Some(element) = child.value().as_element() else {
                self.node(child);
                continue;
            };
            match element.name() {
                "figcaption" => {
                    let start = self.start();
                    let _ = write!(
                        self.out,
                        "<div style=\"font-size:14px;text-align:{start};margin:6px 0 0\">"
                    );
                    self.children(child);
                    self.put("</div>");
                }
                "img" => self.picture(element, share),
                "a" => {
                    let href = escape_html(element.attr("href").unwrap_or_default());
                    let _ = write!(self.out, "<a href=\"{href}\">");
                    for inner in child.children() {
                        match inner.value().as_element() {
                            Some(inner) if inner.name() == "img" => self.picture(inner, share),
                            _ => self.node(inner),
                        }
                    }
                    self.put("</a>");
                }
                _ => self.node(child),
            }
        }
        self.put("</div>\n");
    }

    /// A picture in no more than a share of the width.
    fn picture(&mut self, picture: &Element, share: usize) {
        let most = WIDTH * self.share * share / 10_000;
        let width = picture.attr("width").and_then(|width| width.parse().ok());
        let width = width.map_or(most, |width: usize| width.min(most));
        let is_whole = self.share * share >= 10_000;
        self.put("<img");
        for (attribute, value) in picture.attrs() {
            if is_whole || !matches!(attribute, "width" | "height") {
                let value = escape_html(value);
                let _ = write!(self.out, " {attribute}=\"{value}\"");
            }
        }
        if !is_whole {
            let _ = write!(self.out, " width=\"{width}\"");
        }
        self.put(">");
    }

    fn spacer(&mut self, class: &str) {
        let height = if class.contains("block-small") {
            12
        } else if class.contains("block-large") {
            48
        } else {
            24
        };
        let _ = writeln!(
            self.out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"{TABLE};width:100%;margin:0\">\
             <tr><td height=\"{height}\" style=\"{CELL};padding:0;height:{height}px;font-size:1px;line-height:{height}px\">&nbsp;</td></tr></table>"
        );
    }

    fn columns(&mut self, node: NodeRef<'_, Node>, class: &str) {
        let columns: Vec<_> = node
            .children()
            .filter(|one| one.value().as_element().is_some())
            .collect();
        // What stands between them has no place in a row.
        let is_mixed = node.children().any(|one| {
            let text = one.value().as_text();
            text.is_some_and(|text| !text.trim().is_empty())
        });
        if is_mixed || columns.is_empty() {
            self.children(node);
            return;
        }
        let shares: &[usize] = match () {
            () if class.contains("block-1-1-1") => &[33, 33, 34],
            () if class.contains("block-1-2") => &[33, 67],
            () if class.contains("block-2-1") => &[67, 33],
            () => &[50, 50],
        };
        let direction = self.direction();
        let start = self.start();
        let count = columns.len();
        let _ = write!(
            self.out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" dir=\"{direction}\" style=\"{TABLE};width:100%;margin:0\"><tr>"
        );
        for (at, column) in columns.into_iter().enumerate() {
            let share = match shares.get(at) {
                Some(share) if shares.len() == count => *share,
                _ => 100 / count.max(1),
            };
            let inner = match (at + 1 < count, self.look.is_rtl) {
                (false, _) => "0",
                (true, false) => "0 16px 0 0",
                (true, true) => "0 0 0 16px",
            };
            let _ = write!(
                self.out,
                "<td class=\"column-cell\" width=\"{share}%\" valign=\"top\" align=\"{start}\" style=\"{CELL};width:{share}%;padding:{inner};text-align:{start}\">"
            );
            let whole = self.share;
            self.share = whole * share / 100;
            self.node(column);
            self.share = whole;
            self.put("</td>");
        }
        self.put("</tr></table>\n");
    }

    /// A box: with a bar in a colour at its start, or lines around it.
    fn boxed(&mut self, node: NodeRef<'_, Node>, bar: Option<&str>) {
        let (direction, start) = (self.direction(), self.start());
        let _ = write!(
            self.out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" dir=\"{direction}\" style=\"{TABLE};width:100%;margin:8px 0 16px\"><tr>"
        );
        if let Some(bar) = bar {
            let _ = write!(
                self.out,
                "<td width=\"4\" bgcolor=\"{bar}\" style=\"{CELL};padding:0;width:4px;background-color:{bar};font-size:1px\">&nbsp;</td>"
            );
        }
        let _ = write!(
            self.out,
            "<td align=\"{start}\" style=\"{CELL};padding:14px 16px 2px;border:1px solid {EDGE};text-align:{start}\">"
        );
        if node
            .value()
            .as_element()
            .is_some_and(|one| one.name() == "p")
        {
            self.put("<p style=\"margin:0 0 12px\">");
            self.children(node);
            self.put("</p>");
        } else {
            self.children(node);
        }
        self.put("</td></tr></table>\n");
    }
}

#[cfg(test)]
mod tests;
