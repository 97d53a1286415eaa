//! Imports: upload a file, choose columns, dry run, run.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::import::balance::Balance;
use crate::import::field::Field;
use crate::import::job;
use crate::import::mapping::Mapping;
use crate::import::upload::SIZE_LIMIT;
use crate::model::ImportId;
use crate::model::import::{Existing, ImportState, Kept, Outcome, Standing, System};
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
/// The parts of the body around the file.
const ENVELOPE: usize = 1024 * 1024;

/// An import.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ImportBody {
    id: ImportId,
    list: ListSlug,
    file_name: String,
    state: ImportState,
    /// Whose file it is.
    system: System,
    /// Who uploaded it.
    created_by: String,
    /// Rows processed in this state.
    rows_done: i64,
    /// Rows of the file.
    rows_total: i64,
    /// New subscribers (after a dry run: would be).
    added: i64,
    /// Subscribers that existed before and are taken.
    known: i64,
    /// People who left, are suppressed or were erased, and stay so.
    kept: i64,
    /// Rejected rows.
    rejected: i64,
    /// All counts.
    balance: Balance,
    /// Why it failed.
    failure: String,
    /// RFC 3339.
    created_at: String,
    /// The file's column names.
    headers: Vec<String>,
    /// What the columns mean, by name; others become attributes.
    #[schema(value_type = BTreeMap<String, String>)]
    columns: BTreeMap<String, Field>,
    /// Files of an archive that hold no table.
    passed_over: Vec<String>,
}

impl From<Import> for ImportBody {
    fn from(import: Import) -> Self {
        let (mapping, contents) = (job::mapping(&import), job::contents(&import));
        let balance = job::balance(&import);
        let known = [Outcome::Changed, Outcome::Untouched, Outcome::Resubscribed];
        let mut headers: Vec<String> = Vec::new();
        for column in contents.tables.into_iter().flat_map(|table| table.columns) {
            if !headers.contains(&column) {
                headers.push(column);
            }
        }
        Self {
            id: import.id,
            list: import.list,
            file_name: import.file_name,
            state: import.state,
            system: mapping.system,
            created_by: import.created_by,
            rows_done: import.rows_done,
            rows_total: import.rows_total,
            added: balance.total(Outcome::Added),
            known: known
                .into_iter()
                .map(|outcome| balance.total(outcome))
                .sum(),
            kept: balance.kept(),
            rejected: balance.rejected,
            balance,
            failure: import.failure,
            created_at: import.created_at.rfc3339(),
            headers,
            columns: mapping.columns,
            passed_over: contents.passed_over,
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
    let latest = job::latest(&web.cx, LATEST).await?;
    Ok(Json(Page::whole(latest).map(ImportBody::from)))
}

async fn find(web: &Web, id: ImportId) -> Result<Import, HttpError> {
    let import = job::by_id(&web.cx, id).await?;
    import.ok_or(HttpError::NotFound)
}

/// Get an import
#[utoipa::path(get, path = "/imports/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = ImportBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
) -> Result<Json<ImportBody>, HttpError> {
    Ok(Json(find(&web, id).await?.into()))
}

/// The parts of the body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the parts, which are read one by one")]
pub struct ImportUpload {
    /// The slug of the list; comes before the file.
    list: ListSlug,
    /// Whose file it is; comes before the file. Recognised if left out.
    #[schema(required = false)]
    system: System,
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a file
///
/// CSV with any separator and encoding, XLSX, ODS, JSON Lines or vCards, perhaps gzipped, or
/// a ZIP archive of several. Send a part `list` with a list's slug, then a part `file`. The
/// response tells what the columns seem to mean. Nothing changes until the import is checked
/// and run.
#[utoipa::path(post, path = "/imports", tag = "audience", security(("bearer" = [])),
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportBody),
              (status = 415, description = "The file is no table"),
              (status = 422, description = "The file cannot be read")))]
