//! Joining, on the site, on the page of one list, and in a form on another
//! site. Whoever asks, and whatever is known of the address, the answer is the
//! same page.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use super::form::Form;
use super::frame::Frame;
use crate::audience::AudienceError;
use crate::audience::join::JoinRequest;
use crate::audience::join_fields;
use crate::audience::join_rules::{self, JoinRules};
use crate::token::Token;
use crate::web::challenge::{self, Asked, Puzzle};
use crate::web::join_sender::may_send;
use crate::web::middleware::embedded_policy;
use crate::web::{Failure, Web};

mod place;
mod reading;
mod view;

pub use reading::{Question, answer_error, name_error};
pub use view::{JoinBox, shown_now};

use place::{FRAMED, Place};
use reading::Errors;

/// The field that people do not see and scripts fill in.
const TRAP: &str = "website";
/// Nobody reads a form and fills it in faster.
const QUICKEST: Duration = Duration::from_secs(1);

pub fn router() -> Router<Web> {
    Router::new()
        .route("/join", get(show).post(submit))
        .route("/join/{list}", get(show).post(submit))
        .route(FRAMED, get(show).post(submit))
        .route("/join-puzzle", get(puzzle))
}

async fn show(State(web): State<Web>, frame: Frame, place: Place) -> Result<Response, Failure> {
    let rules = join_rules::look(&web.cx).await?;
    let (form, errors) = (Form::default(), Errors::default());
    let html = view::form(&web, frame, &place, &rules, &form, errors).await?;
    Ok(dressed(html.into_response(), &place, &rules))
}

async fn submit(
    State(web): State<Web>,
    frame: Frame,
    place: Place,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let form = Form::parse(&body)?;
    let rules = join_rules::look(&web.cx).await?;
    let answer = match judge(&web, &frame, &headers, &place, &rules, &form).await? {
        Verdict::Taken => view::check_inbox(&web, frame, &place)?.into_response(),
        Verdict::Refused(status, errors) => {
            let html = view::form(&web, frame, &place, &rules, &form, *errors).await?;
            (status, html).into_response()
        }
    };
    Ok(dressed(answer, &place, &rules))
}

/// Lets the sites that may show a form frame it.
fn dressed(mut page: Response, place: &Place, rules: &JoinRules) -> Response {
    if let Place::Embedded(list) = place {
        let policy = embedded_policy(rules.origins(&list.slug));
        let headers = page.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// What became of a form.
enum Verdict {
    /// Whoever sent it is told to check their inbox.
    Taken,
    /// It is shown again.
    Refused(StatusCode, Box<Errors>),
}

impl Verdict {
    /// Shown again for what is wrong with a field.
    fn faulty(errors: Box<Errors>) -> Self {
        Verdict::Refused(StatusCode::UNPROCESSABLE_ENTITY, errors)
    }

    /// Shown again for what is wrong with it as a whole.
    fn unfit(status: StatusCode, said: String) -> Self {
        let errors = Errors {
            form: said,
            ..Errors::default()
        };
        Verdict::Refused(status, Box::new(errors))
    }
}

async fn judge(
    web: &Web,
    frame: &Frame,
    headers: &HeaderMap,
    place: &Place,
    rules: &JoinRules,
    form: &Form,
) -> Result<Verdict, Failure> {
    let phrases = &frame.phrases;
    if !form.text(TRAP).is_empty() {
        return Ok(Verdict::Taken);
    }
    // The short forms beside other pages do not ask further questions.
    let fields = match form.has("asking") {
        true => join_fields::all(&web.cx).await?,
        false => Vec::new(),
    };
    let mut request = match reading::read(form, frame, &fields) {
        Ok(request) => request,
        Err(errors) => return Ok(Verdict::faulty(errors)),
    };
    if let Some(list) = place.list() {
        request.lists = vec![list.slug.clone()];
    }
    if !may_send(web, headers, rules, &request.lists).await? {
        let said = phrases.say("form-from-elsewhere");
        return Ok(Verdict::unfit(StatusCode::FORBIDDEN, said));
    }
    let network = &request.origin.network;
    let again = match challenge::is_asked(web, rules) {
        true => match challenge::judge(web, network, form.text("altcha"), form.text("shown")) {
            Asked::Nothing => None,
            Asked::Patience(span) => {
                Some(phrases.count("form-wait", "seconds", span.as_secs() as i64))
            }
        },
        false => is_too_quick(web, form).then(|| phrases.say("form-too-quick")),
    };
    if let Some(said) = again {
        return Ok(Verdict::unfit(StatusCode::UNPROCESSABLE_ENTITY, said));
    }
    let delay = web.gate.join_delay(network, web.cx.clock.now());
    request.delay = delay.ok_or(Failure::TooMany)?;
    join(web, phrases.say("field-list-unknown"), request).await
}

async fn join(web: &Web, unknown: String, request: JoinRequest) -> Result<Verdict, Failure> {
    match web.joins.join(&web.cx, request).await {
        Ok(()) => Ok(Verdict::Taken),
        Err(AudienceError::UnknownList(_) | AudienceError::NoList) => {
            let errors = Errors {
                lists: unknown,
                ..Errors::default()
            };
            Ok(Verdict::faulty(Box::new(errors)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Forms on other sites have no mark, so only ours are timed.
fn is_too_quick(web: &Web, form: &Form) -> bool {
    match web.cx.keys.open(form.text("shown")) {
        Ok(Token::FormShown { at }) => web.cx.clock.now().since(at) < QUICKEST,
        _ => false,
    }
}

/// A puzzle for a form that asks for work.
async fn puzzle(State(web): State<Web>) -> impl IntoResponse {
    let puzzle = Puzzle::new(&web.cx.keys, web.cx.clock.now());
    ([(header::CACHE_CONTROL, "no-store")], Json(puzzle))
}
