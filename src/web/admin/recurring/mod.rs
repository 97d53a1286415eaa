//! Recurring campaigns: the list, the form, and the page of one with what came of its times.

mod form_input;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::audience::{list_admin, segment};
use crate::campaign::layouts::{self, KnownLayout};
use crate::campaign::recurring::{self, Recurring, Source, making};
use crate::campaign::templates::{self, TemplateKey};
use crate::campaign::{CampaignError, lifecycle};
use crate::model::RecurringId;
use crate::model::campaign::{CampaignState, ContentKind};
use crate::store::lists::List;
use crate::store::recurring_occurrences::Occurrence;
use crate::store::segments::Segment;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::recurring::form_input::{FormInput, value_of};
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

const HOME: &str = "/admin/recurring-campaigns";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/recurring-campaigns", get(index).post(create))
        .route("/recurring-campaigns/new", get(new))
        .route("/recurring-campaigns/{id}", get(show).post(change))
        .route("/recurring-campaigns/{id}/edit", get(edit))
        .route("/recurring-campaigns/{id}/turn", post(turn))
        .route("/recurring-campaigns/{id}/make", post(make))
        .route("/recurring-campaigns/{id}/delete", post(delete))
}

#[derive(Template)]
#[template(path = "admin/recurring.html")]
struct IndexPage {
    viewer: Viewer,
    all: Vec<Recurring>,
}

/// How often it comes, in words.
fn rhythm(viewer: &Viewer, recurring: &Recurring) -> String {
    let times = &recurring.row.fields.times;
    let often = viewer.word("admin-event-repeat", times.repeats);
    if times.repeat_every == 1 {
        return often;
    }
    let every = viewer.say("admin-recurring-every");
    let every = every.text("often", &often);
    every.number("every", times.repeat_every).into()
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        all: recurring::all(&web.cx).await?,
        viewer,
    })
}

#[derive(Template)]
#[template(path = "admin/recurring_one.html")]
struct ShowPage {
    viewer: Viewer,
    recurring: Recurring,
    /// What it mails, and its page if it has one.
    source: Option<(String, String)>,
    segment: Option<Segment>,
    occurrences: Vec<Occurrence>,
    asks_always: bool,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<RecurringId>,
) -> Result<Html<String>, HttpError> {
    let recurring = recurring::by_id(&web.cx, id).await?;
    let segment = match recurring.row.fields.segment_id {
        Some(id) => segment::by_id(&web.cx, id).await?,
        None => None,
    };
    render_page(&ShowPage {
        source: source_link(&web, &viewer, &recurring).await?,
        segment,
        occurrences: recurring::occurrences(&web.cx, id).await?,
        asks_always: web.cx.config().approval,
        recurring,
        viewer,
    })
}

fn template_name(viewer: &Viewer, key: TemplateKey, name: &str) -> String {
    match key {
        TemplateKey::Shipped(name) => viewer.word("admin-shipped-template", name),
        TemplateKey::Own(_) => name.to_owned(),
    }
}

/// Name and path of what it mails; `None` where that was deleted.
async fn source_link(
    web: &Web,
    viewer: &Viewer,
    recurring: &Recurring,
) -> Result<Option<(String, String)>, HttpError> {
    Ok(match recurring.source() {
        Some(Source::Template(key)) => {
            let found = templates::by_key(&web.cx, &key).await?;
            found.map(|found| {
                let name = template_name(viewer, found.key, &found.name);
                (name, format!("/admin/campaign-templates/{key}"))
            })
        }
        Some(Source::Campaign(id)) => {
            let campaign = lifecycle::by_id(&web.cx, id).await?;
            Some((campaign.subject, format!("/admin/campaigns/{id}")))
        }
        None => None,
    })
}

#[derive(Template)]
#[template(path = "admin/recurring_form.html")]
struct FormPage {
    viewer: Viewer,
    /// `None` for a new one.
    known: Option<RecurringId>,
    input: FormInput,
    errors: FormErrors,
    /// Values and names of what can be mailed.
    sources: Vec<(String, String)>,
    layouts: Vec<KnownLayout>,
    lists: Vec<List>,
    segments: Vec<Segment>,
}

impl FormPage {
    async fn load(
        web: &Web,
        viewer: Viewer,
        known: Option<RecurringId>,
        input: FormInput,
        errors: FormErrors,
    ) -> Result<Self, HttpError> {
        let mut sources = Vec::new();
        for template in templates::all(&web.cx).await? {
            let is_of_posts = matches!(
                template.fields.kind,
                ContentKind::Post | ContentKind::Digest
            );
            if !is_of_posts {
                let name = template_name(&viewer, template.key, &template.name);
                let value = value_of(&Source::Template(template.key.to_string()));
                let label = viewer.say("admin-recurring-of-template");
                sources.push((value, label.text("name", &name).into()));
            }
        }
        let mut campaigns = lifecycle::in_state(&web.cx, CampaignState::Draft).await?;
        if let Some(id) = known
            && let Some(Source::Campaign(id)) = recurring::by_id(&web.cx, id).await?.source()
            && campaigns.iter().all(|campaign| campaign.id != id)
        {
            campaigns.push(lifecycle::by_id(&web.cx, id).await?);
        }
        for campaign in campaigns {
            let value = value_of(&Source::Campaign(campaign.id));
            let label = viewer.say("admin-recurring-of-campaign");
            sources.push((value, label.text("name", &campaign.subject).into()));
        }
        Ok(Self {
            layouts: layouts::all(&web.cx).await?,
            lists: list_admin::within(&web.cx, &viewer.access).await?,
            segments: segment::all(&web.cx).await?,
            viewer,
            known,
            input,
            errors,
            sources,
        })
    }

