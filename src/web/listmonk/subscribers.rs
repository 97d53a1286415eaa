//! Subscribers in listmonk's form.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::address::EmailAddress;
use crate::audience::subscriber_pages::{self, Listed, Standing};
use crate::audience::{list_admin, preferences, subscriber_admin, subscribers};
use crate::clock::Timestamp;
use crate::model::scope::{Access, Resource};
use crate::model::subscription::SubscriptionState;
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::store::subscriber_pages::Filter;
use crate::text::line::PersonName;
use crate::transactional::address_change;
use crate::web::api::bearer::Exporter;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::http::problem::ProblemType;
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::{Input, data};
use crate::web::listmonk::lists::basics;
use crate::web::listmonk::memberships::{self, Target};
use crate::web::listmonk::numbers::{Kind, uuid};
use crate::web::listmonk::query::Query;
use crate::web::listmonk::states::{state_of, word};
use crate::web::listmonk::subscriber_query::{self, Wanted};
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Lists by number, with the time they were made.
type Lists = BTreeMap<ListId, (List, Option<Timestamp>)>;

async fn lists(web: &Web) -> Result<Lists, HttpError> {
    let times = list_admin::times(&web.cx).await?;
    let all = list_admin::all(&web.cx).await?.into_iter();
    Ok(all
        .map(|list| (list.id, (times.get(&list.id).copied(), list)))
        .map(|(id, (since, list))| (id, (list, since)))
        .collect())
}

fn body(listed: &Listed, lists: &Lists) -> Value {
    let one = &listed.subscriber;
    let entries = listed.subscriptions.iter().filter_map(|held| {
        let (list, since) = lists.get(&held.list_id)?;
        let mut entry = basics(list, *since);
        for (name, value) in [
            ("subscription_status", json!(word(held.state))),
            ("subscription_created_at", json!(held.created_at.rfc3339())),
            ("subscription_updated_at", json!(held.changed_at.rfc3339())),
        ] {
            entry.insert(name.to_owned(), value);
        }
        Some(Value::Object(entry))
    });
    let changed = listed.subscriptions.iter().map(|held| held.changed_at);
    let changed = changed.max().unwrap_or(one.created_at).max(one.created_at);
    json!({
        "id": one.id,
        "created_at": one.created_at.rfc3339(),
        "updated_at": changed.rfc3339(),
        "uuid": uuid(Kind::Subscriber, one.id.0),
        "email": one.email.to_string(),
        "name": one.name,
        "attribs": one.attributes,
        "status": match listed.standing {
            Standing::Enabled => "enabled",
            Standing::Disabled => "disabled",
            Standing::Blocklisted => "blocklisted",
        },
        "lists": entries.collect::<Vec<_>>(),
    })
}

/// `GET /api/subscribers`.
pub async fn index(
    client: Client,
    State(web): State<Web>,
    query: Query,
) -> Result<Json<Value>, HttpError> {
    let exporter = Exporter::of(client.0)?;
    exporter.note(&web, "subscribers").await?;
    let page = query.page()?;
    let asked = query.text("query");
    let wanted = subscriber_query::parse(asked);
    let wanted = wanted.map_err(|error| HttpError::BadRequest(error.to_string()))?;
    let in_lists = query.numbers("list_id")?.into_iter().map(ListId);
    let state = match query.text("subscription_status") {
        "" => None,
        text => Some(state_of(text)?),
    };
    let mut filter = Filter {
        text: query.text("search").to_lowercase(),
        lists: in_lists.collect(),
        state,
        ..Filter::default()
    };
    let (found, total) = match wanted {
        Wanted::Email(text) => {
            let email = EmailAddress::parse(&text).ok();
            let found = match email {
                Some(email) => subscriber_pages::by_email(&web.cx, &email).await?,
                None => None,
            };
            page_of_one(found, &filter)
        }
        Wanted::Number(number) => {
            let found = match number {
                Some(id) => subscriber_pages::by_id(&web.cx, SubscriberId(id)).await?,
                None => None,
            };
            page_of_one(found, &filter)
        }
        Wanted::All | Wanted::EmailLike(_) => {
            if let Wanted::EmailLike(pattern) = wanted {
                filter.email_like = pattern.to_lowercase();
            }
            let oldest_first = query.text("order").eq_ignore_ascii_case("asc");
            let (offset, limit) = (page.offset(), page.per_page);
            subscriber_pages::page(&web.cx, &filter, oldest_first, offset, limit).await?
        }
    };
    let lists = lists(&web).await?;
    let results = found.iter().map(|one| body(one, &lists)).collect();
    let search = query.text("search");
    Ok(data(page.answer(results, total, search, asked)))
}

