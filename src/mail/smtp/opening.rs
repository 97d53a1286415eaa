//! Opening a session with a relay: TCP, TLS, EHLO, sign-in.

use std::time::Duration;

use data_encoding::BASE64;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::dialogue::{Dialogue, Lost, SILENCE};
use super::stream::Stream;
use super::{Endpoint, Reply, SendError, SignIn, Stage, Tls};
use crate::mail::oauth::{self, TokenError, TokenSource};
use crate::tls::CertificateRefused;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);

/// What a relay offers in its answer to EHLO.
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
        // The first line greets.
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

/// Opens a session: TCP, TLS as the endpoint asks, sign-in.
///
/// # Errors
/// [`SendError::Relay`] with the step that failed.
pub(super) async fn open(endpoint: &Endpoint) -> Result<(Dialogue, Features), SendError> {
    match open_with(endpoint, endpoint.tls).await {
        // As Postfix does it: a relay that offers TLS and cannot do it gets its
        // mail in the open, which it would have got without the offer.
        Err(
            error @ SendError::Relay {
                stage: Stage::StartTls,
                ..
            },
        ) if endpoint.tls == Tls::Opportunistic
            && (endpoint.sign_in.is_none() || endpoint.is_local()) =>
        {
            tracing::warn!(relay = %endpoint, %error, "TLS is offered and fails; sending without it");
            open_with(endpoint, Tls::None).await
        }
        opened => opened,
    }
}

async fn open_with(endpoint: &Endpoint, tls: Tls) -> Result<(Dialogue, Features), SendError> {
    let mut stream = connect(endpoint).await?;
    if tls == Tls::Implicit {
        let upgrade = stream.start_tls(&endpoint.host, &endpoint.trust);
        stream = within(endpoint.timeout, upgrade, Stage::Connect).await?;
    }
    let mut dialogue = Dialogue::new(stream, endpoint.timeout);
    let greeting = dialogue.hear(dialogue.timeout).await;
    expect(Stage::Greeting, greeting, 220)?;
    let name = match &endpoint.helo {
        Some(name) => name.clone(),
        None => ClientId::default().to_string(),
    };
    let mut features = hello(&mut dialogue, &name).await?;
    match tls {
        Tls::Required if !features.start_tls => {
            return Err(for_a_person(
                Stage::StartTls,
                "the relay offers no TLS; add ?tls=none if it is on a safe network",
            ));
        }
        Tls::Required | Tls::Opportunistic if features.start_tls => {
            let answer = dialogue.ask("STARTTLS\r\n").await;
            expect(Stage::StartTls, answer, 220)?;
            let upgrade = dialogue.start_tls(&endpoint.host, &endpoint.trust);
            dialogue = within(endpoint.timeout, upgrade, Stage::StartTls).await?;
            features = hello(&mut dialogue, &name).await?;
        }
        _ => {}
    }
    if endpoint.sign_in.is_some() && !dialogue.is_private() && !endpoint.is_local() {
        return Err(for_a_person(
            Stage::Auth,
            "the relay offers no TLS, and a password must not cross a network in the open",
        ));
    }
    match &endpoint.sign_in {
        Some(SignIn::Password { user, password }) => {
            let credentials = Credentials::new(user.clone(), password.clone());
            sign_in(&mut dialogue, &features, &credentials).await?;
        }
        Some(SignIn::OAuth { user, tokens }) => {
            let tokens = tokens.as_ref().ok_or_else(|| {
                for_a_person(Stage::Auth, "no source of OAuth tokens is configured")
            })?;
            sign_in_with_token(&mut dialogue, &features, user, tokens).await?;
        }
        None => {}
    }
    Ok((dialogue, features))
}

async fn connect(endpoint: &Endpoint) -> Result<Stream, SendError> {
    let connecting = Stream::connect(&endpoint.host, endpoint.port);
    let cause = match timeout(CONNECT_TIMEOUT.min(endpoint.timeout), connecting).await {
        Ok(Ok(stream)) => return Ok(stream),
        Ok(Err(error)) => error.to_string(),
        Err(_) => SILENCE.into(),
    };
    Err(SendError::Relay {
        stage: Stage::Connect,
        cause,
        is_temporary: true,
        code: None,
    })
}

/// No waiting helps: a person must act.
fn for_a_person(stage: Stage, cause: &str) -> SendError {
    SendError::Relay {
        stage,
        cause: cause.to_owned(),
        is_temporary: false,
        code: None,
    }
}

