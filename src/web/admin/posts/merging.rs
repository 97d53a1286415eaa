//! A post that somebody else has saved while it was edited: merged, or asked about.

use axum::response::{IntoResponse, Response};

use crate::clock::Timestamp;
use crate::content::ContentError;
use crate::content::post::{self as posts, FullPost, PostDraft, Saving};
use crate::content::post_merge::merge;
use crate::model::PostId;
use crate::model::audit::AuditAction;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::posts::editor::{Notice, address, page, picture_name};
use crate::web::admin::posts::form_input::FormInput;
use crate::web::admin::posts::{history, parts};
use crate::web::admin::together::merging::{self, About, Meanwhile};
use crate::web::admin::viewer::Viewer;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// Saves that may come between reading the current version and saving the merged one.
const ATTEMPTS: usize = 3;

/// What was typed: as entered, and read.
pub(super) struct Typed {
    pub input: FormInput,
    pub edition: PostDraft,
}

/// What came of merging.
pub(super) enum Attempt {
    /// It was merged: what came of saving that, and what the page says of it.
    Saved(Result<PostId, ContentError>, String),
    /// A page to look at first.
    Asked(Response),
    /// The version that the form was opened with is not kept.
    Unmerged,
}

/// Merges what was typed with what was saved meanwhile, and saves that where nothing is open.
/// What was typed is then the merged post.
pub(super) async fn overtaken(
    web: &Web,
    viewer: &Viewer,
    post: &FullPost,
    typed: &mut Typed,
    (action, is_confirmed): (AuditAction, bool),
    form: &Form,
) -> Result<Attempt, HttpError> {
    let id = post.post.id;
    let seen = Timestamp::from_millis(typed.input.seen);
    for _ in 0..ATTEMPTS {
        let choices = merging::choices(form);
        let Some(merged) = merge(&web.cx, id, seen, &typed.edition, choices).await? else {
            break;
        };
        let meanwhile = Meanwhile {
            by: merged.by,
            at: merged.at,
        };
        if !merged.clashes.is_empty() {
            let about = About {
                title: history::title(viewer, post),
                current: address(id),
                label: parts::label,
                value: parts::value,
            };
            let found = (merged.clashes, merged.taken.as_slice());
            let page = merging::page(viewer.clone(), about, &meanwhile, found, form).await?;
            return Ok(Attempt::Asked(page));
        }
        let notice = merging::notice(viewer, &meanwhile, &merged.taken, parts::label);
        let picture = picture_name(web, merged.draft.picture).await?;
        let (languages, version) = (web.languages(), merged.at.millis());
        let calendar = &viewer.calendar;
        let input = FormInput {
            language: typed.input.language,
            up_to_date: typed.input.up_to_date.clone(),
            ..FormInput::of_edition(&languages, &merged.draft, picture, calendar, version)
        };
        if merging::leads_to_form(form) {
            let current = posts::by_id(&web.cx, id).await?;
            let (viewer, notice) = (viewer.clone(), Notice::Merged(notice));
            let html = page(web, viewer, current, input, FormErrors::default(), notice).await?;
            return Ok(Attempt::Asked(html.into_response()));
        }
        let saving = Saving {
            known: Some((id, merged.at)),
            action,
            up_to_date: &typed.input.up_to_date,
            is_confirmed,
        };
        let saved = posts::save(&web.cx, saving, &merged.draft, (&viewer.user).into()).await;
        if !matches!(saved, Err(ContentError::Overtaken)) {
            if saved.is_ok() {
                typed.input = input;
                typed.edition = merged.draft;
            }
            return Ok(Attempt::Saved(saved, notice));
        }
    }
    Ok(Attempt::Unmerged)
}
