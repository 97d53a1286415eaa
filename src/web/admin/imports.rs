//! Imports: upload a file, choose columns, dry run, run, read whom it is about.

use askama::Template;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, StreamExt};
use serde::Deserialize;
use strum::VariantArray as _;

use crate::audience::list_admin;
use crate::import::balance::Balance;
use crate::import::confirmations::PER_MINUTE;
use crate::import::field::Field;
use crate::import::mapping::{Mapping, Table};
use crate::import::pieces::Contents;
use crate::import::upload::SIZE_LIMIT;
use crate::import::{ImportError, Note, job};
use crate::model::ImportId;
use crate::model::import::{Existing, ImportState, Kept, Outcome, Standing, System};
use crate::model::list::ListSlug;
use crate::store::imports::Import;
use crate::store::lists::List;
use crate::text::spreadsheet_cell::defused;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::upload;
use crate::web::state::Web;

/// The parts of an upload around the file.
const ENVELOPE: usize = 1024 * 1024;

pub fn router() -> Router<Web> {
    let limit = usize::try_from(SIZE_LIMIT).unwrap_or(usize::MAX);
    Router::new()
        .route("/imports", get(index).post(upload))
        .layer(DefaultBodyLimit::max(limit.saturating_add(ENVELOPE)))
        .route("/imports/{id}", get(one))
        .route("/imports/{id}/system", post(set_system))
        .route("/imports/{id}/check", post(check))
        .route("/imports/{id}/run", post(run))
        .route("/imports/{id}/cancel", post(cancel))
        .route("/imports/{id}/undo", post(undo))
        .route("/imports/{id}/notes.csv", get(notes))
}

const HOME: &str = "/admin/imports";
const LATEST: i64 = 50;
/// Notes shown on the page.
const SHOWN: i64 = 20;
const PAGE: i64 = 1000;

/// An import in the list of all.
struct Row {
    import: Import,
    balance: Balance,
}

#[derive(Template)]
#[template(path = "admin/imports.html")]
struct IndexPage {
    viewer: Viewer,
    lists: Vec<List>,
    imports: Vec<Row>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let imports = job::latest(&web.cx, LATEST).await?.into_iter();
    let imports = imports.map(|import| Row {
        balance: job::balance(&import),
        import,
    });
    render_page(&IndexPage {
        viewer,
        lists: list_admin::all(&web.cx).await?,
        imports: imports.collect(),
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
                    let flash = Flash::bad(viewer.t("admin-imports-choose-list"));
                    return Ok(redirect(&web, HOME, &flash));
                };
                let name = upload::import_name(&part, "");
                if name.is_empty() {
                    break;
                }
                let actor = viewer.actor();
                let read = upload::read_import(&web, &actor, list, &name, None, part);
                let id = match read.await {
                    Ok(id) => id,
                    Err(HttpError::Problem(_, why)) => {
                        let flash = Flash::bad(viewer.t("admin-imports-not-read"))
                            .with(viewer.explain(why));
                        return Ok(redirect(&web, HOME, &flash));
                    }
                    Err(error) => return Err(error),
                };
                let flash = Flash::good(viewer.t("admin-imports-read"))
                    .with(viewer.t("admin-imports-read-next"));
                return Ok(redirect(&web, &format!("{HOME}/{id}"), &flash));
            }
            _ => {}
        }
    }
    let flash = Flash::bad(viewer.t("admin-imports-choose-file"));
    Ok(redirect(&web, HOME, &flash))
}

/// A column of the file, what it means and its first values.
struct Column {
    /// Its place among all columns: names are not safe as names of fields.
    number: usize,
    name: String,
    field: Field,
    values: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/import.html")]
struct ImportPage {
    viewer: Viewer,
    import: Import,
    contents: Contents,
    mapping: Mapping,
    columns: Vec<Column>,
    balance: Balance,
    notes: Vec<Note>,
    can_be_undone: bool,
    /// People who are still to be asked to confirm.
    still_to_ask: i64,
}

/// The fields that a column can have, in the order of the select.
const FIELDS: [&str; 21] = [
    "email",
    "name",
    "first_name",
    "last_name",
    "language",
    "tags",
    "frequency",
    "paused_until",
    "state",
    "lists",
    "created_at",
    "consented_at",
    "consented_from",
    "consent_source",
    "changed_at",
    "unsubscribed_at",
    "bounced_at",
    "suppressed",
    "attributes",
    "former_id",
    "ignore",
];

impl ImportPage {
    fn is_checked(&self) -> bool {
        self.import.state == ImportState::Checked
    }

    /// The number of people that would be added or changed.
    fn takes(&self) -> i64 {
        let taken = [Outcome::Added, Outcome::Changed, Outcome::Resubscribed];
        taken
            .into_iter()
            .map(|outcome| self.balance.total(outcome))
            .sum()
    }

