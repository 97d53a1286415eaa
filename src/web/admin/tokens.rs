//! API tokens: the user's own; owners see all.

use std::time::Duration;
use strum::VariantArray as _;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;

use crate::account::api_tokens;
use crate::clock::Timestamp;
use crate::model::scope::{Access, Resource, Scope, Scopes};
use crate::model::{TokenId, UserId};
use crate::store::users::Token;
use crate::text::line::Title;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::Viewer;
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/tokens", get(index).post(make))
        .route("/tokens/{id}/revoke", post(revoke))
}

const HOME: &str = "/admin/tokens";
const DEFAULT_DAYS: &str = "90";

#[derive(Template)]
#[template(path = "admin/tokens.html")]
struct IndexPage {
    viewer: Viewer,
    now: Timestamp,
    tokens: Vec<Token>,
    /// The secret of a new token, shown only once.
    secret: String,
    called: String,
    chosen: Chosen,
    errors: FormErrors,
}

impl IndexPage {
    fn label(&self, token: &Token) -> String {
        label(&self.viewer, token)
    }

    /// What a token may do, one permission after the other.
    fn says(&self, token: &Token) -> Vec<String> {
        token
            .scopes
            .iter()
            .map(|scope| permission(&self.viewer, scope))
            .collect()
    }

    /// The same in the words of the API.
    fn codes(&self, token: &Token) -> String {
        token.scopes.to_string().replace(' ', ", ")
    }

    fn created(&self, token: &Token) -> String {
        let when = self.viewer.when(&token.created_at);
        let created = self.viewer.say("admin-token-created-at");
        created.text("when", when).to_string()
    }

    fn used(&self, token: &Token) -> String {
        self.when(token.used_at)
    }

    fn ends(&self, token: &Token) -> String {
        self.when(token.expires_at)
    }

    fn when(&self, at: Option<Timestamp>) -> String {
        at.map_or_else(|| self.viewer.t("admin-never"), |at| self.viewer.when(&at))
    }

    fn has_ended(&self, token: &Token) -> bool {
        token.expires_at.is_some_and(|at| at <= self.now)
    }
}

/// What the form for a new token holds.
struct Chosen {
    /// `read`, `all`, or `some` for the scopes that are checked.
    reach: String,
    ticked: Vec<String>,
    days: String,
}

impl Chosen {
    fn of(form: &Form) -> Self {
        let reach = match form.text("scope") {
            "" => "read",
            reach => reach,
        };
        Self {
            reach: reach.to_owned(),
            ticked: form.all("scopes").map(str::to_owned).collect(),
            days: match form.get("days") {
                Some(days) => days.to_owned(),
                None => DEFAULT_DAYS.to_owned(),
            },
        }
    }

    fn has(&self, scope: &Scope) -> bool {
        self.ticked.contains(&scope.to_string())
    }

    /// The scopes chosen.
    fn scopes(&self) -> Result<Scopes, String> {
        let text = match self.reach.as_str() {
            "some" => self.ticked.join(" "),
            word => word.to_owned(),
        };
        text.parse::<Scopes>().map_err(|error| error.to_string())
    }

    /// When it expires, if ever; otherwise the phrase for what is wrong.
    fn expires_at(&self, now: Timestamp) -> Result<Option<Timestamp>, &'static str> {
        match self.days.as_str() {
            "never" => Ok(None),
            days => {
                let days = days
                    .parse::<u32>()
                    .ok()
                    .filter(|days| (1..=3650).contains(days));
                let days = days.ok_or("admin-token-choose-expiry")?;
                let lifetime = Duration::from_secs(u64::from(days) * 24 * 3600);
                Ok(Some(now.after(lifetime)))
            }
        }
    }
}

fn offered() -> impl Iterator<Item = (Resource, Vec<Scope>)> {
    Resource::VARIANTS.iter().map(|resource| {
        let of_it = |scope: &Scope| matches!(scope, Scope::Of(own, _) if own == resource);
        (*resource, Scope::every().filter(of_it).collect())
    })
}

