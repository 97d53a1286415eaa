//! Imports: upload a file, choose its columns, see what would happen, run.

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::paging::{Page, Paging};
use super::request::{Body, Id, Params, field};
use crate::account;
use crate::audience::import::Columns;
use crate::audience::import_job::{self, SIZE_LIMIT};
use crate::model::ImportId;
use crate::model::import::ImportState;
use crate::model::list::ListSlug;
use crate::store::imports::Import;
use crate::web::{Failure, Web, upload};

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
    /// Rows looked at in this state.
    rows_done: i64,
    /// Rows of the file, once they were counted.
    rows_total: i64,
    /// Subscribers that are new: would be, or are.
    added: i64,
    /// Subscribers that were there before.
    known: i64,
    /// Rejected rows.
    refused: i64,
    /// Addresses that are suppressed.
    suppressed: i64,
    /// Why it failed.
    failure: String,
    /// RFC 3339.
    created_at: String,
    /// The names of the file's columns; only of a single import.
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
            refused: import.refused,
            suppressed: import.suppressed,
            failure: import.failure,
            created_at: import.created_at.rfc3339(),
            headers: Vec::new(),
        }
    }
}

/// The last imports, newest first.
#[utoipa::path(get, path = "/imports", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<ImportBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<ImportBody>>, Failure> {
    let latest = import_job::latest(&web.cx, LATEST).await?;
    Ok(Json(Page::whole(latest).map(ImportBody::from)))
}

async fn find(web: &Web, id: ImportId) -> Result<ImportBody, Failure> {
    let import = import_job::by_id(&web.cx, id).await?;
    let import = import.ok_or(Failure::NotFound)?;
    let (headers, _) = import_job::sample(&web.cx, id).await?;
    Ok(ImportBody {
        headers,
        ..import.into()
    })
}

/// One import.
#[utoipa::path(get, path = "/imports/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    Id(id): Id<ImportId>,
) -> Result<Json<ImportBody>, Failure> {
    Ok(Json(find(&web, id).await?))
}

/// What a body with a file holds.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct ImportUpload {
    /// The slug of the list; comes before the file.
    list: ListSlug,
    /// The CSV file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a CSV file: a part `list` with a list's slug, then a part `file`.
/// Nothing is changed until it is checked and run.
#[utoipa::path(post, path = "/imports", tag = "audience", security(("bearer" = [])),
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportBody)))]
pub async fn upload(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<(StatusCode, Json<ImportBody>), Failure> {
    DefaultBodyLimit::max(SIZE_LIMIT).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let mut parts = parts.map_err(|error| Failure::BadRequest(error.body_text()))?;
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
                let id = upload::keep_import(&web, caller.name(), &list, &name, part).await?;
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

/// Which column holds what. Columns that are named nowhere become attributes.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ImportColumns {
    /// The column of the address; `email` where left out.
    email: Option<String>,
    /// The column of the name; `name` where left out.
    name: Option<String>,
    /// The column of the language; `language` where left out.
    language: Option<String>,
    /// The column of the frequency.
    frequency: Option<String>,
    /// The column of tags, separated by commas; `tags` where left out. They are
    /// added to those that a subscriber has.
    tags: Option<String>,
    /// Columns to ignore.
    #[serde(default)]
    ignored: Vec<String>,
    /// Whether webhooks get `subscription.confirmed` for each subscription that
    /// the import makes, besides `import.finished` at its end.
    #[serde(default)]
    announce_each: bool,
}

/// Try every row and change nothing. Then the counts tell what would happen.
#[utoipa::path(post, path = "/imports/{id}/check", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ImportColumns,
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It is not to be checked now")))]
pub async fn check(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<ImportId>,
    Body(columns): Body<ImportColumns>,
) -> Result<(StatusCode, Json<ImportBody>), Failure> {
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
    import_job::check(&web.cx, id, &columns, announce_each).await?;
    account::audit(&web.cx, caller.name(), "import.check", &id.to_string()).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// Take every row, once it was checked. You vouch for the consent of everybody in it.
#[utoipa::path(post, path = "/imports/{id}/run", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It was not checked")))]
pub async fn run(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<ImportId>,
) -> Result<(StatusCode, Json<ImportBody>), Failure> {
    find(&web, id).await?;
    import_job::start(&web.cx, id).await?;
    account::audit(&web.cx, caller.name(), "import.run", &id.to_string()).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// Cancel an import; rows that were taken stay.
#[utoipa::path(post, path = "/imports/{id}/cancel", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It is over")))]
pub async fn cancel(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<ImportId>,
) -> Result<(StatusCode, Json<ImportBody>), Failure> {
    find(&web, id).await?;
    import_job::cancel(&web.cx, id).await?;
    account::audit(&web.cx, caller.name(), "import.cancel", &id.to_string()).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?)))
}

/// A row that cannot be taken.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusalBody {
    line: i64,
    reason: String,
}

/// A page of the rows that cannot be taken.
#[utoipa::path(get, path = "/imports/{id}/refusals", tag = "audience",
    security(("bearer" = [])), params(("id" = i64, Path), Paging),
    responses((status = 200, body = Page<RefusalBody>), (status = 404)))]
pub async fn refusals(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<ImportId>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<RefusalBody>>, Failure> {
    let after = paging.after()?.unwrap_or(0);
    find(&web, id).await?;
    // The reasons quote addresses.
    caller
        .may_export(&web, &format!("refusals of import {id}"))
        .await?;
    let rows = import_job::refusals(&web.cx, id, after, paging.limit()).await?;
    let page = Page::new(rows, &paging, |(line, _)| *line);
    Ok(Json(
        page.map(|(line, reason)| RefusalBody { line, reason }),
    ))
}
