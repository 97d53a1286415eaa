//! Tells the users who want to know: shows a notification to them, and queues their emails.

use crate::context::Context;
use crate::model::notification::Notice;
use crate::model::transactional::EmailContent;
use crate::model::{NotificationId, UserId};
use crate::store::notifications::{self, Candidate};
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, Result};

/// Distributes the oldest notification that nobody was told of; `false` where there is none.
/// Of several processes one does.
pub async fn distribute_next(cx: &Context) -> Result<bool> {
    // Most polls find nothing; they must not wait for SQLite's one writer.
    let next = notifications::next_to_distribute(&mut cx.store.read().await?).await?;
    let Some(id) = next else { return Ok(false) };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let Some(taken) = notifications::take(&mut db, id, now).await? else {
        return Ok(true);
    };
    match taken.notice() {
        Ok(notice) => tell(cx, &mut db, id, &notice).await?,
        // It stays taken: it would stop all that come after it.
        Err(error) => tracing::error!(notification = %id, %error, "it cannot be read"),
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
}

async fn tell(cx: &Context, db: &mut Db, id: NotificationId, notice: &Notice) -> Result<()> {
    for user in notifications::candidates(db, notice.kind).await? {
        let is_addressed = |only: &Vec<UserId>| only.contains(&user.id);
        if !notice.only.as_ref().is_none_or(is_addressed) {
            continue;
        }
        let channels = notice.kind.channels(user.role, user.chosen());
        if channels.in_admin {
            notifications::show_to(db, id, user.id).await?;
        }
        if channels.by_mail {
            queue_mail(cx, db, user, notice).await?;
        }
    }
    Ok(())
}

async fn queue_mail(cx: &Context, db: &mut Db, user: Candidate, notice: &Notice) -> Result<()> {
    let new_email = NewEmail {
        email: user.email,
        language: user.language.unwrap_or(cx.config().language),
        content: EmailContent::Notification {
            notice: notice.clone(),
        },
    };
    transactional_emails::insert(db, &new_email, cx.clock.now()).await?;
    Ok(())
}
