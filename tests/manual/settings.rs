//! The configuration reference, from the fields of `Config`, their comments and
//! their defaults.

use std::fmt::Write as _;

use jarshy::config::Config;
use serde_json::{Map, Value};

use crate::{hold_page, root};

/// Settings by what they are about. A setting that is named nowhere comes last.
const GROUPS: [(&str, &[&str]); 7] = [
    (
        "Server",
        &[
            "database_url",
            "listen",
            "public_url",
            "secret_key",
            "trusted_proxies",
            "require_tls",
        ],
    ),
    (
        "Sending",
        &[
            "from",
            "smtp_url",
            "smtp_oauth",
            "ehlo",
            "bounce_domain",
            "domain_limits",
            "lease",
        ],
    ),
    (
        "Bounces and replies",
        &[
            "inbound",
            "mailbox_url",
            "mailbox_interval",
            "mailbox_oauth",
            "reply_to",
            "soft_bounce_limit",
            "hard_bounce_limit",
            "complaint_limit",
            "ses_topic",
            "postmark_secret",
            "sendgrid_key",
            "mailgun_key",
            "brevo_secret",
        ],
    ),
    (
        "Joining",
        &[
            "join_limit_per_network",
            "confirmation_interval",
            "confirmation_lifetime",
        ],
    ),
    ("Site", &["time_zone", "language"]),
    ("Logs and metrics", &["log", "log_format", "metrics_token"]),
    ("Other networks", &["webhook_hosts", "dns_server"]),
];

/// One setting as the code has it.
pub struct Setting {
    pub key: String,
    pub comment: String,
    /// Whether a file may hold it (`…_FILE`).
    pub is_secret: bool,
}

/// Every setting, in the order of the fields of `Config`.
pub fn all() -> Vec<Setting> {
    let between = |file: &str, start: &str, end: &str| {
        let code = std::fs::read_to_string(root().join(file)).unwrap();
        let (_, rest) = code.split_once(start).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    let secrets = between("src/config/load.rs", "const SECRETS", "];");
    let mut settings = Vec::new();
    let (mut comment, mut is_skipped) = (String::new(), false);
    for line in between("src/config/mod.rs", "pub struct Config {", "\n}")
        .lines()
        .map(str::trim)
    {
        if let Some(text) = line.strip_prefix("///") {
            comment.push_str(text);
        } else if line.starts_with("#[") {
            is_skipped |= line.contains("skip");
        } else if let Some(field) = line.strip_prefix("pub ") {
            let (key, _) = field.split_once(':').unwrap();
            if !is_skipped {
                settings.push(Setting {
                    key: key.to_owned(),
                    comment: comment.trim().to_owned(),
                    is_secret: secrets.contains(&format!("\"{key}\"")),
                });
            }
            (comment, is_skipped) = (String::new(), false);
        }
    }
    settings
}

fn default(value: &Value) -> String {
    match value {
        Value::Null => "not set".to_owned(),
        Value::Array(items) if items.is_empty() => "not set".to_owned(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            format!("`{}`", items.join(","))
        }
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

fn page(settings: &[Setting], defaults: &Map<String, Value>) -> String {
    let mut page = String::new();
    let named = |key: &str| GROUPS.iter().any(|(_, keys)| keys.contains(&key));
    let rest: Vec<_> = settings
        .iter()
        .map(|setting| setting.key.as_str())
        .filter(|key| !named(key))
        .collect();
    let groups = GROUPS.iter().map(|(title, keys)| (*title, keys.to_vec()));
    for (title, keys) in groups.chain([("Other", rest)]) {
        if keys.is_empty() {
            continue;
        }
        write!(
            page,
            "\n## {title}\n\n| variable | default | meaning |\n| --- | --- | --- |\n"
        )
        .unwrap();
        for key in keys {
            let setting = settings.iter().find(|setting| setting.key == key);
            let setting = setting.unwrap_or_else(|| panic!("{key} is in a group and no setting"));
            let variable = format!("JARSHY_{}", key.to_uppercase());
            let by_file = match setting.is_secret {
                true => format!("<br>or `{variable}_FILE`"),
                false => String::new(),
            };
            let default = default(&defaults[key]);
            let comment = setting.comment.replace('|', "\\|");
            writeln!(page, "| `{variable}`{by_file} | {default} | {comment} |").unwrap();
        }
    }
    page
}

#[test]
fn the_configuration_reference_lists_every_setting() {
    let Value::Object(defaults) = serde_json::to_value(Config::default()).unwrap() else {
        panic!("the configuration is no object");
    };
    let settings = all();
    let keys: Vec<_> = settings.iter().map(|setting| &setting.key).collect();
    for key in defaults.keys() {
        assert!(keys.contains(&key), "{key} is missing");
    }
    assert_eq!(keys.len(), defaults.len());
    hold_page("configuration.md", &page(&settings, &defaults));
}
