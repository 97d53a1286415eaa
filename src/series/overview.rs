//! A series with what has come of its steps.

use std::collections::BTreeMap;

use super::Result;
use super::lifecycle::within;
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

/// How many readers of a series are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReaderTotals {
    pub inside: i64,
    pub finished: i64,
    pub goal: i64,
    /// By leaving the list, or suppressed.
    pub left: i64,
    pub ended: i64,
}

impl ReaderTotals {
    fn of(standings: &[Standing]) -> Self {
        let mut totals = Self::default();
        for standing in standings {
            totals.add(standing.state, standing.readers);
        }
        totals
    }

    fn add(&mut self, state: ReaderState, readers: i64) {
        match state {
            ReaderState::Inside => self.inside += readers,
            ReaderState::Finished => self.finished += readers,
            ReaderState::Goal => self.goal += readers,
            ReaderState::Left | ReaderState::Suppressed => self.left += readers,
            ReaderState::Ended => self.ended += readers,
        }
    }
}

/// Every series of the lists within reach, with its readers.
pub async fn all(cx: &Context, access: &ListAccess) -> Result<Vec<(Series, ReaderTotals)>> {
    let mut db = cx.store.read().await?;
    let all = series::all(&mut db, access).await?;
    let mut totals: BTreeMap<SeriesId, ReaderTotals> = BTreeMap::new();
    for (id, state, readers) in series_counts::totals(&mut db).await? {
        totals.entry(id).or_default().add(state, readers);
    }
    let with_totals = |one: Series| {
        let own = totals.remove(&one.id).unwrap_or_default();
        (one, own)
    };
    Ok(all.into_iter().map(with_totals).collect())
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
    pub steps: Vec<StepView>,
    /// Who is behind its last step, and about to be finished.
    pub inside: i64,
}

/// A series as a page shows it.
#[derive(Debug, Clone)]
pub struct SeriesView {
    pub series: Series,
    pub totals: ReaderTotals,
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
    Ok(ReaderTotals::of(&standings).inside)
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
    let totals = ReaderTotals::of(&standings);
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
    Ok(SeriesView {
        series,
        totals,
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
            waiting: count(kept_at(&steps, position), &[ReaderState::Inside]),
            left: count(position, &[ReaderState::Left, ReaderState::Suppressed]),
            goal: count(position, &[ReaderState::Goal]),
            step: step.clone(),
            deliveries,
            campaigns,
        });
    }
    let last = steps.len() as i64 + 1;
    Ok(VersionView {
        version,
        steps: views,
        inside: count(last, &[ReaderState::Inside]),
    })
}

/// The position of the readers whom a step keeps. One whom a wait keeps stands at the step after
/// it, until that is due; a step after a wait keeps nobody by itself.
fn kept_at(steps: &[Step], position: i64) -> i64 {
    let is_wait = |position: i64| {
        let at = usize::try_from(position - 1).ok();
        let step = at.and_then(|at| steps.get(at));
        step.is_some_and(Step::is_wait)
    };
    if is_wait(position) {
        position + 1
    } else if is_wait(position - 1) {
        // Of no reader.
        0
    } else {
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_keeps_those_who_stand_behind_it() {
        let steps = [Step::Wait { days: 1, hours: 0 }, Step::End, Step::End];
        assert_eq!(kept_at(&steps, 1), 2);
        assert_eq!(kept_at(&steps, 2), 0);
        assert_eq!(kept_at(&steps, 3), 3);
    }
}
