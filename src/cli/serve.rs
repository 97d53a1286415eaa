//! `jarshy serve` and `jarshy worker`.

use std::io::Write as _;
use std::net::SocketAddr;

use clap::Args;

use super::{Result, Settings};
use crate::account::first_owner;
use crate::app::{self, AppError, Worker};
use crate::context::Context;
use crate::inbound::listener::Listener;
use crate::jobs;
use crate::jobs::worker::run as run_worker;

/// Flags of `jarshy serve`.
#[derive(Args)]
pub(super) struct Serve {
    /// Do not send; leave that to `jarshy worker`
    #[arg(long)]
    no_worker: bool,
    /// Accept bounces and replies by LMTP or SMTP at this address
    #[arg(long, value_name = "ADDR")]
    inbound: Option<SocketAddr>,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, settings: &Settings) -> Result {
        let flags: Vec<_> = [("listen", self.listen), ("inbound", self.inbound)]
            .into_iter()
            .filter_map(|(key, address)| Some((key, address?.to_string())))
            .collect();
        let cx = settings.open_to_stay(&flags).await?;
        let worker = if self.no_worker {
            Worker::Elsewhere
        } else {
            Worker::Here
        };
        let listener = app::bind(cx.config().listen).await?;
        let stop = app::stop_on_signal();
        if let Some(path) = first_owner::setup_path(&cx).await? {
            let url = format!("{}{path}", reachable(&cx));
            // To both: a service's log may be all that its operator sees. A closed standard
            // output stops no service.
            let _ = writeln!(
                std::io::stdout(),
                "Jarshy has no owner yet. Open this address once to set it up:\n\n  {url}\n"
            );
            tracing::info!(url, "no owner yet; open this address to set Jarshy up");
        }
        if let Some(address) = cx.config().inbound {
            let inbound_listener = Listener::bind(cx.clone(), address).await;
            let inbound_listener =
                inbound_listener.map_err(|cause| AppError::Listen { address, cause })?;
            tokio::spawn(jobs::inbound(cx.clone(), inbound_listener, stop.clone()));
            tracing::info!(%address, "taking returned mail");
        }
        if !self.no_worker {
            tokio::spawn(jobs::inbound_and_webhooks(cx.clone(), stop.clone()));
        }
        tracing::info!(address = %cx.config().listen, url = cx.config().public_url(), "serving");
        app::serve(app::web(&cx, None), listener, worker, stop).await?;
        Ok(())
    }
}

/// The address of a new installation, as a browser on this machine reaches it.
fn reachable(cx: &Context) -> String {
    let config = cx.config();
    let listen = config.listen;
    match (&config.public_url, listen.ip().is_unspecified()) {
        // No browser goes to 0.0.0.0.
        (None, true) => format!("http://localhost:{}", listen.port()),
        _ => config.public_url(),
    }
}

/// `jarshy worker`.
pub(super) async fn worker(settings: &Settings) -> Result {
    let cx = settings.open_to_stay(&[]).await?;
    let store = cx.store.clone();
    let stop = app::stop_on_signal();
    let inbound = tokio::spawn(jobs::inbound_and_webhooks(cx.clone(), stop.clone()));
    let digests = tokio::spawn(jobs::weekly_digest(cx.clone(), stop.clone()));
    tokio::spawn(jobs::recurring_campaigns(cx.clone(), stop.clone()));
    let imports = tokio::spawn(jobs::imports(cx.clone(), stop.clone()));
    tokio::spawn(jobs::settings(cx.clone(), stop.clone()));
    tokio::spawn(jobs::notifications(cx.clone(), stop.clone()));
    let backups = tokio::spawn(jobs::backups(cx.clone(), stop.clone()));
    tokio::spawn(jobs::trash_and_counts(cx.clone(), stop.clone()));
    run_worker(cx, stop).await;
    if let Err(error) = inbound.await {
        tracing::error!(%error, "processing inbound mail failed");
    }
    if let Err(error) = digests.await {
        tracing::error!(%error, "making weekly digests failed");
    }
    if let Err(error) = imports.await {
        tracing::error!(%error, "running imports failed");
    }
    if let Err(error) = backups.await {
        tracing::error!(%error, "making backups failed");
    }
    store.close().await;
    Ok(())
}
