//! The system check.

use axum::Json;
use axum::extract::State;

use crate::doctor::{self, Report, Subject, TIME_LIMIT};
use crate::web::api::bearer::Owner;
use crate::web::state::Web;

/// Check the system
///
/// Whether everything that Jarshy needs is there and works, with a remedy for each problem. What
/// could not be looked at is `not_checked`. The answer takes up to 15 seconds.
#[utoipa::path(get, path = "/system-check", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = Report)))]
pub async fn show(_owner: Owner, State(web): State<Web>) -> Json<Report> {
    Json(doctor::run(Subject::server(&web.cx), TIME_LIMIT).await)
}
