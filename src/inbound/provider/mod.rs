//! Webhooks of mail providers: whether one is genuine, and what it reports.
//!
//! A file a provider. Each turns a call into [`Report`]s and knows nothing of
//! routes; [`open`] is the way in. A call that cannot prove where it comes from
//! reports nothing.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::parse::{Original, ServerReply, classify, diagnose};
use super::report::Report;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::feedback::{Party, Source, Verdict};
use crate::store::StoreError;
use crate::text::characters;

mod brevo;
mod fetch;
mod mailgun;
mod postmark;
mod sendgrid;
mod ses;

pub use fetch::{Fetch, Https};

/// A call of a webhook.
pub struct Call<'a> {
    /// The value of a header field.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The body as sent.
    pub body: &'a [u8],
}

/// Why a call reports nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No such provider, or none that was configured.
    #[error("no webhook of this provider is configured")]
    Unknown,
    /// It does not come from the provider.
    #[error("the request is not signed by the provider")]
    Forged,
    /// It is not of the provider's shape.
    #[error("the request cannot be read: {0}")]
    Malformed(String),
    /// The database, which must be asked whether it came before.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is needed to check it could not be fetched.
    #[error("{0}")]
    Fetch(String),
}

impl From<serde_json::Error> for CallError {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

/// Bytes that a call of a provider has at most, by its documentation and with
/// room: what is refused as too large is dropped after some tries.
///
/// # Errors
/// [`CallError::Unknown`] where no such webhook is configured.
pub fn size_limit(cx: &Context, source: Source) -> Result<usize, CallError> {
    const KIB: usize = 1024;
    let config = &cx.config();
    let (key, limit) = match source {
        // SNS sends at most 256 KiB to HTTP endpoints, quoted once more as JSON:
        // docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
        Source::Ses => (&config.ses_topic, 1024 * KIB),
        // May hold the whole returned mail; messages have at most 10 MB:
        // postmarkapp.com/support/article/1056-what-are-the-attachment-and-email-size-limits
        Source::Postmark => (&config.postmark_secret, 16 * 1024 * KIB),
        // Batches of up to 768 KiB.
        Source::Sendgrid => (&config.sendgrid_key, 1024 * KIB),
        // One event, with the header of its message:
        // documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks
        Source::Mailgun => (&config.mailgun_key, 1024 * KIB),
        // Batches of up to 500 events of about 1 KiB:
        // developers.brevo.com/docs/batch-webhooks
        Source::Brevo => (&config.brevo_secret, 2 * 1024 * KIB),
        Source::Relay | Source::Listener | Source::Pipe | Source::Mailbox => {
            return Err(CallError::Unknown);
        }
    };
    match key {
        Some(_) => Ok(limit),
        None => Err(CallError::Unknown),
    }
}

/// Checks a call and reads what it reports.
///
/// # Errors
/// [`CallError`] says why it reports nothing.
pub async fn open(
    cx: &Context,
    source: Source,
    call: &Call<'_>,
    fetch: &dyn Fetch,
) -> Result<Vec<Report>, CallError> {
    let set = |key: &Option<String>| key.clone().ok_or(CallError::Unknown);
    match source {
        Source::Ses => ses::open(&set(&cx.config().ses_topic)?, call, fetch).await,
        Source::Postmark => postmark::open(&set(&cx.config().postmark_secret)?, call),
        Source::Sendgrid => sendgrid::open(&set(&cx.config().sendgrid_key)?, call),
        Source::Mailgun => {
            let reports = mailgun::open(&set(&cx.config().mailgun_key)?, call, cx.clock.now())?;
            mailgun::bind(cx, call).await?;
            Ok(reports)
        }
        Source::Brevo => brevo::open(&set(&cx.config().brevo_secret)?, call),
        Source::Relay | Source::Listener | Source::Pipe | Source::Mailbox => {
            Err(CallError::Unknown)
        }
    }
}

/// Whether `Authorization` carries the secret: as a bearer token, or as the
/// password of basic authentication, which is all that some providers offer.
fn is_authorised(call: &Call<'_>, secret: &str) -> bool {
    let value = (call.header)("authorization").unwrap_or_default();
    let (scheme, given) = value.split_once(' ').unwrap_or_default();
    let given = given.trim();
    let password = match scheme.to_ascii_lowercase().as_str() {
        "bearer" => given.to_owned(),
        "basic" => {
            let decoded = BASE64.decode(given.as_bytes()).unwrap_or_default();
            let text = String::from_utf8(decoded).unwrap_or_default();
            text.split_once(':')
                .map_or_else(String::new, |(_, password)| password.to_owned())
        }
        _ => return false,
    };
    aws_lc_rs::constant_time::verify_slices_are_equal(password.as_bytes(), secret.as_bytes())
        .is_ok()
}

/// One event of a provider, in words that all of them share.
struct Event {
    source: Source,
    /// The provider's own name of it, to know it again.
    id: String,
    /// What the provider makes of it.
    verdict: Verdict,
    is_final: bool,
    email: String,
    message_id: Option<String>,
    mail_from: Option<String>,
    status: String,
    detail: String,
}

impl Event {
    /// The event as a report; `None` where its address is none.
    fn report(self) -> Option<Report> {
        let recipient = EmailAddress::parse(&self.email).ok()?;
        let original = Original {
            recipient: Some(recipient),
            message_id: self
                .message_id
                .map(|id| id.trim_matches(['<', '>', ' ']).to_owned()),
            mail_from: self.mail_from,
            token: None,
        };
        let identity = format!("{} {} {}", self.source, self.id, self.email.to_lowercase());
        let digest = Sha256::digest(identity.as_bytes()).into();
        let mut report = Report::of_provider(self.source, digest, self.verdict, original);
        let reading = &mut report.reading;
        reading.is_final = self.is_final;
        reading.detail = super::parse::one_line(&self.detail);
        match self.verdict {
            Verdict::Hard | Verdict::Soft => {
                let status = Some(self.status.as_str()).filter(|status| !status.is_empty());
                let diagnosis = classify(&ServerReply {
                    text: &self.detail,
                    status,
                    stage: None,
                    recipient: reading.original.recipient.as_ref(),
                });
                reading.status = diagnosis.status;
                reading.party = diagnosis.party;
                reading.reason = diagnosis.reason.to_owned();
                if self.verdict == Verdict::Hard && diagnosis.verdict == Verdict::Soft {
                    match diagnosis.party {
                        // The provider knows of earlier tries what its words do not say.
                        Party::Unclear => {
                            reading.party = Party::Mailbox;
                            reading.reason = "the provider gave the address up".to_owned();
                        }
                        // It gives up for filters and full mailboxes alike.
                        _ => reading.verdict = Verdict::Soft,
                    }
                }
            }
            Verdict::Complaint => {
                reading.reason = "the recipient called the message spam".to_owned()
            }
            Verdict::Unsubscribe => {
                reading.reason = "the recipient left by the provider's link".to_owned()
            }
            _ => {}
        }
        Some(report)
    }
}

/// A text field of a JSON object; empty where there is none.
fn text(value: &serde_json::Value, name: &str) -> String {
    match &value[name] {
        serde_json::Value::String(text) => characters::scrub(text).into_owned(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
