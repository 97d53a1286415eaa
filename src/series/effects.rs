//! What the steps of a series do, besides sending: each in the transaction in which the step is
//! recorded.

use std::time::Duration;

use super::turn::{Next, Turn};
use super::{Result, SeriesError, telling};
use crate::audience::{ConsentSource, attributes, leave, mail_frequency, subscribers, tags};
use crate::campaign::local_time;
use crate::model::mail_frequency::Frequency;
use crate::model::series::{ReaderState, Step, StepOutcome};
use crate::model::subscription::ConsentMethod;
use crate::store::{self, Db, lists, segments, series_readers, webhooks};

/// The event by which other programs are told of a step.
pub const STEP_EVENT: &str = "series.step";

/// Takes a step; what has come of it, and what follows.
pub(super) async fn take(turn: &Turn<'_>, db: &mut Db, step: &Step) -> Result<(StepOutcome, Next)> {
    let (cx, now, subscriber) = (turn.cx, turn.now, turn.reader.subscriber_id);
    let further = |outcome| Ok((outcome, Next::Further(1)));
    match step {
        Step::Wait { .. } | Step::WaitUntil { .. } | Step::WaitForDate { .. } => {
            let site = cx.config().time_zone.get();
            let zone = local_time::zone_of(&turn.reader.attributes, &site);
            let until = step.waits_until(now, &zone);
            let until = until.ok_or(SeriesError::NoSuchTime(turn.reader.position))?;
            Ok((StepOutcome::Waiting, Next::At(until)))
        }
        Step::Condition { segment, skip } => {
            let segment = segments::by_id(db, *segment).await?;
            let segment = segment.ok_or(SeriesError::UnknownSegment)?;
            if segments::matches(db, &segment.rule, subscriber, now).await? {
                return further(StepOutcome::WentOn);
            }
            let next = skip.map_or(Next::Nothing, |skip| Next::Further(1 + i64::from(skip)));
            Ok((StepOutcome::Skipped, next))
        }
        Step::Skip { steps } => {
            let next = Next::Further(1 + i64::from(*steps));
            Ok((StepOutcome::Skipped, next))
        }
        Step::SetTag { tag } => {
            // Without room they have as many tags as one may have.
            let is_set = tags::add_if_room(db, subscriber, tag, now).await?;
            further(if is_set {
                StepOutcome::TagSet
            } else {
                StepOutcome::Skipped
            })
        }
        Step::RemoveTag { tag } => {
            store::tags::remove(db, subscriber, tag).await?;
            further(StepOutcome::TagRemoved)
        }
        Step::SetAttribute { attribute, value } => {
            set_attribute(turn, db, attribute.trim(), value.trim()).await?;
            further(StepOutcome::Changed)
        }
        Step::AddToList { list } => {
            let found = lists::by_slug(db, list).await?;
            let found = found.ok_or_else(|| SeriesError::UnknownList(list.to_string()))?;
            let added = subscribers::add_to_list(cx, db, subscriber, &found, &reason(turn)).await?;
            further(changed_if(added))
        }
        Step::LeaveList => {
            // Before they are off the list, which would count as leaving the series.
            let (id, position) = (turn.reader.id, turn.reader.position);
            series_readers::end(db, id, position, ReaderState::Finished, now).await?;
            let list = [turn.series.list_id];
            let source = source(turn);
            leave::leave_lists(cx, db, subscriber, &list, ConsentMethod::Admin, &source).await?;
            Ok((StepOutcome::Changed, Next::Nothing))
        }
        Step::PauseMail { days } => {
            let until = now.after(Duration::from_secs(u64::from(*days) * 24 * 3600));
            // Who has paused it for longer keeps that.
            let is_longer = turn.reader.paused_until.is_none_or(|own| own < until);
            if is_longer {
                let how = (ConsentMethod::Admin, &source(turn));
                mail_frequency::pause_within(db, subscriber, until, how, now).await?;
            }
            further(changed_if(is_longer))
        }
        Step::WeeklyDigest => {
            let is_change = turn.reader.frequency == Frequency::Each;
            if is_change {
                let (weekly, method) = (Frequency::Weekly, ConsentMethod::Admin);
                let source = source(turn);
                mail_frequency::set_frequency_within(
                    db, subscriber, weekly, method, "", &source, now,
                )
                .await?;
            }
            further(changed_if(is_change))
        }
        Step::Notify { user, message } => {
            telling::tell(turn, db, user, message).await?;
            further(StepOutcome::Notified)
        }
        Step::Webhook { message } => {
            let data = serde_json::json!({
                "series": turn.series.id,
                "name": turn.series.name,
                "step": turn.reader.position,
                "subscriber": subscriber,
                "email": turn.reader.email,
                "message": message,
            });
            webhooks::announce(db, STEP_EVENT, &data, now).await?;
            further(StepOutcome::Notified)
        }
        Step::End | Step::Send { .. } => Ok((StepOutcome::Ended, Next::Nothing)),
    }
}

fn changed_if(changed: bool) -> StepOutcome {
    if changed {
        StepOutcome::Changed
    } else {
        StepOutcome::Skipped
    }
}

/// How the consent records of what a step changes explain it.
fn reason(turn: &Turn<'_>) -> String {
    format!(
        "series “{}”, step {}",
        turn.series.name, turn.reader.position
    )
}

fn source(turn: &Turn<'_>) -> ConsentSource {
    ConsentSource {
        reason: reason(turn),
        ..ConsentSource::default()
    }
}

async fn set_attribute(turn: &Turn<'_>, db: &mut Db, attribute: &str, value: &str) -> Result<()> {
    // As an earlier step of this transaction may have left them.
    let subscriber = store::subscribers::by_id(db, turn.reader.subscriber_id).await?;
    let Some(before) = subscriber.map(|subscriber| subscriber.attributes) else {
        return Ok(());
    };
    let mut after = before.clone();
    let Some(known) = after.as_object_mut() else {
        return Ok(());
    };
    if value.is_empty() {
        known.remove(attribute);
    } else {
        known.insert(attribute.to_owned(), value.into());
    }
    attributes::set(db, turn.reader.subscriber_id, (&before, &after), turn.now).await?;
    Ok(())
}
