//! A subscriber's profile for admins, and bulk actions.

use serde_json::Value;
use strum::VariantArray as _;

use super::engagement::{self, Engagement};
use super::gone::event;
use super::subscribers::{Change, resolve};
use super::{AudienceError, ConsentSource, Result, attributes, erased, tags};
use crate::account::{audit, list_access};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::growth::ChangeSource;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::subscriber_note::SubscriberNote;
use crate::model::subscription::{
    ConsentMethod, SubscriptionState, SuppressionReason, SuppressionSource, next,
};
use crate::model::tag::Tag;
use crate::store::campaign_progress;
use crate::store::campaign_progress::ReceivedRow;
use crate::store::feedback::Event;
use crate::store::lists::List;
use crate::store::search::{self, Search, Start};
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::ConsentRow;
use crate::store::suppressions::{self, NewSuppression, Suppression};
use crate::store::{self, Db, feedback, lists, subscribers, subscriptions};
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// Deliveries in a profile.
const DELIVERIES: i64 = 100;
/// Feedback events in a profile.
const EVENTS: i64 = 100;

/// A subscriber with history, as admins see them.
#[derive(Debug)]
pub struct Profile {
    /// Who.
    pub subscriber: Subscriber,
    /// Their tags, by name.
    pub tags: Vec<String>,
    /// What users have written down about them; may be empty.
    pub note: String,
    /// Every list with the state of the subscription.
    pub memberships: Vec<Membership>,
    /// The suppression of their address, if any.
    pub suppression: Option<Suppression>,
    /// What is seen of them, if they agreed to it and the site shows it.
    pub engagement: Option<Engagement>,
    /// What happened, newest first.
    pub timeline: Vec<Entry>,
}

/// A list and a subscriber's subscription to it.
#[derive(Debug)]
pub struct Membership {
    /// The list.
    pub list: List,
    /// The state and when it was reached; `None` where there never
    /// was one.
    pub state: Option<(SubscriptionState, Timestamp)>,
}

impl Membership {
    /// The states that an admin may set, for a reason where the person had left.
    pub fn moves(&self) -> Vec<SubscriptionState> {
        let from = self.state.map(|(state, _)| state);
        let all = SubscriptionState::VARIANTS.iter().copied();
        all.filter(|to| next(from, event(*to, true)).is_some())
            .collect()
    }
}

/// An entry of a subscriber's history.
#[derive(Debug)]
pub enum Entry {
    /// A subscription changed.
    Consent(ConsentRow),
    /// A delivery of a campaign.
    Delivery(ReceivedRow),
    /// A bounce, complaint or reply.
    Feedback(Event),
}

impl Entry {
    /// When.
    pub fn at(&self) -> Timestamp {
        match self {
            Entry::Consent(row) => row.at,
            Entry::Delivery(row) => row.changed_at,
            Entry::Feedback(event) => event.at,
        }
    }
}

/// A subscriber's profile, as far as it is about lists within a user's reach; `None` where there
/// is no such subscriber within it.
pub async fn profile(
    cx: &Context,
    access: &ListAccess,
    id: SubscriberId,
) -> Result<Option<Profile>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    if !list_access::has_subscriber(&mut db, access, id).await? {
        return Ok(None);
    }
    let held = subscriptions::of_subscriber(&mut db, id).await?;
    let memberships = lists::all(&mut db)
        .await?
        .into_iter()
        .filter(|list| access.has(list.id))
        .map(|list| Membership {
            state: held
                .iter()
                .find(|one| one.list_id == list.id)
                .map(|one| (one.state, one.changed_at)),
            list,
        })
        .collect();
    let consents = subscriptions::consents_of(&mut db, id).await?;
    let received = campaign_progress::received_by(&mut db, id, DELIVERIES).await?;
    let mut timeline: Vec<Entry> = consents.into_iter().map(Entry::Consent).collect();
    timeline.extend(received.into_iter().map(Entry::Delivery));
    let came_back = feedback::of_subscriber(&mut db, id, EVENTS).await?;
    timeline.extend(came_back.into_iter().map(Entry::Feedback));
    if access.is_limited() {
        timeline = within_reach(&mut db, access, timeline).await?;
    }
    timeline.sort_by_key(|entry| std::cmp::Reverse(entry.at()));
    Ok(Some(Profile {
        // What they read is about any list.
        engagement: if access.is_limited() {
            None
        } else {
            engagement::of_subscriber(&mut db, id).await?
        },
        suppression: suppressions::of(&mut db, &subscriber.email).await?,
        tags: tags::names(&mut db, id).await?,
        // Notes are by everybody, about anything.
        note: if access.is_limited() {
            String::new()
        } else {
            subscribers::note(&mut db, id).await?
        },
        subscriber,
        memberships,
        timeline,
    }))
}

