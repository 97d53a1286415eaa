//! Queries of `jarshy bench`: recipients created in the database itself, and what the
//! ledger says of a run.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::{CampaignId, ListId};

/// Adds subscribers `from + 1` to `to`, confirmed on a list. Their addresses
/// are spread over `domains` domains.
pub async fn add_recipients(
    db: &mut Db,
    list: ListId,
    (from, to): (i64, i64),
    domains: i64,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "WITH RECURSIVE n (i) AS (
                 SELECT CAST($1 AS BIGINT) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
             INSERT INTO subscribers (email, email_key, name, language, attributes, created_at)
             SELECT 'reader' || i || '@d' || (i % $3) || '.example',
                    'reader' || i || '@d' || (i % $3) || '.example',
                    'Reader ' || i, 'en', '{}', $4
             FROM n",
        )
        .bind(from)
        .bind(to)
        .bind(domains)
        .bind(now)
    )?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO subscriptions (subscriber_id, list_id, state, created_at, changed_at)
             SELECT id, CAST($1 AS BIGINT), 'confirmed', CAST($2 AS BIGINT), CAST($2 AS BIGINT)
             FROM subscribers
             WHERE id NOT IN (SELECT subscriber_id FROM subscriptions WHERE list_id = $1)
             ORDER BY id DESC LIMIT $3",
        )
        .bind(list)
        .bind(now)
        .bind(to - from)
    )?;
    Ok(())
}

/// When the `rank`-th delivery of a campaign was recorded, from nought.
pub async fn recorded_at(db: &mut Db, campaign: CampaignId, rank: i64) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT changed_at FROM deliveries WHERE campaign_id = $1 AND state = 'sent'
         ORDER BY changed_at LIMIT 1 OFFSET $2",
    )
    .bind(campaign)
    .bind(rank)
    .fetch_optional(c))
}
