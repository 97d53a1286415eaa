//! Who is in a series: by a call, and to be shown.

use super::lifecycle::{by_id, within};
use super::{Result, SeriesError, daily};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::series::ReaderState;
use crate::model::{SeriesId, SeriesReaderId, SubscriberId};
use crate::store::series::{self, Series};
use crate::store::series_readers::{self, Entry, ReaderRow};
use crate::store::{Db, series_entries, subscribers};
use crate::token::Token;

/// Series of a subscriber that are shown.
const SHOWN: i64 = 50;
/// Addresses that are looked for in a row, before steps have their turn.
const ENTRIES: i64 = 200;

/// Whom a call names.
#[derive(Debug, Clone)]
pub enum Named {
    Id(SubscriberId),
    Email(EmailAddress),
}

/// Lets a subscriber into a series, whatever else starts it.
///
/// # Errors
/// [`SeriesError::LetsNobodyIn`] by its state; [`SeriesError::CannotEnter`] for one who is in it,
/// was in it for this year or this time of its event, is not on its list, or is suppressed.
pub async fn enter(cx: &Context, by: &Actor, id: SeriesId, who: &Named) -> Result<ReaderRow> {
    let series = by_id(cx, by, id).await?;
    if !series.lets_in() {
        return Err(SeriesError::LetsNobodyIn);
    }
    let mut db = cx.store.write().await?;
    let subscriber = match who {
        Named::Id(id) => subscribers::by_id(&mut db, *id).await?,
        Named::Email(email) => subscribers::by_email(&mut db, email).await?,
    };
    let subscriber = subscriber.ok_or(SeriesError::UnknownSubscriber)?;
    let entered = enter_by_call(cx, &mut db, &series, subscriber.id).await?;
    let entered = entered.ok_or(SeriesError::CannotEnter)?;
    let reader = series_readers::by_id(&mut db, entered).await?;
    db.commit().await?;
    reader.ok_or(SeriesError::NotFound)
}

async fn enter_by_call(
    cx: &Context,
    db: &mut Db,
    series: &Series,
    subscriber: SubscriberId,
) -> Result<Option<SeriesReaderId>> {
    let now = cx.clock.now();
    let entry = Entry {
        series: series.id,
        subscriber,
        round: daily::round_of_call(cx, db, &series.start()).await?,
        overlaps: false,
        due_at: now,
    };
    Ok(series_readers::enter(db, &entry, now).await?)
}

/// The address by which another program lets subscribers into a series without a token of the API.
pub fn entry_address(cx: &Context, series: &Series) -> String {
    let token = Token::SeriesEntry {
        series: series.id.0,
        number: series.address_number,
    };
    let site = cx.config().public_url();
    format!("{site}/inbound/series/{}", cx.keys.sign(&token))
}

/// Keeps an address that came to a series' own address, for [`take_entries`]. Nothing is looked up
/// here: those who know the address must not learn who is on a list, not even by how long it takes.
///
/// # Errors
/// [`SeriesError::NotFound`] for an address that is not valid any more.
pub async fn queue_entry(
    cx: &Context,
    (id, number): (SeriesId, i64),
    email: &EmailAddress,
) -> Result<()> {
    let series = by_id(cx, &Actor::System, id).await?;
    if series.address_number != number {
        return Err(SeriesError::NotFound);
    }
    let mut db = cx.store.write().await?;
    series_entries::queue(&mut db, id, email, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Lets the owners of addresses that wait into their series, where they may come in; whether more
/// addresses wait.
///
/// # Errors
/// Where the database fails.
pub async fn take_entries(cx: &Context) -> Result<bool> {
    let waiting = series_entries::waiting(&mut cx.store.read().await?, ENTRIES).await?;
    for entry in &waiting {
        let mut db = cx.store.write().await?;
        if !series_entries::take(&mut db, entry.id).await? {
            continue;
        }
        // Who is on no list, was in before or is suppressed stays out, as by any other call.
        let found = subscribers::by_email(&mut db, &entry.email).await?;
        let series = series::by_id(&mut db, entry.series_id).await?;
        if let (Some(found), Some(series)) = (found, series) {
            match enter_by_call(cx, &mut db, &series, found.id).await {
                Err(error @ SeriesError::Store(_)) => return Err(error),
                Err(error) => tracing::warn!(series = %series.id, %error, "nobody comes in"),
                Ok(_) => {}
            }
        }
        db.commit().await?;
    }
    Ok(waiting.len() as i64 == ENTRIES)
}

/// Gives a series another such address; the one before is not valid any more.
///
/// # Errors
/// [`SeriesError::NotFound`] where there is no such series.
pub async fn renew_address(cx: &Context, by: &Actor, id: SeriesId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let found = within(&mut db, by, id).await?;
    series::renew_address(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::SeriesAddress, &found.name, now).await?;
    db.commit().await?;
    Ok(())
}

/// Up to `limit` readers of a series after row `after`, in one state or in all.
///
/// # Errors
/// [`SeriesError::NotFound`] where there is no such series.
pub async fn page(
    cx: &Context,
    by: &Actor,
    id: SeriesId,
    state: Option<ReaderState>,
    (after, limit): (i64, i64),
) -> Result<Vec<ReaderRow>> {
    by_id(cx, by, id).await?;
    let mut db = cx.store.read().await?;
    Ok(series_readers::page(&mut db, id, state, after, limit).await?)
}

/// The series that a subscriber is or was in, the latest first.
///
/// # Errors
/// Where the database fails.
pub async fn of_subscriber(cx: &Context, id: SubscriberId) -> Result<Vec<ReaderRow>> {
    let mut db = cx.store.read().await?;
    Ok(series_readers::of_subscriber(&mut db, id, SHOWN).await?)
}
