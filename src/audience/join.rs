//! Joining: a visitor asks to be on lists.
//!
//! The answer is the same whoever asks and whatever is known of the address.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AudienceError, Origin, Result, confirm};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::line::PersonName;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::notice::NoticeKind;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionEvent, SubscriptionState, next,
};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::notices::NewNotice;
use crate::store::subscribers::NewSubscriber;
use crate::store::subscriptions::Consent;
use crate::store::{Db, lists, notices, subscribers, subscriptions};
use crate::text::locale::Language;

/// What a visitor sends.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    /// Whose address.
    pub email: EmailAddress,
    /// How to address them.
    pub name: PersonName,
    /// The language of mail to them.
    pub language: Language,
    /// The lists asked for; none means the first public one.
    pub lists: Vec<ListSlug>,
    /// What else they answered; counts for somebody who is new.
    pub attributes: Map<String, Value>,
    /// The form or the API.
    pub method: ConsentMethod,
    /// The sentence they agreed to, as it was shown.
    pub wording: String,
    /// Where it came from.
    pub origin: Origin,
}

/// What the worker needs to write a confirmation or an already-subscribed mail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JoinNotice {
    /// To whom.
    pub subscriber: SubscriberId,
    /// The lists asked for.
    pub lists: Vec<ListId>,
}

/// The lists that visitors may join.
///
/// # Errors
/// Where the database fails.
pub async fn public_lists(cx: &Context) -> Result<Vec<List>> {
    public_lists_within(&mut cx.store.read().await?).await
}

/// The list of this slug, where visitors may join it.
///
/// # Errors
/// Where the database fails.
pub async fn public_list(cx: &Context, slug: &str) -> Result<Option<List>> {
    let mut all = public_lists(cx).await?.into_iter();
    Ok(all.find(|list| list.slug.as_str() == slug))
}

/// The lists that visitors may join, within the caller's connection.
pub(super) async fn public_lists_within(db: &mut Db) -> Result<Vec<List>> {
    let mut all = lists::all(db).await?;
    all.retain(|list| list.visibility == Visibility::Public);
    Ok(all)
}

/// Takes a request to join.
///
/// Double opt-in lists wait for a confirmation by mail; asking again sends at
/// most one more mail in a while and changes nothing else. A suppressed address
/// gets no mail.
///
/// # Errors
/// [`AudienceError::UnknownList`] for a list that nobody can join by
/// themselves; nothing that depends on the address.
pub async fn join(cx: &Context, request: &JoinRequest) -> Result<()> {
    let mut db = cx.store.write().await?;
    let public = public_lists_within(&mut db).await?;
    take(cx, &mut db, &public, request).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// Takes a request to join within the caller's transaction, where `public` are
/// the lists that visitors may join.
pub(super) async fn take(
    cx: &Context,
    db: &mut Db,
    public: &[List],
    request: &JoinRequest,
) -> Result<()> {
    let wanted = choose(public, &request.lists)?;
    let now = cx.clock.now();
    if subscribers::suppression_of(db, &request.email)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let new = NewSubscriber {
        email: request.email.clone(),
        name: request.name.as_str().to_owned(),
        language: request.language,
        attributes: Value::Object(request.attributes.clone()),
    };
    let (subscriber, _) = subscribers::insert_or_find(db, &new, now).await?;
    let (unconfirmed, joined) = subscribe(cx, db, subscriber.id, &wanted, request).await?;
    confirm::welcome(db, &subscriber, &joined, now).await?;

    let kind = match unconfirmed.is_empty() {
        true => NoticeKind::AlreadySubscribed,
        false => NoticeKind::Confirmation,
    };
    let named = match unconfirmed.is_empty() {
        true => wanted.iter().map(|list| list.id).collect(),
        false => unconfirmed,
    };
    // Only who was there before can be 'already subscribed'.
    let is_news =
        kind == NoticeKind::Confirmation || wanted.iter().all(|list| list.opt_in == OptIn::Double);
    let not_since = now.before(Duration::from_secs(cx.config.confirmation_interval));
    if is_news && subscribers::take_join_mail_turn(db, subscriber.id, not_since, now).await? {
        let payload = JoinNotice {
            subscriber: subscriber.id,
            lists: named,
        };
        let notice = NewNotice {
            kind,
            email: subscriber.email,
            language: subscriber.language,
            payload: serde_json::to_value(payload).unwrap_or_default(),
        };
        notices::insert(db, &notice, now).await?;
    }
    Ok(())
}

/// Moves each subscription and gives back the lists that wait for confirmation,
/// and those that were joined at once.
async fn subscribe<'a>(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    wanted: &'a [List],
    request: &JoinRequest,
) -> Result<(Vec<ListId>, Vec<&'a List>)> {
    let now = cx.clock.now();
    let held = subscriptions::of_subscriber(db, subscriber).await?;
    let (mut unconfirmed, mut joined) = (Vec::new(), Vec::new());
    for list in wanted {
        let state = held.iter().find(|s| s.list_id == list.id).map(|s| s.state);
        let moved = next(state, SubscriptionEvent::Join(list.opt_in));
        if let Some(moved) = moved {
            subscriptions::set(db, subscriber, list.id, moved, now).await?;
            let mut consent = Consent {
                subscriber,
                list: list.id,
                action: ConsentAction::Requested,
                method: request.method,
                wording: request.wording.clone(),
                network: request.origin.network.clone(),
                user_agent: request.origin.user_agent.clone(),
                reason: String::new(),
                campaign: None,
            };
            subscriptions::record_consent(db, &consent, now).await?;
            if moved == SubscriptionState::Confirmed {
                consent.action = ConsentAction::Confirmed;
                subscriptions::record_consent(db, &consent, now).await?;
                joined.push(list);
            }
        }
        if moved.or(state) == Some(SubscriptionState::Pending) {
            unconfirmed.push(list.id);
        }
    }
    Ok((unconfirmed, joined))
}

fn choose(public: &[List], slugs: &[ListSlug]) -> Result<Vec<List>> {
    if slugs.is_empty() {
        return match public.first() {
            Some(first) => Ok(vec![first.clone()]),
            None => Err(AudienceError::NoList),
        };
    }
    if let Some(unknown) = slugs
        .iter()
        .find(|slug| public.iter().all(|list| list.slug != **slug))
    {
        return Err(AudienceError::UnknownList(unknown.to_string()));
    }
    Ok(public
        .iter()
        .filter(|list| slugs.contains(&list.slug))
        .cloned()
        .collect())
}
