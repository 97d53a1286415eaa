//! Recurring campaigns.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::recurring::{self, Recurring, RecurringDraft, Source, making};
use crate::clock::Timestamp;
use crate::model::content::Repetition;
use crate::model::list::ListSlug;
use crate::model::recurring::OccurrenceState;
use crate::model::{CampaignId, RecurringId, SegmentId};
use crate::store::recurring_campaigns::RecurringTimes;
use crate::store::recurring_occurrences::Occurrence;
use crate::text::line::Title;
use crate::web::api::bearer::Caller;
use crate::web::api::campaign_body::{CampaignBody, body};
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, field, given, moment};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A campaign that comes again.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RecurringBody {
    id: RecurringId,
    name: String,
    /// The template that it mails: the name of a shipped one, the number of any other.
    template: Option<String>,
    /// The campaign whose content it mails instead. Both are `null` where that was deleted.
    campaign: Option<CampaignId>,
    /// Empty: that of the template or campaign. The same goes for `layout`.
    subject: String,
    layout: String,
    /// The sender; `null`: that of the template or campaign.
    from: Option<String>,
    lists: Vec<ListSlug>,
    segment: Option<SegmentId>,
    /// The first time, RFC 3339. All others have its hour in the time zone of the site.
    starts_at: String,
    repeats: Repetition,
    /// Every time (1), every second time (2), …
    repeat_every: i64,
    /// None comes after this moment, RFC 3339; `null`: without end.
    repeat_until: Option<String>,
    /// Whether each waits for a person instead of starting.
    needs_approval: bool,
    /// Whether its blocks show only what is new since the last one.
    only_new: bool,
    is_paused: bool,
    /// The next time, RFC 3339; `null` while it is paused, and after its last.
    next_at: Option<String>,
    changed_at: String,
    changed_by: String,
    /// What came of its last 50 times, newest first; only for a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    occurrences: Option<Vec<OccurrenceBody>>,
}

/// What came of a time.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OccurrenceBody {
    /// When it was due, RFC 3339.
    due_at: String,
    state: OccurrenceState,
    /// Whether a person asked for it, outside of its times.
    is_extra: bool,
    campaign: Option<CampaignId>,
    /// Why it failed, or why its campaign failed to start.
    reason: String,
    /// When it was decided, RFC 3339.
    settled_at: String,
}

impl From<Occurrence> for OccurrenceBody {
    fn from(one: Occurrence) -> Self {
        Self {
            due_at: one.due_at.rfc3339(),
            state: one.outcome(),
            is_extra: one.is_extra,
            campaign: one.campaign_id,
            reason: one.reason,
            settled_at: one.settled_at.rfc3339(),
        }
    }
}

impl From<Recurring> for RecurringBody {
    fn from(recurring: Recurring) -> Self {
        let row = recurring.row;
        let fields = row.fields;
        Self {
            id: row.id,
            name: fields.name,
            template: fields.template,
            campaign: fields.source_id,
            subject: fields.subject,
            layout: fields.layout,
            from: fields.from_mailbox,
            lists: recurring.lists,
            segment: fields.segment_id,
            starts_at: fields.times.starts_at.rfc3339(),
            repeats: fields.times.repeats,
            repeat_every: fields.times.repeat_every,
            repeat_until: fields.times.repeat_until.map(Timestamp::rfc3339),
            needs_approval: fields.needs_approval,
            only_new: fields.only_new,
            is_paused: row.is_paused,
            next_at: recurring.next.map(Timestamp::rfc3339),
            changed_at: row.changed_at.rfc3339(),
            changed_by: row.changed_by,
            occurrences: None,
        }
    }
}

async fn whole(web: &Web, recurring: Recurring) -> Result<RecurringBody, HttpError> {
    let occurrences = recurring::occurrences(&web.cx, recurring.row.id).await?;
    Ok(RecurringBody {
        occurrences: Some(occurrences.into_iter().map(OccurrenceBody::from).collect()),
        ..recurring.into()
    })
}