/// One subscriber, where the lists and states asked for are theirs.
fn page_of_one(found: Option<Listed>, filter: &Filter) -> (Vec<Listed>, i64) {
    let is_wanted = |one: &Listed| {
        let is_any = filter.lists.is_empty() && filter.state.is_none();
        is_any
            || one.subscriptions.iter().any(|held| {
                (filter.lists.is_empty() || filter.lists.contains(&held.list_id))
                    && filter.state.is_none_or(|state| state == held.state)
            })
    };
    let found: Vec<Listed> = found.into_iter().filter(is_wanted).collect();
    let total = i64::try_from(found.len()).unwrap_or(0);
    (found, total)
}

async fn found(web: &Web, id: SubscriberId) -> Result<Listed, HttpError> {
    let found = subscriber_pages::by_id(&web.cx, id).await?;
    found.ok_or_else(|| HttpError::BadRequest("Subscriber not found".to_owned()))
}

async fn answer(web: &Web, id: SubscriberId) -> Result<Value, HttpError> {
    Ok(body(&found(web, id).await?, &lists(web).await?))
}

/// `GET /api/subscribers/{id}`.
pub async fn show(
    _client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<Json<Value>, HttpError> {
    Ok(data(answer(&web, id).await?))
}

/// What a client sets of a subscriber.
#[derive(Deserialize)]
pub struct SubscriberInput {
    email: Option<String>,
    name: Option<String>,
    status: Option<String>,
    #[serde(default)]
    lists: Option<Vec<ListId>>,
    attribs: Option<Value>,
    #[serde(default)]
    preconfirm_subscriptions: bool,
}

impl SubscriberInput {
    fn standing(&self, client: &Client) -> Result<Option<Standing>, HttpError> {
        let standing = match self.status.as_deref() {
            None | Some("") => return Ok(None),
            Some("enabled") => Standing::Enabled,
            Some("disabled") => Standing::Disabled,
            Some("blocklisted") => Standing::Blocklisted,
            Some(_) => {
                let what = "must be enabled, disabled or blocklisted";
                return Err(HttpError::field("status", &what));
            }
        };
        if standing != Standing::Enabled {
            client.may(Resource::Suppressions, Access::Write)?;
        }
        Ok(Some(standing))
    }

    fn email(&self) -> Result<Option<EmailAddress>, HttpError> {
        let email = self.email.as_deref().map(EmailAddress::parse).transpose();
        email.map_err(|error| HttpError::field("email", &error))
    }

    fn name(&self) -> Result<Option<PersonName>, HttpError> {
        let name = self.name.as_deref().map(PersonName::parse).transpose();
        name.map_err(|error| HttpError::field("name", &error))
    }

    /// The attributes; `null` is none.
    fn attributes(&self) -> Result<Option<Value>, HttpError> {
        match &self.attribs {
            None | Some(Value::Null) => Ok(None),
            Some(object @ Value::Object(_)) => Ok(Some(object.clone())),
            Some(_) => Err(HttpError::field("attribs", &"must be a JSON object")),
        }
    }
}

/// `POST /api/subscribers`.
pub async fn create(
    client: Client,
    State(web): State<Web>,
    visitor: Visitor,
    Input(new): Input<SubscriberInput>,
) -> Result<Json<Value>, HttpError> {
    let standing = new.standing(&client)?;
    let email = new.email()?;
    let email = email.ok_or_else(|| HttpError::field("email", &"is missing"))?;
    if subscriber_pages::by_email(&web.cx, &email).await?.is_some() {
        let what = "E-mail already exists.";
        return Err(HttpError::problem(ProblemType::AlreadyExists, what));
    }
    let target = Target {
        name: new.name()?,
        attributes: new.attributes()?,
        ..Target::of(email.clone())
    };
    let wanted = new.lists.as_deref().unwrap_or_default();
    let preconfirms = new.preconfirm_subscriptions;
    let (id, kept) =
        memberships::put_on(&web, &visitor, &client, &target, wanted, preconfirms).await?;
    if let Some(standing) = standing {
        subscriber_pages::set_standing(&web.cx, &client.0.actor(), &email, standing).await?;
    }
    let mut answer = answer(&web, id).await?;
    memberships::note_kept(&mut answer, kept);
    Ok(data(answer))
}

/// `PUT /api/subscribers/{id}`: lists that are not named are left. Without `lists` they stay.
pub async fn change(
    client: Client,
    State(web): State<Web>,
    visitor: Visitor,
    PathParam(id): PathParam<SubscriberId>,
    Input(change): Input<SubscriberInput>,
) -> Result<Json<Value>, HttpError> {
    let known = found(&web, id).await?;
    let standing = change.standing(&client)?;
    let (email, name) = (change.email()?, change.name()?);
    let attributes = change.attributes()?;
    let (by, subscriber) = (client.0.actor(), &known.subscriber);
    if let Some(email) = email.filter(|email| *email != subscriber.email) {
        address_change::ask_for_address(&web.cx, &by, subscriber, email).await?;
    }
    let earlier = PersonName::parse(&subscriber.name).unwrap_or_default();
    subscriber_admin::change_profile(
        &web.cx,
        &by,
        id,
        &name.unwrap_or(earlier),
        subscriber.language,
        attributes.as_ref().unwrap_or(&subscriber.attributes),
        None,
    )
    .await?;
    let mut kept = Vec::new();
    if let Some(wanted) = &change.lists {
        let unwanted = known.subscriptions.iter();
        let unwanted = unwanted.filter(|held| held.state != SubscriptionState::Unsubscribed);
        let unwanted: Vec<ListId> = unwanted
            .map(|held| held.list_id)
            .filter(|list| !wanted.contains(list))
            .collect();
        memberships::take_off(&web, &visitor, &client, &[id], &unwanted).await?;
        let target = Target::of(subscriber.email.clone());
        let preconfirms = change.preconfirm_subscriptions;
        (_, kept) =
            memberships::put_on(&web, &visitor, &client, &target, wanted, preconfirms).await?;
    }
    if let Some(standing) = standing {
        subscriber_pages::set_standing(&web.cx, &by, &subscriber.email, standing).await?;
    }
    let mut answer = answer(&web, id).await?;
    memberships::note_kept(&mut answer, kept);
    Ok(data(answer))
}

/// `PATCH /api/subscribers/{id}`: the same, since what is left out stays in both.
pub async fn patch(
    client: Client,
    web: State<Web>,
    visitor: Visitor,
    id: PathParam<SubscriberId>,
    input: Input<SubscriberInput>,
) -> Result<Json<Value>, HttpError> {
    change(client, web, visitor, id, input).await
}

/// `DELETE /api/subscribers/{id}`: erases them with all data.
pub async fn erase(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<Json<Value>, HttpError> {
    found(&web, id).await?;
    preferences::erase(&web.cx, &client.0.actor(), id).await?;
    Ok(data(true))
}

/// `POST /api/subscribers/{id}/optin`: asks once more to confirm.
pub async fn ask_to_confirm(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<(StatusCode, Json<Value>), HttpError> {
    found(&web, id).await?;
    let is_asked = subscribers::ask_to_confirm(&web.cx, &client.0.actor(), id).await?;
    if is_asked {
        Ok((StatusCode::OK, data(true)))
    } else {
        let what = "nothing waits for this subscriber's confirmation";
        Err(HttpError::BadRequest(what.to_owned()))
    }
}