    fn title(&self) -> String {
        match self.known {
            Some(_) => self.viewer.t("admin-recurring-change"),
            None => self.viewer.t("admin-recurring-new"),
        }
    }

    fn path(&self) -> String {
        self.known
            .map_or_else(|| HOME.to_owned(), |id| format!("{HOME}/{id}"))
    }
}

async fn new(State(web): State<Web>, Editor(viewer): Editor) -> Result<Html<String>, HttpError> {
    let input = FormInput::blank(&web, &viewer);
    render_page(&FormPage::load(&web, viewer, None, input, FormErrors::default()).await?)
}

async fn edit(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<RecurringId>,
) -> Result<Html<String>, HttpError> {
    let recurring = recurring::by_id(&web.cx, id).await?;
    let input = FormInput::of(&viewer, &recurring);
    render_page(&FormPage::load(&web, viewer, Some(id), input, FormErrors::default()).await?)
}

async fn create(
    State(web): State<Web>,
    Editor(viewer): Editor,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, None, &Form::parse(&body)?).await
}

async fn change(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<RecurringId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    save(&web, viewer, Some(id), &Form::parse(&body)?).await
}

async fn save(
    web: &Web,
    viewer: Viewer,
    known: Option<RecurringId>,
    form: &Form,
) -> Result<Response, HttpError> {
    let input = FormInput::read(form);
    let by = viewer.actor();
    let errors = match input.check(web, &viewer) {
        Ok(draft) => {
            let saved = match known {
                Some(id) => recurring::change(&web.cx, &by, id, &draft).await,
                None => recurring::create(&web.cx, &by, &draft).await,
            };
            match saved {
                Ok(saved) => {
                    let flash = Flash::good(viewer.t("admin-saved"));
                    return Ok(redirect(web, &format!("{HOME}/{}", saved.row.id), &flash));
                }
                Err(error) => match field_of(&error) {
                    Some(field) => FormErrors::one(field, &viewer.explain(error)),
                    None => return Err(error.into()),
                },
            }
        }
        Err(errors) => errors,
    };
    let html = render_page(&FormPage::load(web, viewer, known, input, errors).await?)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The field that an error is about.
fn field_of(error: &CampaignError) -> Option<&'static str> {
    Some(match error {
        CampaignError::RecurringExists => "name",
        CampaignError::UnknownTemplate(_)
        | CampaignError::NoSource
        | CampaignError::NoPost
        | CampaignError::NoItem
        | CampaignError::Gap(_)
        | CampaignError::Automatic => "source",
        CampaignError::Subject(_) => "subject",
        CampaignError::From(_) => "from",
        CampaignError::UnknownLayout(_) => "layout",
        CampaignError::UnknownList(_) | CampaignError::NoList => "lists",
        CampaignError::UnknownSegment => "segment",
        CampaignError::Times(_) => "repeat_until",
        _ => return None,
    })
}

/// Pauses or resumes.
async fn turn(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<RecurringId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let by = viewer.actor();
    let flash = if Form::parse(&body)?.text("to") == "on" {
        recurring::resume(&web.cx, &by, id).await?;
        Flash::good(viewer.t("admin-recurring-resumed"))
    } else {
        recurring::pause(&web.cx, &by, id).await?;
        let path = format!("{HOME}/{id}/turn");
        Flash::good(viewer.t("admin-recurring-is-paused")).undo_by(path, &[("to", "on")])
    };
    Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
}

/// Makes one now as a draft.
async fn make(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<RecurringId>,
) -> Result<Response, HttpError> {
    match making::make_now(&web.cx, &viewer.actor(), id).await {
        Ok(campaign) => {
            let flash = Flash::good(viewer.t("admin-recurring-made"));
            let path = format!("/admin/campaigns/{}", campaign.id);
            Ok(redirect(&web, &path, &flash))
        }
        Err(error @ (CampaignError::Store(_) | CampaignError::NotFound)) => Err(error.into()),
        Err(error) => {
            let flash = Flash::bad(viewer.t("admin-recurring-not-made"));
            let flash = flash.with(viewer.explain(error));
            Ok(redirect(&web, &format!("{HOME}/{id}"), &flash))
        }
    }
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<RecurringId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let found = recurring::by_id(&web.cx, id).await?;
    let title = viewer.say("admin-recurring-delete-title");
    let confirmation = Confirmation {
        title: title.text("name", &found.row.fields.name).into(),
        text: viewer.t("admin-recurring-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    recurring::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-deleted"));
    Ok(redirect(&web, HOME, &flash))
}
