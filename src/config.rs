//! The configuration: flags over environment over `jarshy.toml`.
//!
//! Every key of the file is also a variable, `JARSHY_` and the key in capitals.
//! A key of the file that means nothing is an error, since a misspelt limit
//! would otherwise be no limit; a variable that means nothing is warned of,
//! since others set variables too. A secret may stand in a file of its own,
//! named by the key with `_file` behind it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::address::mailbox::Mailbox;
use crate::net::Network;
use crate::text::datetime::Zone;
use crate::text::locale::Language;

/// The default of [`Config::database_url`].
pub const DEFAULT_DATABASE_URL: &str = "sqlite://jarshy.db";
/// The file that is read where no other is named.
pub const DEFAULT_FILE: &str = "jarshy.toml";
const VARIABLE_PREFIX: &str = "JARSHY_";
/// Keys that may be given as the name of a file that holds the value.
const SECRETS: [&str; 11] = [
    "database_url",
    "smtp_url",
    "smtp_oauth",
    "secret_key",
    "mailbox_url",
    "mailbox_oauth",
    "postmark_secret",
    "sendgrid_key",
    "mailgun_key",
    "brevo_secret",
    "metrics_token",
];

/// What an operator sets. Times are in seconds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `sqlite://FILE`, `postgres://USER:PASSWORD@HOST/NAME`, or by a socket
    /// `postgres://USER@/NAME?host=/run/postgresql`.
    pub database_url: String,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// The address that visitors use, with a path if the site is below one.
    /// Links in mail start with it. If not set: `http://` and the listen address.
    pub public_url: Option<Url>,
    /// The relay: `smtp://USER:PASSWORD@HOST:587` or `smtps://…`, with options
    /// such as `?connections=8` (see *Relay options*). Several relays are
    /// comma-separated: they share the mail by `&weight=` and replace each other.
    pub smtp_url: Option<String>,
    /// Where access tokens for relays with `auth=xoauth2` come from:
    /// `https://CLIENT_ID:CLIENT_SECRET@HOST/PATH?scope=…&refresh_token=…`.
    pub smtp_oauth: Option<String>,
    /// The name that EHLO gives to relays. If not set: the public URL's host.
    pub ehlo: Option<String>,
    /// How much each recipient domain takes: `example.org=4@10` for 4 messages
    /// at once and 10 a second, `*=20` for all others.
    pub domain_limits: Vec<String>,
    /// The sender of mail: `Name <address>` or an address. Nothing can be sent
    /// without it.
    pub from: Option<Mailbox>,
    /// The domain of envelope senders, where bounces come back. If not set: the
    /// sender's domain.
    pub bounce_domain: Option<String>,
    /// Signs every link and encrypts stored secrets. Several are comma-separated,
    /// newest first: links signed with the older ones go on working. If not set:
    /// made on the first run and kept beside an SQLite database. Required with
    /// PostgreSQL.
    pub secret_key: Option<String>,
    /// What is logged, as a `tracing` filter: `info`, `debug`, `jarshy=debug`.
    pub log: String,
    /// The format of log lines: `text` or `json`.
    pub log_format: LogFormat,
    /// The site's time zone, an IANA name such as `Asia/Almaty`.
    pub time_zone: Zone,
    /// The language of visitors whose browser asks for none that the site has.
    pub language: Language,
    /// Proxies whose `X-Forwarded-For` is believed: addresses and networks, such
    /// as `10.0.0.0/8`.
    pub trusted_proxies: Vec<Network>,
    /// Joins from one network (IPv4 /24, IPv6 /48) in an hour whose confirmations
    /// are sent at once; others wait. If twice as many come in all, forms and API
    /// ask for proof of work.
    pub join_limit_per_network: u32,
    /// Seconds before a second confirmation is sent to the same address. A third
    /// waits a day, and no more are sent within thirty days.
    pub confirmation_interval: u64,
    /// Seconds after which an unconfirmed subscription ends: seven days.
    pub confirmation_lifetime: u64,
    /// Seconds that a worker may hold claimed deliveries without a heartbeat.
    pub lease: u64,
    /// The address to listen on for bounces and replies, by LMTP or SMTP, such as
    /// `127.0.0.1:2424`.
    pub inbound: Option<SocketAddr>,
    /// A mailbox that is polled for bounces and replies:
    /// `imaps://USER:PASSWORD@HOST/FOLDER`, `imap://`, `pop3s://` or `pop3://`.
    pub mailbox_url: Option<String>,
    /// Where access tokens for a mailbox with `auth=xoauth2` come from. If not set:
    /// `JARSHY_SMTP_OAUTH`.
    pub mailbox_oauth: Option<String>,
    /// Seconds between two polls of the mailbox.
    pub mailbox_interval: u64,
    /// The address that replies by people are passed on to. If not set: the first
    /// owner's.
    pub reply_to: Option<String>,
    /// Soft bounces that suppress an address. Each counts half after thirty days.
    pub soft_bounce_limit: u32,
    /// Hard bounces per thousand sent at which a campaign pauses.
    pub hard_bounce_limit: u32,
    /// Complaints per thousand sent at which a campaign pauses.
    pub complaint_limit: u32,
    /// The SNS topic that Amazon SES reports to.
    pub ses_topic: Option<String>,
    /// The password or bearer token that Postmark's webhook sends.
    pub postmark_secret: Option<String>,
    /// The public key of SendGrid's signed event webhook.
    pub sendgrid_key: Option<String>,
    /// The signing key of Mailgun's webhooks.
    pub mailgun_key: Option<String>,
    /// The password or bearer token that Brevo's webhook sends.
    pub brevo_secret: Option<String>,
    /// Addresses on private networks that webhooks may be sent to, and that links
    /// of a draft may be checked at.
    pub webhook_hosts: Vec<IpAddr>,
    /// The bearer token that `/metrics` asks for. If not set, `/metrics` answers
    /// requests from this machine only.
    pub metrics_token: Option<String>,
    /// If `true`, Jarshy refuses to start when a password or data would go over the
    /// network unprotected, instead of warning.
    pub require_tls: bool,
    /// The DNS server for domain checks, such as `192.0.2.53:53`. If not set: the
    /// system's.
    pub dns_server: Option<SocketAddr>,
    /// Variables that start with `JARSHY_` and mean nothing.
    #[serde(skip)]
    pub unknown_variables: Vec<String>,
}

