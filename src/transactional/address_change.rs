//! Asks whether a new address belongs to the subscriber, and tells the old one when it did.

use super::queue::{self, EmailBody, EmailRequest};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::audience::address_change::{self, AddressChange, LinkState};
use crate::audience::{AudienceError, ConsentSource};
use crate::content::site;
use crate::context::Context;
use crate::delivery::WriteError;
use crate::model::audit::{Actor, AuditAction};
use crate::store::subscribers::Subscriber;
use crate::store::transactional_emails;
use crate::text::line::SubjectLine;
use crate::text::locale::Language;

/// Why a new address cannot be asked for.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It is another subscriber's, or one of the two is suppressed.
    #[error(transparent)]
    Audience(#[from] AudienceError),
    /// The email.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Requests a new address of a subscriber: queues the email that asks its reader to
/// confirm.
pub async fn ask_for_address(
    cx: &Context,
    by: &Actor,
    subscriber: &Subscriber,
    email: EmailAddress,
) -> Result<AddressChange, AskError> {
    let change = address_change::ask(cx, by, subscriber.id, email).await?;
    let request = request(cx, &change, subscriber.language).await?;
    let new = queue::prepare(cx, &request).await?;
    let store = |error| AskError::Write(WriteError::Store(error));
    let now = cx.clock.now();
    let mut db = cx.store.write().await.map_err(store)?;
    transactional_emails::insert(&mut db, &new, now)
        .await
        .map_err(store)?;
    // Not the address: it may be a stranger's, and the log outlives an erasure.
    let (action, id) = (AuditAction::SubscriberAskAddress, subscriber.id);
    audit::record(&mut db, by, action, id, now)
        .await
        .map_err(store)?;
    db.commit().await.map_err(store)?;
    cx.mail_queued.notify_waiters();
    Ok(change)
}

/// The email that asks.
async fn request(
    cx: &Context,
    change: &AddressChange,
    language: Language,
) -> Result<EmailRequest, WriteError> {
    let site = site::load(cx).await;
    let site = site.map_err(|error| WriteError::Campaign(error.into()))?;
    let phrases = site.phrases(language);
    let name = site.name(language);
    let token = cx.keys.sign(&change.token());
    let url = format!("{}/confirm/{token}", cx.config().public_url());
    let subject = phrases.translate_with("mail-address-subject", "site", name);
    let subject = SubjectLine::parse(&subject)
        .or_else(|_| SubjectLine::parse(&phrases.translate("mail-address-button")));
    Ok(EmailRequest {
        to: change.email.clone(),
        from: None,
        reply_to: None,
        // A site's name may be too long for a subject line, a button never is.
        subject: subject.map_err(|_| WriteError::NoSender)?,
        body: EmailBody::Markdown(format!(
            "{}\n\n[{}]({url})\n\n{}",
            phrases.translate("mail-address-body"),
            phrases.translate("mail-address-button"),
            phrases.translate("mail-address-ignore"),
        )),
        language,
        attachments: Vec::new(),
        calendar: None,
    })
}

/// Sets an address whose owner has confirmed it, and tells the old one.
///
/// # Errors
/// [`AskError`], for what has happened since it was asked for.
pub async fn confirm_address(
    cx: &Context,
    change: &AddressChange,
    wording: &str,
    source: &ConsentSource,
) -> Result<LinkState, AskError> {
    let state = address_change::load(cx, change).await?;
    let LinkState::Open(subscriber) = &state else {
        return Ok(state);
    };
    let told = queue::prepare(cx, &news(cx, subscriber).await?).await?;
    Ok(address_change::confirm(cx, change, wording, source, &told).await?)
}

/// What the old address is told. Not the new one: who reads there may be somebody else by now.
async fn news(cx: &Context, subscriber: &Subscriber) -> Result<EmailRequest, WriteError> {
    let language = subscriber.language;
    let site = site::load(cx).await;
    let site = site.map_err(|error| WriteError::Campaign(error.into()))?;
    let phrases = site.phrases(language);
    let name = site.name(language);
    let subject = phrases.translate_with("mail-address-changed-subject", "site", name);
    let subject = SubjectLine::parse(&subject)
        .or_else(|_| SubjectLine::parse(&phrases.translate("address-done-title")));
    Ok(EmailRequest {
        to: subscriber.email.clone(),
        from: None,
        reply_to: None,
        subject: subject.map_err(|_| WriteError::NoSender)?,
        body: EmailBody::Markdown(format!(
            "{}\n\n{}",
            phrases.translate("mail-address-changed-body"),
            phrases.translate("mail-address-changed-other"),
        )),
        language,
        attachments: Vec::new(),
        calendar: None,
    })
}
