//! A text and its translation, block by block beside each other.

use std::mem::{Discriminant, discriminant};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::compare::{Step, marked_html, steps};
use super::pieces::Notation;
use super::shown::{Became, piece};
use super::{Block, read};

/// A block of the source with its translation.
#[derive(Debug, Clone)]
pub struct Side {
    /// The block as HTML that is safe to show; empty where only the translation has one.
    pub source: String,
    /// What became of it since the translation was last up to date.
    pub became: Became,
    /// Its translation as it is written; empty where there is none.
    pub translation: String,
}

/// A source beside its translation.
#[derive(Debug, Clone)]
pub struct Sides {
    /// In the order of reading.
    pub rows: Vec<Side>,
    /// Blocks that the source has lost since the translation was last up to date, as HTML.
    pub removed: Vec<String>,
}

/// Puts the blocks of a translation beside those of its source. `before` is the source as it was
/// when the translation was last up to date, where it has changed since.
pub fn sides(source: &str, translation: &[String], before: Option<&str>) -> Sides {
    let source = Notation::Markdown.split(source);
    let html: Vec<String> = source
        .iter()
        .map(|one| piece(Notation::Markdown, one))
        .collect();
    let (marks, removed) = changes(&source, &html, before);
    let row = |(at, own): (Option<usize>, Option<usize>)| {
        let (source, became) = match at {
            Some(at) => match &marks[at] {
                (became, Some(marked)) => (marked.clone(), *became),
                (became, None) => (html[at].clone(), *became),
            },
            None => (String::new(), Became::Same),
        };
        Side {
            source,
            became,
            translation: own.map_or_else(String::new, |own| translation[own].clone()),
        }
    };
    let pairs = match before {
        Some(before) => pairs_by_way_of(&Notation::Markdown.split(before), &source, translation),
        None => pairs(&source, translation),
    };
    Sides {
        rows: pairs.into_iter().map(row).collect(),
        removed,
    }
}

type Pair = (Option<usize>, Option<usize>);

/// The same as [`pairs`], by way of the source that was translated: a block that is new since has
/// no translation.
fn pairs_by_way_of(before: &[String], source: &[String], translation: &[String]) -> Vec<Pair> {
    let mut partner: Vec<Option<usize>> = vec![None; before.len()];
    let mut is_paired = vec![false; translation.len()];
    for (old, own) in pairs(before, translation) {
        if let (Some(old), Some(own)) = (old, own) {
            partner[old] = Some(own);
            is_paired[own] = true;
        }
    }
    let mut out: Vec<Pair> = Vec::new();
    let mut next = 0;
    let mut push = |at: Option<usize>, own: Option<usize>| {
        // What only the translation has stands where it stood in it.
        if let Some(own) = own {
            while next < own {
                if !is_paired[next] {
                    out.push((None, Some(next)));
                }
                next += 1;
            }
            next = own + 1;
        }
        if at.is_some() || own.is_some() {
            out.push((at, own));
        }
    };
    for step in steps(before, source) {
        match step {
            Step::Same { old, new } | Step::Changed { old, new } => push(Some(new), partner[old]),
            Step::Removed { old } => push(None, partner[old]),
            Step::Added { new } => push(Some(new), None),
        }
    }
    for (own, _) in is_paired
        .iter()
        .enumerate()
        .skip(next)
        .filter(|(_, paired)| !**paired)
    {
        out.push((None, Some(own)));
    }
    out
}

type Marks = Vec<(Became, Option<String>)>;

/// What became of each block of the source, with its HTML where words are marked, and what is gone.
fn changes(source: &[String], html: &[String], before: Option<&str>) -> (Marks, Vec<String>) {
    let mut marks: Marks = vec![(Became::Same, None); source.len()];
    let Some(before) = before else {
        return (marks, Vec::new());
    };
    let before = Notation::Markdown.split(before);
    let mut removed = Vec::new();
    for step in steps(&before, source) {
        match step {
            Step::Same { .. } => {}
            Step::Changed { old, new } => {
                let was = piece(Notation::Markdown, &before[old]);
                let marked = marked_html(&was, &html[new]);
                marks[new] = (Became::Changed, marked);
            }
            Step::Added { new } => marks[new] = (Became::Added, None),
            Step::Removed { old } => removed.push(piece(Notation::Markdown, &before[old])),
        }
    }
    (marks, removed)
}

