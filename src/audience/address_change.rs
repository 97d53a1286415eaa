//! Changing a subscriber's address. The new one replaces the old one only after
//! it was confirmed by a link that was mailed to it: an admin's mistake or
//! a stranger cannot subscribe somebody else.

use std::time::Duration;

use super::{AudienceError, ConsentSource, Result};
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::subscription::{ConsentAction, ConsentMethod, SuppressionReason};
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::Choice;
use crate::store::{Db, StoreError, subscribers, subscriptions, suppressions};
use crate::token::{KeyRing, Token};

/// A requested change.
#[derive(Debug, Clone)]
pub struct AddressChange {
    /// The address.
    pub subscriber: SubscriberId,
    /// The new address.
    pub email: EmailAddress,
    /// Identifies the old address.
    before: [u8; 8],
    issued: Timestamp,
}

impl AddressChange {
    /// The token for its link.
    pub fn token(&self) -> Token {
        Token::ChangeAddress {
            subscriber: self.subscriber.0,
            issued: self.issued,
            before: self.before,
            email: self.email.to_string(),
        }
    }

    /// The change of a link's token.
    pub fn of_token(token: Token) -> Option<Self> {
        match token {
            Token::ChangeAddress {
                subscriber,
                issued,
                before,
                email,
            } => Some(Self {
                subscriber: SubscriberId(subscriber),
                email: EmailAddress::parse(&email).ok()?,
                before,
                issued,
            }),
            _ => None,
        }
    }
}

/// The state of a change.
#[derive(Debug, Clone)]
pub enum LinkState {
    /// Not confirmed yet.
    Open(Subscriber),
    /// Confirmed.
    Done(Subscriber),
    /// Expired, superseded by another change, or the subscriber was erased.
    Expired,
}

fn mark(keys: &KeyRing, email: &EmailAddress) -> [u8; 8] {
    let digest = keys.digest(email.lookup_key().as_bytes());
    let mut mark = [0; 8];
    mark.copy_from_slice(&digest[..8]);
    mark
}

/// Requests a change; the caller mails the link.
///
/// # Errors
/// [`AudienceError::AddressTaken`] for the address of another subscriber,
/// [`AudienceError::AddressSuppressed`] where it is suppressed, or where the
/// subscriber is: a new address must not lift that.
pub async fn ask(cx: &Context, id: SubscriberId, email: EmailAddress) -> Result<AddressChange> {
    let mut db = cx.store.read().await?;
    let subscriber = subscribers::by_id(&mut db, id).await?;
    let subscriber = subscriber.ok_or(AudienceError::Moved)?;
    check(&mut db, &subscriber, &email).await?;
    Ok(AddressChange {
        subscriber: id,
        before: mark(&cx.keys, &subscriber.email),
        email,
        issued: cx.clock.now(),
    })
}

async fn check(db: &mut Db, subscriber: &Subscriber, email: &EmailAddress) -> Result<()> {
    let holder = subscribers::by_email(db, email).await?;
    if holder.is_some_and(|holder| holder.id != subscriber.id) {
        return Err(AudienceError::AddressTaken);
    }
    if suppressions::of(db, email).await?.is_some() {
        return Err(AudienceError::AddressSuppressed(
            "the new address is suppressed",
        ));
    }
    let before = suppressions::of(db, &subscriber.email).await?;
    // A new address is the remedy for a hard bounce.
    match before.map(|one| one.reason) {
        None | Some(SuppressionReason::HardBounce) => Ok(()),
        Some(_) => Err(AudienceError::AddressSuppressed(
            "the subscriber wants no mail; a new address must not change that",
        )),
    }
}

/// The state of a change; changes nothing.
pub async fn load(cx: &Context, change: &AddressChange) -> Result<LinkState> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, change.subscriber).await? else {
        return Ok(LinkState::Expired);
    };
    let lifetime = Duration::from_secs(cx.config().confirmation_lifetime);
    let is_fresh = cx.clock.now() <= change.issued.after(lifetime);
    Ok(if subscriber.email.as_str() == change.email.as_str() {
        LinkState::Done(subscriber)
    } else if is_fresh && mark(&cx.keys, &subscriber.email) == change.before {
        LinkState::Open(subscriber)
    } else {
        LinkState::Expired
    })
}

/// Sets the new address, with a consent record.
///
/// # Errors
/// As [`ask`], for what has happened since.
pub async fn confirm(
    cx: &Context,
    change: &AddressChange,
    wording: &str,
    source: &ConsentSource,
) -> Result<LinkState> {
    let LinkState::Open(subscriber) = load(cx, change).await? else {
        return load(cx, change).await;
    };
    let mut db = cx.store.write().await?;
    check(&mut db, &subscriber, &change.email).await?;
    let set = subscribers::set_address(&mut db, subscriber.id, &change.email).await;
    set.map_err(|error| match error {
        StoreError::Exists => AudienceError::AddressTaken,
        other => other.into(),
    })?;
    let choice = Choice {
        wording: wording.to_owned(),
        method: ConsentMethod::ConfirmationLink,
        ..source.choice(subscriber.id, ConsentAction::Profile, "address".to_owned())
    };
    subscriptions::record_choice(&mut db, &choice, cx.clock.now()).await?;
    db.commit().await?;
    load(cx, change).await
}
