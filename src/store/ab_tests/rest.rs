//! Queries on the rest: those whom a test has left out, and who get the winner.

use crate::model::CampaignId;
use crate::store::{Db, Result, execute, run};

/// Whether nobody has been queued yet whom the A/B test of campaign `k` has left out, and who may
/// still be: its test is open, or was decided.
macro_rules! open_rest {
    () => {
        "EXISTS (SELECT 1 FROM ab_tests t
                 WHERE t.campaign_id = k.id AND t.share < 100 AND NOT k.sends_rest
                   AND t.state IN ('testing', 'waiting', 'decided'))"
    };
}
pub(in crate::store) use open_rest;

/// Whether a campaign has readers whom neither the ledger nor a decision has reached: its test is
/// open.
pub async fn is_open(db: &mut Db, id: CampaignId) -> Result<bool> {
    run!(db, c => sqlx::query_scalar(concat!(
        "SELECT EXISTS (SELECT 1 FROM campaigns k WHERE k.id = $1 AND ", open_rest!(), ")",
    ))
    .bind(id)
    .fetch_one(c))
}

/// The campaigns being sent whose tests are decided, and whose rest has not begun.
pub async fn awaited(db: &mut Db) -> Result<Vec<CampaignId>> {
    run!(db, c => sqlx::query_scalar(
        "SELECT t.campaign_id FROM ab_tests t JOIN campaigns k ON k.id = t.campaign_id
         WHERE t.state = 'decided' AND t.share < 100
           AND k.state = 'sending' AND k.is_frozen AND NOT k.sends_rest",
    )
    .fetch_all(c))
}

/// Lets the audience of a campaign be frozen once more, for those whom its decided test has left
/// out; `false` where it is not the time. Everything of the test was claimed then: what is
/// `queued` from here on is the rest.
pub async fn begin(db: &mut Db, id: CampaignId) -> Result<bool> {
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
pub async fn hold(db: &mut Db, id: CampaignId) -> Result<()> {
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
