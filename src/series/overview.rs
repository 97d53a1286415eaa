//! A series with what has come of its steps.

use std::collections::BTreeMap;

use super::Result;
use super::lifecycle::within;
pub use super::totals::ReaderTotals;
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::delivery::DeliveryCounts;
use crate::model::list_access::ListAccess;
use crate::model::series::{ReaderState, Step};
use crate::model::{CampaignId, SeriesId};
use crate::store::series::{self, Series};
use crate::store::series_counts::{self, Standing};
use crate::store::series_emails::{self, SeriesEmail};
use crate::store::{Db, campaign_progress};

/// Every series of the lists within reach, by name, with its readers.
pub async fn all(cx: &Context, access: &ListAccess) -> Result<Vec<(Series, ReaderTotals)>> {
    let mut db = cx.store.read().await?;
    let all = series::all(&mut db, access).await?;
    with_totals(&mut db, all).await
}

/// Up to `limit` of them behind the one of a number, by number.
pub async fn page(
    cx: &Context,
    access: &ListAccess,
    (after, limit): (SeriesId, i64),
) -> Result<Vec<(Series, ReaderTotals)>> {
    let mut db = cx.store.read().await?;
    let some = series::page(&mut db, access, after, limit).await?;
    with_totals(&mut db, some).await
}

async fn with_totals(db: &mut Db, all: Vec<Series>) -> Result<Vec<(Series, ReaderTotals)>> {
    let mut totals: BTreeMap<SeriesId, ReaderTotals> = BTreeMap::new();
    for (id, state, readers) in series_counts::totals(db).await? {
        totals.entry(id).or_default().add(state, readers);
    }
    for (id, version, readers) in series_counts::behind_last(db).await? {
        let steps = series::steps(db, id, version).await?;
        totals.entry(id).or_default().finish(&steps, readers);
    }
    let with_own = |one: Series| {
        let own = totals.remove(&one.id).unwrap_or_default();
        (one, own)
    };
    Ok(all.into_iter().map(with_own).collect())
}

/// A step of a version, with what has come of it.
#[derive(Debug, Clone)]
pub struct StepView {
    /// From 1.
    pub position: i64,
    pub step: Step,
    /// Readers whom it keeps, or who are about to take it.
    pub waiting: i64,
    /// Who left the list at it, or was suppressed.
    pub left: i64,
    /// Who reached the goal at it.
    pub goal: i64,
    /// Of an email: its deliveries, in all of its years.
    pub deliveries: Option<DeliveryCounts>,
    /// Of an email: the campaigns that have deliveries, the latest first.
    pub campaigns: Vec<CampaignId>,
}

/// A version of a series.
#[derive(Debug, Clone)]
pub struct VersionView {
    pub version: i64,
    /// Of the readers who go through it.
    pub totals: ReaderTotals,
    pub steps: Vec<StepView>,
}

/// A series as a page shows it.
#[derive(Debug, Clone)]
pub struct SeriesView {
    pub series: Series,
    pub totals: ReaderTotals,
    /// Of the versions in which nobody is inside any more, which are not shown.
    pub others: ReaderTotals,
    /// The version that new readers get, and before it those that somebody is still in, the
    /// latest first.
    pub versions: Vec<VersionView>,
}

/// How many readers are inside a series.
///
/// # Errors
/// Where the database fails.
pub async fn inside(cx: &Context, id: SeriesId) -> Result<i64> {
    let standings = series_counts::standings(&mut cx.store.read().await?, id).await?;
    Ok(ReaderTotals::of(standings.iter()).inside)
}

/// What there is of a series, for who is asked whether it is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Who is or was in it.
    pub readers: i64,
    /// Emails that were sent, or tried to.
    pub emails: i64,
}

/// What there is of a series.
///
/// # Errors
/// Where the database fails.
pub async fn extent(cx: &Context, id: SeriesId) -> Result<Extent> {
    let mut db = cx.store.read().await?;
    let standings = series_counts::standings(&mut db, id).await?;
    let mut emails = 0;
    for email in series_emails::of_series(&mut db, id).await? {
        let counts = campaign_progress::counts(&mut db, email.campaign_id).await?;
        emails += counts.taken();
    }
    Ok(Extent {
        readers: standings.iter().map(|one| one.readers).sum(),
        emails,
    })
}

