//! Suppressed addresses.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::paging::{Page, Paging};
use super::request::{Body, Id, field};
use crate::account;
use crate::address::EmailAddress;
use crate::audience::manage;
use crate::model::subscription::SuppressionReason;
use crate::web::{Failure, Web};

/// An address that is never mailed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SuppressionBody {
    email: String,
    reason: SuppressionReason,
    note: String,
    created_at: String,
}

/// A page of suppressed addresses, by the alphabet.
#[utoipa::path(get, path = "/suppressions", tag = "audience", security(("bearer" = [])),
    params(Paging), responses((status = 200, body = Page<SuppressionBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<SuppressionBody>>, Failure> {
    caller.may_export(&web, "suppressions").await?;
    let found =
        manage::suppressions(&web.cx, "", None, paging.after_text(), paging.limit()).await?;
    let page = Page::new(found, &paging, |one| one.email_key.clone());
    Ok(Json(page.map(|one| SuppressionBody {
        email: one.email_key,
        reason: one.reason,
        note: one.note,
        created_at: one.created_at.rfc3339(),
    })))
}

/// An address to suppress.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewSuppression {
    email: String,
    reason: Option<SuppressionReason>,
    #[serde(default)]
    note: String,
}

/// Never mail an address again.
#[utoipa::path(post, path = "/suppressions", tag = "audience", security(("bearer" = [])),
    request_body = NewSuppression, responses((status = 201)))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewSuppression>,
) -> Result<(StatusCode, Json<serde_json::Value>), Failure> {
    let email = EmailAddress::parse(&new.email).map_err(|error| field("email")(&error))?;
    let reason = new.reason.unwrap_or(SuppressionReason::Manual);
    manage::suppress(&web.cx, &email, reason, &new.note).await?;
    account::audit(&web.cx, caller.name(), "suppression.create", email.as_str()).await?;
    let body = serde_json::json!({ "email": email.lookup_key(), "reason": reason });
    Ok((StatusCode::CREATED, Json(body)))
}

/// Mail an address again.
#[utoipa::path(delete, path = "/suppressions/{email}", tag = "audience", security(("bearer" = [])),
    params(("email" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn lift(
    caller: Caller,
    State(web): State<Web>,
    Id(email): Id<String>,
) -> Result<StatusCode, Failure> {
    let email = EmailAddress::parse(&email).map_err(|_| Failure::NotFound)?;
    if !manage::lift_suppression(&web.cx, &email).await? {
        return Err(Failure::NotFound);
    }
    account::audit(&web.cx, caller.name(), "suppression.lift", email.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}
