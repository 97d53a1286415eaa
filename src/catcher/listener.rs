//! The SMTP listener, on loopback only.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::mailbox::Mailbox;
use crate::clock::Clock;
use crate::mail::receive::{self, Envelope, MailHandler};

/// A bound listener.
pub struct Listener {
    socket: TcpListener,
    catcher: Catcher,
}

#[derive(Clone)]
struct Catcher {
    mailbox: Mailbox,
    clock: Clock,
}

impl Listener {
    /// Binds to `address`, which must be on loopback: a catcher that strangers reach would
    /// store their mail.
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
            catcher: Catcher { mailbox, clock },
        })
    }

    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub async fn run(self, stop: CancellationToken) {
        receive::run(&self.socket, self.catcher, stop).await;
    }
}

impl MailHandler for Catcher {
    const GREETING: &'static str = "jarshy.localhost ESMTP mail catcher";

    fn accepts(&self, _recipient: &str) -> Result<(), String> {
        Ok(())
    }

    async fn handle(&self, envelope: Envelope, message: Vec<u8>) -> Vec<String> {
        let (mailbox, now) = (self.mailbox.clone(), self.clock.now());
        let recipients = envelope.rcpt_to.len();
        let keeping = move || mailbox.insert(envelope, &message, now);
        let stored = tokio::task::spawn_blocking(keeping).await;
        let line = match stored.map_err(io::Error::other).flatten() {
            Ok(()) => "250 2.0.0 caught",
            Err(error) => {
                tracing::error!(%error, "a mail cannot be kept");
                "451 4.3.0 the mail cannot be kept"
            }
        };
        vec![line.to_owned(); recipients]
    }
}
