//! Queries of reports: the outcome of a campaign over time, by domain and by
//! link.

use serde::{Deserialize, Serialize};

use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;
use crate::model::subscription::LeaveReason;
use crate::model::{CampaignId, ListId};

/// When a delivery of a campaign last changed.
pub async fn last_change(db: &mut Db, id: CampaignId) -> Result<Option<Timestamp>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT MAX(changed_at) FROM deliveries WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_one(c))
}

/// How many deliveries confirmed to stand in each state in each span of `width`
/// milliseconds since `from`: span, state and number.
pub async fn over_time(
    db: &mut Db,
    id: CampaignId,
    from: Timestamp,
    width: i64,
) -> Result<Vec<(i64, DeliveryState, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT (changed_at - $2) / $3, state, COUNT(*) FROM deliveries
         WHERE campaign_id = $1 AND state NOT IN ('queued', 'sending')
         GROUP BY 1, 2 ORDER BY 1",
    )
    .bind(id)
    .bind(from)
    .bind(width)
    .fetch_all(c))
}

/// How many subscribers unsubscribed by a campaign's email in each span of `width`
/// milliseconds since `from`.
pub async fn left_over_time(
    db: &mut Db,
    id: CampaignId,
    from: Timestamp,
    width: i64,
) -> Result<Vec<(i64, i64)>> {
    run!(db, c => sqlx::query_as(
        "SELECT (at - $2) / $3, COUNT(DISTINCT subscriber_id) FROM consent_records
         WHERE campaign_id = $1 AND action = 'unsubscribed' GROUP BY 1 ORDER BY 1",
    )
    .bind(id)
    .bind(from)
    .bind(width)
    .fetch_all(c))
}

/// How many subscribers unsubscribed by a campaign's email.
pub async fn left(db: &mut Db, id: CampaignId) -> Result<i64> {
    run!(db, c => sqlx::query_scalar(
        "SELECT COUNT(DISTINCT subscriber_id) FROM consent_records
         WHERE campaign_id = $1 AND action = 'unsubscribed'",
    )
    .bind(id)
    .fetch_one(c))
}

/// How often the links of a campaign were followed; `None` where that is not counted.
pub async fn clicks(db: &mut Db, id: CampaignId) -> Result<Option<i64>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT CAST(SUM(clicks) AS BIGINT) FROM campaign_links WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_one(c))
}

/// The outcome of mail to one domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct DomainRow {
    /// The recipients' domain.
    pub domain: String,
    /// Deliveries to it.
    pub total: i64,
    /// Those its relay took.
    pub sent: i64,
    /// Those put off.
    pub deferred: i64,
    /// Those refused.
    pub failed: i64,
    /// Those that confirmed back.
    pub bounced: i64,
    /// Those called spam.
    pub complained: i64,
    /// Recipients who left by the mail's link.
    #[sqlx(default)]
    pub left: i64,
}

/// The statement on domains, with the expression for an address's domain.
macro_rules! by_domain {
    ($domain:literal) => {
        concat!(
            "SELECT domain, CAST(SUM(count) AS BIGINT) AS total,
                    CAST(SUM(CASE WHEN state = 'sent' THEN count ELSE 0 END) AS BIGINT) AS sent,
                    CAST(SUM(CASE WHEN state = 'deferred' THEN count ELSE 0 END) AS BIGINT) AS deferred,
                    CAST(SUM(CASE WHEN state = 'failed' THEN count ELSE 0 END) AS BIGINT) AS failed,
                    CAST(SUM(CASE WHEN state = 'bounced' THEN count ELSE 0 END) AS BIGINT) AS bounced,
                    CAST(SUM(CASE WHEN state = 'complained' THEN count ELSE 0 END) AS BIGINT) AS complained
             FROM (SELECT ",
            $domain,
            " AS domain, d.state AS state, COUNT(*) AS count
                   FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
                   WHERE d.campaign_id = $1 GROUP BY 1, 2
                   UNION ALL
                   SELECT domain, state, count FROM folded_deliveries
                   WHERE campaign_id = $1 AND domain <> '') parts
             GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2"
        )
    };
}