/// List recurring campaigns
#[utoipa::path(get, path = "/recurring-campaigns", tag = "campaigns", security(("bearer" = [])),
    responses((status = 200, body = Page<RecurringBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<RecurringBody>>, HttpError> {
    let all = recurring::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(RecurringBody::from)))
}

/// A new recurring campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewRecurring {
    name: Title,
    /// What it mails: a template, by the name of a shipped one or the number of any other …
    template: Option<String>,
    /// … or the content of this campaign, as it is each time. Give one of the two.
    campaign: Option<CampaignId>,
    /// Default: that of the template or campaign. The same goes for `layout` and `from`.
    #[serde(default)]
    subject: String,
    #[serde(default)]
    layout: String,
    #[serde(default)]
    from: String,
    lists: Vec<ListSlug>,
    /// A saved segment. Default: everybody on the lists.
    segment: Option<SegmentId>,
    /// The first time, RFC 3339. All others have its hour in the time zone of the site. What is
    /// past is not made up for.
    starts_at: String,
    repeats: Repetition,
    /// Every time (1), every second time (2), … up to 99.
    #[schema(minimum = 1, maximum = 99)]
    repeat_every: Option<i64>,
    /// None comes after this moment, RFC 3339. Default: no end.
    repeat_until: Option<String>,
    /// Whether each waits for a person instead of starting.
    #[serde(default)]
    needs_approval: bool,
    /// Whether its blocks of posts and events show only what is new since the last one. Where
    /// they find nothing new, none is made.
    #[serde(default)]
    only_new: bool,
}

fn source(
    template: Option<String>,
    campaign: Option<CampaignId>,
) -> Result<Option<Source>, HttpError> {
    match (template, campaign) {
        (Some(_), Some(_)) => Err(field("campaign")(
            &"give a template or a campaign, not both",
        )),
        (Some(key), None) => Ok(Some(Source::Template(key))),
        (None, Some(id)) => Ok(Some(Source::Campaign(id))),
        (None, None) => Ok(None),
    }
}

/// Create a recurring campaign
#[utoipa::path(post, path = "/recurring-campaigns", tag = "campaigns", security(("bearer" = [])),
    request_body = NewRecurring,
    responses((status = 201, body = RecurringBody),
              (status = 409, description = "The name is taken"), (status = 422)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewRecurring>,
) -> Result<(StatusCode, Json<RecurringBody>), HttpError> {
    let source = source(new.template, new.campaign)?;
    let until = new.repeat_until.as_deref();
    let until = until.map(|until| moment("repeat_until", until));
    let draft = RecurringDraft {
        name: new.name,
        source: Some(source.ok_or_else(|| field("template")(&"give a template or a campaign"))?),
        subject: new.subject,
        layout: new.layout,
        from: new.from,
        lists: new.lists,
        segment: new.segment,
        times: RecurringTimes {
            starts_at: moment("starts_at", &new.starts_at)?,
            repeats: new.repeats,
            repeat_every: new.repeat_every.unwrap_or(1),
            repeat_until: until.transpose()?,
        },
        needs_approval: new.needs_approval,
        only_new: new.only_new,
    };
    let made = recurring::create(&web.cx, &caller.actor(), &draft).await?;
    Ok((StatusCode::CREATED, Json(whole(&web, made).await?)))
}

/// Get a recurring campaign, with what came of its last times
#[utoipa::path(get, path = "/recurring-campaigns/{id}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = RecurringBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
) -> Result<Json<RecurringBody>, HttpError> {
    let found = recurring::by_id(&web.cx, id).await?;
    Ok(Json(whole(&web, found).await?))
}

