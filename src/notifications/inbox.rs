//! What one user sees of the notifications, and what they have read.

use crate::context::Context;
use crate::model::{NotificationId, UserId};
use crate::store::Result;
use crate::store::notifications::{self, Shown};

/// How many a user has not read: every admin page asks.
pub async fn unread(cx: &Context, user: UserId) -> Result<i64> {
    notifications::unread(&mut cx.store.read().await?, user).await
}

/// Up to `limit` of them before the one numbered `before`, newest first.
pub async fn page(
    cx: &Context,
    user: UserId,
    before: Option<NotificationId>,
    only_unread: bool,
    limit: i64,
) -> Result<Vec<Shown>> {
    let mut db = cx.store.read().await?;
    notifications::of_user(&mut db, user, before, only_unread, limit).await
}

/// Marks one as read, and returns it; `None` where the user has no such notification.
pub async fn read(cx: &Context, user: UserId, id: NotificationId) -> Result<Option<Shown>> {
    let mut db = cx.store.write().await?;
    notifications::mark_read(&mut db, user, id, cx.clock.now()).await?;
    let found = notifications::one(&mut db, user, id).await?;
    db.commit().await?;
    Ok(found)
}

/// Marks all up to `last` as read, the newest that the user saw; returns how many.
pub async fn read_all(cx: &Context, user: UserId, last: NotificationId) -> Result<u64> {
    let mut db = cx.store.write().await?;
    let read = notifications::mark_all_read(&mut db, user, last, cx.clock.now()).await?;
    db.commit().await?;
    Ok(read)
}
