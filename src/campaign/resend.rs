//! Sending a campaign again to those who are known not to have opened it: by a draft, which a
//! person checks and starts.

use super::campaign_draft::{Selection, draft_of};
use super::{CampaignError, Result, draft, engagement, lifecycle};
use crate::audience::{AudienceError, segment};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::model::campaign::CampaignState;
use crate::model::segment::{Condition, Match, Part, Rule};
use crate::store::campaigns::Campaign;
use crate::store::engagement::CampaignEngagement;
use crate::store::segments;

/// Whether a campaign can be sent again to those who are known not to have opened it.
pub fn can_resend(campaign: &Campaign, seen: Option<&CampaignEngagement>) -> bool {
    let is_missed = |seen: &CampaignEngagement| seen.agreed > seen.opened;
    campaign.state == CampaignState::Finished && seen.is_some_and(is_missed)
}

/// How many on a campaign's lists are known not to have opened it now.
pub async fn count_unopened(cx: &Context, id: CampaignId) -> Result<i64> {
    let draft = draft_of(cx, id).await?;
    let rule = unopened(cx, id, &draft.selection).await?;
    let found = segment::matching_on(cx, &draft.lists, Some(&rule)).await;
    found.map(|found| found.count).map_err(|error| match error {
        AudienceError::Store(error) => error.into(),
        AudienceError::Rule(error) => error.into(),
        _ => CampaignError::NotSeen,
    })
}

/// The rule that picks those of a campaign's selection who did not open it.
async fn unopened(cx: &Context, id: CampaignId, selection: &Selection) -> Result<Rule> {
    let unopened = Condition::NotOpenedCampaign { value: id };
    let mut rule = Rule::of(Match::All, [unopened]);
    let former = match selection {
        Selection::Everybody => None,
        Selection::Conditions { rule, .. } => Some(rule.clone()),
        Selection::Segment(segment) => {
            let found = segments::by_id(&mut cx.store.read().await?, *segment).await?;
            Some(found.ok_or(CampaignError::UnknownSegment)?.rule)
        }
    };
    rule.conditions.extend(former.map(Part::Group));
    Ok(rule)
}

/// Makes a draft of a finished campaign for those who agreed, got it, and have not opened it.
/// Nothing is sent: it is checked, changed and started as any other draft.
///
/// # Errors
/// [`CampaignError::NotSeen`] where nobody is known not to have opened it, and as
/// [`draft::duplicate`].
pub async fn resend_unopened(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let campaign = lifecycle::by_id(cx, id).await?;
    let seen = engagement::of_campaign(cx, id).await?;
    if !can_resend(&campaign, seen.as_ref()) {
        return Err(CampaignError::NotSeen);
    }
    // Those who missed it may have left since.
    if count_unopened(cx, id).await? == 0 {
        return Err(CampaignError::NotSeen);
    }
    let draft = draft_of(cx, id).await?;
    let rule = unopened(cx, id, &draft.selection).await?;
    draft::duplicate_to(cx, by, id, rule).await
}
