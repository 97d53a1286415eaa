//! Queries on the ids that people had in the systems they were imported from.

use serde::Serialize;
use sqlx::types::Json;

use super::connect::Connection;
use super::json_rows::{on, on_rows};
use super::{Db, Result, execute, run};
use crate::model::import::System;
use crate::model::{ImportId, ListId, SubscriberId};

/// An id that a person had in another system, on a list of ours.
#[derive(Debug, Serialize)]
pub struct FormerId<'a> {
    /// The id.
    pub former_id: &'a str,
    /// Whose.
    pub subscriber: SubscriberId,
    /// The list that they were imported to.
    pub list: ListId,
}

/// Keeps ids that an import brought; those that are kept already stay.
pub async fn insert(
    db: &mut Db,
    system: System,
    import: ImportId,
    ids: &[FormerId<'_>],
) -> Result<()> {
    const TEXTS: [&str; 2] = on_rows!(
        "INSERT INTO former_ids (system, former_id, list_id, subscriber_id, import_id)
         SELECT $2, r.value ->> 'former_id', CAST(r.value ->> 'list' AS BIGINT),
                CAST(r.value ->> 'subscriber' AS BIGINT), $3
         FROM ",
        " WHERE TRUE ON CONFLICT DO NOTHING"
    );
    on!(db, TEXTS, ids, system.as_str(), import);
    Ok(())
}

/// Whose an id was, and on which lists. More than one person only where a file was wrong.
pub async fn owners(
    db: &mut Db,
    system: System,
    former_id: &str,
) -> Result<Vec<(SubscriberId, ListId)>> {
    run!(db, c => sqlx::query_as(
        "SELECT subscriber_id, list_id FROM former_ids
         WHERE system = $1 AND former_id = $2 ORDER BY subscriber_id, list_id LIMIT 200",
    )
    .bind(system.as_str())
    .bind(former_id)
    .fetch_all(c))
}

/// Forgets the ids that an import brought.
pub async fn forget(db: &mut Db, import: ImportId) -> Result<()> {
    execute!(
        db,
        sqlx::query("DELETE FROM former_ids WHERE import_id = $1").bind(import)
    )?;
    Ok(())
}

/// The ids that a subscriber had: system and id.
pub async fn of_subscriber(db: &mut Db, id: SubscriberId) -> Result<Vec<(String, String)>> {
    run!(db, c => sqlx::query_as(
        "SELECT DISTINCT system, former_id FROM former_ids
         WHERE subscriber_id = $1 ORDER BY system, former_id",
    )
    .bind(id)
    .fetch_all(c))
}
