//! Templates of transactional email.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::model::EmailTemplateId;
use crate::model::list::Slug;
use crate::text::locale::Language;
use crate::transactional::email_templates::{self, EmailTemplate, TemplateText};
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, offered_or_usual};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A text that `POST /transactional` fills in.
#[derive(Serialize, utoipa::ToSchema)]
pub struct EmailTemplateBody {
    /// By which listmonk's API names it.
    id: EmailTemplateId,
    name: String,
    language: Language,
    subject: String,
    /// What inboxes show after the subject; empty for the subject itself.
    preheader: String,
    body_markdown: String,
    /// What previews and tests are filled with.
    #[schema(value_type = Object)]
    sample: Map<String, Value>,
    changed_at: String,
    changed_by: String,
}

impl From<EmailTemplate> for EmailTemplateBody {
    fn from(template: EmailTemplate) -> Self {
        Self {
            id: template.id,
            name: template.name,
            language: template.language,
            subject: template.subject,
            preheader: template.preheader,
            body_markdown: template.body,
            sample: serde_json::from_str(&template.sample).unwrap_or_default(),
            changed_at: template.changed_at.rfc3339(),
            changed_by: template.changed_by,
        }
    }
}

/// List templates of transactional email
#[utoipa::path(get, path = "/email-templates", tag = "transactional", security(("bearer" = [])),
    responses((status = 200, body = Page<EmailTemplateBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<EmailTemplateBody>>, HttpError> {
    let all = email_templates::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(EmailTemplateBody::from)))
}

async fn find(web: &Web, name: &Slug) -> Result<EmailTemplate, HttpError> {
    let found = email_templates::by_name(&web.cx, name.as_str()).await?;
    found.ok_or(HttpError::NotFound)
}

/// Get a template of transactional email
#[utoipa::path(get, path = "/email-templates/{name}", tag = "transactional", security(("bearer" = [])),
    params(("name" = String, Path)),
    responses((status = 200, body = EmailTemplateBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<Json<EmailTemplateBody>, HttpError> {
    Ok(Json(find(&web, &name).await?.into()))
}

/// The text of a template.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SaveEmailTemplate {
    /// With merge tags.
    subject: String,
    /// What inboxes show after the subject, with merge tags. Default: the subject.
    #[serde(default)]
    preheader: String,
    /// With merge tags such as `{{ data.order }}`.
    body_markdown: String,
    /// Data that fills it in, for previews and tests: all that the template needs.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    sample: Map<String, Value>,
    language: Option<Language>,
}

/// Create or change a template of transactional email
#[utoipa::path(put, path = "/email-templates/{name}", tag = "transactional", security(("bearer" = [])),
    params(("name" = String, Path)), request_body = SaveEmailTemplate,
    responses((status = 200, body = EmailTemplateBody),
              (status = 422, description = "It cannot be rendered, or its sample lacks something")))]
pub async fn save(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
    Body(new): Body<SaveEmailTemplate>,
) -> Result<Json<EmailTemplateBody>, HttpError> {
    let text = TemplateText {
        language: offered_or_usual(&web, new.language)?,
        subject: new.subject,
        preheader: new.preheader,
        body: new.body_markdown,
        sample: if new.sample.is_empty() {
            String::new()
        } else {
            format!("{:#}", Value::Object(new.sample))
        },
    };
    email_templates::save(&web.cx, &caller.actor(), &name, text).await?;
    Ok(Json(find(&web, &name).await?.into()))
}

/// Delete a template of transactional email
#[utoipa::path(delete, path = "/email-templates/{name}", tag = "transactional", security(("bearer" = [])),
    params(("name" = String, Path)), responses((status = 204), (status = 404)))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<StatusCode, HttpError> {
    if email_templates::delete(&web.cx, &caller.actor(), name.as_str()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(HttpError::NotFound)
    }
}
