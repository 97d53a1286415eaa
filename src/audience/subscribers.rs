//! Subscribers as admins, the API and imports add, change and find them.

use serde_json::Value;

use super::gone::{Known, event};
use super::subscription::{self, Evidence};
use super::{
    AudienceError, ConsentSource, Result, attributes, confirmation_request, erased, mail_frequency,
    tags,
};
use crate::account::{audit, list_access};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::import::Kept;
use crate::model::list::{ListSlug, OptIn};
use crate::model::list_access::ListAccess;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{ConsentMethod, SubscriptionState, SuppressionReason};
use crate::model::tag::Tag;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::search::{Reach, Search, Start};
use crate::store::subscribers::{NewSubscriber, Subscriber};
use crate::store::{
    self, Db, kept_counts, lists, search, subscribers, subscriptions, suppressions,
};
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
    /// The admin or the API.
    pub method: ConsentMethod,
    /// Whether those who left are subscribed again; the source says why.
    pub resubscribes: bool,
}

/// A saved subscriber.
#[derive(Debug)]
pub struct Saved {
    /// Who.
    pub subscriber: Subscriber,
    /// Whether they were added.
    pub is_new: bool,
    /// The lists that they stay off, and why.
    pub kept: Vec<(ListSlug, Kept)>,
}

/// Adds a subscriber, or changes the one with this address.
///
/// A person who left a list, or is suppressed, stays off it unless the caller says that they
/// asked to come back (`resubscribes`).
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's,
/// [`AudienceError::Erased`] for an address whose owner had their data erased.
pub async fn save(
    cx: &Context,
    by: &Actor,
    fields: &SubscriberFields,
    source: &ConsentSource,
) -> Result<Saved> {
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
    let wanted = resolve(db, by, &fields.lists).await?;
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
    if added && erased::is_erased(cx, db, &fields.email).await? {
        if !fields.resubscribes {
            return Err(AudienceError::Erased);
        }
        erased::forget(cx, db, &fields.email).await?;
    }
    if !added {
        if let Some(name) = &fields.name {
            subscriber.name = name.to_string();
        }
        subscriber.language = fields.language.unwrap_or(subscriber.language);
        let (name, language) = (&subscriber.name, subscriber.language);
        subscribers::update_profile(db, subscriber.id, name, language).await?;
        if let Some(wanted) = &fields.attributes {
            let known = (&subscriber.attributes, wanted);
            attributes::set(db, subscriber.id, known, now).await?;
            subscriber.attributes = wanted.clone();
        }
    }
    if let Some(wanted) = &fields.tags {
        tags::set(db, subscriber.id, wanted, now).await?;
    }
    if let Some(frequency) = fields.frequency.filter(|new| *new != subscriber.frequency) {
        let id = subscriber.id;
        mail_frequency::set_frequency_within(db, id, frequency, fields.method, "", source, now)
            .await?;
        subscriber.frequency = frequency;
    }
    let change = Change {
        to: fields.state,
        resubscribes: fields.resubscribes,
        method: fields.method,
        source,
    };
    let Changed { pending, kept } = change.apply(cx, db, &subscriber, &wanted).await?;
    let kept = kept.into_iter().filter_map(|(id, kept)| {
        let place = wanted.iter().position(|one| *one == id)?;
        Some((fields.lists.get(place)?.clone(), kept))
    });
    let kept = kept.collect();
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
    Ok(Saved {
        subscriber,
        is_new: added,
        kept,
    })
}

/// The lists with these slugs; for a user who is limited to some, there is no other.
pub(super) async fn resolve(db: &mut Db, by: &Actor, slugs: &[ListSlug]) -> Result<Vec<ListId>> {
    let access = list_access::of_actor(db, by).await?;
    let mut ids = Vec::with_capacity(slugs.len());
    for slug in slugs {
        match lists::by_slug(db, slug).await? {
            Some(list) if access.has(list.id) => ids.push(list.id),
            _ => return Err(AudienceError::UnknownList(slug.to_string())),
        }
    }
    Ok(ids)
}

