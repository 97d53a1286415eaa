//! Lists.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::bearer::Caller;
use super::request::{Body, Id};
use crate::account;
use crate::audience::manage::{self, ListFields};
use crate::model::line::Title;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::store::lists::{List, ListOptions, ListText};
use crate::web::{Failure, Web};

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

/// A list to be made.
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
    #[serde(flatten)]
    options: ListOptions,
}

/// Every list.
#[utoipa::path(get, path = "/lists", tag = "audience", security(("bearer" = [])),
    responses((status = 200, body = Vec<ListBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<serde_json::Value>, Failure> {
    let all = manage::lists(&web.cx).await?;
    let items: Vec<ListBody> = all.into_iter().map(ListBody::from).collect();
    Ok(Json(
        serde_json::json!({ "items": items, "next_cursor": null }),
    ))
}

/// One list.
#[utoipa::path(get, path = "/lists/{slug}", tag = "audience", security(("bearer" = [])),
    params(("slug" = String, Path)), responses((status = 200, body = ListBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    Id(slug): Id<ListSlug>,
) -> Result<Json<ListBody>, Failure> {
    let all = manage::lists(&web.cx).await?;
    let list = all
        .into_iter()
        .find(|list| list.slug == slug)
        .ok_or(Failure::NotFound)?;
    Ok(Json(list.into()))
}

/// Make a list.
#[utoipa::path(post, path = "/lists", tag = "audience", security(("bearer" = [])),
    request_body = NewList,
    responses((status = 201, body = ListBody), (status = 409, description = "The slug is taken")))]
pub async fn create(
    caller: Caller,
    State(web): State<Web>,
    Body(new): Body<NewList>,
) -> Result<(StatusCode, Json<ListBody>), Failure> {
    let fields = ListFields {
        slug: new.slug,
        name: new.name,
        description: new.description,
        translations: new.translations,
        visibility: new.visibility,
        opt_in: new.opt_in,
        options: new.options,
    };
    let list = manage::create_list(&web.cx, &fields).await?;
    account::audit(&web.cx, caller.name(), "list.create", list.slug.as_str()).await?;
    Ok((StatusCode::CREATED, Json(list.into())))
}
