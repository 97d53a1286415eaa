//! Campaigns as JSON.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;

use crate::campaign::approval::Approval;
use crate::campaign::automatic_pause::AutomaticPause;
use crate::campaign::delay;
use crate::campaign::limits::Limits;
use crate::campaign::overview::{self, Overview};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::{CampaignState, ChangedPart, ContentKind};
use crate::model::delay::DelayReason;
use crate::model::delivery::DeliveryCounts;
use crate::model::feedback::{Decision, Party};
use crate::model::list::ListSlug;
use crate::store::campaign_attachments::CampaignAttachment;
use crate::store::campaign_contents::CampaignVariant;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CampaignBody {
    id: CampaignId,
    subject: String,
    kind: ContentKind,
    layout: String,
    state: CampaignState,
    /// Why it was paused automatically; empty if a user paused it.
    pause_reason: String,
    /// Why the scheduled start failed, if its state is `failed_to_start`.
    failure_reason: Option<String>,
    from: Option<String>,
    /// Subjects by language.
    subjects: BTreeMap<Language, String>,
    /// Preheaders by language.
    preheaders: BTreeMap<Language, String>,
    /// Sender names by language.
    from_names: BTreeMap<Language, String>,
    is_public: bool,
    is_urgent: bool,
    /// Whether the site's own pictures are inside the email.
    embeds_pictures: bool,
    /// Whether the emails bring their events to the readers' calendars.
    calendar: CalendarChoice,
    /// Files that the email carries.
    attachments: Vec<AttachmentBody>,
    /// Subscribers who get it in the weekly digest instead.
    weekly_readers: i64,
    lists: Vec<ListSlug>,
    scheduled_at: Option<String>,
    started_at: Option<String>,
    finished_at: Option<String>,
    /// When its deliveries were folded into the counts, which stay; then none are listed.
    folded_at: Option<String>,
    created_at: String,
    limits: Limits,
    /// Whether another person has approved it; `null` where no approval is needed.
    approval: Option<ApprovalBody>,
    /// Why nothing is sent, while it is being sent or was paused
    /// automatically. `null` while messages go out, and if a user paused it.
    delay: Option<DelayBody>,
    /// SMTP rejections that paused it, newest first.
    rejections: Vec<RejectionBody>,
    pub(super) counts: DeliveryCounts,
}

/// A file that the emails of a campaign carry.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = CampaignAttachment)]
pub struct AttachmentBody {
    /// Its name in the media library.
    file: String,
    /// The name under which recipients get it.
    name: String,
    /// Whose readers get it; `null`: those of every language.
    language: Option<Language>,
    /// Bytes, before they are encoded.
    size: i64,
    /// Whether it was deleted: then the campaign cannot start.
    is_deleted: bool,
}

impl From<CampaignAttachment> for AttachmentBody {
    fn from(stored: CampaignAttachment) -> Self {
        Self {
            file: stored.file_name,
            name: stored.name,
            language: stored.language,
            size: stored.size,
            is_deleted: !stored.is_there,
        }
    }
}

/// Why nothing of a campaign is sent.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DelayBody {
    reason: DelayReason,
    /// Details: the SMTP reply, the domains, the limit. May be empty.
    detail: String,
    since: String,
}

/// The approval of a campaign by another person.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ApprovalBody {
    state: ApprovalState,
    /// Who asks for it, or gave it.
    by: Option<String>,
    /// When they did.
    at: Option<String>,
    /// Who made it void by a change.
    changed_by: Option<String>,
    /// What they changed.
    changed: Option<ChangedPart>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has asked for it.
    Missing,
    /// Somebody asks for it.
    Requested,
    /// The campaign may start.
    Approved,
    /// The campaign has changed since it was approved.
    Void,
}

