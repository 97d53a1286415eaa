//! A campaign beside those before it.

use super::{Result, tally};
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
/// that has not started. Large ones before it are as they were counted last.
pub async fn of(
    cx: &Context,
    access: &ListAccess,
    id: CampaignId,
    limit: i64,
) -> Result<Vec<Compared>> {
    let mut db = cx.store.read().await?;
    let mut compared = Vec::new();
    for campaign in campaigns::started_up_to(&mut db, access, id, limit + 1).await? {
        let kept = if campaign.id == id {
            None
        } else {
            tally::kept_totals(&mut db, campaign.id).await?
        };
        compared.push(results(&mut db, campaign, kept).await?);
    }
    Ok(compared)
}

async fn results(
    db: &mut Db,
    campaign: Campaign,
    kept: Option<(DeliveryCounts, i64)>,
) -> Result<Compared> {
    let id = campaign.id;
    let (counts, left) = match kept {
        Some(totals) => totals,
        None => {
            let counts = campaign_progress::counts(db, id).await?;
            (counts, reports::left(db, id).await?)
        }
    };
    Ok(Compared {
        campaign,
        counts,
        left,
        clicks: reports::clicks(db, id).await?,
    })
}
