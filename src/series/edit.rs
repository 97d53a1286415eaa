//! Writing a series down: a draft is changed in place; what has been started gets a new version.

use super::lifecycle::within;
use super::{Result, SeriesError, daily, email_content, emails};
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
    Db, StoreError, accounts, events, lists, segments, series_emails, series_readers,
};
use crate::text::line::Title;
use crate::text::locale::{Language, Preference};

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
    /// The new one, from the step with the number of the one that comes next for them.
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
/// if its steps or its layout have changed: new readers get it, and who is `inside` as chosen.
///
/// # Errors
/// [`SeriesError`] names what is out of bounds or not there; [`SeriesError::Email`] an email that
/// cannot be sent, for a series that was started; [`SeriesError::Overtaken`] where somebody else
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
    let current_start = current.start();
    if is_started && fields.list != current.list_id {
        return Err(SeriesError::KeepsList);
    }
    let steps = series::steps(&mut db, id, current.version).await?;
    let is_new = is_started
        && (steps != draft.steps
            || fields.layout != current.layout
            || fields.from_mailbox != current.from_mailbox);
    let version = if is_new {
        series::unused_version(&mut db, id).await?
    } else {
        current.version
    };
    if is_new || !is_started {
        // Emails that were made for tests of what is not valid any more.
        series_emails::drop_unused(&mut db, id).await?;
        series::set_steps(&mut db, id, version, &draft.steps).await?;
    }
    if is_new {
        // Nobody gets the new version before all of its emails are ready.
        db.commit().await?;
        let mut written = current;
        written.layout.clone_from(&fields.layout);
        written.from_mailbox.clone_from(&fields.from_mailbox);
        emails::open_all(cx, &written, version, &draft.steps).await?;
        db = cx.store.write().await?;
    }
    let now = cx.clock.now();
    let saved = series::update(&mut db, id, &fields, (seen, version), by.as_str(), now);
    if !saved.await.map_err(taken)? {
        return Err(SeriesError::Overtaken);
    }
    if is_started && draft.start != current_start {
        begin_again(cx, &mut db, id, now).await?;
    }
    if is_new && inside == Inside::Move {
        series_readers::move_to_version(&mut db, id, version, now).await?;
    }
    audit::record(&mut db, by, AuditAction::SeriesChange, &fields.name, now).await?;
    let saved = series::by_id(&mut db, id).await?;
    db.commit().await?;
    saved.ok_or(SeriesError::NotFound)
}

/// Has a series begin today with another start, as when it is turned on: days that have passed let
/// nobody in by it.
async fn begin_again(cx: &Context, db: &mut Db, id: SeriesId, now: Timestamp) -> Result<()> {
    // As it is now: a worker may have looked at dates since it was read.
    let saved = series::by_id(db, id).await?.ok_or(SeriesError::NotFound)?;
    series::set_dates(db, id, saved.dates, daily::beginning(cx, now)).await?;
    Ok(())
}

/// Deletes a draft.
///
/// # Errors
/// [`SeriesError::NotDraft`] for one that was started.
pub async fn delete(cx: &Context, by: &Actor, id: SeriesId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let found = within(&mut db, by, id).await?;
    series_emails::drop_unused(&mut db, id).await?;
    if !series::delete_draft(&mut db, id).await? {
        return Err(SeriesError::NotDraft);
    }
    let (action, now) = (AuditAction::SeriesDelete, cx.clock.now());
    audit::record(&mut db, by, action, &found.name, now).await?;
    db.commit().await?;
    Ok(())
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
    for (number, step) in (1..).zip(&draft.steps) {
        match step {
            Step::Send { .. } => email_content::check(db, number as i64, step).await?,
            Step::Notify { user, .. } if accounts::user_by_email(db, user).await?.is_none() => {
                return Err(SeriesError::UnknownUser(number));
            }
            Step::AddToList { list } => {
                let found = lists::by_slug(db, list).await?;
                if found.is_none_or(|found| !access.has(found.id)) {
                    return Err(SeriesError::UnknownList(list.to_string()));
                }
            }
            _ => {}
        }
    }
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
