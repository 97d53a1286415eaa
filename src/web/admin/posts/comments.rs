//! Comments on a post, and who else has its form open.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::content::post as posts;
use crate::model::PostId;
use crate::model::shared_text::SharedText;
use crate::web::admin::posts::history;
use crate::web::admin::together::comments::{self, About};
use crate::web::admin::together::presence;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::comment_blocks;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::state::Web;

async fn about(web: &Web, viewer: &Viewer, id: PostId) -> Result<About, HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    let title = history::title(viewer, &post);
    Ok(About {
        text: SharedText::Post(id),
        title,
        within: ("/admin/posts", viewer.t("admin-nav-posts")),
        blocks: comment_blocks::of_post(post).await?,
    })
}

pub async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
) -> Result<Response, HttpError> {
    let about = about(&web, &viewer, id).await?;
    comments::show(&web, viewer, about).await
}

pub async fn change(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let about = about(&web, &viewer, id).await?;
    comments::change(&web, viewer, about, &form).await
}

pub async fn presence(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    if posts::by_id(&web.cx, id).await?.is_none() {
        return Err(HttpError::NotFound);
    }
    presence::renew(&web, &viewer, SharedText::Post(id), &body).await
}
