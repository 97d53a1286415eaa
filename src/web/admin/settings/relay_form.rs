//! Relays as a form has them.

use crate::config::Config;
use crate::relay::parts::{OPTIONS, RelayParts, Security};
use crate::relay::{self, Relay, RelayUrlError};
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;

/// Relays that one form may have: as many as fit into the setting.
const LIMIT: usize = 2000;

/// A relay as entered, and where its password is kept.
#[derive(Clone, Default)]
pub struct Row {
    pub parts: RelayParts,
    /// Its number among the relays in force.
    pub known_as: Option<usize>,
}

impl Row {
    pub fn has_password(&self) -> bool {
        self.known_as.is_some() && self.parts.password.is_empty() && !self.parts.user.is_empty()
    }

    /// The options that are set; several values of one stand in one text.
    pub fn options(&self) -> Vec<(&'static str, String)> {
        let values = |name: &str| {
            let values = self.parts.options.iter().filter(|(key, _)| key == name);
            let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
            values.join(" ")
        };
        let all = OPTIONS.into_iter().map(|name| (name, values(name)));
        all.filter(|(_, value)| !value.is_empty()).collect()
    }

    fn is_empty(&self) -> bool {
        self.parts.host.is_empty() && self.parts.user.is_empty()
    }
}

/// The relays in force, without their passwords.
pub fn known(config: &Config) -> Vec<Row> {
    let relays = passwords(config).into_iter().enumerate();
    relays
        .map(|(number, parts)| Row {
            known_as: (!parts.password.is_empty()).then_some(number),
            parts: RelayParts {
                password: String::new(),
                ..parts
            },
        })
        .collect()
}

/// The relays in force, with their passwords.
pub fn passwords(config: &Config) -> Vec<RelayParts> {
    let text = config.smtp_url.as_ref().map_or("", |relays| relays.text());
    let urls = relay::urls(text);
    urls.iter()
        .filter_map(|url| RelayParts::of_url(url).ok())
        .collect()
}

/// The rows that were entered; empty ones are skipped.
pub fn entered(form: &Form) -> Vec<Row> {
    (0..LIMIT)
        .take_while(|number| form.has(&format!("{number}-host")))
        .map(|number| {
            let text = |name: &str| form.trimmed(&format!("{number}-{name}")).to_owned();
            let mut options = Vec::new();
            for name in OPTIONS {
                let value = text(name);
                // Several fingerprints stand in one field.
                for value in value.split_whitespace() {
                    options.push((name.to_owned(), value.to_owned()));
                }
            }
            Row {
                known_as: text("known").parse().ok(),
                parts: RelayParts {
                    security: Security::by_name(&text("security")).unwrap_or_default(),
                    host: text("host"),
                    port: text("port"),
                    user: text("user"),
                    // A password may begin or end with a space.
                    password: form.text(&format!("{number}-password")).to_owned(),
                    options,
                },
            }
        })
        .filter(|row| !row.is_empty())
        .collect()
}

/// The URL of a row, with the password that is kept for it, once it is a relay's.
pub fn url(
    wording: &Wording,
    number: usize,
    row: &Row,
    kept: &[RelayParts],
    errors: &mut FormErrors,
) -> Option<String> {
    let mut parts = row.parts.clone();
    if parts.host.contains(['/', '@', '?', '#']) || parts.host.contains(char::is_whitespace) {
        errors.add(
            &format!("{number}-host"),
            wording.t("admin-settings-relay-host-wrong"),
        );
        return None;
    }
    let known = row.known_as.and_then(|known| kept.get(known));
    if parts.password.is_empty()
        && !parts.user.is_empty()
        && parts.option("auth") != "xoauth2"
        && let Some(known) = known
    {
        // To change where a password goes, one must know it.
        if known.host != parts.host || known.user != parts.user || weaker(&parts, known) {
            errors.add(
                &format!("{number}-password"),
                wording.t("admin-settings-password-again"),
            );
            return None;
        }
        parts.password.clone_from(&known.password);
    }
    let url = parts.to_url();
    match url.parse::<Relay>() {
        Ok(_) => Some(url),
        Err(error) => {
            let field = format!("{number}-{}", field_of(&error));
            errors.add(&field, advice(wording, &error));
            None
        }
    }
}

/// Whether a password would go over a connection that proves less, or to another port.
fn weaker(parts: &RelayParts, known: &RelayParts) -> bool {
    let trust = |parts: &RelayParts| {
        let options = ["ca", "fingerprint"].map(|name| parts.option(name).to_owned());
        (parts.security.name(), parts.port.clone(), options)
    };
    trust(parts) != trust(known)
}

/// What to do, in the words of the form.
fn advice(wording: &Wording, error: &RelayUrlError) -> String {
    let key = match error {
        RelayUrlError::WrongValue("helo") => "admin-settings-helo-wrong",
        RelayUrlError::WrongValue("auth") => "admin-settings-auth-wrong",
        RelayUrlError::WrongValue("connections") => "admin-settings-connections-wrong",
        RelayUrlError::WrongValue("weight") => "admin-settings-weight-wrong",
        RelayUrlError::WrongValue("timeout") => "admin-settings-timeout-wrong",
        RelayUrlError::WrongValue(_) => "admin-settings-number-wrong",
        RelayUrlError::OpenPassword => "admin-settings-open-password",
        RelayUrlError::NoPassword => "admin-settings-relay-no-password",
        RelayUrlError::UnusedTrust(_) => "admin-settings-unused-trust",
        RelayUrlError::Malformed | RelayUrlError::Url(_) => "admin-settings-relay-port-wrong",
        other => return wording.explain(other),
    };
    wording.t(key)
}

fn field_of(error: &RelayUrlError) -> &'static str {
    match error {
        RelayUrlError::WrongValue("tls") => "security",
        RelayUrlError::WrongValue(name) => name,
        RelayUrlError::OpenPassword => "security",
        RelayUrlError::NoPassword => "password",
        RelayUrlError::NoTokens => "auth",
        RelayUrlError::Trust(_) | RelayUrlError::UnusedTrust(_) => "ca",
        RelayUrlError::Malformed | RelayUrlError::Url(_) | RelayUrlError::UnknownSetting(_) => {
            "host"
        }
    }
}