/// The shape of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: DEFAULT_DATABASE_URL.to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            smtp_url: None,
            smtp_oauth: None,
            ehlo: None,
            domain_limits: Vec::new(),
            from: None,
            bounce_domain: None,
            secret_key: None,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            time_zone: Zone::utc(),
            language: Language::En,
            trusted_proxies: vec![
                IpAddr::from(Ipv4Addr::LOCALHOST).into(),
                IpAddr::from(Ipv6Addr::LOCALHOST).into(),
            ],
            join_limit_per_network: 100,
            confirmation_interval: 15 * 60,
            confirmation_lifetime: 7 * 24 * 3600,
            lease: 120,
            inbound: None,
            mailbox_url: None,
            mailbox_oauth: None,
            mailbox_interval: 60,
            reply_to: None,
            soft_bounce_limit: 5,
            hard_bounce_limit: 50,
            complaint_limit: 3,
            ses_topic: None,
            postmark_secret: None,
            sendgrid_key: None,
            mailgun_key: None,
            brevo_secret: None,
            webhook_hosts: Vec::new(),
            metrics_token: None,
            require_tls: false,
            dns_server: None,
            unknown_variables: Vec::new(),
        }
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key that means nothing.
    #[error("configuration: {0} is unknown")]
    Unknown(String),
    /// A value of the wrong kind.
    #[error("configuration: {source_name}: {problem}")]
    Value {
        /// The key, variable or file.
        source_name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file cannot be read.
    #[error("configuration: {} cannot be read: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
}

impl Config {
    /// Reads file and environment, then lays `flags` over them.
    ///
    /// Without `file`, `jarshy.toml` in the current folder is read if there is one.
    ///
    /// # Errors
    /// [`ConfigError`] says which key of which source is wrong.
    pub fn load(file: Option<&Path>, flags: &[(&str, String)]) -> Result<Self, ConfigError> {
        let text = match file {
            Some(path) => read(path)?,
            None if Path::new(DEFAULT_FILE).is_file() => read(Path::new(DEFAULT_FILE))?,
            None => String::new(),
        };
        let name = file
            .unwrap_or(Path::new(DEFAULT_FILE))
            .display()
            .to_string();
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self::from_sources((&name, &text), variables, flags)
    }

