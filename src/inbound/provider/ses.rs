//! Amazon SES, whose notifications come over SNS.
//!
//! SNS signs each message; the certificate is fetched from the URL that it
//! names, so that URL must be Amazon's, and the topic must be ours, since every
//! customer's topics are signed alike.

use std::collections::HashMap;
use std::sync::LazyLock;

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
};
use data_encoding::BASE64;
use parking_lot::Mutex;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use serde_json::Value;
use url::Url;
use webpki::EndEntityCert;

use super::{Call, CallError, Event, Fetch, text};
use crate::inbound::report::Report;
use crate::model::feedback::{Source, Verdict};

/// Checks an SNS message and reads the notification in it.
pub async fn open(
    topic: &str,
    call: &Call<'_>,
    fetch: &dyn Fetch,
) -> Result<Vec<Report>, CallError> {
    let message: Value = serde_json::from_slice(call.body)?;
    if message["TopicArn"] != topic {
        return Err(CallError::Forged);
    }
    check(&message, fetch).await?;
    match message["Type"].as_str() {
        Some("Notification") => Ok(read(&serde_json::from_str(&text(&message, "Message"))?)),
        Some("SubscriptionConfirmation") => {
            let url = amazon_url(&text(&message, "SubscribeURL"))?;
            fetch.get(&url).await?;
            tracing::info!(topic, "the SNS topic is subscribed to");
            Ok(Vec::new())
        }
        _ => Ok(Vec::new()),
    }
}

/// A URL of Amazon's SNS hosts.
fn amazon_url(given: &str) -> Result<Url, CallError> {
    let url = Url::parse(given).map_err(|_| CallError::Forged)?;
    let host = url.host_str().unwrap_or_default();
    let region = host.strip_prefix("sns.").and_then(|rest| {
        rest.strip_suffix(".amazonaws.com")
            .or(rest.strip_suffix(".amazonaws.com.cn"))
    });
    let is_region = region.is_some_and(is_region);
    let is_plain = url.scheme() == "https" && url.port().is_none() && url.username().is_empty();
    (is_region && is_plain)
        .then_some(url)
        .ok_or(CallError::Forged)
}

/// Whether this is a region's name, such as `eu-west-1` or `us-gov-east-1`. Of
/// other names below `amazonaws.com` anybody can have one: `sns.s3.amazonaws.com`
/// is a bucket.
fn is_region(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return false;
    };
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    (3..=4).contains(&parts.len())
        && first.len() == 2
        && parts[..parts.len() - 1].iter().all(|part| letters(part))
        && (1..=2).contains(&last.len())
        && last.bytes().all(|b| b.is_ascii_digit())
}

/// Whether SNS keeps its certificates at a path:
/// `/SimpleNotificationService-0123abcd.pem`.
fn is_certificate(path: &str) -> bool {
    let name = path.strip_prefix("/SimpleNotificationService-");
    let name = name.and_then(|rest| rest.strip_suffix(".pem"));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_hexdigit()))
}

async fn check(message: &Value, fetch: &dyn Fetch) -> Result<(), CallError> {
    let url = amazon_url(&text(message, "SigningCertURL"))?;
    if !is_certificate(url.path()) {
        return Err(CallError::Forged);
    }
    let key = public_key(&url, fetch).await?;
    let algorithm = match message["SignatureVersion"].as_str() {
        Some("2") => &RSA_PKCS1_2048_8192_SHA256,
        // The default of SNS. SHA-1 is broken where an attacker chooses both texts; here Amazon
        // writes the one that it signs.
        Some("1") => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        _ => return Err(CallError::Forged),
    };
    let signature = BASE64
        .decode(text(message, "Signature").as_bytes())
        .map_err(|_| CallError::Forged)?;
    UnparsedPublicKey::new(algorithm, key)
        .verify(canonical(message).as_bytes(), &signature)
        .map_err(|_| CallError::Forged)
}

