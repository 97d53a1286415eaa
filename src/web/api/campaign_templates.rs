//! Templates of campaigns.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::campaign::templates::{self, CampaignTemplate, TemplateKey};
use crate::model::CampaignId;
use crate::model::campaign::ContentKind;
use crate::model::list::ListSlug;
use crate::store::campaign_contents::CampaignText;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::campaign_body::{CampaignBody, body, by_language};
use crate::web::api::paging::Page;
use crate::web::api::request::Body;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::list_limits;
use crate::web::state::Web;

/// A campaign to start from: what a draft has, without lists, times and recipients.
#[derive(Serialize, utoipa::ToSchema)]
pub struct CampaignTemplateBody {
    /// The name of a shipped one, the number of any other.
    id: String,
    name: String,
    /// Whether it is shipped: it can be neither changed nor deleted.
    is_shipped: bool,
    kind: ContentKind,
    subject: String,
    layout: String,
    from: Option<String>,
    is_public: bool,
    is_urgent: bool,
    texts: Vec<CampaignText>,
    /// Subjects by language.
    subjects: BTreeMap<Language, String>,
    /// Preheaders by language.
    preheaders: BTreeMap<Language, String>,
    /// Sender names by language.
    from_names: BTreeMap<Language, String>,
    /// When it was last changed, RFC 3339; `null` for a shipped one.
    changed_at: Option<String>,
    changed_by: Option<String>,
}

impl From<CampaignTemplate> for CampaignTemplateBody {
    fn from(template: CampaignTemplate) -> Self {
        let is_shipped = template.is_shipped();
        let fields = template.fields;
        let (changed_at, changed_by) = template.change.unzip();
        Self {
            id: template.key.to_string(),
            name: template.name,
            is_shipped,
            kind: fields.kind,
            subjects: by_language(&fields.variants, |one| &one.subject),
            preheaders: by_language(&fields.variants, |one| &one.preheader),
            from_names: by_language(&fields.variants, |one| &one.from_name),
            subject: fields.subject,
            layout: fields.layout,
            from: fields.from_mailbox,
            is_public: fields.is_public,
            is_urgent: fields.is_urgent,
            texts: fields.texts,
            changed_at: changed_at.map(|at| at.rfc3339()),
            changed_by,
        }
    }
}

/// List templates of campaigns, the shipped ones last
#[utoipa::path(get, path = "/campaign-templates", tag = "campaigns", security(("bearer" = [])),
    responses((status = 200, body = Page<CampaignTemplateBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<CampaignTemplateBody>>, HttpError> {
    let all = templates::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(CampaignTemplateBody::from)))
}

async fn find(web: &Web, key: &str) -> Result<CampaignTemplate, HttpError> {
    let found = templates::by_key(&web.cx, key).await?;
    found.ok_or(HttpError::NotFound)
}

/// Get a template of campaigns
#[utoipa::path(get, path = "/campaign-templates/{id}", tag = "campaigns", security(("bearer" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = CampaignTemplateBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(key): PathParam<String>,
) -> Result<Json<CampaignTemplateBody>, HttpError> {
    Ok(Json(find(&web, &key).await?.into()))
}

/// What becomes a template.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewCampaignTemplate {
    name: Title,
    /// The campaign whose content it gets.
    campaign: CampaignId,
    /// Whether a template of this name is replaced. Without it, 409.
    #[serde(default)]
    replace: bool,
}

/// Save a campaign as a template
#[utoipa::path(post, path = "/campaign-templates", tag = "campaigns", security(("bearer" = [])),
    request_body = NewCampaignTemplate,
    responses((status = 201, body = CampaignTemplateBody), (status = 404),
              (status = 409, description = "The name is taken, or the campaign is a weekly digest")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewCampaignTemplate>,
) -> Result<(StatusCode, Json<CampaignTemplateBody>), HttpError> {
    list_limits::require_campaign(&web, &caller.1, new.campaign).await?;
    let by = caller.actor();
    let id = templates::save(&web.cx, &by, new.campaign, &new.name, new.replace).await?;
    let made = find(&web, &id.to_string()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Where a campaign from a template goes.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct FromTemplate {
    lists: Vec<ListSlug>,
    /// Default: that of the template.
    subject: Option<String>,
}

/// Create a draft from a template
///
/// Templates of posts and digests have no posts: create such a draft by `POST /campaigns`.
#[utoipa::path(post, path = "/campaign-templates/{id}/campaigns", tag = "campaigns",
    security(("bearer" = [])), params(("id" = String, Path)), request_body = FromTemplate,
    responses((status = 201, body = CampaignBody), (status = 404), (status = 422)))]
pub async fn start(
    caller: Caller,
    State(web): State<Web>,
    PathParam(key): PathParam<String>,
    Body(new): Body<FromTemplate>,
) -> Result<(StatusCode, Json<CampaignBody>), HttpError> {
    let template = find(&web, &key).await?;
    let by = caller.actor();
    let campaign = templates::start(&web.cx, &by, template, new.lists, new.subject).await?;
    Ok((StatusCode::CREATED, Json(body(&web, campaign).await?)))
}

/// Delete a template of campaigns
#[utoipa::path(delete, path = "/campaign-templates/{id}", tag = "campaigns",
    security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204), (status = 404, description = "There is none, or it is shipped")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(key): PathParam<String>,
) -> Result<StatusCode, HttpError> {
    match find(&web, &key).await?.key {
        TemplateKey::Own(id) => {
            templates::delete(&web.cx, &caller.actor(), id).await?;
            Ok(StatusCode::NO_CONTENT)
        }
        TemplateKey::Shipped(_) => Err(HttpError::NotFound),
    }
}
