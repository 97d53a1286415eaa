//! The HTTP server, with limits against slow clients.
//!
//! Without limits a client that opens a connection and sends or reads nothing
//! holds a file descriptor for as long as it likes. So a request's head, and the
//! next request on a kept connection, must arrive in time; a client that stops
//! reading is dropped; and connections are capped. At the cap, the connection
//! that has waited longest for a request, or for more of its body, is dropped
//! for the newest one. With a certificate, connections speak TLS, and HTTP/2 where the
//! client does.

mod connection;
mod idle_connections;
mod request_body;
mod stall_timeout;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use connection::Connection;
pub use connection::Tls;
use idle_connections::IdleConnections;

/// How long a client has to send a request's head, counted from when the
/// connection opens or the last answer ends.
const HEAD_LIMIT: Duration = Duration::from_secs(20);
/// Pause after `accept` failed: the process is usually out of descriptors.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(200);
/// Open files that the process asks for.
const TARGET_OPEN_FILES: u64 = 65_536;
/// Open files reserved for files, the database and mail.
const RESERVED_OPEN_FILES: u64 = 256;
const MAX_CONNECTIONS: u64 = 20_000;
/// Connections of a port that only redirects.
const MAX_REDIRECTS: usize = 128;

/// Limits of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    cap: usize,
    /// Time for a request's head.
    head_limit: Duration,
}

impl Limits {
    /// As many connections as the limit of open files allows, after raising it
    /// as far as possible.
    pub fn of_system() -> Self {
        Self {
            cap: connection_cap(),
            head_limit: HEAD_LIMIT,
        }
    }

    /// For a port that only redirects.
    pub fn of_redirects() -> Self {
        Self {
            cap: MAX_REDIRECTS,
            head_limit: HEAD_LIMIT,
        }
    }
}

fn connection_cap() -> usize {
    let descriptors = rlimit::increase_nofile_limit(TARGET_OPEN_FILES).unwrap_or(1_024);
    let reserved = RESERVED_OPEN_FILES.min(descriptors / 2);
    let cap = (descriptors - reserved).clamp(16, MAX_CONNECTIONS);
    tracing::debug!(descriptors, cap, "connections are limited");
    usize::try_from(cap).unwrap_or(usize::MAX)
}

/// Serves routes until `stop`, then finishes requests in progress.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    limits: Limits,
    tls: Option<Tls>,
    stop: CancellationToken,
) {
    let permits = Arc::new(Semaphore::new(limits.cap));
    let idle = IdleConnections::default();
    let tracker = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            // The client went away before it was accepted.
            Err(error) if is_of_one_connection(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "connections cannot be accepted");
                idle.drop_oldest();
                sleep(ACCEPT_BACKOFF).await;
                continue;
            }
        };
        let permit = match permits.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                metrics::counter!("http_connections_dropped_total").increment(1);
                idle.drop_oldest();
                let permit = tokio::select! {
                    permit = permits.clone().acquire_owned() => permit,
                    () = stop.cancelled() => break,
                };
                // The semaphore is never closed.
                let Ok(permit) = permit else { break };
                permit
            }
        };
        let connection = Connection {
            peer,
            routes: routes.clone(),
            head_limit: limits.head_limit,
            entry: Arc::new(idle.join()),
            stop: stop.clone(),
        };
        let tls = tls.clone();
        tracker.spawn(async move {
            connection.serve(stream, tls).await;
            drop(permit);
        });
    }
    drop(listener);
    tracker.close();
    tracker.wait().await;
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests;
