//! The settings as a `jarshy.toml`.

use serde_json::{Map, Value};

use crate::account::audit;
use crate::config::stored::CHANGEABLE;
use crate::config::{Config, is_secret};
use crate::context::Context;
use crate::model::audit::{Actor, AuditAccess};
use crate::store;

/// Whether a file holds the secrets too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    Included,
    LeftOut,
}

/// A file that gives the same settings as are in force, and an entry in the audit log.
pub async fn toml(cx: &Context, by: &Actor, secrets: Secrets) -> store::Result<String> {
    let subject = match secrets {
        Secrets::Included => "with secrets",
        Secrets::LeftOut => "without secrets",
    };
    audit::record_access(cx, by, AuditAccess::SettingsExport, subject).await?;
    Ok(render(&cx.config(), secrets))
}

fn render(config: &Config, secrets: Secrets) -> String {
    let (values, defaults) = (config.values(), Config::default().values());
    let mut text = String::from(
        "# Settings of Jarshy, as they were in force when this file was made.\n\
         # What is about the process, such as the database and the secret key, is not here.\n",
    );
    for key in CHANGEABLE {
        let Some(value) = values
            .get(key)
            .filter(|value| defaults.get(key) != Some(value))
        else {
            continue;
        };
        if is_secret(key) && secrets == Secrets::LeftOut {
            text.push_str(&format!(
                "# {key} is set, and left out since it can hold a password.\n"
            ));
            continue;
        }
        let line = Map::from_iter([(key.to_owned(), value.clone())]);
        text.push_str(&toml::to_string(&Value::Object(line)).unwrap_or_default());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        Config {
            from: Some("\"Embassy\" <news@example.org>".parse().unwrap()),
            smtp_url: Some("smtp://me:s3cret@relay.example.org?rate=5".parse().unwrap()),
            postmark_secret: Some("s3\"cret\\".to_owned()),
            domain_limits: vec!["*=20".to_owned(), "a.example=4@10".to_owned()]
                .try_into()
                .unwrap(),
            soft_bounce_limit: 9,
            ..Config::default()
        }
    }

    #[test]
    fn a_file_gives_the_same_settings() {
        let path = std::env::temp_dir().join(format!("jarshy-export-{}.toml", std::process::id()));
        std::fs::write(&path, render(&config(), Secrets::Included)).unwrap();
        let loaded = Config::load(Some(&path), &[]).unwrap();
        std::fs::remove_file(&path).unwrap();
        let (loaded, expected) = (loaded.values(), config().values());
        for key in CHANGEABLE {
            assert_eq!(loaded[key], expected[key], "{key}");
        }
    }

    #[test]
    fn secrets_are_left_out_and_named() {
        let text = render(&config(), Secrets::LeftOut);
        assert!(!text.contains("s3"), "{text}");
        assert!(text.contains("# smtp_url is set") && text.contains("soft_bounce_limit = 9"));
    }
}
