//! The senders that campaigns can choose from, and the state of their domains.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;

use crate::address::mailbox::Mailbox;
use crate::deliverability::sender_domains::{self, SenderDomain};
use crate::settings::{self, SettingSource, SettingsError, sender_use, senders};
use crate::web::admin::deliverability::{badge, checked};
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

use super::fields::origin_text;
use super::fields::{TABS, is_here};

const HOME: &str = "/admin/settings/senders";
/// The field of a new sender.
const FIELD: &str = "sender";

pub fn router() -> Router<Web> {
    Router::new()
        .route("/settings/senders", get(index).post(act))
        .route("/settings/senders/check", post(check))
}

/// A sender in the table.
struct Row {
    sender: String,
    is_default: bool,
    domain: SenderDomain,
    /// The subjects of campaigns that name it and are not over.
    campaigns: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/settings/senders.html")]
struct SendersPage {
    viewer: Viewer,
    rows: Vec<Row>,
    /// Why they cannot be changed here; empty where they can.
    given: String,
    /// Why what is stored is not in force.
    problem: String,
    entered: String,
    errors: FormErrors,
}

impl SendersPage {
    /// What did not happen, above the errors.
    fn refused_title(&self) -> String {
        self.viewer.t(match self.errors.at(WHOLE) {
            "" => "admin-not-saved",
            _ => "admin-settings-not-removed",
        })
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    entered: &str,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let setting = settings::all(&web.cx)
        .into_iter()
        .find(|setting| setting.key == sender_use::KEY);
    let (mut given, mut problem) = (String::new(), String::new());
    if let Some(setting) = setting {
        if let SettingSource::Given(origin) = &setting.source {
            given = origin_text(&viewer, origin);
        }
        problem = viewer.explain(setting.problem.unwrap_or_default());
    }
    let domains = sender_domains::all(&web.cx).await?;
    let campaigns = sender_use::campaigns(&web.cx).await?;
    let config = web.cx.config();
    let row = |sender: &Mailbox| {
        let of_it = campaigns
            .iter()
            .filter(|one| sender_use::is_by(one, sender));
        let domain = sender.address.domain();
        let known = domains.iter().find(|known| known.name == domain);
        Row {
            sender: sender.to_string(),
            is_default: config.from.as_ref() == Some(sender),
            domain: known.cloned().unwrap_or_else(|| SenderDomain {
                name: domain.to_owned(),
                checked: None,
            }),
            campaigns: of_it.map(|one| one.subject.clone()).collect(),
        }
    };
    render_page(&SendersPage {
        rows: config.all_senders().into_iter().map(row).collect(),
        viewer,
        given,
        problem,
        entered: entered.to_owned(),
        errors,
    })
}

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    page(&web, viewer, "", FormErrors::default()).await
}

/// Adds a sender, or removes the one that is named by the button.
async fn act(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let removed = form.get("remove");
    let mut errors = FormErrors::default();
    let named = removed.unwrap_or_else(|| form.trimmed(FIELD));
    let Some(sender) = errors.take(FIELD, named.parse::<Mailbox>()) else {
        return refused(&web, viewer, &form, errors).await;
    };
    if let Some(question) =
        reauthentication::unless_recent(&web, &viewer, &jar, &form, HOME).await?
    {
        return Ok(question);
    }
    let by = viewer.actor();
    let (done, changed) = match removed {
        Some(_) => (
            viewer.t("admin-settings-removed"),
            senders::remove(&web.cx, &by, &sender).await,
        ),
        None => (
            viewer.t("admin-settings-added"),
            senders::add(&web.cx, &by, &sender).await,
        ),
    };
    match changed {
        Ok(()) => Ok(redirect(
            &web,
            HOME,
            &Flash::good(done).with(sender.to_string()),
        )),
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            let field = if removed.is_some() { WHOLE } else { FIELD };
            problems
                .values()
                .for_each(|problem| errors.add(field, problem));
            refused(&web, viewer, &form, errors).await
        }
    }
}

async fn refused(
    web: &Web,
    viewer: Viewer,
    form: &Form,
    errors: FormErrors,
) -> Result<Response, HttpError> {
    let html = page(web, viewer, form.text(FIELD), errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Checks the domains of all senders.
async fn check(State(web): State<Web>, Owner(viewer): Owner) -> Result<Response, HttpError> {
    let flash = checked(&web, &viewer).await?;
    Ok(redirect(&web, HOME, &flash))
}
