//! `jarshy dkim-key`.

use clap::Args;

use super::{CliError, Result, Settings, sender_domain};
use crate::delivery::{WriteError, signing};
use crate::mail::dkim::zone_strings;
use crate::model::list::Slug;
use crate::store::StoreError;

/// Flags of `jarshy dkim-key`.
#[derive(Args)]
pub(super) struct DkimKey {
    /// The name of the RSA key; the Ed25519 key gets -ed25519 behind it
    #[arg(long, value_name = "S")]
    selector: Slug,
    /// The domain of the sender's address
    #[arg(long, value_name = "D")]
    domain: String,
}

impl DkimKey {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let domain = sender_domain(&self.domain)?;
        let cx = settings.open(&[]).await?;
        let made = signing::make_keys(&cx, &domain, self.selector.as_str()).await;
        let keys = made.map_err(|error| match error {
            WriteError::Store(StoreError::Exists) => CliError::Other(format!(
                "{domain} has keys under the selector {} already; choose another selector to rotate them",
                self.selector
            )),
            other => other.into(),
        })?;
        println!("Publish these TXT records; mail from {domain} is signed from now on.\n");
        for key in keys {
            println!(
                "{}. IN TXT {}\n",
                key.record_name,
                zone_strings(&key.record)
            );
        }
        Ok(())
    }
}
