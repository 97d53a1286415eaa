//! The one way by which the attributes of a single subscriber change.

use serde_json::Value;

use super::Result;
use crate::clock::Timestamp;
use crate::model::SubscriberId;
use crate::store::{Db, series_attributes, subscribers};

/// Sets the attributes of a subscriber, within the caller's transaction, and lets them into the
/// series that those which are new start.
///
/// # Errors
/// Where the database fails.
pub async fn set(
    db: &mut Db,
    id: SubscriberId,
    (before, after): (&Value, &Value),
    now: Timestamp,
) -> Result<()> {
    subscribers::update_attributes(db, id, after).await?;
    series_attributes::changed(db, id, (before, after), now).await?;
    Ok(())
}