/// Waits for TLS. A bad certificate is for a person to mend; a lost connection
/// is not.
async fn within<T>(
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
        // rustls tells its own errors as invalid data: no TLS that both sides speak.
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
        Err(_) => (SILENCE.into(), true),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
        code: None,
    })
}

async fn hello(dialogue: &mut Dialogue, name: &str) -> Result<Features, SendError> {
    let ehlo = format!("EHLO {name}\r\n");
    let mut answer = match dialogue.say(ehlo.as_bytes(), dialogue.timeout).await {
        Ok(()) => dialogue.hear_lines(dialogue.timeout).await,
        Err(lost) => Err(lost),
    };
    if answer
        .as_ref()
        .is_ok_and(|reply| matches!(reply.code, 500..=504))
    {
        answer = dialogue.ask(&format!("HELO {name}\r\n")).await;
    }
    Ok(Features::read(&expect(Stage::Greeting, answer, 250)?))
}

async fn sign_in(
    dialogue: &mut Dialogue,
    features: &Features,
    credentials: &Credentials,
) -> Result<(), SendError> {
    let offered = |wanted: &Mechanism| features.mechanisms.contains(wanted);
    let mechanism = [Mechanism::Plain, Mechanism::Login]
        .into_iter()
        .find(offered)
        .ok_or_else(|| {
            let cause = match offered(&Mechanism::Xoauth2) {
                true => "the relay takes no password; sign in with auth=xoauth2 in its URL and JARSHY_SMTP_OAUTH",
                false => "the relay offers no sign-in that Jarshy knows",
            };
            for_a_person(Stage::Auth, cause)
        })?;
    let respond = |challenge: Option<&str>| {
        mechanism
            .response(credentials, challenge)
            .map(|answer| BASE64.encode(answer.as_bytes()))
            .map_err(|error| for_a_person(Stage::Auth, &words(&error)))
    };
    let first = match mechanism.supports_initial_response() {
        true => format!("AUTH {mechanism} {}\r\n", respond(None)?),
        false => format!("AUTH {mechanism}\r\n"),
    };
    let mut answer = dialogue.ask(&first).await;
    for _ in 0..3 {
        let Ok(Reply { code: 334, text }) = &answer else {
            break;
        };
        let challenge = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
        let response = respond(Some(&String::from_utf8_lossy(&challenge)))?;
        answer = dialogue.ask(&format!("{response}\r\n")).await;
    }
    expect(Stage::Auth, answer, 235).map(drop)
}

async fn sign_in_with_token(
    dialogue: &mut Dialogue,
    features: &Features,
    user: &str,
    tokens: &TokenSource,
) -> Result<(), SendError> {
    if !features.mechanisms.contains(&Mechanism::Xoauth2) {
        return Err(for_a_person(Stage::Auth, "the relay offers no XOAUTH2"));
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
        let mut answer = dialogue.ask(&format!("AUTH XOAUTH2 {first}\r\n")).await;
        if let Ok(Reply { code: 334, text }) = &answer {
            // The challenge says why; an empty response brings the reply.
            let challenge = BASE64.decode(text.trim().as_bytes()).unwrap_or_default();
            let why = oauth::challenge_words(&challenge);
            answer = dialogue.ask("\r\n").await.map(|mut reply| {
                reply.text = format!("{} {why}", reply.text);
                reply
            });
        }
        let is_refused = answer.as_ref().is_ok_and(|reply| reply.code >= 500);
        if is_refused {
            // It may have been taken back before its time: the next is fresh.
            tokens.forget(&token).await;
        }
        if !is_refused || is_last {
            return expect(Stage::Auth, answer, 235).map(drop);
        }
        is_last = true;
    }
}

/// The reply to a step of opening a session, which must have this code.
fn expect(stage: Stage, answer: Result<Reply, Lost>, code: u16) -> Result<Reply, SendError> {
    let (cause, is_temporary, code) = match answer {
        Ok(reply) if reply.code == code => return Ok(reply),
        Ok(reply) => (reply.to_string(), reply.code < 500, Some(reply.code)),
        Err(Lost(cause)) => (cause, true, None),
    };
    Err(SendError::Relay {
        stage,
        cause,
        is_temporary,
        code,
    })
}

/// The other side's words, or the system's: the innermost cause.
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
