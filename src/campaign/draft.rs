//! Drafts: what an admin sets of a campaign, and changing it until it starts.

use super::content::Content;
use super::content_spec::ContentSpec;
use super::lifecycle::by_id;
use super::subjects::tidied;
use super::{CampaignError, Result, layouts};
use crate::account::{audit, campaign_changes};
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::audit::{Actor, AuditAction};
use crate::model::campaign::ContentKind;
use crate::model::list::ListSlug;
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_changes::Changed;
use crate::store::campaign_contents::{self, CampaignVariant};
use crate::store::campaigns::{self, Campaign, CampaignFields};
use crate::store::{Db, lists, segments};
use crate::text::line::SubjectLine;

/// What an admin sets of a campaign.
#[derive(Debug, Clone)]
pub struct CampaignDraft {
    /// The subject line; may hold personal parts.
    pub subject: String,
    /// What it mails.
    pub content: ContentSpec,
    /// Whom it goes to.
    pub lists: Vec<ListSlug>,
    /// The part of them that it goes to; `None` for all.
    pub segment: Option<SegmentId>,
    /// What inboxes show of it, in the languages that have something of their own.
    pub variants: Vec<CampaignVariant>,
    /// The sender, where it is not the configured one.
    pub from: Option<String>,
    /// The name of its layout.
    pub layout: String,
    /// Whether visitors may read it in the archive.
    pub is_public: bool,
    /// Whether it goes at once to those who read weekly, too.
    pub is_urgent: bool,
}

/// The layout of campaigns that name none.
pub fn default_layout(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Digest | ContentKind::Weekly => "digest",
        ContentKind::Post => "announcement",
        ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html => "letter",
    }
}

/// Makes a draft.
///
/// # Errors
/// [`CampaignError`] names what the draft gets wrong.
pub async fn create(cx: &Context, by: &Actor, draft: &CampaignDraft) -> Result<Campaign> {
    insert(cx, by, draft, AuditAction::CampaignCreate).await
}

async fn insert(
    cx: &Context,
    by: &Actor,
    draft: &CampaignDraft,
    action: AuditAction,
) -> Result<Campaign> {
    let content = Content::of_spec(cx, &draft.content.tidied()?).await?;
    let mut db = cx.store.write().await?;
    let fields = check(&mut db, draft, &content).await?;
    let now = cx.clock.now();
    let id = campaigns::insert(&mut db, &fields, now).await?;
    campaign_changes::note(&mut db, by, Changed::Campaign(id), now).await?;
    let campaign = campaigns::by_id(&mut db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    audit::record(&mut db, by, action, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(campaign)
}

/// Changes a draft.
///
/// # Errors
/// [`CampaignError::Started`] once it is under way.
pub async fn change(cx: &Context, by: &Actor, id: CampaignId, draft: &CampaignDraft) -> Result<()> {
    let content = Content::of_spec(cx, &draft.content.tidied()?).await?;
    let mut db = cx.store.write().await?;
    let campaign = campaigns::by_id(&mut db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started);
    }
    if campaign.kind == ContentKind::Weekly {
        return Err(CampaignError::Automatic);
    }
    let fields = check(&mut db, draft, &content).await?;
    let now = cx.clock.now();
    campaigns::update(&mut db, id, &fields, now).await?;
    campaign_changes::note(&mut db, by, Changed::Campaign(id), now).await?;
    audit::record(&mut db, by, AuditAction::CampaignChange, id, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a draft.
///
/// # Errors
/// [`CampaignError::NotDraft`] where it is scheduled or has started,
/// [`CampaignError::Automatic`] for a weekly digest.
pub async fn delete(cx: &Context, by: &Actor, id: CampaignId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    if campaign.kind == ContentKind::Weekly {
        return Err(CampaignError::Automatic);
    }
    if !campaigns::delete_draft(&mut db, id).await? {
        return Err(CampaignError::NotDraft);
    }
    audit::record(
        &mut db,
        by,
        AuditAction::CampaignDelete,
        format!("{id} {}", campaign.subject),
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

async fn check(db: &mut Db, draft: &CampaignDraft, content: &Content) -> Result<CampaignFields> {
    let subject = SubjectLine::parse(&draft.subject).map_err(CampaignError::Subject)?;
    layouts::find(db, &draft.layout).await?;
    let from = draft
        .from
        .as_deref()
        .map(str::trim)
        .filter(|from| !from.is_empty());
    if let Some(from) = from {
        from.parse::<Mailbox>()?;
    }
    let variants = draft.variants.iter().map(tidied);
    let variants = variants.collect::<Result<_>>()?;
    let mut ids = Vec::new();
    for slug in &draft.lists {
        let list = lists::by_slug(db, slug).await?;
        ids.push(
            list.ok_or_else(|| CampaignError::UnknownList(slug.to_string()))?
                .id,
        );
    }
    if ids.is_empty() {
        return Err(CampaignError::NoList);
    }
    if let Some(segment) = draft.segment
        && segments::by_id(db, segment).await?.is_none()
    {
        return Err(CampaignError::UnknownSegment);
    }
    Ok(CampaignFields {
        subject: subject.to_string(),
        layout: draft.layout.clone(),
        kind: draft.content.kind(),
        post_id: match content {
            Content::Post(full) => Some(full.post.id),
            _ => None,
        },
        texts: content.texts().to_vec(),
        variants,
        items: content.items(),
        segment: draft.segment,
        from_mailbox: from.map(str::to_owned),
        is_public: draft.is_public,
        is_urgent: draft.is_urgent,
        lists: ids,
    })
}

/// Makes a draft with the same content for the same lists.
///
/// # Errors
/// [`CampaignError`] names what is no longer there.
pub async fn duplicate(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let draft = draft_of(cx, id).await?;
    insert(cx, by, &draft, AuditAction::CampaignDuplicate).await
}

/// The draft that a campaign was made of.
///
/// # Errors
/// [`CampaignError::NoPost`] where its post was deleted,
/// [`CampaignError::Automatic`] for a weekly digest.
pub async fn draft_of(cx: &Context, id: CampaignId) -> Result<CampaignDraft> {
    let campaign = by_id(cx, id).await?;
    if campaign.kind == ContentKind::Weekly {
        return Err(CampaignError::Automatic);
    }
    let content = Content::of_campaign(cx, &campaign).await?;
    let mut db = cx.store.read().await?;
    let segment = segments::of_campaign(&mut db, id).await?;
    Ok(CampaignDraft {
        subject: campaign.subject,
        content: content.spec(),
        lists: campaigns::list_slugs(&mut db, id).await?,
        segment: segment.map(|segment| segment.id),
        variants: campaign_contents::variants(&mut db, id).await?,
        from: campaign.from_mailbox,
        layout: campaign.layout,
        is_public: campaign.is_public,
        is_urgent: campaign.is_urgent,
    })
}
