//! When and how fast a campaign may go out: the small form on its page.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::flash::Flash;
use super::super::frame::{Editor, go, sentence};
use super::page::{self, Typed};
use super::progress::Pace;
use crate::campaign::CampaignError;
use crate::campaign::limits::{self, Limits};
use crate::model::CampaignId;
use crate::web::form::Form;
use crate::web::{Failure, Web};

/// The limits as typed, and the text of the hourly limit where it is no number.
fn read(form: &Form) -> Result<Limits, CampaignError> {
    let filled =
        |name: &str| Some(form.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    let hourly_limit =
        match filled("hourly_limit") {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| {
                CampaignError::Limits("the hourly limit must be a number, or empty")
            })?),
        };
    Ok(Limits {
        quiet_from: filled("quiet_from"),
        quiet_until: filled("quiet_until"),
        hourly_limit,
    })
}

pub async fn save(
    State(web): State<Web>,
    Editor(desk): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let set = match read(&form) {
        Ok(wanted) => limits::set(&web.cx, id, &wanted).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(_) => {
            desk.note(&web, "campaign.limits", &id.to_string()).await?;
            let flash = Flash::good("Saved").with("It applies from the next message.");
            Ok(go(&web, &format!("/admin/campaigns/{id}"), &flash))
        }
        Err(CampaignError::Limits(why)) => {
            let typed = Typed {
                limits: ["quiet_from", "quiet_until", "hourly_limit"]
                    .map(|name| form.text(name).to_owned()),
                error: ("limits", sentence(why)),
                ..Typed::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page::refused(&web, desk, &pace, id, typed, status).await
        }
        Err(error) => Err(error.into()),
    }
}
