//! Links in emails that another system sent, once its paths lead here: listmonk, phpList,
//! Sendy, Mailman, Mailtrain. Those whose id came with an import open the page of their
//! owner; all others ask for the address and email a link. Mail scanners follow links, so
//! GET changes nothing here either.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::address::EmailAddress;
use crate::audience::former_links::Owner;
use crate::audience::{former_links, preferences};
use crate::model::import::System;
use crate::model::subscription::ConsentMethod;
use crate::text::phrases::Phrases;
use crate::token::Token;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::public::confirm::{names, on_behalf_of};
use crate::web::public::left::Leaving;
use crate::web::public::page_context::PageContext;
use crate::web::public::unsubscribe::UnsubscribePage;
use crate::web::public::{links, results};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Where the page that asks for an address is.
const PATH: &str = "/old-link";
/// A field that people do not see and bots fill in.
const HONEYPOT: &str = "website";

pub fn router() -> Router<Web> {
    Router::new()
        .route(PATH, get(ask).post(send))
        .route("/subscription/form", get(join))
        .route(
            "/subscription/optin/{subscriber}",
            get(listmonk_optin).post(listmonk_optin),
        )
        .route(
            "/subscription/{campaign}/{subscriber}",
            get(listmonk).post(listmonk),
        )
        .route(
            "/subscription/{campaign}/{action}/{subscriber}",
            get(mailtrain).post(mailtrain),
        )
        .route("/lists", get(phplist).post(phplist))
        .route("/lists/index.php", get(phplist).post(phplist))
        // Their first part is encrypted with a key of Sendy's.
        .route("/unsubscribe/{token}/{list}", get(ask).post(ask_again))
        .route(
            "/unsubscribe/{token}/{list}/{campaign}",
            get(ask).post(ask_again),
        )
        .route("/mailman/options/{list}", get(ask).post(ask_again))
        .route(
            "/mailman/options/{list}/{address}",
            get(mailman).post(ask_again),
        )
        .route("/mailman/listinfo/{list}", get(join))
}

