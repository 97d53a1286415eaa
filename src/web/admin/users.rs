//! Users and their roles. Owners only.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use strum::VariantArray as _;

use crate::account::invitation::{self, INVITATION_LIFETIME};
use crate::account::{Tokens, credentials, list_access, users};
use crate::address::EmailAddress;
use crate::audience::list_admin;
use crate::clock::Timestamp;
use crate::model::UserId;
use crate::model::list::ListSlug;
use crate::model::user::{DisabledBy, Role};
use crate::store::invitations::Invitation;
use crate::store::lists::List;
use crate::store::users::Person;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::Flash;
use crate::web::admin::flash::redirect;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub fn router() -> Router<Web> {
    Router::new()
        .route("/users", get(index).post(add))
        .route("/users/{id}/lists", get(choose_lists).post(set_lists))
        .route("/users/{id}/role", post(set_role))
        .route("/users/{id}/disable", post(disable))
        .route("/users/{id}/enable", post(enable))
        .route("/users/{id}/reset", post(reset))
        .route("/users/{id}/remove", post(remove))
        .route("/users/{id}/invite", post(send_again))
        .route("/users/{id}/withdraw", post(withdraw))
}

const HOME: &str = "/admin/users";
const ACCEPTED: &str = "the invitation was accepted or withdrawn meanwhile";
const OWNER: &str = "an owner reaches every list; change the role first";
const LAST_OWNER: &str = "at least one owner is required; make someone else an owner first";

#[derive(Template)]
#[template(path = "admin/users.html")]
struct IndexPage {
    viewer: Viewer,
    people: Vec<Person>,
    /// Those that were not accepted yet.
    invitations: Vec<Invitation>,
    /// The lists of those who are limited to some: user and name.
    limits: Vec<(UserId, String)>,
    /// Every list.
    lists: Vec<List>,
    /// Those ticked for a new user.
    ticked: Vec<String>,
    now: Timestamp,
    email: String,
    errors: FormErrors,
}

impl IndexPage {
    async fn load(
        web: &Web,
        viewer: Viewer,
        email: &str,
        ticked: Vec<String>,
        errors: FormErrors,
    ) -> Result<Self, HttpError> {
        Ok(Self {
            viewer,
            people: users::all(&web.cx).await?,
            invitations: invitation::all(&web.cx).await?,
            limits: list_access::names(&web.cx).await?,
            lists: list_admin::all(&web.cx).await?,
            ticked,
            now: web.cx.clock.now(),
            email: email.to_owned(),
            errors,
        })
    }

    /// The invitation of a person who has not accepted it.
    fn invitation(&self, person: &Person) -> Option<&Invitation> {
        let mut all = self.invitations.iter();
        all.find(|invitation| invitation.user_id == person.id)
    }

    /// Who invited a person, and until when they can accept.
    fn invited(&self, invitation: &Invitation) -> String {
        let key = if invitation.expires_at > self.now {
            "admin-users-invited-until"
        } else {
            "admin-users-invitation-expired"
        };
        self.viewer
            .say(key)
            .text("inviter", &invitation.invited_by)
            .text("at", self.viewer.when(&invitation.expires_at))
            .into()
    }

    /// Which lists a person reaches.
    fn reach(&self, person: &Person) -> String {
        if !person.is_limited {
            return self.viewer.t("admin-users-all-lists");
        }
        let own = self.limits.iter().filter(|(user, _)| *user == person.id);
        let names: Vec<&str> = own.map(|(_, name)| name.as_str()).collect();
        if names.is_empty() {
            return self.viewer.t("admin-users-no-lists");
        }
        let some = self.viewer.say("admin-users-some-lists");
        some.text("lists", names.join(", ")).into()
    }

    fn is_ticked(&self, list: &List) -> bool {
        self.ticked.iter().any(|slug| slug == list.slug.as_str())
    }

    /// That somebody keeps a person out, or how they sign in.
    fn access(&self, person: &Person) -> String {
        match person.disabled_by {
            Some(by) => self.viewer.word("admin-users-disabled", by),
            None if person.has_identity => self.viewer.t("admin-users-linked"),
            None => String::new(),
        }
    }

