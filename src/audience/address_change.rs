//! Changing a subscriber's address. The new one replaces the old one only after
//! it was confirmed by a link that was mailed to it: an admin's mistake or
//! a stranger cannot subscribe somebody else. The old one is told, gets nothing from then on,
//! and is free for others. Subscriptions stay as they are: what was pending stays pending. An
//! agreement that opens and followed links are seen ends: it was of the reader of the old one.

use std::time::Duration;

use super::{AudienceError, ConsentSource, Result, engagement, erased};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{ConsentAction, ConsentMethod, SuppressionReason};
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::Choice;
use crate::store::transactional_emails::{self, NewEmail};
use crate::store::{Db, StoreError, series_exits, subscribers, subscriptions, suppressions};
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
/// subscriber is: a new address must not lift that. Also where its owner had their data erased,
/// unless it is the subscriber who asks: only they can know that it is theirs.
pub async fn ask(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    email: EmailAddress,
) -> Result<AddressChange> {
    if *by == Actor::Subscriber {
        // An answer, even where the address is taken.
        let mut db = cx.store.write().await?;
        series_exits::answered(&mut db, id, cx.clock.now()).await?;
        db.commit().await?;
    }
    let mut db = cx.store.read().await?;
    let subscriber = subscribers::by_id(&mut db, id).await?;
    let subscriber = subscriber.ok_or(AudienceError::Moved)?;
    check(&mut db, &subscriber, &email).await?;
    if *by != Actor::Subscriber && erased::is_erased(cx, &mut db, &email).await? {
        return Err(AudienceError::AddressSuppressed(
            "the owner of the new address had their data erased; only they can bring it back",
        ));
    }
    Ok(AddressChange {
        subscriber: id,
        before: mark(&cx.keys, &subscriber.email),
        email,
        issued: cx.clock.now(),
    })
}

/// Whether somebody may take an address; and whether mail to the one they have bounces.
async fn check(db: &mut Db, subscriber: &Subscriber, email: &EmailAddress) -> Result<bool> {
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
        None => Ok(false),
        Some(SuppressionReason::HardBounce) => Ok(true),
        Some(_) => Err(AudienceError::AddressSuppressed(
            "the subscriber wants no mail; a new address must not change that",
        )),
    }
}

/// The state of a change; changes nothing.
pub async fn load(cx: &Context, change: &AddressChange) -> Result<LinkState> {
    state(cx, &mut cx.store.read().await?, change).await
}

async fn state(cx: &Context, db: &mut Db, change: &AddressChange) -> Result<LinkState> {
    let Some(subscriber) = subscribers::by_id(db, change.subscriber).await? else {
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

/// Sets the new address, with a consent record, and queues what the old one is told. An agreement
/// that opens and followed links are seen does not go with it.
///
/// # Errors
/// As [`ask`], for what has happened since.
pub async fn confirm(
    cx: &Context,
    change: &AddressChange,
    wording: &str,
    source: &ConsentSource,
    told: &NewEmail,
) -> Result<LinkState> {
    let mut db = cx.store.write().await?;
    let before = state(cx, &mut db, change).await?;
    let LinkState::Open(subscriber) = before else {
        return Ok(before);
    };
    let bounces = check(&mut db, &subscriber, &change.email).await?;
    let now = cx.clock.now();
    // Before the address changes: other programs are told whose agreement it was.
    engagement::withdraw_from_address(&mut db, subscriber.id, wording, source, now).await?;
    let set = subscribers::set_address(&mut db, subscriber.id, &change.email).await;
    set.map_err(|error| match error {
        StoreError::Exists => AudienceError::AddressTaken,
        other => other.into(),
    })?;
    series_exits::answered(&mut db, subscriber.id, now).await?;
    // Its owner has just said by their own mailbox that mail may come.
    erased::forget(cx, &mut db, &change.email).await?;
    let choice = Choice {
        wording: wording.to_owned(),
        method: ConsentMethod::ConfirmationLink,
        ..source.choice(subscriber.id, ConsentAction::Profile, "address".to_owned())
    };
    subscriptions::record_choice(&mut db, &choice, now).await?;
    // What bounces need not be told.
    if !bounces && told.email == subscriber.email {
        transactional_emails::insert(&mut db, told, now).await?;
    }
    // Not the addresses: the log outlives an erasure.
    let (by, action) = (Actor::Subscriber, AuditAction::SubscriberAddress);
    audit::record(&mut db, &by, action, subscriber.id, now).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    load(cx, change).await
}
