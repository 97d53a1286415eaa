//! What stands around every page of the desk: who is signed in, on which site,
//! where they can go, and what they may do.

use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::flash::{self, Flash};
use super::session;
use crate::account::{self, users};
use crate::clock::Timestamp;
use crate::content::site;
use crate::store::account::User;
use crate::text::datetime::Calendar;
use crate::text::locale::Language;
use crate::web::failure::{self, page};
use crate::web::site::Brand;
use crate::web::{Failure, Web};

/// A heading of the nav with its pages: path and name.
type Section = (&'static str, &'static [(&'static str, &'static str)]);

const NAV: [Section; 5] = [
    ("", &[("/admin", "Dashboard")]),
    (
        "Mail",
        &[
            ("/admin/posts", "Posts"),
            ("/admin/campaigns", "Campaigns"),
            ("/admin/layouts", "Layouts"),
            ("/admin/deliverability", "Deliverability"),
        ],
    ),
    (
        "Audience",
        &[
            ("/admin/subscribers", "Subscribers"),
            ("/admin/lists", "Lists"),
            ("/admin/join-form", "Join form"),
            ("/admin/segments", "Segments"),
            ("/admin/tags", "Tags"),
            ("/admin/suppressions", "Suppressions"),
            ("/admin/imports", "Imports"),
        ],
    ),
    (
        "Site",
        &[
            ("/admin/events", "Events"),
            ("/admin/media", "Media"),
            ("/admin/site", "Site"),
            ("/admin/words", "Texts"),
        ],
    ),
    (
        "Settings",
        &[
            ("/admin/people", "Users"),
            ("/admin/tokens", "API tokens"),
            ("/admin/webhooks", "Webhooks"),
            ("/admin/audit", "Audit log"),
        ],
    ),
];

/// What every page of the desk begins with. Where nobody is signed in, the
/// extractor leads to the sign-in page instead.
#[derive(Clone)]
pub struct Desk {
    /// Who is signed in.
    pub user: User,
    /// The site's name.
    pub brand: Brand,
    /// The path that was asked for, without the query.
    pub path: String,
    /// What the last request did, to be said once.
    pub flash: Option<Flash>,
    /// Whether there is a mail catcher to look into.
    pub has_mailbox: bool,
    /// Dates in the site's zone.
    pub calendar: Calendar,
    /// The name of that zone.
    pub zone: String,
}

/// The same for whoever may change things. It comes before the body is read, so
/// that nobody learns from a refused body what they may not send.
pub struct Editor(pub Desk);

impl FromRequestParts<Web> for Editor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let desk = Desk::from_request_parts(parts, web).await?;
        match desk.user.role.may_edit() {
            true => Ok(Self(desk)),
            false => Err(
                Failure::Forbidden("your role can view everything but not change it")
                    .into_response(),
            ),
        }
    }
}

/// The same for owners alone.
pub struct Owner(pub Desk);

impl FromRequestParts<Web> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let desk = Desk::from_request_parts(parts, web).await?;
        match desk.user.role.may_administer() {
            true => Ok(Self(desk)),
            false => Err(Failure::Forbidden("only an owner may do this").into_response()),
        }
    }
}

impl FromRequestParts<Web> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        match Self::find(parts, web, &jar).await {
            Ok(Some(desk)) => Ok(desk),
            Ok(None) => Err(session::invite(parts)),
            Err(failure) => Err(failure.into_response()),
        }
    }
}

impl Desk {
    async fn find(parts: &Parts, web: &Web, jar: &CookieJar) -> Result<Option<Self>, Failure> {
        let Some(secret) = session::secret(web, jar) else {
            return Ok(None);
        };
        let Some(user) = account::user_of_session(&web.cx, &secret).await? else {
            return Ok(None);
        };
        users::see(&web.cx, &secret).await?;
        let site = site::look(&web.cx).await?;
        Ok(Some(Self {
            user,
            brand: Brand::new(&site, Language::En),
            path: session::original_path(parts),
            flash: flash::read(web, jar),
            has_mailbox: web.mailbox.is_some(),
            calendar: web.calendar(Language::En),
            zone: web.cx.config.time_zone.clone(),
        }))
    }

    /// Whether buttons that change something are shown.
    pub fn can_edit(&self) -> bool {
        self.user.role.may_edit()
    }

