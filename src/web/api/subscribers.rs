//! Subscribers and their subscriptions.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bearer::Caller;
use super::paging::{Page, Paging};
use super::request::{Body, Id, field};
use crate::account;
use crate::address::EmailAddress;
use crate::audience::manage::{self, SubscriberFields};
use crate::audience::{Origin, preferences, rhythm};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::line::PersonName;
use crate::model::list::ListSlug;
use crate::model::rhythm::Frequency;
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::store;
use crate::store::search::{Reach, Start};
use crate::store::subscribers::Subscriber;
use crate::text::locale::Language;
use crate::web::{Failure, Visitor, Web};

/// A subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SubscriberBody {
    id: SubscriberId,
    email: String,
    name: String,
    language: Language,
    attributes: Value,
    frequency: Frequency,
    /// No campaign's mail goes to them before this moment.
    paused_until: Option<String>,
    created_at: String,
    lists: Vec<SubscriptionBody>,
}

/// A subscription of a subscriber.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SubscriptionBody {
    list: ListSlug,
    state: SubscriptionState,
}

fn body(subscriber: Subscriber, held: &[manage::Held], now: Timestamp) -> SubscriberBody {
    SubscriberBody {
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
        id: subscriber.id,
        email: subscriber.email.to_string(),
        name: subscriber.name,
        language: subscriber.language,
        attributes: subscriber.attributes,
        created_at: subscriber.created_at.rfc3339(),
    }
}

/// What to look for.
#[derive(Deserialize, utoipa::IntoParams)]
pub struct Search {
    /// A part of the address or name; shorter than three letters, the start of
    /// the address.
    #[serde(default)]
    q: String,
}

/// A page of subscribers.
#[utoipa::path(get, path = "/subscribers", tag = "audience", security(("bearer" = [])),
    params(Search, Paging), responses((status = 200, body = Page<SubscriberBody>)))]
pub async fn index(
    caller: Caller,
    State(web): State<Web>,
    Query(search): Query<Search>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<SubscriberBody>>, Failure> {
    caller.may_export(&web, "subscribers").await?;
    let after = paging.after().unwrap_or(0);
    let what = store::search::Search {
        text: search.q,
        ..Default::default()
    };
    let found = manage::subscribers(&web.cx, &what, Start::After(after), paging.limit()).await?;
    let now = web.cx.clock.now();
    let mut page = Page::new(found.subscribers, &paging, |subscriber| subscriber.id);
    if found.reach != Reach::Anywhere {
        // By the alphabet: there is no row to go on from.
        page.next_cursor = None;
    }
    Ok(Json(
        page.map(|subscriber| body(subscriber, &found.held, now)),
    ))
}

/// One subscriber.
#[utoipa::path(get, path = "/subscribers/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 200, body = SubscriberBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    Id(id): Id<SubscriberId>,
) -> Result<Json<SubscriberBody>, Failure> {
    Ok(Json(found(&web, id).await?))
}

async fn found(web: &Web, id: SubscriberId) -> Result<SubscriberBody, Failure> {
    let found = manage::subscriber(&web.cx, id).await?;
    let (subscriber, held) = found.ok_or(Failure::NotFound)?;
    Ok(body(subscriber, &held, web.cx.clock.now()))
}

/// A subscriber to add or change.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SaveSubscriber {
    email: String,
    name: Option<PersonName>,
    language: Option<Language>,
    attributes: Option<Value>,
    #[serde(default)]
    lists: Vec<ListSlug>,
    /// `confirmed` where you hold their consent, `pending` to ask them by mail.
    status: Option<SubscriptionState>,
    frequency: Option<Frequency>,
    /// RFC 3339, within a year. Empty text ends a pause.
    paused_until: Option<String>,
}

/// Add a subscriber, or change the one with this address.
#[utoipa::path(post, path = "/subscribers", tag = "audience", security(("bearer" = [])),
    request_body = SaveSubscriber,
    responses((status = 201, body = SubscriberBody), (status = 200, body = SubscriberBody)))]
pub async fn save(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Body(new): Body<SaveSubscriber>,
) -> Result<(StatusCode, Json<SubscriberBody>), Failure> {
    let fields = SubscriberFields {
        email: EmailAddress::parse(&new.email).map_err(|error| field("email")(&error))?,
        name: new.name,
        language: new.language,
        attributes: new.attributes,
        frequency: new.frequency,
        lists: new.lists,
        state: new.status.unwrap_or(SubscriptionState::Pending),
        method: ConsentMethod::Admin,
    };
    let pause = match new.paused_until.as_deref() {
        None | Some("") => None,
        Some(text) => {
            let until = Timestamp::parse_rfc3339(text);
            let until = until.map_err(|error| field("paused_until")(&error))?;
            Some(rhythm::check_pause(&web.cx, until)?)
        }
    };
    let origin = Origin {
        reason: format!("by {}", caller.name()),
        ..visitor.origin()
    };
    let (saved, is_new) = manage::save_subscriber(&web.cx, &fields, &origin).await?;
    let method = ConsentMethod::Admin;
    match (new.paused_until, pause) {
        (Some(_), Some(until)) => {
            rhythm::pause(&web.cx, saved.id, until, method, "", &origin).await?;
        }
        (Some(_), None) => {
            rhythm::resume(&web.cx, saved.id, method, "", &origin).await?;
        }
        (None, _) => {}
    }
    account::audit(
        &web.cx,
        caller.name(),
        "subscriber.save",
        &saved.id.to_string(),
    )
    .await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(found(&web, saved.id).await?)))
}

/// Erase a subscriber and all that is known of them.
#[utoipa::path(delete, path = "/subscribers/{id}", tag = "audience", security(("bearer" = [])),
    params(("id" = i64, Path)), responses((status = 204), (status = 404)))]
pub async fn erase(
    caller: Caller,
    State(web): State<Web>,
    Id(id): Id<SubscriberId>,
) -> Result<StatusCode, Failure> {
    found(&web, id).await?;
    preferences::erase(&web.cx, id).await?;
    account::audit(&web.cx, caller.name(), "subscriber.erase", &id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A subscription to set.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SetSubscription {
    subscriber: SubscriberId,
    list: ListSlug,
    state: SubscriptionState,
}

/// Set one subscription.
#[utoipa::path(post, path = "/subscriptions", tag = "audience", security(("bearer" = [])),
    request_body = SetSubscription,
    responses((status = 200, body = SubscriberBody), (status = 404)))]
pub async fn subscribe(
    caller: Caller,
    visitor: Visitor,
    State(web): State<Web>,
    Body(set): Body<SetSubscription>,
) -> Result<Json<SubscriberBody>, Failure> {
    found(&web, set.subscriber).await?;
    let origin = visitor.origin();
    manage::set_subscription(&web.cx, set.subscriber, &set.list, set.state, &origin).await?;
    let subject = format!("{} {} {}", set.subscriber, set.list, set.state);
    account::audit(&web.cx, caller.name(), "subscription.set", &subject).await?;
    Ok(Json(found(&web, set.subscriber).await?))
}