/// The text that SNS signs: these fields in this order, where they are there.
fn canonical(message: &Value) -> String {
    let names: &[&str] = match message["Type"].as_str() {
        Some("Notification") => &[
            "Message",
            "MessageId",
            "Subject",
            "Timestamp",
            "TopicArn",
            "Type",
        ],
        _ => &[
            "Message",
            "MessageId",
            "SubscribeURL",
            "Timestamp",
            "Token",
            "TopicArn",
            "Type",
        ],
    };
    names
        .iter()
        .filter_map(|name| Some(format!("{name}\n{}\n", message[*name].as_str()?)))
        .collect()
}

/// The public key of a signing certificate; Amazon changes it about once a year.
async fn public_key(url: &Url, fetch: &dyn Fetch) -> Result<Vec<u8>, CallError> {
    static KNOWN: LazyLock<Mutex<HashMap<Url, Vec<u8>>>> = LazyLock::new(Mutex::default);
    let known = || KNOWN.lock();
    if let Some(key) = known().get(url).cloned() {
        return Ok(key);
    }
    let pem = fetch.get(url).await?;
    let unreadable = |_| CallError::Fetch(format!("{url} is no certificate"));
    let certificate = CertificateDer::from_pem_slice(&pem).map_err(|_| unreadable(()))?;
    let certificate = EndEntityCert::try_from(&certificate).map_err(|_| unreadable(()))?;
    // Amazon gives the certificate without its issuer's, so no chain can be
    // checked beyond the TLS by which it came; whose it is can.
    let names = ["sns.amazonaws.com", url.host_str().unwrap_or_default()];
    let is_of_sns = names
        .into_iter()
        .filter_map(|name| ServerName::try_from(name).ok())
        .any(|name| certificate.verify_is_valid_for_subject_name(&name).is_ok());
    if !is_of_sns {
        return Err(CallError::Forged);
    }
    let key = certificate.subject_public_key_info().to_vec();
    let mut known = known();
    if known.len() > 16 {
        known.clear();
    }
    known.insert(url.clone(), key.clone());
    Ok(key)
}

