//! How a series moves: started, paused, resumed, drained, ended.

use super::{Result, SeriesError, approval, daily, emails, gaps, pausing, targets};
use crate::account::{audit, list_access};
use crate::context::Context;
use crate::model::SeriesId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::series::{SeriesAction, next};
use crate::store::series::{self, Series};
use crate::store::{Db, series_approvals, series_readers};

/// The series of this number, where its list is within the reach of who asks.
///
/// # Errors
/// [`SeriesError::NotFound`] where there is none.
pub async fn by_id(cx: &Context, by: &Actor, id: SeriesId) -> Result<Series> {
    let mut db = cx.store.read().await?;
    within(&mut db, by, id).await
}

pub(super) async fn within(db: &mut Db, by: &Actor, id: SeriesId) -> Result<Series> {
    let found = series::by_id(db, id).await?.ok_or(SeriesError::NotFound)?;
    let access = list_access::of_actor(db, by).await?;
    if access.has(found.list_id) {
        Ok(found)
    } else {
        Err(SeriesError::NotFound)
    }
}

/// Moves a series.
///
/// # Errors
/// [`SeriesError::Forbidden`] where its state does not permit it, [`SeriesError::Email`] where it
/// is started and an email cannot be sent, [`SeriesError::Gap`] where one is not filled in,
/// [`SeriesError::OwnStart`] where a second person must start or resume it.
pub async fn act(cx: &Context, by: &Actor, id: SeriesId, action: SeriesAction) -> Result<Series> {
    let seen = by_id(cx, by, id).await?;
    let to = next((seen.state, seen.is_closed), action)?;
    if sets_going(action) {
        approval::require(cx, &mut cx.store.read().await?, by, &seen).await?;
    }
    if action == SeriesAction::Start {
        let mut db = cx.store.read().await?;
        let steps = series::steps(&mut db, id, seen.version).await?;
        crate::model::series::check(&steps)?;
        let access = list_access::of_actor(&mut db, by).await?;
        targets::check(&mut db, &access, &steps).await?;
        gaps::check(&steps)?;
        drop(db);
        emails::open_all(cx, &seen, seen.version, &steps).await?;
    }
    // Before it goes on: a series whose email is paused is paused again.
    if matches!(action, SeriesAction::Resume | SeriesAction::Drain) {
        emails::resume_all(cx, by, &seen).await?;
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    series::lock(&mut db, id).await?;
    let current = within(&mut db, by, id).await?;
    if sets_going(action) {
        // Rendering takes its time: what was changed meanwhile must not go on.
        if current.edit_count != seen.edit_count {
            return Err(SeriesError::Overtaken);
        }
        series_approvals::approve(&mut db, id, by.as_str(), now).await?;
    }
    let from = current.state;
    let to_now = next((from, current.is_closed), action)?;
    if to_now != to || !series::set_state(&mut db, id, (from, to), "", now).await? {
        return Err(SeriesError::Overtaken);
    }
    match action {
        SeriesAction::Start => {
            let scan = daily::beginning(cx, now);
            series::set_dates(&mut db, id, current.dates, scan).await?;
        }
        SeriesAction::End => {
            series_readers::end_all(&mut db, id, now).await?;
        }
        SeriesAction::Pause | SeriesAction::Resume | SeriesAction::Drain => {}
    }
    audit::record(&mut db, by, audited(action), &seen.name, now).await?;
    db.commit().await?;
    tracing::info!(series = %id, %action, "moved");
    // Now that no step is taken any more.
    match action {
        SeriesAction::Pause => emails::pause_all(cx, by, &seen).await?,
        SeriesAction::End => emails::cancel_all(cx, by, &seen).await?,
        SeriesAction::Start | SeriesAction::Resume | SeriesAction::Drain => {}
    }
    by_id(cx, by, id).await
}

fn audited(action: SeriesAction) -> AuditAction {
    match action {
        SeriesAction::Start => AuditAction::SeriesStart,
        SeriesAction::Pause => AuditAction::SeriesPause,
        SeriesAction::Resume => AuditAction::SeriesResume,
        SeriesAction::Drain => AuditAction::SeriesDrain,
        SeriesAction::End => AuditAction::SeriesEnd,
    }
}

/// Whether steps are taken after it that were not before, or readers come in.
fn sets_going(action: SeriesAction) -> bool {
    match action {
        SeriesAction::Start | SeriesAction::Resume | SeriesAction::Drain => true,
        SeriesAction::Pause | SeriesAction::End => false,
    }
}

/// Pauses a series that must not go on by itself; tells users why, unless they know.
pub(super) async fn pause_automatically(
    cx: &Context,
    seen: &Series,
    reason: &str,
    tells: bool,
) -> Result<()> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let by = Actor::System;
    if !pausing::pause(&mut db, &by, seen, (reason, tells), now).await? {
        return Ok(());
    }
    db.commit().await?;
    emails::pause_all(cx, &by, seen).await
}
