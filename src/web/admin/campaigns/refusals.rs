//! What to do with recipients whose refusals paused a campaign.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use super::super::flash::Flash;
use super::super::frame::{Editor, counted, go};
use super::super::question::Question;
use crate::campaign::{brake, lifecycle};
use crate::model::CampaignId;
use crate::model::feedback::Decision;
use crate::web::form::Form;
use crate::web::{Failure, Web};

pub async fn decide(
    State(web): State<Web>,
    Editor(desk): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, Failure> {
    lifecycle::by_id(&web.cx, id).await?;
    let back = format!("/admin/campaigns/{id}");
    let form = Form::parse(&body)?;
    let decision: Decision = form
        .text("decision")
        .parse()
        .map_err(|error| Failure::field("decision", &error))?;
    let key = form.text("key");
    if decision == Decision::Kept {
        let refusals = brake::of_campaign(&web.cx, id).await?;
        let known = refusals.iter().find(|refusal| refusal.reply_key == key);
        let known = known.ok_or(Failure::NotFound)?.known;
        let question = Question {
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
        if let Some(page) = question.unless_answered(&desk, &form)? {
            return Ok(page);
        }
    }
    let changed = brake::decide(&web.cx, id, Some(key), decision).await?;
    let what = format!("{id} {decision}");
    desk.note(&web, "campaign.refusals", &what).await?;
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
    Ok(go(&web, &back, &flash))
}
