//! Queries on what many people are subscribed to, and what stands against them: one statement
//! for all of them.

use std::collections::HashMap;

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::{Db, Result};
use crate::clock::Timestamp;
use crate::model::subscription::{SubscriptionState, SuppressionReason};
use crate::model::{ListId, SubscriberId};

/// A subscription with its times.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DatedSubscription {
    /// Who.
    pub subscriber_id: SubscriberId,
    /// On which list.
    pub list_id: ListId,
    /// Its state.
    pub state: SubscriptionState,
    /// When it was first made.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// The subscriptions of several subscribers.
pub async fn subscriptions(db: &mut Db, ids: &[SubscriberId]) -> Result<Vec<DatedSubscription>> {
    const TEXTS: [&str; 2] = [
        "SELECT subscriber_id, list_id, state, created_at, changed_at FROM subscriptions
         WHERE subscriber_id IN (SELECT value FROM json_each($1))
         ORDER BY subscriber_id, list_id",
        "SELECT subscriber_id, list_id, state, created_at, changed_at FROM subscriptions
         WHERE subscriber_id = ANY($1)
         ORDER BY subscriber_id, list_id",
    ];
    Ok(by_keys!(db, TEXTS, ids))
}

/// A suppression of one of several addresses, by itself or with its domain.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SuppressedKey {
    /// The address that was asked for.
    pub email_key: String,
    pub reason: SuppressionReason,
    pub note: String,
}

/// Everything for which each of several addresses is suppressed.
pub async fn suppressions(db: &mut Db, keys: &[String]) -> Result<Vec<SuppressedKey>> {
    const TEXTS: [&str; 2] = [
        "SELECT email_key, reason, note FROM suppressions
         WHERE email_key IN (SELECT value FROM json_each($1)) ORDER BY email_key, reason",
        "SELECT email_key, reason, note FROM suppressions
         WHERE email_key = ANY($1) ORDER BY email_key, reason",
    ];
    // Many addresses are of few domains.
    let mut owners: HashMap<&str, Vec<&str>> = HashMap::with_capacity(keys.len());
    for key in keys {
        owners.entry(key).or_default().push(key);
        if let Some(at) = key.find('@') {
            owners.entry(&key[at..]).or_default().push(key);
        }
    }
    let asked: Vec<&str> = owners.keys().copied().collect();
    let found: Vec<SuppressedKey> = by_keys!(db, TEXTS, &asked);
    let mut suppressed = Vec::with_capacity(found.len());
    for one in found {
        let of = owners.get(one.email_key.as_str()).into_iter().flatten();
        suppressed.extend(of.map(|key| SuppressedKey {
            email_key: (*key).to_owned(),
            ..one.clone()
        }));
    }
    Ok(suppressed)
}
