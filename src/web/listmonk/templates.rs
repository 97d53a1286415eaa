//! Layouts as listmonk's templates, with numbers of their own, and the templates of
//! transactional email: the layout alone, and those that admins wrote.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::campaign::layouts::{self, KnownLayout};
use crate::clock::Timestamp;
use crate::transactional::email_templates;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::data;
use crate::web::state::Web;

/// The template whose text comes with the call.
pub const TRANSACTIONAL: i64 = 2;

/// The number of a layout: fixed for those that are shipped, and made from the name of
/// others. The usual one is 1, as the usual template of listmonk is.
pub fn number_of(layout: &str) -> i64 {
    match layout {
        "letter" => 1,
        "announcement" => 3,
        "digest" => 4,
        name => {
            let digest = Sha256::digest(name);
            let low = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
            1000 + i64::from(low >> 1)
        }
    }
}

/// The name of the layout with this number.
pub async fn layout_of(web: &Web, number: i64) -> Result<String, HttpError> {
    let all = layouts::all(&web.cx).await?;
    let mut names = all.into_iter().map(|known| known.layout.name);
    let found = names.find(|name| number_of(name) == number);
    let found = found.map(|name| name.to_string());
    found.ok_or_else(|| {
        let what = format!("there is no template {number}; GET /api/templates names them");
        HttpError::BadRequest(what)
    })
}

fn body(known: &KnownLayout) -> Value {
    let changed = known.change.as_ref().map(|(at, _)| *at);
    let changed = changed.unwrap_or(Timestamp::from_millis(0)).rfc3339();
    let number = number_of(&known.layout.name);
    json!({
        "id": number,
        "name": known.layout.name,
        "type": "campaign",
        "subject": "",
        "body": known.layout.mjml,
        "is_default": number == 1,
        "created_at": changed,
        "updated_at": changed,
    })
}

async fn all(web: &Web) -> Result<Vec<Value>, HttpError> {
    let known = layouts::all(&web.cx).await?;
    let mut all: Vec<Value> = known.iter().map(body).collect();
    let letter = all.iter().find(|one| one["id"] == 1).cloned();
    if let Some(mut transactional) = letter {
        transactional["id"] = json!(TRANSACTIONAL);
        transactional["name"] = json!("transactional");
        transactional["type"] = json!("tx");
        transactional["is_default"] = json!(false);
        all.push(transactional);
    }
    let written = email_templates::all(&web.cx).await?;
    all.extend(written.iter().map(|template| {
        let changed = template.changed_at.rfc3339();
        json!({
            "id": template.id,
            "name": template.name,
            "type": "tx",
            "subject": template.subject,
            "body": template.body,
            "is_default": false,
            "created_at": changed,
            "updated_at": changed,
        })
    }));
    all.sort_by_key(|one| one["id"].as_i64());
    Ok(all)
}

/// `GET /api/templates`.
pub async fn index(_client: Client, State(web): State<Web>) -> Result<Json<Value>, HttpError> {
    Ok(data(all(&web).await?))
}

/// `GET /api/templates/{id}`.
pub async fn show(
    _client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<i64>,
) -> Result<Json<Value>, HttpError> {
    let mut all = all(&web).await?.into_iter();
    let found = all.find(|one| one["id"] == id);
    let missing = || HttpError::BadRequest("Template not found".to_owned());
    Ok(data(found.ok_or_else(missing)?))
}
