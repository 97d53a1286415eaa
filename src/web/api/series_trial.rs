//! Trying a series: tests of its emails, and its rehearsal.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::test_email::TestAddresses;
use crate::model::scope::{Access, Resource};
use crate::model::{SeriesId, SubscriberId};
use crate::series::emails::{self, Tested};
use crate::series::rehearsal::{self, Rehearsed};
use crate::series::{lifecycle, walk};
use crate::text::locale::Language;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::request::{Body, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// The email to test, and to whom.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSeriesTest {
    /// The step, from 1.
    position: i64,
    /// Ten addresses at most.
    emails: Vec<String>,
    language: Option<Language>,
}

/// Send an email of a series as a test
#[utoipa::path(post, path = "/series/{id}/test", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = NewSeriesTest,
    responses((status = 204), (status = 404), (status = 422)))]
pub async fn test(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
    Body(test): Body<NewSeriesTest>,
) -> Result<StatusCode, HttpError> {
    let to = TestAddresses::of(test.emails.iter().map(String::as_str));
    let to = to.map_err(|error| field("emails")(&error))?;
    let by = caller.actor();
    let series = lifecycle::by_id(&web.cx, &by, id).await?;
    let language = test.language.unwrap_or(web.cx.config().language);
    let tested = Tested {
        position: test.position,
        note: String::new(),
    };
    emails::send_tests(&web.cx, &by, &series, &[tested], &to, language).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the emails of a walk through a series go.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewWalk {
    /// Ten addresses at most.
    emails: Vec<String>,
    language: Option<Language>,
}

/// Send all emails that a reader who came in now would get, at once
///
/// Each is a test, and says before its subject when it would come.
#[utoipa::path(post, path = "/series/{id}/walk", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = NewWalk,
    responses((status = 204), (status = 404), (status = 422)))]
pub async fn walk_through(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
    Body(new): Body<NewWalk>,
) -> Result<StatusCode, HttpError> {
    let to = TestAddresses::of(new.emails.iter().map(String::as_str));
    let to = to.map_err(|error| field("emails")(&error))?;
    let language = new.language.unwrap_or(web.cx.config().language);
    let by = caller.actor();
    let series = lifecycle::by_id(&web.cx, &by, id).await?;
    walk::send(&web.cx, &by, &series, &to, language).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a series would have done in the last 90 days.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RehearsalBody {
    /// Who would have come in.
    readers: usize,
    /// Whether there were more than are followed.
    is_cut: bool,
    emails: usize,
    days: Vec<RehearsalDay>,
    /// The last who would have come in, one by one. Empty for viewers, and for tokens whose scopes do
    /// not include reading subscribers.
    last: Vec<RehearsedBody>,
}

/// A reader of a rehearsal.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RehearsedBody {
    subscriber_id: SubscriberId,
    email: String,
    entered_at: String,
    emails: Vec<RehearsedEmail>,
}

/// An email that a reader would have got.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RehearsedEmail {
    /// The step that would have sent it.
    position: i64,
    at: String,
}

impl From<Rehearsed> for RehearsedBody {
    fn from(reader: Rehearsed) -> Self {
        let emails = reader.emails.into_iter();
        Self {
            subscriber_id: reader.subscriber,
            email: reader.email.to_string(),
            entered_at: reader.entered.rfc3339(),
            emails: emails
                .map(|(position, at)| RehearsedEmail {
                    position,
                    at: at.rfc3339(),
                })
                .collect(),
        }
    }
}

/// A day of a rehearsal.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RehearsalDay {
    /// Such as `2026-03-01`.
    day: String,
    emails: usize,
}

/// Rehearse: what the last 90 days' joins would have got. Nothing is sent
#[utoipa::path(get, path = "/series/{id}/rehearsal", tag = "series", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = RehearsalBody), (status = 404)))]
pub async fn rehearse(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SeriesId>,
) -> Result<Json<RehearsalBody>, HttpError> {
    let series = lifecycle::by_id(&web.cx, &caller.actor(), id).await?;
    let mut found = rehearsal::rehearse(&web.cx, &series).await?;
    if !caller.may(Resource::Subscribers, Access::Read) {
        found.shown.clear();
    }
    match Exporter::of(caller) {
        Ok(exporter) if !found.shown.is_empty() => {
            let what = format!("rehearsal of series {id}");
            exporter.note(&web, &what).await?;
        }
        Ok(_) => {}
        Err(_) => found.shown.clear(),
    }
    Ok(Json(RehearsalBody {
        readers: found.readers,
        is_cut: found.is_cut,
        emails: found.emails(),
        days: found
            .days
            .into_iter()
            .map(|(day, emails)| RehearsalDay {
                day: day.to_string(),
                emails,
            })
            .collect(),
        last: found.shown.into_iter().map(RehearsedBody::from).collect(),
    }))
}
