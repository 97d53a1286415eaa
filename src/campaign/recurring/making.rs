//! Makes the campaigns of recurring ones, each time once, whatever number of processes try.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::due::{self, Due};
use super::fresh::{self, Fresh};
use crate::account::audit;
use crate::campaign::campaign_draft::{CampaignDraft, draft_of};
use crate::campaign::content::Content;
use crate::campaign::{CampaignError, Result, draft, gaps, templates};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::CampaignState;
use crate::model::notification::Notice;
use crate::model::recurring::OccurrenceState;
use crate::model::{CampaignId, RecurringId};
use crate::notifications;
use crate::polling;
use crate::store::campaigns::{self, Campaign};
use crate::store::recurring_campaigns::{self, RecurringCampaign};
use crate::store::recurring_occurrences::{self, NewOccurrence};
use crate::store::{Db, campaign_approvals, feeds};

/// The name of the task that makes them.
pub const TASK: &str = "recurring_campaigns";
/// How often it looks for what is due.
pub const POLL_INTERVAL: Duration = Duration::from_secs(30);

/// Makes what is due until `stop`. Any number of processes may run it.
pub async fn work(cx: Context, stop: CancellationToken) {
    let look = || async {
        if let Err(error) = make_due(&cx).await {
            tracing::error!(%error, "recurring campaigns cannot be read");
        }
    };
    polling::every(&cx, TASK, POLL_INTERVAL, &stop, look).await;
}

/// Makes what is due. What goes wrong with one reaches no other.
///
/// # Errors
/// Where the database fails.
pub async fn make_due(cx: &Context) -> Result<Vec<CampaignId>> {
    let all = recurring_campaigns::all(&mut cx.store.read().await?).await?;
    let mut made = Vec::new();
    for recurring in all.iter().filter(|recurring| !recurring.is_paused) {
        match settle(cx, recurring).await {
            Ok(campaign) => made.extend(campaign),
            // Nothing is noted: the next tick tries again.
            Err(error) => {
                tracing::error!(recurring = %recurring.id, %error, "a recurring campaign");
            }
        }
    }
    Ok(made)
}

/// Makes what is due of one, and notes the times that are too long past.
async fn settle(cx: &Context, recurring: &RecurringCampaign) -> Result<Option<CampaignId>> {
    let last = recurring_occurrences::last_due(&mut cx.store.read().await?, recurring.id).await?;
    let after = last.map_or(recurring.counted_from, |last| {
        last.max(recurring.counted_from)
    });
    let zone = cx.config().time_zone.get();
    let Due { make, skip } = due::due(&recurring.fields.times, &zone, after, cx.clock.now());
    if !skip.is_empty() {
        let mut db = cx.store.write().await?;
        if !recurring_campaigns::lock_as_seen(&mut db, recurring).await? {
            return Ok(None);
        }
        for due_at in &skip {
            note(
                cx,
                &mut db,
                recurring.id,
                *due_at,
                OccurrenceState::Skipped,
                "",
            )
            .await?;
        }
        db.commit().await?;
        tracing::warn!(recurring = %recurring.id, times = skip.len(), "skipped: too long past");
    }
    let Some(due_at) = make else {
        return Ok(None);
    };
    match attempt(cx, &Actor::System, recurring, due_at, false).await {
        Ok(made) => Ok(made.map(|campaign| campaign.id)),
        Err(CampaignError::NothingNew) => {
            let state = OccurrenceState::NothingNew;
            settle_without(cx, recurring, due_at, state, "").await?;
            Ok(None)
        }
        Err(error) if error.is_temporary() => Err(error),
        Err(error) => {
            let reason = error.to_string();
            let state = OccurrenceState::Failed;
            settle_without(cx, recurring, due_at, state, &reason).await?;
            Ok(None)
        }
    }
}

/// Makes a draft now, outside of its times.
///
/// # Errors
/// [`CampaignError::NothingNew`]; else [`CampaignError`] names what is not there.
pub async fn make_now(cx: &Context, by: &Actor, id: RecurringId) -> Result<Campaign> {
    let recurring = recurring_campaigns::by_id(&mut cx.store.read().await?, id).await?;
    let recurring = recurring.ok_or(CampaignError::NotFound)?;
    let made = attempt(cx, by, &recurring, cx.clock.now(), true).await?;
    made.ok_or(CampaignError::Overtaken)
}

