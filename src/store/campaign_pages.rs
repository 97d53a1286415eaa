//! What lists of campaigns show, for a whole page of campaigns at once: those with
//! ids from `first` to `last`.

use std::collections::HashMap;

use super::campaign_contents::CampaignVariant;
use super::campaign_progress::fold_counts;
use super::{Db, Result, run};
use crate::model::CampaignId;
use crate::model::delivery::DeliveryCounts;
use crate::model::list::ListSlug;

/// Delivery counts of the campaigns from `first` to `last`, by the same statement as
/// [`super::campaign_progress::counts`]. `CROSS JOIN` makes SQLite keep the order.
pub async fn counts(
    db: &mut Db,
    first: CampaignId,
    last: CampaignId,
) -> Result<HashMap<CampaignId, DeliveryCounts>> {
    let rows: Vec<(i64, String, i64)> = run!(db, c => sqlx::query_as(
        "SELECT campaign_id, state, COUNT(*) FROM deliveries
         WHERE campaign_id BETWEEN $1 AND $2 AND state NOT IN ('queued', 'sending', 'sent')
         GROUP BY campaign_id, state
         UNION ALL
         SELECT campaign_id, state, CAST(SUM(count) AS BIGINT) FROM folded_deliveries
         WHERE campaign_id BETWEEN $1 AND $2 AND state <> 'sent' GROUP BY campaign_id, state
         UNION ALL
         SELECT +campaign_id, 'sending', COUNT(*) FROM deliveries
         WHERE lease_until IS NOT NULL AND +campaign_id BETWEEN $1 AND $2 AND state = 'sending'
         GROUP BY +campaign_id
         UNION ALL
         SELECT z.campaign_id, 'queued',
                (SELECT COUNT(*) FROM deliveries d
                 WHERE d.campaign_id = z.campaign_id AND d.state = 'queued'
                   AND d.subscriber_id > z.after_subscriber
                   AND d.subscriber_id <= z.up_to_subscriber)
         FROM delivery_slices z WHERE z.campaign_id BETWEEN $1 AND $2
         UNION ALL
         SELECT id, 'queued', frozen_count - claimed_count FROM campaigns
         WHERE id BETWEEN $1 AND $2
         UNION ALL
         SELECT c.id, 'queued', -COUNT(*) FROM campaigns c CROSS JOIN deliveries d
         WHERE c.id BETWEEN $1 AND $2 AND c.claimed_count < c.frozen_count
           AND d.campaign_id = c.id AND d.state NOT IN ('queued', 'sending', 'sent')
           AND +d.subscriber_id > c.claimed_up_to
           AND (NOT c.sends_rest OR d.test_list_id IS NULL)
         GROUP BY c.id
         UNION ALL
         SELECT id, 'frozen', frozen_count FROM campaigns WHERE id BETWEEN $1 AND $2
         UNION ALL
         SELECT id, 'cancelled', 1 FROM campaigns
         WHERE id BETWEEN $1 AND $2 AND state = 'cancelled'",
    )
    .bind(first.0)
    .bind(last.0)
    .fetch_all(c))?;
    let mut by_campaign: HashMap<CampaignId, Vec<(String, i64)>> = HashMap::new();
    for (id, state, count) in rows {
        let rows = by_campaign.entry(CampaignId(id)).or_default();
        rows.push((state, count));
    }
    let fold = |(id, rows)| (id, fold_counts(rows));
    Ok(by_campaign.into_iter().map(fold).collect())
}

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
