//! What a series would have done in the last 90 days, by the data there is. Nothing is sent.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::walk::timeline;
use super::{Result, daily};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::series::{Start, Step};
use crate::model::{SubscriberId, tag};
use crate::store::series::Series;
use crate::store::series_readers::Member;
use crate::store::{Db, segments, series, series_attributes, series_readers, subscribers};

/// Days that are looked at.
pub const DAYS: u32 = 90;
/// Readers whose way is followed.
pub(super) const MOST: i64 = 20_000;
/// Subscribers that are read at a time.
const PAGE: i64 = 2_000;
/// Readers who are shown one by one.
const SHOWN: usize = 20;

/// A reader who would have come in, and the emails that they would have got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    pub subscriber: SubscriberId,
    pub email: EmailAddress,
    pub entered: Timestamp,
    /// The steps that would have sent them, and when.
    pub emails: Vec<(i64, Timestamp)>,
}

/// What a series would have done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rehearsal {
    /// Who would have come in.
    pub readers: usize,
    /// Whether there were more than are followed.
    pub is_cut: bool,
    /// Emails on each day on which there would have been any.
    pub days: Vec<(Date, usize)>,
    /// The last who would have come in, one by one.
    pub shown: Vec<Rehearsed>,
}

impl Rehearsal {
    /// All emails.
    pub fn emails(&self) -> usize {
        self.days.iter().map(|(_, emails)| emails).sum()
    }

    /// The day with the most emails.
    pub fn busiest(&self) -> Option<(Date, usize)> {
        self.days.iter().copied().max_by_key(|(_, emails)| *emails)
    }
}

/// Rehearses the version of a series that new readers get. Conditions are taken as fulfilled, so
/// that it is the most that there could have been.
///
/// # Errors
/// [`SeriesError::UnknownSegment`](super::SeriesError::UnknownSegment) where it starts by a segment that is gone.
pub async fn rehearse(cx: &Context, series: &Series) -> Result<Rehearsal> {
    let now = cx.clock.now();
    let zone = cx.config().time_zone.get();
    let since = now.before(Duration::from_secs(u64::from(DAYS) * 24 * 3600));
    let mut db = cx.store.read().await?;
    let steps = series::steps(&mut db, series.id, series.version).await?;
    let mut entered = entries(cx, &mut db, series, (since, now)).await?;
    entered.sort_by_key(|(subscriber, at)| (*at, *subscriber));
    let mut rehearsal = rehearsed(&steps, &entered, now, &zone);
    for (subscriber, at) in entered.iter().rev().take(SHOWN) {
        let Some(known) = subscribers::by_id(&mut db, *subscriber).await? else {
            continue;
        };
        rehearsal.shown.push(Rehearsed {
            subscriber: *subscriber,
            email: known.email,
            entered: *at,
            emails: emails(&steps, *at, &zone)
                .into_iter()
                .filter(|(_, sent)| *sent <= now)
                .collect(),
        });
    }
    Ok(rehearsal)
}

