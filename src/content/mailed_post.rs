//! Posts and snippets that a campaign is about to mail: a user who changes one confirms that the
//! campaign mails the change, or loses its approval.

use super::{ContentError, Result};
use crate::account::campaign_changes;
use crate::context::Context;
use crate::model::PostId;
use crate::store::Db;
use crate::store::campaign_changes::{Changed, WaitingCampaign};

/// The campaigns that a change of this post changes after they were scheduled or approved.
pub async fn campaigns(cx: &Context, id: PostId) -> Result<Vec<WaitingCampaign>> {
    let mut db = cx.store.read().await?;
    Ok(campaign_changes::waiting(cx, &mut db, Changed::Post(id)).await?)
}

/// Refuses a change that nobody has confirmed, within the transaction that makes it.
///
/// # Errors
/// [`ContentError::Unconfirmed`] names the campaign.
pub(super) async fn refuse_unconfirmed(
    cx: &Context,
    db: &mut Db,
    changed: Changed<'_>,
    is_confirmed: bool,
) -> Result<()> {
    if is_confirmed {
        return Ok(());
    }
    let waiting = campaign_changes::waiting(cx, db, changed).await?;
    match waiting.into_iter().next() {
        Some(campaign) => Err(ContentError::Unconfirmed(campaign.subject)),
        None => Ok(()),
    }
}
