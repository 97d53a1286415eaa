//! Segments: a form for rules, with whom they pick. The form of a campaign has the same
//! [`conditions`].

mod choices;
pub(super) mod conditions;
pub(super) mod entry;
mod form_page;
mod members;
mod row;
pub(super) mod words;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::audience::{AudienceError, segment};
use crate::model::segment::Rule;
use crate::model::{CampaignId, SegmentId};
use crate::store::campaign_changes::Changed;
use crate::store::segments::Segment;
use crate::text::line::Title;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::segments::conditions::Conditions;
use crate::web::admin::segments::form_page::{FormPage, HOME};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::admin::waiting_campaigns;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/segments", get(index).post(create))
        .route("/segments/new", get(new).post(draft))
        .route("/segments/{id}", get(edit).post(change))
        .route("/segments/{id}/draft", post(redraft))
        .route("/segments/{id}/members.csv", get(members::download))
        .route("/segments/{id}/delete", post(delete))
        .route("/segments/{id}/campaigns", post(choose))
}

/// Campaigns on a segment's page.
const CAMPAIGNS: i64 = 50;

#[derive(Template)]
#[template(path = "admin/segments.html")]
struct IndexPage {
    viewer: Viewer,
    segments: Vec<Segment>,
}

impl IndexPage {
    fn rule_text(&self, rule: &Rule) -> String {
        words::rule_text(rule, &self.viewer)
    }
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let segments = segment::all(&web.cx).await?;
    render_page(&IndexPage { viewer, segments })
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let mut page = FormPage::new(viewer, None, Conditions::blank());
    page.look(&web).await?;
    render_page(&page)
}

/// What of a segment is shown.
#[derive(Deserialize)]
struct Shown {
    /// `count`: whom it picks, however long that takes to count.
    #[serde(default)]
    show: String,
}

async fn edit(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<SegmentId>,
    Query(shown): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let segment = find(&web, id).await?;
    let mut conditions = Conditions::of_rule(&segment.rule, &viewer);
    conditions.is_asked = shown.show == "count";
    let mut page = FormPage::new(viewer, Some(segment.id), conditions);
    page.called = segment.name;
    page.look(&web).await?;
    page.campaigns = segment::open_campaigns(&web.cx, CAMPAIGNS).await?;
    render_page(&page)
}

/// Restricts a campaign to the segment, or sends it to all of its lists again.
async fn choose(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SegmentId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let found = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let campaign: CampaignId = form
        .text("campaign")
        .parse()
        .map_err(|_| HttpError::NotFound)?;
    let (chosen, flash) = match form.text("to") {
        "lists" => (
            None,
            Flash::good(viewer.t("admin-segment-campaign-to-lists")),
        ),
        _ => (
            Some(found.id),
            Flash::good(
                viewer
                    .say("admin-segment-campaign-here")
                    .text("name", &found.name),
            )
            .with(viewer.t("admin-segment-campaign-here-who")),
        ),
    };
    segment::choose(&web.cx, &viewer.actor(), campaign, chosen).await?;
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

async fn find(web: &Web, id: SegmentId) -> Result<Segment, HttpError> {
    let found = segment::by_id(&web.cx, id).await?;
    // The conditions of one campaign are changed there.
    let named = found.filter(|segment| !segment.is_of_one_campaign());
    named.ok_or(HttpError::NotFound)
}

async fn draft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    drafted(&web, viewer, None, &body).await
}

async fn redraft(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SegmentId>,
    body: Bytes,
) -> Result<Html<String>, HttpError> {
    drafted(&web, viewer, Some(id), &body).await
}

/// The form again as the pressed button leaves it, with whom it picks now.
async fn drafted(
    web: &Web,
    viewer: Viewer,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Html<String>, HttpError> {
    let mut page = sent(viewer, id, body)?;
    page.look(web).await?;
    render_page(&page)
}

/// The form as sent.
fn sent(viewer: Viewer, id: Option<SegmentId>, body: &[u8]) -> Result<FormPage, HttpError> {
    let form = Form::parse(body)?;
    let mut conditions = Conditions::of_form(&form);
    conditions.press(&form);
    let mut page = FormPage::new(viewer, id, conditions);
    page.called = form.trimmed("name").to_owned();
    Ok(page)
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, None, &body).await
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SegmentId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let segment = find(&web, id).await?;
    save(&web, viewer, Some(segment.id), &body).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    id: Option<SegmentId>,
    body: &[u8],
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let mut page = sent(viewer, id, body)?;
    let rule = page.finish(web).await?;
    let name = page.errors.take("name", Title::parse(&page.called));
    if let (Some(rule), Some(name)) = (rule, name) {
        if let Some(id) = id {
            let (form, back) = (Form::parse(body)?, format!("{HOME}/{id}"));
            let changed = Changed::Segment(id);
            let asked = waiting_campaigns::ask(web, &page.viewer, &form, changed, back).await?;
            if let Some(page) = asked {
                return Ok(page);
            }
        }
        match segment::save(&web.cx, &by, id, &name, &rule).await {
            Ok(_) => {
                let mut flash = Flash::good(page.viewer.t("admin-saved"));
                if let Some(found) = &page.conditions.matching {
                    let matching = page.viewer.say("admin-segment-saved-matching");
                    flash = flash.with(matching.number("count", found.count));
                }
                return Ok(redirect(web, HOME, &flash));
            }
            Err(AudienceError::Exists(_)) => {
                let taken = page.viewer.t("admin-segment-name-taken");
                page.errors.add("name", taken);
            }
            Err(error) => return Err(error.into()),
        }
    }
    page.conditions = page.conditions.with_a_row();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render_page(&page)?).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<SegmentId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let segment = find(&web, id).await?;
    let confirmation = Confirmation {
        title: viewer
            .say("admin-delete-question")
            .text("name", &segment.name)
            .into(),
        text: viewer.t("admin-segment-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    segment::delete(&web.cx, &viewer.actor(), segment.id).await?;
    let flash = Flash::good(viewer.t("admin-deleted"));
    Ok(redirect(&web, HOME, &flash))
}
