//! Suppressions: list, add, lift, undo those of a campaign or period, import
//! and export.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use strum::VariantArray as _;

use crate::address::stored_form;
use crate::audience::suppression::{self, NOTE_LIMIT, Target};
use crate::audience::suppression_file::{self, FileError, Imported};
use crate::import::ImportError;
use crate::model::CampaignId;
use crate::model::audit::AuditAccess;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{Suppression, Which};
use crate::text::datetime::Zone;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::http::upload;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/suppressions", get(index).post(add))
        .route("/suppressions/lift", post(lift))
        .route("/suppressions/undo", post(undo))
        .route("/suppressions/export", get(export))
        .route(
            "/suppressions/import",
            post(import).layer(DefaultBodyLimit::max(upload::BODY_LIMIT)),
        )
}

const HOME: &str = "/admin/suppressions";
const ROWS: i64 = 50;
/// Sorts after every reason.
const AFTER_ALL: &str = "~";
/// Rejected lines that the message names.
const NAMED: usize = 10;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct SuppressionFilter {
    q: String,
    reason: String,
    campaign: String,
    /// Days of the site's zone, such as 2026-03-01.
    since: String,
    until: String,
    after: String,
}

impl SuppressionFilter {
    fn of(form: &Form) -> Self {
        let text = |name: &str| form.trimmed(name).to_owned();
        Self {
            q: text("q"),
            reason: text("reason"),
            campaign: text("campaign"),
            since: text("since"),
            until: text("until"),
            after: String::new(),
        }
    }

    fn which(&self, zone: &Zone) -> Which {
        Which {
            part: stored_form(&self.q).unwrap_or_else(|| self.q.clone()),
            reason: self.reason.parse().ok(),
            campaign: self.campaign.trim().parse().ok().map(CampaignId),
            since: zone.bounds(&self.since).map(|(start, _)| start),
            until: zone.bounds(&self.until).map(|(_, end)| end),
        }
    }

    fn query_string(&self, after: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let pairs = [
            ("q", self.q.as_str()),
            ("reason", &self.reason),
            ("campaign", &self.campaign),
            ("since", &self.since),
            ("until", &self.until),
            ("after", after.unwrap_or_default()),
        ];
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
    }
}

#[derive(Template)]
#[template(path = "admin/suppressions.html")]
struct IndexPage {
    viewer: Viewer,
    filter: SuppressionFilter,
    rows: Vec<Suppression>,
    next: Option<String>,
    /// How many of the selected suppressions can be undone together.
    undoable: i64,
    email: String,
    note: String,
    chosen: SuppressionReason,
    errors: FormErrors,
}

async fn page(
    web: &Web,
    viewer: Viewer,
    filter: SuppressionFilter,
) -> Result<IndexPage, HttpError> {
    let which = filter.which(&web.cx.config().time_zone);
    let after = filter.after.rsplit_once(' ');
    let after = after.unwrap_or((&filter.after, AFTER_ALL));
    let rows = suppression::page(&web.cx, &which, after, ROWS).await?;
    let undoable = if which.is_narrow() {
        suppression::count_to_undo(&web.cx, &which).await?
    } else {
        0
    };
    let next = rows
        .last()
        .filter(|_| rows.len() as i64 == ROWS)
        .map(|last| {
            let cursor = format!("{} {}", last.email_key, last.reason);
            format!("{HOME}?{}", filter.query_string(Some(&cursor)))
        });
    Ok(IndexPage {
        viewer,
        filter,
        rows,
        next,
        undoable,
        email: String::new(),
        note: String::new(),
        chosen: SuppressionReason::Manual,
        errors: FormErrors::default(),
    })
}

async fn index(
    State(web): State<Web>,
    viewer: Viewer,
    Query(filter): Query<SuppressionFilter>,
) -> Result<Html<String>, HttpError> {
    render_page(&page(&web, viewer, filter).await?)
}

