//! The list of files, and uploads.

use std::collections::HashMap;

use askama::Template;
use axum::Json;
use axum::extract::{Multipart, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::{HOME, markdown, size, thumbnail, title};
use crate::content::media;
use crate::content::media_library::{self, Filter, LibraryFile};
use crate::model::content::MediaKind;
use crate::store::media::Medium;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::http::problem::ProblemType;
use crate::web::http::upload;
use crate::web::state::Web;

/// Files on a page.
const PAGE: usize = 60;

/// What is looked for, and how it is shown.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    pub q: String,
    pub tag: String,
    pub kind: String,
    /// `list` for a table.
    pub view: String,
    pub page: u16,
}

impl Shown {
    fn is_list(&self) -> bool {
        self.view == "list"
    }

    pub fn filter(&self) -> Filter<'_> {
        Filter {
            search: &self.q,
            tag: &self.tag,
            kind: self.kind.parse().ok(),
        }
    }

    fn link(&self, view: &str, page: u16) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &self.q)
            .append_pair("tag", &self.tag)
            .append_pair("kind", &self.kind)
            .append_pair("view", view)
            .append_pair("page", &page.to_string())
            .finish();
        format!("?{query}")
    }

    /// The link to another view of the same files.
    fn viewed(&self, view: &str) -> String {
        self.link(view, self.page)
    }

    /// The link to another page of the same files.
    pub fn turned(&self, page: u16) -> String {
        self.link(&self.view, page)
    }
}

/// One page of files.
pub struct Sheet {
    pub files: Vec<LibraryFile>,
    pub has_more: bool,
}

impl Sheet {
    /// The page with this number, from 0 on.
    pub fn of(files: Vec<LibraryFile>, page: u16) -> Self {
        let mut files: Vec<LibraryFile> = files
            .into_iter()
            .skip(usize::from(page) * PAGE)
            .take(PAGE + 1)
            .collect();
        let has_more = files.len() > PAGE;
        files.truncate(PAGE);
        Self { files, has_more }
    }
}

#[derive(Template)]
#[template(path = "admin/media.html")]
struct IndexPage {
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
    viewer: Viewer,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let library = media_library::search(&web.cx, shown.filter()).await?;
    render_page(&IndexPage {
        viewer,
        tags: library.tags,
        sheet: Sheet::of(library.files, shown.page),
        is_empty: library.is_empty,
        widths: media::widths(&web.cx).await?,
        shown,
    })
}

/// Uploads from the form, or from the editor, which asks for JSON.
pub async fn receive(
    State(web): State<Web>,
    Editor(viewer): Editor,
    headers: HeaderMap,
    parts: Multipart,
) -> Result<Response, HttpError> {
    let accept = headers.get(header::ACCEPT).map(|kind| kind.as_bytes());
    if accept.is_some_and(|kind| kind.starts_with(b"application/json")) {
        return Ok(match keep(&web, &viewer, parts).await {
            Ok(kept) => {
                let items: Vec<_> = kept.iter().map(|one| described(&web, one)).collect();
                let body = serde_json::json!({ "items": items });
                (StatusCode::CREATED, Json(body)).into_response()
            }
            Err(error) => {
                let body = serde_json::json!({ "detail": viewer.explain(&error) });
                (error.status(), Json(body)).into_response()
            }
        });
    }
    let kept = match keep(&web, &viewer, parts).await {
        Ok(kept) => kept,
        Err(
            error @ (HttpError::Other(413 | 415, _)
            | HttpError::Problem(
                ProblemType::TooLarge | ProblemType::UnsupportedMediaType,
                _,
            )),
        ) => {
            let flash = Flash::bad(viewer.t("admin-media-not-uploaded"));
            let flash = flash.with(viewer.explain(error));
            return Ok(redirect(&web, HOME, &flash));
        }
        Err(error) => return Err(error),
    };
    Ok(match kept.as_slice() {
        [] => {
            let flash = Flash::bad(viewer.t("admin-media-choose"));
            redirect(&web, HOME, &flash)
        }
        [one] => {
            let flash = Flash::good(viewer.t("admin-media-uploaded"))
                .with(viewer.t("admin-media-uploaded-next"));
            redirect(&web, &format!("{HOME}/{}", one.id), &flash)
        }
        many => {
            let title = viewer
                .say("admin-media-uploaded-counted")
                .number("count", many.len());
            redirect(&web, HOME, &Flash::good(title))
        }
    })
}

async fn keep(web: &Web, viewer: &Viewer, parts: Multipart) -> Result<Vec<Medium>, HttpError> {
    let (files, fields) = upload::read(parts).await?;
    let is_shown = fields.iter().any(|(name, _)| name == "shown");
    let mut kept = Vec::with_capacity(files.len());
    for mut file in files {
        file.is_shown = is_shown;
        kept.push(media::keep_beside(&web.cx, &viewer.actor(), file).await?);
    }
    Ok(kept)
}

/// A file with the Markdown to embed it.
fn described(web: &Web, medium: &Medium) -> serde_json::Value {
    let body = crate::web::api::media::body(web, medium);
    let mut body = serde_json::to_value(body).unwrap_or_default();
    body["markdown"] = markdown(medium).into();
    body
}
