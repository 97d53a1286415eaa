//! A test whose campaign starts, within the transaction that starts it.

use super::placing::{self, ClickPlan};
use super::plan::AbTest;
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbAction, next};
use crate::store::ab_tests::moves;
use crate::store::{Db, Result, campaign_audience};

/// The readers whom each variant is expected to reach, by list. `reached` are those whom the campaign
/// reaches at once.
async fn expected(
    db: &mut Db,
    id: CampaignId,
    test: &AbTest,
    reached: i64,
) -> Result<Vec<(i64, i64)>> {
    let by_list = campaign_audience::by_first_list(db, id).await?;
    let all: i64 = by_list.iter().map(|(_, count)| count).sum();
    // A segment takes a part of each list, and which is not known yet: as much of all.
    let of = |count: i64| {
        let reached = count as i128 * i128::from(reached) / i128::from(all.max(1));
        let reached = i64::try_from(reached).unwrap_or(i64::MAX);
        placing::expected(reached, test.row.fields.share, test.variant_count())
    };
    Ok(by_list
        .into_iter()
        .map(|(list, count)| (list, of(count)))
        .collect())
}

/// Starts the test of a campaign, if it has a planned one. `reached` are those whom the campaign
/// reaches at once; `None` where its clicks are not counted.
pub async fn begin(
    db: &mut Db,
    id: CampaignId,
    test: &AbTest,
    reached: Option<i64>,
    now: Timestamp,
) -> Result<()> {
    if next(test.row.state, AbAction::Start).is_none() {
        return Ok(());
    }
    let plan = match reached {
        Some(reached) => ClickPlan::of(&expected(db, id, test, reached).await?),
        None => ClickPlan::of(&[]),
    };
    let lists = serde_json::to_string(&plan.lists).unwrap_or_default();
    moves::begin(db, id, &lists, plan.parts, now).await
}
