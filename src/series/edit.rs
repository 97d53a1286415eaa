//! Writing a series down: a draft is changed in place; what has been started gets a new version.

use std::ops::Range;

use super::lifecycle::{by_id, within};
use super::{Result, SeriesError, approval, daily, emails, gaps, targets};
use crate::account::{audit, list_access};
use crate::campaign::layouts;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::ListSlug;
use crate::model::series::{self as rules, SeriesState, Start, Step};
use crate::model::{SegmentId, SeriesId};
use crate::store::series::{self, Series, SeriesFields};
use crate::store::{
    Db, StoreError, events, lists, segments, series_deletion, series_emails, series_moves,
};
use crate::text::line::Title;
use crate::text::locale::{Language, Preference};

/// Readers of a series that are deleted with it in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 2_000;

/// What a user writes down.
#[derive(Debug, Clone)]
pub struct SeriesDraft {
    pub name: Title,
    pub list: ListSlug,
    /// `None` for the usual one.
    pub layout: Option<String>,
    /// The sender; `None` for the site's.
    pub from: Option<String>,
    pub start: Start,
    /// Who is picked by this segment leaves the series.
    pub goal: Option<SegmentId>,
    /// Whether readers who do anything on the page of their preferences have reached the goal too.
    pub ends_on_answer: bool,
    pub steps: Vec<Step>,
}

/// Which version readers go through who are inside when a new one is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inside {
    /// Theirs, to its end.
    #[default]
    Stay,
    /// The new one, behind the step that is the last one they have taken: see
    /// [`places`](rules::places).
    Move,
}

/// Makes a draft.
///
/// # Errors
/// [`SeriesError`] names what is out of bounds or not there.
pub async fn create(cx: &Context, by: &Actor, draft: &SeriesDraft) -> Result<Series> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let fields = check(&mut db, by, draft).await?;
    let id = series::insert(&mut db, &fields, by.as_str(), now)
        .await
        .map_err(taken)?;
    series::set_steps(&mut db, id, 1, &draft.steps).await?;
    audit::record(&mut db, by, AuditAction::SeriesCreate, &fields.name, now).await?;
    let made = series::by_id(&mut db, id).await?;
    db.commit().await?;
    made.ok_or(SeriesError::NotFound)
}

/// Changes a series that was saved `seen` times. Of one that was started a new version is made,
/// if its steps or its layout have changed: new readers get it, and who is `inside` as chosen. Where
/// a second person approves, it is paused until another user resumes it.
///
/// # Errors
/// [`SeriesError`] names what is out of bounds or not there; [`SeriesError::Email`] and
/// [`SeriesError::Gap`] an email that cannot be sent, for a series that was started; [`SeriesError::Overtaken`] where somebody else
/// has saved it since.
pub async fn change(
    cx: &Context,
    by: &Actor,
    id: SeriesId,
    draft: &SeriesDraft,
    (seen, inside): (i64, Inside),
) -> Result<Series> {
    let mut db = cx.store.write().await?;
    series::lock(&mut db, id).await?;
    let current = within(&mut db, by, id).await?;
    if current.state == SeriesState::Ended {
        return Err(SeriesError::Over);
    }
    if current.edit_count != seen {
        return Err(SeriesError::Overtaken);
    }
    let fields = check(&mut db, by, draft).await?;
    let is_started = current.state != SeriesState::Draft;
    if is_started && fields.list != current.list_id {
        return Err(SeriesError::KeepsList);
    }
    let steps = series::steps(&mut db, id, current.version).await?;
    let is_mailed_otherwise = steps != draft.steps
        || fields.layout != current.layout
        || fields.from_mailbox != current.from_mailbox
        // Cards may show it.
        || fields.start.event() != current.start().event();
    let edit = Edit {
        cx,
        by,
        seen: &current,
        fields: &fields,
        is_other: is_mailed_otherwise || differs(&current, &fields),
    };
    if is_started && is_mailed_otherwise {
        gaps::check(&draft.steps)?;
        let version = series::unused_version(&mut db, id).await?;
        series::set_steps(&mut db, id, version, &draft.steps).await?;
        // Nobody gets the new version before all of its emails are ready.
        db.commit().await?;
        return match edit.save_version((version, draft), inside).await {
            Ok(saved) => Ok(saved),
            Err(error) => Err(withdraw(cx, &current, version, error).await),
        };
    }
    if !is_started {
        // Emails that were made for tests of what is not valid any more.
        series_emails::drop_of_draft(&mut db, id).await?;
        series::set_steps(&mut db, id, current.version, &draft.steps).await?;
    }
    let saved = edit.save(&mut db, current.version).await?;
    edit.commit(db, saved).await
}

