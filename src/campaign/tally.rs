//! What a report shows beside the totals: the course of a campaign, and its results by domain.
//!
//! Of a small campaign they are counted for each look at the report. Of a large one that takes
//! seconds: [`tallying`](super::tallying) counts them in the background, and the report shows what
//! was counted last, when that was, and whether something has changed since.

use serde::{Deserialize, Serialize};

use super::Result;
use super::report::{self, Course};
use crate::audience::COUNTED_AT_ONCE;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::delivery::DeliveryCounts;
use crate::store::campaign_tallies::{self, Kept};
use crate::store::campaigns::Campaign;
use crate::store::engagement::{self, CampaignEngagement};
use crate::store::reports::{self, DomainRow};
use crate::store::{self, Db, campaign_progress};

/// The numbers of a report beside its totals.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tally {
    /// `None` where the single deliveries were deleted before it was counted.
    pub course: Option<Course>,
    /// The domains with most recipients.
    pub domains: Vec<DomainRow>,
    /// What is seen of those who agreed to it; `None` where nothing can be.
    pub seen: Option<CampaignEngagement>,
    /// Those whom its A/B test has left out, while they wait.
    pub rest: Option<i64>,
}

/// By what it is seen whether something has changed since a campaign was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    counts: DeliveryCounts,
    left: i64,
    /// Who opened it last, and who followed a link last.
    seen: (Option<i64>, Option<i64>),
}

impl Mark {
    pub(super) async fn of(db: &mut Db, id: CampaignId, counts: DeliveryCounts) -> Result<Self> {
        Ok(Self {
            counts,
            left: reports::left(db, id).await?,
            seen: engagement::newest(db, id).await?,
        })
    }
}

/// Of when the numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Now,
    Before {
        at: Timestamp,
        has_changed: bool,
    },
    /// They are being counted for the first time.
    NotYet,
}

/// The numbers of a campaign's report, and of when they are.
pub async fn of(cx: &Context, campaign: &Campaign) -> Result<(Tally, Counted)> {
    let mut db = cx.store.read().await?;
    let counts = campaign_progress::counts(&mut db, campaign.id).await?;
    if let Some(kept) = campaign_tallies::of_campaign(&mut db, campaign.id).await? {
        let mark = Mark::of(&mut db, campaign.id, counts).await?;
        let is_same = serde_json::from_str::<Mark>(&kept.mark).is_ok_and(|kept| kept == mark);
        let has_changed = campaign.folded_at.is_none() && !is_same;
        let counted = Counted::Before {
            at: kept.counted_at,
            has_changed,
        };
        return Ok((read(&db, &kept), counted));
    }
    if counts.total() > COUNTED_AT_ONCE {
        return Ok((Tally::default(), Counted::NotYet));
    }
    Ok((count(&mut db, campaign).await?, Counted::Now))
}

/// What was counted last of a large campaign; `None` of others, and before the first time.
pub(super) async fn kept(db: &mut Db, id: CampaignId) -> store::Result<Option<Tally>> {
    let kept = campaign_tallies::of_campaign(db, id).await?;
    Ok(kept.map(|kept| read(db, &kept)))
}

/// The totals of a large campaign when it was counted last, and how many had left by its email;
/// `None` of others, and before the first time.
pub(super) async fn kept_totals(
    db: &mut Db,
    id: CampaignId,
) -> store::Result<Option<(DeliveryCounts, i64)>> {
    let mark = campaign_tallies::mark(db, id).await?;
    let mark = mark.and_then(|mark| serde_json::from_str::<Mark>(&mark).ok());
    Ok(mark.map(|mark| (mark.counts, mark.left)))
}

/// Where the site has turned it off, nothing that was seen of readers is shown any more.
fn read(db: &Db, kept: &Kept) -> Tally {
    let mut tally: Tally = serde_json::from_str(&kept.tally).unwrap_or_default();
    tally.seen = tally.seen.filter(|_| db.engagement_months().is_some());
    tally
}

/// Counts the numbers of a campaign's report.
pub(super) async fn count(db: &mut Db, campaign: &Campaign) -> Result<Tally> {
    let course = match (campaign.started_at, campaign.folded_at) {
        (Some(from), None) => Some(report::course(db, campaign.id, from).await?),
        _ => None,
    };
    Ok(Tally {
        course,
        domains: reports::by_domain(db, campaign.id, report::DOMAINS).await?,
        seen: engagement::of_campaign(db, campaign.id).await?,
        rest: None,
    })
}

/// How many emails relays have taken of the campaigns that started at `since` or later, and how
/// many have failed. Of a large one that has ended that is not counted again.
///
/// # Errors
/// Where the database fails.
pub async fn outcomes_since(db: &mut Db, since: Timestamp) -> store::Result<(i64, i64)> {
    let (mut taken, mut failed) = (0, 0);
    for (id, mark) in campaign_tallies::marks_since(db, since).await? {
        let counts = match serde_json::from_str::<Mark>(&mark) {
            Ok(mark) => mark.counts,
            Err(_) => campaign_progress::counts(db, id).await?,
        };
        taken += counts.taken();
        failed += counts.failed;
    }
    Ok((taken, failed))
}
