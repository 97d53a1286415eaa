//! Those whom a test has left out, and who wait for what it finds.

use super::plan::AbTest;
use crate::campaign::{Result, audience, tally};
use crate::context::Context;
use crate::model::ab_test::{AbState, AbVariant};
use crate::model::campaign::CampaignState;
use crate::store::Db;
use crate::store::campaigns::Campaign;

/// How many wait, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Readers who would get the winner now.
    pub count: i64,
    pub waits_for: WaitsFor,
}

/// What the rest waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// The time of the test is not over.
    Result,
    /// A person must decide.
    Decision,
    /// It is decided, and what they get is sent next.
    Sending(AbVariant),
}

/// The rest of a campaign, while it waits. `None` as well before all who take part are drawn: who
/// is left is not known until then.
pub async fn of_campaign(cx: &Context, campaign: &Campaign) -> Result<Option<Rest>> {
    of(cx, &mut cx.store.read().await?, campaign).await
}

/// As [`of_campaign`].
pub async fn of(cx: &Context, db: &mut Db, campaign: &Campaign) -> Result<Option<Rest>> {
    let Some(waits_for) = wait(db, campaign).await? else {
        return Ok(None);
    };
    let count = audience::count_rest(db, campaign, cx.clock.now()).await?;
    Ok(Some(Rest { count, waits_for }))
}

/// As [`of_campaign`], of a large campaign as it was counted last.
pub async fn known_of_campaign(cx: &Context, campaign: &Campaign) -> Result<Option<Rest>> {
    known(cx, &mut cx.store.read().await?, campaign).await
}

/// As [`of`], of a large campaign as it was counted last.
pub async fn known(cx: &Context, db: &mut Db, campaign: &Campaign) -> Result<Option<Rest>> {
    let Some(waits_for) = wait(db, campaign).await? else {
        return Ok(None);
    };
    let kept = tally::kept(db, campaign.id).await?;
    match kept.and_then(|tally| tally.rest) {
        Some(count) => Ok(Some(Rest { count, waits_for })),
        None => of(cx, db, campaign).await,
    }
}

/// What the rest of a campaign waits for, which costs less than to count it.
pub async fn waits_for(cx: &Context, campaign: &Campaign) -> Result<Option<WaitsFor>> {
    wait(&mut cx.store.read().await?, campaign).await
}

/// As [`waits_for`].
pub(in crate::campaign) async fn wait(
    db: &mut Db,
    campaign: &Campaign,
) -> Result<Option<WaitsFor>> {
    let is_between = matches!(
        campaign.state,
        CampaignState::Sending | CampaignState::Paused
    ) && campaign.is_frozen
        && !campaign.sends_rest;
    if !is_between {
        return Ok(None);
    }
    let test = AbTest::of_campaign(db, campaign.id).await?;
    Ok(test.and_then(|test| awaited(&test)))
}

fn awaited(test: &AbTest) -> Option<WaitsFor> {
    if !test.row.has_rest() {
        return None;
    }
    match (test.row.state, test.row.winner) {
        (AbState::Testing, _) => Some(WaitsFor::Result),
        (AbState::Waiting, _) => Some(WaitsFor::Decision),
        (AbState::Decided, Some(winner)) => Some(WaitsFor::Sending(winner)),
        (AbState::Planned | AbState::Ended | AbState::Decided, _) => None,
    }
}
