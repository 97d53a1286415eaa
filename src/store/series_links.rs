//! Lets readers into the series that a followed link starts, in the transaction that keeps that it
//! was followed.

use super::series_readers::{self, Entry};
use super::{Db, Result, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, SeriesId, SubscriberId};

/// Lets the reader of an agreement in who followed a link for the first time.
pub(super) async fn followed(
    db: &mut Db,
    agreement: i64,
    campaign: CampaignId,
    number: i64,
    now: Timestamp,
) -> Result<()> {
    let waiting: Vec<(SeriesId, String)> = run!(db, c => sqlx::query_as(
        "SELECT z.id, z.start_key FROM series z
         WHERE z.start_kind = 'link' AND z.state IN ('running', 'paused')
           AND NOT z.is_closed",
    )
    .fetch_all(c))?;
    if waiting.is_empty() {
        return Ok(());
    }
    let followed: Option<(SubscriberId, String)> = run!(db, c => sqlx::query_as(
        "SELECT g.subscriber_id, k.url FROM engagement_agreements g, campaign_links k
         WHERE g.id = $1 AND k.campaign_id = $2 AND k.number = $3",
    )
    .bind(agreement)
    .bind(campaign)
    .bind(number)
    .fetch_optional(c))?;
    let Some((subscriber, url)) = followed else {
        return Ok(());
    };
    for (series, _) in waiting.iter().filter(|(_, part)| url.contains(part)) {
        let entry = Entry {
            series: *series,
            subscriber,
            round: 0,
            overlaps: false,
            due_at: now,
        };
        series_readers::enter(db, &entry, now).await?;
    }
    Ok(())
}