/// A change that an admin or a program makes to the lists of a person.
pub(super) struct Change<'a> {
    /// The state that their subscriptions get.
    pub to: SubscriptionState,
    /// Whether those who left are subscribed again; the source says why.
    pub resubscribes: bool,
    /// By what way.
    pub method: ConsentMethod,
    /// Where it came from.
    pub source: &'a ConsentSource,
}

/// What came of a change.
#[derive(Default)]
pub(super) struct Changed {
    /// The lists that now wait for a confirmation.
    pub pending: Vec<ListId>,
    /// Those that the person stays off, and why.
    pub kept: Vec<(ListId, Kept)>,
}

impl Change<'_> {
    /// Applies the change to several lists.
    pub(super) async fn apply(
        &self,
        cx: &Context,
        db: &mut Db,
        subscriber: &Subscriber,
        wanted: &[ListId],
    ) -> Result<Changed> {
        let now = cx.clock.now();
        let evidence = Evidence {
            method: self.method,
            wording: "",
            source: self.source,
        };
        let mut changed = Changed::default();
        let suppressed = match self.to {
            SubscriptionState::Unsubscribed => None,
            _ => suppressions::of(db, &subscriber.email).await?,
        };
        let suppressed = suppressed.map(|one| one.reason);
        // Of those who are gone, only who left can be subscribed again in this way.
        let resubscribe: &[Kept] = if self.resubscribes {
            &[Kept::Left]
        } else {
            &[]
        };
        if self.resubscribes && suppressed == Some(SuppressionReason::UnsubscribedAll) {
            let key = subscriber.email.lookup_key();
            suppressions::lift_reason(db, &key, SuppressionReason::UnsubscribedAll).await?;
        }
        for list in wanted {
            let before = subscriptions::state(db, subscriber.id, *list).await?;
            let is_away = before != Some(SubscriptionState::Confirmed)
                && self.to != SubscriptionState::Unsubscribed;
            let known = Known {
                state: before,
                suppressed: suppressed.map(Kept::from),
                is_erased: false,
            };
            if is_away && let Some(kept) = known.stays_away(resubscribe) {
                changed.kept.push((*list, kept));
                continue;
            }
            let event = event(self.to, self.resubscribes);
            let applied =
                subscription::apply(db, subscriber.id, *list, event, &evidence, now).await?;
            if applied.moved_to(SubscriptionState::Pending) {
                changed.pending.push(*list);
            }
        }
        Ok(changed)
    }
}