async fn add(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let target = errors.take("email", Target::parse(form.trimmed("email")));
    let reason = errors.take("reason", form.text("reason").parse::<SuppressionReason>());
    let note: String = form.trimmed("note").chars().take(NOTE_LIMIT).collect();
    let (Some(target), Some(reason)) = (target, reason) else {
        let html = render_page(&IndexPage {
            email: form.text("email").to_owned(),
            note,
            errors,
            ..page(&web, viewer, SuppressionFilter::default()).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let source = SuppressionSource::Admin;
    let stored =
        suppression::suppress(&web.cx, &viewer.actor(), &target, reason, &note, source).await?;
    let added = viewer.say("admin-suppressions-added");
    let mut flash = Flash::good(added.text("target", viewer.address(target.to_string())));
    if stored.reason != reason {
        let stronger = viewer.word("admin-suppression", stored.reason);
        let which = viewer.say("admin-suppressions-stronger");
        flash = flash.with(which.text("reason", stronger));
    }
    Ok(redirect(&web, HOME, &flash))
}

async fn lift(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let target = Target::parse(form.text("email")).map_err(|_| HttpError::NotFound)?;
    let shown = viewer.address(target.to_string());
    let of_target = |key| viewer.say(key).text("target", &shown).to_string();
    let confirmation = Confirmation {
        title: of_target("admin-suppressions-lift-target"),
        text: viewer.t("admin-suppressions-lift-text"),
        yes: viewer.t("admin-suppressions-lift"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let flash = if suppression::lift(&web.cx, &viewer.actor(), &target).await? {
        Flash::good(of_target("admin-suppressions-lifted"))
    } else {
        Flash::warn(of_target("admin-suppressions-not-there"))
    };
    Ok(redirect(&web, HOME, &flash))
}

/// Undoes the selected suppressions.
async fn undo(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let filter = SuppressionFilter::of(&form);
    let which = filter.which(&web.cx.config().time_zone);
    let back = format!("{HOME}?{}", filter.query_string(None));
    let count = suppression::count_to_undo(&web.cx, &which).await?;
    let title = viewer
        .say("admin-suppressions-undo-title")
        .number("count", count);
    let confirmation = Confirmation {
        title: title.to_string(),
        text: viewer.t("admin-suppressions-undo-text"),
        yes: viewer.t("admin-remove"),
        no: viewer.t("admin-cancel"),
        back: back.clone(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let (by, words) = (viewer.actor(), filter.query_string(None));
    let undone = match suppression::undo(&web.cx, &by, &which, &words, form.trimmed("why")).await {
        Ok(undone) => undone,
        Err(crate::audience::AudienceError::Undo(why)) => {
            let flash = Flash::bad(viewer.t("admin-suppressions-not-undone"));
            return Ok(redirect(&web, &back, &flash.with(viewer.explain(why))));
        }
        Err(error) => return Err(error.into()),
    };
    let title = viewer.say("admin-suppressions-undone");
    let flash = Flash::good(title.number("count", undone));
    Ok(redirect(&web, HOME, &flash))
}

async fn export(State(web): State<Web>, Editor(viewer): Editor) -> Result<Response, HttpError> {
    let mut file = Vec::new();
    suppression_file::export(&web.cx, &mut file)
        .await
        .map_err(failure)?;
    viewer
        .note(&web, AuditAccess::SuppressionExport, "")
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"suppressions.csv\"",
        ),
    ];
    Ok((headers, file).into_response())
}

async fn import(
    State(web): State<Web>,
    Editor(viewer): Editor,
    parts: Multipart,
) -> Result<Response, HttpError> {
    let (files, _) = upload::read(parts).await?;
    let Some(file) = files.first() else {
        let flash = Flash::bad(viewer.t("admin-suppressions-choose-file"));
        return Ok(redirect(&web, HOME, &flash));
    };
    let by = viewer.actor();
    let content = upload::spooled(&file.content).map_err(ImportError::Spool)?;
    let done = match suppression_file::import(&web.cx, &by, &file.file_name, content).await {
        Ok(done) => done,
        Err(FileError::Audience(error)) => return Err(error.into()),
        Err(error) => {
            let flash = Flash::bad(viewer.t("admin-suppressions-not-read"));
            return Ok(redirect(&web, HOME, &flash.with(viewer.explain(error))));
        }
    };
    let title = viewer
        .say("admin-suppressions-imported")
        .number("count", done.added);
    let flash = if done.rejected.is_empty() {
        Flash::good(title)
    } else {
        Flash::warn(title)
    };
    Ok(redirect(&web, HOME, &flash.with(result(&viewer, &done))))
}

/// What an import came to besides what it added.
fn result(viewer: &Viewer, done: &Imported) -> String {
    let known = viewer
        .say("admin-suppressions-known")
        .number("count", done.known);
    let mut sentences = vec![known.to_string()];
    if !done.rejected.is_empty() {
        let count = done.rejected.count();
        let rejected = viewer
            .say("admin-suppressions-rejected")
            .number("count", count);
        sentences.push(rejected.to_string());
    }
    for (line, reason) in done.rejected.named().iter().take(NAMED) {
        let reason = viewer.clause(reason);
        let row = viewer
            .say("admin-suppressions-rejected-line")
            .text("line", line);
        sentences.push(row.text("reason", reason).to_string());
    }
    sentences.join(" ")
}

fn failure(error: FileError) -> HttpError {
    match error {
        FileError::Audience(error) => error.into(),
        error => HttpError::Unprocessable(error.to_string()),
    }
}
