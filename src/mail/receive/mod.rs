//! Receiving mail by SMTP and LMTP: the sessions of a listener, whoever keeps
//! what comes.

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
/// Sessions of one address. Postfix opens 20 at a time.
const PEER_LIMIT: usize = 50;
/// Bytes of messages that all sessions hold together.
const MEMORY_LIMIT: usize = 96 * 1024 * 1024;
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
/// From the greeting to the end. A relay with more to say comes again.
const SESSION_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// Who keeps the mail that a listener receives; cheap to clone.
pub trait MailHandler: Clone + Send + Sync + 'static {
    /// The server's name and what it is, for the first line.
    const GREETING: &'static str;

    /// Whether a recipient is taken.
    ///
    /// # Errors
    /// The reply line that refuses it.
    fn accepts(&self, recipient: &str) -> Result<(), String>;

    /// Keeps a message, durably where its replies say so: one reply line for
    /// each recipient.
    fn handle(
        &self,
        envelope: Envelope,
        message: Vec<u8>,
    ) -> impl Future<Output = Vec<String>> + Send;
}

/// How many sessions each address has open.
type Peers = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// One session's place among those of its address; given up when dropped.
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

/// Takes sessions until `stop`.
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
                // Without descriptors left, the next accept fails at once too.
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

/// LMTP wants a reply for each recipient; SMTP has one, and it must be a
/// refusal where any of them was.
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
