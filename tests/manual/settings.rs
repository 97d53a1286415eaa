//! The configuration reference, from the fields of `Config`, their comments and
//! their defaults.

use std::fmt::Write as _;

use jarshy::config::Config;
use serde_json::{Map, Value};

use crate::{hold_page, root};

/// Settings by what they are about. A setting that is named nowhere comes last.
const GROUPS: [(&str, &[&str]); 11] = [
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
        "HTTPS",
        &[
            "tls_cert",
            "tls_key",
            "acme_email",
            "acme_directory",
            "acme_ca",
            "http_redirect_listen",
        ],
    ),
    (
        "Sending",
        &[
            "from",
            "senders",
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
            "lease",
            "delivery_retention_months",
        ],
    ),
    (
        "Sign-in",
        &[
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
    (
        "Backups",
        &[
            "backup_dir",
            "backup_interval",
            "backup_keep",
            "backup_passphrase",
        ],
    ),
    ("Logs and metrics", &["log", "log_format", "metrics_token"]),
    ("Other networks", &["webhook_hosts", "dns_server"]),
    ("Other programs", &["listmonk_api"]),
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

/// Settings by groups, without empty groups.
fn groups(settings: &[Setting]) -> Vec<(&'static str, Vec<&Setting>)> {
    let named = |key: &str| GROUPS.iter().any(|(_, keys)| keys.contains(&key));
    let find = |key: &&str| {
        let found = settings.iter().find(|setting| setting.key == **key);
        found.unwrap_or_else(|| panic!("{key} is in a group and no setting"))
    };
    let rest = settings.iter().filter(|setting| !named(&setting.key));
    GROUPS
        .iter()
        .map(|(title, keys)| (*title, keys.iter().map(find).collect()))
        .chain([("Other", rest.collect())])
        .filter(|(_, settings): &(_, Vec<_>)| !settings.is_empty())
        .collect()
}

fn page(settings: &[Setting], defaults: &Map<String, Value>) -> String {
    let mut page = String::new();
    for (title, settings) in groups(settings) {
        write!(
            page,
            "\n## {title}\n\n| variable | default | meaning |\n| --- | --- | --- |\n"
        )
        .unwrap();
        for setting in settings {
            let variable = format!("JARSHY_{}", setting.key.to_uppercase());
            let by_file = if setting.is_secret {
                format!("<br>or `{variable}_FILE`")
            } else {
                String::new()
            };
            let default = default(&defaults[&setting.key]);
            let comment = setting.comment.replace('|', "\\|");
            writeln!(page, "| `{variable}`{by_file} | {default} | {comment} |").unwrap();
        }
    }
    page
}

/// The configuration file of packages: every setting as a comment, with its default.
fn sample_file(settings: &[Setting], defaults: &Map<String, Value>) -> String {
    let mut file = SAMPLE_HEAD.to_owned();
    for (title, settings) in groups(settings) {
        write!(file, "\n\n# {title} {}\n", "-".repeat(76 - title.len())).unwrap();
        for setting in settings {
            file.push('\n');
            for line in wrapped(&setting.comment, 76) {
                writeln!(file, "# {line}").unwrap();
            }
            if setting.is_secret {
                writeln!(
                    file,
                    "# Or in a file of its own: {}_file = \"/…\"",
                    setting.key
                )
                .unwrap();
            }
            match PACKAGED.iter().find(|(key, _)| *key == setting.key) {
                Some((key, value)) => writeln!(file, "{key} = \"{value}\"").unwrap(),
                None => {
                    let value = match &defaults[&setting.key] {
                        Value::Null => "\"\"".to_owned(),
                        value => value.to_string(),
                    };
                    writeln!(file, "# {} = {value}", setting.key).unwrap();
                }
            }
        }
    }
    file
}

const SAMPLE_HEAD: &str = "\
# The configuration of Jarshy. Lines with a # in front are comments and show the defaults.
# After a change: systemctl restart jarshy
#
# Most of this can be set in the browser too, under Settings. What is set here takes
# precedence, and is shown there read-only.
# Manual: /usr/share/doc/jarshy
";

/// What packages set.
const PACKAGED: [(&str, &str); 1] = [("database_url", "sqlite:///var/lib/jarshy/jarshy.db")];

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[test]
fn the_packaged_configuration_file_lists_every_setting() {
    let Value::Object(defaults) = serde_json::to_value(Config::default()).unwrap() else {
        panic!("the configuration is no object");
    };
    let file = sample_file(&all(), &defaults);
    let path = root().join("packaging/jarshy.toml");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &file).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).is_ok_and(|kept| kept == file),
        "packaging/jarshy.toml is older than the code: UPDATE_DOCS=1 scripts/test --test manual"
    );
    Config::load(Some(&path), &[]).unwrap();
    // As the defaults that it shows.
    let with_defaults = std::env::temp_dir().join(format!("jarshy-{}.toml", std::process::id()));
    let shown = |line: &str| {
        let line = line.strip_prefix("# ").unwrap_or(line);
        let key = line.split(" = ").next().unwrap();
        let is_setting = defaults.contains_key(key) && !line.ends_with("= \"\"");
        is_setting.then(|| format!("{line}\n"))
    };
    let text: String = file.lines().filter_map(shown).collect();
    std::fs::write(&with_defaults, text).unwrap();
    let loaded = Config::load(Some(&with_defaults), &[]);
    std::fs::remove_file(&with_defaults).unwrap();
    loaded.map(drop).unwrap();
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