    /// The standings that the file has.
    fn standings(&self) -> Vec<Standing> {
        let all = Standing::VARIANTS.iter().copied();
        all.filter(|standing| self.balance.in_file(*standing) > 0)
            .collect()
    }

    /// The outcomes that some of them have.
    fn outcomes(&self) -> Vec<Outcome> {
        let all = Outcome::VARIANTS.iter().copied();
        all.filter(|outcome| {
            let is_basic = matches!(
                outcome,
                Outcome::Added | Outcome::Changed | Outcome::Untouched
            );
            *outcome != Outcome::Rejected && (is_basic || self.balance.total(*outcome) > 0)
        })
        .collect()
    }

    /// Outcomes with notes that can be downloaded.
    fn noted(&self) -> Vec<Outcome> {
        let all = Outcome::VARIANTS.iter().copied();
        all.filter(|outcome| {
            !matches!(
                outcome,
                Outcome::Added | Outcome::Changed | Outcome::Untouched
            ) && self.balance.total(*outcome) > 0
        })
        .collect()
    }

    /// How long it takes to ask this many people to confirm.
    fn asking_takes(&self, people: &i64) -> String {
        let (key, count) = match people.div_euclid(PER_MINUTE * 60) {
            0 => return self.viewer.t("admin-import-under-an-hour"),
            hours if hours < 48 => ("admin-import-hours", hours),
            hours => ("admin-import-days", hours / 24),
        };
        self.viewer.say(key).number("count", count).to_string()
    }

    fn resubscribes(&self, kept: &Kept) -> bool {
        self.mapping.resubscribe.contains(kept)
    }

    /// Whether a field is what a column is set to.
    fn is(&self, column: &Column, text: &str) -> bool {
        column.field.to_string() == text
    }

    /// A field that is none of the choices, with its label.
    fn other(&self, column: &Column) -> Option<(String, String)> {
        let text = column.field.to_string();
        let say = |key| self.viewer.say(key);
        let called = |standing| self.viewer.word("admin-import-standing", standing);
        let label = match &column.field {
            Field::If(standing) => say("admin-import-if-true").text("standing", called(standing)),
            Field::Unless(standing) => {
                say("admin-import-if-false").text("standing", called(standing))
            }
            Field::Attribute(name) if *name != column.name => {
                say("admin-import-attribute").text("name", name)
            }
            _ => return None,
        };
        Some((text, label.to_string()))
    }

    fn system_label(&self, system: &System) -> String {
        match system {
            System::Other => self.viewer.t("admin-import-other-system"),
            known => known.label().to_owned(),
        }
    }

    fn why(&self, note: &Note) -> String {
        self.viewer.clause(&note.reason)
    }
}

async fn one(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<ImportId>,
) -> Result<Html<String>, HttpError> {
    let import = find(&web, id).await?;
    let is_open = matches!(import.state, ImportState::Uploaded | ImportState::Checked);
    let sample = if is_open {
        job::sample(&web.cx, import.id).await?
    } else {
        Vec::new()
    };
    let notes = match import.state {
        ImportState::Checked | ImportState::Finished => {
            job::notes(&web.cx, import.id, None, 0, SHOWN).await?
        }
        _ => Vec::new(),
    };
    let (contents, mapping) = (job::contents(&import), job::mapping(&import));
    let columns = if is_open {
        columns(&contents.tables, &mapping, &sample)
    } else {
        Vec::new()
    };
    render_page(&ImportPage {
        viewer,
        balance: job::balance(&import),
        contents,
        mapping,
        columns,
        notes: notes.into_iter().map(|(_, note)| note).collect(),
        can_be_undone: job::can_be_undone(&web.cx, &import).await?,
        still_to_ask: job::still_to_ask(&web.cx, import.id).await?,
        import,
    })
}

/// The columns of all tables, each name once; the values are those of the first table.
fn columns(tables: &[Table], mapping: &Mapping, sample: &[Vec<String>]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        for (at, name) in table.columns.iter().enumerate() {
            if columns.iter().any(|column| column.name == *name) {
                continue;
            }
            let values = sample.iter().filter_map(|row| row.get(at)).cloned();
            columns.push(Column {
                number: columns.len(),
                name: name.clone(),
                field: mapping.field(name),
                values: if place == 0 {
                    values.collect()
                } else {
                    Vec::new()
                },
            });
        }
    }
    columns
}

async fn find(web: &Web, id: ImportId) -> Result<Import, HttpError> {
    let import = job::by_id(&web.cx, id).await?;
    import.ok_or(HttpError::NotFound)
}

