//! Revisions of campaigns: what each was when its form was saved.

use super::campaign_draft::{CampaignDraft, Selection, draft_of, normal};
use super::content::Content;
use super::{CampaignError, Result};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::CampaignId;
use crate::model::audit::Actor;
use crate::store::campaign_revisions::{self as revisions};
use crate::store::{Db, campaigns, segments};

pub use crate::store::campaign_revisions::CampaignRevision;

/// How many revisions of a campaign are kept.
pub const KEPT: i64 = 100;

/// The campaign as it is, where no revision holds it yet: read before the transaction that
/// changes it.
pub(super) async fn unless_kept(cx: &Context, id: CampaignId) -> Result<Option<CampaignDraft>> {
    if revisions::has_any(&mut cx.store.read().await?, id).await? {
        return Ok(None);
    }
    match draft_of(cx, id).await {
        Ok(draft) => Ok(Some(draft)),
        // Its post is gone, or it is none that people edit: there is nothing to bring back.
        Err(CampaignError::NoPost | CampaignError::NoItem | CampaignError::Automatic) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Stores what [`unless_kept`] gave, within the transaction that has changed the campaign.
pub(super) async fn keep_before(
    db: &mut Db,
    id: CampaignId,
    before: Option<CampaignDraft>,
    at: Timestamp,
) -> Result<()> {
    if let Some(before) = before {
        let count = edit_count(db, id).await? - 1;
        let edition = to_json(&before);
        revisions::insert(db, id, count, (at, ""), &edition).await?;
    }
    Ok(())
}

/// Stores the campaign as it was just saved, within that transaction.
pub(super) async fn keep(
    db: &mut Db,
    id: CampaignId,
    (by, now): (&Actor, Timestamp),
    draft: &CampaignDraft,
    content: &Content,
) -> Result<()> {
    let count = edit_count(db, id).await?;
    // Conditions may have become a segment with a name.
    let selection = Selection::of(segments::of_campaign(db, id).await?);
    let saved = CampaignDraft {
        content: content.spec(),
        selection,
        ..draft.clone()
    };
    let edition = to_json(&normal(&saved));
    revisions::insert(db, id, count, (now, by.as_str()), &edition).await?;
    revisions::trim(db, id, KEPT).await?;
    Ok(())
}

/// The revisions of a campaign, newest first.
pub async fn history(cx: &Context, id: CampaignId) -> Result<Vec<CampaignRevision>> {
    Ok(revisions::last(&mut cx.store.read().await?, id, KEPT).await?)
}

/// One revision of a campaign.
pub async fn by_id(cx: &Context, id: CampaignId, number: i64) -> Result<Option<CampaignRevision>> {
    Ok(revisions::by_id(&mut cx.store.read().await?, id, number).await?)
}

/// How often the form of a campaign was saved.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is none.
pub(super) async fn edit_count(db: &mut Db, id: CampaignId) -> Result<i64> {
    let count = campaigns::edit_count(db, id).await?;
    count.ok_or(CampaignError::NotFound)
}

/// A campaign as it was after `seen` saves; `None` where that is no longer kept.
///
/// # Errors
/// As [`draft_of`].
pub async fn as_seen(cx: &Context, id: CampaignId, seen: i64) -> Result<Option<CampaignDraft>> {
    let mut db = cx.store.read().await?;
    let kept = revisions::after_saves(&mut db, id, seen).await?;
    let is_current = edit_count(&mut db, id).await? == seen;
    drop(db);
    match kept {
        Some(kept) => Ok(draft_in(&kept)),
        None if is_current => Ok(Some(normal(&draft_of(cx, id).await?))),
        None => Ok(None),
    }
}

/// What a revision holds; `None` where it is of a form that is no longer read.
pub fn draft_in(revision: &CampaignRevision) -> Option<CampaignDraft> {
    serde_json::from_str(&revision.edition).ok()
}

fn to_json(draft: &CampaignDraft) -> String {
    serde_json::to_string(draft).unwrap_or_default()
}
