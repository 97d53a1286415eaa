//! The steps that save settings: organisation and address, sender and relay.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum_extra::extract::CookieJar;
use serde_json::Value;

use crate::config::Origin;
use crate::content::site;
use crate::relay::parts::Security;
use crate::settings::{self, SettingSource, SettingsError};
use crate::text::datetime::Zone;
use crate::text::line::Title;
use crate::text::locale::Language;
use crate::web::admin::flash::{Flash, redirect};
use crate::web::admin::form_errors::{FormErrors, WHOLE};
use crate::web::admin::reauthentication;
use crate::web::admin::session;
use crate::web::admin::settings::relay_form;
use crate::web::admin::settings::relays::{Tested, flash_kind, test, test_title};
use crate::web::admin::settings::{ANYWAY, fields, public_address_problem};
use crate::web::admin::viewer::{Owner, Viewer};
use crate::web::admin::wording::Wording;
use crate::web::http::error::HttpError;
use crate::web::http::form::Form;
use crate::web::http::page::render_page;
use crate::web::state::Web;

use super::steps::{STEPS, is_here, position};

pub fn router() -> Router<Web> {
    Router::new()
        .route("/setup/site", get(site_step).post(save_site))
        .route("/setup/sender", get(sender_step).post(save_sender))
}

/// Settings of a step, as entered or in force, and those that cannot be changed here.
struct Values {
    entered: Form,
    settings: Vec<settings::Setting>,
}

impl Values {
    fn new(web: &Web, entered: Form) -> Self {
        Self {
            settings: settings::all(&web.cx),
            entered,
        }
    }

    fn of(&self, key: &str) -> String {
        let setting = self.settings.iter().find(|setting| setting.key == key);
        let shown = setting.and_then(|setting| setting.shown.as_ref()?.as_str());
        let entered = self.entered.get(key);
        entered.or(shown).unwrap_or_default().to_owned()
    }

    /// Where it was given; `None` where it can be changed here.
    fn origin(&self, key: &str) -> Option<&Origin> {
        let setting = self.settings.iter().find(|setting| setting.key == key);
        match setting.map(|setting| &setting.source) {
            Some(SettingSource::Given(origin)) => Some(origin),
            _ => None,
        }
    }

    fn is_given(&self, key: &str) -> bool {
        self.origin(key).is_some()
    }

    /// Where it was given, in words.
    fn given(&self, wording: &Wording, key: &str) -> String {
        let origin = self.origin(key);
        origin.map_or_else(String::new, |origin| fields::origin_text(wording, origin))
    }

    /// What was entered for these keys and can be changed here.
    fn changes(&self, keys: &[&str]) -> BTreeMap<String, Option<Value>> {
        let entered = keys.iter().filter_map(|key| {
            let value = self.entered.get(key)?.trim();
            let change = ((*key).to_owned(), Some(Value::String(value.to_owned())));
            (!self.is_given(key)).then_some(change)
        });
        entered.collect()
    }
}

/// The question who the user is, where a change needs a recent sign-in.
async fn question(
    web: &Web,
    viewer: &Viewer,
    jar: &CookieJar,
    form: &Form,
    changes: &BTreeMap<String, Option<Value>>,
) -> Result<Option<Response>, HttpError> {
    if !settings::is_sensitive(&web.cx, changes) {
        return Ok(None);
    }
    reauthentication::unless_recent(web, viewer, jar, form, &viewer.path).await
}

/// The element for a setting's error. The relay has several, and what is on no page of the
/// set-up is said of the whole form.
fn on_page(key: &str) -> &str {
    match key {
        "language" | "time_zone" | "public_url" | "from" => key,
        _ => WHOLE,
    }
}

/// Saves, or adds what is wrong to the errors.
async fn change(
    web: &Web,
    viewer: &Viewer,
    changes: &BTreeMap<String, Option<Value>>,
    errors: &mut FormErrors,
) -> Result<bool, HttpError> {
    if changes.is_empty() {
        return Ok(true);
    }
    match settings::change(&web.cx, &viewer.actor(), changes).await {
        Ok(()) => Ok(true),
        Err(SettingsError::Store(error)) => Err(error.into()),
        Err(SettingsError::Invalid(problems)) => {
            for (key, problem) in &problems {
                errors.add(on_page(key), problem);
            }
            Ok(false)
        }
    }
}

#[derive(Template)]
#[template(path = "admin/setup/site.html")]
struct SitePage {
    viewer: Viewer,
    values: Values,
    called: String,
    errors: FormErrors,
}

async fn site_page(
    web: &Web,
    viewer: Viewer,
    form: Form,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let known = site::load(&web.cx).await?;
    let language = web.cx.config().language;
    let known = known.name.get(language.tag()).cloned().unwrap_or_default();
    render_page(&SitePage {
        called: form.get("name").map_or(known, str::to_owned),
        viewer,
        values: Values::new(web, form),
        errors,
    })
}

async fn site_step(
    State(web): State<Web>,
    Owner(viewer): Owner,
) -> Result<Html<String>, HttpError> {
    site_page(&web, viewer, Form::default(), FormErrors::default()).await
}

