//! Confirmation requests, and how often one address gets them: somebody who never
//! asked for anything must not be flooded.
//!
//! One email covers all that is pending when it is written. A request too soon
//! after the last is delayed, not dropped: the visitor was asked to check their
//! inbox.

use std::time::Duration;

use super::Result;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::subscription::SubscriptionState;
use crate::model::transactional::{EmailContent, Subscriptions};
use crate::model::{ListId, SubscriberId};
use crate::store::accounts::Digest;
use crate::store::join_mails::{self, JoinMails};
use crate::store::subscribers::{self, Subscriber};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, StoreError, import_confirmations, subscriptions, suppressions};

/// Requests to an address that does not confirm are counted over this time.
const PEACE: Duration = Duration::from_secs(30 * 24 * 3600);
/// Requests to one address within that time.
const MOST: i64 = 3;
/// The last of them waits at least this long: by then the first two were read, or
/// never will be.
const LAST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// What a join form changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// A list newly waits for a confirmation.
    News,
    /// All lists were already pending.
    Repeat,
    /// All lists were already confirmed.
    Nothing,
}

/// When the next request may be sent; `None` where one is queued or was just sent,
/// or the next permitted time is after the link would expire.
fn turn(
    sent: Option<JoinMails>,
    cause: Cause,
    interval: Duration,
    lifetime: Duration,
    now: Timestamp,
) -> Option<Timestamp> {
    let Some(sent) = sent.filter(|sent| now.since(sent.first_at) < PEACE) else {
        return Some(now);
    };
    if sent.last_at > now {
        return None;
    }
    let has_just_come = now.since(sent.last_at) < interval;
    let due = match sent.count {
        ..=1 => sent.last_at.after(interval),
        count if count < MOST => sent.last_at.after(interval.max(LAST_WAIT)),
        _ => sent.first_at.after(PEACE),
    };
    let due = due.max(now);
    match cause {
        Cause::News => (due.since(now) < lifetime).then_some(due),
        Cause::Repeat => (!has_just_come && due.since(now) < lifetime).then_some(due),
        // An already-subscribed notice is not worth a delayed email.
        Cause::Nothing => (due == now).then_some(due),
    }
}

/// One for all addresses of a mailbox, or a stranger could fill it by writing
/// `reader+1@`, `reader+2@` and so on.
fn digest(cx: &Context, email: &EmailAddress) -> Digest {
    cx.keys.digest(email.mailbox_key().as_bytes())
}

/// Queues the email that a join form causes, now or later; `not_before` is the
/// earliest time. `lists` are those that were requested.
pub(super) async fn mail(
    cx: &Context,
    db: &mut Db,
    subscriber: &Subscriber,
    lists: Vec<ListId>,
    cause: Cause,
    not_before: Timestamp,
) -> Result<()> {
    let now = cx.clock.now();
    let Some(due) = take_turn(cx, db, &subscriber.email, cause, not_before).await? else {
        return Ok(());
    };
    let subscriptions = Subscriptions {
        subscriber: subscriber.id,
        lists,
    };
    let content = match cause {
        Cause::Nothing => EmailContent::AlreadySubscribed(subscriptions),
        Cause::News | Cause::Repeat => EmailContent::Confirmation(subscriptions),
    };
    let new_email = NewEmail::to(subscriber, content);
    transactional_emails::insert_for(db, &new_email, due, now).await?;
    if due > now {
        metrics::counter!("confirmations_postponed_total").increment(1);
        tracing::info!(due = %due.rfc3339(), "a confirmation waits for its time");
    }
    Ok(())
}

/// Queues a confirmation at once, as an admin asks for it; nothing for an address
/// that is suppressed.
pub(super) async fn request_now(
    cx: &Context,
    db: &mut Db,
    subscriber: &Subscriber,
    lists: Vec<ListId>,
) -> Result<()> {
    if suppressions::of(db, &subscriber.email).await?.is_some() {
        return Ok(());
    }
    let subscriptions = Subscriptions {
        subscriber: subscriber.id,
        lists,
    };
    let new_email = NewEmail::to(subscriber, EmailContent::Confirmation(subscriptions));
    transactional_emails::insert(db, &new_email, cx.clock.now()).await?;
    Ok(())
}

/// Queues a confirmation for somebody whom an import has added, and lets their time to confirm
/// begin; `false` where they are not to be asked (any more): nothing is pending, their address
/// is suppressed, or it was asked within thirty days, by whatever way.
pub async fn ask_imported(cx: &Context, db: &mut Db, id: SubscriberId) -> Result<bool> {
    let Some(subscriber) = subscribers::by_id(db, id).await? else {
        return Ok(false);
    };
    let held = subscriptions::of_subscriber(db, id).await?;
    let pending = held
        .iter()
        .filter(|one| one.state == SubscriptionState::Pending);
    let lists: Vec<ListId> = pending.map(|one| one.list_id).collect();
    if lists.is_empty() || suppressions::of(db, &subscriber.email).await?.is_some() {
        return Ok(false);
    }
    let now = cx.clock.now();
    let address = digest(cx, &subscriber.email);
    let before = join_mails::of(db, &address).await?;
    if before.is_some_and(|sent| now.since(sent.first_at.max(sent.last_at)) < PEACE) {
        return Ok(false);
    }
    let after = JoinMails {
        count: 1,
        first_at: now,
        last_at: now,
    };
    if !join_mails::count(db, &address, before, after).await? {
        return Ok(false);
    }
    import_confirmations::begin_time(db, id, now).await?;
    let content = EmailContent::Confirmation(Subscriptions {
        subscriber: id,
        lists,
    });
    transactional_emails::insert(db, &NewEmail::to(&subscriber, content), now).await?;
    Ok(true)
}

