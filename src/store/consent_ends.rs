//! The ends of the evidence on many people: by what way each came, and when something of theirs
//! last changed.

use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::by_keys;
use super::{Db, Result};
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::model::subscription::ConsentMethod;

/// The first and the last consent record of somebody.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Ends {
    pub subscriber_id: SubscriberId,
    /// By what way they came.
    pub came_by: ConsentMethod,
    /// When something last changed.
    pub changed_at: Timestamp,
}

/// Those of several subscribers. Who has no consent record is missing.
pub async fn ends(db: &mut Db, ids: &[SubscriberId]) -> Result<Vec<Ends>> {
    const TEXTS: [&str; 2] = [
        "SELECT e.subscriber_id, f.method AS came_by, l.at AS changed_at
         FROM (SELECT subscriber_id, MIN(id) AS first_id, MAX(id) AS last_id
               FROM consent_records
               WHERE subscriber_id IN (SELECT value FROM json_each($1))
               GROUP BY subscriber_id) e
         JOIN consent_records f ON f.id = e.first_id
         JOIN consent_records l ON l.id = e.last_id",
        "SELECT e.subscriber_id, f.method AS came_by, l.at AS changed_at
         FROM (SELECT subscriber_id, MIN(id) AS first_id, MAX(id) AS last_id
               FROM consent_records
               WHERE subscriber_id = ANY($1)
               GROUP BY subscriber_id) e
         JOIN consent_records f ON f.id = e.first_id
         JOIN consent_records l ON l.id = e.last_id",
    ];
    Ok(by_keys!(db, TEXTS, ids))
}
