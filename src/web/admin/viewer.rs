//! Who is signed in and what they may do: the extractors that admin handlers
//! begin with.

use std::ops::Deref;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use crate::account;
use crate::account::audit;
use crate::content::{site, text_overrides};
use crate::model::audit::{Actor, AuditAccess};
use crate::model::list_access::ListAccess;
use crate::notifications::inbox;
use crate::store::accounts::User;
use crate::text::locale::Languages;
use crate::web::admin::flash::{self, Flash};
use crate::web::admin::nav::{NAV, Page, Section};
use crate::web::admin::session;
use crate::web::admin::wording::Wording;
use crate::web::brand::Brand;
use crate::web::http::error::HttpError;
use crate::web::list_limits;
use crate::web::state::Web;

/// Anyone who is signed in. Without a session the extractor redirects to the
/// sign-in page.
#[derive(Clone)]
pub struct Viewer {
    /// The user.
    pub user: User,
    /// The lists that they reach.
    pub access: ListAccess,
    /// The site's name and look.
    pub brand: Brand,
    /// The path of this page, without the query.
    pub path: String,
    /// How many notifications they have not read.
    pub unread: i64,
    /// What the last request did, shown once.
    pub flash: Option<Flash>,
    /// Whether the demo's mail catcher runs.
    pub has_mailbox: bool,
    /// The languages of the site.
    pub languages: Languages,
    /// How the pages speak to them.
    pub wording: Wording,
}

/// What a page says, it says by its viewer: `viewer.t("admin-save")`.
impl Deref for Viewer {
    type Target = Wording;

    fn deref(&self) -> &Wording {
        &self.wording
    }
}

/// A user who may change things. Put it before the body: a viewer is refused
/// before the body is read.
pub struct Editor(pub Viewer);

/// A user who may administer the installation.
pub struct Owner(pub Viewer);

impl FromRequestParts<Web> for Viewer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let jar = CookieJar::from_headers(&parts.headers);
        match Self::find(parts, web, &jar).await {
            Ok(Some(viewer)) => {
                let allowed = list_limits::require(web, &viewer.access, parts).await;
                allowed.map_err(IntoResponse::into_response)?;
                Ok(viewer)
            }
            Ok(None) => Err(to_sign_in(parts)),
            Err(error) => Err(error.into_response()),
        }
    }
}

impl FromRequestParts<Web> for Editor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let viewer = Viewer::from_request_parts(parts, web).await?;
        if viewer.user.role.may_edit() {
            Ok(Self(viewer))
        } else {
            let why = "your role can view everything but not change it";
            Err(HttpError::Forbidden(why).into_response())
        }
    }
}

impl FromRequestParts<Web> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let viewer = Viewer::from_request_parts(parts, web).await?;
        if viewer.user.role.may_administer() {
            Ok(Self(viewer))
        } else {
            Err(HttpError::Forbidden("only an owner may do this").into_response())
        }
    }
}

/// Redirects to the sign-in page, and from there back to the page asked for.
fn to_sign_in(parts: &Parts) -> Response {
    let asked = match (&parts.method, parts.extensions.get::<OriginalUri>()) {
        (&Method::GET, Some(uri)) => uri.path_and_query().map(ToString::to_string),
        _ => None,
    };
    let target = match asked.as_deref().filter(|asked| *asked != "/admin") {
        Some(asked) => {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", asked)
                .finish();
            format!("/admin/sign-in?{query}")
        }
        None => "/admin/sign-in".to_owned(),
    };
    Redirect::to(&target).into_response()
}

impl Viewer {
    /// The user who is signed in, for any path.
    pub async fn signed_in(parts: &Parts, web: &Web) -> Result<Option<Self>, HttpError> {
        Self::find(parts, web, &CookieJar::from_headers(&parts.headers)).await
    }

    async fn find(parts: &Parts, web: &Web, jar: &CookieJar) -> Result<Option<Self>, HttpError> {
        let Some(secret) = session::secret(web, jar) else {
            return Ok(None);
        };
        let Some(user) = account::user_of_session(&web.cx, &secret).await? else {
            return Ok(None);
        };
        account::session::touch(&web.cx, &secret).await?;
        let unread = inbox::unread(&web.cx, user.id).await?;
        let site = site::load(&web.cx).await?;
        let own = text_overrides::read_with_admin(&web.cx).await?;
        let wording = match user.language {
            Some(language) => Wording::new(web, language, own),
            None => Wording::of_browser(web, parts, own),
        };
        let access = list_limits::access(web, (user.id, user.is_limited)).await?;
        Ok(Some(Self {
            user,
            access,
            unread,
            brand: Brand::new(&site, wording.language()),
            path: session::original_path(parts),
            flash: flash::read(web, jar),
            has_mailbox: web.mailbox.is_some(),
            languages: web.languages(),
            wording,
        }))
    }

    /// Whether buttons that change something are shown.
    pub fn can_edit(&self) -> bool {
        self.user.role.may_edit()
    }

    /// Whether they reach some lists only.
    pub fn is_limited(&self) -> bool {
        self.access.is_limited()
    }

    /// Whether buttons are shown that change what lists have in common, such as subscribers.
    pub fn can_edit_all(&self) -> bool {
        self.can_edit() && !self.is_limited()
    }

    /// The user as the audit log records them.
    pub fn actor(&self) -> Actor {
        Actor::User(self.user.email.clone())
    }

    /// Writes an audit entry for what this user has read.
    pub async fn note(
        &self,
        web: &Web,
        access: AuditAccess,
        subject: &str,
    ) -> Result<(), HttpError> {
        Ok(audit::record_access(&web.cx, &self.actor(), access, subject).await?)
    }

    pub fn nav(&self) -> &'static [Section] {
        &NAV
    }

    /// The pages of a section that their role and lists let them see.
    pub fn pages_of(&self, section: &Section) -> Vec<&'static Page> {
        let pages = section.pages_for(self.user.role).into_iter();
        pages
            .filter(|page| !self.is_limited() || list_limits::is_open(page.path))
            .collect()
    }

    /// Whether a section of the navigation holds this page.
    pub fn is_within(&self, section: &Section) -> bool {
        let is_it = |page: &Page| !self.current(page.path).is_empty();
        section.pages.iter().any(is_it)
    }

    /// The value of `aria-current` for a link to `path`: `page` on the page
    /// itself, `true` below it, otherwise empty.
    pub fn current(&self, path: &str) -> &'static str {
        if path == "/admin/campaigns" && self.path.starts_with("/admin/campaign-templates") {
            return "true";
        }
        match self.path.strip_prefix(path) {
            Some("") => "page",
            Some(rest) if rest.starts_with('/') && path != "/admin" => "true",
            _ => "",
        }
    }
}
