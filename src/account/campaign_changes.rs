//! Changes of what campaigns mail, or to whom, noted with who made them: an approval by a second
//! person is void from then on.

use crate::account::audit;
use crate::clock::Timestamp;
use crate::model::audit::{Actor, AuditAction};
use crate::store::campaign_changes::{self, Changed};
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
