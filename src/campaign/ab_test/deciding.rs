//! Decides tests: by their measure when their time is over, or by a person at any moment before.
//!
//! One statement decides, and only a test that nobody has decided: whichever worker or person is
//! first. What follows from it, the second freezing of the audience, begins by itself at the next
//! look of the maintenance task, so that a worker which dies in between changes nothing.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::counts::Counts;
use super::plan::AbTest;
use super::verdict::{Conclusion, conclude};
use crate::account::audit;
use crate::campaign::{CampaignError, Result};
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::{AbOutcome, AbVariant};
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::CampaignState;
use crate::model::notification::Notice;
use crate::notifications;
use crate::polling;
use crate::store::ab_tests::moves::{self, Decision};
use crate::store::campaigns::{self, Campaign};
use crate::store::webhooks;

/// The name of the task that decides.
pub const TASK: &str = "ab_tests";
/// How often it looks for tests whose time is over.
pub const POLL_INTERVAL: Duration = Duration::from_secs(10);

/// Decides what is due until `stop`. Any number of processes may run it.
pub async fn work(cx: Context, stop: CancellationToken) {
    let look = || async {
        if let Err(error) = decide_due(&cx).await {
            tracing::error!(%error, "A/B tests cannot be read");
        }
    };
    polling::every(&cx, TASK, POLL_INTERVAL, &stop, look).await;
}

/// Decides what is due. What goes wrong with one reaches no other.
///
/// # Errors
/// Where the database fails.
pub async fn decide_due(cx: &Context) -> Result<()> {
    for id in moves::running(&mut cx.store.read().await?).await? {
        if let Err(error) = settle(cx, id).await {
            // The next look tries again.
            tracing::error!(campaign = %id, %error, "an A/B test cannot be decided");
        }
    }
    Ok(())
}

async fn settle(cx: &Context, id: CampaignId) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.read().await?;
    let (Some(campaign), Some(test)) = (
        campaigns::by_id(&mut db, id).await?,
        AbTest::of_campaign(&mut db, id).await?,
    ) else {
        return Ok(());
    };
    let Some(decide_at) = test.row.decide_at else {
        let is_tried = moves::is_tried(&mut db, id).await?;
        drop(db);
        if is_tried {
            let minutes = u64::try_from(test.row.fields.minutes).unwrap_or(0);
            let at = now.after(Duration::from_secs(minutes * 60));
            let mut db = cx.store.write().await?;
            moves::set_decide_at(&mut db, id, at).await?;
            db.commit().await?;
        }
        return Ok(());
    };
    if decide_at > now {
        return Ok(());
    }
    let counts = Counts::load(&mut db, &test, false).await?;
    drop(db);
    let fields = &test.row.fields;
    let how = (fields.measure, fields.fallback, test.row.has_rest());
    match conclude(&counts, how, test.variant_count()) {
        Conclusion::Decide(winner, outcome) => {
            let found = (winner, outcome);
            settle_by(cx, &Actor::System, &campaign, found, &counts).await?;
        }
        Conclusion::Ask(outcome) => ask(cx, &campaign, outcome, &counts).await?,
    }
    Ok(())
}

/// Decides a test; `false` where somebody else was first.
async fn settle_by(
    cx: &Context,
    by: &Actor,
    campaign: &Campaign,
    (winner, outcome): (AbVariant, AbOutcome),
    counts: &Counts,
) -> Result<bool> {
    let (id, now) = (campaign.id, cx.clock.now());
    let decision = Decision {
        winner,
        outcome,
        by: by.as_str(),
        counts: &serde_json::to_string(counts).unwrap_or_default(),
    };
    let mut db = cx.store.write().await?;
    if *by == Actor::System {
        // A pause that came in between holds the decision, too.
        let current = campaigns::by_id(&mut db, id).await?;
        let is_paused = |one: &Campaign| one.state == CampaignState::Paused;
        if current.as_ref().is_none_or(is_paused) {
            return Ok(false);
        }
    }
    if !moves::decide(&mut db, id, &decision, now).await? {
        return Ok(false);
    }
    let what = format!("{id} {}", winner.letter());
    audit::record(&mut db, by, AuditAction::AbTestDecide, what, now).await?;
    let data = serde_json::json!({
        "campaign": id, "winner": winner, "outcome": outcome, "decided_by": by.as_str(),
    });
    webhooks::announce(&mut db, "campaign.ab_test_decided", &data, now).await?;
    if *by == Actor::System {
        let reason = match outcome {
            AbOutcome::Measured => format!("variant {} did better", winner.letter()),
            AbOutcome::NoDifference => "no difference was found".to_owned(),
            _ => reason(outcome).to_owned(),
        };
        let notice = Notice::ab_test_decided(id, &campaign.subject, &reason);
        notifications::record(&mut db, &notice, now).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    tracing::info!(campaign = %id, %winner, %outcome, "an A/B test is decided");
    Ok(true)
}

/// Lets a test wait for a person, and tells people.
async fn ask(cx: &Context, campaign: &Campaign, outcome: AbOutcome, counts: &Counts) -> Result<()> {
    let (id, now) = (campaign.id, cx.clock.now());
    let counts = serde_json::to_string(counts).unwrap_or_default();
    let mut db = cx.store.write().await?;
    if !moves::wait(&mut db, id, outcome, &counts, now).await? {
        return Ok(());
    }
    let data = serde_json::json!({ "campaign": id, "outcome": outcome });
    webhooks::announce(&mut db, "campaign.ab_test_waits", &data, now).await?;
    let notice = Notice::ab_test_waits(id, &campaign.subject, reason(outcome));
    notifications::record(&mut db, &notice, now).await?;
    db.commit().await?;
    Ok(())
}

/// Why a test was not decided by its measure.
fn reason(outcome: AbOutcome) -> &'static str {
    match outcome {
        AbOutcome::NoDifference => "no difference was found",
        AbOutcome::TooFew => "too few emails were sent to say anything",
        AbOutcome::NotCounted => "its measure is not counted",
        _ => "its time is over",
    }
}

/// Decides a test as a person wants it, whatever its numbers are. The rest gets the winner.
///
/// # Errors
/// [`CampaignError::NoAbTest`] where the campaign has none or not this variant,
/// [`CampaignError::AbTestOver`] where it has not started, or was decided or ended.
pub async fn decide(cx: &Context, by: &Actor, id: CampaignId, winner: AbVariant) -> Result<AbTest> {
    let mut db = cx.store.read().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    let test = AbTest::of_campaign(&mut db, id).await?;
    let test = test.filter(|test| test.has(winner));
    let test = test.ok_or(CampaignError::NoAbTest)?;
    let counts = Counts::load(&mut db, &test, campaign.folded_at.is_some()).await?;
    drop(db);
    let chosen = (winner, AbOutcome::Chosen);
    if !settle_by(cx, by, &campaign, chosen, &counts).await? {
        return Err(CampaignError::AbTestOver);
    }
    let decided = AbTest::of_campaign(&mut cx.store.read().await?, id).await?;
    decided.ok_or(CampaignError::NotFound)
}

/// The numbers of a test, now or as they were kept.
pub async fn counts(cx: &Context, campaign: &Campaign, test: &AbTest) -> Result<Counts> {
    let mut db = cx.store.read().await?;
    Ok(Counts::load(&mut db, test, campaign.folded_at.is_some()).await?)
}
