//! The `jarshy` command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// A send makes and frees many small blocks a message, on whichever thread
/// its tasks run. The system's allocator keeps what one thread freed from the
/// others, so that memory grows with the audience; this one gives it back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    jarshy::cli::run()
}