/// Sets one subscription as an admin; a pending one sends a confirmation
/// request. The reason in `source` permits to subscribe somebody who left.
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's,
/// [`AudienceError::StaysAway`] for a person who left or is suppressed.
pub async fn set_subscription(
    cx: &Context,
    by: &Actor,
    subscriber: SubscriberId,
    list: &ListSlug,
    state: SubscriptionState,
    source: &ConsentSource,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    let wanted = resolve(&mut db, by, std::slice::from_ref(list)).await?;
    let Some(subscriber) = subscribers::by_id(&mut db, subscriber).await? else {
        return Ok(());
    };
    // Who is suppressed gets no mail of any list: that is not up to a user who is limited to some.
    if state != SubscriptionState::Unsubscribed
        && list_access::of_actor(&mut db, by).await?.is_limited()
        && let Some(one) = suppressions::of(&mut db, &subscriber.email).await?
    {
        return Err(AudienceError::StaysAway(one.reason.into()));
    }
    let change = Change {
        to: state,
        resubscribes: !source.reason.is_empty(),
        method: ConsentMethod::Admin,
        source,
    };
    let Changed { pending, kept } = change.apply(cx, &mut db, &subscriber, &wanted).await?;
    if let Some((_, kept)) = kept.first() {
        return Err(AudienceError::StaysAway(*kept));
    }
    if !pending.is_empty() {
        confirmation_request::request_now(cx, &mut db, &subscriber, pending).await?;
    }
    audit::record(
        &mut db,
        by,
        AuditAction::SubscriptionSet,
        format!("{} {list} {state}", subscriber.id),
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(())
}

/// Subscribes a person to one more list by itself, within the caller's transaction: by the rule of
/// that list, so that they are asked to confirm where it wants that. Whether anything has changed;
/// who left the list, or is suppressed, stays off it.
///
/// # Errors
/// Where the database fails.
pub async fn add_to_list(
    cx: &Context,
    db: &mut Db,
    id: SubscriberId,
    list: &List,
    reason: &str,
) -> Result<bool> {
    let Some(subscriber) = subscribers::by_id(db, id).await? else {
        return Ok(false);
    };
    let before = subscriptions::state(db, id, list.id).await?;
    if before == Some(SubscriptionState::Confirmed) {
        return Ok(false);
    }
    let source = ConsentSource {
        reason: reason.to_owned(),
        ..ConsentSource::default()
    };
    let change = Change {
        to: match list.opt_in {
            OptIn::Single => SubscriptionState::Confirmed,
            OptIn::Double => SubscriptionState::Pending,
        },
        resubscribes: false,
        method: ConsentMethod::Admin,
        source: &source,
    };
    let Changed { pending, kept } = change.apply(cx, db, &subscriber, &[list.id]).await?;
    let is_pending = !pending.is_empty();
    if is_pending {
        confirmation_request::request_now(cx, db, &subscriber, pending).await?;
    }
    let after = subscriptions::state(db, id, list.id).await?;
    Ok(kept.is_empty() && after != before)
}

/// Asks a person once more to confirm what is pending; `false` where nothing is.
///
/// # Errors
/// [`AudienceError::StaysAway`] for a person who is suppressed.
pub async fn ask_to_confirm(cx: &Context, by: &Actor, id: SubscriberId) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(false);
    };
    if let Some(one) = suppressions::of(&mut db, &subscriber.email).await? {
        return Err(AudienceError::StaysAway(one.reason.into()));
    }
    let held = subscriptions::of_subscriber(&mut db, id).await?;
    let pending = held
        .iter()
        .filter(|one| one.state == SubscriptionState::Pending);
    let pending: Vec<ListId> = pending.map(|one| one.list_id).collect();
    if pending.is_empty() {
        return Ok(false);
    }
    confirmation_request::request_now(cx, &mut db, &subscriber, pending).await?;
    let action = AuditAction::ConfirmationRequest;
    audit::record(&mut db, by, action, id, cx.clock.now()).await?;
    db.commit().await?;
    cx.mail_queued.notify_waiters();
    Ok(true)
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
        held: {
            let mut held = subscriptions::slugs_of(&mut db, &ids).await?;
            held.retain(|(_, slug, _)| what.within.has_slug(slug.as_str()));
            held
        },
        tags: store::tags::of(&mut db, &ids).await?,
        subscribers: found,
        reach,
    })
}

/// How many subscribers a search finds, counted no further than `most`.
pub async fn count_found(cx: &Context, what: &Search, most: i64) -> Result<i64> {
    Ok(search::count(&mut cx.store.read().await?, what, most).await?)
}

/// How many subscribers a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Exactly(i64),
    MoreThan(i64),
}

/// How many subscribers a search finds: what has to be counted no further than `most`.
pub async fn found(cx: &Context, what: &Search, most: i64) -> Result<Found> {
    let mut db = cx.store.read().await?;
    if let Some(total) = search::kept_total(&mut db, what).await? {
        return Ok(Found::Exactly(total));
    }
    Ok(match search::count(&mut db, what, most + 1).await? {
        count if count > most => Found::MoreThan(most),
        count => Found::Exactly(count),
    })
}

/// How many subscribers there are.
pub async fn count(cx: &Context) -> Result<i64> {
    Ok(kept_counts::subscribers(&mut cx.store.read().await?).await?)
}

/// One subscriber within a user's reach, and their subscriptions to its lists.
pub async fn find(
    cx: &Context,
    access: &ListAccess,
    id: SubscriberId,
) -> Result<Option<(Subscriber, Vec<Held>)>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    if !list_access::has_subscriber(&mut db, access, id).await? {
        return Ok(None);
    }
    let mut held = subscriptions::slugs_of(&mut db, &[id]).await?;
    held.retain(|(_, slug, _)| access.has_slug(slug.as_str()));
    Ok(Some((subscriber, held)))
}
