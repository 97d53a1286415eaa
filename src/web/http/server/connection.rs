//! One connection, from its first byte to its end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Version;
use hyper::body::Incoming;
use hyper::header::{HOST, HeaderValue};
use hyper::server::conn::{http1, http2};
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::idle_connections::IdleEntry;
use super::request_body::RequestBody;
use super::stall_timeout::StallTimeout;

/// Bytes of a request's head that are buffered before it is rejected. Hyper reads
/// once more below this size, so a head has less than twice as many.
pub(super) const HEAD_SIZE: usize = 64 * 1024;
/// Requests of one connection at once, in HTTP/2.
const MAX_STREAMS: u32 = 100;
/// How often a client is asked by HTTP/2 whether it is still there, and how long it has to
/// answer.
const PING_INTERVAL: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(20);
/// A connection by HTTP/2 that asks for nothing is closed after this time.
const IDLE_LIMIT: Duration = Duration::from_secs(3 * 60);
/// The first byte of a TLS handshake (RFC 8446 §5.1).
const HANDSHAKE: u8 = 22;

/// How TLS is spoken.
#[derive(Clone)]
pub struct Tls {
    /// Accepts handshakes.
    pub acceptor: TlsAcceptor,
    /// For clients that speak plain HTTP all the same.
    pub plain: Router,
}

pub(super) struct Connection {
    pub peer: SocketAddr,
    pub routes: Router,
    pub head_limit: Duration,
    pub entry: Arc<IdleEntry>,
    pub stop: CancellationToken,
}

/// Answers the requests of a connection.
#[derive(Clone)]
struct RequestService {
    peer: SocketAddr,
    routes: Router,
    entry: Arc<IdleEntry>,
}

impl Service<hyper::Request<Incoming>> for RequestService {
    type Response = hyper::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: hyper::Request<Incoming>) -> Self::Future {
        let Self {
            peer,
            routes,
            entry,
        } = self.clone();
        Box::pin(async move {
            let answering = Answering::new(&entry);
            let body_entry = entry.clone();
            let mut request = request.map(|body| Body::new(RequestBody::new(body, body_entry)));
            request.extensions_mut().insert(ConnectInfo(peer));
            name_host(&mut request);
            let response = routes.oneshot(request).await;
            drop(answering);
            response
        })
    }
}

/// HTTP/2 names the host in the URL; the application looks for it in the header.
fn name_host<B>(request: &mut hyper::Request<B>) {
    let authority = request.uri().authority();
    let host = authority.and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    if let Some(host) = host
        && request.version() == Version::HTTP_2
    {
        request.headers_mut().entry(HOST).or_insert(host);
    }
}

/// A connection of either version of HTTP.
trait Served: Future<Output = hyper::Result<()>> {
    /// Lets requests in progress end, and accepts no more.
    fn shut_down(self: Pin<&mut Self>);
}

impl<I, S> Served for http1::Connection<I, S>
where
    S: hyper::service::HttpService<Incoming, ResBody = Body>,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    I: hyper::rt::Read + hyper::rt::Write + Unpin,
{
    fn shut_down(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl<I, S> Served for http2::Connection<I, S, TokioExecutor>
where
    S: hyper::service::HttpService<Incoming, ResBody = Body>,
    S::Future: Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    I: hyper::rt::Read + hyper::rt::Write + Unpin,
{
    fn shut_down(self: Pin<&mut Self>) {
        self.graceful_shutdown();
    }
}

impl Connection {
    pub async fn serve(self, stream: TcpStream, tls: Option<Tls>) {
        // Responses are written whole; Nagle's algorithm would only delay them.
        let _ = stream.set_nodelay(true);
        let Some(tls) = tls else {
            return self.serve_http1(StallTimeout::new(stream)).await;
        };
        let (dropped, stop) = (self.entry.dropped.clone(), self.stop.clone());
        let beginning = timeout(self.head_limit, self.begin(stream, tls));
        let begun = tokio::select! {
            begun = beginning => begun,
            () = dropped.cancelled() => return,
            () = stop.cancelled() => return,
        };
        let Ok(Some(begun)) = begun else { return };
        match begun {
            Begun::Plain(stream, plain) => {
                let plain = Self {
                    routes: plain,
                    ..self
                };
                plain.serve_http1(StallTimeout::new(stream)).await;
            }
            Begun::Http1(stream) => self.serve_http1(stream).await,
            Begun::Http2(stream) => self.serve_http2(stream).await,
        }
    }

    /// Shakes hands; `None` where there is nothing more to do.
    async fn begin(&self, stream: TcpStream, tls: Tls) -> Option<Begun> {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? == 0 {
            return None;
        }
        if first[0] != HANDSHAKE {
            return Some(Begun::Plain(stream, tls.plain));
        }
        let accepted = tls.acceptor.accept(StallTimeout::new(stream)).await;
        let stream = match accepted {
            Ok(stream) => stream,
            Err(error) => {
                metrics::counter!("http_handshakes_failed_total").increment(1);
                tracing::debug!(peer = %self.peer, %error, "a handshake failed");
                return None;
            }
        };
        match stream.get_ref().1.alpn_protocol() {
            Some(b"h2") => Some(Begun::Http2(Box::new(stream))),
            Some(b"http/1.1") | None => Some(Begun::Http1(Box::new(stream))),
            // The handshake was all (RFC 8737 §3).
            Some(_) => None,
        }
    }

    async fn serve_http1(self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_limit)
            .max_buf_size(HEAD_SIZE)
            .serve_connection(TokioIo::new(stream), self.service());
        self.finish(served, None).await;
    }

    async fn serve_http2(self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let served = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            .max_header_list_size(HEAD_SIZE as u32)
            .keep_alive_interval(PING_INTERVAL)
            .keep_alive_timeout(PING_TIMEOUT)
            .serve_connection(TokioIo::new(stream), self.service());
        self.finish(served, Some(IDLE_LIMIT)).await;
    }

    fn service(&self) -> RequestService {
        RequestService {
            peer: self.peer,
            routes: self.routes.clone(),
            entry: self.entry.clone(),
        }
    }

    /// Serves until the client, the cap on connections or a stop ends it. With `idle_limit`,
    /// also until nothing was asked for so long.
    async fn finish(&self, served: impl Served, idle_limit: Option<Duration>) {
        let mut served = pin!(served);
        let mut is_ending = false;
        let mut looks = interval(PING_INTERVAL);
        loop {
            tokio::select! {
                ended = served.as_mut() => {
                    if let Err(error) = ended {
                        tracing::trace!(%error, "a connection ended");
                    }
                    return;
                }
                () = self.entry.dropped.cancelled() => return,
                () = self.stop.cancelled(), if !is_ending => {
                    is_ending = true;
                    served.as_mut().shut_down();
                }
                _ = looks.tick(), if !is_ending && idle_limit.is_some() => {
                    if self.entry.idle_for() > idle_limit {
                        is_ending = true;
                        served.as_mut().shut_down();
                    }
                }
            }
        }
    }
}

type TlsStream = Box<tokio_rustls::server::TlsStream<StallTimeout>>;

enum Begun {
    Http1(TlsStream),
    Http2(TlsStream),
    /// Plain HTTP, where TLS is spoken.
    Plain(TcpStream, Router),
}

/// A request that is being answered. A client may take it back, and with it this.
struct Answering<'a>(&'a IdleEntry);

impl<'a> Answering<'a> {
    fn new(entry: &'a IdleEntry) -> Self {
        entry.leave();
        Self(entry)
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.0.wait();
    }
}
