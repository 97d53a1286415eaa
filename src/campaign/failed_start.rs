//! A scheduled campaign that cannot start when it is due: it fails with the
//! reason, and owners are notified.

use super::lifecycle::move_within;
use super::{CampaignError, Result};
use crate::account::owner_notice::{self, OwnerNotice};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::campaign::CampaignAction;
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, webhooks};

/// The webhook event.
pub const EVENT: &str = "campaign.failed_to_start";

/// Moves a scheduled campaign to `failed_to_start`, queues the webhooks, and
/// mails the owners.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is no longer scheduled.
pub async fn fail_to_start(cx: &Context, id: CampaignId, reason: &str) -> Result<()> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::FailToStart, reason).await?;
    let campaign = campaigns::by_id(&mut db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    let data = serde_json::json!({
        "campaign": id,
        "subject": campaign.subject,
        "reason": reason,
    });
    webhooks::announce(&mut db, EVENT, &data, cx.clock.now()).await?;
    tell_owners(cx, &mut db, &campaign, reason).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    tracing::error!(campaign = %id, reason, "a scheduled campaign failed to start");
    metrics::counter!("jarshy_campaigns_failed_to_start_total").increment(1);
    Ok(())
}

async fn tell_owners(cx: &Context, db: &mut Db, campaign: &Campaign, reason: &str) -> Result<()> {
    let url = format!(
        "{}/admin/campaigns/{}",
        cx.config().public_url(),
        campaign.id
    );
    let subject: String = campaign
        .subject
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect();
    let notice = OwnerNotice {
        subject: format!("Campaign failed to start: {subject}"),
        paragraphs: vec![
            format!(
                "The campaign “{subject}” was scheduled and could not start. Nothing was sent."
            ),
            format!("Reason: {reason}"),
            format!("Correct it, then start or schedule it again: {url}"),
        ],
    };
    owner_notice::queue(db, &notice, cx.config().language, cx.clock.now()).await?;
    Ok(())
}
