//! Two versions of a text beside each other, as HTML for pages.

use super::compare::{Step, marked_html, marked_text, steps};
use super::pieces::Notation;
use crate::text::escape::escape_html;
use crate::text::markdown;

/// Unchanged pieces in a row of which the inner ones are folded away.
const FOLDED: usize = 5;

/// What became of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is as before.
    Same,
    /// Words of it changed.
    Changed,
    /// No word of it, but something else: a link, a picture, a level.
    Restyled,
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
}

impl Became {
    /// As the end of a phrase's key and of a class.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Restyled => "restyled",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A piece in both versions, as HTML that is safe to show.
#[derive(Debug, Clone)]
pub struct Row {
    /// What became of it.
    pub became: Became,
    /// Empty where it was added.
    pub before: String,
    /// Empty where it was removed.
    pub after: String,
    /// Both in one, with `<ins>` and `<del>` around words; only of [`Became::Changed`].
    pub marked: String,
}

/// Rows that stand together: folded away, or not.
#[derive(Debug, Clone)]
pub struct Group {
    /// Whether these are unchanged and far from any change.
    pub is_folded: bool,
    /// At least one.
    pub rows: Vec<Row>,
}

/// A piece as HTML that is safe to show: rendered Markdown, or the source of a design.
pub fn piece(notation: Notation, text: &str) -> String {
    match notation {
        Notation::Markdown => markdown::to_html(text).unwrap_or_else(|_| source(text)),
        Notation::Design => source(text),
    }
}

/// A piece with what differs from the version before it. Also where that or this is not there.
pub fn marked_piece(notation: Notation, old: &str, new: &str) -> String {
    match notation {
        Notation::Markdown => {
            let (old, new) = (piece(notation, old), piece(notation, new));
            marked_html(&old, &new).unwrap_or(new)
        }
        Notation::Design => format!("<pre><code>{}</code></pre>", marked_text(old, new)),
    }
}

fn source(text: &str) -> String {
    format!("<pre><code>{}</code></pre>", escape_html(text))
}

/// Both versions of a text, row by row. Unchanged rows far from a change are folded.
pub fn compared(notation: Notation, old: &str, new: &str) -> Vec<Group> {
    let (old, new) = (notation.split(old), notation.split(new));
    let rows = steps(&old, &new).into_iter().map(|step| match step {
        Step::Same { old: at, .. } => {
            let html = piece(notation, &old[at]);
            Row {
                became: Became::Same,
                before: html.clone(),
                after: html,
                marked: String::new(),
            }
        }
        Step::Added { new: at } => Row {
            became: Became::Added,
            before: String::new(),
            after: piece(notation, &new[at]),
            marked: String::new(),
        },
        Step::Removed { old: at } => Row {
            became: Became::Removed,
            before: piece(notation, &old[at]),
            after: String::new(),
            marked: String::new(),
        },
        Step::Changed {
            old: old_at,
            new: new_at,
        } => changed(notation, &old[old_at], &new[new_at]),
    });
    grouped(rows.collect())
}

fn changed(notation: Notation, old: &str, new: &str) -> Row {
    let (before, after) = (piece(notation, old), piece(notation, new));
    let marked = match notation {
        Notation::Markdown => marked_html(&before, &after),
        Notation::Design => Some(marked_piece(notation, old, new)),
    };
    Row {
        became: if marked.is_some() {
            Became::Changed
        } else {
            Became::Restyled
        },
        before,
        after,
        marked: marked.unwrap_or_default(),
    }
}

fn grouped(rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let last = rows.len();
    let changes: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| (row.became != Became::Same).then_some(at))
        .collect();
    // One unchanged row on each side says where a change is.
    let is_near = |at: usize| changes.iter().any(|change| change.abs_diff(at) <= 1);
    let runs_on = |at: usize| {
        let from = changes.iter().filter(|change| **change < at).max();
        let to = changes.iter().filter(|change| **change > at).min();
        let (from, to) = (from.map_or(0, |from| from + 1), to.map_or(last, |to| *to));
        to - from >= FOLDED
    };
    let folded: Vec<bool> = (0..last)
        .map(|at| rows[at].became == Became::Same && !is_near(at) && runs_on(at))
        .collect();
    for (row, is_folded) in rows.into_iter().zip(folded) {
        match groups
            .last_mut()
            .filter(|group| group.is_folded == is_folded)
        {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                is_folded,
                rows: vec![row],
            }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_and_what_is_far_from_it_folded() {
        let many: String = (0..9).map(|n| format!("Text {n}.\n\n")).collect();
        let groups = compared(Notation::Markdown, &many, &many.replace("Text 8", "Word 8"));
        let said: Vec<_> = groups
            .iter()
            .map(|group| (group.is_folded, group.rows.len()))
            .collect();
        assert_eq!(said, [(true, 7), (false, 2)]);
        let changed = &groups[1].rows[1];
        assert_eq!(changed.became, Became::Changed);
        assert_eq!(
            changed.marked.trim(),
            "<p><del>Text</del><ins>Word</ins> 8.</p>"
        );
    }

    #[test]
    fn a_change_of_no_word_is_said_to_be_one() {
        let groups = compared(Notation::Markdown, "# A\n", "## A\n");
        assert_eq!(groups[0].rows[0].became, Became::Restyled);
        assert!(groups[0].rows[0].after.contains("<h"));
    }

    #[test]
    fn a_design_is_shown_as_its_source() {
        let groups = compared(Notation::Design, "<a>\n<b>\n", "<a>\n<c>\n");
        let row = &groups[0].rows[1];
        assert!(
            row.marked.contains("&lt;<del>b</del><ins>c</ins>&gt;"),
            "{row:?}"
        );
        assert!(!row.marked.contains("<b>"));
    }
}
