//! Queries on the deliveries of a campaign, and on those to a subscriber.

use std::collections::HashMap;

use super::{Db, Result, run};
use crate::clock::Timestamp;
use crate::model::ab_test::AbVariant;
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::{CampaignId, SubscriberId};

/// How many deliveries of a campaign stand in each state.
pub async fn counts(db: &mut Db, id: CampaignId) -> Result<DeliveryCounts> {
    let mut counts = counts_between(db, id, id).await?;
    Ok(counts.remove(&id).unwrap_or_default())
}

/// The same of each campaign from `first` to `last`.
///
/// Only those that took an unusual way, or are leased by a worker, are
/// counted: the others follow from how many were frozen and claimed. So a look
/// at a million costs no more than a look at a thousand. (The `+` keeps the
/// planner off the index on campaigns and subscribers, where it would find the many.
/// `CROSS JOIN` makes SQLite keep the order.)
pub async fn counts_between(
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

/// Counts from rows of state and number; two more words say how many recipients there
/// are and whether the campaign was cancelled.
fn fold_counts(rows: impl IntoIterator<Item = (String, i64)>) -> DeliveryCounts {
    let (mut counts, mut recipients, mut is_cancelled) = (DeliveryCounts::default(), 0, false);
    for (word, count) in rows {
        match (word.as_str(), word.parse::<DeliveryState>()) {
            ("frozen", _) => recipients = count,
            ("cancelled", _) => is_cancelled = true,
            (_, Ok(state)) => *counts.of(state) += count,
            (_, Err(_)) => {}
        }
    }
    counts.completed(recipients, is_cancelled)
}

/// One row of a campaign's report.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DeliveryRow {
    /// Its id.
    pub id: i64,
    /// To whom; `None` once they were erased.
    pub subscriber_id: Option<SubscriberId>,
    /// The address; `None` once the subscriber was erased.
    pub email: Option<String>,
    /// Its state.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// The relay's SMTP reply.
    pub reply: String,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// Where it stands among those that were asked for: the next page begins after it.
    pub place: i64,
}

/// The columns of a [`DeliveryRow`], of a delivery `d` and its subscriber `m`.
macro_rules! rows {
    ($cursor:literal, $which:literal) => {
        concat!(
            "SELECT d.id, m.id AS subscriber_id, m.email, d.state, d.attempts, d.reply,
                    d.changed_at, ",
            $cursor,
            " AS place ",
            $which
        )
    };
}

/// Up to `limit` deliveries after the place `after`, in one state or in all. Each way of looking
/// reads about as many rows as it returns, however many there are.
pub async fn deliveries(
    db: &mut Db,
    id: CampaignId,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    match state {
        None | Some(DeliveryState::Sent) => usual(db, id, state, after, limit).await,
        Some(DeliveryState::Queued) => queued(db, id, after, limit).await,
        Some(DeliveryState::Sending) => sending(db, id, after, limit).await,
        Some(state) => unusual(db, id, state, after, limit).await,
    }
}

/// In the order of the recipients; behind them those who were erased, whose places are negative. The
/// page is cut first: PostgreSQL would else read the subscribers before it to merge them.
async fn usual(
    db: &mut Db,
    id: CampaignId,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    let state = state.map_or("", DeliveryState::as_str);
    let mut found: Vec<DeliveryRow> = Vec::new();
    if after >= 0 {
        found = run!(db, c => sqlx::query_as(rows!(
            "d.subscriber_id",
            "FROM (SELECT * FROM deliveries
                   WHERE campaign_id = $1 AND subscriber_id > $2 AND ($3 = '' OR state = $3)
                   ORDER BY subscriber_id LIMIT $4) AS d
             LEFT JOIN subscribers m ON m.id = d.subscriber_id
             ORDER BY d.subscriber_id"
        ))
        .bind(id)
        .bind(after)
        .bind(state)
        .bind(limit)
        .fetch_all(c))?;
    }
    let missing = limit - found.len() as i64;
    if missing > 0 {
        let erased: Vec<DeliveryRow> = run!(db, c => sqlx::query_as(rows!(
            "-d.id",
            "FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
             WHERE d.campaign_id = $1 AND d.subscriber_id IS NULL AND d.id > $2
               AND ($3 = '' OR d.state = $3)
             ORDER BY d.id LIMIT $4"
        ))
        .bind(id)
        .bind(after.min(0).saturating_neg())
        .bind(state)
        .bind(missing)
        .fetch_all(c))?;
        found.extend(erased);
    }
    Ok(found)
}