    fn from_sources(
        (file, text): (&str, &str),
        variables: impl Iterator<Item = (String, String)>,
        flags: &[(&str, String)],
    ) -> Result<Self, ConfigError> {
        let mut values = Values::defaults();
        let table: Map<String, Value> =
            toml::from_str(text).map_err(|error| ConfigError::Value {
                source_name: file.to_owned(),
                problem: error.to_string(),
            })?;
        for (key, value) in table {
            values.set(&format!("{key} in {file}"), &key, value)?;
        }
        let mut unknown_variables = Vec::new();
        for (name, text) in variables {
            let Some(key) = name.strip_prefix(VARIABLE_PREFIX) else {
                continue;
            };
            let is_link = is_service_link(key, &text);
            match values.set(&name, &key.to_ascii_lowercase(), Value::String(text)) {
                Err(ConfigError::Unknown(_)) if is_link => {}
                Err(ConfigError::Unknown(name)) => unknown_variables.push(name),
                set => set?,
            }
        }
        for (key, text) in flags {
            values.set(&format!("--{key}"), key, Value::String(text.clone()))?;
        }
        let config = values.into_config()?;
        Ok(Self {
            unknown_variables,
            ..config
        })
    }

    /// The domain of envelope senders of mail from `domain`.
    pub fn bounces_of(&self, domain: &str) -> String {
        let configured = self.bounce_domain.clone();
        configured.unwrap_or_else(|| domain.to_owned())
    }

    /// The address that links start with, without a slash at its end.
    pub fn public_url(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// What would go over the network unprotected, each with its remedy.
    pub fn unprotected(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        let parsed = |text: &str| Url::parse(text).ok().filter(|url| !is_local(url));
        if let Some(url) = parsed(&self.database_url)
            && matches!(url.scheme(), "postgres" | "postgresql")
        {
            let mode = url
                .query_pairs()
                .find(|(key, _)| key == "sslmode" || key == "ssl-mode");
            let is_verified = mode.is_some_and(|(_, mode)| mode.starts_with("verify-"));
            if !is_verified {
                found.push(
                    "JARSHY_DATABASE_URL: whether the database is the one that is meant is not \
                     verified, and encryption is not required; add sslmode=verify-full",
                );
            }
        }
        let mailbox = self.mailbox_url.as_deref().and_then(parsed);
        if mailbox.is_some_and(|url| matches!(url.scheme(), "imap" | "pop3")) {
            found.push(
                "JARSHY_MAILBOX_URL: the mailbox's password and mail go in clear; \
                 use imaps:// or pop3s://",
            );
        }
        found
    }

    /// The path below which visitors find the site, such as `/news`; empty where
    /// it has its host to itself.
    pub fn public_path(&self) -> &str {
        let path = self.public_url.as_ref().map_or("", Url::path);
        path.trim_end_matches('/')
    }

    /// Whether visitors come over TLS.
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https")
    }
}

/// Whether a URL leads no further than this machine.
fn is_local(url: &Url) -> bool {
    let is_socket = url
        .query_pairs()
        .any(|(key, value)| key == "host" && value.starts_with('/'));
    match url.host_str() {
        None | Some("" | "localhost") => true,
        Some(host) => {
            let host = host.trim_matches(['[', ']']);
            is_socket
                || host.starts_with("%2F")
                || host
                    .parse::<IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
    }
}

/// Whether Kubernetes sets such a variable for a service called `jarshy`, or one
/// whose name starts so, in every container beside it.
fn is_service_link(key: &str, value: &str) -> bool {
    let key = format!("_{key}");
    let is_of_port = |rest: &str| {
        let protocols = ["_TCP", "_UDP", "_SCTP"];
        rest.starts_with(|c: char| c.is_ascii_digit())
            && protocols.iter().any(|protocol| rest.contains(protocol))
    };
    key.ends_with("_SERVICE_HOST")
        || key.ends_with("_SERVICE_PORT")
        || key.contains("_SERVICE_PORT_")
        || key.ends_with("_PORT") && value.contains("://")
        || key.split("_PORT_").skip(1).any(is_of_port)
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|cause| ConfigError::File {
        path: path.to_owned(),
        cause,
    })
}

