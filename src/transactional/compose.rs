//! Turns a queued email into a signed message.

use crate::context::Context;
use crate::delivery::{WriteError, signing};
use crate::mail::Mailbox;
use crate::mail::message::{self, Draft, ListLines};
use crate::mail::smtp::Envelope;
use crate::model::transactional::{EmailContent, PreparedEmail};
use crate::store::transactional_emails::ClaimedEmail;

use super::{attachments, forward, templates, user_emails};

/// A signed message and its envelope.
pub(super) struct Message {
    pub(super) envelope: Envelope,
    /// Before dot-stuffing.
    pub(super) bytes: Vec<u8>,
}

/// The message of an email; `None` if it must not be sent any more.
pub(super) async fn message(
    cx: &Context,
    email: &ClaimedEmail,
) -> Result<Option<Message>, WriteError> {
    let Some(prepared) = prepare(cx, email).await? else {
        return Ok(None);
    };
    let from = match &prepared.from {
        Some(from) => from.parse()?,
        None => cx.sender().ok_or(WriteError::NoSender)?,
    };
    compose(cx, email, &from, &prepared).await.map(Some)
}

async fn prepare(cx: &Context, email: &ClaimedEmail) -> Result<Option<PreparedEmail>, WriteError> {
    let language = email.language;
    let prepared = match email.content()? {
        EmailContent::Confirmation(subscriptions)
        | EmailContent::AlreadySubscribed(subscriptions)
        | EmailContent::Welcome(subscriptions) => {
            return templates::about_subscriptions(cx, email, subscriptions).await;
        }
        EmailContent::SignIn { secret } => templates::sign_in(cx, language, &secret).await?,
        EmailContent::Invitation { secret, inviter } => {
            user_emails::invitation(cx, language, &secret, &inviter).await?
        }
        EmailContent::Notification { notice } => {
            user_emails::notification(cx, language, &notice).await?
        }
        EmailContent::AccountChanged { change } => {
            templates::account_changed(cx, language, change).await?
        }
        EmailContent::PersonalData { subscriber } => {
            templates::personal_data(cx, language, subscriber, email.created_at).await?
        }
        EmailContent::Preferences { subscriber } => {
            templates::preferences(cx, language, subscriber).await?
        }
        EmailContent::Forward(reply) => forward::prepare(cx, language, &reply).await?,
        EmailContent::Test(prepared) | EmailContent::Transactional(prepared) => prepared,
    };
    Ok(Some(prepared))
}

async fn compose(
    cx: &Context,
    email: &ClaimedEmail,
    from: &Mailbox,
    prepared: &PreparedEmail,
) -> Result<Message, WriteError> {
    let domain = from.address.domain();
    // The author of a reply may have an address that is not valid in a header.
    let reply_to = prepared
        .reply_to
        .as_deref()
        .and_then(|reply_to| reply_to.parse().ok());
    let bounce_domain = cx.config().bounces_of(domain);
    let list = prepared.list.as_ref();
    let list = list.map(|list| ListLines::new(list, domain, &bounce_domain, "test"));
    let language = prepared.language.unwrap_or(email.language);
    let (html, attachments) = attachments::of_email(cx, email, prepared, language).await?;
    let bytes = message::compose(&Draft {
        from,
        to: &Mailbox::bare(email.email.clone()),
        reply_to: reply_to.as_ref(),
        subject: &prepared.subject,
        date: cx.clock.now(),
        message_id: &format!("<n{}.{:x}@{domain}>", email.id, email.created_at.millis()),
        language,
        html: &html,
        text: &prepared.text,
        list: list.as_ref().map(ListLines::headers),
        attachments: &attachments,
        calendar: prepared.calendar.as_ref(),
    })?;
    let signer = signing::signer(cx, domain).await?;
    Ok(Message {
        envelope: Envelope {
            mail_from: from.address.to_string(),
            rcpt_to: email.email.clone(),
        },
        bytes: signer.sign(bytes)?,
    })
}
