//! Lists in listmonk's form.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::audience::list_admin::{self, ListFields, SizedList};
use crate::clock::Timestamp;
use crate::model::ListId;
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::list_access::ListAccess;
use crate::store::lists::{List, ListOptions};
use crate::text::line::Title;
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::listmonk::client::Client;
use crate::web::listmonk::input::{Input, data};
use crate::web::listmonk::numbers::{Kind, uuid};
use crate::web::listmonk::query::Query;
use crate::web::state::Web;

/// What a list and its entry in a subscriber have in common.
pub fn basics(list: &List, since: Option<Timestamp>) -> Map<String, Value> {
    let since = since.unwrap_or(Timestamp::from_millis(0)).rfc3339();
    let fields = [
        ("id", json!(list.id)),
        ("uuid", json!(uuid(Kind::List, list.id.0))),
        ("name", json!(list.name)),
        ("type", json!(list.visibility)),
        ("optin", json!(list.opt_in)),
        ("status", json!("active")),
        ("tags", json!([])),
        ("description", json!(list.description)),
        ("created_at", json!(since)),
        ("updated_at", json!(since)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn body(sized: &SizedList, since: Option<Timestamp>) -> Value {
    let mut body = basics(&sized.list, since);
    let count = sized.confirmed + sized.pending + sized.unsubscribed;
    body.insert("subscriber_count".to_owned(), json!(count));
    let counts = json!({
        "confirmed": sized.confirmed,
        "unconfirmed": sized.pending,
        "unsubscribed": sized.unsubscribed,
    });
    body.insert("subscriber_statuses".to_owned(), counts);
    Value::Object(body)
}

/// `GET /api/lists`.
pub async fn index(
    _client: Client,
    State(web): State<Web>,
    query: Query,
) -> Result<Json<Value>, HttpError> {
    let page = query.page()?;
    let part = query.text("query").to_lowercase();
    let mut all = list_admin::with_sizes(&web.cx, &ListAccess::All).await?;
    let is_of = |name: &str, value: &str| {
        let wanted = query.text(name);
        wanted.is_empty() || wanted == value
    };
    all.retain(|one| {
        one.list.name.to_lowercase().contains(&part)
            && is_of("type", one.list.visibility.as_str())
            && is_of("optin", one.list.opt_in.as_str())
            && is_of("status", "active")
            // Lists have no tags here.
            && query.all("tag").all(str::is_empty)
    });
    let times = list_admin::times(&web.cx).await?;
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let shown = if query.is("minimal") {
        all
    } else {
        page.of(all)
    };
    let shown = shown
        .iter()
        .map(|one| body(one, times.get(&one.list.id).copied()));
    Ok(data(page.answer(
        shown.collect(),
        total,
        "",
        query.text("query"),
    )))
}

async fn found(web: &Web, id: ListId) -> Result<SizedList, HttpError> {
    let all = list_admin::with_sizes(&web.cx, &ListAccess::All).await?;
    let found = all.into_iter().find(|one| one.list.id == id);
    found.ok_or_else(|| HttpError::BadRequest("List not found".to_owned()))
}

async fn answer(web: &Web, id: ListId) -> Result<Json<Value>, HttpError> {
    let times = list_admin::times(&web.cx).await?;
    Ok(data(body(&found(web, id).await?, times.get(&id).copied())))
}

/// `GET /api/lists/{id}`.
pub async fn show(
    _client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<ListId>,
) -> Result<Json<Value>, HttpError> {
    answer(&web, id).await
}

/// What a client sets of a list. Tags are passed over, since lists have none.
#[derive(Deserialize)]
pub struct ListInput {
    name: Option<String>,
    #[serde(rename = "type")]
    visibility: Option<Visibility>,
    optin: Option<OptIn>,
    description: Option<String>,
}

fn title(name: &str) -> Result<Title, HttpError> {
    Title::parse(name).map_err(|error| HttpError::field("name", &error))
}

/// `POST /api/lists`. The slug is made from the name.
pub async fn create(
    client: Client,
    State(web): State<Web>,
    Input(new): Input<ListInput>,
) -> Result<Json<Value>, HttpError> {
    let name = title(new.name.as_deref().unwrap_or_default())?;
    let all = list_admin::all(&web.cx).await?;
    let slugs: Vec<&str> = all.iter().map(|list| list.slug.as_str()).collect();
    let fields = ListFields {
        slug: free_slug(&name, &slugs)?,
        name,
        description: new.description.unwrap_or_default(),
        translations: Default::default(),
        visibility: new.visibility.unwrap_or(Visibility::Private),
        opt_in: new.optin.unwrap_or(OptIn::Double),
        options: ListOptions::default(),
    };
    let list = list_admin::create(&web.cx, &client.0.actor(), &fields).await?;
    answer(&web, list.id).await
}

/// A slug from a name that no list has yet.
fn free_slug(name: &Title, taken: &[&str]) -> Result<ListSlug, HttpError> {
    let stem = ListSlug::from_title(&name.to_string());
    let stem = stem.map_or_else(|| "list".to_owned(), String::from);
    let short: String = stem.chars().take(50).collect();
    let numbered = (2..).map(|number| format!("{}-{number}", short.trim_end_matches('-')));
    let mut free = std::iter::once(stem)
        .chain(numbered)
        .filter(|slug| !taken.contains(&slug.as_str()));
    let slug = free.next().and_then(|slug| slug.parse().ok());
    slug.ok_or(HttpError::Internal)
}

/// `PUT /api/lists/{id}`: what is left out stays.
pub async fn change(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<ListId>,
    Input(change): Input<ListInput>,
) -> Result<Json<Value>, HttpError> {
    let list = found(&web, id).await?.list;
    let fields = ListFields {
        name: title(change.name.as_deref().unwrap_or(&list.name))?,
        slug: list.slug,
        description: change.description.unwrap_or(list.description),
        translations: list.translations,
        visibility: change.visibility.unwrap_or(list.visibility),
        opt_in: change.optin.unwrap_or(list.opt_in),
        options: list.options,
    };
    list_admin::change(&web.cx, &client.0.actor(), id, &fields).await?;
    answer(&web, id).await
}

/// `DELETE /api/lists/{id}`: of a list with subscribers only with
/// `with_subscriptions=true`, since their consent records go with it.
pub async fn delete(
    client: Client,
    State(web): State<Web>,
    PathParam(id): PathParam<ListId>,
    query: Query,
) -> Result<Json<Value>, HttpError> {
    let list = found(&web, id).await?.list;
    let all = query.is("with_subscriptions");
    list_admin::delete(&web.cx, &client.0.actor(), list.id, all).await?;
    Ok(data(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gets_a_slug_that_no_other_has() {
        let slug = |name: &str, taken: &[&str]| {
            let name = Title::parse(name).unwrap();
            free_slug(&name, taken).unwrap().to_string()
        };
        assert_eq!(slug("Spring News", &[]), "spring-news");
        assert_eq!(slug("Spring News", &["spring-news"]), "spring-news-2");
        assert_eq!(slug("🌸", &["list", "list-2"]), "list-3");
        let long = "a".repeat(80);
        assert!(slug(&long, &[&"a".repeat(60)]).len() <= 60);
    }
}