/// What a user has written over a series, as they have `seen` it.
struct Edit<'a> {
    cx: &'a Context,
    by: &'a Actor,
    seen: &'a Series,
    fields: &'a SeriesFields,
    /// Whether readers get something else by it, or others come in: not where only its name changes.
    is_other: bool,
}

/// A series that was saved, before the transaction ends.
struct Saved {
    series: Series,
    /// Whether it was paused, until a second person looks at it.
    is_paused: bool,
}

impl Edit<'_> {
    /// Sets what the user has written, where nobody else has saved the series since.
    async fn save(&self, db: &mut Db, version: i64) -> Result<Saved> {
        let (cx, by, id, now) = (self.cx, self.by, self.seen.id, self.cx.clock.now());
        // Who only renames it has not written what somebody else must look at.
        let author = if self.is_other {
            by.as_str()
        } else {
            &self.seen.changed_by
        };
        let as_seen = (self.seen.edit_count, version);
        let saved = series::update(db, id, self.fields, as_seen, author, now).await;
        if !saved.map_err(taken)? {
            return Err(SeriesError::Overtaken);
        }
        audit::record(db, by, AuditAction::SeriesChange, &self.fields.name, now).await?;
        let mut is_paused = false;
        if self.seen.state != SeriesState::Draft {
            // As it is now: rendering takes its time, and a worker may have looked at dates.
            let changed = within(db, by, id).await?;
            if self.fields.start != self.seen.start() {
                // As when it is turned on: days that have passed let nobody in by the new start.
                let today = daily::beginning(cx, now);
                series::set_dates(db, id, changed.dates, today).await?;
            }
            if self.is_other {
                is_paused = approval::void(cx, db, by, &changed, now).await?;
            }
        }
        let series = series::by_id(db, id).await?.ok_or(SeriesError::NotFound)?;
        Ok(Saved { series, is_paused })
    }

    /// Saves the series with a new version, whose emails are made ready first.
    async fn save_version(
        &self,
        (version, draft): (i64, &SeriesDraft),
        inside: Inside,
    ) -> Result<Series> {
        let (cx, seen) = (self.cx, self.seen);
        let mut written = seen.clone().starting(&self.fields.start);
        written.layout.clone_from(&self.fields.layout);
        written.from_mailbox.clone_from(&self.fields.from_mailbox);
        emails::open_all(cx, &written, version, &draft.steps).await?;
        let mut db = cx.store.write().await?;
        let saved = self.save(&mut db, version).await?;
        // Those that were never saved, as a process leaves them that is killed.
        drop_versions(&mut db, seen.id, seen.version + 1..version).await?;
        if inside == Inside::Move {
            move_readers(&mut db, seen.id, (version, &draft.steps), cx.clock.now()).await?;
        }
        self.commit(db, saved).await
    }

    async fn commit(&self, db: Db, saved: Saved) -> Result<Series> {
        db.commit().await?;
        if saved.is_paused {
            // Now that no step is taken any more.
            emails::pause_all(self.cx, self.by, self.seen).await?;
        }
        Ok(saved.series)
    }
}

/// Moves everybody who is inside to the steps of a version, from those of each other one.
async fn move_readers(
    db: &mut Db,
    id: SeriesId,
    (version, steps): (i64, &[Step]),
    now: Timestamp,
) -> Result<()> {
    for from in series_moves::versions_inside(db, id).await? {
        if from == version {
            continue;
        }
        let before = series::steps(db, id, from).await?;
        let places = rules::places(&before, steps);
        series_moves::to_version(db, id, (from, version), &places, now).await?;
    }
    Ok(())
}

/// Drops a version that could not be saved; why, which is that somebody else has saved the series
/// where they have: what they dropped could not be found.
async fn withdraw(cx: &Context, seen: &Series, version: i64, error: SeriesError) -> SeriesError {
    let dropped = async {
        let mut db = cx.store.write().await?;
        drop_versions(&mut db, seen.id, version..version + 1).await?;
        let current = series::by_id(&mut db, seen.id).await?;
        db.commit().await?;
        Ok::<_, SeriesError>(current)
    };
    match dropped.await {
        Ok(Some(current)) if current.edit_count == seen.edit_count => error,
        Ok(_) => SeriesError::Overtaken,
        Err(also) => {
            tracing::warn!(series = %seen.id, version, error = %also, "a version stays unused");
            error
        }
    }
}

