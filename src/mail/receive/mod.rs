//! A server for SMTP and LMTP sessions; a [`MailHandler`] processes the messages.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

mod session;

pub use session::{Accepts, Action, Budget, Envelope, SIZE_LIMIT, Session};

const SESSION_LIMIT: usize = 200;
/// Sessions per client address. Postfix opens 20 at a time.
const PEER_LIMIT: usize = 50;
/// Bytes of messages that all sessions may hold together.
const MEMORY_LIMIT: usize = 96 * 1024 * 1024;
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
/// From the greeting to the end. A client with more to send connects again.
const SESSION_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// Processes the messages that a listener receives; cheap to clone.
pub trait MailHandler: Clone + Send + Sync + 'static {
    /// The server name and a description, for the greeting.
    const GREETING: &'static str;

    /// Whether a recipient is accepted.
    ///
    /// # Errors
    /// The reply that rejects it.
    fn accepts(&self, recipient: &str) -> Result<(), String>;

    /// Processes a message, durably before it replies 250; one reply per recipient.
    fn handle(
        &self,
        envelope: Envelope,
        message: Vec<u8>,
    ) -> impl Future<Output = Vec<String>> + Send;
}

/// Open sessions per client address.
type Peers = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// The slot of a session; released when dropped.
struct SessionSlot {
    peers: Peers,
    peer: IpAddr,
}

impl SessionSlot {
    fn acquire(peers: &Peers, peer: IpAddr) -> Option<Self> {
        let mut open = peers.lock();
        let total: usize = open.values().sum();
        let count = open.entry(peer).or_default();
        if total >= SESSION_LIMIT || *count >= PEER_LIMIT {
            return None;
        }
        *count += 1;
        let peers = peers.clone();
        Some(Self { peers, peer })
    }
}

impl Drop for SessionSlot {
    fn drop(&mut self) {
        let mut open = self.peers.lock();
        if let Some(count) = open.get_mut(&self.peer) {
            *count -= 1;
        }
        open.retain(|_, count| *count > 0);
    }
}

/// Accepts sessions until `stop`.
pub async fn run(socket: &TcpListener, handler: impl MailHandler, stop: CancellationToken) {
    let peers = Peers::default();
    let budget = Budget::new(MEMORY_LIMIT);
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let (mut stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Without free file descriptors, the next accept fails at once too.
                tracing::warn!(%error, "a session of incoming mail cannot be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let slot = SessionSlot::acquire(&peers, peer.ip().to_canonical());
        let (handler, stop, budget) = (handler.clone(), stop.clone(), budget.clone());
        tokio::spawn(async move {
            let session = async {
                match slot {
                    Some(_place) => serve(stream, handler, budget).await,
                    None => write_line(&mut stream, "421 4.3.2 too many connections").await,
                }
            };
            tokio::select! {
                ended = session => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "an inbound session was interrupted");
                    }
                }
                () = stop.cancelled() => {}
            }
        });
    }
}

async fn serve<K: MailHandler>(
    mut stream: TcpStream,
    handler: K,
    budget: Budget,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let deadline = Instant::now() + SESSION_TIMEOUT;
    let asked = handler.clone();
    let accepts = Arc::new(move |to: &str| asked.accepts(to));
    let mut session = Session::new(K::GREETING, accepts, budget);
    let mut buffer = vec![0; 16 * 1024];
    write_line(&mut stream, &session.greeting()).await?;
    loop {
        let until = deadline.min(Instant::now() + IDLE_TIMEOUT);
        let read = match timeout_at(until, stream.read(&mut buffer)).await {
            Ok(read) => read?,
            Err(_) => return write_line(&mut stream, "421 4.4.2 this takes too long").await,
        };
        if read == 0 {
            return Ok(());
        }
        for action in session.feed(&buffer[..read]) {
            match action {
                Action::Reply(line) => write_line(&mut stream, &line).await?,
                Action::Close => return stream.shutdown().await,
                Action::Message(envelope, message) => {
                    let replies = handler.handle(envelope, message).await;
                    session.release();
                    write_line(&mut stream, &after_data(&session, &replies)).await?;
                }
            }
        }
    }
}

/// LMTP has one reply per recipient; SMTP has a single one, which must reject if any recipient
/// was rejected.
fn after_data(session: &Session, replies: &[String]) -> String {
    if session.is_lmtp() {
        return replies.join("\r\n");
    }
    let refusal = replies.iter().find(|reply| !reply.starts_with('2'));
    refusal.or(replies.first()).cloned().unwrap_or_default()
}

async fn write_line(stream: &mut TcpStream, line: &str) -> io::Result<()> {
    let line = format!("{line}\r\n");
    timeout(IDLE_TIMEOUT, stream.write_all(line.as_bytes())).await?
}
