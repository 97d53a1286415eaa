//! The days of a month as a calendar shows them.

use jiff::ToSpan;
use jiff::civil::Date;

/// The days of the weeks, from Monday to Sunday, that the month from `first` on touches.
pub fn weeks(first: Date) -> Vec<Vec<Date>> {
    let before = i32::from(first.weekday().to_monday_zero_offset());
    let length = i32::from(first.last_of_month().day());
    let date = |number: i32| first.saturating_add((number - before).days());
    (0..(before + length + 6) / 7)
        .map(|week| (0..7).map(|day| date(week * 7 + day)).collect())
        .collect()
}

/// Whether a day is of the month from `first` on, and not one of its neighbours'.
pub fn holds(first: Date, day: Date) -> bool {
    first.first_of_month() == day.first_of_month()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_go_from_monday_to_sunday_and_hold_each_day_once() {
        for (first, count, from, to) in [
            // A Thursday; a Monday of four weeks; a Sunday of six.
            (date(2026, 1, 1), 5, date(2025, 12, 29), date(2026, 2, 1)),
            (date(2027, 2, 1), 4, date(2027, 2, 1), date(2027, 2, 28)),
            (date(2026, 3, 1), 6, date(2026, 2, 23), date(2026, 4, 5)),
        ] {
            let weeks = weeks(first);
            assert_eq!(weeks.len(), count, "{first}");
            let days: Vec<Date> = weeks.into_iter().flatten().collect();
            assert_eq!((days[0], days[days.len() - 1]), (from, to), "{first}");
            assert!(
                days.windows(2)
                    .all(|pair| pair[0].tomorrow().unwrap() == pair[1])
            );
        }
    }
}
