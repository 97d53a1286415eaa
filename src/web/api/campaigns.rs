//! Campaigns: create, list, start, schedule, pause, report.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::account::audit;
use crate::address::EmailAddress;
use crate::campaign::CampaignError;
use crate::campaign::content_spec::ContentSpec;
use crate::campaign::draft::{self, CampaignDraft, default_layout};
use crate::campaign::lifecycle;
use crate::campaign::limits::{self, Limits};
use crate::campaign::local_time::LocalStart;
use crate::campaign::{delay, preview, report as reports};
use crate::clock::Timestamp;
use crate::model::audit::AuditAction;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::model::delay::DelayReason;
use crate::model::delivery::{DeliveryCounts, DeliveryState};
use crate::model::list::{ListSlug, Slug};
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_contents::{CampaignText, CampaignVariant};
use crate::store::campaign_progress::DeliveryRow;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Id, Params, field};
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
    /// Subscribers who get it in the weekly digest instead.
    gathered: i64,
    lists: Vec<ListSlug>,
    scheduled_at: Option<String>,
    started_at: Option<String>,
    finished_at: Option<String>,
    created_at: String,
    limits: Limits,
    /// Why nothing is sent, while it is being sent or was paused
    /// automatically. `null` while messages go out, and if a user paused it.
    delay: Option<DelayBody>,
    /// SMTP rejections that paused it, newest first.
    refusals: Vec<super::campaign_rejections::RefusalBody>,
    counts: DeliveryCounts,
}

/// Why nothing of a campaign is sent.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DelayBody {
    reason: DelayReason,
    /// Details: the SMTP reply, the domains, the limit. May be empty.
    detail: String,
    since: String,
}

pub(super) async fn body(web: &Web, campaign: Campaign) -> Result<CampaignBody, HttpError> {
    let moment = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    let variants = reports::variants(&web.cx, campaign.id).await?;
    let of = |text: fn(&CampaignVariant) -> &String| {
        let texts = variants.iter().map(|one| (one.language, text(one).clone()));
        texts
            .filter(|(_, text)| !text.is_empty())
            .collect::<BTreeMap<_, _>>()
    };
    let delay = delay::of(&web.cx, &campaign).await?;
    Ok(CampaignBody {
        subjects: of(|one| &one.subject),
        preheaders: of(|one| &one.preheader),
        from_names: of(|one| &one.from_name),
        delay: delay.map(|delay| DelayBody {
            reason: delay.reason,
            detail: delay.detail,
            since: delay.since.rfc3339(),
        }),
        refusals: super::campaign_rejections::of(web, campaign.id).await?,
        counts: reports::counts(&web.cx, campaign.id).await?,
        lists: reports::lists(&web.cx, campaign.id).await?,
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
        gathered: campaign.weekly_reader_count,
        scheduled_at: moment(campaign.scheduled_at),
        started_at: moment(campaign.started_at),
        finished_at: moment(campaign.finished_at),
        created_at: campaign.created_at.rfc3339(),
    })
}

/// A new campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewCampaign {
    /// May have merge tags such as `{{ name }}`.
    subject: String,
    /// The slug of the post to send. Give exactly one of `post`, `digest`,
    /// `markdown`, `mjml` and `html`.
    post: Option<Slug>,
    digest: Option<NewDigest>,
    /// Markdown texts by language.
    markdown: Option<Vec<CampaignText>>,
    /// MJML by language; each must link `{{ unsubscribe_url }}`.
    mjml: Option<Vec<CampaignText>>,
    /// HTML documents by language; each must link `{{ unsubscribe_url }}`.
    /// Styles are inlined; scripts are rejected.
    html: Option<Vec<CampaignText>>,
    lists: Vec<ListSlug>,
    /// The id of a segment: only its subscribers on these lists get the
    /// campaign.
    segment: Option<SegmentId>,
    /// `Name <address>`. Default: the configured sender.
    from: Option<String>,
    /// `announcement`, `digest`, `letter`, or the name of a custom layout.
    layout: Option<String>,
    /// Subjects by language. `subject` is in the site's language; other
    /// languages default to the title of the content.
    #[serde(default)]
    subjects: BTreeMap<Language, String>,
    /// By language: the line that inboxes show after the subject.
    #[serde(default)]
    preheaders: BTreeMap<Language, String>,
    /// Sender names by language.
    #[serde(default)]
    from_names: BTreeMap<Language, String>,
    /// Whether it is in the public archive. Default: true.
    is_public: Option<bool>,
    /// Whether weekly readers get it at once, too.
    #[serde(default)]
    is_urgent: bool,
}

/// The content of a digest.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewDigest {
    /// Slugs, in this order.
    #[serde(default)]
    posts: Vec<Slug>,
    /// Slugs, in this order.
    #[serde(default)]
    events: Vec<Slug>,
    /// Introductions by language.
    #[serde(default)]
    texts: Vec<CampaignText>,
}

