//! How many readers of a list have paused mail or read weekly, at a cost that a large audience does
//! not raise: of many, only so many are looked at.

use super::{Db, Result, kept_counts, run};
use crate::clock::Timestamp;
use crate::model::ListId;
use crate::model::subscription::SubscriptionState;

/// Rows that are looked at for one number.
const EXAMINED: i64 = 2_500;

/// On a small list, its readers are looked at, and both numbers are exact.
pub const OF_SMALL_LIST: &str = "SELECT
         COUNT(CASE WHEN m.paused_until > $2 THEN 1 END) AS paused,
         COUNT(CASE WHEN m.frequency = 'weekly' AND COALESCE(m.paused_until, 0) <= $2
                    THEN 1 END) AS weekly
     FROM (SELECT subscriber_id FROM subscriptions
           WHERE list_id = $1 AND state = 'confirmed' LIMIT $3) s
     JOIN subscribers m ON m.id = s.subscriber_id";

/// Counts those on a list among rows of `m`, of which the last parameter bounds the number. The
/// lookup is a count, which no planner turns into reading the whole list.
macro_rules! on_list_among {
    ($rows:literal) => {
        concat!(
            "SELECT COUNT(*) AS examined,
                    CAST(COALESCE(SUM((SELECT COUNT(*) FROM subscriptions s
                         WHERE s.subscriber_id = m.id AND s.list_id = $1
                           AND s.state = 'confirmed')), 0) AS BIGINT) AS found
             FROM (",
            $rows,
            " LIMIT $3) m"
        )
    };
}

/// Of those who have paused, who come back first.
pub const PAUSED: &str =
    on_list_among!("SELECT id FROM subscribers WHERE paused_until > $2 ORDER BY paused_until");

/// Of those who read weekly, the newest.
pub const WEEKLY: &str = on_list_among!(
    "SELECT id FROM subscribers
     WHERE frequency = 'weekly' AND COALESCE(paused_until, 0) <= $2 ORDER BY id DESC"
);

/// A number of which more is not known than that there are as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Exactly(i64),
    AtLeast(i64),
}

impl Known {
    /// Whether there is none, as far as is known.
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Exactly(0) | Self::AtLeast(0))
    }
}

/// The readers of a list who get its campaigns later, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFrequencies {
    pub paused: Known,
    /// Those who read weekly and have not paused.
    pub weekly: Known,
}

/// How many of those on a list have paused mail, and how many others read weekly.
pub async fn of(db: &mut Db, list: ListId, now: Timestamp) -> Result<ListFrequencies> {
    let confirmed = Some(SubscriptionState::Confirmed);
    if kept_counts::of_list(db, list, confirmed).await? < EXAMINED {
        let (paused, weekly) = run!(db, c => sqlx::query_as(OF_SMALL_LIST)
            .bind(list)
            .bind(now)
            .bind(EXAMINED)
            .fetch_one(c))?;
        return Ok(ListFrequencies {
            paused: Known::Exactly(paused),
            weekly: Known::Exactly(weekly),
        });
    }
    Ok(ListFrequencies {
        paused: among(db, PAUSED, list, now).await?,
        weekly: among(db, WEEKLY, list, now).await?,
    })
}

async fn among(db: &mut Db, sql: &'static str, list: ListId, now: Timestamp) -> Result<Known> {
    let (examined, found): (i64, i64) = run!(db, c => sqlx::query_as(sql)
        .bind(list)
        .bind(now)
        .bind(EXAMINED)
        .fetch_one(c))?;
    Ok(if examined < EXAMINED {
        Known::Exactly(found)
    } else {
        Known::AtLeast(found)
    })
}
