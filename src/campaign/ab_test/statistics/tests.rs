//! Against numbers of others: Newcombe's paper, scipy 1.x and statsmodels.

use super::*;

fn people(count: i64, sent: i64) -> Cell {
    Cell {
        sent,
        count,
        parts: Vec::new(),
    }
}

fn clicks(sent: i64, parts: &[i64]) -> Cell {
    Cell {
        sent,
        count: parts.iter().sum(),
        parts: parts.to_vec(),
    }
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-5, "{found} {expected}");
}

#[test]
fn wilsons_interval_is_that_of_newcombes_other_paper() {
    // Statistics in Medicine 17, 1998, 857–872, table I, method 3.
    for (count, sent, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let found = wilson(count, sent, Level::of(1));
        close(found.0, low);
        close(found.1, high);
    }
}

#[test]
fn the_interval_of_one_stratum_is_newcombes_method_10() {
    // Table II of the paper, and `confint_proportions_2indep(…, method="newcomb")`.
    for (one, other, difference, low, high) in [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.6, 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.5714, 0.0582, 0.8062),
        ((5, 56), (0, 29), 0.0893, -0.0381, 0.1926),
        ((0, 10), (0, 20), 0.0, -0.1611, 0.2775),
    ] {
        let strata = [(people(other.0, other.1), people(one.0, one.1))];
        let found = super::difference(&strata, Level::of(1)).unwrap();
        close(found.difference, difference);
        close(found.low, low);
        close(found.high, high);
    }
}

#[test]
fn strata_are_weighed_as_mantel_and_haenszel_do() {
    // Σ w (b/n₁ − a/n₀) / Σ w with w = n₀n₁/(n₀+n₁), by hand: 0.0850467….
    let strata = [
        (people(10, 100), people(30, 200)),
        (people(50, 250), people(20, 60)),
    ];
    let found = difference(&strata, Level::of(1)).unwrap();
    close(found.difference, 0.085_046_7);
    assert!(found.is_found(), "{found:?}");
    // Two strata that say the same are one of twice the size, nearly.
    let half = (people(20, 200), people(40, 200));
    let whole = difference(&[(people(40, 400), people(80, 400))], Level::of(1)).unwrap();
    let halves = difference(&[half.clone(), half], Level::of(1)).unwrap();
    close(halves.difference, whole.difference);
    assert!((halves.low - whole.low).abs() < 2e-3 && (halves.high - whole.high).abs() < 2e-3);
}

#[test]
fn a_mix_of_lists_feigns_no_difference() {
    // On each list as many of both do it; B has more readers of the lively list.
    let none = [
        (people(10, 1_000), people(2, 200)),
        (people(40, 200), people(200, 1_000)),
    ];
    let pooled = difference(&[(people(50, 1_200), people(202, 1_200))], Level::of(1)).unwrap();
    assert!(pooled.is_found() && pooled.difference > 0.1);
    let found = difference(&none, Level::of(1)).unwrap();
    close(found.difference, 0.0);
    assert!(!found.is_found(), "{found:?}");

    // Simpson's paradox: pooled B looks better, on each list it is worse. (The numbers of kidney
    // stones: Charig and others, British Medical Journal 292, 1986, 879–882.)
    let paradox = [
        (people(81, 87), people(234, 270)),
        (people(192, 263), people(55, 80)),
    ];
    let pooled = difference(&[(people(273, 350), people(289, 350))], Level::of(1)).unwrap();
    assert!(pooled.difference > 0.0);
    let found = difference(&paradox, Level::of(1)).unwrap();
    assert!(found.difference < 0.0, "{found:?}");
}

#[test]
fn few_events_are_no_difference() {
    for (a, b) in [(0, 0), (0, 3), (1, 4), (2, 7)] {
        let found = difference(&[(people(a, 1_000), people(b, 1_000))], Level::of(1)).unwrap();
        assert!(!found.is_found(), "{a} {b} {found:?}");
    }
    let found = difference(&[(people(0, 1_000), people(8, 1_000))], Level::of(1)).unwrap();
    assert!(found.is_found(), "{found:?}");
    // What is found of two is not always found of four.
    let strata = [(people(100, 1_000), people(130, 1_000))];
    assert!(difference(&strata, Level::of(1)).unwrap().is_found());
    assert!(!difference(&strata, Level::of(3)).unwrap().is_found());
}

#[test]
fn lists_without_readers_of_both_say_nothing() {
    assert_eq!(difference(&[], Level::of(1)), None);
    assert_eq!(
        difference(&[(people(0, 0), people(1, 5))], Level::of(1)),
        None
    );
    let one = (people(10, 100), people(20, 100));
    let alone = difference(std::slice::from_ref(&one), Level::of(1));
    let with_empty = difference(&[one, (people(0, 0), people(5, 5))], Level::of(1));
    assert_eq!(alone, with_empty);
}

#[test]
fn how_many_would_be_needed() {
    // 3,841 and 356 by the formula in Python.
    let needed = |a, b, n| {
        let strata = [(people(a, n), people(b, n))];
        difference(&strata, Level::of(1)).unwrap().needed
    };
    assert_eq!(needed(10, 12, 100), Some(3_841));
    assert_eq!(needed(60, 70, 100), Some(356));
    assert_eq!(needed(10, 10, 100), None);
    assert_eq!(needed(0, 0, 100), None);
}

#[test]
fn students_t_is_near_that_of_scipy() {
    for (comparisons, freedom, expected) in [
        (1, 6.0, 2.446_91),
        (1, 18.0, 2.100_92),
        (1, 40.0, 2.021_08),
        (3, 18.0, 2.639_14),
        (3, 40.0, 2.498_86),
    ] {
        let found = Level::of(comparisons).t(freedom);
        assert!((found - expected).abs() < 5e-3, "{found} {expected}");
    }
}

#[test]
fn a_reader_who_clicks_a_hundred_times_makes_no_winner() {
    let even = clicks(1_000, &[10, 9, 11, 10, 10, 9, 11, 10, 10, 10]);
    let one_reader = clicks(1_000, &[10, 9, 110, 10, 10, 9, 11, 10, 10, 10]);
    let found = difference(&[(even.clone(), one_reader)], Level::of(1)).unwrap();
    close(found.difference, 0.099);
    assert!(!found.is_found(), "{found:?}");
    // As many clicks of many readers do.
    let many = clicks(1_000, &[20, 19, 20, 21, 20, 19, 21, 20, 19, 20]);
    let found = difference(&[(even.clone(), many)], Level::of(1)).unwrap();
    assert!(found.is_found(), "{found:?}");
    // By hand: sqrt((100 + 1) + (199 + 1)) / 1000, which is more than the parts show, and t(18).
    close(
        found.high - found.difference,
        2.1009 * 301.0_f64.sqrt() / 1_000.0,
    );
    // 4 to none may be chance.
    let few = clicks(1_000, &[1, 0, 1, 0, 0, 1, 0, 0, 1, 0]);
    let none = clicks(1_000, &[0; 10]);
    assert!(!difference(&[(none, few)], Level::of(1)).unwrap().is_found());
    // Without parts nobody knows.
    let total = clicks(1_000, &[100]);
    assert_eq!(difference(&[(total.clone(), total)], Level::of(1)), None);
}
