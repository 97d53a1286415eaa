//! Outgoing webhooks: other programs are notified of events, by Standard Webhooks
//! (<https://www.standardwebhooks.com>).
//!
//! An event is queued in the transaction of its cause, by
//! [`store::webhooks::announce`](crate::store::webhooks::announce); here it is signed and
//! sent, and tried again for three days. A webhook's URL must not lead into the operator's
//! own network, where services may trust any caller: names are resolved here, to public
//! addresses only.

use std::time::Duration;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio_util::sync::CancellationToken;
use url::Url;
use uuid::Uuid;

use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::WebhookId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::lease::Lease;
use crate::net;
use crate::store::StoreError;
use crate::store::webhooks::{self, ClaimedMessage, Webhook};
use crate::token::Purpose;

/// The events that webhooks can subscribe to.
pub const EVENTS: [&str; 15] = [
    "subscription.joined",
    "subscription.confirmed",
    "subscription.unsubscribed",
    "engagement.agreed",
    "engagement.withdrawn",
    "delivery.bounced",
    "delivery.complained",
    "campaign.finished",
    "campaign.failed_to_start",
    "campaign.ab_test_decided",
    "campaign.ab_test_waits",
    "import.finished",
    "series.entered",
    "series.step",
    "series.finished",
];

const BATCH_SIZE: i64 = 20;
/// How often the queue is polled.
pub const POLL_INTERVAL: Duration = Duration::from_secs(1);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(15);
const LEASE_LASTS: Duration = Duration::from_secs(10 * 60);
const RETENTION: Duration = Duration::from_secs(30 * 24 * 3600);
const SECRET_PREFIX: &str = "whsec_";
/// Seconds to wait after the first failure, the second, and so on.
const RETRY_DELAYS: [u64; 9] = [
    5,
    60,
    300,
    1800,
    7200,
    5 * 3600,
    10 * 3600,
    20 * 3600,
    36 * 3600,
];

