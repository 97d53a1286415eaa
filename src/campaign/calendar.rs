//! The calendar of past and coming sends, by month in the site's zone.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Result;
use super::overview::{self, Overview};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::list_access::ListAccess;
use crate::store::campaigns;

/// Campaigns that one month shows.
const LIMIT: i64 = 500;

/// A month in weeks from Monday to Sunday. Days of the neighbouring months fill the first and
/// the last, and show nothing.
#[derive(Debug)]
pub struct Month {
    pub weeks: Vec<Vec<Day>>,
    /// There are more than are shown.
    pub is_cut: bool,
}

#[derive(Debug)]
pub struct Day {
    pub date: Date,
    pub is_inside: bool,
    /// What started on it, or is to start, by time.
    pub campaigns: Vec<Overview>,
}

/// When a campaign started, or is to start.
pub fn moment_of(campaign: &campaigns::Campaign) -> Option<Timestamp> {
    campaign.started_at.or(campaign.scheduled_at)
}

/// The month that starts at `first`, with the campaigns within a user's reach.
pub async fn month(
    cx: &Context,
    access: &ListAccess,
    zone: &TimeZone,
    first: Date,
) -> Result<Month> {
    let from = start_of(first, zone);
    let until = start_of(first.last_of_month().saturating_add(1.day()), zone);
    let mut db = cx.store.read().await?;
    let mut found = campaigns::with_start_between(&mut db, access, from, until, LIMIT + 1).await?;
    let is_cut = found.len() as i64 > LIMIT;
    found.truncate(LIMIT as usize);
    let mut overviews = overview::with_details(cx, &mut db, found).await?;
    overviews.sort_by_key(|one| (moment_of(&one.campaign), one.campaign.id));
    let mut weeks: Vec<Vec<Day>> = weeks(first)
        .into_iter()
        .map(|week| week.into_iter().map(|date| Day::new(date, first)).collect())
        .collect();
    for one in overviews {
        let Some(at) = moment_of(&one.campaign) else {
            continue;
        };
        let date = at.to_jiff().to_zoned_datetime(zone.clone()).date();
        let mut days = weeks.iter_mut().flatten();
        if let Some(day) = days.find(|day| day.date == date && day.is_inside) {
            day.campaigns.push(one);
        }
    }
    Ok(Month { weeks, is_cut })
}

impl Day {
    fn new(date: Date, first: Date) -> Self {
        Self {
            date,
            is_inside: date.month() == first.month() && date.year() == first.year(),
            campaigns: Vec::new(),
        }
    }
}

/// The days of the weeks that a month touches.
fn weeks(first: Date) -> Vec<Vec<Date>> {
    let before = i32::from(first.weekday().to_monday_zero_offset());
    let length = i32::from(first.last_of_month().day());
    let date = |number: i32| first.saturating_add((number - before).days());
    (0..(before + length + 6) / 7)
        .map(|week| (0..7).map(|day| date(week * 7 + day)).collect())
        .collect()
}

fn start_of(date: Date, zone: &TimeZone) -> Timestamp {
    let start = date.to_zoned_datetime(zone.clone());
    let start = start.map(|zoned| zoned.timestamp()).unwrap_or_default();
    Timestamp::from_millis(start.as_millisecond())
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

    #[test]
    fn a_day_starts_when_it_does_in_the_zone() {
        let almaty = crate::text::datetime::zone("Asia/Almaty").unwrap();
        let start = start_of(date(2026, 11, 1), &almaty);
        assert_eq!(start.rfc3339(), "2026-10-31T19:00:00Z");
    }
}
