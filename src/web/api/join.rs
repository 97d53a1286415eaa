//! `POST /join`: the public call behind forms on other pages.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use super::request::{Body, field};
use crate::address::EmailAddress;
use crate::audience::join::JoinRequest;
use crate::audience::join_rules;
use crate::content::site;
use crate::model::line::PersonName;
use crate::model::list::ListSlug;
use crate::model::subscription::ConsentMethod;
use crate::text::locale::Language;
use crate::web::join_sender::may_send;
use crate::web::{Failure, Visitor, Web, challenge};

/// A visitor who asks to join.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Join {
    /// Their address.
    #[schema(example = "aigul@example.kz")]
    email: String,
    /// How to address them.
    name: Option<String>,
    /// The lists; the first public one where none is named.
    lists: Option<Vec<String>>,
    /// The language of mail to them; that of the request where none is named.
    language: Option<String>,
    /// The solution of a puzzle from `/join-puzzle`, where the site asks for
    /// one: JSON in base64, as ALTCHA's clients make it.
    altcha: Option<String>,
}

/// The answer to everybody who asks to join.
#[derive(Serialize, utoipa::ToSchema)]
pub struct JoinedBody {
    status: &'static str,
}

/// Ask to join. The answer is the same for every well-formed address.
#[utoipa::path(
    post, path = "/join", tag = "audience", request_body = Join,
    responses((status = 202, body = JoinedBody, description = "Asked; a confirmation is on its way if there is one to send"),
              (status = 403, description = "Sent by a page of a site that no admin has allowed"),
              (status = 422, description = "Not an address that mail can be sent to"))
)]
pub async fn join(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Body(body): Body<Join>,
) -> Result<(StatusCode, Json<JoinedBody>), Failure> {
    let email = EmailAddress::parse(&body.email).map_err(|error| field("email")(&error))?;
    let name = PersonName::parse(body.name.as_deref().unwrap_or_default())
        .map_err(|error| field("name")(&error))?;
    let language = match body.language.as_deref() {
        Some(tag) => tag
            .parse::<Language>()
            .map_err(|error| field("language")(&error))?,
        None => visitor.language,
    };
    let lists = body
        .lists
        .unwrap_or_default()
        .iter()
        .map(|slug| slug.parse::<ListSlug>())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| field("lists")(&error))?;
    let rules = join_rules::look(&web.cx).await?;
    if !may_send(&web, &headers, &rules, &lists).await? {
        return Err(Failure::Forbidden(
            "this site may not send a form for these lists; an admin allows it at the list's form",
        ));
    }
    if challenge::is_asked(&web, &rules)
        && !challenge::is_solved(&web, body.altcha.as_deref().unwrap_or_default())
    {
        return Err(Failure::Unprocessable(
            "altcha: solve a puzzle from /join-puzzle first; each counts once".to_owned(),
        ));
    }
    let origin = visitor.origin();
    let delay = web.gate.join_delay(&origin.network, web.cx.clock.now());
    let delay = delay.ok_or(Failure::TooMany)?;
    let site = site::look(&web.cx).await?;
    let wording = site
        .phrases(language)
        .say1("consent-wording", "site", site.name(language));
    let request = JoinRequest {
        email,
        name,
        language,
        lists,
        attributes: serde_json::Map::new(),
        method: ConsentMethod::Api,
        wording,
        origin,
        delay,
    };
    web.joins.join(&web.cx, request).await?;
    Ok((
        StatusCode::ACCEPTED,
        Json(JoinedBody {
            status: "check_your_inbox",
        }),
    ))
}
