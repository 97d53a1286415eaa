//! The HTTP server, with limits against slow clients.
//!
//! Without limits a client that opens a connection and sends or reads nothing
//! holds a file descriptor for as long as it likes. So a request's head, and the
//! next request on a kept connection, must arrive in time; a client that stops
//! reading is dropped; and connections are capped. At the cap, the connection
//! that has waited longest for a request, or for more of its body, is dropped
//! for the newest one.

mod idle_connections;
mod request_body;
mod stall_timeout;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use idle_connections::{IdleConnections, IdleEntry};
use request_body::RequestBody;
use stall_timeout::StallTimeout;

/// How long a client has to send a request's head, counted from when the
/// connection opens or the last answer ends.
const HEAD_LIMIT: Duration = Duration::from_secs(20);
/// Bytes of a request's head that are buffered before it is refused. Hyper reads
/// once more below this size, so a head has less than twice as many.
const HEAD_SIZE: usize = 64 * 1024;
/// Pause after `accept` failed: the process is usually out of descriptors.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(200);
/// Open files that the process asks for.
const TARGET_OPEN_FILES: u64 = 65_536;
/// Open files reserved for files, the database and mail.
const RESERVED_OPEN_FILES: u64 = 256;
const MAX_CONNECTIONS: u64 = 20_000;

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
}

fn connection_cap() -> usize {
    let descriptors = rlimit::increase_nofile_limit(TARGET_OPEN_FILES).unwrap_or(1_024);
    let reserved = RESERVED_OPEN_FILES.min(descriptors / 2);
    let cap = (descriptors - reserved).clamp(16, MAX_CONNECTIONS);
    tracing::debug!(descriptors, cap, "connections are limited");
    usize::try_from(cap).unwrap_or(usize::MAX)
}

/// Serves routes until `stop`, then finishes requests in progress.
pub async fn serve(listener: TcpListener, routes: Router, limits: Limits, stop: CancellationToken) {
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
        let (routes, stop) = (routes.clone(), stop.clone());
        let entry = idle.join();
        tracker.spawn(async move {
            connection(stream, peer, routes, limits.head_limit, entry, stop).await;
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

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    routes: Router,
    head_limit: Duration,
    entry: IdleEntry,
    stop: CancellationToken,
) {
    // Responses are written whole; Nagle's algorithm would only delay them.
    let _ = stream.set_nodelay(true);
    let entry = Arc::new(entry);
    let dropped = entry.dropped.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (routes, entry) = (routes.clone(), entry.clone());
        async move {
            entry.leave();
            let body_entry = entry.clone();
            let mut request = request.map(|body| Body::new(RequestBody::new(body, body_entry)));
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = routes.oneshot(request).await;
            entry.wait();
            response.map_err(|never: Infallible| match never {})
        }
    });
    let io = TokioIo::new(StallTimeout::new(stream));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_limit)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(io, service);
    let mut served = pin!(served);
    let mut is_ending = false;
    loop {
        tokio::select! {
            ended = served.as_mut() => {
                if let Err(error) = ended {
                    tracing::trace!(%error, "a connection ended");
                }
                return;
            }
            () = dropped.cancelled() => return,
            () = stop.cancelled(), if !is_ending => {
                is_ending = true;
                served.as_mut().graceful_shutdown();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    type Started = (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>);

    async fn started(cap: usize) -> Started {
        started_with(cap, HEAD_LIMIT).await
    }

    async fn started_with(cap: usize, head_limit: Duration) -> Started {
        let slow = || async {
            sleep(Duration::from_millis(300)).await;
            "slow"
        };
        let routes = Router::new()
            .route(
                "/",
                get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
            )
            .route("/slow", get(slow))
            .route(
                "/body",
                axum::routing::post(
                    |body: axum::body::Bytes| async move { body.len().to_string() },
                ),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let limits = Limits { cap, head_limit };
        let serving = tokio::spawn(serve(listener, routes, limits, stop.clone()));
        (address, stop, serving)
    }

    async fn ask(address: SocketAddr, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    #[tokio::test]
    async fn a_request_is_served_at_the_cap_of_silent_connections() {
        let (address, _stop, _serving) = started(8).await;
        let mut silent = Vec::new();
        for n in 0..40 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            if n % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
            }
            silent.push(stream);
        }
        let answer = tokio::time::timeout(Duration::from_secs(5), ask(address, "/"));
        let answer = answer.await.expect("an answer in time").unwrap();
        assert!(
            answer.contains("200 OK") && answer.contains("127.0.0.1:"),
            "{answer}"
        );
    }

    #[tokio::test]
    async fn slow_bodies_do_not_block_other_clients() {
        let (address, _stop, _serving) = started(8).await;
        let mut slow = Vec::new();
        for _ in 0..20 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let head = "POST /body HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nx";
            stream.write_all(head.as_bytes()).await.unwrap();
            slow.push(stream);
        }
        sleep(Duration::from_millis(100)).await;
        let answer = tokio::time::timeout(Duration::from_secs(5), ask(address, "/"));
        let answer = answer.await.expect("an answer in time").unwrap();
        assert!(answer.contains("200 OK"), "{answer}");
        // The last of them still has its place, and its answer once it goes on.
        let last = slow.last_mut().unwrap();
        last.write_all(&[b'x'; 99]).await.unwrap();
        let mut answer = vec![0; 512];
        let read = tokio::time::timeout(Duration::from_secs(5), last.read(&mut answer));
        let read = read.await.expect("an answer in time").unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]);
        assert!(
            answer.contains("200 OK") && answer.ends_with("100"),
            "{answer}"
        );
    }

    #[tokio::test]
    async fn a_request_in_progress_is_not_dropped_at_the_cap() {
        let (address, _stop, _serving) = started(2).await;
        let slow = tokio::spawn(async move { ask(address, "/slow").await });
        sleep(Duration::from_millis(50)).await;
        let mut silent = Vec::new();
        for _ in 0..10 {
            silent.push(TcpStream::connect(address).await.unwrap());
        }
        assert!(slow.await.unwrap().unwrap().contains("slow"));
    }

    #[tokio::test]
    async fn a_large_head_is_refused_before_many_of_them_fill_memory() {
        let (address, _stop, _serving) = started(8).await;
        for (size, status) in [(30 * 1024, " 200 "), (200 * 1024, " 431 ")] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let field = "a".repeat(size);
            let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {field}\r\n\r\n");
            // The server may answer and hang up before all of it was sent.
            let _ = stream.write_all(head.as_bytes()).await;
            let mut answer = vec![0; 1024];
            let read = stream.read(&mut answer).await.unwrap_or(0);
            let answer = String::from_utf8_lossy(&answer[..read]);
            let is_cut_off = read == 0 && size > 2 * HEAD_SIZE;
            assert!(is_cut_off || answer.contains(status), "{size}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_missing_head_closes_the_connection() {
        let (address, _stop, _serving) = started_with(8, Duration::from_millis(200)).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: a\r\n")
            .await
            .unwrap();
        let mut answer = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut answer));
        ended.await.expect("it is closed").unwrap();
    }

    #[tokio::test]
    async fn a_stop_finishes_requests_and_drops_idle_connections() {
        let (address, stop, serving) = started(8).await;
        let _silent = TcpStream::connect(address).await.unwrap();
        let slow = tokio::spawn(async move { ask(address, "/slow").await });
        sleep(Duration::from_millis(50)).await;
        stop.cancel();
        assert!(slow.await.unwrap().unwrap().contains("slow"));
        let ended = tokio::time::timeout(Duration::from_secs(5), serving);
        ended.await.expect("it ends").unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }
}
