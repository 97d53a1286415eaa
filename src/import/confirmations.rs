//! Asking people whom an import has added as pending to confirm: a few each minute, so that a
//! large list is no burst of email to people who did not expect it.

use super::Result;
use crate::audience::confirmation_request;
use crate::context::Context;
use crate::store::{import_confirmations, settings};

/// People asked in a minute, over all imports and processes: 28,800 a day.
pub const PER_MINUTE: i64 = 20;
/// The last minute in which people were asked.
const MINUTE: &str = "import_confirmations_minute";
const MINUTE_MILLIS: i64 = 60_000;

/// Asks the next people, if nobody was asked in this minute; gives how many were asked. Those
/// who are not to be asked any more count too, as far as the pace is concerned.
pub async fn ask_next(cx: &Context) -> Result<usize> {
    // Mostly nobody waits; that must not take SQLite's one writer.
    if !import_confirmations::is_waiting(&mut cx.store.read().await?).await? {
        return Ok(0);
    }
    let mut db = cx.store.write().await?;
    let minute = cx.clock.now().millis().div_euclid(MINUTE_MILLIS);
    let last = settings::get(&mut db, MINUTE).await?;
    if last == Some(minute) || !settings::replace(&mut db, MINUTE, last.as_ref(), &minute).await? {
        return Ok(0);
    }
    let mut asked = 0;
    for subscriber in import_confirmations::take(&mut db, PER_MINUTE).await? {
        if confirmation_request::ask_imported(cx, &mut db, subscriber).await? {
            asked += 1;
        }
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(asked)
}
