//! How a campaign is made and moves: drafted, tested, scheduled, started, held,
//! resumed, cancelled, finished.

use super::compose::{self, Design, Piece};
use super::content::{Content, ContentSpec};
use super::local_time::LocalStart;
use super::pictures::Pictures;
use super::preflight::{self, Finding};
use super::subjects::{Subjects, tidied};
use super::{CampaignError, Result, branding, clicks, layouts};
use crate::clock::Timestamp;
use crate::content::site;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::model::campaign::{CampaignAction, CampaignState, ContentKind, next};
use crate::model::line::{PersonName, SubjectLine};
use crate::model::list::ListSlug;
use crate::model::{CampaignId, SegmentId};
use crate::render::{self, Budget};
use crate::store::campaign_contents::{self, CampaignVariant};
use crate::store::campaigns::{self, Campaign, CampaignFields, Rendering};
use crate::store::{Db, lists, segments};
use crate::text::locale::Language;

/// What an admin sets of a campaign.
#[derive(Debug, Clone)]
pub struct CampaignDraft {
    /// The subject line; may hold personal parts.
    pub subject: String,
    /// What it mails.
    pub material: ContentSpec,
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

/// Deliveries that one transaction ends when a campaign is cancelled.
pub const CANCEL_SPAN: i64 = 5_000;

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
/// [`CampaignError`] names what the brief gets wrong.
pub async fn create(cx: &Context, brief: &CampaignDraft) -> Result<Campaign> {
    let content = Content::of_material(cx, &brief.material.tidied()?).await?;
    let mut db = cx.store.write().await?;
    let fields = check(&mut db, brief, &content).await?;
    let id = campaigns::insert(&mut db, &fields, cx.clock.now()).await?;
    let campaign = campaigns::by_id(&mut db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    db.commit().await?;
    Ok(campaign)
}

/// Changes a draft.
///
/// # Errors
/// [`CampaignError::Started`] once it is under way.
pub async fn change(cx: &Context, id: CampaignId, brief: &CampaignDraft) -> Result<()> {
    let content = Content::of_material(cx, &brief.material.tidied()?).await?;
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
    let fields = check(&mut db, brief, &content).await?;
    campaigns::update(&mut db, id, &fields, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a draft.
///
/// # Errors
/// [`CampaignError::NotDraft`] where it is scheduled or has started,
/// [`CampaignError::Automatic`] for a weekly digest.
pub async fn delete(cx: &Context, id: CampaignId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let campaign = campaigns::by_id(&mut db, id).await?;
    let campaign = campaign.ok_or(CampaignError::NotFound)?;
    if campaign.kind == ContentKind::Weekly {
        return Err(CampaignError::Automatic);
    }
    if !campaigns::delete_draft(&mut db, id).await? {
        return Err(CampaignError::NotDraft);
    }
    db.commit().await?;
    Ok(())
}

async fn check(db: &mut Db, brief: &CampaignDraft, content: &Content) -> Result<CampaignFields> {
    let subject = SubjectLine::parse(&brief.subject).map_err(CampaignError::Subject)?;
    layouts::find(db, &brief.layout).await?;
    let from = brief
        .from
        .as_deref()
        .map(str::trim)
        .filter(|from| !from.is_empty());
    if let Some(from) = from {
        from.parse::<Mailbox>()?;
    }
    let variants = brief.variants.iter().map(tidied);
    let variants = variants.collect::<Result<_>>()?;
    let mut ids = Vec::new();
    for slug in &brief.lists {
        let list = lists::by_slug(db, slug).await?;
        ids.push(
            list.ok_or_else(|| CampaignError::UnknownList(slug.to_string()))?
                .id,
        );
    }
    if ids.is_empty() {
        return Err(CampaignError::NoList);
    }
    if let Some(segment) = brief.segment
        && segments::by_id(db, segment).await?.is_none()
    {
        return Err(CampaignError::UnknownSegment);
    }
    Ok(CampaignFields {
        subject: subject.to_string(),
        layout: brief.layout.clone(),
        kind: brief.material.kind(),
        post_id: match content {
            Content::Post(full) => Some(full.post.id),
            _ => None,
        },
        texts: content.texts().to_vec(),
        variants,
        items: content.items(),
        segment: brief.segment,
        from_mailbox: from.map(str::to_owned),
        is_public: brief.is_public,
        is_urgent: brief.is_urgent,
        lists: ids,
    })
}

/// The languages that a campaign has a text in: those of what it says since it
/// started, or of its content.
pub async fn languages(cx: &Context, campaign: &Campaign) -> Result<Vec<Language>> {
    let stored = campaigns::renderings(&mut cx.store.read().await?, campaign.id).await?;
    let mut spoken: Vec<Language> = stored.into_iter().map(|one| one.language).collect();
    if spoken.is_empty() {
        spoken = match Content::of_campaign(cx, campaign).await {
            Ok(content) => content.languages(),
            Err(CampaignError::NoPost | CampaignError::NoItem) => Vec::new(),
            Err(error) => return Err(error),
        };
    }
    spoken.sort_unstable();
    Ok(spoken)
}

/// The campaign of this number.
///
/// # Errors
/// [`CampaignError::NotFound`] where there is none.
pub async fn by_id(cx: &Context, id: CampaignId) -> Result<Campaign> {
    campaigns::by_id(&mut cx.store.read().await?, id)
        .await?
        .ok_or(CampaignError::NotFound)
}

/// The campaigns in one state, oldest first.
pub async fn in_state(cx: &Context, state: CampaignState) -> Result<Vec<Campaign>> {
    Ok(campaigns::in_state(&mut cx.store.read().await?, state).await?)
}

/// The sender of a campaign.
///
/// # Errors
/// [`CampaignError::Preflight`] where neither it nor the configuration names
/// one.
pub fn sender(cx: &Context, campaign: &Campaign) -> Result<Mailbox> {
    let text = campaign
        .from_mailbox
        .as_deref()
        .or(cx.config.from.as_deref());
    let text = text.ok_or_else(|| {
        CampaignError::Preflight(vec!["no sender is configured; set JARSHY_FROM".to_owned()])
    })?;
    Ok(text.parse()?)
}

/// A sender under another name, where there is one.
pub fn named(sender: &Mailbox, name: &str) -> Mailbox {
    let name = PersonName::parse(name).unwrap_or_default();
    Mailbox {
        name: match name.as_str() {
            "" => sender.name.clone(),
            _ => name,
        },
        address: sender.address.clone(),
    }
}

/// Makes a draft that says the same to the same lists.
///
/// # Errors
/// [`CampaignError`] names what is no longer there.
pub async fn duplicate(cx: &Context, id: CampaignId) -> Result<Campaign> {
    create(cx, &draft_of(cx, id).await?).await
}

/// What an admin has set of a campaign.
///
/// # Errors
/// [`CampaignError::NoPost`] where its post was deleted,
/// [`CampaignError::Automatic`] where no admin has.
pub async fn draft_of(cx: &Context, id: CampaignId) -> Result<CampaignDraft> {
    let campaign = by_id(cx, id).await?;
    let content = Content::of_campaign(cx, &campaign).await?;
    let mut db = cx.store.read().await?;
    let segment = segments::of_campaign(&mut db, id).await?;
    Ok(CampaignDraft {
        subject: campaign.subject,
        material: content.material()?,
        lists: campaigns::list_slugs(&mut db, id).await?,
        segment: segment.map(|segment| segment.id),
        variants: campaign_contents::variants(&mut db, id).await?,
        from: campaign.from_mailbox,
        layout: campaign.layout,
        is_public: campaign.is_public,
        is_urgent: campaign.is_urgent,
    })
}

/// Renders a campaign from its content as it stands, in every language it has.
///
/// # Errors
/// [`CampaignError`] names the text that cannot be rendered.
pub async fn render(cx: &Context, campaign: &Campaign) -> Result<Vec<Rendering>> {
    Ok(render_pieces(cx, campaign).await?.renderings)
}

/// What a campaign says, and what it was made of.
pub(super) struct Rendered {
    /// In each language.
    pub pieces: Vec<Piece>,
    /// What inboxes show.
    pub subjects: Subjects,
    /// In the order of the pieces.
    pub renderings: Vec<Rendering>,
    /// The site's postal address, line by line; empty where none is set.
    pub postal_lines: Vec<String>,
}

/// The same, with what each rendering was made of.
pub(super) async fn render_pieces(cx: &Context, campaign: &Campaign) -> Result<Rendered> {
    let content = Content::of_campaign(cx, campaign).await?;
    let site = site::load(cx).await?;
    let mut db = cx.store.read().await?;
    let slugs = campaigns::list_slugs(&mut db, campaign.id).await?;
    let all = lists::all(&mut db).await?;
    let layout = layouts::find(&mut db, &campaign.layout).await?;
    let variants = campaign_contents::variants(&mut db, campaign.id).await?;
    let brand = branding::load(cx, &mut db, &site).await?;
    // What they show is looked up before they are rendered, where no database is.
    let pieces = content.pieces(cx, &site);
    let sources = pieces.iter().flat_map(|piece| piece.body.sources());
    let pictures = Pictures::load(&mut db, sources).await?;
    drop(db);
    let titles = pieces
        .iter()
        .map(|piece| (piece.language, piece.title.clone()));
    let subjects = Subjects::new(
        &campaign.subject,
        cx.config.language,
        titles.collect(),
        variants,
    );
    let (cx, campaign) = (cx.clone(), campaign.clone());
    let work = move || {
        let renderings = pieces
            .iter()
            .map(|piece| {
                let named = all.iter().filter(|list| {
                    campaign.kind != ContentKind::Weekly && slugs.contains(&list.slug)
                });
                let design = Design {
                    subjects: &subjects,
                    layout: &layout,
                    brand: &brand,
                    pictures: &pictures,
                    list_names: &named
                        .map(|list| list.text(piece.language).0.to_owned())
                        .collect::<Vec<_>>(),
                    is_public: campaign.is_public,
                };
                compose::render(&cx, &site, &design, piece)
            })
            .collect::<Result<_>>()?;
        Ok(Rendered {
            pieces,
            subjects,
            renderings,
            postal_lines: brand.postal_lines,
        })
    };
    render::run(Budget::Background, work).await?
}

/// Refuses what could not start as it stands. Its audience is left alone: it may
/// be another by then.
async fn check_content(cx: &Context, id: CampaignId, action: CampaignAction) -> Result<()> {
    let campaign = by_id(cx, id).await?;
    next(campaign.state, action)?;
    refuse_errors(&preflight::check_content(cx, &campaign).await?)
}

fn refuse_errors(findings: &[Finding]) -> Result<()> {
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.is_error)
        .map(|finding| finding.text.clone())
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(CampaignError::Preflight(errors))
    }
}

/// Sets the time at which a campaign starts by itself.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state has no such way,
/// [`CampaignError::Past`] for a time that has passed, and
/// [`CampaignError::Preflight`] where it could not start as it stands.
pub async fn schedule(cx: &Context, id: CampaignId, at: Timestamp) -> Result<Campaign> {
    if at <= cx.clock.now() {
        return Err(CampaignError::Past);
    }
    check_content(cx, id, CampaignAction::Schedule).await?;
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Schedule, "").await?;
    campaigns::set_schedule(&mut db, id, Some(at), None).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Lets each reader get a campaign at a time of their own day. It starts by
/// itself as soon as it is that time for anybody.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state has no such way,
/// [`CampaignError::Past`] for a time that has passed where the site is.
pub async fn schedule_locally(
    cx: &Context,
    id: CampaignId,
    start: &LocalStart,
) -> Result<Campaign> {
    if start.at_home() <= cx.clock.now() {
        return Err(CampaignError::Past);
    }
    check_content(cx, id, CampaignAction::Schedule).await?;
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Schedule, "").await?;
    let at = start.earliest().max(cx.clock.now());
    campaigns::set_schedule(&mut db, id, Some(at), Some(&start.text())).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Takes a campaign back from the schedule.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not scheduled.
pub async fn unschedule(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Unschedule, "").await?;
    campaigns::set_schedule(&mut db, id, None, None).await?;
    db.commit().await?;
    by_id(cx, id).await
}

/// Starts a campaign: what it says is fixed now, and the worker freezes its
/// audience and sends.
///
/// # Errors
/// [`CampaignError::Forbidden`] where its state has no such way,
/// [`CampaignError::Preflight`] where something must be mended first.
pub async fn start(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = by_id(cx, id).await?;
    next(campaign.state, CampaignAction::Start)?;
    let findings = preflight::check(cx, &campaign).await?;
    refuse_errors(&findings)?;
    let mut renderings = render(cx, &campaign).await?;
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Start, "").await?;
    if clicks::are_counted(&mut db, id).await? {
        clicks::count(cx, &mut db, id, &mut renderings).await?;
    }
    for rendering in &renderings {
        campaigns::insert_rendering(&mut db, id, rendering).await?;
    }
    let findings = serde_json::to_string(&findings).unwrap_or_default();
    campaigns::set_start_findings(&mut db, id, &findings).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    tracing::info!(campaign = %id, "started");
    by_id(cx, id).await
}

