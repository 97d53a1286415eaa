//! The join form: on the site, on one list's page, and embedded in other
//! sites. All lead to the same page, whether or not the address is known.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use crate::audience::AudienceError;
use crate::audience::join::JoinRequest;
use crate::audience::join_fields;
use crate::audience::join_rules::{self, JoinRules};
use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::join_origin::may_send;
use crate::web::http::proof_of_work::{self, Acceptance, Puzzle};
use crate::web::http::security_headers::embedded_policy;
use crate::web::public::links;
use crate::web::public::page_context::PageContext;
use crate::web::state::Web;

pub(super) mod form_input;
mod placement;
pub(super) mod view;

use form_input::JoinErrors;
use placement::{EMBED_ROUTE, EMBED_SENT_ROUTE, Placement};

/// A field that people do not see and bots fill in.
const HONEYPOT: &str = "website";
/// Nobody fills in the form faster.
const MIN_FILL_TIME: Duration = Duration::from_secs(1);

pub fn router() -> Router<Web> {
    Router::new()
        .route("/join", get(show).post(submit))
        .route("/join/{list}", get(show).post(submit))
        .route(EMBED_ROUTE, get(show).post(submit))
        .route(EMBED_SENT_ROUTE, get(sent))
        .route("/check-inbox", get(sent))
        .route("/join-puzzle", get(puzzle))
}

async fn show(
    State(web): State<Web>,
    context: PageContext,
    place: Placement,
) -> Result<Response, HttpError> {
    let rules = join_rules::load(&web.cx).await?;
    let (form, errors) = (Form::default(), JoinErrors::default());
    let html = view::form(&web, context, &place, &rules, &form, errors).await?;
    Ok(with_embed_headers(html.into_response(), &place, &rules))
}

async fn submit(
    State(web): State<Web>,
    context: PageContext,
    place: Placement,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let rules = join_rules::load(&web.cx).await?;
    let answer = match decide(&web, &context, &headers, &place, &rules, &form).await? {
        Outcome::Accepted => links::see_other(&context.visitor, &place.sent_path()),
        Outcome::Rejected(status, errors) => {
            let html = view::form(&web, context, &place, &rules, &form, *errors).await?;
            (status, html).into_response()
        }
    };
    Ok(with_embed_headers(answer, &place, &rules))
}

/// The page after the form: the same for every address.
async fn sent(
    State(web): State<Web>,
    context: PageContext,
    place: Placement,
) -> Result<Response, HttpError> {
    let rules = join_rules::load(&web.cx).await?;
    let html = view::check_inbox(&web, context, &place)?;
    Ok(with_embed_headers(html.into_response(), &place, &rules))
}

/// Lets the allowed sites embed the form.
fn with_embed_headers(mut page: Response, place: &Placement, rules: &JoinRules) -> Response {
    if let Placement::Embedded(list) = place {
        let policy = embedded_policy(rules.origins(&list.slug));
        let headers = page.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// The outcome of a form.
enum Outcome {
    /// "Check your inbox".
    Accepted,
    /// The form is shown again.
    Rejected(StatusCode, Box<JoinErrors>),
}

impl Outcome {
    /// Rejected for errors of fields.
    fn invalid_fields(errors: Box<JoinErrors>) -> Self {
        Outcome::Rejected(StatusCode::UNPROCESSABLE_ENTITY, errors)
    }

    /// Rejected as a whole.
    fn rejected(status: StatusCode, message: String) -> Self {
        let errors = JoinErrors {
            form: message,
            ..JoinErrors::default()
        };
        Outcome::Rejected(status, Box::new(errors))
    }
}

async fn decide(
    web: &Web,
    context: &PageContext,
    headers: &HeaderMap,
    place: &Placement,
    rules: &JoinRules,
    form: &Form,
) -> Result<Outcome, HttpError> {
    let phrases = &context.phrases;
    if !form.text(HONEYPOT).is_empty() {
        return Ok(Outcome::Accepted);
    }
    // Only the full form has the additional questions.
    let fields = if form.has("asking") {
        join_fields::all(&web.cx).await?
    } else {
        Vec::new()
    };
    let mut request = match form_input::read(form, context, &fields) {
        Ok(request) => request,
        Err(errors) => return Ok(Outcome::invalid_fields(errors)),
    };
    if let Some(list) = place.list() {
        request.lists = vec![list.slug.clone()];
    }
    if !may_send(web, headers, rules, &request.lists).await? {
        let message = phrases.translate("form-from-elsewhere");
        return Ok(Outcome::rejected(StatusCode::FORBIDDEN, message));
    }
    let network = &request.source.network;
    let again = if proof_of_work::is_required(web, rules) {
        match proof_of_work::check(web, network, form.text("altcha"), form.text("shown")) {
            Acceptance::Accepted => None,
            Acceptance::TooSoon(span) => {
                Some(phrases.count("form-wait", "seconds", span.as_secs() as i64))
            }
        }
    } else {
        is_too_fast(web, form).then(|| phrases.translate("form-too-quick"))
    };
    if let Some(message) = again {
        return Ok(Outcome::rejected(StatusCode::UNPROCESSABLE_ENTITY, message));
    }
    let limit = web.cx.config().join_limit_per_network;
    web.limits.set_join_limit(limit);
    let delay = web.limits.check_join(network, web.cx.clock.now());
    request.delay = delay.ok_or(HttpError::TooMany)?;
    join(web, phrases.translate("field-list-unknown"), request).await
}

async fn join(web: &Web, unknown: String, request: JoinRequest) -> Result<Outcome, HttpError> {
    match web.joins.join(&web.cx, request).await {
        Ok(()) => Ok(Outcome::Accepted),
        Err(AudienceError::UnknownList(_) | AudienceError::NoList) => {
            let errors = JoinErrors {
                lists: unknown,
                ..JoinErrors::default()
            };
            Ok(Outcome::invalid_fields(Box::new(errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Only our own forms carry the signed time.
fn is_too_fast(web: &Web, form: &Form) -> bool {
    match web.cx.keys.open(form.text("shown")) {
        Ok(Token::FormShown { at }) => web.cx.clock.now().since(at) < MIN_FILL_TIME,
        _ => false,
    }
}

/// A puzzle for proof of work.
async fn puzzle(State(web): State<Web>) -> impl IntoResponse {
    let puzzle = Puzzle::new(&web.cx.keys, web.cx.clock.now());
    ([(header::CACHE_CONTROL, "no-store")], Json(puzzle))
}