/// The statement on those who left, with the expression for an address's domain.
macro_rules! left_by_domain {
    ($domain:literal) => {
        concat!(
            "SELECT ",
            $domain,
            ", COUNT(DISTINCT r.subscriber_id)
             FROM consent_records r JOIN subscribers m ON m.id = r.subscriber_id
             WHERE r.campaign_id = $1 AND r.action = 'unsubscribed' GROUP BY 1"
        )
    };
}

/// The `limit` domains that a campaign had most recipients at.
pub async fn by_domain(db: &mut Db, id: CampaignId, limit: i64) -> Result<Vec<DomainRow>> {
    let statement = match db.engine() {
        Engine::Sqlite => by_domain!("substr(m.email_key, instr(m.email_key, '@') + 1)"),
        Engine::Postgres => by_domain!("split_part(m.email_key, '@', 2)"),
    };
    let mut rows: Vec<DomainRow> = run!(db, c => sqlx::query_as(statement)
        .bind(id)
        .bind(limit)
        .fetch_all(c))?;
    // Few leave: to count them by themselves spares a look for each delivery.
    let statement = match db.engine() {
        Engine::Sqlite => left_by_domain!("substr(m.email_key, instr(m.email_key, '@') + 1)"),
        Engine::Postgres => left_by_domain!("split_part(m.email_key, '@', 2)"),
    };
    let left: Vec<(String, i64)> = run!(db, c => sqlx::query_as(statement).bind(id).fetch_all(c))?;
    for row in &mut rows {
        let found = left.iter().find(|(domain, _)| *domain == row.domain);
        row.left = found.map_or(0, |(_, count)| *count);
    }
    Ok(rows)
}

/// A link of a campaign that counts them.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LinkRow {
    /// Where it leads.
    pub url: String,
    /// How often it was followed.
    pub clicks: i64,
}

/// The links of a campaign, the most followed first.
pub async fn links(db: &mut Db, id: CampaignId) -> Result<Vec<LinkRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT url, clicks FROM campaign_links
         WHERE campaign_id = $1 ORDER BY clicks DESC, number",
    )
    .bind(id)
    .fetch_all(c))
}

/// Keeps a link of a campaign under its number.
pub async fn insert_link(db: &mut Db, id: CampaignId, number: i64, url: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("INSERT INTO campaign_links (campaign_id, number, url) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(number)
            .bind(url)
    )?;
    Ok(())
}

/// Where a link leads.
pub async fn link(db: &mut Db, id: CampaignId, number: i64) -> Result<Option<String>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT url FROM campaign_links WHERE campaign_id = $1 AND number = $2",
    )
    .bind(id)
    .bind(number)
    .fetch_optional(c))
}

/// Counts that a link was followed.
pub async fn count_click(db: &mut Db, id: CampaignId, number: i64) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaign_links SET clicks = clicks + 1
             WHERE campaign_id = $1 AND number = $2",
        )
        .bind(id)
        .bind(number)
    )?;
    Ok(())
}

/// How many people gave a reason for leaving.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReasonCount {
    /// The reason.
    #[sqlx(rename = "detail")]
    pub reason: LeaveReason,
    /// How many.
    pub count: i64,
}

/// Why people left a list, the most frequent reason first.
pub async fn reasons_of_list(db: &mut Db, list: ListId) -> Result<Vec<ReasonCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT detail, COUNT(*) AS count FROM consent_records
         WHERE list_id = $1 AND action = 'reason_given'
         GROUP BY detail ORDER BY 2 DESC, detail",
    )
    .bind(list)
    .fetch_all(c))
}

/// Why people left by the links of a campaign, the most frequent reason first. Who left several
/// lists at once counts once.
pub async fn reasons_of_campaign(db: &mut Db, id: CampaignId) -> Result<Vec<ReasonCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT detail, COUNT(DISTINCT subscriber_id) AS count FROM consent_records
         WHERE campaign_id = $1 AND action = 'reason_given'
         GROUP BY detail ORDER BY 2 DESC, detail",
    )
    .bind(id)
    .fetch_all(c))
}
