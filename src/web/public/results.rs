//! What forms lead to that is the same for everybody.
//!
//! Pages that say "check your inbox" have a fixed address, since they promise nothing. Pages
//! that say what was done have a signed one that works for an hour, so that they are only
//! believed where it was done. Neither names the person or their address.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use strum::VariantArray as _;

use crate::token::Token;
use crate::web::http::error::HttpError;
use crate::web::public::page_context::PageContext;
use crate::web::public::{links, notice};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// After the form for one's own data.
pub const MY_DATA_SENT: &str = "/check-inbox/my-data";
/// After the form for another address.
pub const NEW_ADDRESS_SENT: &str = "/check-inbox/new-address";
/// After the form for links of another system.
pub const OLD_LINK_SENT: &str = "/check-inbox/old-link";

/// How long a page says what was done.
const LIFETIME: Duration = Duration::from_secs(3600);

/// When a page that says what was done now is worth nothing any more.
pub fn until(web: &Web) -> crate::clock::Timestamp {
    web.cx.clock.now().after(LIFETIME)
}

/// What was done for somebody whose address the page must not name.
#[derive(Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum Done {
    /// All data about them was erased.
    Erased = 1,
    /// Their address is never written to again.
    NeverMail = 2,
}

impl Done {
    fn texts(self) -> &'static str {
        match self {
            Done::Erased => "erased",
            Done::NeverMail => "never-done",
        }
    }
}

/// Leads on to the page that says what was done.
pub fn done(web: &Web, visitor: &Visitor, what: Done) -> Response {
    let token = web.cx.keys.sign(&Token::Done {
        what: what as i64,
        until: until(web),
    });
    links::see_other(visitor, &format!("/done/{token}"))
}

pub async fn show_done(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let Token::Done { what, until } = links::open(&web, &token)? else {
        return Err(HttpError::NotFound);
    };
    let known = Done::VARIANTS.iter().find(|one| **one as i64 == what);
    let done = known.ok_or(HttpError::NotFound)?;
    if web.cx.clock.now() >= until {
        return expired(context);
    }
    let html = notice::notice(context, done.texts(), "", "/", "error-home")?;
    Ok(html.into_response())
}

/// The page of a link that worked for a short time.
pub fn expired(context: PageContext) -> Result<Response, HttpError> {
    let html = notice::notice(context, "used", "", "/", "error-home")?;
    Ok((StatusCode::GONE, html).into_response())
}

pub async fn my_data_sent(context: PageContext) -> Result<Html<String>, HttpError> {
    notice::notice(context, "my-data-sent", "", "/", "error-home")
}

pub async fn new_address_sent(context: PageContext) -> Result<Html<String>, HttpError> {
    notice::notice(context, "my-data-address-sent", "", "/", "error-home")
}

pub async fn old_link_sent(context: PageContext) -> Result<Html<String>, HttpError> {
    notice::notice(context, "old-link-sent", "", "/", "error-home")
}
