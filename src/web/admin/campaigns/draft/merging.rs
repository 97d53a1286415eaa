//! A campaign that somebody else has saved while it was edited: merged, or asked about.

use axum::response::{IntoResponse, Response};

use crate::campaign::draft::{CampaignDraft, Selection};
use crate::campaign::draft_merge::merge;
use crate::campaign::{CampaignError, draft};
use crate::model::CampaignId;
use crate::web::admin::campaigns::draft::form_input::FormInput;
use crate::web::admin::campaigns::draft::{Notice, Sheet, autosave, page};
use crate::web::admin::campaigns::parts;
use crate::web::admin::segments::conditions::Conditions;
use crate::web::admin::together::merging::{self, About, Meanwhile};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Saves that may come between reading the current version and saving the merged one.
const ATTEMPTS: usize = 3;

/// What came of merging.
pub(super) enum Attempt {
    /// Merged and saved, with what the page says of it.
    Saved(CampaignId, String),
    /// A page to look at first.
    Asked(Response),
    /// [`CampaignError::Overtaken`] where nothing could be merged.
    Failed(CampaignError),
}

/// Merges what was typed with what was saved meanwhile, and saves that where nothing is open.
pub(super) async fn overtaken(
    web: &Web,
    sheet: &Sheet,
    typed: &CampaignDraft,
    form: &Form,
) -> Result<Attempt, HttpError> {
    let viewer = &sheet.viewer;
    for _ in 0..ATTEMPTS {
        let Some(campaign) = &sheet.campaign else {
            break;
        };
        let (id, choices) = (campaign.id, merging::choices(form));
        let merged = match merge(&web.cx, id, sheet.input.seen, typed, choices).await {
            Ok(Some(merged)) => merged,
            Ok(None) => break,
            Err(error) => return Ok(Attempt::Failed(error)),
        };
        let meanwhile = Meanwhile {
            by: merged.by,
            at: merged.at,
        };
        if !merged.clashes.is_empty() {
            let about = About {
                title: campaign.subject.clone(),
                current: autosave::address(id),
                label: parts::label,
                value: parts::value,
            };
            let found = (merged.clashes, merged.taken.as_slice());
            let page = merging::page(viewer.clone(), about, &meanwhile, found, form).await?;
            return Ok(Attempt::Asked(page));
        }
        let notice = merging::notice(viewer, &meanwhile, &merged.taken, parts::label);
        if merging::leads_to_form(form) {
            let mut again = Sheet::new(
                viewer.clone(),
                Some(campaign.clone()),
                FormInput {
                    language: sheet.input.language,
                    schedule_at: sheet.input.schedule_at.clone(),
                    up_to_date: sheet.input.up_to_date.clone(),
                    seen: merged.edit_count,
                    ..FormInput::of_draft(&web.languages(), &merged.draft)
                },
            );
            if let Selection::Conditions { rule, .. } = &merged.draft.selection {
                again.conditions = Conditions::of_rule(rule, viewer);
            }
            again.notice = Notice::Merged(notice);
            let html = page(web, again, None).await?;
            return Ok(Attempt::Asked(html.into_response()));
        }
        let by = viewer.actor();
        let seen = (Some(merged.edit_count), sheet.input.up_to_date.as_slice());
        match draft::change_texts(&web.cx, &by, id, &merged.draft, seen).await {
            Ok(()) => return Ok(Attempt::Saved(id, notice)),
            Err(CampaignError::Overtaken) => {}
            Err(error) => return Ok(Attempt::Failed(error)),
        }
    }
    Ok(Attempt::Failed(CampaignError::Overtaken))
}
