//! Which sites may send a join form.

use axum::http::HeaderMap;

use crate::audience::join;
use crate::audience::join_rules::JoinRules;
use crate::model::list::ListSlug;
use crate::web::http::csrf::{Sender, sender};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// Whether the site that sent a form may do so for these lists.
pub async fn may_send(
    web: &Web,
    headers: &HeaderMap,
    rules: &JoinRules,
    lists: &[ListSlug],
) -> Result<bool, HttpError> {
    let origin = match sender(headers, &web.cx.config().public_url()) {
        Sender::Ours => return Ok(true),
        Sender::Hidden => return Ok(false),
        Sender::Site(origin) => origin,
    };
    if !lists.is_empty() {
        return Ok(rules.allow(&origin, lists.iter()));
    }
    // No list means the first public one.
    let public = join::public_lists(&web.cx).await?;
    Ok(rules.allow(&origin, public.iter().take(1).map(|list| &list.slug)))
}
