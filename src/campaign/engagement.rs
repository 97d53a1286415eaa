//! What is seen of readers who agreed to it: that they open a campaign, and which links they
//! follow. The emails of all others, archive, previews and tests carry nothing of it.

use super::{Result, tally};
use crate::context::Context;
use crate::mail::personalise::SEEN_PICTURE_TAG;
use crate::model::CampaignId;
use crate::store::campaign_renderings::Rendering;
use crate::store::engagement::{self, CampaignEngagement};
use crate::store::{Db, StoreError};
use crate::token::Token;

/// What the email of a reader who agreed carries; empty for all others.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// What counted links end with.
    pub link_suffix: String,
    /// The picture that a program loads when it shows the email.
    pub picture: String,
}

/// What the email of a campaign to a reader carries by whose agreement it is seen.
pub fn marks(cx: &Context, site_url: &str, campaign: i64, agreement: i64) -> Marks {
    let token = cx.keys.sign(&Token::Reader {
        agreement,
        campaign,
    });
    Marks {
        picture: format!(
            "<img src=\"{site_url}/o/{token}.gif\" width=\"1\" height=\"1\" alt=\"\" \
             style=\"display:block;width:1px;height:1px;border:0\">"
        ),
        link_suffix: format!(".{token}"),
    }
}

/// Leaves a place for the picture in the emails of a campaign that starts, where the site sees
/// anything.
pub(super) async fn mark(
    cx: &Context,
    db: &mut Db,
    id: CampaignId,
    renderings: &mut [Rendering],
) -> Result<()> {
    if !cx.config().engagement {
        return Ok(());
    }
    for rendering in renderings {
        let end = rendering.html.rfind("</body>");
        let at = end.unwrap_or(rendering.html.len());
        rendering.html.insert_str(at, SEEN_PICTURE_TAG);
    }
    Ok(engagement::mark_campaign(db, id).await?)
}

/// The agreement that a mark of a campaign's email names; `None` for one that is not ours, and
/// where the site sees nothing.
fn agreement(cx: &Context, mark: &str, of: Option<CampaignId>) -> Option<(i64, CampaignId)> {
    if !cx.config().engagement {
        return None;
    }
    match cx.keys.open(mark) {
        Ok(Token::Reader {
            agreement,
            campaign,
        }) if of.is_none_or(|id| id.0 == campaign) => Some((agreement, CampaignId(campaign))),
        _ => None,
    }
}

/// Keeps that a reader followed a link, if they agreed and have not withdrawn it.
pub(super) async fn see_link(cx: &Context, id: CampaignId, number: i64, mark: &str) {
    let Some((agreement, _)) = agreement(cx, mark, Some(id)) else {
        return;
    };
    let seen = async {
        let mut db = cx.store.write().await?;
        engagement::see_link(&mut db, agreement, id, number, cx.clock.now()).await?;
        db.commit().await
    };
    noted(seen.await);
}

/// Keeps that a reader opened a campaign, if they agreed and have not withdrawn it.
pub async fn see_open(cx: &Context, mark: &str) {
    let Some((agreement, id)) = agreement(cx, mark, None) else {
        return;
    };
    let seen = async {
        let mut db = cx.store.write().await?;
        engagement::see_open(&mut db, agreement, id, cx.clock.now()).await?;
        db.commit().await
    };
    noted(seen.await);
}

/// Anyone who follows a link gets there, whether or not it could be kept. Withdrawing at the same
/// moment is no fault.
fn noted(seen: std::result::Result<(), StoreError>) {
    if let Err(error) = seen
        && !matches!(error, StoreError::Dangling)
    {
        tracing::warn!(%error, "what was seen of a reader cannot be kept");
    }
}

/// What is seen of a campaign's recipients, of a large one when it was last counted; `None` where
/// nothing can be.
pub async fn of_campaign(cx: &Context, id: CampaignId) -> Result<Option<CampaignEngagement>> {
    let mut db = cx.store.read().await?;
    if let Some(tally) = tally::kept(&mut db, id).await? {
        return Ok(tally.seen);
    }
    Ok(engagement::of_campaign(&mut db, id).await?)
}
