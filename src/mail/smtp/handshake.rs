//! Opens a session with a relay: TCP, TLS, EHLO, AUTH.

use std::time::Duration;

use data_encoding::BASE64;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::channel::{Channel, ConnectionError, NO_REPLY};
use super::stream::Stream;
use super::{Reply, SendError, Stage};
use crate::oauth::{self, TokenError, TokenSource};
use crate::relay::{Auth, Relay, Tls};
use crate::tls::CertificateRefused;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// The extensions that a relay offers in its reply to EHLO.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Features {
    pub(super) pipelining: bool,
    pub(super) eight_bit_mime: bool,
    pub(super) smtp_utf8: bool,
    start_tls: bool,
    mechanisms: Vec<Mechanism>,
}

impl Features {
    fn read(reply: &Reply) -> Self {
        let mut features = Features::default();
        // The first line is the greeting.
        for line in reply.text.split('\n').skip(1) {
            let mut words = line.split([' ', '=']);
            match words
                .next()
                .unwrap_or_default()
                .to_ascii_uppercase()
                .as_str()
            {
                "PIPELINING" => features.pipelining = true,
                "8BITMIME" => features.eight_bit_mime = true,
                "SMTPUTF8" => features.smtp_utf8 = true,
                "STARTTLS" => features.start_tls = true,
                "AUTH" => {
                    let known = words.filter_map(|word| match word.to_ascii_uppercase().as_str() {
                        "PLAIN" => Some(Mechanism::Plain),
                        "LOGIN" => Some(Mechanism::Login),
                        "XOAUTH2" => Some(Mechanism::Xoauth2),
                        _ => None,
                    });
                    features.mechanisms.extend(known);
                }
                _ => {}
            }
        }
        features
    }
}

/// Opens a session: TCP, TLS as the relay URL asks, AUTH.
///
/// # Errors
/// [`SendError::Relay`] with the stage that failed.
pub(super) async fn open(relay: &Relay) -> Result<(Channel, Features), SendError> {
    match open_with(relay, relay.tls).await {
        // As in Postfix: a relay that offers TLS and cannot do it gets its mail in plain text,
        // as it would without the offer.
        Err(
            error @ SendError::Relay {
                stage: Stage::StartTls,
                ..
            },
        ) if relay.tls == Tls::Opportunistic && (relay.auth.is_none() || relay.is_local()) => {
            tracing::warn!(relay = %relay, %error, "TLS is offered and fails; sending without it");
            open_with(relay, Tls::None).await
        }
        opened => opened,
    }
}

async fn open_with(relay: &Relay, tls: Tls) -> Result<(Channel, Features), SendError> {
    let mut stream = connect(relay).await?;
    if tls == Tls::Implicit {
        let upgrade = stream.start_tls(&relay.host, &relay.trust);
        stream = with_timeout(relay.timeout, upgrade, Stage::Connect).await?;
    }
    let mut channel = Channel::new(stream, relay.timeout);
    let greeting = channel.read_reply(channel.timeout).await;
    expect(Stage::Greeting, greeting, 220)?;
    let name = match &relay.helo {
        Some(name) => name.as_str().to_owned(),
        None => ClientId::default().to_string(),
    };
    let mut features = ehlo(&mut channel, &name).await?;
    match tls {
        Tls::Required if !features.start_tls => {
            return Err(permanent_failure(
                Stage::StartTls,
                "the relay offers no TLS; add ?tls=none if it is on a safe network",
            ));
        }
        Tls::Required | Tls::Opportunistic if features.start_tls => {
            let answer = channel.command("STARTTLS\r\n").await;
            expect(Stage::StartTls, answer, 220)?;
            let upgrade = channel.start_tls(&relay.host, &relay.trust);
            channel = with_timeout(relay.timeout, upgrade, Stage::StartTls).await?;
            features = ehlo(&mut channel, &name).await?;
        }
        _ => {}
    }
    if relay.auth.is_some() && !channel.is_tls() && !relay.is_local() {
        return Err(permanent_failure(
            Stage::Auth,
            "the relay offers no TLS, and a password must not cross a network in the open",
        ));
    }
    match &relay.auth {
        Some(Auth::Password { user, password }) => {
            let credentials = Credentials::new(user.clone(), password.clone());
            auth_password(&mut channel, &features, &credentials).await?;
        }
        Some(Auth::OAuth { user, tokens }) => {
            let tokens = tokens.as_ref().ok_or_else(|| {
                permanent_failure(Stage::Auth, "no source of OAuth tokens is configured")
            })?;
            auth_xoauth2(&mut channel, &features, user, tokens).await?;
        }
        None => {}
    }
    Ok((channel, features))
}

async fn connect(relay: &Relay) -> Result<Stream, SendError> {
    let connecting = Stream::connect(&relay.host, relay.port);
    let cause = match timeout(CONNECT_TIMEOUT.min(relay.timeout), connecting).await {
        Ok(Ok(stream)) => return Ok(stream),
        Ok(Err(error)) => error.to_string(),
        Err(_) => NO_REPLY.into(),
    };
    Err(SendError::Relay {
        stage: Stage::Connect,
        cause,
        is_temporary: true,
        code: None,
    })
}

/// Retrying does not help: an operator must act.
fn permanent_failure(stage: Stage, cause: &str) -> SendError {
    SendError::Relay {
        stage,
        cause: cause.to_owned(),
        is_temporary: false,
        code: None,
    }
}

