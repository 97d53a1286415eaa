//! Settings that are made on the admin pages, and by the API alike.
//!
//! They are stored encrypted, and in force in every process within a second. Flags,
//! environment and file take precedence over them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::account::audit;
use crate::config::stored::{CHANGEABLE, Problems, canonical};
use crate::config::{Config, Origin};
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::store::{Db, StoreError, configuration};
use crate::token::Purpose;

pub mod export;
mod redacted;
pub mod sender_use;
pub mod senders;

pub use redacted::redacted;

/// How often a process looks for changes by others.
pub const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// The name of the task.
pub const TASK: &str = "settings";

/// Why settings are not changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// What is wrong, by key.
    #[error("{}", named(.0))]
    Invalid(Problems),
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn named(problems: &Problems) -> String {
    let each = problems
        .iter()
        .map(|(key, problem)| format!("{key}: {problem}"));
    each.collect::<Vec<_>>().join("; ")
}

/// A setting and where its value comes from.
#[derive(Debug, Clone)]
pub struct Setting {
    pub key: String,
    /// Without its secrets; `None` where it is not set or is nothing but a secret.
    pub shown: Option<Value>,
    pub is_set: bool,
    pub is_secret: bool,
    pub source: SettingSource,
    /// Why what is stored is not in force.
    pub problem: Option<String>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingSource {
    Default,
    /// The admin pages or the API.
    Stored,
    /// Flags, environment or file.
    Given(Origin),
    /// About the process: only flags, environment or file can set it.
    Process(Option<Origin>),
}

impl Setting {
    pub fn is_changeable(&self) -> bool {
        matches!(self.source, SettingSource::Default | SettingSource::Stored)
    }
}

/// Every setting in force.
pub fn all(cx: &Context) -> Vec<Setting> {
    let config = cx.config();
    let stored = cx.live.stored();
    let origins = &cx.live.given().origins;
    let defaults = Config::default().values();
    let values = config.values().into_iter();
    let setting = |(key, value): (String, Value)| {
        let origin = origins.get(&key).cloned();
        let source = match origin {
            origin if !CHANGEABLE.contains(&key.as_str()) => SettingSource::Process(origin),
            Some(origin) => SettingSource::Given(origin),
            None if stored.values.contains_key(&key) => SettingSource::Stored,
            None => SettingSource::Default,
        };
        Setting {
            is_set: defaults.get(&key) != Some(&value),
            is_secret: crate::config::is_secret(&key),
            shown: redacted(&key, &value),
            problem: stored.problems.get(&key).cloned(),
            source,
            key,
        }
    };
    values.map(setting).collect()
}

/// Changes settings, `None` back to their defaults, all or none. What is the same already is
/// no change.
///
/// # Errors
/// [`SettingsError::Invalid`] says what is wrong with which.
pub async fn change(
    cx: &Context,
    by: &Actor,
    changes: &BTreeMap<String, Option<Value>>,
) -> Result<(), SettingsError> {
    let given = cx.live.given();
    let mut wrong = Problems::new();
    let mut wanted = BTreeMap::new();
    for (key, value) in changes {
        let value = value.clone().filter(|value| !is_empty(value));
        let value = match (given.origins.get(key), value) {
            _ if !CHANGEABLE.contains(&key.as_str()) => {
                Err("is not a setting that can be changed here".to_owned())
            }
            (Some(origin), _) => Err(format!(
                "is {origin}, which takes precedence; change it there"
            )),
            (None, Some(value)) => canonical(key, value).map(Some),
            (None, None) => Ok(None),
        };
        match value {
            Ok(value) => {
                wanted.insert(key.clone(), value);
            }
            Err(problem) => {
                wrong.insert(key.clone(), problem);
            }
        }
    }
    let mut db = cx.store.write().await?;
    configuration::set_version(&mut db, rand::random::<i64>()).await?;
    let (mut values, unreadable) = read(cx, &mut db).await?;
    let unstored = given.values();
    // The audit log names what has changed, and no form of it all.
    wanted.retain(|key, value| {
        let is_same = match value {
            Some(value) => values.get(key).or(unstored.get(key)) == Some(&*value),
            None => !values.contains_key(key),
        };
        !is_same || unreadable.contains_key(key)
    });
    if wanted.is_empty() && wrong.is_empty() {
        return Ok(());
    }
    let (config_before, before) = given.with_stored(&values);
    for (key, value) in &wanted {
        match value {
            Some(value) => values.insert(key.clone(), value.clone()),
            None => values.remove(key),
        };
    }
    // What was wrong before, and is not changed, stops nobody from mending the rest.
    let (config, problems) = given.with_stored(&values);
    wrong.extend(
        problems
            .into_iter()
            .filter(|(key, problem)| wanted.contains_key(key) || before.get(key) != Some(problem)),
    );
    if let Some(problem) = sender_use::obstacle(&mut db, &config_before, &config).await? {
        wrong.entry(sender_use::KEY.to_owned()).or_insert(problem);
    }
    if !wrong.is_empty() {
        return Err(SettingsError::Invalid(wrong));
    }
    let now = cx.clock.now();
    for (key, value) in &wanted {
        match value {
            Some(value) => {
                let text = value.to_string();
                let value = cx.keys.encrypt(Purpose::Setting, text.as_bytes());
                configuration::set(&mut db, key, &value, now).await?;
            }
            None => configuration::delete(&mut db, key).await?,
        }
    }
    let keys: Vec<&str> = wanted.keys().map(String::as_str).collect();
    audit::record(
        &mut db,
        by,
        AuditAction::SettingsChange,
        keys.join(", "),
        now,
    )
    .await?;
    db.commit().await?;
    Ok(reload(cx).await?)
}

/// Settings that decide where mail and its links lead, through what mail goes, or as whom, and
/// who signs in.
/// Somebody at an unlocked computer must not change them, nor any secret.
const SENSITIVE: [&str; 17] = [
    "public_url",
    "from",
    "senders",
    "reply_to",
    "bounce_domain",
    "ses_topic",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_scopes",
    "oidc_name",
    "oidc_role_claim",
    "oidc_roles",
    "oidc_domains",
    "oidc_create_users",
    "oidc_link_by_email",
    "oidc_has_second_factor",
    "local_sign_in",
];

/// Whether one of these changes is to a setting that only somebody who has proved lately who
/// they are may change. What cannot be a value is no change: it is refused anyway.
pub fn is_sensitive(cx: &Context, changes: &BTreeMap<String, Option<Value>>) -> bool {
    let (current, defaults) = (cx.config().values(), Config::default().values());
    changes.iter().any(|(key, value)| {
        let wanted = match value {
            Some(value) if !is_empty(value) => canonical(key, value.clone()).ok(),
            _ => defaults.get(key).cloned(),
        };
        let is_guarded = crate::config::is_secret(key) || SENSITIVE.contains(&key.as_str());
        is_guarded && wanted.is_some_and(|wanted| current.get(key) != Some(&wanted))
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Puts what is stored in force.
pub async fn reload(cx: &Context) -> Result<(), StoreError> {
    let mut db = cx.store.read().await?;
    // A change after this is seen by the next look.
    let version = configuration::version(&mut db).await?;
    let (values, unreadable) = read(cx, &mut db).await?;
    drop(db);
    cx.live.apply(version, values, unreadable);
    let months = cx.config().engagement_months();
    cx.store.set_engagement_months(months);
    for (key, problem) in &cx.live.stored().problems {
        tracing::error!(key, problem, "a stored setting is not in force");
    }
    Ok(())
}

/// What is stored, and what of it cannot be read.
async fn read(
    cx: &Context,
    db: &mut Db,
) -> Result<(BTreeMap<String, Value>, Problems), StoreError> {
    let (mut values, mut unreadable) = (BTreeMap::new(), Problems::new());
    for (key, encrypted) in configuration::all(db).await? {
        let value = cx.keys.decrypt(Purpose::Setting, &encrypted).ok();
        match value.and_then(|text| serde_json::from_slice(&text).ok()) {
            Some(value) => {
                values.insert(key, value);
            }
            None => {
                let problem = "was encrypted under another secret key; enter it again";
                unreadable.insert(key, problem.to_owned());
            }
        }
    }
    Ok((values, unreadable))
}

/// What is stored and is no secret, by its key.
pub async fn plain(cx: &Context, db: &mut Db) -> Result<BTreeMap<String, Value>, StoreError> {
    let (mut values, _) = read(cx, db).await?;
    values.retain(|key, _| !crate::config::is_secret(key));
    Ok(values)
}

/// Stores a setting of another installation, within the transaction that takes all of it.
///
/// # Errors
/// [`SettingsError::Invalid`] says what is wrong with it.
pub async fn take(cx: &Context, db: &mut Db, key: &str, value: Value) -> Result<(), SettingsError> {
    let is_known = CHANGEABLE.contains(&key) && !crate::config::is_secret(key);
    let value = if is_known {
        canonical(key, value)
    } else {
        Err("is not a setting that can be taken over".to_owned())
    };
    let invalid =
        |problem: String| SettingsError::Invalid(Problems::from([(key.to_owned(), problem)]));
    let value = value.map_err(invalid)?;
    let alone = BTreeMap::from([(key.to_owned(), value.clone())]);
    let problems = Config::default().with_stored(&alone).1;
    if let Some(problem) = problems.into_iter().find(|(wrong, _)| wrong == key) {
        return Err(invalid(problem.1));
    }
    let text = value.to_string();
    let value = cx.keys.encrypt(Purpose::Setting, text.as_bytes());
    configuration::set_version(db, rand::random::<i64>()).await?;
    Ok(configuration::set(db, key, &value, cx.clock.now()).await?)
}

/// Looks for changes by other processes until `stop`.
pub async fn poll(cx: Context, stop: CancellationToken) {
    while !stop.is_cancelled() {
        cx.health.heartbeat(TASK);
        if let Err(error) = look(&cx).await {
            tracing::error!(%error, "the settings cannot be read");
        }
        let _ = tokio::time::timeout(POLL_INTERVAL, stop.cancelled()).await;
    }
}

async fn look(cx: &Context) -> Result<(), StoreError> {
    let version = configuration::version(&mut cx.store.read().await?).await?;
    if version != cx.live.stored().version {
        reload(cx).await?;
    }
    Ok(())
}
