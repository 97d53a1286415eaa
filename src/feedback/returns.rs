//! What must be looked after while mail may come back: the polled mailbox,
//! the relay's refusals, and the webhooks that are to be told.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{mailbox, refusals, webhook};
use crate::context::Context;

/// Looks after the return path until told to stop.
pub async fn run(cx: Context, stop: CancellationToken) {
    tokio::join!(
        poll(&cx, &stop),
        refusals::run(&cx, &stop),
        webhook::run(&cx, &stop)
    );
}

async fn poll(cx: &Context, stop: &CancellationToken) {
    let address = match mailbox::Address::of(&cx.config) {
        Ok(Some(address)) => address,
        Ok(None) => return,
        Err(error) => {
            tracing::error!(%error, "the mailbox is not polled");
            return;
        }
    };
    let interval = Duration::from_secs(cx.config.mailbox_interval.max(1));
    while !stop.is_cancelled() {
        tokio::select! {
            emptied = mailbox::empty(cx, &address) => match emptied {
                Ok(0) => {}
                Ok(taken) => tracing::info!(taken, "returned mail from the mailbox"),
                Err(error) => tracing::error!(%error, "the mailbox of returned mail"),
            },
            () = stop.cancelled() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(interval) => {}
            () = stop.cancelled() => {}
        }
    }
}
