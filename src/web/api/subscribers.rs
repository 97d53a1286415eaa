//! Subscribers and their subscriptions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::EmailAddress;
use crate::audience::personal_data::{self, PersonalData};
use crate::audience::subscribers::{self, SubscriberFields};
use crate::audience::{
    ConsentSource, engagement, mail_frequency, preferences, subscriber_admin, tags,
};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::import::Kept;
use crate::model::list::ListSlug;
use crate::model::list_access::ListAccess;
use crate::model::mail_frequency::Frequency;
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::model::tag::Tag;
use crate::store;
use crate::store::engagement::Activity;
use crate::store::search::{Reach, Start};
use crate::store::subscribers::Subscriber;
use crate::text::line::PersonName;
use crate::text::locale::Language;
use crate::transactional::address_change::{self, AskError};
use crate::web::api::bearer::{Caller, Exporter};
use crate::web::api::paging::{Page, Paging};
use crate::web::api::request::{Body, Params, field, given, moment, offered};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// A subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SubscriberBody {
    id: SubscriberId,
    email: String,
    name: String,
    language: Language,
    #[schema(value_type = Object)]
    attributes: Value,
    /// Labels in alphabetical order.
    tags: Vec<String>,
    frequency: Frequency,
    /// No campaigns before this time.
    paused_until: Option<String>,
    created_at: String,
    lists: Vec<SubscriptionBody>,
    /// `null` for all who have not agreed that opens and followed links are seen.
    engagement: Option<SubscriberEngagement>,
}

/// What is seen of a subscriber who agreed to it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SubscriberEngagement {
    agreed_at: String,
    /// When they last opened a campaign or followed a link.
    last_active: Option<String>,
}

/// A subscription of a subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SubscriptionBody {
    list: ListSlug,
    state: SubscriptionState,
}

fn body(
    subscriber: Subscriber,
    held: &[subscribers::Held],
    tags: &[(SubscriberId, String)],
    active: &[Activity],
    now: Timestamp,
) -> SubscriberBody {
    let mut active = active.iter();
    let active = active.find(|one| one.subscriber_id == subscriber.id);
    SubscriberBody {
        engagement: active.map(|one| SubscriberEngagement {
            agreed_at: one.agreed_at.rfc3339(),
            last_active: one.last_active.map(Timestamp::rfc3339),
        }),
        frequency: subscriber.frequency,
        paused_until: subscriber.paused_until(now).map(Timestamp::rfc3339),
        lists: held
            .iter()
            .filter(|(id, _, _)| *id == subscriber.id)
            .map(|(_, list, state)| SubscriptionBody {
                list: list.clone(),
                state: *state,
            })
            .collect(),
        tags: tags
            .iter()
            .filter(|(id, _)| *id == subscriber.id)
            .map(|(_, tag)| tag.clone())
            .collect(),
        id: subscriber.id,
        email: subscriber.email.to_string(),
        name: subscriber.name,
        language: subscriber.language,
        attributes: subscriber.attributes,
        created_at: subscriber.created_at.rfc3339(),
    }
}

/// Search parameters.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Part of the address or name; if shorter than three letters, the start
    /// of the address.
    #[serde(default)]
    q: String,
    /// Only subscribers with this tag.
    #[param(value_type = Option<String>)]
    tag: Option<Tag>,
}

/// List or search subscribers
#[utoipa::path(get, path = "/subscribers", tag = "audience", security(("bearer" = [])),
    params(Search, Paging), responses((status = 200, body = Page<SubscriberBody>)))]
