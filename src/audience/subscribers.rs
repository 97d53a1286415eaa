//! Subscribers as admins, the API and imports add, change and find them.

use serde_json::Value;

use super::subscription::{self, Evidence};
use super::{AudienceError, ConsentSource, Result, confirmation_request, mail_frequency, tags};
use crate::account::audit;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::{ListSlug, OptIn};
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{ConsentMethod, SubscriptionEvent, SubscriptionState};
use crate::model::tag::Tag;
use crate::model::{ListId, SubscriberId};
use crate::store::search::{Reach, Search, Start};
use crate::store::subscribers::{NewSubscriber, Subscriber};
use crate::store::{self, Db, lists, search, subscribers, subscriptions};
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// The fields of a subscriber.
#[derive(Debug, Clone)]
pub struct SubscriberFields {
    /// The address.
    pub email: EmailAddress,
    /// How to address them; `None` leaves it.
    pub name: Option<PersonName>,
    /// The language of mail to them; `None` leaves it.
    pub language: Option<Language>,
    /// A JSON object; `None` leaves it.
    pub attributes: Option<Value>,
    /// All of their tags; `None` leaves those they have.
    pub tags: Option<Vec<Tag>>,
    /// How often they want mail; `None` leaves it.
    pub frequency: Option<Frequency>,
    /// The lists to put them on.
    pub lists: Vec<ListSlug>,
    /// `confirmed` if the admin has their consent, `pending` to send a confirmation
    /// request.
    pub state: SubscriptionState,
    /// The admin, the API or an import.
    pub method: ConsentMethod,
}

/// Adds a subscriber, or changes the one with this address; `true` if it was
/// added.
///
/// A subscriber who has left a list is put on it again only if the admin has new
/// consent (`confirmed`).
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's.
pub async fn save(
    cx: &Context,
    by: &Actor,
    fields: &SubscriberFields,
    source: &ConsentSource,
) -> Result<(Subscriber, bool)> {
    let mut held = cx.store.write().await?;
    let db = &mut held;
    if fields
        .attributes
        .as_ref()
        .is_some_and(|value| !value.is_object())
    {
        return Err(AudienceError::Attributes);
    }
    let now = cx.clock.now();
    let wanted = resolve(db, &fields.lists).await?;
    let new = NewSubscriber {
        email: fields.email.clone(),
        name: fields.name.clone().unwrap_or_default().into(),
        language: fields.language.unwrap_or(cx.config().language),
        attributes: fields
            .attributes
            .clone()
            .unwrap_or_else(|| serde_json::json!({})),
    };
    let (mut subscriber, added) = subscribers::insert_or_find(db, &new, now).await?;
    if !added {
        if let Some(name) = &fields.name {
            subscriber.name = name.to_string();
        }
        subscriber.language = fields.language.unwrap_or(subscriber.language);
        let (name, language) = (&subscriber.name, subscriber.language);
        subscribers::update_profile(db, subscriber.id, name, language).await?;
        if let Some(attributes) = &fields.attributes {
            subscribers::update_attributes(db, subscriber.id, attributes).await?;
            subscriber.attributes = attributes.clone();
        }
    }
    if let Some(wanted) = &fields.tags {
        tags::set(db, subscriber.id, wanted).await?;
    }
    if let Some(frequency) = fields.frequency.filter(|new| *new != subscriber.frequency) {
        let id = subscriber.id;
        mail_frequency::set_frequency_within(db, id, frequency, fields.method, "", source, now)
            .await?;
        subscriber.frequency = frequency;
    }
    let event = match fields.state {
        SubscriptionState::Pending => SubscriptionEvent::Join(OptIn::Double),
        SubscriptionState::Confirmed => SubscriptionEvent::Add,
        SubscriptionState::Unsubscribed => SubscriptionEvent::Leave,
    };
    let pending = move_all(cx, db, subscriber.id, &wanted, event, fields.method, source).await?;
    if !pending.is_empty() {
        confirmation_request::request_now(cx, db, &subscriber, pending).await?;
    }
    audit::record(
        db,
        by,
        AuditAction::SubscriberSave,
        subscriber.id,
        cx.clock.now(),
    )
    .await?;
    held.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok((subscriber, added))
}

