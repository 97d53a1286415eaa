//! What the numbers of a test say, and what is done about it.

use super::counts::Counts;
use super::statistics::{self, Difference, Level};
use crate::model::ab_test::{AbOutcome, AbVariant, Fallback, Measure};

/// Emails of each variant below which nothing is decided by numbers.
pub const LEAST_SENT: i64 = 30;

/// What is said of a variant beside A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Better,
    Worse,
    /// Chance alone may have done it.
    NoDifference,
    /// Too few emails to say anything.
    TooFew,
    /// There is nothing to compare.
    Unknown,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoDifference => "no_difference",
            Self::TooFew => "too_few",
            Self::Unknown => "unknown",
        }
    }
}

/// A variant beside A, by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub variant: AbVariant,
    pub difference: Option<Difference>,
    pub verdict: Verdict,
}

/// Compares each variant with A by a measure.
pub fn compare(counts: &Counts, measure: Measure, variants: usize) -> Vec<Comparison> {
    let level = Level::of(variants.saturating_sub(1));
    let others = AbVariant::first(variants).skip(1);
    let compared = others.map(|variant| {
        let both = [0, variant.index()].map(|one| counts.total(one).sent);
        if both.iter().any(|sent| *sent < LEAST_SENT) {
            return Comparison {
                variant,
                difference: None,
                verdict: Verdict::TooFew,
            };
        }
        let strata = counts.strata(measure, variant.index());
        let difference = statistics::difference(&strata, level);
        let verdict = match &difference {
            None => Verdict::Unknown,
            Some(found) if !found.is_found() => Verdict::NoDifference,
            Some(found) if (found.difference > 0.0) == measure.is_more_better() => Verdict::Better,
            Some(_) => Verdict::Worse,
        };
        Comparison {
            variant,
            difference,
            verdict,
        }
    });
    compared.collect()
}

/// What comes of a test whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    Decide(AbVariant, AbOutcome),
    Ask(AbOutcome),
}

/// Decides a test by its numbers. Without a rest there is nothing that a person would have to
/// decide.
pub fn conclude(
    counts: &Counts,
    (measure, fallback, has_rest): (Measure, Fallback, bool),
    variants: usize,
) -> Conclusion {
    let without_answer = |outcome| {
        if has_rest {
            Conclusion::Ask(outcome)
        } else {
            Conclusion::Decide(AbVariant::A, outcome)
        }
    };
    if measure == Measure::Person {
        return Conclusion::Ask(AbOutcome::Open);
    }
    if measure == Measure::Clicks && counts.clicks.is_none() {
        return without_answer(AbOutcome::NotCounted);
    }
    let compared = compare(counts, measure, variants);
    let says_nothing = |verdict| matches!(verdict, Verdict::TooFew | Verdict::Unknown);
    if compared.iter().any(|one| says_nothing(one.verdict)) {
        return without_answer(AbOutcome::TooFew);
    }
    let size = |one: &&Comparison| {
        one.difference
            .as_ref()
            .map_or(0.0, |one| one.difference.abs())
    };
    let better = compared.iter().filter(|one| one.verdict == Verdict::Better);
    if let Some(best) = better.max_by(|one, other| size(one).total_cmp(&size(other))) {
        return Conclusion::Decide(best.variant, AbOutcome::Measured);
    }
    if compared.iter().all(|one| one.verdict == Verdict::Worse) {
        return Conclusion::Decide(AbVariant::A, AbOutcome::Measured);
    }
    match fallback {
        Fallback::Ask if has_rest => Conclusion::Ask(AbOutcome::NoDifference),
        _ => Conclusion::Decide(AbVariant::A, AbOutcome::NoDifference),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::ab_test::counts::{ClickNumbers, ListNumbers, Numbers};

    /// One list; who left of how many, by variant.
    fn left(variants: &[(i64, i64)]) -> Counts {
        let numbers = |(left, sent): &(i64, i64)| Numbers {
            sent: *sent,
            left: *left,
            ..Numbers::default()
        };
        Counts {
            lists: vec![ListNumbers {
                list: 1,
                name: "News".to_owned(),
                variants: variants.iter().map(numbers).collect(),
            }],
            clicks: None,
        }
    }

    fn concluded(variants: &[(i64, i64)]) -> Conclusion {
        let how = (Measure::Left, Fallback::SendA, true);
        conclude(&left(variants), how, variants.len())
    }

    #[test]
    fn who_loses_fewer_readers_wins() {
        use Conclusion::Decide;
        let (a, b, measured) = (AbVariant::A, AbVariant::B, AbOutcome::Measured);
        assert_eq!(concluded(&[(60, 500), (20, 500)]), Decide(b, measured));
        assert_eq!(concluded(&[(20, 500), (60, 500)]), Decide(a, measured));
        let none = AbOutcome::NoDifference;
        assert_eq!(concluded(&[(20, 500), (21, 500)]), Decide(a, none));
        // Of those better than A the best; A only if it is better than all.
        let found = concluded(&[(90, 500), (40, 500), (20, 500)]);
        assert_eq!(found, Decide(AbVariant::C, measured));
        assert_eq!(
            concluded(&[(20, 500), (21, 500), (90, 500)]),
            Decide(a, none)
        );
        assert_eq!(
            concluded(&[(20, 500), (80, 500), (90, 500)]),
            Decide(a, measured)
        );
    }

    #[test]
    fn what_numbers_do_not_say_is_for_a_person() {
        let how = |fallback, has_rest| (Measure::Left, fallback, has_rest);
        let same = left(&[(20, 500), (21, 500)]);
        let (a, none) = (AbVariant::A, AbOutcome::NoDifference);
        let found = conclude(&same, how(Fallback::Ask, true), 2);
        assert_eq!(found, Conclusion::Ask(none));
        let found = conclude(&same, how(Fallback::Ask, false), 2);
        assert_eq!(found, Conclusion::Decide(a, none));
        let few = left(&[(9, 29), (0, 500)]);
        let found = conclude(&few, how(Fallback::SendA, true), 2);
        assert_eq!(found, Conclusion::Ask(AbOutcome::TooFew));
        let person = (Measure::Person, Fallback::SendA, true);
        assert_eq!(conclude(&same, person, 2), Conclusion::Ask(AbOutcome::Open));
        let clicks = (Measure::Clicks, Fallback::SendA, true);
        let found = conclude(&same, clicks, 2);
        assert_eq!(found, Conclusion::Ask(AbOutcome::NotCounted));
        // Clicks are counted, but not in parts.
        let mut counted = same.clone();
        counted.clicks = Some(vec![ClickNumbers {
            list: 0,
            sent: vec![500, 500],
            parts: vec![vec![10], vec![200]],
        }]);
        let found = conclude(&counted, clicks, 2);
        assert_eq!(found, Conclusion::Ask(AbOutcome::TooFew));
        assert_eq!(counted.total_clicks(1), Some(200));
    }
}
