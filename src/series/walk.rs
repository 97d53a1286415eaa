//! One reader's way through a series by a clock that runs ahead: when each step would be taken, and
//! its emails in somebody's inbox at once.

use jiff::tz::TimeZone;

use super::emails::{self, Tested};
use super::{Result, SeriesError};
use crate::campaign::test_email::TestAddresses;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::series::Step;
use crate::store::series::{self, Series};
use crate::text::locale::Language;

/// A step that a reader takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// From 1.
    pub position: i64,
    pub step: Step,
    pub at: Timestamp,
}

/// The steps that a reader takes who comes in at a time. Conditions are taken as fulfilled.
pub fn timeline(steps: &[Step], entered: Timestamp, zone: &TimeZone) -> Vec<Taken> {
    let (mut at, mut next, mut taken) = (entered, 0, Vec::new());
    while let Some(step) = steps.get(next) {
        let position = next as i64 + 1;
        taken.push(Taken {
            position,
            step: step.clone(),
            at,
        });
        next += 1;
        match step {
            Step::Skip { steps } => next += *steps as usize,
            Step::End | Step::LeaveList => break,
            wait if wait.is_wait() => match wait.waits_until(at, zone) {
                Some(until) => at = until,
                None => break,
            },
            _ => {}
        }
    }
    taken
}

/// What a reader who came in now would go through.
///
/// # Errors
/// [`SeriesError::Store`] where its steps cannot be read.
pub async fn from_now(cx: &Context, series: &Series) -> Result<Vec<Taken>> {
    let mut db = cx.store.read().await?;
    let steps = series::steps(&mut db, series.id, series.version).await?;
    let zone = cx.config().time_zone.get();
    Ok(timeline(&steps, cx.clock.now(), &zone))
}

/// Sends every email that a reader who came in now would get to a few addresses, at once; each says
/// before its subject when it would come. Returns how many.
///
/// # Errors
/// [`SeriesError::NoEmail`] for a series without emails, [`SeriesError::Email`] where one cannot be
/// rendered.
pub async fn send(
    cx: &Context,
    by: &Actor,
    series: &Series,
    to: &TestAddresses,
    language: Language,
) -> Result<usize> {
    let zone = cx.config().time_zone.get();
    let when = |at: Timestamp| {
        let local = at.to_jiff().to_zoned_datetime(zone.clone());
        local.strftime("%Y-%m-%d %H:%M").to_string()
    };
    let way = from_now(cx, series).await?;
    let sent = way
        .iter()
        .filter(|one| matches!(one.step, Step::Send { .. }));
    let tests: Vec<Tested> = sent
        .map(|one| Tested {
            position: one.position,
            note: when(one.at),
        })
        .collect();
    if tests.is_empty() {
        return Err(SeriesError::NoEmail);
    }
    emails::send_tests(cx, by, series, &tests, to, language).await?;
    Ok(tests.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::datetime::zone;

    #[test]
    fn a_reader_takes_the_branch_of_a_condition_that_holds() {
        let almaty = zone("Asia/Almaty").unwrap();
        let now = Timestamp::parse_rfc3339("2026-11-20T06:00:00Z").unwrap();
        let send = Step::markdown(Vec::new());
        let steps = [
            Step::Condition {
                segment: crate::model::SegmentId(1),
                skip: Some(2),
            },
            Step::Wait { days: 1, hours: 0 },
            Step::Skip { steps: 1 },
            Step::End,
            send,
        ];
        let positions: Vec<i64> = timeline(&steps, now, &almaty)
            .iter()
            .map(|one| one.position)
            .collect();
        assert_eq!(positions, [1, 2, 3, 5]);
        let last = timeline(&steps, now, &almaty).pop().unwrap();
        assert_eq!(last.at.rfc3339(), "2026-11-21T06:00:00Z");
    }
}
