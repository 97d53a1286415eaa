//! Imports: upload a file, choose columns, dry run, run, read the rejected
//! rows.

use askama::Template;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, StreamExt};

use crate::audience::export::defused;
use crate::audience::import::Columns;
use crate::audience::import_job::{self, SIZE_LIMIT};
use crate::audience::list_admin;
use crate::model::ImportId;
use crate::model::import::ImportState;
use crate::model::list::ListSlug;
use crate::store::imports::Import;
use crate::store::lists::List;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::wording::{counted, thousands};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::upload;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/imports", get(index).post(upload))
        .layer(DefaultBodyLimit::max(SIZE_LIMIT))
        .route("/imports/{id}", get(one))
        .route("/imports/{id}/check", post(check))
        .route("/imports/{id}/run", post(run))
        .route("/imports/{id}/cancel", post(cancel))
        .route("/imports/{id}/rejected-rows.csv", get(rejected_rows))
}

const HOME: &str = "/admin/imports";
const LATEST: i64 = 50;
/// Rejected rows shown on the page.
const SHOWN: i64 = 20;
const PAGE: i64 = 1000;

#[derive(Template)]
#[template(path = "admin/imports.html")]
struct IndexPage {
    viewer: Viewer,
    lists: Vec<List>,
    imports: Vec<Import>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        viewer,
        lists: list_admin::all(&web.cx).await?,
        imports: import_job::latest(&web.cx, LATEST).await?,
    })
}

async fn upload(
    State(web): State<Web>,
    Editor(viewer): Editor,
    mut parts: Multipart,
) -> Result<Response, HttpError> {
    let mut list = None;
    while let Some(part) = parts.next_field().await.map_err(upload::broken)? {
        match part.name() {
            Some("list") => {
                let slug = part.text().await.map_err(upload::broken)?;
                let parsed = slug.parse::<ListSlug>();
                list = Some(parsed.map_err(|error| HttpError::field("list", &error))?);
            }
            Some("file") => {
                let Some(list) = &list else {
                    return Ok(redirect(&web, HOME, &Flash::bad("Choose a list first")));
                };
                let name = upload::import_name(&part, "");
                if name.is_empty() {
                    break;
                }
                let id = upload::keep_import(&web, &viewer.actor(), list, &name, part).await?;
                let flash = Flash::good("File uploaded")
                    .with("Nothing is changed yet. Choose the columns.");
                return Ok(redirect(&web, &format!("{HOME}/{id}"), &flash));
            }
            _ => {}
        }
    }
    Ok(redirect(&web, HOME, &Flash::bad("Choose a file")))
}

#[derive(Template)]
#[template(path = "admin/import.html")]
struct ImportPage {
    viewer: Viewer,
    import: Import,
    headers: Vec<String>,
    sample: Vec<Vec<String>>,
    columns: Columns,
    rejected_rows: Vec<(i64, String)>,
}

impl ImportPage {
    /// The column to preselect if none was chosen yet.
    fn guess(&self, chosen: &str, words: &[&str]) -> String {
        if self.headers.iter().any(|header| header == chosen) {
            return chosen.to_owned();
        }
        let is_meant = |header: &&String| {
            let header = header.to_lowercase();
            words.iter().any(|word| header.contains(word))
        };
        self.headers
            .iter()
            .find(is_meant)
            .cloned()
            .unwrap_or_default()
    }

    fn email(&self) -> String {
        self.guess(&self.columns.email, &["mail", "почт", "пошта"])
    }

    fn name(&self) -> String {
        self.guess(&self.columns.name, &["name", "имя", "фио", "аты"])
    }

    fn language(&self) -> String {
        self.guess(&self.columns.language, &["lang", "язык", "тіл"])
    }

    fn frequency(&self) -> String {
        self.guess(&self.columns.frequency, &["frequency"])
    }

    fn tags(&self) -> String {
        self.guess(&self.columns.tags, &["tags", "теги", "тегтер"])
    }

    fn rows(&self, count: &i64) -> String {
        counted(*count, "row", "rows")
    }

    /// The number of rows that would be imported.
    fn takes(&self) -> String {
        self.rows(&(self.import.added + self.import.known))
    }

    fn is_ignored(&self, header: &str) -> bool {
        self.columns.ignored.iter().any(|ignored| ignored == header)
    }
}

async fn one(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<ImportId>,
) -> Result<Html<String>, HttpError> {
    let import = find(&web, id).await?;
    let (headers, sample) = match import.state {
        ImportState::Uploaded | ImportState::Checked => {
            import_job::sample(&web.cx, import.id).await?
        }
        _ => (Vec::new(), Vec::new()),
    };
    let rejected_rows = match import.state {
        ImportState::Checked | ImportState::Finished => {
            import_job::rejected_rows(&web.cx, import.id, -1, SHOWN).await?
        }
        _ => Vec::new(),
    };
    render_page(&ImportPage {
        viewer,
        columns: serde_json::from_value(import.columns.clone()).unwrap_or_default(),
        import,
        headers,
        sample,
        rejected_rows,
    })
}

async fn find(web: &Web, id: ImportId) -> Result<Import, HttpError> {
    let import = import_job::by_id(&web.cx, id).await?;
    import.ok_or(HttpError::NotFound)
}

async fn check(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let column = |field: &str| form.text(field).to_owned();
    let columns = Columns {
        email: column("email"),
        name: column("name"),
        language: column("language"),
        frequency: column("frequency"),
        tags: column("tags"),
        ignored: form.all("ignored").map(str::to_owned).collect(),
    };
    let here = format!("{HOME}/{id}");
    if columns.email.is_empty() {
        let flash = Flash::bad("Choose the column with the addresses");
        return Ok(redirect(&web, &here, &flash));
    }
    import_job::check(
        &web.cx,
        &viewer.actor(),
        id,
        &columns,
        form.has("announce_each"),
    )
    .await?;
    Ok(axum::response::Redirect::to(&here).into_response())
}

async fn run(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
) -> Result<Response, HttpError> {
    let import = find(&web, id).await?;
    import_job::start(&web.cx, &viewer.actor(), import.id).await?;
    Ok(axum::response::Redirect::to(&format!("{HOME}/{id}")).into_response())
}

async fn cancel(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
) -> Result<Response, HttpError> {
    import_job::cancel(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good("Import cancelled").with("Rows imported before stay.");
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

/// The rejected rows as CSV.
async fn rejected_rows(
    State(web): State<Web>,
    _editor: Editor,
    Path(id): Path<ImportId>,
) -> Result<Response, HttpError> {
    let import = find(&web, id).await?;
    let begin = (web.cx.clone(), Some(-1));
    let pieces = stream::try_unfold(begin, move |(cx, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let page = import_job::rejected_rows(&cx, import.id, after, PAGE).await?;
        let mut sheet = csv::Writer::from_writer(Vec::new());
        let mut written = match after {
            -1 => sheet.write_record(["line", "reason"]),
            _ => Ok(()),
        };
        for (line, reason) in &page {
            written = written
                .and_then(|()| sheet.write_record([&line.to_string(), defused(reason).as_ref()]));
        }
        let piece = written.ok().and_then(|()| sheet.into_inner().ok());
        let next = page.last().filter(|_| page.len() as i64 == PAGE);
        let next = next.map(|(line, _)| *line);
        Ok::<_, crate::audience::AudienceError>(Some((piece.unwrap_or_default(), (cx, next))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"import-{id}-rejected.csv\""),
        ),
    ];
    // The compression layer polls once more after the end.
    Ok((headers, Body::from_stream(pieces.fuse())).into_response())
}
