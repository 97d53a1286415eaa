//! Reading the configuration from its sources.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::{Config, ConfigError, Origin};

/// The file that is read where no other is named.
pub const DEFAULT_FILE: &str = "jarshy.toml";
const VARIABLE_PREFIX: &str = "JARSHY_";
/// Keys that may be given as the name of a file that holds the value.
const SECRETS: [&str; 13] = [
    "database_url",
    "smtp_url",
    "smtp_oauth",
    "secret_key",
    "mailbox_url",
    "mailbox_oauth",
    "oidc_client_secret",
    "postmark_secret",
    "sendgrid_key",
    "mailgun_key",
    "brevo_secret",
    "metrics_token",
    "backup_passphrase",
];

/// Whether a setting can hold a password or key.
pub fn is_secret(key: &str) -> bool {
    SECRETS.contains(&key)
}

impl Config {
    /// Reads file and environment; `flags` take precedence over both.
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
            values.note(&key, Origin::File(file.to_owned()));
        }
        let mut unknown_variables = Vec::new();
        for (name, text) in variables {
            let Some(key) = name.strip_prefix(VARIABLE_PREFIX) else {
                continue;
            };
            let is_link = is_service_link(key, &text);
            let key = key.to_ascii_lowercase();
            match values.set(&name, &key, Value::String(text)) {
                Err(ConfigError::Unknown(_)) if is_link => {}
                Err(ConfigError::Unknown(name)) => unknown_variables.push(name),
                Err(error) => return Err(error),
                Ok(()) => values.note(&key, Origin::Variable(name)),
            }
        }
        for (key, text) in flags {
            let flag = format!("--{}", key.replace('_', "-"));
            values.set(&flag, key, Value::String(text.clone()))?;
            values.note(key, Origin::Flag(flag));
        }
        let origins = std::mem::take(&mut values.origins);
        let config = values.into_config()?;
        Ok(Self {
            unknown_variables,
            origins,
            ..config
        })
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

/// The values so far; later sources take precedence.
struct Values {
    values: Map<String, Value>,
    origins: BTreeMap<String, Origin>,
}

impl Values {
    fn defaults() -> Self {
        Self {
            values: Config::default().values(),
            origins: BTreeMap::new(),
        }
    }

    /// Notes where a setting was given; a secret's file names the setting by its `_file`.
    fn note(&mut self, key: &str, origin: Origin) {
        let secret = key.strip_suffix("_file");
        let key = secret.filter(|key| is_secret(key)).unwrap_or(key);
        self.origins.insert(key.to_owned(), origin);
    }

    /// Sets one value and checks it at once, so that the error can name its source.
    fn set(&mut self, source: &str, key: &str, value: Value) -> Result<(), ConfigError> {
        let problem = |problem: String| ConfigError::Value {
            source_name: source.to_owned(),
            problem,
        };
        if let Some(secret) = key.strip_suffix("_file").filter(|key| is_secret(key)) {
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
pub(super) fn typed(default: &Value, text: String) -> Result<Value, String> {
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
        Value::Array(_) => Ok(items(&text).into_iter().map(Value::from).collect()),
        _ => Ok(Value::String(text)),
    }
}

/// Comma-separated items; a comma in quotes belongs to its item.
fn items(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let items = text.split(|c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    items
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
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
    fn flags_take_precedence_over_environment_over_file() {
        let config = load(
            "from = 'file@example.org'\nlease = 5\nlisten = '127.0.0.1:3'",
            &[
                ("JARSHY_LEASE", "7"),
                ("JARSHY_TRUSTED_PROXIES", "10.0.0.0/8, ::1, 192.168.1.1"),
                ("HOME", "/"),
            ],
        )
        .unwrap();
        let from = config.from.as_ref().map(ToString::to_string);
        assert_eq!(from.as_deref(), Some("file@example.org"));
        assert_eq!(config.lease, 7);
        let proxies: Vec<_> = config
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(proxies, ["10.0.0.0/8", "::1/128", "192.168.1.1/32"]);
        assert_eq!(config.public_url(), "http://127.0.0.1:1");
        let origin = |key: &str| config.origins.get(key).map(ToString::to_string);
        assert_eq!(origin("from").as_deref(), Some("set in jarshy.toml"));
        assert_eq!(origin("lease").as_deref(), Some("set by JARSHY_LEASE"));
        assert_eq!(origin("listen").as_deref(), Some("set by --listen"));
        assert_eq!(origin("smtp_url"), None);
    }

    #[test]
    fn months_out_of_bounds_are_refused_with_the_bounds() {
        let variable = [("JARSHY_ENGAGEMENT_RETENTION_MONTHS", "99999")];
        for wrong in [
            load("engagement_retention_months = 0", &[]),
            load("", &variable),
        ] {
            let said = wrong.err().unwrap().to_string();
            assert!(
                said.contains("must be a whole number from 1 to 120"),
                "{said}"
            );
        }
    }

    #[test]
    fn senders_are_an_array_or_comma_separated() {
        let of = |file: &str, variables: &[(&str, &str)]| -> Vec<String> {
            load(file, variables).unwrap().senders.into()
        };
        let press = "Press, culture <press@example.org>";
        let file = format!("senders = ['{press}', 'b@example.org']");
        assert_eq!(of(&file, &[]), [press, "b@example.org"]);
        let text = "\"Press, culture\" <press@example.org>, b@example.org";
        let variables = [("JARSHY_SENDERS", text), ("JARSHY_FROM", "b@example.org")];
        assert_eq!(of("", &variables), [press, "b@example.org"]);
        let config = load("", &variables).unwrap();
        let all: Vec<String> = config.all_senders().iter().map(|m| m.to_string()).collect();
        assert_eq!(all, ["b@example.org", press]);
        assert_eq!(config.sender_domains(), ["example.org"]);
        assert!(load("senders = 'nobody'", &[]).is_err());
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_its_source() {
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
    fn unprotected_connections_are_named() {
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
    fn a_secret_can_be_in_a_file() {
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
