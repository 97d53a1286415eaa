//! Settings made on the admin pages: which there are, and how they join those that were given.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::engagement_months::OutOfBounds;
use super::load::typed;
use super::{AttachmentLimit, Config, EngagementMonths, SendDelay, public_path};

/// The settings that can be changed while the application runs. All others are about the
/// process, and only flags, environment and file set them.
pub const CHANGEABLE: [&str; 44] = [
    "public_url",
    "language",
    "languages",
    "time_zone",
    "from",
    "senders",
    "reply_to",
    "send_delay",
    "approval",
    "engagement",
    "engagement_retention_months",
    "attachment_limit",
    "smtp_url",
    "smtp_oauth",
    "ehlo",
    "bounce_domain",
    "domain_limits",
    "mailbox_url",
    "mailbox_oauth",
    "mailbox_interval",
    "soft_bounce_limit",
    "hard_bounce_limit",
    "complaint_limit",
    "ses_topic",
    "postmark_secret",
    "sendgrid_key",
    "mailgun_key",
    "brevo_secret",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_scopes",
    "oidc_name",
    "oidc_role_claim",
    "oidc_roles",
    "oidc_domains",
    "oidc_create_users",
    "oidc_link_by_email",
    "oidc_has_second_factor",
    "local_sign_in",
    "join_limit_per_network",
    "confirmation_interval",
    "confirmation_lifetime",
    "listmonk_api",
];

/// Bytes of a setting; relays may be many.
const LENGTH_LIMIT: usize = 16 * 1024;

/// What is wrong with settings, by key.
pub type Problems = BTreeMap<String, String>;

impl Config {
    /// What was given here together with what is stored, which never takes precedence. A stored
    /// setting that cannot be used is left out, and is among the problems.
    pub fn with_stored(&self, stored: &BTreeMap<String, Value>) -> (Self, Problems) {
        let mut config = self.clone();
        let mut problems = Problems::new();
        for (key, value) in stored {
            if self.origins.contains_key(key) {
                continue;
            }
            match config.with(key, value.clone()) {
                Ok(changed) => config = changed,
                Err(problem) => {
                    problems.insert(key.clone(), problem);
                }
            }
        }
        if let Err(error) = config.relays() {
            problems.insert("smtp_url".to_owned(), error.to_string());
        }
        if let Err(error) = config.mailbox() {
            problems.insert("mailbox_url".to_owned(), error.to_string());
        }
        if config.oidc_create_users && !config.creates_users() {
            let problem = "would let in everybody whom the provider knows; \
                           enter domains, or values that give roles, too";
            problems.insert("oidc_create_users".to_owned(), problem.to_owned());
        }
        if config.require_tls
            && let Some(unprotected) = config.unprotected_mailbox()
        {
            problems.insert("mailbox_url".to_owned(), unprotected.to_owned());
        }
        (config, problems)
    }

    /// This configuration with another value of one setting. Text is read as in a variable.
    fn with(&self, key: &str, value: Value) -> Result<Self, String> {
        let mut values = self.values();
        let Some(known) = values.get_mut(key).filter(|_| CHANGEABLE.contains(&key)) else {
            return Err("is not a setting that can be changed here".to_owned());
        };
        *known = canonical(key, value)?;
        let changed = serde_json::from_value::<Self>(Value::Object(values));
        let changed = changed.map_err(|error| explain(key, &error.to_string()))?;
        changed.check_public_url()?;
        Ok(Self {
            origins: self.origins.clone(),
            unknown_variables: self.unknown_variables.clone(),
            ..changed
        })
    }

    /// Every setting, as the file would hold it.
    pub fn values(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(values)) => values,
            // A struct of plain values, which JSON can always hold.
            _ => unreachable!(),
        }
    }

    fn check_public_url(&self) -> Result<(), String> {
        let Some(url) = &self.public_url else {
            return Ok(());
        };
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_plain {
            Err(explain("public_url", ""))
        } else if public_path::is_own(&self.site_languages(), self.public_path()) {
            Err(format!(
                "the site itself has pages at {}; choose another path, such as /news",
                self.public_path()
            ))
        } else {
            Ok(())
        }
    }
}

