//! Preferences: what a subscriber sees and changes by their own link.

use serde_json::{Map, Value};

use super::leave::leave_lists;
use super::subscription::{self, Evidence};
use super::{ConsentSource, Result, attributes, engagement, erased, mail_frequency};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::growth::ChangeSource;
use crate::model::list::{ListSlug, Visibility};
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionEvent, SubscriptionState, SuppressionReason,
    SuppressionSource, next,
};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::Choice as ChoiceRecord;
use crate::store::suppressions::{self, NewSuppression};
use crate::store::{Db, lists, series_exits, subscribers, subscriptions};
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// A list on a subscriber's preferences page.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The list.
    pub list: List,
    /// The state of the subscription, if there is one.
    pub state: Option<SubscriptionState>,
}

impl Choice {
    /// Whether the subscriber gets the list's mail.
    pub fn is_on(&self) -> bool {
        self.state == Some(SubscriptionState::Confirmed)
    }
}

/// A subscriber's preferences.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Who.
    pub subscriber: Subscriber,
    /// The public lists, and the private ones they are on.
    pub choices: Vec<Choice>,
    /// Whether they asked for no mail at all.
    pub is_suppressed: bool,
}

/// The preferences that a subscriber submits.
#[derive(Debug, Clone)]
pub struct PreferencesUpdate {
    /// How to address them.
    pub name: PersonName,
    /// The language of mail to them.
    pub language: Language,
    /// The selected lists; all others are left.
    pub lists: Vec<ListSlug>,
    /// How often they want mail.
    pub frequency: Frequency,
    /// Answers to the questions of the join form; missing ones stay.
    pub attributes: Map<String, Value>,
    /// The sentence they agreed to, as shown.
    pub wording: String,
}

/// One change of preferences.
#[derive(Debug, Clone)]
pub enum Change {
    /// Subscribed to a list.
    Joined(List),
    /// Unsubscribed from a list.
    Left(List),
    /// A new name.
    Name,
    /// A new language.
    Language(Language),
    /// New answers to the questions of the join form.
    Answers,
    /// A new mail frequency.
    Frequency(Frequency),
}

/// A subscriber's preferences; `None` once they were erased.
pub async fn load(cx: &Context, id: SubscriberId) -> Result<Option<Preferences>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    let held = subscriptions::of_subscriber(&mut db, id).await?;
    let choices = lists::all(&mut db)
        .await?
        .into_iter()
        .map(|list| Choice {
            state: held.iter().find(|s| s.list_id == list.id).map(|s| s.state),
            list,
        })
        .filter(|choice| choice.list.visibility == Visibility::Public || choice.is_on())
        .collect();
    let is_suppressed = suppressions::of(&mut db, &subscriber.email)
        .await?
        .is_some();
    Ok(Some(Preferences {
        subscriber,
        choices,
        is_suppressed,
    }))
}

/// Saves a subscriber's preferences. Holding the signed link proves that
/// the address is theirs, so a list joined here needs no further confirmation.
/// Gives what has changed; each change has its consent record.
pub async fn change(
    cx: &Context,
    id: SubscriberId,
    update: &PreferencesUpdate,
    source: &ConsentSource,
) -> Result<Vec<Change>> {
    let Some(current) = load(cx, id).await? else {
        return Ok(Vec::new());
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    series_exits::answered(&mut db, id, now).await?;
    let mut changes = change_profile(&mut db, &current.subscriber, update, now).await?;
    let described: Vec<String> = changes.iter().filter_map(detail).collect();
    if !described.is_empty() {
        let choice = ChoiceRecord {
            wording: update.wording.clone(),
            ..source.choice(id, ConsentAction::Profile, described.join(", "))
        };
        subscriptions::record_choice(&mut db, &choice, now).await?;
    }
    if update.frequency != current.subscriber.frequency {
        let method = ConsentMethod::Preferences;
        let wording = &update.wording;
        mail_frequency::set_frequency_within(
            &mut db,
            id,
            update.frequency,
            method,
            wording,
            source,
            now,
        )
        .await?;
        changes.push(Change::Frequency(update.frequency));
    }
    let (wanted, unwanted): (Vec<Choice>, Vec<Choice>) = current
        .choices
        .into_iter()
        .partition(|choice| update.lists.contains(&choice.list.slug));
    changes.extend(
        unwanted
            .iter()
            .filter(|choice| next(choice.state, SubscriptionEvent::Leave).is_some())
            .map(|choice| Change::Left(choice.list.clone())),
    );
    let own_choice = ConsentSource {
        campaign: None,
        ..source.clone()
    };
    let evidence = Evidence {
        method: ConsentMethod::Preferences,
        wording: &update.wording,
        source: &own_choice,
    };
    for choice in wanted {
        let event = SubscriptionEvent::Resubscribe;
        let applied =
            subscription::apply(&mut db, id, choice.list.id, event, &evidence, now).await?;
        if applied.is_change() {
            changes.push(Change::Joined(choice.list));
        }
    }
    let left: Vec<ListId> = unwanted.iter().map(|choice| choice.list.id).collect();
    leave_lists(cx, &mut db, id, &left, ConsentMethod::Preferences, source).await?;
    db.commit().await?;
    Ok(changes)
}

/// Sets name, language and answers; gives those that have changed.
async fn change_profile(
    db: &mut Db,
    subscriber: &Subscriber,
    update: &PreferencesUpdate,
    now: Timestamp,
) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    if update.name.as_str() != subscriber.name {
        changes.push(Change::Name);
    }
    if update.language != subscriber.language {
        changes.push(Change::Language(update.language));
    }
    subscribers::update_profile(db, subscriber.id, update.name.as_str(), update.language).await?;
    let mut attributes = subscriber.attributes.clone();
    if let Some(known) = attributes.as_object_mut() {
        known.extend(update.attributes.clone());
    }
    if attributes != subscriber.attributes {
        let known = &subscriber.attributes;
        attributes::set(db, subscriber.id, (known, &attributes), now).await?;
        changes.push(Change::Answers);
    }
    Ok(changes)
}

