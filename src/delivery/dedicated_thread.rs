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

use crate::context::Context;
use crate::mail::dkim::Algorithm;
use crate::store::{Engine, StoreError, dkim_keys};

/// Whether the pipeline is faster on one thread. It is not where messages are signed with
/// RSA, which takes four times as long as everything else and needs every core; nor with
/// PostgreSQL, whose connections belong to the runtime that opened them and are shared with
/// the web server.
pub async fn prefers_dedicated_thread(cx: &Context) -> Result<bool, StoreError> {
    let rsa = Algorithm::Rsa.as_str();
    let is_slow = dkim_keys::has_any_of(&mut cx.store.read().await?, rsa).await?;
    Ok(cx.store.engine() == Engine::Sqlite && !is_slow)
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
