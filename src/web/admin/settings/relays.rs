//! The relays: their order, limits, and a test of each.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use serde_json::Value;
use url::form_urlencoded;

use crate::relay::parts::{RelayParts, Security};
use crate::settings::{self, SettingSource, SettingsError};
use crate::transactional::relay_test;
use crate::web::admin::confirmation::Confirmation;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

use super::fields::origin_text;
use super::fields::{TABS, hint, is_here};
use super::relay_form::{Row, entered, known, passwords, url};
use super::saved;

const HOME: &str = "/admin/settings/relays";
const KEY: &str = "smtp_url";

pub fn router() -> Router<Web> {
    Router::new().route("/settings/relays", get(index).post(act))
}

/// What a test has shown.
pub struct Tested {
    /// The number of the row.
    pub number: usize,
    pub is_good: bool,
    pub reply: String,
}

#[derive(Template)]
#[template(path = "admin/settings/relays.html")]
struct RelaysPage {
    viewer: Viewer,
    /// With an empty one at the end, where relays can be changed here.
    rows: Vec<Row>,
    /// Why they cannot be changed here; empty where they can.
    given: String,
    /// Why what is stored is not in force.
    problem: String,
    has_sender: bool,
    tested: Option<Tested>,
    errors: FormErrors,
}

impl RelaysPage {
    fn result(&self, number: &usize) -> Option<&Tested> {
        self.tested
            .as_ref()
            .filter(|tested| tested.number == *number)
    }
}

fn page(
    web: &Web,
    viewer: Viewer,
    mut rows: Vec<Row>,
    tested: Option<Tested>,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let setting = settings::all(&web.cx)
        .into_iter()
        .find(|setting| setting.key == KEY);
    let (mut given, mut problem) = (String::new(), String::new());
    if let Some(setting) = setting {
        if let SettingSource::Given(origin) = &setting.source {
            given = origin_text(&viewer, origin);
        }
        problem = viewer.explain(setting.problem.unwrap_or_default());
    }
    if given.is_empty() {
        rows.push(Row::default());
    }
    render_page(&RelaysPage {
        has_sender: web.cx.sender().is_some(),
        viewer,
        rows,
        given,
        problem,
        tested,
        errors,
    })
}

async fn index(State(web): State<Web>, Owner(viewer): Owner) -> Result<Html<String>, HttpError> {
    let rows = known(&web.cx.config());
    page(&web, viewer, rows, None, FormErrors::default())
}

async fn act(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let config = web.cx.config();
    let is_given = web.cx.live.given().origins.contains_key(KEY);
    let mut rows = if is_given {
        known(&config)
    } else {
        entered(&form)
    };
    let kept = passwords(&config);
    let (verb, number) = form
        .text("do")
        .split_once('-')
        .unwrap_or((form.text("do"), ""));
    let number = number.parse().unwrap_or(usize::MAX);
    let mut errors = FormErrors::default();
    if verb == "test" {
        let row = rows.get(number).ok_or(HttpError::NotFound)?;
        let tested = match url(&viewer, number, row, &kept, &mut errors) {
            Some(url) => Some(test(&web, &viewer, number, &url).await),
            None => None,
        };
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let html = page(&web, viewer, rows, tested, errors)?;
        return Ok((status, html).into_response());
    }
    if verb == "remove" {
        return remove(&web, viewer, &jar, &form, number).await;
    }
    match verb {
        "up" if number > 0 && number < rows.len() => rows.swap(number - 1, number),
        "down" if number + 1 < rows.len() => rows.swap(number, number + 1),
        _ => {}
    }
    let browser = (&jar, &form);
    if let Some(answer) = save(&web, &viewer, browser, &rows, &kept, &mut errors).await? {
        return Ok(answer);
    }
    let html = page(&web, viewer, rows, None, errors)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Removes a relay that is in force. What else was entered is not saved.
async fn remove(
    web: &Web,
    viewer: Viewer,
    jar: &CookieJar,
    form: &Form,
    number: usize,
) -> Result<Response, HttpError> {
    let config = web.cx.config();
    let (mut rows, kept) = (known(&config), passwords(&config));
    let Some(host) = rows.get(number).map(|row| row.parts.host.clone()) else {
        return Ok(Redirect::to(HOME).into_response());
    };
    // Another owner may have changed them meanwhile.
    if form.has("host") && form.text("host") != host {
        let flash = Flash::warn(viewer.t("admin-settings-relays-changed"));
        return Ok(redirect(web, HOME, &flash));
    }
    let confirmation = Confirmation {
        title: viewer
            .say("admin-settings-relay-remove-question")
            .text("host", &host)
            .into(),
        text: match rows.len() {
            1 => viewer.t("admin-settings-relay-remove-last"),
            _ => viewer.t("admin-settings-relay-remove-text"),
        },
        yes: viewer.t("admin-remove"),
        no: viewer.t("admin-cancel"),
        back: HOME.to_owned(),
        choice: None,
    };
    // Without what was entered: a password is not sent back.
    let asked = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("do", form.text("do")),
            ("host", host.as_str()),
            ("confirmed", form.text("confirmed")),
        ])
        .finish();
    let asked = Form::parse(asked.as_bytes())?;
    if let Some(question) = confirmation.unless_confirmed(&viewer, &asked)? {
        return Ok(question);
    }
    rows.remove(number);
    let mut errors = FormErrors::default();
    if let Some(answer) = save(web, &viewer, (jar, form), &rows, &kept, &mut errors).await? {
        return Ok(answer);
    }
    let html = page(web, viewer, rows, None, errors)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// Saves them, once the user has proved who they are; `None` after adding what is wrong to the
