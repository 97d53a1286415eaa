//! A scheduled campaign that cannot start when it is due: it fails with the
//! reason, and users are notified.

use super::Result;
use super::lifecycle::move_as_seen;
use crate::context::Context;
use crate::model::campaign::CampaignAction;
use crate::model::notification::Notice;
use crate::notifications;
use crate::store::campaigns::Campaign;
use crate::store::webhooks;

/// The webhook event.
pub const EVENT: &str = "campaign.failed_to_start";

/// Moves a scheduled campaign to `failed_to_start`, queues the webhooks, and
/// notifies users.
///
/// # Errors
/// [`CampaignError::Forbidden`](super::CampaignError::Forbidden) where it is no longer scheduled,
/// [`CampaignError::Overtaken`](super::CampaignError::Overtaken) where it has changed since it was `seen`, and may start as it is
/// now.
pub async fn fail_to_start(cx: &Context, seen: &Campaign, reason: &str) -> Result<()> {
    let id = seen.id;
    let mut db = cx.store.write().await?;
    move_as_seen(cx, &mut db, seen, CampaignAction::FailToStart, reason).await?;
    let data = serde_json::json!({
        "campaign": id,
        "subject": seen.subject,
        "reason": reason,
    });
    webhooks::announce(&mut db, EVENT, &data, cx.clock.now()).await?;
    let now = cx.clock.now();
    let notice = Notice::campaign_failed_to_start(id, &seen.subject, reason, now);
    notifications::record(&mut db, &notice, now).await?;
    db.commit().await?;
    tracing::error!(campaign = %id, reason, "a scheduled campaign failed to start");
    metrics::counter!("jarshy_campaigns_failed_to_start_total").increment(1);
    Ok(())
}
