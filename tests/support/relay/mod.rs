//! A relay that fails on command: a real SMTP server on loopback that follows a [`script`] at
//! every stage. It remembers each message that it accepted, whether or not its reply arrived,
//! and runs in the process of the test, which is never killed: the ledger is compared with it.

#![allow(dead_code, reason = "a toolbox: no test needs all of it")]

pub mod script;
mod session;
mod tls;
mod wire;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpSocket};
use tokio_util::sync::CancellationToken;

pub use script::{Act, Moment, Offer, Script, Stage};
pub use tls::Certificates;

/// A message that the relay accepted.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The recipient.
    pub recipient: String,
    /// The envelope's sender.
    #[allow(dead_code, reason = "shown when a test fails")]
    pub mail_from: String,
    /// The header, with its angle brackets.
    pub message_id: String,
    #[allow(dead_code, reason = "not every test asks for it")]
    pub subject: String,
    /// The queue number in the relay's reply.
    pub queued_as: String,
    /// When its `MAIL` arrived.
    pub begun: Instant,
    /// When it was accepted.
    #[allow(dead_code, reason = "shown when a test fails")]
    pub at: Instant,
    /// Whether the relay tried to reply.
    pub is_answered: bool,
}

struct Shared {
    script: Mutex<Script>,
    offer: Mutex<Offer>,
    certificates: Certificates,
    taken: Mutex<Vec<Taken>>,
    violations: Mutex<Vec<String>>,
    /// Sessions open now, by door.
    open: Mutex<HashMap<usize, usize>>,
    /// Sessions ever opened, by door.
    opened: Mutex<HashMap<usize, usize>>,
    /// `MAIL` commands seen.
    begun: AtomicU64,
    connections: AtomicU64,
    /// Sessions that were greeted and are open.
    greeted: AtomicUsize,
    /// The names in EHLO, before and after STARTTLS.
    hellos: Mutex<Vec<String>>,
    hang_up: Mutex<CancellationToken>,
}

/// A running relay.
pub struct TestRelay {
    shared: Arc<Shared>,
    /// One address per worker, so that their sessions can be told apart.
    pub doors: Vec<SocketAddr>,
    stop: CancellationToken,
}

impl Drop for TestRelay {
    fn drop(&mut self) {
        self.stop.cancel();
        self.hang_up();
    }
}

impl TestRelay {
    /// A relay with one address that accepts everything.
    pub async fn start() -> Self {
        Self::with_doors(1).await
    }

    /// A relay with several addresses.
    pub async fn with_doors(count: usize) -> Self {
        let shared = Arc::new(Shared {
            script: Mutex::new(Arc::new(|_: &Moment<'_>| Act::Answer)),
            offer: Mutex::new(Offer::default()),
            certificates: Certificates::make(),
            taken: Mutex::default(),
            violations: Mutex::default(),
            open: Mutex::default(),
            opened: Mutex::default(),
            begun: AtomicU64::new(0),
            connections: AtomicU64::new(0),
            greeted: AtomicUsize::new(0),
            hellos: Mutex::default(),
            hang_up: Mutex::default(),
        });
        let stop = CancellationToken::new();
        let mut doors = Vec::new();
        for door in 0..count {
            let socket = TcpSocket::new_v4().unwrap();
            // A small window keeps a large message on the client's side until
            // the relay reads it, so that a drop in its middle is one.
            socket.set_recv_buffer_size(4096).unwrap();
            socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
            let listener = socket.listen(256).unwrap();
            doors.push(listener.local_addr().unwrap());
            tokio::spawn(listen(listener, door, shared.clone(), stop.clone()));
        }
        Self {
            shared,
            doors,
            stop,
        }
    }

    /// The value of `JARSHY_SMTP_URL` for a worker.
    pub fn url(&self, door: usize, settings: &str) -> String {
        format!("smtp://{}?{settings}", self.doors[door])
    }

    /// Follows `script` from now on.
    pub fn play(&self, script: impl Fn(&Moment<'_>) -> Act + Send + Sync + 'static) {
        *self.shared.script.lock().unwrap() = Arc::new(script);
    }

    /// Accepts everything from now on.
    pub fn behave(&self) {
        self.play(|_| Act::Answer);
    }

    /// What sessions are offered that open from now on.
    pub fn offer(&self, offer: Offer) {
        *self.shared.offer.lock().unwrap() = offer;
    }

    /// The certificates that it shows.
    pub fn certificates(&self) -> &Certificates {
        &self.shared.certificates
    }

    /// The names that EHLO gave.
    pub fn hellos(&self) -> Vec<String> {
        self.shared.hellos.lock().unwrap().clone()
    }

    /// Closes every session, so that what happens when one opens is met anew.
    pub fn hang_up(&self) {
        let mut token = self.shared.hang_up.lock().unwrap();
        std::mem::take(&mut *token).cancel();
    }

    /// Every message taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }

    /// How many messages were taken.
    pub fn count(&self) -> usize {
        self.shared.taken.lock().unwrap().len()
    }

    /// How many messages were begun.
    pub fn begun(&self) -> u64 {
        self.shared.begun.load(Ordering::SeqCst)
    }

    /// What clients did that RFC 5321 or RFC 2920 forbids.
    pub fn violations(&self) -> Vec<String> {
        self.shared.violations.lock().unwrap().clone()
    }

    /// Sessions that are open at a door, and that were ever opened there.
    pub fn sessions(&self, door: usize) -> (usize, usize) {
        let of = |counts: &Mutex<HashMap<usize, usize>>| {
            counts.lock().unwrap().get(&door).copied().unwrap_or(0)
        };
        (of(&self.shared.open), of(&self.shared.opened))
    }

    /// Waits until `count` messages were taken; tells whether they were.
    pub async fn reaches(&self, count: usize, patience: Duration) -> bool {
        let started = Instant::now();
        while self.count() < count {
            if started.elapsed() > patience {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        true
    }

    /// Waits until nothing more arrives.
    pub async fn is_quiet(&self, span: Duration) {
        let mut last = (self.begun(), Instant::now());
        while last.1.elapsed() < span {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if self.begun() != last.0 {
                last = (self.begun(), Instant::now());
            }
        }
    }
}

async fn listen(listener: TcpListener, door: usize, shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => continue,
            },
            () = stop.cancelled() => return,
        };
        let _ = stream.set_nodelay(true);
        let hang_up = shared.hang_up.lock().unwrap().clone();
        let shared = shared.clone();
        *shared.open.lock().unwrap().entry(door).or_default() += 1;
        *shared.opened.lock().unwrap().entry(door).or_default() += 1;
        tokio::spawn(async move {
            tokio::select! {
                () = session::run(stream, &shared) => {}
                () = hang_up.cancelled() => {}
            }
            *shared.open.lock().unwrap().entry(door).or_default() -= 1;
        });
    }
}
