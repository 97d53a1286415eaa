//! `jarshy doctor`.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{CliError, Result, Settings, start_log};
use crate::app;
use crate::doctor::{self, Place, Report, State, Subject, TIME_LIMIT};

/// Reading a large database as a whole takes as long as it takes.
const NO_LIMIT: Duration = Duration::from_secs(24 * 3600);

/// Flags of `jarshy doctor`.
#[derive(Args)]
pub(super) struct Doctor {
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
    /// Read the whole database file, however large it is
    #[arg(long)]
    thorough: bool,
}

impl Doctor {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let mut config = settings.load(&[])?;
        if settings.log.is_none() {
            config.log = "error".to_owned();
        }
        start_log(&config);
        let opened = app::inspect(config.clone()).await;
        let config = match &opened {
            Ok(cx) => cx.config(),
            Err(_) => Arc::new(config),
        };
        let subject = Subject {
            config,
            cx: opened.map_err(|error| error.to_string()),
            place: Place::Command,
            is_thorough: self.thorough,
        };
        let limit = if self.thorough { NO_LIMIT } else { TIME_LIMIT };
        let report = doctor::run(subject, limit).await;
        if self.json {
            let text = serde_json::to_string_pretty(&report);
            out!(
                "{}",
                text.map_err(|error| CliError::Other(error.to_string()))?
            );
        } else {
            print(&report)?
        }
        match report.count(State::Error) {
            0 => Ok(()),
            1 => Err(CliError::Other("one error".to_owned())),
            count => Err(CliError::Other(format!("{count} errors"))),
        }
    }
}

fn print(report: &Report) -> Result {
    let mut check = "";
    for finding in &report.findings {
        let name = if finding.check == check {
            ""
        } else {
            finding.check
        };
        check = finding.check;
        out!("{name:<14} {:<11} {}", finding.state.word(), finding.found);
        if !finding.remedy.is_empty() {
            out!("{:<26} → {}", "", finding.remedy);
        }
    }
    let count = |state| report.count(state);
    out!(
        "\n{} ok, {} warnings, {} errors, {} not checked",
        count(State::Ok),
        count(State::Warning),
        count(State::Error),
        count(State::NotChecked)
    );
    Ok(())
}
