//! The `jarshy` command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    jarshy::cli::run()
}
