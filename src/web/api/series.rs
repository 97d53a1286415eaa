//! Series: emails that each reader gets one after the other.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::model::delivery::DeliveryCounts;
use crate::model::list::ListSlug;
use crate::model::scope::{Access, Resource};
use crate::model::series::{SeriesAction, SeriesState, Start, Step};
use crate::model::{CampaignId, SegmentId, SeriesId};
use crate::series::edit::{self, Inside, SeriesDraft};
use crate::series::lifecycle;
use crate::series::overview::{self, ReaderTotals, SeriesView, StepView, VersionView};
use crate::series::ready_made::ReadyMade;
use crate::store::series::Series;
use crate::text::line::Title;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A series.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SeriesBody {
    id: SeriesId,
    name: String,
    list: ListSlug,
    layout: String,
    /// The sender of its emails; `null` for the site's.
    from: Option<String>,
    start: Start,
    /// The segment whose members leave the series.
    goal: Option<SegmentId>,
    /// Whether readers who do anything on the page of their preferences have reached the goal, too.
    ends_on_answer: bool,
    state: SeriesState,
    /// Whether no new readers come in, also once it is resumed after a pause.
    is_closed: bool,
    /// Why it was paused automatically; empty if a user paused it.
    pause_reason: String,
    /// The version that new readers get.
    version: i64,
    /// How often it was saved: give it back with a change.
    edit_count: i64,
    readers: ReadersBody,
    /// The steps of its version; only for a single series.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepBody>>,
    /// Earlier versions in which readers are inside, the latest first; only for a single series.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_versions: Option<Vec<VersionBody>>,
    /// RFC 3339.
    updated_at: String,
}

/// An earlier version, for those who began with it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct VersionBody {
    version: i64,
    /// Of those who go through it.
    readers: ReadersBody,
    steps: Vec<StepBody>,
}

/// How many readers are in each state. Who stands behind the last step has finished.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ReadersBody {
    inside: i64,
    finished: i64,
    goal: i64,
    /// Left the list, or suppressed.
    left: i64,
    ended: i64,
}

/// A step, with what has come of it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct StepBody {
    /// From 1.
    position: i64,
    step: Step,
    /// Readers whom it keeps, or who are about to take it.
    waiting: i64,
    /// Readers who left the list at it.
    left: i64,
    /// Readers who reached the goal at it.
    goal: i64,
    /// Of an email.
    deliveries: Option<DeliveryCounts>,
    /// The campaigns by which the email was sent: their reports can be read.
    campaigns: Vec<CampaignId>,
}

impl From<StepView> for StepBody {
    fn from(view: StepView) -> Self {
        Self {
            position: view.position,
            step: view.step,
            waiting: view.waiting,
            left: view.left,
            goal: view.goal,
            deliveries: view.deliveries,
            campaigns: view.campaigns,
        }
    }
}

impl From<ReaderTotals> for ReadersBody {
    fn from(totals: ReaderTotals) -> Self {
        Self {
            inside: totals.inside,
            finished: totals.finished,
            goal: totals.goal,
            left: totals.left,
            ended: totals.ended,
        }
    }
}

impl From<VersionView> for VersionBody {
    fn from(view: VersionView) -> Self {
        Self {
            version: view.version,
            readers: view.totals.into(),
            steps: view.steps.into_iter().map(StepBody::from).collect(),
        }
    }
}

fn body(series: Series, totals: ReaderTotals) -> SeriesBody {
    SeriesBody {
        id: series.id,
        start: series.start(),
        name: series.name,
        list: series.list,
        layout: series.layout,
        from: series.from_mailbox,
        goal: series.goal_id,
        ends_on_answer: series.ends_on_answer,
        state: series.state,
        is_closed: series.is_closed,
        pause_reason: series.pause_reason,
        version: series.version,
        edit_count: series.edit_count,
        readers: totals.into(),
        steps: None,
        earlier_versions: None,
        updated_at: series.updated_at.rfc3339(),
    }
}

async fn shown(web: &Web, caller: &Caller, id: SeriesId) -> Result<Json<SeriesBody>, HttpError> {
    let SeriesView {
        series,
        totals,
        versions,
        others: _,
    } = overview::of(&web.cx, &caller.actor(), id).await?;
    let mut versions = versions.into_iter();
    let current = versions.next();
    let steps = current.map(|version| version.steps).unwrap_or_default();
    Ok(Json(SeriesBody {
        steps: Some(steps.into_iter().map(StepBody::from).collect()),
        earlier_versions: Some(versions.map(VersionBody::from).collect()),
        ..body(series, totals)
    }))
}

