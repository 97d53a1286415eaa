//! Segments: rules that select a part of the audience, saved by a name or kept with one
//! campaign.

use super::{AudienceError, COUNTED_AT_ONCE, Result};
use crate::account::{audit, campaign_changes};
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::ListSlug;
use crate::model::segment::{Condition, Match, Part, Rule};
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_changes::Changed;
use crate::store::segments::{self, OpenCampaign, Sampled, Segment};
use crate::store::{StoreError, series_deletion};
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
/// [`AudienceError::SegmentInUse`] where a campaign that has not ended goes to it,
/// [`AudienceError::SegmentInSeries`] where a series that has not ended asks for it.
pub async fn delete(cx: &Context, by: &Actor, id: SegmentId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(subject) = segments::wanted_by(&mut db, id).await? {
        return Err(AudienceError::SegmentInUse(subject));
    }
    if let Some(name) = series_deletion::asking_for(&mut db, id).await? {
        return Err(AudienceError::SegmentInSeries(name));
    }
    series_deletion::forget_segment(&mut db, id).await?;
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

/// Every segment that was saved by a name, by name.
pub async fn all(cx: &Context) -> Result<Vec<Segment>> {
    Ok(segments::named(&mut cx.store.read().await?).await?)
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

/// Whether there are so few subscribers that a page may wait until whom a rule picks is counted.
pub async fn is_counted_at_once(cx: &Context) -> Result<bool> {
    Ok(segments::has_at_most(&mut cx.store.read().await?, COUNTED_AT_ONCE).await?)
}

/// Subscribers that a look at a rule shows.
const SAMPLE: i64 = 5;

/// Whom a rule picks now: how many, and a few of them.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    pub count: i64,
    /// The newest of them whom mail can reach.
    pub sample: Vec<Sampled>,
}

/// Whom a rule picks now.
///
/// # Errors
/// [`AudienceError::Rule`] for a rule out of bounds.
pub async fn matching(cx: &Context, rule: &Rule) -> Result<Matching> {
    let count = count(cx, rule).await?;
    let mut db = cx.store.read().await?;
    Ok(Matching {
        count,
        sample: segments::sample(&mut db, rule, cx.clock.now(), SAMPLE).await?,
    })
}

/// Whom a campaign to these lists would reach now, of those that the rule picks if there is one.
///
/// # Errors
/// [`AudienceError::Rule`] for a rule out of bounds.
pub async fn matching_on(
    cx: &Context,
    lists: &[ListSlug],
    rule: Option<&Rule>,
) -> Result<Matching> {
    if let Some(rule) = rule {
        rule.check()?;
    }
    if lists.is_empty() {
        return Ok(Matching::default());
    }
    let rule = reachable(lists, rule);
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    Ok(Matching {
        count: segments::count_reachable(&mut db, &rule, now).await?,
        sample: segments::sample(&mut db, &rule, now, SAMPLE).await?,
    })
}

/// The rule that picks who is on one of these lists, takes mail now, and fulfils `rule`.
fn reachable(lists: &[ListSlug], rule: Option<&Rule>) -> Rule {
    let on_list = |slug: &ListSlug| Condition::OnList {
        value: slug.clone(),
    };
    let mut all = Rule::of(Match::All, [Condition::Paused { value: false }]);
    let any = Rule::of(Match::Any, lists.iter().map(on_list));
    all.conditions.push(Part::Group(any));
    all.conditions.extend(rule.cloned().map(Part::Group));
    all
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
    segments::drop_unused(&mut db).await?;
    let now = cx.clock.now();
    campaign_changes::note(&mut db, by, Changed::Audience(campaign), now).await?;
    audit::record(&mut db, by, AuditAction::CampaignSegment, campaign, now).await?;
    db.commit().await?;
    Ok(())
}