pub async fn index(
    exporter: Exporter,
    State(web): State<Web>,
    Params(search): Params<Search>,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<SubscriberBody>>, HttpError> {
    exporter.note(&web, "subscribers").await?;
    let after = paging.after()?.unwrap_or(0);
    let what = store::search::Search {
        text: search.q,
        tag: search.tag,
        within: exporter.0.1.clone(),
        ..Default::default()
    };
    let found = subscribers::search(&web.cx, &what, Start::After(after), paging.limit()).await?;
    let now = web.cx.clock.now();
    let ids: Vec<SubscriberId> = found.subscribers.iter().map(|one| one.id).collect();
    let active = activity(&web, &exporter.0.1, &ids).await?;
    let mut page = Page::new(found.subscribers, &paging, |subscriber| subscriber.id);
    if found.reach != Reach::Anywhere {
        // Sorted alphabetically: there is no cursor to continue from.
        page.next_cursor = None;
    }
    Ok(Json(page.map(|subscriber| {
        body(subscriber, &found.held, &found.tags, &active, now)
    })))
}

/// Get a subscriber
#[utoipa::path(get, path = "/subscribers/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SubscriberBody), (status = 404)))]
pub async fn show(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<Json<SubscriberBody>, HttpError> {
    Ok(Json(found(&web, &caller.1, id).await?))
}

async fn found(
    web: &Web,
    access: &ListAccess,
    id: SubscriberId,
) -> Result<SubscriberBody, HttpError> {
    let found = subscribers::find(&web.cx, access, id).await?;
    let (subscriber, held) = found.ok_or(HttpError::NotFound)?;
    let tags = tags::of(&web.cx, id).await?;
    let tags: Vec<(SubscriberId, String)> = tags.into_iter().map(|tag| (id, tag)).collect();
    let active = activity(web, access, &[id]).await?;
    Ok(body(subscriber, &held, &tags, &active, web.cx.clock.now()))
}

/// Who is limited to some lists must not see what is read of others.
async fn activity(
    web: &Web,
    access: &ListAccess,
    ids: &[SubscriberId],
) -> Result<Vec<Activity>, HttpError> {
    if access.is_limited() {
        return Ok(Vec::new());
    }
    Ok(engagement::activity(&web.cx, ids).await?)
}

/// Withdraw for a subscriber that opens and followed links are seen
///
/// What was seen is deleted. Nobody but the subscriber can agree again.
#[utoipa::path(delete, path = "/subscribers/{id}/engagement", tag = "audience",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 204), (status = 404)))]
pub async fn withdraw_engagement(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<StatusCode, HttpError> {
    found(&web, &caller.1, id).await?;
    let source = ConsentSource {
        reason: format!("by {}", caller.name()),
        ..visitor.consent_source()
    };
    let (by, method) = (caller.actor(), ConsentMethod::Admin);
    engagement::withdraw(&web.cx, &by, id, method, "", &source).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Export all data of a subscriber
///
/// Profile, tags, subscriptions, consent records, suppressions, deliveries and
/// bounces, as they can download it themselves.
#[utoipa::path(get, path = "/subscribers/{id}/personal-data", tag = "audience",
    security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 200, body = PersonalData), (status = 404)))]
pub async fn personal_data(
    exporter: Exporter,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<Json<PersonalData>, HttpError> {
    exporter
        .note(&web, &format!("all data of subscriber {id}"))
        .await?;
    let data = personal_data::collect(&web.cx, id).await?;
    Ok(Json(data.ok_or(HttpError::NotFound)?))
}

/// A subscriber to create or update.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SaveSubscriber {
    email: String,
    name: Option<PersonName>,
    language: Option<Language>,
    /// Replaces all attributes.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Value>,
    /// Replaces all tags.
    tags: Option<Vec<Tag>>,
    #[serde(default)]
    lists: Vec<ListSlug>,
    /// `confirmed` if you have their consent, `pending` to send a confirmation
    /// email.
    status: Option<SubscriptionState>,
    frequency: Option<Frequency>,
    /// RFC 3339, within a year. An empty text ends a pause.
    paused_until: Option<String>,
    /// How a person who left asked to come back. Without it, a person who left a list, is
    /// suppressed or was erased stays so. It is kept with their consent.
    resubscribe_reason: Option<String>,
}