/// Takes the file for that of another system.
async fn set_system(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let system = form.text("system").parse::<System>();
    let system = system.map_err(|error| HttpError::field("system", &error))?;
    job::set_system(&web.cx, &viewer.actor(), id, system).await?;
    Ok(axum::response::Redirect::to(&format!("{HOME}/{id}")).into_response())
}

async fn check(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let import = find(&web, id).await?;
    let (contents, mut mapping) = (job::contents(&import), job::mapping(&import));
    for column in columns(&contents.tables, &mapping, &[]) {
        let text = form.text(&format!("column-{}", column.number));
        match text {
            "" => {
                mapping.columns.remove(&column.name);
            }
            text => {
                let field = text.parse::<Field>();
                let field = field.map_err(|error| HttpError::field("column", &error))?;
                mapping.columns.insert(column.name, field);
            }
        }
    }
    let chosen = |name: &str| form.text(name).to_owned();
    let standing = chosen("standing").parse::<Standing>();
    mapping.standing = standing.map_err(|error| HttpError::field("standing", &error))?;
    let existing = chosen("existing").parse::<Existing>();
    mapping.existing = existing.map_err(|error| HttpError::field("existing", &error))?;
    let kept = form.all("resubscribe").map(str::parse::<Kept>);
    let kept = kept.collect::<Result<Vec<Kept>, _>>();
    mapping.resubscribe = kept.map_err(|error| HttpError::field("resubscribe", &error))?;
    mapping.asks_to_confirm = form.has("ask_to_confirm");
    mapping.reason = form.trimmed("reason").chars().take(300).collect();
    let here = format!("{HOME}/{id}");
    let announces_each = form.has("announce_each");
    match job::check(&web.cx, &viewer.actor(), id, &mapping, announces_each).await {
        Ok(()) => Ok(axum::response::Redirect::to(&here).into_response()),
        Err(ImportError::Mapping(error)) => {
            let flash = Flash::bad(viewer.explain(error));
            Ok(redirect(&web, &here, &flash))
        }
        Err(error) => Err(error.into()),
    }
}

async fn run(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
) -> Result<Response, HttpError> {
    let import = find(&web, id).await?;
    job::start(&web.cx, &viewer.actor(), import.id).await?;
    Ok(axum::response::Redirect::to(&format!("{HOME}/{id}")).into_response())
}

async fn cancel(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
) -> Result<Response, HttpError> {
    job::cancel(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-import-cancelled"))
        .with(viewer.t("admin-import-cancelled-now"));
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

async fn undo(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let import = find(&web, id).await?;
    let here = format!("{HOME}/{id}");
    let title = viewer
        .say("admin-import-undo-title")
        .text("file", &import.file_name);
    let confirmation = Confirmation {
        title: title.to_string(),
        text: viewer.t("admin-import-undo-text"),
        yes: viewer.t("admin-import-undo"),
        no: viewer.t("admin-cancel"),
        back: here.clone(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    match job::undo(&web.cx, &viewer.actor(), id).await {
        Ok(()) => Ok(axum::response::Redirect::to(&here).into_response()),
        Err(error @ ImportError::TooLate) => {
            let flash = Flash::bad(viewer.explain(error));
            Ok(redirect(&web, &here, &flash))
        }
        Err(error) => Err(error.into()),
    }
}

/// Which notes.
#[derive(Deserialize)]
struct NoteFilter {
    outcome: Option<Outcome>,
}

/// The rows with a note as CSV.
async fn notes(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<ImportId>,
    Query(filter): Query<NoteFilter>,
) -> Result<Response, HttpError> {
    let import = find(&web, id).await?;
    let outcome = filter.outcome;
    let begin = (web.cx.clone(), viewer.wording.clone(), Some(0));
    let pieces = stream::try_unfold(begin, move |(cx, wording, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let page = job::notes(&cx, import.id, outcome, after, PAGE).await?;
        let mut sheet = csv::Writer::from_writer(Vec::new());
        let mut written = match after {
            0 => sheet.write_record(["line", "outcome", "reason"]),
            _ => Ok(()),
        };
        for (_, note) in &page {
            let cells = [
                note.line.to_string(),
                note.outcome.to_string(),
                defused(&wording.clause(&note.reason)).into_owned(),
            ];
            written = written.and_then(|()| sheet.write_record(&cells));
        }
        let piece = written.ok().and_then(|()| sheet.into_inner().ok());
        let next = page.last().filter(|_| page.len() as i64 == PAGE);
        let next = next.map(|(number, _)| *number);
        Ok::<_, ImportError>(Some((piece.unwrap_or_default(), (cx, wording, next))))
    });
    let what = outcome.map_or("notes", Outcome::as_str);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"import-{id}-{what}.csv\""),
        ),
    ];
    // The compression layer polls once more after the end.
    Ok((headers, Body::from_stream(pieces.fuse())).into_response())
}
