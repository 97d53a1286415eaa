//! Revisions of a post, and autosave.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, Response};

use crate::content::ContentError;
use crate::content::post::{self as posts, FullPost, PostDraft};
use crate::content::revision::{self, Revision};
use crate::model::PostId;
use crate::model::autosave::Autosaved;
use crate::web::admin::autosaves;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::posts::parts;
use crate::web::admin::together::comparison::{self, About, Asked, Version};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

/// The revisions of a post that can be read, newest first, and what their pages are about.
async fn versions(
    web: &Web,
    viewer: &Viewer,
    id: PostId,
) -> Result<(About, Vec<Version>), HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    let (now, reader) = (web.cx.clock.now(), viewer.phrases().reader());
    let pictures = parts::picture_names(web).await?;
    let version = |revision: Revision| {
        let edition = PostDraft::of_revision(&revision)?;
        let shown = reader.pick(&edition.variants, |variant| variant.language);
        let title = shown?.title.clone();
        let state = match edition.published_at {
            None => "draft",
            Some(at) if at > now => "scheduled",
            Some(_) => "published",
        };
        Some(Version {
            id: revision.id,
            at: revision.at,
            actor: revision.actor,
            title,
            state: (state, viewer.word("admin-post-state", state)),
            parts: parts::of(viewer, &edition, &pictures),
        })
    };
    let revisions = revision::history(&web.cx, id).await?;
    let versions = revisions.into_iter().filter_map(version).collect();
    Ok((about(viewer, &post), versions))
}

fn about(viewer: &Viewer, post: &FullPost) -> About {
    let id = post.post.id;
    About {
        title: title(viewer, post),
        within: ("/admin/posts", viewer.t("admin-nav-posts")),
        path: format!("/admin/posts/{id}"),
        opens: Some(format!("/admin/posts/{id}?revision=")),
        label: parts::label,
        may_restore: viewer.can_edit(),
    }
}

/// The title of a post in the reader's language.
pub fn title(viewer: &Viewer, post: &FullPost) -> String {
    let shown = post.variant(viewer.phrases().reader());
    shown.map_or_else(String::new, |variant| variant.title.clone())
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
) -> Result<Html<String>, HttpError> {
    let (about, versions) = versions(&web, &viewer, id).await?;
    comparison::history(viewer, about, versions)
}

/// Two revisions beside each other.
pub async fn compare(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, HttpError> {
    let (about, versions) = versions(&web, &viewer, id).await?;
    comparison::page(viewer, about, versions, &asked).await
}

/// Makes a revision the current version, as a new revision. Whether the post is published does
/// not change.
pub async fn restore(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let number = form.text("revision").parse().unwrap_or_default();
    let revision = revision::by_id(&web.cx, id, number).await?;
    let revision = revision.ok_or(HttpError::NotFound)?;
    let former = PostDraft::of_revision(&revision).ok_or(HttpError::NotFound)?;
    let when = viewer.when(&revision.at);
    let history = format!("/admin/posts/{id}/history");
    let text = viewer.say("admin-compare-restore-text");
    let confirmation = Confirmation {
        title: viewer.t("admin-compare-restore-title"),
        text: text.text("when", &when).to_string(),
        yes: viewer.t("admin-compare-restore"),
        no: viewer.t("admin-cancel"),
        back: history.clone(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let current = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    match posts::restore(&web.cx, (&viewer.user).into(), &current, former, false).await {
        Ok(_) => {
            let done = viewer.say("admin-compare-restored").text("when", when);
            let flash = Flash::good(viewer.t("admin-saved")).with(done);
            Ok(redirect(&web, &format!("/admin/posts/{id}"), &flash))
        }
        // The form asks what this needs: that campaigns change with it, or another slug.
        Err(
            error @ (ContentError::Unconfirmed(_)
            | ContentError::Exists(_)
            | ContentError::Overtaken
            | ContentError::TooComplex(_)),
        ) => {
            let flash = Flash::bad(viewer.t("admin-not-saved")).with(viewer.explain(error));
            let form = format!("/admin/posts/{id}?revision={number}");
            Ok(redirect(&web, &form, &flash))
        }
        Err(error) => Err(error.into()),
    }
}

/// Stores unsaved changes (under id 0 for a new post).
pub async fn autosave(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<StatusCode, HttpError> {
    autosaves::keep(&web, &viewer, Autosaved::from(id), &body).await
}

/// Discards unsaved changes.
pub async fn discard(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = super::editor::address(id);
    autosaves::discard(&web, &viewer, Autosaved::from(id), form, &body).await
}
