//! Tells webhooks who comes into a series and for whom it is over, in the transaction of the cause.

use serde_json::json;

use super::{Db, Result, run, webhooks};
use crate::clock::Timestamp;
use crate::model::series::ReaderState;
use crate::model::{SeriesId, SeriesReaderId, SubscriberId};

/// Tells of readers who have come in.
pub(super) async fn entered(db: &mut Db, readers: &[SeriesReaderId], now: Timestamp) -> Result<()> {
    announce(db, "series.entered", readers, now).await
}

/// Tells of readers for whom a series is over, by whatever way.
pub(super) async fn finished(
    db: &mut Db,
    readers: &[SeriesReaderId],
    now: Timestamp,
) -> Result<()> {
    announce(db, "series.finished", readers, now).await
}

#[derive(sqlx::FromRow)]
struct Told {
    series_id: SeriesId,
    name: String,
    subscriber_id: SubscriberId,
    email: String,
    state: ReaderState,
}

async fn announce(
    db: &mut Db,
    event: &str,
    readers: &[SeriesReaderId],
    now: Timestamp,
) -> Result<()> {
    if readers.is_empty() || !webhooks::is_wanted(db, event).await? {
        return Ok(());
    }
    for reader in readers {
        let told: Option<Told> = run!(db, c => sqlx::query_as(
            "SELECT r.series_id, z.name, r.subscriber_id, m.email, r.state
             FROM series_readers r JOIN series z ON z.id = r.series_id
             JOIN subscribers m ON m.id = r.subscriber_id WHERE r.id = $1",
        )
        .bind(reader)
        .fetch_optional(c))?;
        let Some(told) = told else { continue };
        let data = json!({
            "series": told.series_id, "name": told.name, "reader": reader,
            "email": told.email, "subscriber": told.subscriber_id, "state": told.state,
        });
        webhooks::announce(db, event, &data, now).await?;
    }
    Ok(())
}
