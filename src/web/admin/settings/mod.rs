//! Settings that are made in the browser, and those that are not, with their origin.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;
use serde_json::Value;

use crate::account::provider::{self, ProviderError};
use crate::config::Config;
use crate::config::stored::CHANGEABLE;
use crate::deliverability::public_url;
use crate::inbound::mailbox;
use crate::mailbox_url::MailboxParts;
use crate::settings::export::{self, Secrets};
use crate::settings::{self, Setting, SettingSource, SettingsError};
use crate::text::datetime::Zone;
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::reauthentication;
use crate::web::admin::session;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

pub mod fields;
mod input;
mod mailbox_form;
pub mod relay_form;
pub mod relays;
mod senders;

use fields::{Card, Field, GROUPS, Group, Kind, PUBLIC_URL, TABS, is_here, label, origin_text};
use input::{Entered, Input, in_seconds, input_type, shown, text_of};
use mailbox_form::MailboxForm;

/// The box that saves an address that was not reached.
pub const ANYWAY: &str = "public_url_anyway";
/// Of the mailbox of returned mail, below `/admin`.
const MAILBOX_PAGE: &str = "/settings/bounces";
/// Of the provider by which users sign in, below `/admin`.
const SIGN_IN_PAGE: &str = "/settings/sign-in";
const PROCESS: &str = "/admin/settings/process";

pub fn router() -> Router<Web> {
    let pages = GROUPS.iter().fold(Router::new(), |router, group| {
        router.route(
                group.path,
                get(
                    move |State(web): State<Web>, Owner(viewer): Owner| async move {
                        page(&web, viewer, group, Entered::default()).await
                    },
                )
                .post(
                    move |State(web): State<Web>,
                          Owner(viewer): Owner,
                          jar: CookieJar,
                          body: Bytes| async move {
                        let form = reauthentication::form(&web, &viewer, &body)?;
                        save(&web, viewer, group, jar, form).await
                    },
                ),
            )
    });
    pages
        .merge(relays::router())
        .merge(senders::router())
        .route("/settings/process", get(process))
        .route("/settings/export", post(download))
}

#[derive(Template)]
#[template(path = "admin/settings/group.html")]
struct GroupPage {
    viewer: Viewer,
    group: &'static Group,
    /// The public address.
    site: String,
    cards: Vec<(&'static Card, Vec<Input>)>,
    mailbox: MailboxForm,
    /// How the mailbox was found last; may be empty.
    mailbox_problem: String,
    errors: FormErrors,
}

impl GroupPage {
    /// What to enter at a provider.
    fn address(&self, input: &Input) -> String {
        format!("{}{}", self.site, input.field.webhook)
    }
}

async fn page(
    web: &Web,
    viewer: Viewer,
    group: &'static Group,
    entered: Entered,
) -> Result<Html<String>, HttpError> {
    let settings = settings::all(&web.cx);
    let config = web.cx.config();
    let input = |field: &'static Field| {
        let setting = settings.iter().find(|setting| setting.key == field.key);
        setting.map(|setting| Input::new(&viewer, field, setting, &entered))
    };
    let cards = group.cards.iter();
    let mailbox = mailbox::status::status(&web.cx).await?;
    let problem = mailbox.and_then(|status| status.problem());
    render_page(&GroupPage {
        site: config.public_url(),
        cards: cards
            .map(|card| (card, card.fields.iter().filter_map(input).collect()))
            .collect(),
        mailbox: mailbox_form::shown(&config, &entered.form),
        mailbox_problem: viewer.explain(problem.unwrap_or_default()),
        errors: placed(&viewer, group, &entered.errors),
        viewer,
        group,
    })
}

/// The errors by the elements of a group's page. What a change here makes wrong on another
/// page is said of the whole form, with the setting's name.
fn placed(wording: &Wording, group: &Group, errors: &FormErrors) -> FormErrors {
    let fields = group.cards.iter().flat_map(|card| card.fields);
    let here: Vec<&str> = fields.map(|field| field.key).collect();
    let place = |(key, error): (&str, &str)| {
        if key == mailbox_form::KEY {
            (mailbox_form::FIRST.to_owned(), error.to_owned())
        } else if CHANGEABLE.contains(&key) && !here.contains(&key) {
            let said = wording
                .say("admin-settings-elsewhere")
                .text("setting", label(wording, key))
                .text("problem", wording.explain(error));
            (WHOLE.to_owned(), said.to_string())
        } else {
            (key.to_owned(), error.to_owned())
        }
    };
    errors.faults().into_iter().map(place).collect()
}

