//! Putting subscribers on lists and taking them off, one or several, and blocklisting. Who
//! left a list, or is suppressed, stays off it, and the answer says so in `kept_off`.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::address::EmailAddress;
use crate::audience::subscriber_admin::{self, BulkAction};
use crate::audience::subscriber_pages::{self, Standing};
use crate::audience::subscribers::{self, SubscriberFields};
use crate::audience::{ConsentSource, list_admin};
use crate::model::import::Kept;
use crate::model::list::{ListSlug, OptIn};
use crate::model::scope::{Access, Resource};
use crate::model::subscription::{ConsentMethod, SubscriptionState};
use crate::model::{ListId, SubscriberId};
use crate::store::lists::List;
use crate::text::line::PersonName;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::{Input, data};
use crate::web::listmonk::states::state_of;
use crate::web::state::Web;
use crate::web::visitor::Visitor;

/// Subscribers that one call may name.
const MOST: usize = 10_000;

/// A list that a person stays off, and why.
pub type KeptOff = (EmailAddress, ListSlug, Kept);

/// Whom a call is about, and what it sets of them.
pub struct Target {
    pub email: EmailAddress,
    pub name: Option<PersonName>,
    pub attributes: Option<Value>,
}

impl Target {
    /// Of whom nothing is set.
    pub fn of(email: EmailAddress) -> Self {
        Self {
            email,
            name: None,
            attributes: None,
        }
    }
}

async fn resolve(web: &Web, ids: &[ListId]) -> Result<Vec<List>, HttpError> {
    let all = list_admin::all(&web.cx).await?;
    let find = |id: &ListId| {
        let found = all.iter().find(|list| list.id == *id).cloned();
        found.ok_or_else(|| HttpError::BadRequest(format!("there is no list {id}")))
    };
    ids.iter().map(find).collect()
}

fn source(visitor: &Visitor, client: &Client) -> ConsentSource {
    ConsentSource {
        reason: format!("by {}", client.0.name()),
        ..visitor.consent_source()
    }
}

/// Saves a subscriber and puts them on lists: as confirmed where the client says that they
/// agreed or the list asks nobody, or else with a request to confirm.
pub async fn put_on(
    web: &Web,
    visitor: &Visitor,
    client: &Client,
    target: &Target,
    lists: &[ListId],
    preconfirms: bool,
) -> Result<(SubscriberId, Vec<KeptOff>), HttpError> {
    let lists = resolve(web, lists).await?;
    let (agreed, asked): (Vec<List>, Vec<List>) = lists
        .into_iter()
        .partition(|list| preconfirms || list.opt_in == OptIn::Single);
    let confirmed = SubscriptionState::Confirmed;
    let (id, mut kept) = save(web, visitor, client, target, &agreed, confirmed).await?;
    if !asked.is_empty() {
        let pending = SubscriptionState::Pending;
        kept.extend(save(web, visitor, client, target, &asked, pending).await?.1);
    }
    Ok((id, kept))
}

async fn save(
    web: &Web,
    visitor: &Visitor,
    client: &Client,
    target: &Target,
    lists: &[List],
    state: SubscriptionState,
) -> Result<(SubscriberId, Vec<KeptOff>), HttpError> {
    let fields = SubscriberFields {
        email: target.email.clone(),
        name: target.name.clone(),
        language: None,
        attributes: target.attributes.clone(),
        tags: None,
        frequency: None,
        lists: lists.iter().map(|list| list.slug.clone()).collect(),
        state,
        method: ConsentMethod::Admin,
        resubscribes: false,
    };
    let source = source(visitor, client);
    let saved = subscribers::save(&web.cx, &client.0.actor(), &fields, &source).await?;
    let kept = saved.kept.into_iter();
    let kept = kept.map(|(list, why)| (target.email.clone(), list, why));
    Ok((saved.subscriber.id, kept.collect()))
}

