//! Recurring campaigns: made of a template or of another campaign's content each day, week, month
//! or year, and started or left to people.
//!
//! Owns what users set of them and [what comes](making) of each time. What is made is a campaign
//! like any other: it is scheduled, checked and started as those that people make.

pub mod due;
mod fresh;
pub mod making;

use crate::account::audit;
use crate::campaign::campaign_draft::draft_of;
use crate::campaign::{CampaignError, Result, gaps, layouts, lifecycle, require_own, templates};
use crate::clock::Timestamp;
use crate::content::recurrence;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::ListSlug;
use crate::model::{CampaignId, ListId, RecurringId, SegmentId};
use crate::store::recurring_campaigns::{self, RecurringCampaign, RecurringFields, RecurringTimes};
use crate::store::recurring_occurrences::{self, Occurrence};
use crate::store::{Db, StoreError, lists, segments};
use crate::text::line::{LineError, SubjectLine, Title};

/// How many of its last times a page shows.
const SHOWN: i64 = 50;

/// What is mailed each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A template, by the name of a shipped one or the number of any other.
    Template(String),
    /// The content of a campaign, as it is then.
    Campaign(CampaignId),
}

/// What a user sets of a recurring campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringDraft {
    pub name: Title,
    /// `None` for one whose campaign was deleted.
    pub source: Option<Source>,
    /// Empty: that of what it mails. The same goes for layout and sender.
    pub subject: String,
    pub layout: String,
    pub from: String,
    pub lists: Vec<ListSlug>,
    pub segment: Option<SegmentId>,
    pub times: RecurringTimes,
    pub needs_approval: bool,
    pub only_new: bool,
}

/// A recurring campaign with its lists and its next time.
#[derive(Debug, Clone)]
pub struct Recurring {
    pub row: RecurringCampaign,
    pub lists: Vec<ListSlug>,
    /// `None` while it is paused, or after its last.
    pub next: Option<Timestamp>,
}

impl Recurring {
    async fn load(cx: &Context, db: &mut Db, row: RecurringCampaign) -> Result<Self> {
        let from = row.counted_from.max(cx.clock.now());
        let zone = cx.config().time_zone.get();
        let next = recurrence::next_moment(&row.fields.times, &zone, from);
        Ok(Self {
            lists: recurring_campaigns::lists(db, row.id).await?,
            next: next.filter(|_| !row.is_paused),
            row,
        })
    }

    /// What it mails; `None` where that was a campaign that was deleted.
    pub fn source(&self) -> Option<Source> {
        let fields = &self.row.fields;
        let template = fields.template.clone().map(Source::Template);
        template.or(fields.source_id.map(Source::Campaign))
    }

    /// As a user has set it.
    ///
    /// # Errors
    /// Never, but for a name that something else has written to the database.
    pub fn draft(&self) -> std::result::Result<RecurringDraft, LineError> {
        let fields = self.row.fields.clone();
        Ok(RecurringDraft {
            source: self.source(),
            name: Title::parse(&fields.name)?,
            subject: fields.subject,
            layout: fields.layout,
            from: fields.from_mailbox.unwrap_or_default(),
            lists: self.lists.clone(),
            segment: fields.segment_id,
            times: fields.times,
            needs_approval: fields.needs_approval,
            only_new: fields.only_new,
        })
    }
}

/// Every recurring campaign, by name.
pub async fn all(cx: &Context) -> Result<Vec<Recurring>> {
    let mut db = cx.store.read().await?;
    let mut all = Vec::new();
    for row in recurring_campaigns::all(&mut db).await? {
        all.push(Recurring::load(cx, &mut db, row).await?);
    }
    Ok(all)
}

/// A recurring campaign.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is none.
pub async fn by_id(cx: &Context, id: RecurringId) -> Result<Recurring> {
    let mut db = cx.store.read().await?;
    let row = recurring_campaigns::by_id(&mut db, id).await?;
    Recurring::load(cx, &mut db, row.ok_or(CampaignError::NotFound)?).await
}

