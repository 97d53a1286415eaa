//! `jarshy completions` and `jarshy man`, for packages and shells.

use std::fs;
use std::io::stdout;
use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::{CliError, Result};

/// Flags of `jarshy completions`.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result {
        clap_complete::generate(self.shell, &mut super::command(), "jarshy", &mut stdout());
        Ok(())
    }
}

/// Flags of `jarshy man`.
#[derive(Args)]
pub(super) struct Man {
    /// The folder to write jarshy.1 and a page per command to
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(self) -> Result {
        let failed = |error| CliError::Other(format!("{}: {error}", self.folder.display()));
        fs::create_dir_all(&self.folder).map_err(failed)?;
        clap_mangen::generate_to(super::command(), &self.folder).map_err(failed)
    }
}
