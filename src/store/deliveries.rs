//! Queries on claimed deliveries: what their messages need, and whether they may still
//! be sent.

use serde_json::Value;
use sqlx::types::Json;

use super::connect::Connection;
use super::delivery_claims::{Claim, Slice};
use super::suppressions::not_suppressed;
use super::{Db, Result, execute, run};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::model::ab_test::AbVariant;
use crate::model::delivery::SkipReason;
use crate::model::{CampaignId, DeliveryId, ListId, SubscriberId};
use crate::text::locale::Language;

/// A leased delivery with everything that its message needs.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Claimed {
    /// Its id.
    pub id: DeliveryId,
    /// To whom.
    pub subscriber_id: SubscriberId,
    /// How often it was tried before.
    pub attempts: i64,
    /// When it was first tried.
    pub first_attempt_at: Option<Timestamp>,
    /// The address.
    pub email: EmailAddress,
    /// May be empty.
    pub name: String,
    /// The language of the message.
    pub language: Language,
    /// A JSON object.
    #[sqlx(json)]
    pub attributes: Value,
    /// The slug of one list of the campaign that the subscriber is on.
    pub list: String,
    /// The number of the recipient's agreement that opens and links are seen.
    pub agreement: Option<i64>,
    /// The slice it was claimed with; none for what was deferred before.
    pub slice: Option<i64>,
    /// What the subscriber gets of an A/B test; A without one.
    pub variant: Option<AbVariant>,
    /// The list by which the test counts them; `None` outside of it.
    pub test_list_id: Option<ListId>,
}

/// A claimed delivery and what now holds of its recipient.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Candidate {
    /// The delivery. Its `list` is empty where the recipient has left all lists of the
    /// campaign.
    #[sqlx(flatten)]
    pub claimed: Claimed,
    /// Whether the recipient is suppressed.
    pub is_suppressed: bool,
    /// Whether the recipient has paused mail.
    pub is_paused: bool,
}

/// Selects candidates; `$2` is the time.
macro_rules! candidates {
    ($slice:literal, $which:literal) => {
        concat!(
            "SELECT d.id, d.subscriber_id, d.attempts, d.first_attempt_at,
                m.email, m.name, m.language, m.attributes,
                d.variant, d.test_list_id, ",
            $slice,
            " AS slice,
                (SELECT g.id FROM engagement_agreements g
                 WHERE g.subscriber_id = d.subscriber_id) AS agreement,
                COALESCE((SELECT MIN(l.slug) FROM campaign_lists x
                          JOIN subscriptions s ON s.subscriber_id = d.subscriber_id
                               AND s.list_id = x.list_id AND s.state = 'confirmed'
                          JOIN lists l ON l.id = x.list_id
                          WHERE x.campaign_id = d.campaign_id), '') AS list,
                NOT (",
            not_suppressed!(),
            ") AS is_suppressed,
                COALESCE(m.paused_until, 0) > $2 AS is_paused
         FROM deliveries d JOIN subscribers m ON m.id = d.subscriber_id
         WHERE ",
            $which
        )
    };
}

/// The deliveries of a claim. Those whose recipients were erased are missing.
pub async fn of_claim(
    db: &mut Db,
    campaign: CampaignId,
    claim: &Claim,
    now: Timestamp,
) -> Result<Vec<Candidate>> {
    let mut candidates = if claim.due.is_empty() {
        Vec::new()
    } else {
        by_ids(db, &claim.due, now).await?
    };
    if let Some(slice) = claim.slice {
        candidates.extend(of_slice(db, campaign, slice, now).await?);
    }
    Ok(candidates)
}

/// The untried deliveries of a slice.
async fn of_slice(
    db: &mut Db,
    campaign: CampaignId,
    slice: Slice,
    now: Timestamp,
) -> Result<Vec<Candidate>> {
    run!(db, c => sqlx::query_as(candidates!(
        "$5",
        "d.campaign_id = $1 AND d.subscriber_id > $3 AND d.subscriber_id <= $4
           AND d.state = 'queued'
         ORDER BY d.subscriber_id"
    ))
    .bind(campaign)
    .bind(now)
    .bind(slice.after_subscriber)
    .bind(slice.up_to_subscriber)
    .bind(slice.id)
    .fetch_all(c))
}

async fn by_ids(db: &mut Db, ids: &[i64], now: Timestamp) -> Result<Vec<Candidate>> {
    Ok(match db.connection() {
        Connection::Sqlite(c) => {
            sqlx::query_as(candidates!(
                "NULL",
                "d.id IN (SELECT value FROM json_each($1)) ORDER BY d.id"
            ))
            .bind(Json(ids))
            .bind(now)
            .fetch_all(c)
            .await?
        }
        Connection::Postgres(c) => {
            sqlx::query_as(candidates!("NULL::BIGINT", "d.id = ANY($1) ORDER BY d.id"))
                .bind(ids)
                .bind(now)
                .fetch_all(c)
                .await?
        }
    })
}

/// Ends a delivery that has not begun.
pub async fn skip(db: &mut Db, id: i64, reason: SkipReason, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', reply = $3,
                                   lease_owner = NULL, lease_until = NULL, changed_at = $2
             WHERE id = $1 AND state IN ('queued', 'deferred')",
        )
        .bind(id)
        .bind(now)
        .bind(reason.as_str())
    )?;
    Ok(())
}

/// Ends the deliveries to a subscriber that have not begun, leased ones too.
pub async fn skip_all_to(
    db: &mut Db,
    subscriber: SubscriberId,
    reason: SkipReason,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE deliveries SET state = 'skipped', lease_owner = NULL, lease_until = NULL,
                                   changed_at = $2, reply = $3
             WHERE subscriber_id = $1 AND state IN ('queued', 'deferred')",
        )
        .bind(subscriber)
        .bind(now)
        .bind(reason.as_str())
    )?;
    Ok(())
}
