//! Whom a campaign reaches, and how: by itself, or in the weekly digest.

use super::ab_test::placing;
use super::ab_test::plan::AbTest;
use crate::audience::COUNTED_AT_ONCE;
use crate::clock::Timestamp;
use crate::model::ab_test::AbVariant;
use crate::model::campaign::ContentKind;
use crate::model::{CampaignId, ListId, SubscriberId};
use crate::store::campaign_audience::{self, Audience, Part};
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, Result, segments, weekly_digests};
use crate::token::KeyRing;

/// How a campaign reaches subscribers who get the weekly digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestPolicy {
    /// In the digest of the week.
    InDigest,
    /// At once, as it reaches everybody.
    AtOnce,
    /// It is a digest itself.
    IsDigest,
}

impl DigestPolicy {
    /// A design of its own that no page shows is sent at once: a digest could
    /// neither contain it nor link to it.
    pub fn of(campaign: &Campaign) -> Self {
        match campaign.kind {
            ContentKind::Weekly => Self::IsDigest,
            ContentKind::Mjml | ContentKind::Html if !campaign.is_public => Self::AtOnce,
            _ if campaign.is_urgent => Self::AtOnce,
            _ => Self::InDigest,
        }
    }
}

/// How many subscribers would get the campaign now, by language.
pub async fn count(db: &mut Db, id: CampaignId, now: Timestamp) -> Result<Vec<Audience>> {
    let Some(campaign) = campaigns::by_id(db, id).await? else {
        return Ok(Vec::new());
    };
    if DigestPolicy::of(&campaign) == DigestPolicy::IsDigest {
        return weekly_digests::audience(db, id, now).await;
    }
    count_part(db, &campaign, Part::All, now).await
}

/// As [`count`], where that takes no time worth speaking of; `None` for lists with many
/// subscribers.
pub async fn count_at_once(
    db: &mut Db,
    id: CampaignId,
    now: Timestamp,
) -> Result<Option<Vec<Audience>>> {
    if !campaign_audience::has_at_most(db, id, COUNTED_AT_ONCE).await? {
        return Ok(None);
    }
    count(db, id, now).await.map(Some)
}

/// How many readers the A/B test of a campaign has left out who would get the winner now.
pub async fn count_rest(db: &mut Db, campaign: &Campaign, now: Timestamp) -> Result<i64> {
    let rest = count_part(db, campaign, Part::Rest, now).await?;
    // Of a weekly reader the digest has kept it.
    Ok(rest.iter().map(|one| one.at_once).sum())
}

async fn count_part(
    db: &mut Db,
    campaign: &Campaign,
    part: Part,
    now: Timestamp,
) -> Result<Vec<Audience>> {
    let (id, policy) = (campaign.id, DigestPolicy::of(campaign));
    let mut audience = match segments::of_campaign(db, id).await? {
        Some(segment) => segments::audience(db, id, (&segment.rule, part), now).await?,
        None => campaign_audience::of_lists(db, id, part, now).await?,
    };
    if policy == DigestPolicy::AtOnce {
        for one in &mut audience {
            one.at_once += std::mem::take(&mut one.weekly);
        }
    }
    Ok(audience)
}

/// Puts the next `span` rows of subscribers into the ledger; `true` once the
/// whole audience is in it. Of a campaign with an A/B test these are first those who take part,
/// and once it is decided all others. `keys` sort them; without any, no test may be running.
pub async fn freeze_slice(
    db: &mut Db,
    keys: Option<&KeyRing>,
    id: CampaignId,
    span: i64,
    now: Timestamp,
) -> Result<bool> {
    let Some(rows) = campaign_audience::take_slice(db, id, span).await? else {
        return Ok(true);
    };
    let Some(campaign) = campaigns::by_id(db, id).await? else {
        return Ok(true);
    };
    segments::pick(db, id, rows.0, rows.1, now).await?;
    let policy = DigestPolicy::of(&campaign);
    let made = if policy == DigestPolicy::IsDigest {
        weekly_digests::freeze_slice(db, id, rows.0, rows.1, now).await?
    } else {
        let in_digest = policy == DigestPolicy::InDigest;
        let test = AbTest::of_campaign(db, id).await?;
        match (test, keys) {
            (Some(test), _) if campaign.sends_rest => {
                let winner = test.row.winner;
                campaign_audience::queue_rest(db, id, rows, in_digest, winner, now).await?
            }
            (Some(test), Some(keys)) => {
                let keeps = keep(db, id, rows, in_digest, now).await?;
                let reached = campaign_audience::reached_by_slice(db, id, rows, keeps, now).await?;
                let drawn = draw(keys, id, &test, reached);
                campaign_audience::queue_test(db, id, &drawn, now).await?
            }
            _ => {
                let keeps = keep(db, id, rows, in_digest, now).await?;
                campaign_audience::queue_slice(db, id, rows, keeps, now).await?
            }
        }
    };
    campaign_audience::end_slice(db, id, made, now).await
}

/// Keeps a campaign for the weekly readers of a slice; tells whether there are any.
async fn keep(
    db: &mut Db,
    id: CampaignId,
    rows: (i64, i64),
    in_digest: bool,
    now: Timestamp,
) -> Result<bool> {
    Ok(in_digest && weekly_digests::keep_slice(db, id, rows.0, rows.1, now).await? > 0)
}

/// Those who take part in a test, each with their variant and list.
fn draw(
    keys: &KeyRing,
    id: CampaignId,
    test: &AbTest,
    reached: Vec<(SubscriberId, ListId)>,
) -> Vec<(SubscriberId, AbVariant, ListId)> {
    let (share, count) = (test.row.fields.share, test.variant_count());
    let drawn = reached.into_iter().filter_map(|(reader, list)| {
        let variant = placing::variant_of(keys, id, reader, share, count)?;
        Some((reader, variant, list))
    });
    drawn.collect()
}
