//! DKIM keys: create, activate, retire.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;

use crate::address::sender_domain;
use crate::deliverability::dkim_keys::{self, KeyError, KeyPair};
use crate::deliverability::rotation::{self, ActivateError};
use crate::model::list::Slug;
use crate::model::signing_key::KeyState;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::deliverability::dns;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/signing-keys", get(index).post(make))
        .route("/signing-keys/{domain}/{selector}/activate", post(activate))
        .route("/signing-keys/{domain}/{selector}/retire", post(retire))
}

const HOME: &str = "/admin/signing-keys";

#[derive(Template)]
#[template(path = "admin/signing_keys.html")]
struct IndexPage {
    viewer: Viewer,
    pairs: Vec<KeyPair>,
    /// As entered, or a suggestion.
    domain: String,
    selector: String,
    /// To choose from.
    sender_domains: Vec<String>,
    errors: FormErrors,
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let (pairs, sender_domains) = (dkim_keys::pairs(&web.cx, None).await?, domains(&web));
    let has_keys = |domain: &&String| pairs.iter().any(|pair| pair.domain == **domain);
    let without = sender_domains.iter().find(|domain| !has_keys(domain));
    render_page(&IndexPage {
        domain: without
            .or(sender_domains.first())
            .cloned()
            .unwrap_or_default(),
        pairs,
        sender_domains,
        selector: suggested_selector(&web, &viewer),
        errors: FormErrors::default(),
        viewer,
    })
}

fn domains(web: &Web) -> Vec<String> {
    let config = web.cx.config();
    let domains = config.sender_domains().into_iter();
    domains.map(str::to_owned).collect()
}

/// The selector of keys that are made this month.
pub fn suggested_selector(web: &Web, viewer: &Viewer) -> String {
    let today = viewer.calendar.local(web.cx.clock.now());
    format!("s{}", today.strftime("%Y%m"))
}

async fn make(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let mut errors = FormErrors::default();
    let domain = sender_domain(form.trimmed("domain"));
    let domain = errors.take("domain", domain.map_err(|_| "this is not a domain name"));
    let selector = errors.take("selector", form.trimmed("selector").parse::<Slug>());
    if let (Some(domain), Some(selector)) = (domain, selector) {
        match dkim_keys::make(&web.cx, &viewer.actor(), &domain, selector.as_str()).await {
            Ok(pair) => return Ok(made(&web, &pair)),
            Err(error @ (KeyError::Taken(..) | KeyError::Selector)) => {
                errors.add("selector", error)
            }
            Err(error) => return Err(error.into()),
        }
    }
    let html = render_page(&IndexPage {
        pairs: dkim_keys::pairs(&web.cx, None).await?,
        domain: form.text("domain").to_owned(),
        selector: form.text("selector").to_owned(),
        sender_domains: domains(&web),
        errors,
        viewer,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

fn made(web: &Web, pair: &KeyPair) -> Response {
    let flash = Flash::good("Keys created").with(match pair.state {
        KeyState::New => {
            "Publish their records, then activate them. Until then the previous keys sign."
        }
        _ => "Mail is signed with them from now on; publish their records at once.",
    });
    redirect(web, HOME, &flash)
}

async fn activate(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path((domain, selector)): Path<(String, String)>,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let by = viewer.actor();
    let seen = rotation::activate(&web.cx, &by, &dns(&web)?, &domain, &selector, false).await;
    let superseded = match seen {
        Ok(superseded) => superseded,
        Err(ActivateError::Key(error)) => return Err(error.into()),
        Err(error) => {
            let confirmation = Confirmation {
                title: format!("Activate {selector} anyway?"),
                text: format!(
                    "DNS lookup: {error}. Until receivers find the key, they treat email signed with it as unsigned."
                ),
                yes: "Activate",
                no: "Cancel",
                back: HOME.to_owned(),
                choice: None,
            };
            if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
                return Ok(page);
            }
            dkim_keys::activate(&web.cx, &by, &domain, &selector).await?
        }
    };
    let mut flash = Flash::good(format!("{selector} is active"));
    if !superseded.is_empty() {
        flash = flash.with(format!(
            "Keep the records of {} published for another week: email signed with them may still be in transit.",
            superseded.join(", ")
        ));
    }
    Ok(redirect(&web, HOME, &flash))
}

async fn retire(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path((domain, selector)): Path<(String, String)>,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let pair = dkim_keys::pair(&web.cx, &domain, &selector).await?;
    let confirmation = Confirmation {
        title: format!("Retire {selector}?"),
        text: if pair.is_needed(web.cx.clock.now()) {
            format!(
                "Email signed with it may be in transit until {}. Its private keys are destroyed and cannot be restored.",
                viewer.when(&pair.needed_until())
            )
        } else {
            "Its private keys are destroyed and cannot be restored.".to_owned()
        },
        yes: "Retire",
        no: "Keep",
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    dkim_keys::retire(&web.cx, &viewer.actor(), &domain, &selector, true).await?;
    let names: Vec<&str> = pair
        .records
        .iter()
        .map(|record| record.name.as_str())
        .collect();
    let flash = Flash::good(format!("{selector} is retired"))
        .with(format!("Remove from the DNS: {}.", names.join(", ")));
    Ok(redirect(&web, HOME, &flash))
}

/// The badge class of a state.
fn badge(state: KeyState) -> &'static str {
    match state {
        KeyState::New => "scheduled",
        KeyState::Active => "sent",
        KeyState::Retiring => "deferred",
        KeyState::Retired => "cancelled",
    }
}
