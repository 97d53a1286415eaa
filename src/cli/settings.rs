//! `jarshy settings`.

use std::collections::BTreeMap;

use clap::Subcommand;
use serde_json::Value;

use super::{CliError, Result, Settings};
use crate::address::EmailAddress;
use crate::inbound::mailbox;
use crate::model::audit::Actor;
use crate::settings::export::{self, Secrets};
use crate::settings::{self, SettingSource};
use crate::transactional::relay_test;

#[derive(Subcommand)]
pub(super) enum SettingsCommand {
    /// Print the settings in force as a jarshy.toml
    Export {
        /// With passwords and keys, which are left out otherwise
        #[arg(long)]
        secrets: bool,
    },
    /// Print every setting and where it comes from, without passwords and keys
    Show,
    /// Send a test email over one relay and print its reply
    TestRelay {
        /// The recipient
        #[arg(long, value_name = "EMAIL")]
        to: EmailAddress,
        /// The relay's number, counted from 1
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        relay: usize,
    },
    /// Check that the mailbox of returned mail can be opened; changes nothing in it
    CheckMailbox,
    /// Change a setting, in force in every process within seconds
    Set {
        /// Its name in the configuration file, such as public_url
        key: String,
        /// The value, as in a variable; without one the default is restored
        value: Option<String>,
    },
}

impl SettingsCommand {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        match self {
            Self::Export { secrets } => {
                let secrets = if secrets {
                    Secrets::Included
                } else {
                    Secrets::LeftOut
                };
                let text = export::toml(&cx, &Actor::CommandLine, secrets).await?;
                out!("{}", text.trim_end());
            }
            Self::Show => {
                for setting in settings::all(&cx) {
                    let value = match &setting.shown {
                        Some(Value::String(text)) => text.clone(),
                        Some(value) => value.to_string(),
                        None if setting.is_set => "(secret)".to_owned(),
                        None => "(not set)".to_owned(),
                    };
                    let origin = match &setting.source {
                        SettingSource::Stored => "admin pages".to_owned(),
                        SettingSource::Given(origin) | SettingSource::Process(Some(origin)) => {
                            origin.to_string()
                        }
                        SettingSource::Default | SettingSource::Process(None) => {
                            "default".to_owned()
                        }
                    };
                    let problem = setting
                        .problem
                        .map(|problem| format!("; not in force: {problem}"));
                    out!(
                        "{} = {value}  # {origin}{}",
                        setting.key,
                        problem.unwrap_or_default()
                    );
                }
            }
            Self::TestRelay { to, relay } => {
                let reply = relay_test::send_over(&cx, relay, &to).await;
                out!(
                    "{}",
                    reply.map_err(|error| CliError::Other(error.to_string()))?
                );
            }
            Self::CheckMailbox => match mailbox::check(&cx).await {
                Ok(Some(emails)) => out!("the mailbox can be opened; emails in it: {emails}"),
                Ok(None) => return Err(CliError::Other("there is no mailbox".to_owned())),
                Err(error) => return Err(CliError::Other(error.to_string())),
            },
            Self::Set { key, value } => {
                let changes = BTreeMap::from([(key, value.map(Value::String))]);
                settings::change(&cx, &Actor::CommandLine, &changes).await?;
            }
        }
        Ok(())
    }
}