/// Holds a campaign. `reason` is empty where a person does it.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not sending.
pub async fn pause(cx: &Context, id: CampaignId, reason: &str) -> Result<Campaign> {
    act(cx, id, CampaignAction::Pause, reason).await
}

/// Lets a held campaign go on.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it is not paused.
pub async fn resume(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let campaign = act(cx, id, CampaignAction::Resume, "").await?;
    cx.mail_queued.notify_waiters();
    Ok(campaign)
}

/// Stops a campaign for good: what has not gone never will.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has ended.
pub async fn cancel(cx: &Context, id: CampaignId) -> Result<Campaign> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Cancel, "").await?;
    // The first of them now; a worker ends the rest, since a million rows would
    // hold the database up.
    campaigns::skip_open_deliveries(&mut db, id, CANCEL_SPAN, cx.clock.now()).await?;
    db.commit().await?;
    tracing::info!(campaign = %id, "cancelled");
    by_id(cx, id).await
}

/// Sends again what stands uncertain, with the same Message-IDs. Tells how many.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has not started or was cancelled.
pub async fn resend_uncertain(cx: &Context, id: CampaignId) -> Result<u64> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Resend, "").await?;
    let queued = campaigns::requeue_uncertain(&mut db, id, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(queued)
}

/// Tries once more what was refused or came back, where its recipient still
/// wants it and is not known to be out of reach. Tells how many.
///
/// # Errors
/// [`CampaignError::Forbidden`] where it has not started or was cancelled.
pub async fn retry_failed(cx: &Context, id: CampaignId) -> Result<u64> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, CampaignAction::Resend, "").await?;
    let queued = campaigns::requeue_unreached(&mut db, id, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(queued)
}

async fn act(
    cx: &Context,
    id: CampaignId,
    action: CampaignAction,
    reason: &str,
) -> Result<Campaign> {
    let mut db = cx.store.write().await?;
    move_within(cx, &mut db, id, action, reason).await?;
    db.commit().await?;
    tracing::info!(campaign = %id, %action, reason, "moved");
    by_id(cx, id).await
}

pub(super) async fn move_within(
    cx: &Context,
    db: &mut Db,
    id: CampaignId,
    action: CampaignAction,
    reason: &str,
) -> Result<CampaignState> {
    let campaign = campaigns::by_id(db, id)
        .await?
        .ok_or(CampaignError::NotFound)?;
    let to = next(campaign.state, action)?;
    let now = cx.clock.now();
    if to != campaign.state
        && !campaigns::set_state(db, id, campaign.state, to, reason, now).await?
    {
        return Err(CampaignError::Overtaken);
    }
    Ok(to)
}
