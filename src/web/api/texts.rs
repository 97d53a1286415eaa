//! Text overrides: what visitors and subscribers read instead of the default
//! texts.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::audience::list_admin;
use crate::content::text_overrides::{self, GROUPS, Group, Phrase};
use crate::model::list::ListSlug;
use crate::text::locale::Language;
use crate::text::phrases::ALL_LISTS;
use crate::web::api::bearer::Caller;
use crate::web::api::paging::Page;
use crate::web::api::request::{Body, Params, field, offered_or_usual};
use crate::web::http::error::HttpError;
use crate::web::state::Web;

/// A text.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TextBody {
    key: String,
    /// What readers see.
    text: String,
    /// What they see without this override.
    inherited: String,
    /// The default.
    shipped: String,
}

impl From<Phrase> for TextBody {
    fn from(phrase: Phrase) -> Self {
        Self {
            key: phrase.key,
            text: phrase.text,
            inherited: phrase.inherited,
            shipped: phrase.shipped,
        }
    }
}

/// Which texts.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The page or email: `join`, `sent`, `confirm-mail`, `confirm`,
    /// `welcome-mail`, `already-mail`, `leave`, `preferences`, `campaign`,
    /// `errors` or `site`.
    group: String,
    /// Default: the site's language.
    language: Option<Language>,
    /// The slug of a list with texts of its own. Default: all lists.
    list: Option<ListSlug>,
}

fn group(name: &str) -> Result<Group, HttpError> {
    Group::by_name(name).ok_or_else(|| {
        let known = GROUPS.map(|group| group.name).join(", ");
        field("group")(&format!("must be one of {known}"))
    })
}

async fn list_row(web: &Web, group: &Group, slug: Option<&ListSlug>) -> Result<i64, HttpError> {
    let Some(slug) = slug else {
        return Ok(ALL_LISTS);
    };
    if !group.is_of_lists {
        return Err(field("list")(
            &"a list has no texts of its own in this group",
        ));
    }
    let found = list_admin::by_slug(&web.cx, slug).await?;
    found
        .map(|list| list.id.0)
        .ok_or_else(|| field("list")(&format!("there is no list {slug}")))
}

/// List the texts of a group
#[utoipa::path(get, path = "/texts", tag = "content", security(("bearer" = [])), params(Which),
    responses((status = 200, body = Page<TextBody>)))]
pub async fn index(
    _caller: Caller,
    State(web): State<Web>,
    Params(which): Params<Which>,
) -> Result<Json<Page<TextBody>>, HttpError> {
    let group = group(&which.group)?;
    let list = list_row(&web, &group, which.list.as_ref()).await?;
    let language = which.language.unwrap_or(web.cx.config().language);
    let phrases = text_overrides::phrases_of(&web.cx, &group, list, language).await?;
    Ok(Json(Page::whole(phrases).map(TextBody::from)))
}

/// Texts to set.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct ChangeTexts {
    /// The page or email, as in the list of texts.
    group: String,
    /// Default: the site's language.
    language: Option<Language>,
    /// The slug of the list to set texts for. Default: all lists.
    list: Option<ListSlug>,
    /// By key; `null` restores the inherited text. Others stay unchanged.
    texts: BTreeMap<String, Option<String>>,
}

/// Set texts of a group
#[utoipa::path(patch, path = "/texts", tag = "content", security(("bearer" = [])),
    request_body = ChangeTexts, responses((status = 200, body = Page<TextBody>)))]
pub async fn change(
    caller: Caller,
    State(web): State<Web>,
    Body(change): Body<ChangeTexts>,
) -> Result<Json<Page<TextBody>>, HttpError> {
    let group = group(&change.group)?;
    let list = list_row(&web, &group, change.list.as_ref()).await?;
    let language = offered_or_usual(&web, change.language)?;
    let phrases = text_overrides::phrases_of(&web.cx, &group, list, language).await?;
    let own = phrases.iter().filter(|phrase| phrase.is_changed());
    let mut typed: BTreeMap<String, String> = own
        .map(|phrase| (phrase.key.clone(), phrase.text.clone()))
        .collect();
    for (key, text) in change.texts {
        let name = format!("texts.{key}");
        let phrase = phrases.iter().find(|phrase| phrase.key == key);
        let phrase = phrase.ok_or_else(|| field(&name)(&"is not a text of this group"))?;
        let text = text.filter(|text| !text.trim().is_empty());
        match text {
            None => typed.remove(&key),
            Some(text) => {
                if let Some(error) = text_overrides::fault(&text, &phrase.shipped) {
                    return Err(field(&name)(&error));
                }
                typed.insert(key, text)
            }
        };
    }
    let typed: Vec<(String, String)> = typed.into_iter().collect();
    text_overrides::save(&web.cx, &caller.actor(), &group, list, language, &typed).await?;
    let phrases = text_overrides::phrases_of(&web.cx, &group, list, language).await?;
    Ok(Json(Page::whole(phrases).map(TextBody::from)))
}
