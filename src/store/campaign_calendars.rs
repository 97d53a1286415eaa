//! Queries on what campaigns bring to calendars, and take out of them again.

use super::list_access::campaign_is_within;
use super::{Db, Result, execute, run};
use crate::model::list_access::ListAccess;
use crate::model::{CampaignId, EventId};

/// Campaigns of an event that are named.
const NAMED: i64 = 20;

/// Keeps what a campaign takes out of calendars, as JSON.
pub async fn set_cancelled_entries(db: &mut Db, id: CampaignId, entries: &str) -> Result<()> {
    execute!(
        db,
        sqlx::query("UPDATE campaigns SET cancelled_entries = $2 WHERE id = $1")
            .bind(id)
            .bind(entries)
    )?;
    Ok(())
}

/// What a campaign takes out of calendars, as JSON; empty for nothing.
pub async fn cancelled_entries(db: &mut Db, id: CampaignId) -> Result<String> {
    run!(db, c => sqlx::query_scalar("SELECT cancelled_entries FROM campaigns WHERE id = $1")
        .bind(id)
        .fetch_one(c))
}

/// The campaigns within a user's reach that brought an event to calendars, with their subjects,
/// newest first.
pub async fn with_event(
    db: &mut Db,
    access: &ListAccess,
    event: EventId,
) -> Result<Vec<(CampaignId, String)>> {
    run!(db, c => sqlx::query_as(concat!(
        "SELECT k.id, k.subject FROM campaigns k
         WHERE k.calendar IN ('publish', 'request')
           AND EXISTS (SELECT 1 FROM campaign_renderings r
                       WHERE r.campaign_id = k.id AND r.calendar LIKE $1)
           AND ($2 = 0 OR ", campaign_is_within!("k.id", "$2"), ")
         ORDER BY k.id DESC LIMIT $3"
    ))
    // As `CalendarEntry` is written.
    .bind(format!("%{{\"event\":{event},%"))
    .bind(access.limited_user())
    .bind(NAMED)
    .fetch_all(c))
}
