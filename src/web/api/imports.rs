//! Imports: upload a file, choose columns, dry run, run.

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::audience::import::Columns;
use crate::audience::import_job::{self, SIZE_LIMIT};
use crate::model::ImportId;
use crate::model::import::ImportState;
use crate::model::list::ListSlug;
use crate::store::imports::Import;
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::http::upload;
use crate::web::state::Web;

const LATEST: i64 = 1000;

/// An import.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportBody {
    id: ImportId,
    list: ListSlug,
    file_name: String,
    state: ImportState,
    /// Who uploaded it.
    created_by: String,
    /// Rows processed in this state.
    rows_done: i64,
    /// Rows of the file, once counted.
    rows_total: i64,
    /// New subscribers (after a dry run: would be).
    added: i64,
    /// Subscribers that existed before.
    known: i64,
    /// Rejected rows.
    rejected: i64,
    /// Addresses that are suppressed.
    suppressed: i64,
    /// Why it failed.
    failure: String,
    /// RFC 3339.
    created_at: String,
    /// The file's column names; only for a single import.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    headers: Vec<String>,
}

impl From<Import> for ImportBody {
    fn from(import: Import) -> Self {
        Self {
            id: import.id,
            list: import.list,
            file_name: import.file_name,
            state: import.state,
            created_by: import.created_by,
            rows_done: import.rows_done,
            rows_total: import.rows_total,
            added: import.added,
            known: import.known,
            rejected: import.rejected,
            suppressed: import.suppressed,
            failure: import.failure,
            created_at: import.created_at.rfc3339(),
            headers: Vec::new(),
        }
    }
}

/// List recent imports, newest first
#[utoipa::path(get, path = "/imports", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<ImportBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<ImportBody>>, HttpError> {
    let latest = import_job::latest(&web.cx, LATEST).await?;
    Ok(Json(Page::whole(latest).map(ImportBody::from)))
}

async fn find(web: &Web, id: ImportId) -> Result<ImportBody, HttpError> {
    let import = import_job::by_id(&web.cx, id).await?;
    let import = import.ok_or(HttpError::NotFound)?;
    let (headers, _) = import_job::sample(&web.cx, id).await?;
    Ok(ImportBody {
        headers,
        ..import.into()
    })
}

/// Get an import
#[utoipa::path(get, path = "/imports/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
) -> Result<Json<ImportBody>, HttpError> {
    Ok(Json(find(&web, id).await?))
}

/// The parts of the body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct ImportUpload {
    /// The slug of the list; comes before the file.
    list: ListSlug,
    /// The CSV file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a CSV file
///
/// Send a part `list` with a list's slug, then a part `file`. Nothing changes
/// until the import is checked and run.
#[utoipa::path(post, path = "/imports", tag = "audience", security(("bearer" = [])),
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportBody)))]
pub async fn upload(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    DefaultBodyLimit::max(SIZE_LIMIT).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let mut parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
    let mut list = None;
    while let Some(part) = parts.next_field().await.map_err(upload::broken)? {
        match part.name().unwrap_or_default() {
            "list" => {
                let slug = part.text().await.map_err(upload::broken)?;
                list = Some(slug.parse().map_err(|error| field("list")(&error))?);
            }
            "file" => {
                let list = list.ok_or_else(|| field("list")(&"must come before the file"))?;
                let name = upload::import_name(&part, "import.csv");
                let id = upload::keep_import(&web, &caller.actor(), &list, &name, part).await?;
                return Ok((StatusCode::CREATED, Json(find(&web, id).await?)));
            }
            other => {
                return Err(field(&other.escape_debug().to_string())(
                    &"is not known here",
                ));
            }
        }
    }
    Err(field("file")(&"is missing"))
}

/// Columns by meaning. Columns not named here become attributes.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ImportColumns {
    /// The column with the address. Default: `email`.
    email: Option<String>,
    /// The column with the name. Default: `name`.
    name: Option<String>,
    /// The column with the language. Default: `language`.
    language: Option<String>,
    /// The column with the mail frequency.
    frequency: Option<String>,
    /// The column with comma-separated tags. Default: `tags`. They are added
    /// to the subscriber's tags.
    tags: Option<String>,
    /// Columns to ignore.
    #[serde(default)]
    ignored: Vec<String>,
    /// Whether webhooks get `subscription.confirmed` for each imported
    /// subscription, in addition to `import.finished`.
    #[serde(default)]
    announce_each: bool,
}

/// Dry run: check every row and change nothing
///
/// The counts then tell what would happen.
#[utoipa::path(post, path = "/imports/{id}/check", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ImportColumns,
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It is not to be checked now")))]
pub async fn check(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
    Body(columns): Body<ImportColumns>,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    let import = find(&web, id).await?;
    let usual = Columns::default();
    let announce_each = columns.announce_each;
    let columns = Columns {
        email: columns.email.unwrap_or(usual.email),
        name: columns.name.unwrap_or(usual.name),
        language: columns.language.unwrap_or(usual.language),
        frequency: columns.frequency.unwrap_or(usual.frequency),
        tags: columns.tags.unwrap_or(usual.tags),
        ignored: columns.ignored,
    };
    if !import.headers.contains(&columns.email) {
        let present = import.headers.join(", ");
        let what = format!(
            "the file has no column {:?}; it has {present}",
            columns.email
        );
        return Err(field("email")(&what));
    }
    import_job::check(&web.cx, &caller.actor(), id, &columns, announce_each).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// Run a checked import
///
/// You confirm that you have the consent of every person in the file.
#[utoipa::path(post, path = "/imports/{id}/run", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It was not checked")))]
pub async fn run(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    find(&web, id).await?;
    import_job::start(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// Cancel an import; imported rows stay
#[utoipa::path(post, path = "/imports/{id}/cancel", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It is over")))]
pub async fn cancel(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    find(&web, id).await?;
    import_job::cancel(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// A rejected row.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusalBody {
    line: i64,
    reason: String,
}

/// List rejected rows
#[utoipa::path(get, path = "/imports/{id}/rejected-rows", tag = "audience",
    security(("bearer" = [])), params(("id" = i64, Path), Paging),
    responses((status = 200, body = Page<RefusalBody>), (status = 404)))]
pub async fn rejected_rows(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<RefusalBody>>, HttpError> {
    let after = paging.after()?.unwrap_or(0);
    find(&web, id).await?;
    // The reasons quote addresses.
    exporter
        .note(&web, &format!("rejected rows of import {id}"))
        .await?;
    let rows = import_job::rejected_rows(&web.cx, id, after, paging.limit()).await?;
    let page = Page::new(rows, &paging, |(line, _)| *line);
    Ok(Json(
        page.map(|(line, reason)| RefusalBody { line, reason }),
    ))
}
