//! How the emails of a series move, which only the series itself does.

use super::{Result, lifecycle};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::campaign::CampaignAction;
use crate::store::campaigns::Campaign;

/// Makes an email ready to take recipients.
///
/// # Errors
/// Those of [`lifecycle::start`].
pub async fn start(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = lifecycle::by_id(cx, id).await?;
    lifecycle::start_as_seen(cx, &Actor::System, &campaign).await
}

/// Pauses an email with its series.
///
/// # Errors
/// Those of [`lifecycle::pause`].
pub async fn pause(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    lifecycle::act(cx, by, id, CampaignAction::Pause, "").await
}

/// Resumes an email with its series.
///
/// # Errors
/// Those of [`lifecycle::resume`].
pub async fn resume(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let campaign = lifecycle::act(cx, by, id, CampaignAction::Resume, "").await?;
    cx.mail_queued.notify_waiters();
    Ok(campaign)
}

/// Cancels an email of a series that ends.
///
/// # Errors
/// Those of [`lifecycle::cancel`].
pub async fn cancel(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    lifecycle::end_as_cancelled(cx, by, id).await
}
