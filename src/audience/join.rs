//! Joining: a visitor asks to be on lists.
//!
//! The answer is the same for every address, known or not.

use std::time::Duration;

use serde_json::{Map, Value};

use super::confirmation_request::{self, Cause};
use super::subscription::{self, Evidence};
use super::{AudienceError, ConsentSource, Result, confirm, engagement, erased};
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::subscription::{
    ConsentMethod, SubscriptionEvent, SubscriptionState, SuppressionReason,
};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscribers::NewSubscriber;
use crate::store::{Db, lists, subscribers, suppressions};
use crate::text::line::PersonName;
use crate::text::locale::Language;

/// A request to join.
#[derive(Debug, Clone)]
pub struct JoinRequest {
    /// The address.
    pub email: EmailAddress,
    /// How to address them.
    pub name: PersonName,
    /// The language of mail to them.
    pub language: Language,
    /// The requested lists; none means the first public one.
    pub lists: Vec<ListSlug>,
    /// Answers to custom questions; they count for new subscribers.
    pub attributes: Map<String, Value>,
    /// The form or the API.
    pub method: ConsentMethod,
    /// The sentence they agreed to, as shown.
    pub wording: String,
    /// The sentence, if it was ticked that opens and followed links may be seen.
    pub engagement: Option<String>,
    /// Where it came from.
    pub source: ConsentSource,
    /// The minimum delay of its email, if too many come from one network.
    pub delay: Duration,
}

/// The lists that visitors may join.
pub async fn public_lists(cx: &Context) -> Result<Vec<List>> {
    public_lists_within(&mut cx.store.read().await?).await
}

/// The list of this slug, where visitors may join it.
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

/// Processes a request to join.
///
/// Double opt-in lists wait for a confirmation by mail, and so does any list for
/// an address whose owner has left it, or all lists. Asking again sends
/// few mails more ([`confirmation_request`]) and changes nothing else. An address that is
/// suppressed for another reason gets no mail. Who ticks that opens and followed links may be seen
/// confirms the address for any list, since nobody may agree for another.
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

/// Processes a request to join within the caller's transaction; `public` are
/// the lists that visitors may join.
pub(super) async fn take(
    cx: &Context,
    db: &mut Db,
    public: &[List],
    request: &JoinRequest,
) -> Result<()> {
    let wanted = choose(public, &request.lists)?;
    let now = cx.clock.now();
    let suppression = suppressions::of(db, &request.email).await?;
    let has_left_all = match suppression.map(|suppression| suppression.reason) {
        // The owner may revoke their own decision: a confirmation is sent.
        Some(SuppressionReason::UnsubscribedAll) => true,
        Some(_) => return Ok(()),
        None => false,
    };
    let new = NewSubscriber {
        email: request.email.clone(),
        name: request.name.as_str().to_owned(),
        language: request.language,
        attributes: Value::Object(request.attributes.clone()),
    };
    let (subscriber, _) = subscribers::insert_or_find(db, &new, now).await?;
    // A stranger may have filled in the form; only the owner undoes what they decided.
    let engagement = match &request.engagement {
        Some(wording) if engagement::may_request(cx, db, subscriber.id).await? => Some(wording),
        _ => None,
    };
    let must_confirm =
        has_left_all || engagement.is_some() || erased::is_erased(cx, db, &request.email).await?;
    let moved = subscribe(cx, db, subscriber.id, &wanted, request, must_confirm).await?;
    confirm::welcome(db, &subscriber, &moved.joined, now).await?;
    let all = wanted.iter().map(|list| list.id).collect();
    let (lists, cause) = match (moved.is_news, moved.unconfirmed.is_empty()) {
        (true, _) => (moved.unconfirmed, Cause::News),
        (false, false) => (moved.unconfirmed, Cause::Repeat),
        // Subscribed but suppressed: confirming lifts the suppression.
        (false, true) if has_left_all => (all, Cause::News),
        // Only an existing subscriber can be 'already subscribed', and after a
        // single opt-in nobody expects an email.
        (false, true) if wanted.iter().all(|list| list.opt_in == OptIn::Double) => {
            (all, Cause::Nothing)
        }
        (false, true) => return Ok(()),
    };
    if let Some(wording) = engagement
        && cause != Cause::Nothing
    {
        let (method, source) = (request.method, &request.source);
        engagement::request(db, subscriber.id, method, wording, source, now).await?;
    }
    let not_before = now.after(request.delay);
    confirmation_request::mail(cx, db, &subscriber, lists, cause, not_before).await
}

/// What a request to join changed.
#[derive(Default)]
struct Moved<'a> {
    /// The lists that wait for confirmation.
    unconfirmed: Vec<ListId>,
    /// Whether one of them is new.
    is_news: bool,
    /// The lists that need no confirmation.
    joined: Vec<&'a List>,
}

/// Moves each subscription. With `must_confirm`, a confirmation is needed also for
/// single opt-in lists.
async fn subscribe<'a>(
    cx: &Context,
    db: &mut Db,
    subscriber: SubscriberId,
    wanted: &'a [List],
    request: &JoinRequest,
    must_confirm: bool,
) -> Result<Moved<'a>> {
    let now = cx.clock.now();
    let evidence = Evidence {
        method: request.method,
        wording: &request.wording,
        source: &request.source,
    };
    let mut all = Moved::default();
    for list in wanted {
        let opt_in = if must_confirm {
            OptIn::Double
        } else {
            list.opt_in
        };
        let event = SubscriptionEvent::Join(opt_in);
        let applied = subscription::apply(db, subscriber, list.id, event, &evidence, now).await?;
        if applied.moved_to(SubscriptionState::Confirmed) {
            all.joined.push(list);
        }
        if applied.after == Some(SubscriptionState::Pending) {
            all.unconfirmed.push(list.id);
            all.is_news |= applied.is_change();
        }
    }
    Ok(all)
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
