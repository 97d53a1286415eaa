//! Dates in attributes, and the days on which they come.

use jiff::ToSpan;
use jiff::civil::Date;

/// A date of a person: with its year, or without as birthdays are often given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonalDate {
    year: Option<i16>,
    month: i8,
    day: i8,
}

/// A day on which a date comes, and in which round: its year where it comes again each year,
/// otherwise 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    pub day: Date,
    pub round: i64,
}

impl PersonalDate {
    /// Reads `2026-03-01`, with or without a time behind it, `01.03.2026`, `03-01` or `--03-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = text.split(['T', ' ']).next()?;
        if let Ok(full) = date.parse::<Date>() {
            return Some(Self {
                year: Some(full.year()),
                month: full.month(),
                day: full.day(),
            });
        }
        let numbers = |text: &str, separator: char| -> Option<Vec<i16>> {
            text.split(separator)
                .map(|part| part.parse().ok())
                .collect()
        };
        let (year, month, day) = match numbers(date, '.').as_deref() {
            Some([day, month, year]) => (Some(*year), *month, *day),
            _ => match numbers(date.strip_prefix("--").unwrap_or(date), '-').as_deref() {
                Some([month, day]) => (None, *month, *day),
                _ => return None,
            },
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        // 2024 has a 29 February.
        Date::new(year.unwrap_or(2024), month, day).ok()?;
        Some(Self { year, month, day })
    }

    /// When it comes, `days` after it, on a day after `after` and up to `until`.
    pub fn within(&self, days: i32, yearly: bool, after: Date, until: Date) -> Option<Occurrence> {
        let shifted = |year: i16| {
            let day = self.in_year(year)?.checked_add(days.days()).ok()?;
            (day > after && day <= until).then_some(day)
        };
        if !yearly {
            return shifted(self.year?).map(|day| Occurrence { day, round: 0 });
        }
        // The days before or after may be those of another year.
        let years = after.year().saturating_sub(2)..=until.year().saturating_add(2);
        let first = self.year.map_or(i16::MIN, |year| year.saturating_add(1));
        years.filter(|year| *year >= first).find_map(|year| {
            shifted(year).map(|day| Occurrence {
                day,
                round: i64::from(year),
            })
        })
    }

    /// 29 February is 28 February in years without it.
    fn in_year(&self, year: i16) -> Option<Date> {
        let exact = Date::new(year, self.month, self.day);
        exact
            .or_else(|_| Date::new(year, self.month, self.day - 1))
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let read = |text: &str| PersonalDate::parse(text).map(|one| (one.year, one.month, one.day));
        for (text, expected) in [
            ("1990-03-01", Some((Some(1990), 3, 1))),
            ("1990-03-01T10:00:00Z", Some((Some(1990), 3, 1))),
            ("01.03.1990", Some((Some(1990), 3, 1))),
            ("03-01", Some((None, 3, 1))),
            ("--02-29", Some((None, 2, 29))),
            ("1990", None),
            ("31.02.1990", None),
            ("tomorrow", None),
            ("", None),
            ("999999.1.1", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_date_comes_on_its_day_or_so_many_days_from_it() {
        let renewal = PersonalDate::parse("2026-12-01").unwrap();
        let within = |days, after, until| renewal.within(days, false, after, until);
        let day = date(2026, 11, 24);
        assert_eq!(
            within(-7, date(2026, 11, 23), day),
            Some(Occurrence { day, round: 0 })
        );
        assert_eq!(within(-7, day, date(2026, 11, 25)), None);
        let nameless = PersonalDate::parse("12-01").unwrap();
        assert_eq!(
            nameless.within(0, false, date(2026, 1, 1), date(2026, 12, 31)),
            None
        );
    }

    #[test]
    fn a_birthday_comes_each_year_and_before_new_year_is_of_the_next() {
        let birthday = PersonalDate::parse("1990-01-02").unwrap();
        let day = date(2026, 12, 30);
        assert_eq!(
            birthday.within(-3, true, date(2026, 12, 29), day),
            Some(Occurrence { day, round: 2027 })
        );
        let leap = PersonalDate::parse("2000-02-29").unwrap();
        let day = date(2027, 2, 28);
        assert_eq!(
            leap.within(0, true, date(2027, 2, 27), day),
            Some(Occurrence { day, round: 2027 })
        );
        // Not on the day of the birth itself.
        let born = PersonalDate::parse("2026-05-01").unwrap();
        assert_eq!(
            born.within(0, true, date(2026, 4, 30), date(2026, 5, 1)),
            None
        );
    }
}
