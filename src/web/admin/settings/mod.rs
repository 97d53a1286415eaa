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

use crate::config::Config;
use crate::config::stored::CHANGEABLE;
use crate::deliverability::public_url;
use crate::settings::export::{self, Secrets};
use crate::settings::{self, Setting, SettingSource, SettingsError};
use crate::text::datetime::Zone;
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

mod fields;
pub mod relay_form;
pub mod relays;

use fields::{Card, Field, GROUPS, Group, Kind, TABS, is_here, label};

const PUBLIC_URL: &str = "public_url";
/// The box that saves an address that was not reached.
pub const ANYWAY: &str = "public_url_anyway";
const PROCESS: &str = "/admin/settings/process";

pub fn router() -> Router<Web> {
    let pages = GROUPS.iter().fold(Router::new(), |router, group| {
        router.route(
            group.path,
            get(
                move |State(web): State<Web>, Owner(viewer): Owner| async move {
                    page(&web, viewer, group, &Entered::default())
                },
            )
            .post(
                move |State(web): State<Web>, Owner(viewer): Owner, body: Bytes| async move {
                    save(&web, viewer, group, &body).await
                },
            ),
        )
    });
    pages
        .merge(relays::router())
        .route("/settings/process", get(process))
        .route("/settings/export", post(download))
}

/// What was entered and is not saved.
#[derive(Default)]
struct Entered {
    form: Form,
    errors: FormErrors,
}

/// A setting as the page shows it.
struct Input {
    field: &'static Field,
    hint: String,
    value: String,
    is_set: bool,
    /// Why it cannot be changed here; empty where it can.
    given: String,
    error: String,
}

impl Input {
    /// Whether an address that was not reached can be saved all the same.
    fn offers_anyway(&self) -> bool {
        self.field.key == PUBLIC_URL && !self.error.is_empty()
    }

    fn new(web: &Web, field: &'static Field, setting: &Setting, entered: &Entered) -> Self {
        let shown = text_of(setting.shown.as_ref());
        let problem = setting.problem.clone().unwrap_or_default();
        let error = match entered.errors.at(field.key) {
            "" => problem,
            error => error.to_owned(),
        };
        let url = web.cx.config().public_url();
        let mut hint = field.hint.replace("{url}", &url);
        if field.kind == Kind::Secret && setting.is_set {
            let now = match shown.as_str() {
                "" => "It is set.".to_owned(),
                shown => format!("It is {shown}"),
            };
            hint = format!("{now} – leave it empty to keep it. {hint}");
        }
        Self {
            hint,
            value: match (field.kind, entered.form.get(field.key)) {
                (Kind::Secret, _) => String::new(),
                (_, Some(entered)) => entered.to_owned(),
                (_, None) => shown,
            },
            is_set: setting.is_set,
            given: match &setting.source {
                SettingSource::Given(origin) => origin.to_string(),
                _ => String::new(),
            },
            error,
            field,
        }
    }
}

/// A value as a field of a form has it; entries on lines of their own.
fn text_of(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| text_of(Some(item))).collect();
            items.join("\n")
        }
        Some(other) => other.to_string(),
    }
}

#[derive(Template)]
#[template(path = "admin/settings/group.html")]
struct GroupPage {
    viewer: Viewer,
    group: &'static Group,
    cards: Vec<(&'static Card, Vec<Input>)>,
    has_errors: bool,
    /// Errors of settings on other pages, which a change here would cause.
    elsewhere: Vec<String>,
}

fn page(
    web: &Web,
    viewer: Viewer,
    group: &'static Group,
    entered: &Entered,
) -> Result<Html<String>, HttpError> {
    let settings = settings::all(&web.cx);
    let input = |field: &'static Field| {
        let setting = settings.iter().find(|setting| setting.key == field.key);
        setting.map(|setting| Input::new(web, field, setting, entered))
    };
    let cards = group.cards.iter();
    render_page(&GroupPage {
        cards: cards
            .map(|card| (card, card.fields.iter().filter_map(input).collect()))
            .collect(),
        has_errors: !entered.errors.is_empty(),
        elsewhere: elsewhere(group, &entered.errors),
        viewer,
        group,
    })
}

fn elsewhere(group: &Group, errors: &FormErrors) -> Vec<String> {
    let fields = group.cards.iter().flat_map(|card| card.fields);
    let here: Vec<&str> = fields.map(|field| field.key).collect();
    let others = CHANGEABLE.iter().filter(|key| !here.contains(key));
    others
        .filter(|key| !errors.at(key).is_empty())
        .map(|key| format!("{}: {}", label(key), errors.at(key)))
        .collect()
}

/// What a form changes.
fn changes(web: &Web, group: &Group, form: &Form) -> BTreeMap<String, Option<Value>> {
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
            Kind::Secret if is_removed => None,
            Kind::Secret if entered.is_empty() => continue,
            _ if entered == text_of(setting.shown.as_ref()) && field.kind != Kind::Secret => {
                continue;
            }
            Kind::Lines => Some(Value::String(entered.lines().collect::<Vec<_>>().join(","))),
            _ => Some(Value::String(entered.to_owned())),
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
    body: &[u8],
) -> Result<Response, HttpError> {
    let form = Form::parse(body)?;
    let changes = changes(web, group, &form);
    let path = format!("/admin{}", group.path);
    if changes.is_empty() {
        return Ok(redirect(web, &path, &Flash::good("Nothing has changed")));
    }
    if let Some(problem) = public_address_problem(web, &changes, &form).await {
        let mut errors = FormErrors::default();
        errors.add(PUBLIC_URL, problem);
        let html = page(web, viewer, group, &Entered { form, errors })?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    match settings::change(&web.cx, &viewer.actor(), &changes).await {
        Ok(()) => Ok(redirect(web, &path, &saved())),
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            let mut errors = FormErrors::default();
            for (key, problem) in &problems {
                errors.add(key, problem);
            }
            let html = page(web, viewer, group, &Entered { form, errors })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// Why a new public address should not be saved without a second thought: with a wrong one
/// nobody can sign in any more.
pub async fn public_address_problem(
    web: &Web,
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
    checked
        .err()
        .map(|error| format!("{error}. To save it all the same, tick the box"))
}

fn saved() -> Flash {
    Flash::good("Saved").with("It is in force now, in every process within a few seconds.")
}

#[derive(Template)]
#[template(path = "admin/settings/process.html")]
struct ProcessPage {
    viewer: Viewer,
    settings: Vec<Setting>,
}

impl ProcessPage {
    fn value(&self, setting: &Setting) -> String {
        match (&setting.shown, setting.is_secret && setting.is_set) {
            (None, true) => "set".to_owned(),
            (None, false) => "not set".to_owned(),
            (Some(Value::Array(items)), _) if items.is_empty() => "not set".to_owned(),
            (Some(value), _) => text_of(Some(value)).replace('\n', ", "),
        }
    }

    fn origin(&self, setting: &Setting) -> String {
        match &setting.source {
            SettingSource::Process(Some(origin)) => origin.to_string(),
            _ => "default".to_owned(),
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
    let form = Form::parse(&body)?;
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

fn input_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        _ => "text",
    }
}
