//! Where the pipeline runs.
//!
//! A message is a handful of short steps that wait for the relay and the ledger in turn. On
//! a runtime with several threads these wake each other for nearly every step, which costs a
//! fifth of the CPU time of a message. One thread avoids that and leaves the other cores to
//! the web server.

use std::future::Future;
use std::io;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::store::Engine;

/// Whether the pipeline is faster on one thread. It is not with PostgreSQL, whose connections
/// belong to the runtime that opened them and are shared with the web server.
pub fn prefers_dedicated_thread(engine: Engine) -> bool {
    engine == Engine::Sqlite
}

/// Runs the future that `make` returns on a thread of its own.
///
/// # Errors
/// Where no thread can be started, or the work panicked.
pub async fn run_on_dedicated_thread<F>(make: impl FnOnce() -> F + Send + 'static) -> io::Result<()>
where
    F: Future<Output = ()>,
{
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (done, ended) = oneshot::channel();
    std::thread::Builder::new()
        .name("jarshy-send".to_owned())
        .spawn(move || {
            runtime.block_on(make());
            // The caller may have gone.
            let _ = done.send(());
        })?;
    ended
        .await
        .map_err(|_| io::Error::other("its thread panicked"))
}
