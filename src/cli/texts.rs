//! `jarshy texts`: the texts of a language as Fluent files.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CliError, Result, Settings};
use crate::content::phrases::Reach;
use crate::content::phrases::files;
use crate::model::audit::Actor;
use crate::text::locale::Language;

#[derive(Subcommand)]
pub(super) enum Texts {
    /// Write the texts of a language to a ZIP archive of Fluent files
    Export(Export),
    /// Read texts of a language from a Fluent file or a ZIP archive of them
    Import(Import),
}

#[derive(Args)]
pub(super) struct Export {
    /// The tag of the language, such as pl
    language: Language,
    /// The archive, which is overwritten
    file: PathBuf,
}

#[derive(Args)]
pub(super) struct Import {
    /// The tag of the language, such as pl
    language: Language,
    /// A Fluent file (.ftl) or a ZIP archive of them
    file: PathBuf,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

impl Texts {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        match self {
            Self::Export(export) => export.run(settings).await,
            Self::Import(import) => import.run(settings).await,
        }
    }
}

impl Export {
    async fn run(self, settings: &Settings) -> Result {
        let cx = settings.open(&[]).await?;
        let all = files::export(&cx, self.language, Reach::Everything).await?;
        std::fs::write(&self.file, files::zipped(&all)?)?;
        cx.store.close().await;
        out!("Wrote {} files to {}.", all.len(), self.file.display());
        Ok(())
    }
}

impl Import {
    async fn run(self, settings: &Settings) -> Result {
        let named = |error: &dyn std::fmt::Display| {
            CliError::Other(format!("{}: {error}", self.file.display()))
        };
        let content = std::fs::read(&self.file).map_err(|error| named(&error))?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let uploaded = files::read(&name, &content).map_err(|error| named(&error))?;
        let cx = settings.open(&[]).await?;
        let (language, reach) = (self.language, Reach::Everything);
        let balance = if self.dry_run {
            files::check(&cx, language, &uploaded, reach).await?
        } else {
            files::import(&cx, &Actor::CommandLine, language, &uploaded, reach).await?
        };
        cx.store.close().await;
        for step in balance.steps.iter().filter(|_| self.dry_run) {
            out!("{}: {:?} → {:?}", step.key, step.before, step.after);
        }
        for refused in &balance.refused {
            let line = refused
                .line
                .map_or_else(String::new, |line| format!("line {line}: "));
            eprintln!("{line}{}: {}", refused.key, refused.error);
        }
        let (changed, unchanged) = (balance.steps.len(), balance.unchanged);
        let refused = balance.refused.len();
        out!("changed {changed}, unchanged {unchanged}, refused {refused}");
        Ok(())
    }
}
