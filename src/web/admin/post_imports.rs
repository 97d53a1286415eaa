//! Imports of posts: upload a file, see what would happen, import, read the result.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use url::Url;

use crate::model::PostImportId;
use crate::model::post_import::{DraftReason, PostImportState, PublishAs};
use crate::post_import::job::{self, PostImport};
use crate::post_import::{Balance, Options, PostImportError, SIZE_LIMIT};
use crate::text::line::Title;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::{counted, sentence, thousands};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::post_import_fields::parse;
use crate::web::http::upload;
use crate::web::state::Web;

/// The parts of an upload around the file.
const ENVELOPE: usize = 1024 * 1024;
const HOME: &str = "/admin/posts/import";
const LATEST: i64 = 20;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/posts/import", get(index).post(upload_file))
        .layer(DefaultBodyLimit::max(SIZE_LIMIT.saturating_add(ENVELOPE)))
        .route("/posts/import/{id}", get(one))
        .route("/posts/import/{id}/check", post(check))
        .route("/posts/import/{id}/run", post(run))
        .route("/posts/import/{id}/delete", post(delete))
}

/// An import in the list of all.
struct Row {
    import: PostImport,
    balance: Balance,
}

#[derive(Template)]
#[template(path = "admin/posts/imports.html")]
struct IndexPage {
    viewer: Viewer,
    imports: Vec<Row>,
    options: Options,
}

#[derive(Template)]
#[template(path = "admin/posts/import.html")]
struct ImportPage {
    viewer: Viewer,
    import: PostImport,
    balance: Balance,
    options: Options,
}

/// A line of the balance: what, how many, and what to know of it.
struct Line {
    what: String,
    count: u64,
    hint: &'static str,
}

fn count(number: &u64) -> String {
    thousands(&i64::try_from(*number).unwrap_or(i64::MAX))
}

fn state_label(state: &PostImportState) -> &'static str {
    match state {
        PostImportState::Checked => "Not imported yet",
        PostImportState::Running => "Importing",
        PostImportState::Finished => "Imported",
        PostImportState::Failed => "Failed",
    }
}

impl ImportPage {
    fn is(&self, state: PostImportState) -> bool {
        self.import.state == state
    }

    fn posts(&self, number: &u64) -> String {
        counted(i64::try_from(*number).unwrap_or(i64::MAX), "post", "posts")
    }

    /// The balance, without lines that count nothing.
    fn lines(&self) -> Vec<Line> {
        let balance = &self.balance;
        let mut lines = Vec::new();
        let mut line = |what: &str, count: u64, hint: &'static str| {
            if count > 0 {
                lines.push(Line {
                    what: what.to_owned(),
                    count,
                    hint,
                });
            }
        };
        line("On the site", balance.published, "with their former dates");
        line("Drafts", balance.drafts, "");
        for (reason, count) in &balance.drafts_because {
            let reason = reason.parse::<DraftReason>();
            let label = reason.map_or("", DraftReason::label);
            line(&format!("Draft, since it {label}"), *count, "");
        }
        line(
            "Replaced",
            balance.updated,
            "imported before, not edited since",
        );
        line("Imported before", balance.known, "they stay as they are");
        line(
            "Edited here since their import",
            balance.edited,
            "they are not replaced",
        );
        for (what, count) in &balance.skipped {
            line(&format!("Passed over: {what}"), *count, "");
        }
        line("Cannot be imported", balance.failed, "see below");
        line(
            "Tags of templates",
            balance.tags_dropped,
            "such as the reader's name and links to unsubscribe; they are left out",
        );
        line(
            "Parts of an unknown kind",
            balance.unknown_cards,
            "their words are kept",
        );
        lines
    }

    /// The hosts of pictures, the most pictures first.
    fn hosts(&self) -> Vec<(&String, &u64)> {
        let mut hosts: Vec<(&String, &u64)> = self.balance.pictures.hosts.iter().collect();
        hosts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        hosts
    }
}

async fn index(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let imports = job::latest(&web.cx, LATEST).await?.into_iter();
    let imports = imports.map(|import| Row {
        balance: job::balance(&import),
        import,
    });
    render_page(&IndexPage {
        viewer,
        imports: imports.collect(),
        options: Options {
            language: Some(web.cx.config().language),
            ..Options::default()
        },
    })
}

async fn upload_file(
    State(web): State<Web>,
    Editor(viewer): Editor,
    parts: Multipart,
) -> Result<Response, HttpError> {
    let refused = |why: String| {
        let flash = Flash::bad("The file was not read").with(sentence(&why));
        Ok(redirect(&web, HOME, &flash))
    };
    let (file, fields) = match upload::read_one(parts, SIZE_LIMIT).await {
        Ok(read) => read,
        Err(HttpError::Problem(_, why)) => return refused(why),
        Err(error) => return Err(error),
    };
    let Some(file) = file.filter(|file| !file.content.is_empty()) else {
        return Ok(redirect(&web, HOME, &Flash::bad("Choose a file")));
    };
    let fields = match parse(fields.iter().map(|(name, value)| (&**name, &**value))) {
        Ok(fields) => fields,
        Err(error @ HttpError::Field { .. }) => return refused(error.to_string()),
        Err(error) => return Err(error),
    };
    let name = match file.file_name.as_str() {
        "" => "file",
        name => name,
    };
    let (actor, system) = (viewer.actor(), fields.system);
    let read = job::upload(&web.cx, &actor, name, file.content, system, &fields.options);
    match read.await {
        Ok(id) => Ok(to(id)),
        Err(PostImportError::Store(error)) => Err(error.into()),
        Err(error) => refused(error.to_string()),
    }
}

fn to(id: PostImportId) -> Response {
    Redirect::to(&format!("{HOME}/{id}")).into_response()
}

async fn find(web: &Web, id: PostImportId) -> Result<PostImport, HttpError> {
    job::by_id(&web.cx, id).await?.ok_or(HttpError::NotFound)
}

async fn one(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostImportId>,
) -> Result<Html<String>, HttpError> {
    let import = find(&web, id).await?;
    render_page(&ImportPage {
        viewer,
        balance: job::balance(&import),
        options: job::options(&import),
        import,
    })
}

async fn check(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<PostImportId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    find(&web, id).await?;
    let form = Form::parse(&body)?;
    let fields = match parse(form.pairs()) {
        Ok(fields) => fields,
        Err(error @ HttpError::Field { .. }) => {
            let flash = Flash::bad(sentence(&error.to_string()));
            return Ok(redirect(&web, &format!("{HOME}/{id}"), &flash));
        }
        Err(error) => return Err(error),
    };
    job::recheck(&web.cx, &viewer.actor(), id, &fields.options).await?;
    Ok(to(id))
}

async fn run(
    State(web): State<Web>,
    Editor(_): Editor,
    Path(id): Path<PostImportId>,
) -> Result<Response, HttpError> {
    find(&web, id).await?;
    job::start(&web.cx, id).await?;
    Ok(to(id))
}

async fn delete(
    State(web): State<Web>,
    Editor(_): Editor,
    Path(id): Path<PostImportId>,
) -> Result<Response, HttpError> {
    find(&web, id).await?;
    job::delete(&web.cx, id).await?;
    let flash = Flash::good("Removed from the list").with("Imported posts stay.");
    Ok(redirect(&web, HOME, &flash))
}
