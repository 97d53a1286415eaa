//! Drafts: what an admin sets of a campaign, and changing it until it starts.

use super::ab_test::setting;
use super::attachments;
pub use super::campaign_draft::{CampaignDraft, Selection, draft_of};
use super::content::Content;
use super::subjects::tidied;
use super::{CampaignError, Result, layouts, require_own, revision};
use crate::account::{audit, campaign_changes, list_access};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::audit::{Actor, AuditAction};
use crate::model::autosave::Autosaved;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::ContentKind;
use crate::model::list_access::ListAccess;
use crate::model::segment::Rule;
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_attachments::{self, CampaignAttachment};
use crate::store::campaign_changes::Changed;
use crate::store::campaigns::{self, Campaign, CampaignFields};
use crate::store::variants::VariantTimes;
use crate::store::{
    Db, StoreError, autosaves, campaign_calendars, campaign_contents, lists, segments,
};
use crate::text::line::{SubjectLine, Title};
use crate::text::locale::Language;

/// The id of a campaign that was never saved.
pub const NEW_CAMPAIGN: CampaignId = CampaignId(0);

/// The layout of campaigns that name none.
pub fn default_layout(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Digest | ContentKind::Weekly => "digest",
        ContentKind::Post => "announcement",
        ContentKind::Markdown | ContentKind::Mjml | ContentKind::Html | ContentKind::Series => {
            "letter"
        }
    }
}

/// Makes a draft.
///
/// # Errors
/// [`CampaignError`] names what the draft gets wrong.
pub async fn create(cx: &Context, by: &Actor, draft: &CampaignDraft) -> Result<Campaign> {
    let present = Present::nothing(Selection::Everybody);
    insert(cx, by, draft, &present, AuditAction::CampaignCreate).await
}

/// Makes a draft to a part of its lists that the system has chosen, also for users who may not
/// choose one.
///
/// # Errors
/// [`CampaignError`] names what the draft gets wrong.
pub(super) async fn create_for_part(
    cx: &Context,
    by: &Actor,
    draft: &CampaignDraft,
) -> Result<Campaign> {
    let present = Present::nothing(draft.selection.clone());
    insert(cx, by, draft, &present, AuditAction::CampaignCreate).await
}

/// What a campaign had before it is saved, or the one that it is a copy of.
struct Present {
    selection: Selection,
    files: Vec<CampaignAttachment>,
    /// When its texts were written and changed.
    times: Vec<VariantTimes>,
}

impl Present {
    /// Of a campaign that is made; users who may not choose a part of its lists keep this one.
    fn nothing(selection: Selection) -> Self {
        Self {
            selection,
            files: Vec::new(),
            times: Vec::new(),
        }
    }

    async fn of(db: &mut Db, id: CampaignId) -> Result<Self> {
        Ok(Self {
            selection: Selection::of(segments::of_campaign(db, id).await?),
            files: campaign_attachments::of_campaign(db, id).await?,
            times: campaign_contents::times(db, id).await?,
        })
    }
}

async fn insert(
    cx: &Context,
    by: &Actor,
    draft: &CampaignDraft,
    present: &Present,
    action: AuditAction,
) -> Result<Campaign> {
    let content = Content::of_spec(cx, &draft.content.tidied()?).await?;
    let mut db = cx.store.write().await?;
    let campaign = insert_within(cx, &mut db, by, (draft, &content), present, action).await?;
    db.commit().await?;
    Ok(campaign)
}

/// Makes a draft with this content within the caller's transaction.
pub(super) async fn create_within(
    cx: &Context,
    db: &mut Db,
    by: &Actor,
    (draft, content): (&CampaignDraft, &Content),
) -> Result<Campaign> {
    let present = Present::nothing(draft.selection.clone());
    let action = AuditAction::CampaignCreate;
    insert_within(cx, db, by, (draft, content), &present, action).await
}