/// phpList may have been at the root of its host: `/?p=unsubscribe&uid=…` is answered as
/// `/lists?p=unsubscribe&uid=…`.
pub fn without_root(mut request: Request) -> Request {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    let is_phplist = matches!(uri.path(), "/" | "/index.php")
        && value(query, "p").is_some()
        && value(query, "uid").is_some();
    if is_phplist && let Ok(uri) = format!("/lists?{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}

fn value(query: &str, name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// An old link that was asked for.
struct Asked {
    method: Method,
    /// Path and query, to which the form of its page goes.
    target: String,
    body: Bytes,
}

impl Asked {
    fn new(method: Method, uri: &Uri, body: Bytes) -> Self {
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        Self {
            method,
            target: target.to_owned(),
            body,
        }
    }
}

/// The owner of an id; `Err` where there are too many that are nobody's.
async fn owner_of(
    web: &Web,
    visitor: &Visitor,
    system: System,
    id: &str,
) -> Result<Option<Owner>, HttpError> {
    let found = former_links::owner(&web.cx, system, id).await?;
    let network = crate::net::network(visitor.address);
    if found.is_none() && !web.limits.check_old_link(&network) {
        return Err(HttpError::TooMany);
    }
    Ok(found)
}

async fn listmonk(
    State(web): State<Web>,
    context: PageContext,
    Path((_, id)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Result<Response, HttpError> {
    let owner = owner_of(&web, &context.visitor, System::Listmonk, &id.to_lowercase()).await?;
    unsubscribe(&web, context, owner, &Asked::new(method, &uri, body)).await
}

async fn mailtrain(
    State(web): State<Web>,
    context: PageContext,
    Path((_, action, id)): Path<(String, String, String)>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Result<Response, HttpError> {
    let owner = owner_of(&web, &context.visitor, System::Mailtrain, &id).await?;
    match action.as_str() {
        "unsubscribe" => unsubscribe(&web, context, owner, &Asked::new(method, &uri, body)).await,
        _ => to_preferences(&web, context, owner),
    }
}

/// Asks to confirm, as the link of our own emails does.
async fn listmonk_optin(
    State(web): State<Web>,
    context: PageContext,
    Path(id): Path<String>,
) -> Result<Response, HttpError> {
    let owner = owner_of(&web, &context.visitor, System::Listmonk, &id.to_lowercase()).await?;
    to_confirmation(&web, context, owner)
}

async fn phplist(
    State(web): State<Web>,
    context: PageContext,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Result<Response, HttpError> {
    let query = uri.query().unwrap_or_default();
    let page = value(query, "p").unwrap_or_default();
    let Some(id) = value(query, "uid").filter(|id| !id.trim().is_empty()) else {
        return match page.as_str() {
            "" | "subscribe" => Ok(redirect(&context, "/join")),
            _ => no_owner(context, StatusCode::NOT_FOUND),
        };
    };
    let owner = owner_of(&web, &context.visitor, System::PhpList, id.trim()).await?;
    match page.as_str() {
        "unsubscribe" | "blacklist" | "donotsend" => {
            unsubscribe(&web, context, owner, &Asked::new(method, &uri, body)).await
        }
        "confirm" => to_confirmation(&web, context, owner),
        _ => to_preferences(&web, context, owner),
    }
}

/// `user--at--example.org` is how Mailman writes an address.
async fn mailman(
    context: PageContext,
    Path((_, address)): Path<(String, String)>,
) -> Result<Response, HttpError> {
    let email = EmailAddress::parse(&address.replacen("--at--", "@", 1)).ok();
    let email = email.map(|email| email.to_string()).unwrap_or_default();
    page(context, StatusCode::OK, email, String::new())
}

fn redirect(context: &PageContext, path: &str) -> Response {
    Redirect::to(&context.visitor.link(path)).into_response()
}

async fn join(context: PageContext) -> Response {
    redirect(&context, "/join")
}

fn to_preferences(
    web: &Web,
    context: PageContext,
    owner: Option<Owner>,
) -> Result<Response, HttpError> {
    match owner {
        Some(owner) => Ok(redirect(
            &context,
            &links::preferences_path(web, owner.subscriber),
        )),
        None => no_owner(context, StatusCode::NOT_FOUND),
    }
}

fn to_confirmation(
    web: &Web,
    context: PageContext,
    owner: Option<Owner>,
) -> Result<Response, HttpError> {
    match owner {
        Some(owner) if owner.pending.is_empty() => to_preferences(web, context, Some(owner)),
        Some(owner) => {
            let token = web.cx.keys.sign(&Token::Confirm {
                subscriber: owner.subscriber.0,
                lists: owner.pending.iter().map(|list| list.0).collect(),
                issued: web.cx.clock.now(),
            });
            Ok(redirect(&context, &format!("/confirm/{token}")))
        }
        None => no_owner(context, StatusCode::NOT_FOUND),
    }
}

/// As the pages of our own links ([`super::unsubscribe`]): GET asks, the page's form and any
/// other POST unsubscribe (RFC 8058 §3.1).
async fn unsubscribe(
    web: &Web,
    context: PageContext,
    owner: Option<Owner>,
    asked: &Asked,
) -> Result<Response, HttpError> {
    let Some(owner) = owner else {
        return no_owner(context, StatusCode::NOT_FOUND);
    };
    if asked.method != Method::POST {
        let html = render_page(&UnsubscribePage {
            path: asked.target.clone(),
            lists: names(&owner.lists, context.visitor.language),
            preferences_path: links::preferences_path(web, owner.subscriber),
            phrases: on_behalf_of(&context, &owner.lists),
            visitor: context.visitor,
            brand: context.brand,
        })?;
        return Ok(html.into_response());
    }
    let form = Form::parse_lossy(&asked.body);
    let source = context.visitor.consent_source();
    if form.text("from") != "page" {
        let method = ConsentMethod::OneClick;
        former_links::unsubscribe(&web.cx, &owner, method, &source).await?;
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return Ok((kind, "unsubscribed\n").into_response());
    }
    let method = ConsentMethod::UnsubscribeLink;
    former_links::unsubscribe(&web.cx, &owner, method, &source).await?;
    let mut left = Leaving {
        subscriber: owner.subscriber,
        lists: owner.lists.iter().map(|list| list.id).collect(),
        is_everything: form.text("scope") == "all",
    };
    if left.is_everything {
        let wording = context.phrases.translate("unsubscribed-all-body");
        let others =
            preferences::unsubscribe_from_all(&web.cx, left.subscriber, &wording, &source).await?;
        left.lists.extend(others);
    }
    Ok(left.see(web, &context.visitor))
}

#[derive(Template)]
#[template(path = "public/old_link.html")]
struct OldLinkPage {
    visitor: Visitor,
    phrases: Phrases,
    brand: Brand,
    email: String,
    error: String,
}

fn page(
    context: PageContext,
    status: StatusCode,
    email: String,
    error: String,
) -> Result<Response, HttpError> {
    let html = render_page(&OldLinkPage {
        email,
        error,
        visitor: context.visitor,
        phrases: context.phrases,
        brand: context.brand,
    })?;
    Ok((status, html).into_response())
}

/// The page that helps on where a link says nothing.
fn no_owner(context: PageContext, status: StatusCode) -> Result<Response, HttpError> {
    page(context, status, String::new(), String::new())
}

async fn ask(context: PageContext) -> Result<Response, HttpError> {
    no_owner(context, StatusCode::OK)
}

/// A one-click request of which nobody knows whose it is must not look as if it were done.
async fn ask_again(context: PageContext) -> Result<Response, HttpError> {
    no_owner(context, StatusCode::NOT_FOUND)
}

/// Emails the link. The page and its time are the same for every address.
async fn send(
    State(web): State<Web>,
    context: PageContext,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = Form::parse(&body)?;
    let sent = links::see_other(&context.visitor, results::OLD_LINK_SENT);
    if !form.text(HONEYPOT).is_empty() {
        return Ok(sent);
    }
    let given = form.trimmed("email").to_owned();
    let Ok(email) = EmailAddress::parse(&given) else {
        let error = context.phrases.translate("old-link-invalid");
        return page(context, StatusCode::UNPROCESSABLE_ENTITY, given, error);
    };
    let network = crate::net::network(context.visitor.address);
    if !web.limits.check_unsolved_form(&network) {
        return Err(HttpError::TooMany);
    }
    if web
        .limits
        .first_use(&format!("old link of {}", email.lookup_key()))
    {
        let cx = web.cx.clone();
        tokio::spawn(async move {
            if let Err(error) = former_links::mail_preferences_link(&cx, &email).await {
                tracing::error!(%error, "the link to somebody's preferences was not queued");
            }
        });
    }
    Ok(sent)
}
