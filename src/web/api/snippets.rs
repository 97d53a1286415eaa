//! Snippets: texts that posts and campaigns show by name.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::content::snippets::{self, FullSnippet, SnippetChange, SnippetText, Uses};
use crate::model::CampaignId;
use crate::model::list::{ListSlug, Slug};
use crate::text::locale::Language;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::posts::Confirm;
use crate::web::api::request::{Body, Params, offered};
use crate::web::http::error::HttpError;
use crate::web::http::path::PathParam;
use crate::web::state::Web;

/// A text that posts and campaigns show where they have the block `:::snippet name="…"`.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SnippetBody {
    name: String,
    /// Markdown by language.
    texts: BTreeMap<Language, String>,
    /// Slugs of the posts that show it.
    posts: Vec<Slug>,
    /// Campaigns still to start that show it in their own text.
    campaigns: Vec<CampaignId>,
    /// Lists whose welcome email shows it.
    lists: Vec<ListSlug>,
    changed_at: String,
    changed_by: String,
    /// Of the snippet as it is now; give it with a change.
    version: i64,
}

impl SnippetBody {
    fn new(full: FullSnippet, uses: Uses) -> Self {
        let texts = full.texts.into_iter();
        Self {
            name: full.snippet.name,
            texts: texts
                .map(|text| (text.language, text.body_markdown))
                .collect(),
            posts: uses.posts.into_iter().map(|post| post.slug).collect(),
            campaigns: uses.campaigns.into_iter().map(|one| one.id).collect(),
            lists: uses.lists.into_iter().map(|list| list.slug).collect(),
            changed_at: full.snippet.changed_at.rfc3339(),
            changed_by: full.snippet.changed_by,
            version: full.snippet.changed_at.millis(),
        }
    }
}

/// A snippet in the list of all.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ListedSnippetBody {
    name: String,
    /// The languages that it has a text in.
    languages: Vec<Language>,
    /// How many posts, campaigns still to start and welcome emails show it.
    used_in: usize,
    changed_at: String,
    changed_by: String,
}

impl From<snippets::ListedSnippet> for ListedSnippetBody {
    fn from(one: snippets::ListedSnippet) -> Self {
        Self {
            used_in: one.uses.count(),
            languages: one.beginnings.iter().map(|text| text.language).collect(),
            name: one.snippet.name,
            changed_at: one.snippet.changed_at.rfc3339(),
            changed_by: one.snippet.changed_by,
        }
    }
}

/// List snippets
#[utoipa::path(get, path = "/snippets", tag = "content", security(("bearer" = [])),
    responses((status = 200, body = Page<ListedSnippetBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
) -> Result<Json<Page<ListedSnippetBody>>, HttpError> {
    let all = snippets::all(&web.cx).await?;
    Ok(Json(Page::whole(all).map(ListedSnippetBody::from)))
}

async fn find(web: &Web, name: &Slug) -> Result<FullSnippet, HttpError> {
    let found = snippets::by_name(&web.cx, name.as_str()).await?;
    found.ok_or(HttpError::NotFound)
}

async fn body(web: &Web, name: &Slug) -> Result<Json<SnippetBody>, HttpError> {
    let full = find(web, name).await?;
    let uses = snippets::uses(&web.cx, &full.snippet).await?;
    Ok(Json(SnippetBody::new(full, uses)))
}

/// Get a snippet, and where it is used
#[utoipa::path(get, path = "/snippets/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path)), responses((status = 200, body = SnippetBody), (status = 404)))]
pub async fn show(
    _caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<Json<SnippetBody>, HttpError> {
    body(&web, &name).await
}

/// The text of a snippet.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct SaveSnippet {
    /// Markdown by language; languages left out are deleted.
    texts: BTreeMap<Language, String>,
    /// The version that the change is based on: 409 if the snippet has changed since.
    version: Option<i64>,
}

/// Create or change a snippet
///
/// The change shows on the site at once, and in campaigns that have not started.
#[utoipa::path(put, path = "/snippets/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path), Confirm), request_body = SaveSnippet,
    responses((status = 200, body = SnippetBody),
              (status = 409, description = "Somebody else has changed it, or a campaign that is scheduled or approved would change"),
              (status = 422, description = "A text has errors in its merge tags, shows another snippet, or is too long")))]
pub async fn save(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
    Params(Confirm { confirm }): Params<Confirm>,
    Body(new): Body<SaveSnippet>,
) -> Result<Json<SnippetBody>, HttpError> {
    let mut texts = Vec::with_capacity(new.texts.len());
    for (language, body_markdown) in new.texts {
        texts.push(SnippetText {
            language: offered(&web, "texts", language)?,
            body_markdown,
        });
    }
    let change = SnippetChange {
        texts,
        is_new: false,
        seen: new.version.map(Timestamp::from_millis),
        is_confirmed: confirm,
    };
    snippets::save(&web.cx, &caller.actor(), &name, change).await?;
    body(&web, &name).await
}

/// Delete a snippet
///
/// It can be restored from the trash for 30 days. Texts that name it show nothing in its place.
#[utoipa::path(delete, path = "/snippets/{name}", tag = "content", security(("bearer" = [])),
    params(("name" = String, Path)),
    responses((status = 204), (status = 404),
              (status = 409, description = "A scheduled campaign shows it")))]
pub async fn delete(
    caller: Caller,
    State(web): State<Web>,
    PathParam(name): PathParam<Slug>,
) -> Result<StatusCode, HttpError> {
    let found = find(&web, &name).await?;
    snippets::delete(&web.cx, &caller.actor(), &found.snippet).await?;
    Ok(StatusCode::NO_CONTENT)
}
