//! The first start in the browser: the owner, then what an installation needs, step by step.
//! Each step can be left for later.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;

use crate::account::first_owner::{self, FirstOwnerError, SetupAddress};
use crate::account::password::MIN_LENGTH;
use crate::address::EmailAddress;
use crate::audience::AudienceError;
use crate::audience::list_admin::{self, ListFields};
use crate::deliverability::dkim_keys::{self, KeyError};
use crate::deliverability::{Check, domain};
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::text::line::Title;
use crate::web::admin::deliverability::{self, badge, check_name};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::sign_in;
use crate::web::admin::signing_keys;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

mod site;
pub mod steps;

use steps::{STEPS, is_here, position};

/// The steps, for a signed-in owner.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/setup", get(begin))
        .route("/setup/list", get(list).post(create_list))
        .route("/setup/domain", get(records).post(create_keys))
        .merge(site::router())
}

/// The page of the printed address.
pub fn first_owner() -> Router<Web> {
    Router::new().route("/setup/{token}", get(owner).post(create_owner))
}

#[derive(Template)]
#[template(path = "admin/setup/owner.html")]
struct OwnerPage {
    /// Nobody is signed in yet.
    viewer: Wording,
    token: String,
    email: String,
    errors: FormErrors,
}

async fn owner(
    State(web): State<Web>,
    wording: Wording,
    Path(token): Path<String>,
) -> Result<Response, HttpError> {
    let address = first_owner::setup_address(&web.cx, &token).await?;
    if address != SetupAddress::Valid {
        return worthless(wording, address);
    }
    let html = render_page(&OwnerPage {
        viewer: wording,
        token,
        email: String::new(),
        errors: FormErrors::default(),
    })?;
    Ok(html.into_response())
}

#[derive(Template)]
#[template(path = "admin/setup/worthless.html")]
struct WorthlessPage {
    viewer: Wording,
    is_used: bool,
}

/// An address that was ours says what to do now.
fn worthless(wording: Wording, address: SetupAddress) -> Result<Response, HttpError> {
    if address == SetupAddress::Forged {
        return Err(HttpError::NotFound);
    }
    let html = render_page(&WorthlessPage {
        viewer: wording,
        is_used: address == SetupAddress::Used,
    })?;
    Ok((StatusCode::GONE, html).into_response())
}

async fn create_owner(
    State(web): State<Web>,
    visitor: Visitor,
    wording: Wording,
    jar: CookieJar,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let address = first_owner::setup_address(&web.cx, &token).await?;
    if address != SetupAddress::Valid {
        return worthless(wording, address);
    }
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let email = errors.take("email", EmailAddress::parse(form.trimmed("email")));
    if let Some(email) = &email {
        let browser = sign_in::browser(&web, &visitor, &jar);
        match first_owner::create(&web.cx, email, form.text("password"), &browser).await {
            Ok(session) => {
                let entered = sign_in::enter(&web, jar, &session);
                let (parts, _) = entered.into_parts();
                // With the session's cookies, and to the next step instead of the dashboard.
                let mut response = Redirect::to(steps::FIRST).into_response();
                for cookie in parts.headers.get_all(axum::http::header::SET_COOKIE) {
                    let name = axum::http::header::SET_COOKIE;
                    response.headers_mut().append(name, cookie.clone());
                }
                return Ok(response);
            }
            Err(FirstOwnerError::Exists) => return worthless(wording, SetupAddress::Used),
            Err(FirstOwnerError::Password(error)) => errors.add("password", error),
            Err(FirstOwnerError::Store(error)) => return Err(error.into()),
        }
    }
    let html = render_page(&OwnerPage {
        viewer: wording,
        token,
        email: form.text("email").to_owned(),
        errors,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn begin(Owner(_viewer): Owner) -> Redirect {
    Redirect::to(steps::FIRST)
}

#[derive(Template)]
#[template(path = "admin/setup/list.html")]
struct ListPage {
    viewer: Viewer,
    called: String,
    slug: String,
    /// Those that there are.
    known: Vec<String>,
    errors: FormErrors,
}

async fn list_page(
    web: &Web,
    viewer: Viewer,
    form: &Form,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let known = list_admin::all(&web.cx).await?.into_iter();
    let suggested = viewer.t("admin-setup-list-suggested");
    let known = known
        .map(|list| viewer.list_name(&list).to_owned())
        .collect();
    render_page(&ListPage {
        viewer,
        called: form.get("name").map_or(suggested, str::to_owned),
        slug: form.get("slug").unwrap_or("news").to_owned(),
        known,
        errors,
    })
}

async fn list(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    list_page(&web, viewer, &Form::default(), FormErrors::default()).await
}

async fn create_list(
    State(web): State<Web>,
    Owner(viewer): Owner,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let mut errors = FormErrors::default();
    let name = errors.take("name", Title::parse(form.trimmed("name")));
    let slug = errors.take("slug", form.trimmed("slug").parse::<ListSlug>());
    if let (Some(name), Some(slug)) = (name, slug) {
        let fields = ListFields {
            slug,
            name,
            description: String::new(),
            translations: BTreeMap::new(),
            visibility: Visibility::Public,
            opt_in: OptIn::Double,
            options: Default::default(),
        };
        match list_admin::create(&web.cx, &viewer.actor(), &fields).await {
            Ok(list) => {
                let created = viewer.say("admin-list-created").text("name", &list.name);
                let flash = Flash::good(created);
                return Ok(redirect(&web, "/admin/setup/domain", &flash));
            }
            Err(AudienceError::Exists(_)) => {
                errors.add("slug", viewer.t("admin-list-slug-taken"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let html = list_page(&web, viewer, &form, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

#[derive(Template)]
#[template(path = "admin/setup/domain.html")]
struct DomainPage {
    viewer: Viewer,
    domain: Option<String>,
    has_keys: bool,
    checks: Vec<Check>,
}

fn sender_domain(web: &Web) -> Option<String> {
    let from = web.cx.sender()?;
    Some(from.address.domain().to_owned())
}

async fn records(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    let domain = sender_domain(&web);
    let (mut has_keys, mut checks) = (false, Vec::new());
    if let Some(domain) = &domain {
        has_keys = !dkim_keys::pairs(&web.cx, Some(domain)).await?.is_empty();
        checks = domain::examine(&web.cx, &deliverability::dns(&web)?, domain, &[]).await?;
    }
    render_page(&DomainPage {
        viewer,
        domain,
        has_keys,
        checks,
    })
}

async fn create_keys(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, &viewer.path).await?
    {
        return Ok(question);
    }
    let domain = sender_domain(&web).ok_or(HttpError::NotFound)?;
    let selector = signing_keys::suggested_selector(&web, &viewer);
    let flash = match dkim_keys::make(&web.cx, &viewer.actor(), &domain, &selector).await {
        Ok(_) => Flash::good(viewer.t("admin-key-created"))
            .with(viewer.t("admin-setup-domain-keys-created")),
        Err(KeyError::Taken(..)) => Flash::warn(viewer.t("admin-setup-domain-keys-known")),
        Err(error) => return Err(error.into()),
    };
    Ok(redirect(&web, "/admin/setup/domain", &flash))
}
