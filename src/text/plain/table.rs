//! Tables as plain text.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::columns::{Alignment, pad, width_of, wrap};
use super::elements::holds_blocks;

pub(super) struct Row<'a> {
    pub cells: Vec<Cell<'a>>,
    is_head: bool,
}

pub(super) struct Cell<'a> {
    pub node: NodeRef<'a, Node>,
    alignment: Alignment,
}

/// The rows of a table of data; `None` for one that a design is made of.
pub(super) fn rows_of_data<'a>(node: NodeRef<'a, Node>, table: &Element) -> Option<Vec<Row<'a>>> {
    if matches!(table.attr("role"), Some("presentation" | "none")) {
        return None;
    }
    let mut rows = Vec::new();
    let mut parents = vec![node];
    while let Some(parent) = parents.pop() {
        let mut groups = Vec::new();
        for child in parent.children() {
            let Some(element) = child.value().as_element() else {
                continue;
            };
            match element.name() {
                "tr" => rows.push(row(child)?),
                "thead" | "tbody" | "tfoot" => groups.push(child),
                _ => {}
            }
        }
        parents.extend(groups.into_iter().rev());
    }
    Some(rows)
}

fn row(node: NodeRef<'_, Node>) -> Option<Row<'_>> {
    let mut cells = Vec::new();
    let mut is_head = true;
    for child in node.children() {
        let Some(element) = child.value().as_element() else {
            continue;
        };
        if !matches!(element.name(), "td" | "th") {
            continue;
        }
        if holds_blocks(child) {
            return None;
        }
        is_head &= element.name() == "th";
        cells.push(Cell {
            node: child,
            alignment: match element.attr("align") {
                Some("right") => Alignment::Right,
                Some("center") => Alignment::Center,
                _ => Alignment::Left,
            },
        });
    }
    Some(Row {
        is_head: is_head && !cells.is_empty(),
        cells,
    })
}

/// A table whose columns line up, or, where the lines would not fit, one entry
/// after the other.
pub(super) fn aligned(rows: &[Row<'_>], texts: &[Vec<String>], width: usize) -> String {
    let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = texts.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width_of(cell)).max().unwrap_or(0)
        })
        .collect();
    let has_head = rows.first().is_some_and(|row| row.is_head);
    if widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1) > width {
        return table_entries(texts, has_head, width);
    }
    let mut lines: Vec<String> = Vec::with_capacity(rows.len() + 1);
    for (row, texts) in rows.iter().zip(texts) {
        let cells: Vec<String> = texts
            .iter()
            .zip(&widths)
            .zip(&row.cells)
            .map(|((text, width), cell)| pad(text, *width, cell.alignment))
            .collect();
        lines.push(cells.join("  ").trim_end_matches(' ').to_owned());
    }
    if has_head && lines.len() > 1 {
        let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        lines.insert(1, rules.join("  "));
    }
    lines.join("\n").trim_matches('\n').to_owned()
}

fn table_entries(rows: &[Vec<String>], has_head: bool, width: usize) -> String {
    let (head, body) = match rows.split_first() {
        Some((head, body)) if has_head && !body.is_empty() => (head.as_slice(), body),
        _ => (&[][..], rows),
    };
    body.iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(at, cell)| {
                let name = head.get(at).filter(|name| !name.is_empty());
                let text = name.map_or_else(|| cell.clone(), |name| format!("{name}: {cell}"));
                wrap(&text, width)
            });
            cells.collect::<Vec<_>>().join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n\n")
}
