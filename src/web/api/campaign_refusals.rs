//! The refusals that paused a campaign, and what is decided about them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::campaigns::{CampaignBody, body};
use super::request::{Body, Id};
use crate::account;
use crate::campaign::{brake, lifecycle};
use crate::model::CampaignId;
use crate::model::feedback::{Decision, Party};
use crate::web::{Failure, Web};

/// Refusals in the same words, which paused a campaign.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusalBody {
    /// What the replies have in common; `*` for any that are about the sender.
    key: String,
    /// One of the replies.
    reply: String,
    /// Whom it is about.
    about: Party,
    /// How many recipients were refused so when it paused.
    recipients: i64,
    /// Of how many of them a decision is.
    known: i64,
    /// How many suppressions were put back when it paused.
    put_back: i64,
    /// What a person decided, if anything.
    decision: Option<Decision>,
    at: String,
}

pub(super) async fn of(web: &Web, id: CampaignId) -> Result<Vec<RefusalBody>, Failure> {
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

/// What to do with the recipients of refusals that paused a campaign.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewDecision {
    decision: Decision,
    /// Which refusals, by their key; those that paused it last where none is named.
    key: Option<String>,
}

/// Keep recipients suppressed whose refusals paused the campaign, or put them back.
#[utoipa::path(post, path = "/campaigns/{id}/refusals", tag = "campaigns",
    security(("bearer" = [])), params(("id" = i64, Path)), request_body = NewDecision,
    responses((status = 202, body = CampaignBody), (status = 404)))]
pub async fn decide(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<CampaignId>,
    Body(new): Body<NewDecision>,
) -> Result<(StatusCode, Json<CampaignBody>), Failure> {
    brake::decide(&web.cx, id, new.key.as_deref(), new.decision).await?;
    let what = format!("{id} {}", new.decision);
    account::audit(&web.cx, caller.name(), "campaign.refusals", &what).await?;
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    Ok((StatusCode::ACCEPTED, Json(body(&web, campaign).await?)))
}
