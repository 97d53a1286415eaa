//! The picker of the post editor: files with the Markdown that shows them. A page of its own
//! without `assets/js/pick.js`, which shows it in a dialog and inserts the Markdown.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;

use super::library::{Sheet, Shown};
use super::{markdown, thumbnail, title};
use crate::content::media;
use crate::content::media_library;
use crate::model::content::MediaKind;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

#[derive(Template)]
#[template(path = "admin/media_pick.html")]
struct PickPage {
    viewer: Viewer,
    shown: Shown,
    /// Every tag that a file has.
    tags: Vec<String>,
    sheet: Sheet,
    is_empty: bool,
    widths: HashMap<String, Vec<i64>>,
}

pub async fn index(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let library = media_library::search(&web.cx, shown.filter()).await?;
    render_page(&PickPage {
        viewer,
        tags: library.tags,
        sheet: Sheet::of(library.files, shown.page),
        is_empty: library.is_empty,
        widths: media::widths(&web.cx).await?,
        shown,
    })
}
