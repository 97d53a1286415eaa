//! Preferences: what a subscriber sees and changes by their own link.

use serde::Serialize;
use serde_json::{Map, Value};

use super::leave::leave_lists;
use super::{Origin, Result};
use crate::context::Context;
use crate::model::line::PersonName;
use crate::model::list::{ListSlug, Visibility};
use crate::model::subscription::{
    ConsentAction, ConsentMethod, SubscriptionEvent, SubscriptionState, SuppressionReason, next,
};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscribers::Subscriber;
use crate::store::subscriptions::Consent;
use crate::store::{campaigns, lists, subscribers, subscriptions};
use crate::text::locale::Language;

/// A list as its subscriber sees it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The list.
    pub list: List,
    /// Where the subscription stands, if there is one.
    pub state: Option<SubscriptionState>,
}

impl Choice {
    /// Whether the subscriber gets the list's mail.
    pub fn is_on(&self) -> bool {
        self.state == Some(SubscriptionState::Confirmed)
    }
}

/// A subscriber's own view.
#[derive(Debug, Clone)]
pub struct Preferences {
    /// Who.
    pub subscriber: Subscriber,
    /// The public lists, and the private ones they are on.
    pub choices: Vec<Choice>,
    /// Whether they asked for no mail at all.
    pub is_suppressed: bool,
}

/// What a subscriber wants.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// How to address them.
    pub name: PersonName,
    /// The language of mail to them.
    pub language: Language,
    /// The lists they want to be on; they leave all others.
    pub lists: Vec<ListSlug>,
    /// Their answers to what the join form asks; those left out stay.
    pub attributes: Map<String, Value>,
    /// The sentence they agreed to, as it was shown.
    pub wording: String,
}

/// A subscriber's preferences; `None` once they were erased.
///
/// # Errors
/// Where the database fails.
pub async fn look(cx: &Context, id: SubscriberId) -> Result<Option<Preferences>> {
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
    let is_suppressed = subscribers::suppression_of(&mut db, &subscriber.email)
        .await?
        .is_some();
    Ok(Some(Preferences {
        subscriber,
        choices,
        is_suppressed,
    }))
}

/// Carries out what a subscriber wants. Holding the signed link proves that
/// the address is theirs, so a list joined here needs no further confirmation.
///
/// # Errors
/// Where the database fails; then nothing was changed.
pub async fn change(
    cx: &Context,
    id: SubscriberId,
    wishes: &Wishes,
    origin: &Origin,
) -> Result<()> {
    let Some(current) = look(cx, id).await? else {
        return Ok(());
    };
    let now = cx.clock.now();
    let mut db = cx.store.write().await?;
    subscribers::update_profile(&mut db, id, wishes.name.as_str(), wishes.language).await?;
    if !wishes.attributes.is_empty() {
        let mut attributes = current.subscriber.attributes.clone();
        if let Some(known) = attributes.as_object_mut() {
            known.extend(wishes.attributes.clone());
        }
        subscribers::update_attributes(&mut db, id, &attributes).await?;
    }
    let (wanted, unwanted): (Vec<Choice>, Vec<Choice>) = current
        .choices
        .into_iter()
        .partition(|choice| wishes.lists.contains(&choice.list.slug));
    for choice in wanted {
        let Some(moved) = next(choice.state, SubscriptionEvent::Add) else {
            continue;
        };
        subscriptions::set(&mut db, id, choice.list.id, moved, now).await?;
        let consent = Consent {
            subscriber: id,
            list: choice.list.id,
            action: ConsentAction::Confirmed,
            method: ConsentMethod::Preferences,
            wording: wishes.wording.clone(),
            network: origin.network.clone(),
            user_agent: origin.user_agent.clone(),
            reason: origin.reason.clone(),
            campaign: None,
        };
        subscriptions::record_consent(&mut db, &consent, now).await?;
    }
    let left: Vec<ListId> = unwanted.iter().map(|choice| choice.list.id).collect();
    leave_lists(cx, &mut db, id, &left, ConsentMethod::Preferences, origin).await?;
    db.commit().await?;
    Ok(())
}

