//! Undoing an import: people it added go, and what it changed becomes what it was, as far
//! as nobody has changed it since. What people decided themselves stands.

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Result;
use super::person::Change;
use super::state::{LEASE_LASTS, TASK};
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::growth::ChangeSource;
use crate::model::lease::Lease;
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::imports::{self, ChangeRow, Import};
use crate::store::suppressions::{self, NewSuppression};
use crate::store::{Db, former_ids, subscribers, subscriptions, tags};

/// Changes that one transaction undoes.
const SLICE: i64 = 200;

/// Undoes changes, the last first; `false` where the process stops or another has taken
/// over.
pub(super) async fn run(
    cx: &Context,
    import: &Import,
    owner: Uuid,
    stop: &CancellationToken,
) -> Result<bool> {
    loop {
        cx.health.heartbeat(TASK);
        if stop.is_cancelled() {
            return Ok(false);
        }
        let mut db = cx.store.write().await?;
        let slice = imports::changes(&mut db, import.id, SLICE).await?;
        for row in &slice {
            undo(cx, &mut db, row).await?;
            imports::delete_change(&mut db, import.id, row).await?;
        }
        let lease = Lease::new(owner, cx.clock.now(), LEASE_LASTS);
        let undone = i64::try_from(slice.len()).unwrap_or(0);
        if !imports::advance_undo(&mut db, import.id, &lease, undone).await? {
            return Ok(false);
        }
        db.commit().await?;
        if slice.is_empty() {
            let mut db = cx.store.write().await?;
            former_ids::forget(&mut db, import.id).await?;
            db.commit().await?;
            return Ok(true);
        }
    }
}

async fn undo(cx: &Context, db: &mut Db, row: &ChangeRow) -> Result<()> {
    let Ok(change) = serde_json::from_str::<Change>(&row.change) else {
        return Ok(());
    };
    let id = row.subscriber_id;
    let Some(person) = subscribers::by_id(db, id).await? else {
        return Ok(());
    };
    let key = person.email.lookup_key();
    for reason in &change.suppressed {
        suppressions::lift_noted(db, &key, *reason, &change.origin).await?;
    }
    for reason in &change.lifted {
        suppress_again(cx, db, key.clone(), *reason, &change).await?;
    }
    if row.is_new && !subscriptions::has_decided(db, id).await? {
        subscribers::erase(db, id, ChangeSource::Import, cx.clock.now()).await?;
        return Ok(());
    }
    for list in &change.lists {
        let now = subscriptions::state(db, id, list.list).await?;
        if now == Some(list.after) {
            let reason = format!("undo of {}", change.origin);
            subscriptions::restore(db, id, list.list, list.before, &reason, cx.clock.now()).await?;
        }
    }
    restore_details(db, id, &person, &change).await
}

async fn suppress_again(
    cx: &Context,
    db: &mut Db,
    email_key: String,
    reason: SuppressionReason,
    change: &Change,
) -> Result<()> {
    let suppression = NewSuppression {
        email_key,
        reason,
        note: format!("undo of {}", change.origin),
        source: SuppressionSource::Import,
        campaign: None,
    };
    suppressions::add(db, &suppression, cx.clock.now()).await?;
    Ok(())
}

async fn restore_details(
    db: &mut Db,
    id: SubscriberId,
    person: &subscribers::Subscriber,
    change: &Change,
) -> Result<()> {
    let name = if person.name == change.name.1 {
        &change.name.0
    } else {
        &person.name
    };
    let language = if person.language == change.language.1 {
        change.language.0
    } else {
        person.language
    };
    subscribers::update_profile(db, id, name, language).await?;
    if person.attributes.as_object() == Some(&change.attributes.1) {
        let before = serde_json::Value::Object(change.attributes.0.clone());
        subscribers::update_attributes(db, id, &before).await?;
    }
    for tag in &change.tags_added {
        tags::remove(db, id, tag).await?;
    }
    for tag in &change.tags_removed {
        tags::add(db, id, tag).await?;
    }
    Ok(())
}