/// The detail of a consent record for a change of the profile. Names and answers
/// are left out.
fn detail(change: &Change) -> Option<String> {
    match change {
        Change::Name => Some("name".to_owned()),
        Change::Language(language) => Some(format!("language={language}")),
        Change::Answers => Some("answers".to_owned()),
        Change::Joined(_) | Change::Left(_) | Change::Frequency(_) => None,
    }
}

/// Unsubscribes a subscriber from every list and suppresses the address; gives the lists that
/// they were on.
pub async fn unsubscribe_from_all(
    cx: &Context,
    id: SubscriberId,
    wording: &str,
    source: &ConsentSource,
) -> Result<Vec<ListId>> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(Vec::new());
    };
    let every: Vec<ListId> = lists::all(&mut db)
        .await?
        .into_iter()
        .map(|list| list.id)
        .collect();
    let method = ConsentMethod::Preferences;
    let left = leave_lists(cx, &mut db, id, &every, method, source).await?;
    let now = cx.clock.now();
    let suppression = NewSuppression {
        email_key: subscriber.email.lookup_key(),
        reason: SuppressionReason::UnsubscribedAll,
        note: String::new(),
        source: SuppressionSource::Person,
        campaign: source.campaign,
    };
    suppressions::add(&mut db, &suppression, now).await?;
    let choice = ChoiceRecord {
        wording: wording.to_owned(),
        ..source.choice(id, ConsentAction::LeftAll, String::new())
    };
    subscriptions::record_choice(&mut db, &choice, now).await?;
    engagement::withdraw_within(cx, &mut db, id, wording, source).await?;
    db.commit().await?;
    Ok(left)
}

/// Lifts a suppression that the subscriber asked for; `false` where there is none.
/// Bounces, complaints and an admin's suppressions are not the subscriber's to
/// lift.
pub async fn allow_mail_again(
    cx: &Context,
    id: SubscriberId,
    wording: &str,
    source: &ConsentSource,
) -> Result<bool> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(false);
    };
    let suppression = suppressions::of(&mut db, &subscriber.email).await?;
    let is_theirs = suppression.is_some_and(|s| s.reason == SuppressionReason::UnsubscribedAll);
    if is_theirs {
        series_exits::answered(&mut db, id, cx.clock.now()).await?;
        let reason = SuppressionReason::UnsubscribedAll;
        suppressions::lift_reason(&mut db, &subscriber.email.lookup_key(), reason).await?;
        let choice = ChoiceRecord {
            wording: wording.to_owned(),
            ..source.choice(id, ConsentAction::CameBack, String::new())
        };
        subscriptions::record_choice(&mut db, &choice, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(is_theirs)
}

/// Erases a subscriber and all data about them. An address that asked
/// for no mail at all stays suppressed, or the next import would mail it again.
pub async fn erase(cx: &Context, by: &Actor, id: SubscriberId) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(subscriber) = subscribers::by_id(&mut db, id).await? {
        erased::remember(cx, &mut db, &subscriber.email, cx.clock.now()).await?;
    }
    subscribers::erase(&mut db, id, ChangeSource::Erasure, cx.clock.now()).await?;
    audit::record(
        &mut db,
        by,
        AuditAction::SubscriberErase,
        id,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}
