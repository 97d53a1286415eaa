//! A visitor who joins repeatedly while emails are sent.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const PAUSE: Duration = Duration::from_millis(20);

/// Durations of joins in milliseconds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Joins {
    pub(super) count: usize,
    pub(super) failed: usize,
    pub(super) median_ms: f64,
    pub(super) p99_ms: f64,
}

/// A task that joins until it is stopped.
pub(super) struct Probe {
    stop: CancellationToken,
    task: JoinHandle<Joins>,
}

impl Probe {
    pub(super) fn start(address: SocketAddr) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(join_on(address, stop.clone()));
        Self { stop, task }
    }

    pub(super) async fn end(self) -> Joins {
        self.stop.cancel();
        self.task.await.unwrap_or(Joins {
            count: 0,
            failed: 0,
            median_ms: 0.0,
            p99_ms: 0.0,
        })
    }
}

async fn join_on(address: SocketAddr, stop: CancellationToken) -> Joins {
    let mut times = Vec::new();
    let mut failed = 0;
    let mut number = 0;
    while tokio::time::timeout(PAUSE, stop.cancelled()).await.is_err() {
        number += 1;
        let started = Instant::now();
        match join(address, number).await {
            Ok(true) => times.push(started.elapsed().as_secs_f64() * 1_000.0),
            _ => failed += 1,
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let rank = (times.len() as f64 * share) as usize;
        times.get(rank.min(times.len().saturating_sub(1))).copied()
    };
    Joins {
        count: times.len(),
        failed,
        median_ms: at(0.5).unwrap_or(0.0),
        p99_ms: at(0.99).unwrap_or(0.0),
    }
}

async fn join(address: SocketAddr, number: u32) -> std::io::Result<bool> {
    let body = format!(r#"{{"email":"visitor{number}@join.example","lists":["bench"]}}"#);
    let request = format!(
        "POST /api/v1/join HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"HTTP/1.1 202"))
}