/// Makes the campaign of a time; `None` where another process has, or the recurring campaign was
/// changed meanwhile.
async fn attempt(
    cx: &Context,
    by: &Actor,
    recurring: &RecurringCampaign,
    due_at: Timestamp,
    is_extra: bool,
) -> Result<Option<Campaign>> {
    let now = cx.clock.now();
    let (draft, fresh) = prepare(cx, recurring, now).await?;
    // Whom it asks to look at what is made fills it in.
    if !is_extra && !recurring.fields.needs_approval && !cx.config().approval {
        gaps::refuse(&draft)?;
    }
    let content = Content::of_spec(cx, &draft.content.tidied()?).await?;
    let mut db = cx.store.write().await?;
    if !recurring_campaigns::lock_as_seen(&mut db, recurring).await? {
        return Ok(None);
    }
    let campaign = draft::create_within(cx, &mut db, by, (&draft, &content)).await?;
    let new = NewOccurrence {
        due_at,
        state: OccurrenceState::Made,
        is_extra,
        campaign: Some(campaign.id),
        reason: "",
    };
    let mut is_first = recurring_occurrences::insert(&mut db, recurring.id, new, now).await?;
    for event in fresh.events {
        let (id, campaign) = (recurring.id, campaign.id);
        is_first &= recurring_campaigns::show_event(&mut db, id, event, campaign).await?;
    }
    for item in fresh.items {
        is_first &= feeds::show(&mut db, recurring.id, item, campaign.id).await?;
    }
    if !is_first {
        return Ok(None);
    }
    if is_extra {
        let action = AuditAction::RecurringMake;
        audit::record(&mut db, by, action, &recurring.fields.name, now).await?;
    } else {
        send_or_ask(cx, &mut db, recurring, &campaign, now).await?;
    }
    db.commit().await?;
    tracing::info!(recurring = %recurring.id, campaign = %campaign.id, "made a campaign");
    Ok(Some(campaign))
}

/// Lets a campaign start at the next tick of the worker, with all of its checks, or asks people to
/// start it.
async fn send_or_ask(
    cx: &Context,
    db: &mut Db,
    recurring: &RecurringCampaign,
    campaign: &Campaign,
    now: Timestamp,
) -> Result<()> {
    let id = campaign.id;
    if recurring.fields.needs_approval || cx.config().approval {
        // Who set it up asks: they do not approve it, too.
        campaign_approvals::request(db, id, &recurring.changed_by, now).await?;
        let notice = Notice::approval_requested(id, &campaign.subject, now);
        notifications::record(db, &notice, now).await?;
    } else {
        let (from, to) = (CampaignState::Draft, CampaignState::Scheduled);
        campaigns::set_state(db, id, from, to, "", now).await?;
        campaigns::set_schedule(db, id, Some(now), None).await?;
    }
    Ok(())
}

/// The draft of the next campaign, with what is new in it.
async fn prepare(
    cx: &Context,
    recurring: &RecurringCampaign,
    now: Timestamp,
) -> Result<(CampaignDraft, Fresh)> {
    let fields = &recurring.fields;
    let lists = recurring_campaigns::lists(&mut cx.store.read().await?, recurring.id).await?;
    let mut draft = match (&fields.template, fields.source_id) {
        (Some(key), _) => {
            let template = templates::by_key(cx, key).await?;
            let template = template.ok_or_else(|| CampaignError::UnknownTemplate(key.clone()))?;
            templates::draft_from(template, Vec::new(), None)?
        }
        (None, Some(id)) => draft_of(cx, id).await?,
        (None, None) => return Err(CampaignError::NoSource),
    };
    draft.lists = lists;
    draft.selection = fields.segment_id.into();
    if !fields.subject.is_empty() {
        draft.subject.clone_from(&fields.subject);
    }
    if !fields.layout.is_empty() {
        draft.layout.clone_from(&fields.layout);
    }
    if fields.from_mailbox.is_some() {
        draft.from.clone_from(&fields.from_mailbox);
    }
    if draft.calendar == CalendarChoice::Cancel {
        // What is off has been taken out of the calendars already.
        draft.calendar = CalendarChoice::None;
    }
    let fresh = fresh::fill(cx, recurring, now, &mut draft.content).await?;
    if fields.only_new && fresh.is_asked && !fresh.is_found {
        return Err(CampaignError::NothingNew);
    }
    Ok((draft, fresh))
}

/// Notes why nothing was made of a time. Of a failure, users are notified.
async fn settle_without(
    cx: &Context,
    recurring: &RecurringCampaign,
    due_at: Timestamp,
    state: OccurrenceState,
    reason: &str,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    if !recurring_campaigns::lock_as_seen(&mut db, recurring).await? {
        return Ok(());
    }
    if note(cx, &mut db, recurring.id, due_at, state, reason).await?
        && state == OccurrenceState::Failed
    {
        let name = &recurring.fields.name;
        let notice = Notice::recurring_failed(recurring.id, name, reason, due_at);
        notifications::record(&mut db, &notice, cx.clock.now()).await?;
        tracing::error!(recurring = %recurring.id, reason, "no campaign could be made");
    }
    db.commit().await?;
    Ok(())
}

async fn note(
    cx: &Context,
    db: &mut Db,
    id: RecurringId,
    due_at: Timestamp,
    state: OccurrenceState,
    reason: &str,
) -> Result<bool> {
    let new = NewOccurrence {
        due_at,
        state,
        is_extra: false,
        campaign: None,
        reason,
    };
    Ok(recurring_occurrences::insert(db, id, new, cx.clock.now()).await?)
}
