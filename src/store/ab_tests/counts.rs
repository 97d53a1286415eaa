//! Queries on what a test has counted.

use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
use crate::store::{Db, Result, execute, run};

/// What became of one variant on one list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VariantCount {
    pub variant: AbVariant,
    pub list_id: i64,
    pub count: i64,
}

/// Messages of one variant on one list that reached somebody.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Reached {
    pub variant: AbVariant,
    pub list_id: i64,
    pub sent: i64,
    /// Those of them that were marked as spam.
    pub complaints: i64,
}

/// Messages of a test that reached somebody, by variant and list.
pub async fn reached(db: &mut Db, id: CampaignId) -> Result<Vec<Reached>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, test_list_id AS list_id, COUNT(*) AS sent,
                SUM(CASE WHEN state = 'complained' THEN 1 ELSE 0 END) AS complaints
         FROM deliveries
         WHERE campaign_id = $1 AND test_list_id IS NOT NULL AND state IN ('sent', 'complained')
         GROUP BY variant, test_list_id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Their recipients who left a list by it.
pub async fn left(db: &mut Db, id: CampaignId) -> Result<Vec<VariantCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.variant, d.test_list_id AS list_id, COUNT(DISTINCT d.subscriber_id) AS count
         FROM consent_records r
         JOIN deliveries d ON d.campaign_id = r.campaign_id AND d.subscriber_id = r.subscriber_id
         WHERE r.campaign_id = $1 AND r.action = 'unsubscribed' AND d.test_list_id IS NOT NULL
           AND d.state IN ('sent', 'complained')
         GROUP BY d.variant, d.test_list_id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Their recipients who answered it.
pub async fn replies(db: &mut Db, id: CampaignId) -> Result<Vec<VariantCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.variant, d.test_list_id AS list_id, COUNT(DISTINCT d.id) AS count
         FROM feedback_events e JOIN deliveries d ON d.id = e.delivery_id
         WHERE e.campaign_id = $1 AND e.verdict = 'reply' AND d.campaign_id = $1
           AND d.test_list_id IS NOT NULL AND d.state IN ('sent', 'complained')
         GROUP BY d.variant, d.test_list_id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Clicks in one part of a variant.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ClickCount {
    pub variant: AbVariant,
    /// 0 where they are not counted by list.
    pub list_id: i64,
    pub part: i64,
    pub clicks: i64,
}

/// Clicks on links in the emails of a test.
pub async fn clicks(db: &mut Db, id: CampaignId) -> Result<Vec<ClickCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, list_id, part, clicks FROM ab_clicks WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_all(c))
}

/// Counts a click in a part of a variant of a campaign's test.
pub async fn count_click(
    db: &mut Db,
    id: CampaignId,
    variant: AbVariant,
    (list, part): (i64, i64),
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO ab_clicks (campaign_id, variant, list_id, part, clicks)
             VALUES ($1, $2, $3, $4, 1)
             ON CONFLICT (campaign_id, variant, list_id, part)
             DO UPDATE SET clicks = ab_clicks.clicks + 1",
        )
        .bind(id)
        .bind(variant)
        .bind(list)
        .bind(part)
    )?;
    Ok(())
}

/// Keeps the numbers of a test whose deliveries are about to be folded.
pub async fn keep(db: &mut Db, id: CampaignId, counts: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE ab_tests SET counts = $2 WHERE campaign_id = $1")
            .bind(id)
            .bind(counts)
    )?;
    Ok(())
}
