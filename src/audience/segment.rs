//! Segments: saved rules that select a part of the audience.

use super::{AudienceError, Result};
use crate::account::{audit, campaign_changes};
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::segment::Rule;
use crate::model::{CampaignId, SegmentId};
use crate::store::StoreError;
use crate::store::campaign_changes::Changed;
use crate::store::segments::{self, OpenCampaign, Segment};
use crate::text::line::Title;

/// Creates a segment, or changes the one with this id.
///
/// # Errors
/// [`AudienceError::Rule`] for a rule out of bounds,
/// [`AudienceError::Exists`] for a name that is taken, and
/// [`AudienceError::InUse`] while a campaign's audience is being made from it.
pub async fn save(
    cx: &Context,
    by: &Actor,
    id: Option<SegmentId>,
    name: &Title,
    rule: &Rule,
) -> Result<SegmentId> {
    rule.check()?;
    let now = cx.clock.now();
    let action = match id {
        Some(_) => AuditAction::SegmentChange,
        None => AuditAction::SegmentCreate,
    };
    let mut db = cx.store.write().await?;
    let saved = match id {
        Some(id) if segments::is_being_frozen(&mut db, id).await? => {
            return Err(AudienceError::InUse(
                "a campaign's audience is being made from this segment; try again in a minute",
            ));
        }
        Some(id) => {
            let updated = segments::update(&mut db, id, name.as_str(), rule, now).await;
            updated.map(|()| id)
        }
        None => segments::insert(&mut db, name.as_str(), rule, now).await,
    };
    let id = saved.map_err(|error| match error {
        StoreError::Exists => AudienceError::Exists("a segment with this name"),
        other => other.into(),
    })?;
    campaign_changes::note(&mut db, by, Changed::Segment(id), now).await?;
    audit::record(&mut db, by, action, name, cx.clock.now()).await?;
    db.commit().await?;
    Ok(id)
}

/// Deletes a segment.
///
/// # Errors
/// [`AudienceError::SegmentInUse`] where a campaign that has not ended goes to it.
pub async fn delete(cx: &Context, by: &Actor, id: SegmentId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(subject) = segments::wanted_by(&mut db, id).await? {
        return Err(AudienceError::SegmentInUse(subject));
    }
    let segment = segments::by_id(&mut db, id).await?;
    let name = segment.map_or_else(String::new, |segment| segment.name);
    segments::delete(&mut db, id)
        .await
        .map_err(|error| match error {
            StoreError::Dangling => {
                AudienceError::InUse("a campaign that has not ended goes to this segment")
            }
            other => other.into(),
        })?;
    audit::record(
        &mut db,
        by,
        AuditAction::SegmentDelete,
        name,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Every segment, by name.
pub async fn all(cx: &Context) -> Result<Vec<Segment>> {
    Ok(segments::all(&mut cx.store.read().await?).await?)
}

/// The segment with this id.
pub async fn by_id(cx: &Context, id: SegmentId) -> Result<Option<Segment>> {
    Ok(segments::by_id(&mut cx.store.read().await?, id).await?)
}

/// The number of subscribers that match a rule now.
///
/// # Errors
/// [`AudienceError::Rule`] for a rule out of bounds.
pub async fn count(cx: &Context, rule: &Rule) -> Result<i64> {
    rule.check()?;
    let mut db = cx.store.read().await?;
    Ok(segments::count(&mut db, rule, cx.clock.now()).await?)
}

/// The campaigns whose segment can still be set, newest first.
pub async fn open_campaigns(cx: &Context, limit: i64) -> Result<Vec<OpenCampaign>> {
    Ok(segments::open_campaigns(&mut cx.store.read().await?, limit).await?)
}

/// The segment of a campaign; `None` where it goes to all of its lists.
pub async fn of_campaign(cx: &Context, campaign: CampaignId) -> Result<Option<Segment>> {
    Ok(segments::of_campaign(&mut cx.store.read().await?, campaign).await?)
}

/// Sets or clears the segment of a campaign.
///
/// # Errors
/// [`AudienceError::InUse`] once the campaign has started.
pub async fn choose(
    cx: &Context,
    by: &Actor,
    campaign: CampaignId,
    segment: Option<SegmentId>,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    if !segments::set_of_campaign(&mut db, campaign, segment).await? {
        return Err(AudienceError::InUse(
            "the campaign is under way; its audience stays as it is",
        ));
    }
    let now = cx.clock.now();
    campaign_changes::note(&mut db, by, Changed::Audience(campaign), now).await?;
    audit::record(&mut db, by, AuditAction::CampaignSegment, campaign, now).await?;
    db.commit().await?;
    Ok(())
}
