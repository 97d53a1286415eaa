//! Where readers go on who are moved from the steps of one version to those of another.

use super::step::Step;

/// What two equal steps count, against two of one kind: more than all steps of a series.
const EQUAL: u32 = 1000;

/// The step of `new` that comes next for readers of `old`: first for those for whom its first step
/// comes next, last for those behind its last one.
///
/// Both are laid beside each other so that as many steps as possible are equal, and then as many
/// as possible of one kind, since a corrected email is still that email. A reader goes on behind
/// the last step that they have behind them: what was put in front of it is not for them, what was
/// put behind it is.
pub fn places(old: &[Step], new: &[Step]) -> Vec<i64> {
    let mut next = 1;
    let mut places = vec![next];
    for partner in partners(old, new) {
        if let Some(at) = partner {
            next = at as i64 + 2;
        }
        places.push(next);
    }
    places
}

/// The index of the step of `new` that each step of `old` has beside it.
fn partners(old: &[Step], new: &[Step]) -> Vec<Option<usize>> {
    let best = scores(old, new);
    let (mut i, mut j) = (old.len(), new.len());
    let mut partners = vec![None; old.len()];
    // Of several ways the one that goes on latest: to get an email twice is worse than to miss one
    // that was put in.
    while i > 0 && j > 0 {
        let alike = likeness(&old[i - 1], &new[j - 1]);
        if alike > 0 && best[i][j] == best[i - 1][j - 1] + alike {
            partners[i - 1] = Some(j - 1);
            (i, j) = (i - 1, j - 1);
        } else if best[i][j] == best[i - 1][j] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    partners
}

/// How alike the first steps of one are to the first of the other, for each number of both.
fn scores(old: &[Step], new: &[Step]) -> Vec<Vec<u32>> {
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for (i, before) in old.iter().enumerate() {
        for (j, after) in new.iter().enumerate() {
            let both = best[i][j] + likeness(before, after);
            best[i + 1][j + 1] = both.max(best[i][j + 1]).max(best[i + 1][j]);
        }
    }
    best
}

fn likeness(one: &Step, other: &Step) -> u32 {
    if one == other {
        EQUAL
    } else {
        u32::from(one.kind() == other.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::series::EmailText;
    use crate::text::locale::Language;

    fn email(subject: &str) -> Step {
        Step::markdown(vec![EmailText {
            language: Language::EN,
            subject: subject.to_owned(),
            preheader: String::new(),
            body: "Hello.".to_owned(),
        }])
    }

    fn wait(days: u32) -> Step {
        Step::Wait { days, hours: 0 }
    }

    #[test]
    fn readers_go_on_behind_the_last_step_that_they_have_taken() {
        let old = [email("A"), wait(7), email("B")];
        for (what, new, expected) in [
            ("the same", old.to_vec(), vec![1, 2, 3, 4]),
            (
                "two in front",
                vec![email("N"), wait(1), email("A"), wait(7), email("B")],
                vec![1, 4, 5, 6],
            ),
            (
                "one behind the first",
                vec![email("A"), email("N"), wait(7), email("B")],
                vec![1, 2, 4, 5],
            ),
            (
                "a corrected email and wait",
                vec![email("A!"), wait(3), email("B")],
                vec![1, 2, 3, 4],
            ),
            (
                "the first is gone",
                vec![wait(7), email("B")],
                vec![1, 1, 2, 3],
            ),
            (
                "the wait is gone",
                vec![email("A"), email("B")],
                vec![1, 2, 2, 3],
            ),
            (
                "one more at the end",
                vec![email("A"), wait(7), email("B"), wait(2), email("C")],
                vec![1, 2, 3, 4],
            ),
            ("all is gone", vec![Step::End], vec![1, 1, 1, 1]),
        ] {
            assert_eq!(places(&old, &new), expected, "{what}");
        }
    }

    #[test]
    fn an_email_that_comes_again_is_not_got_again() {
        let (old, new) = ([email("A")], [email("A"), wait(1), email("A")]);
        assert_eq!(places(&old, &new), [1, 4]);
    }
}
