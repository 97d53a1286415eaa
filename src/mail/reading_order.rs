//! HTML in reading order: layout tables as blocks, and blocks of merge tags as text, to be
//! turned into the text part.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

use super::personalise::Placeholders;
use crate::text::escape::{escape_html, push_escaped};
use crate::text::markup::is_void;

/// Inline elements.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "br", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u",
];

/// HTML in reading order.
pub fn in_reading_order(html: &str, placeholders: &Placeholders) -> String {
    let tree = Html::parse_document(html).tree;
    let tables = tree.nodes().filter(|node| is_named(*node, "table"));
    let tables: Tables = tables
        .map(|table| (table.id(), reads_as(table, placeholders)))
        .collect();
    let mut out = String::with_capacity(html.len());
    let mut skipped = None;
    for edge in tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => {
                if is_skipped(node) {
                    skipped = Some(node.id());
                    continue;
                }
                open(&mut out, node, placeholders, &tables);
            }
            Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            Edge::Close(node) if skipped.is_none() => {
                if let Some(name) = written_name(node, &tables).filter(|name| !is_void(name)) {
                    out.push_str(&format!("</{name}>"));
                } else if is_named(node, "tr") {
                    out.push_str("<br>");
                } else if is_named(node, "td") || is_named(node, "th") {
                    out.push(' ');
                }
            }
            _ => {}
        }
    }
    out
}

fn is_skipped(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        let style = element.attr("style").unwrap_or_default();
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        matches!(
            element.name(),
            "head" | "script" | "style" | "template" | "title"
        ) || style.to_ascii_lowercase().contains("display:none")
    })
}

fn open(out: &mut String, node: NodeRef<'_, Node>, placeholders: &Placeholders, tables: &Tables) {
    match node.value() {
        Node::Text(text) => push_escaped(out, text),
        Node::Comment(comment) => {
            let is_block = placeholders
                .within(comment)
                .any(|found| found.is_block() && found.range == (0..comment.len()));
            match (is_block, stands_in_a_line(node, placeholders, tables)) {
                (false, _) => {}
                (true, true) => out.push_str(comment),
                (true, false) => out.push_str(&format!("<div>{}</div>", &**comment)),
            }
        }
        Node::Element(element) => {
            let Some(name) = written_name(node, tables) else {
                return;
            };
            out.push_str(&format!("<{name}"));
            for wanted in ["href", "src", "alt", "start", "lang", "dir", "align"] {
                if let Some(value) = element.attr(wanted) {
                    out.push_str(&format!(" {wanted}=\"{}\"", escape_html(value)));
                }
            }
            out.push('>');
        }
        _ => {}
    }
}

/// The name of an element in the output; `None` if it is left out.
fn written_name<'n>(node: NodeRef<'n, Node>, tables: &Tables) -> Option<&'n str> {
    let element = node.value().as_element()?;
    match element.name() {
        name @ ("table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption") => {
            match table_of(node).and_then(|table| tables.get(&table.id())) {
                Some(Table::Layout) => Some("div"),
                Some(Table::Lines) if name == "table" => Some("div"),
                Some(Table::Lines) => None,
                Some(Table::Data) | None => Some(name),
            }
        }
        name => Some(name),
    }
}

fn table_of(node: NodeRef<'_, Node>) -> Option<NodeRef<'_, Node>> {
    let is_table = |node: &NodeRef<'_, Node>| {
        node.value()
            .as_element()
            .is_some_and(|element| element.name() == "table")
    };
    std::iter::once(node).chain(node.ancestors()).find(is_table)
}

/// How each table is read.
type Tables = HashMap<NodeId, Table>;

enum Table {
    /// It lays things out.
    Layout,
    /// Its rows differ from reader to reader, so that no columns can be counted.
    Lines,
    Data,
}

fn reads_as(table: NodeRef<'_, Node>, placeholders: &Placeholders) -> Table {
    let role = table
        .value()
        .as_element()
        .and_then(|element| element.attr("role"));
    let mut inner = table.descendants().skip(1);
    if matches!(role, Some("presentation" | "none")) || inner.any(|node| is_named(node, "table")) {
        return Table::Layout;
    }
    let has_block = |node: NodeRef<'_, Node>| match node.value() {
        Node::Comment(comment) => placeholders.within(comment).any(|found| found.is_block()),
        _ => false,
    };
    let is_between = |node: NodeRef<'_, Node>| {
        let parent = node.parent();
        parent.is_some_and(|parent| {
            ["table", "tbody", "thead", "tfoot", "tr"]
                .iter()
                .any(|name| is_named(parent, name))
        })
    };
    if table
        .descendants()
        .any(|node| has_block(node) && is_between(node))
    {
        Table::Lines
    } else {
        Table::Data
    }
}

fn is_named(node: NodeRef<'_, Node>, name: &str) -> bool {
    node.value()
        .as_element()
        .is_some_and(|element| element.name() == name)
}

/// Whether a node has text beside it, so that it belongs to a line.
fn stands_in_a_line(node: NodeRef<'_, Node>, placeholders: &Placeholders, tables: &Tables) -> bool {
    let says_something = |node: &NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => !text.trim().is_empty(),
        Node::Element(_) => true,
        Node::Comment(comment) => !placeholders.within(comment).any(|found| found.is_block()),
        _ => false,
    };
    let is_inline = |node: NodeRef<'_, Node>| match node.value() {
        Node::Text(_) => true,
        Node::Element(element) => INLINE.contains(&element.name()),
        _ => false,
    };
    // Between the rows of a table, a line is what a block is about.
    let is_row = |parent| {
        ["tbody", "thead", "tfoot", "tr"]
            .iter()
            .any(|name| is_named(parent, name))
    };
    let is_of_lines =
        |table: NodeRef<'_, Node>| matches!(tables.get(&table.id()), Some(Table::Lines));
    if node.parent().is_some_and(is_row) && table_of(node).is_some_and(is_of_lines) {
        return true;
    }
    let before = node.prev_siblings().find(says_something);
    let after = node.next_siblings().find(says_something);
    before.is_some_and(is_inline) || after.is_some_and(is_inline)
}