pub(super) async fn resolve(db: &mut Db, slugs: &[ListSlug]) -> Result<Vec<ListId>> {
    let mut ids = Vec::with_capacity(slugs.len());
    for slug in slugs {
        match lists::by_slug(db, slug).await? {
            Some(list) => ids.push(list.id),
            None => return Err(AudienceError::UnknownList(slug.to_string())),
        }
    }
    Ok(ids)
}

/// Applies an event to several lists; gives those that became pending.
pub(super) async fn move_all(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    wanted: &[ListId],
    event: SubscriptionEvent,
    method: ConsentMethod,
    source: &ConsentSource,
) -> Result<Vec<ListId>> {
    let now = cx.clock.now();
    let evidence = Evidence {
        method,
        wording: "",
        source,
    };
    let changed =
        subscription::apply_to_lists(db, subscriber, wanted, event, &evidence, now).await?;
    let pending = changed
        .into_iter()
        .filter(|(_, state)| *state == SubscriptionState::Pending)
        .map(|(list, _)| list)
        .collect();
    Ok(pending)
}

/// Sets one subscription as an admin; a pending one sends a confirmation
/// request.
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's.
pub async fn set_subscription(
    cx: &Context,
    by: &Actor,
    subscriber: SubscriberId,
    list: &ListSlug,
    state: SubscriptionState,
    source: &ConsentSource,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let wanted = resolve(&mut db, std::slice::from_ref(list)).await?;
    let event = match state {
        SubscriptionState::Unsubscribed => SubscriptionEvent::Leave,
        SubscriptionState::Confirmed => SubscriptionEvent::Add,
        SubscriptionState::Pending => SubscriptionEvent::Join(OptIn::Double),
    };
    let method = ConsentMethod::Admin;
    let pending = move_all(cx, &mut db, subscriber, &wanted, event, method, source).await?;
    if !pending.is_empty()
        && let Some(subscriber) = subscribers::by_id(&mut db, subscriber).await?
    {
        confirmation_request::request_now(cx, &mut db, &subscriber, pending).await?;
    }
    audit::record(
        &mut db,
        by,
        AuditAction::SubscriptionSet,
        format!("{subscriber} {list} {state}"),
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// A subscription of a subscriber in a search result.
pub type Held = (SubscriberId, ListSlug, SubscriptionState);

/// A page of a search: subscribers, their subscriptions, and how the text was
/// searched.
#[derive(Debug)]
pub struct SubscriberPage {
    /// The subscribers.
    pub subscribers: Vec<Subscriber>,
    /// Their subscriptions.
    pub held: Vec<Held>,
    /// Their tags.
    pub tags: Vec<(SubscriberId, String)>,
    /// How the text was searched.
    pub reach: Reach,
}

/// Up to `limit` subscribers that match a search, and their subscriptions.
pub async fn search(
    cx: &Context,
    what: &Search,
    start: Start,
    limit: i64,
) -> Result<SubscriberPage> {
    let mut db = cx.store.read().await?;
    let (found, reach) = search::page(&mut db, what, start, limit).await?;
    let ids: Vec<SubscriberId> = found.iter().map(|one| one.id).collect();
    Ok(SubscriberPage {
        held: subscriptions::slugs_of(&mut db, &ids).await?,
        tags: store::tags::of(&mut db, &ids).await?,
        subscribers: found,
        reach,
    })
}

/// How many subscribers there are.
pub async fn count(cx: &Context) -> Result<i64> {
    Ok(subscribers::count(&mut cx.store.read().await?).await?)
}

/// One subscriber and their subscriptions.
pub async fn find(cx: &Context, id: SubscriberId) -> Result<Option<(Subscriber, Vec<Held>)>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    let held = subscriptions::slugs_of(&mut db, &[id]).await?;
    Ok(Some((subscriber, held)))
}
