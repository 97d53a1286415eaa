//! Queries of reports: the outcome of a campaign over time, by domain and by
//! link.

use super::{Db, Engine, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;
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

/// The outcome of mail to one domain.
#[derive(Debug, Clone, sqlx::FromRow)]
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

/// Who confirmed to a list and left it on a day since 1970.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct ListDay {
    /// The list.
    pub list_id: ListId,
    /// The day.
    pub day: i64,
    /// Confirmed on it.
    pub confirmed: i64,
    /// Left on it.
    pub unsubscribed: i64,
}

/// The days of every list since `from`.
pub async fn list_days(db: &mut Db, from: i64) -> Result<Vec<ListDay>> {
    run!(db, c => sqlx::query_as(
        "SELECT list_id, day, confirmed, unsubscribed FROM list_daily_changes WHERE day >= $1 ORDER BY list_id, day",
    )
    .bind(from)
    .fetch_all(c))
}

/// Adds to a list's day.
pub async fn add_list_day(
    db: &mut Db,
    list: ListId,
    at: Timestamp,
    confirmed: i64,
    unsubscribed: i64,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "INSERT INTO list_daily_changes (list_id, day, confirmed, unsubscribed) VALUES ($1, $2, $3, $4)
         ON CONFLICT (list_id, day) DO UPDATE
         SET confirmed = list_daily_changes.confirmed + excluded.confirmed, unsubscribed = list_daily_changes.unsubscribed + excluded.unsubscribed",
        )
        .bind(list)
        .bind(at.day())
        .bind(confirmed)
        .bind(unsubscribed)
    )?;
    Ok(())
}
