//! The calls without a token: the public lists, and joining them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::audience::join;
use crate::model::ListId;
use crate::model::list::OptIn;
use crate::web::api::join::{Join, take};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::listmonk::input::{data, read};
use crate::web::listmonk::numbers::{Kind, number, uuid};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// `GET /api/public/lists`, which listmonk answers without `data`.
pub async fn lists(State(web): State<Web>, visitor: Visitor) -> Result<Json<Value>, HttpError> {
    let public = join::public_lists(&web.cx).await?;
    let entries = public.iter().map(|list| {
        let name = list.text(visitor.language).0;
        json!({ "uuid": uuid(Kind::List, list.id.0), "name": name })
    });
    Ok(Json(entries.collect()))
}

/// A request to join.
#[derive(Debug, Default, Deserialize)]
struct Subscription {
    #[serde(default)]
    email: String,
    name: Option<String>,
    #[serde(default)]
    list_uuids: Vec<String>,
    altcha: Option<String>,
}

impl Subscription {
    /// As JSON, or as a form whose lists are called `l`.
    fn of(headers: &HeaderMap, body: &[u8]) -> Result<Self, HttpError> {
        let kind = headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/json") {
            let value = serde_json::from_slice(body);
            return read(value.map_err(|error| HttpError::BadRequest(error.to_string()))?);
        }
        let form = Form::parse(body)?;
        Ok(Self {
            email: form.trimmed("email").to_owned(),
            name: form.get("name").map(str::to_owned),
            list_uuids: form.all("l").map(str::to_owned).collect(),
            altcha: form.get("altcha").map(str::to_owned),
        })
    }
}

/// `POST /api/public/subscription`: the same as a join by our API, with its limits and proof
/// of work. What the answer says depends on the lists alone.
pub async fn subscribe(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, HttpError> {
    let new = Subscription::of(&headers, &body)?;
    let public = join::public_lists(&web.cx).await?;
    let find = |text: &String| {
        let id = number(Kind::List, text).map(ListId);
        let found = public.iter().find(|list| Some(list.id) == id);
        found.ok_or_else(|| HttpError::BadRequest("there is no such public list".to_owned()))
    };
    let lists = new
        .list_uuids
        .iter()
        .map(find)
        .collect::<Result<Vec<_>, _>>()?;
    if lists.is_empty() {
        return Err(HttpError::BadRequest("no lists are selected".to_owned()));
    }
    let join = Join {
        engagement: None,
        email: new.email,
        name: new.name,
        lists: Some(lists.iter().map(|list| list.slug.to_string()).collect()),
        language: None,
        altcha: new.altcha,
    };
    take(&web, &visitor, &headers, join).await?;
    let has_optin = lists.iter().any(|list| list.opt_in == OptIn::Double);
    Ok(data(json!({ "has_optin": has_optin })))
}
