//! Writing and sending notices: confirmations, sign-in links, test mails.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::account::{MAILED_LINK_LIFETIME, SignInNotice};
use crate::audience::join::JoinNotice;
use crate::campaign::layouts;
use crate::clock::Timestamp;
use crate::content::site;
use crate::context::Context;
use crate::mail::Mailbox;
use crate::mail::layout::{FooterLink, Layout, Slots};
use crate::mail::message::{self, Draft};
use crate::mail::smtp::{Envelope, SendError};
use crate::model::delivery::{DeliveryState, retry_after};
use crate::model::notice::NoticeKind;
use crate::store::notices::{self, ClaimedNotice};
use crate::store::{StoreError, lists, subscribers};
use crate::text::phrase::{Phrases, Value};
use crate::text::plain;
use crate::token::Token;

use super::courier::{Courier, Relays};
use super::ready::{self, Ready};
use super::{WriteError, signing};

const SLICE: i64 = 20;
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Sends notices until told to stop.
pub async fn run(cx: Context, relays: Arc<Relays>, owner: Uuid, stop: CancellationToken) {
    let Some(mut relay) = relays.healthy() else {
        return;
    };
    let mut courier = Courier::new(relay.clone());
    while !stop.is_cancelled() {
        let queued = cx.mail_queued.notified();
        if relay.is_resting()
            && let Some(other) = relays.healthy().filter(|other| !Arc::ptr_eq(other, &relay))
        {
            courier.quit().await;
            courier = Courier::new(other.clone());
            relay = other;
        }
        let sent = match relay.is_resting() {
            true => Ok(0),
            false => send_due(&cx, &mut courier, owner, &stop).await,
        };
        match sent {
            Ok(0) => {
                tokio::select! {
                    () = queued => {}
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                    () = stop.cancelled() => {}
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%error, "notices cannot be read");
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }
    courier.quit().await;
}

async fn send_due(
    cx: &Context,
    courier: &mut Courier,
    owner: Uuid,
    stop: &CancellationToken,
) -> Result<usize, StoreError> {
    let now = cx.clock.now();
    let until = now.after(Duration::from_secs(cx.config.lease));
    let mut db = cx.store.write().await?;
    let claimed = notices::claim(&mut db, owner, SLICE, now, until).await?;
    db.commit().await?;
    for notice in &claimed {
        if stop.is_cancelled() || !send(cx, courier, owner, notice).await? {
            let mut db = cx.store.write().await?;
            notices::release(&mut db, notice.id, owner).await?;
            db.commit().await?;
        }
    }
    Ok(claimed.len())
}

/// Sends one notice; `false` where it could not be begun and stays queued.
async fn send(
    cx: &Context,
    courier: &mut Courier,
    owner: Uuid,
    notice: &ClaimedNotice,
) -> Result<bool, StoreError> {
    let letter = write(cx, notice).await;
    if letter.is_ok() && courier.ready().await.is_err() {
        return Ok(false);
    }
    let mut db = cx.store.write().await?;
    let begun = notices::begin(&mut db, notice.id, owner, cx.clock.now()).await?;
    db.commit().await?;
    if !begun {
        return Ok(true);
    }
    let (state, reply, next_attempt_at) = match letter {
        Ok(Some(letter)) => {
            let announced = courier.announce(&letter.envelope).await;
            let sent = courier
                .deliver(&letter.envelope, &letter.octets, announced, None)
                .await;
            judge(cx, notice, sent)
        }
        Ok(None) => (
            DeliveryState::Skipped,
            "no longer wanted".to_owned(),
            cx.clock.now(),
        ),
        Err(error) => {
            tracing::error!(notice = %notice.id, kind = %notice.kind, %error, "a notice cannot be written");
            (DeliveryState::Failed, error.to_string(), cx.clock.now())
        }
    };
    tracing::info!(notice = %notice.id, kind = %notice.kind, %state, reply, "notice");
    let mut db = cx.store.write().await?;
    let now = cx.clock.now();
    notices::record(&mut db, notice.id, state, &reply, next_attempt_at, now).await?;
    db.commit().await?;
    Ok(true)
}

fn judge(
    cx: &Context,
    notice: &ClaimedNotice,
    sent: Result<crate::mail::smtp::Reply, SendError>,
) -> (DeliveryState, String, Timestamp) {
    let now = cx.clock.now();
    match sent {
        Ok(reply) => (DeliveryState::Sent, reply.to_string(), now),
        Err(error) => {
            let first = notice.first_attempt_at.map_or(now, Timestamp::from_millis);
            let (state, wait) = judgement(&error, notice.attempts, now.since(first));
            (state, error.to_string(), now.after(wait))
        }
    }
}

/// What a failed attempt means: the state, and how long to wait where it is
/// tried again.
pub fn judgement(error: &SendError, attempts: i64, age: Duration) -> (DeliveryState, Duration) {
    let may_retry = match error {
        SendError::Refused { reply, .. } => reply.code < 500,
        SendError::Relay { .. } | SendError::NotSent { .. } => true,
        SendError::InDoubt { .. } => return (DeliveryState::Uncertain, Duration::ZERO),
        SendError::NoSmtpUtf8 => false,
    };
    let attempts = u32::try_from(attempts)
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    match may_retry
        .then(|| retry_after(attempts, age, rand::random()))
        .flatten()
    {
        Some(wait) => (DeliveryState::Deferred, wait),
        None => (DeliveryState::Failed, Duration::ZERO),
    }
}

/// The words of a notice.
struct Words {
    subject: String,
    preheader: String,
    heading: String,
    paragraphs: Vec<String>,
    items: Vec<String>,
    button: (String, String),
    small_print: Vec<String>,
}

/// A message and its envelope, ready for the relay.
struct Letter {
    /// For the relay's eyes.
    envelope: Envelope,
    /// The message as it goes on the wire, before dot-stuffing.
    octets: Vec<u8>,
}

/// Writes a notice; `None` where nobody wants it any more.
async fn write(cx: &Context, notice: &ClaimedNotice) -> Result<Option<Letter>, WriteError> {
    let phrases = Phrases(notice.language);
    let ready = ready::of(cx, notice).await?;
    let from = ready.as_ref().and_then(|ready| ready.from.as_deref());
    let from: Mailbox = from
        .or(cx.config.from.as_deref())
        .ok_or(WriteError::NoSender)?
        .parse()?;
    if let Some(ready) = ready {
        return seal(cx, notice, &from, &ready).await.map(Some);
    }
    let site = site::look(cx)
        .await
        .map_err(|error| WriteError::Campaign(error.into()))?;
    let site_name = site.name(notice.language).to_owned();
    let words = match notice.kind {
        NoticeKind::Confirmation => confirmation(cx, notice, phrases, &site_name).await?,
        NoticeKind::AlreadySubscribed => already(cx, notice, phrases, &site_name).await?,
        _ => Some(sign_in(cx, notice, phrases, &site_name)?),
    };
    let Some(words) = words else { return Ok(None) };
    let letter = layouts::letter(&mut cx.store.read().await?).await?;
    let (html, text) = render(cx, notice, &letter, &site_name, &words)?;
    let ready = Ready {
        from: None,
        reply_to: None,
        subject: words.subject,
        html,
        text,
    };
    seal(cx, notice, &from, &ready).await.map(Some)
}

async fn confirmation(
    cx: &Context,
    notice: &ClaimedNotice,
    phrases: Phrases,
    site: &str,
) -> Result<Option<Words>, WriteError> {
    let payload: JoinNotice = serde_json::from_value(notice.payload.clone())?;
    let mut db = cx.store.read().await?;
    let subscriber = subscribers::by_id(&mut db, payload.subscriber).await?;
    if subscriber.is_none()
        || subscribers::suppression_of(&mut db, &notice.email)
            .await?
            .is_some()
    {
        return Ok(None);
    }
    let all = lists::all(&mut db).await?;
    let chosen = all.iter().filter(|list| payload.lists.contains(&list.id));
    let items: Vec<String> = chosen
        .map(|list| list.text(notice.language).0.to_owned())
        .collect();
    let token = cx.keys.sign(&Token::Confirm {
        subscriber: payload.subscriber.0,
        lists: payload.lists.iter().map(|list| list.0).collect(),
        issued: notice.created_at,
    });
    Ok(Some(Words {
        subject: phrases.say1("mail-confirm-subject", "site", site),
        preheader: phrases.say("mail-confirm-preheader"),
        heading: phrases.say("mail-confirm-heading"),
        paragraphs: vec![
            phrases.say1("mail-confirm-body", "site", site),
            phrases.count("mail-confirm-lists", "count", items.len() as i64),
        ],
        items,
        button: (
            phrases.say("mail-confirm-button"),
            format!("{}/confirm/{token}", cx.config.public_url()),
        ),
        small_print: vec![
            phrases.span("mail-confirm-expiry", cx.config.confirmation_lifetime),
            phrases.say("mail-confirm-ignore"),
        ],
    }))
}

async fn already(
    cx: &Context,
    notice: &ClaimedNotice,
    phrases: Phrases,
    site: &str,
) -> Result<Option<Words>, WriteError> {
    let payload: JoinNotice = serde_json::from_value(notice.payload.clone())?;
    let mut db = cx.store.read().await?;
    if subscribers::by_id(&mut db, payload.subscriber)
        .await?
        .is_none()
    {
        return Ok(None);
    }
    let token = cx.keys.sign(&Token::Preferences {
        subscriber: payload.subscriber.0,
    });
    Ok(Some(Words {
        subject: phrases.say1("mail-already-subject", "site", site),
        preheader: phrases.say("mail-already-preheader"),
        heading: phrases.say("mail-already-heading"),
        paragraphs: vec![
            phrases.say1("mail-already-body", "site", site),
            phrases.say("mail-already-hint"),
        ],
        items: Vec::new(),
        button: (
            phrases.say("mail-already-button"),
            format!("{}/preferences/{token}", cx.config.public_url()),
        ),
        small_print: vec![phrases.say("mail-already-ignore")],
    }))
}

fn sign_in(
    cx: &Context,
    notice: &ClaimedNotice,
    phrases: Phrases,
    site: &str,
) -> Result<Words, WriteError> {
    let payload: SignInNotice = serde_json::from_value(notice.payload.clone())?;
    let minutes = i64::try_from(MAILED_LINK_LIFETIME.as_secs() / 60).unwrap_or(i64::MAX);
    Ok(Words {
        subject: phrases.say1("mail-sign-in-subject", "site", site),
        preheader: phrases.say("mail-sign-in-preheader"),
        heading: phrases.say("mail-sign-in-heading"),
        paragraphs: vec![phrases.say1("mail-sign-in-body", "site", site)],
        items: Vec::new(),
        button: (
            phrases.say("mail-sign-in-button"),
            format!(
                "{}/admin/sign-in/{}",
                cx.config.public_url(),
                payload.secret.reveal()
            ),
        ),
        small_print: vec![
            phrases.count("mail-sign-in-expiry", "minutes", minutes),
            phrases.say("mail-sign-in-ignore"),
        ],
    })
}

fn render(
    cx: &Context,
    notice: &ClaimedNotice,
    letter: &Layout,
    site_name: &str,
    words: &Words,
) -> Result<(String, String), WriteError> {
    let site_url = cx.config.public_url();
    let phrases = Phrases(notice.language);
    let (button_text, button_url) = words.button.clone();
    let paragraph = |text: &String| format!("<p>{}</p>", escape(text));
    let mut body: String = words.paragraphs.iter().map(paragraph).collect();
    if !words.items.is_empty() {
        let items: String = words
            .items
            .iter()
            .map(|item| format!("<li>{}</li>", escape(item)))
            .collect();
        body.push_str(&format!("<ul>{items}</ul>"));
    }
    let slots = Slots {
        language: notice.language.tag().to_owned(),
        site_name: site_name.to_owned(),
        site_url: site_url.clone(),
        preheader: words.preheader.clone(),
        title: words.heading.clone(),
        button_text: button_text.clone(),
        button_url: button_url.clone(),
        small_print: format!("{} {button_url}", phrases.say("mail-link-fallback")),
        reason: words.small_print.join(" "),
        footer_links: vec![FooterLink {
            text: site_name.to_owned(),
            url: site_url,
        }],
        ..Slots::default()
    };
    let html = letter.render(&slots, &body)?;

    let mut text = format!("{}\n", words.heading);
    for paragraph in &words.paragraphs {
        text.push_str(&format!("\n{}\n", plain::wrap(paragraph, plain::WIDTH)));
    }
    if !words.items.is_empty() {
        text.push('\n');
    }
    for item in &words.items {
        text.push_str(&format!("- {item}\n"));
    }
    text.push_str(&format!("\n{button_text}:\n{button_url}\n"));
    for line in &words.small_print {
        text.push_str(&format!("\n{}\n", plain::wrap(line, plain::WIDTH)));
    }
    Ok((
        html,
        text + "\n"
            + &Phrases(notice.language)
                .say_with("mail-signature", &[("site", Value::Text(site_name))])
            + "\n",
    ))
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

async fn seal(
    cx: &Context,
    notice: &ClaimedNotice,
    from: &Mailbox,
    ready: &Ready,
) -> Result<Letter, WriteError> {
    let domain = from.address.domain();
    // An answer's writer may have an address that cannot stand in a header.
    let reply_to = ready
        .reply_to
        .as_deref()
        .and_then(|reply_to| reply_to.parse().ok());
    let octets = message::compose(&Draft {
        from,
        to: &Mailbox::bare(notice.email.clone()),
        reply_to: reply_to.as_ref(),
        subject: &ready.subject,
        date: cx.clock.now(),
        message_id: &format!("<n{}.{:x}@{domain}>", notice.id, notice.created_at.millis()),
        language: notice.language,
        html: &ready.html,
        text: &ready.text,
        list: None,
    })?;
    let signer = signing::signer(cx, domain).await?;
    Ok(Letter {
        envelope: Envelope {
            mail_from: from.address.to_string(),
            rcpt_to: notice.email.clone(),
        },
        octets: signer.sign(octets)?,
    })
}
