//! A language as files: download, and import with a dry run first.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Multipart, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{HOME, reach};
use crate::content::phrases::change::{Balance, Refused, Step};
use crate::content::phrases::files::{self, TextFile};
use crate::text::fluent_file;
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::upload;
use crate::web::state::Web;

/// Changes and refusals that the dry run shows one by one.
const NAMED: usize = 200;

/// What is exported.
#[derive(Deserialize)]
pub struct Wanted {
    language: Option<Language>,
    /// One file, such as `site`, instead of an archive of all.
    #[serde(default)]
    file: String,
}

pub async fn export(
    State(web): State<Web>,
    viewer: Viewer,
    Query(wanted): Query<Wanted>,
) -> Result<Response, HttpError> {
    let language = wanted.language.unwrap_or(web.cx.config().language);
    let all = files::export(&web.cx, language, reach(&viewer)).await?;
    if wanted.file.is_empty() {
        return Ok(archive(language, &all)?.into_response());
    }
    let path = format!("{language}/{}.ftl", wanted.file);
    let found = all.into_iter().find(|file| file.path == path);
    let file = found.ok_or(HttpError::NotFound)?;
    let name = path.replace('/', "-");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, file.content).into_response())
}

fn archive(language: Language, all: &[TextFile]) -> Result<impl IntoResponse, HttpError> {
    let archive = files::zipped(all).map_err(|error| {
        tracing::error!(%error, "an archive of texts could not be written");
        HttpError::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"texts-{language}.zip\""),
        ),
    ];
    Ok((headers, archive))
}

#[derive(Template)]
#[template(path = "admin/phrases_import.html")]
struct ImportPage {
    viewer: Viewer,
    language: Language,
    file_name: String,
    balance: Balance,
    /// The phrases that would be changed, as a file to import.
    content: String,
}

impl ImportPage {
    fn steps(&self) -> &[Step] {
        &self.balance.steps[..self.balance.steps.len().min(NAMED)]
    }

    fn refused(&self) -> &[Refused] {
        &self.balance.refused[..self.balance.refused.len().min(NAMED)]
    }

    fn back(&self) -> String {
        back(self.language)
    }
}

fn back(language: Language) -> String {
    format!("{HOME}?language={language}")
}

/// Shows what a file would change. Nothing is changed yet.
pub async fn check(
    State(web): State<Web>,
    Editor(viewer): Editor,
    parts: Multipart,
) -> Result<Response, HttpError> {
    let (mut uploads, fields) = upload::read(parts).await?;
    let chosen = fields.iter().find(|(name, _)| name == "language");
    let language = chosen.and_then(|(_, tag)| tag.parse::<Language>().ok());
    let language = language.unwrap_or(web.cx.config().language);
    let Some(file) = uploads.pop() else {
        let flash = Flash::bad(viewer.t("admin-phrases-choose-file"));
        return Ok(redirect(&web, &back(language), &flash));
    };
    let uploaded = match files::read(&file.file_name, &file.content) {
        Ok(uploaded) => uploaded,
        Err(error) => {
            let flash = Flash::bad(viewer.t("admin-phrases-not-read"));
            let flash = flash.with(viewer.explain(error));
            return Ok(redirect(&web, &back(language), &flash));
        }
    };
    let balance = files::check(&web.cx, language, &uploaded, reach(&viewer)).await?;
    let as_file = |step: &Step| fluent_file::phrase(&step.key, &step.after);
    let page = render_page(&ImportPage {
        content: balance.steps.iter().map(as_file).collect(),
        viewer,
        language,
        file_name: file.file_name,
        balance,
    })?;
    Ok(page.into_response())
}

/// Imports what the dry run has shown.
pub async fn apply(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let language = form.text("language").parse::<Language>();
    let language = language.map_err(|_| HttpError::NotFound)?;
    let back = back(language);
    let uploaded = match files::read("", form.text("file").as_bytes()) {
        Ok(uploaded) => uploaded,
        Err(error) => {
            let flash = Flash::bad(viewer.t("admin-phrases-not-read"));
            return Ok(redirect(&web, &back, &flash.with(viewer.explain(error))));
        }
    };
    let (by, reach) = (viewer.actor(), reach(&viewer));
    let balance = files::import(&web.cx, &by, language, &uploaded, reach).await?;
    let imported = viewer.say("admin-phrases-imported");
    let imported = imported.number("count", balance.steps.len());
    let flash = match balance.refused.len() {
        0 => Flash::good(imported),
        count => {
            let refused = viewer.say("admin-phrases-refused-counted");
            Flash::warn(imported).with(refused.number("count", count))
        }
    };
    Ok(redirect(&web, &back, &flash))
}