/// A value of the kind that the setting has.
pub fn canonical(key: &str, value: Value) -> Result<Value, String> {
    let defaults = Config::default().values();
    let default = defaults.get(key).unwrap_or(&Value::Null);
    let value = match value {
        Value::String(text) if text.len() > LENGTH_LIMIT => {
            return Err(format!("must have at most {LENGTH_LIMIT} bytes"));
        }
        Value::String(text) => typed(default, text.trim().to_owned())?,
        other => other,
    };
    if key == "engagement_retention_months" && value.is_number() {
        // Both bounds at once: who tries to keep it for ever wants to know how long one may.
        let months = value.as_u64().ok_or(OutOfBounds);
        let months = months.and_then(EngagementMonths::try_from);
        return months.map(|_| value).map_err(|error| error.to_string());
    }
    match &value {
        Value::Number(number) if number.as_u64().is_some_and(|number| number > most(key)) => {
            Err(format!("must be at most {}", most(key)))
        }
        Value::Number(number) if number.as_u64().is_none_or(|number| number < least(key)) => {
            Err(format!("must be a whole number, {} or more", least(key)))
        }
        _ => Ok(value),
    }
}

/// A second confirmation may follow at once, and a campaign start so; a limit of zero would stop
/// everything.
fn least(key: &str) -> u64 {
    match key {
        "attachment_limit" | "confirmation_interval" | "send_delay" => 0,
        _ => 1,
    }
}

/// Ten years, or what the setting says: a time that is meant to be longer is a slip.
fn most(key: &str) -> u64 {
    match key {
        "confirmation_interval" | "confirmation_lifetime" | "mailbox_interval" => {
            10 * 365 * 24 * 3600
        }
        "attachment_limit" => AttachmentLimit::MOST,
        "send_delay" => SendDelay::MOST,
        _ => u64::MAX,
    }
}

/// What to do, where the parser's words do not say it.
fn explain(key: &str, error: &str) -> String {
    match key {
        "public_url" => {
            "must be the address that visitors use, such as https://news.example.org".to_owned()
        }
        _ if error.starts_with("invalid value: integer") => "is too large".to_owned(),
        _ if error.starts_with("invalid type") => format!("has the wrong kind of value: {error}"),
        _ => error.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Origin;

    fn stored(pairs: &[(&str, Value)]) -> BTreeMap<String, Value> {
        let owned = |(key, value): &(&str, Value)| ((*key).to_owned(), value.clone());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn what_is_given_takes_precedence_over_what_is_stored() {
        let mut given = Config {
            from: Some("given@example.org".parse().unwrap()),
            ..Config::default()
        };
        let origin = Origin::Variable("JARSHY_FROM".to_owned());
        given.origins.insert("from".to_owned(), origin);
        let (config, problems) = given.with_stored(&stored(&[
            ("from", json!("stored@example.org")),
            ("soft_bounce_limit", json!("7")),
            ("time_zone", json!("Asia/Almaty")),
        ]));
        assert_eq!(config.from.unwrap().to_string(), "given@example.org");
        assert_eq!(config.soft_bounce_limit, 7);
        assert_eq!(config.time_zone.name(), "Asia/Almaty");
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn one_bad_setting_is_left_out_and_named() {
        let (config, problems) = Config::default().with_stored(&stored(&[
            ("time_zone", json!("Mars/Olympus")),
            ("soft_bounce_limit", json!(0)),
            ("hard_bounce_limit", json!(u64::MAX)),
            ("public_url", json!("https://example.org/admin")),
            ("from", json!("news@example.org")),
            ("listen", json!("0.0.0.0:80")),
            (
                "smtp_url",
                json!("smtp://me@relay.example.org?auth=xoauth2"),
            ),
        ]));
        let keys: Vec<&str> = problems.keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "hard_bounce_limit",
                "listen",
                "public_url",
                "smtp_url",
                "soft_bounce_limit",
                "time_zone"
            ]
        );
        assert_eq!(config.from.unwrap().to_string(), "news@example.org");
        assert_eq!(config.soft_bounce_limit, 5);
        assert_eq!(config.listen, Config::default().listen);
    }

    #[test]
    fn every_changeable_setting_is_one() {
        let values = Config::default().values();
        for key in CHANGEABLE {
            assert!(values.contains_key(key), "{key}");
        }
    }
}