/// What is about the lists, and campaigns to the lists, of a user who is limited to some.
async fn within_reach(
    db: &mut Db,
    access: &ListAccess,
    timeline: Vec<Entry>,
) -> Result<Vec<Entry>> {
    let mut kept = Vec::new();
    for entry in timeline {
        let campaign = match &entry {
            Entry::Consent(row) => {
                if access.has_slug(&row.list) {
                    kept.push(entry);
                }
                continue;
            }
            Entry::Delivery(row) => Some(row.campaign_id),
            Entry::Feedback(event) => event.campaign_id,
        };
        if let Some(campaign) = campaign
            && list_access::has_campaign(db, access, campaign).await?
        {
            kept.push(entry);
        }
    }
    Ok(kept)
}

/// Sets name, language and attributes, and the tags where they are given.
///
/// # Errors
/// [`AudienceError::Attributes`] where these are no JSON object,
/// [`AudienceError::TooManyTags`] for more than a subscriber may have.
pub async fn change_profile(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    name: &PersonName,
    language: Language,
    wanted_attributes: &Value,
    wanted: Option<&[Tag]>,
) -> Result<()> {
    if !wanted_attributes.is_object() {
        return Err(AudienceError::Attributes);
    }
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    let before = subscribers::by_id(&mut db, id).await?;
    subscribers::update_profile(&mut db, id, name.as_str(), language).await?;
    if let Some(before) = before {
        attributes::set(&mut db, id, (&before.attributes, wanted_attributes), now).await?;
    }
    if let Some(wanted) = wanted {
        tags::set(&mut db, id, wanted, now).await?;
    }
    audit::record(&mut db, by, AuditAction::SubscriberChange, id, now).await?;
    db.commit().await?;
    Ok(())
}

