//! Suppressed addresses and domains.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::audience::suppression::{self, Target};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{Suppression, Which};
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// An address or a domain that is never mailed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SuppressionBody {
    /// The address, or `@` and a domain.
    email: String,
    reason: SuppressionReason,
    note: String,
    /// Where it came from.
    source: SuppressionSource,
    /// The campaign that led to it.
    campaign: Option<CampaignId>,
    created_at: String,
}

impl From<Suppression> for SuppressionBody {
    fn from(one: Suppression) -> Self {
        Self {
            email: one.email_key,
            reason: one.reason,
            note: one.note,
            source: one.source,
            campaign: one.campaign_id,
            created_at: one.created_at.rfc3339(),
        }
    }
}

/// Filters.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams, utoipa::ToSchema)]
#[into_params(parameter_in = Query)]
pub struct Selection {
    reason: Option<SuppressionReason>,
    /// The campaign that led to them.
    campaign: Option<i64>,
    /// Created at this time (RFC 3339) or later …
    since: Option<String>,
    /// … and before this one.
    until: Option<String>,
}

impl Selection {
    pub(super) fn new(
        reason: Option<SuppressionReason>,
        campaign: Option<i64>,
        since: Option<String>,
        until: Option<String>,
    ) -> Self {
        Self {
            reason,
            campaign,
            since,
            until,
        }
    }

    /// The selection in words, for the audit log.
    pub(super) fn words(&self) -> String {
        let campaign = self.campaign.map(|id| format!("campaign {id}"));
        let parts = [
            self.reason.map(|reason| reason.to_string()),
            campaign,
            self.since.as_ref().map(|at| format!("since {at}")),
            self.until.as_ref().map(|at| format!("until {at}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    pub(super) fn which(&self) -> Result<Which, HttpError> {
        let time = |name: &str, text: &Option<String>| {
            let parsed = text.as_deref().map(Timestamp::parse_rfc3339).transpose();
            parsed.map_err(|error| field(name)(&error))
        };
        Ok(Which {
            part: String::new(),
            reason: self.reason,
            campaign: self.campaign.map(CampaignId),
            since: time("since", &self.since)?,
            until: time("until", &self.until)?,
        })
    }
}

/// A position in the list of suppressions.
struct Place {
    key: String,
    reason: SuppressionReason,
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(cursor: &str) -> Result<Self, ()> {
        let (key, reason) = cursor.rsplit_once(' ').ok_or(())?;
        Ok(Self {
            key: Target::parse(key).map_err(|_| ())?.key(),
            reason: reason.parse().map_err(|_| ())?,
        })
    }
}

/// List suppressions alphabetically
///
/// Without filters, each address is listed once with its strongest reason.
#[utoipa::path(get, path = "/suppressions", tag = "audience", security(("bearer" = [])),
    params(Paging, Selection), responses((status = 200, body = Page<SuppressionBody>)))]
pub async fn index(
    exporter: Exporter,
    State(web): State<Web>,
    Params(paging): Params<Paging>,
    Params(selection): Params<Selection>,
) -> Result<Json<Page<SuppressionBody>>, HttpError> {
    exporter.note(&web, "suppressions").await?;
    let which = selection.which()?;
    let after = paging.after::<Place>()?;
    let after = after.as_ref().map_or(("", ""), |place| {
        (place.key.as_str(), place.reason.as_str())
    });
    let found = suppression::page(&web.cx, &which, after, paging.limit()).await?;
    let page = Page::new(found, &paging, |one| {
        format!("{} {}", one.email_key, one.reason)
    });
    Ok(Json(page.map(SuppressionBody::from)))
}

/// An address or a domain to suppress.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSuppression {
    /// The address, or a whole domain as `@example.org`.
    email: String,
    reason: Option<SuppressionReason>,
    #[serde(default)]
    note: String,
}

/// Suppress an address or a domain
///
/// The response is what applies from now on: an existing stronger reason
/// stays.
#[utoipa::path(post, path = "/suppressions", tag = "audience", security(("bearer" = [])),
    request_body = NewSuppression, responses((status = 201, body = SuppressionBody)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewSuppression>,
) -> Result<(StatusCode, Json<SuppressionBody>), HttpError> {
    let target = Target::parse(&new.email).map_err(|error| field("email")(&error))?;
    let reason = new.reason.unwrap_or(SuppressionReason::Manual);
    let source = SuppressionSource::Api;
    let stored =
        suppression::suppress(&web.cx, &caller.actor(), &target, reason, &new.note, source).await?;
    Ok((StatusCode::CREATED, Json(stored.into())))
}

/// Lift a suppression
#[utoipa::path(delete, path = "/suppressions/{email}", tag = "audience", security(("bearer" = [])),
    params(("email" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn lift(
    caller: Caller,
    State(web): State<Web>,
    PathParam(email): PathParam<String>,
) -> Result<StatusCode, HttpError> {
    let target = Target::parse(&email).map_err(|_| HttpError::NotFound)?;
    if !suppression::lift(&web.cx, &caller.actor(), &target).await? {
        return Err(HttpError::NotFound);
    }
    Ok(StatusCode::NO_CONTENT)
}
