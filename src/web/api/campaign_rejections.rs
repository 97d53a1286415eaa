//! SMTP rejections that paused a campaign, and the decision about them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::{brake, lifecycle};
use crate::model::CampaignId;
use crate::model::feedback::{Decision, Party};
use crate::web::api::bearer::Caller;
use crate::web::api::campaigns::{CampaignBody, body};
use crate::web::api::request::{Body, Id};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Similar SMTP rejections that paused a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusalBody {
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

pub(super) async fn of(web: &Web, id: CampaignId) -> Result<Vec<RefusalBody>, HttpError> {
    let refusals = brake::of_campaign(&web.cx, id).await?;
    let body = |one: brake::Brake| RefusalBody {
        key: one.reply_key,
        reply: one.reply,
        about: one.party,
        recipients: one.recipients,
        known: one.known,
        put_back: one.suppressed,
        decision: one.decision,
        at: one.at.rfc3339(),
    };
    Ok(refusals.into_iter().map(body).collect())
}

/// The decision about recipients whose rejections paused a campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewDecision {
    decision: Decision,
    /// Which rejections, by key. Default: those that paused it last.
    key: Option<String>,
}

/// Keep the rejected recipients suppressed, or put them back
#[utoipa::path(post, path = "/campaigns/{id}/refusals", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewDecision,
    responses((status = 202, body = CampaignBody), (status = 404)))]
pub async fn decide(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Body(new): Body<NewDecision>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    brake::decide(
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
