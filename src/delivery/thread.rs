//! Where the pipeline runs.
//!
//! A message is a handful of short steps that wait for the relay and the ledger
//! in turn. On a runtime of several threads these wake each other for nearly
//! every step, which costs a fifth of the CPU time of a message; on one thread
//! they need not, and the site keeps the other cores.

use std::future::Future;
use std::io;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::store::{Engine, Store};

/// Runs what `make` makes to its end: beside SQLite on a thread of its own. A
/// connection to PostgreSQL belongs to the runtime that opened it and is shared
/// with the site, so there it runs on the caller's.
///
/// # Errors
/// Where there is no thread to be had, or the work panicked.
pub async fn run_beside<F>(
    store: &Store,
    make: impl FnOnce() -> F + Send + 'static,
) -> io::Result<()>
where
    F: Future<Output = ()> + Send,
{
    if store.engine() == Engine::Postgres {
        make().await;
        return Ok(());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (done, ended) = oneshot::channel();
    std::thread::Builder::new()
        .name("jarshy-send".to_owned())
        .spawn(move || {
            runtime.block_on(make());
            // Nobody may be waiting any more.
            let _ = done.send(());
        })?;
    ended
        .await
        .map_err(|_| io::Error::other("its thread panicked"))
}
