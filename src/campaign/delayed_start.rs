//! Starting a campaign so that it can be undone: for a moment it is scheduled, with a mark.

use super::lifecycle::{self, by_id, by_id_outside_series, move_as_seen, refuse_errors};
use super::{Result, approval, preflight};
use crate::account::audit;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::{CampaignAction, CampaignState, next};
use crate::store::campaigns::{self, Campaign};

/// Starts a campaign after the configured delay, or at once where none is configured. Until
/// then [`lifecycle::unschedule`] makes it a draft again.
///
/// # Errors
/// Those of [`lifecycle::start`]: what prevents the start is said now, to the person who is
/// here.
pub async fn start(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let Some(delay) = cx.config().send_delay.get() else {
        return lifecycle::start(cx, by, id).await;
    };
    let seen = by_id_outside_series(cx, id).await?;
    next(seen.state, CampaignAction::Start)?;
    // A second click does not put it off.
    if seen.state == CampaignState::Scheduled && seen.is_start_delayed {
        return Ok(seen);
    }
    approval::require(cx, &mut cx.store.read().await?, &seen).await?;
    refuse_errors(&preflight::check(cx, &seen).await?)?;
    let mut db = cx.store.write().await?;
    move_as_seen(cx, &mut db, &seen, CampaignAction::Schedule, "").await?;
    approval::require(cx, &mut db, &seen).await?;
    let now = cx.clock.now();
    campaigns::delay_start(&mut db, id, now.after(delay)).await?;
    audit::record(&mut db, by, AuditAction::CampaignDelayStart, id, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}
