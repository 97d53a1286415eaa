//! How a campaign moves: scheduled, started, paused, resumed, cancelled.

use super::ab_test::plan::AbTest;
use super::ab_test::starting;
use super::local_time::LocalStart;
use super::preflight::{self, Checked, Finding};
use super::{CampaignError, Result, approval, clicks, engagement, require_outside_series};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::ab_test::AbOutcome;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::{CampaignAction, CampaignState, ContentKind, next};
use crate::model::notification::{Notice, NotificationKind};
use crate::notifications;
use crate::store::campaign_audience::Audience;
use crate::store::campaigns::{self, Campaign};
use crate::store::{
    Db, ab_tests, campaign_changes, campaign_completion, campaign_renderings, series_emails,
};

/// Deliveries that one transaction ends when a campaign is cancelled.
pub const CANCEL_SPAN: i64 = 5_000;

/// The campaign of this number.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is none.
pub async fn by_id(cx: &Context, id: CampaignId) -> Result<Campaign> {
    campaigns::by_id(&mut cx.store.read().await?, id)
        .await?
        .ok_or(CampaignError::NotFound)
}

/// The campaigns in one state, oldest first.
pub async fn in_state(cx: &Context, state: CampaignState) -> Result<Vec<Campaign>> {
    Ok(campaigns::in_state(&mut cx.store.read().await?, state).await?)
}

pub(super) fn refuse_errors(findings: &[Finding]) -> Result<()> {
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.is_error)
        .map(|finding| finding.text.clone())
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(CampaignError::Preflight(errors))
    }
}

/// A campaign that users move: no email of a series, which only the series moves.
pub(super) async fn by_id_outside_series(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = by_id(cx, id).await?;
    require_outside_series(&campaign)?;
    Ok(campaign)
}

/// Sets the time at which a campaign starts by itself.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state does not permit it,
/// [`CampaignError::Past`] for a time that has passed,
/// [`CampaignError::NotApproved`] without the approval that is asked for here, and
/// [`CampaignError::Preflight`] where it could not start now. The audience is not checked: it
/// may have changed by then.
pub async fn schedule(cx: &Context, by: &Actor, id: CampaignId, at: Timestamp) -> Result<Campaign> {
    if at <= cx.clock.now() {
        return Err(CampaignError::Past);
    }
    set_schedule(cx, by, id, |_| at, None).await
}

/// Schedules a campaign for a time of each recipient's own time zone. It starts
/// when that time comes in the first of them.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state does not permit it,
/// [`CampaignError::Past`] for a time that has passed where the site is.
pub async fn schedule_locally(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    start: &LocalStart,
) -> Result<Campaign> {
    if start.at_home() <= cx.clock.now() {
        return Err(CampaignError::Past);
    }
    let local = start.text();
    set_schedule(cx, by, id, |now| start.earliest().max(now), Some(&local)).await
}