/// Which block is the translation of which: by their order, and where their numbers differ, by
/// what they are.
fn pairs(source: &[String], translation: &[String]) -> Vec<Pair> {
    if source.len() == translation.len() {
        return (0..source.len()).map(|at| (Some(at), Some(at))).collect();
    }
    let kinds = |pieces: &[String]| pieces.iter().map(|one| kind(one)).collect::<Vec<_>>();
    let mut out = Vec::new();
    let ops = capture_diff_slices(Algorithm::Myers, &kinds(source), &kinds(translation));
    for op in ops {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => out.extend((0..len).map(|at| (Some(old_index + at), Some(new_index + at)))),
            DiffOp::Delete {
                old_index, old_len, ..
            } => out.extend((old_index..old_index + old_len).map(|at| (Some(at), None))),
            DiffOp::Insert {
                new_index, new_len, ..
            } => out.extend((new_index..new_index + new_len).map(|at| (None, Some(at)))),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => out.extend((0..old_len.max(new_len)).map(|at| {
                let old = (at < old_len).then_some(old_index + at);
                (old, (at < new_len).then_some(new_index + at))
            })),
        }
    }
    out
}

/// What a block is: a paragraph, a heading of a level. `None` for several or none.
fn kind(text: &str) -> Option<(Discriminant<Block>, u8)> {
    let document = read(text).ok()?;
    match document.content.as_slice() {
        [block @ Block::Heading { attrs, .. }] => Some((discriminant(block), attrs.level)),
        [block] => Some((discriminant(block), 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sides: &Sides) -> Vec<(Became, &str)> {
        let rows = sides.rows.iter();
        rows.map(|row| (row.became, row.translation.as_str()))
            .collect()
    }

    fn split(text: &str) -> Vec<String> {
        Notation::Markdown.split(text)
    }

    #[test]
    fn blocks_stand_beside_those_of_their_kind() {
        let source = "# A\n\nOne.\n\n- a\n\nTwo.\n";
        let whole = sides(source, &split("# Ә\n\nБір.\n\n- ә\n\nЕкі.\n"), None);
        assert_eq!(whole.rows.len(), 4);
        let less = sides(source, &split("# Ә\n\n- ә\n\nЕкі.\n"), None);
        let own: Vec<_> = said(&less).iter().map(|(_, own)| *own).collect();
        assert_eq!(own, ["# Ә", "", "- ә", "Екі."]);
        let none = sides(source, &[], None);
        assert!(none.rows.iter().all(|row| row.translation.is_empty()));
        assert_eq!(none.rows.len(), 4);
    }

    #[test]
    fn what_changed_in_the_source_since_is_marked() {
        let before = "One.\n\nTwo words.\n\nThree.\n";
        let now = "One.\n\nTwo other words.\n\nNew here.\n";
        let found = sides(now, &split("Бір.\n\nЕкі.\n"), Some(before));
        let became: Vec<_> = found.rows.iter().map(|row| row.became).collect();
        assert_eq!(became[..2], [Became::Same, Became::Changed]);
        assert!(found.rows[1].source.contains("<ins>"), "{found:?}");
    }

    #[test]
    fn a_block_that_is_new_in_the_source_takes_no_translation_from_another() {
        let before = "One.\n\nTwo.\n\nThree.\n";
        let now = "One.\n\nQuite new here.\n\nTwo.\n";
        let found = sides(now, &split("Бір.\n\nЕкі.\n\nҮш.\n\nТағы.\n"), Some(before));
        let own = said(&found);
        assert_eq!(
            own,
            [
                (Became::Same, "Бір."),
                (Became::Added, ""),
                (Became::Same, "Екі."),
                (Became::Same, "Үш."),
                (Became::Same, "Тағы."),
            ]
        );
        assert_eq!(found.removed.len(), 1);
    }
}
