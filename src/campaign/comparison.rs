//! A campaign beside those before it.

use super::Result;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delivery::DeliveryCounts;
use crate::model::list_access::ListAccess;
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, campaign_progress, reports};

/// The results of one campaign.
#[derive(Debug, Clone)]
pub struct Compared {
    pub campaign: Campaign,
    pub counts: DeliveryCounts,
    /// Who unsubscribed by its email.
    pub left: i64,
    /// How often its links were followed; `None` where that was not counted.
    pub clicks: Option<i64>,
}

/// A started campaign and up to `limit` that started before it, the newest first. Empty for one
/// that has not started.
pub async fn of(
    cx: &Context,
    access: &ListAccess,
    id: CampaignId,
    limit: i64,
) -> Result<Vec<Compared>> {
    let mut db = cx.store.read().await?;
    let mut compared = Vec::new();
    for campaign in campaigns::started_up_to(&mut db, access, id, limit + 1).await? {
        compared.push(results(&mut db, campaign).await?);
    }
    Ok(compared)
}

async fn results(db: &mut Db, campaign: Campaign) -> Result<Compared> {
    let id = campaign.id;
    Ok(Compared {
        campaign,
        counts: campaign_progress::counts(db, id).await?,
        left: reports::left(db, id).await?,
        clicks: reports::clicks(db, id).await?,
    })
}
