//! Mail frequency and pauses of a subscriber, set on
//! their own page or an admin's.

use std::time::Duration;

use super::{ConsentSource, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::delivery::SkipReason;
use crate::model::mail_frequency::{Frequency, PauseError, PauseRequest};
use crate::model::subscription::{ConsentAction, ConsentMethod};
use crate::model::{ListId, SubscriberId};
use crate::store::list_frequencies::{self, ListFrequencies};
use crate::store::subscriptions::Choice;
use crate::store::{Db, deliveries, mail_frequencies, series_exits, subscribers, subscriptions};

/// Subscribers of a transaction that changes all: few enough that other writes wait only a moment.
const SLICE: i64 = 2_000;
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

/// The end of a pause requested now:
/// the start of a day of the site's zone.
///
/// # Errors
/// [`PauseError`] for a pause that is too long.
pub fn pause_end(cx: &Context, wish: PauseRequest) -> std::result::Result<Timestamp, PauseError> {
    let zone = cx.config().time_zone.get();
    let today = cx
        .clock
        .now()
        .to_jiff()
        .to_zoned_datetime(zone.clone())
        .date();
    let day = wish.last_day(today)?;
    let start = day.at(0, 0, 0, 0).to_zoned_datetime(zone);
    let start = start.map_err(|_| PauseError::TooLong)?;
    Ok(Timestamp::from_millis(start.timestamp().as_millisecond()))
}

/// Checks the end of a pause.
///
/// # Errors
/// [`AudienceError::Pause`](super::AudienceError) where it has passed, or is more
/// than a year away.
pub fn check_pause(cx: &Context, until: Timestamp) -> Result<Timestamp> {
    let now = cx.clock.now();
    match until {
        until if until <= now => Err(PauseError::Past.into()),
        until if until > now.after(LONGEST) => Err(PauseError::TooLong.into()),
        until => Ok(until),
    }
}

/// Pauses campaign emails to a subscriber before `until`. Emails they request
/// themselves, such as confirmations, are still sent; campaigns sent meanwhile are
/// not sent later. `wording` is the sentence that the page showed.
///
/// # Errors
/// Where the database fails. The pause may hold all the same; to ask again does
/// no harm.
pub async fn pause(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    until: Timestamp,
    method: ConsentMethod,
    wording: &str,
    source: &ConsentSource,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    if subscribers::by_id(&mut db, id).await?.is_none() {
        return Ok(());
    }
    let now = cx.clock.now();
    subscribers::set_pause(&mut db, id, Some(until), now).await?;
    let choice = Choice {
        method,
        wording: wording.to_owned(),
        ..source.choice(id, ConsentAction::Paused, format!("until={until}"))
    };
    subscriptions::record_choice(&mut db, &choice, now).await?;
    answered(&mut db, by, id, now).await?;
    record(&mut db, by, id, &format!("paused until {until}"), now).await?;
    db.commit().await?;
    // In a separate transaction, after others can see the pause: a claim that
    // did not see it took rows that were in the ledger before,
    // which are found here; every later claim sees it.
    let mut db = cx.store.write().await?;
    deliveries::skip_all_to(&mut db, id, SkipReason::Paused, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Pauses campaign emails to a subscriber before `until`, within the caller's transaction. What a
/// worker has already claimed may still be sent.
///
/// # Errors
/// Where the database fails.
pub async fn pause_within(
    db: &mut Db,
    id: SubscriberId,
    until: Timestamp,
    (method, source): (ConsentMethod, &ConsentSource),
    now: Timestamp,
) -> Result<()> {
    subscribers::set_pause(db, id, Some(until), now).await?;
    let choice = Choice {
        method,
        ..source.choice(id, ConsentAction::Paused, format!("until={until}"))
    };
    subscriptions::record_choice(db, &choice, now).await?;
    Ok(())
}

/// Ends a subscriber's pause; `false` where there is none.
pub async fn resume(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    method: ConsentMethod,
    wording: &str,
    source: &ConsentSource,
) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    answered(&mut db, by, id, now).await?;
    let subscriber = subscribers::by_id(&mut db, id).await?;
    let is_paused = subscriber.is_some_and(|one| one.paused_until(now).is_some());
    if is_paused {
        subscribers::set_pause(&mut db, id, None, now).await?;
        let choice = Choice {
            method,
            wording: wording.to_owned(),
            ..source.choice(id, ConsentAction::Resumed, String::new())
        };
        subscriptions::record_choice(&mut db, &choice, now).await?;
        record(&mut db, by, id, "resumed", now).await?;
    }
    db.commit().await?;
    Ok(is_paused)
}

/// How many would get the weekly digest by [`give_weekly_to_all`].
pub async fn undecided(cx: &Context) -> Result<i64> {
    Ok(mail_frequencies::count_undecided(&mut cx.store.read().await?).await?)
}

/// Gives the weekly digest to everybody who has never chosen themselves how often mail comes,
/// and says to how many. An error ends it: what was done by then stays, and to do it again does
/// no harm.
pub async fn give_weekly_to_all(cx: &Context, by: &Actor, source: &ConsentSource) -> Result<u64> {
    let mut given = 0;
    let mut after = SubscriberId(0);
    loop {
        let now = cx.clock.now();
        let mut db = cx.store.write().await?;
        let Some(until) = mail_frequencies::end_of_slice(&mut db, after, SLICE).await? else {
            return Ok(given);
        };
        let choice = Choice {
            method: ConsentMethod::Admin,
            ..source.choice(
                until,
                ConsentAction::Frequency,
                format!("frequency={}", Frequency::Weekly),
            )
        };
        let set = mail_frequencies::set_weekly(&mut db, after, until, &choice, now).await?;
        if set > 0 {
            let subject = format!("{set} subscribers {}", Frequency::Weekly);
            audit::record(&mut db, by, AuditAction::SubscriberFrequency, subject, now).await?;
        }
        db.commit().await?;
        given += set;
        after = until;
    }
}

/// Takes a subscriber who acts themselves, and so has answered, out of the series that end with
/// that.
async fn answered(db: &mut Db, by: &Actor, id: SubscriberId, now: Timestamp) -> Result<()> {
    if *by == Actor::Subscriber {
        series_exits::answered(db, id, now).await?;
    }
    Ok(())
}

/// Records what an admin or a program changes; what subscribers choose themselves
/// is in the consent records.
async fn record(
    db: &mut Db,
    by: &Actor,
    id: SubscriberId,
    what: &str,
    now: Timestamp,
) -> Result<()> {
    if *by != Actor::Subscriber {
        let subject = format!("{id} {what}");
        audit::record(db, by, AuditAction::SubscriberFrequency, subject, now).await?;
    }
    Ok(())
}

/// The subscribers of a list who have paused, and the other weekly ones.
pub async fn of_list(cx: &Context, list: ListId) -> Result<ListFrequencies> {
    let mut db = cx.store.read().await?;
    Ok(list_frequencies::of(&mut db, list, cx.clock.now()).await?)
}

/// Sets a subscriber's mail frequency; `false` where it is the same.
pub async fn set_frequency(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    frequency: Frequency,
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<bool> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    answered(&mut db, by, id, now).await?;
    let subscriber = subscribers::by_id(&mut db, id).await?;
    let is_change = subscriber.is_some_and(|one| one.frequency != frequency);
    if is_change {
        set_frequency_within(&mut db, id, frequency, method, "", source, now).await?;
        record(&mut db, by, id, frequency.as_str(), now).await?;
    }
    db.commit().await?;
    Ok(is_change)
}

/// Sets a subscriber's mail frequency, with a consent record, within the caller's
/// transaction.
pub async fn set_frequency_within(
    db: &mut Db,
    id: SubscriberId,
    frequency: Frequency,
    method: ConsentMethod,
    wording: &str,
    source: &ConsentSource,
    now: Timestamp,
) -> Result<()> {
    subscribers::set_frequency(db, id, frequency).await?;
    let choice = Choice {
        method,
        wording: wording.to_owned(),
        ..source.choice(
            id,
            ConsentAction::Frequency,
            format!("frequency={frequency}"),
        )
    };
    subscriptions::record_choice(db, &choice, now).await?;
    Ok(())
}
