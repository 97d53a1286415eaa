//! Campaigns with what lists of them show. A page costs the same few queries
//! however many campaigns it has.

use super::Result;
use super::ab_test::rest::{self, Rest};
use super::approval::Approval;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delivery::DeliveryCounts;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::store::automatic_pauses::{self, AutomaticPause};
use crate::store::campaign_attachments::{self, CampaignAttachment};
use crate::store::campaign_contents::{self, CampaignVariant};
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, campaign_approvals, campaign_pages, campaign_progress};

/// A campaign with its counts and texts.
#[derive(Debug)]
pub struct Overview {
    /// The campaign.
    pub campaign: Campaign,
    /// Its deliveries by state.
    pub counts: DeliveryCounts,
    /// Its lists.
    pub lists: Vec<ListSlug>,
    /// Its texts by language.
    pub variants: Vec<CampaignVariant>,
    /// SMTP rejections that paused it, newest first.
    pub rejections: Vec<AutomaticPause>,
    /// Whether a second person has approved it.
    pub approval: Approval,
    /// The files that its emails carry.
    pub attachments: Vec<CampaignAttachment>,
    /// Those whom its A/B test has left out, while they wait.
    pub rest: Option<Rest>,
}

/// One campaign.
pub async fn of(cx: &Context, campaign: Campaign) -> Result<Overview> {
    let mut db = cx.store.read().await?;
    let id = campaign.id;
    let approval = campaign_approvals::of_campaign(&mut db, id).await?;
    Ok(Overview {
        approval: Approval::new(cx, &campaign, approval),
        rest: rest::known(cx, &mut db, &campaign).await?,
        campaign,
        counts: campaign_progress::counts(&mut db, id).await?,
        lists: campaigns::list_slugs(&mut db, id).await?,
        variants: campaign_contents::variants(&mut db, id).await?,
        rejections: automatic_pauses::of_campaign(&mut db, id).await?,
        attachments: campaign_attachments::of_campaign(&mut db, id).await?,
    })
}

/// Up to `limit` campaigns within a user's reach before `before`, newest first.
pub async fn page(
    cx: &Context,
    access: &ListAccess,
    before: Option<CampaignId>,
    limit: i64,
) -> Result<Vec<Overview>> {
    let mut db = cx.store.read().await?;
    let before = before.map_or(i64::MAX, |id| id.0);
    let campaigns = campaigns::page(&mut db, access, before, limit).await?;
    with_details(cx, &mut db, campaigns).await
}

/// `campaigns` are a page: all with ids between those of its first and last.
pub(super) async fn with_details(
    cx: &Context,
    db: &mut Db,
    campaigns: Vec<Campaign>,
) -> Result<Vec<Overview>> {
    let ids = campaigns.iter().map(|campaign| campaign.id);
    let (Some(first), Some(last)) = (ids.clone().min(), ids.max()) else {
        return Ok(Vec::new());
    };
    let mut counts = campaign_progress::counts_between(db, first, last).await?;
    let mut lists = campaign_pages::list_slugs(db, first, last).await?;
    let mut variants = campaign_pages::variants(db, first, last).await?;
    let mut approvals = campaign_approvals::between(db, first, last).await?;
    let mut attachments = campaign_attachments::between(db, first, last).await?;
    let tested = campaign_pages::with_open_tests(db, first, last).await?;
    let rejected = campaign_pages::with_rejections(db, first, last).await?;
    let mut overviews = Vec::with_capacity(campaigns.len());
    for campaign in campaigns {
        let id = campaign.id;
        let rejections = if rejected.contains(&id) {
            automatic_pauses::of_campaign(db, id).await?
        } else {
            Vec::new()
        };
        let waits = if tested.contains(&id) {
            rest::known(cx, db, &campaign).await?
        } else {
            None
        };
        overviews.push(Overview {
            approval: Approval::new(cx, &campaign, approvals.remove(&id)),
            rest: waits,
            campaign,
            counts: counts.remove(&id).unwrap_or_default(),
            lists: lists.remove(&id).unwrap_or_default(),
            variants: variants.remove(&id).unwrap_or_default(),
            rejections,
            attachments: attachments.remove(&id).unwrap_or_default(),
        });
    }
    Ok(overviews)
}