/// errors.
async fn save(
    web: &Web,
    viewer: &Viewer,
    (jar, form): (&CookieJar, &Form),
    rows: &[Row],
    kept: &[RelayParts],
    errors: &mut FormErrors,
) -> Result<Option<Response>, HttpError> {
    let urls: Vec<String> = rows
        .iter()
        .enumerate()
        .filter_map(|(number, row)| url(viewer, number, row, kept, errors))
        .collect();
    if !errors.is_empty() {
        return Ok(None);
    }
    let value = (!urls.is_empty()).then(|| Value::String(urls.join(" ")));
    let changes = BTreeMap::from([(KEY.to_owned(), value)]);
    if settings::is_sensitive(&web.cx, &changes)
        && let Some(question) =
            reauthentication::unless_recent(web, viewer, jar, form, HOME).await?
    {
        return Ok(Some(question));
    }
    match settings::change(&web.cx, &viewer.actor(), &changes).await {
        Ok(()) => Ok(Some(redirect(web, HOME, &saved(viewer)))),
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            for problem in problems.values() {
                errors.add(WHOLE, problem);
            }
            Ok(None)
        }
    }
}

/// Sends a test to the user over exactly this relay.
pub async fn test(web: &Web, viewer: &Viewer, number: usize, url: &str) -> Tested {
    let to = &viewer.user.email;
    let outcome = relay_test::send_by(&web.cx, url, to).await;
    Tested {
        number,
        is_good: outcome.is_ok(),
        reply: match outcome {
            Ok(reply) => viewer
                .say("admin-settings-test-reply")
                .text("email", to)
                .text("reply", reply)
                .into(),
            Err(error) => viewer.explain(error),
        },
    }
}

/// Fields of every relay: name, phrase of the label, phrase of the hint.
const ADDRESS_FIELDS: [(&str, &str, &str); 4] = [
    ("host", "admin-settings-host", ""),
    ("port", "admin-settings-port", "admin-settings-port-hint"),
    (
        "user",
        "admin-settings-user",
        "admin-settings-relay-user-hint",
    ),
    ("password", "admin-settings-password", ""),
];

/// Fields that most relays leave empty.
const OPTION_FIELDS: [(&str, &str, &str); 10] = [
    (
        "connections",
        "admin-settings-connections",
        "admin-settings-connections-hint",
    ),
    ("ahead", "admin-settings-ahead", "admin-settings-ahead-hint"),
    ("rate", "admin-settings-rate", "admin-settings-no-limit"),
    (
        "messages",
        "admin-settings-messages",
        "admin-settings-no-limit",
    ),
    (
        "weight",
        "admin-settings-weight",
        "admin-settings-weight-hint",
    ),
    (
        "warmup",
        "admin-settings-warmup",
        "admin-settings-warmup-hint",
    ),
    (
        "timeout",
        "admin-settings-timeout",
        "admin-settings-timeout-hint",
    ),
    ("helo", "admin-settings-ehlo", "admin-settings-helo-hint"),
    ("ca", "admin-settings-ca", "admin-settings-ca-hint"),
    (
        "fingerprint",
        "admin-settings-fingerprints",
        "admin-settings-fingerprints-hint",
    ),
];

fn entry<'a>(parts: &'a RelayParts, name: &str) -> std::borrow::Cow<'a, str> {
    match name {
        "host" => parts.host.as_str().into(),
        "port" => parts.port.as_str().into(),
        "user" => parts.user.as_str().into(),
        // Never sent back to a browser.
        "password" => "".into(),
        name => {
            let values = parts.options.iter().filter(|(key, _)| key == name);
            let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
            values.join(" ").into()
        }
    }
}

/// What a field's hint says; `key` is that of [`ADDRESS_FIELDS`].
fn hint_of(wording: &Wording, row: &Row, name: &str, key: &str) -> String {
    if name == "password" && row.has_password() {
        wording.t("admin-settings-keep")
    } else {
        hint(wording, key)
    }
}

fn has_options(parts: &RelayParts, errors: &FormErrors, number: &usize) -> bool {
    let names = OPTION_FIELDS.iter().map(|(name, ..)| *name);
    !parts.options.is_empty()
        || names
            .chain(["auth"])
            .any(|name| !errors.at(&format!("{number}-{name}")).is_empty())
}

fn input_type(name: &str) -> &'static str {
    match name {
        "password" => "password",
        _ => "text",
    }
}

pub fn flash_kind(is_good: &bool) -> &'static str {
    if *is_good { "good" } else { "bad" }
}

/// The phrase above what a test has shown.
pub fn test_title(is_good: &bool) -> &'static str {
    if *is_good {
        "admin-settings-test-good"
    } else {
        "admin-settings-test-bad"
    }
}
