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
use crate::web::admin::wording::Wording;
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
    let no_domain = |_| viewer.t("admin-key-domain-wrong");
    let domain = errors.take("domain", domain.map_err(no_domain));
    let selector = errors.take("selector", form.trimmed("selector").parse::<Slug>());
    if let (Some(domain), Some(selector)) = (domain, selector) {
        match dkim_keys::make(&web.cx, &viewer.actor(), &domain, selector.as_str()).await {
            Ok(pair) => return Ok(made(&web, &viewer, &pair)),
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

fn made(web: &Web, wording: &Wording, pair: &KeyPair) -> Response {
    let next = match pair.state {
        KeyState::New => "admin-key-created-new",
        _ => "admin-key-created-active",
    };
    let flash = Flash::good(wording.t("admin-key-created")).with(wording.t(next));
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
                title: viewer
                    .say("admin-key-activate-question")
                    .text("selector", &selector)
                    .into(),
                text: viewer
                    .say("admin-key-activate-text")
                    .text("error", viewer.clause(&error))
                    .into(),
                yes: viewer.t("admin-key-activate"),
                no: viewer.t("admin-cancel"),
                back: HOME.to_owned(),
                choice: None,
            };
            if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
                return Ok(page);
            }
            dkim_keys::activate(&web.cx, &by, &domain, &selector).await?
        }
    };
    let active = viewer.say("admin-key-activated");
    let mut flash = Flash::good(active.text("selector", &selector));
    if !superseded.is_empty() {
        let keep = viewer.say("admin-key-superseded");
        flash = flash.with(keep.text("selectors", superseded.join(", ")));
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
        title: viewer
            .say("admin-key-retire-question")
            .text("selector", &selector)
            .into(),
        text: if pair.is_needed(web.cx.clock.now()) {
            viewer
                .say("admin-key-retire-in-transit")
                .text("date", viewer.when(&pair.needed_until()))
                .into()
        } else {
            viewer.t("admin-key-retire-text")
        },
        yes: viewer.t("admin-key-retire"),
        no: viewer.t("admin-cancel"),
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
    let retired = viewer.say("admin-key-retired");
    let unpublish = viewer.say("admin-key-unpublish");
    let flash = Flash::good(retired.text("selector", &selector))
        .with(unpublish.text("names", names.join(", ")));
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