/// The values gathered so far, later sources over earlier ones.
struct Values {
    values: Map<String, Value>,
}

impl Values {
    fn defaults() -> Self {
        match serde_json::to_value(Config::default()) {
            Ok(Value::Object(values)) => Self { values },
            // `Config` is a struct of plain values, which JSON can always hold.
            _ => unreachable!(),
        }
    }

    /// Lays one value over what is there and checks it at once, so that the
    /// error can name its source.
    fn set(&mut self, source: &str, key: &str, value: Value) -> Result<(), ConfigError> {
        let problem = |problem: String| ConfigError::Value {
            source_name: source.to_owned(),
            problem,
        };
        if let Some(secret) = key
            .strip_suffix("_file")
            .filter(|key| SECRETS.contains(key))
        {
            let path = value
                .as_str()
                .ok_or_else(|| problem("must name a file".to_owned()))?;
            let text = read(Path::new(path))?;
            return self.set(source, secret, Value::String(text.trim().to_owned()));
        }
        let default = self
            .values
            .get(key)
            .ok_or_else(|| ConfigError::Unknown(source.to_owned()))?;
        let value = match value {
            Value::String(text) => typed(default, text).map_err(problem)?,
            other => other,
        };
        self.values.insert(key.to_owned(), value);
        let whole = Value::Object(self.values.clone());
        serde_json::from_value::<Config>(whole).map_err(|error| problem(error.to_string()))?;
        Ok(())
    }

    fn into_config(self) -> Result<Config, ConfigError> {
        serde_json::from_value(Value::Object(self.values)).map_err(|error| ConfigError::Value {
            source_name: "defaults".to_owned(),
            problem: error.to_string(),
        })
    }
}

