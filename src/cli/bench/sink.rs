//! A relay that accepts and discards everything, with an optional delay.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::super::Result;

const END: &[u8] = b"\r\n.\r\n";

/// Flags of `jarshy bench sink`.
#[derive(Args)]
pub(in crate::cli) struct Sink {
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:2526")]
    listen: SocketAddr,
    /// Milliseconds before each reply, to simulate distance
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay: u64,
    /// Do not offer PIPELINING
    #[arg(long)]
    no_pipelining: bool,
}

impl Sink {
    /// Accepts mail until the process is stopped.
    pub(super) async fn run(self) -> Result {
        let listener = TcpListener::bind(self.listen).await?;
        let delay = Duration::from_millis(self.delay);
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(take(stream, delay, !self.no_pipelining));
        }
    }
}

/// One client's session.
async fn take(mut stream: TcpStream, delay: Duration, pipelining: bool) -> std::io::Result<()> {
    let hello: &[u8] = if pipelining {
        b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
    } else {
        b"250-sink\r\n250 8BITMIME\r\n"
    };
    let mut incoming = Vec::with_capacity(32 * 1024);
    let mut is_message = false;
    let mut answers = b"220 sink\r\n".to_vec();
    loop {
        if !answers.is_empty() {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            stream.write_all(&answers).await?;
            answers.clear();
        }
        if stream.read_buf(&mut incoming).await? == 0 {
            return Ok(());
        }
        let mut read = 0;
        loop {
            let rest = &incoming[read..];
            if is_message {
                let Some(end) = memchr::memmem::find(rest, END) else {
                    // The last bytes may be the start of the end marker.
                    read = incoming.len() - rest.len().min(END.len() - 1);
                    break;
                };
                read += end + END.len();
                is_message = false;
                answers.extend_from_slice(b"250 2.0.0 Ok\r\n");
                continue;
            }
            let Some(end) = memchr::memchr(b'\n', rest) else {
                break;
            };
            read += end + 1;
            let verb = rest.get(..4).unwrap_or(rest).to_ascii_uppercase();
            answers.extend_from_slice(match verb.as_slice() {
                b"EHLO" => hello,
                b"DATA" => {
                    is_message = true;
                    b"354 go on\r\n"
                }
                b"QUIT" => b"221 2.0.0 Bye\r\n",
                _ => b"250 2.0.0 Ok\r\n",
            });
        }
        incoming.drain(..read);
    }
}
