//! Moving a campaign: limits, start, schedule, pause, resume, cancel, retry, test.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::event_change::{self, EventNews};
use crate::campaign::limits::{self, Limits};
use crate::campaign::local_time::LocalStart;
use crate::campaign::test_email::TestAddresses;
use crate::campaign::{CampaignError, automatic_pause, lifecycle, preview};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::ab_test::AbVariant;
use crate::model::feedback::Decision;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::campaign_body::{CampaignBody, Moved, body, moved};
use crate::web::api::preview_reader::preview_reader;
use crate::web::api::request::{Body, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// Set quiet hours and an hourly limit
///
/// Fields left out do not limit.
#[utoipa::path(put, path = "/campaigns/{id}/limits", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = Limits,
    responses((status = 202, body = CampaignBody), (status = 404),
              (status = 409, description = "It is an email of a series"), (status = 422)))]
pub async fn limit(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
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
pub async fn start(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
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
    PathParam(id): PathParam<CampaignId>,
    Body(schedule): Body<Schedule>,
) -> Moved {
    let campaign = match (schedule.at, schedule.at_local) {
        (Some(at), None) => {
            let at = Timestamp::parse_rfc3339(&at).map_err(|error| field("at")(&error))?;
            let moved = lifecycle::schedule(&web.cx, &caller.actor(), id, at).await;
            moved.map_err(|error| past("at", error))?
        }
        (None, Some(at)) => {
            let start = LocalStart::parse(&at, web.zone());
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
pub async fn pause(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = lifecycle::pause(&web.cx, &caller.actor(), id, "").await?;
    moved(&web, campaign).await
}

/// Resume
#[utoipa::path(post, path = "/campaigns/{id}/resume", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn resume(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = lifecycle::resume(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Cancel permanently: unsent messages are never sent
#[utoipa::path(post, path = "/campaigns/{id}/cancel", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn cancel(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    let campaign = lifecycle::cancel(&web.cx, &caller.actor(), id).await?;
    moved(&web, campaign).await
}

/// Send uncertain messages again, with the same Message-IDs
#[utoipa::path(post, path = "/campaigns/{id}/resend", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn resend(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    lifecycle::resend_uncertain(&web.cx, &caller.actor(), id).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    moved(&web, campaign).await
}

/// Retry failed and bounced deliveries
#[utoipa::path(post, path = "/campaigns/{id}/retry-failed", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 202, body = CampaignBody), (status = 404), (status = 409)))]
pub async fn retry_failed(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
) -> Moved {
    lifecycle::retry_failed(&web.cx, &caller.actor(), id).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    moved(&web, campaign).await
}

/// What recipients are told of an event.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewEventNews {
    /// `update`: it has changed; `cancel`: it will not take place.
    news: EventNews,
    /// Its slug or its UID. May be left out where the campaign has one event.
    event: Option<String>,
}

/// Tell who got an event in their calendar that it has changed or will not take place
///
/// Makes a draft to those who got the campaign and may still be sent mail, with a higher
/// `SEQUENCE`. Nothing is sent until it is started.
#[utoipa::path(post, path = "/campaigns/{id}/event-news", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewEventNews,
    responses((status = 201, body = CampaignBody), (status = 404),
              (status = 409, description = "The calendars have the event as it is now"),
              (status = 422, description = "The campaign brought no such event to calendars")))]
pub async fn announce_event(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(new): Body<NewEventNews>,
) -> Moved {
    let (by, name) = (caller.actor(), new.event.as_deref());
    let made = event_change::announce(&web.cx, &by, id, name, new.news).await?;
    Ok((StatusCode::CREATED, Json(body(&web, made).await?)))
}

/// The recipients of a test: `email`, `emails`, or both.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Test {
    email: Option<String>,
    /// Ten addresses at most.
    #[serde(default)]
    emails: Vec<String>,
    language: Option<Language>,
    /// A variant of the campaign's A/B test. Default: A, or what the test has chosen.
    variant: Option<AbVariant>,
    /// The address of a subscriber, or a part of their name or address that only they have: the
    /// email is filled with what is known of them, and still goes to the addresses above. Its
    /// links do nothing to anybody. The token's scopes must include reading subscribers.
    r#as: Option<String>,
}

/// A queued test email.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TestBody {
    /// The first address.
    email: String,
    emails: Vec<String>,
}

/// Send a test email to a few addresses
#[utoipa::path(post, path = "/campaigns/{id}/test", tag = "campaigns", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = Test,
    responses((status = 202, body = TestBody), (status = 404), (status = 422)))]
pub async fn test(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(test): Body<Test>,
) -> Result<(StatusCode, Json<TestBody>), HttpError> {
    let named = if test.emails.is_empty() {
        "email"
    } else {
        "emails"
    };
    let all = test.email.iter().chain(&test.emails).map(String::as_str);
    let to = TestAddresses::of(all).map_err(|error| field(named)(&error))?;
    let reader = preview_reader(&web, &caller, test.r#as.as_deref()).await?;
    let languages = [test.language.unwrap_or(web.cx.config().language)];
    let by = caller.actor();
    preview::send_test(
        &web.cx,
        &by,
        id,
        &to,
        (&languages, test.variant),
        reader.as_ref(),
    )
    .await?;
    let emails: Vec<String> = to.iter().map(ToString::to_string).collect();
    let email = emails.first().cloned().unwrap_or_default();
    Ok((StatusCode::ACCEPTED, Json(TestBody { email, emails })))
}

/// The decision about recipients whose rejections paused a campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewDecision {
    decision: Decision,
    /// Which rejections, by key. Default: those that paused it last.
    key: Option<String>,
}

/// Keep the rejected recipients suppressed, or put them back
#[utoipa::path(post, path = "/campaigns/{id}/rejections", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewDecision,
    responses((status = 202, body = CampaignBody), (status = 404)))]
pub async fn decide_rejections(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Body(new): Body<NewDecision>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    automatic_pause::decide(
        &web.cx,
        &caller.actor(),
        id,
        new.key.as_deref(),
        new.decision,
    )
    .await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok((StatusCode::ACCEPTED, Json(body(&web, campaign).await?)))
}
