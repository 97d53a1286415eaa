//! Queries on one person and one campaign: whether they are a recipient, and what became of it.

use super::ab_tests::rest::open_rest;
use super::connect::Connection;
use super::{Db, Result, run};
use crate::clock::Timestamp;
use crate::model::delivery::DeliveryState;
use crate::model::{CampaignId, SubscriberId};
use sqlx::types::Json;

/// The delivery of a campaign to one subscriber.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RecipientDelivery {
    /// Its state.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<Timestamp>,
    /// When it is due.
    pub next_attempt_at: Timestamp,
    /// The relay's SMTP reply, or why it was skipped.
    pub reply: String,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// The delivery of a campaign to a subscriber; `None` for somebody who is no recipient, or whose
/// delivery was folded.
pub async fn delivery(
    db: &mut Db,
    campaign: CampaignId,
    subscriber: SubscriberId,
) -> Result<Option<RecipientDelivery>> {
    run!(db, c => sqlx::query_as(
        "SELECT state, attempts, first_attempt_at, next_attempt_at, reply, changed_at
         FROM deliveries WHERE campaign_id = $1 AND subscriber_id = $2",
    )
    .bind(campaign)
    .bind(subscriber)
    .fetch_optional(c))
}

/// How far the audience of a campaign is frozen.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Freeze {
    /// Whether it has come past the subscriber, and will not come again for the rest of an A/B
    /// test.
    pub is_past: bool,
    /// When all of it was frozen.
    pub frozen_at: Option<Timestamp>,
    /// The week whose digest includes the campaign.
    pub digest_week: Option<String>,
    /// Whether some of its deliveries are only kept as numbers.
    pub is_folded: bool,
}

/// How far the audience of a campaign is frozen, as seen from a subscriber.
pub async fn freeze(
    db: &mut Db,
    campaign: CampaignId,
    subscriber: SubscriberId,
) -> Result<Option<Freeze>> {
    run!(db, c => sqlx::query_as(
        concat!(
            "SELECT (is_frozen OR frozen_up_to >= $2) AND NOT ", open_rest!(), " AS is_past,
                    frozen_at, digest_week,
                    folded_at IS NOT NULL OR EXISTS (
                        SELECT 1 FROM folded_deliveries f WHERE f.campaign_id = k.id) AS is_folded
             FROM campaigns k WHERE id = $1",
        ),
    )
    .bind(campaign)
    .bind(subscriber)
    .fetch_optional(c))
}

/// The states of a campaign's deliveries to these subscribers.
pub async fn states(
    db: &mut Db,
    campaign: CampaignId,
    subscribers: &[SubscriberId],
) -> Result<Vec<(SubscriberId, DeliveryState)>> {
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(
                "SELECT subscriber_id, state FROM deliveries
                 WHERE campaign_id = $1 AND subscriber_id IN (SELECT value FROM json_each($2))",
            )
            .bind(campaign)
            .bind(Json(subscribers))
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_as(
                "SELECT subscriber_id, state FROM deliveries
                 WHERE campaign_id = $1 AND subscriber_id = ANY($2)",
            )
            .bind(campaign)
            .bind(subscribers)
            .fetch_all(c)
            .await?
        }
    })
}