/// Schedules a campaign for the time that `at` gives for now, and for the recipients'
/// `local` time if there is one.
async fn set_schedule(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    at: impl FnOnce(Timestamp) -> Timestamp,
    local: Option<&str>,
) -> Result<Campaign> {
    let seen = by_id_outside_series(cx, id).await?;
    next(seen.state, CampaignAction::Schedule)?;
    approval::require(cx, &mut cx.store.read().await?, &seen).await?;
    refuse_errors(&preflight::check_content(cx, &seen).await?)?;
    let mut db = cx.store.write().await?;
    move_as_seen(cx, &mut db, &seen, CampaignAction::Schedule, "").await?;
    approval::require(cx, &mut db, &seen).await?;
    let now = cx.clock.now();
    campaigns::set_schedule(&mut db, id, Some(at(now)), local).await?;
    audit::record(&mut db, by, AuditAction::CampaignSchedule, id, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Unschedules a campaign, or undoes a start that is delayed.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not scheduled.
pub async fn unschedule(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let seen = by_id_outside_series(cx, id).await?;
    let action = if seen.is_start_delayed {
        AuditAction::CampaignUndoStart
    } else {
        AuditAction::CampaignUnschedule
    };
    let mut db = cx.store.write().await?;
    move_as_seen(cx, &mut db, &seen, CampaignAction::Unschedule, "").await?;
    campaigns::set_schedule(&mut db, id, None, None).await?;
    audit::record(&mut db, by, action, id, cx.clock.now()).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Starts a campaign: its renderings are fixed now, and the worker freezes its
/// audience and sends.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state does not permit it,
/// [`CampaignError::NotApproved`] without the approval that is asked for here,
/// [`CampaignError::Preflight`] where an error must be fixed first,
/// [`CampaignError::Overtaken`] where it was changed while it was being rendered.
pub async fn start(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let campaign = by_id_outside_series(cx, id).await?;
    start_as_seen(cx, by, &campaign).await
}

/// Starts a scheduled campaign whose time has come.
///
/// # Errors
/// Those of [`start`]; [`CampaignError::Overtaken`] also where it is no longer due: it was
/// unscheduled, undone or given another time since it was found.
pub async fn start_due(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = by_id(cx, id).await?;
    if !campaign.is_due(cx.clock.now()) {
        return Err(CampaignError::Overtaken);
    }
    start_as_seen(cx, &Actor::System, &campaign).await
}

pub(super) async fn start_as_seen(
    cx: &Context,
    by: &Actor,
    campaign: &Campaign,
) -> Result<Campaign> {
    let id = campaign.id;
    next(campaign.state, CampaignAction::Start)?;
    approval::require(cx, &mut cx.store.read().await?, campaign).await?;
    let (checked, audience) = preflight::check_rendered(cx, campaign).await?;
    let Checked {
        findings,
        mut renderings,
        variants,
        ..
    } = checked;
    refuse_errors(&findings)?;
    renderings.extend(variants);
    let readers = Audience::sum(&audience);
    let test_clicks = starting::plan_clicks(&mut cx.store.read().await?, id, &readers).await?;
    let mut db = cx.store.write().await?;
    // Rendering takes its time: what was changed, undone or put off meanwhile must not start.
    move_as_seen(cx, &mut db, campaign, CampaignAction::Start, "").await?;
    approval::require(cx, &mut db, campaign).await?;
    let test = AbTest::of_campaign(&mut db, id).await?;
    let counts_clicks = clicks::are_counted(&mut db, id).await?;
    if counts_clicks {
        clicks::count(cx, &mut db, id, &mut renderings, test.is_some()).await?;
    }
    if let Some(test) = &test {
        if test_clicks.is_some() != counts_clicks {
            return Err(CampaignError::Overtaken);
        }
        starting::begin(&mut db, id, test, test_clicks, cx.clock.now()).await?;
    }
    engagement::mark(cx, &mut db, id, &mut renderings).await?;
    for rendering in &renderings {
        campaign_renderings::insert(&mut db, id, rendering).await?;
    }
    let findings = serde_json::to_string(&findings).unwrap_or_default();
    campaigns::set_start_findings(&mut db, id, &findings).await?;
    if campaign.kind == ContentKind::Series {
        series_emails::open(&mut db, id, cx.clock.now()).await?;
    } else {
        audit::record(&mut db, by, AuditAction::CampaignStart, id, cx.clock.now()).await?;
    }
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    tracing::info!(campaign = %id, "started");
    by_id(cx, id).await
}

/// Pauses a campaign. `reason` is empty if a user does it.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not sending.
pub async fn pause(cx: &Context, by: &Actor, id: CampaignId, reason: &str) -> Result<Campaign> {
    by_id_outside_series(cx, id).await?;
    act(cx, by, id, CampaignAction::Pause, reason).await
}

/// Pauses a campaign that must not go on by itself, and notifies users of `kind`.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not sending.
pub async fn pause_automatically(
    cx: &Context,
    id: CampaignId,
    kind: NotificationKind,
    reason: &str,
) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Pause, reason).await?;
    audit::record(&mut db, &Actor::System, AuditAction::CampaignPause, id, now).await?;
    if let Some(campaign) = campaigns::by_id(&mut db, id).await? {
        let notice = Notice::campaign_paused(kind, id, &campaign.subject, reason, now);
        notifications::record(&mut db, &notice, now).await?;
    }
    db.commit().await?;
    Ok(())
}

/// Resumes a paused campaign.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not paused.
pub async fn resume(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    by_id_outside_series(cx, id).await?;
    let campaign = act(cx, by, id, CampaignAction::Resume, "").await?;
    cx.mail_queued.notify_waiters();
    Ok(campaign)
}

/// Cancels a campaign permanently: what is still queued is never sent.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has ended, [`CampaignError::OfSeries`] for an email of a
/// series, which ends with that.
pub async fn cancel(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    by_id_outside_series(cx, id).await?;
    end_as_cancelled(cx, by, id).await
}

pub(super) async fn end_as_cancelled(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Cancel, "").await?;
    // The first of them now; a worker ends the rest, since a million rows would
    // hold the database up.
    campaign_completion::skip_open_deliveries(&mut db, id, CANCEL_SPAN, cx.clock.now()).await?;
    ab_tests::moves::end(&mut db, id, AbOutcome::Cancelled, cx.clock.now()).await?;
    audit::record(&mut db, by, AuditAction::CampaignCancel, id, cx.clock.now()).await?;
    db.commit().await?;
    tracing::info!(campaign = %id, "cancelled");
    by_id(cx, id).await
}

