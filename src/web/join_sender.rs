//! Which pages may send a form for joining.

use axum::http::HeaderMap;

use super::middleware::{Sender, sender};
use super::{Failure, Web};
use crate::audience::join;
use crate::audience::join_rules::JoinRules;
use crate::model::list::ListSlug;

/// Whether the page that sent a form may do so for these lists.
pub async fn may_send(
    web: &Web,
    headers: &HeaderMap,
    rules: &JoinRules,
    lists: &[ListSlug],
) -> Result<bool, Failure> {
    let origin = match sender(headers, &web.cx.config.public_url()) {
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
