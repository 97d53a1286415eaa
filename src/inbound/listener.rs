//! The listener for inbound mail: LMTP for the transport of a local mail server, SMTP for
//! delivery by MX.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Arrival, process_email};
use crate::address::domain::Domain;
use crate::context::Context;
use crate::mail::receive::{self, Envelope, MailHandler};
use crate::model::feedback::Source;

pub struct Listener {
    socket: TcpListener,
    handler: LmtpHandler,
}

#[derive(Clone)]
struct LmtpHandler {
    cx: Context,
}

impl Listener {
    pub async fn bind(cx: Context, address: SocketAddr) -> std::io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        Ok(Self {
            socket,
            handler: LmtpHandler { cx },
        })
    }

    pub fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub async fn run(&self, stop: CancellationToken) {
        receive::run(&self.socket, self.handler.clone(), stop).await;
    }
}

impl MailHandler for LmtpHandler {
    const GREETING: &'static str = "jarshy ESMTP and LMTP for returned mail";

    fn accepts(&self, recipient: &str) -> Result<(), String> {
        let (local, domain) = recipient.rsplit_once('@').unwrap_or((recipient, ""));
        let config = self.cx.config();
        let bounces = config.bounce_domain.as_ref().map(Domain::as_str);
        let senders = config.sender_domains();
        let mut accepted = bounces.into_iter().chain(senders).peekable();
        let is_any = accepted.peek().is_none();
        if !is_any && !accepted.any(|ours| ours.eq_ignore_ascii_case(domain)) {
            return Err("550 5.7.1 this server takes no mail for that domain".to_owned());
        }
        // Spam is sent to invented return addresses too; a signature can be checked without a
        // query.
        let looks_signed = local
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("b-"));
        if looks_signed && self.cx.keys.open_envelope(local).is_err() {
            return Err("550 5.1.1 no message was sent from that address".to_owned());
        }
        Ok(())
    }

    async fn handle(&self, envelope: Envelope, message: Vec<u8>) -> Vec<String> {
        // RFC 5321 §4.4: final delivery records the envelope sender.
        let return_path = format!("Return-Path: <{}>\r\n", envelope.mail_from);
        let message = [return_path.as_bytes(), &message].concat();
        let mut replies = Vec::with_capacity(envelope.rcpt_to.len());
        for recipient in &envelope.rcpt_to {
            let arrival = Arrival {
                source: Source::Listener,
                mail_to: Some(recipient),
                bytes: &message,
            };
            replies.push(match process_email(&self.cx, arrival).await {
                Ok(_) => "250 2.0.0 taken".to_owned(),
                Err(error) => {
                    tracing::error!(%error, "returned mail cannot be taken");
                    "451 4.3.0 try again later".to_owned()
                }
            });
        }
        replies
    }
}