/// Sends uncertain deliveries again, with the same Message-IDs; gives their number.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has not started or was cancelled.
pub async fn resend_uncertain(cx: &Context, by: &Actor, id: CampaignId) -> Result<u64> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Resend, "").await?;
    let queued = campaign_completion::requeue_uncertain(&mut db, id, cx.clock.now()).await?;
    audit::record(&mut db, by, AuditAction::CampaignResend, id, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(queued)
}

/// Queues failed and bounced deliveries once more, where the recipient is still
/// subscribed and not suppressed; gives their number.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has not started or was cancelled.
pub async fn retry_failed(cx: &Context, by: &Actor, id: CampaignId) -> Result<u64> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Resend, "").await?;
    let queued = campaign_completion::requeue_unreached(&mut db, id, cx.clock.now()).await?;
    audit::record(
        &mut db,
        by,
        AuditAction::CampaignRetryFailed,
        id,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(queued)
}

pub(super) async fn act(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    action: CampaignAction,
    reason: &str,
) -> Result<Campaign> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, action, reason).await?;
    let entry = match action {
        CampaignAction::Resume => AuditAction::CampaignResume,
        _ => AuditAction::CampaignPause,
    };
    audit::record(&mut db, by, entry, id, cx.clock.now()).await?;
    db.commit().await?;
    tracing::info!(campaign = %id, %action, reason, "moved");
    by_id(cx, id).await
}

pub(super) async fn move_within(
    cx: &Context,
    db: &mut Db,
    id: CampaignId,
    action: CampaignAction,
    reason: &str,
) -> Result<CampaignState> {
    let campaign = campaigns::by_id(db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    move_as_seen(cx, db, &campaign, action, reason).await
}

/// Moves a campaign that is still as it was `seen`: in the same state, with the same time to
/// start and the same content.
pub(super) async fn move_as_seen(
    cx: &Context,
    db: &mut Db,
    seen: &Campaign,
    action: CampaignAction,
    reason: &str,
) -> Result<CampaignState> {
    let to = next(seen.state, action)?;
    let now = cx.clock.now();
    let is_moved = campaign_changes::lock_as_seen(db, seen).await?
        && (to == seen.state
            || campaigns::set_state(db, seen.id, seen.state, to, reason, now).await?);
    if is_moved {
        return Ok(to);
    }
    let current = campaigns::by_id(db, seen.id).await?;
    next(current.ok_or(CampaignError::NotFound)?.state, action)?;
    Err(CampaignError::Overtaken)
}
