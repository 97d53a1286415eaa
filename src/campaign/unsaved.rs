//! What users typed into the forms of campaigns and did not save: nothing is lost to a closed
//! window.

use super::Result;
use crate::context::Context;
use crate::model::CampaignId;
use crate::store::accounts::User;
use crate::store::campaign_autosaves;
use crate::store::revisions::Unsaved;

/// The id of a campaign that was never saved.
pub const NEW_CAMPAIGN: CampaignId = CampaignId(0);

/// Keeps the form as it is sent.
pub async fn keep(cx: &Context, user: &User, campaign: CampaignId, form: &str) -> Result<()> {
    let mut db = cx.store.write().await?;
    campaign_autosaves::keep(&mut db, user.id, campaign, form, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// What a user typed.
pub async fn of(cx: &Context, user: &User, campaign: CampaignId) -> Result<Option<Unsaved>> {
    Ok(campaign_autosaves::of(&mut cx.store.read().await?, user.id, campaign).await?)
}

/// Forgets what a user typed, once it is saved or discarded.
pub async fn forget(cx: &Context, user: &User, campaign: CampaignId) -> Result<()> {
    let mut db = cx.store.write().await?;
    campaign_autosaves::forget(&mut db, user.id, campaign).await?;
    db.commit().await?;
    Ok(())
}
