//! Who has the form of a post or campaign open now: a note that each page renews, and that counts
//! for a minute.

use std::time::Duration;

use crate::context::Context;
use crate::model::shared_text::SharedText;
use crate::store::accounts::User;
use crate::store::{Result, presence};

/// How long a note counts: three times the interval in which pages renew it.
const COUNTS_FOR: Duration = Duration::from_secs(60);

/// Notes that a user has the form open, and gives the addresses of the others who have.
pub async fn touch(cx: &Context, user: &User, text: SharedText) -> Result<Vec<String>> {
    let now = cx.clock.now();
    let since = now.before(COUNTS_FOR);
    let mut db = cx.store.write().await?;
    presence::touch(&mut db, user.id, text, now).await?;
    presence::prune(&mut db, since).await?;
    let others = presence::others(&mut db, user.id, text, since).await?;
    db.commit().await?;
    Ok(others)
}

/// Notes that a user has closed the form.
pub async fn leave(cx: &Context, user: &User, text: SharedText) -> Result<()> {
    let mut db = cx.store.write().await?;
    presence::leave(&mut db, user.id, text).await?;
    db.commit().await
}

/// The addresses of the others who have the form open.
pub async fn others(cx: &Context, user: &User, text: SharedText) -> Result<Vec<String>> {
    let since = cx.clock.now().before(COUNTS_FOR);
    presence::others(&mut cx.store.read().await?, user.id, text, since).await
}
