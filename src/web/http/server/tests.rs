use std::net::SocketAddr;

use super::connection::HEAD_SIZE;
use super::*;
use axum::extract::ConnectInfo;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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
            axum::routing::post(|body: axum::body::Bytes| async move { body.len().to_string() }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let limits = Limits { cap, head_limit };
    let serving = tokio::spawn(serve(listener, routes, limits, None, stop.clone()));
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
