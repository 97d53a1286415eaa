//! The mailbox of returned mail as a form has it.

use crate::config::Config;
use crate::mailbox_url::{MailboxParts, MailboxUrl, MailboxUrlError};
use crate::service_url::ServiceUrlError;
use crate::web::admin::form_errors::FormErrors;
use crate::web::http::form::Form;

/// The setting.
pub const KEY: &str = "mailbox_url";

/// Fields: name, label, hint.
pub const FIELDS: [(&str, &str, &str); 5] = [
    ("mailbox-host", "Host", ""),
    ("mailbox-port", "Port", "Empty for the usual one."),
    ("mailbox-user", "User", ""),
    ("mailbox-password", "Password", ""),
    ("mailbox-folder", "Folder", "Of IMAP; the inbox if empty."),
];

/// Fields that most mailboxes leave empty.
pub const OPTION_FIELDS: [(&str, &str, &str); 2] = [
    (
        "mailbox-ca",
        "File of authorities",
        "A PEM file on the server.",
    ),
    (
        "mailbox-fingerprint",
        "Fingerprints",
        "sha256:…, separated by spaces.",
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

    pub fn hint(&self, field: &str, hint: &'static str) -> &'static str {
        if field == "mailbox-password" && self.has_password {
            "Leave it empty to keep it."
        } else {
            hint
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
pub fn url(config: &Config, form: &Form, errors: &mut FormErrors) -> Option<String> {
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
        errors.add("mailbox-host", "enter a host, such as imap.example.org");
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
                "enter the password again, since where it is sent to has changed",
            );
            return None;
        }
        parts.password.clone_from(&kept.password);
    }
    let url = parts.to_url();
    match url.parse::<MailboxUrl>() {
        Ok(_) => (parts != kept).then_some(url),
        Err(error) => {
            let (field, advice) = advice(&error);
            errors.add(field, &advice);
            None
        }
    }
}

/// The field that is wrong, and what to do.
fn advice(error: &MailboxUrlError) -> (&'static str, String) {
    match error {
        MailboxUrlError::NoUser => ("mailbox-user", "enter the user".to_owned()),
        MailboxUrlError::NoPassword => ("mailbox-password", "enter the password".to_owned()),
        MailboxUrlError::LineBreak => ("mailbox-password", "must be one line".to_owned()),
        MailboxUrlError::Url(ServiceUrlError::NoHost | ServiceUrlError::Zone) => (
            "mailbox-host",
            "enter a host, such as imap.example.org".to_owned(),
        ),
        MailboxUrlError::Url(_) => (
            "mailbox-host",
            "enter a host, such as imap.example.org, and a port from 1 to 65535 or none".to_owned(),
        ),
        MailboxUrlError::Trust(error) => ("mailbox-ca", error.to_string()),
        other => ("mailbox-host", other.to_string()),
    }
}
