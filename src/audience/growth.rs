//! How lists grow: who joined and left, by day, week or month, by what way, by list and by
//! language. Days are those of the site's time zone.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Result;
use crate::context::Context;
use crate::model::ListId;
use crate::model::growth::{ChangeSource, Period};
use crate::model::list_access::ListAccess;
use crate::store::growth::{self, DayRow, Selection, Stretch};
use crate::text::locale::Language;

/// Days that a report covers at most: three years.
pub const MOST_DAYS: i64 = 1_100;
/// Milliseconds of an hour.
const HOUR: i64 = 3600 * 1000;
const FIRST_DAY: Date = Date::constant(1970, 1, 1);

/// Why two days do not bound a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    #[error("must not be before the first day")]
    Backwards,
    #[error("must be within {MOST_DAYS} days of the first day")]
    TooLong,
}

/// The days of a report, and how long its periods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Date,
    pub until: Date,
    pub by: Period,
}

impl Span {
    /// From one day to another, both included.
    ///
    /// # Errors
    /// [`SpanError`] about the last day.
    pub fn new(from: Date, until: Date, by: Period) -> std::result::Result<Self, SpanError> {
        if until < from {
            return Err(SpanError::Backwards);
        }
        if number(until) - number(from) >= MOST_DAYS {
            return Err(SpanError::TooLong);
        }
        Ok(Self { from, until, by })
    }

    /// The last 30 days.
    pub fn last_month(today: Date) -> Self {
        Self {
            from: today.saturating_sub(29.days()),
            until: today,
            by: Period::Day,
        }
    }

    /// The first and the last day of each period. The first and the last period may be cut.
    pub fn periods(&self) -> Vec<(Date, Date)> {
        let mut periods = Vec::new();
        let mut start = self.from;
        loop {
            let end = match self.by {
                Period::Day => start,
                Period::Week => {
                    let weekday = i64::from(start.weekday().to_monday_one_offset());
                    start.saturating_add((7 - weekday).days())
                }
                Period::Month => start.last_of_month(),
            };
            let end = end.min(self.until);
            periods.push((start, end));
            match end.tomorrow() {
                Ok(next) if end < self.until => start = next,
                _ => return periods,
            }
        }
    }
}

/// How many joined and left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub joined: i64,
    pub left: i64,
}

impl Numbers {
    /// By how many a list is larger than before.
    pub fn net(&self) -> i64 {
        self.joined - self.left
    }

    fn add(&mut self, other: Numbers) {
        self.joined += other.joined;
        self.left += other.left;
    }
}

/// The changes of one period that have list, way and language in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its place among the periods of the span.
    pub period: usize,
    pub list: ListId,
    pub source: ChangeSource,
    pub language: Language,
    pub numbers: Numbers,
}

/// The growth of lists within a span.
#[derive(Debug, Clone)]
pub struct Growth {
    pub periods: Vec<(Date, Date)>,
    /// By period, list, way and language, in this order. Only where somebody came or went.
    pub rows: Vec<Row>,
}

impl Growth {
    fn new(span: Span, days: &[DayRow]) -> Self {
        let periods = span.periods();
        let starts: Vec<i64> = periods.iter().map(|(start, _)| number(*start)).collect();
        let mut sums: BTreeMap<_, (ChangeSource, Numbers)> = BTreeMap::new();
        for row in days {
            let period = starts.partition_point(|start| *start <= row.day);
            let period = period.saturating_sub(1);
            let key = (period, row.list_id, row.source.as_str(), row.language);
            let sum = sums.entry(key).or_insert((row.source, Numbers::default()));
            sum.1.add(Numbers {
                joined: row.joined,
                left: row.left,
            });
        }
        let row = |(key, (source, numbers))| {
            let (period, list, _, language): (usize, ListId, &str, Language) = key;
            Row {
                period,
                list,
                source,
                language,
                numbers,
            }
        };
        Self {
            periods,
            rows: sums.into_iter().map(row).collect(),
        }
    }

    /// All of it.
    pub fn total(&self) -> Numbers {
        let mut total = Numbers::default();
        self.rows.iter().for_each(|row| total.add(row.numbers));
        total
    }

    /// Each period's.
    pub fn by_period(&self) -> Vec<Numbers> {
        let mut sums = vec![Numbers::default(); self.periods.len()];
        for row in &self.rows {
            if let Some(sum) = sums.get_mut(row.period) {
                sum.add(row.numbers);
            }
        }
        sums
    }

