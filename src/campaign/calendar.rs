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
use crate::text::datetime::start_of_day;
use crate::text::month;

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
    let from = start_of_day(first, zone);
    let until = start_of_day(first.last_of_month().saturating_add(1.day()), zone);
    let mut db = cx.store.read().await?;
    let mut found = campaigns::with_start_between(&mut db, access, from, until, LIMIT + 1).await?;
    let is_cut = found.len() as i64 > LIMIT;
    found.truncate(LIMIT as usize);
    let mut overviews = overview::with_details(cx, &mut db, found).await?;
    overviews.sort_by_key(|one| (moment_of(&one.campaign), one.campaign.id));
    let mut weeks: Vec<Vec<Day>> = month::weeks(first)
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
            is_inside: month::holds(first, date),
            campaigns: Vec::new(),
        }
    }
}