/// Text as a value of the kind that the default has.
fn typed(default: &Value, text: String) -> Result<Value, String> {
    match default {
        Value::Number(_) => text
            .trim()
            .parse::<u64>()
            .map(Value::from)
            .map_err(|_| format!("must be a whole number, not {text:?}")),
        Value::Bool(_) => match text.trim() {
            "true" | "yes" | "1" => Ok(Value::Bool(true)),
            "false" | "no" | "0" => Ok(Value::Bool(false)),
            _ => Err(format!("must be true or false, not {text:?}")),
        },
        Value::Array(_) => Ok(text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(Value::from)
            .collect()),
        _ => Ok(Value::String(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let variables = variables
            .iter()
            .map(|(k, v)| (k.to_string(), v.to_string()));
        Config::from_sources(
            ("jarshy.toml", file),
            variables,
            &[("listen", "127.0.0.1:1".into())],
        )
    }

    #[test]
    fn flags_stand_over_environment_over_file() {
        let config = load(
            "from = 'file@example.org'\nlease = 5\nlisten = '127.0.0.1:3'",
            &[
                ("JARSHY_LEASE", "7"),
                ("JARSHY_TRUSTED_PROXIES", "10.0.0.0/8, ::1, 192.168.1.1"),
                ("HOME", "/"),
            ],
        )
        .unwrap();
        let from = config.from.map(|from| from.to_string());
        assert_eq!(from.as_deref(), Some("file@example.org"));
        assert_eq!(config.lease, 7);
        let proxies: Vec<_> = config
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(proxies, ["10.0.0.0/8", "::1/128", "192.168.1.1/32"]);
        assert_eq!(config.public_url(), "http://127.0.0.1:1");
    }

    #[test]
    fn what_means_nothing_is_an_error_that_names_its_source() {
        let error = |file, variables| load(file, variables).err().unwrap().to_string();
        assert_eq!(
            error("lise = 5", &[]),
            "configuration: lise in jarshy.toml is unknown"
        );
        assert_eq!(
            error("", &[("JARSHY_LEASE", "soon")]),
            "configuration: JARSHY_LEASE: must be a whole number, not \"soon\""
        );
        assert!(error("", &[("JARSHY_PUBLIC_URL", "nowhere")]).contains("JARSHY_PUBLIC_URL"));
        assert!(error("", &[("JARSHY_TRUSTED_PROXIES", "10.0.0.0/33")]).contains("10.0.0.0/33"));
        assert!(error("from = ", &[]).contains("jarshy.toml"));
    }

    #[test]
    fn what_goes_unprotected_is_named() {
        for (variables, expected) in [
            (vec![("JARSHY_DATABASE_URL", "postgres://db.example/x")], 1),
            (
                vec![(
                    "JARSHY_DATABASE_URL",
                    "postgres://db.example/x?sslmode=require",
                )],
                1,
            ),
            (
                vec![(
                    "JARSHY_DATABASE_URL",
                    "postgres://db.example/x?sslmode=verify-full",
                )],
                0,
            ),
            (vec![("JARSHY_DATABASE_URL", "postgres://127.0.0.1/x")], 0),
            (
                vec![(
                    "JARSHY_DATABASE_URL",
                    "postgres://a@x/x?host=/run/postgresql",
                )],
                0,
            ),
            (vec![("JARSHY_MAILBOX_URL", "imap://a:b@mail.example")], 1),
            (vec![("JARSHY_MAILBOX_URL", "imaps://a:b@mail.example")], 0),
            (vec![("JARSHY_MAILBOX_URL", "pop3://a:b@[::1]:1100")], 0),
            (vec![], 0),
        ] {
            let config = load("", &variables).unwrap();
            assert_eq!(config.unprotected().len(), expected, "{variables:?}");
        }
        assert!(load("require_tls = true", &[]).unwrap().require_tls);
        assert!(
            load("", &[("JARSHY_REQUIRE_TLS", "true")])
                .unwrap()
                .require_tls
        );
        assert!(load("", &[("JARSHY_REQUIRE_TLS", "maybe")]).is_err());
    }

    #[test]
    fn variables_that_others_set_do_not_stop_the_start() {
        let links = [
            ("JARSHY_PORT", "tcp://10.0.0.1:8080"),
            ("JARSHY_SERVICE_HOST", "10.0.0.1"),
            ("JARSHY_SERVICE_PORT", "8080"),
            ("JARSHY_SERVICE_PORT_HTTP", "8080"),
            ("JARSHY_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
            ("JARSHY_PORT_8080_TCP_PROTO", "tcp"),
            ("JARSHY_PORT_8080_TCP_PORT", "8080"),
            ("JARSHY_PORT_8080_TCP_ADDR", "10.0.0.1"),
            ("JARSHY_INBOUND_SERVICE_HOST", "10.0.0.1"),
            ("JARSHY_INBOUND_PORT_24_TCP_ADDR", "10.0.0.1"),
        ];
        assert!(load("", &links).unwrap().unknown_variables.is_empty());
        let config = load("", &[("JARSHY_LISE", "5"), ("JARSHY_SMTP_PORT", "587")]).unwrap();
        assert_eq!(
            config.unknown_variables,
            ["JARSHY_LISE", "JARSHY_SMTP_PORT"]
        );
    }

    #[test]
    fn a_public_url_may_have_a_path() {
        let at = |url| load("", &[("JARSHY_PUBLIC_URL", url)]).unwrap();
        let below = at("https://www.example.org/news/");
        assert_eq!(below.public_url(), "https://www.example.org/news");
        assert_eq!(below.public_path(), "/news");
        assert_eq!(at("https://www.example.org").public_path(), "");
    }

    #[test]
    fn a_secret_may_stand_in_a_file() {
        let path = std::env::temp_dir().join(format!("jarshy-secret-{}", std::process::id()));
        std::fs::write(&path, "s3cret\n").unwrap();
        let config = load("", &[("JARSHY_SECRET_KEY_FILE", path.to_str().unwrap())]).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(config.secret_key.as_deref(), Some("s3cret"));
        let missing = load("", &[("JARSHY_SECRET_KEY_FILE", "/nonexistent")])
            .err()
            .unwrap();
        assert!(missing.to_string().contains("/nonexistent"));
    }
}
