//! Layouts: the shipped ones with the changes of admins, and those that admins
//! made.

use super::{CampaignError, Result};
use crate::account::{audit, campaign_changes};
use crate::clock::Timestamp;
use crate::context::Context;
use crate::mail::layout::Layout;
use crate::model::audit::{Actor, AuditAction};
use crate::model::content::TrashKind;
use crate::model::list::Slug;
use crate::model::user::Role;
use crate::render::{self, Budget};
use crate::store::campaign_changes::Changed;
use crate::store::layouts::{self, LayoutRow};
use crate::store::{Db, trash};

/// A layout and where it comes from.
#[derive(Debug, Clone)]
pub struct KnownLayout {
    /// The current layout.
    pub layout: Layout,
    /// Whether a layout of this name is shipped.
    pub is_shipped: bool,
    /// When and by whom it was made or changed.
    pub change: Option<(Timestamp, String)>,
}

impl KnownLayout {
    fn shipped(layout: Layout) -> Self {
        Self {
            layout,
            is_shipped: true,
            change: None,
        }
    }

    fn changed(row: LayoutRow) -> Self {
        Self {
            is_shipped: Layout::shipped().any(|shipped| shipped.name == row.name),
            layout: Layout {
                name: row.name.into(),
                mjml: row.mjml.into(),
            },
            change: Some((row.changed_at, row.changed_by)),
        }
    }
}

/// Every layout, the shipped ones first.
pub async fn all(cx: &Context) -> Result<Vec<KnownLayout>> {
    let mut rows = layouts::all(&mut cx.store.read().await?).await?;
    let mut known = Vec::new();
    for shipped in Layout::shipped() {
        let changed = rows.iter().position(|row| row.name == shipped.name);
        known.push(match changed {
            Some(at) => KnownLayout::changed(rows.remove(at)),
            None => KnownLayout::shipped(shipped),
        });
    }
    known.extend(rows.into_iter().map(KnownLayout::changed));
    Ok(known)
}

/// The layout of this name.
pub async fn by_name(cx: &Context, name: &str) -> Result<Option<KnownLayout>> {
    let row = layouts::by_name(&mut cx.store.read().await?, name).await?;
    let shipped = || Layout::shipped().find(|shipped| shipped.name == name);
    Ok(row
        .map(KnownLayout::changed)
        .or_else(|| shipped().map(KnownLayout::shipped)))
}

/// The layout of this name as emails use it, within the caller's
/// connection.
///
/// # Errors
/// [`CampaignError::UnknownLayout`] where there is none.
pub async fn find(db: &mut Db, name: &str) -> Result<Layout> {
    let row = layouts::by_name(db, name).await?;
    let own = row.map(|row| KnownLayout::changed(row).layout);
    own.or_else(|| Layout::shipped().find(|shipped| shipped.name == name))
        .ok_or_else(|| CampaignError::UnknownLayout(name.to_owned()))
}

/// The layout of transactional emails.
pub async fn transactional(db: &mut Db) -> Result<Layout> {
    find(db, &Layout::transactional().name).await
}

/// Whether a layout is used for transactional emails, which hold sign-in links.
pub fn is_transactional(name: &str) -> bool {
    name == Layout::transactional().name
}

/// Whether a role may change a layout. Only owners may change that of transactional
/// emails, since it surrounds links that sign owners in.
///
/// # Errors
/// [`CampaignError::OwnersLayout`] where they may not.
pub fn may_change(role: Role, name: &str) -> Result<()> {
    if is_transactional(name) && !role.may_administer() {
        Err(CampaignError::OwnersLayout)
    } else {
        Ok(())
    }
}

/// Saves a layout if it renders and contains what every email must. Campaigns that
/// have started keep the one they started with.
///
/// # Errors
/// [`CampaignError::Layout`] names what is wrong with it.
pub async fn save(cx: &Context, by: &Actor, name: &Slug, mjml: &str) -> Result<()> {
    store(cx, by, name, mjml, AuditAction::LayoutChange).await
}

async fn store(
    cx: &Context,
    by: &Actor,
    name: &Slug,
    mjml: &str,
    action: AuditAction,
) -> Result<()> {
    let mjml = mjml.replace("\r\n", "\n");
    let layout = Layout {
        name: name.to_string().into(),
        mjml: mjml.clone().into(),
    };
    let is_transactional = is_transactional(name.as_str());
    let check = move || {
        if is_transactional {
            layout.check_transactional()
        } else {
            layout.check()
        }
    };
    render::run(Budget::Interactive, check).await??;
    let row = LayoutRow {
        name: name.to_string(),
        mjml,
        changed_at: cx.clock.now(),
        changed_by: by.as_str().to_owned(),
    };
    let mut db = cx.store.write().await?;
    layouts::set(&mut db, &row).await?;
    let changed = Changed::Layout(name.as_str());
    campaign_changes::note(&mut db, by, changed, cx.clock.now()).await?;
    audit::record(&mut db, by, action, name, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}

/// Copies a layout under a new name.
///
/// # Errors
/// [`CampaignError::LayoutExists`] where the name is taken,
/// [`CampaignError::UnknownLayout`] where there is none to copy.
pub async fn copy(cx: &Context, by: &Actor, from: &str, name: &Slug) -> Result<()> {
    if by_name(cx, name.as_str()).await?.is_some() {
        return Err(CampaignError::LayoutExists);
    }
    let unknown = || CampaignError::UnknownLayout(from.to_owned());
    let from = by_name(cx, from).await?.ok_or_else(unknown)?;
    store(cx, by, name, &from.layout.mjml, AuditAction::LayoutCreate).await
}

/// Restores a shipped layout, or deletes one that admins made. What they made goes to the
/// trash: gives its number there, if there is anything.
///
/// # Errors
/// [`CampaignError::LayoutInUse`] where it would be deleted while a draft uses it.
pub async fn drop_changes(cx: &Context, by: &Actor, name: &str) -> Result<Option<i64>> {
    let is_shipped = Layout::shipped().any(|shipped| shipped.name == name);
    let mut db = cx.store.write().await?;
    if !is_shipped && let Some(subject) = layouts::wanted_by(&mut db, name).await? {
        return Err(CampaignError::LayoutInUse(subject));
    }
    let now = cx.clock.now();
    let row = layouts::row_of(&mut db, name).await?;
    if let Some(id) = row {
        trash::insert(&mut db, TrashKind::Layout, id, now).await?;
    }
    let action = if is_shipped {
        AuditAction::LayoutRestore
    } else {
        AuditAction::LayoutDelete
    };
    campaign_changes::note(&mut db, by, Changed::Layout(name), now).await?;
    audit::record(&mut db, by, action, name, now).await?;
    db.commit().await?;
    Ok(row)
}
