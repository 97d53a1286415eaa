//! What lists of campaigns show, for a whole page of campaigns at once: those with
//! ids from `first` to `last`.

use std::collections::HashMap;

use super::campaign_contents::CampaignVariant;
use super::{Db, Result, run};
use crate::model::CampaignId;
use crate::model::list::ListSlug;

/// Those whose A/B test is open or decided, and whose rest may wait.
pub async fn with_open_tests(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT campaign_id FROM ab_tests
         WHERE campaign_id BETWEEN $1 AND $2 AND state IN ('testing', 'waiting', 'decided')",
    )
    .bind(first)
    .bind(last)
    .fetch_all(c))
}

/// The lists of each campaign.
pub async fn list_slugs(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<HashMap<CampaignId, Vec<ListSlug>>> {
    let rows: Vec<(i64, String)> = run!(db, c => sqlx::query_as(
        "SELECT x.campaign_id, l.slug FROM campaign_lists x JOIN lists l ON l.id = x.list_id
         WHERE x.campaign_id BETWEEN $1 AND $2
         ORDER BY x.campaign_id, l.id",
    )
    .bind(first.0)
    .bind(last.0)
    .fetch_all(c))?;
    let mut slugs: HashMap<CampaignId, Vec<ListSlug>> = HashMap::new();
    for (id, slug) in rows {
        let lists = slugs.entry(CampaignId(id)).or_default();
        lists.extend(slug.parse());
    }
    Ok(slugs)
}

/// Texts by language of each campaign.
pub async fn variants(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<HashMap<CampaignId, Vec<CampaignVariant>>> {
    type Row = (i64, String, String, String, String);
    let rows: Vec<Row> = run!(db, c => sqlx::query_as(
        "SELECT campaign_id, language, subject, preheader, from_name FROM campaign_variants
         WHERE campaign_id BETWEEN $1 AND $2
         ORDER BY campaign_id, language",
    )
    .bind(first.0)
    .bind(last.0)
    .fetch_all(c))?;
    let mut variants: HashMap<CampaignId, Vec<CampaignVariant>> = HashMap::new();
    for (id, language, subject, preheader, from_name) in rows {
        let Ok(language) = language.parse() else {
            continue;
        };
        let of_campaign = variants.entry(CampaignId(id)).or_default();
        of_campaign.push(CampaignVariant {
            language,
            subject,
            preheader,
            from_name,
        });
    }
    Ok(variants)
}

/// The campaigns that SMTP rejections have paused.
pub async fn with_rejections(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<Vec<CampaignId>> {
    let ids: Vec<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT DISTINCT campaign_id FROM automatic_pauses WHERE campaign_id BETWEEN $1 AND $2",
    )
    .bind(first.0)
    .bind(last.0)
    .fetch_all(c))?;
    Ok(ids.into_iter().map(CampaignId).collect())
}