/// Drops versions that nobody goes through, with their emails.
async fn drop_versions(db: &mut Db, id: SeriesId, versions: Range<i64>) -> Result<()> {
    series_emails::drop_versions(db, id, versions.clone()).await?;
    series::drop_steps(db, id, versions).await?;
    Ok(())
}

/// Whether it is for others, besides what is mailed.
fn differs(current: &Series, fields: &SeriesFields) -> bool {
    current.list_id != fields.list
        || current.start() != fields.start
        || current.goal_id != fields.goal
        || current.ends_on_answer != fields.ends_on_answer
}

/// Deletes a draft, or a series that has ended: with its steps and with where its readers stood.
/// The emails that they were sent stay, as campaigns with their deliveries.
///
/// # Errors
/// [`SeriesError::NotOver`] for one that goes on.
pub async fn delete(cx: &Context, by: &Actor, id: SeriesId) -> Result<()> {
    let seen = by_id(cx, by, id).await?;
    if seen.state == SeriesState::Ended {
        // A process that was killed as the series ended may have left something queued.
        emails::cancel_all(cx, by, &seen).await?;
        forget_readers(cx, id).await?;
    }
    let mut db = cx.store.write().await?;
    let found = within(&mut db, by, id).await?;
    series_emails::drop_of_draft(&mut db, id).await?;
    if !series_deletion::delete(&mut db, id).await? {
        return Err(SeriesError::NotOver);
    }
    let (action, now) = (AuditAction::SeriesDelete, cx.clock.now());
    audit::record(&mut db, by, action, &found.name, now).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes the readers of a series that has ended, some at a time: a million of them with their
/// steps would hold up everything else. Until the series itself goes, it stays as it is.
async fn forget_readers(cx: &Context, id: SeriesId) -> Result<()> {
    loop {
        let mut db = cx.store.write().await?;
        let deleted = series_deletion::delete_readers(&mut db, id, FORGOTTEN_AT_ONCE).await?;
        db.commit().await?;
        if deleted == 0 {
            return Ok(());
        }
    }
}

async fn check(db: &mut Db, by: &Actor, draft: &SeriesDraft) -> Result<SeriesFields> {
    draft.start.check()?;
    rules::check(&draft.steps)?;
    let access = list_access::of_actor(db, by).await?;
    let list = lists::by_slug(db, &draft.list).await?;
    let list = list.filter(|list| access.has(list.id));
    let list = list.ok_or_else(|| SeriesError::UnknownList(draft.list.to_string()))?;
    let asked = draft.steps.iter().filter_map(Step::segment);
    for segment in asked.chain(draft.goal).chain(draft.start.segment()) {
        let found = segments::by_id(db, segment).await?;
        // The conditions of one campaign go with it.
        if found.is_none_or(|segment| segment.is_of_one_campaign()) {
            return Err(SeriesError::UnknownSegment);
        }
    }
    if let Start::Event { event, .. } = &draft.start {
        let found = events::by_slug(db, event, Preference::only(Language::EN)).await?;
        found.ok_or_else(|| SeriesError::EventGone(event.to_string()))?;
    }
    let from = draft.from.as_deref().map(str::trim);
    let from = from.filter(|from| !from.is_empty());
    if let Some(from) = from {
        from.parse::<Mailbox>()?;
    }
    targets::check(db, &access, &draft.steps).await?;
    let layout = draft.layout.as_deref().unwrap_or(LAYOUT);
    layouts::find(db, layout)
        .await
        .map_err(|_| SeriesError::UnknownLayout(layout.to_owned()))?;
    Ok(SeriesFields {
        name: draft.name.to_string(),
        list: list.id,
        layout: layout.to_owned(),
        from_mailbox: from.map(ToOwned::to_owned),
        start: draft.start.clone(),
        goal: draft.goal,
        ends_on_answer: draft.ends_on_answer,
    })
}

/// The layout of emails where none is named.
pub const LAYOUT: &str = "letter";

fn taken(error: StoreError) -> SeriesError {
    match error {
        StoreError::Exists => SeriesError::Exists,
        other => other.into(),
    }
}
