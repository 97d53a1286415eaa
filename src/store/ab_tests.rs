//! Queries on A/B tests: what is set of them, how they move, and what they count.

use super::{Db, Result, execute, run};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Fallback, Measure};

/// Whether nobody has been queued yet whom the A/B test of campaign `k` has left out, and who may
/// still be: its test is open, or was decided.
macro_rules! open_rest {
    () => {
        "EXISTS (SELECT 1 FROM ab_tests t
                 WHERE t.campaign_id = k.id AND t.share < 100 AND NOT k.sends_rest
                   AND t.state IN ('testing', 'waiting', 'decided'))"
    };
}
pub(super) use open_rest;

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

/// Starts a planned test, whose clicks are counted by these lists and in so many parts.
pub async fn begin(
    db: &mut Db,
    id: CampaignId,
    click_lists: &str,
    click_parts: i64,
    now: Timestamp,
) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'testing', click_lists = $2, click_parts = $3,
                                 changed_at = $4
             WHERE campaign_id = $1 AND state = 'planned'",
        )
        .bind(id)
        .bind(click_lists)
        .bind(click_parts)
        .bind(now)
    )?;
    Ok(())
}

/// The campaigns whose tests may have come to their time: those being sent, and those whose whole
/// audience takes part once they were sent.
pub async fn running(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT t.campaign_id FROM ab_tests t JOIN campaigns k ON k.id = t.campaign_id
         WHERE t.state = 'testing'
           AND (k.state = 'sending' OR t.share = 100 AND k.state = 'finished')
         ORDER BY t.campaign_id",
    )
    .fetch_all(c))
}

/// Whether each email of a test was tried.
pub async fn is_tried(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(
        "SELECT k.is_frozen
             AND NOT EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = k.id)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.campaign_id = k.id AND d.state = 'queued'
                               AND d.subscriber_id > k.claimed_up_to)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.campaign_id = k.id AND d.state = 'deferred'
                               AND d.state NOT IN ('queued', 'sending', 'sent')
                               AND d.attempts = 0)
             AND NOT EXISTS (SELECT 1 FROM deliveries d
                             WHERE d.lease_until IS NOT NULL AND d.campaign_id = k.id)
         FROM campaigns k WHERE k.id = $1",
    )
    .bind(id)
    .fetch_one(c))
}

/// Sets when a running test is decided; `false` where that is set.
pub async fn set_decide_at(db: &mut Db, id: CampaignId, at: Timestamp) -> Result<bool> {
    let set = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET decide_at = $2
             WHERE campaign_id = $1 AND state = 'testing' AND decide_at IS NULL",
        )
        .bind(id)
        .bind(at)
    )?;
    Ok(set == 1)
}

/// How a test was decided.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    pub winner: AbVariant,
    pub outcome: AbOutcome,
    pub by: &'a str,
    /// The numbers, as JSON.
    pub counts: &'a str,
}

/// Decides a test that is not decided; `false` where somebody else was first, or its campaign is
/// over.
pub async fn decide(
    db: &mut Db,
    id: CampaignId,
    decision: &Decision<'_>,
    now: Timestamp,
) -> Result<bool> {
    let decided = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'decided', winner = $2, outcome = $3, decided_by = $4,
                                 counts = $5, decided_at = $6, changed_at = $6
             WHERE campaign_id = $1 AND state IN ('testing', 'waiting')
               AND EXISTS (SELECT 1 FROM campaigns k WHERE k.id = $1
                           AND k.state IN ('sending', 'paused', 'finished'))",
        )
        .bind(id)
        .bind(decision.winner)
        .bind(decision.outcome)
        .bind(decision.by)
        .bind(decision.counts)
        .bind(now)
    )?;
    Ok(decided == 1)
}