/// Sets what users have written down about a subscriber. The audit log says that it was
/// changed, and not what it says: that goes when the subscriber is erased.
pub async fn set_note(
    cx: &Context,
    by: &Actor,
    id: SubscriberId,
    note: &SubscriberNote,
) -> Result<()> {
    let mut db = cx.store.write().await?;
    if subscribers::set_note(&mut db, id, note.as_str()).await? {
        audit::record(&mut db, by, AuditAction::SubscriberNote, id, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(())
}

/// An action on several subscribers at once.
#[derive(Debug, Clone)]
pub enum BulkAction {
    /// Subscribe to a list as confirmed; the admin has their consent.
    Add(ListSlug),
    /// Unsubscribe from a list.
    Remove(ListSlug),
    /// Add a tag.
    Tag(Tag),
    /// Remove a tag.
    Untag(Tag),
    /// Suppress the address.
    Suppress,
    /// Erase with all data.
    Erase,
}

impl BulkAction {
    fn action(&self) -> AuditAction {
        match self {
            BulkAction::Add(_) => AuditAction::SubscribersAdd,
            BulkAction::Remove(_) => AuditAction::SubscribersRemove,
            BulkAction::Tag(_) => AuditAction::SubscribersTag,
            BulkAction::Untag(_) => AuditAction::SubscribersUntag,
            BulkAction::Suppress => AuditAction::SubscribersSuppress,
            BulkAction::Erase => AuditAction::SubscribersErase,
        }
    }
}

/// What a bulk action came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BulkDone {
    /// Subscribers that it was applied to.
    pub done: usize,
    /// Those who left or are suppressed, and were not added.
    pub kept: usize,
}

/// How many subscribers [`bulk_apply_to_all`] changes at most.
pub const BULK_LIMIT: i64 = 20_000;
/// Subscribers of a transaction: few enough that other writes wait only a moment.
const BULK_BATCH: i64 = 200;

/// Applies an action to the subscribers that a search finds, `most` at most, in batches. An
/// error ends it: what was done by then stays, and to do it again does no harm.
///
/// # Errors
/// Those of [`bulk_apply`].
pub async fn bulk_apply_to_all(
    cx: &Context,
    by: &Actor,
    what: &BulkAction,
    source: &ConsentSource,
    search: &Search,
    most: i64,
) -> Result<BulkDone> {
    let mut bulk = BulkDone::default();
    let mut left = most.min(BULK_LIMIT);
    // By address: who no longer matches after the action does not shift the others.
    let mut after = String::new();
    while left > 0 {
        let mut db = cx.store.read().await?;
        let start = Start::Address(after);
        let (found, _) = search::page(&mut db, search, start, left.min(BULK_BATCH)).await?;
        drop(db);
        let Some(last) = found.last() else { break };
        after = last.email.lookup_key();
        let ids: Vec<SubscriberId> = found.iter().map(|one| one.id).collect();
        let done = bulk_apply(cx, by, &ids, what, source).await?;
        bulk.done += done.done;
        bulk.kept += done.kept;
        left -= ids.len() as i64;
    }
    Ok(bulk)
}

/// Applies an action to several subscribers in one transaction. Nobody who left a list is
/// added to it again.
///
/// # Errors
/// [`AudienceError::UnknownList`] for a slug that is no list's.
pub async fn bulk_apply(
    cx: &Context,
    by: &Actor,
    ids: &[SubscriberId],
    what: &BulkAction,
    source: &ConsentSource,
) -> Result<BulkDone> {
    let mut db = cx.store.write().await?;
    let wanted = match what {
        BulkAction::Add(list) | BulkAction::Remove(list) => {
            resolve(&mut db, by, std::slice::from_ref(list)).await?
        }
        _ => Vec::new(),
    };
    let change = Change {
        to: match what {
            BulkAction::Add(_) => SubscriptionState::Confirmed,
            _ => SubscriptionState::Unsubscribed,
        },
        resubscribes: false,
        method: ConsentMethod::Admin,
        source,
    };
    let mut bulk = BulkDone::default();
    let numbers: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let numbers = numbers.join(" ");
    for id in ids {
        let Some(subscriber) = subscribers::by_id(&mut db, *id).await? else {
            continue;
        };
        match what {
            BulkAction::Add(_) | BulkAction::Remove(_) => {
                let changed = change.apply(cx, &mut db, &subscriber, &wanted).await?;
                if !changed.kept.is_empty() {
                    bulk.kept += 1;
                    continue;
                }
            }
            BulkAction::Tag(tag) => tags::add(&mut db, *id, tag, cx.clock.now()).await?,
            BulkAction::Untag(tag) => store::tags::remove(&mut db, *id, tag).await?,
            BulkAction::Suppress => {
                let suppression = NewSuppression {
                    email_key: subscriber.email.lookup_key(),
                    reason: SuppressionReason::Manual,
                    note: source.reason.clone(),
                    source: SuppressionSource::Admin,
                    campaign: None,
                };
                suppressions::add(&mut db, &suppression, cx.clock.now()).await?;
            }
            BulkAction::Erase => {
                erased::remember(cx, &mut db, &subscriber.email, cx.clock.now()).await?;
                subscribers::erase(&mut db, *id, ChangeSource::Erasure, cx.clock.now()).await?;
            }
        }
        bulk.done += 1;
    }
    audit::record(&mut db, by, what.action(), numbers, cx.clock.now()).await?;
    db.commit().await?;
    Ok(bulk)
}
