//! The subscriber whose email a preview or a test shows.

use crate::campaign::filled::PreviewReader;
use crate::campaign::preview_reader::{self, ReaderError};
use crate::model::scope::{Access, Resource};
use crate::web::api::bearer::Caller;
use crate::web::api::request::field;
use crate::web::http::error::HttpError;
use crate::web::http::problem::ProblemType;
use crate::web::state::Web;

/// The subscriber that a call names by `as`, if it does.
///
/// # Errors
/// [`HttpError`] where the token may not read subscribers, or there is no such one within reach.
pub async fn preview_reader(
    web: &Web,
    caller: &Caller,
    text: Option<&str>,
) -> Result<Option<PreviewReader>, HttpError> {
    let Some(text) = text else {
        return Ok(None);
    };
    if !caller
        .0
        .scopes
        .permit(Some(Resource::Subscribers), Access::Read)
    {
        let why = "this token's scopes do not include reading subscribers";
        return Err(HttpError::problem(ProblemType::InsufficientScope, why));
    }
    match preview_reader::find(&web.cx, &caller.1, text).await {
        Ok(found) => Ok(found),
        Err(ReaderError::Store(error)) => Err(error.into()),
        Err(error) => Err(field("as")(&error)),
    }
}
