//! The difference of two variants, with what chance alone would do.
//!
//! Each list is a stratum: variants are compared within it and the differences are averaged, so
//! that a variant which happens to have more readers of a lively list gains nothing by that
//! (Simpson's paradox). The weights are those of Mantel and Haenszel for a difference of
//! proportions, n₁n₂/(n₁+n₂) (Greenland and Robins, Biometrics 41, 1985, 55–68).
//!
//! Of people who did something or did not, the interval is Newcombe's: Wilson's score limits of each
//! proportion, squared and added (Newcombe, Statistics in Medicine 17, 1998, 873–890, method 10);
//! for several strata with the weights as Zou, Huang and Zhang have it (Computational Statistics &
//! Data Analysis 53, 2009, 1080–1085). It keeps its level where few or none did something, which is
//! what complaints are like.
//!
//! Clicks are no people: one may click often, and programs click too. How much their number varies is
//! estimated from random parts of each variant (Wolter, Introduction to Variance Estimation, 2007,
//! ch. 2), and taken for no less than that of independent clicks.

/// What is counted of one variant in one stratum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub sent: i64,
    pub count: i64,
    /// The same count in random parts of equal size; empty for people, who count once.
    pub parts: Vec<i64>,
}

/// How sure a comparison is of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// The quantile of the standard normal distribution.
    z: f64,
}

/// The quantile for 80 % power.
const Z_POWER: f64 = 0.841_621_233_572_914;

impl Level {
    /// 95 % for all of `comparisons` together (Bonferroni): up to three.
    pub fn of(comparisons: usize) -> Self {
        Self {
            // Φ⁻¹(1 − 0.05 / 2 / comparisons).
            z: match comparisons {
                0 | 1 => 1.959_963_984_540_05,
                2 => 2.241_402_727_604_95,
                _ => 2.393_979_799_818_51,
            },
        }
    }

    /// The quantile of Student's t with `freedom` degrees of freedom, by the expansion of Cornish
    /// and Fisher (Abramowitz and Stegun 26.7.5): good to three digits from 6 on.
    fn t(self, freedom: f64) -> f64 {
        let z = self.z;
        let first = (z.powi(3) + z) / 4.0;
        let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
        let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
        z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
    }
}

/// The difference between a variant and A.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What the variant has more than A, for each email.
    pub difference: f64,
    /// The ends of the interval.
    pub low: f64,
    pub high: f64,
    /// Emails of each variant that would show this difference in four of five tests; `None` without
    /// one.
    pub needed: Option<i64>,
}

impl Difference {
    /// Whether chance alone hardly explains it: zero is outside of the interval.
    pub fn is_found(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// Wilson's score interval of a proportion.
pub fn wilson(count: i64, sent: i64, level: Level) -> (f64, f64) {
    let (n, z2) = (sent as f64, level.z * level.z);
    let p = count as f64 / n;
    let middle = p + z2 / (2.0 * n);
    let half = level.z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    (
        ((middle - half) / whole).max(0.0),
        ((middle + half) / whole).min(1.0),
    )
}

/// The difference between a variant and A over strata of `(a, variant)`; `None` where no stratum
/// has both.
pub fn difference(strata: &[(Cell, Cell)], level: Level) -> Option<Difference> {
    let both = strata.iter().filter(|(a, b)| a.sent > 0 && b.sent > 0);
    let both: Vec<&(Cell, Cell)> = both.collect();
    let weight = |(a, b): &(Cell, Cell)| {
        let (a, b) = (a.sent as f64, b.sent as f64);
        a * b / (a + b)
    };
    let total: f64 = both.iter().map(|one| weight(one)).sum();
    if both.is_empty() || total <= 0.0 {
        return None;
    }
    let weighed: Vec<(f64, &Cell, &Cell)> = both
        .iter()
        .map(|one| (weight(one) / total, &one.0, &one.1))
        .collect();
    if weighed
        .iter()
        .all(|(_, a, b)| a.parts.is_empty() && b.parts.is_empty())
    {
        Some(of_people(&weighed, level))
    } else {
        of_clicks(&weighed, level)
    }
}

fn rate(cell: &Cell) -> f64 {
    cell.count as f64 / cell.sent as f64
}

fn of_people(weighed: &[(f64, &Cell, &Cell)], level: Level) -> Difference {
    let (mut p_a, mut p_b, mut below, mut above) = (0.0, 0.0, 0.0, 0.0);
    for (weight, a, b) in weighed {
        let (in_a, in_b) = (rate(a), rate(b));
        let (low_a, high_a) = wilson(a.count, a.sent, level);
        let (low_b, high_b) = wilson(b.count, b.sent, level);
        p_a += weight * in_a;
        p_b += weight * in_b;
        below += weight.powi(2) * ((in_b - low_b).powi(2) + (high_a - in_a).powi(2));
        above += weight.powi(2) * ((high_b - in_b).powi(2) + (in_a - low_a).powi(2));
    }
    let difference = p_b - p_a;
    Difference {
        difference,
        low: difference - below.sqrt(),
        high: difference + above.sqrt(),
        needed: needed_of_people(p_a, p_b, level),
    }
}

/// The size of each group for two proportions (Fleiss, Statistical Methods for Rates and
/// Proportions, 1981, 3.14, without its correction for continuity).
fn needed_of_people(p_a: f64, p_b: f64, level: Level) -> Option<i64> {
    let mean = (p_a + p_b) / 2.0;
    let apart = (p_a * (1.0 - p_a) + p_b * (1.0 - p_b)).sqrt();
    let root = level.z * (2.0 * mean * (1.0 - mean)).sqrt() + Z_POWER * apart;
    whole(root.powi(2), p_b - p_a)
}

/// `None` where there is no difference to find.
fn whole(variance: f64, difference: f64) -> Option<i64> {
    let needed = (variance / difference.powi(2)).ceil();
    (needed.is_finite() && needed < 1e15).then_some(needed.max(1.0) as i64)
}

/// `None` where there are not enough parts to know how much chance does.
fn of_clicks(weighed: &[(f64, &Cell, &Cell)], level: Level) -> Option<Difference> {
    let (mut difference, mut variance, mut of_one, mut freedom) = (0.0, 0.0, 0.0, 0);
    for (weight, a, b) in weighed {
        difference += weight * (rate(b) - rate(a));
        for cell in [a, b] {
            let own = variance_of_rate(cell)?;
            variance += weight.powi(2) * own;
            of_one += weight * own * cell.sent as f64;
            freedom += cell.parts.len() - 1;
        }
    }
    let half = level.t(freedom as f64) * variance.sqrt();
    Some(Difference {
        difference,
        low: difference - half,
        high: difference + half,
        needed: whole((level.z + Z_POWER).powi(2) * of_one, difference),
    })
}

/// The variance of clicks for each email: what the parts of the variant show, and no less than if
/// clicks were independent. One click is added to these, so that none or a few do not look certain.
fn variance_of_rate(cell: &Cell) -> Option<f64> {
    let parts = cell.parts.len() as f64;
    if cell.parts.len() < 2 {
        return None;
    }
    let mean = cell.parts.iter().sum::<i64>() as f64 / parts;
    let apart = |count: &i64| (*count as f64 - mean).powi(2);
    let between = cell.parts.iter().map(apart).sum::<f64>() * parts / (parts - 1.0);
    let independent = cell.count as f64 + 1.0;
    Some(between.max(independent) / (cell.sent as f64).powi(2))
}

#[cfg(test)]
mod tests;
