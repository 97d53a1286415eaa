//! Revisions of a campaign.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};

use crate::campaign::revision::{self, CampaignRevision, draft_in};
use crate::campaign::{draft, lifecycle};
use crate::model::CampaignId;
use crate::web::admin::campaigns::parts;
use crate::web::admin::campaigns::transition::{confirmation, path};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::together::comparison::{self, About, Asked, Version};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The revisions of a campaign that can be read, newest first, and what their pages are about.
async fn versions(
    web: &Web,
    viewer: &Viewer,
    id: CampaignId,
) -> Result<(About, Vec<Version>), HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let version = |revision: CampaignRevision| {
        let draft = draft_in(&revision)?;
        Some(Version {
            id: revision.id,
            at: revision.at,
            actor: revision.actor,
            parts: parts::of(viewer, &draft),
            title: draft.subject,
            state: ("", String::new()),
        })
    };
    let revisions = revision::history(&web.cx, id).await?;
    let about = About {
        title: campaign.subject,
        within: ("/admin/campaigns", viewer.t("admin-nav-campaigns")),
        path: path(id),
        opens: None,
        label: parts::label,
        may_restore: viewer.can_edit() && campaign.state.is_editable(),
    };
    Ok((about, revisions.into_iter().filter_map(version).collect()))
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let (about, versions) = versions(&web, &viewer, id).await?;
    comparison::history(viewer, about, versions)
}

/// Two revisions beside each other.
pub async fn compare(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CampaignId>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, HttpError> {
    let (about, versions) = versions(&web, &viewer, id).await?;
    comparison::page(viewer, about, versions, &asked).await
}

/// Makes a revision the current version, as a new revision.
pub async fn restore(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    lifecycle::by_id(&web.cx, id).await?;
    let number = form.text("revision").parse().unwrap_or_default();
    let revision = revision::by_id(&web.cx, id, number).await?;
    let revision = revision.ok_or(HttpError::NotFound)?;
    let former = draft_in(&revision).ok_or(HttpError::NotFound)?;
    let when = viewer.when(&revision.at);
    let text = viewer.say("admin-compare-restore-text");
    let question = confirmation(
        id,
        viewer.t("admin-compare-restore-title"),
        text.text("when", &when).to_string(),
        viewer.t("admin-compare-restore"),
        viewer.t("admin-cancel"),
    );
    if let Some(page) = question.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let seen = draft::edit_count(&web.cx, id).await?;
    let restored = draft::change(&web.cx, &viewer.actor(), id, &former, Some(seen)).await;
    let flash = match restored {
        Ok(()) => {
            let done = viewer.say("admin-compare-restored").text("when", when);
            Flash::good(viewer.t("admin-saved")).with(done)
        }
        // What it names may be gone: a list, a layout, its post.
        Err(error) => match HttpError::from(error) {
            HttpError::Internal => return Err(HttpError::Internal),
            error => Flash::bad(viewer.t("admin-not-done")).with(viewer.explain(error)),
        },
    };
    Ok(redirect(&web, &path(id), &flash))
}