    /// Notes in the audit log what the signed-in person did.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note(&self, web: &Web, action: &str, subject: &str) -> Result<(), Failure> {
        Ok(account::audit(&web.cx, self.user.email.as_str(), action, subject).await?)
    }

    /// The nav.
    pub fn nav(&self) -> &'static [Section] {
        &NAV
    }

    /// `page` for the page itself, `true` for one below it, nothing elsewhere.
    pub fn current(&self, path: &str) -> &'static str {
        match self.path.strip_prefix(path) {
            Some("") => "page",
            Some(rest) if rest.starts_with('/') && path != "/admin" => "true",
            _ => "",
        }
    }

    /// A moment in the site's zone.
    pub fn when(&self, at: &Timestamp) -> String {
        self.calendar.date_time(*at)
    }

    /// A number with its thousands parted.
    pub fn number(&self, number: &i64) -> String {
        thousands(number)
    }
}

/// A number with its thousands parted.
pub fn thousands(number: &i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 1);
    if *number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A word of the schema as a reader writes it.
pub fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// `1 subscriber`, `2 subscribers`.
pub fn counted(number: i64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        thousands(&number),
        if number == 1 { one } else { many }
    )
}

#[derive(Template)]
#[template(path = "admin/error.html")]
struct ErrorPage {
    desk: Desk,
    status: u16,
    title: &'static str,
    detail: String,
}

/// Around every page: keeps it out of caches, takes the flash away once it was
/// shown, and renders failures in the desk's frame for whoever is signed in.
pub async fn wrap(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_client_error() || status.is_server_error() {
        response = match failure::of_response(response).await {
            Ok(failure) => in_frame(&web, &mut parts, failure).await,
            Err(response) => response,
        };
    }
    let is_page = parts.method == Method::GET && response.status() == StatusCode::OK && {
        let kind = response.headers().get(header::CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    };
    if is_page && flash::is_in(&parts.headers) {
        response
            .headers_mut()
            .append(header::SET_COOKIE, flash::removal());
    }
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    // A form sent under `no-referrer` has the origin `null`, by which our own
    // pages could not be told from others where there is no https.
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("same-origin"));
    response
}

async fn in_frame(web: &Web, parts: &mut Parts, failure: Failure) -> Response {
    let Ok(desk) = Desk::from_request_parts(parts, web).await else {
        return failure.into_response();
    };
    let (title, detail) = explain(&failure);
    let rendered = page(&ErrorPage {
        desk,
        status: failure.status().as_u16(),
        title,
        detail,
    });
    match rendered {
        Ok(html) => (failure.status(), html).into_response(),
        Err(failure) => failure.into_response(),
    }
}

fn explain(failure: &Failure) -> (&'static str, String) {
    let said = failure.to_string();
    match failure {
        Failure::NotFound => (
            "Nothing is here",
            "The page may have moved, or what it showed was deleted.".to_owned(),
        ),
        Failure::Forbidden(_) => ("You may not do this", sentence(&said)),
        Failure::Conflict(_) => ("Not done", sentence(&said)),
        Failure::BadRequest(_) | Failure::Unprocessable(_) | Failure::Field { .. } => {
            ("This cannot be taken", sentence(&said))
        }
        Failure::TooMany => ("Too fast", "Wait a minute, then try again.".to_owned()),
        Failure::Unavailable => (
            "Not available right now",
            "The database does not answer or is full. Nothing was changed; try again in a minute."
                .to_owned(),
        ),
        Failure::Other(413, _) => ("Too large", "Send less at once.".to_owned()),
        Failure::Other(405, _) => (
            "Not done",
            "This address takes no such request; go back and use the buttons.".to_owned(),
        ),
        _ => (
            "Something went wrong",
            "It was our mistake, and its cause is in the log. Nothing more was done.".to_owned(),
        ),
    }
}

/// A message as a sentence: a capital first, a full stop last.
pub fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let stop = if said.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

/// Renders a page of the desk.
///
/// # Errors
/// [`Failure::Internal`] where the template fails.
pub fn show(template: &impl Template) -> Result<Html<String>, Failure> {
    page(template)
}

/// Leads to another page of the desk and says there what was done.
pub fn go(web: &Web, path: &str, flash: &Flash) -> Response {
    let mut response = Redirect::to(path).into_response();
    if let Some(cookie) = flash::cookie(web, flash) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_thousands() {
        let texts = [0, 7, 999, 1000, 12480, 1_000_000, -1234].map(|n| thousands(&n));
        let expected = ["0", "7", "999", "1,000", "12,480", "1,000,000", "-1,234"];
        assert_eq!(texts, expected);
    }

    #[test]
    fn messages_become_sentences() {
        assert_eq!(
            sentence("there is no such campaign"),
            "There is no such campaign."
        );
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence(""), "");
    }
}
