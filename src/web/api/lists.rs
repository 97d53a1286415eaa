//! Lists.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::audience::list_admin::{self, ListFields};
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::store::lists::{List, ListOptions, ListText};
use crate::text::line::Title;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, Params};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ListBody {
    slug: ListSlug,
    name: String,
    description: String,
    translations: BTreeMap<String, ListText>,
    visibility: Visibility,
    opt_in: OptIn,
    #[serde(flatten)]
    options: ListOptions,
}

impl From<List> for ListBody {
    fn from(list: List) -> Self {
        Self {
            slug: list.slug,
            name: list.name,
            description: list.description,
            translations: list.translations,
            visibility: list.visibility,
            opt_in: list.opt_in,
            options: list.options,
        }
    }
}

/// A new list.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct NewList {
    slug: ListSlug,
    name: Title,
    #[serde(default)]
    description: String,
    #[serde(default)]
    translations: BTreeMap<String, ListText>,
    visibility: Visibility,
    opt_in: OptIn,
    /// Whether to count clicks by link, never by person.
    #[serde(default)]
    counts_clicks: bool,
    /// Whether to send a welcome email after confirmation.
    #[serde(default)]
    sends_welcome: bool,
}

/// List lists
#[utoipa::path(get, path = "/lists", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Page<ListBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<ListBody>>, HttpError> {
    let all = list_admin::within(&web.cx, &caller.1).await?;
    Ok(Json(Page::whole(all).map(ListBody::from)))
}

/// Get a list
#[utoipa::path(get, path = "/lists/{slug}", tag = "audience", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 200, body = ListBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<ListSlug>,
) -> Result<Json<ListBody>, HttpError> {
    Ok(Json(find(&web, &slug).await?.into()))
}

async fn find(web: &Web, slug: &ListSlug) -> Result<List, HttpError> {
    let found = list_admin::by_slug(&web.cx, slug).await?;
    found.ok_or(HttpError::NotFound)
}

/// Create a list
#[utoipa::path(post, path = "/lists", tag = "audience", security(("bearer" = [])),
    request_body = NewList,
    responses((status = 201, body = ListBody), (status = 409, description = "The slug is taken")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewList>,
) -> Result<(StatusCode, Json<ListBody>), HttpError> {
    let fields = ListFields {
        slug: new.slug,
        name: new.name,
        description: new.description,
        translations: new.translations,
        visibility: new.visibility,
        opt_in: new.opt_in,
        options: ListOptions {
            counts_clicks: new.counts_clicks,
            sends_welcome: new.sends_welcome,
        },
    };
    let list = list_admin::create(&web.cx, &caller.actor(), &fields).await?;
    Ok((StatusCode::CREATED, Json(list.into())))
}

/// Changes to a list; fields left out stay unchanged. The slug cannot change:
/// subscribers' mail filters rely on it.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeList {
    name: Option<Title>,
    description: Option<String>,
    translations: Option<BTreeMap<String, ListText>>,
    visibility: Option<Visibility>,
    opt_in: Option<OptIn>,
    counts_clicks: Option<bool>,
    sends_welcome: Option<bool>,
}

/// Change a list.
#[utoipa::path(patch, path = "/lists/{slug}", tag = "audience", security(("bearer" = [])),
    params(("slug" = String, Path)), request_body = ChangeList,
    responses((status = 200, body = ListBody), (status = 404)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<ListSlug>,
    Body(change): Body<ChangeList>,
) -> Result<Json<ListBody>, HttpError> {
    let list = find(&web, &slug).await?;
    let mut options = list.options;
    options.counts_clicks = change.counts_clicks.unwrap_or(options.counts_clicks);
    options.sends_welcome = change.sends_welcome.unwrap_or(options.sends_welcome);
    let name = match change.name {
        Some(name) => name,
        None => Title::parse(&list.name).map_err(|_| HttpError::Internal)?,
    };
    let fields = ListFields {
        slug: list.slug,
        name,
        description: change.description.unwrap_or(list.description),
        translations: change.translations.unwrap_or(list.translations),
        visibility: change.visibility.unwrap_or(list.visibility),
        opt_in: change.opt_in.unwrap_or(list.opt_in),
        options,
    };
    list_admin::change(&web.cx, &caller.actor(), list.id, &fields).await?;
    Ok(Json(find(&web, &slug).await?.into()))
}

/// How to delete a list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Deletion {
    /// Also delete a list that has subscribers: their subscriptions and
    /// consent records for it are deleted.
    with_subscriptions: Option<bool>,
}

/// Delete a list.
#[utoipa::path(delete, path = "/lists/{slug}", tag = "audience", security(("bearer" = [])),
    params(("slug" = String, Path), Deletion),
    responses((status = 204), (status = 404),
              (status = 409, description = "A campaign that has not ended goes to it, or subscribers are on it")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(slug): PathParam<ListSlug>,
    Params(deletion): Params<Deletion>,
) -> Result<StatusCode, HttpError> {
    let list = find(&web, &slug).await?;
    let with_subscriptions = deletion.with_subscriptions.unwrap_or(false);
    list_admin::delete(&web.cx, &caller.actor(), list.id, with_subscriptions).await?;
    Ok(StatusCode::NO_CONTENT)
}
