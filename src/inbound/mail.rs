//! Turns an inbound email into a report.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::arrival::Arrival;
use super::parse::{READ_LIMIT, Read, Reading, read_all};
use super::process::{Processed, process};
use super::report::{Authentication, PersonalMessage, Report};
use super::{Result, set_aside};
use crate::context::Context;
use crate::model::audit::Actor;
use crate::model::feedback::Verdict;
use crate::token::KeyRing;

/// Emails that are parsed at a time: each may take some 50 MB.
static READERS: Semaphore = Semaphore::const_new(4);
/// The deadline of one email. None comes near it; one that misses it is set aside.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Parses and processes an email, or sets it aside where that is impossible: it counts as
/// delivered either way.
///
/// # Errors
/// Where the database cannot be reached: then nothing was done, and the email must be kept and
/// delivered again.
pub async fn process_email(cx: &Context, arrival: Arrival<'_>) -> Result<Processed> {
    match attempt(cx, arrival).await? {
        Attempt::Done(processed) => Ok(processed),
        Attempt::Failed { digest, reason } => {
            set_aside::keep(cx, &arrival, digest, &reason).await?;
            Ok(Processed::SetAside)
        }
    }
}

/// The result of one attempt to process an email.
enum Attempt {
    Done(Processed),
    Failed { digest: [u8; 32], reason: String },
}

async fn attempt(cx: &Context, arrival: Arrival<'_>) -> Result<Attempt> {
    // What is not parsed is neither copied nor hashed.
    let bytes: Arc<[u8]> = arrival.bytes[..arrival.bytes.len().min(READ_LIMIT)].into();
    let head = bytes.clone();
    let mail_to = arrival.mail_to.map(str::to_owned);
    let place = READERS.acquire().await;
    let reading = tokio::task::spawn_blocking(move || {
        // A parser that missed its deadline keeps its slot until it ends.
        let _place = place;
        (digest(&bytes), read_all(&bytes, mail_to.as_deref()))
    });
    let read = match timeout(TIME_LIMIT, reading).await {
        Ok(Ok((digest, Ok(read)))) => Ok((digest, read)),
        Ok(Ok((_, Err(error)))) => Err(error.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it cannot be read in time".to_owned()),
    };
    match read {
        Ok((digest, read)) => match process(cx, &report(&cx.keys, arrival, digest, read)).await {
            Err(error) if !error.is_temporary() => Ok(Attempt::Failed {
                digest,
                reason: error.to_string(),
            }),
            processed => Ok(Attempt::Done(processed?)),
        },
        Err(reason) => Ok(Attempt::Failed {
            digest: Sha256::digest(&head).into(),
            reason,
        }),
    }
}

/// Processes an email that was set aside once more; `None` if it does not exist,
/// [`Processed::SetAside`] if it failed again.
pub async fn retry_set_aside(cx: &Context, by: &Actor, id: i64) -> Result<Option<Processed>> {
    let Some((mail, bytes)) = set_aside::by_id(cx, id).await? else {
        return Ok(None);
    };
    let arrival = Arrival {
        source: mail.source,
        mail_to: Some(mail.mail_to.as_str()).filter(|to| !to.is_empty()),
        bytes: &bytes,
    };
    match attempt(cx, arrival).await? {
        Attempt::Done(processed) => {
            set_aside::resolve(cx, by, id).await?;
            Ok(Some(processed))
        }
        Attempt::Failed { reason, .. } => {
            set_aside::keep_again(cx, by, id, &reason).await?;
            Ok(Some(Processed::SetAside))
        }
    }
}

fn report(keys: &KeyRing, arrival: Arrival<'_>, digest: [u8; 32], read: Read) -> Report {
    let envelope = arrival.mail_to.map(str::to_owned);
    let mail_to: Vec<String> = envelope.into_iter().chain(read.mail_to).collect();
    let mut reading = read.reading;
    explain(keys, &mail_to, &mut reading);
    let is_for_person = matches!(reading.verdict, Verdict::Reply | Verdict::Unsubscribe);
    let personal_message = (is_for_person && !read.from.is_empty()).then_some(PersonalMessage {
        from: read.from,
        subject: read.subject,
        text: read.text,
    });
    Report {
        source: arrival.source,
        digest,
        authentication: Authentication::None,
        mail_to,
        reading,
        personal_message,
    }
}

/// Only messages that we sent carry this address, and only mail servers answer it without an
/// author.
fn explain(keys: &KeyRing, mail_to: &[String], reading: &mut Reading) {
    let is_signed = mail_to.iter().any(|address| {
        let (local, _) = address.rsplit_once('@').unwrap_or((address, ""));
        keys.open_envelope(local).is_ok()
    });
    if reading.is_unexplained && is_signed {
        reading.verdict = Verdict::Soft;
        reading.is_final = true;
        reading.reason = "the message came back without a known reason".to_owned();
    }
}

/// Identifies an email however it arrived: by its body, and by the header fields that no server
/// adds to.
fn digest(bytes: &[u8]) -> [u8; 32] {
    let text = String::from_utf8_lossy(bytes);
    let (header, body) = text
        .split_once("\r\n\r\n")
        .or_else(|| text.split_once("\n\n"))
        .unwrap_or((&text, ""));
    let mut digest = Sha256::new();
    let mut is_kept = false;
    for line in header.lines() {
        if !line.starts_with([' ', '\t']) {
            let name = line
                .split(':')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            is_kept = ["message-id", "date", "from", "subject"].contains(&name.as_str());
        }
        if is_kept {
            digest.update(line.trim().as_bytes());
        }
    }
    // Line ends differ by how it arrived, and so does the very end.
    for line in body.trim_end().lines() {
        digest.update(line.trim_end().as_bytes());
        digest.update(b"\n");
    }
    digest.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_mail_by_two_ways_is_one_report() {
        let by_listener =
            b"Received: from a\r\nFrom: x@y.kz\r\nMessage-ID: <1@y.kz>\r\n\r\nGone.\r\nBye\r\n";
        let by_mailbox = b"Delivered-To: b\nReceived: from b\n by c\nFrom: x@y.kz\nMessage-ID: <1@y.kz>\n\nGone.\nBye\n\n";
        assert_eq!(digest(by_listener), digest(by_mailbox));
        assert_ne!(
            digest(by_listener),
            digest(b"From: x@y.kz\r\nMessage-ID: <2@y.kz>\r\n\r\nGone.\r\nBye\r\n")
        );
    }
}
