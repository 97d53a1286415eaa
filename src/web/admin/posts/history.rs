//! Revisions of a post, and autosave.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, Response};

use crate::content::post::{self as posts, FullPost, PostDraft};
use crate::content::revision::{self, Revision};
use crate::model::PostId;
use crate::model::autosave::Autosaved;
use crate::text::locale::Language;
use crate::web::admin::autosaves;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

struct Row {
    revision: Revision,
    title: String,
    state: &'static str,
    /// Languages with the number of characters of the text.
    languages: Vec<(Language, i64)>,
}

#[derive(Template)]
#[template(path = "admin/posts/history.html")]
struct HistoryPage {
    viewer: Viewer,
    post: FullPost,
    rows: Vec<Row>,
}

impl HistoryPage {
    fn title(&self) -> &str {
        self.post
            .variant(self.viewer.phrases().reader())
            .map_or("", |variant| &variant.title)
    }
}

pub async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<PostId>,
) -> Result<Html<String>, HttpError> {
    let post = posts::by_id(&web.cx, id)
        .await?
        .ok_or(HttpError::NotFound)?;
    let (now, reader) = (web.cx.clock.now(), viewer.phrases().reader());
    let row = |revision: Revision| {
        let edition = PostDraft::of_revision(&revision)?;
        let shown = reader.pick(&edition.variants, |variant| variant.language);
        let title = shown?.title.clone();
        let length = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        Some(Row {
            title,
            state: match edition.published_at {
                None => "draft",
                Some(at) if at > now => "scheduled",
                Some(_) => "published",
            },
            languages: edition
                .variants
                .iter()
                .map(|variant| (variant.language, length(&variant.body_markdown)))
                .collect(),
            revision,
        })
    };
    let rows = revision::history(&web.cx, id).await?;
    render_page(&HistoryPage {
        viewer,
        post,
        rows: rows.into_iter().filter_map(row).collect(),
    })
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
