//! One connection to a relay, kept open for message after message.

use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;

use super::{Endpoint, Reply, SendError, Stage, Tls};
use crate::address::EmailAddress;

// RFC 5321 §4.5.3.2 asks for minutes; the longest is for the answer to a whole
// message, when a relay may be scanning it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const COMMAND_TIMEOUT: Duration = Duration::from_secs(60);
const MESSAGE_TIMEOUT: Duration = Duration::from_secs(600);

/// Who sends to whom, for the relay's eyes (RFC 5321 §2.3.1).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Where bounces go.
    pub mail_from: String,
    /// The recipient.
    pub rcpt_to: EmailAddress,
}

/// An open session with a relay.
pub struct Connection {
    inner: AsyncSmtpConnection,
    is_broken: bool,
}

impl Connection {
    /// Opens a session: TCP, TLS as the endpoint asks, sign-in.
    ///
    /// # Errors
    /// [`SendError::Relay`] with the step that failed.
    pub async fn open(endpoint: &Endpoint) -> Result<Self, SendError> {
        let hello = ClientId::default();
        let tls = || {
            TlsParameters::new(endpoint.host.clone())
                .map_err(|error| relay(Stage::StartTls, &error, false))
        };
        let implicit = match endpoint.tls {
            Tls::Implicit => Some(tls()?),
            _ => None,
        };
        let address = (endpoint.host.as_str(), endpoint.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(
            address,
            Some(CONNECT_TIMEOUT),
            &hello,
            implicit,
            None,
        );
        let mut inner = match timeout(COMMAND_TIMEOUT, connecting).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) if error.is_tls() => return Err(relay(Stage::Connect, &error, false)),
            Ok(Err(error)) => {
                let stage = if error.status().is_some() {
                    Stage::Greeting
                } else {
                    Stage::Connect
                };
                return Err(relay(stage, &error, !error.is_permanent()));
            }
            Err(_) => return Err(silent(Stage::Connect)),
        };
        match endpoint.tls {
            Tls::Required if !inner.can_starttls() => {
                return Err(SendError::Relay {
                    stage: Stage::StartTls,
                    cause: "the relay offers no TLS; add ?tls=none if it is on a safe network"
                        .into(),
                    is_temporary: false,
                });
            }
            Tls::Required | Tls::Opportunistic if inner.can_starttls() => {
                match timeout(COMMAND_TIMEOUT, inner.starttls(tls()?, &hello)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => return Err(relay(Stage::StartTls, &error, false)),
                    Err(_) => return Err(silent(Stage::StartTls)),
                }
            }
            _ => {}
        }
        if let Some((user, password)) = &endpoint.credentials {
            let credentials = Credentials::new(user.clone(), password.clone());
            match timeout(
                COMMAND_TIMEOUT,
                inner.auth(DEFAULT_MECHANISMS, &credentials),
            )
            .await
            {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Err(relay(Stage::Auth, &error, error.is_transient())),
                Err(_) => return Err(silent(Stage::Auth)),
            }
        }
        Ok(Self {
            inner,
            is_broken: false,
        })
    }

    /// Whether another message may be sent.
    pub fn is_usable(&self) -> bool {
        !self.is_broken
    }

    /// Hands one message to the relay.
    ///
    /// # Errors
    /// [`SendError`] says whether the relay may have taken it.
    pub async fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<Reply, SendError> {
        let server = self.inner.server_info();
        let needs_utf8 = envelope.rcpt_to.needs_smtputf8();
        if needs_utf8 && !server.supports_feature(Extension::SmtpUtfEight) {
            return Err(SendError::NoSmtpUtf8);
        }
        let utf8 = if needs_utf8 { " SMTPUTF8" } else { "" };
        let body = match server.supports_feature(Extension::EightBitMime) {
            true => " BODY=8BITMIME",
            false => "",
        };
        self.command(
            Stage::Mail,
            format!("MAIL FROM:<{}>{body}{utf8}\r\n", envelope.mail_from),
        )
        .await?;
        self.command(Stage::Rcpt, format!("RCPT TO:<{}>\r\n", envelope.rcpt_to))
            .await?;
        self.command(Stage::Data, "DATA\r\n".to_owned()).await?;
        let sent = timed(MESSAGE_TIMEOUT, self.inner.message(message)).await;
        self.settle(Stage::Message, sent).await
    }

    async fn command(&mut self, stage: Stage, line: String) -> Result<Reply, SendError> {
        let answer = timed(COMMAND_TIMEOUT, self.inner.command(line)).await;
        self.settle(stage, answer).await
    }

    /// Reads an answer; after a refusal brings the session back to its start.
    async fn settle(
        &mut self,
        stage: Stage,
        answer: Result<Response, Failure>,
    ) -> Result<Reply, SendError> {
        match answer {
            Ok(response) => Ok(reply(&response)),
            Err(Failure::Refused(refusal)) => {
                // 421 announces that the relay hangs up (RFC 5321 §3.8).
                self.is_broken = refusal.code == 421
                    || timed(COMMAND_TIMEOUT, self.inner.command("RSET\r\n"))
                        .await
                        .is_err();
                Err(SendError::Refused {
                    stage,
                    reply: refusal,
                })
            }
            Err(Failure::Lost(cause)) => {
                self.is_broken = true;
                Err(match stage {
                    Stage::Message => SendError::InDoubt { cause },
                    stage => SendError::NotSent { stage, cause },
                })
            }
        }
    }

    /// Says goodbye.
    pub async fn quit(mut self) {
        if !self.is_broken {
            let _ = timeout(Duration::from_secs(5), self.inner.quit()).await;
        }
    }
}

enum Failure {
    Refused(Reply),
    Lost(String),
}

async fn timed(
    limit: Duration,
    answer: impl Future<Output = Result<Response, Error>>,
) -> Result<Response, Failure> {
    match timeout(limit, answer).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(match error.status() {
            Some(code) => Failure::Refused(Reply {
                code: code.into(),
                text: words(&error),
            }),
            None => Failure::Lost(words(&error)),
        }),
        Err(_) => Err(Failure::Lost("no answer in time".into())),
    }
}

fn reply(response: &Response) -> Reply {
    Reply {
        code: response.code().into(),
        text: response.message().collect::<Vec<_>>().join(" "),
    }
}

/// The other side's words, or the system's: the innermost cause.
fn words(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

fn relay(stage: Stage, error: &Error, is_temporary: bool) -> SendError {
    SendError::Relay {
        stage,
        cause: words(error),
        is_temporary,
    }
}

fn silent(stage: Stage) -> SendError {
    SendError::Relay {
        stage,
        cause: "no answer in time".into(),
        is_temporary: true,
    }
}