/// What a form changes, and what is wrong with it.
fn changes(
    web: &Web,
    wording: &Wording,
    group: &Group,
    form: &Form,
    errors: &mut FormErrors,
) -> BTreeMap<String, Option<Value>> {
    let settings = settings::all(&web.cx);
    let mut changes = BTreeMap::new();
    for field in group.cards.iter().flat_map(|card| card.fields) {
        let setting = settings.iter().find(|setting| setting.key == field.key);
        let Some(setting) = setting.filter(|setting| setting.is_changeable()) else {
            continue;
        };
        let entered = form.trimmed(field.key);
        let is_removed = form.has(&format!("remove-{}", field.key));
        let value = match field.kind {
            Kind::Secret | Kind::Mailbox if is_removed => None,
            Kind::Mailbox => {
                if let Some(url) = mailbox_form::url(wording, &web.cx.config(), form, errors) {
                    changes.insert(field.key.to_owned(), Some(Value::String(url)));
                }
                continue;
            }
            Kind::Secret if entered.is_empty() => continue,
            _ if entered == shown(field, setting) && field.kind != Kind::Secret => continue,
            Kind::Lines => Some(Value::String(entered.lines().collect::<Vec<_>>().join(","))),
            _ => Some(Value::String(in_seconds(field, entered))),
        };
        if form.has(field.key) || is_removed {
            changes.insert(field.key.to_owned(), value);
        }
    }
    changes
}

async fn save(
    web: &Web,
    viewer: Viewer,
    group: &'static Group,
    jar: CookieJar,
    form: Form,
) -> Result<Response, HttpError> {
    let mut errors = FormErrors::default();
    let changes = changes(web, &viewer, group, &form, &mut errors);
    if !errors.is_empty() {
        return not_saved(web, viewer, group, Entered { form, errors }).await;
    }
    let path = format!("/admin{}", group.path);
    let checks = form.text("do") == "check";
    if changes.is_empty() {
        let flash = if checks {
            check(web, &viewer, group).await
        } else {
            Flash::good(viewer.t("admin-settings-unchanged"))
        };
        return Ok(redirect(web, &path, &flash));
    }
    if settings::is_sensitive(&web.cx, &changes)
        && let Some(question) =
            reauthentication::unless_recent(web, &viewer, &jar, &form, &path).await?
    {
        return Ok(question);
    }
    let secret = session::secret(web, &jar);
    if let Some(problem) = public_address_problem(web, &viewer, &changes, &form).await {
        errors.add(PUBLIC_URL, problem);
        return not_saved(web, viewer, group, Entered { form, errors }).await;
    }
    match settings::change(&web.cx, &viewer.actor(), &changes).await {
        Ok(()) => {
            let flash = if checks {
                check(web, &viewer, group).await
            } else {
                saved_with_warning(web, &viewer, &changes)
            };
            let answer = redirect(web, &path, &flash);
            Ok((session::kept(web, jar, secret), answer).into_response())
        }
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            for (key, problem) in &problems {
                errors.add(key, problem);
            }
            not_saved(web, viewer, group, Entered { form, errors }).await
        }
    }
}

