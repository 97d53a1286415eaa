//! Queries on what many people are subscribed to, and what stands against them: one statement
//! for all of them.

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::fetch;
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
         WHERE subscriber_id IN (SELECT CAST(jsonb_array_elements_text($1) AS BIGINT))
         ORDER BY subscriber_id, list_id",
    ];
    Ok(fetch!(db, TEXTS, ids))
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
        "SELECT k.value AS email_key, p.reason, p.note FROM json_each($1) k JOIN suppressions p
             ON p.email_key IN (k.value, substr(k.value, instr(k.value, '@')))",
        "SELECT k.value AS email_key, p.reason, p.note
         FROM jsonb_array_elements_text($1) k(value) JOIN suppressions p
             ON p.email_key IN (k.value, substr(k.value, instr(k.value, '@')))",
    ];
    Ok(fetch!(db, TEXTS, keys))
}
