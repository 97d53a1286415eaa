//! A test whose campaign starts: what is planned before, and what is written with the start.

use super::placing::{self, ClickPlan};
use super::plan::AbTest;
use crate::campaign::{Result, clicks};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::{AbAction, next};
use crate::store::ab_tests::moves;
use crate::store::campaign_audience::{self, Audience};
use crate::store::{self, Db};

/// The readers whom each variant is expected to reach, by list. `reached` are those whom the campaign
/// reaches at once.
async fn expected(
    db: &mut Db,
    id: CampaignId,
    test: &AbTest,
    reached: i64,
) -> store::Result<Vec<(i64, i64)>> {
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

/// How the clicks of a campaign's test are counted apart; `None` where it has no test, or where
/// clicks are not counted. It looks at all subscriptions of the lists, so it comes before the
/// transaction that writes.
pub async fn plan_clicks(
    db: &mut Db,
    id: CampaignId,
    readers: &Audience,
) -> Result<Option<ClickPlan>> {
    let Some(test) = AbTest::of_campaign(db, id).await? else {
        return Ok(None);
    };
    if !clicks::are_counted(db, id).await? {
        return Ok(None);
    }
    let expected = expected(db, id, &test, readers.at_once).await?;
    Ok(Some(ClickPlan::of(&expected)))
}

/// Starts the test of a campaign, if it has a planned one, within the transaction that starts the
/// campaign. `clicks` is `None` where its clicks are not counted.
pub async fn begin(
    db: &mut Db,
    id: CampaignId,
    test: &AbTest,
    clicks: Option<ClickPlan>,
    now: Timestamp,
) -> store::Result<()> {
    if next(test.row.state, AbAction::Start).is_none() {
        return Ok(());
    }
    let plan = clicks.unwrap_or_else(|| ClickPlan::of(&[]));
    let lists = serde_json::to_string(&plan.lists).unwrap_or_default();
    moves::begin(db, id, &lists, plan.parts, now).await
}
