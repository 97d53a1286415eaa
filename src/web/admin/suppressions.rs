//! Addresses and domains that are never mailed: which and why, adding one,
//! lifting one, taking back together what one campaign or one time made, and
//! files from and to other systems.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::errors::Errors;
use super::flash::Flash;
use super::frame::{Desk, Editor, counted, go, show, spaced};
use super::question::Question;
use crate::audience::suppression::{self, FileError, NOTE_LIMIT, Target};
use crate::clock::Timestamp;
use crate::model::CampaignId;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::suppressions::{Suppression, Which};
use crate::web::form::Form;
use crate::web::{Failure, Web, upload};

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
/// After every reason of an address.
const AFTER_ALL: &str = "~";
/// Lines of a file that could not be taken and are named one by one.
const NAMED: usize = 10;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    reason: String,
    campaign: String,
    /// Days, such as 2026-03-01, in UTC.
    since: String,
    until: String,
    after: String,
}

impl Wanted {
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

    fn which(&self) -> Which {
        let day = |text: &str, time: &str| Timestamp::parse_rfc3339(&format!("{text}T{time}")).ok();
        Which {
            part: self.q.clone(),
            reason: self.reason.parse().ok(),
            campaign: self.campaign.trim().parse().ok().map(CampaignId),
            since: day(&self.since, "00:00:00Z"),
            until: day(&self.until, "23:59:59.999Z"),
        }
    }

