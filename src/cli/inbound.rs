//! `jarshy inbound`: one email on standard input, from a mail server's pipe.
//!
//! Exit codes are those of `sysexits.h`: with 75 the mail server keeps the
//! email and tries again.

use std::io::Read;

use clap::Args;

use super::{CliError, Result, Settings};
use crate::inbound::{Arrival, process_email};
use crate::mail::receive::SIZE_LIMIT;
use crate::model::feedback::Source;

const EX_DATAERR: u8 = 65;
const EX_TEMPFAIL: u8 = 75;

/// Flags of `jarshy inbound`.
#[derive(Args)]
pub(super) struct Inbound {
    /// The envelope recipient, if the mail server gives it
    #[arg(long, value_name = "ADDRESS")]
    recipient: Option<String>,
}

impl Inbound {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().lock().take(SIZE_LIMIT as u64 + 1);
        input.read_to_end(&mut bytes).map_err(fail(EX_TEMPFAIL))?;
        if bytes.is_empty() || bytes.len() > SIZE_LIMIT {
            let cause = "standard input must hold one email of at most 25 MiB";
            return Err(fail(EX_DATAERR)(cause));
        }
        // Problems of configuration or database can be fixed before the mail
        // server gives up: no bounce may be lost to them.
        let cx = settings.open(&[]).await.map_err(fail(EX_TEMPFAIL))?;
        let arrival = Arrival {
            source: Source::Pipe,
            mail_to: self.recipient.as_deref(),
            bytes: &bytes,
        };
        process_email(&cx, arrival)
            .await
            .map_err(fail(EX_TEMPFAIL))?;
        Ok(())
    }
}

fn fail<E: ToString>(code: u8) -> impl FnOnce(E) -> CliError {
    move |cause| CliError::Sysexit {
        cause: cause.to_string(),
        code,
    }
}