/// The content in a body: at most one of these.
pub(super) fn content_spec(
    post: Option<Slug>,
    digest: Option<NewDigest>,
    markdown: Option<Vec<CampaignText>>,
    mjml: Option<Vec<CampaignText>>,
    html: Option<Vec<CampaignText>>,
) -> Result<Option<ContentSpec>, HttpError> {
    let digest = digest.map(|digest| ContentSpec::Digest {
        posts: digest.posts,
        events: digest.events,
        texts: digest.texts,
    });
    let given = [
        post.map(ContentSpec::Post),
        digest,
        markdown.map(ContentSpec::Markdown),
        mjml.map(ContentSpec::Mjml),
        html.map(ContentSpec::Html),
    ];
    let mut given = given.into_iter().flatten();
    match (given.next(), given.next()) {
        (content_spec, None) => Ok(content_spec),
        _ => Err(needs_one_kind()),
    }
}

fn needs_one_kind() -> HttpError {
    HttpError::Unprocessable("name one of post, digest, markdown, mjml and html".to_owned())
}

/// List campaigns, newest first
#[utoipa::path(get, path = "/campaigns", tag = "campaigns", security(("bearer" = [])),
    params(Paging), responses((status = 200, body = Page<CampaignBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<CampaignBody>>, HttpError> {
    let before = paging.after::<CampaignId>()?;
    let found = reports::page(&web.cx, before, paging.limit()).await?;
    let page = Page::new(found, &paging, |campaign| campaign.id);
    let mut items = Vec::with_capacity(page.items.len());
    for campaign in page.items {
        items.push(body(&web, campaign).await?);
    }
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// Get a campaign
#[utoipa::path(get, path = "/campaigns/{id}", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = CampaignBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
) -> Result<Json<CampaignBody>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok(Json(body(&web, campaign).await?))
}

/// Create a draft
#[utoipa::path(post, path = "/campaigns", tag = "campaigns", security(("bearer" = [])),
    request_body = NewCampaign, responses((status = 201, body = CampaignBody), (status = 422)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewCampaign>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    let content_spec = content_spec(new.post, new.digest, new.markdown, new.mjml, new.html)?;
    let content_spec = content_spec.ok_or_else(needs_one_kind)?;
    let layout = default_layout(content_spec.kind());
    let brief = CampaignDraft {
        subject: new.subject,
        content: content_spec,
        lists: new.lists,
        segment: new.segment,
        variants: variants(&new.subjects, &new.preheaders, &new.from_names),
        from: new.from,
        layout: new.layout.unwrap_or_else(|| layout.to_owned()),
        is_public: new.is_public.unwrap_or(true),
        is_urgent: new.is_urgent,
    };
    let campaign = draft::create(&web.cx, &caller.actor(), &brief).await?;
    Ok((StatusCode::CREATED, Json(body(&web, campaign).await?)))
}

type ByLanguage = BTreeMap<Language, String>;

fn variants(
    subjects: &ByLanguage,
    preheaders: &ByLanguage,
    from_names: &ByLanguage,
) -> Vec<CampaignVariant> {
    let of = |texts: &ByLanguage, language| texts.get(&language).cloned().unwrap_or_default();
    let variant = |language| CampaignVariant {
        language,
        subject: of(subjects, language),
        preheader: of(preheaders, language),
        from_name: of(from_names, language),
    };
    let variants = Language::ALL.into_iter().map(variant);
    variants.filter(|variant| !variant.is_empty()).collect()
}

pub(super) async fn note(
    web: &Web,
    caller: &Caller,
    action: AuditAction,
    id: CampaignId,
) -> Result<(), HttpError> {
    Ok(audit::record_access(&web.cx, &caller.actor(), action, id).await?)
}

pub(super) type Moved = Result<(StatusCode, Json<CampaignBody>), HttpError>;

pub(super) async fn moved(web: &Web, campaign: Campaign) -> Moved {
    Ok((StatusCode::ACCEPTED, Json(body(web, campaign).await?)))
}

///
/// Set quiet hours and an hourly limit
///
/// Fields left out do not limit.
#[utoipa::path(put, path = "/campaigns/{id}/limits", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = Limits,
    responses((status = 202, body = CampaignBody), (status = 404), (status = 422)))]
pub async fn limit(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Body(limits): Body<Limits>,
) -> Moved {
    let campaign = limits::set(&web.cx, &caller.actor(), id, &limits).await?;
    moved(&web, campaign).await
}

/// Start: freeze the audience and send
#[utoipa::path(post, path = "/campaigns/{id}/start", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404),
              (status = 409, description = "Its state forbids it"),
              (status = 422, description = "Validation failed")))]
pub async fn start(caller: Caller, State(web): State<Web>, Id(id): Id<CampaignId>) -> Moved {
    let campaign = lifecycle::start(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// When to start.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Schedule {
    /// RFC 3339.
    at: Option<String>,
    /// Instead of `at`: a local time of each subscriber, such as
    /// `2026-03-01T09:00`, by their attribute `time_zone`.
    at_local: Option<String>,
}

/// Schedule
#[utoipa::path(post, path = "/campaigns/{id}/schedule", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = Schedule,
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409),
              (status = 422, description = "The time has passed, or something must be fixed first")))]