/// Those that nobody has claimed, and those of slices that a worker holds.
async fn queued(db: &mut Db, id: CampaignId, after: i64, limit: i64) -> Result<Vec<DeliveryRow>> {
    let mut found: Vec<DeliveryRow> = run!(db, c => sqlx::query_as(rows!(
        "d.subscriber_id",
        "FROM delivery_slices z CROSS JOIN deliveries d
         LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE z.campaign_id = $1 AND d.campaign_id = $1 AND d.state = 'queued'
           AND d.subscriber_id > z.after_subscriber AND d.subscriber_id <= z.up_to_subscriber
           AND d.subscriber_id > $2
         ORDER BY d.subscriber_id LIMIT $3"
    ))
    .bind(id)
    .bind(after)
    .bind(limit)
    .fetch_all(c))?;
    let claimed: Option<i64> = run!(db, c => sqlx::query_scalar(
        "SELECT claimed_up_to FROM campaigns WHERE id = $1 AND claimed_count < frozen_count",
    )
    .bind(id)
    .fetch_optional(c))?;
    if let Some(claimed) = claimed {
        let unclaimed: Vec<DeliveryRow> = run!(db, c => sqlx::query_as(rows!(
            "d.subscriber_id",
            "FROM (SELECT * FROM deliveries
                   WHERE campaign_id = $1 AND subscriber_id > $2 AND state = 'queued'
                   ORDER BY subscriber_id LIMIT $3) AS d
             LEFT JOIN subscribers m ON m.id = d.subscriber_id
             ORDER BY d.subscriber_id"
        ))
        .bind(id)
        .bind(after.max(claimed))
        .bind(limit)
        .fetch_all(c))?;
        found.extend(unclaimed);
    }
    Ok(first(found, limit))
}

/// What is on the wire: few, and all of them leased.
async fn sending(db: &mut Db, id: CampaignId, after: i64, limit: i64) -> Result<Vec<DeliveryRow>> {
    let found: Vec<DeliveryRow> = run!(db, c => sqlx::query_as(rows!(
        "d.id",
        "FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE d.lease_until IS NOT NULL AND +d.campaign_id = $1 AND d.state = 'sending'"
    ))
    .bind(id)
    .fetch_all(c))?;
    let later = found.into_iter().filter(|row| row.place > after);
    Ok(first(later.collect(), limit))
}

/// The first `limit` of them, each once.
fn first(mut rows: Vec<DeliveryRow>, limit: i64) -> Vec<DeliveryRow> {
    rows.sort_by_key(|row| row.place);
    rows.dedup_by_key(|row| row.place);
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    rows
}

/// The rarer states have an index of their own, which must be named by its condition.
async fn unusual(
    db: &mut Db,
    id: CampaignId,
    state: DeliveryState,
    after: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>> {
    run!(db, c => sqlx::query_as(rows!(
        "d.id",
        "FROM deliveries d LEFT JOIN subscribers m ON m.id = d.subscriber_id
         WHERE d.campaign_id = $1 AND d.state = $2 AND d.id > $3
           AND d.state NOT IN ('queued', 'sending', 'sent')
         ORDER BY d.id LIMIT $4"
    ))
    .bind(id)
    .bind(state)
    .bind(after)
    .bind(limit)
    .fetch_all(c))
}

/// One campaign's mail to a subscriber, for their profile.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReceivedRow {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its subject line.
    pub subject: String,
    /// The delivery's state.
    pub state: DeliveryState,
    /// The relay's SMTP reply.
    pub reply: String,
    /// When its state last changed.
    pub changed_at: Timestamp,
    /// What they get of a campaign with an A/B test.
    pub variant: Option<AbVariant>,
    /// Whether they took part in the test; else they are of the rest, who get the winner.
    pub is_tested: bool,
}

/// The last `limit` deliveries to a subscriber, newest first.
pub async fn received_by(
    db: &mut Db,
    subscriber: SubscriberId,
    limit: i64,
) -> Result<Vec<ReceivedRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT d.campaign_id, p.subject, d.state, d.reply, d.changed_at, d.variant,
                d.test_list_id IS NOT NULL AS is_tested
         FROM deliveries d JOIN campaigns p ON p.id = d.campaign_id
         WHERE d.subscriber_id = $1 ORDER BY d.id DESC LIMIT $2",
    )
    .bind(subscriber)
    .bind(limit)
    .fetch_all(c))
}
