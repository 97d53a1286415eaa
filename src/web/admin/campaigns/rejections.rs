//! The decision about recipients whose rejections paused a campaign.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::campaign::{brake, lifecycle};
use crate::model::CampaignId;
use crate::model::feedback::Decision;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::Editor;
use crate::web::admin::wording::counted;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn decide(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    lifecycle::by_id(&web.cx, id).await?;
    let back = format!("/admin/campaigns/{id}");
    let form = Form::parse(&body)?;
    let decision: Decision = form
        .text("decision")
        .parse()
        .map_err(|error| HttpError::field("decision", &error))?;
    let key = form.text("key");
    if decision == Decision::Kept {
        let refusals = brake::of_campaign(&web.cx, id).await?;
        let known = refusals.iter().find(|refusal| refusal.reply_key == key);
        let known = known.ok_or(HttpError::NotFound)?.known;
        let question = Confirmation {
            title: "Keep them suppressed?".to_owned(),
            text: format!(
                "{} will get no more mail of yours until you take it back under Suppressions.",
                counted(known, "address", "addresses")
            ),
            yes: "Keep suppressed",
            no: "Cancel",
            back: back.clone(),
            choice: None,
        };
        if let Some(page) = question.unless_confirmed(&viewer, &form)? {
            return Ok(page);
        }
    }
    let changed = brake::decide(&web.cx, &viewer.actor(), id, Some(key), decision).await?;
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    let flash = match decision {
        Decision::Kept => Flash::warn("Kept suppressed").with(format!(
            "{} added.",
            counted(changed, "suppression was", "suppressions were")
        )),
        Decision::PutBack => Flash::good("Put back").with(match changed {
            0 => "None of them was suppressed.".to_owned(),
            changed => format!(
                "{} lifted.",
                counted(changed, "suppression was", "suppressions were")
            ),
        }),
    };
    Ok(redirect(&web, &back, &flash))
}