/// Waits for the TLS handshake. A bad certificate must be fixed by an operator; a lost
/// connection is temporary.
async fn with_timeout<T>(
    limit: Duration,
    handshake: impl Future<Output = std::io::Result<T>>,
    stage: Stage,
) -> Result<T, SendError> {
    let (cause, is_temporary) = match timeout(limit, handshake).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) if CertificateRefused::is_cause_of(&error) => (
            format!(
                "{error}; in the relay's URL, trust who signed it with ca=/path/to/ca.pem or this \
                 certificate alone with fingerprint=sha256:…, or encrypt without verifying with \
                 tls=required-unverified"
            ),
            false,
        ),
        // rustls reports its own errors as invalid data: the two sides have no TLS version in
        // common.
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => {
            let hint = match stage {
                Stage::Connect => {
                    "; a relay that starts in the open needs smtp:// instead of smtps://"
                }
                _ => "",
            };
            (format!("{error}{hint}"), false)
        }
        Ok(Err(error)) => (error.to_string(), true),
        Err(_) => (NO_REPLY.into(), true),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
        code: None,
    })
}

async fn ehlo(channel: &mut Channel, name: &str) -> Result<Features, SendError> {
    let ehlo = format!("EHLO {name}\r\n");
    let mut answer = match channel.write(ehlo.as_bytes(), channel.timeout).await {
        Ok(()) => channel.read_reply_lines(channel.timeout).await,
        Err(lost) => Err(lost),
    };
    if answer
        .as_ref()
        .is_ok_and(|reply| matches!(reply.code, 500..=504))
    {
        answer = channel.command(&format!("HELO {name}\r\n")).await;
    }
    Ok(Features::read(&expect(Stage::Greeting, answer, 250)?))
}

async fn auth_password(
    channel: &mut Channel,
    features: &Features,
    credentials: &Credentials,
) -> Result<(), SendError> {
    let offered = |wanted: &Mechanism| features.mechanisms.contains(wanted);
    let mechanism = [Mechanism::Plain, Mechanism::Login]
        .into_iter()
        .find(offered)
        .ok_or_else(|| {
            let cause = if offered(&Mechanism::Xoauth2) { "the relay takes no password; sign in with auth=xoauth2 in its URL and JARSHY_SMTP_OAUTH" } else { "the relay offers no sign-in that Jarshy knows" };
            permanent_failure(Stage::Auth, cause)
        })?;
    let respond = |challenge: Option<&str>| {
        mechanism
            .response(credentials, challenge)
            .map(|answer| BASE64.encode(answer.as_bytes()))
            .map_err(|error| permanent_failure(Stage::Auth, &words(&error)))
    };
    let first = if mechanism.supports_initial_response() {
        format!("AUTH {mechanism} {}\r\n", respond(None)?)
    } else {
        format!("AUTH {mechanism}\r\n")
    };
    let mut answer = channel.command(&first).await;
    for _ in 0..3 {
        let Ok(Reply { code: 334, text }) = &answer else {
            break;
        };
        let challenge = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
        let response = respond(Some(&String::from_utf8_lossy(&challenge)))?;
        answer = channel.command(&format!("{response}\r\n")).await;
    }
    expect(Stage::Auth, answer, 235).map(drop)
}

async fn auth_xoauth2(
    channel: &mut Channel,
    features: &Features,
    user: &str,
    tokens: &TokenSource,
) -> Result<(), SendError> {
    if !features.mechanisms.contains(&Mechanism::Xoauth2) {
        return Err(permanent_failure(
            Stage::Auth,
            "the relay offers no XOAUTH2",
        ));
    }
    let mut is_last = false;
    loop {
        let token = tokens.token().await.map_err(|error| SendError::Relay {
            stage: Stage::Auth,
            is_temporary: matches!(error, TokenError::Unavailable(_)),
            cause: error.to_string(),
            code: None,
        })?;
        let first = BASE64.encode(oauth::xoauth2(user, &token).as_bytes());
        let mut answer = channel.command(&format!("AUTH XOAUTH2 {first}\r\n")).await;
        if let Ok(Reply { code: 334, text }) = &answer {
            // The challenge holds the reason; an empty response brings the reply.
            let challenge = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
            let why = oauth::challenge_words(&challenge);
            answer = channel.command("\r\n").await.map(|mut reply| {
                reply.text = format!("{} {why}", reply.text);
                reply
            });
        }
        let is_refused = answer.as_ref().is_ok_and(|reply| reply.code >= 500);
        if is_refused {
            // The token may have been revoked early: the next one is fresh.
            tokens.forget(&token).await;
        }
        if !is_refused || is_last {
            return expect(Stage::Auth, answer, 235).map(drop);
        }
        is_last = true;
    }
}

/// The reply to a step, which must have this code.
fn expect(
    stage: Stage,
    answer: Result<Reply, ConnectionError>,
    code: u16,
) -> Result<Reply, SendError> {
    let (cause, is_temporary, code) = match answer {
        Ok(reply) if reply.code == code => return Ok(reply),
        Ok(reply) => (reply.to_string(), reply.code < 500, Some(reply.code)),
        Err(ConnectionError(cause)) => (cause, true, None),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
        code,
    })
}

/// The innermost cause.
fn words(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_read_from_the_answer_to_ehlo() {
        let reply = Reply {
            code: 250,
            text: "relay\npipelining\n8BITMIME\nSTARTTLS\nAUTH=LOGIN PLAIN CRAM-MD5\nSIZE 1".into(),
        };
        let features = Features::read(&reply);
        assert!(features.pipelining && features.eight_bit_mime && features.start_tls);
        assert!(!features.smtp_utf8);
        assert_eq!(features.mechanisms, [Mechanism::Login, Mechanism::Plain]);
        let bare = Features::read(&Reply {
            code: 250,
            text: "PIPELINING".into(),
        });
        assert_eq!(bare, Features::default());
    }
}