impl ApprovalBody {
    fn of(approval: Approval) -> Option<Self> {
        let body = |state, by, at: Option<Timestamp>| Self {
            state,
            by,
            at: at.map(Timestamp::rfc3339),
            changed_by: None,
            changed: None,
        };
        match approval {
            Approval::NotNeeded => None,
            Approval::Missing => Some(body(ApprovalState::Missing, None, None)),
            Approval::Requested { by, at } => {
                Some(body(ApprovalState::Requested, Some(by), Some(at)))
            }
            Approval::Approved { by, at } => {
                Some(body(ApprovalState::Approved, Some(by), Some(at)))
            }
            Approval::Void {
                approved_by,
                changed_by,
                changed,
            } => Some(Self {
                changed_by: Some(changed_by),
                changed: Some(changed),
                ..body(ApprovalState::Void, Some(approved_by), None)
            }),
        }
    }
}

/// A campaign as JSON.
pub async fn body(web: &Web, campaign: Campaign) -> Result<CampaignBody, HttpError> {
    let overview = overview::of(&web.cx, campaign).await?;
    body_of(web, overview).await
}

/// A campaign of a list as JSON.
pub async fn body_of(web: &Web, overview: Overview) -> Result<CampaignBody, HttpError> {
    let Overview {
        campaign,
        counts,
        lists,
        variants,
        rejections,
        approval,
        attachments,
        rest: _,
    } = overview;
    let time = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    let delay = delay::of(&web.cx, &campaign).await?;
    Ok(CampaignBody {
        subjects: by_language(&variants, |one| &one.subject),
        preheaders: by_language(&variants, |one| &one.preheader),
        from_names: by_language(&variants, |one| &one.from_name),
        delay: delay.map(|delay| DelayBody {
            reason: delay.reason,
            detail: delay.detail,
            since: delay.since.rfc3339(),
        }),
        approval: ApprovalBody::of(approval),
        rejections: rejections.into_iter().map(RejectionBody::from).collect(),
        counts,
        lists,
        limits: Limits::from(&campaign.limits),
        id: campaign.id,
        subject: campaign.subject,
        kind: campaign.kind,
        layout: campaign.layout,
        failure_reason: (campaign.state == CampaignState::FailedToStart)
            .then(|| campaign.pause_reason.clone()),
        state: campaign.state,
        pause_reason: campaign.pause_reason,
        from: campaign.from_mailbox,
        is_public: campaign.is_public,
        is_urgent: campaign.is_urgent,
        embeds_pictures: campaign.embeds_pictures,
        calendar: campaign.calendar,
        attachments: attachments.into_iter().map(AttachmentBody::from).collect(),
        weekly_readers: campaign.weekly_reader_count,
        scheduled_at: time(campaign.scheduled_at),
        started_at: time(campaign.started_at),
        finished_at: time(campaign.finished_at),
        folded_at: time(campaign.folded_at),
        created_at: campaign.created_at.rfc3339(),
    })
}

/// Similar SMTP rejections that paused a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RejectionBody {
    /// What the replies have in common; `*` for all about the sender.
    key: String,
    /// One of the SMTP replies.
    reply: String,
    /// Who or what was rejected.
    about: Party,
    /// Recipients rejected when it paused.
    recipients: i64,
    /// Recipients whom a decision covers.
    known: i64,
    /// Suppressions lifted when it paused.
    put_back: i64,
    /// The decision, if made.
    decision: Option<Decision>,
    at: String,
}

impl From<AutomaticPause> for RejectionBody {
    fn from(pause: AutomaticPause) -> Self {
        Self {
            key: pause.reply_key,
            reply: pause.reply,
            about: pause.party,
            recipients: pause.recipients,
            known: pause.known,
            put_back: pause.suppressed,
            decision: pause.decision,
            at: pause.at.rfc3339(),
        }
    }
}

pub type Moved = Result<(StatusCode, Json<CampaignBody>), HttpError>;

pub async fn moved(web: &Web, campaign: Campaign) -> Moved {
    Ok((StatusCode::ACCEPTED, Json(body(web, campaign).await?)))
}

/// What the languages have of their own in one field.
pub(super) fn by_language(
    variants: &[CampaignVariant],
    text: fn(&CampaignVariant) -> &String,
) -> BTreeMap<Language, String> {
    let given = variants.iter().filter(|one| !text(one).is_empty());
    given.map(|one| (one.language, text(one).clone())).collect()
}