/// What a scope lets a token do, in words.
fn permission(wording: &Wording, scope: Scope) -> String {
    match scope {
        Scope::All => wording.t("admin-token-full-access-of-user"),
        Scope::Read => wording.t("admin-token-reads-everything"),
        Scope::Of(resource, _) => wording
            .say("admin-token-permission")
            .text("resource", wording.word("admin-token-resource", resource))
            .text("may", wording.t(verb(&scope)))
            .to_string(),
    }
}

/// The phrase for what a scope lets a token do with its resource.
fn verb(scope: &Scope) -> &'static str {
    match scope {
        Scope::Of(Resource::Transactional, _) => "admin-token-may-send",
        Scope::Of(_, Access::Read) => "admin-token-may-read",
        _ => "admin-token-may-write",
    }
}

/// A token's name; tokens created on the command line have none.
fn label(viewer: &Viewer, token: &Token) -> String {
    if token.name.is_empty() {
        let nameless = viewer.say("admin-token-nameless");
        nameless.text("id", token.id).to_string()
    } else {
        token.name.clone()
    }
}

/// Whose tokens this user sees and may revoke: `None` for everybody's.
fn reach(viewer: &Viewer) -> Option<UserId> {
    if viewer.user.role.may_administer() {
        None
    } else {
        Some(viewer.user.id)
    }
}

async fn index(State(web): State<Web>, viewer: Viewer) -> Result<Html<String>, HttpError> {
    let tokens = api_tokens::tokens(&web.cx, reach(&viewer)).await?;
    render_page(&IndexPage {
        viewer,
        now: web.cx.clock.now(),
        tokens,
        secret: String::new(),
        called: String::new(),
        chosen: Chosen::of(&Form::default()),
        errors: FormErrors::default(),
    })
}

async fn make(
    State(web): State<Web>,
    viewer: Viewer,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(page) = reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await? {
        return Ok(page);
    }
    let mut errors = FormErrors::default();
    let name = errors.take("name", Title::parse(form.text("name")));
    let chosen = Chosen::of(&form);
    let now = web.cx.clock.now();
    let scopes = errors.take("scope", chosen.scopes());
    let expires_at = chosen.expires_at(now).map_err(|wrong| viewer.t(wrong));
    let expires_at = errors.take("days", expires_at);
    let (status, secret) = match (&name, scopes, expires_at) {
        (Some(name), Some(scopes), Some(expires_at)) => {
            let (user, name) = (&viewer.user, name.as_str());
            let made = api_tokens::make_token(&web.cx, user, name, scopes, expires_at).await?;
            (StatusCode::CREATED, made.reveal().to_owned())
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, String::new()),
    };
    let html = render_page(&IndexPage {
        now,
        tokens: api_tokens::tokens(&web.cx, reach(&viewer)).await?,
        called: if secret.is_empty() {
            form.text("name").to_owned()
        } else {
            String::new()
        },
        chosen: if secret.is_empty() {
            chosen
        } else {
            Chosen::of(&Form::default())
        },
        viewer,
        secret,
        errors,
    })?;
    Ok((status, html).into_response())
}

async fn revoke(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<TokenId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let reach = reach(&viewer);
    let all = api_tokens::tokens(&web.cx, reach).await?;
    let token = all.into_iter().find(|token| token.id == id);
    let token = token.ok_or(HttpError::NotFound)?;
    let question = viewer.say("admin-token-revoke-question");
    let confirmation = Confirmation {
        title: question.text("name", label(&viewer, &token)).into(),
        text: viewer.t("admin-token-revoke-text"),
        yes: viewer.t("admin-token-revoke"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    api_tokens::revoke(&web.cx, &viewer.actor(), token.id, reach).await?;
    let flash = Flash::good(viewer.t("admin-token-revoked"));
    Ok(redirect(&web, HOME, &flash))
}