/// Changes to a recurring campaign; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeRecurring {
    name: Option<Title>,
    template: Option<String>,
    campaign: Option<CampaignId>,
    subject: Option<String>,
    layout: Option<String>,
    /// The sender; `null`: that of the template or campaign.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    from: Option<Option<String>>,
    lists: Option<Vec<ListSlug>>,
    /// A saved segment; `null`: everybody on the lists.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>)]
    segment: Option<Option<SegmentId>>,
    /// RFC 3339. Other times count from now on.
    starts_at: Option<String>,
    repeats: Option<Repetition>,
    #[schema(minimum = 1, maximum = 99)]
    repeat_every: Option<i64>,
    /// RFC 3339; `null`: no end.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    repeat_until: Option<Option<String>>,
    needs_approval: Option<bool>,
    only_new: Option<bool>,
}

/// Change a recurring campaign
#[utoipa::path(patch, path = "/recurring-campaigns/{id}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = ChangeRecurring,
    responses((status = 200, body = RecurringBody), (status = 404),
              (status = 409, description = "The name is taken"), (status = 422)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
    Body(change): Body<ChangeRecurring>,
) -> Result<Json<RecurringBody>, HttpError> {
    let before = recurring::by_id(&web.cx, id).await?.draft();
    let mut draft = before.map_err(|error| field("name")(&error))?;
    if let Some(source) = source(change.template, change.campaign)? {
        draft.source = Some(source);
    }
    if let Some(starts_at) = change.starts_at {
        draft.times.starts_at = moment("starts_at", &starts_at)?;
    }
    if let Some(until) = change.repeat_until {
        let until = until.map(|until| moment("repeat_until", &until));
        draft.times.repeat_until = until.transpose()?;
    }
    if let Some(from) = change.from {
        draft.from = from.unwrap_or_default();
    }
    draft.times.repeats = change.repeats.unwrap_or(draft.times.repeats);
    draft.times.repeat_every = change.repeat_every.unwrap_or(draft.times.repeat_every);
    draft.name = change.name.unwrap_or(draft.name);
    draft.subject = change.subject.unwrap_or(draft.subject);
    draft.layout = change.layout.unwrap_or(draft.layout);
    draft.lists = change.lists.unwrap_or(draft.lists);
    draft.segment = change.segment.unwrap_or(draft.segment);
    draft.needs_approval = change.needs_approval.unwrap_or(draft.needs_approval);
    draft.only_new = change.only_new.unwrap_or(draft.only_new);
    let changed = recurring::change(&web.cx, &caller.actor(), id, &draft).await?;
    Ok(Json(whole(&web, changed).await?))
}

/// Delete a recurring campaign
///
/// The campaigns that it has made stay.
#[utoipa::path(delete, path = "/recurring-campaigns/{id}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
) -> Result<StatusCode, HttpError> {
    recurring::delete(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Pause a recurring campaign
///
/// The times that pass meanwhile are not made up for.
#[utoipa::path(post, path = "/recurring-campaigns/{id}/pause", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = RecurringBody), (status = 404)))]
pub async fn pause(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
) -> Result<Json<RecurringBody>, HttpError> {
    let paused = recurring::pause(&web.cx, &caller.actor(), id).await?;
    Ok(Json(whole(&web, paused).await?))
}

/// Resume a recurring campaign
#[utoipa::path(post, path = "/recurring-campaigns/{id}/resume", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = RecurringBody), (status = 404)))]
pub async fn resume(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
) -> Result<Json<RecurringBody>, HttpError> {
    let resumed = recurring::resume(&web.cx, &caller.actor(), id).await?;
    Ok(Json(whole(&web, resumed).await?))
}

/// Make one now, as a draft
///
/// Its times stay as they are. What the draft shows counts as shown, unless it is deleted.
#[utoipa::path(post, path = "/recurring-campaigns/{id}/campaigns", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 201, body = CampaignBody), (status = 404),
              (status = 409, description = "There is nothing new since the last one"),
              (status = 422)))]
pub async fn make(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<RecurringId>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    let made = making::make_now(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::CREATED, Json(body(&web, made).await?)))
}