pub async fn schedule(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Body(schedule): Body<Schedule>,
) -> Moved {
    let campaign = match (schedule.at, schedule.at_local) {
        (Some(at), None) => {
            let at = Timestamp::parse_rfc3339(&at).map_err(|error| field("at")(&error))?;
            let moved = lifecycle::schedule(&web.cx, &caller.actor(), id, at).await;
            moved.map_err(|error| past("at", error))?
        }
        (None, Some(at)) => {
            let start = LocalStart::parse(&at, web.zone.clone());
            let start = start.map_err(|error| field("at_local")(&error))?;
            let moved = lifecycle::schedule_locally(&web.cx, &caller.actor(), id, &start).await;
            moved.map_err(|error| past("at_local", error))?
        }
        _ => {
            return Err(HttpError::Unprocessable(
                "give one of at and at_local".to_owned(),
            ));
        }
    };
    moved(&web, campaign).await
}

fn past(name: &str, error: CampaignError) -> HttpError {
    match error {
        CampaignError::Past => field(name)(&error),
        error => error.into(),
    }
}

/// Pause: unsent messages stay queued
#[utoipa::path(post, path = "/campaigns/{id}/pause", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn pause(caller: Caller, State(web): State<Web>, Id(id): Id<CampaignId>) -> Moved {
    let campaign = lifecycle::pause(&web.cx, &caller.actor(), id, "").await?;
    moved(&web, campaign).await
}

/// Resume
#[utoipa::path(post, path = "/campaigns/{id}/resume", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn resume(caller: Caller, State(web): State<Web>, Id(id): Id<CampaignId>) -> Moved {
    let campaign = lifecycle::resume(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Cancel permanently: unsent messages are never sent
#[utoipa::path(post, path = "/campaigns/{id}/cancel", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn cancel(caller: Caller, State(web): State<Web>, Id(id): Id<CampaignId>) -> Moved {
    let campaign = lifecycle::cancel(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Send uncertain messages again, with the same Message-IDs
#[utoipa::path(post, path = "/campaigns/{id}/resend", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn resend(caller: Caller, State(web): State<Web>, Id(id): Id<CampaignId>) -> Moved {
    lifecycle::resend_uncertain(&web.cx, &caller.actor(), id).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    moved(&web, campaign).await
}

/// Retry failed and bounced deliveries
#[utoipa::path(post, path = "/campaigns/{id}/resend-unreached", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn resend_unreached(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
) -> Moved {
    lifecycle::retry_failed(&web.cx, &caller.actor(), id).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    moved(&web, campaign).await
}

/// The recipient of a test.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Test {
    email: String,
    language: Option<Language>,
}

/// A queued test email.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TestBody {
    email: String,
}

/// Send a test email to one address
#[utoipa::path(post, path = "/campaigns/{id}/test", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = Test,
    responses((status = 202, body = TestBody), (status = 404), (status = 422)))]
pub async fn test(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Body(test): Body<Test>,
) -> Result<(StatusCode, Json<TestBody>), HttpError> {
    let email = EmailAddress::parse(&test.email).map_err(|error| field("email")(&error))?;
    let language = test.language.unwrap_or(web.cx.config.language);
    preview::send_test(&web.cx, id, &email, language).await?;
    note(&web, &caller, AuditAction::CampaignTest, id).await?;
    let email = email.to_string();
    Ok((StatusCode::ACCEPTED, Json(TestBody { email })))
}

/// A campaign with its number of recipients.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReportBody {
    #[serde(flatten)]
    campaign: CampaignBody,
    total: i64,
}

/// Report
#[utoipa::path(get, path = "/campaigns/{id}/report", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = ReportBody), (status = 404)))]
pub async fn report(
    _caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
) -> Result<Json<ReportBody>, HttpError> {
    let campaign = body(&web, lifecycle::by_id(&web.cx, id).await?).await?;
    Ok(Json(ReportBody {
        total: campaign.counts.total(),
        campaign,
    }))
}

/// One recipient of a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct DeliveryBody {
    id: i64,
    /// `null` once the subscriber was erased.
    email: Option<String>,
    state: DeliveryState,
    attempts: i64,
    /// The SMTP reply.
    reply: String,
    changed_at: String,
}

impl From<DeliveryRow> for DeliveryBody {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            state: row.state,
            attempts: row.attempts,
            reply: row.reply,
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// Which deliveries.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    state: Option<DeliveryState>,
}

/// List deliveries
#[utoipa::path(get, path = "/campaigns/{id}/deliveries", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path), Paging, Filter),
    responses((status = 200, body = Page<DeliveryBody>), (status = 404)))]
pub async fn deliveries(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Params(paging): Params<Paging>,
    Params(filter): Params<Filter>,
) -> Result<Json<Page<DeliveryBody>>, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let what = format!("deliveries of campaign {id}");
    caller.may_export(&web, &what).await?;
    let after = paging.after()?.unwrap_or(0);
    let rows = reports::deliveries(&web.cx, id, filter.state, after, paging.limit()).await?;
    Ok(Json(
        Page::new(rows, &paging, |row| row.id).map(DeliveryBody::from),
    ))
}
