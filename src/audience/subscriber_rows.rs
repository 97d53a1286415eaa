//! What the rows of a table say of subscribers beside their own fields, for a page of them at
//! once.

use std::collections::HashMap;

use serde_json::Value;

use super::Result;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::import::Standing;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::subscription::{ConsentMethod, SubscriptionState, SuppressionReason};
use crate::store::search::{self, Reach, Search, Start};
use crate::store::subscribers::Subscriber;
use crate::store::{Db, bulk_lookup, consent_ends, engagement, subscriptions, tags};

/// The facts on some subscribers.
#[derive(Debug, Default)]
pub struct Facts {
    lists: HashMap<SubscriberId, Vec<(ListSlug, SubscriptionState)>>,
    tags: HashMap<SubscriberId, Vec<String>>,
    suppressed: HashMap<String, SuppressionReason>,
    came: HashMap<SubscriberId, (ConsentMethod, Timestamp)>,
    last_active: HashMap<SubscriberId, Timestamp>,
}

/// Whether mail goes to somebody, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    Suppressed(SuppressionReason),
    PausedUntil(Timestamp),
    /// The best that they are on a list.
    Subscribed(SubscriptionState),
    OnNoList,
}

/// Up to `limit` subscribers whom a search finds, how their text was looked for, and the facts on
/// them. How they joined, and when a subscription last changed, only `with_ends`.
pub async fn page(
    cx: &Context,
    search: &Search,
    start: Start,
    limit: i64,
    with_ends: bool,
) -> Result<(Vec<Subscriber>, Reach, Facts)> {
    let mut db = cx.store.read().await?;
    let (found, reach) = search::page(&mut db, search, start, limit).await?;
    let facts = Facts::of(&mut db, &search.within, &found, with_ends).await?;
    Ok((found, reach, facts))
}

impl Facts {
    async fn of(
        db: &mut Db,
        within: &ListAccess,
        page: &[Subscriber],
        with_ends: bool,
    ) -> Result<Self> {
        let mut facts = Self::default();
        if page.is_empty() {
            return Ok(facts);
        }
        let ids: Vec<SubscriberId> = page.iter().map(|one| one.id).collect();
        let keys: Vec<String> = page.iter().map(|one| one.email.lookup_key()).collect();
        for (id, tag) in tags::of(db, &ids).await? {
            facts.tags.entry(id).or_default().push(tag);
        }
        for (id, list, state) in subscriptions::slugs_of(db, &ids).await? {
            if within.has_slug(list.as_str()) {
                facts.lists.entry(id).or_default().push((list, state));
            }
        }
        for one in bulk_lookup::suppressions(db, &keys).await? {
            let strength = |reason: SuppressionReason| Standing::from(reason).strength();
            let strongest = facts.suppressed.entry(one.email_key).or_insert(one.reason);
            if strength(one.reason) > strength(*strongest) {
                *strongest = one.reason;
            }
        }
        // Who is limited to some lists must not see what is read of others.
        if !within.is_limited() {
            for one in engagement::activity(db, &ids).await? {
                if let Some(at) = one.last_active {
                    facts.last_active.insert(one.subscriber_id, at);
                }
            }
        }
        if with_ends {
            for one in consent_ends::ends(db, &ids).await? {
                let came = (one.came_by, one.changed_at);
                facts.came.insert(one.subscriber_id, came);
            }
        }
        Ok(facts)
    }

    /// The lists of somebody, with the state on each.
    pub fn lists(&self, id: SubscriberId) -> &[(ListSlug, SubscriptionState)] {
        self.lists.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The same as `list=state, …`, for files.
    pub fn lists_in_words(&self, id: SubscriberId) -> String {
        let lists = self.lists(id).iter();
        let lists = lists.map(|(list, state)| format!("{list}={state}"));
        lists.collect::<Vec<_>>().join(", ")
    }

    pub fn tags(&self, id: SubscriberId) -> &[String] {
        self.tags.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The strongest reason for which no mail goes to somebody.
    pub fn suppressed(&self, subscriber: &Subscriber) -> Option<SuppressionReason> {
        self.suppressed.get(&subscriber.email.lookup_key()).copied()
    }

    /// When somebody was last seen; `None` for all who have not agreed to that, too.
    pub fn last_active(&self, id: SubscriberId) -> Option<Timestamp> {
        self.last_active.get(&id).copied()
    }

    /// By what way somebody came; `None` where nothing is recorded.
    pub fn came_by(&self, id: SubscriberId) -> Option<ConsentMethod> {
        self.came.get(&id).map(|(method, _)| *method)
    }

    /// When something of somebody last changed.
    pub fn changed_at(&self, subscriber: &Subscriber) -> Timestamp {
        let came = self.came.get(&subscriber.id);
        came.map_or(subscriber.created_at, |(_, at)| *at)
            .max(subscriber.created_at)
    }

    /// Whether mail goes to somebody.
    pub fn mail_state(&self, subscriber: &Subscriber, now: Timestamp) -> MailState {
        if let Some(reason) = self.suppressed(subscriber) {
            return MailState::Suppressed(reason);
        }
        if let Some(until) = subscriber.paused_until(now) {
            return MailState::PausedUntil(until);
        }
        let states = self.lists(subscriber.id).iter().map(|(_, state)| *state);
        let best = states.min_by_key(|state| match state {
            SubscriptionState::Confirmed => 0,
            SubscriptionState::Pending => 1,
            SubscriptionState::Unsubscribed => 2,
        });
        best.map_or(MailState::OnNoList, MailState::Subscribed)
    }
}

/// What an attribute says, for people; empty where it is not set.
pub fn attribute(subscriber: &Subscriber, key: &str) -> String {
    let plain = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match subscriber.attributes.get(key) {
        None => String::new(),
        Some(Value::Array(values)) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Some(value) => plain(value),
    }
}
