//! Lists as admins and the API manage them.

use std::collections::BTreeMap;

use super::{AudienceError, Result};
use crate::account::audit;
use crate::clock::Timestamp;
use crate::context::Context;
use crate::model::ListId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::list::{ListSlug, OptIn, Visibility};
use crate::model::list_access::ListAccess;
use crate::store::lists::{self, List, ListOptions, ListText, NewList};
use crate::store::{StoreError, kept_counts, series_deletion};

use crate::text::line::Title;

/// The fields of a list.
#[derive(Debug, Clone)]
pub struct ListFields {
    /// Its name in URLs.
    pub slug: ListSlug,
    /// Its display name.
    pub name: Title,
    /// What it sends, in a sentence.
    pub description: String,
    /// Both in other languages.
    pub translations: BTreeMap<String, ListText>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Single or double opt-in.
    pub opt_in: OptIn,
    /// Its automatic emails and tracking.
    pub options: ListOptions,
}

impl From<&ListFields> for NewList {
    fn from(fields: &ListFields) -> Self {
        Self {
            slug: fields.slug.clone(),
            name: fields.name.to_string(),
            description: fields.description.clone(),
            translations: fields.translations.clone(),
            visibility: fields.visibility,
            opt_in: fields.opt_in,
            options: fields.options,
        }
    }
}

/// Makes a list.
///
/// # Errors
/// [`AudienceError::Exists`] where the slug is taken.
pub async fn create(cx: &Context, by: &Actor, fields: &ListFields) -> Result<List> {
    let mut db = cx.store.write().await?;
    let list = lists::insert(&mut db, &fields.into(), cx.clock.now())
        .await
        .map_err(taken)?;
    audit::record(
        &mut db,
        by,
        AuditAction::ListCreate,
        &list.slug,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(list)
}

/// Changes a list; its slug stays, since `List-Id` must not move.
pub async fn change(cx: &Context, by: &Actor, id: ListId, fields: &ListFields) -> Result<()> {
    let mut db = cx.store.write().await?;
    lists::update(&mut db, id, &fields.into()).await?;
    audit::record(
        &mut db,
        by,
        AuditAction::ListChange,
        &fields.slug,
        cx.clock.now(),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Deletes a list with its subscriptions and consent records; a list with
/// subscribers only if `with_subscriptions`.
///
/// # Errors
/// [`AudienceError::ListInUse`] while a campaign that has not ended goes to it,
/// [`AudienceError::ListInSeries`] while a series that was started is for it,
/// [`AudienceError::ListInStep`] while one adds its readers to it,
/// [`AudienceError::ListNotEmpty`] where subscribers are on it.
pub async fn delete(cx: &Context, by: &Actor, id: ListId, with_subscriptions: bool) -> Result<()> {
    let mut db = cx.store.write().await?;
    if let Some(subject) = lists::open_campaign(&mut db, id).await? {
        return Err(AudienceError::ListInUse(subject));
    }
    if let Some(name) = series_deletion::open_on_list(&mut db, id).await? {
        return Err(AudienceError::ListInSeries(name));
    }
    let all = lists::all(&mut db).await?;
    let list = all.into_iter().find(|list| list.id == id);
    if let Some(list) = &list
        && let Some(name) = series_deletion::adding_to(&mut db, &list.slug).await?
    {
        return Err(AudienceError::ListInStep(name));
    }
    let sizes = kept_counts::sizes(&mut db).await?;
    let size = sizes.iter().find(|size| size.list_id == id);
    let on_it = size.map_or(0, |size| size.confirmed + size.pending);
    if on_it > 0 && !with_subscriptions {
        return Err(AudienceError::ListNotEmpty(on_it));
    }
    let slug = list.map_or_else(String::new, |list| list.slug.to_string());
    lists::delete(&mut db, id).await?;
    audit::record(&mut db, by, AuditAction::ListDelete, slug, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

fn taken(error: StoreError) -> AudienceError {
    match error {
        StoreError::Exists => AudienceError::Exists("a list with this slug"),
        other => other.into(),
    }
}

/// A list and the number of its subscriptions in each state.
#[derive(Debug, Clone)]
pub struct SizedList {
    /// The list.
    pub list: List,
    /// Subscriptions that get mail.
    pub confirmed: i64,
    /// Subscriptions that wait for their confirmation.
    pub pending: i64,
    /// Subscriptions that ended.
    pub unsubscribed: i64,
}

/// The lists within a user's reach with their sizes, oldest first.
pub async fn with_sizes(cx: &Context, access: &ListAccess) -> Result<Vec<SizedList>> {
    let mut db = cx.store.read().await?;
    let sizes = kept_counts::sizes(&mut db).await?;
    let size = |list: &List| sizes.iter().find(|size| size.list_id == list.id);
    let all = lists::all(&mut db).await?;
    Ok(all
        .into_iter()
        .filter(|list| access.has(list.id))
        .map(|list| SizedList {
            confirmed: size(&list).map_or(0, |size| size.confirmed),
            pending: size(&list).map_or(0, |size| size.pending),
            unsubscribed: size(&list).map_or(0, |size| size.unsubscribed),
            list,
        })
        .collect())
}

/// When each list was made.
pub async fn times(cx: &Context) -> Result<BTreeMap<ListId, Timestamp>> {
    let times = lists::times(&mut cx.store.read().await?).await?;
    Ok(times.into_iter().collect())
}

/// Every list, oldest first.
pub async fn all(cx: &Context) -> Result<Vec<List>> {
    Ok(lists::all(&mut cx.store.read().await?).await?)
}

/// The lists within a user's reach, oldest first.
pub async fn within(cx: &Context, access: &ListAccess) -> Result<Vec<List>> {
    let mut all = all(cx).await?;
    all.retain(|list| access.has(list.id));
    Ok(all)
}

/// The list with a slug.
pub async fn by_slug(cx: &Context, slug: &ListSlug) -> Result<Option<List>> {
    Ok(lists::by_slug(&mut cx.store.read().await?, slug).await?)
}
