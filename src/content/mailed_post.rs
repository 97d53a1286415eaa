//! Posts that a campaign is about to mail: a user who changes one confirms that the campaign mails
//! the change, or loses its approval.

use super::{ContentError, Result};
use crate::account::campaign_changes;
use crate::context::Context;
use crate::model::PostId;
use crate::store::Db;
use crate::store::campaign_changes::{Changed, WaitingCampaign};

/// The campaigns that a change of this post changes after they were scheduled or approved.
pub async fn campaigns(cx: &Context, id: PostId) -> Result<Vec<WaitingCampaign>> {
    waiting(cx, &mut cx.store.read().await?, id).await
}

/// Refuses a change that nobody has confirmed, within the transaction that makes it.
///
/// # Errors
/// [`ContentError::Unconfirmed`] names the campaign.
pub(super) async fn refuse_unconfirmed(
    cx: &Context,
    db: &mut Db,
    id: PostId,
    is_confirmed: bool,
) -> Result<()> {
    if is_confirmed {
        return Ok(());
    }
    match waiting(cx, db, id).await?.into_iter().next() {
        Some(campaign) => Err(ContentError::Unconfirmed(campaign.subject)),
        None => Ok(()),
    }
}

async fn waiting(cx: &Context, db: &mut Db, id: PostId) -> Result<Vec<WaitingCampaign>> {
    Ok(campaign_changes::waiting(cx, db, Changed::Post(id)).await?)
}
