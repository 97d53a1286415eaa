//! Quiet hours and hourly limit of a campaign.

use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::campaign::CampaignError;
use crate::campaign::limits::{self, Limits};
use crate::model::CampaignId;
use crate::web::admin::campaigns::page;
use crate::web::admin::campaigns::page_view::{FormInput, LIMIT_FIELDS};
use crate::web::admin::campaigns::progress::Pace;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::Editor;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The limits as entered.
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

/// The field that a refused form should correct.
fn field(why: &str) -> &'static str {
    let [quiet_from, _, hourly_limit] = LIMIT_FIELDS;
    if why.starts_with("the hourly limit") {
        hourly_limit
    } else {
        quiet_from
    }
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Extension(pace): Extension<Pace>,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let set = match read(&form) {
        Ok(limits) => limits::set(&web.cx, &viewer.actor(), id, &limits).await,
        Err(error) => Err(error),
    };
    match set {
        Ok(_) => {
            let flash =
                Flash::good(viewer.t("admin-saved")).with(viewer.t("admin-campaign-limits-saved"));
            Ok(redirect(&web, &format!("/admin/campaigns/{id}"), &flash))
        }
        Err(CampaignError::Limits(why)) => {
            let input = FormInput {
                limits: LIMIT_FIELDS.map(|name| form.text(name).to_owned()),
                error: (field(why), viewer.explain(why)),
                ..FormInput::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page::rejected(&web, viewer, &pace, id, input, status).await
        }
        Err(error) => Err(error.into()),
    }
}
