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
use crate::model::post_import::{PostImportState, PublishAs};
use crate::post_import::job::{self, PostImport};
use crate::post_import::{Balance, Options, PostImportError, SIZE_LIMIT};
use crate::text::line::Title;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
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
    hint: String,
}

impl ImportPage {
    fn is(&self, state: PostImportState) -> bool {
        self.import.state == state
    }

    /// The balance, without lines that count nothing.
    fn lines(&self) -> Vec<Line> {
        let (viewer, balance) = (&self.viewer, &self.balance);
        let mut lines = Vec::new();
        let mut line = |what: String, count: u64, hint: Option<&str>| {
            if count > 0 {
                let hint = hint.map(|key| viewer.t(key)).unwrap_or_default();
                lines.push(Line { what, count, hint });
            }
        };
        line(
            viewer.t("admin-post-import-on-site"),
            balance.published,
            Some("admin-post-import-on-site-hint"),
        );
        line(viewer.t("admin-post-import-drafts"), balance.drafts, None);
        for (reason, count) in &balance.drafts_because {
            let what = viewer.word("admin-post-import-draft-since", reason);
            line(what, *count, None);
        }
        line(
            viewer.t("admin-post-import-replaced"),
            balance.updated,
            Some("admin-post-import-replaced-hint"),
        );
        line(
            viewer.t("admin-post-import-known"),
            balance.known,
            Some("admin-post-import-known-hint"),
        );
        line(
            viewer.t("admin-post-import-edited"),
            balance.edited,
            Some("admin-post-import-edited-hint"),
        );
        for (kind, count) in &balance.skipped {
            let what = viewer.word("admin-post-import-skipped", kind);
            line(what, *count, None);
        }
        line(
            viewer.t("admin-post-import-unusable"),
            balance.failed,
            Some("admin-post-import-unusable-hint"),
        );
        line(
            viewer.t("admin-post-import-tags"),
            balance.tags_dropped,
            Some("admin-post-import-tags-hint"),
        );
        line(
            viewer.t("admin-post-import-unknown-parts"),
            balance.unknown_cards,
            Some("admin-post-import-unknown-parts-hint"),
        );
        lines
    }

    /// Where pictures are, the most pictures first.
    fn hosts(&self) -> Vec<(String, u64)> {
        let viewer = &self.viewer;
        let mut hosts: Vec<(&String, &u64)> = self.balance.pictures.hosts.iter().collect();
        hosts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let named = |(host, count): (&String, &u64)| {
            let place = match host.as_str() {
                "others" => viewer.t("admin-post-import-at-others"),
                host => viewer
                    .say("admin-post-import-at-host")
                    .text("host", host)
                    .to_string(),
            };
            (place, *count)
        };
        hosts.into_iter().map(named).collect()
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
        let flash = Flash::bad(viewer.t("admin-post-import-unread")).with(viewer.explain(why));
        Ok(redirect(&web, HOME, &flash))
    };
    let (file, fields) = match upload::read_one(parts, SIZE_LIMIT).await {
        Ok(read) => read,
        Err(HttpError::Problem(_, why)) => return refused(why),
        Err(error) => return Err(error),
    };
    let Some(file) = file.filter(|file| !file.content.is_empty()) else {
        let flash = Flash::bad(viewer.t("admin-post-import-no-file"));
        return Ok(redirect(&web, HOME, &flash));
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
            let flash = Flash::bad(viewer.explain(error));
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
    Editor(viewer): Editor,
    Path(id): Path<PostImportId>,
) -> Result<Response, HttpError> {
    find(&web, id).await?;
    job::delete(&web.cx, id).await?;
    let flash = Flash::good(viewer.t("admin-post-import-removed"))
        .with(viewer.t("admin-post-import-removed-text"));
    Ok(redirect(&web, HOME, &flash))
}
