//! The report of a campaign and its deliveries.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::campaign::{lifecycle, report as reports};
use crate::model::CampaignId;
use crate::model::delivery::DeliveryState;
use crate::store::campaign_progress::DeliveryRow;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::campaign_body::{CampaignBody, body};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::Params;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

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
    PathParam(id): PathParam<CampaignId>,
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
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<CampaignId>,
    Params(paging): Params<Paging>,
    Params(filter): Params<Filter>,
) -> Result<Json<Page<DeliveryBody>>, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let what = format!("deliveries of campaign {id}");
    exporter.note(&web, &what).await?;
    let after = paging.after()?.unwrap_or(0);
    let rows = reports::deliveries(&web.cx, id, filter.state, after, paging.limit()).await?;
    Ok(Json(
        Page::new(rows, &paging, |row| row.id).map(DeliveryBody::from),
    ))
}