/// A saved subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SavedBody {
    #[serde(flatten)]
    subscriber: SubscriberBody,
    /// The lists that they stay off because they left or are suppressed.
    kept_off: Vec<KeptOffBody>,
}

/// A list that a person stays off.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KeptOffBody {
    list: ListSlug,
    because: Kept,
}

/// Create a subscriber, or update the one with this address
///
/// Nobody who left is subscribed again: see `kept_off` in the response, and
/// `resubscribe_reason`.
#[utoipa::path(post, path = "/subscribers", tag = "audience", security(("bearer" = [])),
    request_body = SaveSubscriber,
    responses((status = 201, body = SavedBody), (status = 200, body = SavedBody),
              (status = 409, description = "The owner of the address had their data erased")))]
pub async fn save(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Body(new): Body<SaveSubscriber>,
) -> Result<(StatusCode, Json<SavedBody>), HttpError> {
    let state = new.status.unwrap_or(SubscriptionState::Pending);
    if state == SubscriptionState::Unsubscribed {
        let what = "may be confirmed or pending; set a single subscription to unsubscribed at /subscriptions";
        return Err(field("status")(&what));
    }
    let fields = SubscriberFields {
        email: EmailAddress::parse(&new.email).map_err(|error| field("email")(&error))?,
        name: new.name,
        language: new
            .language
            .map(|language| offered(&web, "language", language))
            .transpose()?,
        attributes: new.attributes,
        tags: new.tags,
        frequency: new.frequency,
        lists: new.lists,
        state,
        method: ConsentMethod::Admin,
        resubscribes: new
            .resubscribe_reason
            .as_deref()
            .is_some_and(|why| !why.trim().is_empty()),
    };
    let pause = match new.paused_until.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let until = Timestamp::parse_rfc3339(text);
            let until = until.map_err(|error| field("paused_until")(&error))?;
            Some(mail_frequency::check_pause(&web.cx, until)?)
        }
    };
    let reason = new.resubscribe_reason.as_deref().unwrap_or_default();
    let origin = ConsentSource {
        reason: match reason.trim() {
            "" => format!("by {}", caller.name()),
            reason => format!("by {}: {}", caller.name(), short(reason)),
        },
        ..visitor.consent_source()
    };
    let by = caller.actor();
    let saved = subscribers::save(&web.cx, &by, &fields, &origin).await?;
    let is_new = saved.is_new;
    let kept_off = saved.kept.into_iter();
    let kept_off = kept_off.map(|(list, because)| KeptOffBody { list, because });
    let kept_off = kept_off.collect();
    let saved = saved.subscriber;
    let method = ConsentMethod::Admin;
    match (new.paused_until, pause) {
        (Some(_), Some(until)) => {
            mail_frequency::pause(&web.cx, &by, saved.id, until, method, "", &origin).await?;
        }
        (Some(_), None) => {
            mail_frequency::resume(&web.cx, &by, saved.id, method, "", &origin).await?;
        }
        (None, _) => {}
    }
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let subscriber = found(&web, &caller.1, saved.id).await?;
    Ok((
        status,
        Json(SavedBody {
            subscriber,
            kept_off,
        }),
    ))
}

/// A reason as it is kept.
fn short(reason: &str) -> String {
    reason
        .chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect()
}

/// Changes to a subscriber; fields left out stay unchanged.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeSubscriber {
    /// A new address. It changes once the link in a confirmation email to it
    /// is followed.
    email: Option<String>,
    name: Option<PersonName>,
    language: Option<Language>,
    /// Attributes to set; `null` removes one, others stay (RFC 7396).
    #[schema(value_type = Option<Object>)]
    attributes: Option<Map<String, Value>>,
    /// Replaces all tags.
    tags: Option<Vec<Tag>>,
    frequency: Option<Frequency>,
    /// RFC 3339, within a year; `null` ends a pause.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    paused_until: Option<Option<String>>,
}

