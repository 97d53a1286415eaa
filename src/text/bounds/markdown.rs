//! Markdown, before and after comrak has read it.

use comrak::nodes::AstNode;

use super::TooComplex;

/// Bytes of one text.
const SOURCE: usize = 512 * 1024;
/// Bytes of the HTML that a text may become: footnotes and tables multiply.
pub const HTML: usize = 2 * 1024 * 1024;
/// Quotes, lists and emphasis within each other.
const DEPTH: usize = 100;
/// Marks of quotes and lists at the start of a line.
const MARKS: usize = 50;
/// Blocks between fences of colons within each other: each line is held against
/// all that are open.
const BLOCKS: usize = 50;
/// Columns of a table.
const COLUMNS: usize = 100;
/// Cells of all tables: one that is missing at a line's end is made.
const CELLS: usize = 20_000;

/// Checks what comrak would need too long or too much memory for.
///
/// # Errors
/// [`TooComplex`] names the line.
pub fn check_source(markdown: &str) -> Result<(), TooComplex> {
    if markdown.len() > SOURCE {
        return Err(TooComplex::new("the text is longer than 512 KiB"));
    }
    let mut columns = 0;
    let mut cells = 0;
    let mut open: Vec<usize> = Vec::new();
    for (number, line) in markdown.lines().enumerate() {
        let at = number + 1;
        let content = after_marks(line).ok_or_else(|| {
            TooComplex::at(
                at,
                format!("more than {MARKS} quotes and lists lie in each other"),
            )
        })?;
        open_or_close(content, &mut open);
        if open.len() > BLOCKS {
            let reason = format!("more than {BLOCKS} blocks (:::) lie in each other");
            return Err(TooComplex::at(at, reason));
        }
        match delimiters(content) {
            Some(more) => columns = columns.max(more),
            None if content.is_empty() => columns = 0,
            None => {}
        }
        if columns > COLUMNS {
            let reason = format!("a table may have {COLUMNS} columns; this one has {columns}");
            return Err(TooComplex::at(at, reason));
        }
        cells += columns;
        if cells > CELLS {
            let reason = format!("the tables have more than {CELLS} cells; shorten them");
            return Err(TooComplex::at(at, reason));
        }
    }
    Ok(())
}

/// A line behind its marks of quotes and lists; `None` where they are too many.
fn after_marks(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    let (mut at, mut marks) = (0, 0);
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t') => at += 1,
            Some(b'>') => {
                at += 1;
                marks += 1;
            }
            Some(b'-' | b'+' | b'*') if is_space(bytes.get(at + 1)) => {
                at += 2;
                marks += 1;
            }
            Some(digit) if digit.is_ascii_digit() => {
                let rest = bytes.iter().skip(at);
                let end = at + rest.take_while(|byte| byte.is_ascii_digit()).count();
                if !matches!(bytes.get(end), Some(b'.' | b')')) || !is_space(bytes.get(end + 1)) {
                    break;
                }
                at = end + 2;
                marks += 1;
            }
            _ => break,
        }
        if marks > MARKS {
            // CommonMark §4.1: many marks of one kind and nothing else are a rule.
            let is_rule = |mark| line.chars().all(|c| c == mark || c.is_whitespace());
            return (is_rule('-') || is_rule('*')).then_some("");
        }
    }
    line.get(at..).or(Some(""))
}

/// Follows which fences of colons are open, by their lengths.
fn open_or_close(line: &str, open: &mut Vec<usize>) {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    if colons < 3 {
        return;
    }
    match open.iter().position(|fence| *fence <= colons) {
        // The outermost fence that is no longer, and all within it.
        Some(at) if rest.trim().is_empty() => open.truncate(at),
        _ => open.push(colons),
    }
}

fn is_space(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t'))
}

/// The columns that a line opens, where it may be the second of a table.
fn delimiters(line: &str) -> Option<usize> {
    let is_one = line.contains('-')
        && line
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'));
    let inner = line.trim().trim_matches('|');
    is_one.then(|| inner.bytes().filter(|byte| *byte == b'|').count() + 1)
}

/// Checks how deep the blocks and inlines of a parsed text lie in each other.
///
/// # Errors
/// [`TooComplex`] names the line.
pub fn check_tree<'a>(root: &'a AstNode<'a>) -> Result<(), TooComplex> {
    let mut depth = 0;
    let mut node = root;
    // Down, on, or up and on: no stack is needed.
    'tree: loop {
        if depth > DEPTH {
            let line = node.data.borrow().sourcepos.start.line;
            let reason = format!("more than {DEPTH} quotes, lists or emphases lie in each other");
            return Err(TooComplex::at(line.max(1), reason));
        }
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            if std::ptr::eq(node, root) {
                break 'tree;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => break 'tree,
            }
            depth -= 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_texts_pass() {
        for fine in [
            "> a\n> > b\n\n- c\n  - d\n    1. e\n",
            &"- ".repeat(300),
            &"-".repeat(3_000),
            &"| a | b |\n|---|---|\n".repeat(100),
            &format!("| a | b |\n|---|--:|\n{}", "| 1 | 2 |\n".repeat(5_000)),
            "---\n\n2026. A year, and 1.5 of it",
        ] {
            assert_eq!(check_source(fine), Ok(()), "{}", &fine[..20]);
        }
    }

    #[test]
    fn depth_and_tables_are_bounded_with_their_line() {
        for (bomb, line, says) in [
            (format!("a\n\n{}", ">".repeat(6_000)), 3, "quotes"),
            (format!("{}x", "- ".repeat(6_000)), 1, "lists"),
            (format!("{}x", "1. ".repeat(6_000)), 1, "lists"),
            (format!("{}x", ">- ".repeat(6_000)), 1, "lists"),
            (
                format!("|{}\n|{}\n", "a|".repeat(1_000), "-|".repeat(1_000)),
                2,
                "columns",
            ),
            (
                format!(
                    "|{}\n|{}\n{}",
                    "a|".repeat(90),
                    "-|".repeat(90),
                    "x\n".repeat(9_000)
                ),
                224,
                "cells",
            ),
        ] {
            let error = check_source(&bomb).unwrap_err();
            assert!(error.reason.contains(says), "{error}");
            assert_eq!(error.line, Some(line), "{error}");
        }
        assert!(check_source(&"a".repeat(SOURCE + 1)).is_err());
    }
}
