//! Tables on narrow screens: long words may be broken anywhere, short ones and
//! numbers stay whole.

use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use unicode_width::UnicodeWidthStr;

use super::html::{self, Tag};

/// Columns of text that all whole words of a row may take together: what fits a
/// telephone's 320 points.
const ROOM: usize = 26;
/// A longer word is broken where it must be.
const LONG: usize = 14;

/// HTML whose tables keep words of narrow columns whole, where everything around
/// them may be broken.
pub fn keep_words_whole(source: &str) -> String {
    if !source.contains("<table") {
        return source.to_owned();
    }
    let mut parsed = html::parse(source);
    let tables = parsed
        .tree
        .root()
        .descendants()
        .filter(|node| is_element(*node, &["table"]));
    let cells: Vec<NodeId> = tables.flat_map(whole_cells).collect();
    for id in cells {
        let Some(mut node) = parsed.tree.get_mut(id) else {
            continue;
        };
        if let Node::Element(element) = node.value() {
            let mut tag = Tag::new(element);
            let style = tag.get("style").unwrap_or_default();
            let style = format!("{style};overflow-wrap:normal;word-break:normal");
            tag.set("style", style.trim_start_matches(';'));
        }
    }
    html::write(&parsed)
}

/// The cells of the columns whose words stay whole, the narrowest columns first.
fn whole_cells(table: NodeRef<'_, Node>) -> Vec<NodeId> {
    let rows: Vec<Vec<(NodeId, usize)>> = table
        .descendants()
        .filter(|node| is_element(*node, &["tr"]))
        .map(|row| {
            let cells = row
                .children()
                .filter(|node| is_element(*node, &["td", "th"]));
            cells.map(|cell| (cell.id(), longest_word(cell))).collect()
        })
        .collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<(usize, usize)> = (0..count)
        .map(|at| {
            let words = rows.iter().filter_map(|row| row.get(at));
            (words.map(|(_, longest)| *longest).max().unwrap_or(0), at)
        })
        .collect();
    columns.sort_unstable();
    let mut taken = 0;
    let mut whole = Vec::new();
    for (longest, at) in columns {
        taken += longest;
        if longest > LONG || taken > ROOM {
            break;
        }
        whole.extend(rows.iter().filter_map(|row| row.get(at)).map(|(id, _)| *id));
    }
    whole
}

fn longest_word(cell: NodeRef<'_, Node>) -> usize {
    let texts = cell.descendants().filter_map(|node| node.value().as_text());
    let words = texts.flat_map(|text| text.split([' ', '\n', '\t']).map(str::width));
    words.max().unwrap_or(0)
}

fn is_element(node: NodeRef<'_, Node>, names: &[&str]) -> bool {
    let element = node.value().as_element();
    element.is_some_and(|element| names.contains(&element.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_stay_whole_and_long_ones_may_be_broken() {
        let row = |cells: [&str; 3]| {
            let cells = cells.map(|cell| format!("<td>{cell}</td>"));
            format!("<tr>{}</tr>", cells.concat())
        };
        let table = format!(
            "<table><tbody>{}{}</tbody></table>",
            row(["Nur Otan", "5,174,169", "88.41 %"]),
            row(["Donaudampfschifffahrtsgesellschaft", "93,023", "1.59 %"]),
        );
        let html = keep_words_whole(&table);
        assert_eq!(html.matches("word-break:normal").count(), 4, "{html}");
        assert!(html.contains("<td>Nur Otan"), "{html}");
        let many = format!(
            "<table><tbody><tr>{}</tr></tbody></table>",
            "<td>1,000,000</td>".repeat(9)
        );
        assert_eq!(
            keep_words_whole(&many).matches("word-break:normal").count(),
            2
        );
        assert_eq!(keep_words_whole("<p>x</p>"), "<p>x</p>");
    }
}