async fn save_site(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let secret = session::secret(&web, &jar);
    let mut errors = FormErrors::default();
    let name = errors.take("name", Title::parse(form.trimmed("name")));
    let values = Values::new(&web, form.clone());
    let mut changes = values.changes(&["language", "time_zone", "public_url"]);
    let public_url = web.cx.config().public_url.as_ref().map(ToString::to_string);
    // Unchanged: it was checked when it was saved.
    if changes
        .get("public_url")
        .and_then(|url| url.as_ref()?.as_str())
        == public_url.as_deref()
    {
        changes.remove("public_url");
    }
    if let Some(question) = question(&web, &viewer, &jar, &form, &changes).await? {
        return Ok(question);
    }
    if let Some(problem) = public_address_problem(&web, &viewer, &changes, &form).await {
        errors.add("public_url", problem);
    }
    let is_saved = errors.is_empty() && change(&web, &viewer, &changes, &mut errors).await?;
    let Some(name) = name.filter(|_| is_saved) else {
        let html = site_page(&web, viewer, form, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    };
    let mut site = site::load(&web.cx).await?;
    let language = web.cx.config().language;
    site.name
        .insert(language.tag().to_owned(), name.to_string());
    site::save(&web.cx, &viewer.actor(), &site).await?;
    let saved = viewer.t("admin-saved");
    let flash = match changes.get("public_url") {
        Some(Some(url)) if !form.has(ANYWAY) => {
            let reached = viewer.say("admin-setup-reached");
            Flash::good(saved).with(reached.text("url", url.as_str().unwrap_or_default()))
        }
        Some(Some(_)) => Flash::warn(saved).with(viewer.t("admin-setup-not-reached")),
        _ => Flash::good(saved),
    };
    let answer = redirect(&web, "/admin/setup/sender", &flash);
    Ok((session::kept(&web, jar, secret), answer).into_response())
}

#[derive(Template)]
#[template(path = "admin/setup/sender.html")]
struct SenderPage {
    viewer: Viewer,
    values: Values,
    row: relay_form::Row,
    /// How many relays there are: more than one are managed under Settings.
    relays: usize,
    tested: Option<Tested>,
    errors: FormErrors,
}

impl SenderPage {
    fn has_several(&self) -> bool {
        self.relays > 1
    }
}

fn sender_page(
    web: &Web,
    viewer: Viewer,
    form: Form,
    tested: Option<Tested>,
    errors: FormErrors,
) -> Result<Html<String>, HttpError> {
    let known = relay_form::known(&web.cx.config());
    let entered = relay_form::entered(&form);
    render_page(&SenderPage {
        relays: known.len(),
        row: entered
            .into_iter()
            .next()
            .or(known.into_iter().next())
            .unwrap_or_default(),
        viewer,
        values: Values::new(web, form),
        tested,
        errors,
    })
}

async fn sender_step(
    State(web): State<Web>,
    Owner(viewer): Owner,
) -> Result<Html<String>, HttpError> {
    sender_page(&web, viewer, Form::default(), None, FormErrors::default())
}

async fn save_sender(
    State(web): State<Web>,
    Owner(viewer): Owner,
    jar: CookieJar,
    body: Bytes,
) -> Result<Response, HttpError> {
    let form = reauthentication::form(&web, &viewer, &body)?;
    let mut errors = FormErrors::default();
    let values = Values::new(&web, form.clone());
    let config = web.cx.config();
    let known = relay_form::known(&config);
    let is_ours = !values.is_given("smtp_url") && known.len() < 2;
    let mut changes = values.changes(&["from"]);
    if is_ours {
        let kept = relay_form::passwords(&config);
        for row in relay_form::entered(&form).iter().take(1) {
            if let Some(url) = relay_form::url(&viewer, 0, row, &kept, &mut errors) {
                changes.insert("smtp_url".to_owned(), Some(Value::String(url)));
            }
        }
    }
    if errors.is_empty()
        && let Some(question) = question(&web, &viewer, &jar, &form, &changes).await?
    {
        return Ok(question);
    }
    let is_saved = errors.is_empty() && change(&web, &viewer, &changes, &mut errors).await?;
    if !is_saved {
        let html = sender_page(&web, viewer, form, None, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    if form.text("do") != "test" {
        let flash = Flash::good(viewer.t("admin-saved"));
        return Ok(redirect(&web, "/admin/setup/list", &flash));
    }
    let first = relay_form::passwords(&web.cx.config()).into_iter().next();
    let tested = match first {
        Some(relay) => Some(test(&web, &viewer, 0, &relay.to_url()).await),
        None => {
            errors.add("0-host", viewer.t("admin-setup-host-first"));
            None
        }
    };
    Ok(sender_page(&web, viewer, Form::default(), tested, errors)?.into_response())
}

fn password_hint(wording: &Wording, row: &relay_form::Row) -> String {
    if row.has_password() {
        wording.t("admin-settings-keep")
    } else {
        String::new()
    }
}
