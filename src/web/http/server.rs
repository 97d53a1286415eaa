//! Serving connections, so that slow clients cannot silence the site.
//!
//! A client that opens a connection and says nothing, or reads nothing, costs a
//! descriptor for as long as it likes unless there is a limit. Here a request's
//! head and the next request on a kept connection must come in time, a reader
//! that takes nothing is dropped, and there is a cap on connections. At the cap
//! the one that has waited longest without a request, or for more of a request's
//! body, makes room for the newest, so that each client that really asks for
//! something is served.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::{Mutex, MutexGuard};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// How long a client has to send a request's head, counted from when the
/// connection opens or the last answer ends.
const HEAD_LIMIT: Duration = Duration::from_secs(20);
/// Bytes of a request's head; as many may wait in memory for each connection.
const HEAD_SIZE: usize = 64 * 1024;
/// How long a client may read nothing of a response that waits for it.
const STALL_LIMIT: Duration = Duration::from_secs(60);
/// Pause after `accept` failed: the process is usually out of descriptors.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(200);
/// Open files that the process asks for.
const WANTED_DESCRIPTORS: u64 = 65_536;
/// Open files reserved for files, the database and mail.
const RESERVED_DESCRIPTORS: u64 = 256;
const MOST_CONNECTIONS: u64 = 20_000;

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
    let descriptors = rlimit::increase_nofile_limit(WANTED_DESCRIPTORS).unwrap_or(1_024);
    let reserved = RESERVED_DESCRIPTORS.min(descriptors / 2);
    let cap = (descriptors - reserved).clamp(16, MOST_CONNECTIONS);
    tracing::debug!(descriptors, cap, "connections are limited");
    usize::try_from(cap).unwrap_or(usize::MAX)
}

/// Serves routes until `stop`, then finishes requests in progress.
pub async fn serve(listener: TcpListener, routes: Router, limits: Limits, stop: CancellationToken) {
    let room = Arc::new(Semaphore::new(limits.cap));
    let idle = Idle::default();
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
        let place = match room.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(_) => {
                metrics::counter!("http_connections_dropped_total").increment(1);
                idle.drop_oldest();
                let place = tokio::select! {
                    place = room.clone().acquire_owned() => place,
                    () = stop.cancelled() => break,
                };
                // The semaphore is never closed.
                let Ok(place) = place else { break };
                place
            }
        };
        let (routes, stop) = (routes.clone(), stop.clone());
        let place_in_line = idle.join();
        tracker.spawn(async move {
            connection(stream, peer, routes, limits.head_limit, place_in_line, stop).await;
            drop(place);
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
    place: Place,
    stop: CancellationToken,
) {
    // Responses are written whole; Nagle's algorithm would only delay them.
    let _ = stream.set_nodelay(true);
    let place = Arc::new(place);
    let dropped = place.dropped.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (routes, place) = (routes.clone(), place.clone());
        async move {
            place.leave();
            let body_place = place.clone();
            let mut request = request.map(|body| {
                Body::new(RequestBody {
                    body,
                    place: body_place,
                    is_waiting: false,
                })
            });
            request.extensions_mut().insert(ConnectInfo(peer));
            let response = routes.oneshot(request).await;
            place.wait();
            response.map_err(|never: Infallible| match never {})
        }
    });
    let io = TokioIo::new(Unstalled::new(stream));
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

/// A request's body. While the client is awaited for more of it, its connection
/// is among those that wait.
struct RequestBody {
    body: Incoming,
    place: Arc<Place>,
    is_waiting: bool,
}

impl hyper::body::Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match (polled.is_pending(), self.is_waiting) {
            (true, false) => self.place.wait(),
            (false, true) => self.place.leave(),
            _ => {}
        }
        self.is_waiting = polled.is_pending();
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Connections that wait for a request or for more of its body, or still read
/// their last response, oldest first.
#[derive(Clone, Default)]
struct Idle {
    line: Arc<Mutex<Line>>,
}

#[derive(Default)]
struct Line {
    next: u64,
    waiting: BTreeMap<u64, CancellationToken>,
}

impl Idle {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock()
    }

    /// Adds a connection, as the newest.
    fn join(&self) -> Place {
        let place = Place {
            idle: self.clone(),
            dropped: CancellationToken::new(),
            number: Mutex::new(None),
        };
        place.wait();
        place
    }

    /// Drops the connection that has waited longest, if one waits.
    fn drop_oldest(&self) {
        if let Some((_, oldest)) = self.line().waiting.pop_first() {
            oldest.cancel();
        }
    }
}

/// A connection's entry in the queue.
struct Place {
    idle: Idle,
    dropped: CancellationToken,
    number: Mutex<Option<u64>>,
}

impl Place {
    fn number(&self) -> MutexGuard<'_, Option<u64>> {
        self.number.lock()
    }

    fn wait(&self) {
        let mut line = self.idle.line();
        let number = line.next;
        line.next += 1;
        line.waiting.insert(number, self.dropped.clone());
        if let Some(before) = self.number().replace(number) {
            line.waiting.remove(&before);
        }
    }

    fn leave(&self) {
        if let Some(number) = self.number().take() {
            self.idle.line().waiting.remove(&number);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

/// A stream that fails if its peer reads nothing for [`STALL_LIMIT`].
struct Unstalled {
    stream: TcpStream,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Unstalled {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            stalled: None,
        }
    }

    fn judge<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(STALL_LIMIT)));
        match stalled.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Unstalled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Unstalled {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, octets);
        self.judge(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.judge(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.judge(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
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
                axum::routing::post(|body: Bytes| async move { body.len().to_string() }),
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
    async fn whoever_asks_is_served_beside_any_number_who_do_not() {
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
    async fn clients_that_send_their_body_slowly_keep_nobody_out() {
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
    async fn a_request_under_way_is_never_dropped_for_a_newcomer() {
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
        for (size, status) in [(30 * 1024, " 200 "), (100 * 1024, " 431 ")] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let field = "a".repeat(size);
            let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {field}\r\n\r\n");
            // The server may answer and hang up before all of it was sent.
            let _ = stream.write_all(head.as_bytes()).await;
            let mut answer = vec![0; 1024];
            let read = stream.read(&mut answer).await.unwrap_or(0);
            let answer = String::from_utf8_lossy(&answer[..read]);
            let is_cut_off = read == 0 && size > HEAD_SIZE;
            assert!(is_cut_off || answer.contains(status), "{size}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_ends_the_connection() {
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
    async fn a_stop_lets_requests_end_and_waits_for_no_silent_client() {
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
