//! Saving the form of a draft, and scheduling it in the same step.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::account::autosave;
use crate::campaign::{CampaignError, draft, lifecycle};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::autosave::Autosaved;
use crate::model::segment::Rule;
use crate::store::campaigns::Campaign;
use crate::text::locale::Language;
use crate::web::admin::campaigns::draft::form_input::{FieldError, Who, field};
use crate::web::admin::campaigns::draft::merging::{self, Attempt};
use crate::web::admin::campaigns::draft::{Sheet, page};
use crate::web::admin::campaigns::transition::{Done, Transition};
use crate::web::admin::campaigns::transitions::start_time;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

pub async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    keep(&web, viewer, None, &body).await
}

pub async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    keep(&web, viewer, Some(campaign), &body).await
}

async fn keep(
    web: &Web,
    viewer: Viewer,
    campaign: Option<Campaign>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let form = Form::parse(body)?;
    let mut sheet = Sheet::of_form(web, viewer, campaign, &form);
    let rule = match sheet.input.who {
        Who::Some => sheet.conditions.finished(web, &sheet.viewer).await?,
        Who::Everybody | Who::Segment => None,
    };
    let at = match form.text("action") {
        "schedule" => match start_time(web, &sheet.viewer, &sheet.input.schedule_at) {
            Ok(at) => Some(at),
            Err(key) => {
                let error = ("schedule_at".to_owned(), sheet.viewer.t(key));
                return refused(web, sheet, error).await;
            }
        },
        _ => None,
    };
    match store(web, &mut sheet, rule, &form).await? {
        Stored::Saved { id, merged } => stored(web, sheet, id, at, merged).await,
        Stored::Wrong(error) => refused(web, sheet, error).await,
        Stored::Asked(page) => Ok(page),
    }
}

/// What became of a save.
enum Stored {
    Saved {
        id: CampaignId,
        /// What was taken from somebody else's version.
        merged: Option<String>,
    },
    /// An error of a field.
    Wrong(FieldError),
    /// A page to look at first: somebody else has saved it meanwhile.
    Asked(Response),
}

/// Creates or changes the campaign; an error that is a field's comes back as that.
async fn store(
    web: &Web,
    sheet: &mut Sheet,
    rule: Option<Rule>,
    form: &Form,
) -> Result<Stored, HttpError> {
    let viewer = &sheet.viewer;
    let by = viewer.actor();
    let draft = match sheet.input.draft(rule, viewer) {
        Ok(draft) => draft,
        Err(error) => return Ok(Stored::Wrong(error)),
    };
    let saved = match &sheet.campaign {
        None => draft::create(&web.cx, &by, &draft)
            .await
            .map(|made| made.id),
        Some(campaign) => {
            let (id, seen) = (campaign.id, Some(sheet.input.seen));
            let up_to_date = sheet.input.up_to_date.as_slice();
            draft::change_texts(&web.cx, &by, id, &draft, (seen, up_to_date))
                .await
                .map(|()| id)
        }
    };
    let saved = match (saved, &sheet.campaign) {
        (Err(CampaignError::Overtaken), Some(_)) => {
            match merging::overtaken(web, sheet, &draft, form).await? {
                Attempt::Saved(id, merged) => {
                    let merged = Some(merged);
                    return Ok(Stored::Saved { id, merged });
                }
                Attempt::Asked(page) => return Ok(Stored::Asked(page)),
                Attempt::Failed(error) => Err(error),
            }
        }
        (saved, _) => saved,
    };
    let viewer = &sheet.viewer;
    Ok(match (saved, &sheet.campaign) {
        (Ok(id), _) => Stored::Saved { id, merged: None },
        (Err(CampaignError::Overtaken), Some(campaign)) => {
            // The version that the form was opened with is not kept: a second save is intended,
            // since the editor was told whose text it replaces.
            sheet.input.seen = draft::edit_count(&web.cx, campaign.id).await?;
            Stored::Wrong((String::new(), viewer.t("admin-draft-overtaken")))
        }
        (Err(error), _) => match field(&error) {
            Some(field) => Stored::Wrong((field, viewer.explain(error))),
            None => return Err(error.into()),
        },
    })
}

/// What follows on a save: the start is scheduled, or the campaign's page shown.
async fn stored(
    web: &Web,
    sheet: Sheet,
    id: CampaignId,
    at: Option<Timestamp>,
    merged: Option<String>,
) -> Result<Response, HttpError> {
    let viewer = sheet.viewer;
    let row = sheet.campaign.as_ref();
    let row = row.map_or(draft::NEW_CAMPAIGN, |campaign| campaign.id);
    autosave::forget(&web.cx, &viewer.user, Autosaved::from(row)).await?;
    let by = viewer.actor();
    if let Some(at) = at {
        return Transition::new(web, viewer, id)
            .run(lifecycle::schedule(&web.cx, &by, id, at), |viewer, _| {
                let when = viewer.say("admin-campaign-scheduled-at");
                let flash = Flash::good(viewer.t("admin-campaign-is-scheduled"));
                let flash = flash.with(when.text("when", viewer.when(&at)));
                Done::at(id, flash.and(merged.as_deref().unwrap_or_default()))
            })
            .await;
    }
    let flash = match &sheet.campaign {
        None => {
            Flash::good(viewer.t("admin-draft-created")).with(viewer.t("admin-draft-created-next"))
        }
        Some(_) => Flash::good(viewer.t("admin-saved")),
    };
    let flash = flash.and(merged.as_deref().unwrap_or_default());
    Ok(redirect(web, &format!("/admin/campaigns/{id}"), &flash))
}

async fn refused(web: &Web, mut sheet: Sheet, error: FieldError) -> Result<Response, HttpError> {
    // Shows the language with the error.
    let tag = error.0.rsplit_once('_');
    let tag = tag.and_then(|(_, tag)| tag.parse::<Language>().ok());
    let texts = &sheet.input.texts;
    let tag = tag.filter(|tag| texts.iter().any(|text| text.language == *tag));
    sheet.input.language = tag.unwrap_or(sheet.input.language);
    sheet.error = error;
    let html = page(web, sheet, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
