//! Words that were added and removed, marked in the new version.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::escape::escape_html;
use crate::text::markup::{Kind, tokens};

/// Words of a piece; in a longer one only the piece is marked.
const LIMIT: usize = 20_000;

/// The new HTML of a piece, with `<ins>` around the words that were added and `<del>` with those
/// that were removed. Both are HTML that is safe to show. `None` where no word differs: the
/// change is in something else, such as a link or the level of a heading.
pub fn marked_html(old: &str, new: &str) -> Option<String> {
    let (before, after) = (units_of_html(old), units_of_html(new));
    let changes = Changes::between(&before, &after)?;
    let mut out = String::with_capacity(new.len() * 2);
    let mut writer = Writer::new(&changes);
    if after.is_empty() {
        out.push_str("<p>");
        writer.end(&mut out);
        out.push_str("</p>");
    }
    for token in tokens(new) {
        if token.kind == Kind::Text && !token.raw.trim().is_empty() {
            for unit in units(token.raw) {
                writer.unit(&mut out, unit);
            }
            writer.close(&mut out);
        } else {
            out.push_str(token.raw);
        }
    }
    Some(out)
}

/// The same of plain text: what it gives is HTML.
pub fn marked_text(old: &str, new: &str) -> String {
    let (old, new) = (escape_html(old), escape_html(new));
    let (before, after): (Vec<_>, Vec<_>) = (units(&old).collect(), units(&new).collect());
    let Some(changes) = Changes::between(&before, &after) else {
        return new;
    };
    let mut out = String::new();
    let mut writer = Writer::new(&changes);
    for unit in &after {
        writer.unit(&mut out, unit);
    }
    writer.close(&mut out);
    if after.is_empty() {
        writer.end(&mut out);
    }
    out
}

fn units_of_html(html: &str) -> Vec<&str> {
    let texts = tokens(html).filter(|token| token.kind == Kind::Text);
    // White space between tags, where words would stand outside of a table's cells.
    let texts = texts.filter(|token| !token.raw.trim().is_empty());
    texts.flat_map(|token| units(token.raw)).collect()
}

/// Words, spaces and signs, one after another; a character reference is one.
fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match Sort::of(first) {
            Sort::Reference => reference_end(rest),
            Sort::Sign => first.len_utf8(),
            sort => rest
                .find(|c| Sort::of(c) != sort)
                .unwrap_or(rest.len())
                .max(first.len_utf8()),
        };
        let (unit, after) = rest.split_at(end);
        rest = after;
        Some(unit)
    })
}

/// The end of a character reference; of an ampersand that begins none, that of itself.
fn reference_end(text: &str) -> usize {
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    match name {
        Some(end) if text[1 + end..].starts_with(';') => end + 2,
        _ => 1,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Word,
    Sign,
    Reference,
}

impl Sort {
    fn of(c: char) -> Self {
        match c {
            '&' => Self::Reference,
            c if c.is_whitespace() => Self::Space,
            c if c.is_ascii_punctuation() => Self::Sign,
            // Scripts that are written without spaces.
            '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' => {
                Self::Sign
            }
            _ => Self::Word,
        }
    }
}

/// What differs, by the place of the new units.
struct Changes<'a> {
    is_new: Vec<bool>,
    /// What was removed in front of each unit, and behind the last one.
    removed: Vec<Vec<&'a str>>,
}

impl<'a> Changes<'a> {
    fn between(old: &[&'a str], new: &[&'a str]) -> Option<Self> {
        if old == new {
            return None;
        }
        let mut changes = Self {
            is_new: vec![false; new.len()],
            removed: vec![Vec::new(); new.len() + 1],
        };
        if old.len().max(new.len()) > LIMIT {
            changes.is_new.fill(true);
            changes.removed[0] = old.to_vec();
            return Some(changes);
        }
        for op in capture_diff_slices(Algorithm::Myers, old, new) {
            let (_, gone, come) = op.as_tag_tuple();
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            changes.is_new[come.clone()].fill(true);
            changes.removed[come.start].extend(&old[gone]);
        }
        Some(changes)
    }
}

struct Writer<'c, 'a> {
    changes: &'c Changes<'a>,
    at: usize,
    is_open: bool,
}

impl<'c, 'a> Writer<'c, 'a> {
    fn new(changes: &'c Changes<'a>) -> Self {
        Self {
            changes,
            at: 0,
            is_open: false,
        }
    }

    fn unit(&mut self, out: &mut String, unit: &str) {
        if !self.changes.removed[self.at].is_empty() {
            self.shut(out);
            self.end(out);
        }
        let is_new = self.changes.is_new[self.at] && !unit.trim().is_empty();
        // A space between two new words is within their mark.
        let goes_on = self.is_open && self.changes.is_new[self.at];
        if is_new && !self.is_open {
            out.push_str("<ins>");
            self.is_open = true;
        } else if !is_new && !goes_on {
            self.shut(out);
        }
        out.push_str(unit);
        self.at += 1;
    }

    fn shut(&mut self, out: &mut String) {
        if self.is_open {
            out.push_str("</ins>");
            self.is_open = false;
        }
    }

    /// Ends a text: a mark must not reach over a tag.
    fn close(&mut self, out: &mut String) {
        self.shut(out);
        if self.at > 0 && self.at == self.changes.is_new.len() {
            self.end(out);
        }
    }

    /// What was removed here.
    fn end(&self, out: &mut String) {
        let removed = self.changes.removed[self.at].concat();
        if !removed.trim().is_empty() {
            out.push_str("<del>");
            out.push_str(&removed);
            out.push_str("</del>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_within_their_elements() {
        let marked = |old, new| marked_html(old, new).unwrap();
        assert_eq!(
            marked("<p>The gate opens</p>", "<p>The big gate opens</p>"),
            "<p>The <ins>big </ins>gate opens</p>"
        );
        assert_eq!(
            marked("<p>At nine o’clock</p>", "<p>At <b>ten</b> o’clock</p>"),
            "<p>At <b><del>nine</del><ins>ten</ins></b> o’clock</p>"
        );
        assert_eq!(
            marked("<p>a &amp; b c</p>", "<p>a &lt; b</p>"),
            "<p>a <del>&amp;</del><ins>&lt;</ins> b<del> c</del></p>"
        );
        assert_eq!(marked("<p>text</p>", "<hr>"), "<p><del>text</del></p><hr>");
    }

    #[test]
    fn a_mark_never_reaches_over_a_tag() {
        let new = "<ul>\n<li>one</li>\n<li>two</li>\n</ul>";
        assert_eq!(
            marked_html("<ul>\n</ul>", new).unwrap(),
            "<ul>\n<li><ins>one</ins></li>\n<li><ins>two</ins></li>\n</ul>"
        );
    }

    #[test]
    fn what_differs_in_no_word_is_not_marked() {
        assert_eq!(marked_html("<h2>A</h2>", "<h3>A</h3>"), None);
    }

    #[test]
    fn plain_text_is_escaped() {
        assert_eq!(
            marked_text("a <b>", "a <c>"),
            "a &lt;<del>b</del><ins>c</ins>&gt;"
        );
        assert_eq!(marked_text("", "x"), "<ins>x</ins>");
        assert_eq!(marked_text("x", ""), "<del>x</del>");
    }
}
