//! Seeing and erasing what is kept of a person is for whoever reads their mail
//! now: the links in mail that was passed on must not be enough.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Result;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::notice::NoticeKind;
use crate::store::notices::{self, NewNotice};
use crate::store::subscribers;

/// How long the mailed link works.
pub const PERSONAL_LINK_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// What the worker needs to write the mail with the link.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalDataNotice {
    /// Whose data.
    pub subscriber: SubscriberId,
}

/// Mails a subscriber the link to see or erase what is kept of them, also where
/// they want no other mail: this they have asked for. Nothing is sent to who is
/// not there any more.
///
/// # Errors
/// Where the database fails.
pub async fn mail_link(cx: &Context, id: SubscriberId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if let Some(subscriber) = subscribers::by_id(&mut db, id).await? {
        let notice = NewNotice {
            kind: NoticeKind::PersonalData,
            email: subscriber.email,
            language: subscriber.language,
            payload: serde_json::to_value(PersonalDataNotice { subscriber: id })
                .unwrap_or_default(),
        };
        notices::insert(&mut db, &notice, now).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}
