//! The mailbox of returned mail as a form has it.

use crate::config::Config;
use crate::mailbox_url::{MailboxParts, MailboxUrl, MailboxUrlError};
use crate::service_url::ServiceUrlError;
use crate::web::admin::form_errors::FormErrors;
use crate::web::admin::wording::Wording;
use crate::web::http::form::Form;

use super::fields::hint;

/// The setting.
pub const KEY: &str = "mailbox_url";
/// The first of its elements, for what is wrong with all of it.
pub const FIRST: &str = "mailbox-service";

/// Fields: name, phrase of the label, phrase of the hint.
pub const FIELDS: [(&str, &str, &str); 5] = [
    ("mailbox-host", "admin-settings-host", ""),
    (
        "mailbox-port",
        "admin-settings-port",
        "admin-settings-port-hint",
    ),
    ("mailbox-user", "admin-settings-user", ""),
    ("mailbox-password", "admin-settings-password", ""),
    (
        "mailbox-folder",
        "admin-settings-folder",
        "admin-settings-folder-hint",
    ),
];

/// Fields that most mailboxes leave empty.
pub const OPTION_FIELDS: [(&str, &str, &str); 2] = [
    ("mailbox-ca", "admin-settings-ca", "admin-settings-ca-hint"),
    (
        "mailbox-fingerprint",
        "admin-settings-fingerprints",
        "admin-settings-fingerprints-hint",
    ),
];

/// A mailbox as the form shows it, without its password.
#[derive(Clone, Default)]
pub struct MailboxForm {
    pub parts: MailboxParts,
    pub has_password: bool,
}

impl MailboxForm {
    /// What a field shows.
    pub fn value(&self, field: &str) -> String {
        match field {
            "mailbox-host" => self.parts.host.clone(),
            "mailbox-port" => self.parts.port.clone(),
            "mailbox-user" => self.parts.user.clone(),
            "mailbox-folder" => self.parts.folder.clone(),
            "mailbox-ca" => self.parts.option("ca"),
            "mailbox-fingerprint" => self.parts.option("fingerprint"),
            // A password is never sent back to a browser.
            _ => String::new(),
        }
    }

    /// What a field's hint says; `key` is that of [`FIELDS`].
    pub fn hint(&self, wording: &Wording, field: &str, key: &str) -> String {
        if field == "mailbox-password" && self.has_password {
            wording.t("admin-settings-keep")
        } else {
            hint(wording, key)
        }
    }

    pub fn is_service(&self, scheme: &str) -> bool {
        self.parts.scheme == scheme
    }

    pub fn takes_tokens(&self) -> bool {
        self.parts.option("auth") == "xoauth2"
    }

    pub fn has_options(&self) -> bool {
        !self.parts.options.is_empty()
    }
}

pub fn input_type(field: &str) -> &'static str {
    match field {
        "mailbox-password" => "password",
        _ => "text",
    }
}

/// The mailbox in force, with its password.
fn kept(config: &Config) -> MailboxParts {
    let text = config.mailbox_url.as_ref().map(|mailbox| mailbox.text());
    let parts = text.and_then(|text| MailboxParts::of_url(text).ok());
    parts.unwrap_or_default()
}

/// What the form shows: what was entered, or the mailbox in force.
pub fn shown(config: &Config, form: &Form) -> MailboxForm {
    let kept = kept(config);
    MailboxForm {
        has_password: !kept.password.is_empty(),
        parts: MailboxParts {
            password: String::new(),
            ..if is_in(form) { entered(form) } else { kept }
        },
    }
}

/// Whether a form has these fields.
fn is_in(form: &Form) -> bool {
    form.has("mailbox-host")
}

fn entered(form: &Form) -> MailboxParts {
    let text = |name: &str| form.trimmed(&format!("mailbox-{name}")).to_owned();
    let options = MailboxParts::OPTIONS.into_iter().flat_map(|name| {
        let values = text(name);
        let values: Vec<String> = values.split_whitespace().map(str::to_owned).collect();
        values
            .into_iter()
            .map(move |value| (name.to_owned(), value))
    });
    MailboxParts {
        scheme: text("service"),
        host: text("host"),
        port: text("port"),
        user: text("user"),
        // A password may begin or end with a space.
        password: form.text("mailbox-password").to_owned(),
        folder: text("folder"),
        options: options.collect(),
    }
}

/// The URL that was entered, with the password that is kept for it; `None` where nothing
/// changes or something is wrong.
pub fn url(
    wording: &Wording,
    config: &Config,
    form: &Form,
    errors: &mut FormErrors,
) -> Option<String> {
    if !is_in(form) {
        return None;
    }
    let (mut parts, kept) = (entered(form), kept(config));
    if parts.host.is_empty() && parts.user.is_empty() && kept.host.is_empty() {
        return None;
    }
    if parts.host.is_empty()
        || parts.host.contains(['/', '@', '?', '#'])
        || parts.host.contains(char::is_whitespace)
    {
        errors.add(
            "mailbox-host",
            wording.t("admin-settings-mailbox-host-wrong"),
        );
        return None;
    }
    if parts.password.is_empty() && parts.option("auth") != "xoauth2" && !kept.password.is_empty() {
        // To change where a password goes, one must know it.
        let destination = |parts: &MailboxParts| {
            let MailboxParts {
                scheme,
                host,
                port,
                user,
                ..
            } = parts.clone();
            (
                scheme,
                host,
                port,
                user,
                parts.option("ca"),
                parts.option("fingerprint"),
            )
        };
        if destination(&parts) != destination(&kept) {
            errors.add(
                "mailbox-password",
                wording.t("admin-settings-password-again"),
            );
            return None;
        }
        parts.password.clone_from(&kept.password);
    }
    let url = parts.to_url();
    match url.parse::<MailboxUrl>() {
        Ok(_) => (parts != kept).then_some(url),
        Err(error) => {
            let (field, advice) = advice(wording, &error);
            errors.add(field, advice);
            None
        }
    }
}

/// The field that is wrong, and what to do.
fn advice(wording: &Wording, error: &MailboxUrlError) -> (&'static str, String) {
    let (field, key) = match error {
        MailboxUrlError::NoUser => ("mailbox-user", "admin-settings-user-missing"),
        MailboxUrlError::NoPassword => ("mailbox-password", "admin-settings-password-missing"),
        MailboxUrlError::LineBreak => ("mailbox-password", "admin-settings-one-line"),
        MailboxUrlError::Url(ServiceUrlError::NoHost | ServiceUrlError::Zone) => {
            ("mailbox-host", "admin-settings-mailbox-host-wrong")
        }
        MailboxUrlError::Url(_) => ("mailbox-host", "admin-settings-mailbox-port-wrong"),
        MailboxUrlError::Trust(error) => return ("mailbox-ca", wording.explain(error)),
        other => return ("mailbox-host", wording.explain(other)),
    };
    (field, wording.t(key))
}
