//! Two versions of a text, piece by piece.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

mod words;

pub use words::{marked_html, marked_text};

/// Pairs of pieces that are weighed against each other; beyond that they are paired in order.
const WEIGHED: usize = 40_000;
/// How much two pieces must have in common to be one that was changed.
const ALIKE: f32 = 0.3;

/// What became of a piece: indexes into the old pieces and the new ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named as what became of it")]
pub enum Step {
    Same { old: usize, new: usize },
    Changed { old: usize, new: usize },
    Removed { old: usize },
    Added { new: usize },
}

/// What became of each piece, in the order of reading.
pub fn steps(old: &[String], new: &[String]) -> Vec<Step> {
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => out.extend((0..len).map(|at| Step::Same {
                old: old_index + at,
                new: new_index + at,
            })),
            DiffOp::Delete {
                old_index, old_len, ..
            } => out.extend((old_index..old_index + old_len).map(|old| Step::Removed { old })),
            DiffOp::Insert {
                new_index, new_len, ..
            } => out.extend((new_index..new_index + new_len).map(|new| Step::Added { new })),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                let (before, after) = (
                    &old[old_index..old_index + old_len],
                    &new[new_index..new_index + new_len],
                );
                let moved = |step| match step {
                    Step::Same { old, new } | Step::Changed { old, new } => Step::Changed {
                        old: old + old_index,
                        new: new + new_index,
                    },
                    Step::Removed { old } => Step::Removed {
                        old: old + old_index,
                    },
                    Step::Added { new } => Step::Added {
                        new: new + new_index,
                    },
                };
                out.extend(paired(before, after).into_iter().map(moved));
            }
        }
    }
    out
}

/// Pieces in the place of others: which is which. Those with the most words in common are one
/// that was changed.
fn paired(old: &[String], new: &[String]) -> Vec<Step> {
    let is_small = old.len().saturating_mul(new.len()) <= WEIGHED;
    if old.len() == new.len() && (old.len() == 1 || !is_small) {
        let pairs = 0..old.len();
        return pairs.map(|at| Step::Changed { old: at, new: at }).collect();
    }
    if !is_small {
        let gone = (0..old.len()).map(|old| Step::Removed { old });
        let come = (0..new.len()).map(|new| Step::Added { new });
        return gone.chain(come).collect();
    }
    let (old_words, new_words): (Vec<_>, Vec<_>) = (
        old.iter().map(|piece| bag(piece)).collect(),
        new.iter().map(|piece| bag(piece)).collect(),
    );
    // best[a][b]: the most that the first `a` and the first `b` have in common.
    let mut best = vec![vec![0.0_f32; new.len() + 1]; old.len() + 1];
    let weight = |a: usize, b: usize| {
        let weight = likeness(&old_words[a], &new_words[b]);
        if weight >= ALIKE { weight } else { 0.0 }
    };
    for a in 1..=old.len() {
        for b in 1..=new.len() {
            let pair = best[a - 1][b - 1] + weight(a - 1, b - 1);
            best[a][b] = pair.max(best[a - 1][b]).max(best[a][b - 1]);
        }
    }
    let (mut a, mut b) = (old.len(), new.len());
    let mut out = Vec::new();
    while a > 0 || b > 0 {
        let pair = if a > 0 && b > 0 {
            weight(a - 1, b - 1)
        } else {
            0.0
        };
        if pair > 0.0 && best[a][b] <= best[a - 1][b - 1] + pair {
            (a, b) = (a - 1, b - 1);
            out.push(Step::Changed { old: a, new: b });
        } else if b > 0 && (a == 0 || best[a][b - 1] >= best[a - 1][b]) {
            b -= 1;
            out.push(Step::Added { new: b });
        } else {
            a -= 1;
            out.push(Step::Removed { old: a });
        }
    }
    out.reverse();
    out
}

fn bag(piece: &str) -> HashMap<&str, usize> {
    let mut bag = HashMap::new();
    for word in piece.split_whitespace() {
        *bag.entry(word).or_insert(0) += 1;
    }
    bag
}

/// What two pieces have in common, from 0 to 1.
fn likeness(one: &HashMap<&str, usize>, other: &HashMap<&str, usize>) -> f32 {
    let total: usize = one.values().chain(other.values()).sum();
    let common = one
        .iter()
        .map(|(word, count)| count.min(other.get(word).unwrap_or(&0)));
    let common: usize = common.sum();
    2.0 * common as f32 / total.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(old: &[&str], new: &[&str]) -> String {
        let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        let steps = steps(&owned(old), &owned(new));
        let said = steps.into_iter().map(|step| match step {
            Step::Same { .. } => '=',
            Step::Changed { .. } => '~',
            Step::Removed { .. } => '-',
            Step::Added { .. } => '+',
        });
        said.collect()
    }

    #[test]
    fn pieces_are_the_same_or_changed_or_only_in_one_version() {
        assert_eq!(said(&[], &[]), "");
        assert_eq!(said(&["a", "b"], &["a", "b"]), "==");
        assert_eq!(said(&["a", "b"], &["a", "new", "b"]), "=+=");
        assert_eq!(said(&["a", "b", "c"], &["a", "c"]), "=-=");
        assert_eq!(said(&["a", "one two"], &["a", "one three"]), "=~");
        assert_eq!(said(&["a", "x"], &["a", "y"]), "=~", "one for one");
    }

    #[test]
    fn of_several_that_changed_the_most_alike_are_the_same_piece() {
        let old = ["The gate opens at nine", "Bring your own chairs"];
        let new = [
            "Something else first",
            "The gate opens at ten",
            "Bring your chairs",
        ];
        assert_eq!(said(&old, &new), "+~~");
        assert_eq!(said(&old, &["Quite another text here"]), "--+");
    }
}