/// Refuses a token that may not change subscribers where a step would do so for it.
fn require_steps(caller: &Caller, steps: &[Step]) -> Result<(), HttpError> {
    if !steps.iter().any(Step::changes_subscriber) {
        return Ok(());
    }
    let why = "steps that change subscribers need a token with subscribers:write, too";
    caller.require(Resource::Subscribers, Access::Write, why)
}

/// List series
#[utoipa::path(get, path = "/series", tag = "series", security(("bearer" = [])),
    params(Paging), responses((status = 200, body = Page<SeriesBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<SeriesBody>>, HttpError> {
    let after = paging.after()?.unwrap_or(SeriesId(0));
    let found = overview::page(&web.cx, &caller.1, (after, paging.limit())).await?;
    Ok(Json(
        Page::new(found, &paging, |(series, _)| series.id)
            .map(|(series, totals)| body(series, totals)),
    ))
}

/// Get a series with what has come of its steps
#[utoipa::path(get, path = "/series/{id}", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SeriesBody), (status = 404)))]
pub async fn show(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Result<Json<SeriesBody>, HttpError> {
    shown(&web, &caller, id).await
}

/// A new series, written down or ready-made.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSeries {
    name: Title,
    list: ListSlug,
    /// One to start from, such as `welcome` or `birthday`; then without `steps`. Another `start`
    /// may be given, and for `event-reminder` and `still-interested` has to be.
    ready_made: Option<String>,
    start: Option<Start>,
    #[serde(default)]
    steps: Vec<Step>,
    goal: Option<SegmentId>,
    /// Whether readers who do anything on the page of their preferences have reached the goal, too.
    ends_on_answer: Option<bool>,
    layout: Option<String>,
    /// The sender; left out for the site's.
    from: Option<String>,
}

/// Create a series
///
/// Steps that change subscribers need a token that may do so, too.
#[utoipa::path(post, path = "/series", tag = "series", security(("bearer" = [])),
    request_body = NewSeries,
    responses((status = 201, body = SeriesBody), (status = 403), (status = 409, description = "The name is taken"),
              (status = 422)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewSeries>,
) -> Result<(StatusCode, Json<SeriesBody>), HttpError> {
    let mut ends_on_answer = new.ends_on_answer;
    let (start, steps) = match (&new.ready_made, new.start) {
        (Some(name), given) if new.steps.is_empty() => {
            let found = ReadyMade::find(name);
            let found = found.and_then(|found| found.filled(&web.languages()));
            let unknown = || field("ready_made")(&"there is no such series to start from");
            let found = found.ok_or_else(unknown)?;
            let missing = || field("start")(&"say what starts the series");
            ends_on_answer = ends_on_answer.or(Some(found.ends_on_answer));
            (given.or(found.start).ok_or_else(missing)?, found.steps)
        }
        (Some(_), _) => {
            let why = "give either ready_made or steps";
            return Err(field("ready_made")(&why));
        }
        (None, Some(start)) => (start, new.steps),
        (None, None) => return Err(field("start")(&"say what starts the series")),
    };
    require_steps(&caller, &steps)?;
    let draft = SeriesDraft {
        name: new.name,
        list: new.list,
        layout: new.layout,
        from: new.from,
        start,
        goal: new.goal,
        ends_on_answer: ends_on_answer.unwrap_or(false),
        steps,
    };
    let made = edit::create(&web.cx, &caller.actor(), &draft).await?;
    Ok((StatusCode::CREATED, shown(&web, &caller, made.id).await?))
}

/// Changes to a series; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeSeries {
    name: Option<Title>,
    list: Option<ListSlug>,
    start: Option<Start>,
    steps: Option<Vec<Step>>,
    /// `null` for none.
    #[serde(default, deserialize_with = "crate::web::api::request::given")]
    #[schema(value_type = Option<i64>)]
    goal: Option<Option<SegmentId>>,
    ends_on_answer: Option<bool>,
    layout: Option<String>,
    /// `null` for the site's sender.
    #[serde(default, deserialize_with = "crate::web::api::request::given")]
    #[schema(value_type = Option<String>)]
    from: Option<Option<String>>,
    /// That of the series as it was read: a change of somebody else is then not overwritten.
    edit_count: Option<i64>,
    /// Whether readers who are inside go on with the new steps, each behind the step that was their
    /// last one. Nobody gets an email again that they have had.
    #[serde(default)]
    move_readers: bool,
}

/// Change a series
///
/// One that was started gets a new version: who is inside goes on with theirs, unless
/// `move_readers` says otherwise. Where a second person approves, it is paused then until another
/// user resumes it. Steps that change subscribers need a token that may do so, too, and so do
/// changes of a series that has such steps.
#[utoipa::path(patch, path = "/series/{id}", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ChangeSeries,
    responses((status = 200, body = SeriesBody), (status = 403), (status = 404),
              (status = 409, description = "The name is taken, or somebody else has changed it"),
              (status = 422)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
    Body(change): Body<ChangeSeries>,
) -> Result<Json<SeriesBody>, HttpError> {
    let by = caller.actor();
    let seen = overview::of(&web.cx, &by, id).await?;
    let series = seen.series;
    let kept = seen.versions.into_iter().next();
    let kept = kept.map(|version| version.steps.into_iter().map(|view| view.step).collect());
    let draft = SeriesDraft {
        name: match change.name {
            Some(name) => name,
            None => Title::parse(&series.name).map_err(|_| HttpError::Internal)?,
        },
        list: change.list.unwrap_or_else(|| series.list.clone()),
        layout: change.layout.or(Some(series.layout.clone())),
        from: change.from.unwrap_or_else(|| series.from_mailbox.clone()),
        start: change.start.unwrap_or_else(|| series.start()),
        goal: change.goal.unwrap_or(series.goal_id),
        ends_on_answer: change.ends_on_answer.unwrap_or(series.ends_on_answer),
        steps: change.steps.or(kept).unwrap_or_default(),
    };
    require_steps(&caller, &draft.steps)?;
    let inside = if change.move_readers {
        Inside::Move
    } else {
        Inside::Stay
    };
    let seen = change.edit_count.unwrap_or(series.edit_count);
    edit::change(&web.cx, &by, id, &draft, (seen, inside)).await?;
    shown(&web, &caller, id).await
}

/// Delete a draft, or a series that has ended
///
/// What its readers were sent stays, as campaigns with their deliveries and reports.
#[utoipa::path(delete, path = "/series/{id}", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409, description = "It has not ended")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Result<StatusCode, HttpError> {
    edit::delete(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn act(
    web: &Web,
    caller: &Caller,
    id: SeriesId,
    action: SeriesAction,
) -> Result<(StatusCode, Json<SeriesBody>), HttpError> {
    lifecycle::act(&web.cx, &caller.actor(), id, action).await?;
    Ok((StatusCode::ACCEPTED, shown(web, caller, id).await?))
}

type Moved = Result<(StatusCode, Json<SeriesBody>), HttpError>;

/// Start: let readers in
#[utoipa::path(post, path = "/series/{id}/start", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = SeriesBody), (status = 404), (status = 409),
              (status = 422, description = "An email cannot be sent")))]
pub async fn start(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Moved {
    act(&web, &caller, id, SeriesAction::Start).await
}

/// Pause: readers come in and wait, and no step is taken
#[utoipa::path(post, path = "/series/{id}/pause", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = SeriesBody), (status = 404), (status = 409)))]
pub async fn pause(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Moved {
    act(&web, &caller, id, SeriesAction::Pause).await
}

/// Resume, or let readers in again
#[utoipa::path(post, path = "/series/{id}/resume", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = SeriesBody), (status = 404), (status = 409)))]
pub async fn resume(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Moved {
    act(&web, &caller, id, SeriesAction::Resume).await
}

/// Drain: let nobody in; who is inside goes on
#[utoipa::path(post, path = "/series/{id}/drain", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = SeriesBody), (status = 404), (status = 409)))]
pub async fn drain(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Moved {
    act(&web, &caller, id, SeriesAction::Drain).await
}

/// End permanently: no step is taken any more, for anybody
#[utoipa::path(post, path = "/series/{id}/end", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = SeriesBody), (status = 404), (status = 409)))]
pub async fn end(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Moved {
    act(&web, &caller, id, SeriesAction::End).await
}
