//! Changes of what campaigns mail, or to whom, noted with who made them: an approval by a second
//! person is void from then on.

use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::campaign_changes::{self, Changed, WaitingCampaign};
use crate::store::{Db, Result, campaign_approvals};

/// Notes a change, within the transaction that makes it.
pub async fn note(db: &mut Db, by: &Actor, changed: Changed<'_>, now: Timestamp) -> Result<()> {
    for id in campaign_changes::count(db, changed, by.as_str(), now).await? {
        if campaign_approvals::is_just_voided(db, id).await? {
            audit::record(db, by, AuditAction::CampaignVoidApproval, id, now).await?;
        }
    }
    Ok(())
}

/// The campaigns that were scheduled or approved, and that a change would change.
pub async fn waiting(
    cx: &Context,
    db: &mut Db,
    changed: Changed<'_>,
) -> Result<Vec<WaitingCampaign>> {
    let mut found = campaign_changes::waiting(db, changed).await?;
    if !cx.config().approval {
        // Approvals mean nothing where none is needed.
        found.retain(|campaign| campaign.scheduled_at.is_some());
        for campaign in &mut found {
            campaign.approved_by = None;
        }
    }
    Ok(found)
}
