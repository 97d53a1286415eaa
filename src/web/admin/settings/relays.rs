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
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::reauthentication;
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::sentence;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

use super::fields::{TABS, is_here};
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
            given = origin.to_string();
        }
        problem = setting.problem.unwrap_or_default();
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
        let tested = match url(number, row, &kept, &mut errors) {
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
        return Ok(redirect(
            web,
            HOME,
            &Flash::warn("The relays have changed meanwhile"),
        ));
    }
    let confirmation = Confirmation {
        title: format!("Remove {host}?"),
        text: match rows.len() {
            1 => "Its password and limits are deleted. It is the last relay: emails stay queued until there is another.".to_owned(),
            _ => "Its password and limits are deleted. Email goes out over the other relays.".to_owned(),
        },
        yes: "Remove",
        no: "Cancel",
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
        .filter_map(|(number, row)| url(number, row, kept, errors))
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
        Ok(()) => Ok(Some(redirect(web, HOME, &saved()))),
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            for problem in problems.values() {
                errors.add(KEY, problem);
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
            Ok(reply) => format!("It was accepted for {to}: {reply}"),
            Err(error) => sentence(&error.to_string()),
        },
    }
}

/// Fields of every relay: name, label, hint.
const ADDRESS_FIELDS: [(&str, &str, &str); 4] = [
    ("host", "Host", ""),
    ("port", "Port", "Empty for the usual one."),
    ("user", "User", "Empty for a relay without sign-in."),
    ("password", "Password", ""),
];

/// Fields that most relays leave empty.
const OPTION_FIELDS: [(&str, &str, &str); 9] = [
    ("connections", "Connections at once", "8 if empty."),
    ("rate", "Messages per second", "No limit if empty."),
    ("messages", "Messages per connection", "No limit if empty."),
    ("weight", "Weight", "Its share among several; 1 if empty."),
    (
        "warmup",
        "Warm-up",
        "Messages on the first day; twice as many each day after it.",
    ),
    ("timeout", "Timeout", "Seconds; 60 if empty."),
    ("helo", "Name for EHLO", "If it is another than for all."),
    ("ca", "File of authorities", "A PEM file on the server."),
    (
        "fingerprint",
        "Fingerprints",
        "sha256:…, separated by spaces.",
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

fn hint_of(row: &Row, name: &str, hint: &'static str) -> &'static str {
    if name == "password" && row.has_password() {
        "Leave it empty to keep it."
    } else {
        hint
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

pub fn test_title(is_good: &bool) -> &'static str {
    if *is_good {
        "The relay took the test"
    } else {
        "The test did not go out"
    }
}
