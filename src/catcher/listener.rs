//! The listener: one task a session, on loopback alone.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::mailbox::Mailbox;
use super::session::{Action, Session};
use crate::clock::Clock;

const SESSION_LIMIT: usize = 200;
const IDLE: Duration = Duration::from_secs(300);

/// A bound listener.
pub struct Listener {
    socket: TcpListener,
    mailbox: Mailbox,
    clock: Clock,
}

impl Listener {
    /// Binds to `address`, which must be on loopback: a catcher that strangers
    /// reach would be an open drop for their mail.
    ///
    /// # Errors
    /// Where the address is not on loopback or not free.
    pub async fn bind(address: SocketAddr, mailbox: Mailbox, clock: Clock) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the mail catcher listens on loopback alone",
            ));
        }
        Ok(Self {
            socket: TcpListener::bind(address).await?,
            mailbox,
            clock,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Where the system does not say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Takes sessions until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let places = Arc::new(Semaphore::new(SESSION_LIMIT));
        loop {
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                () = stop.cancelled() => return,
            };
            let Ok((stream, _)) = accepted else { continue };
            let Ok(place) = places.clone().acquire_owned().await else {
                return;
            };
            let (mailbox, clock, stop) = (self.mailbox.clone(), self.clock.clone(), stop.clone());
            tokio::spawn(async move {
                tokio::select! {
                    ended = serve(stream, mailbox, clock) => {
                        if let Err(error) = ended {
                            tracing::debug!(%error, "a session with the mail catcher broke off");
                        }
                    }
                    () = stop.cancelled() => {}
                }
                drop(place);
            });
        }
    }
}

async fn serve(mut stream: TcpStream, mailbox: Mailbox, clock: Clock) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut session = Session::default();
    let mut buffer = vec![0; 64 * 1024];
    write_line(&mut stream, Session::greeting()).await?;
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
                    let (mailbox, now) = (mailbox.clone(), clock.now());
                    let keeping = move || mailbox.insert(envelope, &message, now);
                    let kept = tokio::task::spawn_blocking(keeping).await;
                    let line = match kept.map_err(io::Error::other).flatten() {
                        Ok(()) => "250 2.0.0 caught",
                        Err(error) => {
                            tracing::error!(%error, "a mail cannot be kept");
                            "451 4.3.0 the mail cannot be kept"
                        }
                    };
                    write_line(&mut stream, line).await?;
                }
            }
        }
    }
}

async fn write_line(stream: &mut TcpStream, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await
}