/// Reserves the next email to an address; gives its time.
async fn take_turn(
    cx: &Context,
    db: &mut Db,
    email: &EmailAddress,
    cause: Cause,
    not_before: Timestamp,
) -> std::result::Result<Option<Timestamp>, StoreError> {
    let now = cx.clock.now();
    let interval = Duration::from_secs(cx.config().confirmation_interval);
    let lifetime = Duration::from_secs(cx.config().confirmation_lifetime);
    let address = digest(cx, email);
    // Another process may reserve it in between; then that one sends.
    for _ in 0..2 {
        let sent = join_mails::of(db, &address).await?;
        let Some(due) = turn(sent, cause, interval, lifetime, now) else {
            return Ok(None);
        };
        let due = due.max(not_before);
        let fresh = sent.filter(|sent| now.since(sent.first_at) < PEACE);
        let after = JoinMails {
            count: fresh.map_or(0, |sent| sent.count) + 1,
            first_at: fresh.map_or(due, |sent| sent.first_at),
            last_at: due,
        };
        if join_mails::count(db, &address, sent, after).await? {
            return Ok(Some(due));
        }
    }
    Ok(None)
}

/// Resets the count of an address whose owner has confirmed.
pub(super) async fn answered(cx: &Context, db: &mut Db, email: &EmailAddress) -> Result<()> {
    join_mails::forget(db, &digest(cx, email)).await?;
    Ok(())
}

/// Deletes counts that are older than the period.
pub async fn sweep(cx: &Context) -> Result<()> {
    let mut db = cx.store.write().await?;
    join_mails::sweep(&mut db, cx.clock.now().before(PEACE)).await?;
    db.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    const INTERVAL: Duration = Duration::from_secs(15 * MINUTE);
    const LIFETIME: Duration = Duration::from_secs(7 * DAY);

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000).after(Duration::from_secs(seconds))
    }

    fn sent(count: i64, first: u64, last: u64) -> Option<JoinMails> {
        let (first_at, last_at) = (at(first), at(last));
        Some(JoinMails {
            count,
            first_at,
            last_at,
        })
    }

    #[test]
    fn mails_come_at_once_then_later_and_then_not_for_a_month() {
        use Cause::{News, Nothing, Repeat};
        for (name, before, cause, now, expected) in [
            ("the first", None, News, 0, Some(0)),
            (
                "one more list soon after",
                sent(1, 0, 0),
                News,
                5,
                Some(15 * MINUTE),
            ),
            ("the same list soon after", sent(1, 0, 0), Repeat, 5, None),
            (
                "the same list later",
                sent(1, 0, 0),
                Repeat,
                HOUR,
                Some(HOUR),
            ),
            (
                "one on its way covers all",
                sent(2, 0, 15 * MINUTE),
                News,
                60,
                None,
            ),
            (
                "the third waits a day",
                sent(2, 0, HOUR),
                News,
                2 * HOUR,
                Some(HOUR + DAY),
            ),
            (
                "the third, asked for again",
                sent(2, 0, HOUR),
                Repeat,
                2 * HOUR,
                Some(HOUR + DAY),
            ),
            (
                "the fourth would come too late",
                sent(3, 0, 2 * DAY),
                News,
                3 * DAY,
                None,
            ),
            (
                "the fourth waits for its month",
                sent(3, 0, 2 * DAY),
                News,
                26 * DAY,
                Some(30 * DAY),
            ),
            (
                "a month later all is forgotten",
                sent(3, 0, 2 * DAY),
                News,
                30 * DAY,
                Some(30 * DAY),
            ),
            ("on it already", None, Nothing, 0, Some(0)),
            ("on it already, soon after", sent(1, 0, 0), Nothing, 5, None),
            (
                "on it already, later",
                sent(1, 0, 0),
                Nothing,
                HOUR,
                Some(HOUR),
            ),
        ] {
            let due = turn(before, cause, INTERVAL, LIFETIME, at(now));
            assert_eq!(due, expected.map(at), "{name}");
        }
    }

    #[test]
    fn an_unconfirmed_address_gets_at_most_three_requests_a_month() {
        let (mut sent, mut mails) = (None, 0);
        for minute in 0..(30 * DAY / MINUTE - 1) {
            let now = at(minute * MINUTE);
            if let Some(due) = turn(sent, Cause::News, INTERVAL, LIFETIME, now) {
                let before: Option<JoinMails> = sent;
                sent = Some(JoinMails {
                    count: before.map_or(0, |sent| sent.count) + 1,
                    first_at: before.map_or(due, |sent| sent.first_at),
                    last_at: due,
                });
                mails += i32::from(due < at(30 * DAY));
            }
        }
        assert_eq!(mails, 3);
    }
}
