//! `POST /join`: the public call for join forms on other pages.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use crate::address::EmailAddress;
use crate::audience::join::JoinRequest;
use crate::audience::join_rules;
use crate::content::site;
use crate::model::list::ListSlug;
use crate::model::subscription::ConsentMethod;
use crate::text::line::PersonName;
use crate::web::api::request::{Body, field};
use crate::web::http::error::HttpError;
use crate::web::http::join_origin::may_send;
use crate::web::http::problem::ProblemType;
use crate::web::http::proof_of_work;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// A request to join.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Join {
    /// Their address.
    #[schema(example = "aigul@example.kz")]
    pub(in crate::web) email: String,
    /// The name.
    pub(in crate::web) name: Option<String>,
    /// Slugs of lists. Default: the first public list.
    pub(in crate::web) lists: Option<Vec<String>>,
    /// The language of emails. Default: that of the request.
    pub(in crate::web) language: Option<String>,
    /// `true` if they ticked that it may be seen whether they open emails and which links they
    /// follow. It counts once they confirm the address, and only where the site asks; the sentence
    /// is that of the site's own form.
    pub(in crate::web) engagement: Option<bool>,
    /// The solution of a puzzle from `/join-puzzle` if the site requires one:
    /// JSON in base64, in ALTCHA's format.
    pub(in crate::web) altcha: Option<String>,
}

/// The response, always the same.
#[derive(Serialize, utoipa::ToSchema)]
pub struct JoinedBody {
    status: &'static str,
}

/// Join
///
/// The response is the same for every well-formed address.
#[utoipa::path(
    post, path = "/join", tag = "audience", request_body = Join,
    responses((status = 202, body = JoinedBody, description = "Asked; a confirmation is on its way if there is one to send"),
              (status = 403, description = "Sent by a page of a site that no admin has allowed"),
              (status = 422, description = "Not a valid email address"))
)]
pub async fn join(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Body(body): Body<Join>,
) -> Result<(StatusCode, Json<JoinedBody>), HttpError> {
    take(&web, &visitor, &headers, body).await?;
    Ok((
        StatusCode::ACCEPTED,
        Json(JoinedBody {
            status: "check_your_inbox",
        }),
    ))
}

/// Processes a request to join by a program or a page of another site.
pub(in crate::web) async fn take(
    web: &Web,
    visitor: &Visitor,
    headers: &HeaderMap,
    body: Join,
) -> Result<(), HttpError> {
    let email = EmailAddress::parse(&body.email).map_err(|error| field("email")(&error))?;
    let name = PersonName::parse(body.name.as_deref().unwrap_or_default())
        .map_err(|error| field("name")(&error))?;
    let language = match body.language.as_deref() {
        Some(tag) => web
            .languages()
            .find(tag)
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
    let rules = join_rules::load(&web.cx).await?;
    if !may_send(web, headers, &rules, &lists).await? {
        return Err(HttpError::problem(
            ProblemType::OriginNotAllowed,
            "this site may not send a form for these lists; an admin can allow it on the list's page",
        ));
    }
    if proof_of_work::is_required(web, &rules)
        && !proof_of_work::is_solved(web, body.altcha.as_deref().unwrap_or_default())
    {
        return Err(HttpError::problem(
            ProblemType::ProofOfWorkRequired,
            "altcha: solve a puzzle from /join-puzzle first; each counts once",
        ));
    }
    let origin = visitor.consent_source();
    let delay = web.limits.check_join(&origin.network, web.cx.clock.now());
    let delay = delay.ok_or(HttpError::TooMany)?;
    let site = site::load(&web.cx).await?;
    let wording =
        site.phrases(language)
            .translate_with("consent-wording", "site", site.name(language));
    let engagement = body.engagement.unwrap_or(false).then(|| {
        site.phrases(language)
            .translate_with("engagement-wording", "site", site.name(language))
    });
    let request = JoinRequest {
        engagement,
        email,
        name,
        language,
        lists,
        attributes: serde_json::Map::new(),
        method: ConsentMethod::Api,
        wording,
        source: origin,
        delay,
    };
    web.joins.join(&web.cx, request).await?;
    Ok(())
}
