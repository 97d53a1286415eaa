//! Subscribers by numbered pages, with all that listmonk's clients are told of each.

use std::collections::BTreeMap;

use super::Result;
use crate::account::audit;
use crate::address::EmailAddress;
use crate::context::Context;
use crate::model::SubscriberId;
use crate::model::audit::{Actor, AuditAction};
use crate::model::subscription::{SuppressionReason, SuppressionSource};
use crate::store::bulk_lookup::{self, DatedSubscription};
use crate::store::subscriber_pages::{self, Filter};
use crate::store::subscribers::Subscriber;
use crate::store::suppressions::{self, NewSuppression};
use crate::store::{Db, subscribers};

/// The note of a suppression that stands for listmonk's `disabled`, which its clients may
/// take back; they may take back no other.
const DISABLED: &str = "disabled by a client of listmonk's API";

/// Whether email goes to a subscriber, in listmonk's three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing stands against it.
    Enabled,
    /// A program switched it off.
    Disabled,
    /// The address is suppressed for another reason.
    Blocklisted,
}

/// A subscriber with their subscriptions.
#[derive(Debug)]
pub struct Listed {
    /// Who.
    pub subscriber: Subscriber,
    /// Their subscriptions, by list.
    pub subscriptions: Vec<DatedSubscription>,
    /// Whether email goes to them.
    pub standing: Standing,
}

/// A page of subscribers, and how many there are in all.
pub async fn page(
    cx: &Context,
    filter: &Filter,
    oldest_first: bool,
    offset: i64,
    limit: i64,
) -> Result<(Vec<Listed>, i64)> {
    let mut db = cx.store.read().await?;
    let total = subscriber_pages::count(&mut db, filter).await?;
    let found = subscriber_pages::page(&mut db, filter, oldest_first, offset, limit).await?;
    Ok((with_details(&mut db, found).await?, total))
}

/// The subscriber of this number.
pub async fn by_id(cx: &Context, id: SubscriberId) -> Result<Option<Listed>> {
    let mut db = cx.store.read().await?;
    let found = subscribers::by_id(&mut db, id).await?;
    Ok(with_details(&mut db, found.into_iter().collect())
        .await?
        .pop())
}

/// The subscriber with this address.
pub async fn by_email(cx: &Context, email: &EmailAddress) -> Result<Option<Listed>> {
    let mut db = cx.store.read().await?;
    let found = subscribers::by_email(&mut db, email).await?;
    Ok(with_details(&mut db, found.into_iter().collect())
        .await?
        .pop())
}

async fn with_details(db: &mut Db, found: Vec<Subscriber>) -> Result<Vec<Listed>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<SubscriberId> = found.iter().map(|one| one.id).collect();
    let keys: Vec<String> = found.iter().map(|one| one.email.lookup_key()).collect();
    let mut held: BTreeMap<SubscriberId, Vec<DatedSubscription>> = BTreeMap::new();
    for one in bulk_lookup::subscriptions(db, &ids).await? {
        held.entry(one.subscriber_id).or_default().push(one);
    }
    let mut standings: BTreeMap<String, Standing> = BTreeMap::new();
    for one in bulk_lookup::suppressions(db, &keys).await? {
        let is_ours = one.reason == SuppressionReason::Manual && one.note == DISABLED;
        let standing = standings.entry(one.email_key).or_insert(Standing::Disabled);
        if !is_ours {
            *standing = Standing::Blocklisted;
        }
    }
    let listed = found.into_iter().map(|subscriber| Listed {
        subscriptions: held.remove(&subscriber.id).unwrap_or_default(),
        standing: standings
            .remove(&subscriber.email.lookup_key())
            .unwrap_or(Standing::Enabled),
        subscriber,
    });
    Ok(listed.collect())
}

/// Switches email to an address off, or on again. What else stands against it stays, and who
/// is blocklisted stays so until a person lifts it.
pub async fn set_standing(
    cx: &Context,
    by: &Actor,
    email: &EmailAddress,
    standing: Standing,
) -> Result<()> {
    let key = email.lookup_key();
    let mut db = cx.store.write().await?;
    let before = suppressions::all_of(&mut db, email).await?;
    let action = match standing {
        Standing::Enabled => {
            let reason = SuppressionReason::Manual;
            if !before
                .iter()
                .any(|one| one.reason == reason && one.note == DISABLED)
            {
                return Ok(());
            }
            suppressions::lift_noted(&mut db, &key, reason, DISABLED).await?;
            AuditAction::SuppressionLift
        }
        Standing::Disabled | Standing::Blocklisted => {
            let note = match standing {
                Standing::Disabled => DISABLED,
                _ => "blocklisted by a client of listmonk's API",
            };
            let reason = SuppressionReason::Manual;
            if standing == Standing::Blocklisted {
                // One for the same reason would keep its words.
                suppressions::lift_noted(&mut db, &key, reason, DISABLED).await?;
            }
            let new = NewSuppression {
                email_key: key.clone(),
                reason,
                note: note.to_owned(),
                source: SuppressionSource::Api,
                campaign: None,
            };
            if !suppressions::add(&mut db, &new, cx.clock.now()).await? {
                return Ok(());
            }
            AuditAction::SuppressionAdd
        }
    };
    audit::record(&mut db, by, action, key, cx.clock.now()).await?;
    db.commit().await?;
    Ok(())
}