async fn insert_within(
    cx: &Context,
    db: &mut Db,
    by: &Actor,
    (draft, content): (&CampaignDraft, &Content),
    present: &Present,
    action: AuditAction,
) -> Result<Campaign> {
    let now = cx.clock.now();
    let fields = check(db, by, draft, present, content, now).await?;
    let id = campaigns::insert(db, &fields, now).await?;
    campaign_contents::set_times(db, id, &present.times).await?;
    campaign_changes::note(db, by, Changed::Campaign(id), now).await?;
    revision::keep(db, id, (by, now), draft, content).await?;
    let campaign = campaigns::by_id(db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    audit::record(db, by, action, id, cx.clock.now()).await?;
    Ok(campaign)
}

/// How often the form of a campaign was saved: what [`change`] compares.
pub async fn edit_count(cx: &Context, id: CampaignId) -> Result<i64> {
    revision::edit_count(&mut cx.store.read().await?, id).await
}

/// Changes a draft. `seen` is its [`edit_count`] as its editor saw it, if that matters.
///
/// # Errors
/// [`CampaignError::Started`] once it is under way, [`CampaignError::Overtaken`] where it was
/// saved since it was seen.
pub async fn change(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    draft: &CampaignDraft,
    seen: Option<i64>,
) -> Result<()> {
    change_texts(cx, by, id, draft, (seen, &[])).await
}

/// Changes a draft, as [`change`], and notes that its texts in these languages are up to date
/// though they may be as they were.
///
/// # Errors
/// As [`change`].
pub async fn change_texts(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    draft: &CampaignDraft,
    (seen, up_to_date): (Option<i64>, &[Language]),
) -> Result<()> {
    let content = Content::of_spec(cx, &draft.content.tidied()?).await?;
    let before = revision::unless_kept(cx, id).await?;
    let mut db = cx.store.write().await?;
    let campaign = campaigns::by_id(&mut db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    if !campaign.state.is_editable() {
        return Err(CampaignError::Started);
    }
    require_own(&campaign)?;
    // What is merged may have lost what this version still names, such as a file.
    if let Some(seen) = seen
        && revision::edit_count(&mut db, id).await? != seen
    {
        return Err(CampaignError::Overtaken);
    }
    let present = Present::of(&mut db, id).await?;
    let now = cx.clock.now();
    let fields = check(&mut db, by, draft, &present, &content, now).await?;
    if !campaigns::update(&mut db, id, &fields, seen, now).await? {
        return Err(CampaignError::Overtaken);
    }
    for language in up_to_date {
        campaign_contents::touch(&mut db, id, *language, now).await?;
    }
    revision::keep_before(&mut db, id, before, campaign.created_at).await?;
    segments::drop_unused(&mut db).await?;
    campaign_changes::note(&mut db, by, Changed::Campaign(id), now).await?;
    revision::keep(&mut db, id, (by, now), draft, &content).await?;
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
    require_own(&campaign)?;
    if !campaigns::delete_draft(&mut db, id).await? {
        return Err(CampaignError::NotDraft);
    }
    segments::drop_unused(&mut db).await?;
    autosaves::forget_all(&mut db, Autosaved::from(id)).await?;
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

/// The fields of a draft of a campaign. What it names must exist, but for files that it has had,
/// and a user who is limited to some lists names no other; conditions of its own are stored.
async fn check(
    db: &mut Db,
    by: &Actor,
    draft: &CampaignDraft,
    present: &Present,
    content: &Content,
    now: Timestamp,
) -> Result<CampaignFields> {
    let access = list_access::of_actor(db, by).await?;
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
        let list = list.filter(|list| access.has(list.id));
        ids.push(
            list.ok_or_else(|| CampaignError::UnknownList(slug.to_string()))?
                .id,
        );
    }
    if ids.is_empty() {
        return Err(CampaignError::NoList);
    }
    let selection = draft.selection.within(&access, &present.selection)?;
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
        segment: segment(db, by, selection, now).await?,
        from_mailbox: from.map(str::to_owned),
        is_public: draft.is_public,
        is_urgent: draft.is_urgent,
        embeds_pictures: draft.embeds_pictures,
        calendar: draft.calendar,
        attachments: attachments::checked(db, &draft.attachments, &present.files).await?,
        lists: ids,
    })
}

