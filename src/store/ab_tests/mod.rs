//! Queries on A/B tests: what is set of them here, and how they move, whom they leave out and what
//! they count in the parts.

pub mod counts;
pub mod moves;
pub mod rest;

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Fallback, Measure};

/// What is set of a test.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AbTestFields {
    pub differs: Differs,
    /// Percent of the audience that takes part.
    pub share: i64,
    /// How long it waits for results.
    pub minutes: i64,
    pub measure: Measure,
    pub fallback: Fallback,
}

/// A test as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AbTestRow {
    pub campaign_id: CampaignId,
    #[sqlx(flatten)]
    pub fields: AbTestFields,
    pub state: AbState,
    pub decide_at: Option<Timestamp>,
    pub winner: Option<AbVariant>,
    pub outcome: AbOutcome,
    pub decided_by: String,
    pub decided_at: Option<Timestamp>,
    /// The lists by which clicks are counted, as JSON.
    pub click_lists: String,
    pub click_parts: i64,
    /// The numbers when it was decided, as JSON; empty before.
    pub counts: String,
}

impl AbTestRow {
    /// Whether somebody is left for the winner.
    pub fn has_rest(&self) -> bool {
        self.fields.share < 100
    }
}

/// A variant beside A, as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AbVariantRow {
    pub variant: AbVariant,
    /// JSON by language.
    pub texts: String,
    /// JSON; empty for that of A.
    pub content: String,
    /// The subject of the campaign that it was taken from.
    pub content_name: String,
    /// How long after A it is sent.
    pub minutes_later: i64,
}

/// The test of a campaign.
pub async fn of_campaign(db: &mut Db, id: CampaignId) -> Result<Option<AbTestRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT campaign_id, differs, share, minutes, measure, fallback, state, decide_at, winner,
                outcome, decided_by, decided_at, click_lists, click_parts, counts
         FROM ab_tests WHERE campaign_id = $1",
    )
    .bind(id)
    .fetch_optional(c))
}

/// Its variants beside A, in order.
pub async fn variants(db: &mut Db, id: CampaignId) -> Result<Vec<AbVariantRow>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, texts, content, content_name, minutes_later
         FROM ab_variants WHERE campaign_id = $1 ORDER BY variant",
    )
    .bind(id)
    .fetch_all(c))
}

/// Sets the test of a campaign that has not started.
pub async fn set(
    db: &mut Db,
    id: CampaignId,
    fields: &AbTestFields,
    variants: &[AbVariantRow],
    now: Timestamp,
) -> Result<()> {
    remove(db, id).await?;
    execute!(
        db,
        sqlx::query(
            "INSERT INTO ab_tests (campaign_id, differs, share, minutes, measure, fallback, state,
                                   changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'planned', $7)",
        )
        .bind(id)
        .bind(fields.differs)
        .bind(fields.share)
        .bind(fields.minutes)
        .bind(fields.measure)
        .bind(fields.fallback)
        .bind(now)
    )?;
    for one in variants {
        execute!(
            db,
            sqlx::query(
                "INSERT INTO ab_variants (campaign_id, variant, texts, content, content_name,
                                          minutes_later)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id)
            .bind(one.variant)
            .bind(&one.texts)
            .bind(&one.content)
            .bind(&one.content_name)
            .bind(one.minutes_later)
        )?;
    }
    Ok(())
}

/// Drops the test of a campaign that has not started; `false` where it has none.
pub async fn remove(db: &mut Db, id: CampaignId) -> Result<bool> {
    let removed = execute!(
        db,
        sqlx::query("DELETE FROM ab_tests WHERE campaign_id = $1 AND state = 'planned'").bind(id)
    )?;
    Ok(removed == 1)
}
