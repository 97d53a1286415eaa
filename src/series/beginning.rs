//! Whom the start of a series concerns, in numbers, before somebody starts it: who comes in today,
//! and who is on the list and does not.

use jiff::civil::Date;

use super::rehearsal::{MOST, members};
use super::{Result, SeriesError, daily};
use crate::context::Context;
use crate::model::list::ListSlug;
use crate::model::segment::{Condition, Match, Part, Rule};
use crate::model::series::Start;
use crate::store::series::Series;
use crate::store::series_readers::Member;
use crate::store::{Db, segments, series_attributes};

/// Whom a start concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Nobody comes in by what was before; so many have it today.
    FromNowOn { today: i64 },
    /// So many come in today, others on their days.
    Today { readers: i64 },
    /// Everybody who is on the list on that day; so many are today.
    On { day: Date, readers: i64 },
    /// No day is to come on which somebody would.
    Never,
}

impl Beginning {
    /// Whether there may be more readers than were counted: what is in attributes is read one by
    /// one, up to a bound.
    pub fn is_cut(&self, start: &Start) -> bool {
        let is_read = matches!(start, Start::Attribute { .. } | Start::Date { .. });
        match self {
            Self::FromNowOn { today: readers } | Self::Today { readers } => {
                is_read && *readers >= MOST
            }
            Self::On { .. } | Self::Never => false,
        }
    }
}

/// Whom the start of a series would concern now.
///
/// # Errors
/// [`SeriesError::UnknownSegment`], [`SeriesError::EventGone`] where what it waits for is not there.
pub async fn of(cx: &Context, series: &Series) -> Result<Beginning> {
    let now = cx.clock.now();
    let zone = cx.config().time_zone.get();
    let today = daily::day_number(now, &zone);
    let mut db = cx.store.read().await?;
    let db = &mut db;
    Ok(match series.start() {
        Start::Call | Start::Link { .. } => Beginning::FromNowOn { today: 0 },
        Start::Confirmed => Beginning::FromNowOn {
            today: on_list(cx, db, &series.list, None).await?,
        },
        Start::Tag { tag } => {
            let has_it = Part::Condition(Condition::Tag {
                value: tag.to_string(),
            });
            let today = on_list(cx, db, &series.list, Some(has_it)).await?;
            Beginning::FromNowOn { today }
        }
        Start::Attribute { attribute, value } => {
            let has_it =
                |member: &Member| series_attributes::has(&member.attributes, &attribute, &value);
            let today = count(db, series, has_it).await?;
            Beginning::FromNowOn { today }
        }
        start @ Start::Date { .. } => {
            // As the first look at the dates does.
            let comes = |member: &Member| {
                daily::occurrence(&start, &member.attributes, (today - 1, today)).is_some()
            };
            let readers = count(db, series, comes).await?;
            Beginning::Today { readers }
        }
        Start::Segment { segment, .. } => {
            let segment = segments::by_id(db, segment).await?;
            let rule = segment.ok_or(SeriesError::UnknownSegment)?.rule;
            let readers = on_list(cx, db, &series.list, Some(Part::Group(rule))).await?;
            Beginning::Today { readers }
        }
        Start::Event { event, days, .. } => {
            let day = daily::next_event_day(cx, db, &event, days, today).await?;
            match day {
                None => Beginning::Never,
                Some(day) => {
                    let readers = on_list(cx, db, &series.list, None).await?;
                    if daily::number(day) == today {
                        Beginning::Today { readers }
                    } else {
                        Beginning::On { day, readers }
                    }
                }
            }
        }
    })
}

/// How many are on the list whom mail can reach, and of whom this holds.
async fn on_list(cx: &Context, db: &mut Db, list: &ListSlug, also: Option<Part>) -> Result<i64> {
    let value = list.clone();
    let mut rule = Rule::of(Match::All, [Condition::OnList { value }]);
    rule.conditions.extend(also);
    Ok(segments::count_reachable(db, &rule, cx.clock.now()).await?)
}

/// How many on the list are so, counted no further than [`MOST`].
async fn count(db: &mut Db, series: &Series, is_so: impl Fn(&Member) -> bool) -> Result<i64> {
    let wanted = |member: &Member| is_so(member).then_some(member.subscriber_id);
    let found = members(db, series, wanted).await?;
    Ok(found.len().try_into().unwrap_or(MOST))
}