    /// That of rows with the same key, where most happened first.
    pub fn by<K: PartialEq>(&self, key: impl Fn(&Row) -> K) -> Vec<(K, Numbers)> {
        let mut sums: Vec<(K, Numbers)> = Vec::new();
        for row in &self.rows {
            let key = key(row);
            match sums.iter_mut().find(|(one, _)| *one == key) {
                Some((_, sum)) => sum.add(row.numbers),
                None => sums.push((key, row.numbers)),
            }
        }
        sums.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.joined + sum.left));
        sums
    }
}

/// Today in the site's time zone.
pub fn today(cx: &Context) -> Date {
    let zone = cx.config().time_zone.get();
    cx.clock.now().to_jiff().to_zoned_datetime(zone).date()
}

/// The growth within a span of the lists within a user's reach.
pub async fn of(
    cx: &Context,
    access: &ListAccess,
    span: Span,
    selection: Selection,
) -> Result<Growth> {
    let zone = cx.config().time_zone.get();
    let mut db = cx.store.read().await?;
    let mut days = Vec::new();
    for stretch in stretches(&zone, span.from, span.until) {
        days.extend(growth::days(&mut db, stretch, selection).await?);
    }
    days.retain(|day| access.has(day.list_id));
    Ok(Growth::new(span, &days))
}

/// By how many each of some lists grew on each day of a span: a row of days for each list.
pub async fn net_by_day(cx: &Context, lists: &[ListId], span: Span) -> Result<Vec<Vec<i64>>> {
    let zone = cx.config().time_zone.get();
    let first = number(span.from);
    let days = usize::try_from(number(span.until) - first + 1).unwrap_or(0);
    let mut db = cx.store.read().await?;
    let mut all = Vec::new();
    for list in lists {
        let mut net = vec![0; days];
        for stretch in stretches(&zone, span.from, span.until) {
            for (day, change) in growth::net_by_day(&mut db, *list, stretch).await? {
                let place = usize::try_from(day - first).ok();
                if let Some(sum) = place.and_then(|place| net.get_mut(place)) {
                    *sum += change;
                }
            }
        }
        all.push(net);
    }
    Ok(all)
}

/// A day's number since 1970.
fn number(day: Date) -> i64 {
    let days = FIRST_DAY.until(day).map(|span| i64::from(span.get_days()));
    days.unwrap_or_default()
}