/// A series with what has come of its steps.
///
/// # Errors
/// [`SeriesError::NotFound`](super::SeriesError::NotFound) where there is none.
pub async fn of(cx: &Context, by: &Actor, id: SeriesId) -> Result<SeriesView> {
    let mut db = cx.store.read().await?;
    let series = within(&mut db, by, id).await?;
    let standings = series_counts::standings(&mut db, id).await?;
    let is_inside = |version| {
        let mut of_it = standings.iter().filter(|one| one.version == version);
        of_it.any(|one| one.state == ReaderState::Inside)
    };
    let shown = (1..=series.version).rev();
    let shown = shown.filter(|version| *version == series.version || is_inside(*version));
    let emails = series_emails::of_series(&mut db, id).await?;
    let mut versions = Vec::new();
    for version in shown {
        versions.push(version_view(&mut db, (id, version), &emails, &standings).await?);
    }
    let is_shown = |one: &&Standing| versions.iter().any(|shown| shown.version == one.version);
    let (_, of_others): (Vec<&Standing>, Vec<&Standing>) = standings.iter().partition(is_shown);
    let others = ReaderTotals::of(of_others);
    let totals = versions.iter().map(|version| version.totals);
    let totals = totals.fold(others, ReaderTotals::and);
    Ok(SeriesView {
        series,
        totals,
        others,
        versions,
    })
}

async fn version_view(
    db: &mut Db,
    (series, version): (SeriesId, i64),
    emails: &[SeriesEmail],
    standings: &[Standing],
) -> Result<VersionView> {
    let steps = series::steps(db, series, version).await?;
    let of_version: Vec<&Standing> = standings
        .iter()
        .filter(|one| one.version == version)
        .collect();
    let count = |position: i64, states: &[ReaderState]| -> i64 {
        let of_it = of_version.iter().filter(|one| one.position == position);
        let of_it = of_it.filter(|one| states.contains(&one.state));
        of_it.map(|one| one.readers).sum()
    };
    let mut views = Vec::with_capacity(steps.len());
    for (position, step) in (1..).zip(steps.iter()) {
        let (mut deliveries, mut campaigns) = (None, Vec::new());
        if let Step::Send { .. } = step {
            let mut sum = DeliveryCounts::default();
            let of_it = emails
                .iter()
                .rev()
                .filter(|email| email.version == version && email.position == position);
            for email in of_it {
                let counts = campaign_progress::counts(db, email.campaign_id).await?;
                if counts.total() > 0 {
                    campaigns.push(email.campaign_id);
                }
                sum = sum.and(&counts);
            }
            deliveries = Some(sum);
        }
        views.push(StepView {
            position,
            waiting: kept_at(&steps, position)
                .map(|at| count(at, &[ReaderState::Inside]))
                .sum(),
            left: count(position, &[ReaderState::Left, ReaderState::Suppressed]),
            goal: count(position, &[ReaderState::Goal]),
            step: step.clone(),
            deliveries,
            campaigns,
        });
    }
    let mut totals = ReaderTotals::of(of_version.iter().copied());
    let behind = of_version
        .iter()
        .filter(|one| one.state == ReaderState::Inside && one.position > steps.len() as i64);
    totals.finish(&steps, behind.map(|one| one.readers).sum());
    Ok(VersionView {
        version,
        totals,
        steps: views,
    })
}

/// The positions of the readers whom a step keeps, or who are about to take it. One whom a wait keeps
/// stands at the step after it, until that is due.
fn kept_at(steps: &[Step], position: i64) -> impl Iterator<Item = i64> {
    let is_wait = |position: i64| {
        let at = usize::try_from(position - 1).ok();
        let step = at.and_then(|at| steps.get(at));
        step.is_some_and(Step::is_wait)
    };
    let here = (!is_wait(position - 1)).then_some(position);
    let behind = is_wait(position).then_some(position + 1);
    here.into_iter().chain(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_reader_belongs_to_one_step() {
        let wait = Step::Wait { days: 1, hours: 0 };
        let at = |steps: &[Step], position| kept_at(steps, position).collect::<Vec<i64>>();
        let steps = [wait.clone(), Step::End, Step::End];
        // Who waits, and who is about to, as in a paused series.
        assert_eq!(at(&steps, 1), [1, 2]);
        assert_eq!(at(&steps, 2), Vec::<i64>::new());
        assert_eq!(at(&steps, 3), [3]);
        let steps = [Step::End, wait.clone(), wait];
        let all: Vec<i64> = (1..=3).flat_map(|position| at(&steps, position)).collect();
        assert_eq!(all, [1, 2, 3, 4]);
    }
}