/// Lets a running test wait for a person; `false` where it has moved.
pub async fn wait(
    db: &mut Db,
    id: CampaignId,
    outcome: AbOutcome,
    counts: &str,
    now: Timestamp,
) -> Result<bool> {
    let moved = execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'waiting', outcome = $2, counts = $3, changed_at = $4
             WHERE campaign_id = $1 AND state = 'testing'",
        )
        .bind(id)
        .bind(outcome)
        .bind(counts)
        .bind(now)
    )?;
    Ok(moved == 1)
}

/// Ends a test that has no winner.
pub async fn end(db: &mut Db, id: CampaignId, outcome: AbOutcome, now: Timestamp) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE ab_tests SET state = 'ended', outcome = $2, decided_at = $3, changed_at = $3
             WHERE campaign_id = $1 AND state IN ('testing', 'waiting')",
        )
        .bind(id)
        .bind(outcome)
        .bind(now)
    )?;
    Ok(())
}

/// Keeps the numbers of a test whose deliveries are about to be folded.
pub async fn keep_counts(db: &mut Db, id: CampaignId, counts: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE ab_tests SET counts = $2 WHERE campaign_id = $1")
            .bind(id)
            .bind(counts)
    )?;
    Ok(())
}

/// Lets the audience of a campaign be frozen once more, for those whom its decided test has left
/// out; `false` where it is not the time. Everything of the test was claimed then: what is
/// `queued` from here on is the rest.
pub async fn begin_rest(db: &mut Db, id: CampaignId) -> Result<bool> {
    let begun = execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET is_frozen = FALSE, frozen_up_to = 0, claimed_up_to = 0,
                                  sends_rest = TRUE
             WHERE id = $1 AND state = 'sending' AND is_frozen AND NOT sends_rest
               AND EXISTS (SELECT 1 FROM ab_tests t
                           WHERE t.campaign_id = $1 AND t.state = 'decided' AND t.share < 100)
               AND NOT EXISTS (SELECT 1 FROM delivery_slices z WHERE z.campaign_id = $1)
               AND NOT EXISTS (SELECT 1 FROM deliveries d
                               WHERE d.campaign_id = $1 AND d.state = 'queued'
                                 AND d.subscriber_id > campaigns.claimed_up_to)",
        )
        .bind(id)
    )?;
    Ok(begun == 1)
}

/// The same in a database that was restored from a backup, where everybody counts as reached:
/// whether the test was decided after it is not known.
pub async fn hold_rest(db: &mut Db, id: CampaignId) -> Result<()> {
    execute!(
        db,
        sqlx::query(
            "UPDATE campaigns SET is_frozen = FALSE, frozen_up_to = 0, sends_rest = TRUE
             WHERE id = $1 AND NOT sends_rest
               AND EXISTS (SELECT 1 FROM ab_tests t WHERE t.campaign_id = $1 AND t.share < 100)",
        )
        .bind(id)
    )?;
    Ok(())
}

/// Whether a campaign has readers whom neither the ledger nor a decision has reached: its test is
/// open.
pub async fn has_open_rest(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(concat!(
        "SELECT EXISTS (SELECT 1 FROM campaigns k WHERE k.id = $1 AND ", open_rest!(), ")",
    ))
    .bind(id)
    .fetch_one(c))
}

/// What became of one variant on one list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VariantCount {
    pub variant: AbVariant,
    pub list_id: i64,
    pub count: i64,
}

/// Messages of a test that reached somebody, by variant and list.
pub async fn sent(db: &mut Db, id: CampaignId) -> Result<Vec<VariantCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, test_list_id AS list_id, COUNT(*) AS count FROM deliveries
         WHERE campaign_id = $1 AND test_list_id IS NOT NULL AND state IN ('sent', 'complained')
         GROUP BY variant, test_list_id",
    )
    .bind(id)
    .fetch_all(c))
}

/// Those of them that were marked as spam.
pub async fn complaints(db: &mut Db, id: CampaignId) -> Result<Vec<VariantCount>> {
    run!(db, c => sqlx::query_as(
        "SELECT variant, test_list_id AS list_id, COUNT(*) AS count FROM deliveries
         WHERE campaign_id = $1 AND test_list_id IS NOT NULL AND state = 'complained'
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
