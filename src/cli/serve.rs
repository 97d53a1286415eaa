//! `jarshy serve` and `jarshy worker`.

use std::net::SocketAddr;

use clap::Args;

use super::{Result, Settings};
use crate::app;
use crate::delivery::worker::run as run_worker;

/// Flags of `jarshy serve`.
#[derive(Args)]
pub(super) struct Serve {
    /// Leave sending to `jarshy worker`
    #[arg(long)]
    no_worker: bool,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let listen = self.listen.map(|address| ("listen", address.to_string()));
        let cx = settings.open_to_stay(listen.as_slice()).await?;
        let endpoint = match (self.no_worker, &cx.config.smtp_url) {
            (true, _) => None,
            (false, Some(_)) => Some(app::endpoint(&cx.config)?),
            (false, None) => {
                tracing::warn!("no relay is configured (JARSHY_SMTP_URL): pages work, mail waits");
                None
            }
        };
        let listener = app::bind(cx.config.listen).await?;
        tracing::info!(address = %cx.config.listen, url = cx.config.public_url(), "serving");
        app::serve(
            app::web(&cx, None)?,
            listener,
            endpoint,
            app::stop_on_signal(),
        )
        .await?;
        Ok(())
    }
}

/// `jarshy worker`.
pub(super) async fn worker(settings: &Settings) -> Result {
    let cx = settings.open_to_stay(&[]).await?;
    let endpoint = app::endpoint(&cx.config)?;
    let store = cx.store.clone();
    run_worker(cx, endpoint, app::stop_on_signal()).await;
    store.close().await;
    Ok(())
}
