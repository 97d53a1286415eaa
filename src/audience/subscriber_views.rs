//! How each user looks at the table of subscribers: its columns, and views that are kept by
//! name. A view is its owner's alone or the team's; who may change the team's, the caller has
//! checked.

use super::{AudienceError, Result};
use crate::account::audit;
use crate::context::Context;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscriber_column::Columns;
use crate::model::{SubscriberViewId, UserId};
use crate::store::subscriber_views::{self as views, NewView, SubscriberView};
use crate::store::{Db, StoreError};
use crate::text::line::Title;

/// Views of one user, and of the team.
pub const MOST: usize = 50;
/// Subscribers whose attributes are offered as columns: the newest ones.
const LOOKED_AT: i64 = 1_000;
/// Attributes that are offered.
const OFFERED: i64 = 100;

/// A view to be kept.
#[derive(Debug, Clone)]
pub struct ViewFields {
    pub name: Title,
    /// Whether everybody sees it.
    pub is_shared: bool,
    /// Filters and order, as in the query of the page's address.
    pub query: String,
    pub columns: Columns,
}

/// The views that a user sees: their own, then the team's.
pub async fn seen_by(cx: &Context, user: UserId) -> Result<Vec<SubscriberView>> {
    Ok(views::seen_by(&mut cx.store.read().await?, user).await?)
}

/// A view, where the user sees it.
pub async fn by_id(
    cx: &Context,
    user: UserId,
    id: SubscriberViewId,
) -> Result<Option<SubscriberView>> {
    Ok(views::by_id(&mut cx.store.read().await?, id, user).await?)
}

/// Keeps a view, or changes the one with this id.
///
/// # Errors
/// [`AudienceError::Exists`] for a name that is taken,
/// [`AudienceError::TooManyViews`] where there are enough,
/// [`AudienceError::Moved`] where it is gone.
pub async fn save(
    cx: &Context,
    (by, user): (&Actor, UserId),
    id: Option<SubscriberViewId>,
    fields: &ViewFields,
) -> Result<SubscriberViewId> {
    let now = cx.clock.now();
    let columns = fields.columns.to_stored();
    let new = NewView {
        owner: (!fields.is_shared).then_some(user),
        name: fields.name.as_str(),
        query: &fields.query,
        columns: &columns,
    };
    let mut db = cx.store.write().await?;
    let before = match id {
        None => None,
        Some(id) => {
            let before = views::by_id(&mut db, id, user).await?;
            Some(before.ok_or(AudienceError::Moved)?)
        }
    };
    let was_shared = before.as_ref().is_some_and(|view| view.owner_id.is_none());
    let moves = before
        .as_ref()
        .is_none_or(|view| view.owner_id != new.owner);
    if moves {
        let seen = views::seen_by(&mut db, user).await?;
        let beside = seen.iter().filter(|view| view.owner_id == new.owner);
        if beside.count() >= MOST {
            return Err(AudienceError::TooManyViews);
        }
    }
    let saved = match id {
        Some(id) => views::update(&mut db, id, &new, now).await.map(|()| id),
        None => views::insert(&mut db, &new, now).await,
    };
    let id = saved.map_err(|error| match error {
        StoreError::Exists => AudienceError::Exists("a view with this name"),
        other => other.into(),
    })?;
    if fields.is_shared || was_shared {
        let action = AuditAction::SubscriberViewSave;
        audit::record(&mut db, by, action, new.name, now).await?;
    }
    db.commit().await?;
    Ok(id)
}

/// Deletes a view.
pub async fn delete(cx: &Context, by: &Actor, view: &SubscriberView) -> Result<()> {
    let mut db = cx.store.write().await?;
    views::delete(&mut db, view.id).await?;
    if view.owner_id.is_none() {
        let action = AuditAction::SubscriberViewDelete;
        audit::record(&mut db, by, action, &view.name, cx.clock.now()).await?;
    }
    db.commit().await?;
    Ok(())
}

/// The columns of a user's own table.
pub async fn columns_of(cx: &Context, user: UserId) -> Result<Columns> {
    let stored = views::columns_of(&mut cx.store.read().await?, user).await?;
    Ok(Columns::stored(&stored))
}

/// Sets the columns of a user's own table.
pub async fn set_columns(cx: &Context, user: UserId, columns: &Columns) -> Result<()> {
    let mut db = cx.store.write().await?;
    views::set_columns(&mut db, user, &columns.to_stored()).await?;
    db.commit().await?;
    Ok(())
}

/// The attributes that can be columns: those of subscribers who came lately, and those that are
/// columns already.
pub async fn attributes(cx: &Context, columns: &Columns) -> Result<Vec<String>> {
    let db: &mut Db = &mut cx.store.read().await?;
    let mut found = views::attributes_in_use(db, LOOKED_AT, OFFERED).await?;
    for key in columns.attributes() {
        if !found.iter().any(|one| one == key) {
            found.push(key.to_owned());
        }
    }
    Ok(found)
}