async fn not_saved(
    web: &Web,
    viewer: Viewer,
    group: &'static Group,
    entered: Entered,
) -> Result<Response, HttpError> {
    let html = page(web, viewer, group, entered).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Why a new public address should not be saved without a second thought: with a wrong one
/// nobody can sign in any more.
pub async fn public_address_problem(
    web: &Web,
    wording: &Wording,
    changes: &BTreeMap<String, Option<Value>>,
    form: &Form,
) -> Option<String> {
    let entered = changes.get(PUBLIC_URL)?.as_ref()?.as_str()?;
    let alone = BTreeMap::from([(PUBLIC_URL.to_owned(), Value::String(entered.to_owned()))]);
    let (config, problems) = Config::default().with_stored(&alone);
    // What cannot be one is refused with a better word.
    if form.has(ANYWAY) || !problems.is_empty() {
        return None;
    }
    let url = config.public_url?;
    let checked = public_url::check(&web.cx, &url).await;
    checked.err().map(|error| {
        wording
            .say("admin-settings-address-problem")
            .text("problem", wording.explain(error))
            .to_string()
    })
}

fn saved_with_warning(
    web: &Web,
    wording: &Wording,
    changes: &BTreeMap<String, Option<Value>>,
) -> Flash {
    let config = web.cx.config();
    match config.unprotected_mailbox() {
        Some(problem) if changes.contains_key(mailbox_form::KEY) => {
            Flash::warn(wording.t("admin-saved")).with(wording.explain(problem))
        }
        _ => saved(wording),
    }
}

/// Looks whether what a page sets up can be reached.
async fn check(web: &Web, wording: &Wording, group: &Group) -> Flash {
    match group.path {
        SIGN_IN_PAGE => provider_check(web, wording).await,
        _ => mailbox_check(web, wording).await,
    }
}

/// Fetches the provider's metadata and keys, and says what came of it.
async fn provider_check(web: &Web, wording: &Wording) -> Flash {
    match provider::check(&web.cx.config()).await {
        Ok(keys) => {
            let inside = wording.say("admin-settings-provider-keys");
            Flash::good(wording.t("admin-settings-provider-answers"))
                .with(inside.number("count", keys))
        }
        Err(ProviderError::NotConfigured) => Flash::warn(wording.t("admin-settings-provider-none")),
        Err(error) => {
            Flash::bad(wording.t("admin-settings-provider-fails")).with(wording.explain(error))
        }
    }
}

/// Signs in to the mailbox of returned mail, and says what came of it.
async fn mailbox_check(web: &Web, wording: &Wording) -> Flash {
    match mailbox::check(&web.cx).await {
        Ok(Some(emails)) => {
            let inside = wording.say("admin-settings-mailbox-emails");
            Flash::good(wording.t("admin-settings-mailbox-opened"))
                .with(inside.number("count", emails))
        }
        Ok(None) => Flash::warn(wording.t("admin-settings-mailbox-none")),
        Err(error) => {
            Flash::bad(wording.t("admin-settings-mailbox-not-opened")).with(wording.explain(error))
        }
    }
}

fn saved(wording: &Wording) -> Flash {
    Flash::good(wording.t("admin-saved")).with(wording.t("admin-settings-saved-text"))
}

#[derive(Template)]
#[template(path = "admin/settings/process.html")]
struct ProcessPage {
    viewer: Viewer,
    settings: Vec<Setting>,
}

impl ProcessPage {
    fn value(&self, setting: &Setting) -> String {
        let say = |key: &str| self.viewer.t(key);
        match (&setting.shown, setting.is_secret && setting.is_set) {
            (None, false) if setting.key == "secret_key" => say("admin-settings-secret-key-place"),
            (None, true) => say("admin-settings-set"),
            (None, false) => say("admin-settings-not-set"),
            (Some(Value::Array(items)), _) if items.is_empty() => say("admin-settings-not-set"),
            (Some(value), _) => text_of(Some(value)).replace('\n', ", "),
        }
    }

    fn origin(&self, setting: &Setting) -> String {
        match &setting.source {
            SettingSource::Process(Some(origin)) => origin_text(&self.viewer, origin),
            _ => self.viewer.t("admin-settings-default"),
        }
    }
}

async fn process(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    let mut settings = settings::all(&web.cx);
    settings.retain(|setting| matches!(setting.source, SettingSource::Process(_)));
    render_page(&ProcessPage { viewer, settings })
}

/// The settings as a file; with secrets only after the user has proved who they are.
async fn download(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let secrets = if form.has("secrets") {
        Secrets::Included
    } else {
        Secrets::LeftOut
    };
    if secrets == Secrets::Included
        && let Some(question) =
            reauthentication::unless_recent(&web, &viewer, &jar, &form, PROCESS).await?
    {
        return Ok(question);
    }
    let text = export::toml(&web.cx, &viewer.actor(), secrets).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/toml"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"jarshy.toml\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}
