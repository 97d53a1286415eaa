//! Templates of campaigns: the gallery, one template, and saving a campaign as one.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::campaign::templates::{self, CampaignTemplate, TemplateKey};
use crate::campaign::{CampaignError, lifecycle};
use crate::model::{CampaignId, CampaignTemplateId};
use crate::store::campaigns::Campaign;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::email_preview::{Part, email_preview, preview_response};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::viewer::{Editor, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/campaign-templates", get(index))
        .route("/campaign-templates/{key}", get(show).post(rename))
        .route("/campaign-templates/{key}/preview", get(preview))
        .route("/campaign-templates/{key}/delete", post(delete))
        .route("/campaigns/{id}/template", get(ask_name).post(save))
}

const HOME: &str = "/admin/campaign-templates";

/// A shipped template has its name in the user's language.
pub fn name(viewer: &Viewer, template: &CampaignTemplate) -> String {
    match template.key {
        TemplateKey::Shipped(name) => viewer.word("admin-shipped-template", name),
        TemplateKey::Own(_) => template.name.clone(),
    }
}

/// What a template is for; only shipped ones say it.
fn purpose(viewer: &Viewer, template: &CampaignTemplate) -> String {
    match template.key {
        TemplateKey::Shipped(name) => viewer.word("admin-shipped-template-for", name),
        TemplateKey::Own(_) => String::new(),
    }
}

/// Whether it has an email to show; that of a post is the post's.
fn has_text(template: &CampaignTemplate) -> bool {
    template.written().next().is_some()
}

#[derive(Template)]
#[template(path = "admin/campaign_templates.html")]
struct IndexPage {
    viewer: Viewer,
    templates: Vec<CampaignTemplate>,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage {
        templates: templates::all(&web.cx).await?,
        viewer,
    })
}

#[derive(Template)]
#[template(path = "admin/campaign_template.html")]
struct TemplatePage {
    viewer: Viewer,
    template: CampaignTemplate,
    /// The language of the email that is shown.
    language: Language,
    entered: String,
    errors: FormErrors,
}

impl TemplatePage {
    fn path(&self) -> String {
        format!("{HOME}/{}", self.template.key)
    }

    fn languages(&self) -> Vec<Language> {
        self.template.written().map(|text| text.language).collect()
    }
}

#[derive(Deserialize)]
struct Shown {
    language: Option<Language>,
}

async fn find(web: &Web, key: &str) -> Result<CampaignTemplate, HttpError> {
    let found = templates::by_key(&web.cx, key).await?;
    found.ok_or(HttpError::NotFound)
}

/// The language asked for, the user's, or the first that it has.
fn shown_language(viewer: &Viewer, template: &CampaignTemplate, asked: &Shown) -> Language {
    let texts = &template.fields.texts;
    let has = |language: &Language| texts.iter().any(|text| text.language == *language);
    let wanted = [asked.language, Some(viewer.language())];
    let found = wanted.into_iter().flatten().find(has);
    let first = texts.first().map(|text| text.language);
    found.or(first).unwrap_or(viewer.language())
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(key): Path<String>,
    Query(asked): Query<Shown>,
) -> Result<Html<String>, HttpError> {
    let template = find(&web, &key).await?;
    render_page(&TemplatePage {
        language: shown_language(&viewer, &template, &asked),
        entered: template.name.clone(),
        errors: FormErrors::default(),
        template,
        viewer,
    })
}

/// The email that the template makes, for a frame.
async fn preview(
    State(web): State<Web>,
    viewer: Viewer,
    Path(key): Path<String>,
    Query(asked): Query<Shown>,
    part: Part,
) -> Result<Response, HttpError> {
    let template = find(&web, &key).await?;
    let language = shown_language(&viewer, &template, &asked);
    let mail = email_preview(templates::sample(&web.cx, &template, language).await)?;
    preview_response(&web, &viewer, mail, part).await
}

/// The number of a template that users have made; shipped ones are never changed.
fn own(template: &CampaignTemplate) -> Result<CampaignTemplateId, HttpError> {
    match template.key {
        TemplateKey::Own(id) => Ok(id),
        TemplateKey::Shipped(_) => Err(HttpError::NotFound),
    }
}

async fn rename(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let template = find(&web, &key).await?;
    let id = own(&template)?;
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    if let Some(title) = errors.take("name", Title::parse(form.trimmed("name"))) {
        match templates::rename(&web.cx, &viewer.actor(), id, &title).await {
            Ok(()) => {
                let flash = Flash::good(viewer.t("admin-saved"));
                return Ok(redirect(&web, &format!("{HOME}/{id}"), &flash));
            }
            Err(error @ CampaignError::TemplateExists) => {
                errors.add("name", viewer.explain(error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let html = render_page(&TemplatePage {
        language: shown_language(&viewer, &template, &Shown { language: None }),
        entered: form.text("name").to_owned(),
        errors,
        template,
        viewer,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn delete(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(key): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let template = find(&web, &key).await?;
    let id = own(&template)?;
    let title = viewer.say("admin-campaign-template-delete-title");
    let confirmation = Confirmation {
        title: title.text("name", &template.name).into(),
        text: viewer.t("admin-campaign-template-delete-text"),
        yes: viewer.t("admin-delete"),
        no: viewer.t("admin-cancel"),
        back: format!("{HOME}/{id}"),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    templates::delete(&web.cx, &viewer.actor(), id).await?;
    let flash = Flash::good(viewer.t("admin-campaign-template-deleted"));
    Ok(redirect(&web, HOME, &flash))
}

#[derive(Template)]
#[template(path = "admin/campaign_template_save.html")]
struct SavePage {
    viewer: Viewer,
    campaign: Campaign,
    entered: String,
    /// Whether a template of this name may be replaced.
    replaces: bool,
    errors: FormErrors,
}

async fn ask_name(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
) -> Result<Html<String>, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    render_page(&SavePage {
        entered: campaign.subject.clone(),
        replaces: false,
        errors: FormErrors::default(),
        campaign,
        viewer,
    })
}

async fn save(
    State(web): State<Web>,
    Editor(viewer): Editor,
    Path(id): Path<CampaignId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let campaign = lifecycle::by_id(&web.cx, id).await?;
    let form = Form::parse(&body)?;
    let replaces = form.has("replaces");
    let mut errors = FormErrors::default();
    if let Some(title) = errors.take("name", Title::parse(form.trimmed("name"))) {
        match templates::save(&web.cx, &viewer.actor(), id, &title, replaces).await {
            Ok(made) => {
                let flash = Flash::good(viewer.t("admin-campaign-template-saved"));
                let flash = flash.with(viewer.t("admin-campaign-template-saved-next"));
                return Ok(redirect(&web, &format!("{HOME}/{made}"), &flash));
            }
            Err(error @ CampaignError::TemplateExists) => {
                errors.add("name", viewer.explain(error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let html = render_page(&SavePage {
        viewer,
        campaign,
        entered: form.text("name").to_owned(),
        replaces,
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