/// Change a subscriber.
#[utoipa::path(patch, path = "/subscribers/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), request_body = ChangeSubscriber,
    responses((status = 200, body = SubscriberBody), (status = 404),
              (status = 409, description = "The new address is another subscriber's, or one of the two is suppressed")))]
pub async fn change(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
    Body(change): Body<ChangeSubscriber>,
) -> Result<Json<SubscriberBody>, HttpError> {
    let known = subscribers::find(&web.cx, &caller.1, id).await?;
    let (subscriber, _) = known.ok_or(HttpError::NotFound)?;
    let by = caller.actor();
    let new_address = change.email.as_deref().map(EmailAddress::parse);
    let new_address = new_address
        .transpose()
        .map_err(|error| field("email")(&error))?;
    let pause = match &change.paused_until {
        Some(Some(text)) => Some(mail_frequency::check_pause(
            &web.cx,
            moment("paused_until", text)?,
        )?),
        _ => None,
    };
    let name = match change.name {
        Some(name) => name,
        None => PersonName::parse(&subscriber.name).unwrap_or_default(),
    };
    if let Some(email) = new_address.filter(|email| *email != subscriber.email) {
        address_change::ask_for_address(&web.cx, &by, &subscriber, email)
            .await
            .map_err(|error| match error {
                AskError::Audience(error) => error.into(),
                AskError::Write(error) => super::transactional::failure(error),
            })?;
    }
    let mut attributes = subscriber.attributes;
    for (key, value) in change.attributes.unwrap_or_default() {
        let Some(held) = attributes.as_object_mut() else {
            break;
        };
        match value {
            Value::Null => held.remove(&key),
            value => held.insert(key, value),
        };
    }
    let language = match change.language {
        Some(language) if language != subscriber.language => offered(&web, "language", language)?,
        _ => subscriber.language,
    };
    let tags = change.tags.as_deref();
    subscriber_admin::change_profile(&web.cx, &by, id, &name, language, &attributes, tags).await?;
    let origin = ConsentSource {
        reason: format!("by {}", caller.name()),
        ..visitor.consent_source()
    };
    let method = ConsentMethod::Admin;
    if let Some(frequency) = change.frequency {
        mail_frequency::set_frequency(&web.cx, &by, id, frequency, method, &origin).await?;
    }
    match (change.paused_until, pause) {
        (Some(_), Some(until)) => {
            mail_frequency::pause(&web.cx, &by, id, until, method, "", &origin).await?;
        }
        (Some(_), None) => {
            mail_frequency::resume(&web.cx, &by, id, method, "", &origin).await?;
        }
        (None, _) => {}
    }
    Ok(Json(found(&web, &caller.1, id).await?))
}

/// Erase a subscriber and all their data
#[utoipa::path(delete, path = "/subscribers/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 204), (status = 404)))]
pub async fn erase(
    caller: Caller,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<StatusCode, HttpError> {
    found(&web, &caller.1, id).await?;
    preferences::erase(&web.cx, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A subscription to set.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SetSubscription {
    subscriber: SubscriberId,
    list: ListSlug,
    state: SubscriptionState,
    /// How a person who left asked to come back; required to subscribe them again.
    reason: Option<String>,
}

/// Set a subscription
#[utoipa::path(post, path = "/subscriptions", tag = "audience", security(("bearer" = [])),
    request_body = SetSubscription,
    responses((status = 200, body = SubscriberBody), (status = 404),
              (status = 409, description = "They left or are suppressed, and no reason is given")))]
pub async fn subscribe(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Body(set): Body<SetSubscription>,
) -> Result<Json<SubscriberBody>, HttpError> {
    found(&web, &caller.1, set.subscriber).await?;
    let origin = ConsentSource {
        reason: set.reason.as_deref().map(short).unwrap_or_default(),
        ..visitor.consent_source()
    };
    subscribers::set_subscription(
        &web.cx,
        &caller.actor(),
        set.subscriber,
        &set.list,
        set.state,
        &origin,
    )
    .await?;
    Ok(Json(found(&web, &caller.1, set.subscriber).await?))
}