/// Takes a subscriber off every list and never mails the address again.
///
/// # Errors
/// Where the database fails; then nothing was changed.
pub async fn leave_everything(cx: &Context, id: SubscriberId, origin: &Origin) -> Result<()> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(());
    };
    let every: Vec<ListId> = lists::all(&mut db)
        .await?
        .into_iter()
        .map(|list| list.id)
        .collect();
    leave_lists(cx, &mut db, id, &every, ConsentMethod::Preferences, origin).await?;
    let reason = SuppressionReason::UnsubscribedAll;
    subscribers::suppress(&mut db, &subscriber.email, reason, "", cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Mails an address again that its owner had asked never to mail.
///
/// # Errors
/// Where the database fails.
pub async fn come_back(cx: &Context, id: SubscriberId) -> Result<()> {
    let mut db = cx.store.write().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(());
    };
    let suppression = subscribers::suppression_of(&mut db, &subscriber.email).await?;
    // Bounces, complaints and an admin's word are not the subscriber's to lift.
    if suppression.is_some_and(|s| s.reason == SuppressionReason::UnsubscribedAll) {
        subscribers::lift_suppression(&mut db, &subscriber.email.lookup_key()).await?;
    }
    db.commit().await?;
    Ok(())
}

/// Erases a subscriber and all that is known of them. An address that asked
/// for no mail at all stays suppressed, or the next import would mail it again.
///
/// # Errors
/// Where the database fails; then nothing was changed.
pub async fn erase(cx: &Context, id: SubscriberId) -> Result<()> {
    let mut db = cx.store.write().await?;
    subscribers::erase(&mut db, id).await?;
    db.commit().await?;
    Ok(())
}

/// All that is kept of a subscriber, for themselves (GDPR Art. 15 and 20).
#[derive(Debug, Clone, Serialize)]
pub struct PersonalData {
    email: String,
    name: String,
    language: Language,
    attributes: serde_json::Value,
    since: String,
    subscriptions: Vec<serde_json::Value>,
    consents: Vec<serde_json::Value>,
    deliveries: Vec<serde_json::Value>,
}

/// How many of a subscriber's last deliveries an export holds.
const EXPORTED_DELIVERIES: i64 = 10_000;

/// Gathers all that is kept of a subscriber; `None` once they were erased.
///
/// # Errors
/// Where the database fails.
pub async fn personal_data(cx: &Context, id: SubscriberId) -> Result<Option<PersonalData>> {
    let mut db = cx.store.read().await?;
    let Some(subscriber) = subscribers::by_id(&mut db, id).await? else {
        return Ok(None);
    };
    let held = subscriptions::slugs_of(&mut db, &[id]).await?;
    let consents = subscriptions::consents_of(&mut db, id).await?;
    let received = campaigns::received_by(&mut db, id, EXPORTED_DELIVERIES).await?;
    Ok(Some(PersonalData {
        email: subscriber.email.to_string(),
        name: subscriber.name,
        language: subscriber.language,
        attributes: subscriber.attributes,
        since: subscriber.created_at.rfc3339(),
        subscriptions: held
            .iter()
            .map(|(_, list, state)| serde_json::json!({ "list": list, "state": state }))
            .collect(),
        consents: consents
            .iter()
            .map(|consent| {
                serde_json::json!({
                    "list": consent.list,
                    "action": consent.action,
                    "method": consent.method,
                    "wording": consent.wording,
                    "network": consent.network,
                    "user_agent": consent.user_agent,
                    "at": consent.at.rfc3339(),
                })
            })
            .collect(),
        deliveries: received
            .iter()
            .map(|row| {
                serde_json::json!({
                    "subject": row.subject,
                    "state": row.state,
                    "at": row.changed_at.rfc3339(),
                })
            })
            .collect(),
    }))
}
