//! Whom a campaign reaches, and how: by itself, or in the weekly digest.

use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::store::campaign_audience::{self, Audience};
use crate::store::campaigns::{self, Campaign};
use crate::store::{Db, Result, segments, weekly_digests};

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
    let policy = DigestPolicy::of(&campaign);
    if policy == DigestPolicy::IsDigest {
        return weekly_digests::audience(db, id, now).await;
    }
    let mut audience = match segments::of_campaign(db, id).await? {
        Some(segment) => segments::audience(db, id, &segment.rule, now).await?,
        None => campaign_audience::of_lists(db, id, now).await?,
    };
    if policy == DigestPolicy::AtOnce {
        for one in &mut audience {
            one.at_once += std::mem::take(&mut one.weekly);
        }
    }
    Ok(audience)
}

/// Puts the next `span` rows of subscribers into the ledger; `true` once the
/// whole audience is in it.
pub async fn freeze_slice(db: &mut Db, id: CampaignId, span: i64, now: Timestamp) -> Result<bool> {
    let Some(rows) = campaign_audience::take_slice(db, id, span).await? else {
        return Ok(true);
    };
    let Some(campaign) = campaigns::by_id(db, id).await? else {
        return Ok(true);
    };
    segments::pick(db, id, rows.0, rows.1, now).await?;
    let made = match DigestPolicy::of(&campaign) {
        DigestPolicy::IsDigest => weekly_digests::freeze_slice(db, id, rows.0, rows.1, now).await?,
        DigestPolicy::AtOnce => campaign_audience::queue_slice(db, id, rows, false, now).await?,
        DigestPolicy::InDigest => {
            let kept = weekly_digests::keep_slice(db, id, rows.0, rows.1, now).await?;
            campaign_audience::queue_slice(db, id, rows, kept > 0, now).await?
        }
    };
    campaign_audience::end_slice(db, id, made, now).await
}