/// Takes subscribers off lists.
pub async fn take_off(
    web: &Web,
    visitor: &Visitor,
    client: &Client,
    ids: &[SubscriberId],
    lists: &[ListId],
) -> Result<(), HttpError> {
    let source = source(visitor, client);
    for list in resolve(web, lists).await? {
        let what = BulkAction::Remove(list.slug);
        subscriber_admin::bulk_apply(&web.cx, &client.0.actor(), ids, &what, &source).await?;
    }
    Ok(())
}

/// Adds to an answer who stays off which list.
pub fn note_kept(answer: &mut Value, kept: Vec<KeptOff>) {
    if !kept.is_empty() {
        let entries = kept
            .into_iter()
            .map(|(email, list, why)| json!({ "email": email.to_string(), "list": list, "because": why }));
        answer["kept_off"] = entries.collect();
    }
}

/// Subscribers and lists.
#[derive(Deserialize)]
pub struct Several {
    ids: Vec<SubscriberId>,
    action: Option<String>,
    #[serde(default)]
    target_list_ids: Vec<ListId>,
    status: Option<String>,
}

impl Several {
    fn ids(&self) -> Result<&[SubscriberId], HttpError> {
        match self.ids.len() {
            0 => Err(HttpError::field("ids", &"is empty")),
            1..=MOST => Ok(&self.ids),
            _ => Err(HttpError::field("ids", &format!("has more than {MOST}"))),
        }
    }
}

/// `PUT /api/subscribers/lists`: `add`, `remove` or `unsubscribe`. The last two are the same,
/// since that somebody was on a list is not forgotten.
pub async fn change(
    client: Client,
    State(web): State<Web>,
    visitor: Visitor,
    Input(several): Input<Several>,
) -> Result<Json<Value>, HttpError> {
    let (ids, lists) = (several.ids()?, &several.target_list_ids);
    if lists.is_empty() {
        return Err(HttpError::field("target_list_ids", &"is empty"));
    }
    let mut kept = Vec::new();
    match several.action.as_deref() {
        Some("add") => {
            let preconfirms = match several.status.as_deref() {
                None | Some("") => false,
                Some(text) => match state_of(text)? {
                    SubscriptionState::Confirmed => true,
                    SubscriptionState::Pending => false,
                    SubscriptionState::Unsubscribed => {
                        let what = "must be confirmed or unconfirmed";
                        return Err(HttpError::field("status", &what));
                    }
                },
            };
            resolve(&web, lists).await?;
            for id in ids {
                let Some(known) = subscriber_pages::by_id(&web.cx, *id).await? else {
                    continue;
                };
                let target = Target::of(known.subscriber.email);
                let put = put_on(&web, &visitor, &client, &target, lists, preconfirms);
                kept.extend(put.await?.1);
            }
        }
        Some("remove" | "unsubscribe") => {
            take_off(&web, &visitor, &client, ids, lists).await?;
        }
        _ => {
            let what = "must be add, remove or unsubscribe";
            return Err(HttpError::field("action", &what));
        }
    }
    let mut answer = json!({ "data": true });
    note_kept(&mut answer, kept);
    Ok(Json(answer))
}

/// `PUT /api/subscribers/blocklist`.
pub async fn blocklist(
    client: Client,
    State(web): State<Web>,
    Input(several): Input<Several>,
) -> Result<Json<Value>, HttpError> {
    block(&web, &client, several.ids()?).await
}

/// `PUT /api/subscribers/{id}/blocklist`.
pub async fn blocklist_one(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<SubscriberId>,
) -> Result<Json<Value>, HttpError> {
    block(&web, &client, &[id]).await
}

async fn block(web: &Web, client: &Client, ids: &[SubscriberId]) -> Result<Json<Value>, HttpError> {
    client.may(Resource::Suppressions, Access::Write)?;
    for id in ids {
        if let Some(known) = subscriber_pages::by_id(&web.cx, *id).await? {
            let (by, email) = (client.0.actor(), &known.subscriber.email);
            subscriber_pages::set_standing(&web.cx, &by, email, Standing::Blocklisted).await?;
        }
    }
    Ok(data(true))
}
