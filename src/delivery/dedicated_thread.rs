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

use crate::context::Context;
use crate::mail::dkim::Algorithm;
use crate::store::{Engine, StoreError, dkim_keys};

/// Whether the pipeline has more from one thread than from several. It has not
/// where messages are signed with RSA, which takes four times as long as all
/// else and wants every core; nor with PostgreSQL, whose connections belong to
/// the runtime that opened them and are shared with the site.
///
/// # Errors
/// Where the database fails.
pub async fn prefers_dedicated_thread(cx: &Context) -> Result<bool, StoreError> {
    let rsa = Algorithm::Rsa.as_str();
    let is_slow = dkim_keys::has_any_of(&mut cx.store.read().await?, rsa).await?;
    Ok(cx.store.engine() == Engine::Sqlite && !is_slow)
}

/// Runs what `make` makes to its end, on a thread of its own.
///
/// # Errors
/// Where there is no thread to be had, or the work panicked.
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
            // Nobody may be waiting any more.
            let _ = done.send(());
        })?;
    ended
        .await
        .map_err(|_| io::Error::other("its thread panicked"))
}