pub async fn upload(
    caller: Caller,
    State(web): State<Web>,
    mut request: Request,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    let limit = usize::try_from(SIZE_LIMIT).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(limit.saturating_add(ENVELOPE)).apply(&mut request);
    let parts = Multipart::from_request(request, &web).await;
    let mut parts = parts.map_err(|error| HttpError::BadRequest(error.body_text()))?;
    let (mut list, mut system) = (None, None);
    while let Some(part) = parts.next_field().await.map_err(upload::broken)? {
        match part.name().unwrap_or_default() {
            "list" => {
                let slug = part.text().await.map_err(upload::broken)?;
                list = Some(slug.parse().map_err(|error| field("list")(&error))?);
            }
            "system" => {
                let name = part.text().await.map_err(upload::broken)?;
                system = Some(name.parse().map_err(|error| field("system")(&error))?);
            }
            "file" => {
                let list = list.ok_or_else(|| field("list")(&"must come before the file"))?;
                let name = upload::import_name(&part, "import.csv");
                let actor = caller.actor();
                let id = upload::read_import(&web, &actor, &list, &name, system, part).await?;
                let import = find(&web, id).await?;
                return Ok((StatusCode::CREATED, Json(import.into())));
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

/// How an import is done. What is left out stays as the file suggests.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ImportChoices {
    /// What columns mean, by name: `email`, `name`, `first_name`, `last_name`, `language`,
    /// `tags`, `frequency`, `paused_until`, `state`, `suppressed`, `lists`, `created_at`, `consented_at`,
    /// `consented_from`, `consent_source`, `changed_at`, `unsubscribed_at`, `bounced_at`,
    /// `attributes`, `attribute:NAME`, `former_id` or `ignore`.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, String>)]
    columns: BTreeMap<String, Field>,
    /// The column with the address.
    email: Option<String>,
    /// The column with the name.
    name: Option<String>,
    /// The column with the language.
    language: Option<String>,
    /// The column with the mail frequency.
    frequency: Option<String>,
    /// The column with comma-separated tags.
    tags: Option<String>,
    /// Columns to ignore.
    #[serde(default)]
    ignored: Vec<String>,
    /// How people are taken where the file does not say something stronger. Default:
    /// `confirmed`, which says that you have their consent.
    standing: Option<Standing>,
    /// What is done with the details of people who are known. Default: `update`.
    existing: Option<Existing>,
    /// Those who are subscribed again although they are gone.
    #[serde(default)]
    resubscribe: Vec<Kept>,
    /// Whether people who are new and pending are asked by email to confirm, at most 20 a
    /// minute. Needs a `reason`.
    #[serde(default)]
    ask_to_confirm: bool,
    /// How these people asked for it; kept with their consent.
    #[serde(default)]
    reason: String,
    /// Whether webhooks get `subscription.confirmed` for each imported
    /// subscription, in addition to `import.finished`.
    #[serde(default)]
    announce_each: bool,
}

impl ImportChoices {
    fn apply(self, mut mapping: Mapping) -> Mapping {
        let named = [
            (self.email, Field::Email),
            (self.name, Field::Name),
            (self.language, Field::Language),
            (self.frequency, Field::Frequency),
            (self.tags, Field::Tags),
        ];
        for (column, field) in named {
            if let Some(column) = column {
                mapping.set(&column, field);
            }
        }
        for (column, field) in self.columns {
            mapping.set(&column, field);
        }
        for column in self.ignored {
            mapping.set(&column, Field::Ignored);
        }
        Mapping {
            standing: self.standing.unwrap_or(mapping.standing),
            existing: self.existing.unwrap_or(mapping.existing),
            resubscribe: self.resubscribe,
            asks_to_confirm: self.ask_to_confirm,
            reason: self.reason.chars().take(300).collect(),
            ..mapping
        }
    }
}

/// Dry run: check every row and change nothing
///
/// The counts then tell what would happen, and `notes` who stays without mail.
#[utoipa::path(post, path = "/imports/{id}/check", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ImportChoices,
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It is not to be checked now"),
              (status = 422, description = "The columns or choices do not fit the file")))]
pub async fn check(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
    Body(choices): Body<ImportChoices>,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    let import = find(&web, id).await?;
    let announces_each = choices.announce_each;
    let mapping = choices.apply(job::mapping(&import));
    job::check(&web.cx, &caller.actor(), id, &mapping, announces_each).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?.into())))
}

/// Run a checked import
///
/// You confirm that you have the consent of the people in the file whom it does not have as
/// unsubscribed or the like.
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
    job::start(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?.into())))
}

/// Cancel an import; imported rows stay
///
/// Nobody else of it is asked to confirm.
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
    job::cancel(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?.into())))
}

/// Undo an import
///
/// Possible for a week after it ended. The people it added are deleted, and what it changed
/// becomes what it was, where nobody has changed it since. Nobody else of it is asked to confirm.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)),
    responses((status = 202, body = ImportBody), (status = 404),
              (status = 409, description = "It has not ended, or not within a week")))]
pub async fn undo(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
) -> Result<(StatusCode, Json<ImportBody>), HttpError> {
    find(&web, id).await?;
    job::undo(&web.cx, &caller.actor(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(find(&web, id).await?.into())))
}

/// A row that you should look at.
#[derive(Serialize, utoipa::ToSchema)]
pub struct NoteBody {
    /// The line of the file.
    line: u64,
    outcome: Outcome,
    reason: String,
}

/// Which notes.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NoteFilter {
    /// Only this outcome, such as `rejected` or `left`.
    outcome: Option<Outcome>,
}

/// List the rows of an import that you should look at
///
/// Rows that were rejected, and people who left, are suppressed or were erased and stay so.
#[utoipa::path(get, path = "/imports/{id}/notes", tag = "audience",
    security(("bearer" = [])), params(("id" = i64, Path), Paging, NoteFilter),
    responses((status = 200, body = Page<NoteBody>), (status = 404)))]
pub async fn notes(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<ImportId>,
    Params(paging): Params<Paging>,
    Params(filter): Params<NoteFilter>,
) -> Result<Json<Page<NoteBody>>, HttpError> {
    let after = paging.after()?.unwrap_or(0);
    find(&web, id).await?;
    // The reasons quote addresses.
    exporter
        .note(&web, &format!("notes of import {id}"))
        .await?;
    let rows = job::notes(&web.cx, id, filter.outcome, after, paging.limit()).await?;
    let page = Page::new(rows, &paging, |(number, _)| *number);
    Ok(Json(page.map(|(_, note)| NoteBody {
        line: note.line,
        outcome: note.outcome,
        reason: note.reason,
    })))
}