    fn seen(&self, person: &Person) -> String {
        person.seen_at.map_or_else(
            || self.viewer.t("admin-users-not-signed-in"),
            |at| self.viewer.when(&at),
        )
    }
}

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    render_page(&IndexPage::load(&web, viewer, "", Vec::new(), FormErrors::default()).await?)
}

async fn add(
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
    let email = errors.take("email", EmailAddress::parse(form.trimmed("email")));
    let role = errors.take("role", form.text("role").parse::<Role>());
    if let (Some(email), Some(role)) = (email, role) {
        let lists = ticked(&form);
        let lists = (!lists.is_empty()).then_some(lists.as_slice());
        if invitation::invite(&web.cx, &viewer.actor(), &email, role, lists).await? {
            let flash = Flash::good(viewer.say("admin-users-invited").text("email", &email));
            return Ok(redirect(&web, HOME, &flash.with(lifetime(&viewer))));
        }
        errors.add("email", viewer.t("admin-users-exists"));
    }
    let ticked = form.all("list").map(str::to_owned).collect();
    let page = IndexPage::load(&web, viewer, form.text("email"), ticked, errors).await?;
    let html = render_page(&page)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// The lists whose boxes are ticked.
fn ticked(form: &Form) -> Vec<ListSlug> {
    form.all("list")
        .filter_map(|slug| slug.parse().ok())
        .collect()
}

#[derive(Template)]
#[template(path = "admin/user_lists.html")]
struct ListsPage {
    viewer: Viewer,
    person: Person,
    /// Every list, and whether the user is limited to it.
    lists: Vec<(List, bool)>,
}

async fn choose_lists(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
) -> Result<Html<String>, HttpError> {
    let person = find(&web, id).await?;
    if person.role.may_administer() {
        return Err(HttpError::Conflict(OWNER.to_owned()));
    }
    let access = list_access::of_user(&web.cx, id).await?;
    let lists = list_admin::all(&web.cx).await?.into_iter();
    render_page(&ListsPage {
        viewer,
        lists: lists
            .map(|list| (access.is_limited() && access.has(list.id), list))
            .map(|(is_theirs, list)| (list, is_theirs))
            .collect(),
        person,
    })
}

async fn set_lists(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let form = Form::parse(&body)?;
    let lists = ticked(&form);
    // What is not plainly every list is some.
    let lists = (form.text("reach") != "all").then_some(lists.as_slice());
    if !list_access::set(&web.cx, &viewer.actor(), id, lists).await? {
        return Err(HttpError::Conflict(OWNER.to_owned()));
    }
    let done = viewer.say("admin-users-lists-set");
    let flash = Flash::good(done.text("email", &person.email));
    Ok(redirect(&web, HOME, &flash))
}

/// How long an invitation lives.
fn lifetime(viewer: &Viewer) -> String {
    let days = INVITATION_LIFETIME.as_secs() / (24 * 3600);
    let next = viewer.say("admin-users-invited-next");
    next.number("days", days).into()
}

async fn send_again(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    if !invitation::send_again(&web.cx, &viewer.actor(), id).await? {
        return Err(HttpError::Conflict(ACCEPTED.to_owned()));
    }
    let done = viewer.say("admin-users-invited-again");
    let flash = Flash::good(done.text("email", person.email.shown())).with(lifetime(&viewer));
    Ok(redirect(&web, HOME, &flash))
}

async fn withdraw(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let question = viewer.say("admin-users-withdraw-question");
    let confirmation = Confirmation {
        title: question.text("email", person.email.shown()).into(),
        text: viewer.t("admin-users-withdraw-text"),
        yes: viewer.t("admin-users-withdraw"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    if !invitation::withdraw(&web.cx, &viewer.actor(), id).await? {
        return Err(HttpError::Conflict(ACCEPTED.to_owned()));
    }
    let done = viewer.say("admin-users-withdrawn");
    let flash = Flash::good(done.text("email", person.email.shown()));
    Ok(redirect(&web, HOME, &flash))
}

async fn find(web: &Web, id: UserId) -> Result<Person, HttpError> {
    let all = users::all(&web.cx).await?;
    let found = all.into_iter().find(|person| person.id == id);
    found.ok_or(HttpError::NotFound)
}

async fn set_role(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let role = form.text("role").parse::<Role>();
    let role = role.map_err(|error| HttpError::Unprocessable(error.to_string()))?;
    if !users::set_role(&web.cx, &viewer.actor(), person.id, role).await? {
        return Err(HttpError::Conflict(LAST_OWNER.to_owned()));
    }
    // A user who is no longer an owner cannot see this page.
    let to = if person.id == viewer.user.id && !role.may_administer() {
        "/admin"
    } else {
        HOME
    };
    let done = viewer
        .say("admin-users-role-set")
        .text("email", person.email.shown())
        .text("role", viewer.word("admin-role", role));
    let mut flash = Flash::good(done);
    if to == HOME && person.role != role {
        let former = person.role.to_string();
        flash = flash.undo_by(format!("{HOME}/{id}/role"), &[("role", &former)]);
    }
    Ok(redirect(&web, to, &flash))
}

async fn disable(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let question = viewer.say("admin-users-disable-question");
    let confirmation = Confirmation {
        title: question.text("email", &person.email).into(),
        text: viewer.t("admin-users-disable-text"),
        yes: viewer.t("admin-users-disable"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    let is_out = person.disabled_by == Some(DisabledBy::Owner);
    if !is_out && !users::disable(&web.cx, &viewer.actor(), person.id).await? {
        return Err(HttpError::Conflict(LAST_OWNER.to_owned()));
    }
    let done = viewer.say("admin-users-was-disabled");
    let flash = Flash::good(done.text("email", &person.email));
    Ok(redirect(&web, HOME, &flash))
}

async fn enable(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    users::enable(&web.cx, &viewer.actor(), person.id).await?;
    let done = viewer.say("admin-users-was-enabled");
    let flash = Flash::good(done.text("email", &person.email));
    Ok(redirect(&web, HOME, &flash))
}

async fn reset(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let form = reauthentication::form(&web, &viewer, &body)?;
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let question = viewer.say("admin-users-reset-question");
    let keep_tokens = viewer.say("admin-users-keep-tokens");
    let keep_tokens = keep_tokens.number("count", person.tokens).to_string();
    let confirmation = Confirmation {
        title: question.text("email", person.email.shown()).into(),
        text: viewer.t("admin-users-reset-text"),
        yes: viewer.t("admin-users-reset"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: (person.tokens > 0).then_some(("keep_tokens", keep_tokens)),
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &form)? {
        return Ok(page);
    }
    let tokens = if form.has("keep_tokens") {
        Tokens::Keep
    } else {
        Tokens::Revoke
    };
    credentials::reset(&web.cx, &viewer.actor(), person.id, &person.email, tokens).await?;
    let done = viewer.say("admin-users-was-reset");
    let flash = Flash::good(done.text("email", person.email.shown()));
    Ok(redirect(&web, HOME, &flash))
}

async fn remove(
    State(web): State<Web>,
    Owner(viewer): Owner,
    Path(id): Path<UserId>,
    body: Bytes,
) -> Result<Response, HttpError> {
    let person = find(&web, id).await?;
    let question = viewer.say("admin-users-remove-question");
    let text = viewer.say("admin-users-remove-text");
    let confirmation = Confirmation {
        title: question.text("email", person.email.shown()).into(),
        text: text.number("count", person.tokens).into(),
        yes: viewer.t("admin-remove"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    if let Some(page) = confirmation.unless_confirmed(&viewer, &Form::parse(&body)?)? {
        return Ok(page);
    }
    if !users::remove(&web.cx, &viewer.actor(), person.id).await? {
        return Err(HttpError::Conflict(LAST_OWNER.to_owned()));
    }
    let done = viewer.say("admin-users-removed");
    let flash = Flash::good(done.text("email", person.email.shown()));
    Ok(redirect(&web, HOME, &flash))
}
