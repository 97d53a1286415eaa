//! Receiving mail by SMTP and LMTP: the sessions of a listener, whoever keeps
//! what comes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

mod session;

pub use session::{Accepts, Envelope, SIZE_LIMIT};
use session::{Action, Session};

const SESSION_LIMIT: usize = 200;
const IDLE: Duration = Duration::from_secs(300);

/// Who keeps the mail that a listener receives; cheap to clone.
pub trait Keeper: Clone + Send + Sync + 'static {
    /// The server's name and what it is, for the first line.
    const GREETING: &'static str;

    /// Whether a recipient is taken.
    ///
    /// # Errors
    /// The reply line that refuses it.
    fn accepts(&self, recipient: &str) -> Result<(), String>;

    /// Keeps a message, durably where its replies say so: one reply line for
    /// each recipient.
    fn keep(
        &self,
        envelope: Envelope,
        message: Vec<u8>,
    ) -> impl Future<Output = Vec<String>> + Send;
}

/// Takes sessions until `stop`.
pub async fn run(socket: TcpListener, keeper: impl Keeper, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(SESSION_LIMIT));
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else { continue };
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let (keeper, stop) = (keeper.clone(), stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                ended = serve(stream, keeper) => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a session of incoming mail broke off");
                    }
                }
                () = stop.cancelled() => {}
            }
            drop(place);
        });
    }
}

async fn serve<K: Keeper>(mut stream: TcpStream, keeper: K) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let asked = keeper.clone();
    let mut session = Session::new(K::GREETING, Arc::new(move |to: &str| asked.accepts(to)));
    let mut buffer = vec![0; 64 * 1024];
    write_line(&mut stream, &session.greeting()).await?;
    loop {
        let read = match timeout(IDLE, stream.read(&mut buffer)).await {
            Ok(read) => read?,
            Err(_) => return write_line(&mut stream, "421 4.4.2 idle for too long").await,
        };
        if read == 0 {
            return Ok(());
        }
        for action in session.feed(&buffer[..read]) {
            match action {
                Action::Reply(line) => write_line(&mut stream, &line).await?,
                Action::Close => return stream.shutdown().await,
                Action::Keep(envelope, message) => {
                    let replies = keeper.keep(envelope, message).await;
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
    stream.write_all(format!("{line}\r\n").as_bytes()).await
}