/// The hours from one day to another, both included, cut where the clocks change. An hour in
/// which a day ends, as in zones that are half an hour off, belongs to the day that begins.
fn stretches(zone: &TimeZone, from: Date, until: Date) -> Vec<Stretch> {
    let midnight = |day: Date| day.to_zoned_datetime(zone.clone()).map(|at| at.timestamp());
    let end = until.saturating_add(1.day());
    let (Ok(start), Ok(end)) = (midnight(from), midnight(end)) else {
        return Vec::new();
    };
    let hour = |at: jiff::Timestamp| at.as_millisecond().div_euclid(HOUR);
    let ahead = |offset: jiff::tz::Offset| -i64::from(-offset.seconds()).div_euclid(3600);
    let mut stretches = Vec::new();
    let (mut at, mut offset) = (start, zone.to_offset(start));
    for change in zone
        .following(start)
        .take_while(|change| change.timestamp() < end)
    {
        stretches.push(Stretch {
            from: hour(at),
            until: hour(change.timestamp()),
            ahead: ahead(offset),
        });
        (at, offset) = (change.timestamp(), change.offset());
    }
    stretches.push(Stretch {
        from: hour(at),
        until: hour(end),
        ahead: ahead(offset),
    });
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn span(from: &str, until: &str, by: Period) -> Span {
        Span::new(day(from), day(until), by).unwrap()
    }

    #[test]
    fn a_span_ends_after_it_begins_and_is_bounded() {
        let new = |from, until| Span::new(day(from), day(until), Period::Day);
        assert!(new("2026-01-01", "2026-01-01").is_ok());
        assert_eq!(new("2026-01-02", "2026-01-01"), Err(SpanError::Backwards));
        assert!(new("2023-01-01", "2026-01-04").is_ok());
        assert_eq!(new("2023-01-01", "2026-01-05"), Err(SpanError::TooLong));
        assert_eq!(new("0001-01-01", "9999-12-31"), Err(SpanError::TooLong));
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        for (by, expected) in [
            (
                Period::Week,
                vec![("01-29", "02-01"), ("02-02", "02-08"), ("02-09", "02-10")],
            ),
            (Period::Month, vec![("01-29", "01-31"), ("02-01", "02-10")]),
        ] {
            let periods = span("2026-01-29", "2026-02-10", by).periods();
            let expected: Vec<(Date, Date)> = expected
                .into_iter()
                .map(|(a, b)| (day(&format!("2026-{a}")), day(&format!("2026-{b}"))))
                .collect();
            assert_eq!(periods, expected);
        }
        assert_eq!(
            span("2026-01-29", "2026-02-10", Period::Day)
                .periods()
                .len(),
            13
        );
    }

    /// The day of each hour, by the stretches.
    fn day_of(zone: &str, from: &str, until: &str, at: &str) -> Option<Date> {
        let zone = crate::text::datetime::zone(zone).unwrap();
        let hour = at.parse::<jiff::Timestamp>().unwrap().as_millisecond() / HOUR;
        let stretches = stretches(&zone, day(from), day(until));
        let mut found = stretches
            .iter()
            .filter(|one| (one.from..one.until).contains(&hour))
            .map(|one| FIRST_DAY.saturating_add(((hour + one.ahead) / 24).days()));
        let only = found.next();
        assert_eq!(found.next(), None, "an hour counts once");
        only
    }

    #[test]
    fn an_hour_belongs_to_the_day_of_the_zone() {
        let almaty = |at| day_of("Asia/Almaty", "2026-03-01", "2026-03-31", at);
        assert_eq!(almaty("2026-02-28T18:59:00Z"), None);
        assert_eq!(almaty("2026-02-28T19:00:00Z"), Some(day("2026-03-01")));
        assert_eq!(almaty("2026-03-31T18:00:00Z"), Some(day("2026-03-31")));
        assert_eq!(almaty("2026-03-31T19:00:00Z"), None);

        // Summer time began on 29 March.
        let berlin = |at| day_of("Europe/Berlin", "2026-03-01", "2026-04-30", at);
        assert_eq!(berlin("2026-03-28T23:00:00Z"), Some(day("2026-03-29")));
        assert_eq!(berlin("2026-03-29T21:00:00Z"), Some(day("2026-03-29")));
        assert_eq!(berlin("2026-03-29T22:00:00Z"), Some(day("2026-03-30")));
        assert_eq!(berlin("2026-04-30T22:00:00Z"), None);

        let new_york = |at| day_of("America/New_York", "2026-01-01", "2026-12-31", at);
        assert_eq!(new_york("2026-01-01T04:00:00Z"), None);
        assert_eq!(new_york("2026-07-05T03:00:00Z"), Some(day("2026-07-04")));

        let kolkata = |at| day_of("Asia/Kolkata", "2026-01-01", "2026-01-02", at);
        assert_eq!(kolkata("2025-12-31T17:00:00Z"), None);
        assert_eq!(kolkata("2025-12-31T19:00:00Z"), Some(day("2026-01-01")));
        assert_eq!(kolkata("2026-01-01T18:00:00Z"), Some(day("2026-01-02")));
    }

    #[test]
    fn rows_add_up_by_period_and_by_what_they_have_in_common() {
        let row = |at: &str, list, source, joined, left| DayRow {
            day: number(day(at)),
            list_id: ListId(list),
            source,
            language: Language::EN,
            joined,
            left,
        };
        let days = [
            row("2026-01-29", 1, ChangeSource::Form, 1, 0),
            row("2026-02-02", 1, ChangeSource::Form, 2, 0),
            row("2026-02-03", 1, ChangeSource::Form, 4, 0),
            row("2026-02-03", 2, ChangeSource::OneClick, 0, 9),
        ];
        let growth = Growth::new(span("2026-01-29", "2026-02-10", Period::Week), &days);
        let of = |joined, left| Numbers { joined, left };
        assert_eq!(growth.by_period(), [of(1, 0), of(6, 9), of(0, 0)]);
        assert_eq!(growth.total(), of(7, 9));
        assert_eq!(growth.total().net(), -2);
        assert_eq!(
            growth.by(|row| row.source),
            [
                (ChangeSource::OneClick, of(0, 9)),
                (ChangeSource::Form, of(7, 0))
            ]
        );
        assert_eq!(growth.by(|row| row.list)[1], (ListId(1), of(7, 0)));
        assert_eq!(growth.rows.len(), 3, "days of one week are one row");
    }
}
