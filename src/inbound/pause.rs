//! Pauses campaigns because of what comes back: similar rejections, too many bounces or
//! complaints.

use std::collections::BTreeSet;

use super::Result;
use crate::campaign::automatic_pause::{self, SimilarRejections};
use crate::campaign::lifecycle;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::campaign::CampaignState;
use crate::model::feedback::{DeliverabilityStats, Limits, Source, Verdict};
use crate::model::notification::NotificationKind;
use crate::store::campaign_progress;
use crate::store::campaigns;
use crate::store::feedback::{self, NewEvent};

/// Rejected recipients that are counted.
const MAX_COUNTED: i64 = 200;

/// Pauses a campaign because of similar rejections: what the relay accepted may be rejected by
/// the next server.
pub(super) async fn pause_for_similar_rejections(
    cx: &Context,
    id: CampaignId,
    event: &NewEvent,
) -> Result<()> {
    if event.reply_key.is_empty() || (event.party.is_recipient() && event.verdict != Verdict::Hard)
    {
        return Ok(());
    }
    let mut db = cx.store.read().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    if campaign.is_none_or(|campaign| campaign.state != CampaignState::Sending) {
        return Ok(());
    }
    let rejected = feedback::rejected_alike(&mut db, id, &event.reply_key, MAX_COUNTED).await?;
    let domain = |key: &String| key.rsplit('@').next().unwrap_or_default().to_owned();
    let domains: BTreeSet<String> = rejected.iter().map(domain).collect();
    let (count, domains) = (rejected.len() as u64, domains.len() as u64);
    // The lowest threshold: below it the ledger is not counted.
    if count < 3 {
        return Ok(());
    }
    let counts = campaign_progress::counts(&mut db, id).await?;
    drop(db);
    let outcomes = (counts.taken() + counts.failed).max(0) as u64;
    if automatic_pause::must_pause(&event.reply_key, event.party, count, domains, outcomes) {
        let rejections = SimilarRejections {
            key: event.reply_key.clone(),
            reply: event.detail.clone(),
            party: event.party,
            recipients: count,
            domains,
            deliveries: Vec::new(),
            has_returned: event.source != Source::Relay,
        };
        automatic_pause::pause(cx, id, &rejections).await?;
    }
    Ok(())
}

/// Pauses a campaign that exceeds a threshold.
pub(super) async fn pause_over_threshold(cx: &Context, id: CampaignId) -> Result<()> {
    let mut db = cx.store.read().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    if campaign.is_none_or(|campaign| campaign.state != CampaignState::Sending) {
        return Ok(());
    }
    let (hard, complaints) = feedback::bad_news(&mut db, id).await?;
    // Counting is expensive: not for every bounce.
    let is_due = |count: i64| (1..32).contains(&count) || count % 16 == 0;
    if !is_due(hard) && !is_due(complaints) {
        return Ok(());
    }
    let counts = campaign_progress::counts(&mut db, id).await?;
    drop(db);
    let limits = Limits {
        hard: cx.config().hard_bounce_limit,
        complaints: cx.config().complaint_limit,
    };
    if let Some(reason) = (DeliverabilityStats {
        sent: counts.taken(),
        rejected: counts.failed,
        hard,
        complaints,
    })
    .threshold_exceeded(limits)
    {
        tracing::error!(campaign = %id, reason, "the campaign is paused");
        let kind = NotificationKind::TooManyBounces;
        if let Err(error) = lifecycle::pause_automatically(cx, id, kind, &reason).await {
            tracing::warn!(campaign = %id, %error, "the campaign could not be paused");
        }
    }
    Ok(())
}