/// What came of its last times, newest first.
pub async fn occurrences(cx: &Context, id: RecurringId) -> Result<Vec<Occurrence>> {
    let mut db = cx.store.read().await?;
    Ok(recurring_occurrences::last(&mut db, id, SHOWN).await?)
}

/// The recurring campaign that a campaign comes from, with its name.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Option<(RecurringId, String)>> {
    let mut db = cx.store.read().await?;
    Ok(recurring_occurrences::of_campaign(&mut db, id).await?)
}

/// Makes a recurring campaign. The times that have passed are none of its.
///
/// # Errors
/// [`CampaignError`] names what the draft gets wrong.
pub async fn create(cx: &Context, by: &Actor, draft: &RecurringDraft) -> Result<Recurring> {
    require_source(cx, draft.source.as_ref()).await?;
    require_filled(cx, draft).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let (fields, lists) = check(&mut db, draft).await?;
    let id = recurring_campaigns::insert(&mut db, &fields, by.as_str(), now).await;
    let id = id.map_err(taken)?;
    recurring_campaigns::set_lists(&mut db, id, &lists).await?;
    audit::record(&mut db, by, AuditAction::RecurringCreate, &fields.name, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Changes a recurring campaign. New times count from now on.
///
/// # Errors
/// As [`create`].
pub async fn change(
    cx: &Context,
    by: &Actor,
    id: RecurringId,
    draft: &RecurringDraft,
) -> Result<Recurring> {
    let now = cx.clock.now();
    let before = by_id(cx, id).await?;
    if draft.source.is_some() && draft.source != before.source() {
        require_source(cx, draft.source.as_ref()).await?;
    }
    require_filled(cx, draft).await?;
    let mut db = cx.store.write().await?;
    let (fields, lists) = check(&mut db, draft).await?;
    let counted_from = if fields.times == before.row.fields.times {
        before.row.counted_from
    } else {
        now
    };
    let by_name = by.as_str();
    let changed = recurring_campaigns::update(&mut db, id, &fields, counted_from, by_name, now);
    changed.await.map_err(taken)?;
    recurring_campaigns::set_lists(&mut db, id, &lists).await?;
    audit::record(&mut db, by, AuditAction::RecurringChange, &fields.name, now).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Pauses a recurring campaign. The times that pass meanwhile are none of its.
pub async fn pause(cx: &Context, by: &Actor, id: RecurringId) -> Result<Recurring> {
    set_paused(cx, by, id, true).await
}

/// Resumes a paused recurring campaign with its next time.
pub async fn resume(cx: &Context, by: &Actor, id: RecurringId) -> Result<Recurring> {
    set_paused(cx, by, id, false).await
}

async fn set_paused(cx: &Context, by: &Actor, id: RecurringId, pause: bool) -> Result<Recurring> {
    let found = by_id(cx, id).await?;
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    if recurring_campaigns::set_paused(&mut db, id, pause, now).await? {
        let action = if pause {
            AuditAction::RecurringPause
        } else {
            AuditAction::RecurringResume
        };
        audit::record(&mut db, by, action, &found.row.fields.name, now).await?;
    }
    db.commit().await?;
    by_id(cx, id).await
}

/// Deletes a recurring campaign; the campaigns that it has made stay.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is none.
pub async fn delete(cx: &Context, by: &Actor, id: RecurringId) -> Result<()> {
    let found = by_id(cx, id).await?;
    let mut db = cx.store.write().await?;
    recurring_campaigns::delete(&mut db, id).await?;
    let (action, now) = (AuditAction::RecurringDelete, cx.clock.now());
    audit::record(&mut db, by, action, &found.row.fields.name, now).await?;
    db.commit().await?;
    Ok(())
}

fn taken(error: StoreError) -> CampaignError {
    match error {
        StoreError::Exists => CampaignError::RecurringExists,
        other => other.into(),
    }
}

/// What it is to mail must be there, and have a text that can be mailed again.
async fn require_source(cx: &Context, source: Option<&Source>) -> Result<()> {
    match source {
        None => Err(CampaignError::NoSource),
        Some(Source::Template(key)) => {
            let template = templates::by_key(cx, key).await?;
            let template = template.ok_or_else(|| CampaignError::UnknownTemplate(key.clone()))?;
            templates::draft_from(template, Vec::new(), None)?;
            Ok(())
        }
        Some(Source::Campaign(id)) => match lifecycle::by_id(cx, *id).await {
            Ok(campaign) => require_own(&campaign),
            Err(CampaignError::NotFound) => Err(CampaignError::NoSource),
            Err(error) => Err(error),
        },
    }
}

/// What starts by itself must have no gap of a shipped template: nobody looks before readers do.
async fn require_filled(cx: &Context, draft: &RecurringDraft) -> Result<()> {
    if draft.needs_approval || cx.config().approval {
        return Ok(());
    }
    let mailed = match &draft.source {
        Some(Source::Template(key)) => match templates::by_key(cx, key).await? {
            Some(template) => templates::draft_from(template, Vec::new(), None),
            None => return Ok(()),
        },
        Some(Source::Campaign(id)) => draft_of(cx, *id).await,
        None => return Ok(()),
    };
    let mut mailed = match mailed {
        Ok(mailed) => mailed,
        Err(error) if error.is_internal() => return Err(error),
        // What cannot be mailed any more is said of each time.
        Err(_) => return Ok(()),
    };
    let subject = draft.subject.trim();
    if !subject.is_empty() {
        subject.clone_into(&mut mailed.subject);
    }
    gaps::refuse(&mailed)
}

/// The fields of a draft, with its lists.
async fn check(db: &mut Db, draft: &RecurringDraft) -> Result<(RecurringFields, Vec<ListId>)> {
    let subject = match draft.subject.trim() {
        "" => String::new(),
        subject => SubjectLine::parse(subject)
            .map_err(CampaignError::Subject)?
            .to_string(),
    };
    let layout = draft.layout.trim();
    if !layout.is_empty() {
        layouts::find(db, layout).await?;
    }
    let from = draft.from.trim();
    if !from.is_empty() {
        from.parse::<Mailbox>()?;
    }
    let times = &draft.times;
    if !(1..=99).contains(&times.repeat_every) {
        return Err(CampaignError::Times("the interval must be from 1 to 99"));
    }
    if times
        .repeat_until
        .is_some_and(|until| until < times.starts_at)
    {
        return Err(CampaignError::Times("the last time is before the first"));
    }
    let mut ids = Vec::new();
    for slug in &draft.lists {
        let list = lists::by_slug(db, slug).await?;
        let unknown = || CampaignError::UnknownList(slug.to_string());
        ids.push(list.ok_or_else(unknown)?.id);
    }
    if ids.is_empty() {
        return Err(CampaignError::NoList);
    }
    if let Some(id) = draft.segment {
        let segment = segments::by_id(db, id).await?;
        let is_named = segment.is_some_and(|segment| !segment.is_of_one_campaign());
        if !is_named {
            return Err(CampaignError::UnknownSegment);
        }
    }
    let (template, source_id) = match &draft.source {
        Some(Source::Template(key)) => (Some(key.clone()), None),
        Some(Source::Campaign(id)) => (None, Some(*id)),
        None => (None, None),
    };
    let fields = RecurringFields {
        name: draft.name.to_string(),
        template,
        source_id,
        subject,
        layout: layout.to_owned(),
        from_mailbox: Some(from.to_owned()).filter(|from| !from.is_empty()),
        segment_id: draft.segment,
        times: times.clone(),
        needs_approval: draft.needs_approval,
        only_new: draft.only_new,
    };
    Ok((fields, ids))
}