    fn query(&self, after: Option<&str>) -> String {
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
    desk: Desk,
    wanted: Wanted,
    rows: Vec<Suppression>,
    next: Option<String>,
    /// How many of those selected can be taken back together.
    undoable: i64,
    email: String,
    note: String,
    chosen: SuppressionReason,
    errors: Errors,
}

async fn page(web: &Web, desk: Desk, wanted: Wanted) -> Result<IndexPage, Failure> {
    let which = wanted.which();
    let after = wanted.after.rsplit_once(' ');
    let after = after.unwrap_or((&wanted.after, AFTER_ALL));
    let rows = suppression::page(&web.cx, &which, after, ROWS).await?;
    let undoable = match which.is_narrow() {
        true => suppression::count_to_undo(&web.cx, &which).await?,
        false => 0,
    };
    let next = rows
        .last()
        .filter(|_| rows.len() as i64 == ROWS)
        .map(|last| {
            let cursor = format!("{} {}", last.email_key, last.reason);
            format!("{HOME}?{}", wanted.query(Some(&cursor)))
        });
    Ok(IndexPage {
        desk,
        wanted,
        rows,
        next,
        undoable,
        email: String::new(),
        note: String::new(),
        chosen: SuppressionReason::Manual,
        errors: Errors::default(),
    })
}

async fn index(
    State(web): State<Web>,
    desk: Desk,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    show(&page(&web, desk, wanted).await?)
}

async fn add(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let mut errors = Errors::default();
    let target = errors.take("email", Target::parse(form.trimmed("email")));
    let reason = errors.take("reason", form.text("reason").parse::<SuppressionReason>());
    let note: String = form.trimmed("note").chars().take(NOTE_LIMIT).collect();
    let (Some(target), Some(reason)) = (target, reason) else {
        let html = show(&IndexPage {
            email: form.text("email").to_owned(),
            note,
            errors,
            ..page(&web, desk, Wanted::default()).await?
        })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let source = SuppressionSource::Admin;
    let stored = suppression::suppress(&web.cx, &target, reason, &note, source).await?;
    desk.note(&web, "suppression.add", &target.key()).await?;
    let mut flash = Flash::good(format!("{target} is suppressed"));
    if stored.reason != reason {
        let stronger = format!(
            "The reason shown is the stronger one: {}.",
            spaced(stored.reason.as_str())
        );
        flash = flash.with(&stronger);
    }
    Ok(go(&web, HOME, &flash))
}

async fn lift(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let target = Target::parse(form.text("email")).map_err(|_| Failure::NotFound)?;
    let question = Question {
        title: format!("Lift the suppression of {target}?"),
        text: "This address gets the campaigns of its lists again. If this person asked for no more email or marked it as spam, make sure that they want this.".to_owned(),
        yes: "Lift",
        no: "Keep suppressed",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &form)? {
        return Ok(page);
    }
    let flash = match suppression::lift(&web.cx, &target).await? {
        true => {
            desk.note(&web, "suppression.lift", &target.key()).await?;
            Flash::good(format!("{target} is no longer suppressed"))
        }
        false => Flash::warn(format!("{target} was not suppressed")),
    };
    Ok(go(&web, HOME, &flash))
}

/// Takes back together what is selected.
async fn undo(
    State(web): State<Web>,
    Editor(desk): Editor,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let wanted = Wanted::of(&form);
    let which = wanted.which();
    let back = format!("{HOME}?{}", wanted.query(None));
    let count = suppression::count_to_undo(&web.cx, &which).await?;
    let question = Question {
        title: format!("Remove {}?", counted(count, "suppression", "suppressions")),
        text: "These addresses get campaigns again. Other reasons against an address, such as a complaint, stay.".to_owned(),
        yes: "Remove",
        no: "Keep suppressed",
        back: back.clone(),
        choice: None,
    };
    if let Some(page) = question.unless_answered(&desk, &form)? {
        return Ok(page);
    }
    let undone = match suppression::undo(&web.cx, &which, form.trimmed("why")).await {
        Ok(undone) => undone,
        Err(crate::audience::AudienceError::Undo(why)) => {
            return Ok(go(
                &web,
                &back,
                &Flash::bad("Nothing was removed").with(why),
            ));
        }
        Err(error) => return Err(error.into()),
    };
    let what = format!("{undone} {} {}", wanted.query(None), form.trimmed("why"));
    desk.note(&web, "suppression.undo", what.trim()).await?;
    let undone = counted(undone as i64, "suppression", "suppressions");
    Ok(go(&web, HOME, &Flash::good(format!("{undone} removed"))))
}

async fn export(State(web): State<Web>, Editor(desk): Editor) -> Result<Response, Failure> {
    let mut file = Vec::new();
    suppression::export(&web.cx, &mut file)
        .await
        .map_err(failure)?;
    desk.note(&web, "suppression.export", "").await?;
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
    Editor(desk): Editor,
    parts: Multipart,
) -> Result<Response, Failure> {
    let (files, _) = upload::read(parts).await?;
    let Some(file) = files.first() else {
        return Ok(go(&web, HOME, &Flash::bad("Choose a file")));
    };
    let source = SuppressionSource::Import;
    let done = match suppression::import(&web.cx, file.content.as_slice(), source).await {
        Ok(done) => done,
        Err(FileError::Audience(error)) => return Err(error.into()),
        Err(error) => {
            let flash = Flash::bad("The file cannot be read").with(error.to_string());
            return Ok(go(&web, HOME, &flash));
        }
    };
    let added = counted(done.added as i64, "suppression", "suppressions");
    desk.note(
        &web,
        "suppression.import",
        &format!("{added} {}", file.file_name),
    )
    .await?;
    let mut words = format!("{} already existed.", done.known);
    if !done.refused.is_empty() {
        words.push_str(&format!(" {} could not be imported:", done.refused.count()));
    }
    for (line, reason) in done.refused.named().iter().take(NAMED) {
        words.push_str(&format!(" line {line}: {reason}."));
    }
    let title = format!("{added} added");
    let flash = match done.refused.is_empty() {
        true => Flash::good(title),
        false => Flash::warn(title),
    };
    Ok(go(&web, HOME, &flash.with(&words)))
}

fn failure(error: FileError) -> Failure {
    match error {
        FileError::Audience(error) => error.into(),
        error => Failure::Unprocessable(error.to_string()),
    }
}
