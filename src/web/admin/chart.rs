//! Charts, drawn here as SVG: lines over time.

/// The drawing's size in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 200.0;
/// Margins for the scales.
const LEFT: f64 = 52.0;
const BELOW: f64 = 24.0;
const ABOVE: f64 = 8.0;

/// The values of a line.
pub struct Series {
    pub name: String,
    /// A class of the style sheet: `good`, `sky`, `warn`, `bad` or `soft`.
    pub look: &'static str,
    pub values: Vec<i64>,
}

/// A line as it is drawn.
pub struct Line {
    pub name: String,
    pub look: &'static str,
    /// `x,y x,y …`
    pub points: String,
    pub last: i64,
}

/// A mark of a scale.
pub struct Mark {
    pub at: f64,
    pub text: String,
}

/// A drawn chart.
pub struct Chart {
    pub lines: Vec<Line>,
    pub levels: Vec<Mark>,
    pub times: Vec<Mark>,
}

impl Chart {
    /// Draws series of equal length. `times` label positions from 0 to 1.
    pub fn new(
        series: Vec<Series>,
        times: Vec<(f64, String)>,
        number: impl Fn(&i64) -> String,
    ) -> Self {
        let most = series.iter().flat_map(|one| &one.values).copied().max();
        let top = ceiling(most.unwrap_or(0));
        let least = series.iter().flat_map(|one| &one.values).copied().min();
        // A line that changes little, far from zero, would be flat.
        let bottom = match least {
            Some(least) if least > top / 2 => least - least % step(top).max(1),
            _ => 0,
        };
        let y = |value: i64| {
            let share = (value - bottom) as f64 / (top - bottom).max(1) as f64;
            ABOVE + (HEIGHT - ABOVE - BELOW) * (1.0 - share)
        };
        let x = |share: f64| LEFT + (WIDTH - LEFT - 8.0) * share;
        let line = |one: Series| {
            let last = one.values.len().saturating_sub(1).max(1) as f64;
            let points: Vec<String> = one
                .values
                .iter()
                .enumerate()
                .map(|(at, value)| format!("{:.1},{:.1}", x(at as f64 / last), y(*value)))
                .collect();
            Line {
                name: one.name,
                look: one.look,
                points: points.join(" "),
                last: one.values.last().copied().unwrap_or(0),
            }
        };
        let level = |value: i64| Mark {
            at: y(value),
            text: number(&value),
        };
        Self {
            levels: vec![
                level(bottom),
                level(bottom + (top - bottom) / 2),
                level(top),
            ],
            lines: series.into_iter().map(line).collect(),
            times: times
                .into_iter()
                .map(|(share, text)| Mark { at: x(share), text })
                .collect(),
        }
    }

    /// The chart as text, for screen readers.
    pub fn words(&self) -> String {
        let line = |line: &Line| format!("{}: {}", line.name, line.last);
        self.lines.iter().map(line).collect::<Vec<_>>().join(", ")
    }
}

fn step(value: i64) -> i64 {
    10_i64.saturating_pow(value.max(1).ilog10())
}

/// The next round number at or above `value`.
fn ceiling(value: i64) -> i64 {
    let step = step(value);
    let round = [1, 2, 4, 6, 8, 10].into_iter().map(|times| times * step);
    round
        .into_iter()
        .find(|round| *round >= value.max(2))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        let tops = [0, 1, 2, 3, 9, 11, 45, 100, 101, 12_480].map(ceiling);
        assert_eq!(tops, [2, 2, 2, 4, 10, 20, 60, 100, 200, 20_000]);
    }

    #[test]
    fn lines_stay_within_the_drawing() {
        let series = |values: Vec<i64>| Series {
            name: "sent".to_owned(),
            look: "good",
            values,
        };
        for values in [
            vec![],
            vec![5],
            vec![0, 0],
            vec![0, 3, 100],
            vec![990, 991, 1000],
        ] {
            let chart = Chart::new(vec![series(values)], Vec::new(), ToString::to_string);
            for point in chart.lines[0].points.split_whitespace() {
                let (x, y) = point.split_once(',').unwrap();
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                assert!(
                    (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y),
                    "{point}"
                );
            }
        }
    }
}
