//! `jarshy import` and `jarshy export`.

use std::fs::File;
use std::io::{BufReader, BufWriter, IsTerminal, stderr, stdout};
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CliError, Result, Settings};
use crate::audience::export::{self, Format};
use crate::audience::import::{self, Columns};
use crate::model::list::ListSlug;

/// Rejected rows that are listed.
const REPORTED_ROWS: usize = 20;

/// Flags of `jarshy import`.
#[derive(Args)]
pub(super) struct Import {
    /// A CSV file with a header line
    file: PathBuf,
    /// The list to import into
    #[arg(long, value_name = "SLUG")]
    list: ListSlug,
    /// Which column has the email=…, name=…, language=…, frequency=… or tags=…; other columns become attributes
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
}

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let columns = columns(&self.columns)?;
        let cx = settings.open(&[]).await?;
        let file = File::open(&self.file)
            .map_err(|error| CliError::Other(format!("{}: {error}", self.file.display())))?;
        let bar = bar();
        let file = BufReader::new(file);
        let done = import::import(&cx, file, &self.list, &columns, |n| bar.set_position(n)).await?;
        bar.finish_and_clear();
        out!(
            "added {}, already there {}, rejected {}",
            done.added,
            done.known,
            done.rejected.count()
        );
        for (line, reason) in done.rejected.named().iter().take(REPORTED_ROWS) {
            eprintln!("line {line}: {reason}");
        }
        if done.rejected.count() > REPORTED_ROWS as u64 {
            eprintln!(
                "… and {} more",
                done.rejected.count() - REPORTED_ROWS as u64
            );
        }
        Ok(())
    }
}

fn columns(given: &[String]) -> Result<Columns> {
    let mut columns = Columns::default();
    for pair in given {
        match pair.split_once('=') {
            Some(("email", column)) => columns.email = column.to_owned(),
            Some(("name", column)) => columns.name = column.to_owned(),
            Some(("language", column)) => columns.language = column.to_owned(),
            Some(("frequency", column)) => columns.frequency = column.to_owned(),
            Some(("tags", column)) => columns.tags = column.to_owned(),
            _ => {
                return Err(CliError::Other(format!(
                    "--column {pair}: give email=…, name=…, language=…, frequency=… or tags=…"
                )));
            }
        }
    }
    Ok(columns)
}

/// A progress bar on a terminal, nothing elsewhere.
pub(super) fn bar() -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows, {per_sec}, {elapsed}");
    ProgressBar::new_spinner()
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

/// Flags of `jarshy export`.
#[derive(Args)]
pub(super) struct Export {
    /// The list
    #[arg(long, value_name = "SLUG")]
    list: ListSlug,
    /// The format
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
}

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let bar = bar();
        let out = BufWriter::new(stdout().lock());
        export::export(&cx, &self.list, self.format, out, |n| bar.set_position(n)).await?;
        bar.finish_and_clear();
        Ok(())
    }
}