#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error("url {0}")]
    Url(&'static str),
    #[error("events: {0:?} is none of: {known}", known = EVENTS.join(" "))]
    Event(String),
    #[error("there is no such webhook")]
    NotFound,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A new webhook, and its secret, which is shown once.
pub struct Created {
    pub webhook: Webhook,
    /// `whsec_…`.
    pub secret: String,
}

pub async fn create(
    cx: &Context,
    by: &Actor,
    url: &str,
    events: &[String],
) -> Result<Created, WebhookError> {
    check_url(cx, url)?;
    let events = check_events(events)?;
    let key: [u8; 32] = rand::random();
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let sealed = cx.keys.encrypt(Purpose::Webhook, &key);
    let webhook = webhooks::insert(&mut db, url, &events, &sealed, now).await?;
    audit::record(&mut db, by, AuditAction::WebhookCreate, webhook.id, now).await?;
    db.commit().await?;
    Ok(Created {
        webhook,
        secret: format!("{SECRET_PREFIX}{}", BASE64.encode(&key)),
    })
}

pub async fn change(
    cx: &Context,
    by: &Actor,
    id: WebhookId,
    url: Option<&str>,
    events: Option<&[String]>,
    is_active: Option<bool>,
) -> Result<Webhook, WebhookError> {
    let mut db = cx.store.write().await?;
    let old = webhooks::by_id(&mut db, id)
        .await?
        .ok_or(WebhookError::NotFound)?;
    if let Some(url) = url {
        check_url(cx, url)?;
    }
    let events = events.map(check_events).transpose()?.unwrap_or(old.events);
    let url = url.unwrap_or(&old.url);
    let is_on = is_active.unwrap_or(old.is_active);
    webhooks::update(&mut db, id, url, &events, is_on).await?;
    let subject = match is_active {
        Some(true) => format!("{id} on"),
        Some(false) => format!("{id} off"),
        None => id.to_string(),
    };
    let (action, now) = (AuditAction::WebhookChange, cx.clock.now());
    audit::record(&mut db, by, action, subject, now).await?;
    let webhook = webhooks::by_id(&mut db, id)
        .await?
        .ok_or(WebhookError::NotFound)?;
    db.commit().await?;
    Ok(webhook)
}

pub async fn all(cx: &Context) -> Result<Vec<Webhook>, WebhookError> {
    Ok(webhooks::all(&mut cx.store.read().await?).await?)
}

pub async fn by_id(cx: &Context, id: WebhookId) -> Result<Webhook, WebhookError> {
    let found = webhooks::by_id(&mut cx.store.read().await?, id).await?;
    found.ok_or(WebhookError::NotFound)
}

pub async fn remove(cx: &Context, by: &Actor, id: WebhookId) -> Result<(), WebhookError> {
    let mut db = cx.store.write().await?;
    if !webhooks::delete(&mut db, id).await? {
        return Err(WebhookError::NotFound);
    }
    audit::record(&mut db, by, AuditAction::WebhookDelete, id, cx.clock.now()).await?;
    Ok(db.commit().await?)
}

fn check_events(events: &[String]) -> Result<String, WebhookError> {
    if let Some(unknown) = events
        .iter()
        .find(|event| !EVENTS.contains(&event.as_str()))
    {
        return Err(WebhookError::Event(unknown.clone()));
    }
    let wanted: Vec<&str> = EVENTS
        .into_iter()
        .filter(|event| events.is_empty() || events.iter().any(|wanted| wanted == event))
        .collect();
    Ok(format!(" {} ", wanted.join(" ")))
}

fn check_url(cx: &Context, text: &str) -> Result<(), WebhookError> {
    let url = Url::parse(text).map_err(|_| WebhookError::Url("is no URL"))?;
    if url.host().is_none() {
        return Err(WebhookError::Url("names no host"));
    }
    let address = net::literal_address(&url);
    let is_allowed = address.is_some_and(|address| cx.config().webhook_hosts.contains(&address));
    if url.scheme() != "https" && !(url.scheme() == "http" && is_allowed) {
        return Err(WebhookError::Url("must start with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(WebhookError::Url("must hold no user and password"));
    }
    if !net::may_reach(&url, &cx.config().webhook_hosts) {
        return Err(WebhookError::Url(
            "leads into a private network; the operator may allow it with JARSHY_WEBHOOK_HOSTS",
        ));
    }
    Ok(())
}

/// The name of the task.
pub const TASK: &str = "webhooks";

pub async fn run(cx: Context, stop: CancellationToken) {
    let owner = Uuid::now_v7();
    let client = net::client(&cx.config().webhook_hosts)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(REQUEST_TIMEOUT)
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "webhooks cannot be sent");
            return;
        }
    };
    while !stop.is_cancelled() {
        let due = send_due(&cx, &client, owner);
        let sent = cx.health.with_heartbeats(TASK, due).await;
        if let Err(error) = &sent {
            tracing::error!(%error, "webhooks");
        }
        if !matches!(sent, Ok(1..)) {
            tokio::select! {
                () = tokio::time::sleep(POLL_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

async fn send_due(
    cx: &Context,
    client: &reqwest::Client,
    owner: Uuid,
) -> Result<usize, StoreError> {
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let claimed =
        webhooks::claim(&mut db, &Lease::new(owner, now, LEASE_LASTS), BATCH_SIZE).await?;
    webhooks::sweep(&mut db, now.before(RETENTION)).await?;
    db.commit().await?;
    let sending = claimed
        .iter()
        .map(|message| async move { (message, call(cx, client, message, now).await) });
    // At the same time: a receiver that does not respond must not delay the others.
    for (message, answer) in futures_util::future::join_all(sending).await {
        record_response(cx, message, answer).await?;
    }
    Ok(claimed.len())
}

enum Outcome {
    Accepted(u16),
    /// 410 Gone: the receiver wants no more calls.
    Gone,
    Failed(String),
}

async fn call(
    cx: &Context,
    client: &reqwest::Client,
    message: &ClaimedMessage,
    now: Timestamp,
) -> Outcome {
    let Ok(key) = cx.keys.decrypt(Purpose::Webhook, &message.secret) else {
        return Outcome::Failed(
            "its secret was encrypted under another JARSHY_SECRET_KEY".to_owned(),
        );
    };
    let id = format!("msg_{:x}_{}", message.created_at.millis(), message.id);
    let timestamp = now.seconds().to_string();
    // The URL may no longer be allowed.
    if let Err(error) = check_url(cx, &message.url) {
        return Outcome::Failed(error.to_string());
    }
    let sent = client
        .post(&message.url)
        .header("content-type", "application/json")
        .header("user-agent", concat!("jarshy/", env!("CARGO_PKG_VERSION")))
        .header("webhook-id", &id)
        .header("webhook-timestamp", &timestamp)
        .header(
            "webhook-signature",
            sign(&key, &id, &timestamp, &message.body),
        )
        .body(message.body.clone())
        .send()
        .await;
    match sent {
        Ok(answer) if answer.status().is_success() => Outcome::Accepted(answer.status().as_u16()),
        Ok(answer) if answer.status().as_u16() == 410 => Outcome::Gone,
        Ok(answer) => Outcome::Failed(format!("answered {}", answer.status())),
        Err(error) => {
            let mut cause: &dyn std::error::Error = &error;
            while let Some(source) = cause.source() {
                cause = source;
            }
            Outcome::Failed(cause.to_string())
        }
    }
}

/// Signs a message by Standard Webhooks.
pub fn sign(key: &[u8], id: &str, timestamp: &str, body: &str) -> String {
    // HMAC takes a key of any length (RFC 2104 §2), so this cannot fail.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!());
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
}

async fn record_response(
    cx: &Context,
    message: &ClaimedMessage,
    answer: Outcome,
) -> Result<(), StoreError> {
    let now = cx.clock.now();
    let webhook = message.webhook_id;
    let mut db = cx.store.write().await?;
    match answer {
        Outcome::Accepted(status) => {
            webhooks::record(&mut db, message.id, "sent", &status.to_string(), now).await?;
            webhooks::set_last_error(&mut db, webhook, "", false).await?;
        }
        Outcome::Gone => {
            webhooks::record(&mut db, message.id, "failed", "410", now).await?;
            webhooks::set_last_error(
                &mut db,
                webhook,
                "turned off: the receiver answered 410 Gone",
                true,
            )
            .await?;
        }
        Outcome::Failed(cause) => {
            let attempt = usize::try_from(message.attempts).unwrap_or(usize::MAX);
            let wait = RETRY_DELAYS
                .get(attempt)
                .map(|seconds| Duration::from_secs(*seconds));
            let state = if wait.is_some() { "queued" } else { "failed" };
            let next = now.after(wait.unwrap_or_default());
            tracing::warn!(webhook = %webhook, cause, state, "a webhook");
            webhooks::record(&mut db, message.id, state, &cause, next).await?;
            webhooks::set_last_error(&mut db, webhook, &cause, false).await?;
        }
    }
    db.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's libraries.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let key = BASE64.decode(b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = sign(
            &key,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