fn read(notification: &Value) -> Vec<Report> {
    let mail = &notification["mail"];
    let kind = notification["notificationType"]
        .as_str()
        .or(notification["eventType"].as_str());
    let event = |verdict, is_final, recipient: &Value, id: &Value| Event {
        source: Source::Ses,
        id: format!(
            "{} {}",
            id.as_str().unwrap_or_default(),
            text(mail, "messageId")
        ),
        verdict,
        is_final,
        email: text(recipient, "emailAddress"),
        message_id: mail["commonHeaders"]["messageId"]
            .as_str()
            .map(str::to_owned),
        mail_from: mail["source"].as_str().map(str::to_owned),
        status: text(recipient, "status"),
        detail: text(recipient, "diagnosticCode"),
    };
    let recipients = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let events: Vec<Event> = match kind {
        Some("Bounce") => {
            let bounce = &notification["bounce"];
            let verdict = match bounce["bounceType"].as_str() {
                Some("Permanent") => Verdict::Hard,
                _ => Verdict::Soft,
            };
            recipients(&bounce["bouncedRecipients"])
                .iter()
                .map(|one| event(verdict, true, one, &bounce["feedbackId"]))
                .collect()
        }
        Some("Complaint") => {
            let complaint = &notification["complaint"];
            if complaint["complaintFeedbackType"] == "not-spam" {
                return Vec::new();
            }
            recipients(&complaint["complainedRecipients"])
                .iter()
                .map(|one| event(Verdict::Complaint, true, one, &complaint["feedbackId"]))
                .collect()
        }
        _ => Vec::new(),
    };
    events.into_iter().filter_map(Event::report).collect()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::AsDer;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::rsa::KeySize;
    use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
    use serde_json::json;

    use super::super::fetch::Fetched;
    use super::*;

    const TOPIC: &str = "arn:aws:sns:eu-west-1:1234:bounces";

    struct Amazon {
        key: RsaKeyPair,
        pem: String,
    }

    impl Fetch for Amazon {
        fn get<'a>(&'a self, _url: &'a Url) -> Fetched<'a> {
            Box::pin(async { Ok(self.pem.clone().into_bytes()) })
        }
    }

    impl Amazon {
        fn new() -> Self {
            let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
            let pkcs8 = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&key).unwrap();
            let pair = rcgen::KeyPair::try_from(pkcs8.as_ref()).unwrap();
            let names = vec!["sns.amazonaws.com".to_owned()];
            let pem = rcgen::CertificateParams::new(names)
                .unwrap()
                .self_signed(&pair)
                .unwrap()
                .pem();
            Self { key, pem }
        }

        fn signed(&self, mut message: Value) -> Vec<u8> {
            let mut signature = vec![0; self.key.public_modulus_len()];
            let random = SystemRandom::new();
            self.key
                .sign(
                    &RSA_PKCS1_SHA256,
                    &random,
                    canonical(&message).as_bytes(),
                    &mut signature,
                )
                .unwrap();
            message["Signature"] = BASE64.encode(&signature).into();
            message.to_string().into_bytes()
        }
    }

    fn message(certificate: &str) -> Value {
        let bounce = json!({
            "notificationType": "Bounce",
            "mail": { "source": "b-x@embassy.example", "messageId": "m1", "commonHeaders": { "messageId": "<41.7.18a@embassy.example>" } },
            "bounce": { "bounceType": "Permanent", "feedbackId": "f1", "bouncedRecipients": [
                { "emailAddress": "gone@example.kz", "status": "5.1.1", "diagnosticCode": "smtp; 550 user unknown" },
            ] },
        });
        json!({
            "Type": "Notification", "MessageId": "1", "TopicArn": TOPIC, "Timestamp": "2007-08-18T09:00:00Z",
            "SignatureVersion": "2", "SigningCertURL": certificate, "Message": bounce.to_string(),
        })
    }

    async fn opened(amazon: &Amazon, body: &[u8]) -> Result<Vec<Report>, CallError> {
        open(
            TOPIC,
            &Call {
                header: &|_| None,
                body,
            },
            amazon,
        )
        .await
    }

    #[tokio::test]
    async fn a_signed_bounce_is_read() {
        let amazon = Amazon::new();
        let body = amazon.signed(message(
            "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-a.pem",
        ));
        let reports = opened(&amazon, &body).await.unwrap();
        assert_eq!(reports[0].reading.verdict, Verdict::Hard);
        assert_eq!(reports[0].reading.status, "5.1.1");
        assert_eq!(
            reports[0].reading.original.message_id.as_deref(),
            Some("41.7.18a@embassy.example")
        );
    }

    #[tokio::test]
    async fn what_amazon_did_not_sign_is_refused() {
        let amazon = Amazon::new();
        let good = message("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-b.pem");
        let changed = String::from_utf8(amazon.signed(good.clone()))
            .unwrap()
            .replace("gone@", "victim@");
        assert!(matches!(
            opened(&amazon, changed.as_bytes()).await,
            Err(CallError::Forged)
        ));
        let mut other_topic = good;
        other_topic["TopicArn"] = "arn:aws:sns:eu-west-1:666:bounces".into();
        assert!(matches!(
            opened(&amazon, &amazon.signed(other_topic)).await,
            Err(CallError::Forged)
        ));
        for url in [
            "http://sns.eu-west-1.amazonaws.com/a.pem",
            "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem",
            "https://evil.example/sns.eu-west-1.amazonaws.com/a.pem",
            "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem",
            "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
            "https://sns.evil.example/.amazonaws.com/a.pem",
            "https://sns.x.evil.amazonaws.com/a.pem",
            "https://sns.s3.amazonaws.com/a.pem",
            "https://sns.s3-us-west-2.amazonaws.com/a.pem",
            "https://sns.s3-website-us-east-1.amazonaws.com/a.pem",
            "https://sns.eu-west-1.amazonaws.com/a.txt",
            "https://sns.eu-west-1.amazonaws.com/a.pem",
            "https://sns.eu-west-1.amazonaws.com/x/SimpleNotificationService-a.pem",
            "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-..%2fa.pem",
            "https://sns.eu-west-1.amazonaws.com/?Action=x&b=/SimpleNotificationService-a.pem",
            "",
        ] {
            let body = amazon.signed(message(url));
            assert!(
                matches!(opened(&amazon, &body).await, Err(CallError::Forged)),
                "{url}"
            );
        }
    }
}