/// The segment of a selection; conditions become one.
async fn segment(
    db: &mut Db,
    by: &Actor,
    selection: &Selection,
    now: Timestamp,
) -> Result<Option<SegmentId>> {
    match selection {
        Selection::Everybody => Ok(None),
        Selection::Segment(id) => match segments::by_id(db, *id).await? {
            Some(_) => Ok(Some(*id)),
            None => Err(CampaignError::UnknownSegment),
        },
        Selection::Conditions { rule, name } => {
            rule.check()?;
            let called = name.as_ref().map_or("", Title::as_str);
            let id = segments::insert(db, called, rule, now).await;
            let id = id.map_err(|error| match error {
                StoreError::Exists => CampaignError::SegmentExists,
                other => other.into(),
            })?;
            if let Some(name) = name {
                audit::record(db, by, AuditAction::SegmentCreate, name, now).await?;
            }
            Ok(Some(id))
        }
    }
}

/// Takes a file off a draft, by its name in the library.
///
/// # Errors
/// As [`change`].
pub async fn take_off(cx: &Context, by: &Actor, id: CampaignId, file: &str) -> Result<()> {
    let seen = edit_count(cx, id).await?;
    let mut draft = draft_of(cx, id).await?;
    draft.attachments.retain(|one| one.file != file);
    change(cx, by, id, &draft, Some(seen)).await
}

/// Makes a draft with the same content for the same lists. Files that are missing stay named.
///
/// # Errors
/// [`CampaignError`] names what is no longer there.
pub async fn duplicate(cx: &Context, by: &Actor, id: CampaignId) -> Result<Campaign> {
    let draft = draft_of(cx, id).await?;
    let present = Present::of(&mut cx.store.read().await?, id).await?;
    let made = insert(cx, by, &draft, &present, AuditAction::CampaignDuplicate).await?;
    if draft.calendar == CalendarChoice::Cancel {
        let mut db = cx.store.write().await?;
        let entries = campaign_calendars::cancelled_entries(&mut db, id).await?;
        campaign_calendars::set_cancelled_entries(&mut db, made.id, &entries).await?;
        db.commit().await?;
    }
    setting::copy(cx, id, made.id).await?;
    Ok(made)
}

/// Makes a draft with the content of a campaign for those on the same lists whom a rule picks.
///
/// # Errors
/// As [`duplicate`].
pub(super) async fn duplicate_to(
    cx: &Context,
    by: &Actor,
    id: CampaignId,
    rule: Rule,
) -> Result<Campaign> {
    let selection = Selection::Conditions { rule, name: None };
    let draft = CampaignDraft {
        selection: selection.clone(),
        ..draft_of(cx, id).await?
    };
    // Also a user who may not choose a part of the lists sends it to those who did not open it.
    let present = Present {
        selection,
        ..Present::of(&mut cx.store.read().await?, id).await?
    };
    insert(
        cx,
        by,
        &draft,
        &present,
        AuditAction::CampaignResendUnopened,
    )
    .await
}

/// The draft of the last campaign within a user's reach that was started, without files that were
/// deleted since; of one whose post was deleted, nothing.
pub async fn of_last(cx: &Context, access: &ListAccess) -> Result<Option<CampaignDraft>> {
    let last = campaigns::last_started(&mut cx.store.read().await?, access).await?;
    let Some(id) = last else {
        return Ok(None);
    };
    let mut draft = match draft_of(cx, id).await {
        Err(CampaignError::NoPost | CampaignError::NoItem) => return Ok(None),
        found => found?,
    };
    let missing = attachments::missing_of(cx, id).await?;
    let is_missing = |file: &str| missing.iter().any(|one| one.file_name == file);
    draft.attachments.retain(|one| !is_missing(&one.file));
    Ok(Some(draft))
}
