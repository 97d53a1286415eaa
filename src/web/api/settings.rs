//! Settings of the installation.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::address::EmailAddress;
use crate::inbound::mailbox;
use crate::settings::export::{self, Secrets};
use crate::settings::{self, Setting, SettingSource, SettingsError};
use crate::transactional::relay_test::{self, RelayTestError};
use crate::web::api::bearer::Owner;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, field};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A setting.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SettingBody {
    /// Its name in the configuration file.
    key: String,
    /// What is in force, URLs without their passwords. `null` if it is not set, or a secret.
    value: Option<Value>,
    /// Whether it differs from the default.
    is_set: bool,
    /// Whether it can be changed by this call.
    is_changeable: bool,
    /// Where it comes from, such as `set by JARSHY_SMTP_URL`, which takes precedence; `stored`
    /// for what was set here or on the admin pages; or `default`.
    origin: String,
    /// Why what is stored is not in force.
    problem: Option<String>,
}

impl From<Setting> for SettingBody {
    fn from(setting: Setting) -> Self {
        Self {
            is_changeable: setting.is_changeable(),
            origin: match &setting.source {
                SettingSource::Default | SettingSource::Process(None) => "default".to_owned(),
                SettingSource::Stored => "stored".to_owned(),
                SettingSource::Given(origin) | SettingSource::Process(Some(origin)) => {
                    origin.to_string()
                }
            },
            key: setting.key,
            value: setting.shown,
            is_set: setting.is_set,
            problem: setting.problem,
        }
    }
}

fn page(web: &Web) -> Json<Page<SettingBody>> {
    Json(Page::whole(settings::all(&web.cx)).map(SettingBody::from))
}

/// List the settings
#[utoipa::path(get, path = "/settings", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = Page<SettingBody>)))]
pub async fn index(
    _owner: Owner,
    State(web): State<Web>,
) -> Result<Json<Page<SettingBody>>, HttpError> {
    Ok(page(&web))
}

/// Settings to change.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeSettings {
    /// By key; `null` restores the default. Others stay unchanged.
    settings: BTreeMap<String, Option<Value>>,
}

/// Change settings
///
/// They are in force at once, in other processes within a second or two.
#[utoipa::path(patch, path = "/settings", tag = "settings", security(("bearer" = [])),
    request_body = ChangeSettings, responses((status = 200, body = Page<SettingBody>)))]
pub async fn change(
    Owner(caller): Owner,
    State(web): State<Web>,
    Body(change): Body<ChangeSettings>,
) -> Result<Json<Page<SettingBody>>, HttpError> {
    settings::change(&web.cx, &caller.actor(), &change.settings).await?;
    Ok(page(&web))
}

/// Export the settings as a configuration file
///
/// Passwords and keys are left out.
#[utoipa::path(get, path = "/settings/export", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = String, content_type = "application/toml")))]
pub async fn export(Owner(caller): Owner, State(web): State<Web>) -> Result<Response, HttpError> {
    let text = export::toml(&web.cx, &caller.actor(), Secrets::LeftOut).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/toml"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// A relay to test.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct TestRelay {
    /// Its number among the relays, counted from 1.
    #[serde(default = "first")]
    relay: usize,
    /// The recipient. Default: the token's user.
    to: Option<String>,
}

fn first() -> usize {
    1
}

/// What a relay said.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RelayTestBody {
    is_accepted: bool,
    /// The relay's reply, or why there is none.
    reply: String,
}

/// Send a test email over one relay
///
/// At once and past the queue. That the relay accepts it does not mean that it arrives.
#[utoipa::path(post, path = "/settings/relay-test", tag = "settings", security(("bearer" = [])),
    request_body = TestRelay, responses((status = 200, body = RelayTestBody)))]
pub async fn test_relay(
    Owner(caller): Owner,
    State(web): State<Web>,
    Body(test): Body<TestRelay>,
) -> Result<Json<RelayTestBody>, HttpError> {
    let to = match &test.to {
        Some(to) => EmailAddress::parse(to).map_err(|error| field("to")(&error))?,
        None => caller.0.email.clone(),
    };
    match relay_test::send_over(&web.cx, test.relay, &to).await {
        Ok(reply) => Ok(Json(RelayTestBody {
            is_accepted: true,
            reply: reply.to_string(),
        })),
        Err(error @ RelayTestError::Unknown(_)) => Err(HttpError::field("relay", &error)),
        Err(error) => Ok(Json(RelayTestBody {
            is_accepted: false,
            reply: error.to_string(),
        })),
    }
}

/// Whether the mailbox of returned mail can be opened.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MailboxCheckBody {
    is_opened: bool,
    /// How many emails are in it.
    emails: Option<u32>,
    /// Why it cannot be opened.
    problem: Option<String>,
}

/// Check the mailbox of returned mail
///
/// Signs in and changes nothing in it.
#[utoipa::path(post, path = "/settings/mailbox-check", tag = "settings", security(("bearer" = [])),
    responses((status = 200, body = MailboxCheckBody)))]
pub async fn check_mailbox(
    _owner: Owner,
    State(web): State<Web>,
) -> Result<Json<MailboxCheckBody>, HttpError> {
    let checked = mailbox::check(&web.cx).await;
    Ok(Json(MailboxCheckBody {
        is_opened: matches!(checked, Ok(Some(_))),
        emails: checked.as_ref().ok().copied().flatten(),
        problem: match checked {
            Ok(Some(_)) => None,
            Ok(None) => Some("there is no mailbox".to_owned()),
            Err(error) => Some(error.to_string()),
        },
    }))
}

impl From<SettingsError> for HttpError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            SettingsError::Invalid(problems) => match problems.first_key_value() {
                Some((key, problem)) => HttpError::field(format!("settings.{key}"), problem),
                None => HttpError::Internal,
            },
        }
    }
}
