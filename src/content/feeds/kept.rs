//! What is kept of a feed.

use std::time::Duration;

use super::error::Result;
use super::items::Found;
use crate::clock::Timestamp;
use crate::model::FeedId;
use crate::store::Db;
use crate::store::feeds;

/// How often a feed is read.
pub(super) const INTERVAL: Duration = Duration::from_secs(30 * 60);
/// Items that are kept of a feed. One answer has fewer.
const KEPT: i64 = 2_000;

/// Keeps what was found; `is_old` where it is not new.
pub(super) async fn keep(
    db: &mut Db,
    id: FeedId,
    found: &Found,
    is_old: bool,
    now: Timestamp,
) -> Result<()> {
    // A feed begins with its newest: of those without a date it has the highest number.
    for item in found.items.iter().rev() {
        feeds::keep_item(db, id, item, is_old, now).await?;
    }
    feeds::prune(db, id, KEPT).await?;
    Ok(())
}
