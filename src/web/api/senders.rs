//! Senders and the state of their domains. They are changed as the setting `senders`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::deliverability::{Dns, sender_domains};
use crate::web::api::bearer::Owner;
use crate::web::api::paging::Page;
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A sender that campaigns can choose.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SenderBody {
    /// `Name <address>`, as a campaign's `from`.
    sender: String,
    /// Whether campaigns without `from` go out as it.
    is_default: bool,
    domain: String,
    /// When the domain's records were last checked; `null` if never.
    checked_at: Option<String>,
    /// `good`, `weak` or `wrong` for each of `SPF`, `DKIM` and `DMARC`; empty if not checked.
    findings: BTreeMap<&'static str, &'static str>,
}

async fn page(web: &Web) -> Result<Json<Page<SenderBody>>, HttpError> {
    let domains = sender_domains::all(&web.cx).await?;
    let config = web.cx.config();
    let bodies = config.all_senders().into_iter().map(|sender| {
        let name = sender.address.domain();
        let known = domains.iter().find(|domain| domain.name == name);
        let checked = known.and_then(|domain| domain.checked.as_ref());
        let findings = checked.map(|checked| checked.authentication());
        let findings = findings.unwrap_or_default().into_iter();
        SenderBody {
            sender: sender.to_string(),
            is_default: config.from.as_ref() == Some(sender),
            domain: name.to_owned(),
            checked_at: checked.map(|checked| checked.at.rfc3339()),
            findings: findings
                .map(|(name, finding)| (name, finding.word()))
                .collect(),
        }
    });
    Ok(Json(Page::whole(bodies.collect())))
}

/// List the senders
///
/// The default one first. To change the others, change the setting `senders`.
#[utoipa::path(get, path = "/settings/senders", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = Page<SenderBody>)))]
pub async fn index(
    _owner: Owner,
    State(web): State<Web>,
) -> Result<Json<Page<SenderBody>>, HttpError> {
    page(&web).await
}

/// Check the domains of all senders
///
/// Looks up their DNS records, which takes up to some seconds. A domain that could not be
/// checked keeps its last check.
#[utoipa::path(post, path = "/settings/senders/check", tag = "settings",
    security(("bearer" = [])), responses((status = 200, body = Page<SenderBody>)))]
pub async fn check(
    _owner: Owner,
    State(web): State<Web>,
) -> Result<Json<Page<SenderBody>>, HttpError> {
    let dns = Dns::new(web.cx.config().dns_server).map_err(|error| {
        tracing::error!(%error, "the DNS cannot be asked");
        HttpError::Unavailable
    })?;
    sender_domains::check(&web.cx, &dns).await?;
    page(&web).await
}