/// Who would have come in, and when.
async fn entries(
    cx: &Context,
    db: &mut Db,
    series: &Series,
    (since, now): (Timestamp, Timestamp),
) -> Result<Vec<(SubscriberId, Timestamp)>> {
    let zone = cx.config().time_zone.get();
    let (start, list) = (series.start(), series.list_id);
    let days = (
        daily::day_number(since, &zone),
        daily::day_number(now, &zone),
    );
    match &start {
        // What was followed before the series began is kept only of some, and for some time.
        Start::Call | Start::Link { .. } => Ok(Vec::new()),
        Start::Confirmed => {
            Ok(series_readers::confirmations_since(db, list, None, since, MOST).await?)
        }
        // When a tag or an attribute was set is not kept: who has it now, from when they confirmed.
        Start::Tag { tag } => {
            let key = tag::key(tag.as_str());
            Ok(series_readers::confirmations_since(db, list, Some(&key), since, MOST).await?)
        }
        Start::Attribute { attribute, value } => {
            let mut confirmed =
                series_readers::confirmations_since(db, list, None, since, MOST).await?;
            let has = |member: &Member| {
                series_attributes::has(&member.attributes, attribute, value)
                    .then_some((member.subscriber_id, now))
            };
            let with: BTreeSet<SubscriberId> = members(db, series, has)
                .await?
                .into_iter()
                .map(|(subscriber, _)| subscriber)
                .collect();
            confirmed.retain(|(subscriber, _)| with.contains(subscriber));
            Ok(confirmed)
        }
        Start::Date { hour, .. } => {
            let at = |member: &Member| {
                let found = daily::occurrence(&start, &member.attributes, days)?;
                let at = daily::at_hour(found.day, *hour, &zone)?;
                Some((member.subscriber_id, at))
            };
            members(db, series, at).await
        }
        Start::Event {
            event,
            days: shift,
            hour,
        } => {
            let day = daily::event_day(cx, db, event, *shift, days).await?;
            let at = day.and_then(|day| daily::at_hour(day, *hour, &zone));
            match at {
                None => Ok(Vec::new()),
                Some(at) => members(db, series, |member| Some((member.subscriber_id, at))).await,
            }
        }
        // Who is in it now, as if they had been when the 90 days began.
        Start::Segment { segment, .. } => {
            // A series that has ended may ask for one that was deleted since.
            let Some(segment) = segments::by_id(db, *segment).await? else {
                return Ok(Vec::new());
            };
            let rule = segment.rule;
            let mut found = Vec::new();
            let all = members(db, series, |member| Some((member.subscriber_id, since))).await?;
            for some in all.chunks(PAGE as usize) {
                let ids: Vec<i64> = some.iter().map(|(subscriber, _)| subscriber.0).collect();
                let picked = segments::among(db, &rule, &ids, now).await?;
                found.extend(picked.into_iter().map(|subscriber| (subscriber, since)));
            }
            Ok(found)
        }
    }
}

/// What is wanted of the subscribers of the list, until there are enough.
pub(super) async fn members<T>(
    db: &mut Db,
    series: &Series,
    wanted: impl Fn(&Member) -> Option<T>,
) -> Result<Vec<T>> {
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let page = series_readers::members_after(db, series.list_id, after, PAGE).await?;
        found.extend(page.iter().filter_map(&wanted));
        let last = page.last().map(|member| member.subscriber_id.0);
        match last {
            Some(last) if page.len() as i64 == PAGE && (found.len() as i64) < MOST => after = last,
            _ => break Ok(found),
        }
    }
}

fn rehearsed(
    steps: &[Step],
    entered: &[(SubscriberId, Timestamp)],
    now: Timestamp,
    zone: &TimeZone,
) -> Rehearsal {
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for (_, at) in entered {
        for (_, sent) in emails(steps, *at, zone) {
            if sent <= now {
                let day = sent.to_jiff().to_zoned_datetime(zone.clone()).date();
                *days.entry(day).or_default() += 1;
            }
        }
    }
    Rehearsal {
        readers: entered.len(),
        is_cut: entered.len() as i64 >= MOST,
        days: days.into_iter().collect(),
        shown: Vec::new(),
    }
}

/// The steps that send a reader who comes in at a time an email, and when.
fn emails(steps: &[Step], entered: Timestamp, zone: &TimeZone) -> Vec<(i64, Timestamp)> {
    let taken = timeline(steps, entered, zone).into_iter();
    let sent = taken.filter(|one| matches!(one.step, Step::Send { .. }));
    sent.map(|one| (one.position, one.at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::datetime::zone;

    #[test]
    fn emails_fall_on_the_days_after_each_reader_came_in() {
        let almaty = zone("Asia/Almaty").unwrap();
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        let send = Step::markdown(Vec::new());
        let day = Step::Wait { days: 1, hours: 0 };
        let steps = [
            send.clone(),
            day.clone(),
            send.clone(),
            day,
            send,
            Step::End,
        ];
        let entered = [
            (SubscriberId(1), at("2026-11-20T06:00:00Z")),
            (SubscriberId(2), at("2026-11-21T06:00:00Z")),
        ];
        let found = rehearsed(&steps, &entered, at("2026-11-22T12:00:00Z"), &almaty);
        let counts: Vec<usize> = found.days.iter().map(|(_, emails)| *emails).collect();
        // The last email of the second reader would be to come.
        assert_eq!((counts, found.emails()), (vec![1, 2, 2], 5));
        assert_eq!(found.readers, 2);
        assert_eq!(found.busiest().map(|(_, emails)| emails), Some(2));
    }
}
