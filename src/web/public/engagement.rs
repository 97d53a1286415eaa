//! Agreeing that opens and followed links are seen, and withdrawing it, on the page of one's
//! preferences.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::audience::engagement;
use crate::model::audit::Actor;
use crate::model::subscription::ConsentMethod;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::public::page_context::PageContext;
use crate::web::public::preferences::{open, path};
use crate::web::public::saved::Saved;
use crate::web::public::{links, saved};
use crate::web::state::Web;

/// Agrees if the form says so, and withdraws otherwise.
pub async fn choose(
    State(web): State<Web>,
    context: PageContext,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let Some(id) = open(&web, &token)? else {
        return Ok(links::see_other(&context.visitor, &path(&token)));
    };
    let form = Form::parse(&body)?;
    let source = context.visitor.consent_source();
    let said = if form.text("seen") == "yes" {
        let wording = context.engagement_wording();
        let is_new = engagement::agree(&web.cx, id, &wording, &source).await?;
        is_new.then_some(Saved::EngagementAgreed)
    } else {
        let wording = context
            .phrases
            .translate("preferences-engagement-withdraw-button");
        let (by, method) = (Actor::Subscriber, ConsentMethod::Preferences);
        engagement::withdraw(&web.cx, &by, id, method, &wording, &source).await?;
        Some(Saved::EngagementWithdrawn)
    };
    let said = said.unwrap_or_else(|| Saved::Choices(Vec::new()));
    Ok(saved::see(&web, &context.visitor, id, &said))
}
